"""What one look through the record carries along: whose it is, what was found, the tree as it is made again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from unicodedata import category

from guiju.record.merkle import EMPTY_ROOT, leaf_hash, node_hash
from guiju.record.notes import VerifierKey
from guiju.record.tiles import HEIGHT, WIDTH
from guiju.wording import LANGUAGES, GuijuError, Text, text


@dataclass(frozen=True, slots=True)
class Act:
    """Something done, as those who did it keep it: the hash of its receipt number, its kind, and a place to look at."""

    receipt: str
    kind: str
    where: str = ""


@dataclass
class Look:
    """Whose log it is, by which witnesses, since when entries have waited too long, and what was found."""

    log: VerifierKey
    witnesses: tuple[VerifierKey, ...]
    waiting_since: datetime
    findings: list[tuple[str, str, dict[str, object]]] = field(default_factory=list)

    def found(self, name: str, where: str, /, **fields: object) -> None:
        """Something is not as it must be."""
        self.findings.append((name, _shown_text(where), {field: _shown(value) for field, value in fields.items()}))


def _shown(value: object) -> object:
    """A value for a finding: whoever changed the database must not steer the screen on which that is told."""
    if isinstance(value, str):
        return _shown_text(value)
    if isinstance(value, list):
        return [_shown(one) for one in value]
    if isinstance(value, dict):
        return {key: _shown(one) for key, one in value.items()}
    return value


def _shown_text(words: str) -> str:
    """Signs that are seen as they are; those that are not (controls, turns of direction) by their numbers."""
    if words.isprintable():
        return words
    return "".join(ascii(one)[1:-1] if category(one).startswith("C") else one for one in words)


def reason_of(problem: Exception) -> Text:
    """An error as part of a finding; any other than ours means that a value is not what belongs there."""
    if isinstance(problem, GuijuError):
        return {lang: problem.message(lang) for lang in LANGUAGES}
    return why("fsck.why-type")


def why(code: str) -> Text:
    """A reason of the catalogue in each language."""
    return {lang: text(code, lang) for lang in LANGUAGES}


class Regrown:
    """The tree made again from its entries, one after another; no more of it is kept than roots and digests of tiles."""

    def __init__(self) -> None:
        self.size = 0
        self.digests: dict[tuple[int, int], bytes] = {}
        self._edge: list[tuple[int, bytes]] = []
        self._tiles: dict[int, bytearray] = {}
        self._begun: dict[int, int] = {}

    def add(self, leaf: bytes) -> None:
        """The next entry."""
        level, found = 0, leaf_hash(leaf)
        self._into_tile(0, found)
        while self._edge and self._edge[-1][0] == level:
            found = node_hash(self._edge.pop()[1], found)
            level += 1
            if level % HEIGHT == 0:
                self._into_tile(level // HEIGHT, found)
        self._edge.append((level, found))
        self.size += 1

    def root(self) -> bytes:
        """The root so far."""
        if not self._edge:
            return EMPTY_ROOT
        found = self._edge[-1][1]
        for _, one in reversed(self._edge[:-1]):
            found = node_hash(one, found)
        return found

    def end(self) -> None:
        """No more entries: the tiles that are not full are as wide as they will be."""
        for level, tile in self._tiles.items():
            if tile:
                self.digests[level, self._begun.get(level, 0)] = sha256(tile).digest()

    def _into_tile(self, level: int, found: bytes) -> None:
        tile = self._tiles.setdefault(level, bytearray())
        tile += found
        if len(tile) == WIDTH * len(found):
            index = self._begun.get(level, 0)
            self.digests[level, index] = sha256(tile).digest()
            self._begun[level] = index + 1
            self._tiles[level] = bytearray()
