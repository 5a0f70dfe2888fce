"""The tree cut into tiles, each 256 hashes wide, and the entries in bundles beside them (C2SP tlog-tiles, height 8).

Tile ``(level, index)`` holds hashes over ``256**level`` leaves each. It grows from the left; once it has 256 hashes it never
changes, and its own root becomes one hash of the level above. Whole tiles are read, hashed and written at a time.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from guiju.record.errors import RecordError
from guiju.record.merkle import HASH_SIZE, MOST, Nodes, leaf_hashes, root

HEIGHT: Final = 8
WIDTH: Final = 256
ENTRIES: Final = -1
"""The level that stands for bundles of entries."""
LONGEST_ENTRY: Final = 65535
"""Bytes; its length is written in two bytes."""

TileBytes = Callable[[int, int], bytes]
"""(level, index) to the hashes that the tile has so far, 32 bytes each; nothing where there is no such tile."""

_PATH = re.compile(r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([0-9]{1,3}))?", re.ASCII)
_HIGHEST_LEVEL = 63
_KEPT = 64
"""Tiles whose inner hashes are kept; a proof walks through no more than eight."""


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """One tile, or one bundle of entries (level `ENTRIES`), as wide as it is at some size of the log.

    Raises:
        RecordError: there can be no such tile.
    """

    level: int
    index: int
    width: int = WIDTH

    def __post_init__(self) -> None:
        if not (ENTRIES <= self.level <= _HIGHEST_LEVEL and 0 <= self.index <= MOST and 1 <= self.width <= WIDTH):
            raise RecordError("log.tile", level=self.level, index=self.index, width=self.width)

    @property
    def path(self) -> str:
        """Where it stands below the log's address: ``tile/0/x001/x234/067`` or, not yet full, ``tile/0/067.p/12``."""
        digits = f"{self.index:03}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        level = "entries" if self.level == ENTRIES else str(self.level)
        number = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
        return f"tile/{level}/{number}" + ("" if self.width == WIDTH else f".p/{self.width}")

    @classmethod
    def parse(cls, path: str) -> Tile:
        """The tile of a path; only the one spelling that C2SP tlog-tiles allows is taken.

        Raises:
            RecordError: it is not the path of a tile or bundle.
        """
        found = _PATH.fullmatch(path[:100])
        if found is not None:
            level = ENTRIES if found[1] == "entries" else int(found[1])
            index = int(found[2].replace("/", "").replace("x", ""))
            width = WIDTH if found[3] is None else int(found[3])
            if level <= _HIGHEST_LEVEL and index <= MOST and 1 <= width <= WIDTH:
                tile = cls(level, index, width)
                if tile.path == path:
                    return tile
        raise RecordError("log.tile-path", got=path[:100])


