"""Where a time limit stands on a day (language, section 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from guiju.calendars import CalendarError, DateRange, Period, add_months
from guiju.logic import Truth, evaluate
from guiju.norms.due_days import Counted, counted
from guiju.norms.model import Clock, Norm
from guiju.norms.terms import Terms
from guiju.norms.timing import settled_day, timing
from guiju.norms.views import View
from guiju.norms.world import Thing

ClockState = Literal["not-started", "running", "done", "done-late", "overdue", "past-usual", "unknown"]


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A clock as read on the day: its state, the last day, the calendar, notes for the reader (catalogue codes)."""

    state: ClockState
    due: DateRange | None = None
    calendar: str | None = None
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    counted: Counted | None = None

    @property
    def due_day(self) -> date | None:
        """The last day, if it is settled."""
        return settled_day(self.due)


def read_clock_of(
    evaluation: Terms, norm: Norm, clock: Clock, thing: Thing, party: Thing | None, by: Callable[[date], Truth]
) -> ClockReading:
    """Where a duty's clock stands; ``by(day)`` is whether the act had been done by a day."""
    view = evaluation.view(thing, party)
    on = evaluation.program.on
    fulfilled = by(on)
    if clock.kind == "yearly":
        return _yearly(clock, on, timing(evaluation, norm, thing, party).start, by)
    if clock.kind == "fixed":
        try:
            return _fixed(clock, on, by)
        except CalendarError:  # the next round would be past the end of all calendars
            return ClockReading("unknown")
    started, silent = _started(clock, view)
    if started is None:
        return ClockReading("unknown", missing=silent)
    if not (isinstance(started.earliest, date) and started.earliest <= on):
        return ClockReading("not-started" if clock.kind != "before" or fulfilled is not Truth.TRUE else "done")
    if clock.kind == "before":
        return _judged(clock, on, DateRange(_day_before(started.earliest), _day_before(started.latest)), by)
    try:
        periods, complete = _periods(clock, view)
        found = counted(evaluation, norm, clock, view, periods, _ends(started, on))
    except CalendarError:  # past the end of all calendars
        return ClockReading("unknown", missing=clock.start)
    if found is None or not complete:  # no case holds, or none may: then no period is given
        return ClockReading("unknown")
    due = found.due if started.earliest > date.min else DateRange(date.min, found.due.latest)  # no first day is known
    read = _judged(clock, on, due, by)
    if read.state == "running" and not started.latest <= on:  # it may not have happened yet
        return ClockReading("unknown", None, found.calendar, found.notes, clock.start, counted=found)
    return ClockReading(read.state, due, found.calendar, found.notes, read.missing, found.fields, found)


def events_of(clock: Clock) -> Iterator[str]:
    """Every event that a clock names."""
    yield from clock.start
    for stop in clock.stops_while:
        yield from (name for name in (stop.start, stop.end) if name)
    if clock.also:
        yield clock.also
    if clock.extension and clock.extension.until:
        yield clock.extension.until


def run_out(evaluation: Terms, norm: Norm, thing: Thing) -> Truth:
    """Whether the whole period of a clock has run on the day: its last day is over."""
    assert norm.clock is not None
    read = read_clock_of(evaluation, norm, norm.clock, thing, None, lambda _: Truth.FALSE)
    if read.state == "not-started":
        return Truth.FALSE
    on = evaluation.program.on
    if read.due is None:
        return Truth.UNKNOWN
    return Truth.FALSE if on <= read.due.earliest else Truth.TRUE if on > read.due.latest else Truth.UNKNOWN


def _started(clock: Clock, view: View) -> tuple[DateRange | None, tuple[str, ...]]:
    """The day the clock starts from: the earliest of its events; and the events nothing is known of."""
    found: list[DateRange] = []
    silent: list[str] = []
    for name in clock.start:
        value = view.value(name)
        if isinstance(value, DateRange):
            found.append(value)
        else:
            silent.append(name)
    if not found:
        return None, tuple(silent)
    latest = min(one.latest for one in found)
    if silent:  # one of these may have come first
        return (DateRange(date.min, latest) if isinstance(latest, date) else None), tuple(silent)
    return DateRange(min(one.earliest for one in found), latest), ()


