"""What every command is asked with: a day, and the rules it answers by (the built-in books, an edition, or those of a folder)."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from guiju.calendars import parse_day
from guiju.cli._rules_search import tidy
from guiju.norms import (
    CURRENT,
    Books,
    Corpus,
    EditionError,
    builtin_books,
    compiled,
    current_edition,
    find_edition,
    load_book,
    names_edition,
    open_edition,
    packaged,
)
from guiju.wording import GuijuError, Where, fill, language

F = TypeVar("F", bound=Callable[..., Any])


class FolderError(GuijuError):
    """A folder that holds no books of rules."""


def subject_options(command: F) -> F:
    """The options of every command about one subject: the days, the party, the language, the rules."""
    for option in reversed((
        click.option("--on", "on_text", metavar="DATE", help=_help("cli.on")),
        click.option("--known", "known_text", metavar="DATE", help=_help("cli.known")),
        click.option("--party", metavar="ORG", help=_help("cli.party")),
        click.option("--lang", type=click.Choice(["zh", "en"], case_sensitive=False), help=_help("cli.lang")),
        click.option("--corpus", "folder", metavar="FOLDER", type=click.Path(path_type=Path), help=_help("rules.help.corpus")),
        click.option("--edition", metavar="EDITION", help=_help("rules.help.edition")),
        click.option("--memory", is_flag=True, help=_help("cli.memory")),
    )):  # fmt: skip
        command = option(command)
    return command


def _help(code: str) -> str:
    return fill(code, language(), "message", {})


def day_of(text: str | None) -> date | None:
    """A day given on the command line, its digits and dashes full-width or not."""
    return None if text is None else parse_day(tidy(text))


def corpus_of(folder: Path | None = None, edition: str | None = None) -> Corpus:
    """The built-in rules, an edition that was kept, or the rules of a folder that has a folder for each place.

    ``edition`` is the beginning of a digest, the day it was released, ``current``, or the path of an edition file.
    """
    if folder is not None:
        if edition is not None:
            raise FolderError("rules.folder-and-edition", Where(str(folder)))
        return compiled(_folder_books(folder), cache_folder())
    if edition is None or edition == CURRENT:
        return compiled(builtin_books(), cache_folder())
    path = Path(edition)
    if path.suffix == ".zip" or path.is_dir():
        return compiled(open_edition(path) if path.suffix == ".zip" else _folder_books(path), cache_folder())
    if names_edition(edition, current_edition()):
        return compiled(builtin_books(), cache_folder())
    store, found = find_edition(edition, [packaged()])
    return compiled(store.books(found), cache_folder())


def corpus_for(earlier: str) -> Corpus:
    """The edition that an earlier result was made under; where it is not kept, the current one (the result then says so)."""
    try:
        return corpus_of(edition=earlier)
    except EditionError:
        return corpus_of()


def write_file(path: Path, content: bytes) -> None:
    """Write what was asked for.

    :raises FolderError: if it cannot be written there.
    """
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise FolderError("cli.cannot-write", Where(str(path)), reason=problem.strerror or "") from None


def cache_folder() -> Path | None:
    """Where rules once read are kept: GUIJU_CACHE (``off`` for nowhere), else the person's own cache folder."""
    chosen = os.environ.get("GUIJU_CACHE", "")
    if chosen:
        return None if chosen == "off" else Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "guiju"
    except RuntimeError:  # nobody's home
        return None


def _folder_books(folder: Path) -> Books:
    if not folder.is_dir():
        raise FolderError("rules.no-folder", Where(str(folder)))
    places = [path for path in sorted(folder.iterdir()) if path.is_dir() and not path.name.startswith((".", "_"))]
    if not places:
        raise FolderError("rules.no-places", Where(str(folder)))
    return [(place.name, load_book(place, place.name)) for place in places]