def extend(size: int, hashes: bytes, tile_bytes: TileBytes) -> Iterator[tuple[Tile, bytes]]:
    """Append leaves: every tile that changes, with all the hashes it has then. Writing them is the caller's.

    Args:
        size: how many leaves the log has so far.
        hashes: the leaf hashes to append, one after another.
        tile_bytes: the tiles so far; only the last, not yet full tile of each level is asked for.

    Raises:
        RecordError: a tile on file is shorter than the size says.
    """
    if len(hashes) % HASH_SIZE:
        raise RecordError("log.hash-length", got=len(hashes) % HASH_SIZE)
    level = 0
    while hashes:
        index, width = divmod(size, WIDTH)
        held = _prefix(tile_bytes, Tile(level, index, width)) if width else b""
        data = held + hashes
        above: list[bytes] = []
        for at in range(0, len(data), WIDTH * HASH_SIZE):
            part = data[at : at + WIDTH * HASH_SIZE]
            yield Tile(level, index, len(part) // HASH_SIZE), part
            if len(part) == WIDTH * HASH_SIZE:
                above.append(_levels(part)[-1])
            index += 1
        level, size, hashes = level + 1, size // WIDTH, b"".join(above)


def nodes_from(tile_bytes: TileBytes) -> Nodes:
    """The hash of any complete subtree, out of tiles.

    The inner hashes of the tiles used last are kept; where a tile has grown since, it is read again.

    Raises:
        RecordError: (the function given back) the tiles do not reach so far.
    """
    kept: OrderedDict[tuple[int, int], list[bytes]] = OrderedDict()

    def node(level: int, index: int) -> bytes:
        tile_level, inner = divmod(level, HEIGHT)
        tile_index, at = divmod(index, WIDTH >> inner)
        place = (tile_level, tile_index)
        begin, end = at * HASH_SIZE, (at + 1) * HASH_SIZE
        held = kept.get(place)
        if held is None or len(held) <= inner or len(held[inner]) < end:
            held = kept[place] = _levels(_prefix(tile_bytes, Tile(tile_level, tile_index, (at + 1) << inner), whole=True))
            if len(kept) > _KEPT:
                kept.popitem(last=False)
        else:
            kept.move_to_end(place)
        return held[inner][begin:end]

    return node


class MemoryTiles:
    """A tree in memory: what `extend` gives, kept."""

    def __init__(self) -> None:
        self.size = 0
        self._tiles: dict[tuple[int, int], bytes] = {}
        self.nodes = nodes_from(self.tile_bytes)

    def tile_bytes(self, level: int, index: int) -> bytes:
        """The hashes that the tile has so far."""
        return self._tiles.get((level, index), b"")

    def append(self, leaves: Iterable[bytes]) -> None:
        """Append entries."""
        self.append_hashes(leaf_hashes(leaves))

    def append_hashes(self, hashes: bytes) -> None:
        """Append leaf hashes, one after another."""
        for tile, data in extend(self.size, hashes, self.tile_bytes):
            self._tiles[tile.level, tile.index] = data
        self.size += len(hashes) // HASH_SIZE

    def root(self, size: int | None = None) -> bytes:
        """The root now, or at an earlier size."""
        return root(self.size if size is None else size, self.nodes)


def encode_entries(entries: Iterable[bytes]) -> bytes:
    """A bundle: each entry behind its length in two bytes, big-endian.

    Raises:
        RecordError: an entry is longer than `LONGEST_ENTRY`.
    """
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > LONGEST_ENTRY:
            raise RecordError("log.entry-long", got=len(entry), most=LONGEST_ENTRY)
        parts += (len(entry).to_bytes(2), entry)
    return b"".join(parts)


def decode_entries(bundle: bytes, width: int | None = None) -> list[bytes]:
    """The entries of a bundle; with ``width``, exactly so many.

    Raises:
        RecordError: it breaks off inside an entry, or holds more or fewer entries.
    """
    entries: list[bytes] = []
    at = 0
    most = WIDTH if width is None else width
    while at < len(bundle) and len(entries) <= most:
        begin = at + 2
        at = begin + int.from_bytes(bundle[at:begin])
        if begin > len(bundle) or at > len(bundle):
            raise RecordError("log.bundle-cut", number=len(entries))
        entries.append(bundle[begin:at])
    if len(entries) > most or (width is not None and len(entries) < width):
        raise RecordError("log.bundle-width", got=len(entries), expected=most)
    return entries


def _prefix(tile_bytes: TileBytes, tile: Tile, *, whole: bool = False) -> bytes:
    """The first hashes of a tile, or all it has where it has at least so many."""
    data = tile_bytes(tile.level, tile.index)
    if len(data) < tile.width * HASH_SIZE or len(data) > WIDTH * HASH_SIZE or len(data) % HASH_SIZE:
        raise RecordError("log.tile-short", path=tile.path, got=len(data), expected=tile.width * HASH_SIZE)
    return data if whole else data[: tile.width * HASH_SIZE]


def _levels(tile: bytes) -> list[bytes]:
    """The hashes of a tile, of its pairs, of their pairs and so on, as far as the pairs are complete."""
    found = [tile]
    while len(tile) >= 2 * HASH_SIZE:
        pairs = [tile[at : at + 2 * HASH_SIZE] for at in range(0, len(tile) - HASH_SIZE, 2 * HASH_SIZE)]
        tile = b"".join([sha256(b"\x01" + pair).digest() for pair in pairs])
        found.append(tile)
    return found
