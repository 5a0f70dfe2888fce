"""What somebody holds, held against a log: real, forged, of another log, not in this log, other content. Nothing is kept of it.

It is the same check as that of ``guiju record verify`` (``guiju.record.Bundle``); here the site's own log is at hand besides, so
what a proof says can be compared with what stands there now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from guiju import record
from guiju.institutions.hall.acts import own_sql
from guiju.institutions.notary import witnesses
from guiju.wording import GuijuError

REAL: Final = "real"
FORGED: Final = "forged"
OTHER_LOG: Final = "other-log"
NOT_HERE: Final = "not-here"
OTHER_CONTENT: Final = "other-content"
ENTRY_WANTED: Final = "entry-wanted"

_PROOF: Final = b"c2sp.org/tlog-proof@"
_CONTENT: Final = frozenset({"item.other-content", "item.salt"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What it is, in one word; ``fields`` for its sentence, ``problem`` for why, and what was shown where something was."""

    word: str
    log: str
    fields: dict[str, Any] = field(default_factory=dict)
    problem: GuijuError | None = None
    entry: record.Entry | None = None
    proven: record.Proven | None = None
    proof: str = ""
    names: tuple[str, ...] = ()
    """The items that the content handed in is."""


def is_proof(data: bytes) -> bool:
    """Whether it is a bundle or a bare proof, and no number that somebody typed."""
    start = data.lstrip()[:40]
    return start.startswith((b"{", _PROOF))


def verdict(data: bytes, key: str = "", content: bytes | None = None) -> Verdict:
    """What a bundle or a proof is.

    :param key: the log's public key, where it is not this site's log.
    :param content: what is said to be one of the entry's items; for a bare proof of another log, the entry itself.
    :raises RecordError: where it is neither, or the key is none.
    """
    held = record.log_key(own_sql())
    given = record.VerifierKey.parse(key) if key.strip() else None
    log = given or held
    own = log is not None and log == held
    if data.lstrip().startswith(b"{"):
        return _of_bundle(record.read_bundle(data), log, own, content)
    return _of_proof(record.Proof.parse(data.lstrip()), log, own, content)


def _of_bundle(bundle: record.Bundle, log: record.VerifierKey | None, own: bool, content: bytes | None) -> Verdict:
    name, proof = bundle.log.name, bundle.proof.text
    if log is None or (own and bundle.log.name != log.name):
        return Verdict(OTHER_LOG, name, {"key": str(bundle.log)}, entry=bundle.entry, proof=proof)
    try:
        proven = bundle.verify(log, _policy(own))
        names = () if content is None else tuple(bundle.names_of(content))
    except record.RecordError as problem:
        word = OTHER_CONTENT if problem.code in _CONTENT else FORGED
        if problem.code == "log.bundle-salt":
            raise
        return Verdict(word, log.name, problem=problem, entry=bundle.entry, proof=proof)
    if content is not None and not names:
        return Verdict(OTHER_CONTENT, log.name, entry=bundle.entry, proven=proven, proof=proof)
    return _compared(Verdict(REAL, log.name, {}, None, bundle.entry, proven, proof, names), own)


def _of_proof(proof: record.Proof, log: record.VerifierKey | None, own: bool, content: bytes | None) -> Verdict:
    from guiju.record.checkpoints import unchecked_checkpoint

    claimed = unchecked_checkpoint(proof.note)
    if log is None or (own and claimed.origin != log.name):
        return Verdict(OTHER_LOG, claimed.origin, {"key": ""}, proof=proof.text)
    leaf = content
    if leaf is None and own:
        leaf = _own_leaf(proof.index)
        if leaf is None:
            return Verdict(NOT_HERE, log.name, {"position": proof.index}, proof=proof.text)
    if leaf is None:
        return Verdict(ENTRY_WANTED, log.name, proof=proof.text)
    try:
        proven = proof.verify(log, leaf, _policy(own))
    except record.RecordError as problem:
        return Verdict(FORGED, log.name, problem=problem, proof=proof.text)
    try:
        entry = record.parse_entry(leaf)
    except record.RecordError:
        entry = None
    return _compared(Verdict(REAL, log.name, {}, None, entry, proven, proof.text), own)


def _policy(own: bool) -> record.Policy:
    return witnesses.policy() if own else record.Policy()


def _compared(found: Verdict, own: bool) -> Verdict:
    """A proof that holds, held against what stands in the site's log now: it may have lost its tail since, or its history."""
    assert found.proven is not None
    if not own or (found.entry is not None and _own_leaf(found.proven.index) == found.entry.leaf()):
        return found
    return Verdict(NOT_HERE, found.log, {"position": found.proven.index}, None, found.entry, found.proven, found.proof)


def _own_leaf(position: int) -> bytes | None:
    sql = own_sql()
    if position >= (record.checkpoint_size(sql) or 0):
        return None
    return record.entry_at(sql, position).leaf
