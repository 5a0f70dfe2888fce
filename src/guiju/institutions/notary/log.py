"""The site's own log: begun once, under a key that lies in the home folder and nowhere else, and carried on by the sequencer."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from guiju import record
from guiju.institutions.hall.acts import own_sql
from guiju.wording import GuijuError, Where

KEY: Final = "record-key"
"""The file of the key, in the home folder."""


class LogError(GuijuError):
    """A log that cannot be carried on with the key, or under the name, that is there."""


def key_file() -> Path:
    """Where the key lies."""
    return Path(settings.HOME) / KEY


def begin(origin: str = "") -> record.VerifierKey:
    """Begin the site's log where it has none; where it has one, see that the key is there and fits. The log's public key.

    :param origin: its name, where somebody chose one; it never changes afterwards.
    :raises LogError: where the key is lacking, cannot be read, or is another log's; where the log has another name.
    """
    held = record.log_key(own_sql())
    if held is None:
        mine = _kept_or_made(origin or f"guiju.local/{secrets.token_hex(4)}").verifier
    elif not key_file().is_file():
        raise LogError("notary.key-missing", Where(str(key_file())), origin=held.name)
    else:
        mine = own_key().verifier
    if held is not None and held != mine:
        raise LogError("notary.key-other", Where(str(key_file())), held=str(held), got=str(mine))
    if origin and mine.name != origin:
        raise LogError("notary.origin", got=origin, held=mine.name)
    if held is None:
        with transaction.atomic():
            record.open_log(own_sql(), mine)
    return mine


def own_key() -> record.PrivateKey:
    """The key with which the log is signed.

    :raises LogError: where the file is lacking or holds none.
    """
    try:
        return record.PrivateKey.parse(key_file().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, record.RecordError):
        raise LogError("notary.key-unread", Where(str(key_file()))) from None


def _kept_or_made(origin: str) -> record.PrivateKey:
    """The key that lies there, or a new one, readable by its owner only; written whole or not at all."""
    path = key_file()
    if not path.is_file() or not path.stat().st_size:
        draft = path.with_name(f"{KEY}.{os.getpid()}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
                out.write(record.PrivateKey.made(origin).secret + "\n")
                out.flush()
                os.fsync(out.fileno())
            path.unlink(missing_ok=True)  # empty: somebody's disk was full
            with suppress(FileExistsError):  # another process was first
                path.hardlink_to(draft)
        finally:
            draft.unlink(missing_ok=True)
    return own_key()


# -- carried on ----------------------------------------------------------------------------------------------------------------


def integrate(key: record.PrivateKey) -> int:
    """Give entries that wait their positions, and sign the checkpoint; its size, 0 where nothing waited.

    :raises RecordError: where the log is another key's, or is damaged.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM record_entry WHERE position IS NULL LIMIT 1")
        if cursor.fetchone() is None:
            return 0
    with transaction.atomic():
        made = record.integrate(own_sql(), key)
    return made.size if made else 0


# -- read ----------------------------------------------------------------------------------------------------------------------


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read within comes from one state of the database; nobody who writes waits for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own would lock out those who write
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def entries(first: int, count: int) -> list[tuple[int, record.Entry]]:
    """So many entries from a position on, each with its position.

    :raises RecordError: where one of them is damaged.
    """
    sql = own_sql()
    query = "SELECT position, leaf FROM record_entry WHERE position >= %s AND position < %s ORDER BY position"
    sql.execute(query, [first, first + count])
    return [(position, record.parse_entry(bytes(leaf))) for position, leaf in sql.rows()]
