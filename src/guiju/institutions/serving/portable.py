"""Rows as text that either database can read: one JSON list for each row, with the type of a value where JSON has none.

``[12, "system.published", {"datetime": "2026-11-23T06:00:00+00:00"}, {"json": {"n": 1}}, {"bytes": "AAEC"}, null]``
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import connection

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.models import Field, Model
    from django.db.models.options import Options

RECORD: Final = "record_"
"""The record's own tables begin so; they have no model."""

LEFT_OUT: Final = frozenset({"django_migrations", "django_session", "usersessions_usersession", "hall_counted", "hall_cached"})
"""What a site makes anew: who is signed in where, counters, what is remembered for a while. Migrations are told apart."""

TASKS: Final = "django_tasks_database_dbtaskresult"
UNFINISHED: Final = ("READY", "RUNNING")
"""Of the tasks, those that are still to be done: no reaction is lost."""

AT_ONCE: Final = 500

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns; ``fields`` of its model, none for the record's own."""

    name: str
    columns: tuple[str, ...]
    model: type[Model] | None = None
    fields: tuple[Field[Any, Any], ...] = ()

    def rows(self) -> Iterator[Row]:
        """Every row, in the order of its key."""
        if self.model is None:
            return self._bare_rows()
        wanted = self.model._base_manager.order_by("pk")  # noqa: SLF001  # Django's own name for the manager that hides nothing
        if self.name == TASKS:
            wanted = wanted.filter(status__in=UNFINISHED)
        return iter(wanted.values_list(*(one.attname for one in self.fields)).iterator(AT_ONCE))

    def _bare_rows(self) -> Iterator[Row]:
        named = ", ".join(map(connection.ops.quote_name, self.columns))
        order = ", ".join(str(number) for number in range(1, len(self.columns) + 1) if self.columns[number - 1] in _ORDERED)
        query = f"SELECT {named} FROM {connection.ops.quote_name(self.name)} ORDER BY {order}"  # noqa: S608  # names of the schema
        with connection.cursor() as cursor:
            cursor.execute(query)
            while found := cursor.fetchmany(AT_ONCE):
                yield from found

    def put(self, rows: Iterable[Row]) -> int:
        """Put rows in, as they are; how many."""
        named = ", ".join(map(connection.ops.quote_name, self.columns))
        places = ", ".join(["%s"] * len(self.columns))
        query = f"INSERT INTO {connection.ops.quote_name(self.name)} ({named}) VALUES ({places})"  # noqa: S608  # the same
        count = 0
        with connection.cursor() as cursor:
            for some in _in_lots(rows, AT_ONCE):
                cursor.executemany(query, [self._for_database(row) for row in some])
                count += len(some)
        return count

    def _for_database(self, row: Row) -> Row:
        if not self.fields:
            return row
        return [field.get_db_prep_save(value, connection) for field, value in zip(self.fields, row, strict=True)]


_ORDERED: Final = frozenset({"id", "commitment", "level", "idx", "size", "origin"})
"""Columns that are keys of the record's tables."""


def tables(models: Apps) -> dict[str, Table]:
    """The tables that a backup holds, by name: those of the models, and of the record's own those that are there."""
    found = {}
    for model in models.get_models(include_auto_created=True):
        described = options_of(model)
        if described.db_table not in LEFT_OUT and not described.proxy and described.managed:
            fields = tuple(described.local_concrete_fields)
            found[described.db_table] = Table(described.db_table, tuple(str(one.column) for one in fields), model, fields)
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name.startswith(RECORD):
                columns = connection.introspection.get_table_description(cursor, name)
                found[name] = Table(name, tuple(one.name for one in columns))
    return dict(sorted(found.items()))


def options_of(model: type[Model]) -> Options[Any]:
    """What Django knows of a model's table."""
    return model._meta  # noqa: SLF001  # so Django calls it


def _in_lots(rows: Iterable[Row], most: int) -> Iterator[list[Row]]:
    lot: list[Row] = []
    for row in rows:
        lot.append(row)
        if len(lot) == most:
            yield lot
            lot = []
    if lot:
        yield lot


# -- values --------------------------------------------------------------------------------------------------------------------


def line_of(row: Row) -> bytes:
    """A row as one line."""
    return (json.dumps([_out(value) for value in row], ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def row_of(line: bytes, columns: int) -> Row:
    """The row of a line.

    :raises ValueError: where it is none of so many columns.
    """
    found = json.loads(line)
    if not isinstance(found, list) or len(found) != columns:
        raise ValueError(f"not {columns} columns")
    return [_in(value) for value in found]


def _out(value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case bytes() | bytearray() | memoryview():
            return {"bytes": b64encode(bytes(value)).decode("ascii")}
        case datetime() | date() | time():
            return {type(value).__name__: value.isoformat()}
        case timedelta():
            return {"microseconds": value // timedelta(microseconds=1)}
        case Decimal() | UUID():
            return {type(value).__name__.lower(): str(value)}
        case float():
            return {"float": value.hex()}
        case dict() | list():
            return {"json": value}
    raise TypeError(type(value).__name__)


_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "bytes": partial(b64decode, validate=True),
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "microseconds": lambda count: timedelta(microseconds=count),
    "decimal": Decimal,
    "uuid": UUID,
    "float": float.fromhex,
    "json": lambda value: value,
}


def _in(value: object) -> object:
    if isinstance(value, list):
        raise ValueError("a list that names no type")  # noqa: TRY004  # the line is wrong, not a caller
    if not isinstance(value, dict):
        return value
    ((kind, written),) = value.items()
    if kind not in _READ:
        raise ValueError(f"no type {kind}")
    return _READ[kind](written)
