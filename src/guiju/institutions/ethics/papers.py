"""The papers of a case: drafted, handed in under their digest, never changed afterwards.

A set of papers is one canonical document (RFC 8785) which names every file by its own digest: whoever decides, decides on it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import rfc8785
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from guiju.calendars import now
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Attached, Case, Papers
from guiju.institutions.ethics.paper_items import Item, items_for, matters
from guiju.institutions.hall.uploads import shown_name
from guiju.institutions.people.models import Person
from guiju.institutions.register.documents import digest_of, put
from guiju.wording import LANGUAGES, in_language, join_words

SCHEMA: Final = "guiju.ethics-papers/1"
LONGEST_ANSWER: Final = 8000
LONGEST_TITLE: Final = 200
MOST_FILES: Final = 30
LARGEST_FILE: Final = 2 * 1024 * 1024
"""Bytes of one file."""

TYPES: Final[Mapping[str, tuple[bytes, str]]] = {
    "pdf": (b"%PDF-", "application/pdf"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "docx": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""Files that are taken, by the end of their names: how each begins, and what it is. Plain text (``txt``, ``md``) besides."""


def items_of(case: Case) -> tuple[Item, ...]:
    """What belongs to the papers of a case."""
    return items_for(case.committee.rules, case.kind)


class DraftChangedError(EthicsError):
    """Another page saved the draft meanwhile; nothing was overwritten. ``stands``, ``offered``: what is kept, what was sent."""

    def __init__(self, stands: Written, offered: Written) -> None:
        super().__init__("ethics.draft-changed", status_code=409)
        self.stands = stands
        self.offered = offered


@dataclass(frozen=True, slots=True)
class Written:
    """What is written in a draft, without its files."""

    title: str
    matters: list[str]
    answers: dict[str, str]


def written_in(case: Case) -> Written:
    """What the draft of a case says."""
    draft = case.draft
    return Written(draft.get("title", case.title), list(draft.get("matters", case.matters)), dict(draft.get("answers", {})))


def revision_of(case: Case) -> int:
    """How often the draft was saved."""
    return int(case.draft.get("revision", 0))


def writers(case: Case) -> list[str]:
    """Who began or saved the draft, or put a file to it or took one out, by opaque name, in the order in which they first did.

    Of papers from before this was kept, who began the case and who handed them in; not where it was taken over, whose papers the
    committee's own secretary put together.
    """
    noted = list(case.draft.get("writers", ()))
    if case.committee.acts.filter(about=case.public_id, step="take_over").exists():
        return noted
    before = [one for one in (case.by, *(held.by for held in case.papers.select_related("by").order_by("number"))) if one]
    return list(dict.fromkeys([*noted, *(one.public_id for one in before)]))


def _also(mine: Case, by: Person) -> list[str]:
    return list(dict.fromkeys([*writers(mine), by.public_id]))


@transaction.atomic
def save_draft(case: Case, by: Person, typed: Mapping[str, Any], revision: int | None = None) -> None:
    """Keep what was written so far; nothing is handed in by it.

    :param revision: of the draft that the page showed on which it was written; None where it was written on no page.
    :raises EthicsError: where a title is missing, or something is too long.
    :raises DraftChangedError: where it was saved meanwhile with other words.
    """
    said = _said(case, typed)
    mine = Case.objects.select_for_update().get(pk=case.pk)
    if revision not in (None, revision_of(mine)):
        if written_in(mine) != said:
            raise DraftChangedError(written_in(mine), said)
    else:
        kept = {"answers": said.answers, "title": said.title, "matters": said.matters, "revision": revision_of(mine) + 1}
        mine.draft = {**mine.draft, **kept, "writers": _also(mine, by)}
        if not mine.number:  # nothing was handed in yet: the draft is all there is
            mine.title, mine.matters = said.title, said.matters
        mine.save(update_fields=["title", "matters", "draft"])
    case.draft, case.title, case.matters = mine.draft, mine.title, mine.matters


def _said(case: Case, typed: Mapping[str, Any]) -> Written:
    title = " ".join(str(typed.get("title", case.draft.get("title", case.title))).replace("\0", "").split())
    if not title:
        raise EthicsError("ethics.no-title", "title")
    if len(title) > LONGEST_TITLE:
        raise EthicsError("ethics.too-long", "title", most=LONGEST_TITLE)
    answers = {one.id: str(typed.get(one.id, "")).replace("\0", "").replace("\r\n", "\n").strip() for one in items_of(case)}
    for name, words in answers.items():
        if len(words) > LONGEST_ANSWER:
            raise EthicsError("ethics.too-long", name, most=LONGEST_ANSWER)
    return Written(title, [one for one in typed.get("matters", ()) if one in matters()], answers)


