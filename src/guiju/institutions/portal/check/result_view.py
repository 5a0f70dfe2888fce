"""What the result page shows of a report: the rules that pass the filters, by page, with their addresses; the days; the steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict

from guiju.assess.due_calendar import beginning
from guiju.assess.report import FORCES, MET, PHASES, STATUSES
from guiju.assess.report_parts import Duty, Todo
from guiju.assess.report_words import plain
from guiju.calendars import CalendarError, parse_day
from guiju.institutions.portal.check.told import Asked, Key, Told
from guiju.lookup import tidy

PAGE: Final = 20
"""Rules on one page."""

MOST_DAYS: Final = 6
MOST_QUESTIONS: Final = 10

FILTERS: Final = ("q", "who", "status", "force", "met")
MOST_TYPED: Final = 200
"""Characters of a filter that are looked at."""

NOBODY: Final = "-"
OPEN: Final = "open"


@dataclass(frozen=True)
class Row:
    """A rule in the list: its address, and the headings that begin with it."""

    duty: Duty
    href: str
    band: str = ""
    phase: str | None = None


@dataclass
class Days:
    """The two days asked for, what was typed, and what is wrong with it: field, error, and what to do."""

    on: date
    known: date
    first: date
    typed: dict[str, str] = field(default_factory=dict)
    errors: list[tuple[str, CalendarError]] = field(default_factory=list)

    @property
    def moved(self) -> bool:
        """Whether another day than the first one is shown."""
        return (self.on, self.known) != (self.first, self.first)

    @property
    def query(self) -> dict[str, str]:
        """The days as an address has them; nothing for the first."""
        found = {"on": self.on} if self.on != self.first else {}
        if self.known != self.first:
            found["known"] = self.known
        return {name: str(day) for name, day in found.items()}


def days_of(given: QueryDict, first: date) -> Days:
    """The days of an address; one that cannot be read stays as typed, and the first day is shown instead."""
    found = Days(first, first, first)
    for name in ("on", "known"):
        text = given.get(name, "").strip()[:MOST_TYPED]
        found.typed[name] = text or str(first)
        if not text:
            continue
        try:
            setattr(found, name, parse_day(tidy(text)))
        except CalendarError as problem:
            found.errors.append((name, problem))
    return found


@dataclass
class Filters:
    """What of the rules is shown, by the address."""

    q: str = ""
    who: str = ""
    status: str = ""
    force: str = ""
    met: str = ""
    page: int = 1

    @property
    def any(self) -> bool:
        """Whether something is left out."""
        return any(getattr(self, name) for name in FILTERS)

    @property
    def query(self) -> dict[str, str]:
        """As an address has them, without the page."""
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}

    def passes(self, duty: Duty) -> bool:
        """Whether a rule is shown."""
        return (
            (not self.who or (duty.party or NOBODY) == self.who)
            and (not self.status or self.status in (OPEN, duty.status))
            and (not self.force or duty.force == self.force)
            and (not self.met or duty.met == self.met)
            and self._says(duty)
        )

    def _says(self, duty: Duty) -> bool:
        told = plain(f"{duty.clause} {duty.summary} {duty.instrument} {duty.owed_by} {duty.object} {duty.norm}").casefold()
        return all(word in told for word in self.q.casefold().split())


def filters_of(given: QueryDict) -> Filters:
    """The filters of an address; a word that no filter knows shows nothing rather than everything."""
    page = given.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return Filters(**{name: given.get(name, "").strip()[:MOST_TYPED] for name in FILTERS}, page=max(1, number))


@dataclass(frozen=True)
class Listed:
    """One page of the rules that pass."""

    rows: list[Row]
    count: int
    all: int
    page: int
    last: int
    first_number: int


@dataclass(frozen=True)
class Places:
    """Where a result is: the address of a rule in it, and of a question where it may be answered."""

    duty_address: str
    query: dict[str, str]
    questions: bool = True

    def duty(self, key: Key) -> str:
        """The address of a rule."""
        norm, thing, party = key
        return f"{self.duty_address}?{urlencode({'norm': norm, 'object': thing, 'party': party, **self.query})}"


def listed(told: Told, filters: Filters, places: Places) -> Listed:
    """The rules that pass: hard first, then before, during, after; what is not met first."""
    known = _settled(told) if filters.status != OPEN else [one for _, found in told.report.unsettled for one in found]
    found = sorted((one for one in known if filters.passes(one)), key=_order)
    last = max(1, -(-len(found) // PAGE))
    page = min(filters.page, last)
    start = (page - 1) * PAGE
    rows = list(_rows(found[start : start + PAGE], told, places))
    return Listed(rows, len(found), len(known), page, last, start + 1)


def _settled(told: Told) -> list[Duty]:
    groups = told.report.groups
    return [duty for group in groups for band in group.bands for phase in band.phases for duty in phase.duties]


def _order(duty: Duty) -> tuple[int, int, int, int]:
    return FORCES.index(duty.force), PHASES.index(duty.phase), STATUSES.index(duty.status), MET.index(duty.met)


def _rows(duties: Iterable[Duty], told: Told, places: Places) -> Iterable[Row]:
    force, phase = None, None
    for duty in duties:
        new_force, new_phase = duty.force != force, duty.force != force or duty.phase != phase
        force, phase = duty.force, duty.phase
        key = told.keys[duty.anchor]
        yield Row(duty, places.duty(key), force if new_force else "", phase if new_phase else None)


def parties_of(told: Told) -> list[tuple[str, str]]:
    """Who may be chosen: the parties by whom or for whom a rule in the list stands."""
    names = {one.org: one.name or one.org.removeprefix("org:") for one in told.report.parties}
    found = dict.fromkeys(duty.party or NOBODY for duty in told.report.duties if duty.kind != "application")
    return [(org, names.get(org, org)) for org in found if org != NOBODY] + [(one, "") for one in found if one == NOBODY]


def next_days(told: Told) -> list[date]:
    """The next days on which something changes for this system."""
    report = told.report
    dues = [one.due.day for one in report.duties if one.due is not None and one.due.day is not None]
    found = {*told.turns, *beginning(report.duties), *dues}
    return sorted(day for day in found if day > report.on)[:MOST_DAYS]


def steps_of(told: Told, places: Places) -> list[tuple[Todo, str, tuple[str, str, str] | None]]:
    """The next things to do, each with its address: of a rule, or of a question."""
    return [(one, *_step(one, told, places)) for one in told.report.todo]


def _step(one: Todo, told: Told, places: Places) -> tuple[str, tuple[str, str, str] | None]:
    if one.kind != "question":
        return places.duty(told.keys[one.anchor]), None
    found = next((each for each in told.asked if each.need.text == one.text and each.need.of == one.who), None)
    return "", found.address if found else None


def open_rules(told: Told) -> int:
    """How many rules there are of which it is open whether they apply."""
    return sum(len(found) for _, found in told.report.unsettled)


def settled_rules(told: Told) -> int:
    """How many rules there are that are settled to apply, now or on another day."""
    return len(_settled(told))


def split_questions(asked: Sequence[Asked]) -> tuple[Sequence[Asked], Sequence[Asked]]:
    """Those that are shown, and those behind a fold."""
    return asked[:MOST_QUESTIONS], asked[MOST_QUESTIONS:]
