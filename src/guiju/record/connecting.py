"""A database for a log of its own, opened as a log needs it: what is committed survives, what is deleted is overwritten."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guiju.record._sql import Sql, sql_of
from guiju.record.errors import RecordError

if TYPE_CHECKING:
    from psycopg import Connection

SCHEMES: Final = ("postgres://", "postgresql://")
PATIENCE: Final = 30.0
"""Seconds to wait for another writer."""


def connect(place: str | Path) -> tuple[Sql, sqlite3.Connection | Connection]:
    """Open a database in no transaction: a file of SQLite, or the address of PostgreSQL. The caller closes the connection.

    Raises:
        RecordError: it cannot be opened. The address is not told: it may hold a password.
    """
    if isinstance(place, str) and place.startswith(SCHEMES):
        return _postgresql(place)
    return _sqlite(Path(place))


def _sqlite(path: Path) -> tuple[Sql, sqlite3.Connection]:
    try:
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except sqlite3.Error as problem:
        raise RecordError("log.database", reason=str(problem)) from None
    return sql_of(connection), connection


def _postgresql(url: str) -> tuple[Sql, Connection]:
    import psycopg

    try:
        connection = psycopg.connect(url, autocommit=True, connect_timeout=int(PATIENCE))
    except psycopg.Error as problem:
        raise RecordError("log.database", reason=type(problem).__name__) from None
    return sql_of(connection), connection
