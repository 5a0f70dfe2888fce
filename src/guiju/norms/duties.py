"""Is a duty met, on what basis, in time? See language, sections 4-6 and 9.

Done late is not met, breached and fulfilled; while the clock runs it is neither met nor breached until it is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from guiju.logic import Expr, Given, Name, Quantified, Rows, Truth, Value, children, evaluate
from guiju.norms.bearers import DoneBy, done_by_others, others
from guiju.norms.clocks import ClockReading, read_clock_of
from guiju.norms.model import Norm
from guiju.norms.terms import Terms
from guiju.norms.timing import reached, timing
from guiju.norms.views import View
from guiju.norms.world import Thing

_SUPPORT = ("evidenced", "judged", "declared")

NEVER_BREACHED = ("permission", "encouragement", "best_efforts")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a "met" rests on: declared, evidenced by what, judged by whom; ``performed_by``: the other bearers who did it."""

    kind: str
    detail: str | None = None
    by: str | None = None
    performed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Met:
    """``met`` is None for what has no such question (a permission); ``contents`` are owed after attenuating exceptions."""

    met: Truth | None
    fulfilled: Truth
    breached: Truth
    basis: Basis | None
    clock: ClockReading | None
    contents: tuple[Expr, ...]


class AsOf(View):
    """A view of what had been done by a day: an act with a later day is not done yet, one without a day is only known now."""

    __slots__ = ("day",)

    def __init__(self, view: View, day: date) -> None:
        super().__init__(view.evaluation, view.thing, view.party)
        self.day = day

    def value(self, path: str) -> Value | None:
        """What was so by the day."""
        value = super().value(path)
        thing, declared = self.target(path)
        if thing is None or declared.kind != "measure" or value is None or value is Truth.FALSE:
            return value
        done = thing.given[declared.name].done
        if done is None:
            return value if self.day >= self.evaluation.program.on else None
        by_then = reached(self.day, done)
        if by_then is Truth.TRUE:
            return value
        return Truth.FALSE if by_then is Truth.FALSE and value is Truth.TRUE else None

    def rows(self, relation: str) -> Rows:
        """The rows, each seen by the day."""
        rows = super().rows(relation)
        return Rows([AsOf(row, self.day) for row in rows.items if isinstance(row, View)], rows.closed)


def requirements(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None) -> list[Expr]:
    """The contents that may be owed: the first milder one whose exception holds, and each before it that is open."""
    view = evaluation.view(thing, party)
    found: list[Expr] = []
    for one in norm.unless:
        if one.replace_require is None:
            continue
        holds = evaluation.exempt(one, view)
        if holds is not Truth.FALSE:
            found.append(one.replace_require)
        if holds is Truth.TRUE:
            return found
    return [evaluation.required(norm), *found]


def done_of(evaluation: Terms, contents: Iterable[Expr], thing: Thing, party: Thing | None, day: date) -> Truth:
    """Whether what is owed had been done by a day, whichever of the contents is owed."""
    view = evaluation.view(thing, party)
    truths = {evaluate(expr, AsOf(view, day)) for expr in contents}
    return truths.pop() if len(truths) == 1 else Truth.UNKNOWN


def met_of(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None) -> Met:
    """Whether what the norm asks is so on the day, and how its clock stands."""
    key = (norm.id, id(thing), id(party))
    return evaluation.once(evaluation.duties, key, lambda: _met(evaluation, norm, thing, party))


def _met(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None) -> Met:
    contents = requirements(evaluation, norm, thing, party)
    clock_of_norm = evaluation.clock_of(norm)

    def done(one: Thing, other: Thing | None, day: date) -> Truth:
        return done_of(evaluation, contents, one, other, day)

    def by(day: date) -> Truth:
        own = done(thing, party, day)
        return own if own is Truth.TRUE else own | done_by_others(evaluation, norm, thing, party, contents, done, day)

    fulfilled = by(evaluation.program.on)
    basis = _basis_of(evaluation, norm, thing, party, contents, done) if fulfilled.settled else None
    if norm.modality in NEVER_BREACHED:
        met = None if norm.modality == "permission" else fulfilled
        return Met(met, fulfilled, Truth.FALSE, basis, None, tuple(contents))
    if clock_of_norm is None:
        return Met(fulfilled, fulfilled, ~fulfilled, basis, None, tuple(contents))
    clock = read_clock_of(evaluation, norm, clock_of_norm, thing, party, by)
    met, breached = _by_clock(clock, fulfilled, clock_of_norm.kind)
    return Met(met, fulfilled, breached, basis, clock, tuple(contents))


