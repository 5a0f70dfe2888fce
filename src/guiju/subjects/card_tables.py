"""Tables of a card, in Markdown or in HTML, with the line of every cell and cells that span rows or columns written out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guiju.subjects.card_markup import plain

_RULE: Final = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_TAG: Final = re.compile(r"<(/?)(tr|td|th)\b([^<>]{0,300})>", re.IGNORECASE)
_SPAN: Final = re.compile(r"(row|col)span\s{0,3}=\s{0,3}[\"']?(\d{1,3})", re.IGNORECASE)

MAX_COLUMNS: Final = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words, as it was written, and its line."""

    text: str
    raw: str
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table below the headings of ``path``."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    path: tuple[str, ...]

    def columns(self, wanted: re.Pattern[str]) -> Iterator[tuple[Cell, list[Cell]]]:
        """The columns whose heading is such a one, each with its cells."""
        for index, head in enumerate(self.header):
            if wanted.fullmatch(head.text.strip(" #*").lower()):
                yield head, [row[index] for row in self.rows if index < len(row) and row[index].text]


def is_rule(line: str) -> bool:
    """Whether a line is the rule below the heading of a Markdown table."""
    return "|" in line and len(line) < 5000 and bool(_RULE.fullmatch(line.rstrip()))


def markdown_table(lines: Sequence[str], at: int, path: tuple[str, ...]) -> tuple[Table, int]:
    """The table whose heading stands at an index, and how many lines it has."""
    end = at + 2
    while end < len(lines) and "|" in lines[end] and lines[end].strip():
        end += 1
    rows = tuple(_cells(lines[index], index + 1) for index in range(at + 2, end))
    return Table(_cells(lines[at], at + 1), rows, path), end - at


def _cells(line: str, number: int) -> tuple[Cell, ...]:
    body = line[:20_000].strip().removeprefix("|").removesuffix("|").replace("\\|", "\0")
    return tuple(_cell(part.replace("\0", "|"), number) for part in body.split("|")[:MAX_COLUMNS])


def _cell(raw: str, line: int) -> Cell:
    return Cell(plain(raw), raw, line)


def table_rows(lines: Sequence[str], first: int, path: tuple[str, ...]) -> Table:
    """An HTML table given as its lines; ``first`` is the number of the first of them."""
    grid: list[list[Cell]] = []
    hanging: dict[int, tuple[int, Cell]] = {}
    for row in _html_rows(lines, first):
        filled: list[Cell] = []
        cells = list(row)
        while (cells or len(filled) in hanging) and len(filled) < MAX_COLUMNS:
            left, cell = hanging.pop(len(filled), (0, None))
            if cell is not None:
                if left > 1:
                    hanging[len(filled)] = (left - 1, cell)
                filled.append(cell)
                continue
            raw, attributes, line = cells.pop(0)
            spans = {kind.lower(): int(number) for kind, number in _SPAN.findall(attributes)}
            own = _cell(raw, line)
            for _ in range(max(1, min(spans.get("col", 1), MAX_COLUMNS))):
                if spans.get("row", 1) > 1:
                    hanging[len(filled)] = (spans["row"] - 1, own)
                filled.append(own)
        if filled:
            grid.append(filled)
    rows = tuple(tuple(row) for row in grid)
    return Table(rows[0] if rows else (), rows[1:], path)


def _html_rows(lines: Sequence[str], first: int) -> Iterator[list[tuple[str, str, int]]]:
    """Rows of cells, each as written, with the attributes of its tag and its line."""
    row: list[tuple[str, str, int]] = []
    inside: tuple[list[str], str, int] | None = None
    for number, line in enumerate(lines, first):
        place = 0
        for tag in _TAG.finditer(line):
            if inside is not None:
                inside[0].append(line[place : tag.start()])
            place = tag.end()
            closing, kind = bool(tag[1]), tag[2].lower()
            if inside is not None and (closing or kind in ("td", "th", "tr")):
                words = " ".join(inside[0]).strip()
                row.append((words[:4000], inside[1], inside[2] or number))
                inside = None
            if kind == "tr":
                if row:
                    yield row
                row = []
            elif not closing:
                inside = ([], tag[3], number)
        if inside is not None:
            inside[0].append(line[place:])
    if inside is not None:
        row.append((" ".join(inside[0]).strip()[:4000], inside[1], inside[2]))
    if row:
        yield row
