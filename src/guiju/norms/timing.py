"""The status of a norm for one thing on a day: what legal events and transitional norms make of it (language, section 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from guiju.calendars import NEVER, DateRange
from guiju.logic import Truth
from guiju.norms.acts import end_of
from guiju.norms.model import Delay, Event, Norm
from guiju.norms.program import ENDING, Program
from guiju.norms.terms import Terms
from guiju.norms.world import Thing

Status = Literal["applies", "upcoming", "transitional", "suspended", "ended", "unknown"]


@dataclass(frozen=True, slots=True)
class Timing:
    """``start`` and ``end``: from when and until when; ``moved_by`` an event or a transitional norm."""

    status: Status
    start: DateRange | None
    end: DateRange | None
    moved_by: str | None
    enforced: bool
    waits_for: tuple[Norm, ...] = ()
    hangs_on: Event | None = None

    @property
    def from_day(self) -> date | None:
        """The day it applies from, if there is one settled day."""
        return settled_day(self.start)

    @property
    def until_day(self) -> date | None:
        """The day it ends, if there is one; for what is put off, the last day it can be put off to."""
        if self.status == "transitional" and self.end is not None and isinstance(self.end.latest, date):
            return self.end.latest
        return settled_day(self.end)


def settled_day(days: DateRange | None) -> date | None:
    """The one day of a settled range; None for a range, for never, for nothing."""
    if days is None or days.earliest is NEVER or days.earliest != days.latest:
        return None
    assert isinstance(days.earliest, date)
    return days.earliest


def reached(on: date, days: DateRange) -> Truth:
    """Whether a day is at or after days known in part."""
    if not days.earliest <= on:
        return Truth.FALSE
    return Truth.TRUE if days.latest <= on else Truth.UNKNOWN


def timing(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None = None) -> Timing:
    """The first that holds of ended, suspended, upcoming, transitional, applies; ``unknown`` where a class or event is open.

    Only what puts a norm off hangs on how norms are read, and on the party.
    """
    if norm.id not in evaluation.program.delayers:
        evaluation, party = evaluation.text, None
    key = (norm.id, norm.since, id(thing), id(party))
    return evaluation.once(evaluation.timings, key, lambda: _timing(evaluation, norm, thing, party))


def _timing(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None) -> Timing:
    on = evaluation.program.on
    events = evaluation.program.events_on(norm.id)
    starting = [event for event in events if event.kind in ("commence", "postpone", "correct") and event.dates]
    start = not_before_it_came(evaluation, norm, evaluation.class_day(starting[-1], thing)) if starting else None
    end = _end(evaluation, norm, events, thing)
    moved_by = starting[-1].id if starting and starting[-1].kind != "commence" else None
    enforced = not any(event.kind == "moratorium" and _covers(event, on) for event in events)
    hangs_on = starting[-1] if starting else None
    if end is not None and reached(on, end) is Truth.TRUE:
        return Timing("ended", start, end, moved_by, enforced)
    if end is not None and reached(on, end) is Truth.UNKNOWN:  # before suspension: what may have ended is not yet suspended
        ending = [one for one in events if one.kind in ENDING and one.dates]
        still_open = [one for one in ending if reached(on, evaluation.class_day(one, thing)) is Truth.UNKNOWN]
        return Timing("unknown", start, end, moved_by, enforced, hangs_on=(still_open or ending)[0])
    held = [(event, _suspended(evaluation, event, thing)) for event in events if event.kind == "suspend"]
    for event, truth in held:
        if truth is Truth.TRUE:
            return Timing("suspended", start, end, event.id, enforced)
    for event, truth in held:
        if truth is Truth.UNKNOWN:
            return Timing("unknown", start, end, event.id, enforced, hangs_on=event)
    if start is None:
        return Timing("unknown", start, end, moved_by, enforced)
    begun = reached(on, start)
    if begun is Truth.FALSE:
        return Timing("upcoming", start, end, moved_by, enforced, hangs_on=hangs_on)
    timed = _delayed(evaluation, norm, thing, party, Timing("applies", start, end, moved_by, enforced))
    if begun is Truth.UNKNOWN:
        return Timing("unknown", start, end, moved_by, enforced, timed.waits_for, hangs_on)
    return timed


def enforced_from(program: Program, norm: str) -> date | None:
    """The day on which the last moratorium that holds on the day is over; None where none holds, or it has no end."""
    moratoria = [event for event in program.events_on(norm) if event.kind == "moratorium"]
    day = program.on
    while covering := [event for event in moratoria if _covers(event, day)]:
        ends = [event.until for event in covering]
        latest = max((end for end in ends if end is not None), default=None)
        if latest is None or None in ends:
            return None
        day = latest
    return day if day > program.on else None


def not_before_it_came(evaluation: Terms, norm: Norm, start: DateRange) -> DateRange:
    """A norm that a later event brought in applies from that event at the earliest; an amended one goes on from its first day."""
    corpus = evaluation.program.corpus
    if norm.since is None or any(version.since is None for version in corpus.norms[norm.id]):
        return start
    first = min(corpus.events[version.since].on or corpus.events[version.since].takes_effect
                for version in corpus.norms[norm.id] if version.since)  # fmt: skip
    if not start.earliest < first:
        return start
    return DateRange(first, max(first, start.latest) if isinstance(start.latest, date) else start.latest)


def _end(evaluation: Terms, norm: Norm, events: list[Event], thing: Thing) -> DateRange | None:
    """The earliest end; an end that names the same legal day as an earlier-known one takes its place."""
    ends: dict[str, DateRange] = {}
    expired = end_of(evaluation.program.corpus, norm, evaluation.program.known) if norm.kind == "power" else None
    if expired is not None:
        ends[norm.id] = DateRange.on(expired)
    for event in events:
        if event.kind in ENDING and event.dates:
            ends[event.day or event.id] = evaluation.class_day(event, thing)
    if not ends:
        return None
    return DateRange(min(one.earliest for one in ends.values()), min(one.latest for one in ends.values()))


def _suspended(evaluation: Terms, event: Event, thing: Thing) -> Truth:
    on = evaluation.program.on
    if event.until is not None and on >= event.until:
        return Truth.FALSE
    begins = evaluation.class_day(event, thing) if event.dates else DateRange(event.takes_effect, event.takes_effect)
    return reached(on, begins)


def _covers(event: Event, on: date) -> bool:
    begins = event.on or event.takes_effect
    return begins <= on and (event.until is None or on < event.until)


@dataclass(frozen=True, slots=True)
class _Put:
    """One way in which a transitional norm may put a norm off: whether it holds, until when, whether that is over."""

    by: Norm
    holds: Truth
    until: DateRange
    over: Truth


def _put_off(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None) -> list[_Put]:
    hit = evaluation.program.corpus.contents.hit
    found = []
    for other in evaluation.program.delayers.get(norm.id, ()):
        for delay in other.delays:
            if not hit(delay.targets, norm.id):
                continue
            for one in evaluation.world.reach(thing, other.about):
                holds = evaluation.bears(other, one, party) & evaluation.content(other, one, party)
                if holds is not Truth.FALSE:
                    until = until_day(evaluation, delay, one)
                    found.append(_Put(other, holds, until, reached(evaluation.program.on, until)))
    return found


def _delayed(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None, timed: Timing) -> Timing:
    """Transitional norms: from when it applies to this thing, if that is later."""
    puts = _put_off(evaluation, norm, thing, party)
    running = [one for one in puts if one.holds is Truth.TRUE and one.over is Truth.FALSE]
    open_ones = [one for one in puts if one.over is Truth.UNKNOWN or (one.holds is Truth.UNKNOWN and one.over is Truth.FALSE)]
    if running:
        first = max(running, key=lambda one: (one.until.earliest, one.until.latest))
        end = DateRange(first.until.earliest, max(one.until.latest for one in (*running, *open_ones)))
        return Timing("transitional", end, end, first.by.id, timed.enforced, tuple(one.by for one in open_ones))
    if open_ones:
        return Timing("unknown", timed.start, timed.end, timed.moved_by, timed.enforced, tuple(one.by for one in open_ones))
    return _after(timed, puts)


def _after(timed: Timing, puts: list[_Put]) -> Timing:
    """Every delay is over: it applies from the last of them that held; one that may have held leaves the day open."""
    start, moved_by = timed.start, timed.moved_by
    assert start is not None
    for one in puts:
        if one.holds is Truth.TRUE and (start.earliest < one.until.earliest or start.latest < one.until.latest):
            start = DateRange(max(start.earliest, one.until.earliest), max(start.latest, one.until.latest))
            moved_by = one.by.id
    for one in puts:
        if one.holds is Truth.UNKNOWN and start.latest < one.until.latest:
            start = DateRange(start.earliest, one.until.latest)
    return Timing("applies", start, timed.end, moved_by, timed.enforced)


def until_day(evaluation: Terms, delay: Delay, thing: Thing) -> DateRange:
    """The earliest of the days and events that end a delay; an event nothing is known of could be any day."""
    view = evaluation.view(thing)
    found = [DateRange(day, day) for day in delay.days]
    for name in delay.events:
        value = view.value(name)
        found.append(value if isinstance(value, DateRange) else DateRange(date.min, NEVER))
    first = found[0]
    for other in found[1:]:
        first = DateRange(min(first.earliest, other.earliest), min(first.latest, other.latest))
    return first
