"""Tables with which a committee moves in: read cell by cell, nothing coerced; a row that is half right is refused whole.

The titles of the columns, and the words in them, may be Chinese or English. What is read is plain text again, so that it can wait
for somebody to look at it.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from guiju.assess.spreadsheet import put
from guiju.calendars import CalendarError, parse_day
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.paper_items import kinds
from guiju.institutions.hall.uploads import kind_of, shown_name
from guiju.institutions.people.bodies import POSTS
from guiju.logic import EnumType
from guiju.procedure import Rules
from guiju.subjects.sheets import Cell, Sheet, read_sheets
from guiju.wording import LANGUAGES, GuijuError, Text, fill

MEMBERS: Final = "members"
CASES: Final = "cases"
TAKE_OVER: Final = "take_over"
"""The step by which a case is taken over; rules that have none take none over."""

MOST_ROWS: Final = 100
LONGEST_CELL: Final = 2000

Words = Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: how its cells are read, and whether one may be empty."""

    name: str
    read: str = "text"
    optional: bool = False
    longest: int = 200


COLUMNS: Final[Mapping[str, tuple[Column, ...]]] = {
    MEMBERS: (
        Column("name", optional=True), Column("email"), Column("post", "word"), Column("kinds", "words", optional=True),
        Column("begins", "day"), Column("ends", "day"), Column("outside", "yes"), Column("trained", "day", optional=True),
    ),
    CASES: (
        Column("number", longest=20), Column("title"), Column("object", "word"), Column("state", "word"), Column("applicant"),
        Column("listed", "yes", optional=True), Column("route", "word", optional=True), Column("day", "day", optional=True),
        Column("conditions", "lines", optional=True, longest=LONGEST_CELL),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong, and where: the row and the title of the column, as they stand in the file; empty where it is the whole."""

    row: str
    column: str
    problem: GuijuError


@dataclass(frozen=True, slots=True)
class Line:
    """A row that was read: where it stands, and its values as plain data."""

    row: str
    values: dict[str, Any]


@dataclass(slots=True)
class Table:
    """A table that was read: its rows, and everything that is wrong in it."""

    lines: list[Line] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


# -- the words that may stand in cells -----------------------------------------------------------------------------------------


def said(code: str) -> dict[str, str]:
    """A text of the catalogue in every language."""
    return {lang: fill(code, lang, "message", {}) for lang in LANGUAGES}


def titles(what: str) -> dict[str, dict[str, str]]:
    """What the columns are called."""
    return {one.name: said(f"ethics.import-column-{one.name}") for one in COLUMNS[what]}


def choices(what: str, rules: Rules) -> dict[str, Words]:
    """What may stand in the columns that hold words, by the rules of the committee."""
    if what == MEMBERS:
        posts: dict[str, Text] = {one: said(f"people.post-{one}") for one in POSTS if one in rules.posts}
        return {"post": posts, "kinds": {one.name: one.words for one in rules.categories}}
    route = rules.facts.get("route")
    routes = route.members if isinstance(route, EnumType) else ()
    step = rules.steps.get(TAKE_OVER)
    return {
        "object": {one: said(f"ethics.kind-{one}") for one in kinds()},
        "state": {one: rules.states[one] for one in (step.outcomes if step else ())},
        "route": {one: said(f"ethics.value-{one}") for one in routes},
    }


def _plain(words: str) -> str:
    """As words are compared: width, case and spaces make no difference."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def _named(typed: str, words: Words) -> str | None:
    """Which of the words stands there, in either language or by its own name."""
    wanted = _plain(typed)
    return next((name for name, text in words.items() if wanted in {_plain(name), *map(_plain, text.values())}), None)


# -- the file ------------------------------------------------------------------------------------------------------------------


def read_table(sent: object, what: str, rules: Rules) -> Table:
    """The table of a file that was sent.

    :raises EthicsError: where there is none, it is too large, or its columns are not the ones that are asked for.
    :raises GuijuError: for a file that cannot be read.
    """
    if not isinstance(sent, UploadedFile):
        raise EthicsError("ethics.file-none", "file")
    name, content = shown_name(sent.name or ""), sent.read(settings.LARGEST_UPLOAD + 1)
    if len(content) > settings.LARGEST_UPLOAD:
        raise EthicsError("ethics.import-large", "file", status_code=413, most=settings.LARGEST_UPLOAD // 1024)
    if not content.strip():
        raise EthicsError("ethics.file-empty", "file", got=name)
    sheet = _sheet(content, name)
    if len(sheet.rows) < 2:
        raise EthicsError("ethics.import-no-rows", "file")
    if len(sheet.rows) > MOST_ROWS + 1:
        raise EthicsError("ethics.import-rows", "file", got=len(sheet.rows) - 1, most=MOST_ROWS)
    head = _head(sheet.rows[0], what)
    table, allowed = Table(), choices(what, rules)
    for cells in sheet.rows[1:]:
        _read_row(table, cells, head, allowed)
    return table


def _sheet(content: bytes, name: str) -> Sheet:
    """The first sheet that holds anything."""
    workbook = content.startswith(b"PK")
    if workbook:
        kind_of(content, name)  # refuses what would unpack without end
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("handed-in.xlsx" if workbook else "handed-in.csv")
        path.write_bytes(content)
        found = [one for one in read_sheets(path) if one.rows]
    if not found:
        raise EthicsError("ethics.import-no-rows", "file")
    return found[0]


def _head(cells: Sequence[Cell], what: str) -> dict[int, Column]:
    """Which column stands where.

    :raises EthicsError: for a title that is not known, one that stands twice, and columns that are missing.
    """
    called, by_name = titles(what), {one.name: one for one in COLUMNS[what]}
    found: dict[int, Column] = {}
    for place, cell in enumerate(cells):
        if cell.empty:
            continue
        name = _named(cell.text, called)
        if name is None:
            raise EthicsError("ethics.import-title", "file", got=cell.text[:40], known=_listed(called.values()))
        if by_name[name] in found.values():
            raise EthicsError("ethics.import-title-twice", "file", got=cell.text[:40])
        found[place] = by_name[name]
    missing = [called[one.name] for one in COLUMNS[what] if one not in found.values()]
    if missing:
        raise EthicsError("ethics.import-title-missing", "file", got=_listed(missing))
    return found


def _listed(texts: Iterable[Text]) -> dict[str, str]:
    held = list(texts)
    return {lang: ("、" if lang == "zh" else ", ").join(one[lang] for one in held) for lang in LANGUAGES}


# -- a row ---------------------------------------------------------------------------------------------------------------------


def _read_row(table: Table, cells: Sequence[Cell], head: Mapping[int, Column], allowed: Mapping[str, Words]) -> None:
    row = _row_of(next(cell for cell in cells if not cell.empty))
    values: dict[str, Any] = {}
    wrong: list[Wrong] = []
    for place, cell in enumerate(cells):
        if place not in head and not cell.empty:
            wrong.append(Wrong(row, "", EthicsError("ethics.import-no-title", got=cell.text[:40] or "=")))
    for place, column in head.items():
        there = cells[place] if place < len(cells) else None
        try:
            values[column.name] = _value(there, column, allowed.get(column.name, {}))
        except EthicsError as problem:
            wrong.append(Wrong(row, column.name, problem))
    table.wrong += wrong
    if not wrong:
        table.lines.append(Line(row, values))


def _row_of(cell: Cell) -> str:
    """The number of a row, as the program shows it with which the file was made."""
    if cell.where.line is not None:
        return str(cell.where.line)
    found = re.search(r"(\d+)$", str(cell.where))
    return found[1] if found else "?"


def _value(cell: Cell | None, column: Column, words: Words) -> Any:
    """What stands in a cell.

    :raises EthicsError: for what cannot be taken as it stands.
    """
    if cell is not None and cell.formula:
        raise EthicsError("ethics.import-formula")
    if cell is None or cell.empty:
        if not column.optional:
            raise EthicsError("ethics.import-empty")
        return [] if column.read in ("words", "lines") else ""
    if column.read == "day":
        return _day(cell)
    if not isinstance(cell.content, str) and column.name != "number":
        raise EthicsError("ethics.import-not-text", got=cell.text[:40])
    text = cell.text.replace("\0", "").strip()
    if len(text) > column.longest:
        raise EthicsError("ethics.too-long", most=column.longest)
    if column.read == "lines":
        return [part.strip() for part in re.split(r"[;；\n]", text) if part.strip()]
    if column.read == "words":
        return [_word(part, words) for part in re.split(r"[;；、\n]", text) if part.strip()]
    if column.read == "yes":
        return _word(text, {"yes": said("ethics.yes"), "no": said("ethics.no")})
    return _word(text, words) if column.read == "word" else " ".join(text.split())


def _word(typed: str, words: Words) -> str:
    found = _named(typed, words)
    if found is None:
        raise EthicsError("ethics.import-unknown", got=typed.strip()[:40], known=_listed(words.values()))
    return found


def _day(cell: Cell) -> str:
    """A day, of a cell that holds one or is written as one."""
    if isinstance(cell.content, datetime):
        if cell.content.time() != time():
            raise EthicsError("ethics.committee-day-shape", got=cell.text[:20])
        return str(cell.content.date())
    if isinstance(cell.content, date):
        return str(cell.content)
    try:
        return str(parse_day(cell.content if isinstance(cell.content, str) else ""))
    except CalendarError:
        raise EthicsError("ethics.committee-day-shape", got=cell.text[:20]) from None


# -- a table to fill in --------------------------------------------------------------------------------------------------------


def template(what: str, rules: Rules, lang: str) -> bytes:
    """A spreadsheet with the columns, and on a second sheet what may stand in them."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    first, second = book.active, book.create_sheet(fill("ethics.import-sheet-words", lang, "message", {}))
    assert first is not None
    first.title = fill(f"ethics.import-{what}", lang, "message", {})
    allowed = choices(what, rules)
    for place, column in enumerate(COLUMNS[what], 1):
        title = fill(f"ethics.import-column-{column.name}", lang, "message", {})
        for sheet in (first, second):
            put(sheet.cell(1, place), title)
            sheet.cell(1, place).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(place)].width = 24
        put(second.cell(2, place), fill(f"ethics.import-{column.read}", lang, "message", {}))
        words = allowed.get(column.name, {}) if column.read != "yes" else {"yes": said("ethics.yes"), "no": said("ethics.no")}
        for row, text in enumerate(words.values(), 3):
            put(second.cell(row, place), text[lang])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
