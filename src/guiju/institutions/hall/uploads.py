"""Uploads: bounded while they stream in, kept in memory only, their kind told by content and never by name.

``read_upload(request, "file")`` gives what a form sent, ``read_body(request)`` the body of a program's request.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, UnreadablePostError

from guiju.subjects.graph import OBJECT_KEYS, TOP_KEYS
from guiju.wording import GuijuError, Where

CARD, DOSSIER, RESULT, FORM = "card", "dossier", "result", "form"
"""What an upload may be: a model card, a dossier (YAML or JSON), an earlier result (JSON), a form that came back (XLSX)."""

LONGEST_NAME: Final = 120
MOST_MEMBERS: Final = 2000
MOST_UNPACKED: Final = 32 * 1024 * 1024
"""What a spreadsheet may unpack to, in bytes; a form with every question that there is takes a tenth of it."""

_SIGNATURES: Final = (
    (b"%PDF-", "pdf"), (b"{\\rtf", "office"), (b"\xd0\xcf\x11\xe0", "office"),
    (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"BM", "picture"), (b"II*\0", "picture"),
    (b"MM\0*", "picture"), (b"RIFF", "picture"), (b"\0\0\1\0", "picture"),
    (b"\x1f\x8b", "archive"), (b"7z\xbc\xaf", "archive"), (b"Rar!", "archive"), (b"BZh", "archive"), (b"\xfd7zXZ", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"MZ", "program"), (b"\x7fELF", "program"),
)  # fmt: skip
_WRITTEN: Final = frozenset({"word/document.xml", "ppt/presentation.xml", "content.xml"})
"""What is in a document of a word processor or in slides, which are archives too."""
_PAGE: Final = re.compile(
    r"\s*(?:<!--(?>.*?-->)\s*)*<(?:!doctype|html|head|body|script|svg|\?xml|\?php)\b", re.IGNORECASE | re.DOTALL
)
_KEY: Final = re.compile(r"""["']?([a-z_]+)["']?[ \t]*:(?:\s|\Z)""")
_KEYS: Final = frozenset({*TOP_KEYS, *OBJECT_KEYS, "parties", "purposes", "earlier"})
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class UploadError(GuijuError):
    """A file that is not taken."""

    status = 400


class TooLargeError(UploadError):
    """A file beyond the bound."""

    status = 413


class LateError(UploadError):
    """A body that did not arrive in time (``serving.front`` waits for it)."""

    status = 408


class BusyError(UploadError):
    """Too much arrives at once."""

    status = 503


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: its name (only ever shown, never a path), its bytes, and what it is."""

    name: str
    content: bytes
    kind: str

    @property
    def text(self) -> str:
        """The words of a card, dossier or result."""
        return text_in(self.content, self.name, also_chinese=self.kind == CARD)


class Bounded(MemoryFileUploadHandler):
    """Refuses a file as soon as it passes the bound, whatever its sender said of its length."""

    _seen = 0

    def handle_raw_input(self, *_given: Any, **_named: Any) -> None:
        """Always in memory, whatever length was said."""
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """One piece; the sum of all files counts."""
        self._seen += len(raw_data)
        if self._seen > settings.LARGEST_RESULT:
            raise too_large()
        return super().receive_data_chunk(raw_data, start)


def too_large() -> TooLargeError:
    """The error for a file beyond the bound."""
    return TooLargeError("hall.too-large", most=settings.LARGEST_UPLOAD // 1024)


# -- reading -----------------------------------------------------------------------------------------------------------------


def refuse_early(request: HttpRequest) -> None:
    """Refuse what is too large by its own account, and a form as soon as its files pass the bound, before any view runs.

    :raises TooLargeError: for either.
    """
    refused = request.META.get("guiju.refused")
    if refused == "late":
        raise LateError("upload.late")
    if refused == "busy":
        raise BusyError("upload.busy")
    if refused == "large" or _said_length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise too_large()
    if request.method == "POST" and request.content_type == "multipart/form-data" and not request.path_info.startswith("/api/"):
        request.FILES  # noqa: B018  # parsing it is what refuses it


def read_body(request: HttpRequest) -> bytes:
    """The body of a request, never more of it than the bound.

    :raises TooLargeError: for a longer one, whatever its length was said to be.
    """
    if _said_length(request) > settings.LARGEST_UPLOAD:
        raise too_large()
    try:
        content = request.read(settings.LARGEST_UPLOAD + 1)
    except UnreadablePostError:
        raise UploadError("upload.broken-off") from None
    if len(content) > settings.LARGEST_UPLOAD:
        raise too_large()
    return content


def _said_length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "")
    return int(said[:20]) if said.isascii() and said.isdigit() else 0


def read_upload(request: HttpRequest, field: str) -> Upload:
    """The file of a form.

    :raises UploadError: where none was sent, or one that is none of the four kinds.
    :raises TooLargeError: for anything but an earlier result beyond the bound of a file.
    """
    sent = request.FILES.get(field)
    if not isinstance(sent, UploadedFile):
        raise UploadError("upload.none")
    content = sent.read()
    name = shown_name(sent.name or "")
    kind = kind_of(content, name)
    if kind != RESULT and len(content) > settings.LARGEST_UPLOAD:
        raise too_large()
    return Upload(name, content, kind)


def shown_name(name: str) -> str:
    """The last part of a file name, without signs that cannot be seen or that turn words around; for showing only."""
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(one for one in last if unicodedata.category(one)[0] != "C").strip()
    return kept[-LONGEST_NAME:] if kept.strip(".") else "-"


# -- what it is --------------------------------------------------------------------------------------------------------------


def kind_of(content: bytes, name: str) -> str:
    """CARD, DOSSIER, RESULT or FORM, by content.

    :raises UploadError: for anything else; the message says what it seems to be.
    """
    if not content.strip():
        raise UploadError("upload.empty", Where(name))
    if content.startswith(b"PK\x03\x04"):
        _check_workbook(content, name)
        return FORM
    seems = next((kind for start, kind in _SIGNATURES if content.startswith(start)), None)
    if seems is not None and (b"\0" in content[:1024] or seems not in ("picture", "program")):  # a card may begin with BM or MZ
        raise UploadError(f"upload.is-{seems}", Where(name))
    return _kind_of_text(text_in(content, name, also_chinese=True), name)


def _kind_of_text(text: str, name: str) -> str:
    if _PAGE.match(text[:4000]):
        raise UploadError("upload.is-page", Where(name))
    if text.lstrip().startswith("{"):
        return RESULT if is_result(text) else DOSSIER
    lines = text.split("\n")
    meaningful = (line for line in lines if line.strip() and not line.startswith(("#", "%")) and line.strip() != "---")
    first = _KEY.match(next(meaningful, ""))
    return DOSSIER if first and first[1] in _KEYS and not _has_front_matter(lines) else CARD


def _has_front_matter(lines: list[str]) -> bool:
    """Whether a text begins with lines between two rows of three dashes and goes on after them."""
    if lines[0].strip() != "---":
        return False
    end = next((index for index, line in enumerate(lines[1:], start=1) if line.strip() == "---"), None)
    return end is not None and any(line.strip() for line in lines[end + 1 :])


def is_result(text: str) -> bool:
    """Whether a text is a result as it is written here."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and str(data.get("schema", "")).startswith("guiju.assessment/")


def text_in(content: bytes, name: str, *, also_chinese: bool = False) -> str:
    """The text of a file in UTF-8 (or UTF-16 with its mark); where asked for also in the Chinese encoding GB 18030.

    :raises UploadError: where it is no text, or in another encoding.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = _decoded(content, "utf-16")
    else:
        text = _decoded(content, "utf-8-sig")
        if text is None and also_chinese:
            text = _decoded(content, "gb18030")
    if text is None:
        raise UploadError("upload.encoding", Where(name))
    if _CONTROL.search(text):
        raise UploadError("upload.is-binary", Where(name))
    return text


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _check_workbook(content: bytes, name: str) -> None:
    """Refuse an archive that is no spreadsheet, and one that would unpack without end."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OSError):
        raise UploadError("upload.is-archive", Where(name)) from None
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
        raise TooLargeError("upload.unpacks-too-large", Where(name), most=MOST_UNPACKED // 1024**2)
    names = {one.filename for one in members}
    if names & _WRITTEN:
        raise UploadError("upload.is-office", Where(name))
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise UploadError("upload.is-archive", Where(name))
