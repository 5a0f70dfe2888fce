"""Every disagreement is told, on the terminal, as data and as a page, with clause, reason and verdict; none hides another."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from truth.command import main  # noqa: E402
from truth.report import as_json, grouped, lines, write_disagreements  # noqa: E402
from truth.scores import Adjudication, Disagreement, SetScore, wilson  # noqa: E402
from truth.trees import ngo  # noqa: E402

OURS = Adjudication("ours", "They ask more.", "eu/ai-act/6.1")
ONE = Disagreement("t", "c1", "class", "high", "low", "domain = other", "eu/ai-act/6.2", pattern="part class", adjudication=OURS)
OPPOSITE = replace(ONE, id="c3", expected="low", ours="high")


def score(*disagreements: Disagreement) -> SetScore:
    return SetScore("t", rows=9, disagreements=list(disagreements))


@pytest.mark.parametrize(
    "other",
    [
        {"figure": "role"},
        {"expected": "out of scope"},
        {"ours": "abstained"},
        {"clause": "eu/ai-act/6.3"},
        {"reason": "domain = employment"},
        {"adjudication": replace(OURS, verdict="theirs")},
        {"adjudication": replace(OURS, clause="eu/ai-act/6.3")},
        {"adjudication": None},
    ],
    ids=str,
)
def test_only_what_differs_in_the_case_alone_stands_together(other: dict[str, Any]) -> None:
    assert [cases for _, cases in grouped([ONE, replace(ONE, id="c2", source_id="x2")])] == [["c1", "c2"]]
    assert [cases for _, cases in grouped([ONE, replace(ONE, id="c2", **other)])] == [["c1"], ["c2"]]


def test_the_terminal_lists_every_disagreement_with_its_grounds() -> None:
    told = list(lines(score(ONE, replace(ONE, id="c2"), OPPOSITE, replace(ONE, id="c4", adjudication=None))))
    assert told[1:] == [
        "  disagreements: 4 (not yet adjudicated 1, ours 3)",
        "    2 x class: theirs high, ours low | eu/ai-act/6.2 | domain = other | ours: They ask more. [eu/ai-act/6.1] | c1 c2",
        "    class: theirs low, ours high | eu/ai-act/6.2 | domain = other | ours: They ask more. [eu/ai-act/6.1] | c3",
        "    class: theirs high, ours low | eu/ai-act/6.2 | domain = other | not yet adjudicated | c4",
    ]


def test_the_page_does_not_hide_the_opposite_case_of_one_adjudication(tmp_path: Path) -> None:
    write_disagreements([score(ONE, OPPOSITE, replace(ONE, id="c2"))], tmp_path)
    page = (tmp_path / "disagreements.md").read_text(encoding="utf-8")
    assert "- **2 cases**: expected high, ours low\n" in page
    assert "  - cases: c1 c2" in page
    assert "- **c3**: expected low, ours high\n" in page
    assert page.count("  - ours: They ask more. [eu/ai-act/6.1]") == 2
    assert [one["id"] for one in json.loads((tmp_path / "disagreements.json").read_text())] == ["c1", "c3", "c2"]


def test_the_data_hold_every_disagreement_and_their_number() -> None:
    (found,) = as_json([score(ONE, OPPOSITE)], [], "2026-12-10", "e")["sets"]
    assert found["disagreement_count"] == 2
    assert found["disagreements"] == [ONE.as_json(), OPPOSITE.as_json()]
    assert found["disagreements"][0]["adjudication"] == {
        "verdict": "ours", "reason": "They ask more.", "clause": "eu/ai-act/6.1",
    }  # fmt: skip


def test_a_path_of_a_tree_is_told_with_clause_and_reason_as_data_and_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = {"annexI": "None of the below", "III.1": "No", "annexIIIGate": "None of the above", "5.a": "No", "5.c": "No"}
    path = {"id": "made-up", "answers": {**answers, "art50": ["None of the above"]}, "outcome": "high"}
    (tmp_path / ngo.FILE).write_text(json.dumps(path), encoding="utf-8")
    arguments = ["--data", str(tmp_path), "--only", ngo.NAME]
    assert main([*arguments, "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["sets"]
    (one,) = found["disagreements"]
    assert (one["id"], one["clause"], one["adjudication"]) == ("made-up", "eu/ai-act/6.2, eu/ai-act/6.1", None)
    assert "eu.annex_iii_high_risk = no (eu.annex_iii_use = no)" in one["reason"]
    assert main(arguments) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.endswith("| made-up")]
    assert line.startswith(f"    outcome: theirs high, ours low | {one['clause']} | {one['reason']} | not yet adjudicated")


@pytest.mark.data
def test_the_filings_are_counted_with_the_same_interval(data_dir: Path) -> None:
    command = [sys.executable, str(BENCHMARKS / "filings" / "score.py"), "--data", str(data_dir), "--json"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    one = told["accuracy"]["together"]
    assert (one["low"], one["high"]) == wilson(one["right"], one["of"])
