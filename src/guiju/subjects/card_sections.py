"""The structure of a Markdown card: its headings, lead-ins, paragraphs, tables and code, each with its lines.

Nothing is understood here, only taken apart: ``**Licence:** MIT``, a row ``| Licence | MIT |`` and a heading *Licence* over
the word *MIT* all come out as the same labelled passage. Every step is linear in the length of the card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from guiju.subjects.card_markup import labels_of, links_in, plain, sentences
from guiju.subjects.card_tables import Table, is_rule, markdown_table, table_rows

_ATX: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)(.*)")
_HTML_HEADING: Final = re.compile(r"[ \t]*<h([1-6])\b[^<>]{0,300}>(.*)", re.IGNORECASE)
_ITEM: Final = re.compile(r"[ \t>]*(?:[-*+•·▪][ \t]+|\d{1,3}(?:[.)][ \t]+|、[ \t]*))")
_START: Final = re.compile(r"[ \t>]*(?:[-*+•·▪][ \t]+|\d{1,3}(?:[.)][ \t]+|、[ \t]*))?")
_BOLD: Final = re.compile(
    r"[ \t>]*(?:[-*+•·▪][ \t]+|\d{1,3}(?:[.)][ \t]+|、[ \t]*))?"
    r"(?P<o>\*\*\*|\*\*|__|<b>|<strong>)(?P<label>[^*<>]{1,80}?)(?:\*\*\*|\*\*|__|</b>|</strong>)(?P<rest>.*)",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(r"[ \t>]*(?:[-*+•·▪][ \t]+)?(?P<label>[^\W\d_][^:：.!?。|<>`\[\]*]{0,40})[:：][ \t]*(?P<rest>\S.*)")
_FENCE: Final = re.compile(r"[ \t>]*(```+|~~~+)[ \t]*([^`]*)")
_BREAK: Final = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_HTML_ONLY: Final = re.compile(r"[ \t]*(?:</?[a-zA-Z][^<>]{0,400}>[ \t]*)+")

MAX_ROWS: Final = 200
"""Lines of one paragraph; a longer one is read as several."""
MAX_LINE: Final = 20_000
"""Characters of one line that are taken as one paragraph; a longer line is read in pieces of this size."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a paragraph."""

    text: str
    url: str
    line: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, the value of a label, or a line of code; ``line`` is where it begins."""

    text: str
    line: int
    path: tuple[str, ...] = ()
    label: str = ""
    kind: Literal["sentence", "lead", "section", "row", "code"] = "sentence"
    marks: tuple[tuple[int, int], ...] = ()
    links: tuple[Link, ...] = ()

    def line_at(self, place: int) -> int:
        """The line of the card on which a place of the text stands."""
        found = self.line
        for start, line in self.marks:
            if start > place:
                break
            found = line
        return found

    @property
    def labels(self) -> frozenset[str]:
        """What it is called, each name by itself: “协议（License）” is called 协议 and license."""
        return labels_of(self.label)

    def under(self, wanted: re.Pattern[str]) -> bool:
        """Whether one of the headings above it is such a one."""
        return any(wanted.search(heading) for heading in self.path)


@dataclass(slots=True)
class Card:
    """A card taken apart. ``unclosed`` is the line of a code fence that nothing closes."""

    title: str | None = None
    sentences: list[Passage] = field(default_factory=list)
    labelled: list[Passage] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    code: list[Passage] = field(default_factory=list)
    headings: list[Passage] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    unclosed: int | None = None
    long: int | None = None


def take_apart(lines: Sequence[str], start: int, title: str | None) -> Card:
    """The structure of a card whose body begins at the index ``start`` of its lines."""
    return _Reader(lines, start, title).read()


@dataclass(slots=True)
class _Block:
    """Lines that belong together, with their numbers."""

    rows: list[tuple[int, str]] = field(default_factory=list)


class _Reader:
    """One pass over the lines."""

    def __init__(self, lines: Sequence[str], start: int, title: str | None) -> None:
        self._lines, self._at, self._card = lines, start, Card(title)
        self._path: list[tuple[int, str]] = []
        self._open: dict[str, int] = {}
        self._block = _Block()

    def read(self) -> Card:
        comment = False
        while self._at < len(self._lines):
            line, number = self._lines[self._at], self._at + 1
            if comment or "<!--" in line:
                line, comment = _uncommented(line, comment)
                if not line.strip():
                    self._at += 1
                    continue
            if not self._special(line, number):
                self._prose(line, number)
                self._at += 1
        self._flush()
        return self._card

    # -- what is not prose ---------------------------------------------------------------------------------------------------

    def _special(self, line: str, number: int) -> bool:
        """Whether the line began something other than prose, which is then taken whole."""
        fence = _FENCE.match(line[:200]) if "`" in line[:40] or "~" in line[:40] else None
        if fence:
            self._flush()
            self._code(fence[1], number)
            return True
        heading = self._heading(line)
        if heading:
            self._flush()
            level, words, used = heading
            self._head(level, words, number)
            self._at += used
            return True
        if "<table" in line.lower():
            self._flush()
            self._html_table()
            return True
        if "|" in line and self._at + 1 < len(self._lines) and is_rule(self._lines[self._at + 1]):
            self._flush()
            table, used = markdown_table(self._lines, self._at, self._names())
            self._table(table)
            self._at += used
            return True
        return False

    def _heading(self, line: str) -> tuple[int, str, int] | None:
        short = line[:2000]
        found = _ATX.fullmatch(short)
        if found:
            return len(found[1]), plain(found[2].rstrip(" #\t")), 1
        html = _HTML_HEADING.match(short)
        if html:
            used, words = 1, html[2]
            while "</h" not in words.lower() and used < 6 and self._at + used < len(self._lines):
                words += " " + self._lines[self._at + used][:500]
                used += 1
            return int(html[1]), plain(words), used
        after = self._lines[self._at + 1].strip() if self._at + 1 < len(self._lines) else ""
        if short.strip() and not self._block.rows and len(after) > 2 and set(after) in ({"="}, {"-"}) and len(short) < 200:
            return (1 if after[0] == "=" else 2), plain(short), 2
        return None

    def _head(self, level: int, words: str, number: int) -> None:
        self._path = [(above, name) for above, name in self._path if above < level] + [(level, words.lower())]
        self._open[words.lower()] = 0
        self._card.headings.append(Passage(words, number, self._names()[:-1]))

    def _names(self) -> tuple[str, ...]:
        return tuple(name for _, name in self._path)

    def _code(self, fence: str, number: int) -> None:
        self._at += 1
        taken = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            closing = _FENCE.fullmatch(line.rstrip()) if line.lstrip(" \t>")[:3] == fence[:3] else None
            if closing and len(closing[1]) >= len(fence) and not closing[2].strip():
                break
            taken.append(Passage(line[:1000].rstrip(), self._at + 1, self._names(), kind="code"))
            self._at += 1
        else:
            self._card.unclosed = number
        self._at += 1
        self._card.code += taken

    def _html_table(self) -> None:
        start = self._at
        while self._at < len(self._lines) and "</table" not in self._lines[self._at].lower():
            self._at += 1
        self._at += 1
        self._table(table_rows(self._lines[start : self._at], start + 1, self._names()))

    def _table(self, table: Table) -> None:
        """A table; where it has two columns, each row is also a label with its value."""
        self._card.tables.append(table)
        for row in [table.header, *table.rows]:
            filled = [cell for cell in row if cell.text]
            if len(row) == 2 and len(filled) == 2:
                links = tuple(Link(words, url, filled[1].line) for words, url in links_in(filled[1].raw))
                self._card.labelled.append(
                    Passage(filled[1].text, filled[1].line, table.path, filled[0].text, "row", links=links)
                )

    # -- prose ---------------------------------------------------------------------------------------------------------------

    def _prose(self, line: str, number: int) -> None:
        if len(line) > MAX_LINE:
            self._card.long = self._card.long or number
            self._flush()
            for begin in range(0, len(line), MAX_LINE):
                self._block.rows = [(number, line[begin : begin + MAX_LINE])]
                self._flush()
            return
        for part in _BREAK.split(line) if "<" in line else (line,):
            bare = not part.strip() or (part.lstrip().startswith("<") and len(part) < 2000 and _HTML_ONLY.fullmatch(part))
            if bare or _ITEM.match(part) or _begins(part) or self._follows_lead(part):
                self._flush()
            if part.strip():
                self._block.rows.append((number, part))
                if len(self._block.rows) >= MAX_ROWS:
                    self._flush()
        if not line.strip():
            self._flush()

    def _follows_lead(self, part: str) -> bool:
        """Whether a line is a lead-in below another: each is then a paragraph of its own."""
        return bool(self._block.rows) and _lead(part) is not None and _lead(self._block.rows[-1][1]) is not None

    def _flush(self) -> None:
        """What was gathered, as a paragraph."""
        rows, self._block = self._block.rows, _Block()
        if not rows:
            return
        number, first = rows[0]
        lead = _lead(first)
        if lead is not None and len(rows) == 1 and not plain(lead[1]).strip(" :：") and _BOLD.match(first):
            self._path = [(above, name) for above, name in self._path if above < 7] + [(7, lead[0].lower())]
            self._open[lead[0].lower()] = 0
            return
        text, marks, links = _joined(rows)
        if not text:
            self._card.links += links
            return
        self._card.links += links
        whole = Passage(text, number, self._names(), marks=marks, links=tuple(links))
        if lead is not None:
            self._labelled(whole, lead, rows)
        self._section(whole)
        for begin, end in sentences(text):
            own = tuple((max(0, place - begin), line) for place, line in marks if place < end)
            self._card.sentences.append(
                Passage(text[begin:end].strip(), whole.line_at(begin), self._names(), marks=own, links=whole.links)
            )

    def _labelled(self, whole: Passage, lead: tuple[str, str], rows: list[tuple[int, str]]) -> None:
        text, marks, links = _joined([(rows[0][0], lead[1]), *rows[1:]])
        if text:
            label = lead[0].lower()
            self._card.labelled.append(Passage(text, rows[0][0], whole.path, label, "lead", marks, tuple(links)))

    def _section(self, whole: Passage) -> None:
        """The first paragraphs below a heading are what it labels."""
        if self._path and self._open.get(self._path[-1][1], 3) < 3:
            name = self._path[-1][1]
            self._open[name] += 1
            self._card.labelled.append(
                Passage(whole.text, whole.line, whole.path[:-1], name, "section", whole.marks, whole.links)
            )


def _uncommented(line: str, inside: bool) -> tuple[str, bool]:
    """A line without its comments, and whether one is still open behind it."""
    kept, rest = "", line
    while rest:
        mark = "-->" if inside else "<!--"
        before, found, rest = rest.partition(mark)
        if not inside:
            kept += before
        if not found:
            break
        inside = not inside
    return kept, inside


def _begins(line: str) -> bool:
    """Whether a line begins a labelled paragraph of its own."""
    return bool(_BOLD.match(line[:400])) or line.lstrip().startswith(("<p", "<div", "<li", ">"))


def _lead(line: str) -> tuple[str, str] | None:
    """The label at the start of a line, and what follows it."""
    found = _BOLD.match(line)
    if found:
        rest = found["rest"].lstrip()
        return plain(found["label"]).strip(" :："), rest.lstrip(":： \t")
    found = _PLAIN.match(line)
    if found and len(found["label"].split()) <= 5 and not found["rest"].startswith("//"):
        return found["label"].strip(), found["rest"]
    return None


def _joined(rows: Sequence[tuple[int, str]]) -> tuple[str, tuple[tuple[int, int], ...], list[Link]]:
    """Lines as one text, where each of them begins in it, and their links."""
    text, marks, links = "", [], []
    for number, raw in rows:
        links += [Link(words, url, number) for words, url in links_in(raw)]
        start = _START.match(raw)
        words = plain(raw[start.end() :] if start and not text else raw.lstrip(" \t>"))
        if not any(map(str.isalnum, words)):
            continue
        text += "" if not text or ord(text[-1]) > 0x2E80 else " "
        marks.append((len(text), number))
        text += words
    return text, tuple(marks), links


def whole_text(card: Card) -> Iterator[str]:
    """Everything that a card says in words, sentence by sentence."""
    for one in card.sentences:
        yield one.text
    for table in card.tables:
        for row in (table.header, *table.rows):
            for cell in row:
                yield cell.text
