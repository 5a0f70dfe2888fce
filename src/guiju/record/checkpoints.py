"""Checkpoints: which log, how many entries, which root; signed by the log as a note (C2SP tlog-checkpoint)."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from guiju.record.errors import RecordError
from guiju.record.merkle import HASH_SIZE, MOST
from guiju.record.notes import ED25519, Note, PrivateKey, VerifierKey, open_note, read_base64, sign_note, split_note

_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_BROKEN = re.compile("[\x00-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log commits to: its origin, its size, and its root at that size. Lines of extension are kept but not used.

    Raises:
        RecordError: an origin or a line is empty or has control characters, a size or a root cannot be.
    """

    origin: str
    size: int
    root: bytes
    extension: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for line, words in enumerate((self.origin, *self.extension)):
            if not words or _BROKEN.search(words):
                raise RecordError("log.checkpoint-line", line=line + 3 if line else 1)
        if not 0 <= self.size <= MOST:
            raise RecordError("log.number", got=self.size)
        if len(self.root) != HASH_SIZE:
            raise RecordError("log.hash-length", got=len(self.root))

    @property
    def text(self) -> str:
        """The text of the note."""
        root = base64.b64encode(self.root).decode()
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), root, *self.extension))

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """The checkpoint that a note's text is.

        Raises:
            RecordError: it is none.
        """
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop():
            raise RecordError("log.checkpoint-short", got=len(lines))
        return cls(lines[0], read_number(lines[1]), read_hash(lines[2]), tuple(lines[3:]))


def sign_checkpoint(checkpoint: Checkpoint, key: PrivateKey) -> bytes:
    """The checkpoint as a note signed by its log; the key bears the log's name.

    Raises:
        RecordError: the key bears another name, or is no key for notes.
    """
    _same_log(checkpoint, key.name)
    return sign_note(checkpoint.text, [key])


def open_checkpoint(data: bytes, log: VerifierKey, cosigners: Iterable[VerifierKey] = ()) -> tuple[Checkpoint, Note]:
    """A log's checkpoint whose signature holds, and the note with it; cosignatures by the given keys are checked too.

    Raises:
        RecordError: it is no checkpoint, is of another log, is not signed by the log, or one of these signatures fails.
    """
    note = open_note(data, [log, *cosigners])
    checkpoint = Checkpoint.parse(note.text)
    _same_log(checkpoint, log.name)
    if log.kind != ED25519:  # a cosignature says that a checkpoint was seen, not that it is the log's
        raise RecordError("log.key-use", name=log.name)
    if not note.by(log):
        raise RecordError("log.signature-none", names=[log.name])
    return checkpoint, note


def unchecked_checkpoint(data: bytes) -> Checkpoint:
    """What a note claims, no signature checked: to find out which log it speaks of.

    Raises:
        RecordError: it is no note, or no checkpoint.
    """
    return Checkpoint.parse(split_note(data)[0])


def read_number(written: str) -> int:
    """A size or position: decimal digits without leading zeros, below 2**63.

    Raises:
        RecordError: it is not so written.
    """
    if not _NUMBER.fullmatch(written) or int(written) > MOST:
        raise RecordError("log.number", got=written[:30])
    return int(written)


def read_hash(line: str) -> bytes:
    """A hash in base64.

    Raises:
        RecordError: it is not base64, or not 32 bytes.
    """
    data = read_base64(line)
    if len(data) != HASH_SIZE:
        raise RecordError("log.hash-length", got=len(data))
    return data


def _same_log(checkpoint: Checkpoint, name: str) -> None:
    if checkpoint.origin != name:
        raise RecordError("log.checkpoint-origin", got=checkpoint.origin, expected=name)
