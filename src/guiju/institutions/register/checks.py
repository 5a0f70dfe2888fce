"""Checks: opened, read by their key, saved without overwriting anybody, shared, kept, deleted.

Every change, and every link given out, begins the time of keeping anew (``KEPT_FOR``); what is ``kept`` has no end.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import models, transaction
from django.utils import timezone

from guiju.assess import Assessment, assess, to_json
from guiju.institutions.hall.bounds import bounded
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.register.documents import dossier_in, drop_unneeded, is_dossier, put, put_dossier
from guiju.institutions.register.editions import drop_unneeded_editions, keep_site_edition
from guiju.institutions.register.errors import ChangedError, LinkError
from guiju.institutions.register.models import Check, Colleague, Link, Share
from guiju.institutions.register.tokens import derived, hashed, new_key, new_salt
from guiju.subjects import Dossier, dumps

__all__ = [
    "KEPT_FOR", "ChangedError", "LinkError", "check_by_key", "colleague", "colleague_by_token", "colleagues_of", "delete",
    "delete_colleague", "delete_share", "dossier_of", "keep", "keep_share", "locked", "open_check", "purge_expired", "save",
    "share", "share_by_token", "shares_of", "source_of",
]  # fmt: skip

KEPT_FOR: Final = timedelta(days=30)
"""How long a check stays after the last change."""

NAME_LENGTH: Final = 200


def _end() -> datetime:
    return timezone.now() + KEPT_FOR


def _fitting(words: str) -> str:
    """As much of a name as its column holds; PostgreSQL holds no zero bytes."""
    return words.replace("\0", "")[:NAME_LENGTH]


def locked(check: Check) -> Check:
    """The check as it stands, nobody else's until the transaction ends. It is locked before any document is.

    :raises LinkError: where it was deleted meanwhile.
    """
    now = Check.objects.select_for_update().filter(pk=check.pk).first()
    if now is None:
        raise LinkError("check.unknown-link", 404)
    return now


def _over(link: Link) -> bool:
    return not link.kept and link.expires < timezone.now()


# -- one check -----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def open_check(dossier: Dossier, source: bytes | None = None, source_name: str = "", name: str = "") -> tuple[Check, str]:
    """A new check and its key. The key is the address; it is not stored and cannot be found again.

    :raises TooMuchError: for a dossier beyond what the site answers at once.
    """
    key = new_key()
    bounded(dossier)
    check = Check.objects.create(
        key_hash=hashed(key),
        dossier=put_dossier(dossier),
        source=None if source is None else put("source", source),
        source_name=_fitting(source_name),
        name=_fitting(name),
        expires=_end(),
    )
    return check, key


def check_by_key(key: str) -> Check:
    """The check of a key.

    :raises LinkError: 404 where there is none, 410 where its time is over, 403 for a link that gives another right.
    """
    check = Check.objects.select_related("dossier").filter(key_hash=hashed(key)).first()
    if check is None:
        raise _other_right(key) or LinkError("check.unknown-link", 404)
    if _over(check):
        raise LinkError("check.expired-link", 410)
    return check


def _other_right(secret: str) -> LinkError | None:
    """What to say to somebody whose link is one, but for something else; they know what it is for."""
    if Share.objects.filter(token_hash=hashed(secret)).exists():
        return LinkError("state.share-only-reads", 403)
    if Colleague.objects.filter(token_hash=hashed(secret)).exists():
        return LinkError("state.colleague-only-answers", 403)
    return None


def dossier_of(check: Check) -> Dossier:
    """What the check says now."""
    return dossier_in(check.dossier)


def source_of(check: Check) -> bytes | None:
    """The card or dossier that was handed in, if one was."""
    return None if check.source is None else check.source.bytes()


def save(check: Check, dossier: Dossier, version: int) -> Check:
    """The check with another dossier; ``version`` is that of the page on which the change was made.

    :raises ChangedError: where somebody else saved in between; nothing is overwritten then.
    :raises LinkError: where the check was deleted meanwhile.
    :raises TooMuchError: for a dossier beyond what the site answers at once.
    """
    bounded(dossier)
    with transaction.atomic():
        now = locked(check)
        if now.version != version and is_dossier(now.dossier, dossier):
            return now  # a form that was sent twice: what it says is stored
        if now.version != version:
            raise ChangedError(dossier_of(now), dossier, now.version)
        before = now.dossier_id
        now.dossier, now.version, now.expires = put_dossier(dossier, before), version + 1, _end()
        now.save(update_fields=["dossier", "version", "expires"])
        drop_unneeded([before])
    return now


def keep(check: Check, kept: bool) -> None:
    """Keep a check without end, or let its time (and that of its links) begin now.

    :raises LinkError: where it was deleted meanwhile.
    """
    with transaction.atomic():
        locked(check)
        check.kept, check.expires = kept, _end()
        check.save(update_fields=["kept", "expires"])
        if not kept:
            check.shares.filter(kept=True).update(kept=False, expires=_end())


def delete(check: Check) -> None:
    """Delete a check, its links, and every document that nobody else needs."""
    with transaction.atomic():
        now = Check.objects.select_for_update().filter(pk=check.pk).first()
        if now is None:
            return
        digests = [now.dossier_id, now.source_id, *now.shares.values_list("document_id", flat=True)]
        now.delete()
        drop_unneeded(digests)
        drop_unneeded_editions()


def purge_expired() -> int:
    """Delete every check and every link whose time is over; how many checks went."""
    over = models.Q(kept=False, expires__lt=timezone.now())
    with transaction.atomic():
        gone = list(Check.objects.select_for_update().filter(over).values_list("pk", "dossier_id", "source_id"))
        shares = Share.objects.filter(over | models.Q(check_of__in=[one[0] for one in gone]))
        digests = {*shares.values_list("document_id", flat=True), *(digest for _, *held in gone for digest in held)}
        shares.delete()
        Colleague.objects.filter(over).delete()
        Check.objects.filter(pk__in=[one[0] for one in gone]).delete()
        drop_unneeded(digests)
        drop_unneeded_editions()
    return len(gone)


# -- links to a result ---------------------------------------------------------------------------------------------------------


def share(check: Check, key: str, on: date, known: date, party: str | None = None, result: Assessment | None = None) -> str:
    """A link to the result as it is on a day: its token. ``result`` is that result where it was worked out already.

    The result is kept as it is, and with it the rules it was worked out by.

    :raises LinkError: where the check was deleted meanwhile.
    """
    found = result or assess(dossier_of(check), site_corpus(), on, known, party)
    told = to_json(found)
    told["inputs"]["dossier"].pop("asked", None)  # whom the holder asked is nobody else's business, and answers nothing
    content = dumps(told).encode()
    salt = new_salt()
    token = derived(key, "share", salt)
    with transaction.atomic():
        locked(check)
        Share.objects.create(
            token_hash=hashed(token), salt=salt, check_of=check, document=put("result", content), on=on, known=known,
            party=party or "", expires=_end(), dossier_digest=found.dossier.digest,
            edition_id=keep_site_edition() if found.corpus.edition == site_corpus().edition else None,
        )  # fmt: skip
        _renew(check)
    return token


def _renew(check: Check) -> None:
    """A link never outlives its check."""
    check.expires = _end()
    check.save(update_fields=["expires"])


def share_by_token(token: str) -> Share:
    """The shared result of a token.

    :raises LinkError: 404 where there is none, 410 where its time is over.
    """
    found = Share.objects.select_related("check_of__dossier").filter(token_hash=hashed(token)).first()
    if found is None:
        raise _other_right(token) or LinkError("check.unknown-share", 404)
    if _over(found):
        raise LinkError("check.expired-share", 410)
    return found


def shares_of(check: Check, key: str) -> list[tuple[Share, str]]:
    """The links to results that were given out, newest first, each with its token."""
    found = check.shares.defer("document__content").order_by("-created", "-pk")
    return [(one, derived(key, "share", one.salt)) for one in found]


def keep_share(one: Share, kept: bool) -> None:
    """Keep a link to a result without end (and with it the check, so that it can be taken back), or let its time begin now.

    :raises LinkError: where the link or its check was deleted meanwhile.
    """
    with transaction.atomic():
        locked(one.check_of)
        if not Share.objects.filter(pk=one.pk).update(kept=kept, expires=_end()):
            raise LinkError("check.unknown-share", 404)
        if kept:
            keep(one.check_of, True)


def delete_share(one: Share) -> None:
    """Take a link to a result back."""
    with transaction.atomic():
        digest = one.document_id
        one.delete()
        drop_unneeded([digest])
        drop_unneeded_editions()


# -- links for colleagues ------------------------------------------------------------------------------------------------------


def colleague(check: Check, key: str, who: str) -> str:
    """The token of the link for somebody who was said to know; the same for the same name.

    :raises LinkError: where the check was deleted meanwhile.
    """
    who = _fitting(who)
    with transaction.atomic():
        locked(check)
        _renew(check)
        known = check.colleagues.filter(who=who).first()
        if known is not None:
            known.expires = _end()
            known.save(update_fields=["expires"])
            return derived(key, "colleague", known.salt)
        salt = new_salt()
        token = derived(key, "colleague", salt)
        Colleague.objects.create(token_hash=hashed(token), salt=salt, check_of=check, who=who, expires=_end())
    return token


def colleague_by_token(token: str) -> Colleague:
    """The link of a token.

    :raises LinkError: 404 where there is none, 410 where its time is over.
    """
    found = Colleague.objects.select_related("check_of__dossier").filter(token_hash=hashed(token)).first()
    if found is None:
        raise _other_right(token) or LinkError("check.unknown-colleague", 404)
    if _over(found):
        raise LinkError("check.expired-colleague", 410)
    return found


def colleagues_of(check: Check, key: str) -> list[tuple[Colleague, str]]:
    """The links for colleagues, newest first, each with its token."""
    found = check.colleagues.order_by("-created", "-pk")
    return [(one, derived(key, "colleague", one.salt)) for one in found]


def delete_colleague(one: Colleague) -> None:
    """Take a colleague's link back."""
    one.delete()
