"""Editions kept: every edition that was published can be opened again, offline, byte for byte (design, section 2).

An edition is one zip file: ``label.json`` (digest, day, title, the books with their digests) and the rule files of each
book. It is opened only if what it holds gives the digest it claims.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Protocol

from guiju.calendars import parse_day
from guiju.norms.books import Books, builtin_books
from guiju.norms.meaning import digest, digest_bytes
from guiju.norms.yaml_reader import MAX_BYTES
from guiju.wording import GuijuError, Text, Where

CURRENT: Final = "current"
"""The word for the rules that come with this version."""

SCHEMA: Final = "guiju.edition/1"
LABEL: Final = "label.json"
MOST_FILES: Final = 5000
MOST_BYTES: Final = 64 * 1024 * 1024
_DIGEST: Final = re.compile(r"(sha256:)?[0-9a-f]{8,64}\Z")


class EditionError(GuijuError):
    """An edition that is not there, not one, or not what it says it is."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What an edition says of itself; ``released`` is the day it was published."""

    digest: str
    released: date | None
    title: Text
    path: Path | None = None


class EditionStore(Protocol):
    """Where editions are kept: the package, a folder, or a web system's blobs."""

    def editions(self) -> Sequence[Edition]:
        """All of them, the latest first."""

    def books(self, edition: Edition) -> Books:
        """The books of one, checked against its digest.

        :raises EditionError: if it is damaged.
        """


class FolderEditions:
    """A folder of edition files (``*.edition.zip``)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def editions(self) -> Sequence[Edition]:
        """All of them, the latest first."""
        found = [describe(path) for path in sorted(self.folder.glob("*.edition.zip"))]
        return sorted(found, key=lambda one: (one.released or date.min, one.digest), reverse=True)

    def books(self, edition: Edition) -> Books:
        """The books of one, checked against its digest."""
        assert edition.path is not None
        return open_edition(edition.path)


def packaged() -> FolderEditions:
    """The earlier editions that come with this version."""
    return FolderEditions(Path(str(files("guiju").joinpath("corpus/_editions"))))


def find_edition(wanted: str, stores: Iterable[EditionStore]) -> tuple[EditionStore, Edition]:
    """The edition meant by the beginning of its digest (8 signs or more) or by the day it was released.

    :raises EditionError: if there is none, or more than one.
    """
    known = [(store, edition) for store in stores for edition in store.editions()]
    hits = [(store, edition) for store, edition in known if _means(wanted, edition)]
    if len({edition.digest for _, edition in hits}) == 1:
        return hits[0]
    shown = [f"{edition.released or ''} {edition.digest[:19]}".strip() for _, edition in hits or known] or ["-"]
    raise EditionError("edition.not-one" if hits else "edition.unknown", got=wanted, known=[CURRENT, *shown])


def names_edition(wanted: str, edition: str) -> bool:
    """Whether the beginning of a digest (8 signs or more) means this edition."""
    return bool(_DIGEST.match(wanted)) and edition.startswith("sha256:" + wanted.removeprefix("sha256:"))


def _means(wanted: str, edition: Edition) -> bool:
    if names_edition(wanted, edition.digest):
        return True
    return edition.released is not None and wanted == edition.released.isoformat()


def books_digest(books: Books) -> str:
    """The edition that books make, without reading them as rules."""
    return digest([digest([list(part) for part in sorted((shown, digest_bytes(text.encode())) for shown, text in found)])
                   for _, found in books])  # fmt: skip


def current_edition() -> str:
    """The digest of the rules that come with this version."""
    return books_digest(builtin_books())


# -- one file ----------------------------------------------------------------------------------------------------------------


def pack(books: Books, released: date, title: Text) -> bytes:
    """An edition as one file; the same books always give the same bytes."""
    head = {
        "schema": SCHEMA,
        "edition": books_digest(books),
        "released": released.isoformat(),
        "title": dict(title),
        "books": [name for name, _ in books],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        _add(archive, LABEL, json.dumps(head, ensure_ascii=False, indent=1, sort_keys=True))
        for name, found in books:
            for shown, text in sorted(found):
                _add(archive, f"books/{name}/{shown}", text)
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, text.encode())


def describe(path: Path) -> Edition:
    """What an edition file says of itself.

    :raises EditionError: if it is no edition file.
    """
    with _archive(path) as archive:
        head = _head(archive, path)
    return Edition(head["edition"], parse_day(head["released"]), head["title"], path)


def open_edition(path: Path) -> Books:
    """The books of an edition file, held against the digest that it claims.

    :raises EditionError: if it is no edition file, or was changed.
    """
    with _archive(path) as archive:
        head = _head(archive, path)
        books = [(name, _files(archive, f"books/{name}/", path)) for name in head["books"]]
    found = books_digest(books)
    if found != head["edition"]:
        raise EditionError("edition.damaged", Where(str(path)), got=found[:19], expected=head["edition"][:19])
    return books


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise EditionError("file.missing", Where(str(path))) from None
    except (zipfile.BadZipFile, OSError):
        raise EditionError("edition.not-an-edition", Where(str(path))) from None
    entries = archive.infolist()
    if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_BYTES:
        archive.close()
        raise EditionError("edition.too-large", Where(str(path)))
    return archive


def _head(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        head = json.loads(_text(archive, LABEL, path))
    except (KeyError, ValueError):
        head = None
    shape = {"edition": str, "released": str, "title": dict, "books": list}
    if not isinstance(head, dict) or head.get("schema") != SCHEMA:
        raise EditionError("edition.not-an-edition", Where(str(path)))
    if not all(isinstance(head.get(key), kind) for key, kind in shape.items()):
        raise EditionError("edition.not-an-edition", Where(str(path)))
    return head


def _files(archive: zipfile.ZipFile, under: str, path: Path) -> list[tuple[str, str]]:
    names = sorted(one for one in archive.namelist() if one.startswith(under) and not one.endswith("/"))
    return [(name.removeprefix(under), _text(archive, name, path)) for name in names]


def _text(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    """One file of it; never more than the largest rule file, whatever the archive claims."""
    try:
        with archive.open(name) as stream:
            raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise EditionError("edition.too-large", Where(str(path)))
        return raw.decode("utf-8")
    except (zipfile.BadZipFile, UnicodeDecodeError, EOFError, RuntimeError, NotImplementedError):
        raise EditionError("edition.not-an-edition", Where(str(path))) from None
