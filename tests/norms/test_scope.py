"""Whom a norm reaches, and what it then asks: bearers, exceptions, precedence, reference (language, sections 5 and 6)."""

import pytest
from tests.norms import small
from tests.norms.small import law_on, program, results, row

from guiju.calendars import DateRange
from guiju.logic import UNSETTLED, Given, OneOf, Truth
from guiju.norms import Evaluation, answer

PARTY = [{"makes_it": True}]


def scope(rules, norm="xx/act/2", **facts):
    return row(results(rules, **{"parties": PARTY, **facts}), norm).in_scope.value


# -- exceptions ----------------------------------------------------------------------------------------------------------------

NESTED = """
- id: xx/act/2
  bearer: {each: [xx.maker]}
  when: a
  require: done_this
  unless: [{at: xx/act/2.1, when: b, unless: [{at: xx/act/2.2, when: c}]}]
"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"a": True, "b": False}, "yes"),
        ({"a": True, "b": True, "c": False}, "no"),
        ({"a": True, "b": True, "c": True}, "yes"),
        ({"a": True, "b": True}, "unknown"),
        ({"a": True, "c": True}, "yes"),
        ({"a": True, "c": False}, "unknown"),
        ({"a": True}, "unknown"),
        ({"a": False}, "no"),
        ({"b": True, "c": False}, "no"),
    ],
)
def test_an_exception_narrows_and_an_exception_to_it_gives_back(facts, expected):
    assert scope(program(NESTED), system=facts) == expected


@pytest.mark.parametrize(("on", "expected"), [("2023-12-31", "yes"), ("2024-01-01", "no")])
def test_an_exception_has_its_own_dates(on, expected):
    rules = NESTED.replace("when: b,", "since: xx/act#amend, when: b,")
    events = "  - {event: xx/act#amend, kind: amend, known: 2023-01-01, on: 2024-01-01, targets: [xx/act/2]}\n"
    assert scope(program(rules, on=on, events=events), system={"a": True, "b": True, "c": False}) == expected


ATTENUATED = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this, unless: [{at: xx/act/2.1, when: a, replace_require: done_that}]}
"""


@pytest.mark.parametrize(
    ("facts", "conduct", "met"),
    [
        ({"a": True}, {"done_this": False, "done_that": True}, "yes"),
        ({"a": False}, {"done_this": False, "done_that": True}, "no"),
        ({}, {"done_this": False, "done_that": True}, "unknown"),
        ({}, {"done_this": True, "done_that": True}, "yes"),
        ({}, {"done_this": False, "done_that": False}, "no"),
    ],
)
def test_an_exception_that_attenuates_leaves_the_norm_with_the_milder_content(facts, conduct, met):
    found = row(results(program(ATTENUATED), system=facts, parties=[{"makes_it": True, **conduct}]), "xx/act/2")
    assert found.in_scope is Truth.TRUE
    assert found.met.met.value == met


# -- bearers -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("facts", "expected"), [({"makes_it": True}, "yes"), ({"makes_it": False}, "no"), ({}, "unknown")])
def test_only_who_bears_it(facts, expected):
    assert scope(program("- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this}\n"), parties=[facts]) == expected


def test_one_row_for_each_party():
    found = results(
        program("- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this}\n"),
        parties=[{"makes_it": True}, {"makes_it": False}],
    )
    assert [(one.party.id, one.in_scope.value) for one in found.rows] == [("parties-0", "yes"), ("parties-1", "no")]


def test_another_party_may_take_the_role_away_while_the_list_is_open():
    """Article 25(2): with open parties the first provider may have lost the role to somebody not listed."""
    party = {"developed_or_commissioned": True, "placed_under_own_name": True}
    purpose = {
        "domain": "employment",
        "reserved_for": "ordinary_use",
        "task": "filter_applications",
        "subject_kind": {"natural_person"},
        "output_role": "assesses",
        "processes_personal_data_automatically": True,
        "evaluates_personal_aspects": True,
    }
    facts = {"system": {"markets": {"EU"}, "interacts_directly_with_natural_persons": True}, "purposes": [purpose]}
    rules = law_on("2028-01-10")
    assert scope(rules, "eu/ai-act/9", parties=[party], **facts) == "unknown"
    assert scope(rules, "eu/ai-act/9", parties=[party], closed=("parties",), **facts) == "yes"


