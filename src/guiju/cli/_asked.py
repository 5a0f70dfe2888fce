"""What every command is asked with: a day, and the rules it answers by (the built-in books, or those of a folder)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from guiju.calendars import parse_day
from guiju.cli._rules_search import tidy
from guiju.norms import Corpus, builtin, load_book, read_corpus
from guiju.wording import GuijuError, Where


class FolderError(GuijuError):
    """A folder that holds no books of rules."""


def day_of(text: str | None) -> date | None:
    """A day given on the command line, its digits and dashes full-width or not."""
    return None if text is None else parse_day(tidy(text))


def corpus_of(folder: Path | None) -> Corpus:
    """The built-in rules, or those of a folder that has a folder for each place."""
    if folder is None:
        return builtin()
    if not folder.is_dir():
        raise FolderError("rules.no-folder", Where(str(folder)))
    places = [path for path in sorted(folder.iterdir()) if path.is_dir() and not path.name.startswith((".", "_"))]
    if not places:
        raise FolderError("rules.no-places", Where(str(folder)))
    return read_corpus([(place.name, load_book(place, place.name)) for place in places])
