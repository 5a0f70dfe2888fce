"""Powers, acts under them, and terms that wait for a standstill."""

from datetime import date

import pytest
from tests.norms import small

from guiju.assess.parts import acts_json
from guiju.calendars import NEVER, DateRange
from guiju.logic import Truth
from guiju.norms import Program

NAMES = """
  notified: {kind: event, object: act}
  objected: {kind: fact, object: act, type: bool}
  urgent: {kind: fact, object: act, type: bool}
  xx.may_begin: {kind: term, object: act, type: bool}
  xx.commission: {kind: term, object: body, type: bool}
"""
POWER = """
- {id: xx/act/7, kind: power, about: act, holder: xx.commission, enables: [xx/act/2], expires: 2026-08-01}
- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this}
- {id: xx/act/3, bearer: {each: [xx.maker]}, require: done_that}
"""
AMENDED = "- {id: xx/act/2, since: 'xx/act#amend', bearer: {each: [xx.maker]}, require: done_that}\n"
EVENT = "  - {{event: xx/act#amend, kind: amend, known: {known}, on: {known}, targets: [{target}], basis: xx/act/7{more}}}\n"


def program(known="2026-05-01", target="xx/act/2", on="2027-01-01", more="", norms=POWER + AMENDED, events=None):
    events = EVENT.format(known=known, target=target, more=more) if events is None else events
    return small.program(norms, on, events=events, names=NAMES)


@pytest.mark.parametrize(
    ("known", "target", "state", "how"),
    [
        ("2026-05-01", "xx/act/2", "in-effect", None),
        ("2026-08-01", "xx/act/2", "in-effect", None),
        ("2026-08-02", "xx/act/2", "void", "after"),
        ("2026-05-01", "xx/act/3", "void", "beyond"),
        ("2026-05-01", "xx/act", "void", "beyond"),
    ],
)
def test_an_act_within_or_beyond_its_power(known, target, state, how):
    rules = program(known, target)
    [act] = acts_json(rules, ["xx/act/2", "xx/act/3"])
    assert (act["state"], act["why"] and act["why"]["how"], act["basis"]) == (state, how, "xx/act/7")
    begun = state == "in-effect" and target == "xx/act/2"
    if target == "xx/act/2":
        assert (rules.norms["xx/act/2"].since == "xx/act#amend") is begun
    assert ("xx/act#amend" in rules.void) is (state == "void")


def test_why_an_act_is_void_is_said_in_both_languages():
    [beyond] = acts_json(program(target="xx/act/3"), [])
    assert beyond["why"]["targets"] == ["xx/act/3"]
    assert beyond["why"]["text"] == {
        "en": "Void: Act, Art. 3 cannot be changed under the power of Act, Art. 7.",
        "zh": "无效：超出《法》第7条授予的职权，不能改动《法》第3条。",
    }
    [after] = acts_json(program("2026-09-01"), [])
    assert after["why"]["ended"] == "2026-08-02"


def test_a_pending_act_changes_nothing_and_is_told():
    rules = program(more=", pending: in_scrutiny")
    [act] = acts_json(rules, [])
    assert (act["state"], act["stage"], rules.norms["xx/act/2"].since) == ("pending", "in_scrutiny", None)


def test_an_act_in_effect_is_told_where_it_touches_what_is_shown():
    rules = program()
    assert acts_json(rules, ["xx/act/3"]) == []
    assert [act["event"] for act in acts_json(rules, ["xx/act/2"])] == ["xx/act#amend"]


def test_a_power_ends_by_an_event_once_it_is_known():
    norms = POWER.replace("expires: 2026-08-01", "expires: 'xx/act#revoked'") + AMENDED
    revoked = "  - {event: xx/act#revoked, kind: adopt, known: 2026-03-01, on: 2026-04-01, targets: [xx/act/7]}\n"
    events = revoked + EVENT.format(known="2026-05-01", target="xx/act/2", more="")
    assert program(norms=norms, events=events).void.keys() == {"xx/act#amend"}
    early = Program(program(norms=norms, events=events).corpus, date(2027, 1, 1), date(2026, 2, 1))
    assert early.void == {}


