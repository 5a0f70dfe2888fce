"""The last day of a time limit: its start, its period, the time it stood still, and how far it was extended.

All days are intervals. The lower end is the last day if everything open is taken to shorten the limit, the upper end the
last day if everything open is taken to lengthen it; ``NEVER`` above means "at least" (language, section 9).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from guiju.calendars import (
    NEVER,
    Calendar,
    CountingRule,
    DateRange,
    NeverDay,
    Period,
    TimeLimit,
    add,
    calendar,
    counting,
    counting_rules,
)
from guiju.logic import Truth, Value
from guiju.norms.model import Clock, Extension, Norm
from guiju.norms.terms import Terms
from guiju.norms.views import View

Span = tuple[date, date | NeverDay]
"""A stop: the day it begins, the day it ends."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """A limit counted: its last day, the days it stood still (least and most; no most: open), whether it was extended.

    ``asked`` are the names that leave the last day open.
    """

    due: DateRange
    rule: str
    calendar: str | None
    notes: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    periods: tuple[Period, ...] = ()
    stopped: tuple[int, int | None] = (0, 0)
    extended: Truth = Truth.FALSE
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Counter:
    """One period counted by one rule through one calendar."""

    within: Period
    calendar: Calendar
    rule: CountingRule

    def limit(self, start: date, within: Period | None = None) -> TimeLimit:
        return add(start, within or self.within, self.calendar, self.rule)

    def end(self, start: date, most: bool) -> date | NeverDay:
        due = self.limit(start).due
        return due.latest if most else due.earliest

    def stopped(self, start: date, stops: list[Span], most: bool) -> tuple[date | NeverDay, int | None]:
        """The last day with these stops, and how many days the clock stood still; None where it never runs again."""
        due, still, reached = self.end(start, most), 0, start
        for begins, ends in stops:
            begins = max(begins, reached)
            if not begins <= due:
                break
            if not isinstance(ends, date):
                return NEVER, None
            if ends <= begins or not isinstance(due, date):
                continue
            still += (ends - begins).days
            later = self._resumed(start, due, (begins, ends), still, most)
            due, reached = max(due, later), ends
        return due, still

    def _resumed(self, start: date, due: date, stop: tuple[date, date], still: int, most: bool) -> date | NeverDay:
        """Working days that fell into the stop are counted again after it; of other units the start moves by the days."""
        if self.within.unit != "working-day":
            return self.end(start + still * _DAY, most)
        worked, unknown = self.calendar.counted(stop[0] + _DAY, stop[1])
        lost = worked + unknown * most
        if not lost:
            return due
        again = self.limit(due, Period(lost + self.rule.day_of_event_counts, "working-day")).due
        return again.latest if most else again.earliest


def counted(evaluation: Terms, norm: Norm, clock: Clock, view: View, periods: list[Period], days: list[date]) -> Counted | None:
    """The last day, over every period and every first day that may be the one; None where there is none.

    :raises CalendarError: past the end of all calendars.
    """
    counters = [_counter(evaluation, norm, clock, within) for within in periods]
    starts = [(counter, day) for counter in counters for day in days]
    if not starts:
        return None
    least, most = (_stops(clock, view, evaluation.program.on, widest) for widest in (False, True))
    low = min((counter.stopped(day, least, False) for counter, day in starts), key=_first)
    high = max((counter.stopped(day, most, True) for counter, day in starts), key=_first)
    due = DateRange(low[0], high[0])
    asked = [name for stop in clock.stops_while for name in (stop.start, stop.end) if name and not _one_day(view.value(name))]
    extended = Truth.FALSE
    if clock.extension and clock.extension.event:
        extended, longer = _extended(evaluation, clock.extension, view, counters[0], due)
        if longer.earliest != due.earliest or longer.latest != due.latest:
            asked += [name for name in (clock.extension.event, clock.extension.until) if name and not _one_day(view.value(name))]
        due = longer
    limits = [counter.limit(day) for counter, day in starts]
    notes = tuple(dict.fromkeys(code for one in limits for code in (one.note, *one.cautions) if code))
    return Counted(
        due, limits[0].rule, limits[0].calendar, notes, tuple(limits[0].fields.items()), tuple(dict.fromkeys(periods)),
        (low[1] or 0, high[1]), extended,
        () if due.settled else tuple(asked),
    )  # fmt: skip


def _first(found: tuple[date | NeverDay, int | None]) -> tuple[bool, date]:
    return (True, date.max) if not isinstance(found[0], date) else (False, found[0])


def _counter(evaluation: Terms, norm: Norm, clock: Clock, within: Period) -> _Counter:
    territory = evaluation.program.corpus.instruments[norm.instrument].territory
    rules = counting_rules()
    rule = clock.counting or next((name for name, one in rules.items() if territory in one.places), next(iter(rules)))
    code = clock.calendar or (territory if territory in ("CN", "EU") else "generic")
    return _Counter(within, calendar(code, evaluation.program.known), counting(rule))


def _stops(clock: Clock, view: View, on: date, widest: bool) -> list[Span]:
    """The stops that had begun by the day, as short as they may have been, or as long."""
    found: list[Span] = []
    for stop in clock.stops_while:
        begins, ends = _days(view.value(stop.start)), _days(view.value(stop.end)) if stop.end else DateRange(NEVER, NEVER)
        first, last = (begins.earliest, ends.latest) if widest else (begins.latest, ends.earliest)
        if isinstance(first, date) and first <= on and first < last:
            found.append((first, last))
    return sorted(found, key=lambda span: span[0])


def _days(value: Value | None) -> DateRange:
    """What is known of a day; where nothing is, it may be any day or none."""
    return value if isinstance(value, DateRange) else DateRange(date.min, NEVER)


def _one_day(value: Value | None) -> bool:
    return value is Truth.FALSE or (isinstance(value, DateRange) and value.settled)


def _extended(evaluation: Terms, extension: Extension, view: View, counter: _Counter, due: DateRange) -> tuple[Truth, DateRange]:
    """Whether an extension was recorded by the day and before the limit ran out; and the last day that follows."""
    recorded = _recorded(evaluation, extension, view, due)
    if recorded is Truth.FALSE:
        return recorded, due
    longest = [_further(counter, extension, end, most) for end, most in ((due.earliest, False), (due.latest, True))]
    until = _days(view.value(extension.until)) if extension.until else None
    low, high = longest
    if until is not None:
        low = max(due.earliest, min(until.earliest, low, key=_end), key=_end)
        high = max(due.latest, min(until.latest, high, key=_end), key=_end)
    return recorded, DateRange(low if recorded is Truth.TRUE else due.earliest, high)


def _further(counter: _Counter, extension: Extension, end: date | NeverDay, most: bool) -> date | NeverDay:
    """As far as the law allows, from the last day on."""
    if extension.longest is None or not isinstance(end, date):
        return NEVER
    due = counter.limit(end, extension.longest).due
    return due.latest if most else due.earliest


def _end(day: date | NeverDay) -> tuple[bool, date]:
    return (False, day) if isinstance(day, date) else (True, date.max)


def _recorded(evaluation: Terms, extension: Extension, view: View, due: DateRange) -> Truth:
    """By an event, or by a measure and the day it was taken; what came after the limit had run out extends nothing."""
    on = evaluation.program.on
    assert extension.event is not None
    value = view.value(extension.event)
    thing, declared = view.target(extension.event)
    if declared.kind == "measure":
        if value is not Truth.TRUE or thing is None:
            return Truth.FALSE if value is Truth.FALSE else Truth.UNKNOWN
        value = thing.given[declared.name].done or DateRange(date.min, on)
    if not isinstance(value, DateRange):
        return Truth.UNKNOWN
    if not value.earliest <= on or due.latest < value.earliest:
        return Truth.FALSE
    return Truth.TRUE if value.latest <= due.earliest and value.latest <= on else Truth.UNKNOWN
