"""Forms: written for people without a terminal, filled in by them, read back, with everything odd told by its cell."""

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from guiju.norms import Vocabulary
from guiju.subjects import Dossier, DossierError, Form, dossier_from, fill_in, form_csv, form_of, read_form
from guiju.subjects.form_words import COLUMNS, column_title
from guiju.wording import LANGUAGES

QUESTIONS = [
    ("system", "hr", "infers_from_input"),
    ("system", "hr", "markets"),
    ("system", "hr", "product_kind"),
    ("system", "hr", "placed_on_market"),
    ("model", "model", "training_compute"),
    ("party", "party", "log_retention"),
    ("purpose", "purpose", "eu.no_significant_risk"),
    ("system", "hr", "purposes"),
]
ROW = {name: number for number, (_, _, name) in enumerate(QUESTIONS, start=5)}


def column(name: str) -> int:
    return COLUMNS.index(name) + 1


class Filling:
    """A form in somebody's hands."""

    def __init__(self, lang: str, vocabulary: Vocabulary, folder: Path) -> None:
        self.vocabulary = vocabulary
        self.path = folder / "form.xlsx"
        self.path.write_bytes(form_of(QUESTIONS, lang, "Anna", vocabulary))
        self.book = openpyxl.load_workbook(self.path)
        self.sheet: Any = self.book.worksheets[0]

    def put(self, name: str, /, **cells: object) -> None:
        for cell, value in cells.items():
            self.sheet.cell(row=ROW[name], column=column(cell), value=value)

    def read(self) -> Form:
        self.book.save(self.path)
        return read_form(self.path, self.vocabulary)


@pytest.fixture
def english(vocabulary: Vocabulary, tmp_path: Path) -> Filling:
    return Filling("en", vocabulary, tmp_path)


@pytest.fixture
def dossier(vocabulary: Vocabulary) -> Dossier:
    return dossier_from("system: {id: hr}", "hr.yaml", vocabulary)


