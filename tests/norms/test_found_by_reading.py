"""What the second review found wrong, each by its smallest example."""

from datetime import date
from pathlib import Path

import pytest
from tests.norms.small import law_on, program, results, row

from guiju.calendars import NEVER, DateRange
from guiju.logic import Truth
from guiju.norms import answer
from guiju.subjects import read_subject

ONE = {"parties": [{"makes_it": True}], "closed": ("parties",)}
NOT_DONE = {"parties": [{"makes_it": True, "done_this": False}], "closed": ("parties",)}
DUTY = "require: done_this, bearer: {each: [xx.maker]}"
LATE = """
events:
  - {event: xx/act#commence, kind: commence, known: 2020-01-01, targets: [xx/act], except: [xx/act/2, xx/act/7], on: 2020-02-01}
  - {event: xx/act#late, kind: commence, known: 2020-01-01, targets: [xx/act/2], on: 2030-02-01}
  - {event: xx/act#seven, kind: commence, known: 2020-01-01, about: system, targets: [xx/act/7],
     dates: [{for: a, on: 2026-01-01}, {for: b, on: 2026-05-01}, {for: '!b', on: 2031-01-01}]}
"""


def answered(norms, norm="xx/act/3", on="2026-06-01", more=None, **facts):
    return row(results(program(norms, on, **(more or {})), **facts), norm)


def names(found):
    return [one.name for one in found.missing]


def grounds(found):
    return [one.name for one in found.because]


# -- both readings ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("facts", [{"a": True}, {"a": True, "b": False}])
def test_no_by_content_is_not_no_while_the_provisions_that_apply_leave_it_open(facts):
    rules = f"""
    - {{id: xx/act/2, kind: status, makes: [xx.grave], when: a}}
    - {{id: xx/act/4, kind: status, makes: [xx.grave], when: b}}
    - {{id: xx/act/3, when: '!xx.grave', {DUTY}}}
    """
    found = answered(rules, more={"base_events": LATE}, system=facts, **ONE)
    assert found.in_scope is Truth.UNKNOWN
    assert ("b" in names(found)) is ("b" not in facts)


def test_both_readings_are_asked_while_the_day_is_open():
    rules = f"""
    - {{id: xx/act/2, kind: status, makes: [xx.grave], when: c}}
    - {{id: xx/act/7, when: xx.grave, {DUTY}}}
    """
    for facts in ({"c": True}, {"c": True, "a": True}):
        assert answered(rules, "xx/act/7", more={"base_events": LATE}, system=facts, **ONE).in_scope is Truth.UNKNOWN


def test_a_fact_that_would_settle_the_content_is_missing_too():
    rules = f"""
    - {{id: xx/act/2, kind: status, ends: [xx.grave], when: a}}
    - {{id: xx/act/4, kind: status, makes: [xx.grave], when: b}}
    - {{id: xx/act/3, when: xx.grave, {DUTY}}}
    """
    assert "a" in names(answered(rules, more={"base_events": LATE}, system={"b": True}, **ONE))


# -- time ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("facts", "status"), [({}, "unknown"), ({"a": True}, "ended"), ({"a": False}, "suspended")])
def test_what_may_have_ended_is_not_yet_suspended(facts, status):
    events = """
  - {event: xx/act#end, kind: repeal, known: 2021-01-01, about: system, targets: [xx/act/3],
     dates: [{for: a, on: 2022-01-01}, {for: '!a', on: 2032-01-01}]}
  - {event: xx/act#stop, kind: suspend, known: 2021-01-01, targets: [xx/act/3], on: 2021-06-01}
"""
    found = answered(f"- {{id: xx/act/3, {DUTY}}}", more={"events": events}, system=facts, **ONE)
    assert found.timing.status == status
    assert ("a" in names(found)) is (not facts)


def test_a_delay_that_is_over_may_reach_past_the_start_with_its_last_day_only():
    rules = f"""
    - {{id: xx/act/3, {DUTY}}}
    - {{id: xx/act/4, kind: application, how: transition, when: a, delays: [{{norm: xx/act/3, until: changed}}]}}
    """
    system = {"a": True, "changed": DateRange(date(2020, 1, 20), date(2020, 2, 20))}
    start = answered(rules, system=system, **ONE).timing.start
    assert start == DateRange(date(2020, 2, 1), date(2020, 2, 20))


