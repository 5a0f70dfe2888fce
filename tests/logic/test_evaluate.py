"""Three-valued evaluation: single cases, and the law of information (docs/language.md, section 4)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies.logic import World, conditions, narrowed, vocabularies, worlds

from guiju.calendars import NEVER, DateRange, Duration
from guiju.logic import UNSETTLED, Interval, OneOf, Rows, SetOf, Truth, evaluate, negation, parse, residual, walk
from guiju.logic.syntax import And, Literal, Not, Or

YES, NO, OPEN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def one_of(*members):
    return OneOf(frozenset(members))


def number(low, high="same"):
    low = None if low is None else Decimal(low)
    return Interval(low, low if high == "same" else None if high is None else Decimal(high))


def days(earliest, latest=None):
    first = date.fromisoformat(earliest)
    return DateRange(first, NEVER if latest == "never" else date.fromisoformat(latest or earliest))


@pytest.mark.parametrize(
    ("written", "values", "truth"),
    [
        ("a && b", {"a": NO}, NO),
        ("a && b", {"a": YES}, OPEN),
        ("a || b", {"a": YES}, YES),
        ("a || !a", {}, OPEN),
        ('a == "x"', {"a": one_of("x")}, YES),
        ('a == "x"', {"a": one_of("x", "y")}, OPEN),
        ('a == "x"', {"a": one_of("y", "z")}, NO),
        ('a != "x"', {"a": one_of("y", "z")}, YES),
        ('a in ["x", "y"]', {"a": one_of("x", "y")}, YES),
        ('a == "x"', {"a": one_of(UNSETTLED)}, OPEN),
        ('a == "x"', {"a": one_of("y", UNSETTLED)}, OPEN),
        ('"x" in a', {"a": SetOf(has=frozenset("x"))}, YES),
        ('"x" in a', {"a": SetOf(has=frozenset("y"))}, OPEN),
        ('"x" in a', {"a": SetOf(has=frozenset("y"), closed=True)}, NO),
        ('"x" in a', {"a": SetOf(lacks=frozenset("x"))}, NO),
        ("a >= 1e25", {"a": number("1e25", None)}, YES),
        ("a > 1e25", {"a": number("1e25", None)}, OPEN),
        ("a < 1e25", {"a": number("1e25", None)}, NO),
        ("a == 0.3", {"a": number("0.3")}, YES),
        ("3 * a >= 2 * b", {"a": number(4), "b": number(6)}, YES),
        ("3 * a >= 2 * b", {"a": number(4, 5), "b": number(6, 7)}, OPEN),
        ("a - b > 0", {"a": number(4, 5), "b": number(1, 3)}, YES),
        ("a - 1e30 + 1e30 == 1", {"a": number(1)}, YES),
        ("a >= months(6)", {"a": Duration(hours=24 * 184)}, YES),
        ("a >= months(6)", {"a": Duration(hours=24 * 182)}, OPEN),
        ("a >= months(6)", {"a": Duration(hours=24 * 180)}, NO),
        ("a >= months(6)", {"a": Duration(months=6)}, YES),
        ('a < date("2026-08-02")', {"a": days("2026-08-01")}, YES),
        ('a < date("2026-08-02")', {"a": days("2026-08-01", "2026-08-31")}, OPEN),
        ('a < date("2026-08-02")', {"a": days("2026-11-02", "never")}, NO),
        ('a == date("2026-08-02")', {"a": days("2026-08-02")}, YES),
        ('a == date("2026-08-02")', {"a": days("2026-08-01", "2026-08-31")}, OPEN),
        ('a + months(1) <= date("2026-02-28")', {"a": days("2026-01-31")}, YES),
        ('a - days(1) < date("2026-08-02")', {"a": DateRange(NEVER, NEVER)}, NO),
        ('a + years(1000) > date("2026-08-02")', {"a": days("9999-12-31")}, YES),
        ('a < date_of("p")', {"a": days("2026-08-01")}, OPEN),
        ('applies("n")', {}, OPEN),
        ("true && !(false)", {}, YES),
    ],
)
def test_single_cases(written, values, truth):
    assert evaluate(parse(written), World(values)) is truth
    assert evaluate(negation(parse(written)), World(values)) is ~truth


@pytest.mark.parametrize(
    ("rows", "closed", "some", "every"),
    [
        ([], False, OPEN, OPEN),
        ([], True, NO, YES),
        ([YES], False, YES, OPEN),
        ([NO], False, OPEN, NO),
        ([YES, NO], True, YES, NO),
        ([YES, OPEN], True, YES, OPEN),
        ([NO, OPEN], True, OPEN, NO),
    ],
)
def test_rows(rows, closed, some, every):
    world = World({}, {"r": Rows([World({"a": truth}) for truth in rows], closed)})
    assert evaluate(parse("some(r, a)"), world) is some
    assert evaluate(parse("every(r, a)"), world) is every


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_learning_more_never_changes_a_settled_answer(data):
    vocabulary = data.draw(vocabularies())
    expr = data.draw(conditions(vocabulary))
    world = data.draw(worlds(vocabulary))
    before = evaluate(expr, world)
    after = evaluate(expr, data.draw(narrowed(vocabulary, world)))
    assert not before.settled or after is before


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_what_is_left_over_means_the_same_and_holds_nothing_settled(data):
    vocabulary = data.draw(vocabularies())
    expr = data.draw(conditions(vocabulary))
    world = data.draw(worlds(vocabulary))
    left = residual(expr, world)
    for later in (world, data.draw(narrowed(vocabulary, world))):
        assert evaluate(left, later) is evaluate(expr, later)
    if not isinstance(left, Literal):
        parts = [part for part in top(left) if not isinstance(part, (And, Or, Not))]
        assert [part for part in parts if evaluate(part, world).settled] == []


def top(expr):
    """The connectives and atoms of a condition, without what is inside its atoms."""
    yield expr
    if isinstance(expr, (And, Or)):
        for item in expr.items:
            yield from top(item)
    if isinstance(expr, Not):
        yield from top(expr.item)


def test_what_is_left_over():
    world = World({"a": YES, "b": NO})
    assert residual(parse("a && (b || c) && !(b && d)"), world) == parse("c")
    assert residual(parse("a && !(c || b)"), world) == parse("!c")
    assert residual(parse("a && c || d && !b"), world) == parse("c || d")
    assert residual(parse("b && c"), world) == parse("false")
    assert list(walk(residual(parse("a || c"), world))) == [Literal(True)]
