"""Tables that people hand in, as rows of cells with their places: CSV in any usual form, and XLSX.

Nothing is read into a cell: a CSV cell is text, a spreadsheet cell what the spreadsheet says it is. Files are bounded, and
archives that would unpack without end are refused before they do.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from guiju.norms.yaml_reader import MAX_BYTES, FileError
from guiju.subjects.errors import DossierError, Notice
from guiju.wording import Where

MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 300
MAX_UNPACKED: Final = 128 * 1024 * 1024
"""What a spreadsheet may unpack to; an inventory of ten thousand systems is a tenth of it."""

_DELIMITERS: Final = ",;\t|"
_UNREADABLE: Final = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError, ParseError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""What openpyxl raises for files that are no spreadsheets, or broken ones; what defusedxml refuses is a ValueError."""

Content = str | bool | Decimal | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what stands in it, where, and whether a formula stands there whose value the file does not hold."""

    content: Content
    where: Where
    formula: bool = False

    @property
    def text(self) -> str:
        """What a person sees in the cell."""
        if isinstance(self.content, bool):
            return "TRUE" if self.content else "FALSE"
        if isinstance(self.content, datetime) and self.content.time() == time():
            return self.content.date().isoformat()
        return "" if self.content is None else str(self.content).strip()

    @property
    def empty(self) -> bool:
        """Nothing stands there; that says nothing."""
        return not self.text and not self.formula


@dataclass(frozen=True)
class Sheet:
    """The rows of one table that hold anything."""

    title: str
    rows: list[list[Cell]]
    notices: list[Notice] = field(default_factory=list)


def read_sheets(path: Path | str, delimiter: str | None = None) -> list[Sheet]:
    """All tables of a file: one of a CSV file, each sheet of a spreadsheet.

    :raises DossierError: for a file that is neither, is too large, or has more rows than any inventory.
    """
    raw = _bytes(Path(path), str(path))
    if raw[:2] == b"PK":
        return _workbook(raw, str(path))
    if raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise DossierError("table.old-excel", Where(str(path)))
    return [_csv(raw, str(path), delimiter)]


def _bytes(path: Path, shown: str) -> bytes:
    try:
        if path.is_dir():
            raise FileError("file.folder", Where(shown))
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise FileError("file.too-large", Where(shown), got=f"{size / 1048576:.0f} MB", limit=f"{MAX_BYTES // 1048576} MB")
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError("file.missing", Where(shown)) from None
    except PermissionError:
        raise FileError("file.not-readable", Where(shown)) from None


# -- CSV ---------------------------------------------------------------------------------------------------------------------


def _csv(raw: bytes, name: str, delimiter: str | None) -> Sheet:
    words, notices = _decoded(raw, name)
    if "\0" in words:
        raise FileError("file.binary", Where(name))
    rows: list[list[Cell]] = []
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter or _delimiter(words), strict=True)
    line = 1
    try:
        for record in reader:
            cells = [
                Cell(text.strip() or None, Where(name, line, column)) for column, text in enumerate(record[:MAX_COLUMNS], start=1)
            ]
            if any(not cell.empty for cell in cells):
                rows.append(cells)
            _check_rows(rows, name)
            line = reader.line_num + 1
    except csv.Error as problem:
        raise DossierError("table.not-csv", Where(name, line), got=str(problem)) from None
    return Sheet("", rows, notices)


def _decoded(raw: bytes, name: str) -> tuple[str, list[Notice]]:
    """UTF-8, UTF-16 with its mark, or GB 18030, and a notice where it was not UTF-8."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace"), [Notice("table.encoding", Where(name), {"got": "UTF-16"})]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("gb18030"), [Notice("table.encoding", Where(name), {"got": "GB 18030"})]
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise FileError("file.not-utf8", Where(name, line)) from None


def _delimiter(words: str) -> str:
    """The sign that parts most cells of the first line, outside of quotes."""
    first = re.sub(r'"[^"]*"', "", next((line for line in words.splitlines() if line.strip()), ""))
    return max(_DELIMITERS, key=first.count)


def _check_rows(rows: list[list[Cell]], name: str) -> None:
    if len(rows) > MAX_ROWS:
        raise DossierError("table.too-many-rows", Where(name), limit=MAX_ROWS)


# -- XLSX --------------------------------------------------------------------------------------------------------------------


def _workbook(raw: bytes, name: str) -> list[Sheet]:
    from openpyxl import load_workbook

    _check_archive(raw, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl does not keep is not asked for
        try:
            values = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            formulas = load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
            pairs = zip(values.worksheets, formulas.worksheets, strict=True)
            return [_sheet(one, other, name) for one, other in pairs]
        except _UNREADABLE as problem:
            raise DossierError("table.not-a-spreadsheet", Where(name), got=str(problem)[:120]) from None


def _check_archive(raw: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as problem:
        raise DossierError("table.not-a-spreadsheet", Where(name), got=str(problem)[:120]) from None
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or len(entries) > 2000:
        got = f"{unpacked / 1048576:.0f} MB"
        raise DossierError("table.unpacks-too-large", Where(name), got=got, limit=f"{MAX_UNPACKED // 1048576} MB")


def _sheet(values: Any, formulas: Any, name: str) -> Sheet:
    title = str(values.title)
    shown = f"{name}, {title}"
    rows: list[list[Cell]] = []
    notices: list[Notice] = []
    pairs = zip(_rows(values), _rows(formulas), strict=False)
    for number, (row, other) in enumerate(pairs, start=1):
        cells = [_cell(one, also, shown, number, column) for column, (one, also) in enumerate(zip(row, other, strict=False))]
        notices += [Notice("table.formula-without-value", cell.where) for cell in cells if cell.formula]
        if any(not cell.empty for cell in cells):
            rows.append(cells)
        _check_rows(rows, name)
    return Sheet(title, rows, notices)


def _rows(sheet: Any) -> Iterator[Any]:
    sheet.reset_dimensions()
    yield from sheet.iter_rows(max_col=MAX_COLUMNS)


def _cell(value: Any, formula: Any, shown: str, row: int, column: int) -> Cell:
    where = Where(f"{shown}!{_letters(column)}{row}")
    content = value.value
    if content is None and getattr(formula, "data_type", "") == "f":
        return Cell(None, where, formula=True)
    if isinstance(content, (bool, str, datetime, date, time)) or content is None:
        return Cell(content.strip() or None if isinstance(content, str) else content, where)
    return Cell(Decimal(repr(content)) if isinstance(content, (int, float)) else str(content), where)


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
