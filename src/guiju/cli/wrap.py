"""Breaking lines for a terminal: Latin words stay whole, Chinese breaks anywhere but before closing punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

_PIECES = re.compile(r"\s+|[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]|[^\s\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]+")
_NOT_FIRST = "。，、；：？！）〕］》」』”’…,.;:?!)]}"
_NOT_LAST = "（〔［《「『“‘([{"


def wrapped(text: str, width: int, indent: int = 0) -> Iterator[str]:
    """The lines of one paragraph, each indented and at most ``width`` cells wide (a longer word stands alone)."""
    room = max(width - indent, 20)
    line = ""
    for piece in _glued(text):
        if line and cell_len(line) + cell_len(piece.rstrip()) > room:
            yield " " * indent + line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        yield " " * indent + line.rstrip()


def _glued(text: str) -> list[str]:
    """Pieces that may part from each other: closing marks stay with what is before, opening marks with what follows."""
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        if pieces and (piece[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST or piece.isspace()):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
