"""The bit program of the common form answers as the evaluator does, on the whole corpus and worlds made at random."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest

from guiju.calendars import NEVER, DateRange, Duration
from guiju.logic import (
    BoolType,
    DateType,
    DurationType,
    EnumType,
    Given,
    Interval,
    NumberType,
    OneOf,
    SetOf,
    SetType,
    Truth,
    Value,
)
from guiju.norms import Corpus, CorpusError, Declared, FlatProgram, Program, Thing, World, answer, builtin

DAYS = (date(2026, 7, 1), date(2026, 11, 21), date(2028, 1, 10))


def common_form(corpus: Corpus) -> World:
    """One system, purpose, party, model, service and product, every list closed on one row."""
    world = World(corpus.vocabulary, Thing("system", "s"))
    system = world.add(world.root)
    model, service, product, activity = (world.add(Thing(kind, kind)) for kind in ("model", "service", "product", "activity"))
    purpose, party = world.add(Thing("purpose", "p")), world.add(Thing("party", "org:a"))
    links = (
        (system, "model", model),
        (system, "service", service),
        (service, "offers", system),
        (service, "product", product),
        (product, "as_service", service),
        (purpose, "system", system),
        (party, "of_system", system),
    )
    for thing, relation, other in links:
        world.link(thing, relation, other)
    system.closed |= {"purposes", "parties"}
    assert activity.kind == "activity"
    standard = Thing("standard", "cn/gbt-45654-2025")
    world.link(world.add(standard), "of_product", product)
    product.closed.add("declared_standards")
    return world


def value_of(declared: Declared, dice: random.Random) -> Value | None:
    """Something known of a name: settled, in part, or nothing."""
    if dice.random() < 0.2:
        return None
    match declared.type:
        case BoolType():
            return Truth.of(dice.random() < 0.5)
        case EnumType(members):
            return OneOf(frozenset(dice.sample(members, dice.choice((1, 1, 1, 2)))))
        case SetType(members):
            has = frozenset(one for one in members if dice.random() < 0.5)
            return SetOf(has, closed=dice.random() < 0.7)
        case NumberType():
            low = Decimal(dice.choice((0, 100, 300, 60_000_000, 10**26)))
            return Interval(low, low if dice.random() < 0.7 else None)
        case DurationType():
            return Duration(months=dice.choice((1, 6, 36)))
        case DateType():
            day = date(dice.choice((2025, 2026, 2027)), dice.randint(1, 12), 1)
            return DateRange(day, day if dice.random() < 0.8 else NEVER)
    raise AssertionError(declared.type)


def filled(corpus: Corpus, seed: int) -> World:
    world, dice = common_form(corpus), random.Random(seed)  # a world made at random, nothing secret
    by_kind = {thing.kind: thing for thing in world.things}
    for declared in corpus.vocabulary.entries():
        holder = by_kind.get("party" if declared.object == "organisation" else declared.object)
        if holder is not None and declared.kind not in ("term", "relation"):
            value = value_of(declared, dice)
            if value is not None:
                holder.given[declared.name] = Given(value)
    return world


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_the_bit_program_agrees_with_the_evaluator(on: date) -> None:
    corpus = builtin()
    program = Program(corpus, on)
    flat = FlatProgram(program)
    seen = set()
    for seed in range(90):
        world = filled(corpus, seed)
        assert flat.fits(world)
        true, false = flat.run(flat.values(world))
        rows = answer(program, world)
        scopes = {row.norm.id: rows.evaluation.in_scope(row.norm, row.thing, row.party) for row in rows.rows}
        for place, norm in enumerate(flat.norms):
            bit = Truth.TRUE if true >> place & 1 else Truth.FALSE if false >> place & 1 else Truth.UNKNOWN
            assert scopes[norm.id] is bit, (norm.id, seed)
            seen.add((norm.id, bit))
    assert len({norm for norm, bit in seen if bit is Truth.TRUE}) > len(flat.norms) / 2


def test_a_subject_that_is_not_in_the_common_form_is_refused() -> None:
    corpus = builtin()
    flat = FlatProgram(Program(corpus, DAYS[1]))
    world = filled(corpus, 1)
    world.root.closed.discard("parties")
    assert not flat.fits(world)
    with pytest.raises(CorpusError) as caught:
        flat.values(world)
    assert caught.value.code == "corpus.not-the-common-form"
    assert "one system" in caught.value.hint("en")
    assert "一个系统" in caught.value.hint("zh")
