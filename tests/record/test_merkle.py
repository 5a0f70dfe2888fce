"""Roots and proofs of the tree: published values, laws, every kind of broken proof, and an independent implementation."""

import tomllib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import ConsistencyProof, InclusionProof, InmemoryTree
from pymerkle.core import _consistency_path_layout
from tests.record.example import mistake

from guiju.record.errors import RecordError
from guiju.record.merkle import (
    EMPTY_ROOT,
    MOST,
    MOST_HASHES,
    _span,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    leaf_hashes,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from guiju.record.tiles import MemoryTiles

KNOWN = tomllib.loads((Path(__file__).parent / "rfc6962.toml").read_text(encoding="utf-8"))
LEAVES = [bytes.fromhex(one) for one in KNOWN["leaves"]]
ROOTS = [bytes.fromhex(one) for one in KNOWN["roots"]]
SIZE = 300  # more than one tile


def tree(leaves: list[bytes]) -> MemoryTiles:
    found = MemoryTiles()
    found.append(leaves)
    return found


KNOWN_TREE = tree(LEAVES)
ENTRIES = [f"entry {n}".encode() for n in range(SIZE)]
TREE = tree(ENTRIES)


def mth(leaves: list[bytes]) -> bytes:
    """The definition in RFC 6962, section 2.1, written down again."""
    if len(leaves) < 2:
        return sha256(b"\x00" + leaves[0]).digest() if leaves else sha256().digest()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """The definition in RFC 6962, section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return [*path(m, leaves[:k]), mth(leaves[k:])] if m < k else [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """The definition in RFC 6962, section 2.1.2."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def hexed(hashes: list[bytes]) -> list[str]:
    return [one.hex() for one in hashes]


# -- published values ------------------------------------------------------------------------------------------------------


def test_the_published_roots() -> None:
    assert [KNOWN_TREE.root(size) for size in range(9)] == ROOTS
    assert ROOTS[0] == EMPTY_ROOT


@pytest.mark.parametrize("one", KNOWN["inclusion"], ids=lambda one: f"{one['index']}-{one['size']}")
def test_the_published_inclusion_proofs(one: dict[str, object]) -> None:
    index, size = int(str(one["index"])), int(str(one["size"]))
    proof = inclusion_proof(index, size, KNOWN_TREE.nodes)
    assert hexed(proof) == one["proof"]
    verify_inclusion(index, size, leaf_hash(LEAVES[index]), proof, ROOTS[size])


@pytest.mark.parametrize("one", KNOWN["consistency"], ids=lambda one: f"{one['old']}-{one['new']}")
def test_the_published_consistency_proofs(one: dict[str, object]) -> None:
    old, new = int(str(one["old"])), int(str(one["new"]))
    proof = consistency_proof(old, new, KNOWN_TREE.nodes)
    assert hexed(proof) == one["proof"]
    verify_consistency(old, new, ROOTS[old], ROOTS[new], proof)


# -- laws ------------------------------------------------------------------------------------------------------------------


@given(size=st.integers(0, SIZE))
def test_a_root_is_what_the_definition_says(size: int) -> None:
    assert TREE.root(size) == mth(ENTRIES[:size])


@given(st.data())
def test_proofs_are_what_the_definition_says_and_hold(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, SIZE))
    index, old = data.draw(st.integers(0, new - 1)), data.draw(st.integers(1, new))
    included, continued = inclusion_proof(index, new, TREE.nodes), consistency_proof(old, new, TREE.nodes)
    assert included == path(index, ENTRIES[:new])
    assert continued == subproof(old, ENTRIES[:new], True)
    verify_inclusion(index, new, leaf_hash(ENTRIES[index]), included, TREE.root(new))
    verify_consistency(old, new, TREE.root(old), TREE.root(new), continued)


def test_every_tree_continues_the_empty_one() -> None:
    for size in (0, 1, 7, SIZE):
        assert consistency_proof(0, size, TREE.nodes) == []
        verify_consistency(0, size, EMPTY_ROOT, TREE.root(size), [])


