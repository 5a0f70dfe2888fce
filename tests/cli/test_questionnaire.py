"""``guiju questionnaire``: what is listed and shown, how answers are scored, and the result in a dossier."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from guiju.cli.app import run
from guiju.norms.books import builtin_folders

ANSWERS = """version: v0.9.1
answers:
  projectDetailsPhase: item1
  riskProfile1: item1-3
  riskProfile3: item1-4
  impact3: item1-4
  decisionSector1: [item1-1, item6-1]
  dataQualityDesign1: item1-2
  dataQualityImplementation1: item1-2
"""

DOSSIER = """system: {id: sorter, name: Sorter}
facts: {markets: [CA], for_administrative_decisions_of_canada: true, only_research_or_test: false, adm_system_in_use: true}
events: {adm_system_acquired: 2025-09-01}
parties:
  - org: "org:dept"
    facts:
      actor_kind: public_authority
      bound_by_canadian_service_policy: true
      uses_system_in_programme: true
      is_agent_of_parliament: false
"""


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The rules of Canada alone: small, and read quickly."""
    folder = tmp_path_factory.mktemp("rules")
    for place in ("base", "ca"):
        shutil.copytree(builtin_folders()[place], folder / place)
    return str(folder)


@pytest.fixture
def answers(tmp_path: Path) -> str:
    path = tmp_path / "answers.yaml"
    path.write_text(ANSWERS, encoding="utf-8")
    return str(path)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(["questionnaire", *words]) == 0
    return " ".join(capsys.readouterr().out.split())  # lines end where the terminal does


