"""The record in a database: entries written inside the caller's transaction, and what can be read of it.

Nothing here commits. What `append` writes stands or falls with the act that it records; a position, a proof and a signed
checkpoint follow when the sequencer comes by (`guiju.record.sequencing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from guiju.calendars import now
from guiju.record._sql import Sql, take_turn
from guiju.record._succession import handed_out
from guiju.record.checkpoints import unchecked_checkpoint
from guiju.record.cosigning import attach
from guiju.record.entries import OWN_KINDS, Entry, ItemRef, parse_entry
from guiju.record.errors import RecordError
from guiju.record.items import Sealed, seal
from guiju.record.merkle import HASH_SIZE, Nodes, consistency_proof, inclusion_proof
from guiju.record.notes import VerifierKey, split_note
from guiju.record.proofs import Proof
from guiju.record.receipts import hash_as_given, new_receipt
from guiju.record.tiles import ENTRIES, WIDTH, Tile, encode_entries, nodes_from

CHECKPOINT: Final = "checkpoint"
"""The path of the newest checkpoint, beside those of tiles."""
_COSIGNED: Final = "%\n— %\n— %\n— %"
"""A note with more signature lines than the log's own two."""


@dataclass(frozen=True, slots=True)
class Appended:
    """What came of an act; the receipt number is told to the person and kept nowhere."""

    receipt_number: str
    receipt_hash: str
    entry: Entry
    commitments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry on file; its position is None until the sequencer has come by."""

    entry: Entry
    leaf: bytes
    position: int | None


def open_log(sql: Sql, log: VerifierKey) -> None:
    """Say whose log stands in these tables, once. The same key again changes nothing.

    Raises:
        RecordError: another log stands there.
    """
    held = log_key(sql)
    if held is None:
        sql.execute("INSERT INTO record_log (origin, vkey) VALUES (%s, %s)", [log.name, str(log)])
    elif held != log:
        raise RecordError("log.other-log", got=str(log), held=str(held))


def log_key(sql: Sql) -> VerifierKey | None:
    """The public key of the log that stands in these tables; None where none was begun."""
    sql.execute("SELECT vkey FROM record_log ORDER BY origin LIMIT 1")
    found = sql.rows()
    return VerifierKey.parse(str(found[0][0])) if found else None


def append(
    sql: Sql, kind: str, public: Mapping[str, Any], items: Mapping[str, bytes] | None = None, at: datetime | None = None
) -> Appended:
    """Write the entry of an act, inside the transaction in which the act is done.

    Args:
        sql: in a transaction.
        kind: what was done, in words with points between: ``system.published``.
        public: what anybody may read; opaque ids and digests, nothing about a person.
        items: what stands outside the log, by name; each gets a key of its own.
        at: when it was done; now, where it is left out.

    Raises:
        RecordError: the act cannot be an entry.
        RuntimeError: outside a transaction, where the act and its entry could part.
    """
    if kind.startswith(OWN_KINDS):
        raise RecordError("entry.own-kind", got=kind)
    return append_own(sql, kind, public, items or {}, at)


def append_own(
    sql: Sql, kind: str, public: Mapping[str, Any], items: Mapping[str, bytes] | None = None, at: datetime | None = None
) -> Appended:
    """As `append`, for the record's own acts too."""
    if not sql.in_transaction():
        raise RuntimeError("append() belongs inside the transaction of the act")
    sealed = {name: seal(content) for name, content in (items or {}).items()}
    number = new_receipt()
    refs = tuple(ItemRef(name, one.commitment) for name, one in sealed.items())
    entry = Entry(kind, (at or now()).replace(microsecond=0), hash_as_given(number), public, refs)
    sql.execute("INSERT INTO record_entry (receipt, leaf) VALUES (%s, %s)", [entry.receipt, entry.leaf()])
    for one in sealed.values():
        _keep(sql, one)
    return Appended(number, entry.receipt, entry, {name: one.commitment for name, one in sealed.items()})


def _keep(sql: Sql, item: Sealed) -> None:
    values = [item.commitment, item.sealed]
    sql.execute("INSERT INTO record_item (commitment, sealed, state, reason) VALUES (%s, %s, 'held', NULL)", values)
    sql.execute("INSERT INTO record_key (commitment, key) VALUES (%s, %s)", [item.commitment, item.key])


def entry_by_receipt(sql: Sql, receipt: str) -> Recorded:
    """The entry with the hash of a receipt number.

    Raises:
        RecordError: there is none, or what stands there is damaged.
    """
    sql.execute("SELECT leaf, position FROM record_entry WHERE receipt = %s", [receipt])
    return _recorded(sql.rows())


def entry_at(sql: Sql, position: int) -> Recorded:
    """The entry at a position of the log.

    Raises:
        RecordError: there is none, or what stands there is damaged.
    """
    sql.execute("SELECT leaf, position FROM record_entry WHERE position = %s", [position])
    return _recorded(sql.rows())