# -- terms ---------------------------------------------------------------------------------------------------------------------

MADE = """
- {id: xx/act/3, kind: status, makes: [xx.grave], when: a}
- {id: xx/act/4, kind: status, makes: [xx.grave], when: b}
- {id: xx/act/5, kind: status, ends: [xx.grave], when: c}
"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"a": True, "c": False}, "yes"),
        ({"b": True, "c": False}, "yes"),
        ({"a": True, "c": True}, "no"),
        ({"a": True}, "unknown"),
        ({"a": False, "b": False}, "no"),
        ({"a": False}, "unknown"),
        ({"c": True}, "no"),
    ],
)
def test_a_term_is_true_if_made_and_not_ended(facts, expected):
    assert small.term(program(MADE), "xx.grave", system=facts).value == expected


def test_a_term_that_rests_on_memory_is_never_settled_by_silence():
    rules = program("- {id: xx/act/3, kind: status, makes: [xx.grave], when: a, checked: {against: memory}}\n")
    assert small.term(rules, "xx.grave", system={"a": False}) is None
    assert [norm.id for norm in rules.resting_on_memory] == ["xx/act/3"]


TIERS = """
- id: xx/act/3
  kind: status
  makes: [xx.tier]
  cases: [{when: a && b, is: high}, {when: '!a && b', is: middle}, {when: a, unsettled: {zh: 未规定, en: silent}}, {is: low}]
"""


@pytest.mark.parametrize(
    ("facts", "outcomes"),
    [
        ({"a": True, "b": True}, {"high"}),
        ({"a": False, "b": True}, {"middle"}),
        ({"a": True, "b": False}, {UNSETTLED}),
        ({"a": False, "b": False}, {"low"}),
        ({"b": True}, {"high", "middle"}),
        ({"b": False}, {UNSETTLED, "low"}),
        ({"a": False}, {"middle", "low"}),
        ({}, {"high", "middle", UNSETTLED, "low"}),
    ],
)
def test_ordered_cases_give_the_outcomes_still_possible(facts, outcomes):
    """By splitting on the unknowns: with b known, one of the first two holds whatever a is."""
    assert small.term(program(TIERS), "xx.tier", system=facts) == OneOf(frozenset(outcomes))


HEAVY = "- {id: xx/act/3, kind: status, makes: [xx.grave], when: weight > 3}\n"


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        (4, "yes"),
        (3, "no"),
        ((4, None), "yes"),
        ((3, None), "unknown"),
        ((None, 3), "no"),
        ((None, 4), "unknown"),
        ((2, 5), "unknown"),
    ],
)
def test_a_number_known_in_part_settles_what_all_of_it_settles(weight, expected):
    assert small.term(program(HEAVY), "xx.grave", system={"weight": weight}).value == expected


# -- other norms ---------------------------------------------------------------------------------------------------------------

DISPLACED = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, when: a, require: done_this}
- {id: xx/act/3, bearer: {each: [xx.maker]}, when: b, permits: done_that, displaces: [{norms: [xx/act/2], basis: special}]}
"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({"a": True, "b": True}, "no"), ({"a": True, "b": False}, "yes"), ({"a": True}, "unknown"), ({"a": False, "b": True}, "no")],
)
def test_a_norm_that_takes_precedence(facts, expected):
    assert scope(program(DISPLACED), system=facts) == expected


def test_what_does_not_bind_a_party_displaces_nothing_for_it():
    rules = program(DISPLACED.replace("xx/act/2, bearer: {each: [xx.maker]}", "xx/act/2, bearer: {each: [xx.other_maker]}") + """
