"""Reading and printing conditions, and fitting them to their names."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.logic.small_scope import SCOPE
from tests.strategies.logic import conditions, vocabularies

from guiju.logic import (
    And,
    BoolType,
    Call,
    Compared,
    DateType,
    DurationType,
    EnumType,
    ExpressionError,
    In,
    Literal,
    Members,
    Name,
    Not,
    NumberType,
    Or,
    Product,
    Quantified,
    SetType,
    Sum,
    check_condition,
    parse,
    parse_type,
    show,
)

A, B, C, D = map(Name, "abcd")

TREES = {
    "a": A,
    "!a": Not(A),
    "!(!a)": Not(Not(A)),
    "!(a)": Not(A),
    "a || b && c": Or((A, And((B, C)))),
    "(a || b) && c": And((Or((A, B)), C)),
    "a && (b && c)": And((A, B, C)),
    "(a || (b || c)) || d": Or((A, B, C, D)),
    'a == "x"': Compared(A, "==", Literal("x")),
    'a in ["x", "y"]': In(A, Members(("x", "y"))),
    '"x" in a.b': In(Literal("x"), Name("a.b")),
    "a >= 3.0e24": Compared(A, ">=", Literal(Decimal("3e24"))),
    "0.10 < a": Compared(Literal(Decimal("0.1")), "<", A),
    "3 * a >= 2 * b": Compared(Product(Decimal(3), A), ">=", Product(Decimal(2), B)),
    "2 * (3 * a) > 1": Compared(Product(Decimal(2), Product(Decimal(3), A)), ">", Literal(Decimal(1))),
    "a - b - c > d": Compared(Sum(Sum(A, "-", B), "-", C), ">", D),
    "a - (b - c) > d": Compared(Sum(A, "-", Sum(B, "-", C)), ">", D),
    'a + months(6) < date_of("x/1")': Compared(Sum(A, "+", Call("months", 6)), "<", Call("date_of", "x/1")),
    'a < date("2028-02-29")': Compared(A, "<", Call("date", "2028-02-29")),
    "some(x.rows, a || b)": Quantified("some", "x.rows", Or((A, B))),
    '!every(rows, a) && applies("x/1")': And((Not(Quantified("every", "rows", A)), Call("applies", "x/1"))),
    "true || !(false)": Or((Literal(True), Not(Literal(False)))),
    "a\n  && b\t|| c": Or((And((A, B)), C)),
}


@pytest.mark.parametrize(("written", "tree"), TREES.items())
def test_reading(written, tree):
    assert parse(written) == tree
    assert parse(show(tree)) == tree


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("((a))", "a"),
        ("(a&&b)||(c)", "a && b || c"),
        ("a&&(b||c)&&!(d)", "a && (b || c) && !d"),
        ("!(a=='')".replace("''", '"x"'), '!(a == "x")'),
        ("(a + b) - (c) > (1)", "a + b - c > 1"),
        ("a > 3.0e24", "a > 3e24"),
        ("a > 1e18", "a > 1000000000000000000"),
        ("a > 9223372036854775807", "a > 9223372036854775807"),
        ("a > 9223372036854775808e0", "a > 9.223372036854775808e18"),
        ("a > 0.50", "a > 0.5"),
        ("a > 12.5e-9", "a > 1.25e-8"),
        ("a > 0.000001", "a > 0.000001"),
        ("a > 0e5", "a > 0"),
        ("a > 007", "a > 7"),
        ('a in ["x","y"]', 'a in ["x", "y"]'),
    ],
)
def test_one_spelling(written, printed):
    assert show(parse(written)) == printed
    assert show(parse(printed)) == printed


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_print_and_parse_give_the_same_tree(data):
    vocabulary = data.draw(vocabularies())
    expr = data.draw(conditions(vocabulary))
    assert parse(show(expr)) == expr
    check_condition(expr, vocabulary)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab.(\"')[]!&|=<>+-*/,12e 且（“\n", max_size=30))
def test_any_text_is_read_or_refused_with_words(written):
    try:
        expr = parse(written)
    except ExpressionError as error:
        words = error.message("en") and error.hint("zh")
    else:
        words = show(expr)
        assert parse(words) == expr
    assert words


def test_numbers_never_pass_through_a_float():
    assert parse("a == 0.1234567890123456789012345678901234567890") == Compared(
        A, "==", Literal(Decimal("0.1234567890123456789012345678901234567890"))
    )


def test_nesting_up_to_the_limit_is_read():
    assert parse("(" * 100 + "a" + ")" * 100) == A
    deep = parse("!(" * 100 + "a" + ")" * 100)
    assert parse(show(deep)) == deep


# -- types -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "type_"),
    [
        ("bool", BoolType()),
        ("enum(a, b)", EnumType(("a", "b"))),
        ("set( EU,CN )", SetType(("EU", "CN"))),
        ("number(FLOP)", NumberType("FLOP")),
        (" duration ", DurationType()),
        ("date", DateType()),
    ],
)
def test_types_are_read(written, type_):
    assert parse_type(written) == type_
    assert parse_type(str(type_)) == type_


@pytest.mark.parametrize(
    "written",
    [
        "put_own_name && !eu.high_risk || true",
        'domain != "credit" && domain in ["credit", "health"] && "EU" in markets',
        "3 * staff + 1 >= 2 * (members_present - 5)",
        "log_retention >= months(6) && years(1) > log_retention",
        'placed_on_market + hours(48) <= date_of("x/1") - days(3)',
        'date("2026-08-02") < date_of("x/1")',
        'every(purposes, profiling || task == "rank") && !some(purposes, profiling)',
        'applies("x/1") && !(fulfilled("x/2"))',
    ],
)
def test_conditions_that_fit(written):
    check_condition(parse(written), SCOPE)
