"""A proof that an entry is in a log, complete in itself and to be checked offline (C2SP tlog-proof).

It holds the entry's position, the way to the root, and the log's checkpoint with the cosignatures of witnesses. What it does
not hold is the entry, and whom to trust: those are the reader's.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Final

from guiju.record.checkpoints import Checkpoint, open_checkpoint, read_hash, read_number
from guiju.record.cosigning import cosigned_at
from guiju.record.errors import RecordError
from guiju.record.merkle import MOST_HASHES, leaf_hash, verify_inclusion
from guiju.record.notes import COSIGNER, MOST_BYTES, VerifierKey, read_base64, split_note

HEADER: Final = "c2sp.org/tlog-proof@v1"
MOST_PROOF: Final = 2 * MOST_BYTES
"""Bytes of one proof, what it carries besides included."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Which witnesses count, and how many of them at least must have cosigned (k of n). Without any, the log's word is enough.

    Raises:
        RecordError: a key is no cosigner's, stands twice (be it under two names), or more are asked for than there are.
    """

    witnesses: tuple[VerifierKey, ...] = ()
    least: int = 0

    def __post_init__(self) -> None:
        for at, key in enumerate(self.witnesses):
            if key.kind != COSIGNER:
                raise RecordError("log.key-use", name=key.name)
            if any(key.public == other.public for other in self.witnesses[:at]):
                raise RecordError("log.policy-twice", name=key.name)
        if not 0 <= self.least <= len(self.witnesses):
            raise RecordError("log.policy-least", got=self.least, most=len(self.witnesses))


@dataclass(frozen=True, slots=True)
class Proven:
    """What a proof shows: position and checkpoint, and the witnesses of the policy that cosigned it, each with its second."""

    index: int
    checkpoint: Checkpoint
    witnesses: tuple[tuple[VerifierKey, int], ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry's position, the hashes from its sibling up, and the log's signed checkpoint.

    ``extra`` travels along for the application; nothing vouches for it.
    """

    index: int
    hashes: tuple[bytes, ...]
    note: bytes
    extra: bytes | None = None

    @property
    def text(self) -> str:
        """The proof as it is kept in a file (``.tlog-proof``)."""
        extra = [] if self.extra is None else [f"extra {base64.b64encode(self.extra).decode()}"]
        hashes = [base64.b64encode(one).decode() for one in self.hashes]
        return "\n".join([HEADER, *extra, f"index {self.index}", *hashes, "", self.note.decode()])

    @classmethod
    def parse(cls, data: bytes) -> Proof:
        """The proof that a file holds. Nothing in it was checked but how it is written.

        Raises:
            RecordError: it is no such proof, or too long.
        """
        if len(data) > MOST_PROOF:
            raise RecordError("log.too-long", got=len(data), most=MOST_PROOF)
        head, blank, note = data.partition(b"\n\n")
        lines = head.decode("ascii", "replace").split("\n")
        if lines[0] != HEADER or not blank:
            raise RecordError("log.proof-header", got=lines[0][:100], expected=HEADER)
        extra = read_base64(lines.pop(1).removeprefix("extra ")) if lines[1:] and lines[1].startswith("extra ") else None
        if not lines[1:] or not lines[1].startswith("index "):
            raise RecordError("log.proof-index")
        if len(lines) - 2 > MOST_HASHES:
            raise RecordError("log.proof-long", got=len(lines) - 2, most=MOST_HASHES)
        split_note(note)
        return cls(read_number(lines[1].removeprefix("index ")), tuple(read_hash(line) for line in lines[2:]), note, extra)

    def verify(self, log: VerifierKey, entry: bytes, policy: Policy | None = None) -> Proven:
        """Check that the log, and as many witnesses as the policy asks for, vouch for the entry.

        Args:
            log: the log's key; its name is the log's origin.
            entry: the entry's own bytes.
            policy: the witnesses that count; None asks for none.

        Raises:
            RecordError: a signature does not hold, there are too few witnesses, or the entry is not at that position.
        """
        policy = policy or Policy()
        if any(key.public == log.public for key in policy.witnesses):
            raise RecordError("log.policy-twice", name=log.name)
        checkpoint, note = open_checkpoint(self.note, log, policy.witnesses)
        seen = tuple((key, max(map(cosigned_at, note.by(key)))) for key in policy.witnesses if note.by(key))
        if len(seen) < policy.least:
            raise RecordError("log.quorum", got=len(seen), least=policy.least)
        verify_inclusion(self.index, checkpoint.size, leaf_hash(entry), self.hashes, checkpoint.root)
        return Proven(self.index, checkpoint, seen)
