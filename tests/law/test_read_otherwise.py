"""Both outcomes of an attributed reading: what the text answers, and what the reading would answer instead.

The law tests say only that an answer depends on a reading; here the reading is named and its answer is looked at.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from guiju.assess import Assessment
from guiju.assess.document import grade_json, row_json
from guiju.logic import Truth
from guiju.norms import Map, Program, answer, builtin, read_text
from guiju.norms.terms import Mode
from guiju.subjects import dossier_from

DAY = date(2028, 1, 10)

COMMON = """
system: {id: s}
events: {placed_on_market: 2027-12-10, put_into_service: 2027-12-10}
facts: {markets: {exactly: [EU]}, infers_from_input: true, works_with_some_independence: true, product_kind: standalone_software,
  third_party_assessment: self_assessment, source_code_public: false, intended_for_public_authority: false%s}
"""
ROW = """purposes: {exactly: [{id: p, facts: {reserved_for: ordinary_use, processes_personal_data_automatically: true, %s}%s}]}
"""
PARTY = """parties: {exactly: [{org: "org:a", facts: {established_in_eu: true, %s}%s}]}
"""
MAKER = "developed_or_commissioned: true, placed_under_own_name: true, uses_under_own_authority: false"
PERSON = "subject_kind: {exactly: [natural_person]}, uses_biometric_data: false, output_role: assesses, "
PLAIN = "evaluates_personal_aspects: false, "
FACE = (
    "subject_kind: {exactly: [natural_person]}, evaluates_personal_aspects: false, uses_biometric_data: true, "
    "output_role: assesses, domain: biometrics, task: other, biometric_function: {exactly: [categorisation]}, "
    "categorised_by_sensitive_attribute: true, ancillary_to_other_service: false, inferred_traits: {exactly: [other_trait]}"
)
GRID = (
    "subject_kind: {exactly: [object_or_vehicle]}, evaluates_personal_aspects: false, uses_biometric_data: false, "
    "output_role: assesses, domain: critical_infrastructure, task: operate_infrastructure, infrastructure_kind: electricity, "
    "infrastructure_needs_it_to_run: true"
)
SAFETY = ", intended_to_prevent_risk: true, failure_can_injure: true, used_only_for_comfort_or_efficiency: false"
DISPUTE = (
    "subject_kind: {exactly: [content_only]}, evaluates_personal_aspects: false, uses_biometric_data: false, "
    "output_role: assesses, domain: justice, task: dispute_resolution, dispute_outcome_binds: false, "
    "by_or_for_judicial_authority: false"
)
SORTS = (
    "subject_kind: {exactly: [natural_person]}, evaluates_personal_aspects: false, uses_biometric_data: false, "
    "domain: employment, task: filter_applications, output_role: sorts_or_structures, combined_output_used_for_decision: "
)
TRAINING = PERSON + PLAIN + "domain: employment, task: evaluate_learning, leads_to_recognised_credential: true"
GARDENERS = PERSON + PLAIN + "domain: consumer, task: match_self_employed"
BOOKING = PERSON + PLAIN + "domain: employment, task: other_recruitment"
NOT_SELECTING = ", judgements: {eu.otherwise_for_recruitment: {value: false, by: a, on: 2027-10-01, reasons: r}}"
RISKY = ", judgements: {eu.no_significant_risk: {value: false, by: a, on: 2027-10-01, reasons: r}}"

TEXT_MODEL = "model_input_modalities: {exactly: [text]}, model_output_modalities: {exactly: [text]}"
MODEL_MAKER = "model_developed_or_commissioned: true, model_placed_under_own_name: true, modified_model: false"
MODIFIER = "model_developed_or_commissioned: false, model_placed_under_own_name: true, modified_model: true"
UNCHANGED = ", judgements: {eu.significant_change_of_model: {value: false, by: a, on: 2027-10-01, reasons: r}}"
OPEN = (
    "licence_name: apache_2_0, licence_allows: {exactly: [access, use, modification, distribution]}, weights_public: true, "
    "architecture_public: true, usage_information_public: true"
)


def model(facts: str) -> str:
    return f"model: {{id: m, facts: {{{facts}, designated_systemic_risk: false, {TEXT_MODEL}}}}}\n"


@cache
def program() -> Program:
    return Program(builtin(), DAY)


def assessed(text: str) -> Assessment:
    corpus = builtin()
    top = read_text(text, "case.yaml")
    assert isinstance(top, Map)
    dossier = dossier_from(top, "case", corpus.vocabulary)
    return Assessment(dossier, corpus, program(), answer(program(), dossier.world))


def named(found: list[dict[str, Any]], reading: str) -> dict[str, Any]:
    (one,) = [one for one in found if one["id"] == reading]
    return one


HIGH, LOW = "high-risk", "not-high-risk"
SORTING = COMMON % "" + ROW % (SORTS + "%s", "%s")
GRADES = [
    (
        "eu-ai-act/ai-system",
        "eu/ai-act/3.1!outside-by-technique",
        COMMON % ", technique: {exactly: [machine_learning, optimisation_speed_up]}",
        ("ai-system", "not-ai-system"),
    ),
    ("eu-ai-act/high-risk", "eu/ai-act/annex-iii.1.b!any-protected-attribute", COMMON % "" + ROW % (FACE, ""), (LOW, HIGH)),
    ("eu-ai-act/high-risk", "eu/ai-act/annex-iii.2!definition-alone", COMMON % SAFETY + ROW % (GRID, ""), (LOW, HIGH)),
    (
        "eu-ai-act/high-risk",
        "eu/ai-act/annex-iii.3.b!training-that-leads-to-a-certificate",
        COMMON % "" + ROW % (TRAINING, ""),
        (LOW, HIGH),
    ),
    ("eu-ai-act/high-risk", "eu/ai-act/annex-iii.4.a!customers-do-not-recruit", COMMON % "" + ROW % (GARDENERS, ""), (HIGH, LOW)),
    (
        "eu-ai-act/high-risk",
        "eu/ai-act/annex-iii.4.a!only-what-takes-part-in-selecting",
        COMMON % "" + ROW % (BOOKING, NOT_SELECTING),
        (HIGH, LOW),
    ),
    ("eu-ai-act/high-risk", "eu/ai-act/annex-iii.8.a!any-dispute-resolution", COMMON % "" + ROW % (DISPUTE, ""), (LOW, HIGH)),
    (
        "eu-ai-act/high-risk",
        "eu/ai-act/6.3!combined-systems-are-taken-together",
        COMMON % "" + ROW % (SORTS + "true", ""),
        (LOW, HIGH),
    ),
    (
        "eu-ai-act/high-risk",
        "eu/ai-act/6.3!significant-risk-is-a-second-test",
        COMMON % "" + ROW % (SORTS + "false", RISKY),
        (LOW, HIGH),
    ),
    (
        "eu-ai-act/general-purpose",
        "eu/ai-act/3.63!commission-indicative-criterion",
        COMMON % "" + model("task_breadth: wide, training_compute: 5e22") + PARTY % (MODEL_MAKER, ""),
        ("general-purpose", "not-general-purpose"),
    ),
]


@pytest.mark.parametrize(("scheme", "reading", "text", "outcomes"), GRADES, ids=[one[1] for one in GRADES])
def test_a_grade_by_the_text_and_by_the_reading(scheme: str, reading: str, text: str, outcomes: tuple[str, str]) -> None:
    found = assessed(text)
    (grade,) = [grade_json(found, one) for one in found.grades if one.scheme.id == scheme]
    assert (grade["at_least"], grade["at_most"]) == (outcomes[0], outcomes[0])
    other = named(grade["depends_on_reading"], reading)
    assert (other["at_least"], other["at_most"]) == (outcomes[1], outcomes[1])
    assert other["by"]
    assert other["source"]


BROAD = ", judgements: {eu.open_ended_purpose_reaches_listed_use: {value: true, by: a, on: 2027-10-01, reasons: r}}"
CHAT = PERSON + PLAIN + "domain: consumer, task: other"
PAID = "monetised: true, system_licence_allows: {exactly: [access, use, modification, distribution]}"
PAID_OPEN = COMMON.replace("source_code_public: false", "source_code_public: true") % (
    ", generates_modalities: {exactly: []}, interacts_directly_with_natural_persons: false, " + PAID
)
DUTIES = [
    (
        "eu/ai-act/9",
        "eu/ai-act/6.2#system!open-ended-purpose",
        COMMON % "" + BROAD.removeprefix(", ") + "\n" + ROW % (CHAT, "") + PARTY % (MAKER, ""),
        ("no", "yes"),
    ),
    (
        "eu/ai-act/53.1.c",
        "eu/ai-act/3.3#modified-model!more-than-a-third-of-the-compute",
        COMMON % ""
        + model("task_breadth: wide, training_compute: 7e23, modification_compute: 2e23, original_training_compute: 5e23")
        + PARTY % (MODIFIER, UNCHANGED),
        ("no", "yes"),
    ),
    (
        "eu/ai-act/53.1.a",
        "eu/ai-act/53.2!not-where-money-is-made",
        COMMON % ""
        + model(f"task_breadth: wide, training_compute: 5e23, model_monetised: true, {OPEN}")
        + PARTY % (MODEL_MAKER, ""),
        ("no", "yes"),
    ),
]


@pytest.mark.parametrize(("norm", "reading", "text", "outcomes"), DUTIES, ids=[one[1] for one in DUTIES])
def test_a_duty_by_the_text_and_by_the_reading(norm: str, reading: str, text: str, outcomes: tuple[str, str]) -> None:
    found = assessed(text)
    (row,) = [row_json(found, one) for one in found.results.rows if one.norm.id == norm]
    assert row["in_scope"] == outcomes[0]
    other = named(row["depends_on_reading"], reading)
    assert other["in_scope"] == outcomes[1]
    assert other["by"]
    assert other["source"]


def test_a_tool_for_which_money_is_taken_is_free_and_open_by_the_text_only() -> None:
    corpus = builtin()
    (norm,) = corpus.norms["eu/ai-act/2.12#licence"]
    (reading,) = norm.readings
    found = assessed(PAID_OPEN)
    (thing,) = [one for one in found.results.world.things if one.id == "s"]
    term, evaluation = corpus.vocabulary.declared["eu.free_open_system"], found.results.evaluation
    read = evaluation.in_mode(Mode(reading, norm.id))
    assert (evaluation.term(term, thing), read.term(term, thing)) == (Truth.TRUE, Truth.FALSE)
