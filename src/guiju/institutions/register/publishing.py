"""The public part of a system is published by somebody who did not write it, and withdrawn with its reason; both are acts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import rfc8785
from django.db import transaction

from guiju import record
from guiju.calendars import now
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.people.access import holders
from guiju.institutions.people.models import Person
from guiju.institutions.register.documents import digest_of, put
from guiju.institutions.register.entries import EntryChangedError, current, draft_of, lacking
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.limits import status_of
from guiju.institutions.register.models import Entry, Filing, System, SystemParty
from guiju.institutions.register.parties import DECLINED
from guiju.institutions.register.results import report
from guiju.wording import LANGUAGES, fill, join_words

SCHEMA: Final = "guiju.register-entry/1"
LONGEST_REASON: Final = 1000

_SHOWN: Final = frozenset({"applied", "granted", "changed", "cancelled", "lapsed"})
"""Where filings stand that the public reads of."""


def publish(system: System, revision: int, by: Person, seen: str | None = None) -> Receipt:
    """Publish the draft as it stood on the page that the approver has read.

    ``revision``: that of its words; ``seen``: the digest of all that the page said, also of what is not written in the draft: the
    name, the filings, the parties.

    :raises RegisterError: 403 where the approver wrote in it, with who else may; 409 where there is no draft any more; 400 where
        it lacks something, or something else of it than its words has changed since that page.
    :raises EntryChangedError: where it was written in since that page.
    """
    _make_ready(system)
    with transaction.atomic():
        draft = draft_of(_locked(system))
        if draft is None:
            raise RegisterError("registry.draft-gone", status_code=409)
        if draft.writers.filter(pk=by.pk).exists():
            raise RegisterError("registry.own-words", status_code=403, who=_who_else(draft))
        if draft.revision != revision:
            raise EntryChangedError(draft, draft.words)
        if missing := lacking(draft):
            raise RegisterError("registry.entry-lacks", field=f"{missing[0]}-zh", parts=parts_in_words(missing))
        content = rfc8785.dumps(told(draft))
        if seen is not None and seen != digest_of(content):
            raise RegisterError("registry.draft-moved", status_code=409)
        draft.published = now()
        draft.approved_by = by
        draft.document = put("entry", content)
        receipt = act(
            "system.published",
            f"system:{system.public_id}",
            by=by.public_id,
            public={"system": system.public_id, "entry": draft.document.digest},
            payload={"system": system.public_id, "number": draft.number},
        )
        draft.receipt = record.receipt_hash(receipt.number)
        draft.save()
    return receipt


def _locked(system: System) -> System:
    """The system as it stands, nobody else's until the transaction ends."""
    return System.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=system.pk)


def _make_ready(system: System) -> None:
    """Tell the result beforehand: that takes a while, and in the transaction everybody who writes would wait for it."""
    draft = draft_of(system)
    result = draft.result if draft is not None else None
    if result is not None:
        for lang in LANGUAGES:
            report(result, lang)


def _who_else(draft: Entry) -> dict[str, str]:
    """Who may publish a draft: those who have the right and did not write in it, by name."""
    wrote = set(draft.writers.values_list("pk", flat=True))
    names = sorted(one.shown_name for one in holders("system.publish", draft.system.organisation) if one.pk not in wrote)
    if not names:
        return {lang: fill("registry.nobody-publishes", lang, "message", {}) for lang in LANGUAGES}
    return {lang: fill("registry.these-publish", lang, "message", {"names": join_words(names, lang)}) for lang in LANGUAGES}


def parts_in_words(parts: list[str]) -> dict[str, str]:
    """Parts by what they are called."""
    return {lang: join_words([fill(f"registry.part-{one}", lang, "message", {}) for one in parts], lang) for lang in LANGUAGES}


