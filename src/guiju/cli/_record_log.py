"""A log of its own in a folder: its database or the address of one, and its key, which nobody else may read."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from guiju.record import PrivateKey, RecordError, Sql, connect, create_tables, integrate, open_log, writing
from guiju.record.connecting import SCHEMES
from guiju.wording import Where, fill, language

F = TypeVar("F", bound=Callable[..., Any])

DATABASE: Final = "record.sqlite3"
ADDRESS: Final = "database-url"
KEY: Final = "record-key"


def help_of(code: str) -> str:
    """A help text in the reader's language."""
    return fill(code, language(), "message", {})


def common(command: F) -> F:
    """The options that every word about the record has."""
    for option in reversed((
        click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=help_of("cli.lang")),
        click.option("--json", "as_json", is_flag=True, help=help_of("cli.json")),
    )):  # fmt: skip
        command = option(command)
    return command


def print_json(data: object) -> None:
    """One object on standard output."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def read_file(path: Path) -> bytes:
    """What a file holds.

    Raises:
        RecordError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as problem:
        raise RecordError("log.unreadable", Where(str(path)), reason=problem.strerror or "") from None


def is_file(path: Path) -> bool:
    """Whether there is such a file, as far as can be seen: not below a name that is too long or a folder that is closed."""
    try:
        return path.is_file()
    except OSError:
        return False


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object that a file holds.

    Raises:
        RecordError: the file is none.
    """
    try:
        found = json.loads(read_file(path))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise RecordError("log.public", Where(str(path)))
    return found


def entered(sql: Sql, key: PrivateKey) -> None:
    """Give every committed entry its position, and sign a checkpoint."""
    while True:
        with writing(sql):
            if integrate(sql, key) is None:
                return


def begin(folder: Path, origin: str, url: str) -> PrivateKey:
    """Begin a log in a folder that holds none.

    Raises:
        RecordError: one stands there already, the name cannot be one, or folder or database cannot be written.
    """
    if is_file(folder / KEY):
        raise RecordError("log.already", Where(str(folder)))
    if url and not url.startswith(SCHEMES):
        raise RecordError("log.url", got=url.split(":", 1)[0][:40], known=list(SCHEMES))
    key = PrivateKey.made(origin)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not url:  # it holds the items' keys, and SQLite gives the files beside it the same permissions
            (folder / DATABASE).touch(mode=0o600)
        with _opened(url or folder / DATABASE) as sql, writing(sql):
            create_tables(sql)
            open_log(sql, key.verifier)
            if url:
                write_secret(folder / ADDRESS, url)
            write_secret(folder / KEY, key.secret)
    except OSError as problem:
        raise RecordError("log.unwritable", Where(str(folder)), reason=problem.strerror or "") from None
    return key


def write_secret(path: Path, line: str) -> None:
    """A file of one line that only its owner reads; it must not be there yet."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(line + "\n")
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def log_at(folder: Path) -> Iterator[tuple[Sql, PrivateKey]]:
    """The log in a folder, opened.

    Raises:
        RecordError: there is none, or its database cannot be used.
    """
    if not is_file(folder / KEY):
        raise RecordError("log.no-log", Where(str(folder)))
    key = PrivateKey.parse(read_file(folder / KEY).decode("utf-8", "replace"))
    address = folder / ADDRESS
    place: str | Path = read_file(address).decode("utf-8", "replace").strip() if is_file(address) else folder / DATABASE
    if isinstance(place, Path) and not is_file(place):
        raise RecordError("log.no-log", Where(str(folder)))
    with _opened(place) as sql:
        yield sql, key


@contextmanager
def _opened(place: str | Path) -> Iterator[Sql]:
    sql, connection = connect(place)
    try:
        yield sql
    except sql.errors as problem:
        raise RecordError("log.database", reason=str(problem).split("\n")[0][:200]) from None
    finally:
        connection.close()
