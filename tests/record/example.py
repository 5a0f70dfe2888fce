"""A small log of its own, witnesses for it, and how a test says which mistake it expects."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from guiju.record.checkpoints import Checkpoint, sign_checkpoint
from guiju.record.errors import RecordError
from guiju.record.merkle import consistency_proof, inclusion_proof
from guiju.record.notes import COSIGNER, PrivateKey
from guiju.record.tiles import MemoryTiles
from guiju.record.witness import Submission

ORIGIN = "log.example/record"
LOG_KEY = PrivateKey(ORIGIN, bytes(range(32)))
WITNESSES = tuple(PrivateKey(f"witness.example/w{n}", bytes([n]) * 32, COSIGNER) for n in (1, 2, 3))


class ExampleLog:
    """A log in memory whose entries are ``entry 0``, ``entry 1`` and so on; another word tells another history."""

    def __init__(self, size: int = 0, *, word: str = "entry", key: PrivateKey = LOG_KEY) -> None:
        self.key = key
        self.word = word
        self.tiles = MemoryTiles()
        self.grow(size)

    def grow(self, more: int) -> None:
        size = self.tiles.size
        self.tiles.append(self.entry(n) for n in range(size, size + more))

    def entry(self, index: int) -> bytes:
        return f"{self.word} {index}".encode()

    def checkpoint(self, size: int | None = None) -> Checkpoint:
        size = self.tiles.size if size is None else size
        return Checkpoint(self.key.name, size, self.tiles.root(size))

    def note(self, size: int | None = None) -> bytes:
        return sign_checkpoint(self.checkpoint(size), self.key)

    def included(self, index: int, size: int | None = None) -> list[bytes]:
        return inclusion_proof(index, self.tiles.size if size is None else size, self.tiles.nodes)

    def continued(self, old: int, size: int | None = None) -> list[bytes]:
        return consistency_proof(old, self.tiles.size if size is None else size, self.tiles.nodes)

    def submission(self, old: int, size: int | None = None) -> bytes:
        return Submission(old, tuple(self.continued(old, size)), self.note(size)).body


@contextmanager
def mistake(code: str) -> Iterator[None]:
    """Inside, an error with this code comes up, and it has words in both languages."""
    with pytest.raises(RecordError) as caught:
        yield
    assert caught.value.code == code
    for lang in ("zh", "en"):
        assert caught.value.message(lang)
        assert caught.value.hint(lang)
        assert "{" not in caught.value.message(lang) + caught.value.hint(lang)
