"""Readings that would change an answer stand beside it, with their outcome (language, section 5)."""

from datetime import date

import pytest
from tests.norms import small
from tests.norms.small import program, results, row

from guiju.calendars import parse_day
from guiju.norms import CorpusError, Program, answer, grades_of, read_corpus, row_grade

NAMES = """
  seen_by_user: {kind: event, object: system}
"""
CLOCK = """
- id: xx/act/2
  bearer: {each: [xx.maker]}
  when: a
  require: done_this
  clock: {kind: deadline, from: {earliest: [opened, seen_by_user]}, within: 10 days}
  readings:
    - {id: own, by: guidance, source: letter, status: official, clock: {kind: deadline, from: opened, within: 10 days}}
"""
MAKER = {"makes_it": True}


def found(system, on="2026-06-05", norms=CLOCK):
    rules = program(norms, on=on, names=NAMES)
    return row(
        results(rules, system={"a": True} | system, parties=[MAKER | {"done_this": False}], closed=("parties",)), "xx/act/2"
    )


def test_a_reading_may_count_from_another_day():
    one = found({"seen_by_user": "2026-05-18", "opened": "2026-05-27"})
    assert (one.met.clock.state, one.met.clock.due_day) == ("overdue", parse_day("2026-05-28"))
    (read,) = one.readings
    assert (read.id, read.in_scope.value, read.met.value, read.status) == ("xx/act/2!own", "yes", "unknown", "applies")
    assert (read.clock.state, read.clock.due_day) == ("running", parse_day("2026-06-08"))


@pytest.mark.parametrize(
    ("system", "named"),
    [
        ({"seen_by_user": "2026-05-27", "opened": "2026-05-27"}, False),
        ({"seen_by_user": "2026-05-27", "opened": "2026-06-01"}, True),  # both run, to other days
        ({"a": False, "seen_by_user": "2026-05-18", "opened": "2026-05-27"}, True),
    ],
)
def test_only_a_reading_that_differs_is_named(system, named):
    assert bool(found(system).readings) is named


def test_a_reading_may_settle_what_the_text_leaves_open():
    one = found({"seen_by_user": "2026-05-27"})
    assert "opened" in {item.name for item in one.missing}
    (read,) = found({"opened": "2026-05-27"}).readings
    assert read.clock.due_day == parse_day("2026-06-08")


DELAY = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this}
- id: xx/act/3
  kind: application
  how: transition
  when: a
  delays: [{norm: xx/act/2, until: 2027-01-01}]
  readings: [{id: wide, by: someone, source: book, status: scholarly, when: a || b}]
"""


def test_a_reading_that_puts_off_another_norm_shows_its_status():
    one = found({"a": False, "b": True}, norms=DELAY)
    assert one.timing.status == "applies"
    (read,) = one.readings
    assert (read.id, read.status, read.clock) == ("xx/act/3!wide", "transitional", None)


SCHEME = """
schemes:
  - scheme: xx/risk
    order: [low, middle, high]
    rows: {over: purposes, when: {high: xx.row_grave, middle: row_b}}
    object: {over: system, when: {middle: xx.grave}}
"""
GRADED = """
- id: xx/act/2
  kind: status
  about: purpose
  makes: [xx.row_grave]
  when: row_a
  readings: [{id: narrow, by: court, source: case, status: court, when: row_a && row_b}]
- id: xx/act/3
  kind: status
  makes: [xx.grave]
  when: a
  readings: [{id: never, by: someone, source: book, status: scholarly, when: a && c}]
"""


def graded(system, rows):
    books = [("xx", [*small.files(small.MAKER + GRADED), ("schemes.yaml", SCHEME)])]
    rules = Program(read_corpus(books), date(2026, 6, 1))
    return answer(rules, small.world(rules.corpus, system=system, purposes=rows, closed=("purposes",)))


@pytest.mark.parametrize(
    ("system", "rows", "text", "readings"),
    [
        ({"a": False}, [{"row_a": True, "row_b": False}], ("high", "high"), {"narrow": ("low", "low")}),
        ({"a": False}, [{"row_a": True}], ("high", "high"), {"narrow": ("low", "high")}),
        ({"a": False}, [{"row_a": True, "row_b": True}], ("high", "high"), {}),
        ({"a": True, "c": False}, [{"row_a": True, "row_b": False}], ("high", "high"), {"narrow": ("middle", "middle")}),
        ({"a": True, "c": False}, [{"row_a": False, "row_b": False}], ("middle", "middle"), {"never": ("low", "low")}),
    ],
)
def test_a_grade_names_the_readings_under_which_it_would_be_another(system, rows, text, readings):
    answered = graded(system, rows)
    (grade,) = grades_of(answered.evaluation, answered.alternatives)
    assert (grade.at_least, grade.at_most) == text
    assert {one.id.split("!")[1]: (one.at_least, one.at_most) for one in grade.readings} == readings
    assert grades_of(answered.evaluation)[0].readings == ()


def test_so_does_the_grade_of_a_row():
    answered = graded({"a": False}, [{"row_a": True, "row_b": False}, {"row_a": False, "row_b": True}])
    (grade,) = grades_of(answered.evaluation, answered.alternatives)
    rows = [row_grade(answered.evaluation, grade.scheme, one, answered.alternatives) for one in answered.world.of_kind("purpose")]
    assert [[(one.at_least, one.at_most) for one in each.readings] for each in rows] == [[("low", "low")], []]


def test_the_clock_of_a_reading_is_checked_like_any_other():
    with pytest.raises(CorpusError) as caught:
        program(CLOCK.replace("clock: {kind: deadline, from: opened,", "clock: {kind: deadline, from: a,"), names=NAMES)
    assert caught.value.code == "corpus.not-an-event"
