"""The report as a spreadsheet: the answer, a row for every rule, what is unknown, what is not covered.

Every cell that holds text is text: nothing that a dossier says is ever taken for a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from guiju.assess.report_parts import Duty, Need, Report
from guiju.assess.report_words import plain
from guiju.calendars import words
from guiju.wording import fill

LONGEST: Final = 32_000
"""Characters that a cell may hold, with room to spare."""

FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with where a program could take it for a formula."""

Value = str | int | date | None

_DUTY_COLUMNS: Final = (
    ("clause", 24), ("what", 56), ("scope", 12), ("status", 12), ("from", 13), ("force", 14), ("path", 36), ("phase", 9),
    ("kind", 14), ("party", 26), ("owed-by", 30), ("owed-to", 20), ("about", 18), ("met", 14), ("basis", 22), ("due", 13),
    ("left", 10), ("clock", 30), ("because", 50), ("hangs-on", 40), ("evidence", 36), ("if-broken", 44), ("instrument", 36),
    ("checked", 14), ("reviewed", 16), ("norm", 30),
)  # fmt: skip


def workbook(report: Report) -> bytes:
    """The spreadsheet as bytes of an ``.xlsx`` file."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    _answer(_sheet(book, report, "answer"), report)
    _duties(_sheet(book, report, "duties"), report)
    _unknown(_sheet(book, report, "unknown"), report)
    _lacking(_sheet(book, report, "lacking"), report)
    book.properties.title = plain(report.titled)
    book.properties.creator = f"Guiju {report.engine}"
    book.properties.created = datetime(report.on.year, report.on.month, report.on.day)  # noqa: DTZ001  # a civil day
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(cell: Cell | MergedCell, value: Value) -> None:
    """A value in a cell, text always as text."""
    assert isinstance(cell, Cell)  # no sheet of ours merges cells
    if not isinstance(value, str):
        cell.value = value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", plain(value))
    cell.value = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    cell.data_type = "s"
    if text.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _say(report: Report, code: str) -> str:
    return fill(f"report.{code}", report.lang, "message", {})


def _sheet(book: Workbook, report: Report, name: str) -> Worksheet:
    made: Worksheet = book.create_sheet(_say(report, f"sheet-{name}"))
    return made


def _table(sheet: Worksheet, head: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]) -> None:
    """A table with a frozen head that filters."""
    for column, (title, width) in enumerate(head, 1):
        cell = sheet.cell(1, column)
        put(cell, title)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="F4F4EF")
        sheet.column_dimensions[get_column_letter(column)].width = width
    last = 1
    for last, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            put(sheet.cell(last, column), value)
    sheet.freeze_panes = "B2" if len(head) > 4 else "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{last}"


def _answer(sheet: Worksheet, report: Report) -> None:
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 100
    counts, lang = report.counts, report.lang
    marked: list[tuple[str, Value]] = [(_say(report, "example-cell"), report.mark)] if report.mark else []
    rows: list[tuple[str, Value]] = [
        *marked,
        (_say(report, "word-what"), report.subject),
        (_say(report, "word-s-answer"), ("" if lang == "zh" else " ").join(report.answer)),
        (_say(report, "figure-met-no"), counts.unmet),
        (_say(report, "figure-met-unknown"), counts.shown_open),
        (_say(report, "figure-met-yes"), counts.met),
        (_say(report, "figure-coming"), counts.coming),
        (_say(report, "figure-open"), counts.open),
    ]
    rows += [(_say(report, "word-s-next"), f"{one.when}\n{one.text}\n{one.clause}") for one in report.todo]
    for axis in report.axes:
        told = filter(None, (axis.result, axis.decided_by, axis.days, *axis.details))
        rows.append((axis.label, "\n".join(told)))
    rows += [
        (_say(report, "word-on"), words(report.on, lang)),
        (_say(report, "word-known"), words(report.known, lang)),
        (_say(report, "word-edition"), report.edition),
        (_say(report, "word-dossier"), report.dossier),
        (_say(report, "word-command"), report.command),
        (_say(report, "word-s-limits"), "\n".join((*report.warnings, _say(report, "word-not-advice")))),
    ]
    for number, (label, value) in enumerate(rows, 1):
        put(sheet.cell(number, 1), label)
        sheet.cell(number, 1).font = Font(bold=True)
        put(sheet.cell(number, 2), value)


def _duties(sheet: Worksheet, report: Report) -> None:
    head = [(_say(report, f"column-{name}"), width) for name, width in _DUTY_COLUMNS]
    _table(sheet, head, (_duty(report, one) for one in report.duties))


def _duty(report: Report, one: Duty) -> list[Value]:
    due = one.due
    broken = [*one.effects, *(line for penalty in one.penalties for line in penalty.lines)]
    return [
        one.clause,
        one.summary,
        _say(report, f"scope-{one.scope}"),
        _say(report, f"group-{one.status}"),
        one.from_day,
        _say(report, f"force-{one.force}"),
        "\n".join(one.path),
        fill(f"rules.phase.{one.phase}", report.lang, "message", {}) if one.phase else "",
        one.kind_words,
        one.party,
        *((one.owed_to, one.owed_by) if one.kind == "right" else (one.owed_by, one.owed_to)),
        one.about if one.object == one.about else f"{one.about} {one.object}",
        one.met_words,
        one.basis,
        due.day if due else None,
        due.left if due else None,
        due.text if due else "",
        "\n".join(f"{ground.text} {ground.source}".strip() for ground in one.because),
        "\n".join(need.text for need in one.needs),
        "\n".join(one.evidence),
        "\n".join(broken),
        one.instrument,
        one.checked,
        one.reviewed or _say(report, "word-not-reviewed"),
        one.norm,
    ]


def _unknown(sheet: Worksheet, report: Report) -> None:
    head = [(_say(report, f"column-{name}"), width) for name, width in _UNKNOWN_COLUMNS]
    asked = [one for _, needs in report.questions for one in needs]
    rows = [_need(report, one) for one in asked]
    cause = _say(report, "cause-reading")
    for duty in report.divided:
        rows += [[cause, duty.clause, one.text, "", "", one.answer, None, None, ""] for one in duty.readings]
    _table(sheet, head, rows)


_UNKNOWN_COLUMNS: Final = (
    ("cause", 18), ("clause", 24), ("question", 60), ("of", 26), ("criteria", 50), ("outcome", 40), ("settles", 12), ("hard", 12),
    ("name", 30),
)  # fmt: skip


def _need(report: Report, one: Need) -> list[Value]:
    return [
        _say(report, f"cause-{one.cause}"), "", one.text, one.of, one.criteria or one.help, "", one.settles, one.hard, one.name,
    ]  # fmt: skip


def _lacking(sheet: Worksheet, report: Report) -> None:
    head = [(_say(report, "column-sort"), 26), (_say(report, "column-clause"), 44), (_say(report, "column-text"), 100)]
    kinds = (("instrument", report.lacking), ("norm", report.partly), ("memory", report.memory))
    rows = [(_say(report, f"lacking-{kind}"), one.title, one.text) for kind, items in kinds for one in items]
    _table(sheet, head, rows)
