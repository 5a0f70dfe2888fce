"""Grades: a floor and a ceiling, rows folded by the worst (language, section 10)."""

from datetime import date

import pytest
from tests.norms import small
from tests.norms.small import law_on

from guiju.norms import Evaluation, Program, builtin, grades_of, read_corpus, row_grade

SCHEME = """
schemes:
  - scheme: xx/risk
    order: [low, middle, high]
    rows: {over: purposes, when: {high: row_a, middle: row_b}}
    object: {over: system, when: {high: a}}
"""


def graded(system, rows, closed):
    rules = Program(read_corpus([("xx", [*small.files(), ("schemes.yaml", SCHEME)])]), date(2026, 6, 1))
    facts = [{} if one is None else {"row_a": one, "row_b": False} for one in rows]
    world = small.world(rules.corpus, system=system, purposes=facts, closed=("purposes",) if closed else ())
    evaluation = Evaluation(rules, world)
    (grade,) = grades_of(evaluation)
    return grade, evaluation


def bounds(system, rows, closed):
    grade, _ = graded(system, rows, closed)
    return grade.at_least, grade.at_most


@pytest.mark.parametrize(("rows", "found"), [([True, False], True), ([False], False), ([], False)])
def test_open_rows_may_hold_anything_graver(rows, found):
    """A class is a floor while the list of purposes is open."""
    assert bounds({"a": False}, rows, closed=False) == ("high" if found else "low", "high")


@pytest.mark.parametrize(
    ("system", "rows", "expected"),
    [
        ({"a": False}, [False, False], ("low", "low")),
        ({"a": False}, [False, True], ("high", "high")),
        ({"a": True}, [False], ("high", "high")),
        ({"a": False}, [False, None], ("low", "high")),
        ({}, [False], ("low", "high")),
        ({"a": False}, [], ("low", "low")),
    ],
)
def test_the_worst_of_rows_and_object(system, rows, expected):
    assert bounds(system, rows, closed=True) == expected


def test_between_two_grades():
    rules = Program(read_corpus([("xx", [*small.files(), ("schemes.yaml", SCHEME)])]), date(2026, 6, 1))
    world = small.world(rules.corpus, system={"a": False}, purposes=[{"row_b": True}], closed=("purposes",))
    (grade,) = grades_of(Evaluation(rules, world))
    assert (grade.at_least, grade.at_most, grade.settled) == ("middle", "high", False)
    assert ("fact", "row_a") in {(one.cause, one.name) for one in grade.missing}


def test_the_row_that_decides_is_named():
    grade, evaluation = graded({"a": False}, [False, True], closed=True)
    assert grade.thing is evaluation.world.of_kind("purpose")[1]
    rows = [row_grade(evaluation, grade.scheme, one).at_least for one in evaluation.world.of_kind("purpose")]
    assert rows == ["low", "high"]


def test_open_rows_are_asked_for():
    grade, _ = graded({"a": False}, [False], closed=False)
    assert "purposes" in {one.name for one in grade.missing}


def test_ranking_applicants_is_high_risk_by_profiling_whatever_is_judged():
    """Provision 1, A, and its status on two days."""
    purpose = {
        "domain": "employment", "reserved_for": "ordinary_use",
        "task": "filter_applications", "processes_personal_data_automatically": True,
        "evaluates_personal_aspects": True, "eu.preparatory_task": True, "subject_kind": {"natural_person"},
    }  # fmt: skip
    facts = {"system": {"markets": {"EU"}}, "purposes": [purpose], "closed": ("purposes",)}
    for day, status in (("2028-01-10", "applies"), ("2026-11-21", "upcoming")):
        rules = law_on(day)
        grade = next(
            one
            for one in grades_of(Evaluation(rules, small.world(rules.corpus, **facts)))
            if one.scheme.id == "eu-ai-act/high-risk"
        )
        assert (grade.at_least, grade.settled, grade.timing.status, grade.timing.from_day) == (
            "high-risk",
            True,
            status,
            date(2027, 12, 2),
        )


def test_every_scheme_grades_something():
    rules = law_on("2026-11-21")
    world = small.world(rules.corpus)
    for kind in ("activity", "content"):
        world.add(small.Thing(kind, kind))
    found = {one.scheme.id for one in grades_of(Evaluation(rules, world))}
    assert found == set(builtin().schemes)
