"""A backup put back: into the same kind of database or the other, whole or not at all, and looked through afterwards.

Into PostgreSQL it goes in one transaction. For SQLite a new file is made beside the old one and takes its place at the end.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from guiju.institutions.serving.backup import KEYS, Backup
from guiju.institutions.serving.home import KEY, RECORD_KEY, check_database, prepare_home, running, set_environment
from guiju.institutions.serving.problem import ServeError
from guiju.wording import Where

PATIENCE: Final = "10s"
"""How long PostgreSQL waits for others to let go of a table."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, what was found in the record then, how many entries it has, and which key files are lacking."""

    manifest: dict[str, Any]
    findings: list[Any]
    size: int
    lacking: list[str]


def restore(path: Path, database: str, home: Path, *, force: bool = False, note: Callable[[str], None]) -> Restored:
    """Put a backup back; ``note`` is told what is being done, by the word of the catalogue.

    :raises ServeError: where it is no whole backup, the database is not empty (and nothing is forced), a site runs on it, or it
        does not take what is put in.
    """
    check_database(database)
    note("checking")
    held = Backup(path)
    try:
        there = frozenset() if force else frozenset(name for name in KEYS if (home / name).is_file())
        home = prepare_home(home)
        with running(home, alone=True):
            return _restored(held, (database, home), there, force, note)
    finally:
        held.close()


def _restored(held: Backup, place: tuple[str, Path], there: frozenset[str], force: bool, note: Callable[[str], None]) -> Restored:
    database, home = place
    file = _sqlite_file(database, home)
    if file is not None and file.is_file() and file.stat().st_size and not force:
        raise ServeError("backup.not-empty", got=str(file))
    set_environment(home, database, "127.0.0.1")
    import django

    django.setup()
    from guiju.institutions.serving.site import connect, on_refusal

    _check_version(held)
    with _keys_kept(home), _new_file(file):
        connect()
        _in_haste()
        with on_refusal("backup.refused"), _whole():
            if file is None:
                _clear(force)
            note("loading")
            _load(held)
            _put_keys(held, home, there)
            note("fsck")
            findings, size = _looked_through()
            lacking = _lacking(held, home, there)
        _done()
    return Restored(held.manifest, findings, size, lacking)


def _sqlite_file(database: str, home: Path) -> Path | None:
    """The file of the database, if it is one."""
    if not database:
        return home / "guiju.sqlite3"
    import dj_database_url

    parsed = dj_database_url.parse(database)
    return Path(str(parsed["NAME"])).absolute() if "sqlite" in parsed["ENGINE"] else None


@contextmanager
def _new_file(file: Path | None) -> Iterator[None]:
    """What is done within is done in a file beside the one to be replaced, which takes its place once all went well."""
    from django.db import connection

    if file is None:
        yield
        return
    new = file.with_name(f"{file.name}.restoring")
    _remove(new)
    connection.close()
    connection.settings_dict["NAME"] = str(new)
    try:
        yield
        with new.open("rb+") as whole:
            os.fchmod(whole.fileno(), 0o600)
            os.fsync(whole.fileno())
        for one in (Path(f"{file}-wal"), Path(f"{file}-shm")):
            one.unlink(missing_ok=True)
        new.replace(file)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(file)
        _remove(new)


def _remove(file: Path) -> None:
    for one in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        one.unlink(missing_ok=True)


@contextmanager
def _whole() -> Iterator[None]:
    """In PostgreSQL all of it or nothing; SQLite's file counts only once it is whole."""
    from django.db import connection, transaction

    if connection.vendor == "sqlite":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        yield


