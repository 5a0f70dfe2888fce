"""A questionnaire as data: sections, questions, options with points, conditions, and how points become a level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final, Literal

from guiju.wording import Text, Where

Kind = Literal["one", "several", "words"]
Counts = Literal["impact", "mitigation", "nothing"]
Condition = Mapping[str, tuple[str, ...]]
"""Question and options: holds if of every question one of its options is chosen."""

KINDS: Final[tuple[Kind, ...]] = ("one", "several", "words")
COUNTS: Final[tuple[Counts, ...]] = ("impact", "mitigation", "nothing")
LEVELS: Final = ("I", "II", "III", "IV", "V", "VI")
"""How levels are written; a questionnaire with three thresholds has the first four."""

OTHER: Final = "other"
"""The option for a word of one's own."""

BOTH_PHASES: Final = ("Design", "Implementation")
"""What one title stands for where its name has a star."""


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that stand together; ``shown`` decides for all of them."""

    name: str
    counts: Counts
    shown: Condition
    where: Where


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``options`` holds the points of each; ``other`` takes a word beside them, which gives none."""

    name: str
    section: str
    kind: Kind
    counts: Counts
    options: Mapping[str, int]
    labels: Mapping[str, str]
    shown: Condition
    other: bool
    where: Where

    @property
    def most(self) -> int:
        """The most points it can give: the best option, or all of them where several may be chosen."""
        points = [one for one in self.options.values() if one > 0]
        return sum(self.options.values()) if self.kind == "several" else max(points, default=0)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How points become a score and a level, as the official tool works it out.

    ``enough_mitigation``: the share of all points for mitigation from which the score is reduced, by a share (rounded to a
    whole number, halves up) or by points. A level ends at a share of the points for impact, or at a number of points; what
    lies on the line belongs to the lower level.
    """

    enough_mitigation: Decimal
    reduction_share: Decimal | None
    reduction_points: int | None
    level_shares: tuple[Decimal, ...]
    level_points: tuple[int, ...]

    def ends(self, most: int) -> tuple[Decimal, ...]:
        """Where each level but the last ends, in points."""
        return tuple(share * most for share in self.level_shares) or tuple(Decimal(one) for one in self.level_points)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an edition was taken from."""

    repository: str
    commit: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Titles:
    """Words about a questionnaire, for all its editions.

    ``earlier``: names that meant something else in editions published before ``earlier_before``; ``results``: the fact of a
    dossier that takes each figure of the result.
    """

    id: str
    label: Text
    issuer: Text
    official: str
    sections: Mapping[str, Text]
    labels: Mapping[str, Text]
    titles: Mapping[str, Text]
    earlier: Mapping[str, Text]
    earlier_before: date
    results: Mapping[str, str]


@dataclass(frozen=True)
class Questionnaire:
    """One edition. ``digest`` is that of its file."""

    id: str
    version: str
    published: date
    source: Source
    licence: Text
    arithmetic: Arithmetic
    sections: Mapping[str, Section]
    questions: Mapping[str, Question]
    digest: str
    where: Where
    words: Titles | None = field(default=None, compare=False)

    @cached_property
    def max_raw(self) -> int:
        """The most points for impact."""
        return self._most("impact")

    @cached_property
    def max_mitigation(self) -> int:
        """The most points for mitigation, over both phases of a project, although one assessment answers one of them."""
        return self._most("mitigation")

    def _most(self, counts: Counts) -> int:
        return sum(one.most for one in self.questions.values() if one.counts == counts)

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that this edition gives; none where it gives no level."""
        ends = len(self.arithmetic.ends(self.max_raw))
        return LEVELS[: ends + 1] if ends else ()

    def title(self, question: str) -> Text:
        """A question in our own short words; where we have none, its official name."""
        found = self._worded(question, self._titles())
        return found if found is not None else {"und": question}

    def section_title(self, section: str) -> Text:
        """A section in our own short words, or its official name."""
        found = self._worded(section, [self.words.sections] if self.words else [])
        return found if found is not None else {"und": section}

    def option_label(self, question: str, option: str) -> Text:
        """What an option says, where many questions share it; else its official name."""
        known = self.questions.get(question)
        key = known.labels.get(option) if known else None
        return self.words.labels.get(key, {"und": option}) if key and self.words else {"und": option}

    def _titles(self) -> list[Mapping[str, Text]]:
        if self.words is None:
            return []
        early = self.published < self.words.earlier_before
        return [self.words.earlier, self.words.titles] if early else [self.words.titles]

    @staticmethod
    def _worded(name: str, tables: Iterable[Mapping[str, Text]]) -> Text | None:
        starred = name
        for phase in BOTH_PHASES:
            starred = starred.replace(phase, "*")
        for table in tables:
            for key in (name, starred, starred.removesuffix("-NS")):
                if key in table:
                    return table[key]
        return None