ANSWERS: dict[str, dict[str, dict[str, object]]] = {
    "en": {
        "infers_from_input": {"answer": "Yes", "name": "anna", "date": datetime.fromisoformat("2026-11-22"), "source": "spec 2"},
        "markets": {"answer": "European Union; mainland China", "all": "✓"},
        "product_kind": {"answer": "a toy"},
        "placed_on_market": {"answer": "Not yet", "date": "2026-11-22"},
        "training_compute": {"answer": "at most 3e24"},
        "log_retention": {"answer": "6 months"},
        "eu.no_significant_risk": {"answer": "No", "reasons": "it ranks people", "name": "lead", "date": "2026-11-20"},
        "purposes": {"answer": "CV screening; pay", "all": "✓"},
    },
    "zh": {
        "infers_from_input": {"answer": "是", "name": "anna", "date": datetime.fromisoformat("2026-11-22"), "source": "spec 2"},
        "markets": {"answer": "1、2", "all": "✓"},
        "product_kind": {"answer": "玩具"},
        "placed_on_market": {"answer": "尚未发生", "date": "2026-11-22"},
        "training_compute": {"answer": "至多 3e24"},
        "log_retention": {"answer": "6个月"},
        "eu.no_significant_risk": {"answer": "否", "reasons": "it ranks people", "name": "lead", "date": "2026-11-20"},
        "purposes": {"answer": "CV screening；pay", "all": "是"},
    },
}
EXPECTED = """
system: {id: hr}
facts:
  infers_from_input: {value: true, by: anna, on: 2026-11-22, source: spec 2}
  markets: {exactly: [EU, CN]}
  product_kind: toy
  training_compute: {max: 3e24}
events: {placed_on_market: {value: {not_until: 2026-11-22}, on: 2026-11-22}}
conduct: {log_retention: 6 months}
purposes: {exactly: [{id: CV-screening, name: CV screening}, {id: pay, name: pay}]}
"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_answered_stands_in_the_dossier(lang: str, vocabulary: Vocabulary, tmp_path: Path, dossier: Dossier) -> None:
    filling = Filling(lang, vocabulary, tmp_path)
    for name, cells in ANSWERS[lang].items():
        filling.put(name, **cells)
    form = filling.read()
    assert not form.notices
    assert not form.asked
    found = fill_in(dossier, form, vocabulary)
    assert found.taken == len(QUESTIONS) - 1
    (refused,) = found.notices
    assert "purpose" in refused.message("en")
    assert found.dossier.digest == dossier_from(EXPECTED, "expected", vocabulary).digest


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stands_in_a_form(lang: str, vocabulary: Vocabulary, tmp_path: Path) -> None:
    sheet = Filling(lang, vocabulary, tmp_path).sheet
    declared = vocabulary.declared["eu.no_significant_risk"]
    row = [cell.value for cell in sheet[ROW["eu.no_significant_risk"]]]
    assert row[column("question") - 1] == declared.ask[lang]
    assert declared.criteria[lang] in row[column("why") - 1]
    assert row[column("address") - 1] == '["purpose", "purpose", "eu.no_significant_risk"]'
    assert sheet.column_dimensions[openpyxl.utils.get_column_letter(column("address"))].hidden
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules[f"F{ROW['infers_from_input']}"].showErrorMessage
    assert "guiju-lists" in rules[f"F{ROW['product_kind']}"].formula1
    assert f"F{ROW['training_compute']}" not in rules
    assert "Anna" in sheet["A1"].value


def test_a_form_filled_in_half_keeps_its_half(english: Filling, dossier: Dossier) -> None:
    english.put("infers_from_input", answer="yes")
    form = english.read()
    assert [one.name for one in form.answers] == ["infers_from_input"]
    assert not form.notices
    assert str(form.answers[0].where).endswith("Questions!F5")


def test_what_nobody_knows_yet_is_noted(english: Filling, dossier: Dossier, vocabulary: Vocabulary) -> None:
    english.put("markets", unknown="✓", name="anna", date="2026-11-22")
    english.put("training_compute", who="the model team")
    form = english.read()
    assert [(one.name, one.answer, one.who, one.by, one.on) for one in form.asked] == [
        ("markets", "not_known", None, "anna", "2026-11-22"),
        ("training_compute", "someone_else", "the model team", None, None),
    ]
    assert fill_in(dossier, form, vocabulary).dossier.asked == form.asked


MISTAKES: list[tuple[str, dict[str, object], str, str, str]] = [
    ("infers_from_input", {"answer": "partly, see annex"}, "F", "Yes or No, not with “partly, see annex”", "只回答是或否"),
    ("infers_from_input", {"answer": "Yes", "date": "2026-02-30"}, "M", "Did you mean 2026-02-28?", "填写日期不成立"),
    ("infers_from_input", {"answer": "Yes", "unknown": "✓"}, "F", "Keep one of the two", "请只留其中一个"),
    ("product_kind", {"answer": "a toaster"}, "F", "“a toaster” is none of the answers offered", "不在可选的回答之中"),
    ("markets", {"answer": "European Union; the Moon"}, "F", "“the Moon” is none", "“the Moon”不在"),
    ("training_compute", {"answer": "5,200"}, "F", "not “5,200”", "5,200"),
    ("training_compute", {"answer": "a lot"}, "F", "not “a lot”", "a lot"),
    ("placed_on_market", {"answer": "Not yet"}, "F", "needs the day", "截至哪一天"),
    ("placed_on_market", {"answer": "2026-02-30"}, "F", "Did you mean 2026-02-28?", "2026-02-28"),
    ("log_retention", {"answer": "6"}, "F", "“6”", "“6”"),
    ("eu.no_significant_risk", {"answer": "No"}, "F", "somebody makes it, on a day, for reasons", "裁量判断"),
    ("eu.no_significant_risk", {"answer": "No", "name": "x", "reasons": "r"}, "F", "somebody makes it", "裁量判断"),
    ("purposes", {"all": "✓"}, "G", "nothing is named", "没有列出任何一项"),
]


@pytest.mark.parametrize(("name", "cells", "letter", "en", "zh"), MISTAKES, ids=[f"{row[0]}-{row[3][:20]}" for row in MISTAKES])
def test_an_answer_that_cannot_be_taken_is_told_and_the_rest_kept(
    name: str, cells: dict[str, object], letter: str, en: str, zh: str, english: Filling
) -> None:
    other = "log_retention" if name != "log_retention" else "product_kind"
    english.put(other, **ANSWERS["en"][other])
    english.put(name, **cells)
    form = english.read()
    (notice,) = form.notices
    assert str(notice.where).endswith(f"!{letter}{ROW[name]}")
    assert en in notice.message("en")
    assert zh in notice.message("zh")
    assert [one.name for one in form.answers] == [other]


def test_a_renamed_sheet_moved_columns_and_rows_are_understood(english: Filling) -> None:
    sheet = english.sheet
    english.put("product_kind", answer="a toy", name="anna")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    sheet.delete_rows(1, sheet.max_row)
    head, body = rows[3], rows[4:]
    for row in [["someone wrote above"], [], list(reversed(head)), *(list(reversed(row)) for row in reversed(body))]:
        sheet.append(row)
    sheet.title = "Sheet1"
    form = english.read()
    assert [(one.name, one.value, one.by) for one in form.answers] == [("product_kind", "toy", "anna")]
    assert not form.notices


def test_a_row_without_its_address_and_a_column_that_is_gone(english: Filling) -> None:
    english.put("product_kind", answer="a toy", address="")
    english.put("infers_from_input", answer="Yes")
    english.sheet.cell(row=4, column=column("name"), value="Signature")
    form = english.read()
    assert {one.code for one in form.notices} == {"form.row-without-address", "form.column-missing"}
    assert [one.name for one in form.answers] == ["infers_from_input"]


def test_a_question_answered_twice(english: Filling) -> None:
    english.put("product_kind", answer="a toy")
    row = [cell.value for cell in english.sheet[ROW["product_kind"]]]
    row[column("answer") - 1] = "a lift or a safety part of a lift"
    english.sheet.append(row)
    form = english.read()
    assert [one.value for one in form.answers] == ["toy"]
    assert [one.code for one in form.notices] == ["form.answered-twice"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_as_csv(lang: str, vocabulary: Vocabulary, tmp_path: Path) -> None:
    raw = form_csv(QUESTIONS, lang, vocabulary)
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0][:-1] == [column_title(name, lang) for name in COLUMNS[:-1]]
    rows[3][column("answer") - 1] = ANSWERS[lang]["product_kind"]["answer"]  # type: ignore[call-overload]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    path = tmp_path / "form.csv"
    for encoding in ("utf-8-sig", "gb18030"):
        path.write_bytes(out.getvalue().encode(encoding))
        form = read_form(path, vocabulary)
        assert [(one.name, one.value) for one in form.answers] == [("product_kind", "toy")]


def test_no_text_becomes_a_formula(vocabulary: Vocabulary, tmp_path: Path) -> None:
    questions = [("system", "=1+1", "markets")]
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_of(questions, "en", '=HYPERLINK("x")\x07', vocabulary))
    sheet: Any = openpyxl.load_workbook(path).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    rows = csv.reader(io.StringIO(form_csv(questions, "en", vocabulary).decode("utf-8-sig")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "-"))]


def test_what_is_no_form_and_what_is_no_question(vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(DossierError) as caught:
        read_form(path, vocabulary)
    assert caught.value.code == "form.not-a-form"
    for name in ("eu.provider", "no_such_name"):
        with pytest.raises(DossierError) as caught:
            form_of([("party", "party", name)], "en", "", vocabulary)
        assert caught.value.code == "form.not-a-question"


def test_every_name_of_the_rules_can_be_asked_in_a_form(vocabulary: Vocabulary, tmp_path: Path) -> None:
    questions = [(entry.object, entry.object, entry.name) for entry in vocabulary.entries() if entry.kind != "term"]
    for lang in LANGUAGES:
        path = tmp_path / f"{lang}.xlsx"
        path.write_bytes(form_of(questions, lang, "", vocabulary))
        assert read_form(path, vocabulary) == Form((), (), ())