def _recorded(found: list[tuple[Any, ...]]) -> Recorded:
    if not found:
        raise RecordError("log.no-entry")
    leaf, position = found[0]
    return Recorded(parse_entry(_bytes(leaf)), _bytes(leaf), position)


def checkpoint_size(sql: Sql, *, cosigned: bool = False) -> int | None:
    """How many entries the newest checkpoint counts, or the newest with a cosignature; None where there is none."""
    if cosigned:
        sql.execute("SELECT max(size) FROM record_checkpoint WHERE note LIKE %s", [_COSIGNED])
    else:
        sql.execute("SELECT max(size) FROM record_checkpoint")
    found: int | None = sql.rows()[0][0]
    return found


def checkpoint_note(sql: Sql, size: int | None = None) -> str:
    """A signed checkpoint with the cosignatures it has so far: the newest, or the one of a size.

    Raises:
        RecordError: there is none.
    """
    if size is None:
        sql.execute("SELECT note FROM record_checkpoint ORDER BY size DESC LIMIT 1")
    else:
        sql.execute("SELECT note FROM record_checkpoint WHERE size = %s", [size])
    found, log = sql.rows(), log_key(sql)
    if not found or log is None:
        raise RecordError("log.no-checkpoint")
    return handed_out(str(found[0][0]), log)


def add_cosignatures(sql: Sql, note: bytes, witnesses: Sequence[VerifierKey]) -> str:
    """Keep what witnesses signed below a checkpoint of ours; the note as it is handed out from now on.

    Args:
        sql: in a transaction.
        note: the checkpoint with cosignatures, as `ask_witness` gives it.
        witnesses: whose lines are taken; lines by others are left out.

    Raises:
        RecordError: it is no checkpoint of ours, a line does not hold, or none is by one of the witnesses.
    """
    size = unchecked_checkpoint(note).size
    text, signatures = split_note(note)
    take_turn(sql)
    sql.execute("SELECT note FROM record_checkpoint WHERE size = %s", [size])
    found = sql.rows()
    if not found or split_note(str(found[0][0]).encode())[0] != text:
        raise RecordError("log.no-checkpoint")
    whole = attach(str(found[0][0]).encode(), "".join(one.line for one in signatures), witnesses).decode()
    sql.execute("UPDATE record_checkpoint SET note = %s WHERE size = %s", [whole, size])
    return checkpoint_note(sql, size)


def nodes_of(sql: Sql) -> Nodes:
    """The hashes of the log's subtrees, read from its tiles."""
    return nodes_from(lambda level, index: tile_hashes(sql, level, index))


def tile_hashes(sql: Sql, level: int, index: int) -> bytes:
    """The hashes that a tile has so far; nothing where there is none."""
    sql.execute("SELECT hashes FROM record_tile WHERE level = %s AND idx = %s", [level, index])
    found = sql.rows()
    return _bytes(found[0][0]) if found else b""


def tile_bytes(sql: Sql, path: str) -> bytes:
    """What stands under a path of the log's HTTP layout (C2SP tlog-tiles): checkpoint, tile, or bundle of entries.

    Raises:
        RecordError: the path is none, or the log has not grown so far.
    """
    if path == CHECKPOINT:
        return checkpoint_note(sql).encode()
    tile = Tile.parse(path)
    if tile.level == ENTRIES:
        begin = tile.index * WIDTH
        if begin + tile.width > (checkpoint_size(sql) or 0):
            raise RecordError("log.no-tile", path=path)
        query = "SELECT leaf FROM record_entry WHERE position >= %s AND position < %s ORDER BY position"
        sql.execute(query, [begin, begin + tile.width])
        leaves = [_bytes(leaf) for (leaf,) in sql.rows()]
        if len(leaves) != tile.width:  # the rest would be taken for entries of other positions
            raise RecordError("log.damaged")
        return encode_entries(leaves)
    hashes = tile_hashes(sql, tile.level, tile.index)[: tile.width * HASH_SIZE]
    if len(hashes) != tile.width * HASH_SIZE:
        raise RecordError("log.no-tile", path=path)
    return hashes


def proof_for(sql: Sql, position: int, *, cosigned: bool = False) -> str:
    """That the entry at a position is in the log: a tlog-proof that stands by itself.

    Args:
        sql: read from.
        position: of the entry.
        cosigned: prove it under the newest checkpoint that a witness cosigned, not under the newest of all.

    Raises:
        RecordError: the log has not grown so far, or has no such checkpoint.
    """
    size = checkpoint_size(sql, cosigned=cosigned)
    if size is None:
        raise RecordError("log.no-checkpoint")
    hashes = inclusion_proof(position, size, nodes_of(sql))
    return Proof(position, tuple(hashes), checkpoint_note(sql, size).encode()).text


def consistency_for(sql: Sql, old: int, new: int) -> list[bytes]:
    """The hashes that show the log at one size to continue itself at another (for witnesses).

    Raises:
        RecordError: the log has not grown so far, or the sizes are the wrong way round.
    """
    return consistency_proof(old, new, nodes_of(sql))


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise RecordError("log.damaged")
    return value
