"""Explanations are sound (nothing else was needed), smallest, and complete (nothing else could matter)."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies.logic import World, conditions, narrowed, vocabularies, worlds

from guiju.calendars import Duration
from guiju.logic import OneOf, Rows, Truth, decided_by, evaluate, open_leaves, parse, show

YES, NO = Truth.TRUE, Truth.FALSE


def keeping(world, kept):
    """A world that has forgotten everything but some facts; rows stay, but are open."""
    return World(
        {name: value for name, value in world.values.items() if (id(world), name) in kept},
        {
            relation: Rows([keeping(row, kept) for row in rows.items], rows.closed and (id(world), relation) in kept)
            for relation, rows in world.relations.items()
        },
        {provision: day for provision, day in world.days.items() if (id(world), f'date_of("{provision}")') in kept},
        {key: truth for key, truth in world.norms.items() if (id(world), f'{key[0]}("{key[1]}")') in kept},
    )


def facts_of(leaves):
    return {(id(leaf.env), leaf.path) for leaf in leaves}


def all_facts(world):
    """Every fact of a world that is known at all."""
    found = {(id(world), name) for name, value in world.values.items() if value is not None}
    for relation, rows in world.relations.items():
        found |= {(id(world), relation)} if rows.closed else set()
        for row in rows.items:
            found |= all_facts(row)
    found |= {(id(world), f'date_of("{provision}")') for provision, day in world.days.items() if day is not None}
    return found | {(id(world), f'{question}("{norm}")') for (question, norm), truth in world.norms.items() if truth.settled}


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_the_deciding_facts_alone_give_the_same_truth(data):
    vocabulary = data.draw(vocabularies())
    expr = data.draw(conditions(vocabulary))
    world = data.draw(worlds(vocabulary))
    support = decided_by(expr, world)
    assert support.truth is evaluate(expr, world)
    if support.truth.settled:
        assert evaluate(expr, keeping(world, facts_of(support.leaves))) is support.truth
    else:
        assert support.leaves == ()


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_fewer_facts_would_do(data):
    vocabulary = data.draw(vocabularies())
    expr = data.draw(conditions(vocabulary, depth=2))
    world = data.draw(worlds(vocabulary))
    support = decided_by(expr, world)
    if not support.truth.settled:
        return
    fewest = len(facts_of(support.leaves))
    mentioned = sorted(fact for fact in all_facts(world) if mentions(expr, fact, world))
    for size in range(min(fewest, 4)):
        for kept in combinations(mentioned, size):
            assert evaluate(expr, keeping(world, set(kept))) is not support.truth


def mentions(expr, fact, world):
    """Whether a fact may matter to a condition at all: its path stands in it."""
    return fact[1] in show(expr)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_an_unknown_condition_hangs_on_its_open_leaves_and_on_nothing_else(data):
    vocabulary = data.draw(vocabularies())
    expr = data.draw(conditions(vocabulary))
    world = data.draw(worlds(vocabulary))
    leaves = open_leaves(expr, world)
    assert bool(leaves) is not evaluate(expr, world).settled
    if leaves:
        everything_else = data.draw(narrowed(vocabulary, world, frozenset(facts_of(leaves))))
        assert evaluate(expr, everything_else) is Truth.UNKNOWN


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_order_is_always_the_same(data):
    vocabulary = data.draw(vocabularies())
    expr = data.draw(conditions(vocabulary))
    world = data.draw(worlds(vocabulary))
    assert decided_by(expr, world) == decided_by(expr, world)
    assert open_leaves(expr, world) == open_leaves(expr, world)


def told(leaves):
    return [(leaf.path, show(leaf.expr)) for leaf in leaves]


def test_one_false_part_decides_an_and():
    world = World({"a": YES, "b": NO, "c": NO, "d": NO})
    assert told(decided_by(parse("a && (b || c) && d"), world).leaves) == [("d", "d")]


def test_an_overlap_is_counted_once():
    world = World({"a": YES, "b": YES})
    assert told(decided_by(parse("(b || a) && a"), world).leaves) == [("a", "a")]


def test_the_atom_is_told_with_the_name():
    world = World({"domain": OneOf.just("credit"), "a": NO})
    leaves = decided_by(parse('domain in ["credit", "health"] && !a'), world).leaves
    assert told(leaves) == [("domain", 'domain in ["credit", "health"]'), ("a", "a")]
    assert all(leaf.env is world for leaf in leaves)


def test_rows_and_their_being_all():
    first, second = World({"a": NO}), World({"a": NO})
    world = World({}, {"purposes": Rows([first, second], True)})
    leaves = decided_by(parse("some(purposes, a)"), world).leaves
    assert [(leaf.env, leaf.path) for leaf in leaves] == [(first, "a"), (second, "a"), (world, "purposes")]
    first.values["a"] = YES
    assert [(leaf.env, leaf.path) for leaf in decided_by(parse("some(purposes, a)"), world).leaves] == [(first, "a")]


def test_an_open_list_is_an_open_leaf():
    world = World({"b": YES}, {"purposes": Rows([World({"a": NO})], False)})
    assert told(open_leaves(parse("b && some(purposes, a) && c"), world)) == [("purposes", "some(purposes, a)"), ("c", "c")]


def test_only_the_unsettled_side_of_a_comparison_is_open():
    world = World({"a": Duration(months=6)})
    assert told(open_leaves(parse("a >= b"), world)) == [("b", "a >= b")]
    assert told(open_leaves(parse('d < date_of("p")'), world)) == [
        ("d", 'd < date_of("p")'),
        ('date_of("p")', 'd < date_of("p")'),
    ]


def test_settled_values_that_settle_nothing_are_told():
    world = World({"log_retention": Duration(hours=24 * 182)})
    assert told(open_leaves(parse("log_retention >= months(6)"), world)) == [("log_retention", "log_retention >= months(6)")]
