"""``guiju assess --reading``: the answer as one body reads the rules, said to be so, and made again from its own file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from guiju.cli.app import run

COMMISSION = "European Commission"
DOSSIER = """
system: {id: s}
facts: {markets: {exactly: [EU]}, generates_modalities: {exactly: [audio]}, output_substance: new_content,
  edits_supplied_content: false, where_outputs_go: only_machines, used_to_fight_crime: false, source_code_public: false}
parties: {exactly: [{org: "org:maker", facts: {developed_or_commissioned: true, placed_under_own_name: true}}]}
purposes: {exactly: [{id: p, facts: {reserved_for: ordinary_use, uses_biometric_data: false}}]}
"""


@pytest.fixture
def dossier(tmp_path: Path) -> str:
    path = tmp_path / "s.yaml"
    path.write_text(DOSSIER, encoding="utf-8")
    return str(path)


class Command:
    def __init__(self, output: pytest.CaptureFixture[str]) -> None:
        self.output = output

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self.output.readouterr()
        code = run(["assess", *arguments, "--on", "2026-12-10"])
        said = self.output.readouterr()
        return code, said.out, said.err

    def json(self, *arguments: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self(*arguments, "--json", "--all")[1])
        return found


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


def scope(found: dict[str, Any], norm: str) -> str:
    (row,) = [one for one in found["duties"] if one["norm"] == norm]
    return str(row["in_scope"])


def test_the_text_and_the_reading_answer_apart(command: Command, dossier: str) -> None:
    text, read = command.json(dossier), command.json(dossier, "--reading", COMMISSION)
    assert (scope(text, "eu/ai-act/50.2"), scope(read, "eu/ai-act/50.2")) == ("yes", "no")
    assert "read_by" not in text
    assert "reading" not in text["inputs"]
    assert (read["read_by"], read["inputs"]["reading"]) == ([COMMISSION], [COMMISSION])
    assert text["edition"] == read["edition"]
    assert {"code": "assess.read-by", "by": COMMISSION} in read["warnings"]


def test_a_result_of_a_reading_is_made_again_as_it_was(command: Command, dossier: str, tmp_path: Path) -> None:
    code, out, _ = command(dossier, "--reading", COMMISSION, "--json", "--all")
    path = tmp_path / "result.json"
    path.write_text(out, encoding="utf-8")
    assert code == 0
    assert command(str(path), "--json", "--all")[1] == out


@pytest.mark.parametrize(("lang", "words"), [("en", "Norms are read as European Commission reads them"), ("zh", "均按其解读")])
def test_the_page_and_the_report_say_who_reads(command: Command, dossier: str, tmp_path: Path, lang: str, words: str) -> None:
    path = tmp_path / "report.html"
    assert words in command(dossier, "--reading", COMMISSION, "--lang", lang)[1].replace("\n", " ").replace("  ", "")
    assert command(dossier, "--reading", COMMISSION, "--lang", lang, "--html", str(path))[0] == 0
    assert words in path.read_text(encoding="utf-8")


def test_a_body_that_reads_nothing_is_refused_with_those_that_do(command: Command, dossier: str) -> None:
    code, _, said = command(dossier, "--reading", "Nobody")
    assert code == 2
    assert COMMISSION in said


def test_a_result_with_a_reading_that_is_no_name_is_refused(command: Command, dossier: str, tmp_path: Path) -> None:
    found = command.json(dossier)
    found["inputs"]["reading"] = "European Commission"
    path = tmp_path / "result.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    assert command(str(path))[0] == 2