@given(size=st.integers(MOST - 2**20, MOST) | st.integers(1, MOST), data=st.data())
def test_the_largest_trees_have_proofs_that_hold_and_are_short(size: int, data: st.DataObject) -> None:
    levels = [leaf_hash(b"same")]
    for _ in range(64):
        levels.append(node_hash(levels[-1], levels[-1]))

    def nodes(level: int, _: int) -> bytes:
        return levels[level]

    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    included, continued = inclusion_proof(index, size, nodes), consistency_proof(old, size, nodes)
    verify_inclusion(index, size, levels[0], included, root(size, nodes))
    verify_consistency(old, size, root(old, nodes), root(size, nodes), continued)
    assert max(len(included), len(continued)) <= MOST_HASHES + 1
    assert len(included) <= MOST_HASHES


def test_many_leaves_are_hashed_as_one() -> None:
    assert leaf_hashes(LEAVES) == b"".join(map(leaf_hash, LEAVES))


# -- broken proofs ---------------------------------------------------------------------------------------------------------


def flipped(data: st.DataObject, one: bytes) -> bytes:
    at = data.draw(st.integers(0, 255))
    return (int.from_bytes(one) ^ (1 << at)).to_bytes(32)


def bit_flip(data: st.DataObject, proof: list[bytes]) -> list[bytes]:
    if not proof:
        return [bytes(32)]
    at = data.draw(st.integers(0, len(proof) - 1))
    return [*proof[:at], flipped(data, proof[at]), *proof[at + 1 :]]


def truncation(data: st.DataObject, proof: list[bytes]) -> list[bytes]:
    return proof[: data.draw(st.integers(0, len(proof) - 1))] if proof else [bytes(32)]


def trailing_garbage(data: st.DataObject, proof: list[bytes]) -> list[bytes]:
    return [*proof, data.draw(st.sampled_from([b"", bytes(32), *proof]))]


def preceding_garbage(data: st.DataObject, proof: list[bytes]) -> list[bytes]:
    return [data.draw(st.sampled_from([b"", bytes(32), TREE.root(), *proof])), *proof]


def lost_byte(data: st.DataObject, proof: list[bytes]) -> list[bytes]:
    if not proof:
        return [b"x"]
    at = data.draw(st.integers(0, len(proof) - 1))
    return [*proof[:at], proof[at][:-1], *proof[at + 1 :]]


def two_in_one(_: st.DataObject, proof: list[bytes]) -> list[bytes]:
    return [proof[0] + proof[1], *proof[2:]] if len(proof) > 1 else [b"x"]


BREAKS: list[Callable[[st.DataObject, list[bytes]], list[bytes]]] = [
    bit_flip,
    truncation,
    trailing_garbage,
    preceding_garbage,
    lost_byte,
    two_in_one,
]


@given(st.data())
def test_a_broken_inclusion_proof_never_holds(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, SIZE))
    index = data.draw(st.integers(0, size - 1))
    leaf, proof, top = leaf_hash(ENTRIES[index]), inclusion_proof(index, size, TREE.nodes), TREE.root(size)
    with pytest.raises(RecordError):
        verify_inclusion(index, size, leaf, data.draw(st.sampled_from(BREAKS))(data, proof), top)
    with pytest.raises(RecordError):
        verify_inclusion(index, size, flipped(data, leaf), proof, top)
    with pytest.raises(RecordError):
        verify_inclusion(index, size, leaf, proof, flipped(data, top))
    with pytest.raises(RecordError):
        verify_inclusion(index, size, leaf, proof, leaf if size > 1 else EMPTY_ROOT)
    for other in {index - 1, index + 1, index ^ 2} - {index}:
        with pytest.raises(RecordError):
            verify_inclusion(other, size, leaf, proof, top)


@given(st.data())
def test_a_broken_consistency_proof_never_holds(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, SIZE))
    old = data.draw(st.integers(1, new - 1))
    before, after, proof = TREE.root(old), TREE.root(new), consistency_proof(old, new, TREE.nodes)
    with pytest.raises(RecordError):
        verify_consistency(old, new, before, after, data.draw(st.sampled_from(BREAKS))(data, proof))
    for wrong in ((after, before), (flipped(data, before), after), (before, flipped(data, after)), (EMPTY_ROOT, after)):
        with pytest.raises(RecordError):
            verify_consistency(old, new, *wrong, proof)
    for other in (old - 1, old + 1):
        with pytest.raises(RecordError):
            verify_consistency(other, new, before, after, proof)


