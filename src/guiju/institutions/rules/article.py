"""An article as a whole: what changed its text and when, and from which day it applies to which class of objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from guiju.institutions.rules.linking import Linker
from guiju.logic import TRUE, Expr, Name
from guiju.lookup import GONE, TEXT, Days, Words
from guiju.norms import Event, Norm, instrument_of
from guiju.norms.model import ClassDate
from guiju.norms.provisions import local, place_words, within
from guiju.wording import in_language


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change of the text: the day it became law, what it did, the provisions it reached and those it inserted."""

    day: str
    what: str
    href: str
    places: tuple[Markup, ...]
    inserted: tuple[Markup, ...]
    coming: bool


@dataclass(frozen=True, slots=True)
class DayView:
    """One class of objects: from which day ``what`` of the article applies to it, and which day that was before it moved."""

    what: str
    who: Markup | str
    day: str
    was: str
    begun: bool
    href: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What stands above the norms of an article."""

    changes: tuple[ChangeView, ...]
    days: tuple[DayView, ...]
    legacy: tuple[tuple[Markup, str], ...]
    """Rules for what was there before: the clause and its sentence."""

    @property
    def several(self) -> bool:
        """Whether parts of the article have days of their own."""
        return len({one.what for one in self.days}) > 1


def is_article(identifier: str) -> bool:
    """Whether an id names an article or annex as a whole."""
    place = local(identifier)
    return bool(place) and not set(place) & set(".#/")


def article_of(words: Words, linker: Linker, identifier: str, norms: Sequence[Norm]) -> ArticleView:
    """An article or annex, as known and on the day of ``words``."""
    return _Article(words, linker, identifier, norms).view()


class _Article:
    def __init__(self, words: Words, linker: Linker, identifier: str, norms: Sequence[Norm]) -> None:
        self.words, self.linker, self.identifier, self.norms = words, linker, identifier, norms
        self.facts = words.facts

    def view(self) -> ArticleView:
        return ArticleView(tuple(self._changes()), tuple(self._days()), tuple(self._legacy()))

    # -- the text ----------------------------------------------------------------------------------

    def _changes(self) -> Iterator[ChangeView]:
        for event in sorted(self._events(), key=lambda one: (_law_from(one), one.id)):
            reached = [one for one in event.targets.ids if within(one, self.identifier)]
            inserted = [one for one in reached if one in event.inserts]
            day = _law_from(event)
            yield ChangeView(
                day=self.words.day(day),
                what=in_language(event.summary, self.words.lang) or self.words.one_of("event", event.kind),
                href=self.linker.href(event.id),
                places=tuple(self._clauses(one for one in reached if one not in inserted)),
                inserted=tuple(self._clauses(inserted)),
                coming=day > self.facts.on,
            )

    def _events(self) -> Iterator[Event]:
        for event in self.facts.corpus.events.values():
            known = event.kind in (*TEXT, *GONE) and event.known <= self.facts.known and event.pending is None
            if known and any(within(one, self.identifier) for one in event.targets.ids):
                yield event

    def _clauses(self, identifiers: Iterable[str]) -> Iterator[Markup]:
        return (self.linker.clause(one) for one in dict.fromkeys(identifiers))

    # -- the days ----------------------------------------------------------------------------------

    def _days(self) -> Iterator[DayView]:
        groups: dict[str, tuple[Days, list[Norm]]] = {}
        for norm in self.norms:
            days = self.facts.days(norm)
            if norm.active and days.set_by is not None:
                groups.setdefault(days.set_by.id, (days, []))[1].append(norm)
        for days, norms in groups.values():
            what = self._places(norms)
            yield from (self._day(what, days, one, norms[0].about) for one in days.classes)

    def _day(self, what: str, days: Days, one: ClassDate, about: str) -> DayView:
        assert days.set_by is not None
        was = _was(days.moved, one.when)
        return DayView(
            what=what,
            who=self._class(one.when, days.about or about),
            day=self.words.day(one.on),
            was=self.words.day(was) if was and was != one.on else "",
            begun=one.on <= self.facts.on,
            href=self.linker.href(days.set_by.id),
        )

    def _class(self, when: Expr, about: str) -> Markup | str:
        """The class in words; a term by its name alone, which leads to its page."""
        if when == TRUE:
            return ""
        return self.linker.name(when.path) if isinstance(when, Name) else self.words.inline(when, about)

    def _places(self, norms: Sequence[Norm]) -> str:
        """The paragraphs in which the norms stand."""
        paragraphs = (".".join(norm.id.split("#")[0].split(".")[:2]) for norm in norms)
        outline = self.facts.corpus.outlines.get(norms[0].instrument)
        return self.words.listed(place_words(one, self.words.lang, outline) for one in dict.fromkeys(paragraphs))

    def _legacy(self) -> Iterator[tuple[Markup, str]]:
        seen = {}
        for norm in self.norms:
            for link in self.facts.links_in(norm):
                if link.relation == "delays" and link.other in self.facts.norms:
                    seen[link.other] = self.facts.norms[link.other]
        for one in seen.values():
            if instrument_of(one.id) == instrument_of(self.identifier):
                yield self.linker.clause(one.id), in_language(one.summary, self.words.lang)


def _law_from(event: Event) -> date:
    return event.on or event.takes_effect


def _was(moved: Sequence[Event], when: Expr) -> date | None:
    """The day that the same class had before the last move."""
    for event in reversed(moved):
        for one in event.dates:
            if one.when in (when, TRUE):
                return one.on
    return None
