"""The eight questions of the timeline of the AI Act, put to the real command, with the answers read out of its JSON.

The questions and answers stand in the data folder (``instruments/eu/ai-act-timeline.json``). Their wording is compared as a
whole, so that a changed file is noticed and the answers here are read again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from guiju.cli.app import run

pytestmark = pytest.mark.data

QUESTIONS = {
    "On 2026-11-21 does Art 9 bind the provider of an Annex III system placed on the market 2026-09-01?": (
        "no; from 2027-12-02, and only if then significantly changed (Art 111(2))"
    ),
    "On 2026-11-21 must a new chatbot tell users it is AI (Art 50(1))?": "yes since 2026-08-02",
    "On 2026-11-21 must a text-to-image system placed on the market 2026-06-01 mark outputs (Art 50(2))?": (
        "not until 2026-12-02 (Art 111(4))"
    ),
    "Same system placed on the market 2026-08-15?": "yes, at once",
    "Is a nudify app prohibited by Art 5(1)(ba) on 2026-11-21?": "in force but not applicable until 2026-12-02",
    "Max fine, Art 26 breach, SMC (small mid-cap) with EUR 200m turnover": (
        "lower of EUR 15m and 3% (=6m): EUR 6m, Art 99(4),(6a)"
    ),
    "Max fine, Art 5 breach, same SMC": "higher of EUR 35m and 7% (=14m): EUR 35m; 6a covers only paras 4 and 5",
    "Same, SME": "lower: EUR 14m, Art 99(6) covers paras 3, 4, 5",
}

SYSTEM = """
system: {id: s}
facts:
  markets: {exactly: [EU]}
  infers_from_input: true
  works_with_some_independence: true
  source_code_public: false
  product_kind: standalone_software
  third_party_assessment: self_assessment
  edits_supplied_content: false
  used_to_fight_crime: false
"""

MAKER = """
parties: {exactly: [{org: "org:maker", facts: {developed_or_commissioned: true, placed_under_own_name: true,
  uses_under_own_authority: false, established_in_eu: true}}]}
"""

RECRUITMENT = """
purposes: {exactly: [{id: cv, facts: {reserved_for: ordinary_use, domain: employment, task: evaluate_candidates,
  subject_kind: {exactly: [natural_person]}, evaluates_personal_aspects: true, processes_personal_data_automatically: true,
  uses_biometric_data: false}}]}
"""

OTHER_USE = """
purposes: {exactly: [{id: use, facts: {reserved_for: ordinary_use, domain: consumer, task: other,
  subject_kind: {exactly: [content_only]}, evaluates_personal_aspects: false, processes_personal_data_automatically: false,
  uses_biometric_data: false}}]}
"""

EMOTIONS_AT_WORK = """
purposes: {exactly: [
  {id: cv, facts: {reserved_for: ordinary_use, domain: employment, task: evaluate_candidates,
    subject_kind: {exactly: [natural_person]}, evaluates_personal_aspects: true, processes_personal_data_automatically: true,
    uses_biometric_data: false}},
  {id: mood, facts: {reserved_for: ordinary_use, domain: employment, task: monitor_performance,
    subject_kind: {exactly: [natural_person]}, evaluates_personal_aspects: true, processes_personal_data_automatically: true,
    uses_biometric_data: true, biometric_function: {exactly: [emotion_inference]}, emotion_context: workplace,
    emotion_reason: other_reason}}]}
"""


def launched(day: str, *more: str) -> str:
    return f"events: {{placed_on_market: {day}, put_into_service: {day}{''.join(', ' + one for one in more)}}}\n"


def deployer(staff: int, turnover: int, balance: int) -> str:
    return f"""
parties: {{exactly: [{{org: "org:firm", facts: {{developed_or_commissioned: false, placed_under_own_name: false,
  put_own_name: false, changed_system: false, changed_purpose: false, uses_under_own_authority: true, established_in_eu: true,
  is_undertaking: true, actor_kind: private_company, staff: {staff}, worldwide_turnover: {turnover},
  balance_sheet_total: {balance}}}, conduct: {{used_by_instructions: false, practice_used: true}}}}]}}