def file_type(name: str, content: bytes) -> str:
    """The media type of a file that is taken.

    :raises EthicsError: for an empty one, one too large, or one that is not what its name says or of a kind not taken.
    """
    end = name.rpartition(".")[2].lower()
    if not content:
        raise EthicsError("ethics.file-empty", "file", got=name)
    if len(content) > LARGEST_FILE:
        raise EthicsError("ethics.file-large", "file", got=name, most=LARGEST_FILE // 1024)
    if end in ("txt", "md"):
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            raise EthicsError("ethics.file-kind", "file", got=name) from None
        return "text/plain; charset=utf-8"
    starts = TYPES.get("jpg" if end == "jpeg" else end)
    if starts is None or not content.startswith(starts[0]):
        raise EthicsError("ethics.file-kind", "file", got=name)
    return starts[1]


@transaction.atomic
def attach(case: Case, by: Person, sent: object) -> Attached:
    """Put a file to the draft; one that is there already is there once.

    :raises EthicsError: where none was sent, or it is none that is taken.
    """
    if not isinstance(sent, UploadedFile):
        raise EthicsError("ethics.file-none", "file")
    name, content = shown_name(sent.name or ""), sent.read()
    file_type(name, content)
    mine = Case.objects.select_for_update().get(pk=case.pk)
    files = list(mine.draft.get("files", ()))
    if len(files) >= MOST_FILES:
        raise EthicsError("ethics.files-many", "file", most=MOST_FILES)
    document = put("ethics-file", content)
    made, _ = Attached.objects.get_or_create(case=mine, document=document, defaults={"name": name, "at": now()})
    if made.document_id not in files:
        mine.draft = {**mine.draft, "files": [*files, made.document_id], "writers": _also(mine, by)}
        mine.save(update_fields=["draft"])
    case.draft = mine.draft
    return made


@transaction.atomic
def detach(case: Case, by: Person, digest: str) -> None:
    """Take a file out of the draft; papers that were handed in with it keep it."""
    mine = Case.objects.select_for_update().get(pk=case.pk)
    files = [one for one in mine.draft.get("files", ()) if one != digest]
    mine.draft = case.draft = {**mine.draft, "files": files, "writers": _also(mine, by)}
    mine.save(update_fields=["draft"])


def missing(case: Case) -> list[Item]:
    """What the draft does not have yet."""
    answers = case.draft.get("answers", {})
    return [one for one in items_of(case) if not one.optional and not answers.get(one.id)]


def content_of(case: Case) -> bytes:
    """The papers as the draft now stands, in canonical JSON."""
    named = {one.document_id: one for one in case.attached.select_related("document")}
    files = [
        {"name": named[one].name, "digest": one, "size": len(named[one].document.bytes())}
        for one in case.draft.get("files", ())
        if one in named
    ]
    version = case.version
    system: dict[str, str | int] | None = None
    if version is not None:
        system = {"id": version.system.public_id, "version": version.number, "digest": version.document_id}
    return rfc8785.dumps(
        {
            "schema": SCHEMA,
            "case": case.public_id,
            "title": case.draft.get("title", case.title),
            "kind": case.kind,
            "applicant": case.applicant.org,
            "matters": list(case.draft.get("matters", case.matters)),
            "answers": dict(case.draft.get("answers", {})),
            "files": files,
            "system": system,
        }
    )


def digest_now(case: Case) -> str:
    """The digest of the papers as the draft now stands."""
    return digest_of(content_of(case))


@transaction.atomic
def hand_in(case: Case, by: Person) -> Papers:
    """The draft becomes papers, as it now stands; the same ones twice are one.

    :raises EthicsError: where something is missing in it.
    """
    mine = Case.objects.select_for_update().get(pk=case.pk)
    lacking = missing(mine)
    if lacking:
        named = {lang: join_words([in_language(one.words, lang) for one in lacking], lang) for lang in LANGUAGES}
        raise EthicsError("ethics.papers-missing", lacking[0].id, items=named)
    document = put("ethics-papers", content_of(mine))
    mine.title, mine.matters = mine.draft.get("title", mine.title), mine.draft.get("matters", mine.matters)
    mine.save(update_fields=["title", "matters"])
    case.draft, case.title, case.matters = mine.draft, mine.title, mine.matters
    found = mine.papers.filter(document=document).first()
    number = (mine.papers.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    return found or Papers.objects.create(case=mine, number=number, document=document, at=now(), by=by)


def read(papers: Papers) -> dict[str, Any]:
    """What a set of papers says."""
    found: dict[str, Any] = json.loads(papers.document.bytes())
    return found


def handed_in(case: Case) -> list[dict[str, Any]]:
    """The files that papers of a case name, each once, those handed in last first."""
    files = [one for papers in case.papers.select_related("document").order_by("-number") for one in read(papers)["files"]]
    return list({one["digest"]: one for one in files}.values())


def papers_of(case: Case, digest: str) -> Papers | None:
    """The papers of a digest."""
    return case.papers.select_related("document", "by").filter(document_id=digest).first()
