"""Versions of a system's dossier: each is added, none is changed; two of them side by side in words."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import Max

from guiju.calendars import now
from guiju.institutions.hall.bounds import bounded
from guiju.institutions.people.models import Person
from guiju.institutions.register.differences import Difference, differences
from guiju.institutions.register.documents import dossier_in, put_dossier
from guiju.institutions.register.errors import ChangedError, RegisterError
from guiju.institutions.register.models import DossierVersion, System
from guiju.subjects import Dossier, write_dossier
from guiju.wording import GuijuError

LONGEST_NOTE: Final = 300
WAYS: Final = ("upload", "check", "edited", "example")
"""Where a version comes from: a file, a check that was taken over, a version that was edited, the example world."""


def latest(system: System) -> DossierVersion | None:
    """The version that holds; None where nothing has been said yet."""
    return system.versions.select_related("document", "by").order_by("-number").first()


def version_numbered(system: System, number: int) -> DossierVersion | None:
    """A version by its number."""
    return system.versions.select_related("document", "by").filter(number=number).first()


def dossier_of_version(version: DossierVersion) -> Dossier:
    """What a version says."""
    return dossier_in(version.document)


def add_version(
    system: System, dossier: Dossier, way: str, by: Person | None, note: str = "", base: int | None = None
) -> DossierVersion:
    """The next version. ``base``: the number of the version that it was made from, where somebody edited one.

    :raises ChangedError: where another version came in between; nothing is lost, and the two are shown.
    :raises RegisterError: where it says just what the last one says, or the note is too long.
    :raises TooMuchError: for a dossier beyond what the site answers at once.
    """
    assert way in WAYS
    if len(note) > LONGEST_NOTE:
        raise RegisterError("registry.too-long", field="note", most=LONGEST_NOTE)
    bounded(dossier)
    with transaction.atomic():
        System.objects.select_for_update().get(pk=system.pk)
        before = latest(system)
        if before is not None and before.document.bytes() == write_dossier(dossier).encode():
            raise RegisterError("registry.version-same", field="file", status_code=409, number=before.number)
        if base is not None and before is not None and before.number != base:
            raise ChangedError(dossier_of_version(before), dossier, before.number)
        number = (system.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        return DossierVersion.objects.create(
            system=system, number=number, document=put_dossier(dossier), way=way, by=by, at=now(), note=note.strip()
        )


def between(before: DossierVersion, after: DossierVersion, lang: str) -> list[Difference]:
    """What differs between two versions, in words; one sentence where the rules of today cannot read one of them."""
    try:
        return differences(dossier_of_version(before), dossier_of_version(after), lang)
    except GuijuError as problem:
        return [Difference(problem.message(lang))]
