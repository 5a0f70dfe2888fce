"""A result holds what it was made from: made again under the same edition it is the same, JSON and HTML, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.assess.desk import GOLDEN, RULES
from tests.wording.texts import ROOT

from guiju.assess.again import dossier_again, inputs_of, read_result
from guiju.cli.app import run
from guiju.norms import builtin
from guiju.subjects import dossier_from, read_subject

SAMPLES = [*sorted((ROOT / "samples").glob("*.yaml")), ROOT / "tests" / "docs" / "card.md"]

OUT_OF_ORDER = """
system: {id: s}
purposes:
  exactly:
    - {id: zebra, facts: {domain: employment, task: filter_applications, subject_kind: [natural_person]}}
    - {id: ant, facts: {domain: employment, task: filter_applications, subject_kind: [natural_person]}}
parties:
  - {org: "org:z", facts: {developed_or_commissioned: true, placed_under_own_name: true}}
  - {org: "org:a", facts: {uses_under_own_authority: true}}
model: {id: m, facts: {training_compute: {value: {max: 1.000000000000000000001e24}, source: "log"}}}
"""
"""Rows that are not in the order of their ids, and a number with more digits than a float has."""


def made(capsys: pytest.CaptureFixture[str], path: Path | str, folder: Path, *options: str) -> tuple[str, bytes]:
    page = folder / "page.html"
    assert run(["assess", str(path), "--lang", "zh", "--json", "--html", str(page), *options]) == 0
    return capsys.readouterr().out, page.read_bytes()


def made_again(capsys: pytest.CaptureFixture[str], path: Path, folder: Path, *options: str) -> None:
    first, page = made(capsys, path, folder, *options)
    result = folder / "result.json"
    result.write_text(first, encoding="utf-8")
    rules = [] if "--corpus" not in options else ["--corpus", str(RULES)]
    again, same_page = made(capsys, result, folder, *rules)
    assert again == first
    assert same_page == page


@pytest.mark.slow
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_and_a_card_made_again(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made_again(capsys, path, tmp_path, "--on", "2026-11-21", "--known", "2026-10-01")


@pytest.mark.parametrize("name", ["desk", "silent", "hostile"])
def test_made_again_under_the_rules_of_a_folder(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made_again(capsys, GOLDEN / f"{name}.yaml", tmp_path, "--corpus", str(RULES), "--on", "2026-11-21", "--known", "2026-11-21")


def test_the_order_of_rows_and_long_numbers_are_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "order.yaml"
    path.write_text(OUT_OF_ORDER, encoding="utf-8")
    made_again(capsys, path, tmp_path, "--on", "2026-11-21", "--known", "2026-11-21", "--party", "org:z", "--memory")
    inputs = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["inputs"]
    assert (inputs["party"], inputs["memory"], inputs["lang"]) == ("org:z", True, None)
    (system,) = [one for one in inputs["dossier"]["objects"] if one["kind"] == "system"]
    assert [row["id"] for row in system["purposes"]["exactly"]] == ["zebra", "ant"]
    assert '{"decimal": "1.000000000000000000001E+24"}' in json.dumps(inputs)


def test_what_is_asked_overrides_what_the_result_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = ("--corpus", str(RULES))
    first, _ = made(capsys, GOLDEN / "desk.yaml", tmp_path, *rules, "--on", "2026-11-21", "--known", "2026-11-21")
    result = tmp_path / "result.json"
    result.write_text(first, encoding="utf-8")
    later = json.loads(made(capsys, result, tmp_path, *rules, "--on", "2028-01-01")[0])
    assert (later["on"], later["known"]) == ("2028-01-01", "2026-11-21")
    assert later["dossier"] == json.loads(first)["dossier"]


def test_another_edition_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(made(capsys, SAMPLES[0], tmp_path, "--on", "2026-11-21")[0])
    found["edition"] = "sha256:" + "0" * 64
    result = tmp_path / "result.json"
    result.write_text(json.dumps(found), encoding="utf-8")
    again = json.loads(made(capsys, result, tmp_path)[0])
    (warning,) = [one for one in again["warnings"] if one["code"] == "assess.other-edition"]
    assert warning["was"] == "sha256:000000000000"
    assert "000000000000" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_dossier_in_json_is_no_result(tmp_path: Path) -> None:
    path = tmp_path / "dossier.json"
    path.write_text('{"system": {"id": "s"}}', encoding="utf-8")
    assert read_result(path) is None
    path.write_text("{not json", encoding="utf-8")
    assert read_result(path) is None


BROKEN: dict[str, Any] = {
    "without-inputs": lambda data: data.pop("inputs"),
    "day-that-is-none": lambda data: data.update(on="2026-02-30"),
    "edition-that-is-no-text": lambda data: data.update(edition=7),
    "party-that-is-no-text": lambda data: data["inputs"].update(party=[1]),
    "memory-that-is-no-truth": lambda data: data["inputs"].update(memory="yes"),
    "dossier-that-is-a-list": lambda data: data["inputs"].update(dossier=[]),
    "notices-of-another-shape": lambda data: data["inputs"].update(notices=[7]),
}


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_result_that_lacks_something_is_refused(mistake: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(made(capsys, GOLDEN / "desk.yaml", tmp_path, "--corpus", str(RULES), "--on", "2026-11-21")[0])
    BROKEN[mistake](found)
    result = tmp_path / "result.json"
    result.write_text(json.dumps(found), encoding="utf-8")
    assert run(["assess", str(result), "--corpus", str(RULES), "--lang", "en"]) == 2
    assert "what is needed to make it again is not there" in capsys.readouterr().err


def test_inputs_read_as_a_dossier_of_the_same_digest() -> None:
    from tests.assess.test_report import sample

    for path in SAMPLES[:-1]:
        inputs = inputs_of(sample(path))
        again = dossier_from(json.dumps(inputs["dossier"]), "again", builtin().vocabulary)
        assert again.digest == read_subject(path, builtin().vocabulary).digest


def test_dossier_again_keeps_what_a_card_proposed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, _ = made(capsys, SAMPLES[-1], tmp_path, "--on", "2026-11-21")
    result = tmp_path / "result.json"
    result.write_text(first, encoding="utf-8")
    earlier = read_result(result)
    assert earlier is not None
    proposals = dossier_again(earlier, builtin().vocabulary).proposals
    assert proposals
    assert all(one.assumed for one in proposals)
