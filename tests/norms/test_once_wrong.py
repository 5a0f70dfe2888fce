"""What was once wrong, each as the smallest case that showed it: the answer that docs/language.md asks for."""

from datetime import date

import pytest
from tests.norms import rewriting, small
from tests.norms.small import corpus, program, results, row, term

from guiju.calendars import DateRange
from guiju.logic import Given, OneOf, Truth
from guiju.norms import CorpusError, meaning_digest, read_corpus
from guiju.norms.read_norm import read_norm

PARTY = [{"makes_it": True}]
DUTY = "- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this}\n"


def done(day):
    return Given(Truth.TRUE, done=DateRange.on(date.fromisoformat(day)))


def met(rules, **facts):
    found = row(results(rules, **facts), "xx/act/2").met
    return found.met, found.breached


# -- the law of information (section 4) --------------------------------------------------------------------------------------

TWO_DELAYS = (
    DUTY
    + """
- {id: xx/act/15, kind: application, how: transition, when: a, delays: [{norm: xx/act/2, until: 2026-12-02}]}
- {id: xx/act/16, kind: application, how: transition, when: b, delays: [{norm: xx/act/2, until: UNTIL}]}
"""
)


def test_a_delay_that_is_over_leaves_the_first_day_open_while_it_is_not_known_to_hold():
    rules = program(TWO_DELAYS.replace("UNTIL", "2027-01-01"), on="2028-01-01")
    less, more = (
        row(results(rules, parties=PARTY, system=system), "xx/act/2").timing for system in ({"a": False}, {"a": False, "b": True})
    )
    assert (less.status, more.status, more.from_day) == ("applies", "applies", date(2027, 1, 1))
    assert less.start.earliest <= more.start.earliest <= more.start.latest <= less.start.latest


@pytest.mark.parametrize("less", [{"a": True}, {"a": True, "b": True}])
def test_one_delay_settles_no_last_day_while_another_is_open(less):
    rules = program(TWO_DELAYS.replace("UNTIL", "changed"), on="2026-06-01")
    more = {"a": True, "b": True, "changed": "2027-05-01"}
    before, after = (row(results(rules, parties=PARTY, system=system), "xx/act/2").timing for system in (less, more))
    assert after.until_day == date(2027, 5, 1)
    assert before.end is None or before.end.latest >= date(2027, 5, 1)


BOTH = "- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this && done_that, clock: {from: opened, within: 10 days}}\n"


def test_an_act_of_two_parts_is_not_done_in_time_while_one_part_has_no_day():
    rules = program(BOTH, on="2026-06-30")
    first = {"makes_it": True, "done_this": done("2026-06-05"), "done_that": True}
    assert met(rules, system={"opened": "2026-06-01"}, parties=[first | {"done_that": done("2026-06-20")}])[0] is Truth.FALSE
    assert met(rules, system={"opened": "2026-06-01"}, parties=[first])[0] is not Truth.TRUE


def test_of_two_ways_the_one_done_in_time_is_enough():
    rules = program(BOTH.replace("&&", "||"), on="2026-06-30")
    party = {"makes_it": True, "done_this": done("2026-06-05"), "done_that": done("2026-06-20")}
    assert met(rules, system={"opened": "2026-06-01"}, parties=[party]) == (Truth.TRUE, Truth.FALSE)


MILDER = """
- id: xx/act/2
  bearer: {each: [xx.maker]}
  require: done_this
  unless: [{at: xx/act/2.1, when: a, replace_require: c}, {at: xx/act/2.2, when: b, replace_require: done_that}]
"""


def test_while_the_first_milder_content_is_open_the_second_is_possible_too():
    rules, party = program(MILDER), {"makes_it": True, "done_this": True, "done_that": False}
    assert met(rules, system={"a": False, "b": True, "c": True}, parties=[party])[0] is Truth.FALSE
    assert met(rules, system={"b": True, "c": True}, parties=[party])[0] is not Truth.TRUE


