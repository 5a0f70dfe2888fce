"""A right gives a duty that arises from an event (language, section 5)."""

import pytest
from tests.norms import small
from tests.norms.small import program, results, row

from guiju.calendars import NEVER, DateRange, parse_day
from guiju.logic import Given
from guiju.norms import CorpusError, Evaluation
from guiju.norms.reasons import Needs

NAMES = """
  asked: {kind: event, object: system}
  told: {kind: event, object: party}
  asking: {kind: event, object: person}
  concerns: {kind: relation, object: decision, to: person}
  of: {kind: relation, object: decision, to: system, owner: true}
  xx.user: {kind: term, object: person, type: bool}
  xx.buyer: {kind: term, object: party, type: bool}
  buys: {kind: fact, object: party, type: bool}
"""
RIGHT = """
- id: xx/act/2
  kind: right
  holder: xx.user
  against: xx.maker
  when: a
  unless: [{at: xx/act/2.9, when: b}]
  upon: asked
  gives:
    id: xx/act/2#answer
    require: done_this
    clock: {kind: deadline, from: asked, within: 10 days}
    summary: {zh: 答复, en: answer}
  summary: {zh: 权利, en: right}
- id: xx/act/8
  kind: sanction
  breach_of: [xx/act/2#answer]
  tiers: [{measures: [warn]}]
"""
MAKER = {"makes_it": True}
DUTY = "xx/act/2#answer"


def not_until(day):
    return DateRange(parse_day(day), NEVER)


def rules(norms=RIGHT, on="2026-06-01"):
    return program(norms, on=on, names=NAMES)


def scope(event, system=None, parties=(MAKER,), norm=DUTY):
    facts = {"a": True, "b": False} | (system or {}) | ({} if event is None else {"asked": event})
    return row(results(rules(), system=facts, parties=list(parties)), norm)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("2026-05-20", "yes"),
        ("2026-06-01", "yes"),
        ("2026-06-02", "no"),
        ("2026-06", "unknown"),
        (None, "unknown"),
        (not_until("2026-06-02"), "no"),
        (not_until("2026-05-02"), "unknown"),
    ],
)
def test_the_duty_arises_once_the_event_has_happened(event, expected):
    assert scope(event).in_scope.value == expected
    assert scope(event, norm="xx/act/2").in_scope.value == "yes"  # the right itself is there before


@pytest.mark.parametrize(
    ("system", "party", "expected"),
    [
        ({"a": False}, MAKER, "no"),
        ({"b": True}, MAKER, "no"),
        ({}, {"makes_it": False}, "no"),
        ({}, {}, "unknown"),
        ({}, MAKER, "yes"),
    ],
)
def test_condition_exceptions_and_side_are_those_of_the_right(system, party, expected):
    assert scope("2026-05-20", system, [party]).in_scope.value == expected
    assert scope("2026-05-20", system, [party], "xx/act/2").in_scope.value == expected


def test_it_is_a_norm_with_digest_summary_clock_and_sanction():
    found = scope("2026-05-20")
    assert found.norm.kind == "duty"
    assert found.norm.of_right == "xx/act/2"
    assert found.norm.owed_to == ("xx.user",)
    assert found.norm.summary["en"] == "answer"
    assert found.norm.meaning.startswith("sha256:")
    assert found.met.clock.due_day == parse_day("2026-06-01")  # ten days end on a Saturday, so on the Monday after
    assert [one.norm.id for one in found.sanctions] == ["xx/act/8"]


def test_another_event_is_another_meaning():
    before, after = (rules(text).norms[DUTY].meaning for text in (RIGHT, RIGHT.replace("upon: asked", "upon: opened")))
    assert before != after


def test_the_reason_and_what_is_missing_name_the_event():
    (reason,) = [one for one in scope(not_until("2026-06-02")).because if one.name == "asked"]
    assert reason.thing.kind == "system"
    assert "asked" in {one.name for one in scope("2026-05-20").because}
    assert [(one.cause, one.name) for one in scope(None).missing_of_scope] == [("fact", "asked")]


@pytest.mark.parametrize(
    ("event", "system", "expected"),
    [
        (not_until("2026-06-02"), {}, {"right": 1}),
        (not_until("2026-06-02"), {"a": False}, {}),
        ("2026-05-20", {}, {}),
        (None, {}, {}),
    ],
)
def test_a_right_not_claimed_is_something_to_be_ready_for(event, system, expected):
    facts = {"a": True, "b": False} | system | ({} if event is None else {"asked": event})
    found = results(rules(), system=facts, parties=[MAKER])
    assert found.readiness == expected
    assert [one.row.norm.id for one in found.awaited] == [DUTY] * sum(expected.values())


