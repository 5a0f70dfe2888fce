"""What attributed readings would change: each answer beside the one the text gives (language, section 5).

A reading is another condition, content or clock for one norm. It binds nobody; where it would change a row or a grade, the
row or grade says so with the outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from guiju.logic import Truth
from guiju.norms.clocks import ClockReading
from guiju.norms.duties import Met, met_of
from guiju.norms.evaluation import Evaluation
from guiju.norms.model import Norm, Reading
from guiju.norms.terms import Mode
from guiju.norms.timing import Status, Timing, timing
from guiju.norms.world import Thing

Alternative = tuple[Reading, Norm, Evaluation]
"""A reading, its norm, and the world read that way."""

Places = Callable[[Norm, Thing], Sequence[Thing | None]]
"""The parties that a norm is answered for."""


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """How a row would be answered under a reading; ``clock`` only of the norm that is read otherwise."""

    id: str
    by: str
    in_scope: Truth
    met: Truth | None = None
    source: str | None = None
    status: Status | None = None
    clock: ClockReading | None = None


@dataclass(frozen=True, slots=True)
class ReadGrade:
    """How a scheme would grade under a reading."""

    id: str
    by: str
    source: str | None
    at_least: str
    at_most: str


def alternatives_in(evaluation: Evaluation, parties: Places) -> list[Alternative]:
    """Readings that answer differently somewhere in this world, each with the world read that way."""
    found = []
    for norm in evaluation.program.norms.values():
        for reading in norm.readings:
            other = evaluation.in_mode(Mode(reading, norm.id))
            things = evaluation.world.of_kind(norm.about)
            places = [(thing, party) for thing in things for party in parties(norm, thing) or [None]]
            if any(_differs(evaluation, other, norm, thing, party) for thing, party in places):
                found.append((reading, norm, other))
    return found


def _differs(evaluation: Evaluation, other: Evaluation, norm: Norm, thing: Thing, party: Thing | None) -> bool:
    if other.content(norm, thing, party) is not evaluation.content(norm, thing, party):
        return True
    return norm.kind == "duty" and not _same(met_of(other, norm, thing, party), met_of(evaluation, norm, thing, party))


def _same(one: Met, other: Met) -> bool:
    return (one.met, one.breached, _clock(one)) == (other.met, other.breached, _clock(other))


def _clock(met: Met) -> tuple[object, ...]:
    return (met.clock.state, met.clock.due) if met.clock else ()


def read_answers(
    alternatives: Iterable[Alternative], evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing | None, timed: Timing
) -> list[ReadAnswer]:
    """The readings under which a row would be answered differently, each with its answer."""
    found = []
    for reading, of_norm, other in alternatives:
        if other.as_in_text(norm.id) and of_norm not in other.program.delayers.get(norm.id, ()):
            continue
        scope, status = other.in_scope(norm, thing, party), _status(other, norm, of_norm, thing, party, timed)
        met = met_of(other, norm, thing, party) if norm is of_norm and norm.kind == "duty" else None
        same_met = met is None or _same(met, met_of(evaluation, norm, thing, party))
        if same_met and status == timed.status and scope is evaluation.in_scope(norm, thing, party):
            continue
        name = f"{of_norm.id}!{reading.id}"
        found.append(
            ReadAnswer(name, reading.by, scope, met.met if met else None, reading.source, status, met.clock if met else None)
        )
    return found


def _status(other: Evaluation, norm: Norm, of_norm: Norm, thing: Thing, party: Thing | None, timed: Timing) -> Status:
    """The status under a reading: another one only where the norm that is read otherwise puts this one off."""
    if of_norm not in other.program.delayers.get(norm.id, ()):
        return timed.status
    return timing(other, norm, thing, party).status


def read_grades(
    alternatives: Iterable[Alternative], low: str, high: str, grade: Callable[[Evaluation], tuple[str, str]]
) -> tuple[ReadGrade, ...]:
    """The readings under which a floor or a ceiling would be another, each with both."""
    found = []
    for reading, of_norm, other in alternatives:
        bounds = grade(other)
        if bounds != (low, high):
            found.append(ReadGrade(f"{of_norm.id}!{reading.id}", reading.by, reading.source, *bounds))
    return tuple(found)
