"""Details that a scheme shows beside a grade."""

from datetime import date

from tests.norms import small

from guiju.assess.parts import details_json
from guiju.norms import Program, details_of, grades_of, read_corpus, row_grade

SCHEMES = """
schemes:
  - scheme: xx/risk
    order: [low, high]
    rows: {over: purposes, when: {high: xx.row_grave}}
    object: {over: system, when: {high: xx.grave}}
    details: [row_b, level, xx.tier]
"""
NORMS = """
- {id: xx/act/2, kind: status, about: purpose, makes: [xx.row_grave], when: row_a}
- {id: xx/act/3, kind: status, makes: [xx.grave], when: a}
- {id: xx/act/4, kind: status, makes: [xx.tier], cases: [{when: b, is: high}, {is: low}]}
"""


def details(**facts):
    files = [*small.files(), ("xx/schemes.yaml", SCHEMES), ("xx/act/norms.yaml", NORMS)]
    rules = Program(read_corpus([("xx", files)]), date(2026, 6, 1))
    evaluation = small.results(rules, **facts).evaluation
    [grade] = grades_of(evaluation)
    return evaluation, grade


def test_they_are_read_of_what_decides():
    evaluation, grade = details(
        system={"a": False, "b": True, "level": "middle"},
        purposes=[{"row_a": False}, {"row_a": True, "row_b": True}],
        closed=("purposes",),
    )
    found = details_json(details_of(evaluation, grade.scheme, grade.thing))
    assert [(one["name"], one["object"], one["value"]) for one in found] == [
        ("row_b", "purposes-1", True), ("level", "sys", "middle"), ("xx.tier", "sys", "high"),
    ]  # fmt: skip
    assert found[0]["text"] == {"en": "row_b: yes", "zh": "row_b：是"}


def test_a_name_of_the_rows_is_left_out_for_the_object():
    evaluation, grade = details(system={"a": True, "level": "low"}, purposes=[], closed=("purposes",))
    assert [one.declared.name for one in details_of(evaluation, grade.scheme, grade.thing)] == ["level", "xx.tier"]


def test_each_row_has_its_own():
    evaluation, grade = details(
        system={"a": False}, purposes=[{"row_a": True, "row_b": False}, {"row_a": True}], closed=("purposes",)
    )
    rows = [row_grade(evaluation, grade.scheme, one) for one in evaluation.world.of_kind("purpose")]
    found = [details_json(details_of(evaluation, one.scheme, one.thing))[0] for one in rows]
    assert [one["value"] for one in found] == [False, None]
    assert found[1]["text"]["en"] == "row_b: not known"
