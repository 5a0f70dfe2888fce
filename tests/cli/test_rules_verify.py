"""``guiju rules coverage``, ``verify``, ``queue``, ``sign`` and ``outline`` as their user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from guiju.cli.app import run as guiju
from guiju.norms import builtin

TEXT = "某办法\n\n第一条 为了试验，制定本办法。\n\n第二条 提供者应当标识。\n"


def run(*words: str) -> int:
    return guiju([*words])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_coverage_is_a_table_with_figures(lang: str, capsys: pytest.CaptureFixture[str]):
    assert run("rules", "coverage", "--lang", lang) == 0
    page = capsys.readouterr().out
    assert ("没交代" if lang == "zh" else "missing") in page
    assert ("生成式人工智能办法" if lang == "zh" else "GenAI Measures") in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_instrument_is_listed_paragraph_by_paragraph(lang: str, capsys: pytest.CaptureFixture[str]):
    assert run("rules", "coverage", "--instrument", "cn/genai-measures", "--lang", lang) == 0
    page = capsys.readouterr().out
    assert "第七条第一款第四项" in page
    assert "cn/genai-measures/7.4" in page


def test_coverage_of_one_that_claims_none(capsys: pytest.CaptureFixture[str]):
    assert run("rules", "coverage", "--instrument", "cn/gb-45438-2025", "--lang", "zh") == 2
    assert "没有逐款交代" in capsys.readouterr().err


def test_coverage_as_json(capsys: pytest.CaptureFixture[str]):
    assert run("rules", "coverage", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "guiju.coverage/1"
    assert all(one["unaccounted"] == [] for one in found["instruments"])
    assert {one["place"] for one in found["figures"]} >= {"cn", "eu"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_verify_against_the_texts(data_dir: Path, lang: str, capsys: pytest.CaptureFixture[str]):
    assert run("rules", "verify", "--texts", str(data_dir / "instruments"), "--lang", lang) == 0
    assert ("没有解释的出入 0 处" if lang == "zh" else "without explanation: 0") in capsys.readouterr().out


def test_verify_finds_an_amended_text(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    name = "genai-interim-measures-2023.txt"
    text = (data_dir / "instruments" / "cn" / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace("提供者应当", "提供者可以"), encoding="utf-8")
    assert run("rules", "verify", "--texts", str(tmp_path), "--json") == 1
    found = json.loads(capsys.readouterr().out)
    kinds = {one["finding"] for one in found["instruments"][0]["open"]}
    assert {"stale", "modality"} <= kinds
    assert "cn/pipl" in found["without_text"]


def test_verify_without_texts_checks_places(capsys: pytest.CaptureFixture[str]):
    assert run("rules", "verify", "--lang", "en") == 0
    assert "only the numbers of provisions were checked" in capsys.readouterr().out


@pytest.mark.parametrize(("folder", "words"), [("nowhere", "no such folder"), (".", "no .txt file")])
def test_verify_with_a_wrong_folder(tmp_path: Path, folder: str, words: str, capsys: pytest.CaptureFixture[str]):
    assert run("rules", "verify", "--texts", str(tmp_path / folder), "--lang", "en") == 2
    assert words in capsys.readouterr().err


def test_the_queue_says_what_waits(capsys: pytest.CaptureFixture[str]):
    assert run("rules", "queue", "--instrument", "cn/labelling-measures", "--limit", "2", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["total"] > 20
    assert [one["why"] for one in found["waiting"]] == ["never", "never"]
    assert run("rules", "queue", "--limit", "2", "--lang", "zh") == 0
    assert "没有人复核过" in capsys.readouterr().out


def test_a_sign_off_is_an_entry_for_the_file(capsys: pytest.CaptureFixture[str]):
    assert run("rules", "sign", "cn/genai-measures/7.4", "--by", "O'Hara 王", "--on", "2026-11-22", "--lang", "en") == 0
    line = capsys.readouterr().out.splitlines()[-1]
    entry = yaml.safe_load(line)["reviewed"]
    assert entry["by"] == "O'Hara 王"
    assert entry["meaning"] == builtin().norms["cn/genai-measures/7.4"][0].meaning


@pytest.mark.parametrize(
    ("identifier", "name", "words"),
    [
        ("cn/genai-measures/7.4", "guiju", "cannot sign off"),
        ("cn/genai-measures/7.4", " ", "not said who"),
        ("cn/nowhere/1", "Ann", "no norm"),
    ],
)
def test_who_may_not_sign(identifier: str, name: str, words: str, capsys: pytest.CaptureFixture[str]):
    assert run("rules", "sign", identifier, "--by", name, "--lang", "en") == 2
    assert words in capsys.readouterr().err


def test_an_outline_holds_no_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "some.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert run("rules", "outline", "cn/some", str(path)) == 0
    written = capsys.readouterr().out
    assert yaml.safe_load(written)["provisions"].keys() == {"1:1", "2:1"}
    assert "标识" not in written


def test_an_outline_of_a_text_that_is_no_statute(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "poem.txt"
    path.write_text("春眠不觉晓\n", encoding="utf-8")
    assert run("rules", "outline", "cn/some", str(path)) == 2
    assert capsys.readouterr().err