@pytest.mark.parametrize(("on", "status"), [("2026-08-01", "applies"), ("2026-08-02", "ended")])
def test_the_row_of_a_power(on, status):
    found = small.row(small.results(program(on=on), act={}), "xx/act/7")
    assert (found.timing.status, found.met) == (status, None)


def told(rules, **facts):
    results = small.results(rules, **facts)
    return [(row.norm.id, row.in_scope, row.timing.status, row.met and row.met.met) for row in results.rows]


@pytest.mark.parametrize(
    "kind", ["amend, on: 2026-05-01", "repeal, on: 2026-05-01", "suspend, on: 2026-05-01", "postpone, on: 2030-01-01"]
)
@pytest.mark.parametrize("party", [{"makes_it": True, "done_this": True}, {"makes_it": True}, {}])
def test_a_void_act_leaves_every_answer_as_it_was(kind, party):
    void = f"  - {{event: xx/act#void, kind: {kind}, known: 2026-05-01, targets: [xx/act/3, xx/act/2], basis: xx/act/7}}\n"
    without = told(program(norms=POWER, events=""), parties=[party], closed=("parties",))
    assert told(program(norms=POWER, events=void), parties=[party], closed=("parties",)) == without
    valid = void.replace(", basis: xx/act/7", "")
    changed = told(program(norms=POWER, events=valid), parties=[party], closed=("parties",)) != without
    assert changed is not kind.startswith("amend")


STANDSTILL = """
- {id: xx/act/8, kind: status, about: act, makes: [xx.may_begin], when: '!objected',
   clock: {kind: standstill, from: notified, within: 3 months, calendar: generic}}
"""


def may_begin(on, norms=STANDSTILL, **facts):
    return small.term(small.program(norms, on, names=NAMES), "xx.may_begin", "act", act=facts)


@pytest.mark.parametrize(
    ("on", "facts", "truth"),
    [
        ("2028-02-01", {"notified": "2028-01-10", "objected": False}, "no"),
        ("2028-04-10", {"notified": "2028-01-10", "objected": False}, "no"),
        ("2028-04-11", {"notified": "2028-01-10", "objected": False}, "yes"),
        ("2028-04-11", {"notified": "2028-01-10", "objected": True}, "no"),
        ("2028-04-11", {"notified": "2028-01-10"}, "unknown"),
        ("2028-04-11", {"objected": False}, "unknown"),
        ("2028-04-11", {"objected": True}, "no"),
        ("2028-04-20", {"notified": "2028-01", "objected": False}, "unknown"),
        ("2028-05-03", {"notified": "2028-01", "objected": False}, "yes"),
        ("2028-04-11", {"notified": DateRange(date(2028, 4, 12), NEVER), "objected": False}, "no"),
    ],
)
def test_a_term_is_made_only_once_the_standstill_has_run(on, facts, truth):
    assert may_begin(on, **facts) is Truth(truth)


def test_a_second_way_needs_no_standstill():
    norms = STANDSTILL + "- {id: xx/act/9, kind: status, about: act, makes: [xx.may_begin], when: urgent}\n"
    assert may_begin("2028-02-01", norms, notified="2028-01-10", objected=False, urgent=True) is Truth.TRUE


def test_an_open_standstill_asks_for_its_day():
    norms = STANDSTILL + "- {id: xx/act/10, about: act, bearer: {each: [xx.maker]}, when: xx.may_begin, require: done_this}\n"
    rules = small.program(norms, "2028-04-11", names=NAMES)
    found = small.row(
        small.results(rules, act={"objected": False}, parties=[{"makes_it": True}], closed=("parties",)), "xx/act/10"
    )
    assert (found.in_scope, [one.name for one in found.missing_of_scope]) == (Truth.UNKNOWN, ["notified"])
