"""The files of a result: the PDF and the calendar, made from the report of two samples."""

import shutil
import subprocess
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from icalendar import Calendar

from guiju import norms
from guiju.assess import assess
from guiju.assess import typeset as setting
from guiju.assess.due_calendar import due_calendar
from guiju.assess.report import report_of
from guiju.assess.report_parts import Report
from guiju.assess.typeset import PdfError, chinese_font, pdf
from guiju.subjects import read_dossier

SAMPLES = Path(__file__).parents[2] / "samples"
ON = date(2026, 11, 22)
FONT = chinese_font(tuple(setting._fonts().families()))
with_font = pytest.mark.skipif(FONT is None, reason="no font for Chinese on this machine")


@cache
def told(name: str, lang: str) -> Report:
    corpus = norms.builtin()
    return report_of(assess(read_dossier(SAMPLES / f"{name}.yaml", corpus.vocabulary), corpus, ON), lang)


def test_time_limits_and_days_of_beginning_stand_in_the_calendar() -> None:
    found = Calendar.from_ical(due_calendar(told("companion-chat-cn", "zh")))
    first = found.walk("VEVENT")[0]
    assert first.decoded("dtstart") == date(2026, 9, 20)
    assert "算法推荐规定" in str(first["summary"])
    found = Calendar.from_ical(due_calendar(told("cv-screening-eu", "en")))
    assert [one.decoded("dtstart") for one in found.walk("VEVENT")] == [date(2027, 12, 2)]
    assert str(found.walk("VEVENT")[0]["summary"]).endswith("rules begin to apply")


def test_the_calendar_is_the_same_byte_for_byte() -> None:
    report = told("cv-screening-eu", "zh")
    assert due_calendar(report) == due_calendar(report)


@with_font
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pdf_can_be_read_as_text(lang: str, tmp_path: Path) -> None:
    made = pdf(told("cv-screening-eu", lang))
    assert made.startswith(b"%PDF")
    assert made == pdf(told("cv-screening-eu", lang))
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext")
    file = tmp_path / "result.pdf"
    file.write_bytes(made)
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout.decode()
    assert "言选简历筛选" in text if lang == "zh" else "Brückenau" in text or "AI Act" in text


def test_without_a_font_for_chinese_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "chinese_font", lambda families: None)
    with pytest.raises(PdfError) as problem:
        pdf(told("cv-screening-eu", "zh"))
    assert problem.value.code == "result.pdf-no-font"


@with_font
def test_a_character_without_a_shape_is_refused_rather_than_drawn_as_a_box() -> None:
    from dataclasses import replace

    with pytest.raises(PdfError) as problem:
        pdf(replace(told("cv-screening-eu", "zh"), subject="言\U00012000"))
    assert problem.value.code == "result.pdf-no-shape"