- {id: xx/act/4, kind: status, about: party, makes: [xx.other_maker], when: '!makes_it'}
""", names="  xx.other_maker: {kind: term, object: party, type: bool}\n")  # fmt: skip
    found = results(rules, system={"a": True, "b": True}, parties=[{"makes_it": False}])
    assert row(found, "xx/act/2").in_scope is Truth.TRUE


def test_content_without_label_on_request():
    """Provision 19: the permission takes Article 4 away, its use brings the duty to keep the log."""
    asked = {"user_asked_for_unlabelled": True, "agreement_sets_users_label_duty": True, "explicit_label_omitted": True}
    content = {"generated_by_service": True, "content_modality": "image_content", "content_provided": "2026-10-12", **asked}
    found = labelled(content | {"recipient_log_retention": "6 months"})
    assert row(found, "cn/labelling-measures/4.1.3").in_scope is Truth.FALSE
    assert row(found, "cn/labelling-measures/9#may").in_scope is Truth.TRUE
    for kept, met in (("6 months", "yes"), ("180 days", "no"), ("182 days", "unknown")):
        keep = row(labelled(content | {"recipient_log_retention": kept}), "cn/labelling-measures/9#keep")
        assert (keep.in_scope.value, keep.met.met.value) == ("yes", met)
    without = labelled(content | {"user_asked_for_unlabelled": False})
    assert row(without, "cn/labelling-measures/4.1.3").in_scope is Truth.TRUE
    assert row(without, "cn/labelling-measures/9#may").in_scope is Truth.FALSE


def labelled(content):
    rules = law_on("2026-11-21")
    system = {"markets": {"CN"}, "generates_modalities": {"image"}}
    service = {"offered_online": True, "offered_to_public_in_mainland_china": True, "cn.may_confuse_public": True}
    party = {"provides_service": True}
    return results(rules, system=system, service=service, parties=[party], content=content, closed=("parties",))


YIELDING = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this, yields_to: [{norms: [xx/act/3], when: b}]}
- {id: xx/act/3, bearer: {each: [xx.maker]}, when: a, require: done_that}
"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({"a": True, "b": True}, "no"), ({"a": True, "b": False}, "yes"), ({"a": False}, "yes"), ({"a": True}, "unknown")],
)
def test_a_norm_that_yields(facts, expected):
    assert scope(program(YIELDING), system=facts) == expected


APPLYING = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, when: a, require: done_this, unless: [{at: xx/act/2.1, when: c}]}
- {id: xx/act/3, kind: application, how: by_reference, bearer: {each: [xx.seller]}, when: b, applies: [xx/act/2]}
- {id: xx/act/4, kind: status, about: party, makes: [xx.seller], when: '!makes_it'}
"""
SELLER = "  xx.seller: {kind: term, object: party, type: bool}\n"


@pytest.mark.parametrize(
    ("facts", "makes_it", "expected"),
    [
        ({"a": True, "c": False}, True, "yes"),
        ({"a": False, "b": True, "c": False}, True, "no"),
        ({"b": True, "c": False}, False, "yes"),
        ({"a": True, "b": False, "c": False}, False, "no"),
        ({"a": True, "c": False}, False, "unknown"),
        ({"b": True, "c": True}, False, "no"),
    ],
)
def test_application_by_reference_is_a_second_way_with_its_own_bearers(facts, makes_it, expected):
    assert scope(program(APPLYING, names=SELLER), system=facts, parties=[{"makes_it": makes_it}]) == expected


