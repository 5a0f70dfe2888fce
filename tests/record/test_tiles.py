"""Tiles and bundles: their paths, what changes when a log grows, and that they give the same tree."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.example import mistake

from guiju.record.merkle import MOST, inclusion_proof, leaf_hash, leaf_hashes, node_hash, root, verify_inclusion
from guiju.record.tiles import (
    ENTRIES,
    LONGEST_ENTRY,
    WIDTH,
    MemoryTiles,
    Tile,
    decode_entries,
    encode_entries,
    extend,
    nodes_from,
)

LARGE = MemoryTiles()
LARGE.append(b"%d" % n for n in range(70_000))


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 999), "tile/0/999"),
        (Tile(1, 1000), "tile/1/x001/000"),
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(2, 0, 1), "tile/2/000.p/1"),
        (Tile(63, 5, 255), "tile/63/005.p/255"),
        (Tile(ENTRIES, 1234067, 112), "tile/entries/x001/x234/067.p/112"),
    ],
)
def test_the_path_of_a_tile(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert Tile.parse(path) == tile


@given(st.integers(ENTRIES, 63), st.integers(0, MOST), st.integers(1, WIDTH))
def test_a_tile_is_found_again_by_its_path(level: int, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert Tile.parse(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "", "tile", "tile/0", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/00/000", "tile/64/000", "tile/-1/000",
        "/tile/0/000", "tile/0/000/", "tile/0/001/000", "tile/0/x000/001", "tile/0/x001", "tile/0/X001/000", "tile/0/000.p/0",
        "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p", "tile/data/000", "tile/0/٠٠٠", "tile/0/000\n", "tile/0/../000",
        "tile/0/" + "x999/" * 7 + "999", "tile/0/" + "x999/" * 40 + "999",
    ],
)  # fmt: skip
def test_only_the_one_spelling_of_a_path_is_taken(path: str) -> None:
    with mistake("log.tile-path"):
        Tile.parse(path)


def grown(old: int, new: int) -> list[Tile]:
    """The tiles that change as a log grows from one size to another."""
    hashes = leaf_hashes(b"%d" % n for n in range(old, new))
    return [tile for tile, _ in extend(old, hashes, LARGE.tile_bytes)]


def tiles_between(old: int, new: int) -> list[Tile]:
    """The same as C2SP tlog-tiles defines tiles: those of the new size that the old one has not, or has narrower."""
    found = []
    for level in range(8):
        before, now = old // WIDTH**level, new // WIDTH**level
        if before < now:
            found += [Tile(level, at, min(WIDTH, now - at * WIDTH)) for at in range(before // WIDTH, -(-now // WIDTH))]
    return found


def test_the_tiles_of_a_tree_of_70_000_entries() -> None:
    """The example of C2SP tlog-tiles."""
    tiles = grown(0, 70_000)
    assert sum(tile.level == 0 and tile.width == WIDTH for tile in tiles) == 273
    assert [tile for tile in tiles if tile.width < WIDTH] == [Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert [tile for tile in tiles if tile.level == 1] == [Tile(1, 0), Tile(1, 1, 17)]
    assert grown(0, 256) == grown(255, 256) == [Tile(0, 0), Tile(1, 0, 1)]
    assert grown(70_000, 70_000) == []


def test_the_tiles_give_the_tree_that_the_entries_give() -> None:
    level = [leaf_hash(b"%d" % n) for n in range(70_000)]
    while len(level) > 1:
        pairs = [node_hash(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    assert LARGE.root() == level[0]
    for index in (0, 255, 256, 65_535, 65_536, 69_999):
        verify_inclusion(index, 70_000, leaf_hash(b"%d" % index), inclusion_proof(index, 70_000, LARGE.nodes), level[0])


@given(st.lists(st.integers(0, 700), min_size=1, max_size=8))
def test_a_log_grown_in_steps_has_the_tiles_of_one_grown_at_once(steps: list[int]) -> None:
    tiles: dict[tuple[int, int], bytes] = {}
    sizes = [0]
    for step in steps:
        size = sizes[-1]
        hashes = leaf_hashes(b"%d" % n for n in range(size, size + step))
        written = list(extend(size, hashes, lambda level, index: tiles.get((level, index), b"")))
        assert [tile for tile, _ in written] == tiles_between(size, size + step)
        assert all(len(data) == 32 * tile.width for tile, data in written)
        assert all(data.startswith(tiles.get((tile.level, tile.index), b"")) for tile, data in written)
        tiles.update({(tile.level, tile.index): data for tile, data in written})
        sizes.append(size + step)
    nodes = nodes_from(lambda level, index: tiles[level, index])
    assert [root(size, nodes) for size in sizes] == [LARGE.root(size) for size in sizes]


def test_a_tile_that_has_grown_is_read_again() -> None:
    log = MemoryTiles()
    log.append([b"0", b"1"])
    two = log.root()
    log.append([b"2", b"3"])
    assert log.root(2) == two
    assert log.root() == node_hash(two, node_hash(leaf_hash(b"2"), leaf_hash(b"3")))
    log.append([b"4"])
    assert log.nodes(0, 4) == leaf_hash(b"4")


@given(st.lists(st.binary(max_size=40), max_size=WIDTH))
def test_a_bundle_gives_its_entries_back(entries: list[bytes]) -> None:
    bundle = encode_entries(entries)
    assert decode_entries(bundle) == entries
    assert decode_entries(bundle, len(entries)) == entries


def test_the_longest_entry_fits() -> None:
    entry = bytes(LONGEST_ENTRY)
    assert encode_entries([entry])[:2] == b"\xff\xff"
    assert decode_entries(encode_entries([entry])) == [entry]


def no_tiles(level: int, index: int) -> bytes:
    return b""


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("log.tile", lambda: Tile(0, 0, 0)),
        ("log.tile", lambda: Tile(0, 0, 257)),
        ("log.tile", lambda: Tile(64, 0)),
        ("log.tile", lambda: Tile(-2, 0)),
        ("log.tile", lambda: Tile(0, -1)),
        ("log.tile-short", lambda: nodes_from(no_tiles)(0, 0)),
        ("log.tile-short", lambda: nodes_from(lambda *_: bytes(33))(0, 0)),
        ("log.tile-short", lambda: nodes_from(lambda *_: bytes(32 * 257))(0, 0)),
        ("log.tile-short", lambda: list(extend(3, bytes(32), no_tiles))),
        ("log.hash-length", lambda: list(extend(0, bytes(31), no_tiles))),
        ("log.entry-long", lambda: encode_entries([bytes(LONGEST_ENTRY + 1)])),
        ("log.bundle-cut", lambda: decode_entries(b"\x00\x02a")),
        ("log.bundle-cut", lambda: decode_entries(b"\x00\x01a\x00")),
        ("log.bundle-width", lambda: decode_entries(b"\x00\x01a", 2)),
        ("log.bundle-width", lambda: decode_entries(b"\x00\x01a\x00\x00", 1)),
        ("log.bundle-width", lambda: decode_entries(bytes(2 * 257))),
        ("log.bundle-width", lambda: decode_entries(bytes(10**6))),
    ],
)
def test_mistakes_are_told(code: str, wrong: Callable[[], object]) -> None:
    with mistake(code):
        wrong()
