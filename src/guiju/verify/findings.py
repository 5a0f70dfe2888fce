"""What a check against a text can find, and the text ready to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from guiju.norms import Corpus, Norm
from guiju.norms.provisions import pinpointed
from guiju.norms.statutes import Outline, Place, Statute, uniform
from guiju.verify.likeness import Likeness
from guiju.verify.modals import Said, last_spoken_of, modal_words, party_pattern

FINDINGS: Final = (
    "place", "id", "number", "bound", "fine", "date", "bearer", "modality", "unsaid", "measure", "likeness", "stale", "idle",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a norm and its text do not fit: what kind, where, what the norm has, what the text has."""

    kind: str
    norm: str
    place: str
    got: str
    expected: str


def finding(kind: str, norm: Norm, got: object, expected: object) -> Finding:
    """A finding at the place the norm itself names."""
    return Finding(kind, norm.id, str(norm.pinpoint.get("zh", "")), str(got), str(expected))


class TextOf:
    """One instrument's norms with the text they were written from."""

    def __init__(self, corpus: Corpus, instrument: str, statute: Statute) -> None:
        self.corpus = corpus
        self.instrument = instrument
        self.statute = statute
        self.outline: Outline | None = corpus.outlines.get(instrument)

    @cached_property
    def norms(self) -> list[Norm]:
        """The norms of the instrument that are not from memory."""
        return [norm for norm in self.corpus.all_norms() if norm.instrument == self.instrument and norm.active]

    @cached_property
    def parties(self) -> re.Pattern[str]:
        """Every word by which this legal order's texts name somebody who has to do something."""
        prefix = self.instrument.split("/")[0] + "."
        return party_pattern(word for term, words in self.corpus.said.items() if term.startswith(prefix) for word in words)

    @cached_property
    def likeness(self) -> Likeness:
        """Summaries against provisions."""
        return Likeness(self.statute)

    def held(self, norm: Norm) -> bool:
        """Whether the copy holds all that the norm names."""
        named = {place.article for place in pinpointed(norm)}
        lacking = bool(self.statute.cut) and not named <= set(self.statute.articles)
        return not lacking and not named & self.statute.cut

    def words(self, places: Iterable[Place]) -> str:
        """The words of several places, each after the opening words of its list."""
        return "\n".join(self.statute.whole(place) for place in places)

    def modal_words(self, place: Place) -> list[Said]:
        """The modal words of a place, after those of the article's paragraphs before it."""
        first = self.statute.units(place)[0]
        texts = self.statute.texts.items()
        earlier = [text for one, text in texts if one.article == first.article and (one.paragraph or 0) < (first.paragraph or 0)]
        before = last_spoken_of(uniform("。".join(earlier)), self.parties) if earlier else frozenset[str]()
        return modal_words(uniform(self.statute.whole(place)), self.parties, before)