REFERRING = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this, clock: {kind: deadline, from: opened, within: 10 days}}
- {id: xx/act/3, kind: status, makes: [xx.grave], when: 'QUESTION("xx/act/2")'}
"""
ACT = {"makes_it": True, "done_this": True}


@pytest.mark.parametrize(
    ("question", "party", "all_of_them", "expected"),
    [
        ("applies", {"makes_it": True}, False, "yes"),
        ("applies", {"makes_it": False}, False, "unknown"),
        ("applies", {"makes_it": False}, True, "no"),
        ("fulfilled", {"makes_it": True}, True, "unknown"),
        ("fulfilled", {"makes_it": True, "done_this": True}, False, "yes"),
        ("breached", {"makes_it": True, "done_this": False}, False, "yes"),
        ("breached", {"makes_it": True}, True, "unknown"),
        ("breached", {"makes_it": True, "done_this": True}, False, "unknown"),
    ],
)
def test_asked_without_a_party_in_sight_any_party_counts(question, party, all_of_them, expected):
    rules = program(REFERRING.replace("QUESTION", question))
    closed = ("parties",) if all_of_them else ()
    found = small.term(rules, "xx.grave", system={"opened": "2026-01-01"}, parties=[party], closed=closed)
    assert found.value == expected


ASKING = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, when: a, require: done_this, clock: {kind: deadline, from: opened, within: 10 days}}
- {id: xx/act/3, bearer: {each: [xx.maker]}, when: 'QUESTION("xx/act/2")', require: done_that}
"""


def done(day):
    return Given(Truth.TRUE, done=DateRange.on(small.date.fromisoformat(day)))


@pytest.mark.parametrize(
    ("question", "facts", "act", "expected"),
    [
        ("applies", {"a": True}, False, "yes"),
        ("applies", {"a": False}, False, "no"),
        ("fulfilled", {"a": True}, done("2026-05-05"), "yes"),
        ("breached", {"a": True}, done("2026-05-05"), "no"),
        ("fulfilled", {"a": True}, done("2026-05-20"), "yes"),
        ("breached", {"a": True}, done("2026-05-20"), "yes"),
        ("breached", {"a": True}, False, "yes"),
        ("breached", {"a": False}, False, "no"),
        ("breached", {"a": True, "opened": "2026-05-25"}, False, "no"),
    ],
)
def test_done_late_is_breached_and_fulfilled_and_running_is_neither(question, facts, act, expected):
    rules = program(ASKING.replace("QUESTION", question), on="2026-06-01")
    facts = {"opened": "2026-05-01", **facts}
    assert scope(rules, "xx/act/3", system=facts, parties=[{"makes_it": True, "done_this": act}]) == expected


@pytest.mark.parametrize(
    ("compute", "expected"),
    [
        ("5e24", ["no", "no", "yes", "yes"]),
        ("1e25", ["no", "no", "yes", "yes"]),
        ("2e25", ["yes", "yes", "yes", "yes"]),
        (None, ["unknown"] * 2 + ["yes"] * 2),
    ],
)
def test_open_models_and_their_threshold(compute, expected):
    """Provision 9: 53(1)(a) and (b) do not bind open models below systemic risk, which is presumed above, not at, 1e25."""
    model = {
        "task_breadth": "wide", "licence_name": "apache_2_0", "weights_public": True, "architecture_public": True,
        "usage_information_public": True, "designated_systemic_risk": False, "systemic_risk_rebuttal_accepted": False,
    }  # fmt: skip
    if compute:
        model["training_compute"] = compute
    party = {"model_developed_or_commissioned": True, "model_placed_under_own_name": True}
    found = results(law_on("2026-11-21"), system={"markets": {"EU"}}, model=model, parties=[party])
    assert [row(found, f"eu/ai-act/53.1.{point}").in_scope.value for point in "abcd"] == expected


# -- what is met ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "act", "met", "breached"),
    [
        ("require: done_this", True, "yes", "no"),
        ("require: done_this", False, "no", "yes"),
        ("require: done_this", None, "unknown", "unknown"),
        ("forbid: done_this", True, "no", "yes"),
        ("forbid: done_this", False, "yes", "no"),
        ("permits: done_this", False, None, "no"),
        ("modality: encouragement, require: done_this", False, "no", "no"),
        ("modality: best_efforts, require: done_this", True, "yes", "no"),
    ],
)
def test_met_by_modality(written, act, met, breached):
    rules = program(f"- {{id: xx/act/2, bearer: {{each: [xx.maker]}}, {written}}}\n")
    conduct = {} if act is None else {"done_this": act}
    found = row(results(rules, parties=[{"makes_it": True, **conduct}]), "xx/act/2").met
    assert (found.met.value if found.met is not None else None, found.breached.value) == (met, breached)


