"""The public part of a system: written by editors as a draft, with the version and the result it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.db.models import Max

from guiju.calendars import now
from guiju.institutions.people.models import Person
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.models import DossierVersion, Entry, System, SystemResult
from guiju.wording import LANGUAGES, GuijuError

PARTS: Final = ("what", "purpose", "people", "answers", "complain", "contact")
"""What the public part says: what it is, what it is used for, on whom, who answers for it, how to complain, whom to ask."""

LONGEST: Final = 2000
"""Characters of one part in one language."""

Words = Mapping[str, Mapping[str, str]]


class EntryChangedError(GuijuError):
    """Somebody else saved the draft in between; nothing was overwritten. ``stored`` is what stands, ``offered`` what was sent."""

    status = 409

    def __init__(self, stored: Entry, offered: Words) -> None:
        super().__init__("registry.entry-changed")
        self.stored = stored
        self.offered = offered


def draft_of(system: System) -> Entry | None:
    """The draft; None where nothing is being written."""
    return system.entries.select_related("version", "result").filter(published=None).first()


def current(system: System) -> Entry | None:
    """The entry that was published last, also where it was withdrawn since; None where there is none."""
    found = system.entries.select_related("version", "result", "document").exclude(published=None)
    return found.order_by("-number").first()


def published(system: System) -> list[Entry]:
    """Every version that was published, the newest first."""
    return list(system.entries.exclude(published=None).order_by("-number"))


def clean(words: Words) -> dict[str, dict[str, str]]:
    """The parts as they are kept: without what is empty.

    :raises RegisterError: where one is too long.
    """
    found: dict[str, dict[str, str]] = {}
    for part in PARTS:
        for lang in LANGUAGES:
            text = words.get(part, {}).get(lang, "").replace("\0", "").replace("\r\n", "\n").strip()
            if len(text) > LONGEST:
                raise RegisterError("registry.too-long", field=f"{part}-{lang}", most=LONGEST)
            if text:
                found.setdefault(part, {})[lang] = text
    return found


def save_draft(
    system: System,
    words: Words,
    by: Person,
    revision: int,
    version: DossierVersion | None = None,
    result: SystemResult | None = None,
) -> Entry:
    """The draft as it was written; ``revision`` is that of the page on which it was, 0 where there was no draft.

    :raises EntryChangedError: where somebody else saved in between.
    :raises RegisterError: where a part is too long, or version and result are not of this system or not of each other.
    """
    said = clean(words)
    if result is not None:
        version = version or result.version
        if result.system_id != system.pk or version.pk != result.version_id:
            raise RegisterError("registry.entry-result", field="result")
    with transaction.atomic():
        System.objects.select_for_update().get(pk=system.pk)
        stored = draft_of(system)
        if stored is None:
            if revision:
                raise RegisterError("registry.draft-gone", status_code=409)
            number = (system.entries.aggregate(last=Max("number"))["last"] or 0) + 1
            stored = Entry(system=system, number=number, revision=0)
        elif stored.revision != revision:
            if stored.words == said and stored.result_id == (result and result.pk):
                return stored  # a form that was sent twice
            raise EntryChangedError(stored, said)
        stored.words, stored.version, stored.result = said, version, result
        stored.revision += 1
        stored.written = now()
        stored.save()
        stored.writers.add(by)
    return stored


def lacking(entry: Entry) -> list[str]:
    """What a draft lacks before it can be published: parts without a word, and ``result`` where none was chosen."""
    found = [part for part in PARTS if not entry.words.get(part)]
    return found if entry.result_id else [*found, "result"]
