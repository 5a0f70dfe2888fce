"""The single sequencer: committed entries get consecutive positions, the tree grows over them, a checkpoint is signed.

It may be called from any number of processes: one at a time does it, under PostgreSQL's advisory lock or SQLite's one lock for
writers. Everything it does is one transaction: killed at any moment, it has done all of it or nothing.
"""

from __future__ import annotations

from typing import Final

from guiju.record._sql import Sql, take_turn
from guiju.record._succession import follows
from guiju.record.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from guiju.record.errors import RecordError
from guiju.record.merkle import leaf_hashes, root
from guiju.record.notes import PrivateKey
from guiju.record.store import log_key, tile_hashes
from guiju.record.tiles import WIDTH, extend, nodes_from

AT_ONCE: Final = 16_384
"""Entries that are given their position in one transaction, where nothing else is said: some tenths of a second of work."""


def integrate(sql: Sql, key: PrivateKey, at_most: int = AT_ONCE) -> Checkpoint | None:
    """Give waiting entries their positions, extend the tree over them, and sign the checkpoint; None where nothing waits.

    Args:
        sql: in a transaction of its own: BEGIN IMMEDIATE in SQLite, at READ COMMITTED in PostgreSQL. The caller commits.
        key: of the log.
        at_most: entries; what is left over waits for the next call.

    Raises:
        RecordError: the log is another key's, or its newest checkpoint was not signed by this one.
    """
    take_turn(sql)
    held = log_key(sql)
    if held != key.verifier:
        raise RecordError("log.other-log", got=str(key.verifier), held=str(held or "—"))
    size = _size(sql, key)
    sql.execute("SELECT id, leaf FROM record_entry WHERE position IS NULL ORDER BY id LIMIT %s", [at_most])
    waiting = sql.rows()
    if not waiting:
        return None
    _give_positions(sql, size, [row[0] for row in waiting])
    new = size + len(waiting)
    tiles = _grow(sql, size, leaf_hashes(row[1] for row in waiting))
    checkpoint = Checkpoint(key.name, new, root(new, nodes_from(lambda *at: tiles.get(at, b""))))
    note = sign_checkpoint(checkpoint, key).decode() + follows(key, checkpoint.text, size).line
    sql.execute("INSERT INTO record_checkpoint (size, note) VALUES (%s, %s)", [new, note])
    return checkpoint


def _size(sql: Sql, key: PrivateKey) -> int:
    """The size of the tree so far, as this key signed it: a checkpoint by anybody else is not built upon."""
    sql.execute("SELECT size, note FROM record_checkpoint ORDER BY size DESC LIMIT 1")
    found = sql.rows()
    if not found:
        return 0
    size, note = found[0]
    checkpoint, _ = open_checkpoint(str(note).encode(), key.verifier)
    if checkpoint.size != size:
        raise RecordError("log.damaged")
    return checkpoint.size


def _give_positions(sql: Sql, first: int, ids: list[int]) -> None:
    if sql.vendor == "postgresql":
        sql.execute(
            "UPDATE record_entry SET position = %s + given.place - 1"
            " FROM unnest(%s::bigint[]) WITH ORDINALITY AS given (id, place) WHERE record_entry.id = given.id",
            [first, ids],
        )
    else:
        sql.execute_many("UPDATE record_entry SET position = %s WHERE id = %s", enumerate(ids, first))


def _grow(sql: Sql, size: int, hashes: bytes) -> dict[tuple[int, int], bytes]:
    """Write each tile that changes, once; what the new root needs: these, and the edge of the tree where it did not change."""
    edge = _edge(sql, size)
    changed = {(tile.level, tile.index): data for tile, data in extend(size, hashes, lambda *at: edge.get(at, b""))}
    sql.execute_many(
        "INSERT INTO record_tile (level, idx, hashes) VALUES (%s, %s, %s)"
        " ON CONFLICT (level, idx) DO UPDATE SET hashes = excluded.hashes",
        [(*at, data) for at, data in changed.items()],
    )
    return edge | changed


def _edge(sql: Sql, size: int) -> dict[tuple[int, int], bytes]:
    """The last, not yet full tile of each level."""
    edge = {}
    level, count = 0, size
    while count:
        if count % WIDTH:
            edge[level, count // WIDTH] = tile_hashes(sql, level, count // WIDTH)
        level, count = level + 1, count // WIDTH
    return edge
