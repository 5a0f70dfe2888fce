"""The texts of a folder by name, whatever form each has."""

from __future__ import annotations

from pathlib import Path

from guiju.norms.statutes.reader import Statute, read_statute
from guiju.norms.statutes.union import read_union
from guiju.norms.statutes.union_lines import ARTICLES, FORMEX


def texts_below(folder: Path) -> dict[str, Path]:
    """The texts of a folder and the folders below it by name: ``.txt`` and ``-articles.json`` files, and folders of Formex."""
    found = {path.name.removesuffix(".txt"): path for path in sorted(folder.rglob("*.txt"))}
    found |= {path.name.removesuffix(ARTICLES): path for path in sorted(folder.rglob(f"*{ARTICLES}"))}
    return found | {path.parent.name: path.parent for path in sorted(folder.rglob(f"*{FORMEX}"))}


def read_text_of(path: Path) -> Statute:
    """A text as provisions, by the reader of its form.

    :raises StatuteError: where it is no text that a reader knows.
    """
    if path.is_dir() or path.name.endswith(".json"):
        return read_union(path)
    return read_statute(path)
