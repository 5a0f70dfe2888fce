"""Requirements: one for each content, tested by the rule's own thresholds, safe in any spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from tests.assess.desk import GOLDEN, RULES, answered

from guiju.assess import assess, to_json
from guiju.assess.report import report_of
from guiju.assess.requirements import (
    COLUMNS,
    requirements_csv,
    requirements_json,
    requirements_markdown,
    requirements_of,
)
from guiju.assess.spreadsheet import workbook
from guiju.cli.app import run
from guiju.norms import builtin
from guiju.subjects import dossier_from, read_subject

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.yaml"))
ON = date(2026, 11, 21)


def by_norm(name: str, lang: str = "en") -> dict[str, object]:
    return {source.norm: one for one in requirements_of(answered(name), lang) for source in one.sources}


def test_every_duty_stands_in_exactly_one_requirement() -> None:
    corpus = builtin()
    for path in SAMPLES:
        found = assess(read_subject(path, corpus.vocabulary), corpus, ON, ON)
        asked = [duty["norm"] for duty in to_json(found)["duties"] if duty["kind"] == "duty" and duty["modality"] != "permission"]
        told = [source.norm for one in requirements_of(found, "en") for source in one.sources]
        assert set(told) == set(asked)
        ids = [one.id for one in requirements_of(found, "zh")]
        assert len(ids) == len(set(ids))


def test_the_test_has_the_thresholds_of_the_rule() -> None:
    found = {source.norm: one for one in requirements_of(answered("desk"), "zh") for source in one.sources}
    lines = [line for _, line in found["chengzhou/desk-guide/1"].test]
    assert any("不少于100题" in line for line in lines)
    assert any("不少于95%" in line for line in lines)


def test_duties_with_one_content_are_one_requirement() -> None:
    corpus = builtin()
    (sample,) = [path for path in SAMPLES if path.name == "companion-chat.yaml"]
    found = assess(read_subject(sample, corpus.vocabulary), corpus, ON, ON)
    shared = [one for one in requirements_of(found, "en") if len(one.sources) > 1]
    wanted = {"cn/algorithm-provisions/27", "cn/genai-measures/17#assessment"}
    assert any({source.norm for source in one.sources} >= wanted for one in shared)
    for one in shared:
        assert len({source.norm for source in one.sources}) > 1
    headings = [line for line in requirements_markdown(found, "en").splitlines() if line.startswith("### ")]
    for heading in headings:
        clauses = heading.split(" ", 2)[2].split("; ")
        assert len(set(clauses)) == len(clauses)


def test_ids_stay_when_facts_change() -> None:
    corpus = answered("desk").corpus
    text = (GOLDEN / "desk.yaml").read_text(encoding="utf-8")
    other = dossier_from(text.replace("desk_reported: false", "desk_reported: true"), "other", corpus.vocabulary)
    before = {one.id for one in requirements_of(answered("desk"), "en")}
    after = {one.id for one in requirements_of(assess(other, corpus, ON, ON), "zh")}
    assert before == after


def test_json_has_both_languages_and_the_schema() -> None:
    found = requirements_json(answered("desk"))
    assert found["schema"] == "guiju.requirements/1"
    assert json.loads(json.dumps(found)) == found
    (reported,) = [one for one in found["requirements"] if "chengzhou/desk-rules/5" in one["norms"]]
    assert reported["due"] == "2026-09-15"
    assert reported["clock"] == "overdue"
    assert reported["met"] == "no"
    assert reported["test"]["expression"] == "(desk_reported)"
    assert reported["owner"]["party"] == "org:city-hall"
    for one in found["requirements"]:
        assert set(one["statement"]) == {"zh", "en"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_cell_of_the_csv_is_a_formula(lang: str) -> None:
    rows = list(csv.reader(io.StringIO(requirements_csv(answered("hostile"), lang))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) > 5
    for row in rows:
        assert len(row) == len(COLUMNS)
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell


def test_a_cell_that_would_be_a_formula_is_quoted() -> None:
    corpus = answered("desk").corpus
    text = (GOLDEN / "desk.yaml").read_text(encoding="utf-8").replace("en: Chengzhou City Service Centre", 'en: "=cmd|x"')
    found = assess(dossier_from(text, "x", corpus.vocabulary), corpus, ON, ON)
    owners = [row[COLUMNS.index("owner")] for row in csv.reader(io.StringIO(requirements_csv(found, "en")))][1:]
    assert owners
    assert all(owner.startswith("'=cmd|x") for owner in owners)


def test_markdown_takes_names_as_text() -> None:
    page = requirements_markdown(answered("hostile"), "zh")
    assert "<script>" not in page.replace("\\<", "")
    assert "\\<script\\>" in page
    assert "- [ ]" in page


# -- spreadsheet ---------------------------------------------------------------------------------------------------------------


def book(name: str, lang: str) -> Workbook:
    return load_workbook(io.BytesIO(workbook(report_of(answered(name), lang))))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["desk", "silent", "hostile"])
def test_no_cell_of_the_spreadsheet_is_a_formula(name: str, lang: str) -> None:
    for sheet in book(name, lang).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate, cell.value)


def test_what_begins_like_a_formula_is_text() -> None:
    values = [cell for row in book("hostile", "en").worksheets[0].iter_rows() for cell in row if cell.value]
    (title,) = [cell for cell in values if str(cell.value).startswith("=HYPERLINK")]
    assert title.data_type == "s"
    assert title.quotePrefix


def test_the_spreadsheet_has_its_sheets_filters_and_a_frozen_head() -> None:
    made = book("desk", "zh")
    assert made.sheetnames == ["回答", "规则", "尚不清楚", "没有涵盖"]
    duties = made["规则"]
    assert duties.max_row == 1 + len(report_of(answered("desk"), "zh").duties)
    for sheet in made.worksheets[1:]:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
    assert duties["B2"].alignment.wrap_text
    assert duties["E2"].is_date or duties["E2"].value is None


# -- command -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "begins"), [("csv", "id,statement"), ("md", "# "), ("json", "{")])
def test_the_command_writes_each_format(word: str, begins: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["requirements", str(GOLDEN / "desk.yaml"), "--corpus", str(RULES), "--on", "2026-11-21", "--lang", "en"]
    assert run([*asked, "--format", word]) == 0
    said = capsys.readouterr().out
    assert said.startswith(begins)
    file = tmp_path / f"requirements.{word}"
    assert run([*asked, "--format", word, "--out", str(file)]) == 0
    assert capsys.readouterr().out == ""
    assert file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n") == said


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = tmp_path / "no" / "page.html"
    assert run(["assess", str(GOLDEN / "desk.yaml"), "--corpus", str(RULES), "--html", str(nowhere), "--lang", "en"]) == 2
    assert "cannot be written" in capsys.readouterr().err
