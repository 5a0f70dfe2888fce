"""What the pages of rules show, made ready for the templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from guiju.institutions.hall.pages import sayer
from guiju.institutions.rules.linking import Linked, Linker
from guiju.institutions.rules.titles import short_words
from guiju.institutions.rules.versions import VersionView, versions_of
from guiju.lookup import NormWords, Row, Words
from guiju.norms import Event, Instrument, Norm
from guiju.norms.sentences import title_words
from guiju.wording import in_language

IN_FULL: Final = 4
"""How many norms of one provision are shown in full."""

_FREE: Final = ("evidence", "encoded", "checked", "procedure", "digest")
"""Rows of free text: what is mentioned there is not said by us."""

_SECTIONS: Final = (
    ("who", ("kind", "bearer", "permitted", "holder", "empowered", "against", "owed-to", "authority")),
    (
        "asks",
        ("require", "forbid", "permit", "makes", "ends", "cases", "gives", "upon", "procedure", "expires", "clock", "sanction"),
    ),
    ("when", ("when", "unless")),
    ("days", ("days",)),
    ("force", ("force", "if-met", "if-broken", "evidence")),
    ("links", ("links-out", "links-in")),
    ("readings", ("reading",)),
    ("origin", ("encoded", "checked", "versions", "digest")),
)
"""The parts of the page of a norm, each with its rows."""


@dataclass(frozen=True, slots=True)
class RowView:
    """A label and its lines; ``tree``: they are a sentence tree."""

    label: str
    lines: Linked
    tree: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """A norm in a list."""

    id: str
    anchor: str
    place: str
    href: str
    summary: str
    kind: str
    force: str
    days: str
    left_out: str
    memory: bool


@dataclass(frozen=True, slots=True)
class Full:
    """A norm with all that its page shows."""

    brief: Brief
    titled: str
    status: str
    since: str
    sections: Sequence[tuple[str, Sequence[RowView]]]
    memory: str
    official: str
    number: str
    instrument: str
    instrument_href: str
    paraphrase: str
    checked: Sequence[str]
    """Against what it was checked, and who has signed it off."""
    versions: Sequence[VersionView]


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of an instrument's table of contents with the norms that stand in it."""

    id: str
    title: str
    norms: Sequence[Brief]

    @property
    def partly(self) -> int:
        """How many of its norms are held in part."""
        return sum(bool(one.left_out) for one in self.norms)


