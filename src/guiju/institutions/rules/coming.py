"""What changes in the rules and when: every legal event on each of its days, with what it touches and what moved it since."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from guiju.institutions.rules.addresses import rule_address
from guiju.institutions.rules.titles import short_words
from guiju.logic import FALSE, TRUE
from guiju.lookup import Facts, Words, place_of
from guiju.norms import Event
from guiju.norms.sentences import title_words
from guiju.wording import fill, in_language

_STARTING: Final = ("commence", "postpone", "correct")
_FORMAL: Final = ("adopt", "sign", "ratify", "publish")
_SHOWN_TARGETS: Final = 4
_FIRST_PLACE: Final = re.compile(r"(?:, )?[^,，、；;]*")
"""The first of the places that a clause names: ``第6条第6款`` of ``第6条第6款、第8款，第97条``."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A legal event on one of its days. ``ends``: the day on which it stops having effect; ``moved_by``: the event that
    has set another day since.
    """

    event: Event
    day: date
    ends: bool = False
    moved_by: Event | None = None

    @property
    def key(self) -> str:
        """The same for ever: what feeds and calendars tell entries apart by."""
        return f"{self.event.id} {self.day}{' end' if self.ends else ''}"


@lru_cache(maxsize=8)
def dated(facts: Facts) -> tuple[Dated, ...]:
    """Every event that changes the law, as published by the known day, by day. Pending ones stand in ``pending``."""
    moved = moved_by(facts)
    found = []
    for event in facts.program.events:
        days = sorted({one.on for one in event.dates if one.when != FALSE}) or [event.takes_effect]
        found += [Dated(event, day, moved_by=moved.get(event.id)) for day in days]
        if event.until:
            found.append(Dated(event, event.until, ends=True))
    return tuple(sorted(found, key=lambda one: (one.day, one.event.known, one.event.order or 0, one.event.id, one.ends)))


@lru_cache(maxsize=8)
def moved_by(facts: Facts) -> dict[str, Event]:
    """Event -> the later one that sets the same day of the law anew."""
    moved: dict[str, Event] = {}
    last: dict[str, Event] = {}
    for event in sorted(facts.program.events, key=lambda one: (one.known, one.order or 0)):
        if event.kind not in _STARTING or not event.day:
            continue
        if event.day in last and last[event.day].known < event.known:
            moved[last[event.day].id] = event
        last[event.day] = event
    return moved


@lru_cache(maxsize=8)
def _touched(facts: Facts) -> dict[str, int]:
    counts: dict[str, int] = {}
    for norm, events in facts.corpus.touching.items():
        if norm in facts.norms and facts.norms[norm].active:
            for event in {one.id for one in events}:
                counts[event] = counts.get(event, 0) + 1
    return counts


def touched(facts: Facts, event: Event) -> int:
    """How many rules that answer an event touches."""
    return _touched(facts).get(event.id, 0)


def place_of_event(event: Event) -> str:
    """The place whose law an event changes."""
    return place_of(event.instrument)


def chosen(items: Iterable[Dated], place: str = "", instrument: str = "") -> list[Dated]:
    """Those of a place, and those of an instrument or touching it."""
    return [one for one in items if _fits(one.event, place, instrument)]


def _fits(event: Event, place: str, instrument: str) -> bool:
    if place and place_of_event(event) != place:
        return False
    ids = (event.instrument, *event.targets.ids)
    return not instrument or any(one == instrument or one.startswith(f"{instrument}/") for one in ids)


def _in_force(event: Event) -> bool:
    """Whether an instrument of the Union enters into force by it, which is not yet its application."""
    return (event.day or "").endswith("in-force")


class Told:
    """Entries of the calendar in a reader's language."""

    def __init__(self, facts: Facts, lang: str) -> None:
        self.facts = facts
        self.lang = lang
        self.words = Words(facts, lang)

    def say(self, code: str, **fields: object) -> str:
        """A text of the catalogue."""
        return fill(code, self.lang, "message", fields)

    def title(self, event: Event) -> str:
        """The short title of the instrument that an event changes."""
        return title_words(self.facts.corpus.instruments[self._changed(event)], self.lang)

    def _changed(self, event: Event) -> str:
        """The instrument whose text or days change: that of the targets, where they are all of one."""
        homes = {one for target in event.targets.ids if (one := "/".join(target.split("/")[:2])) in self.facts.corpus.instruments}
        return homes.pop() if len(homes) == 1 else event.instrument

    def subject(self, event: Event) -> str:
        """What an event is about: the whole instrument, the rest of it, the one provision, or the first and how many more."""
        ids = tuple(dict.fromkeys(event.targets.ids))
        title, whole = self.title(event), any(one in self.facts.corpus.instruments for one in ids)
        if whole and event.targets.excepted:
            return self.say("coming.rest", title=title)
        if not ids or whole or _in_force(event) or len({"/".join(one.split("/")[:2]) for one in ids}) > 1:
            return title
        first = self.words.clause(ids[0])
        if len(ids) == 1:
            return first
        place = _FIRST_PLACE.match(first.removeprefix(title))
        return self.say("coming.parts", first=title + (place[0] if place else ""), count=len(ids))

    def _kind(self, event: Event) -> str:
        """What happens, in the word of its place: laws of China and Korea are 施行, standards 实施, the Union's apply."""
        kind = "commence" if event.kind == "postpone" else event.kind
        if kind == "commence" and _in_force(event):
            return self.say("coming.in-force")
        if kind == "commence" and place_of_event(event) != "eu":
            standard = "standard" in self.facts.corpus.instruments[self._changed(event)].kind
            return self.say("coming.put-into-effect" if standard else "coming.enters-into-force")
        return self.words.one_of("event", kind)

    def headline(self, one: Dated) -> str:
        """What happens to what on its day: 《标识办法》施行."""
        code = "coming.headline-end" if one.ends else "coming.headline-moved" if one.moved_by else "coming.headline"
        return self.say(code, title=self.subject(one.event), kind=self._kind(one.event))

    def in_short(self, one: Dated) -> str:
        """What happens to what on its day, and the beginning of the event's own sentence: all that a calendar shows."""
        summary = short_words(self.summary(one.event), self.lang)
        return self.say("coming.in-short", headline=self.headline(one), summary=summary) if summary else self.headline(one)

    def announced(self, event: Event) -> str:
        """What an event does, on the day it became known: 《人工智能法》第102条至第110条改期."""
        kind = self.words.one_of("event", event.kind) if event.kind == "postpone" else self._kind(event)
        return self.say("coming.headline", title=self.subject(event), kind=kind)

    def summary(self, event: Event) -> str:
        """The event's own sentence."""
        return in_language(event.summary, self.lang)

    def notes(self, one: Dated) -> list[str]:
        """For whom this day is, what moved it, until when it lasts, whether it was published only afterwards."""
        event = one.event
        lines: list[str] = []
        if not one.ends:
            cases = [case.when for case in event.dates if case.on == one.day and case.when not in (TRUE, FALSE)]
            about = event.about or "system"
            lines += [self.say("coming.for", who=self.words.inline(case, about)) for case in cases]
        if event.kind == "postpone" and not one.moved_by:
            lines.append(self.say("coming.as-moved", day=self.words.day(event.known)))
        if one.moved_by:
            by = self.words.day(one.moved_by.known)
            lines.append(self.say("coming.moved", days=self.words.when_of(one.moved_by), known=by))
        if event.until and not one.ends:
            lines.append(self.say("coming.until", day=self.words.day(event.until)))
        if event.known > one.day:
            lines.append(self.say("coming.afterwards", day=self.words.day(event.known)))
        return lines

    def targets(self, event: Event) -> list[tuple[str, str]]:
        """The provisions it touches, each with the address of its page where there is one."""
        linked = [
            (self.words.clause(target), rule_address(self.lang, target) if self._held(target) else "")
            for target in event.targets.ids[:_SHOWN_TARGETS]
        ]
        rest = len(event.targets.ids) - _SHOWN_TARGETS
        more = self.say("coming.more-targets-one") if rest == 1 else self.say("coming.more-targets", count=rest)
        return linked if rest <= 0 else [*linked, (more, "")]

    def _held(self, target: str) -> bool:
        return target in self.facts.corpus.instruments or bool(self.facts.at(target))

    def entry(self, one: Dated) -> dict[str, Any]:
        """All that the page shows of an entry."""
        event, today = one.event, self.facts.on
        checked = self.words.one_of("checked", event.checked.against)
        return {
            "day": self.words.day(one.day),
            "iso": one.day.isoformat(),
            "state": "moved" if one.moved_by else "past" if one.day < today else "today" if one.day == today else "future",
            "title": self.headline(one),
            "href": rule_address(self.lang, event.id),
            "summary": self.summary(event),
            "notes": self.notes(one),
            "touched": touched(self.facts, event),
            "targets": self.targets(event),
            "known": self.words.day(event.known),
            "checked": checked,
            "place": self.words.one_of("place", place_of_event(event)),
            "left": left_words(one.day, today, self.lang) if one.day > today and not one.moved_by else "",
        }

    def news(self, one: Dated) -> dict[str, Any]:
        """An entry as a piece of news: all days of its event at once."""
        said = {"title": self.announced(one.event), "day": self.words.when_of(one.event), "iso": "", "notes": [], "left": ""}
        return {**self.entry(one), **said}

    def pending(self, event: Event) -> dict[str, Any]:
        """An event that is without effect so far: how far it has come."""
        return {
            "title": self.announced(event),
            "href": rule_address(self.lang, event.id),
            "summary": self.summary(event),
            "stage": self.words.one_of("pending", str(event.pending)),
            "known": self.words.day(event.known),
            "days": self.words.when_of(event) if event.dates else "",
        }


def left_words(day: date, today: date, lang: str) -> str:
    """How far a coming day is."""
    count = (day - today).days
    return fill("coming.left-one" if count == 1 else "coming.left", lang, "message", {"count": count})


def next_days(items: Iterable[Dated], today: date, most: int) -> list[Dated]:
    """The entries of the next days after today on which something changes, at least ``most`` entries where there are."""
    found: list[Dated] = []
    for one in items:
        if one.day > today and one.moved_by is None:
            if len(found) >= most and one.day != found[-1].day:
                break
            found.append(one)
    return found


def of_month(items: Iterable[Dated], first: date) -> list[Dated]:
    """What took effect or was published in the month of a day, each event once, what moves the law before its formalities;
    what has been moved since counts no more.
    """
    month = (first.year, first.month)
    found: dict[str, Dated] = {}
    for one in items:
        if one.moved_by is None and month in {(one.day.year, one.day.month), (one.event.known.year, one.event.known.month)}:
            found.setdefault(one.event.id, one)
    return sorted(found.values(), key=lambda one: _weight(one.event))


def _weight(event: Event) -> int:
    """What moves days first, then what changes texts, then formalities."""
    return 2 if event.kind in _FORMAL else 1 if event.kind == "amend" else 0
