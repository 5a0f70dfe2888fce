"""Lines for a terminal: Chinese and Latin text wrapped by what it takes on the screen, labels in a column, trees.

No punctuation begins a line, no opening bracket ends one, no word is cut unless it is longer than the line.
Plain text where the output is no terminal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

_CLOSING = set("，。、；：？！）》】”’…—·,.;:?!)]}%％")
_OPENING = set("（《【“‘([{")
_WIDEST = 110
_ELSEWHERE = 100


def pieces(words: str) -> Iterator[str]:
    """What may not be parted by the end of a line: a Latin word, a Chinese character, each with its punctuation."""
    held = ""
    for sign in words:
        if sign == " ":
            if held:
                yield held
            yield " "
            held = ""
        elif held and _parts(held, sign):
            yield held
            held = sign
        else:
            held += sign
    if held:
        yield held


def _parts(held: str, sign: str) -> bool:
    """Whether a line may end between what is held and the next sign."""
    last = held[-1]
    if sign in _CLOSING or last in _OPENING:
        return False
    return cell_len(last) > 1 or cell_len(sign) > 1 or (last in _CLOSING and sign not in _CLOSING and not (last + sign).isascii())


def wrapped(words: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` cells."""
    lines = [""]
    for piece in pieces(words):
        if cell_len(lines[-1]) + cell_len(piece) <= width:
            lines[-1] += piece
        elif piece == " ":
            continue
        elif cell_len(piece) <= width:
            lines.append(piece)
        else:
            lines += _cut(piece, width)
    return [line.rstrip() for line in lines if line.strip()] or [""]


def _cut(piece: str, width: int) -> list[str]:
    """A word longer than a line, cut where the line ends."""
    lines = [""]
    for sign in piece:
        if cell_len(lines[-1] + sign) > width:
            lines.append("")
        lines[-1] += sign
    return lines


def screen_width() -> int:
    """How wide lines may be: the terminal, or what COLUMNS says, within reason."""
    if sys.stdout.isatty():
        return max(40, min(Console().width, _WIDEST))
    asked = os.environ.get("COLUMNS", "")
    return max(40, min(int(asked), _WIDEST)) if asked.isdigit() else _ELSEWHERE


class Page:
    """Prints a page from top to bottom."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.width = screen_width()
        self._label = 12 if lang == "zh" else 17
        self._console = Console(highlight=False, soft_wrap=True, width=self.width, file=sys.stdout)

    def blank(self) -> None:
        self._console.print()

    def line(self) -> None:
        """A line across the page."""
        self._print(("─" * self.width, "dim"))

    def title(self, words: str, beside: str = "", indent: int = 0) -> None:
        """A title, with an id at the right edge where there is room, else below."""
        lines = wrapped(words, self.width - indent)
        room = self.width - indent - cell_len(lines[-1]) - cell_len(beside)
        for line in lines[:-1]:
            self._print((" " * indent, ""), (line, "bold"))
        if not beside:
            self._print((" " * indent, ""), (lines[-1], "bold"))
        elif room >= 2:
            self._print((" " * indent, ""), (lines[-1], "bold"), (" " * room, ""), (beside, "dim"))
        else:
            self._print((" " * indent, ""), (lines[-1], "bold"))
            self._print((" " * (indent + 2), ""), (beside, "dim"))

    def heading(self, words: str) -> None:
        self.blank()
        self.title(words)

    def text(self, words: str, indent: int = 0, style: str = "", mark: str = "") -> None:
        """A paragraph; ``mark`` stands before its first line."""
        lead = cell_len(mark)
        for index, line in enumerate(wrapped(words, self.width - indent - lead)):
            self._print((" " * indent, ""), (mark if index == 0 else " " * lead, ""), (line, style))

    def note(self, words: str, indent: int = 0) -> None:
        self.text(words, indent, "dim")

    def row(self, label: str, *paragraphs: str) -> None:
        """A label in its column and paragraphs beside it; nothing without a paragraph."""
        self.tree(label, [(0, one) for one in paragraphs if one], marks=False)

    def tree(self, label: str, lines: Sequence[tuple[int, str]], marks: bool = True) -> None:
        """A label and a sentence tree beside it."""
        shown = label
        column = max(self._label, cell_len(label) + 1)
        for depth, words in lines:
            mark = "· " if marks and depth else ""
            indent = 2 * max(0, depth - 1) if marks else 2 * depth
            for index, line in enumerate(wrapped(words, self.width - column - indent - len(mark))):
                lead = mark if index == 0 else " " * len(mark)
                self._print((self._padded(shown), "bold"), (" " * indent + lead, ""), (line, ""))
                shown = ""

    def columns(self, rows: Iterable[Sequence[str]], indent: int = 2, right: frozenset[int] = frozenset()) -> None:
        """A plain table; columns in ``right`` are aligned to the right."""
        held = [list(row) for row in rows]
        widths = [max(cell_len(row[at]) for row in held) for at in range(len(held[0]))] if held else []
        for row in held:
            cells = []
            for at, cell in enumerate(row):
                space = " " * (widths[at] - cell_len(cell))
                cells.append(space + cell if at in right else cell + space)
            self._print((" " * indent + "  ".join(cells).rstrip(), ""))

    def _padded(self, label: str) -> str:
        """The label filled up to its column; one that is too long for it keeps a space."""
        return label + " " * max(1 if label else 0, self._label - cell_len(label))

    def _print(self, *parts: tuple[str, str]) -> None:
        self._console.print(Text.assemble(*((words, style) for words, style in parts if words)))