def test_a_norm_that_is_law_no_more_takes_no_precedence():
    rules = f"""
    - {{id: xx/act/4, when: a, require: done_that, bearer: {{each: [xx.maker]}}}}
    - {{id: xx/act/3, when: a, {DUTY}, yields_to: [{{norms: [xx/act/4]}}]}}
    """
    events = "  - {event: xx/act#end, kind: repeal, known: 2021-01-01, targets: [xx/act/4], on: 2022-01-01}\n"
    assert answered(rules, more={"events": events}, system={"a": True}, **ONE).in_scope is Truth.TRUE


# -- clocks ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("facts", "met"), [({}, "unknown"), ({"a": True}, "no"), ({"a": False}, "unknown")])
def test_a_case_that_may_not_hold_gives_no_period(facts, met):
    rules = f"- {{id: xx/act/3, {DUTY}, clock: {{kind: deadline, from: opened, cases: [{{when: a, within: 10 days}}]}}}}"
    found = answered(rules, system={"opened": "2026-01-01", **facts}, **NOT_DONE)
    assert found.met.met.value == met
    assert names(found) == ([] if facts else ["a"])


def test_a_retention_that_may_not_have_started_is_not_broken():
    rules = """
    - {id: xx/act/3, require: kept >= months(6), bearer: {each: [xx.maker]},
       clock: {kind: retention, from: opened, within: 6 months}}
    """
    who = {"parties": [{"makes_it": True, "kept": "1 month"}], "closed": ("parties",)}
    silent = answered(rules, **who)
    assert (silent.met.met, silent.met.breached, names(silent)) == (Truth.UNKNOWN, Truth.UNKNOWN, ["opened"])
    later = answered(rules, system={"opened": DateRange(date(2026, 11, 1), NEVER)}, **who)
    assert (later.met.met, later.met.breached) == (Truth.UNKNOWN, Truth.FALSE)
    assert answered(rules, system={"opened": "2026-05-01"}, **who).met.breached is Truth.TRUE


def test_a_day_in_part_and_a_period_in_part_are_missing():
    rules = f"""
    - {{id: xx/act/3, {DUTY},
       clock: {{kind: deadline, from: opened, within: 10 days, cases: [{{when: a, within: 100 days}}]}}}}
    """
    assert names(answered(rules, on="2026-06-15", system={"opened": "2026-06", "a": False}, **NOT_DONE)) == ["opened"]
    assert names(answered(rules, on="2026-06-15", system={"opened": "2026-05-01"}, **NOT_DONE)) == ["a"]


@pytest.mark.parametrize(("facts", "met"), [({"b": True}, "unknown"), ({"a": False, "b": True}, "unknown"), ({"a": True}, "no")])
def test_a_yearly_duty_that_may_have_begun_after_its_day(facts, met):
    rules = f"- {{id: xx/act/7, {DUTY}, clock: {{kind: yearly, on: 03-31}}}}"
    found = answered(rules, "xx/act/7", more={"base_events": LATE}, system=facts, **NOT_DONE)
    assert found.met.met.value == met


@pytest.mark.parametrize("on", ["0001-01-31", "9999-12-31"])
def test_a_yearly_duty_at_the_ends_of_the_calendar(on):
    rules = f"- {{id: xx/act/3, {DUTY}, clock: {{kind: yearly, on: 03-31}}}}"
    assert answered(rules, on=on, more={"known": "9999-12-31"}, **ONE).met is not None


# -- grounds and what is missing -------------------------------------------------------------------------------------------------

APPLIED = f"""
- {{id: xx/act/3, when: a, {DUTY}, unless: [{{at: xx/act/3, when: c}}]}}
- {{id: xx/act/4, kind: application, how: by_reference, when: b, applies: [xx/act/3]}}
"""


def test_an_exception_is_missing_although_the_norms_own_condition_fails():
    assert "c" in names(answered(APPLIED, system={"a": False, "b": True}, **ONE))