class Views:
    """Makes the parts of pages in one language, on the days of the page."""

    def __init__(self, words: Words, query: str = "") -> None:
        self.words = words
        self.facts = words.facts
        self.lang = words.lang
        self.say = sayer(words.lang)
        self.linker = Linker(words, query)
        self.rows = NormWords(words)

    # -- norms -------------------------------------------------------------------------------------

    def brief(self, norm: Norm) -> Brief:
        """A norm in a list."""
        return Brief(
            id=norm.id,
            anchor=norm.id.split("/", 2)[2].replace("#", "-"),
            place=in_language(norm.pinpoint, self.lang) or self.words.clause(norm.id, norm.instrument),
            href=self.linker.href(norm.id),
            summary=in_language(norm.summary, self.lang),
            kind=self.words.kind(norm),
            force=self.facts.force(norm),
            days=self.words.days(norm),
            left_out=in_language(norm.left_out, self.lang) if norm.encoded == "partly" else "",
            memory=not norm.active,
        )

    def full(self, norm: Norm) -> Full:
        """A norm with everything."""
        instrument = self.facts.corpus.instruments[norm.instrument]
        mentions = self.linker.mentions(norm, self.rows)
        found: dict[str, list[RowView]] = {}
        memory = ""
        for row in self.rows.rows(norm):
            if row.key == "memory":
                memory = row.lines[0][1]
            else:
                lines = self.linker.lines(row.lines, {} if row.key in _FREE else mentions)
                found.setdefault(row.key, []).append(self._row(row, lines))
        sections = [(name, [one for key in keys for one in found.get(key, ())]) for name, keys in _SECTIONS]
        return Full(
            brief=self.brief(norm),
            titled=self.words.titled(norm),
            status=self.facts.days(norm).status,
            since=self.since(norm),
            sections=[(name, rows) for name, rows in sections if rows],
            memory=memory,
            official=instrument.official or "",
            number=in_language(instrument.number, self.lang),
            instrument=title_words(instrument, self.lang, full=True),
            instrument_href=self.linker.href(instrument.id),
            paraphrase=self.rows.paraphrase(instrument),
            checked=(self.rows.checked(norm), self._reviewed(norm)),
            versions=versions_of(self.words, norm),
        )

    def _reviewed(self, norm: Norm) -> str:
        return self.words.say("reviewed", by=norm.reviewed) if norm.reviewed else self.words.say("not-reviewed")

    def _row(self, row: Row, lines: Linked) -> RowView:
        return RowView(self.words.say(f"label.{row.key}"), lines, row.tree, row.key)

    def since(self, norm: Norm) -> str:
        """Since when or from when it applies, as the title says it."""
        days = self.facts.days(norm)
        starts = days.starts
        if days.status == "ended" and days.until:
            return self.say("pages.ended", day=self.words.day(days.until))
        if not starts:
            return self.words.say("days.unknown")
        listed = self.words.listed((self.words.day(one) for one in starts), "or")
        return self.say(f"pages.since-{days.status}", day=listed)

    def short(self, summary: str) -> str:
        """As much of a summary as a title takes."""
        return short_words(summary, self.lang)

    # -- instruments and events --------------------------------------------------------------------

    def contents(self, instrument: Instrument, norms: Sequence[Brief]) -> list[PartView]:
        """The parts of an instrument as published, each with its norms; what stands in no part comes last, without a title."""
        covers = self.facts.corpus.contents.covers
        found, left = [], list(norms)
        for part in instrument.contents:
            inside = [one for one in left if covers(f"{instrument.id}/{part.id}", one.id)]
            left = [one for one in left if one not in inside]
            found.append(PartView(part.id.replace("/", "-"), in_language(part.title, self.lang) or part.id, inside))
        return [*found, PartView("", "", left)] if left else found

    def time_line(self, instrument: Instrument) -> list[dict[str, object]]:
        """The legal events of an instrument, for ``ui.time_line``."""
        return [self._moment(event) for event in self.facts.events_of(instrument)]

    def what_happens(self, event: Event) -> str:
        """What an event does: its own sentence, which says the kind already; the kind where there is none."""
        return in_language(event.summary, self.lang) or self.words.one_of("event", event.kind)

    def _moment(self, event: Event) -> dict[str, object]:
        _, *rest = self.words.event(event)
        known = self.words.say("event-known", known=self.words.day(event.known), checked=self.rows.checked(event))
        day = min((one.on for one in event.dates), default=event.effect or event.known)
        return {
            "when": self.words.when_of(event),
            "title": self.what_happens(event),
            "text": " · ".join((*rest, known)),
            "href": self.linker.href(event.id),
            "state": self._state(day),
        }

    def _state(self, day: date) -> str:
        return "today" if day == self.facts.on else "past" if day < self.facts.on else "future"

    def clauses(self, identifiers: Iterable[str]) -> list[tuple[int, Markup]]:
        """Provisions as links, a line each."""
        return [(0, self.linker.clause(one)) for one in dict.fromkeys(identifiers)]

    def row(self, key: str, *sentences: str | Markup) -> RowView | None:
        """A labelled row of sentences; None where there is nothing to say."""
        lines = [(0, one if isinstance(one, Markup) else Markup.escape(one)) for one in sentences if one]
        return RowView(self.words.say(f"label.{key}"), lines, tree=False) if lines else None
