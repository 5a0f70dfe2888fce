"""Published assessments scored again, and the shipped questionnaires made again from the official survey files."""

import json
from pathlib import Path

import pytest
import yaml
from benchmarks.truth import canada
from benchmarks.truth.canada_questionnaires import VERSIONS, written
from tests.questionnaires.small import canada as shelf

from guiju.norms.books import builtin_folders

pytestmark = pytest.mark.data


@pytest.fixture
def rows(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    monkeypatch.setattr(canada, "_shelf", shelf)
    return canada.score(data_dir / "groundtruth" / "canada-aia-assessments.jsonl")


def test_every_scorable_row_is_exact(rows: list[dict[str, object]]) -> None:
    scorable = [row for row in rows if row["scorable"]]
    assert len(scorable) >= 17
    assert [row["id"] for row in scorable if not row["exact"]] == []


def test_every_row_names_an_edition_that_is_held(rows: list[dict[str, object]]) -> None:
    assert all(row["got"] is not None for row in rows)


def test_a_row_without_a_published_result_is_scored_and_not_counted(rows: list[dict[str, object]]) -> None:
    (row,) = [row for row in rows if row["version"] == "v0.9"]
    assert (row["scorable"], row["expected"]) == (False, None)
    assert row["got"] == {
        "raw_score": 47,
        "max_raw": 107,
        "mitigation_score": 28,
        "max_mitigation": 90,
        "current_score": 47,
        "impact_level": 2,
    }


def test_a_record_of_an_edition_that_is_not_held_is_said_not_to_be_scorable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canada, "_shelf", shelf)
    row = {
        "id": "x",
        "survey_version": "v9.9",
        "answers": {"riskProfile1": "item1-3"},
        "label": dict.fromkeys(canada.FIGURES, 1.0),
    }
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    (found,) = canada.score(path)
    assert (found["scorable"], found["exact"], found["got"]) == (False, False, None)
    assert "no version “v9.9”" in found["reason"]


@pytest.mark.parametrize(
    ("version", "file"),
    [
        ("v0.8a1", "survey-enfr-v.0.8a1.json"),
        ("v0.9.1", "survey-enfr-v0.9.1.json"),
        ("v0.10.0", "survey-enfr-v0.10.0.json"),
        ("v1.0.0", "survey-enfr-v1.0.0.json"),
        ("v1.0.1", "survey-enfr-v1.0.1.json"),
    ],
)
def test_the_shipped_files_are_those_of_the_official_surveys(version: str, file: str, data_dir: Path) -> None:
    text = (data_dir / "registers" / "canada-aia" / file).read_text(encoding="utf-8")
    _, day, commit, arithmetic = next(one for one in VERSIONS if one[0] == version)
    made = yaml.safe_load(written(version, day, commit, arithmetic, text))
    path = builtin_folders()["ca"] / "directive-adm" / "questionnaires" / f"aia-{version}.yaml"
    shipped = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {**made, "source": None} == {**shipped, "source": None}
