"""Sentences as a reader meets them: whole, with units and names in words, each thing said once."""

from __future__ import annotations

import os
import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from guiju.assess import Assessment, assess
from guiju.assess.page import page_lines
from guiju.assess.plain import clause_of, value_words
from guiju.assess.report import report_of
from guiju.assess.report_parts import Report
from guiju.assess.report_words import plain
from guiju.assess.requirements import requirements_markdown
from guiju.logic import Interval
from guiju.norms import Program, builtin
from guiju.subjects import read_subject

SAMPLES = Path(__file__).parents[2] / "samples"
SHORT = Path(__file__).parent / "golden" / "short"
FILLED = {"cv-screening-eu": date(2028, 1, 10), "companion-chat-cn": date(2026, 11, 22)}
KNOWN = date(2026, 11, 22)
LANGUAGES = ("zh", "en")

CONTESTED = """
system: {id: toy, name: {zh: 玩偶, en: the doll}}
proposals:
  - {object: {kind: system, id: toy}, name: product_kind, value: toy, source: one.yaml, line: 3,
     excerpt: a toy, confidence: stated, rule: merge}
  - {object: {kind: system, id: toy}, name: product_kind, value: medical_device, source: two.yaml, line: 4,
     excerpt: a device, confidence: stated, rule: merge}
"""


@cache
def filled(name: str) -> Assessment:
    corpus = builtin()
    return assess(read_subject(SAMPLES / f"{name}.yaml", corpus.vocabulary), corpus, FILLED[name], KNOWN)


@cache
def report(name: str, lang: str) -> Report:
    return report_of(filled(name), lang)


def page(assessment: Assessment, lang: str) -> list[str]:
    return [line.text for line in page_lines(assessment, lang)]


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        ("3000000", "3000000", "300万个词元", "3,000,000 tokens"),
        ("1", "1", "1个词元", "1 token"),
        ("2000000000000", None, "2万亿个词元以上", "at least 2,000,000,000,000 tokens"),
        (None, "10000", "1万个词元以下", "at most 10,000 tokens"),
        ("10000", "20000", "1万个词元至2万个词元", "from 10,000 tokens to 20,000 tokens"),
        (None, None, "不清楚", "not known"),
    ],
)
def test_a_number_has_its_unit_in_words_and_open_ends_are_bounds(low: str | None, high: str | None, zh: str, en: str) -> None:
    tokens = builtin().vocabulary.declared["training_tokens"]
    value = Interval(Decimal(low) if low else None, Decimal(high) if high else None)
    assert value_words(tokens, value, "zh") == zh
    assert value_words(tokens, value, "en") == en


def test_a_clause_is_named_as_a_lawyer_writes_it_and_an_instrument_by_its_title_alone() -> None:
    program = Program(builtin(), KNOWN, KNOWN)
    assert clause_of(program, "cn/cybersecurity-law", "zh") == "《网络安全法》"
    assert clause_of(program, "cn/cybersecurity-law", "en") == "Cybersecurity Law"
    assert clause_of(program, "cn/pipl/24.3#explain.duty", "zh") == "《个人信息保护法》第二十四条第三款"
    assert clause_of(program, "eu/ai-act/50.2", "en").startswith("AI Act, Art. 50(2)")


@pytest.mark.parametrize(("lang", "one", "other"), [("zh", "玩具", "医疗器械"), ("en", "toy", "medical device")])
def test_each_side_of_a_contest_is_shown_with_its_own_value(tmp_path: Path, lang: str, one: str, other: str) -> None:
    path = tmp_path / "toy.yaml"
    path.write_text(CONTESTED, encoding="utf-8")
    corpus = builtin()
    found = assess(read_subject(path, corpus.vocabulary), corpus, KNOWN, KNOWN)
    lines = [line for line in page(found, lang) if "product" in line or "产品" in line]
    mine = [line for line in lines if one in line]
    yours = [line for line in lines if other in line and line not in mine]
    assert mine
    assert yours
    values = [proposal.value for proposal in report_of(found, lang).proposals]
    assert [one in values[0], other in values[0], one in values[1], other in values[1]] == [True, False, False, True]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FILLED)
def test_the_terminal_page_names_parties_and_puts_no_sign_after_a_question(name: str, lang: str) -> None:
    text = "\n".join(page(filled(name), lang))
    assert "org:" not in text
    for hole in ("？：", "。：", "?:", "new_limit", " person\n", "{", "}"):
        assert hole not in text, hole


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_weighs_in_is_told_once(lang: str) -> None:
    told = report("cv-screening-eu", lang).weighed
    assert told
    lines = [line for duty in report("cv-screening-eu", lang).duties for penalty in duty.penalties for line in penalty.lines]
    shown = page(filled("cv-screening-eu"), lang)
    for one in told:
        assert not any(one.text in line for line in lines)
        assert sum(1 for line in shown if plain(one.text) in line) <= 1


@pytest.mark.parametrize("name", FILLED)
def test_the_overview_adds_up_to_the_figures(name: str) -> None:
    found = report(name, "en")
    counts = found.counts
    for part, whole in (("now", counts.binding), ("unmet", counts.unmet), ("shown_open", counts.shown_open), ("met", counts.met)):
        assert sum(getattr(one, part) for one in found.overview) == whole
    assert sum(one.declared for one in found.overview) == counts.declared


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FILLED)
def test_requirements_are_whole_lines(name: str, lang: str) -> None:
    text = requirements_markdown(filled(name), lang)
    assert not [line for line in text.splitlines() if line != line.rstrip()]
    assert not re.search(r"(已做到|未做到|Met|Not met) (证据|仅|evidence|declared)", text)
    assert all(line[3].isupper() or not line[3].isascii() for line in text.splitlines() if line.startswith("## "))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FILLED)
def test_the_filled_samples_say_what_they_said(name: str, lang: str) -> None:
    """The answer, the classes, the first steps and where each duty stands; write anew with ``GUIJU_GOLDEN=write``."""
    path = SHORT / f"{name}.{lang}.txt"
    text = "\n".join(_short(report(name, lang))) + "\n"
    if os.environ.get("GUIJU_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def _short(found: Report) -> list[str]:
    answer = [re.sub(r"\b[0-9a-f]{12}\b", "0" * 12, plain(one)) for one in found.answer]
    axes = [f"{one.label}: {plain(one.result)}; {plain(one.decided_by)}; {plain(one.days)}" for one in found.axes]
    todo = [f"{plain(one.when)}: {plain(one.text)} ({plain(one.clause)})" for one in found.todo]
    stand = [f"{one.instrument}: {one.unmet}/{one.shown_open}/{one.met}/{one.declared}/{one.now}" for one in found.overview]
    duties = [f"{one.norm} {one.object} {one.party} {one.status} {one.force} {one.met}" for one in found.duties]
    return [*answer, "", *axes, "", *todo, "", *stand, "", *sorted(map(plain, duties))]
