"""What a check against a text can find, and the text ready to be asked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from guiju.norms import Corpus, Norm
from guiju.norms.provisions import pinpointed, version_of
from guiju.norms.statutes import UNION, Outline, Place, Statute, sentences_of
from guiju.verify.english_text import SENTENCE_END
from guiju.verify.languages import LANGUAGES
from guiju.verify.likeness import Likeness
from guiju.verify.said import Said

FINDINGS: Final = (
    "place", "id", "number", "bound", "fine", "date", "bearer", "modality", "unsaid", "measure", "likeness", "stale", "idle",
    "pinpoint-zh",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a norm and its text do not fit: what kind, where, what the norm has, what the text has."""

    kind: str
    norm: str
    place: str
    got: str
    expected: str


def finding(kind: str, norm: Norm, got: object, expected: object, lang: str = "zh") -> Finding:
    """A finding at the place the norm itself names, in the language of its text."""
    return Finding(kind, norm.id, str(norm.pinpoint.get(lang, "")), str(got), str(expected))


class TextOf:
    """One instrument's norms with the text they were written from."""

    def __init__(self, corpus: Corpus, instrument: str, statute: Statute) -> None:
        self.corpus = corpus
        self.instrument = instrument
        self.statute = statute
        self.language = LANGUAGES[statute.numbering]
        whole = corpus.outlines.get(instrument)
        earlier = whole.earlier if whole else None
        self.outline: Outline | None = earlier if earlier and earlier.text == statute.name else whole

    @cached_property
    def norms(self) -> list[Norm]:
        """The norms of the instrument that are not from memory and were written from this version of its text."""
        norms = [norm for norm in self.corpus.all_norms() if norm.instrument == self.instrument and norm.active]
        return [norm for norm in norms if self._of_this_version(norm)]

    def _of_this_version(self, norm: Norm) -> bool:
        """A pinpoint that says a year of which no text is known is found wanting with the text in force."""
        whole = self.corpus.outlines.get(self.instrument)
        version = version_of(norm, whole) if whole else None
        return version is self.outline or (version is None and self.outline is whole)

    def places(self, norm: Norm) -> tuple[Place, ...]:
        """The places of this version that a norm names."""
        whole = self.corpus.outlines.get(self.instrument)
        if whole is not None and version_of(norm, whole) is not self.outline:
            return ()
        return pinpointed(norm, self.statute.numbering)

    @cached_property
    def parties(self) -> re.Pattern[str]:
        """Every word by which this legal order's texts name somebody who has to do something."""
        prefix = self.instrument.split("/")[0] + "."
        return self.language.party_pattern(
            word for term, words in self.corpus.said.items() if term.startswith(prefix) for word in words
        )

    @cached_property
    def likeness(self) -> Likeness:
        """Summaries against provisions."""
        return Likeness(self.statute, self.language.tokens)

    def said(self, term: str) -> tuple[str, ...]:
        """The words by which texts name who falls under a term."""
        return tuple(self.language.party(word) for word in self.corpus.said.get(term, ()))

    def finding(self, kind: str, norm: Norm, got: object, expected: object) -> Finding:
        """A finding at the place the norm itself names."""
        return finding(kind, norm, got, expected, self.language.code)

    def held(self, norm: Norm) -> bool:
        """Whether the copy holds all that the norm names."""
        named = {place.article for place in self.places(norm)}
        lacking = bool(self.statute.cut) and not named <= set(self.statute.articles)
        return not lacking and not named & self.statute.cut

    def words(self, places: Iterable[Place]) -> str:
        """The words of several places, each after the opening words of its list."""
        return "\n".join(self.statute.whole(place) for place in places)

    def modal_words(self, place: Place) -> list[Said]:
        """The modal words of a place, after those of the article's paragraphs before it."""
        if place not in self._modal_words:
            self._modal_words[place] = self._modal_words_of(place)
        return self._modal_words[place]

    @cached_property
    def _modal_words(self) -> dict[Place, list[Said]]:
        return {}

    def _modal_words_of(self, place: Place) -> list[Said]:
        first = self.statute.units(place)[0]
        plain, earlier = self.language.plain, self._earlier(first)
        before = (
            self.language.last_spoken_of(plain(self.language.stop.join(earlier)), self.parties) if earlier else frozenset[str]()
        )
        return self.language.modal_words(plain(self.statute.whole(place)), self.parties, before)

    def spoken(self, norm: Norm, places: tuple[Place, ...]) -> tuple[list[Said], str]:
        """The modal words of what a norm names, and its words: of its places, or of the very sentences of the one place."""
        said, words = [one for place in places for one in self.modal_words(place)], self.words(places)
        named = sentences_of(str(norm.pinpoint.get(self.language.code, ""))) if self.statute.numbering == UNION else None
        if not named or len(places) != 1:
            return said, words
        plain = self.language.plain(words)
        ends = [0, *(one.end() for one in SENTENCE_END.finditer(plain)), len(plain)]
        own = [plain[ends[at - 1] : ends[at]] for at in sorted(named) if at < len(ends)]
        return [one for one in said if bisect_right(ends, one.start) in named], self.language.stop.join(own)

    def _earlier(self, first: Place) -> list[str]:
        """The words of the article's paragraphs that stand before that of a provision."""
        found = []
        for one, text in self.statute.texts.items():
            if one.article == first.article:
                if one.section == first.section and one.paragraph == first.paragraph:
                    break
                found.append(text)
        return found
