"""Which rules are answered by: the built-in books, an edition that was kept, or the books of a folder."""

from __future__ import annotations

import os
from pathlib import Path

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
from guiju.wording import GuijuError, Where


class FolderError(GuijuError):
    """A folder that holds no books of rules."""


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
