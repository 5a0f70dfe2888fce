"""Checks that a person keeps at their desk, and versions of a dossier that are opened as a check to be edited.

A check is opened by its key alone, which is stored nowhere. Whoever keeps one asks the site to hold the key for them: it is
sealed under a key that is made from the site's own secret (HKDF, RFC 5869; ChaCha20-Poly1305, RFC 8439), so the database alone
opens nothing, and the site can.
"""

from __future__ import annotations

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.db import transaction
from django.db.models import QuerySet

from guiju.calendars import now
from guiju.institutions.hall.keys import key_for
from guiju.institutions.people.access import opened
from guiju.institutions.people.models import Person
from guiju.institutions.register import checks
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.models import Check, DossierVersion, KeptCheck, System
from guiju.institutions.register.versions import add_version, dossier_of_version
from guiju.subjects import Dossier
from guiju.wording import in_language

NONCE: Final = 12

# -- sealed keys ---------------------------------------------------------------------------------------------------------------


def _cipher() -> ChaCha20Poly1305:
    return ChaCha20Poly1305(key_for("guiju-kept-check/1"))


def seal(key: str, check: Check) -> bytes:
    """The key of a check, to be read with the site's secret alone, and for that check alone."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher().encrypt(nonce, key.encode("ascii"), check.key_hash.encode("ascii"))


def key_of(kept: KeptCheck) -> str:
    """The key of a check that is kept.

    :raises RegisterError: where the secret of the site is another than then.
    """
    held = bytes(kept.sealed)
    try:
        return _cipher().decrypt(held[:NONCE], held[NONCE:], kept.check_of.key_hash.encode("ascii")).decode("ascii")
    except InvalidTag:
        raise RegisterError("registry.key-changed", status_code=410) from None


# -- kept ----------------------------------------------------------------------------------------------------------------------


def keep_check(person: Person, key: str) -> KeptCheck:
    """Keep a check at somebody's desk: it has no end as long as they keep it. Keeping it again changes nothing.

    :raises LinkError: where the key opens nothing.
    """
    check = checks.check_by_key(key)
    with transaction.atomic():
        check = checks.locked(check)
        found = KeptCheck.objects.filter(person=person, check_of=check).first()
        if found is not None:
            return found
        lengthened = not check.kept
        if lengthened:
            checks.keep(check, True)
        return KeptCheck.objects.create(person=person, check_of=check, sealed=seal(key, check), at=now(), lengthened=lengthened)


def unkeep(kept: KeptCheck) -> None:
    """Let a check go from the desk: its sealed key is deleted, and where nobody else keeps it, its time begins.

    Of two who let it go at a time, the second sees that nobody else keeps it.
    """
    with transaction.atomic():
        check = Check.objects.select_for_update().filter(pk=kept.check_of_id).first()
        held = KeptCheck.objects.filter(pk=kept.pk).first()
        if check is None or held is None:  # it was let go, or deleted, at the same time
            return
        others = KeptCheck.objects.filter(check_of=check).exclude(pk=held.pk)
        if held.lengthened and not others.update(lengthened=True):
            checks.keep(check, False)
        held.delete()


def kept_by(person: Person) -> QuerySet[KeptCheck]:
    """The checks at somebody's desk, the newest first."""
    return KeptCheck.objects.filter(person=person, system=None).select_related("check_of__dossier").order_by("-at", "-pk")


def is_kept(person: Person, check: Check) -> KeptCheck | None:
    """How somebody keeps a check; None where they do not."""
    return KeptCheck.objects.filter(person=person, check_of=check).first()


def kept_of(kept: str) -> KeptCheck:
    """The kept check of an address.

    :raises Http404: where there is none.
    """
    found = KeptCheck.objects.select_related("check_of__dossier", "person", "system__organisation", "base")
    return opened(found.filter(public_id=kept).first())  # type: ignore[no-any-return]


def name_of(kept: KeptCheck, lang: str) -> str:
    """What a kept check is called; empty where it has no name."""
    return in_language(checks.dossier_of(kept.check_of).subject.label, lang) or kept.check_of.name


# -- a version opened to be edited ---------------------------------------------------------------------------------------------


def open_version(version: DossierVersion, person: Person) -> tuple[KeptCheck, str]:
    """A check with what a version says, for its editor to answer and change; and its key."""
    dossier = dossier_of_version(version)
    name = next(iter(version.system.name.values()), "")
    with transaction.atomic():
        check, key = checks.open_check(dossier, name=name)
        checks.keep(check, True)
        made = KeptCheck.objects.create(
            person=person, check_of=check, sealed=seal(key, check), at=now(), lengthened=True, system=version.system, base=version
        )
    return made, key


def being_edited(system: System) -> QuerySet[KeptCheck]:
    """The checks in which versions of a system are being edited, the newest first."""
    return system.opened.select_related("person", "base", "check_of__dossier").order_by("-at", "-pk")


def edited(kept: KeptCheck) -> Dossier:
    """What is said in a check that was opened from a version."""
    return checks.dossier_of(kept.check_of)


def throw_away(kept: KeptCheck) -> None:
    """Delete a check that was opened from a version: nobody opens what was changed in it any more, also not by its address."""
    checks.delete(kept.check_of)


def bring_back(kept: KeptCheck, by: Person, note: str, base: int) -> DossierVersion:
    """The next version from a check that was opened; the check is deleted. ``base``: the version that its editor has seen last.

    :raises ChangedError: where another version came in between.
    :raises RegisterError: where nothing was changed.
    :raises LinkError: where it was brought back or thrown away meanwhile.
    """
    assert kept.system is not None
    with transaction.atomic():
        kept.check_of = checks.locked(kept.check_of)  # what is saved in it from now on would be lost
        made = add_version(kept.system, edited(kept), "edited", by, note, base)
        checks.delete(kept.check_of)
    return made