@pytest.mark.parametrize(
    ("one", "two", "basis"),
    [
        (Given(Truth.TRUE), Given(Truth.TRUE, evidence="receipt"), "declared"),
        (Given(Truth.TRUE, evidence="receipt"), Given(Truth.TRUE, evidence="report"), "evidenced"),
        (Given(Truth.UNKNOWN), Given(Truth.TRUE), None),
    ],
)
def test_a_chain_of_support_is_as_strong_as_its_weakest_link(one, two, basis):
    rules = program("- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this && done_that}\n")
    found = row(results(rules, parties=[{"makes_it": True, "done_this": one, "done_that": two}]), "xx/act/2").met.basis
    assert (found.kind if found else None) == basis


# -- readings, readiness, stand-ins ----------------------------------------------------------------------------------------------

READ = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, when: xx.grave, require: done_this}
- id: xx/act/3
  kind: status
  makes: [xx.grave]
  when: a
  readings: [{id: narrow, by: xx.court, source: case 1, status: court, when: a && b}]
"""


@pytest.mark.parametrize(
    ("facts", "text", "read"),
    [
        ({"a": True, "b": False}, "yes", ["no"]),
        ({"a": True, "b": True}, "yes", []),
        ({"a": True}, "yes", ["unknown"]),
        ({"a": False}, "no", []),
    ],
)
def test_a_reading_that_would_change_an_answer_is_named_and_never_followed(facts, text, read):
    found = row(results(program(READ), system=facts, parties=PARTY), "xx/act/2")
    assert found.in_scope.value == text
    assert [one.in_scope.value for one in found.readings] == read
    assert all((one.id, one.by, one.source) == ("xx/act/3!narrow", "xx.court", "case 1") for one in found.readings)


def test_norms_about_what_has_not_happened_are_readiness():
    rules = law_on("2026-11-21")
    bare = answer(rules, small.world(rules.corpus))
    assert bare.readiness["content"] == len(
        [one for one in rules.norms.values() if one.about == "content" and one.kind in ("duty", "right")]
    )
    assert not [one for one in bare.rows if one.norm.about == "content"]
    told = answer(rules, small.world(rules.corpus, content={}))
    assert "content" not in told.readiness
    assert {one.norm.id for one in told.rows if one.norm.about == "content"} == {
        "cn/labelling-measures/10.1",
        "cn/cybersecurity-law/50.1#user",
        "cn/deep-synthesis/6.1#user",
        "cn/deep-synthesis/6.2#user",
        "cn/deep-synthesis/18#user",
    }  # those of the person who posts it; the others need a party


def test_a_right_gives_its_row():
    """Provision 22: with a decision and a major effect the right exists; without the judgement it is open."""
    rules = law_on("2026-11-21")
    for judged, expected in ((True, "yes"), (False, "no"), (None, "unknown")):
        decision = {"automated_decision": True} | ({} if judged is None else {"cn.major_effect_on_rights": judged})
        system = {
            "markets": {"CN"},
            "processes_personal_information": True,
            "personal_information_processed_in_mainland_china": True,
        }
        answered = results(rules, system=system, parties=[{"decides_purpose_and_means": True}], decision=decision)
        found = [one for one in answered.rows if one.norm.id == "cn/pipl/24.3#explain"]
        assert {one.in_scope.value for one in found} == {expected}
        if judged is None:
            assert ("judgement", "cn.major_effect_on_rights") in {
                (item.cause, item.name) for one in found for item in one.missing
            }


def test_an_answer_is_worked_out_once():
    rules = program(NESTED)
    world = small.world(rules.corpus, system={"a": True}, parties=PARTY)
    evaluation = Evaluation(rules, world)
    first = evaluation.in_scope(rules.norms["xx/act/2"], world.root, world.of_kind("party")[0])
    world.root.given.clear()
    assert evaluation.in_scope(rules.norms["xx/act/2"], world.root, world.of_kind("party")[0]) is first
