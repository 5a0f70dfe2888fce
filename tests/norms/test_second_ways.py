"""What an instrument leaves to another (residual), and special rules that go first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.norms import small

from guiju.assess.parts import applied_json
from guiju.assess.plain import because_json
from guiju.logic import Truth

OLD = """
- {id: xx/guide/30, bearer: {each: [xx.maker]}, when: a, require: done_this, topic: emergency}
- {id: xx/guide/31, bearer: {each: [xx.maker]}, when: a, require: done_that, topic: records}
"""
RESIDUAL = """
- {id: xx/act/35, kind: application, how: residual, applies: {residual_to: xx/guide, topic: emergency},
   bearer: {each: [xx.maker]}, when: b}
"""
OWN = "- {id: xx/act/12, bearer: {each: [xx.maker]}, when: c, require: done_that, topic: emergency}\n"


def rows(norms, on="2026-06-01", events="", names="", **system):
    rules = small.program(norms, on, events=events, names=names)
    return small.results(rules, system=system, parties=[{"makes_it": True}], closed=("parties",))


def scope(norms, norm="xx/guide/30", **more):
    return small.row(rows(norms, **more), norm).in_scope


@pytest.mark.parametrize(
    ("facts", "emergency", "records"),
    [
        ({"a": False, "b": True}, "yes", "no"),
        ({"a": False, "b": False}, "no", "no"),
        ({"a": True, "b": False}, "yes", "yes"),
        ({"a": False}, "unknown", "no"),
    ],
)
def test_what_is_left_unregulated_follows_the_other_instrument(facts, emergency, records):
    assert scope(OLD + RESIDUAL, **facts) is Truth(emergency)
    assert scope(OLD + RESIDUAL, "xx/guide/31", **facts) is Truth(records)


def test_the_second_way_is_told():
    row = small.row(rows(OLD + RESIDUAL, a=False, b=True), "xx/guide/30")
    assert applied_json(row) == {"norm": "xx/act/35", "how": "residual", "object": "sys", "pinpoint": {}}
    [first] = [one for one in because_json(row.evaluation.program, row.because) if one["kind"] == "residual"]
    assert first["norm"] == "xx/act/35"
    assert first["text"] == {
        "en": "what is not regulated elsewhere follows this rule, by Act, Art. 35",
        "zh": "未另行规定的事项依《法》第35条适用本条",
    }
    assert applied_json(small.row(rows(OLD + RESIDUAL, a=True, b=True), "xx/guide/30")) is None


def test_it_stops_where_the_instrument_has_a_norm_of_its_own():
    assert scope(OLD + RESIDUAL + OWN, a=False, b=True, c=False) is Truth.FALSE
    later = OWN.replace("topic:", "since: 'xx/act#amend', topic:")
    amend = "  - {event: xx/act#amend, kind: amend, known: 2026-01-01, on: 2026-09-01}\n"
    assert scope(OLD + RESIDUAL + later, events=amend, a=False, b=True) is Truth.TRUE
    assert scope(OLD + RESIDUAL + later, events=amend, on="2026-09-01", a=False, b=True) is Truth.FALSE
    repealed = "  - {event: xx/act#repeal, kind: repeal, known: 2026-01-01, on: 2026-03-01, targets: [xx/act/12]}\n"
    assert scope(OLD + RESIDUAL + OWN, events=repealed, a=False, b=True) is Truth.TRUE


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from("abc"), st.booleans()), st.booleans())
def test_a_residual_never_removes(facts, own):
    norms = OLD + (OWN if own else "")
    plain, residual = ({(row.norm.id): row.in_scope for row in rows(one, **facts).rows} for one in (norms, norms + RESIDUAL))
    for norm, before in plain.items():
        after = residual[norm]
        assert before is Truth.FALSE or after is before or after is Truth.TRUE


SPECIAL = """
- {id: xx/act/5, bearer: {each: [xx.maker]}, when: a, require: done_this}
- {id: xx/act/6, bearer: {each: [xx.maker]}, when: a, require: done_that}
- {id: xx/guide/9, bearer: {each: [xx.maker]}, when: b, require: done_that}
- {id: xx/act/35, kind: application, how: special, applies: [xx/act/5], yields_to: [{norms: [xx/guide/9], when: xx.accords}]}
"""
ACCORDS = "  xx.accords: {kind: judgement, object: system, type: bool}\n"


@pytest.mark.parametrize(
    ("facts", "five"),
    [
        ({"a": True, "b": True, "xx.accords": True}, "no"),
        ({"a": True, "b": True, "xx.accords": False}, "yes"),
        ({"a": True, "b": True}, "unknown"),
        ({"a": True, "b": False, "xx.accords": True}, "yes"),
        ({"a": True, "xx.accords": True}, "unknown"),
        ({"a": False, "b": True, "xx.accords": False}, "no"),
    ],
)
def test_a_special_rule_goes_first_where_it_holds(facts, five):
    assert scope(SPECIAL, "xx/act/5", names=ACCORDS, **facts) is Truth(five)
    assert scope(SPECIAL, "xx/act/6", names=ACCORDS, **facts) is Truth.of(facts["a"])
    assert scope(SPECIAL, "xx/guide/9", names=ACCORDS, **facts) is Truth.of(facts.get("b"))


def test_both_clauses_are_grounds_and_what_is_open_is_asked():
    row = small.row(rows(SPECIAL, names=ACCORDS, a=True, b=True, **{"xx.accords": True}), "xx/act/5")
    assert [(one.name, one.norm) for one in row.because if one.name in ("displaced", "special")] == [
        ("displaced", "xx/guide/9"),
        ("special", "xx/act/35"),
    ]
    open_ = small.row(rows(SPECIAL, names=ACCORDS, a=True), "xx/act/5")
    assert [one.name for one in open_.missing_of_scope] == ["xx.accords", "b"]
