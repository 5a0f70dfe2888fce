"""Grading schemes: independent axes, each with a floor and a ceiling (language, section 10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from guiju.logic import Expr, Truth, evaluate
from guiju.norms.evaluation import Evaluation
from guiju.norms.model import Fold, Norm, Scheme
from guiju.norms.readings import Alternative, ReadGrade, read_grades
from guiju.norms.reasons import Needs, why
from guiju.norms.terms import Missing, Reason
from guiju.norms.timing import Timing, not_before_it_came, timing
from guiju.norms.world import Thing


@dataclass(frozen=True, slots=True)
class Grade:
    """What a scheme answers: between ``at_least`` and ``at_most``; ``thing`` decides it; ``timing`` of the norm that makes it."""

    scheme: Scheme
    at_least: str
    at_most: str
    thing: Thing
    timing: Timing | None
    because: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    readings: tuple[ReadGrade, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether floor and ceiling meet."""
        return self.at_least == self.at_most


def grades_of(evaluation: Evaluation, alternatives: Sequence[Alternative] = ()) -> list[Grade]:
    """One grade per scheme and system (or model, service ... whichever the scheme grades), with the readings that differ."""
    found = []
    for scheme in evaluation.program.corpus.schemes.values():
        for holder in _holders(evaluation, scheme):
            rows = _rows(scheme, holder)
            grade = _folded(evaluation, scheme, holder, rows)
            found.append(_with_readings(grade, alternatives, partial(_bounds, scheme=scheme, holder=holder, rows=rows)))
    return found


def row_grade(evaluation: Evaluation, scheme: Scheme, row: Thing, alternatives: Sequence[Alternative] = ()) -> Grade:
    """The grade of one row by itself."""
    assert scheme.rows is not None
    low, high = _range(evaluation, scheme, scheme.rows, row)
    grade = _grade(evaluation, scheme, low, high, row, scheme.rows)
    return _with_readings(grade, alternatives, partial(_range, scheme=scheme, fold=scheme.rows, thing=row))


def _with_readings(grade: Grade, alternatives: Sequence[Alternative], bounds: Callable[[Evaluation], tuple[str, str]]) -> Grade:
    readings = read_grades(alternatives, grade.at_least, grade.at_most, bounds)
    return replace(grade, readings=readings) if readings else grade


def _bounds(evaluation: Evaluation, scheme: Scheme, holder: Thing, rows: tuple[list[Thing], bool]) -> tuple[str, str]:
    """Floor and ceiling of a holder with its rows."""
    grade = _folded(evaluation, scheme, holder, rows)
    return grade.at_least, grade.at_most


def _holders(evaluation: Evaluation, scheme: Scheme) -> list[Thing]:
    if scheme.object is not None:
        return evaluation.world.of_kind(scheme.object.over)
    assert scheme.rows is not None
    relation = evaluation.vocabulary.declared[scheme.rows.over]
    return [thing for thing in evaluation.world.of_kind(relation.object) if thing is not _earlier(evaluation)]


def _earlier(evaluation: Evaluation) -> Thing | None:
    return next((thing.links["earlier"] for thing in evaluation.world.things if "earlier" in thing.links), None)


def _rows(scheme: Scheme, holder: Thing) -> tuple[list[Thing], bool]:
    if scheme.rows is None:
        return [], True
    return holder.rows.get(scheme.rows.over, []), scheme.rows.over in holder.closed


def _range(evaluation: Evaluation, scheme: Scheme, fold: Fold, thing: Thing) -> tuple[str, str]:
    """Floor and ceiling of one thing: the gravest grade that holds, the gravest that may hold."""
    low = high = scheme.order[0]
    for grade in scheme.order[1:]:
        for named, when in fold.when:
            if named != grade:
                continue
            truth = evaluate(when, evaluation.view(thing))
            if truth is Truth.TRUE:
                low = high = grade
            elif truth is Truth.UNKNOWN:
                high = grade
    return low, high


def _folded(evaluation: Evaluation, scheme: Scheme, holder: Thing, rows: tuple[list[Thing], bool]) -> Grade:
    """The worst of the rows and the object; open rows may hold anything graver."""
    rank = scheme.order.index
    candidates: list[tuple[str, str, Thing, Fold]] = []
    if scheme.object is not None:
        candidates.append((*_range(evaluation, scheme, scheme.object, holder), holder, scheme.object))
    if scheme.rows is not None:
        candidates += [(*_range(evaluation, scheme, scheme.rows, row), row, scheme.rows) for row in rows[0]]
    low = max((one[0] for one in candidates), key=rank, default=scheme.order[0])
    high = max((one[1] for one in candidates), key=rank, default=scheme.order[0])
    if not rows[1]:
        high = scheme.order[-1]
    deciding = next((one for one in candidates if one[0] == low and low != scheme.order[0]), None)
    deciding = deciding or next((one for one in candidates if one[1] == high), None)
    thing, fold = (deciding[2], deciding[3]) if deciding else (holder, scheme.object or scheme.rows)
    assert fold is not None
    grade = _grade(evaluation, scheme, low, high, thing, fold)
    each = [_grade(evaluation, scheme, one[0], one[1], one[2], one[3]) for one in candidates]
    missing = [need for one in each if rank(one.at_most) > rank(low) for need in one.missing]
    if not rows[1] and scheme.rows is not None and low != high:
        missing.append(Missing("fact", scheme.rows.over, holder))
    because = list(grade.because)
    if low == high == scheme.order[0]:
        rows_first = [*each[1:], *each[:1]] if scheme.object is not None else each
        because = [reason for one in rows_first for reason in one.because]
    return Grade(scheme, low, high, thing, grade.timing, tuple(dict.fromkeys(because)), tuple(dict.fromkeys(missing)))


def _grade(evaluation: Evaluation, scheme: Scheme, low: str, high: str, thing: Thing, fold: Fold) -> Grade:
    timed: Timing | None = None
    because: list[Reason] = []
    needs = Needs(evaluation)
    for named, when in fold.when:
        truth = evaluate(when, evaluation.view(thing))
        if truth is Truth.UNKNOWN and scheme.order.index(named) > scheme.order.index(low):
            needs.of_expr(when, thing, None)
        if (named == low and truth is Truth.TRUE) or (low == high == scheme.order[0] and truth is Truth.FALSE):
            because += [one for one in why(evaluation, when, thing, None) if one not in because]
        if named == low and truth is Truth.TRUE:
            timed = _timing(evaluation, when, thing) or timed
    return Grade(scheme, low, high, thing, timed, tuple(because), tuple(needs.items))


def _timing(evaluation: Evaluation, when: Expr, thing: Thing) -> Timing | None:
    """The status in time of a class: that of the status norm which makes the term, not before any norm it rests on came."""
    makers = list(_makers(evaluation, when, thing))
    if not makers:
        return None
    timed = timing(evaluation, *makers[0])
    start = timed.start
    for norm, _ in makers[1:]:
        start = start if start is None else not_before_it_came(evaluation, norm, start)
    return replace(timed, start=start)


def _makers(evaluation: Evaluation, when: Expr, thing: Thing) -> Iterator[tuple[Norm, Thing]]:
    for reason in why(evaluation, when, thing, None):
        if reason.norm and reason.thing is not None and reason.norm in evaluation.program.norms:
            yield evaluation.program.norms[reason.norm], reason.thing