def test_a_right_that_may_be_there_counts_too():
    found = results(rules(), system={"b": False, "asked": not_until("2026-06-02")}, parties=[MAKER])
    assert found.readiness == {"right": 1}


def test_an_event_of_the_party_is_read_of_each_party():
    read = rules(RIGHT.replace("upon: asked", "upon: told").replace("from: asked", "from: told"))
    found = results(
        read, system={"a": True, "b": False}, parties=[MAKER | {"told": "2026-05-20"}, MAKER | {"told": not_until("2026-07-01")}]
    )
    assert [row(found, DUTY, number).in_scope.value for number in (0, 1)] == ["yes", "no"]


def test_an_event_of_the_person_is_read_of_who_is_concerned():
    text = RIGHT.replace("upon: asked", "about: decision\n  upon: asking")
    text = text.replace("    clock: {kind: deadline, from: asked, within: 10 days}\n", "")
    read = rules(text)
    for day, expected in (("2026-05-20", "yes"), (None, "unknown"), (not_until("2026-07-01"), "no")):
        world = small.world(read.corpus, system={"a": True, "b": False}, parties=[MAKER], decision={},
                            person={} if day is None else {"asking": day})  # fmt: skip
        (decision,), (person,) = world.of_kind("decision"), world.of_kind("person")
        world.link(decision, "concerns", person)
        evaluation = Evaluation(read, world)
        party = world.of_kind("party")[0]
        assert evaluation.in_scope(read.norms[DUTY], decision, party).value == expected
        needs = Needs(evaluation)
        needs.of_scope(read.norms[DUTY], decision, party)
        assert [(one.name, one.thing) for one in needs.items] == ([("asking", person)] if day is None else [])


def test_a_plain_claim_gives_nothing():
    read = rules("- {id: xx/act/2, kind: right, holder: xx.user, against: xx.maker, when: a, summary: {zh: 权利, en: right}}")
    found = results(read, system={"a": True}, parties=[MAKER, {"makes_it": False}])
    assert {one.norm.id for one in found.rows} == {"xx/act/2"}
    assert [one.in_scope.value for one in found.rows] == ["yes", "no"]
    assert found.rows[0].met is None


def test_a_right_between_two_parties_is_shown_to_both():
    text = "- {id: xx/act/3, kind: status, about: party, makes: [xx.buyer], when: buys}\n"
    text += "- {id: xx/act/2, kind: right, holder: xx.buyer, against: xx.maker, upon: asked,\n"
    text += "   gives: {id: xx/act/2#x, require: done_this}}\n"
    found = results(rules(text), system={"asked": "2026-05-20"},
                    parties=[{"makes_it": True, "buys": False}, {"makes_it": False, "buys": True}])  # fmt: skip
    assert [row(found, "xx/act/2", number).in_scope.value for number in (0, 1)] == ["yes", "yes"]
    assert [row(found, "xx/act/2#x", number).in_scope.value for number in (0, 1)] == ["yes", "no"]


@pytest.mark.parametrize(
    ("norms", "code"),
    [
        (RIGHT.replace("  holder: xx.user\n", ""), "norm.right-without-holder"),
        (RIGHT.replace("  against: xx.maker\n", ""), "norm.gives-without-against"),
        (RIGHT.replace("upon: asked", "upon: a"), "corpus.not-an-event"),
        (RIGHT + "- {id: 'xx/act/2#answer', bearer: {each: [xx.maker]}, require: done_that}", "corpus.norm-twice"),
        (RIGHT.replace("xx/act/2#answer", "yy/act/2"), "corpus.unknown-instrument"),
    ],
)
def test_what_cannot_be_a_right_is_refused(norms, code):
    with pytest.raises(CorpusError) as caught:
        rules(norms)
    assert caught.value.code == code
    assert caught.value.hint("en")
    assert caught.value.hint("zh")


def test_evidence_of_the_answer_is_its_basis():
    done = Given(
        small.value(rules().vocabulary.declared["done_this"], True), done=DateRange.on(parse_day("2026-05-25")), evidence="letter"
    )
    found = scope("2026-05-20", parties=[MAKER | {"done_this": done}])
    assert (found.met.met.value, found.met.basis.kind) == ("yes", "evidenced")