"""


class Asker:
    """Writes a dossier, runs the command, reads the answer."""

    def __init__(self, folder: Path, output: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.output = output

    def ask(self, dossier: str, on: str, *options: str) -> dict[str, Any]:
        path = self.folder / "dossier.yaml"
        path.write_text(dossier, encoding="utf-8")
        self.output.readouterr()
        code = run(["assess", str(path), "--on", on, "--known", on, "--all", "--json", *options])
        said = self.output.readouterr()
        assert code == 0, said.out
        found: dict[str, Any] = json.loads(said.out)
        return found

    def duty(self, dossier: str, on: str, norm: str) -> dict[str, Any]:
        (duty,) = [one for one in self.ask(dossier, on)["duties"] if one["norm"] == norm]
        assert isinstance(duty, dict)
        return duty

    def fines(self, dossier: str, on: str, article: str) -> list[dict[str, Any]]:
        """The fines for breaking an article, each once."""
        found: list[dict[str, Any]] = []
        for duty in self.ask(dossier, on)["duties"]:
            if duty["norm"].startswith((f"eu/ai-act/{article}.", f"eu/ai-act/{article}#")) and duty["in_scope"] == "yes":
                for sanction in duty["sanctions"]:
                    found += [tier["fine"] for tier in sanction["tiers"] if tier["fine"] not in found]
        return found


@pytest.fixture
def asker(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Asker:
    return Asker(tmp_path, capsys)


def test_the_questions_are_those_answered_here(data_dir: Path) -> None:
    path = data_dir / "instruments" / "eu" / "ai-act-timeline.json"
    listed = json.loads(path.read_text(encoding="utf-8"))["queries_for_tests"]
    assert {one["q"]: one["a"] for one in listed} == QUESTIONS


def test_1_article_9_and_an_old_recruitment_system(asker: Asker) -> None:
    never_changed = SYSTEM + "  intended_for_public_authority: false\n" + MAKER + RECRUITMENT
    old = never_changed + launched("2026-09-01", "significant_design_change: {not_until: 2026-11-21}")
    now = asker.duty(old, "2026-11-21", "eu/ai-act/9")
    assert now["in_scope"] == "yes"
    assert now["status"] in ("upcoming", "transitional")
    assert now["from"] is None or now["from"] >= "2027-12-02"
    kept = never_changed + launched("2026-09-01", "significant_design_change: {not_until: 2028-06-01}")
    later = asker.duty(kept, "2028-06-01", "eu/ai-act/9")
    assert (later["status"], later["from"]) == ("transitional", None)
    changed = never_changed + launched("2026-09-01", "significant_design_change: 2028-03-01")
    after = asker.duty(changed, "2028-06-01", "eu/ai-act/9")
    assert (after["status"], after["from"]) == ("applies", "2028-03-01")
    new = never_changed + launched("2027-12-10")
    assert asker.duty(new, "2026-11-21", "eu/ai-act/9")["from"] == "2027-12-02"


def test_2_a_new_chatbot_says_that_it_is_ai(asker: Asker) -> None:
    judged = "judgements: {eu.obvious_that_ai: {value: false, by: tester, on: 2026-09-01, reasons: It writes like a person.}}\n"
    met = "  interacts_directly_with_natural_persons: true\n  impression_on_user: in_between\n"
    chatbot = SYSTEM + met + "  generates_modalities: {exactly: [text]}\n"
    duty = asker.duty(chatbot + MAKER + OTHER_USE + judged + launched("2026-09-01"), "2026-11-21", "eu/ai-act/50.1")
    assert (duty["in_scope"], duty["status"], duty["from"]) == ("yes", "applies", "2026-08-02")


@pytest.mark.parametrize(
    ("launch", "status", "until", "start"),
    [
        pytest.param("2026-06-01", "transitional", "2026-12-02", "2026-12-02", id="3 launched 2026-06-01"),
        pytest.param("2026-08-15", "applies", None, "2026-08-02", id="4 launched 2026-08-15"),
    ],
)
def test_marking_of_generated_images(asker: Asker, launch: str, status: str, until: str | None, start: str) -> None:
    images = SYSTEM + "  generates_modalities: {exactly: [image]}\n" + MAKER + OTHER_USE + launched(launch)
    duty = asker.duty(images, "2026-11-21", "eu/ai-act/50.2")
    assert (duty["in_scope"], duty["status"], duty["until"]) == ("yes", status, until)
    duty = asker.duty(images, "2026-12-02", "eu/ai-act/50.2")
    assert (duty["status"], duty["from"]) == ("applies", start)


def test_5_an_undressing_app(asker: Asker) -> None:
    app = SYSTEM + "  generates_modalities: {exactly: [image]}\n  generates_intimate_imagery: true\n"
    app += "  intimate_imagery_is_purpose: true\n  never_increases_exposure: false\n" + MAKER + OTHER_USE
    app += "conduct: {explicit_consent_obtained: false, practice_offered: true}\n" + launched("2026-06-01")
    now = asker.duty(app, "2026-11-21", "eu/ai-act/5.1.ba#placing")
    assert (now["in_scope"], now["status"], now["from"]) == ("yes", "upcoming", "2026-12-02")
    then = asker.duty(app, "2026-12-02", "eu/ai-act/5.1.ba#placing")
    assert (then["in_scope"], then["status"], then["met"]) == ("yes", "applies", "no")


@pytest.mark.parametrize(
    ("article", "firm", "amount"),
    [
        pytest.param("26", (500, 200_000_000, 100_000_000), 6_000_000, id="6 small mid-cap, Article 26"),
        pytest.param("5", (500, 200_000_000, 100_000_000), 35_000_000, id="7 small mid-cap, Article 5"),
        pytest.param("5", (120, 200_000_000, 30_000_000), 14_000_000, id="8 SME, Article 5"),
    ],
)
def test_fines(asker: Asker, article: str, firm: tuple[int, int, int], amount: int) -> None:
    dossier = SYSTEM + deployer(*firm) + EMOTIONS_AT_WORK + launched("2027-12-10")
    assert asker.fines(dossier, "2028-01-10", article) == [{"bound": "up-to", "amount": amount, "currency": "EUR"}]
