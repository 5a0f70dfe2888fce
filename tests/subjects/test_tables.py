"""Dossiers from tables: what the mapping explains is read, everything else is told with its cell, nothing is coerced."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from guiju.norms import Vocabulary, read_text
from guiju.subjects import DossierError, Table, dossier_from, mapping_from, read_mapping, read_table, write_dossier
from guiju.subjects.content import written
from guiju.subjects.sheets import MAX_ROWS
from guiju.wording import LANGUAGES, GuijuError

BAD = Path(__file__).resolve().parent / "bad_tables"

MAPPING = """
kind: system
id: ID
name: System
columns:
  Markets: {name: markets, split: "/", exactly: true, values: {Europe: EU, China: CN}}
  Learns: {name: infers_from_input, values: {yes: true, no: false}}
  Launch: placed_on_market
  FLOP: training_compute
  Staff: staff
ignore: [Remarks]
"""
TABLE = """ID,System,Markets,Learns,Launch,FLOP,Staff,Remarks
cv,CV screening,Europe/China,yes,2026-09-01,3e24,120,fine
chat,Chat,China,no,,,,
"""


def table(text: str | bytes, tmp_path: Path, vocabulary: Vocabulary, mapping: str = MAPPING) -> Table:
    path = tmp_path / "list.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(path, mapping_from(read_text(mapping, "map.yaml"), "map.yaml", vocabulary), vocabulary)


def workbook(rows: list[list[Any]], tmp_path: Path, title: str = "List") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    path = tmp_path / "list.xlsx"
    book.save(path)
    return path


def proposed(found: Table, index: int = 0) -> dict[str, Any]:
    return {one.name: one.data for one in found.dossiers[index].proposals}


def test_each_row_is_a_dossier_whose_values_are_proposed(tmp_path: Path, vocabulary: Vocabulary) -> None:
    found = table(TABLE, tmp_path, vocabulary)
    assert [one.subject.id for one in found.dossiers] == ["cv", "chat"]
    assert proposed(found) == {
        "markets": {"exactly": ["EU", "CN"]}, "infers_from_input": True, "placed_on_market": "2026-09-01",
        "training_compute": 3 * 10**24, "staff": 120,
    }  # fmt: skip
    assert not found.notices
    first = found.dossiers[0]
    assert not any(thing.given for thing in first.world.things)
    assert first.subject.label == {"und": "CV screening"}
    (markets,) = [one for one in first.proposals if one.name == "markets"]
    assert markets.source == f"{tmp_path / 'list.csv'}:2:3"
    assert {one.thing.kind for one in first.proposals} == {"system", "model", "party"}
    assert dossier_from(write_dossier(first), "again", vocabulary).digest == first.digest


def test_empty_cells_say_nothing(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert set(proposed(table(TABLE, tmp_path, vocabulary), 1)) == {"markets", "infers_from_input"}


def test_a_person_may_stand_for_the_values(tmp_path: Path, vocabulary: Vocabulary) -> None:
    found = table(TABLE, tmp_path, vocabulary, MAPPING + "accept: true\nby: inventory office\non: 2026-11-22\n")
    given = found.dossiers[0].subject.given["markets"]
    assert (given.by, given.on) == ("inventory office", "2026-11-22")
    assert given.source is not None
    assert given.source.endswith("list.csv:2:3")
    assert not found.dossiers[0].proposals


def test_rows_that_are_purposes_make_one_dossier(tmp_path: Path, vocabulary: Vocabulary) -> None:
    mapping = "{kind: purpose, subject: hr, id: Use, columns: {Domain: domain}, accept: true, by: x}"
    found = table("Use;Domain\ncv;employment\npay;employment\n", tmp_path, vocabulary, mapping)
    (one,) = found.dossiers
    assert {thing.id: written(thing.given["domain"])["value"] for thing in one.world.of_kind("purpose")} == {
        "cv": "employment", "pay": "employment",
    }  # fmt: skip
    assert one.subject.id == "hr"


def test_names_beside_values_make_one_dossier(tmp_path: Path, vocabulary: Vocabulary) -> None:
    mapping = """
    pairs: {name: Question, value: Answer}
    subject: hr
    columns: {"Does it learn?": {name: infers_from_input, values: {Y: true, N: false}}}
    """
    found = table("Question\tAnswer\nDoes it learn?\tY\nmarkets\tEU\nUnheard\tof\n", tmp_path, vocabulary, mapping)
    assert proposed(found) == {"infers_from_input": True, "markets": ["EU"]}
    assert [one.code for one in found.notices] == ["table.name-unknown"]


@pytest.mark.parametrize(
    ("encoding", "told"), [("utf-8", None), ("utf-8-sig", None), ("gb18030", "GB 18030"), ("utf-16", "UTF-16")]
)
def test_encodings_are_found_and_told(encoding: str, told: str | None, tmp_path: Path, vocabulary: Vocabulary) -> None:
    mapping = "{kind: system, id: 编号, name: 名称, columns: {投放地: {name: markets, values: {欧盟: EU}}}}"
    found = table("编号,名称,投放地\ncv,简历筛选,欧盟\n".encode(encoding), tmp_path, vocabulary, mapping)
    assert found.dossiers[0].subject.label == {"und": "简历筛选"}
    assert [one.fields["got"] for one in found.notices] == ([told] if told else [])


CELLS = [
    ("Learns", "Yes", "table.cell-refused", "The mapping does not say what “Yes” means"),
    ("Learns", "y", "table.cell-refused", "对照文件没有说明“y”"),
    ("Markets", "Europe, China", "table.cell-refused", "The mapping does not say what “Europe, China” means"),
    ("Staff", "5,200", "table.cell-refused", "is a number (person), not “5,200”"),
    ("Staff", "5200 人", "table.cell-refused", "5200 人"),
    ("Staff", "-3", "table.cell-refused", "cannot be negative"),
    ("Launch", "2026-02-30", "table.cell-refused", "Did you mean 2026-02-28?"),
    ("Launch", "01.09.2026", "table.cell-refused", "is a day"),
    ("FLOP", "unknown", "table.cell-refused", "Leave the line out"),
]


@pytest.mark.parametrize(("column", "content", "code", "words"), CELLS)
def test_what_is_not_explained_is_told_with_its_cell(
    column: str, content: str, code: str, words: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    titles = TABLE.splitlines()[0].split(",")
    row = ["x"] + [f'"{content}"' if title == column else "" for title in titles[1:]]
    found = table(TABLE + ",".join(row) + "\n", tmp_path, vocabulary)
    (notice,) = found.notices
    assert notice.code == code
    assert str(notice.where) == f"{tmp_path / 'list.csv'}:4:{titles.index(column) + 1}"
    assert any(words in notice.message(lang) for lang in LANGUAGES)
    assert len(found.dossiers) == 3


def test_repeated_titles_unused_columns_and_rows_without_id_are_told(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = TABLE.replace("Remarks", "Notes") + TABLE.splitlines()[0].replace("Remarks", "Notes") + "\nno id at all,x\n,y\n"
    found = table(text, tmp_path, vocabulary)
    assert sorted(one.code for one in found.notices) == [
        "table.column-unused", "table.header-again", "table.row-without-id", "table.row-without-id",
    ]  # fmt: skip


def test_a_spreadsheet_is_read_as_it_says_it_is(tmp_path: Path, vocabulary: Vocabulary) -> None:
    rows = [
        ["ID", "Learns", "Launch", "Staff", "FLOP"],
        ["a", True, datetime.fromisoformat("2026-09-01"), 120, 3e24],
        ["b", "TRUE", datetime.fromisoformat("2026-09-01T14:30"), 0.1, "=1+1"],
        [None, None, None, None, None],
        ["c", "yes", None, "120", None],
    ]
    columns = "{Learns: infers_from_input, Launch: placed_on_market, Staff: staff, FLOP: training_compute}"
    mapping = f"{{kind: system, id: ID, columns: {columns}}}"
    plan = mapping_from(read_text(mapping, "m"), "m", vocabulary)
    found = read_table(workbook(rows, tmp_path), plan, vocabulary)
    assert proposed(found) == {
        "infers_from_input": True, "placed_on_market": "2026-09-01", "staff": 120, "training_compute": 3 * 10**24,
    }  # fmt: skip
    assert str(proposed(found, 1)["staff"]) == "0.1"
    told = {str(one.where).rsplit("!", 1)[1]: one for one in found.notices}
    assert told["E3"].code == "table.formula-without-value"
    assert "time of day" in told["C3"].message("en")
    assert "Write true" in told["B5"].message("en")
    assert "List!B5" in str(told["B5"].where)


def test_a_sheet_is_found_by_its_title(tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = workbook([["ID"], ["a"]], tmp_path)
    plan = mapping_from(read_text("{kind: system, id: ID, sheet: Lst}", "m"), "m", vocabulary)
    with pytest.raises(DossierError) as caught:
        read_table(path, plan, vocabulary)
    assert caught.value.code == "table.no-such-sheet"
    assert "List" in caught.value.hint("en")


# -- files that are refused as a whole -----------------------------------------------------------------------------------------

REFUSED = {
    "two-columns-of-one-title": "table.column-twice",
    "column-missing": "table.no-such-column",
    "id-given-twice": "table.id-twice",
    "titles-only": "table.without-rows",
    "quotes-without-end": "table.not-csv",
    "old-excel": "table.old-excel",
    "not-a-zip": "table.not-a-spreadsheet",
    "binary": "file.binary",
}


@pytest.mark.parametrize(("mistake", "code"), REFUSED.items())
def test_a_table_that_cannot_be_taken(mistake: str, code: str, vocabulary: Vocabulary) -> None:
    (path,) = BAD.glob(f"{mistake}.*")
    plan = mapping_from(read_text("{kind: system, id: ID, columns: {Staff: staff}}", "m"), "m", vocabulary)
    with pytest.raises(GuijuError) as caught:
        read_table(path, plan, vocabulary)
    assert caught.value.code == code
    for lang in LANGUAGES:
        assert caught.value.message(lang)
        assert caught.value.hint(lang)


MAPPINGS = {
    "mapping-of-unknown-name": "dossier.unknown-name",
    "mapping-of-conclusion": "dossier.term-given",
    "mapping-accepted-by-nobody": "table.accepted-by-nobody",
    "mapping-of-rows-and-pairs": "table.rows-or-pairs",
    "mapping-of-neither": "table.rows-or-pairs",
    "mapping-of-two-columns-for-one-name": "table.name-twice",
    "mapping-with-long-delimiter": "table.delimiter",
    "mapping-misspelt": "data.unknown-key",
    "mapping-of-rows-without-id": "data.missing-key",
}


@pytest.mark.parametrize(("mistake", "code"), MAPPINGS.items())
def test_a_mapping_that_cannot_be_taken(mistake: str, code: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(GuijuError) as caught:
        read_mapping(BAD / f"{mistake}.yaml", vocabulary)
    assert caught.value.code == code
    assert caught.value.where is not None
    for lang in LANGUAGES:
        assert caught.value.message(lang)


def test_every_bad_table_is_tried() -> None:
    assert {path.stem for path in BAD.iterdir()} == {*REFUSED, *MAPPINGS}


PLAIN = "{kind: system, id: ID}"


def test_a_missing_file_and_a_folder(tmp_path: Path, vocabulary: Vocabulary) -> None:
    plan = mapping_from(read_text(PLAIN, "m"), "m", vocabulary)
    for path, code in ((tmp_path / "gone.csv", "file.missing"), (tmp_path, "file.folder")):
        with pytest.raises(GuijuError) as caught:
            read_table(path, plan, vocabulary)
        assert caught.value.code == code


def test_an_archive_that_unpacks_without_end_is_refused_unread(tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"\0" * 40 * 1024 * 1024)
    with pytest.raises(DossierError) as caught:
        read_table(path, mapping_from(read_text(PLAIN, "m"), "m", vocabulary), vocabulary)
    assert caught.value.code == "table.unpacks-too-large"


def test_entities_in_a_spreadsheet_are_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    path = workbook([["ID"], ["a"]], tmp_path)
    out = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(out, "w") as changed:
        for entry in archive.infolist():
            data = archive.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                data = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + data.split(b"?>", 1)[-1]
            changed.writestr(entry.filename, data)
    path.write_bytes(out.getvalue())
    assert openpyxl.DEFUSEDXML
    with pytest.raises(DossierError) as caught:
        read_table(path, mapping_from(read_text(PLAIN, "m"), "m", vocabulary), vocabulary)
    assert caught.value.code == "table.not-a-spreadsheet"


def test_too_many_rows_are_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = "ID\n" + "".join(f"s{number}\n" for number in range(MAX_ROWS + 1))
    with pytest.raises(DossierError) as caught:
        table(text, tmp_path, vocabulary, PLAIN)
    assert caught.value.code == "table.too-many-rows"
    assert str(MAX_ROWS) in caught.value.message("zh")
