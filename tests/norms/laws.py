"""What must hold of every answer, as plain checks that a property test can run and a seeded fault must break."""

from __future__ import annotations

from collections.abc import Iterator

from tests.strategies.worlds import Pair

from guiju.calendars import DateRange
from guiju.logic import OneOf, Truth, Value
from guiju.norms import Evaluation, FineRange, Grade, Results, Row, Thing, answer, grades_of

RowKey = tuple[str, int, int]


def settled_stays(before: Truth | None, after: Truth | None, what: object) -> None:
    """A settled truth does not change."""
    if before is not None and before.settled:
        assert after is before, f"{what}: {before} became {after}"


def inside(before: DateRange | None, after: DateRange | None, what: object) -> None:
    """What is known of a day only narrows."""
    if before is not None and after is not None:
        assert before.earliest <= after.earliest, f"{what}: {before} became {after}"
        assert after.latest <= before.latest, f"{what}: {before} became {after}"


def law_of_information(pair: Pair) -> None:
    """Every answer that is settled in a world is the same in a world that says more; what is a range narrows."""
    less, more = answer(pair.program, pair.less), answer(pair.program, pair.more)
    terms_stay(less.evaluation, more.evaluation, pair)
    after = {_key(row): row for row in more.rows}
    for row in less.rows:
        for twin in _twins(row, pair, after):
            row_stays(row, twin)
    grades_stay(less, more, pair)


def _key(row: Row) -> RowKey:
    return row.norm.id, id(row.thing), id(row.party)


def _twins(row: Row, pair: Pair, after: dict[RowKey, Row]) -> Iterator[Row]:
    parties: list[Thing | None] = [None] if row.party is None else list(pair.same[id(row.party)])
    for thing in pair.same[id(row.thing)]:
        for party in [thing] if row.party is row.thing else parties:
            yield after[row.norm.id, id(thing), id(party)]


def row_stays(row: Row, twin: Row) -> None:
    """Scope, status, days, met, force and fines of one norm for one thing and party."""
    what = f"{row.norm.id} of {row.thing!r} for {row.party!r} on {row.evaluation.program.on}"
    settled_stays(row.in_scope, twin.in_scope, f"{what}: scope {twin.readings}")
    status_stays(row, twin, what)
    met_stays(row, twin, what)
    if row.force.force != "unknown":
        assert twin.force.force == row.force.force, f"{what}: force {row.force} became {twin.force}"
    fines_stay(row, twin, what)


def status_stays(row: Row, twin: Row, what: str) -> None:
    if row.timing.status == "unknown":
        return
    assert twin.timing.status == row.timing.status, f"{what}: {row.timing} became {twin.timing}"
    assert twin.timing.enforced == row.timing.enforced, what
    inside(row.timing.start, twin.timing.start, f"{what}: from")
    inside(row.timing.end, twin.timing.end, f"{what}: until")


def met_stays(row: Row, twin: Row, what: str) -> None:
    if row.met is None:
        return
    assert twin.met is not None
    if row.met.clock and twin.met.clock:
        inside(row.met.clock.due, twin.met.clock.due, f"{what}: due")
    settled_stays(row.met.met, twin.met.met, f"{what}: met {row.met.clock} {twin.met.clock}")
    settled_stays(row.met.fulfilled, twin.met.fulfilled, f"{what}: fulfilled")
    settled_stays(row.met.breached, twin.met.breached, f"{what}: breached {row.met.clock} {twin.met.clock}")


def fines_stay(row: Row, twin: Row, what: str) -> None:
    """Tiers that hold go on holding, tiers that do not stay away, and every range narrows."""
    for before, after in zip(row.sanctions, twin.sanctions, strict=True):
        assert before.norm is after.norm
        held = {id(tier.tier): tier for tier in before.tiers}
        kept = {id(tier.tier): tier for tier in after.tiers}
        assert kept.keys() <= held.keys(), f"{what}: a tier came back"
        for key, tier in held.items():
            if tier.holds is Truth.TRUE:
                assert key in kept, f"{what}: a tier went away"
            if key in kept:
                settled_stays(tier.holds, kept[key].holds, f"{what}: tier")
                fine_narrows(tier.fine, kept[key].fine, what)
                fine_narrows(tier.person_fine, kept[key].person_fine, what)


def fine_narrows(before: FineRange | None, after: FineRange | None, what: str) -> None:
    assert (before is None) is (after is None), what
    if before is None or after is None:
        return
    assert (before.currency, before.low, before.per) == (after.currency, after.low, after.per)
    assert before.up_to <= after.up_to, f"{what}: {before} became {after}"
    if before.at_most is not None:
        assert after.at_most is not None, f"{what}: {before} became {after}"
        assert after.at_most <= before.at_most, f"{what}: {before} became {after}"


def terms_stay(less: Evaluation, more: Evaluation, pair: Pair) -> None:
    """The possible values of every term only become fewer."""
    for declared in less.vocabulary.entries():
        if declared.kind != "term":
            continue
        for thing in pair.less.of_kind(declared.object):
            for twin in pair.same[id(thing)]:
                term_narrows(less.term(declared, thing), more.term(declared, twin), f"{declared.name} of {thing!r}")


def term_narrows(before: Value | None, after: Value | None, what: str) -> None:
    if before is None or before is Truth.UNKNOWN:
        return
    if isinstance(before, OneOf):
        assert isinstance(after, OneOf), what
        assert after.members, f"{what}: nothing is possible"
        assert after.members <= before.members, f"{what}: {before} became {after}"
        return
    assert after is before, f"{what}: {before} became {after}"


def grades_stay(less: Results, more: Results, pair: Pair) -> None:
    """A floor never falls, a ceiling never rises."""
    after: dict[tuple[str, int], Grade] = {(one.scheme.id, id(holder)): one for holder, one in _held(more)}
    for holder, grade in _held(less):
        for twin in pair.same[id(holder)]:
            now, rank = after[grade.scheme.id, id(twin)], grade.scheme.order.index
            assert rank(grade.at_least) <= rank(now.at_least), f"{grade.scheme.id}: {grade} became {now}"
            assert rank(now.at_most) <= rank(grade.at_most), f"{grade.scheme.id}: {grade} became {now}"


def _held(results: Results) -> Iterator[tuple[Thing, Grade]]:
    """Each grade with the thing that holds it (a grade itself names the row that decides it)."""
    grades = iter(grades_of(results.evaluation))
    for scheme in results.program.corpus.schemes.values():
        kind = scheme.object.over if scheme.object else results.program.vocabulary.declared[scheme.rows.over].object  # type: ignore[union-attr]
        for holder in results.world.of_kind(kind):
            grade = next(grades)
            assert grade.scheme is scheme
            yield holder, grade
