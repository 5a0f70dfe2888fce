"""Books read once and kept: a checked corpus on disk, found again by the digest of its bytes and of the code that read it.

A cache is only a cache: it may be deleted at any time, is never shipped, and what cannot be trusted or read is passed over.
Nothing but data of this package comes out of it, whatever stands in the file.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from guiju.norms.books import Books, read_corpus
from guiju.norms.corpus import Corpus
from guiju.norms.meaning import digest, digest_bytes

MOST_KEPT: Final = 12
"""Compiled corpora kept in one folder; those not asked for longest go first."""

_ROOMS: Final = ("logic", "calendars", "norms")
_PLAIN: Final = frozenset({
    ("datetime", "date"), ("decimal", "Decimal"), ("builtins", "set"), ("builtins", "frozenset"), ("collections", "OrderedDict"),
})  # fmt: skip


def compiled(books: Books, folder: Path | None) -> Corpus:
    """The corpus of these books, from the folder where it was kept, or read anew and kept there.

    :raises CorpusError: as :func:`read_corpus`.
    """
    path = None if folder is None else folder / f"{_key(books)}.corpus"
    found = _kept(path) if path is not None else None
    if found is None:
        found = read_corpus(books)
        if path is not None:
            _keep(found, path)
    return found


def _key(books: Books) -> str:
    texts = [[name, sorted([shown, digest_bytes(text.encode())] for shown, text in found)] for name, found in books]
    return digest([texts, _code()]).removeprefix("sha256:")[:40]


@cache
def _code() -> str:
    """A digest of the modules that read rules: another version of them reads anew."""
    found = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted(Path(str(files("guiju").joinpath(room))).rglob("*.py")):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


class _Reader(pickle.Unpickler):
    """Builds objects of the rooms below and plain values; everything else is refused, so no file can run code."""

    def find_class(self, module: str, name: str) -> Any:
        ours = module.startswith(tuple(f"guiju.{room}." for room in (*_ROOMS, "wording")))
        found = super().find_class(module, name) if ours or (module, name) in _PLAIN else None
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def _kept(path: Path) -> Corpus | None:
    try:
        if not _ours(path.parent) or not _ours(path):
            return None
        found = _Reader(io.BytesIO(path.read_bytes())).load()
        os.utime(path)
    except (OSError, EOFError, ValueError, TypeError, AttributeError, ImportError, IndexError, KeyError, pickle.UnpicklingError):
        return None
    return found if isinstance(found, Corpus) else None


def _ours(path: Path) -> bool:
    """Whether nobody but us could have written it."""
    if not hasattr(os, "getuid"):  # no such notion on Windows: the folder is the person's own
        return True
    state = path.stat()
    return state.st_uid == os.getuid() and not state.st_mode & 0o022


def _keep(corpus: Corpus, path: Path) -> None:
    """Write it whole or not at all; a folder that cannot be written is no error."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            pickle.dump(corpus, draft, protocol=5)
        Path(draft.name).replace(path)
        others = sorted(path.parent.glob("*.corpus"), key=lambda one: one.stat().st_mtime)
        for old in others[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return