def test_a_condition_is_not_missing_where_the_party_cannot_bear_it():
    found = answered(APPLIED, parties=[{"makes_it": False}], closed=("parties",))
    assert "a" not in names(found)
    assert "b" in names(found)


def test_no_stands_on_both_ways_in():
    assert grounds(answered(APPLIED, system={"a": False, "b": False}, **ONE)) == ["a", "b"]


def test_a_displaced_norm_is_explained_by_what_displaces_it():
    rules = f"""
    - {{id: xx/act/3, when: a, {DUTY}}}
    - {{id: xx/act/4, bearer: {{each: [xx.maker]}}, when: b, permits: done_that,
       displaces: [{{norms: [xx/act/3], basis: special}}]}}
    """
    assert "b" in grounds(answered(rules, system={"a": True, "b": True}, **ONE))


def test_cases_are_explained_by_the_norms_condition_where_that_fails():
    rules = f"""
    - {{id: xx/act/4, kind: status, makes: [xx.grave], when: a, cases: [{{at: xx/act/4.1, when: b, is: true}}, {{is: false}}]}}
    - {{id: xx/act/3, when: xx.grave, {DUTY}}}
    """
    assert grounds(answered(rules, system={"a": False, "b": True}, **ONE)) == ["xx.grave", "a"]


ENDED = f"""
- {{id: xx/act/4, kind: status, makes: [xx.grave], when: a}}
- {{id: xx/act/5, kind: status, makes: [xx.grave], when: b}}
- {{id: xx/act/6, kind: status, ends: [xx.grave], when: c}}
- {{id: xx/act/3, when: xx.grave, {DUTY}}}
"""


def test_a_term_stands_because_nothing_ends_it():
    assert grounds(answered(ENDED, system={"a": True, "c": False}, **ONE))[-2:] == ["a", "c"]


def test_another_maker_is_not_missing_where_one_makes_the_term():
    assert names(answered(ENDED, system={"a": True}, **ONE)) == ["c", "done_this"]


def test_the_bearer_named_by_another_provision_is_a_ground():
    rules = f"""
    - {{id: xx/act/4, {DUTY}}}
    - {{id: xx/act/3, when: a, require: done_that, bearer_from: xx/act/4}}
    """
    assert grounds(answered(rules, system={"a": True}, **ONE)) == ["xx.maker", "makes_it", "a"]


@pytest.mark.parametrize(("question", "missing"), [("fulfilled", ["done_that"]), ("breached", ["a", "done_that", "opened"])])
def test_what_a_question_about_another_norm_hangs_on(question, missing):
    clock = ", clock: {kind: deadline, from: opened, within: 10 days}" if question == "breached" else ""
    rules = f"""
    - {{id: xx/act/4, when: a, require: done_that, bearer: {{each: [xx.maker]}}{clock}}}
    - {{id: xx/act/3, when: '{question}("xx/act/4")', {DUTY}}}
    """
    assert names(answered(rules, **ONE)) == [*missing, "done_this"]


def test_a_share_that_may_not_count_may_be_no_fine_at_all():
    rules = f"""
    - {{id: xx/act/3, {DUTY}}}
    - {{id: xx/act/5, kind: sanction, breach_of: [xx/act/3],
       tiers: [{{fine: {{currency: EUR, share: {{percent: 7, of: turnover, when: makes_it}}}}}}]}}
    """
    found = answered(rules, parties=[{"turnover": 100}], closed=("parties",))
    assert found.sanctions[0].tiers[0].fine.bound == "at-most"


def test_what_is_missing_ends_where_a_class_hangs_on_a_term_that_hangs_on_the_class(tmp_path):
    sample = (Path(__file__).parents[2] / "samples" / "hr-screener.yaml").read_text(encoding="utf-8")
    dossier = tmp_path / "without-purposes.yaml"
    dossier.write_text("".join(line for line in sample.splitlines(True) if not line.startswith("purposes:")), encoding="utf-8")
    rules = law_on("2028-01-10")
    found = answer(rules, read_subject(str(dossier), rules.vocabulary).world)
    assert [one for one in found.rows if one.missing]