def told(entry: Entry) -> dict[str, Any]:
    """What an entry says, as it is published: canonical JSON, bound to the digests of the version and the result it rests on."""
    system = entry.system
    assert entry.version is not None
    assert entry.result is not None
    organisation = system.organisation
    return {
        "schema": SCHEMA,
        "system": system.public_id,
        "number": entry.number,
        "name": dict(system.name),
        "organisation": {"handle": organisation.handle, "name": dict(organisation.name), "place": organisation.place},
        "words": entry.words,
        "dossier": {"number": entry.version.number, "digest": entry.version.document_id},
        "result": {"digest": entry.result.document_id, "on": str(entry.result.on), "edition": entry.result.edition_id},
        "grades": _grades(entry),
        "filings": [_filing(one) for one in _filings(system)],
        "parties": [_party(one) for one in _parties(system)],
        **({"example": True} if system.example else {}),
    }


def seen_of(told_: Mapping[str, Any]) -> str:
    """The digest of what a page says that an entry would say."""
    return digest_of(rfc8785.dumps(told_))


def _grades(entry: Entry) -> list[dict[str, Any]]:
    """The grades of the result, in both languages, each with what decides it and its grounds."""
    assert entry.result is not None
    reports = {lang: report(entry.result, lang) for lang in LANGUAGES}
    found = []
    for sides in zip(*(one.axes for one in reports.values()), strict=True):
        axes = dict(zip(reports, sides, strict=True))
        found.append(
            {
                "scheme": sides[0].scheme,
                "settled": sides[0].settled,
                "label": {lang: axis.label for lang, axis in axes.items()},
                "grade": {lang: axis.result for lang, axis in axes.items()},
                "days": {lang: axis.days for lang, axis in axes.items()},
                "because": {lang: [one.text for one in axis.because] for lang, axis in axes.items()},
            }
        )
    return found


def _filings(system: System) -> list[Filing]:
    found = system.filings.prefetch_related("steps").order_by("made", "pk")
    return [one for one in found if status_of(one.steps.all()) in _SHOWN]


def _filing(filing: Filing) -> dict[str, str]:
    return {"kind": filing.kind, "number": filing.number, "status": status_of(filing.steps.all())}


def _parties(system: System) -> list[SystemParty]:
    found = system.parties.select_related("organisation").order_by("since", "pk")
    return [one for one in found if one.answer != DECLINED and (one.organisation is None or one.answer)]


def _party(party: SystemParty) -> dict[str, Any]:
    """A party: one that has confirmed its part, or one outside, of which the entry says that it was only named."""
    name = dict(party.organisation.name) if party.organisation else {"": party.name}
    until = {"until": str(party.until)} if party.until else {}
    return {"name": name, "roles": party.roles, "since": str(party.since), **until, "confirmed": party.organisation is not None}


def drifted(system: System) -> list[str]:
    """What is said otherwise on the desk than in the published entry: name, filings, parties (codes of the catalogue)."""
    entry = current(system)
    if entry is None or entry.document is None or entry.withdrawn is not None:
        return []
    was = json.loads(entry.document.bytes())
    now_told = {
        "name": dict(system.name),
        "filings": [_filing(one) for one in _filings(system)],
        "parties": [_party(one) for one in _parties(system)],
    }
    return [f"registry.drift-{key}" for key, value in now_told.items() if was.get(key) != value]


def withdraw(system: System, reason: Mapping[str, str], by: Person) -> Receipt:
    """Withdraw the public entry; it goes on to be shown as withdrawn, with the reason.

    :raises RegisterError: where there is none, it was withdrawn already, or no reason is given.
    """
    said = {lang: words.strip() for lang, words in reason.items() if words.strip()}
    if not said:
        raise RegisterError("registry.reason-missing", field="reason-zh")
    for lang, words in said.items():
        if len(words) > LONGEST_REASON:
            raise RegisterError("registry.too-long", field=f"reason-{lang}", most=LONGEST_REASON)
    with transaction.atomic():
        entry = current(_locked(system))
        if entry is None or entry.withdrawn is not None:
            raise RegisterError("registry.nothing-public", status_code=409)
        entry.withdrawn, entry.reason = now(), said
        entry.save(update_fields=["withdrawn", "reason"])
        assert entry.document is not None
        return act(
            "system.withdrawn",
            f"system:{system.public_id}",
            by=by.public_id,
            public={"system": system.public_id, "entry": entry.document.digest},
            payload={"system": system.public_id, "number": entry.number},
        )
