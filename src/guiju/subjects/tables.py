"""Dossiers from tables: an inventory with one row for each system, or names beside values, read by a mapping file.

Nothing is coerced. A cell that the mapping does not explain is left out and told, with its place, what stands there and what
could. Empty cells say nothing. What is read is proposed, unless the mapping says that a person accepts it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from guiju.logic import BoolType, DateType, NumberType, SetType
from guiju.norms.vocabulary import PARTY_KINDS, Declared, Vocabulary
from guiju.norms.yaml_reader import resolve
from guiju.subjects.beside import Proposal, shown_value, thing_at
from guiju.subjects.dossier import Dossier, dossier_from
from guiju.subjects.errors import DossierError, Notice, advice, cause, kind_words, remedy
from guiju.subjects.given import SECTION_OF
from guiju.subjects.graph import COMPANIONS
from guiju.subjects.plain import as_item
from guiju.subjects.sheets import Cell, Sheet, read_sheets
from guiju.subjects.table_mapping import Column, TableMapping
from guiju.subjects.values import read_value
from guiju.wording import Where

_ID: Final = re.compile(r"\S{1,200}")


@dataclass(frozen=True, slots=True)
class Table:
    """The dossiers of a table, and what was not taken from it."""

    dossiers: tuple[Dossier, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """One value of one cell."""

    declared: Declared
    data: Any
    cell: Cell


@dataclass(frozen=True, slots=True)
class _Row:
    """One object of a table."""

    identifier: str | None
    label: str | None
    found: tuple[_Found, ...]
    where: Where


def read_table(path: Path | str, plan: TableMapping, vocabulary: Vocabulary) -> Table:
    """The dossiers that a CSV or XLSX file holds, by a mapping.

    :raises DossierError: for a file that cannot be read, a column that is not there or stands twice, an id given twice.
    """
    notices: list[Notice] = []
    sheet = _chosen(read_sheets(path, plan.delimiter), plan, str(path))
    notices += sheet.notices
    rows = _pair_rows(sheet, plan, vocabulary, notices) if plan.pairs else _object_rows(sheet, plan, notices)
    if not rows:
        raise DossierError("table.without-rows", Where(str(path)))
    dossiers = [_dossier(group, plan, str(path), vocabulary) for group in _groups(rows, plan)]
    return Table(tuple(dossiers), tuple(notices))


def _chosen(sheets: list[Sheet], plan: TableMapping, name: str) -> Sheet:
    """The sheet that the mapping names, else the first that holds anything."""
    if plan.sheet is None:
        return next((sheet for sheet in sheets if sheet.rows), sheets[0])
    for sheet in sheets:
        if sheet.title in ("", plan.sheet):
            return sheet
    titles = [sheet.title for sheet in sheets]
    raise DossierError("table.no-such-sheet", Where(name), got=plan.sheet, advice=advice(plan.sheet, titles))


# -- columns -----------------------------------------------------------------------------------------------------------------


def _header(sheet: Sheet, wanted: Iterable[str], name: str) -> dict[str, int]:
    """Where each wanted column stands."""
    if not sheet.rows:
        raise DossierError("table.without-rows", Where(name))
    titles = [cell.text for cell in sheet.rows[0]]
    counts = Counter(titles)
    for column in wanted:
        if column not in counts:
            hint = advice(column, [title for title in titles if title])
            raise DossierError("table.no-such-column", sheet.rows[0][0].where, got=column, advice=hint)
        if counts[column] > 1:
            raise DossierError("table.column-twice", sheet.rows[0][titles.index(column)].where, got=column)
    return {title: index for index, title in enumerate(titles) if title}


def _object_rows(sheet: Sheet, plan: TableMapping, notices: list[Notice]) -> list[_Row]:
    own = [column for column in (plan.id_column, plan.label_column) if column is not None]
    header = _header(sheet, [*own, *plan.columns], plan.source)
    for title, index in header.items():
        if title not in {*own, *plan.columns, *plan.ignored}:
            notices.append(Notice("table.column-unused", sheet.rows[0][index].where, {"got": title}))
    rows: list[_Row] = []
    first: dict[str, Where] = {}
    for cells in sheet.rows[1:]:
        if [cell.text for cell in cells] == [cell.text for cell in sheet.rows[0]]:
            notices.append(Notice("table.header-again", cells[0].where))
            continue
        row = _object_row(cells, header, plan, notices)
        if row.identifier is None:
            continue
        if row.identifier in first:
            raise DossierError("table.id-twice", row.where, got=row.identifier, first=str(first[row.identifier]))
        first[row.identifier] = row.where
        rows.append(row)
    return rows


def _object_row(cells: list[Cell], header: dict[str, int], plan: TableMapping, notices: list[Notice]) -> _Row:
    cell = _at(cells, header[plan.id_column or ""])
    identifier = cell.text
    if not _ID.fullmatch(identifier):
        notices.append(Notice("table.row-without-id", cell.where, {"got": identifier or "—"}))
        return _Row(None, None, (), cell.where)
    label = _at(cells, header[plan.label_column]).text if plan.label_column else ""
    found = []
    for title, column in plan.columns.items():
        value = _read(_at(cells, header[title]), column, notices)
        if value is not None:
            found.append(value)
    return _Row(identifier, label or None, tuple(found), cell.where)


def _at(cells: list[Cell], index: int) -> Cell:
    return cells[index] if index < len(cells) else Cell(None, cells[-1].where)


def _pair_rows(sheet: Sheet, plan: TableMapping, vocabulary: Vocabulary, notices: list[Notice]) -> list[_Row]:
    assert plan.pairs is not None
    header = _header(sheet, plan.pairs, plan.source)
    found: list[_Found] = []
    for cells in sheet.rows[1:]:
        name, value = (_at(cells, header[title]) for title in plan.pairs)
        column = plan.columns.get(name.text) or _plain_column(name, vocabulary)
        if column is None:
            if name.text not in plan.ignored and not name.empty:
                notices.append(Notice("table.name-unknown", name.where, {"got": name.text}))
            continue
        read = _read(value, column, notices)
        if read is not None:
            found.append(read)
    return [_Row(plan.subject, None, tuple(found), sheet.rows[0][0].where)]


def _plain_column(cell: Cell, vocabulary: Vocabulary) -> Column | None:
    """A name of the vocabulary written as it is."""
    declared = vocabulary.declared.get(cell.text)
    if declared is None or declared.kind not in SECTION_OF:
        return None
    return Column(declared, {}, None, False, cell.where)


# -- cells -------------------------------------------------------------------------------------------------------------------


def _read(cell: Cell, column: Column, notices: list[Notice]) -> _Found | None:
    """What a cell says, or a notice why nothing was taken from it."""
    if cell.empty or cell.formula:
        return None
    try:
        data = _data(cell, column)
        read_value(as_item(data, cell.where), column.declared)
        return _Found(column.declared, data, cell)
    except DossierError as problem:
        fields: dict[str, object] = {
            "got": cell.text,
            "name": column.declared.name,
            "cause": cause(problem),
            "remedy": remedy(problem),
        }
        notices.append(Notice("table.cell-refused", cell.where, fields))
        return None


def _data(cell: Cell, column: Column) -> Any:
    type_ = column.declared.type
    if isinstance(type_, SetType):
        words = [part.strip() for part in cell.text.split(column.split)] if column.split else [cell.text]
        parts = [_meaning(word, column, cell) for word in words if word]
        members = [member for part in parts for member in (part if isinstance(part, list) else [part])]
        return {"exactly": members} if column.exactly else members
    if column.values:
        return _meaning(cell.text, column, cell)
    if isinstance(type_, DateType):
        return _day(cell)
    if isinstance(type_, (BoolType, NumberType)) and isinstance(cell.content, str):
        found = resolve(cell.text, cell.where)
        return found if isinstance(found, (bool, Decimal)) else cell.text
    return cell.content if isinstance(cell.content, (bool, Decimal)) else cell.text


def _meaning(word: str, column: Column, cell: Cell) -> Any:
    """What a word of the table means; where the mapping has no words for it, it stands for itself."""
    if not column.values:
        return word
    if word not in column.values:
        hint = advice(word, column.values)
        raise DossierError("table.value-not-mapped", cell.where, got=word, name=column.declared.name, advice=hint)
    return column.values[word]


def _day(cell: Cell) -> Any:
    if isinstance(cell.content, datetime) and cell.content.time() != time():
        raise DossierError("table.time-of-day", cell.where, got=cell.text, near=cell.content.date().isoformat())
    return cell.text


# -- dossiers ----------------------------------------------------------------------------------------------------------------


def _groups(rows: list[_Row], plan: TableMapping) -> list[list[_Row]]:
    """The rows of each dossier: one each, or all in one where rows are purposes or parties of one system."""
    return [rows] if plan.kind in ("purpose", "party") else [[row] for row in rows]


def _dossier(rows: list[_Row], plan: TableMapping, name: str, vocabulary: Vocabulary) -> Dossier:
    top: dict[str, Any] = {}
    if plan.kind in ("purpose", "party"):
        key = "org" if plan.kind == "party" else "id"
        top["purposes" if plan.kind == "purpose" else "parties"] = [_object(row, key) for row in rows]
        if plan.subject:
            top["system"] = {"id": plan.subject}
    elif rows[0].identifier is not None:
        kind = plan.kind or "system"
        top[kind] = _object(rows[0], "id")
        if kind in COMPANIONS:
            top["root"] = kind
    dossier = dossier_from(as_item(top, rows[0].where), name, vocabulary)
    proposals = [one for row in rows for one in _proposals(row, plan, dossier)]
    if not plan.accept:
        return replace(dossier, proposals=tuple(proposals))
    return _accepted(dossier, proposals, plan, vocabulary)


def _object(row: _Row, key: str) -> dict[str, Any]:
    return {key: row.identifier, **({"name": row.label} if row.label else {})}


def _proposals(row: _Row, plan: TableMapping, dossier: Dossier) -> list[Proposal]:
    found = []
    for one in row.found:
        kind = "party" if one.declared.object in PARTY_KINDS else one.declared.object
        of_row = kind == (plan.kind or "system") and row.identifier is not None
        thing = thing_at(dossier.world, kind, row.identifier or kind) if of_row else thing_at(dossier.world, kind, kind)
        if thing is None:
            thing = next(iter(dossier.world.of_kind(kind)), None)
        if thing is None:
            raise DossierError("table.no-object", one.cell.where, got=one.declared.name, kind=kind_words(kind))
        line = one.cell.where.line or 0
        found.append(
            Proposal(
                thing, one.declared.name, shown_value(one.data), line, one.cell.text, "stated", "table",
                source=str(one.cell.where), data=one.data, assumed=False,
            )
        )  # fmt: skip
    return found


def _accepted(dossier: Dossier, proposals: list[Proposal], plan: TableMapping, vocabulary: Vocabulary) -> Dossier:
    """The values as facts that the person of the mapping stands for; judgements need more than a table and stay proposals."""
    from guiju.subjects.answers import Answer, with_answers

    left, answers = [], []
    for one in proposals:
        declared = vocabulary.declared[one.name]
        answer = Answer(one.thing.kind, one.thing.id, one.name, one.data, by=plan.by, on=plan.on, source=one.source)
        if declared.kind == "judgement" or (declared.kind == "position" and plan.on is None):
            left.append(one)
        else:
            answers.append(answer)
    return with_answers(replace(dossier, proposals=tuple(left)), answers, vocabulary)