@given(st.data())
def test_a_consistency_proof_to_another_history_does_not_exist(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, SIZE))
    old = data.draw(st.integers(1, new - 1))
    changed = data.draw(st.integers(0, old - 1))
    other = tree([*ENTRIES[:changed], b"another", *ENTRIES[changed + 1 : new]])
    with pytest.raises(RecordError):
        verify_consistency(old, new, TREE.root(old), other.root(), consistency_proof(old, new, other.nodes))


# -- an independent implementation -----------------------------------------------------------------------------------------

PYMERKLE = InmemoryTree(algorithm="sha256")
PYMERKLE.append_entries(ENTRIES)


def as_rfc6962(proof: ConsistencyProof, old: int) -> list[bytes]:
    """pymerkle goes down to the leaf beside the old tree; RFC 6962 gives the hash over what it finds there, and no known root."""
    if old == proof.size:
        return []
    hashes, old_ones = list(proof.path), list(proof.subset)
    first = old_ones.index(1)
    if first:
        beside = hashes[0]
        for one in hashes[1:first]:
            beside = node_hash(beside, one)
        hashes = [hashes[first], beside, *hashes[first + 1 :]]
    return hashes[1:] if old & (old - 1) == 0 else hashes


@given(st.data())
def test_pymerkle_takes_our_proofs_and_we_take_its(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, SIZE))
    index, old = data.draw(st.integers(0, new - 1)), data.draw(st.integers(1, new))
    leaf, before, after = leaf_hash(ENTRIES[index]), TREE.root(old), TREE.root(new)
    assert PYMERKLE.get_root(new) == after

    theirs = PYMERKLE.prove_inclusion(index + 1, new)
    verify_inclusion(index, new, leaf, theirs.path[1:], after)
    ours = InclusionProof("sha256", True, new, index + 1, theirs.rule, [leaf, *inclusion_proof(index, new, TREE.nodes)])
    ours.verify(leaf, after, index=index + 1, size=new)

    verify_consistency(old, new, before, after, as_rfc6962(PYMERKLE.prove_consistency(old, new), old))
    rule, subset, spans = _consistency_path_layout(old, new)
    mine = ConsistencyProof("sha256", True, new, old, rule, subset, [_span(*span, TREE.nodes) for span in spans])
    mine.verify(before, after, prior_size=old, later_size=new)


# -- mistakes --------------------------------------------------------------------------------------------------------------

H = bytes(32)


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("log.number", lambda: root(-1, TREE.nodes)),
        ("log.number", lambda: root(MOST + 1, TREE.nodes)),
        ("log.outside", lambda: inclusion_proof(3, 3, TREE.nodes)),
        ("log.outside", lambda: verify_inclusion(-1, 3, H, [], H)),
        ("log.outside", lambda: verify_inclusion(0, 0, H, [], H)),
        ("log.order", lambda: consistency_proof(4, 3, TREE.nodes)),
        ("log.order", lambda: verify_consistency(4, 3, H, H, [])),
        ("log.hash-length", lambda: verify_inclusion(0, 1, b"short", [], H)),
        ("log.hash-length", lambda: verify_inclusion(0, 2, H, [b"short"], H)),
        ("log.hash-length", lambda: verify_consistency(1, 2, b"short", H, [H])),
        ("log.proof-length", lambda: verify_inclusion(0, 2, H, [], H)),
        ("log.proof-length", lambda: verify_consistency(3, 7, H, H, [])),
        ("log.proof-length", lambda: verify_consistency(0, 7, EMPTY_ROOT, H, [H])),
        ("log.proof-length", lambda: verify_consistency(7, 7, H, H, [H])),
        ("log.not-included", lambda: verify_inclusion(0, 1, H, [], EMPTY_ROOT)),
        ("log.not-consistent", lambda: verify_consistency(1, 2, H, H, [H])),
        ("log.not-consistent", lambda: verify_consistency(7, 7, H, EMPTY_ROOT, [])),
        ("log.not-consistent", lambda: verify_consistency(0, 7, H, H, [])),
        ("log.not-consistent", lambda: verify_consistency(0, 0, H, H, [])),
    ],
)
def test_mistakes_are_told(code: str, wrong: Callable[[], object]) -> None:
    with mistake(code):
        wrong()
