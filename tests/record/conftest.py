"""One log, begun anew for each test, in each of the two databases."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from tests.institutions.postgres import binaries, cluster

from guiju.calendars import fixed
from guiju.record import (
    COSIGNER,
    TABLES,
    Appended,
    Checkpoint,
    Finding,
    PrivateKey,
    Sql,
    add_cosignatures,
    append,
    checkpoint_note,
    connect,
    cosign,
    create_tables,
    erase,
    fsck,
    integrate,
    open_log,
    reading,
    scrub,
    withhold,
    writing,
)

KEY = PrivateKey("example.org/log", bytes(range(32)))
WITNESS = PrivateKey("example.org/witness", bytes(range(32, 64)), COSIGNER)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class Log:
    """A log in a database, with as many connections to it as a test wants."""

    name: str
    place: str | Path
    open: ExitStack = field(default_factory=ExitStack)
    key: PrivateKey = KEY

    def connection(self) -> Sql:
        sql, connection = connect(self.place)
        self.open.enter_context(closing(connection))
        return sql

    def append(self, sql: Sql, *contents: bytes, kind: str = "system.published", number: int = 0) -> Appended:
        """One act in a transaction of its own."""
        with writing(sql):
            return append(sql, kind, {"number": number}, {f"part-{at}": one for at, one in enumerate(contents)})

    def integrate(self, sql: Sql, at_most: int = 1000) -> Checkpoint | None:
        with writing(sql):
            return integrate(sql, self.key, at_most)

    def fsck(self, sql: Sql, **more: object) -> list[Finding]:
        with reading(sql):
            return fsck(sql, self.key.verifier, **more)

    def found(self, sql: Sql, **more: object) -> set[str]:
        """The names of what is found."""
        return {one.id for one in self.fsck(sql, **more)}


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL of this run with the record's tables."""
    if binaries() is None:
        pytest.skip("no PostgreSQL below /usr/lib/postgresql")
    with cluster() as url:
        sql, connection = connect(url)
        with closing(connection), writing(sql):
            create_tables(sql)
        yield url


def fill(log: Log, sql: Sql) -> dict[str, str]:
    """A small log with something of everything; the commitments of its items."""
    with fixed(NOON):
        first = log.append(sql, b"held", b"to be withheld", b"to be erased").commitments
        log.integrate(sql)
        log.append(sql, number=1)
        log.integrate(sql)
        note = checkpoint_note(sql)
        line = cosign(note.split("\n\n")[0] + "\n", WITNESS, NOON).line
        with writing(sql):
            add_cosignatures(sql, (note + line).encode(), [WITNESS.verifier])
            withhold(sql, first["part-1"], "court-order")
            erase(sql, first["part-2"], "erasure-request")
        scrub(sql)
        log.integrate(sql)
    return dict(zip(("held", "withheld", "erased"), first.values(), strict=True))


def own_schema(url: str, name: str) -> str:
    """Tables beside those that tests empty, for a log that outlives one test."""
    own = f"{url}?options=-csearch_path%3D{name}"
    with psycopg.connect(url) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    sql, opened = connect(own)
    with closing(opened), writing(sql):
        create_tables(sql)
    return own


def begin(name: str, request: pytest.FixtureRequest, schema: str = "") -> Log:
    """An empty log; a name of its own keeps it from the other tests of PostgreSQL."""
    if name == "postgresql":
        url = request.getfixturevalue("postgresql")
        if schema:
            url = own_schema(url, schema)
        with psycopg.connect(url) as connection:
            connection.execute(f"TRUNCATE {', '.join(TABLES)} RESTART IDENTITY")
        log = Log(name, url)
    else:
        held = tempfile.TemporaryDirectory(prefix="guiju-record-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        log = Log(name, Path(held.name) / "record.sqlite3")
        log.open.enter_context(held)
        sql = log.connection()
        with writing(sql):
            create_tables(sql)
    sql = log.connection()
    with writing(sql):
        open_log(sql, KEY.verifier)
    return log


@pytest.fixture(params=["sqlite", "postgresql"])
def log(request: pytest.FixtureRequest) -> Iterator[Log]:
    found = begin(request.param, request)
    with found.open:
        yield found


@pytest.fixture
def sql(log: Log) -> Sql:
    return log.connection()


@pytest.fixture
def postgresql_log(request: pytest.FixtureRequest) -> Iterator[Log]:
    found = begin("postgresql", request)
    with found.open:
        yield found


@pytest.fixture
def sqlite_log(request: pytest.FixtureRequest) -> Iterator[Log]:
    found = begin("sqlite", request)
    with found.open:
        yield found