def read(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    found = json.loads(told(capsys, *words, "--json"))
    assert isinstance(found, dict)
    return found


def test_versions_are_listed_with_their_days(rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = told(capsys, "list", "--corpus", rules, "--lang", "en")
    assert "v1.0.1 2025-10-03 impact up to 167, mitigation up to 154, 160 questions that count" in page
    assert "Open Government Licence" in " ".join(page.split())
    assert "影响满分 167，减轻满分 154" in told(capsys, "list", "--corpus", rules, "--lang", "zh")
    listed = read(capsys, "list", "--corpus", rules)["questionnaires"]
    assert [one["version"] for one in listed][-2:] == ["v1.0.0", "v1.0.1"]
    assert all(len(one["source"]["commit"]) == 40 for one in listed)


def test_questions_are_shown_with_points_and_conditions(rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = told(capsys, "show", "v1.0.1", "--corpus", rules, "--lang", "en")
    assert "item1-3 (yes) +3, item2-0 (no) +0" in page
    assert "asked if the algorithm" not in page
    assert "asked if goes on learning in use is yes" in page
    assert "在以下情形才问：使用中会继续学习为是" in told(capsys, "show", "--corpus", rules, "--lang", "zh")
    shown = read(capsys, "show", "v0.9.1", "--corpus", rules)
    (one,) = [one for one in shown["questions"] if one["question"] == "dataQualityDesign2"]
    assert one["asked_if"] == {"dataQualityDesign1": ["item1-2"]}
    assert one["section_asked_if"] == {"projectDetailsPhase": ["item1"]}
    assert one["title"]["zh"] == "公开该程序"


def test_answers_are_scored_and_every_point_is_told(rules: str, answers: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = read(capsys, "score", answers, "--corpus", rules)
    assert (found["raw_score"], found["max_raw"], found["mitigation_score"], found["max_mitigation"]) == (13, 107, 2, 90)
    assert (found["current_score"], found["impact_level"], found["level"]) == (13, 1, "I")
    assert {one["question"]: one["points"] for one in found["trace"] if one["asked"]} == {
        "riskProfile1": 3,
        "riskProfile3": 4,
        "impact3": 4,
        "decisionSector1": 2,
        "dataQualityDesign1": 2,
    }
    assert [one["question"] for one in found["trace"] if not one["taken"]] == ["dataQualityImplementation1"]
    assert "riskProfile2" in found["open"]


def test_the_page_says_where_the_score_comes_from(rules: str, answers: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = told(capsys, "score", answers, "--corpus", rules, "--lang", "en")
    assert "Algorithmic Impact Assessment v0.9.1: impact level I so far, with a score of 13 out of 107; 55 questions" in page
    assert "+4 / 4 very high stakes: yes" in page
    assert "2 of 90 points; the line of 36 is not reached, and nothing is taken off" in page
    assert "Answers to questions that are not asked, dropped: 1" in page
    zh = told(capsys, "score", answers, "--corpus", rules, "--lang", "zh")
    assert "算法影响评估 v0.9.1：目前影响等级为一级，得分 13，满分 107；还有 55 个" in zh
    assert "+4 / 4 决定利害重大：是" in zh


@pytest.fixture
def whole(rules: str, answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The same answers with the rest of the form filled in: to every open question the option with the fewest points."""
    questions = [one for one in read(capsys, "show", "v0.9.1", "--corpus", rules)["questions"] if one["options"]]
    fewest = {one["question"]: min(one["options"], key=lambda each: each["points"])["option"] for one in questions}
    several = {one["question"] for one in questions if one["answer"] == "several"}
    path, text = tmp_path / "whole.yaml", ANSWERS
    while True:
        path.write_text(text, encoding="utf-8")
        still_open = read(capsys, "score", str(path), "--corpus", rules)["open"]
        if not still_open:
            return str(path)
        text += "".join(f"  {one}: {f'[{fewest[one]}]' if one in several else fewest[one]}\n" for one in still_open)


def test_a_score_with_open_questions_goes_into_no_dossier(
    rules: str, answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier = tmp_path / "d.yaml"
    dossier.write_text(DOSSIER, encoding="utf-8")
    assert run(["questionnaire", "score", answers, "--corpus", rules, "--into", str(dossier), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "score.open-into"
    assert dossier.read_text(encoding="utf-8") == DOSSIER


def test_a_place_for_a_dossier_without_a_dossier_is_refused(
    rules: str, answers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "o.yaml"
    assert run(["questionnaire", "score", answers, "--corpus", rules, "--out", str(out), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "score.out-alone"
    assert not out.exists()


def test_a_record_is_scored_as_it_stands(rules: str, answers: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = read(capsys, "score", answers, "--as-recorded", "--corpus", rules)
    assert found["mitigation_score"] == 4
    assert found["answers"]["taken_as"] == "recorded"


def test_the_result_goes_into_a_dossier_with_its_source(
    rules: str, whole: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier, out = tmp_path / "d.yaml", tmp_path / "out.yaml"
    dossier.write_text(DOSSIER, encoding="utf-8")
    page = told(capsys, "score", whole, "--corpus", rules, "--into", str(dossier), "--out", str(out), "--lang", "en")
    assert "Written to" in page
    assert dossier.read_text(encoding="utf-8") == DOSSIER
    assert run(["assess", str(out), "--corpus", rules, "--on", "2026-11-22", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    (grade,) = [one for one in result["grades"] if one["scheme"] == "ca/impact-level"]
    assert (grade["at_least"], grade["at_most"], grade["settled"], grade["questionnaire"]) == (
        "level-1",
        "level-1",
        True,
        "ca/aia",
    )
    details = {one["name"]: one["value"] for one in grade["details"]}
    assert details["aia_edition"] == "v0_9_1"
    assert details["aia_raw_score"] == read(capsys, "score", whole, "--corpus", rules)["raw_score"]
    assert "ca/aia v0.9.1, sha256:" in out.read_text(encoding="utf-8")


def test_a_service_says_it_of_its_system(rules: str, whole: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = tmp_path / "s.yaml"
    dossier.write_text("service: {id: desk}\nsystem: {id: sorter}\n", encoding="utf-8")
    written = read(capsys, "score", whole, "--corpus", rules, "--into", str(dossier))["dossier"]
    assert written["facts"]["aia_level"] == "I"
    text = dossier.read_text(encoding="utf-8")
    assert text.index("sorter") < text.index("aia_level")


def test_an_error_is_one_object_for_programs(rules: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("version: v1.0.1\nanswers: {riskProfil1: item1-3}\n", encoding="utf-8")
    assert run(["questionnaire", "score", str(path), "--corpus", rules, "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "answers.unknown-question"
    assert error["where"] == f"{path}:2:11"
