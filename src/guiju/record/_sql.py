"""The few words of SQL that both databases must be spoken to in their own way; any DB-API cursor is spoken through.

``sql_of`` takes a connection of sqlite3, of psycopg, or of a web framework that has such a connection inside (it is known by
its ``vendor``); nothing of those packages is imported for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Literal, Protocol, cast, runtime_checkable

Vendor = Literal["sqlite", "postgresql"]

LOCK: Final = 0x67756A69
"""PostgreSQL's advisory lock of the sequencer."""

_AT_ONCE: Final = 1000


@runtime_checkable
class Sql(Protocol):
    """One conversation with the database, over one cursor. Queries have ``%s`` for each value."""

    @property
    def vendor(self) -> Vendor:
        """Which of the two databases."""

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What the driver raises where the database cannot do what it is asked."""

    def execute(self, query: str, values: Sequence[object] = ()) -> None:
        """Run a query."""

    def execute_many(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a query for each row of values."""

    def rows(self) -> list[tuple[Any, ...]]:
        """What the last query found."""

    def in_transaction(self) -> bool:
        """Whether what is done now is done or undone with something else."""


class _Cursor:
    """A cursor and what has to be known of its connection."""

    def __init__(self, connection: Any, errors: tuple[type[Exception], ...]) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self.vendor: Vendor = _vendor_of(connection)
        self.errors = errors or _errors_of(connection)
        self._question_marks = isinstance(connection, sqlite3.Connection)

    def execute(self, query: str, values: Sequence[object] = ()) -> None:
        self._cursor.execute(self._spelled(query), values)

    def execute_many(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        self._cursor.executemany(self._spelled(query), list(rows))

    def rows(self) -> list[tuple[Any, ...]]:
        return [tuple(map(_plain, row)) for row in self._cursor.fetchall()]

    def in_transaction(self) -> bool:
        connection = self._connection
        if isinstance(connection, sqlite3.Connection):
            return connection.in_transaction
        if hasattr(connection, "in_atomic_block"):
            return bool(connection.in_atomic_block or not connection.get_autocommit())
        return bool(not connection.autocommit or connection.info.transaction_status)

    def _spelled(self, query: str) -> str:
        return query.replace("%s", "?") if self._question_marks else query


def sql_of(connection: object, errors: tuple[type[Exception], ...] = ()) -> Sql:
    """Speak through a connection.

    Args:
        connection: of sqlite3 or psycopg, or an object with ``vendor`` ("sqlite", "postgresql") and ``cursor()``.
        errors: what it raises, where it is not the driver's own error.
    """
    return _Cursor(connection, errors)


def _vendor_of(connection: Any) -> Vendor:
    if isinstance(connection, sqlite3.Connection):
        return "sqlite"
    vendor = getattr(connection, "vendor", "postgresql")
    if vendor not in {"sqlite", "postgresql"}:
        raise TypeError(f"a record stands in SQLite or PostgreSQL, not in {vendor}")
    return cast(Vendor, vendor)


def _errors_of(connection: Any) -> tuple[type[Exception], ...]:
    if isinstance(connection, sqlite3.Connection):
        return (sqlite3.Error,)
    if hasattr(connection, "Database"):
        return (connection.Database.Error,)
    import psycopg

    return (psycopg.Error,)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


@contextmanager
def writing(sql: Sql) -> Iterator[Sql]:
    """A transaction of its own that may write, on a connection that is in none; undone where something is raised."""
    sql.execute("BEGIN IMMEDIATE" if sql.vendor == "sqlite" else "BEGIN ISOLATION LEVEL READ COMMITTED")
    yield from _ended(sql, "COMMIT")


@contextmanager
def reading(sql: Sql) -> Iterator[Sql]:
    """A transaction of its own in which every query sees the same moment, on a connection that is in none."""
    sql.execute("BEGIN" if sql.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    yield from _ended(sql, "ROLLBACK")


def _ended(sql: Sql, word: str) -> Iterator[Sql]:
    try:
        yield sql
    except BaseException:
        if sql.in_transaction():
            sql.execute("ROLLBACK")
        raise
    sql.execute(word)


def take_turn(sql: Sql) -> None:
    """Wait until no other transaction gives out positions, and keep others waiting until this one ends."""
    if sql.vendor == "postgresql":
        sql.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    else:  # to write no row takes SQLite's one lock too, also where the caller only said BEGIN, and leaves nothing to store
        sql.execute("UPDATE record_log SET origin = origin WHERE 0")


def paged(sql: Sql, select: str, column: str, where: str = "", at_once: int = _AT_ONCE) -> Iterator[tuple[Any, ...]]:
    """The rows of a long query, some at a time, ordered by a column that is the first selected and the same in no two rows."""
    values: list[object] = []
    while True:
        conditions = [one for one in (where, f"{column} > %s" if values else "") if one]
        only = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        sql.execute(f"{select}{only} ORDER BY {column} LIMIT %s", [*values, at_once])
        found = sql.rows()
        yield from found
        if len(found) < at_once:
            return
        values = [found[-1][0]]


_TYPES: Final = {
    "sqlite": {"serial": "integer PRIMARY KEY", "blob": "blob"},
    "postgresql": {"serial": "bigserial PRIMARY KEY", "blob": "bytea"},
}

_TABLES: Final = (
    "CREATE TABLE record_entry (id {serial}, receipt text NOT NULL UNIQUE, leaf {blob} NOT NULL, position bigint UNIQUE)",
    "CREATE INDEX record_entry_waiting ON record_entry (id) WHERE position IS NULL",
    "CREATE TABLE record_tile (level integer NOT NULL, idx bigint NOT NULL, hashes {blob} NOT NULL, PRIMARY KEY (level, idx))",
    "CREATE TABLE record_checkpoint (size bigint PRIMARY KEY NOT NULL, note text NOT NULL)",
    "CREATE TABLE record_item (commitment text PRIMARY KEY NOT NULL, sealed {blob} NOT NULL, state text NOT NULL, reason text)",
    "CREATE TABLE record_key (commitment text PRIMARY KEY NOT NULL, key {blob} NOT NULL)",
    "CREATE TABLE record_log (origin text PRIMARY KEY NOT NULL, vkey text NOT NULL)",
)

_BESIDES: Final = {
    "sqlite": (),
    # statistics would keep some of the keys themselves, out of reach of their erasure
    "postgresql": ("ALTER TABLE record_key ALTER COLUMN key SET STATISTICS 0",),
}

TABLES: Final = ("record_log", "record_checkpoint", "record_tile", "record_entry", "record_item", "record_key")


def create_tables(sql: Sql) -> None:
    """Make the tables of the record; a migration of a web system may call this too."""
    for statement in (*_TABLES, *_BESIDES[sql.vendor]):
        sql.execute(statement.format(**_TYPES[sql.vendor]))
