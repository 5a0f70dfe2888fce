"""Time limits of filings, counted by the corpus's own norms: the last day, the state on a day, the calendar and its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from guiju.calendars import CalendarError, DateRange, calendar
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.register.filing_kinds import NEXT, STANDING, FilingKind, Status, StepKind, Timed
from guiju.institutions.register.models import FilingStep
from guiju.norms import Evaluation, Program, row_of
from guiju.norms.clocks import ClockState
from guiju.norms.sentences import clause_words
from guiju.subjects import dossier_from, dumps
from guiju.wording import codes, fill, in_language

CN: Final = "Asia/Shanghai"

_HELD: Final[frozenset[Status]] = frozenset({"granted", "changed", "cancelled", "lapsed"})


@dataclass(frozen=True, slots=True)
class Limit:
    """One time limit of a filing: the step it runs from, the norm, the last day (an interval while the calendar has none)."""

    step: FilingStep
    norm: str
    state: ClockState
    due: DateRange | None
    calendar: str
    notes: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The last day; where the calendar does not settle it, the earliest it can be."""
        return self.due.earliest if self.due is not None and isinstance(self.due.earliest, date) else None

    @property
    def settled(self) -> bool:
        """Whether the last day is certain."""
        return self.due is not None and self.due.settled

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in ("running", "overdue", "unknown")


def status_of(steps: Iterable[FilingStep]) -> Status:
    """Where a filing stands by its steps."""
    found: Status = ""
    for one in in_order(steps):
        found = STANDING.get(one.kind, found)  # type: ignore[call-overload]  # a step's kind is a StepKind
    return found


def in_order(steps: Iterable[FilingStep]) -> list[FilingStep]:
    """The steps that hold, by their days."""
    return sorted((one for one in steps if one.struck is None), key=lambda one: (one.on, one.at, one.pk or 0))


def next_steps(steps: Iterable[FilingStep]) -> frozenset[StepKind]:
    """Which steps may follow."""
    return NEXT[status_of(steps)]


def limits_of(kind: FilingKind, steps: Sequence[FilingStep], on: date, known: date | None = None) -> list[Limit]:
    """The limits that have begun by a day, in the order of what began them; none for what was never granted."""
    held = in_order(steps)
    found = []
    for place, step in enumerate(held):
        timed = kind.limits.get(step.kind)  # type: ignore[call-overload]  # a step's kind is a StepKind
        if timed is not None and step.on <= on and status_of(held[:place]) in _HELD:
            found.append(_limit(timed, step, held, on, known or on))
    return found


def _limit(timed: Timed, step: FilingStep, held: Sequence[FilingStep], on: date, known: date) -> Limit:
    done = {
        name: min((one.on for one in held if one.kind == kind and one.on >= step.on), default=None)
        for name, kind in timed.measures.items()
    }
    edition = site_corpus().edition
    read = _read(edition, timed.norm, timed.event, step.on, tuple(sorted(done.items())), on, known)
    if read is None:
        return Limit(step, timed.norm, "unknown", None, "")
    notes = tuple(code for code in read.notes if code.startswith("calendars.not-"))
    return Limit(step, timed.norm, read.state, read.due, (read.calendar or "").split("/")[0], notes)


@lru_cache(maxsize=512)
def _read(
    edition: str, norm: str, event: str, day: date, done: tuple[tuple[str, date | None], ...], on: date, known: date
) -> Any:
    """The norm's own clock, in a world that holds nothing but the event and what was done; None where it is not in force."""
    program = _program(edition, on, known)
    found = program.norms.get(norm)
    if found is None:
        return None
    dossier = dossier_from(dumps(_dossier(event, day, done)), "filing", site_corpus().vocabulary)
    evaluation = Evaluation(program, dossier.world)
    (thing,) = (one for one in dossier.world.of_kind(found.about))
    (party,) = (one for one in dossier.world.of_kind("party"))
    met = row_of(evaluation, evaluation, found, thing, party).met
    return met.clock if met else None


@lru_cache(maxsize=8)
def _program(edition: str, on: date, known: date) -> Program:
    assert edition == site_corpus().edition
    return Program(site_corpus(), on, known)


def _dossier(event: str, day: date, done: Iterable[tuple[str, date | None]]) -> dict[str, Any]:
    conduct = {name: False if at is None else {"value": True, "done": str(at)} for name, at in done}
    happened = {"events": {event: str(day)}}
    about = site_corpus().vocabulary.declared[event].object
    service = {"id": "service", **(happened if about == "service" else {})}
    return {
        "system": {"id": "system"},
        **(happened if about == "system" else {}),
        "service": service,
        "parties": [{"org": "org:provider", "conduct": conduct}],
    }


# -- in words ------------------------------------------------------------------------------------------------------------------


def clause_of(norm: str, lang: str) -> str:
    """The clause of a norm with its instrument; empty where this edition has none such."""
    corpus = site_corpus()
    versions = corpus.norms.get(norm)
    if not versions:
        return ""
    one = versions[-1]
    return clause_words(corpus.instruments[one.instrument], in_language(one.pinpoint, lang) or one.id, lang)


def left_in_words(day: date, on: date, code: str, lang: str) -> str:
    """How much time is left, in working days where the calendar holds them; or how long it is over."""
    count = (day - on).days
    if count == 0:
        return fill("report.left-today", lang, "message", {})
    if count < 0:
        return _counted("over", -count, lang)
    working = _working_days(day, on, code)
    return _counted("left", count, lang) if working is None else _counted("left-working", working, lang)


def _counted(word: str, count: int, lang: str) -> str:
    number = "none" if count == 0 else "one" if count == 1 else "many"
    return fill(f"report.{word}-{number}", lang, "message", {"count": count})


def _working_days(day: date, on: date, code: str) -> int | None:
    """Working days after the one up to the other; None past the end of the calendar."""
    try:
        table = calendar(code, on)
    except CalendarError:
        return None
    working, untold = table.counted(on + timedelta(1), day)
    return None if untold else working


def calendar_in_words(code: str, lang: str) -> str:
    """By whose days it is counted: what the calendar is called; its code where there is none of that code."""
    try:
        named = in_language(calendar(code).title, lang)
    except CalendarError:
        named = code
    return fill("registry.calendar", lang, "message", {"calendar": named})


def notes_in_words(limit: Limit, lang: str) -> Iterator[str]:
    """What a reader must know of the last day: that the calendar is not published that far, say."""
    if limit.due is None:
        return
    fields = {"not_before": str(limit.due.earliest), "not_after": str(limit.due.latest), "calendar": limit.calendar}
    for code in limit.notes:
        if code in codes(lang):
            yield fill(code, lang, "message", fields)
