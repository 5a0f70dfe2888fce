"""What the truth scorer answers of invented dossiers, by the question that is put; no published example is used."""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from truth.engine import COMMISSION, TEXT, Engine, Told
from truth.examples import RULES, answered

from guiju.norms import builtin
from guiju.subjects import dossier_from

HEADER = """
system: {id: s}
events: {placed_on_market: 2026-09-01, put_into_service: 2026-09-01}
parties:
  exactly:
    - {org: "org:maker", facts: {developed_or_commissioned: true, placed_under_own_name: true, uses_under_own_authority: false,
       established_in_eu: true, put_own_name: false, changed_system: false, changed_purpose: false}}
    - {org: "org:user", facts: {developed_or_commissioned: false, placed_under_own_name: false, uses_under_own_authority: true,
       established_in_eu: true, put_own_name: false, changed_system: false, changed_purpose: false}}
"""


@cache
def engine(reader: str) -> Engine:
    return Engine(builtin(), date(2026, 12, 10), reader)


def told(examples: str, question: dict[str, str], text: str, reader: str = TEXT) -> Told:
    dossier = dossier_from(HEADER + text, "invented", builtin().vocabulary)
    found = answered(RULES[examples].predict, engine(reader), dossier, question)
    assert found is not None
    return found


def system(facts: str, purpose: str = "domain: consumer", reserved: str = "ordinary_use") -> str:
    return (
        f"facts: {{markets: {{exactly: [EU]}}, source_code_public: false, used_to_fight_crime: false, {facts}}}\n"
        f"purposes: {{exactly: [{{id: p, facts: {{reserved_for: {reserved}, {purpose}}}}}]}}\n"
    )


PRESSED = "influences_decisions: true, influence_methods: {exactly: [untrue_or_misleading]}, effect_on_choice: choice_taken_away"
CHAT = "interacts_directly_with_natural_persons: true, exchange_form: two_way_exchange, impression_on_user: may_pass_for_person"
FACES = "uses_biometric_data: true, biometric_function: {exactly: [identification]}, active_involvement_of_person: false"
LIVE = "identification_timing: real_time, publicly_accessible_space: true, by_or_for_law_enforcement: true"


@pytest.mark.parametrize(
    ("purpose", "answer"),
    [
        (f"{PRESSED}, harm_scale: heavy", "prohibited"),
        (f"{PRESSED}, harm_scale: in_between", "conditional"),
        ("influences_decisions: false", "not_prohibited"),
        ("domain: consumer", "abstained"),
    ],
)
def test_a_practice(purpose: str, answer: str) -> None:
    assert told("prohibited", {"provision": "5(1)(a)"}, system("infers_from_input: true", purpose)).answer == answer


def test_live_identification_depends_on_each_use() -> None:
    found = told("prohibited", {"provision": "5(1)(h)"}, system("infers_from_input: true", f"{FACES}, {LIVE}"))
    assert (found.answer, found.clause) == ("conditional", "eu/ai-act/5.1.h#practice")
    later = LIVE.replace("timing: real_time", "timing: later")
    found = told("prohibited", {"provision": "5(1)(h)"}, system("infers_from_input: true", f"{FACES}, {later}"))
    assert found.answer == "not_prohibited"


def test_what_article_2_leaves_out_is_outside() -> None:
    army = system(CHAT, f"{PRESSED}, harm_scale: heavy", "military_defence_security")
    assert told("prohibited", {"provision": "5(1)(a)"}, army).answer == "not_prohibited"
    assert told("art50", {"provision": "50(1)"}, army).answer == "out_of_scope"
    assert told("highrisk", {"annex_iii_point": "4(a)"}, army).answer == "outside"
    assert told("highrisk", {"annex_iii_point": "4(a)"}, army).clause == "eu/ai-act/2"


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        (CHAT, "applies"),
        (CHAT.replace("may_pass_for_person", "plainly_a_machine"), "exempt"),
        ("interacts_directly_with_natural_persons: false", "out_of_scope"),
        ("infers_from_input: true", "abstained"),
    ],
)
def test_a_duty_of_transparency(facts: str, answer: str) -> None:
    assert told("art50", {"provision": "50(1)"}, system(facts)).answer == answer


