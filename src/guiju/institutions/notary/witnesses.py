"""Witnesses: others who remember how long this log was, and cosign only what continues it (C2SP tlog-witness).

``GUIJU_WITNESSES`` names them, each by address and public key, separated by commas or new lines::

    https://witness.example/guiju witness.example+1a2b3c4d+BAcD..., https://...

After a new checkpoint each is asked, by the worker. What it cosigned is added to the checkpoint; where it refuses, that stands in
the log and on the page of the record: it has seen a longer log, or another one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F

from guiju import record
from guiju.calendars import now
from guiju.institutions.hall.acts import own_sql
from guiju.institutions.notary.log import LogError
from guiju.institutions.notary.models import Asked

log = logging.getLogger(__name__)

FIRST_PAUSE: Final = timedelta(seconds=10)
LONGEST_PAUSE: Final = timedelta(hours=1)
"""How long a witness that did not cosign is left alone: twice as long each time."""

CLAIMED: Final = timedelta(minutes=1)
"""How long a witness that is being asked is left to whoever asks it."""


AGAINST: Final = frozenset({"log.witness-ahead", "log.witness-differs"})
"""Answers that speak against this record, not only for it not being cosigned now."""


@dataclass(frozen=True, slots=True)
class Named:
    """A witness of this site: where it is asked, and its key."""

    url: str
    key: record.VerifierKey


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a witness: the size it has seen, when it cosigned last, and why it did not, where it did not."""

    name: str
    seen: int
    cosigned: datetime | None
    problem: record.RecordError | None


def named(given: str) -> tuple[Named, ...]:
    """The witnesses that are named.

    :raises LogError: where one lacks its address or its key, is no witness's, or stands there twice.
    """
    found: list[Named] = []
    for one in filter(None, (part.strip() for part in re.split(r"[,\n]", given))):
        url, _, written = one.partition(" ")
        try:
            key = record.VerifierKey.parse(written)
            record.Policy((key,))
        except record.RecordError:
            raise LogError("notary.witness", got=one) from None
        if not url.startswith(("http://", "https://")) or any(key.public == other.key.public for other in found):
            raise LogError("notary.witness", got=one)
        found.append(Named(url, key))
    return tuple(found)


def own() -> tuple[Named, ...]:
    """The witnesses of this site."""
    return named(settings.WITNESSES)


def policy() -> record.Policy:
    """Whose cosignatures count here; none is asked for."""
    return record.Policy(tuple(one.key for one in own()))


def to_ask() -> list[Named]:
    """The witnesses that have not cosigned the newest checkpoint, and whose turn it is; claimed for whoever gets them."""
    wanted = own()
    size = record.checkpoint_size(own_sql()) if wanted else None
    if not size:
        return []
    moment = now()
    known = [Asked(vkey=str(one.key), again=moment) for one in wanted]
    Asked.objects.bulk_create(known, ignore_conflicts=True)
    return [
        one
        for one in wanted
        if Asked.objects.filter(vkey=str(one.key), seen__lt=size, again__lte=moment).update(again=moment + CLAIMED)
    ]


def ask(witness: Named) -> bool:
    """Ask a witness to cosign the newest checkpoint, and add what it says; whether it did."""
    sql = own_sql()
    size = record.checkpoint_size(sql)
    held = Asked.objects.filter(vkey=str(witness.key)).first()
    if not size or held is None:
        return False
    note = record.checkpoint_note(sql, size).encode()

    def proof_from(old: int) -> Sequence[bytes]:
        return record.consistency_for(own_sql(), old, size)

    try:
        answered = record.ask_witness(witness.url, note, witness.key, proof_from, seen=min(held.seen, size))
    except record.RecordError as problem:
        _refused(witness, problem)
        return False
    with transaction.atomic():
        record.add_cosignatures(own_sql(), answered, [witness.key])
        Asked.objects.filter(vkey=str(witness.key)).update(seen=size, cosigned=now(), again=now(), failed=0, problem={})
    return True


def _refused(witness: Named, problem: record.RecordError) -> None:
    log.error("Witness %s did not cosign: %s", witness.key.name, problem)
    mine = Asked.objects.filter(vkey=str(witness.key))
    mine.update(failed=F("failed") + 1)
    failed = mine.values_list("failed", flat=True).get()
    pause = min(FIRST_PAUSE * 2.0 ** min(failed - 1, 20), LONGEST_PAUSE)
    mine.update(again=now() + pause, problem={"code": problem.code, "fields": problem.fields})


def standings() -> list[Standing]:
    """How it stands with each witness, in the order in which they are named."""
    wanted = own()
    held = {one.vkey: one for one in Asked.objects.filter(vkey__in=[str(one.key) for one in wanted])}
    found = []
    for one in wanted:
        asked = held.get(str(one.key))
        problem = asked.problem if asked else {}
        told = record.RecordError(problem["code"], **problem["fields"]) if problem else None
        found.append(Standing(one.key.name, asked.seen if asked else 0, asked.cosigned if asked else None, told))
    return found
