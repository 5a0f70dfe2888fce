"""The bit program agrees exactly with the one-by-one evaluator (docs/language.md, section 10)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies.logic import Vocabulary, World, conditions, narrowed, vocabularies, worlds

from guiju.calendars import DateRange
from guiju.logic import BitProgram, BoolType, Interval, Name, SetOf, Truth, both, either, evaluate, names, negation, parse
from guiju.logic.normal import MOST_CLAUSES, NormalForms

YES, NO, OPEN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


class Defined(World):
    """A world in which some names are defined by conditions."""

    def __init__(self, world, definitions):
        super().__init__(world.values, world.relations, world.days, world.norms)
        self.definitions = definitions

    def value(self, path):
        return evaluate(self.definitions[path], self) if path in self.definitions else super().value(path)


def answers(program, count, values):
    true, false = program.run(values)
    assert true & false == 0
    assert max(true, false) < 1 << count
    return [YES if true >> index & 1 else NO if false >> index & 1 else OPEN for index in range(count)]


def supplied(program, vocabulary, world):
    """What a caller supplies: facts as they are, everything else as a truth under its print."""
    return {key: world.value(key) if key in vocabulary.names else evaluate(parse(key), world) for key in program.needs()}


@st.composite
def defined(draw, vocabulary):
    """Conditions that define names, each over facts and earlier definitions."""
    definitions = {}
    for index in range(draw(st.integers(0, 6))):
        names = {**vocabulary.names, **dict.fromkeys(definitions, BoolType())}
        definitions[f"eu.defined{index}"] = draw(conditions(Vocabulary(names, vocabulary.relations)))
    names = {**vocabulary.names, **dict.fromkeys(definitions, BoolType())}
    outputs = draw(st.lists(conditions(Vocabulary(names, vocabulary.relations)), min_size=1, max_size=6))
    return definitions, outputs


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_same_answers_as_one_by_one(data):
    vocabulary = data.draw(vocabularies())
    definitions, outputs = data.draw(defined(vocabulary))
    program = BitProgram(outputs, definitions)
    world = data.draw(worlds(vocabulary))
    for known in (world, data.draw(narrowed(vocabulary, world)), data.draw(worlds(vocabulary)), world):
        expected = [evaluate(expr, Defined(known, definitions)) for expr in outputs]
        assert answers(program, len(outputs), supplied(program, vocabulary, known)) == expected


wide = st.recursive(
    st.sampled_from("abcdefgh").map(Name),
    lambda inner: (
        st.builds(lambda kind, parts: kind(*parts), st.sampled_from([both, either]), st.lists(inner, min_size=2, max_size=12))
        | inner.map(negation)
    ),
    max_leaves=60,
)


@settings(max_examples=80, deadline=None)
@given(
    wide,
    st.lists(
        st.fixed_dictionaries({name: st.sampled_from([YES, NO, OPEN, None]) for name in "abcdefgh"}), min_size=5, max_size=5
    ),
)
def test_wide_and_deep_conditions_are_cut_but_mean_the_same(expr, known):
    forms = NormalForms({})
    assert len(forms.column(expr).clauses) <= MOST_CLAUSES
    assert all(len(column.clauses) <= MOST_CLAUSES for column in forms.columns.values())
    program = BitProgram([expr, negation(expr)])
    for values in known:
        truth = evaluate(expr, World(dict(values)))
        assert answers(program, 2, values) == [truth, ~truth]


def test_many_outputs_of_many_shapes():
    widths = [either(*(both(Name(f"x{i}"), Name(f"y{i}")) for i in range(width))) for width in range(2, 30)]
    program = BitProgram(widths)
    every_pair = {f"{side}{i}": YES for side in "xy" for i in range(30)}
    assert answers(program, 28, every_pair) == [YES] * 28
    assert answers(program, 28, {**every_pair, **{f"x{i}": NO for i in range(30)}}) == [NO] * 28
    assert answers(program, 28, {f"x{i}": NO for i in range(10)}) == [NO] * 9 + [OPEN] * 19


def test_what_it_needs():
    program = BitProgram(
        [parse('eu.t && "EU" in m'), parse('some(rows, a) || applies("n") && d + days(1) < date_of("p")'), parse("x - y > 2")],
        {"eu.t": parse("f && g > 3"), "eu.unused": parse("never_read")},
    )
    assert program.needs() == {"m", "some(rows, a)", 'applies("n")', 'd + days(1) < date_of("p")', "x", "y", "f", "g"}


def test_constants_and_nothing():
    assert BitProgram([]).run({}) == (0, 0)
    assert BitProgram([parse("true"), parse("a || !(true)"), parse("false && a")]).run({}) == (0b001, 0b100)
    assert BitProgram([parse('date("2026-08-02") < date("2026-08-03")')]).run({}) == (1, 0)


def test_a_definition_counts_whatever_the_values_say():
    program = BitProgram([parse("eu.t")], {"eu.t": parse("f")})
    assert program.run({"f": YES, "eu.t": NO}) == (1, 0)


@pytest.mark.parametrize("repeats", [1, 3])
def test_classes_are_remembered_without_mixing_them_up(repeats):
    program = BitProgram(
        [parse("n >= 10"), parse("n > 10"), parse("n == 20"), parse('"x" in s'), parse('d < date("2026-08-02")')]
    )
    day = date(2026, 8, 1)
    for _ in range(repeats):
        for number in range(5, 25):
            world = World(
                {"n": Interval.just(Decimal(number)), "s": SetOf(frozenset("x" if number % 2 else "y")), "d": DateRange(day, day)}
            )
            expected = [
                evaluate(parse(text), world) for text in ("n >= 10", "n > 10", "n == 20", '"x" in s', 'd < date("2026-08-02")')
            ]
            assert answers(program, 5, world.values) == expected


def test_more_classes_than_are_kept():
    program = BitProgram([parse("2 * n > 4001")])  # not a plain comparison: each value is a class of its own
    for number in range(3000):
        value = Interval.just(Decimal(number))
        assert program.run({"n": value}) == ((1, 0) if number > 2000 else (0, 1))


def test_cut_parts_are_shared():
    wide = parse(" && ".join(f"(a{i} || b{i} || c{i} && d{i})" for i in range(9)))
    program = BitProgram([wide, parse("z"), both(wide, Name("z"))])
    assert names(wide) | {"z"} == program.needs()
    assert program.run({f"a{i}": YES for i in range(9)} | {"z": YES}) == (0b111, 0)


def test_a_list_that_is_all_is_not_taken_for_one_that_is_not():
    program = BitProgram([parse('"y" in s')])
    some, lacking = frozenset("x"), frozenset("y")
    for _ in range(2):
        assert program.run({"s": SetOf(some)}) == (0, 0)
        assert program.run({"s": SetOf(some, closed=True)}) == (0, 1)
        assert program.run({"s": SetOf(some, lacking)}) == (0, 1)
        assert program.run({"s": SetOf(some | lacking)}) == (1, 0)


def test_clauses_that_say_no_more_than_others_are_left_out():
    assert len(NormalForms({}).column(parse("a || a && b || c && a")).clauses) == 1
    assert BitProgram([parse("a || !a")]).run({}) == (0, 0)  # not a law under unknowns
