"""What becomes of an item: it is held, withheld from readers, or erased for good. Each change is itself an act in the log.

Entries, proofs and commitments stay valid whatever becomes of the content. A state without its entry, or an entry without its
state, is found by `guiju.record.fsck`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from time import sleep
from typing import Any, Final, Literal, cast

from guiju.record._sql import Sql, writing
from guiju.record.entries import check_reason
from guiju.record.errors import RecordError
from guiju.record.items import Opened, Sealed, unseal
from guiju.record.store import Appended, append_own

State = Literal["held", "withheld", "erased"]

HELD: Final = "held"
WITHHELD: Final = "withheld"
ERASED: Final = "erased"
STATES: Final = (HELD, WITHHELD, ERASED)

ITEM_WITHHELD: Final = "record.item-withheld"
ITEM_RELEASED: Final = "record.item-released"
ITEM_ERASED: Final = "record.item-erased"
STATE_AFTER: Final = {ITEM_WITHHELD: WITHHELD, ITEM_RELEASED: HELD, ITEM_ERASED: ERASED}
"""The state of an item after each of the record's own acts."""

LOOKS: Final = 20
BETWEEN_LOOKS: Final = 0.1
"""How often, and after how many seconds each, it is looked whether PostgreSQL's older transactions have ended."""

_OLDER: Final = """
SELECT count(*) FROM (
    SELECT unnest(ARRAY[backend_xmin, backend_xid]) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND (datname = current_database() OR datname IS NULL)
    UNION ALL SELECT transaction FROM pg_prepared_xacts WHERE database = current_database()
    UNION ALL SELECT xmin FROM pg_replication_slots
) AS holding (oldest) WHERE age(oldest) > age(%s::text::xid)
"""
"""What keeps deleted rows of PostgreSQL from being taken away."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item as a reader may see it: ``opened`` only where it is held, ``reason`` only where it is not."""

    commitment: str
    state: State
    reason: str | None
    opened: Opened | None = field(default=None, repr=False)


def item_of(sql: Sql, commitment: str, *, withheld_too: bool = False, closed: bool = False) -> Item:
    """An item with its state, and its content where it may be shown.

    Args:
        sql: read from.
        commitment: as the entry names it.
        withheld_too: also open what is withheld, for a reader who has the right to see it.
        closed: open nothing; only the state is wanted.

    Raises:
        RecordError: there is no such item, or what is kept of it is damaged.
    """
    state, reason, sealed, key = _row(sql, commitment)
    shown = not closed and (state == HELD or (withheld_too and state == WITHHELD))
    if not shown:
        return Item(commitment, state, reason)
    if not isinstance(sealed, bytes) or not isinstance(key, bytes):
        raise RecordError("item.not-opened", commitment=commitment)
    return Item(commitment, state, reason, unseal(Sealed(commitment, sealed, key)))


def withhold(sql: Sql, commitment: str, reason: str, at: datetime | None = None) -> Appended:
    """Show an item to nobody for the time being, and say so; in the caller's transaction. The content stays.

    Args:
        sql: in a transaction.
        commitment: of the item.
        reason: a code that says why, and nothing about a person.
        at: when; now, where it is left out.

    Raises:
        RecordError: there is no such item, it is not held, or the reason is no code.
    """
    return _change(sql, commitment, ITEM_WITHHELD, check_reason(reason), at)


def release(sql: Sql, commitment: str, reason: str, at: datetime | None = None) -> Appended:
    """Show a withheld item again; in the caller's transaction.

    Raises:
        RecordError: there is no such item, it is not withheld, or the reason is no code.
    """
    return _change(sql, commitment, ITEM_RELEASED, check_reason(reason), at)


def erase(sql: Sql, commitment: str, reason: str, at: datetime | None = None) -> Appended:
    """Destroy an item's key and what it sealed; in the caller's transaction. Call `scrub` once that has committed.

    Args:
        sql: in a transaction.
        commitment: of the item.
        reason: a code that says why, and nothing about a person.
        at: when; now, where it is left out.

    Raises:
        RecordError: there is no such item, it is erased already, or the reason is no code.
    """
    done = _change(sql, commitment, ITEM_ERASED, check_reason(reason), at)
    if sql.vendor == "sqlite":
        sql.execute("PRAGMA secure_delete = ON")
    sql.execute("DELETE FROM record_key WHERE commitment = %s", [commitment])
    sql.execute("UPDATE record_item SET sealed = %s WHERE commitment = %s", [b"", commitment])
    return done


def scrub(sql: Sql) -> bool:
    """Clear the bytes of deleted keys out of the database's own files; whether all could be cleared now.

    Call it after the transaction of an erasure, in none. SQLite leaves copies of rows in the free room of pages that were split
    or merged: the keys that are left are written anew, what is freed is overwritten, and the write-ahead log is cut to nothing,
    which has to wait for readers (then the answer is False: call again). PostgreSQL writes the table anew, but takes along rows
    that an older transaction could still see, so that it too has to wait for those; its write-ahead log and copies made earlier
    (backups, replicas) have a life of their own, as has the disk below both.
    """
    if sql.vendor == "postgresql":
        if not _older_ended(sql):
            return False
        sql.execute("VACUUM FULL record_key")
        return True
    sql.execute("PRAGMA secure_delete = ON")
    sql.rows()
    with writing(sql):
        sql.execute("SELECT commitment, key FROM record_key ORDER BY commitment")
        kept = sql.rows()
        sql.execute("DELETE FROM record_key")
        sql.execute_many("INSERT INTO record_key (commitment, key) VALUES (%s, %s)", kept)
    sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    busy = sql.rows()[0][0]
    return not busy


def _older_ended(sql: Sql) -> bool:
    """Whether every transaction of PostgreSQL has ended that began before now, as most do after a moment."""
    sql.execute("SELECT mod(txid_snapshot_xmax(txid_current_snapshot()), 4294967296)::text")
    ((now_at,),) = sql.rows()
    for look in range(LOOKS):
        if look:
            sleep(BETWEEN_LOOKS)
        sql.execute(_OLDER, [now_at])
        if not sql.rows()[0][0]:
            return True
    return False


def _row(sql: Sql, commitment: str) -> tuple[State, str | None, Any, Any]:
    sql.execute(
        "SELECT state, reason, sealed, key FROM record_item LEFT JOIN record_key"
        " ON record_key.commitment = record_item.commitment WHERE record_item.commitment = %s",
        [commitment],
    )
    found = sql.rows()
    if not found:
        raise RecordError("item.unknown", commitment=commitment)
    state, reason, sealed, key = found[0]
    if state not in STATES:
        raise RecordError("log.damaged")
    return cast(State, state), reason, sealed, key


def _change(sql: Sql, commitment: str, kind: str, reason: str, at: datetime | None) -> Appended:
    """The entry and the new state, the item's row being locked first, so that its entries come in the order of its states."""
    sql.execute("UPDATE record_item SET state = state WHERE commitment = %s", [commitment])
    state, *_ = _row(sql, commitment)
    allowed = {ITEM_WITHHELD: (HELD,), ITEM_RELEASED: (WITHHELD,), ITEM_ERASED: (HELD, WITHHELD)}[kind]
    if state not in allowed:
        raise RecordError("item.state", commitment=commitment, state=state)
    done = append_own(sql, kind, {"commitment": commitment, "reason": reason}, at=at)
    after = STATE_AFTER[kind]
    shown = None if after == HELD else reason
    sql.execute("UPDATE record_item SET state = %s, reason = %s WHERE commitment = %s", [after, shown, commitment])
    return done
