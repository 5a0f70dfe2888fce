"""A corpus read by one body: every reading of its in place of the text, and the text's own corpus left as it is."""

import itertools
from dataclasses import replace

import pytest
from tests.norms.small import corpus

from guiju.logic import Truth, evaluate, names, parse, show
from guiju.norms import CorpusError, builtin, read_by, readers
from guiju.norms.reading_by import together

READINGS = """
- id: xx/act/2
  bearer: {each: [xx.maker]}
  when: a
  require: done_this
  clock: null
  readings:
    - {id: one, by: office, source: letter, status: official, when: a && b}
    - {id: two, by: court, source: judgment, status: court, when: a || b}
"""


def condition(rules, norm="xx/act/2"):
    return show(rules.norms[norm][0].when)


def test_all_readings_of_one_body_stand_in_place_of_the_text():
    rules = corpus(READINGS)
    read = read_by(rules, "office")
    assert (condition(rules), condition(read)) == ("a", "a && b")
    assert [one.by for one in read.norms["xx/act/2"][0].readings] == ["court"]
    assert read.norms["xx/act/2"][0].meaning != rules.norms["xx/act/2"][0].meaning
    assert readers(rules) == {"court": 1, "office": 1}


def test_what_one_body_reads_are_the_same_books_and_says_by_whom():
    rules = corpus(READINGS)
    read = read_by(rules, "office")
    assert (rules.read_by, read.read_by) == ((), ("office",))
    assert rules.edition == read.edition


def test_who_signed_the_text_did_not_sign_the_reading():
    rules = corpus(READINGS)
    signed = replace(rules.norms["xx/act/2"][0], reviewed="A. Lawyer")
    rules.norms["xx/act/2"] = [signed]
    assert read_by(rules, "office").norms["xx/act/2"][0].reviewed is None
    assert signed.reviewed == "A. Lawyer"


def test_another_body_may_read_what_is_left():
    assert condition(read_by(read_by(corpus(READINGS), "office"), "court")) == "a || b"


def test_a_body_without_readings_is_refused_with_those_that_have_some():
    with pytest.raises(CorpusError) as problem:
        read_by(corpus(READINGS), "offices")
    assert problem.value.code == "corpus.no-such-reader"
    assert "court" in problem.value.hint("en")


def test_who_reads_a_norm_in_two_ways_has_not_decided():
    clash = (
        READINGS.replace("when: a && b}", "require: b}")
        .replace("by: court", "by: office")
        .replace("when: a || b}", "require: c}")
    )
    rules = corpus(clash)
    assert read_by(rules, "office").norms["xx/act/2"] == rules.norms["xx/act/2"]
    assert [one.id for one in rules.norms["xx/act/2"][0].readings] == ["one", "two"]


def test_nobody_is_spelt_in_two_ways():
    known = list(readers(builtin()))
    assert len({one.casefold() for one in known}) == len(known), known
    for one in known:
        assert read_by(builtin(), one).read_by == (one,)


@pytest.mark.parametrize(
    ("text", "readings", "read"),
    [
        ("a", [], "a"),
        ("a", ["b"], "b"),
        ("a", ["a && b"], "a && b"),
        ("a", ["a && b", "a && !c"], "a && b && !c"),
        ("a", ["a || b", "a || c"], "a || b || c"),
        ("a", ["a && b", "a || c"], "(a || c) && b"),
        ("a && b", ["a && b && c", "a && (b || d)"], "a && (b || d) && c"),
        ("a || b", ["(a || b) && !c", "a || b || d"], "(a || b || d) && !c"),
        ("a", ["b", "b"], "b"),
        ("a", ["b", "c"], "b && c || !a && (b || c)"),
    ],
)
def test_several_readings_of_one_condition_are_taken_together(text, readings, read):
    assert show(together(parse(text), [parse(one) for one in readings])) == read


@pytest.mark.parametrize("order", list(itertools.permutations(["a && c", "a || d", "b", "c && d"])))
def test_the_order_of_readings_makes_no_difference(order):
    expr = together(parse("a"), [parse(one) for one in order])
    straight = together(parse("a"), [parse(one) for one in sorted(order)])
    letters = sorted(names(expr))
    for values in itertools.product(Truth, repeat=len(letters)):
        view = dict(zip(letters, values, strict=True))
        assert evaluate(expr, Known(view)) is evaluate(straight, Known(view))


class Known:
    def __init__(self, values):
        self.values = values

    def value(self, path):
        return self.values[path]
