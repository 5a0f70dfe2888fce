"""The Merkle tree of the record: roots, inclusion proofs and consistency proofs.

SHA-256, as RFC 6962 section 2.1 has it; proofs are checked by the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2.
A tree is known here only by its size and by a function that gives the hash of any complete subtree (`Nodes`), so that
it may stand in memory, in tiles or behind a network. Every hash is 32 bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Final

from guiju.record.errors import RecordError

Nodes = Callable[[int, int], bytes]
"""(level, index) to the hash over the leaves from ``index * 2**level`` up to ``(index + 1) * 2**level``, all of them there."""

HASH_SIZE: Final = 32
MOST: Final = 2**63 - 1
"""The largest size of a tree; cosignatures and other people's programs hold it in a signed 64-bit number."""
MOST_HASHES: Final = 63
"""No proof in a tree of at most `MOST` leaves is longer (C2SP tlog-witness says the same)."""

EMPTY_ROOT: Final = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry: SHA-256(0x00 || data)."""
    return sha256(b"\x00" + data).digest()


def leaf_hashes(leaves: Iterable[bytes]) -> bytes:
    """The hashes of many entries, one after another: 32 bytes each."""
    return b"".join([sha256(b"\x00" + data).digest() for data in leaves])


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def root(size: int, nodes: Nodes) -> bytes:
    """The root of the tree of the first ``size`` leaves; `EMPTY_ROOT` where there is none."""
    _size(size)
    return _span(0, size, nodes) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The hashes that lead from leaf ``index`` to the root at ``size``, from the leaf's sibling upwards (RFC 6962, 2.1.1).

    Raises:
        RecordError: the tree of that size has no such leaf.
    """
    _within(index, size)
    return _path(0, index, size, nodes)


def consistency_proof(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """The hashes that show the tree of size ``new`` to continue the one of size ``old`` (RFC 6962, 2.1.2).

    Empty for an old tree without leaves and for equal sizes.

    Raises:
        RecordError: ``old`` is larger than ``new``.
    """
    _ordered(old, new)
    if old in {0, new}:
        return []
    level = _trailing_zeros(old)
    last = (old - 1) >> level
    return [*([nodes(level, last)] if last else []), *_path(level, last, new, nodes)]


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Check that the leaf with this hash is number ``index`` of the tree with this size and root (RFC 9162, 2.1.3.2).

    Raises:
        RecordError: it does not follow from the proof.
    """
    _within(index, size)
    _hashes(leaf, root, *proof)
    _as_long(proof, _path_length(index, size - 1))
    here, last, found = index, size - 1, leaf
    for one in proof:
        if here & 1 or here == last:
            found = node_hash(one, found)
            here, last = _to_right_child(here, last)
        else:
            found = node_hash(found, one)
        here, last = here >> 1, last >> 1
    if found != root:
        raise RecordError("log.not-included", index=index, size=size)


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the tree of size ``new`` begins with the whole tree of size ``old`` (RFC 9162, 2.1.4.2).

    Raises:
        RecordError: it does not follow from the proof; also where equal sizes have different roots.
    """
    _ordered(old, new)
    _as_long(proof, _consistency_length(old, new))
    if old == new:
        holds = old_root == new_root and (new > 0 or new_root == EMPTY_ROOT)
    else:
        _hashes(old_root, new_root, *proof)
        holds = old_root == EMPTY_ROOT if old == 0 else _roots_of(old, new, old_root, proof) == (old_root, new_root)
    if not holds:
        raise RecordError("log.not-consistent", old=old, new=new)


def _roots_of(old: int, new: int, old_root: bytes, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Both roots as a proof has them; where the old tree is one complete subtree, its root begins the proof unsaid."""
    level = _trailing_zeros(old)
    here, last = (old - 1) >> level, (new - 1) >> level
    first, *rest = proof if here else (old_root, *proof)
    before, after = first, first
    for one in rest:
        if here & 1 or here == last:
            before, after = node_hash(one, before), node_hash(one, after)
            here, last = _to_right_child(here, last)
        else:
            after = node_hash(after, one)
        here, last = here >> 1, last >> 1
    return before, after


def _to_right_child(here: int, last: int) -> tuple[int, int]:
    """Up along the right edge, over the levels where the last subtree has no sibling."""
    while here and not here & 1:
        here, last = here >> 1, last >> 1
    return here, last


def _path(level: int, index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The siblings on the way from one subtree to the root."""
    found: list[bytes] = []
    last = (size - 1) >> level
    while last:
        beside = index ^ 1
        if beside < last:
            found.append(nodes(level, beside))
        elif beside == last:
            found.append(_span(beside << level, size, nodes))
        level, index, last = level + 1, index >> 1, last >> 1
    return found


def _span(start: int, end: int, nodes: Nodes) -> bytes:
    """The hash over the leaves from start to end; start is a multiple of a power of two not smaller than their number."""
    found: bytes | None = None
    level = 0
    while start < end:
        if (end >> level) & 1:
            end -= 1 << level
            one = nodes(level, end >> level)
            found = one if found is None else node_hash(one, found)
        elif end - start == 1 << level:
            one = nodes(level, start >> level)
            return one if found is None else node_hash(one, found)
        level += 1
    if found is None:
        raise RecordError("log.outside", index=start, size=end)
    return found


def _path_length(here: int, last: int) -> int:
    """How many hashes lead from a subtree to the root, where ``last`` is the rightmost one on its level."""
    inner = (here ^ last).bit_length()
    return inner + (here >> inner).bit_count()


def _consistency_length(old: int, new: int) -> int:
    if old in {0, new}:
        return 0
    level = _trailing_zeros(old)
    here = (old - 1) >> level
    return bool(here) + _path_length(here, (new - 1) >> level)


def _trailing_zeros(number: int) -> int:
    return (number & -number).bit_length() - 1


def _size(size: int) -> None:
    if not 0 <= size <= MOST:
        raise RecordError("log.number", got=size)


def _within(index: int, size: int) -> None:
    _size(size)
    if not 0 <= index < size:
        raise RecordError("log.outside", index=index, size=size)


def _ordered(old: int, new: int) -> None:
    _size(old)
    _size(new)
    if old > new:
        raise RecordError("log.order", old=old, new=new)


def _hashes(*hashes: bytes) -> None:
    for one in hashes:
        if len(one) != HASH_SIZE:
            raise RecordError("log.hash-length", got=len(one))


def _as_long(proof: Sequence[bytes], expected: int) -> None:
    if len(proof) != expected:
        raise RecordError("log.proof-length", got=len(proof), expected=expected)
