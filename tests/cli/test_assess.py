"""``guiju assess`` as people and programs use it: the page, the JSON contract, exit codes, errors in both languages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from guiju.cli.app import run

SAMPLE = str(Path(__file__).parents[2] / "samples" / "companion-chat.yaml")

CHAT = """
system: {id: chat, name: {zh: 聊天, en: Chat}}
facts:
  markets: {exactly: [EU]}
  output_used_in_eu: true
  generates_modalities: {exactly: [text]}
  interacts_directly_with_natural_persons: true
  source_code_public: false
  product_kind: standalone_software
  edits_supplied_content: false
  used_to_fight_crime: false
  impression_on_user: in_between
judgements:
  eu.obvious_that_ai: {value: false, by: reviewer, on: 2026-11-02, reasons: the bot has a human name}
events: {placed_on_market: 2026-08-15, significant_design_change: {not_until: 2026-11-21}}
parties: {exactly: [{org: "org:acme", facts: {developed_or_commissioned: true, placed_under_own_name: true}}]}
purposes: {exactly: [{id: talk, facts: {domain: consumer, reserved_for: ordinary_use, uses_biometric_data: false}}]}
"""

FIELDS = {
    "schema", "engine", "edition", "dossier", "on", "known", "subject", "parties", "grades", "duties", "questions", "readiness",
    "proposals", "not_covered", "warnings", "inputs", "acts",
}  # fmt: skip

DUTY_FIELDS = {
    "norm", "version", "kind", "about", "object", "party", "instrument", "instrument_kind", "pinpoint", "bearer",
    "owed_to", "modality", "force", "force_path", "effect_if_met", "effect_if_broken", "in_scope", "status", "from",
    "until", "moved_by", "met", "basis", "clock", "because", "missing", "depends_on_reading", "summary", "checked",
    "reviewed",
}  # fmt: skip


@pytest.fixture
def chat(tmp_path: Path) -> str:
    path = tmp_path / "chat.yaml"
    path.write_text(CHAT, encoding="utf-8")
    return str(path)


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run(["assess", *arguments, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    return found


def duty(found: dict[str, Any], norm: str) -> dict[str, Any]:
    (row,) = [row for row in found["duties"] if row["norm"] == norm]
    return dict(row)


def test_json_holds_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, SAMPLE, "--on", "2026-11-21")
    assert set(found) == FIELDS
    assert found["schema"] == "guiju.assessment/1"
    assert found["edition"].startswith("sha256:")
    assert found["dossier"].startswith("sha256:")
    for row in found["duties"]:
        assert set(row) >= DUTY_FIELDS, row["norm"]
        assert row["in_scope"] in ("yes", "unknown")
        assert row["status"] in ("applies", "upcoming", "transitional", "suspended", "ended", "unknown")
        assert row["force"] in ("hard", "hardened", "expected", "soft", "unknown")
        assert {one["cause"] for one in row["missing"]} <= {"fact", "judgement", "evidence", "reading"}


def test_the_sample_answers_with_forces_and_times_of_every_sort(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, SAMPLE, "--on", "2026-11-21")
    assert {row["force"] for row in found["duties"]} >= {"hard", "hardened", "soft"}
    assert {row["status"] for row in found["duties"]} >= {"applies", "transitional", "upcoming"}
    assert {row["in_scope"] for row in found["duties"]} == {"yes", "unknown"}
    assert duty(found, "cn/algorithm-provisions/24.1")["clock"]["state"] == "overdue"


def test_unknown_always_says_what_would_settle_it(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, SAMPLE, "--on", "2026-11-21")
    for row in found["duties"]:
        if row["in_scope"] == "unknown" or row["status"] == "unknown":
            assert row["missing"], row["norm"]


def test_every_answer_rests_on_something(capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, SAMPLE, "--on", "2026-11-21")
    for row in found["duties"]:
        if row["in_scope"] == "yes":
            assert row["because"], row["norm"]
        assert row["pinpoint"]["zh"], row["norm"]
        assert row["pinpoint"]["en"], row["norm"]


def test_all_adds_what_does_not_apply(capsys: pytest.CaptureFixture[str], chat: str) -> None:
    some = document(capsys, chat, "--on", "2026-11-21")
    every = document(capsys, chat, "--on", "2026-11-21", "--all")
    assert len(every["duties"]) > len(some["duties"])
    assert duty(every, "cn/genai-measures/10")["in_scope"] == "no"


def test_party_keeps_what_falls_on_it(capsys: pytest.CaptureFixture[str], chat: str) -> None:
    found = document(capsys, chat, "--party", "org:acme")
    assert {row["party"] for row in found["duties"]} <= {"org:acme", None}


def test_fail_on_hard_unmet(chat: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", chat, "--on", "2026-11-21", "--fail-on", "hard-unmet", "--json"]) == 0
    told = tmp_path / "told.yaml"
    told.write_text(CHAT + "conduct: {ai_interaction_disclosed: false}\n", encoding="utf-8")
    assert run(["assess", str(told), "--on", "2026-11-21", "--fail-on", "hard-unmet", "--json"]) == 1
    assert run(["assess", chat, "--on", "2026-11-21", "--fail-on", "hard-unknown", "--json"]) == 1
    capsys.readouterr()


def test_new_chatbot_must_say_it_is_a_machine(capsys: pytest.CaptureFixture[str], chat: str) -> None:
    row = duty(document(capsys, chat, "--on", "2026-11-21"), "eu/ai-act/50.1")
    assert (row["in_scope"], row["status"], row["from"], row["force"]) == ("yes", "applies", "2026-08-02", "hard")
    (fine,) = [tier["fine"] for one in row["sanctions"] if one["norm"].startswith("eu/ai-act/99") for tier in one["tiers"]]
    assert fine["currency"] == "EUR"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_reads_in_both_languages(capsys: pytest.CaptureFixture[str], lang: str) -> None:
    assert run(["assess", SAMPLE, "--lang", lang, "--on", "2026-11-21"]) == 0
    page = capsys.readouterr().out
    assert ("现已适用" in page) == (lang == "zh")
    assert ("Apply now" in page) == (lang == "en")
    assert "sha256:" in page
    for line in page.splitlines():
        assert not line.strip().startswith(("。", "，", "；", "）")), line


@pytest.mark.parametrize(
    ("arguments", "code", "zh", "en"),
    [
        (["nowhere.yaml"], "file.missing", "找不到这个文件", "There is no such file"),
        ([SAMPLE, "--on", "2026-02-30"], "calendars.no-such-day", "2026-02-28", "2026-02-28"),
        ([SAMPLE, "--on", "2026-11-21T10:00"], "calendars.not-a-day", "2026-11-21", "2026-11-21"),
        ([SAMPLE, "--party", "org:nobody"], "cli.unknown-party", "org:yanban", "org:yanban"),
        ([SAMPLE, "--oon", "2026-11-21"], "cli.no-such-option", "--on", "--on"),
        ([], "cli.incomplete", "不完整", "not complete"),
    ],
)
def test_what_a_careless_user_gets(capsys: pytest.CaptureFixture[str], arguments: list[str], code: str, zh: str, en: str) -> None:
    for lang, words in (("zh", zh), ("en", en)):
        assert run(["assess", *arguments, "--lang", lang]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert words in err
    assert run(["assess", *arguments, "--lang", "en", "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == code
    assert set(error) == {"code", "message", "where", "hint"}


def test_a_word_that_is_no_command_is_told_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["asess"]) == 2
    assert "assess" in capsys.readouterr().err


CARDS = {
    "without-front-matter.md": "# Whisper\n\nA speech recognition model.\n",
    "key-twice.md": "---\nlicense: mit\nlicense: apache-2.0\n---\n# Two\n",
    "broken-front-matter.md": "---\nlicense: [mit\n  tags: - a\n---\n# Broken\n",
    "nothing-in-it.md": "---\n---\n",
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_as_found_in_the_wild_is_answered_with_what_was_noticed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text(CARDS[name], encoding="utf-8")
    found = document(capsys, str(path), "--on", "2026-11-21")
    for one in found["warnings"]:
        assert set(one.get("text", {"zh": 1, "en": 1})) == {"zh", "en"}, one
    for lang in ("zh", "en"):
        assert run(["assess", str(path), "--lang", lang, "--on", "2026-11-21"]) == 0
        assert capsys.readouterr().out


def test_what_does_not_fall_says_why_and_nothing_of_owing(capsys: pytest.CaptureFixture[str], chat: str) -> None:
    assert run(["assess", chat, "--lang", "en", "--on", "2026-11-21", "--all"]) == 0
    page = capsys.readouterr().out
    outside = page.split("Do not fall on it, hard law")[1].split("What to find out next")[0]
    assert "because" in outside
    assert "owed by" not in outside


def test_a_folder_of_rules_answers_instead_of_the_built_in_ones(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, chat: str
) -> None:
    assert run(["assess", chat, "--corpus", str(tmp_path / "nowhere"), "--lang", "en"]) == 2
    assert "nowhere" in capsys.readouterr().err
    folder = Path(__file__).parents[2] / "src" / "guiju" / "corpus"
    own = document(capsys, chat, "--corpus", str(folder), "--on", "2026-11-21")
    assert own["edition"] == document(capsys, chat, "--on", "2026-11-21")["edition"]


def test_a_day_in_full_width_digits_is_the_same_day(capsys: pytest.CaptureFixture[str], chat: str) -> None:
    assert document(capsys, chat, "--on", "２０２６－１１－２１")["on"] == "2026-11-21"


def test_a_file_whose_name_is_no_text_is_told_and_no_trace_is_shown(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\xfe.yaml"
    words = [sys.executable, "-c", "from guiju.cli import main; main()", b"assess", name]
    done = subprocess.run(words, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"\\udcff" in done.stderr
