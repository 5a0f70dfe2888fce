"""One instrument on two days: ``guiju rules diff ID@DAY ID@DAY``, against two texts of the AI Act and a key of its amendments."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from guiju.cli.app import run
from guiju.norms import builtin

ACT = ("eu/ai-act@2026-07-26", "eu/ai-act@2026-07-27")


def answered(capsys: pytest.CaptureFixture[str], *ends: str) -> Any:
    assert run(["rules", "diff", *ends, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def articles(found: Any) -> set[tuple[str, str]]:
    return {(one["article"], one["how"]) for one in found["altered"] if not one["article"].startswith("annex")}


def test_the_amendments_of_2026_are_those_of_the_answer_key(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = data_dir / "instruments" / "eu" / "ai-act-amended-articles-2026-1744.csv"
    with key.open(encoding="utf-8") as rows:
        wanted = {(row["article"], row["change"]) for row in csv.DictReader(rows)}
    assert articles(answered(capsys, *ACT)) == wanted
    assert sorted(how for _, how in wanted) == ["amended"] * 36 + ["inserted"] * 6


def test_they_are_the_articles_in_which_the_two_texts_differ(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = data_dir / "instruments" / "eu"
    before = {
        str(one["article"]): letters(one["content"])
        for one in json.loads((folder / "ai-act-2024-1689-json" / "ai-act-articles.json").read_text("utf-8"))
    }
    after = {
        one["articleNumber"]: letters(" ".join(one["paragraphs"]))
        for one in json.loads((folder / "ai-act-consolidated-2026-07-27" / "eu-ai-act-articles.json").read_text("utf-8"))
    }
    # Articles 102 to 109 carry footnote numbers in the older copy; their text was left alone.
    differing = {one for one in after if one not in before or after[one] != before[one]} - {str(one) for one in range(102, 110)}
    assert {article for article, _ in articles(answered(capsys, *ACT))} == differing


def letters(text: str) -> str:
    return "".join(re.findall("[a-z0-9]+", text.lower()))


def test_a_provision_that_was_not_there_before_is_said_to_be_inserted() -> None:
    corpus = builtin()
    inserted = [one for event in corpus.events.values() for one in event.inserts]
    assert len(inserted) == len(set(inserted))
    for event in corpus.events.values():
        assert set(event.inserts) <= set(event.targets.ids), event.id


def test_the_page_names_articles_annexes_and_what_happened(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "diff", *ACT, "--lang", "en"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Inserted: articles 6, annexes 1" in told
    assert "Amended: articles 36, annexes 2" in told
    assert "Art. 75a, Art. 75b, Art. 75c and Art. 75d" in told
    assert run(["rules", "diff", *ACT, "--lang", "zh"]) == 0
    assert "修改：条文 36 条，附件 2 个" in capsys.readouterr().out


def test_a_change_of_the_whole_is_no_silence(capsys: pytest.CaptureFixture[str]) -> None:
    ends = ("ca/directive-adm@2020-01-01", "ca/directive-adm@2024-01-01")
    found = answered(capsys, *ends)
    assert found["altered"] == []
    assert {"ca/directive-adm#edition-2021", "ca/directive-adm#edition-2023"} <= set(found["whole"])
    assert run(["rules", "diff", *ends, "--lang", "en"]) == 0
    page = capsys.readouterr().out
    assert "Changed or ended as a whole" in page
    assert "Nothing of it changed" not in page


def test_a_section_of_an_annex_is_named_as_the_act_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "diff", *ACT, "--lang", "en"]) == 0
    assert "Annex VIII, Section B" in " ".join(capsys.readouterr().out.split())
    assert run(["rules", "diff", *ACT, "--lang", "zh"]) == 0
    assert "附件八B节" in capsys.readouterr().out.replace("\n", "").replace(" ", "")


def test_days_on_which_nothing_happened(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, "eu/ai-act@2026-07-27", "eu/ai-act@2026-07-28")
    assert (found["altered"], found["days"]) == ([], [])
    assert run(["rules", "diff", "eu/ai-act@2026-07-27", "eu/ai-act@2026-07-28", "--lang", "en"]) == 0
    assert "Nothing of it changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        (("eu/ai-act@2026-07-27", "eu/ai-act@2026-07-26"), "between.order"),
        (("eu/ai-act@2026-07-27", "eu/ai-act@2026-07-27"), "between.order"),
        (("eu/ai-act@2026-07-26", "current"), "between.two-instruments"),
        (("eu/ai-act@2026-07-26", "cn/pipl@2026-07-27"), "between.two-instruments"),
        (("eu/aiact@2026-07-26", "eu/aiact@2026-07-27"), "rules.unknown-instrument"),
        (("eu/ai-act@26.7.26", "eu/ai-act@2026-07-27"), "calendars.unreadable-full-day"),
    ],
)
def test_ends_that_cannot_be_compared(ends: tuple[str, str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "diff", *ends, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
