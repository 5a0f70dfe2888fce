"""Duties that hang on a breach: what is asked, of whom, with what grounds, and what stands ready (language, section 5)."""

import pytest
from tests.norms.small import program, results, row

from guiju.assess.plain import because_json
from guiju.calendars import parse_day

NORMS = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, when: a, require: done_this}
- {id: xx/act/3, bearer: {each: [xx.maker]}, when: 'breached("xx/act/2") || c', require: done_that}
- {id: xx/act/4, kind: status, makes: [xx.grave], when: 'breached("xx/act/2")'}
- {id: xx/act/5, bearer: {each: [xx.maker]}, when: xx.grave, require: done_that}
- {id: xx/act/6, bearer: {each: [xx.maker]}, when: 'fulfilled("xx/act/2")', require: done_that}
- {id: xx/act/7, bearer: {each: [xx.maker]}, when: 'applies("xx/act/2")', require: done_that}
"""
LATER = """
  - {event: xx/act#later, kind: postpone, day: xx/act/21, known: 2020-01-02, on: 2026-05-01, targets: [xx/act/2]}
"""
MAKER = {"makes_it": True}


def found(party=MAKER, system=None, on="2026-06-01", closed=("parties",), norms=NORMS, **more):
    rules = program(norms, on=on, events=LATER, **more)
    return results(rules, system={"a": True, "c": False} | (system or {}), parties=[party], closed=closed)


@pytest.mark.parametrize("norm", ["xx/act/3", "xx/act/5"])
@pytest.mark.parametrize(
    ("done", "a", "on", "expected"),
    [
        (False, True, "2026-06-01", "yes"),
        (False, True, "2026-05-01", "yes"),
        (False, True, "2026-04-30", "no"),  # the other does not apply yet
        (True, True, "2026-06-01", "no"),
        (None, True, "2026-06-01", "unknown"),
        (False, False, "2026-06-01", "no"),
    ],
)
def test_it_applies_from_the_day_on_which_the_other_is_broken(norm, done, a, on, expected):
    party = MAKER | ({} if done is None else {"done_this": done})
    one = row(found(party, {"a": a}, on), norm)
    assert one.in_scope.value == expected
    assert ({item.name for item in one.missing_of_scope} == {"done_this"}) is (expected == "unknown")


@pytest.mark.parametrize(
    ("norm", "party", "system", "name", "value", "sentence"),
    [
        ("xx/act/3", {"done_this": False}, {}, "breached", True, "is breached"),
        ("xx/act/3", {"done_this": True}, {}, "breached", False, "is not breached"),
        ("xx/act/6", {"done_this": True}, {}, "fulfilled", True, "has been done"),
        ("xx/act/6", {"done_this": False}, {}, "fulfilled", False, "has not been done"),
        ("xx/act/7", {}, {}, "applies", True, "applies"),
        ("xx/act/7", {}, {"a": False}, "applies", False, "does not apply"),
    ],
)
def test_the_ground_names_the_norm_asked_and_its_state(norm, party, system, name, value, sentence):
    answered = found(MAKER | party, system)
    grounds = because_json(answered.program, row(answered, norm).because)
    (ground,) = [one for one in grounds if one["norm"] == "xx/act/2"]
    assert (ground["kind"], ground["name"], ground["value"]) == (name, name, value)
    assert sentence in ground["text"]["en"]
    assert "第2条" in ground["text"]["zh"]


@pytest.mark.parametrize(
    ("party", "system", "expected"),
    [
        ({"makes_it": True, "done_this": True}, {}, {"breach": 2}),
        ({"makes_it": True, "done_this": False}, {}, {}),
        ({"makes_it": True}, {}, {}),
        ({"makes_it": False, "done_this": True}, {}, {}),
        ({"makes_it": True, "done_this": True}, {"c": True}, {"breach": 1}),
        ({"done_this": True}, {}, {"breach": 2}),
    ],
)
def test_what_only_a_breach_would_bring_stands_ready(party, system, expected):
    answered = found(party, system)
    assert answered.readiness == expected
    assert {one.kind for one in answered.awaited} == set(expected)


ROWS = """
- {id: xx/act/2, about: purpose, bearer: {each: [xx.maker]}, when: row_a, require: done_this}
- {id: xx/act/3, bearer: {each: [xx.maker]}, when: 'QUESTION("xx/act/2")', require: done_that}
"""


@pytest.mark.parametrize(
    ("question", "rows", "closed", "expected"),
    [
        ("breached", [{"row_a": True}, {"row_a": False}], True, "yes"),
        ("breached", [{"row_a": False}], True, "no"),
        ("breached", [{"row_a": False}], False, "unknown"),
        ("breached", [{"row_a": True}], False, "yes"),
        ("applies", [{}, {"row_a": True}], True, "yes"),
        ("fulfilled", [{"row_a": True}], True, "no"),
        ("fulfilled", [{"row_a": True}], False, "no"),
    ],
)
def test_a_question_reaches_the_rows_below(question, rows, closed, expected):
    rules = program(ROWS.replace("QUESTION", question))
    answered = results(rules, purposes=rows, parties=[MAKER | {"done_this": False}], closed=("purposes",) if closed else ())
    one = row(answered, "xx/act/3")
    assert one.in_scope.value == expected
    if expected == "unknown":
        assert {item.name for item in one.missing_of_scope} == {"purposes"}


def test_a_question_about_parties_is_put_to_the_party_itself_or_to_any():
    norms = """
- {id: xx/act/2, about: party, bearer: {each: [xx.maker]}, require: done_this}
- {id: xx/act/3, bearer: {each: [xx.maker]}, when: 'breached("xx/act/2")', require: done_that}
- {id: xx/act/4, kind: status, makes: [xx.grave], when: 'breached("xx/act/2")'}
"""
    rules = program(norms)
    answered = results(rules, parties=[MAKER | {"done_this": True}, MAKER | {"done_this": False}], closed=("parties",))
    assert [row(answered, "xx/act/3", number).in_scope.value for number in (0, 1)] == ["no", "yes"]
    grave = answered.evaluation.term(rules.vocabulary.declared["xx.grave"], answered.world.root)
    assert grave.value == "yes"


def test_the_day_of_the_judgement_is_no_condition():
    """A row tells when its provision began; the day on which a breach came about is for a clock to count from."""
    one = row(found(MAKER | {"done_this": False}), "xx/act/3")
    assert one.timing.from_day == parse_day("2020-02-01")