def many_outcomes():
    bools = "".join(f"  f{n}: {{kind: fact, object: system, type: bool}}\n" for n in range(8))
    enums = "".join(f"  e{n}: {{kind: fact, object: system, type: 'enum(p, q, r)'}}\n" for n in range(4))
    reads = " && ".join([f"f{n}" for n in range(1, 8)] + [f'e{n} == "p"' for n in range(4)])
    cases = f"[{{when: '!f0', is: high}}, {{when: '{reads}', is: middle}}, {{is: low}}]"
    return program(f"- {{id: xx/act/3, kind: status, makes: [xx.tier], cases: {cases}}}\n", names=bools + enums)


def test_no_outcome_is_lost_when_the_ways_are_many():
    rules = many_outcomes()
    assert term(rules, "xx.tier", system={"f0": False}) == OneOf.just("high")
    assert "high" in term(rules, "xx.tier").members


LATER = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, when: xx.grave, require: done_this}
- {id: xx/act/12, kind: status, makes: [xx.grave], when: a}
"""
CLASSES = """
events:
  - {event: xx/act#c, kind: commence, known: 2020-01-01, targets: [xx/act/chapter-1], on: 2020-02-01}
  - {event: xx/act#d, kind: commence, known: 2020-01-01, about: purpose, targets: [xx/act/chapter-2],
     dates: [{for: row_a, on: 2021-01-01}, {for: row_b, on: 2030-01-01}]}
"""


def test_a_settled_scope_stays_when_a_term_turns_out_to_begin_later():
    """While it is open whether the term's own provision applies, both readings are open."""
    rules = program(LATER, base_events=CLASSES)
    facts = {"system": {"a": True}, "parties": PARTY}
    less = row(results(rules, purposes=[{"row_b": True}], **facts), "xx/act/2").in_scope
    more = row(results(rules, purposes=[{"row_a": False, "row_b": True}], closed=("purposes",), **facts), "xx/act/2").in_scope
    assert not less.settled or more is less


# -- both readings (section 8) -----------------------------------------------------------------------------------------------

ENDED_LATER = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, when: xx.grave, require: done_this}
- {id: xx/act/3, kind: status, makes: [xx.grave], when: a}
- {id: xx/act/12, kind: status, ends: [xx.grave], when: b}
"""
TWO_DAYS = """
events:
  - {event: xx/act#c, kind: commence, known: 2020-01-01, targets: [xx/act/chapter-1], on: 2020-02-01}
  - {event: xx/act#d, kind: commence, known: 2020-01-01, targets: [xx/act/chapter-2], on: 2030-02-01}
"""


def test_what_ends_a_term_only_later_gives_both_readings_too():
    found = row(results(program(ENDED_LATER, base_events=TWO_DAYS), system={"a": True, "b": True}, parties=PARTY), "xx/act/2")
    assert found.in_scope is Truth.UNKNOWN
    assert {one.in_scope for one in found.readings} == {Truth.TRUE, Truth.FALSE}


APPLIED_LATER = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, when: c, require: done_this}
- {id: xx/act/12, kind: application, how: by_reference, when: a, applies: [xx/act/2]}
"""


def test_an_application_norm_that_does_not_apply_yet_brings_nobody_in():
    found = row(results(program(APPLIED_LATER, base_events=TWO_DAYS), system={"a": True, "c": False}, parties=PARTY), "xx/act/2")
    assert found.in_scope is not Truth.TRUE


# -- met and clocks (sections 5 and 9) ---------------------------------------------------------------------------------------

EVERY_FIVE_YEARS = """
- id: xx/act/2
  bearer: {each: [xx.maker]}
  require: done_this
  clock: {kind: interval, from: opened, within: 5 years, general: true}
"""


def test_an_interval_that_still_runs_is_not_breached():
    assert (
        met(program(EVERY_FIVE_YEARS), system={"opened": "2026-01-01"}, parties=[{"makes_it": True, "done_this": False}])[1]
        is Truth.FALSE
    )


def test_an_interval_past_the_usual_time_is_not_unlawful_by_itself():
    assert (
        met(program(EVERY_FIVE_YEARS), system={"opened": "2016-01-01"}, parties=[{"makes_it": True, "done_this": False}])[1]
        is not Truth.TRUE
    )


def test_what_is_done_later_than_the_day_of_the_question_is_not_done_on_it():
    rules = program(BOTH.replace(" && done_that", ""), on="2026-06-30")
    assert (
        met(rules, system={"opened": "2026-06-25"}, parties=[{"makes_it": True, "done_this": done("2026-07-03")}])[0]
        is not Truth.TRUE
    )


ONLY_A_SHARE = (
    DUTY
    + """
- id: xx/act/9
  kind: sanction
  breach_of: [xx/act/2]
  tiers: [{fine: {currency: EUR, share: {percent: 1, of: turnover, when: a}}}]
"""
)


def test_a_share_that_does_not_count_and_no_fixed_limit():
    (sanction,) = row(results(program(ONLY_A_SHARE), system={"a": False}, parties=PARTY), "xx/act/2").sanctions
    assert sanction.tiers[0].fine is None or sanction.tiers[0].fine.up_to == 0


# -- the graph of contents, order (sections 5 and 8) -------------------------------------------------------------------------

UNSEEN_CIRCLES = {
    "two application norms": """
- {id: xx/act/2, kind: application, how: by_reference, when: a, applies: [xx/act/3]}
- {id: xx/act/3, kind: application, how: by_reference, when: a, applies: [xx/act/2]}
""",
    "a milder content": """
- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this, unless: [{at: xx/act/2.1, when: a, replace_require: xx.grave}]}
- {id: xx/act/3, kind: status, makes: [xx.grave], when: 'fulfilled("xx/act/2")'}
""",
    "a bearer named elsewhere": """
- {id: xx/act/2, bearer_from: xx/act/5, require: done_this}
- {id: xx/act/5, bearer: {each: [xx.seller]}, require: done_that}
- {id: xx/act/3, kind: status, about: party, makes: [xx.seller], when: 'applies("xx/act/2")'}
""",
    "a reading": """
- {id: xx/act/3, kind: status, makes: [xx.grave], when: a, readings: [{id: r, by: x, source: y, status: house, when: xx.other}]}
- {id: xx/act/4, kind: status, makes: [xx.other], when: xx.grave}
""",
}


@pytest.mark.parametrize("rules", UNSEEN_CIRCLES.values(), ids=UNSEEN_CIRCLES)
def test_every_circle_is_refused(rules):
    with pytest.raises(CorpusError) as caught:
        corpus(rules, names="  xx.seller: {kind: term, object: party, type: bool}\n")
    assert caught.value.code == "corpus.cycle"


VERSIONS = (
    DUTY
    + """
- {id: xx/act/2, since: xx/act#one, bearer: {each: [xx.maker]}, require: done_that}
- {id: xx/act/2, since: xx/act#two, bearer: {each: [xx.maker]}, require: a}
"""
)
SAME_DAY = """
  - {{event: xx/act#one, kind: amend, known: 2021-01-01, on: 2021-02-01, targets: [xx/act/2]{one}}}
  - {{event: xx/act#two, kind: amend, known: 2021-01-01, on: 2021-02-01, targets: [xx/act/2]{two}}}
"""


def test_two_versions_of_one_day_need_an_order():
    with pytest.raises(CorpusError) as caught:
        corpus(VERSIONS, events=SAME_DAY.format(one="", two=""))
    assert caught.value.code == "corpus.tie"


def test_of_two_versions_of_one_day_the_one_stated_later_is_the_law():
    rules = program(VERSIONS, events=SAME_DAY.format(one=", order: 2", two=", order: 1"))
    assert rules.norms["xx/act/2"].since == "xx/act#one"


def test_two_norms_that_give_one_term_its_value_do_not_depend_on_file_order():
    low, high = (
        f"- {{id: xx/act/{n}, kind: status, makes: [xx.tier], cases: [{{is: {value}}}]}}\n"
        for n, value in ((3, "low"), (4, "high"))
    )
    assert term(program(low + high), "xx.tier") == term(program(high + low), "xx.tier")


def test_the_reason_why_the_law_leaves_a_case_open_is_wording():
    (item,) = [one for one in rewriting.norm_items() if one.items["id"].text == "cn/labelling-measures/6#tier"]
    other = rewriting.changed(
        item, lambda key, scalar: rewriting.written(scalar, scalar.text + "!") if key in ("zh", "en") else scalar
    )
    assert meaning_digest(read_norm(other)) == meaning_digest(read_norm(item))


# -- what is not checked on load, and what errors say (sections 1 and 6) -----------------------------------------------------

UNCHECKED = {
    "a share of what is not declared": ONLY_A_SHARE.replace("of: turnover", "of: turnovr"),
    "an exception since no event": DUTY.replace("}\n", ", unless: [{at: xx/act/2.1, since: xx/act#nope, when: a}]}\n"),
    "a bearer from no norm": "- {id: xx/act/2, bearer_from: xx/act/77, require: done_this}\n",
    "a relation that is none": DUTY.replace("require:", "binds: [{to: declared_standrds, basis: declared}], require:"),
}


@pytest.mark.parametrize("rules", UNCHECKED.values(), ids=UNCHECKED)
def test_every_name_is_checked_on_load(rules):
    with pytest.raises(CorpusError):
        corpus(rules)


def refusal(rules):
    with pytest.raises(Exception) as caught:  # noqa: PT011  # which one is what the test asks
        read_corpus([("xx", [*small.files(), ("maker.yaml", small.MAKER), ("bad.yaml", rules)])])
    return caught.value


def test_a_day_that_is_none_is_refused_with_its_place():
    error = refusal(
        "- {id: xx/act/15, kind: application, how: transition, when: a, delays: [{norm: xx/act/1, until: 2026-02-30}]}\n"
    )
    assert error.code == "calendars.no-such-day"
    assert str(error.where).startswith("bad.yaml:1:")


def test_a_condition_that_does_not_fit_is_refused_where_it_stands():
    error = refusal('- id: xx/act/2\n  bearer: {each: [xx.maker]}\n  when: level == "hihg"\n  require: done_this\n')
    assert error.code == "expression.unknown-member"
    assert str(error.where).startswith("bad.yaml:3:")


def test_no_hint_asks_did_you_mean_nothing():
    error = refusal("- {id: xx/act/2, bearer: {each: [zzz]}, require: done_this}\n")
    assert error.code == "corpus.not-a-term"
    assert "Did you mean ?" not in error.hint("en")


@pytest.mark.parametrize("rules", [
    "- id: xx/act/2\n  bearer: {each: [xx.maker]}\n  when: !a && b\n  require: done_this\n",
    "- {id: xx/act/2, bearer: {each: [xx.maker]}, when: some(purposes, row_a), require: done_this}\n",
])  # fmt: skip
def test_a_condition_that_yaml_takes_apart_is_told_to_stand_in_single_quotes(rules):
    error = refusal(rules)
    assert "single quotes" in error.hint("en")
    assert "单引号" in error.hint("zh")


TYPED_WRONG = {
    "a phase that is none": (DUTY.replace("}\n", ", phase: While}\n"), "before"),
    "a currency by its nickname": (ONLY_A_SHARE.replace("currency: EUR", "currency: RMB"), "CNY"),
    "a calendar of no place": (DUTY.replace("}\n", ", clock: {from: opened, within: 10 days, calendar: DE}}\n"), "CN"),
}


@pytest.mark.parametrize(("rules", "known"), TYPED_WRONG.values(), ids=TYPED_WRONG)
def test_words_of_closed_lists_are_checked_on_load(rules, known):
    error = refusal(rules)
    assert error.code == "data.not-among"
    assert known in error.hint("en")
    assert known in error.hint("zh")


def test_a_norm_none_of_whose_cases_holds_leaves_the_outcome_of_another():
    """Both give the term its value; where one has none to give, the other's stands."""
    rules = program(
        "- {id: xx/act/3, kind: status, makes: [xx.tier], cases: [{when: a, is: high}]}\n"
        "- {id: xx/act/4, kind: status, makes: [xx.tier], cases: [{is: low}]}\n"
    )
    assert term(rules, "xx.tier", system={"a": False}) == OneOf.just("low")
    assert term(rules, "xx.tier").members == {"low", "high"}
