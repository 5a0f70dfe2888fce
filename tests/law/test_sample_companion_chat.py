"""The filled sample of a companion chat service: few answers stay open, and the check by hand holds every row.

A changed dossier or rule changes the answers; then the table in docs/checks has to be read again.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guiju.assess import Assessment, to_json
from guiju.norms import Program, answer, builtin
from guiju.subjects import read_subject

DAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "companion-chat-cn.yaml"
CHECKED = ROOT / "docs" / "checks" / "companion-chat-cn.md"
LINE = re.compile(r"^\| (?P<norm>[a-z]+/\S+) \|(?:[^|]*\|){3} (?P<answers>[^|]*) \| (?P<verdict>对|错|存疑) \|")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    """Everything that falls on the service, or may, on 22 November 2026."""
    corpus = builtin()
    program = Program(corpus, DAY, DAY)
    dossier = read_subject(SAMPLE, corpus.vocabulary)
    result: dict[str, Any] = to_json(Assessment(dossier, corpus, program, answer(program, dossier.world)))
    duties: list[dict[str, Any]] = result["duties"]
    return duties


def answer_of(row: dict[str, Any]) -> str:
    """How the table writes an answer: object @party: in scope, status, met."""
    at = f"{row['object']} @{row['party']}" if row["party"] else str(row["object"])
    return f"{at}: {row['in_scope']} {row['status']} {row['met'] or '-'}"


def table() -> dict[str, set[str]]:
    """The answers of the table, by norm."""
    lines = (LINE.match(line) for line in CHECKED.read_text("utf-8").splitlines())
    return {line["norm"]: set(line["answers"].split("<br>")) for line in lines if line}


def test_at_most_fifteen_in_a_hundred_stay_open(rows):
    applicable = [r for r in rows if r["kind"] == "duty" and r["force"] == "hard" and r["status"] == "applies"]
    unknown = [r["norm"] for r in applicable if "unknown" in (r["in_scope"], r["met"])]
    assert len(applicable) > 200
    assert len(unknown) <= 0.15 * len(applicable), unknown


def test_some_are_met_some_are_not(rows):
    answers = {r["norm"]: r["met"] for r in rows}
    assert answers["cn/algorithm-provisions/24.1"] == "no"
    assert answers["cn/anthropomorphic-measures/18.2#two-hours"] == "no"
    assert answers["cn/genai-measures/17#assessment"] == "yes"


def test_no_other_place_lays_a_duty_on_it(rows):
    assert not [r["norm"] for r in rows if r["kind"] == "duty" and not str(r["norm"]).startswith("cn/")]


def test_every_row_was_checked_by_hand(rows):
    checked = table()
    missing = [f"{r['norm']} {answer_of(r)}" for r in rows if answer_of(r) not in checked.get(str(r["norm"]), set())]
    assert not missing, "read these again and write them into docs/checks/companion-chat-cn.md"


def test_the_table_holds_nothing_else(rows):
    now = {(str(r["norm"]), answer_of(r)) for r in rows}
    stale = [(norm, answer) for norm, answers in table().items() for answer in answers if (norm, answer) not in now]
    assert not stale