def _periods(clock: Clock, view: View) -> tuple[list[Period], bool]:
    """The periods that may be the one (the first case that holds, every undecided one before it); whether one surely is."""
    found: list[Period] = []
    for case in clock.cases:
        holds = evaluate(case.when, view)
        if holds is not Truth.FALSE:
            found.append(case.within)
        if holds is Truth.TRUE:
            return found, True
    if clock.within is not None:
        found.append(clock.within)
    return found, clock.within is not None


def _ends(started: DateRange, on: date) -> list[date]:
    """The first and the last day that it may have started on; where no first is known, the last alone."""
    latest = started.latest if isinstance(started.latest, date) else on
    return sorted({day for day in (started.earliest, latest) if isinstance(day, date) and day > date.min} or {latest})


def _day_before(day: object) -> date:
    if not isinstance(day, date):
        return date.max
    return day - timedelta(days=1) if day > date.min else day


def _judged(clock: Clock, on: date, due: DateRange, by: Callable[[date], Truth]) -> ClockReading:
    fulfilled = by(on)
    if clock.kind == "retention":
        return ClockReading("running" if on <= due.latest else "done", due)
    if fulfilled is Truth.TRUE:
        return _when_done(on, due, by)
    if on <= due.earliest:
        return ClockReading("running", due)
    if on > due.latest:
        if fulfilled is Truth.UNKNOWN:
            return ClockReading("unknown", due)
        return ClockReading("past-usual" if clock.general else "overdue", due)
    return ClockReading("unknown", due)


def _when_done(on: date, due: DateRange, by: Callable[[date], Truth]) -> ClockReading:
    """In time if it had been done by the earliest day that may be the last; late if not by the latest."""
    first, last = (min(day, on) if isinstance(day, date) else on for day in (due.earliest, due.latest))
    if by(first) is Truth.TRUE:
        return ClockReading("done", due)
    if by(last) is Truth.FALSE:
        return ClockReading("done-late", due)
    open_day = Truth.UNKNOWN in (by(first), by(last))  # else it was done between two days either of which may be the last
    return ClockReading("unknown", due, missing=("done",) if open_day else ())


def _fixed(clock: Clock, on: date, by: Callable[[date], Truth]) -> ClockReading:
    """Due on a day that the law names, and where it says so again after it; an act of an earlier round does not count."""
    assert clock.day is not None
    if clock.every is None or on <= clock.day:
        return _judged(clock, on, DateRange.on(clock.day), by)
    rounds = 0
    while add_months(clock.day, (rounds + 1) * clock.every.months) < on:
        rounds += 1
    last = add_months(clock.day, rounds * clock.every.months)
    earlier = add_months(clock.day, (rounds - 1) * clock.every.months) if rounds else date.min
    if by(on) is Truth.TRUE and by(earlier) is not Truth.FALSE:  # of this round, or of one before it
        return ClockReading("unknown", DateRange.on(last), missing=("done",))
    return _judged(clock, on, DateRange.on(last), by)


def _yearly(clock: Clock, on: date, begins: DateRange | None, by: Callable[[date], Truth]) -> ClockReading:
    """Due on one day of each year from when the duty applies; where that day is open, by both of its ends."""
    month, day = (int(part) for part in (clock.on or "12-31").split("-"))
    due = date(on.year, month, day)
    next_year = DateRange.on(due.replace(year=min(due.year + 1, date.max.year)))
    if begins is not None and not begins.earliest <= due:
        return ClockReading("running", next_year)
    read = _this_year(on, due, by)
    if begins is not None and not begins.latest <= due:
        both = DateRange(due, next_year.latest)
        return ClockReading(read.state if read.state == "running" else "unknown", both, missing=read.missing)
    return read


def _this_year(on: date, due: date, by: Callable[[date], Truth]) -> ClockReading:
    """An act that lies before the last due day says nothing of this year's."""
    last = due.replace(year=max(due.year - 1, date.min.year))
    done = by(min(on, due))
    if by(on) is Truth.TRUE and by(last) is Truth.FALSE:
        return ClockReading(
            "done" if done is Truth.TRUE else "done-late" if done is Truth.FALSE else "unknown", DateRange.on(due)
        )
    if on <= due:
        return ClockReading("running", DateRange.on(due))
    return ClockReading("overdue" if by(on) is Truth.FALSE else "unknown", DateRange.on(due), missing=("done",))
