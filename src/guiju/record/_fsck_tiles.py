"""Tiles held against the tree as it was made again."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from guiju.record._looking import Look, Regrown
from guiju.record._sql import Sql, paged
from guiju.record.tiles import WIDTH


def look_at_tiles(sql: Sql, look: Look, tree: Regrown) -> None:
    """Each tile is there, has every hash that the tree has by now, and no other; and no tile is there besides."""
    expected = dict(tree.digests)
    sql.execute("SELECT DISTINCT level FROM record_tile ORDER BY level")
    for (level,) in sql.rows():
        where = "level IS NULL" if level is None else f"level = {level}" if type(level) is int else ""
        if not where:
            look.found("tile-extra", f"record_tile, level {level}")
            continue
        for index, hashes in paged(sql, "SELECT idx, hashes FROM record_tile", "idx", where):
            _tile(look, expected, (level, index), hashes)
    for level, index in expected:
        look.found("tile-missing", f"record_tile, level {level}, idx {index}")


def _tile(look: Look, expected: dict[tuple[int, int], bytes], at: tuple[Any, Any], hashes: Any) -> None:
    where = f"record_tile, level {at[0]}, idx {at[1]}"
    digest = expected.pop(at, None) if type(at[1]) is int else None
    if digest is None:
        look.found("tile-extra", where)
    elif not isinstance(hashes, bytes) or sha256(hashes).digest() != digest:
        first = at[1] * WIDTH ** (at[0] + 1)
        look.found("tile-differs", where, first=first, last=first + WIDTH ** (at[0] + 1) - 1)
