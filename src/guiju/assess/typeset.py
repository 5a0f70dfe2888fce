"""The report as a PDF: set by Typst as an accessible document (PDF/UA-1), with the fonts of the machine it runs on.

Where no font for Chinese is found, or some character has no shape in any font, there is no PDF and the reason is said: a page
with boxes instead of characters is never made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import typst

from guiju.assess.report import short
from guiju.assess.report_parts import Axis, Duty, Report
from guiju.assess.report_words import plain
from guiju.calendars import words
from guiju.wording import GuijuError, fill

CHINESE_FONTS: Final = (
    "Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun", "Noto Sans CJK SC", "Source Han Sans SC",
    "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
)  # fmt: skip
"""Fonts for Chinese, those for reading on paper first."""

_CHINESE: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SHAPELESS: Final = re.compile(r"the text `(.*)` could not be displayed")

_LABELS: Final = (
    "s-next", "s-axes", "s-duties", "s-unknown", "s-limits", "s-again", "colon", "joiner", "open", "close", "because",
    "not-advice", "not-a-verdict", "edition", "dossier", "command", "nothing", "no-questions", "no-duties", "hangs-on",
    "owed-by", "holder", "empowered", "g-unsettled",
)  # fmt: skip


class PdfError(GuijuError):
    """A report that cannot be set here without losing characters."""

    status = 409


def pdf(report: Report) -> bytes:
    """The PDF; the same report with the same fonts gives the same file.

    :raises PdfError: without a font for Chinese, or where a character has no shape in any font.
    """
    data = json.dumps(_content(report), ensure_ascii=False)
    chinese = chinese_font(tuple(_fonts().families()))
    if chinese is None and _CHINESE.search(data):
        raise PdfError("result.pdf-no-font")
    inputs = {"report": data, "chinese": chinese or ""}
    stamp = int(datetime(report.on.year, report.on.month, report.on.day, tzinfo=UTC).timestamp())
    try:
        return typst.compile(
            _template(), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs, pdf_standards="ua-1", timestamp=stamp
        )
    except typst.TypstError as problem:
        found = _SHAPELESS.search(str(problem.message))
        if found is None:
            raise
        raise PdfError("result.pdf-no-shape", piece=found[1].strip('"')[:40]) from None


def chinese_font(families: tuple[str, ...]) -> str | None:
    """The best font for Chinese among those there are."""
    return next((one for one in CHINESE_FONTS if one in families), None)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts()


@cache
def _template() -> bytes:
    return files("guiju.assess").joinpath("templates", "paper.typ").read_bytes()


def _say(report: Report, code: str, **fields: object) -> str:
    return fill(f"report.{code}", report.lang, "message", fields)


def _content(report: Report) -> dict[str, Any]:
    """What the template shows, without marks: text only, nothing that Typst could take for a command."""
    lang, counts = report.lang, report.counts
    days = {"on": words(report.on, lang), "known": words(report.known, lang)}
    numbers = (counts.unmet, counts.shown_open, counts.met, counts.coming, counts.open)
    kinds = ("met-no", "met-unknown", "met-yes", "coming", "open")
    page_words = _say(report, "page-number", page="\0", pages="\0").split("\0")
    found: dict[str, Any] = {
        "lang": lang,
        "title": report.titled,
        "mark": report.mark,
        "subject": report.subject,
        "as_of": _say(report, "as-of" if report.on == report.known else "as-of-known", **days),
        "foot": " · ".join(
            one for one in (report.mark, _say(report, "page-foot", on=days["on"], edition=short(report.edition))) if one
        ),
        "page": page_words,
        "answer": ("" if lang == "zh" else " ").join(report.answer),
        "figures": [
            {"label": _say(report, f"figure-{kind}"), "number": number} for kind, number in zip(kinds, numbers, strict=True)
        ],
        "todo": [{"when": one.when, "text": one.text, "clause": one.clause} for one in report.todo],
        "axes": [_axis(one) for one in report.axes],
        "groups": list(_groups(report)),
        "unsettled": [{"title": title, "clauses": [one.clause for one in duties]} for title, duties in report.unsettled],
        "questions": [{"text": one.text, "of": one.of} for _, needs in report.questions for one in needs],
        "warnings": list(report.warnings),
        "lacking": [{"title": one.title, "text": one.text} for one in (*report.lacking, *report.partly)],
        "edition": report.edition,
        "dossier": report.dossier,
        "command": report.command,
        "w": {label.replace("-", "_"): _say(report, f"word-{label}") for label in _LABELS},
    }
    return _unmarked(found)  # type: ignore[no-any-return]  # a dict stays a dict


def _axis(one: Axis) -> dict[str, Any]:
    because = [ground.text for ground in one.because]
    told = [text for text in (one.decided_by, one.days, *one.details) if text]
    return {"label": one.label, "result": one.result, "told": told, "because": because, "needs": list(one.needs)}


def _groups(report: Report) -> Iterable[dict[str, Any]]:
    for group in report.groups:
        bands = [
            {
                "force": band.force,
                "title": band.title,
                "phases": [{"title": phase.title, "duties": [_duty(one) for one in phase.duties]} for phase in band.phases],
            }
            for band in group.bands
        ]
        yield {"title": group.title, "lead": group.lead, "count": group.count, "bands": bands}


def _duty(one: Duty) -> dict[str, Any]:
    due = [text for text in (one.due.text, one.due.left_words) if text] if one.due else []
    return {
        "clause": one.clause,
        "summary": one.summary,
        "who": one.owed_by,
        "has": {"right": "holder", "power": "empowered"}.get(one.kind, "owed_by"),
        "since": one.since,
        "met": one.met_words,
        "basis": one.basis,
        "due": due,
        "path": list(one.path) if one.force in ("hardened", "expected", "unknown") else [],
    }


def _unmarked(data: Any) -> Any:
    match data:
        case str():
            return plain(data)
        case dict():
            return {key: _unmarked(value) for key, value in data.items()}
        case list():
            return [_unmarked(value) for value in data]
        case _:
            return data
