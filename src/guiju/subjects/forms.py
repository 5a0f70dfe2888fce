"""Forms for people without a terminal: questions as a spreadsheet or CSV file, and their answers read back.

A row holds one question. A hidden column holds the address of the fact, so that rows and columns may be moved and sheets
renamed. What cannot be taken is told with its cell; everything else is kept.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

from guiju.calendars import CalendarError, parse_day
from guiju.norms.vocabulary import Declared, Vocabulary
from guiju.subjects.answers import Answer
from guiju.subjects.beside import Asked
from guiju.subjects.errors import DossierError, Notice, cause, remedy
from guiju.subjects.form_words import COLUMNS, both, called, choices, column_of, column_title, expected, meaning
from guiju.subjects.given import read_given
from guiju.subjects.plain import as_typed, mapping, word
from guiju.subjects.saying import object_words
from guiju.subjects.sheets import Cell, Sheet, read_sheets
from guiju.wording import Where, in_language, text

Question = tuple[str, str, str]
"""Kind and id of the object, and the name that is asked."""

_WIDTHS: Final = {
    "number": 5, "object": 18, "question": 48, "why": 44, "expected": 34, "answer": 28, "all": 12, "unknown": 12, "who": 18,
    "source": 24, "reasons": 30, "name": 14, "date": 14,
}  # fmt: skip
_FREE: Final = ("answer", "all", "unknown", "who", "source", "reasons", "name", "date")
_NO_SIGNS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA: Final = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Form:
    """A form that came back: answers with their cells as places, questions that could not be answered, and notices."""

    answers: tuple[Answer, ...]
    asked: tuple[Asked, ...]
    notices: tuple[Notice, ...]


# -- out ---------------------------------------------------------------------------------------------------------------------


def form_rows(questions: Sequence[Question], lang: str, vocabulary: Vocabulary) -> list[dict[str, str]]:
    """The rows of a form, column by column."""
    rows = []
    for number, (kind, identifier, name) in enumerate(questions, start=1):
        declared = _declared(name, vocabulary)
        rows.append({
            "number": str(number), "object": object_words(kind, identifier, lang), "question": called(declared)[lang],
            "why": _why(declared, lang), "expected": expected(declared, lang),
            "address": json.dumps([kind, identifier, declared.name], ensure_ascii=False),
        })  # fmt: skip
    return rows


def _declared(name: str, vocabulary: Vocabulary) -> Declared:
    declared = vocabulary.declared.get(name)
    if declared is None or declared.kind == "term":
        raise DossierError("form.not-a-question", Where("form"), got=name)
    return declared


def _why(declared: Declared, lang: str) -> str:
    parts = [in_language(part, lang) for part in (declared.criteria, declared.help) if part]
    return _clean("\n".join(part for part in parts if part))


def _clean(words: str) -> str:
    return _NO_SIGNS.sub("", words)


def form_csv(questions: Sequence[Question], lang: str, vocabulary: Vocabulary) -> bytes:
    """The form as CSV, in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column_title(column, lang) for column in COLUMNS])
    for row in form_rows(questions, lang, vocabulary):
        writer.writerow([_harmless(row.get(column, "")) for column in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def _harmless(words: str) -> str:
    """No cell begins as a formula does."""
    return f"'{words}" if words.startswith(_FORMULA) else words


def form_of(questions: Sequence[Question], lang: str, for_whom: str, vocabulary: Vocabulary) -> bytes:
    """The form as an XLSX file for Excel, WPS or LibreOffice, with drop-downs in words of the language.

    ``questions`` are (kind, id, name); ``for_whom`` stands in the title. :raises DossierError: for a name that is no question.
    """
    from openpyxl import Workbook

    rows = form_rows(questions, lang, vocabulary)
    book = Workbook()
    sheet: Any = book.active
    sheet.title = text("form.sheet", lang)
    lists: Any = book.create_sheet("guiju-lists")
    lists.sheet_state = "hidden"
    _put(sheet, 1, 1, text("form.title", lang, whom=for_whom) if for_whom else text("form.title-plain", lang))
    _put(sheet, 2, 1, text("form.how", lang))
    for index, column in enumerate(COLUMNS, start=1):
        _put(sheet, 4, index, column_title(column, lang))
    for number, row in enumerate(rows, start=5):
        for index, column in enumerate(COLUMNS, start=1):
            if column in row:
                _put(sheet, number, index, row[column])
    _drop_downs(sheet, lists, [_declared(name, vocabulary) for _, _, name in questions], lang)
    _layout(sheet, len(rows))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _put(sheet: Any, row: int, column: int, words: str) -> None:
    """Text, whatever it looks like: no formula can come of it."""
    cell = sheet.cell(row=row, column=column, value=_clean(words))
    cell.data_type = "s"


def _drop_downs(sheet: Any, lists: Any, declared: Sequence[Declared], lang: str) -> None:
    """What can be chosen, as ranges of a hidden sheet: labels may hold commas and be long."""
    answer, complete, unknown = (_letter(column) for column in ("answer", "all", "unknown"))
    written: dict[tuple[str, ...], str] = {}
    mark = (text("form.mark", lang),)
    for number, one in enumerate(declared, start=5):
        offered = tuple(choices(one, lang))
        if offered:
            strict = "set" not in str(one.type) and one.kind != "event"
            _drop_down(sheet, f"{answer}{number}", _range(lists, offered, written), strict)
        _drop_down(sheet, f"{unknown}{number}", _range(lists, mark, written), strict=False)
        if one.kind == "relation" or str(one.type).startswith("set"):
            _drop_down(sheet, f"{complete}{number}", _range(lists, mark, written), strict=False)


def _range(lists: Any, offered: tuple[str, ...], written: dict[tuple[str, ...], str]) -> str:
    if offered not in written:
        column = len(written) + 1
        for row, word_ in enumerate(offered, start=1):
            _put(lists, row, column, word_)
        letter = lists.cell(row=1, column=column).column_letter
        written[offered] = f"'guiju-lists'!${letter}$1:${letter}${len(offered)}"
    return written[offered]


def _drop_down(sheet: Any, cell: str, range_: str, strict: bool) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=range_, allow_blank=True, showErrorMessage=strict)
    rule.add(cell)
    sheet.add_data_validation(rule)


def _letter(column: str) -> str:
    return chr(65 + COLUMNS.index(column))


def _layout(sheet: Any, count: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    shade, light = PatternFill("solid", fgColor="DDE7F0"), PatternFill("solid", fgColor="FFF9E3")
    for column in COLUMNS:
        sheet.column_dimensions[_letter(column)].width = _WIDTHS.get(column, 10)
        head = sheet[f"{_letter(column)}4"]
        head.font, head.fill, head.alignment = Font(bold=True), shade, Alignment(wrap_text=True, vertical="top")
        for row in range(5, 5 + count):
            cell = sheet[f"{_letter(column)}{row}"]
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if column in _FREE:
                cell.fill = light
            if column == "date":
                cell.number_format = "yyyy-mm-dd"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.column_dimensions[_letter("address")].hidden = True
    sheet.freeze_panes = "D5"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


# -- back --------------------------------------------------------------------------------------------------------------------


def read_form(path: Path | str, vocabulary: Vocabulary) -> Form:
    """The answers of a filled form, XLSX or CSV.

    :raises DossierError: for a file that is no form at all; what is wrong with single answers is told as notices.
    """
    for sheet in read_sheets(path):
        found = _header(sheet)
        if found is not None:
            return _Reader(sheet, *found, vocabulary).form
    raise DossierError("form.not-a-form", Where(str(path)))


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of titles, wherever it stands, and where each column is."""
    for number, cells in enumerate(sheet.rows[:50]):
        found: dict[str, int] = {}
        for index, cell in enumerate(cells):
            column = column_of(cell.text)
            if column is not None:
                found.setdefault(column, index)
        if {"address", "answer"} <= found.keys():
            return number, found
    return None


class _Reader:
    """One filled sheet."""

    def __init__(self, sheet: Sheet, header: int, columns: dict[str, int], vocabulary: Vocabulary) -> None:
        self._columns = columns
        self._vocabulary = vocabulary
        self._notices: list[Notice] = list(sheet.notices)
        self._answers: dict[Question, Answer] = {}
        self._asked: dict[Question, Asked] = {}
        for column in COLUMNS:
            if column in _FREE and column not in columns:
                title = {lang: column_title(column, lang) for lang in ("zh", "en")}
                self._notices.append(Notice("form.column-missing", sheet.rows[header][0].where, {"got": title}))
        for cells in sheet.rows[header + 1 :]:
            self._row(cells)
        self.form = Form(tuple(self._answers.values()), tuple(self._asked.values()), tuple(self._notices))

    def _cell(self, cells: list[Cell], column: str) -> Cell:
        index = self._columns.get(column)
        return cells[index] if index is not None and index < len(cells) else Cell(None, cells[0].where)

    def _row(self, cells: list[Cell]) -> None:
        filled = [column for column in _FREE if not self._cell(cells, column).empty]
        if not filled:
            return
        address = self._address(self._cell(cells, "address"), self._cell(cells, filled[0]))
        if address is None:
            return
        try:
            self._take(cells, address)
        except DossierError as problem:
            place = problem.where or self._cell(cells, "answer").where
            fields = {"cause": cause(problem), "remedy": remedy(problem)}
            self._notices.append(Notice("form.answer-refused", place, dict(fields)))

    def _address(self, cell: Cell, filled: Cell) -> Question | None:
        try:
            kind, identifier, name = json.loads(cell.text.removeprefix("'"))
        except ValueError:
            self._notices.append(Notice("form.row-without-address", filled.where))
            return None
        declared = self._vocabulary.declared.get(str(name))
        if declared is None or declared.kind == "term":
            self._notices.append(Notice("form.name-unknown", filled.where, {"got": str(name)}))
            return None
        return str(kind), str(identifier), declared.name

    def _take(self, cells: list[Cell], address: Question) -> None:
        declared = self._vocabulary.declared[address[2]]
        answer = self._cell(cells, "answer")
        date = self._date(self._cell(cells, "date"))
        by = self._word(cells, "name")
        unknown, who = self._marked(cells, "unknown"), self._word(cells, "who")
        complete = self._marked(cells, "all")
        if answer.empty and not answer.formula:
            if unknown or who:
                self._asked[address] = Asked(*address, "someone_else" if who else "not_known", who, by, date)
            elif complete:
                self._notices.append(Notice("form.all-of-nothing", self._cell(cells, "all").where))
            return
        if unknown:
            raise DossierError("form.unknown-and-answered", answer.where)
        value = meaning(answer, declared, complete, date)
        found = Answer(*address, value, by, date, self._word(cells, "source"), self._word(cells, "reasons"), where=answer.where)
        if declared.kind == "position":
            found = Answer(*address, value, by, date, None, found.reasons, document=found.source, where=answer.where)
        self._check(found, declared)
        if address in self._answers:
            self._notices.append(Notice("form.answered-twice", answer.where, {"first": str(self._answers[address].where)}))
            return
        self._answers[address] = found

    def _check(self, answer: Answer, declared: Declared) -> None:
        """What a reader would refuse is told now, with its cell."""
        if declared.kind == "relation":
            return
        place = answer.place
        around = {"by": answer.by, "on": answer.on, "reasons": answer.reasons, "document": answer.document}
        stated = {key: word(words, place) for key, words in around.items() if words is not None}
        read_given(mapping({"value": as_typed(answer.value, place), **stated}, place), declared)

    def _marked(self, cells: list[Cell], column: str) -> bool:
        """Whether something was ticked: any mark but a no."""
        cell = self._cell(cells, column)
        return not cell.empty and cell.text.lower() not in both("form.no") and cell.content is not False

    def _word(self, cells: list[Cell], column: str) -> str | None:
        return _clean(self._cell(cells, column).text.removeprefix("'")) or None

    def _date(self, cell: Cell) -> str | None:
        if cell.empty:
            return None
        content = cell.content
        written = content.date().isoformat() if isinstance(content, datetime) and content.time() == time() else cell.text
        try:
            return parse_day(written).isoformat()
        except CalendarError as problem:
            raise DossierError("form.bad-date", cell.where, cause=cause(problem), remedy=remedy(problem)) from None


__all__ = ["Form", "Question", "form_csv", "form_of", "form_rows", "read_form"]