def _in_haste() -> None:
    """SQLite's new file is forced to the disk once, at the end."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")


def _done() -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _clear(force: bool) -> None:
    """Take away the tables of a site, where there are any and it is wanted; others' tables are not touched.

    :raises ServeError: where there are some and it is not.
    """
    from django.apps import apps
    from django.db import connection

    from guiju.institutions.serving.portable import LEFT_OUT, RECORD, options_of
    from guiju.institutions.serving.site import place_of_database

    ours = {options_of(model).db_table for model in apps.get_models(include_auto_created=True)} | LEFT_OUT
    there = [one for one in connection.introspection.table_names() if one in ours or one.startswith(RECORD)]
    if there and not force:
        raise ServeError("backup.not-empty", got=place_of_database())
    if there:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {', '.join(map(connection.ops.quote_name, there))} CASCADE")


# -- rows ----------------------------------------------------------------------------------------------------------------------


def _check_version(held: Backup) -> None:
    """See that this version knows the tables of a backup.

    :raises ServeError: where it does not.
    """
    from django.db.migrations.loader import MigrationLoader

    known = MigrationLoader(None).graph.nodes
    if unknown := [f"{app}.{name}" for app, name in held.manifest["migrations"] if (app, name) not in known]:
        raise ServeError("backup.newer", Where(str(held.path)), names=unknown[:5])


def _load(held: Backup) -> None:
    """Make the tables as they were, put the rows in, and bring the tables up to this version."""
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from guiju.institutions.serving.portable import tables

    executor = MigrationExecutor(connection)
    done = [(app, name) for app, name in held.manifest["migrations"]]
    executor.migrate(_last(done, executor.loader.graph))
    models = executor.loader.project_state(done).apps
    ready = tables(models)
    wanted = {one["name"]: tuple(one["columns"]) for one in held.manifest["tables"]}
    for name, columns in wanted.items():
        if name not in ready or ready[name].columns != columns:
            raise ServeError("backup.damaged", Where(str(held.path)), part=name)
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # migrations in the same transaction make them immediate
            for table in ready.values():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")  # noqa: S608  # what migrations put in
        for name, columns in wanted.items():
            ready[name].put(_rows(held, name, len(columns)))
        _reset_sequences(models)
        connection.check_constraints()
    call_command("migrate", interactive=False, verbosity=0)


def _last(done: Iterable[tuple[str, str]], graph: Any) -> list[tuple[str, str]]:
    """Of the migrations of a state, those after which none of it comes."""
    state = set(done)
    return sorted(one for one in state if not any(child.key in state for child in graph.node_map[one].children))


def _rows(held: Backup, name: str, columns: int) -> Iterator[Any]:
    from guiju.institutions.serving.portable import row_of

    for line in held.lines(name):
        try:
            yield row_of(line, columns)
        except (ValueError, TypeError):
            raise ServeError("backup.damaged", Where(str(held.path)), part=name) from None


def _reset_sequences(models: Any) -> None:
    """Let what comes next be numbered after what was put in."""
    from django.core.management.color import no_style
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for query in connection.ops.sequence_reset_sql(no_style(), models.get_models(include_auto_created=True)):
            cursor.execute(query)
        next_entry = "setval(pg_get_serial_sequence('record_entry', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL)"
        cursor.execute(f"SELECT {next_entry} FROM record_entry")  # noqa: S608  # as it stands above


def _looked_through() -> tuple[list[Any], int]:
    """What is found in the record as it was put back, and how many entries it has."""
    from guiju.institutions.notary.looking_through import look_through

    return look_through()


# -- keys ----------------------------------------------------------------------------------------------------------------------


def _put_keys(held: Backup, home: Path, there: frozenset[str]) -> None:
    """Put the key files of a backup in their place; those that were there before stay as they are."""
    for name in KEYS:
        content, place = held.key(name), home / name
        if content is not None and name not in there:
            _write_key(place, content)


def _write_key(place: Path, content: bytes) -> None:
    """Write a key file whole or not at all, for its owner alone."""
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    draft.replace(place)


@contextmanager
def _keys_kept(home: Path) -> Iterator[None]:
    """Where what is done within fails, the key files are again what they were: they fit the database that has stayed."""
    before = {home / name: (home / name).read_bytes() if (home / name).is_file() else None for name in KEYS}
    try:
        yield
    except BaseException:
        for place, content in before.items():
            if content is None:
                place.unlink(missing_ok=True)
            elif not place.is_file() or place.read_bytes() != content:
                _write_key(place, content)
        raise


def _lacking(held: Backup, home: Path, there: frozenset[str]) -> list[str]:
    """The key files that neither came along nor were there, or that belong to another record."""
    from guiju import record
    from guiju.institutions.hall.acts import own_sql

    lacking = [] if held.key(KEY) is not None or KEY in there else [KEY]
    log = record.log_key(own_sql())
    try:
        mine = record.PrivateKey.parse((home / RECORD_KEY).read_text(encoding="utf-8")).verifier
    except (OSError, UnicodeDecodeError, record.RecordError):
        mine = None
    return lacking if log is None or log == mine else [RECORD_KEY, *lacking]