CRIME = "used_to_fight_crime: true, crime_use_basis: law_with_safeguards, available_to_report_crime: %s"


@pytest.mark.parametrize(
    ("facts", "crime", "answer", "clause"),
    [
        ("interacts_directly_with_natural_persons: true", CRIME % "false", "exempt", "eu/ai-act/50.1#crime"),
        ("interacts_directly_with_natural_persons: true", CRIME % "true", "abstained", "eu/ai-act/50.1"),
        (CHAT, CRIME % "false", "exempt", "eu/ai-act/50.1#crime"),
        ("infers_from_input: true", CRIME % "false", "exempt", "eu/ai-act/50.1#crime"),
        ("interacts_directly_with_natural_persons: false", CRIME % "false", "out_of_scope", "eu/ai-act/50.1"),
    ],
    ids=["another exception is open", "nothing is settled", "all is settled", "the condition is open", "no duty to be spared"],
)
def test_who_is_spared_by_one_exception_is_exempt_whatever_else_is_open(facts: str, crime: str, answer: str, clause: str) -> None:
    found = told("art50", {"provision": "50(1)"}, system(facts).replace("used_to_fight_crime: false", crime))
    assert (found.answer, found.clause) == (answer, clause)


def unnamed(facts: str) -> Told:
    dossier = dossier_from("system: {id: s}\n" + system(facts), "invented", builtin().vocabulary)
    found = answered(RULES["art50"].predict, engine(TEXT), dossier, {"provision": "50(1)"})
    assert found is not None
    return found


def test_who_bears_a_duty_is_not_asked_where_nobody_is_named() -> None:
    assert unnamed(CHAT).answer == "applies"
    found = unnamed("interacts_directly_with_natural_persons: true")
    assert found.answer == "abstained"
    assert [one.name for one in found.missing] == ["impression_on_user", "eu.obvious_that_ai"]


CONTENT = "objects: [{kind: content, id: c, facts: {%s}}]\n"
FAKE = "generated_or_changed_by_ai: true, shows_existing_person_place_or_event: true, realistic_form: true, viewer_impression: "
FAKE += "taken_for_genuine, only_minor_touch_up: false, kind_of_work: "
WRITTEN = "text_generated_or_changed_by_ai: true, published_to_inform_public: true, text_topic: public_affairs, human_reviewed: "


@pytest.mark.parametrize(
    ("content", "answer", "clause"),
    [
        (FAKE + "plain_content", "applies", "eu/ai-act/50.4"),
        (FAKE + "evident_work", "attenuated", "eu/ai-act/50.4#artistic"),
        (WRITTEN + "false", "applies", "eu/ai-act/50.4#text"),
        (WRITTEN + "true, editorial_responsibility_held: true", "exempt", "eu/ai-act/50.4#text-reviewed"),
    ],
)
def test_of_two_duties_the_one_is_asked_that_the_facts_speak_of(content: str, answer: str, clause: str) -> None:
    found = told("art50", {"provision": "50(4)"}, system("infers_from_input: true") + CONTENT % content)
    assert (found.answer, found.clause) == (answer, clause)


def test_the_reading_of_the_commission_may_answer_otherwise() -> None:
    machines = "generates_modalities: {exactly: [audio]}, edits_supplied_content: false, where_outputs_go: only_machines, "
    dossier = system(machines + "output_substance: new_content")
    assert told("art50", {"provision": "50(2)"}, dossier).answer == "applies"
    assert told("art50", {"provision": "50(2)"}, dossier, COMMISSION).answer == "out_of_scope"


def test_what_is_open_names_what_is_missing() -> None:
    found = told("art50", {"provision": "50(1)"}, system(CHAT.replace("may_pass_for_person", "in_between")))
    assert (found.answer, found.reason) == ("abstained", "open: judgement eu.obvious_that_ai")
    assert found.only_judgements
