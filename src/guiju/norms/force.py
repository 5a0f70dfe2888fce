"""Binding force of a norm for one thing, one bearer, one day, with the path that gives it (language, section 7).

Hard by its instrument; hardened when a legal act that itself binds makes a soft text binding (a least fixed point: two soft
texts that point at each other harden nothing); expected where an authority uses it as its yardstick; else soft.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guiju.logic import Truth, all_of, any_of, evaluate
from guiju.norms.evaluation import Evaluation
from guiju.norms.model import Bind, Norm
from guiju.norms.timing import timing
from guiju.norms.world import Thing

Force = Literal["hard", "hardened", "expected", "soft", "unknown"]

SOFT_MODALITIES = ("encouragement", "best_efforts")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: by which norm, and how (binds by itself, required, declared, contract, practice)."""

    how: str
    by: str
    source: str | None = None
    checked: str | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """A force and the path that gives it."""

    force: Force
    path: tuple[Step, ...]


def force_of(
    evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing | None, above: frozenset[str] = frozenset()
) -> Binding:
    """The force of a norm; ``above`` are the norms whose force is being worked out (they lend none to themselves)."""
    corpus = evaluation.program.corpus
    kind = corpus.kind_of(norm)
    if norm.modality in SOFT_MODALITIES:
        return Binding("soft", (Step("asks", norm.instrument),))
    if kind.hard:
        return Binding("hard", (Step("instrument", norm.instrument, kind.id),))
    hardened, steps = _hardened(evaluation, norm, thing, party, above | {norm.id})
    if hardened is Truth.TRUE:
        return Binding("hardened", steps)
    expected, practice = _expected(evaluation, norm, thing, party)
    if hardened is Truth.UNKNOWN:
        return Binding("unknown", steps)
    if expected is Truth.TRUE:
        return Binding("expected", practice)
    return Binding("unknown" if expected is Truth.UNKNOWN else "soft", practice if expected is Truth.UNKNOWN else ())


def _hardened(
    evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing | None, above: frozenset[str]
) -> tuple[Truth, tuple[Step, ...]]:
    best, path = Truth.FALSE, tuple[Step, ...]()
    for other, bind in evaluation.program.binders:
        if other.id in above:
            continue
        holds = any_of(_bound(evaluation, norm, other, bind, one, party) for one in evaluation.world.reach(thing, other.about))
        if holds is Truth.FALSE:
            continue
        source = force_of(evaluation, other, thing, party, above)
        holds = holds & Truth.of(True if source.force in ("hard", "hardened") else None if source.force == "unknown" else False)
        if holds is Truth.TRUE:
            return holds, (Step(bind.basis, other.id), *source.path)
        if holds is Truth.UNKNOWN:
            best, path = holds, (Step(bind.basis, other.id),)
    return best, path


def _bound(evaluation: Evaluation, norm: Norm, other: Norm, bind: Bind, one: Thing, party: Thing | None) -> Truth:
    named = _names(evaluation, norm, bind, one)
    if named is Truth.FALSE:
        return named
    return all_of((named, _applies(evaluation, other, one, party), evaluate(bind.when, evaluation.view(one, party))))


def _names(evaluation: Evaluation, norm: Norm, bind: Bind, one: Thing) -> Truth:
    """Whether a bind's targets stand for the norm: an id, or an edition among the rows of a relation."""
    covers = evaluation.program.corpus.contents.covers
    found = []
    for target in bind.to:
        if "/" in target:
            found.append(Truth.of(covers(target, norm.id)))
            continue
        rows = one.rows.get(target, [])
        listed = any(covers(row.id, norm.id) for row in rows)
        found.append(Truth.of(True if listed else False if target in one.closed else None))
    return any_of(found)


def _applies(evaluation: Evaluation, other: Norm, one: Thing, party: Thing | None) -> Truth:
    timed = timing(evaluation, other, one, party)
    stands = Truth.TRUE if timed.status == "applies" else Truth.of(None if timed.status == "unknown" else False)
    return stands & evaluation.in_scope(other, one, party)


def _expected(evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing | None) -> tuple[Truth, tuple[Step, ...]]:
    best, path = Truth.FALSE, tuple[Step, ...]()
    for other in evaluation.program.yardsticks.get(norm.id, ()):
        covers = evaluation.program.corpus.contents.covers
        practice = next(one for one in other.in_practice if covers(one.yardstick, norm.id))
        step = Step("practice", other.id, practice.source, practice.checked)
        holds = any_of(_applies(evaluation, other, one, party) for one in evaluation.world.reach(thing, other.about))
        if holds is Truth.TRUE:
            return holds, (step,)
        if holds is Truth.UNKNOWN:
            best, path = holds, (step,)
    return best, path