def _by_clock(clock: ClockReading, fulfilled: Truth, kind: str) -> tuple[Truth, Truth]:
    if kind in ("retention", "standstill"):
        if clock.state == "not-started":
            return (Truth.TRUE if fulfilled is Truth.TRUE else Truth.UNKNOWN), Truth.FALSE
        if clock.state == "unknown" and fulfilled is Truth.FALSE:  # it may not have started
            return Truth.UNKNOWN, Truth.UNKNOWN
        return fulfilled, ~fulfilled
    if kind == "yearly" and clock.state == "running":  # an act of another year, or of none that is named, is not this year's
        return Truth.UNKNOWN, Truth.FALSE
    match clock.state:
        case "done":
            return Truth.TRUE, Truth.FALSE
        case "done-late":
            return Truth.FALSE, Truth.TRUE
        case "overdue":
            return Truth.FALSE, Truth.TRUE
        case "past-usual":
            return Truth.UNKNOWN, Truth.UNKNOWN
        case "running" | "not-started":
            return (Truth.TRUE if fulfilled is Truth.TRUE else Truth.UNKNOWN), Truth.FALSE
        case _:
            return Truth.UNKNOWN, Truth.UNKNOWN


def _given_of(expr: Expr, view: View) -> Iterator[tuple[str, Given]]:
    """What the dossier says for each name in a content, read where the content reads it (rows of quantifiers included)."""
    match expr:
        case Name(path):
            thing, declared = view.target(path)
            if thing is not None and declared.name in thing.given:
                yield declared.kind, thing.given[declared.name]
        case Quantified(_, relation, body):
            for row in view.rows(relation).items:
                assert isinstance(row, View)
                yield from _given_of(body, row)
        case _:
            for child in children(expr):
                yield from _given_of(child, view)


def _basis_of(
    evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None, contents: list[Expr], done: DoneBy
) -> Basis | None:
    """What the answer rests on: one's own doing, or that of the others who did it for all, the best supported first."""
    own = _basis([one for expr in contents for one in _given_of(expr, evaluation.view(thing, party))])
    on = evaluation.program.on
    if done(thing, party, on) is Truth.TRUE:
        return own
    by_others = [
        (_basis([given for expr in contents for given in _given_of(expr, evaluation.view(one, other))]), other.id)
        for one, other in others(evaluation, norm, thing, party)
        if done(one, other, on) is Truth.TRUE and evaluation.in_scope(norm, one, other) is Truth.TRUE
    ]
    if not by_others:
        return own
    best = min((one for one, _ in by_others if one), key=lambda one: _SUPPORT.index(one.kind), default=Basis("declared"))
    return replace(best, performed_by=tuple(sorted(name for _, name in by_others)))


def _basis(given: list[tuple[str, Given]]) -> Basis | None:
    """The weakest support: what is only declared, before what a person judged, before what evidence shows."""
    stated = [(kind, one) for kind, one in given if kind in ("measure", "judgement", "position", "fact")]
    if not stated:
        return None
    for kind, one in stated:
        if kind != "judgement" and not one.evidence:
            return Basis("declared", by=one.by)
    for kind, one in stated:
        if kind == "judgement":
            return Basis("judged", by=one.by)
    return Basis("evidenced", stated[0][1].evidence)


def state_of(evaluation: Terms, question: str, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
    """``applies``, ``fulfilled`` or ``breached`` of a duty, as conditions of other norms ask it."""
    if question == "fulfilled":
        return met_of(evaluation, norm, thing, party).fulfilled
    timed = timing(evaluation, norm, thing, party)
    stands = Truth.TRUE if timed.status == "applies" else Truth.of(None if timed.status == "unknown" else False)
    applies = evaluation.in_scope(norm, thing, party) & stands
    if question == "applies":
        return applies
    return applies & met_of(evaluation, norm, thing, party).breached
