"""The outbox: what happened, told once, and who reacts to it.

An act tells of itself inside its own transaction (:func:`tell`); what is rolled back was never told. The sequencer gives
committed entries consecutive places (:func:`sequence`) and, in that same transaction, makes one task for each reaction, so no
reaction is lost or made twice. A task may still run twice when a worker dies in the middle of it: reactions are idempotent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max

from guiju.calendars import now
from guiju.institutions.hall.models import Outbox
from guiju.institutions.hall.reacting import names_for
from guiju.institutions.hall.tasks import react

AT_ONCE: Final = 200
"""Entries that are given their place in one transaction."""

_LOCK: Final = 0x6775696A75
"""PostgreSQL's advisory lock under which places are given."""


def tell(kind: str, about: str, payload: Mapping[str, Any] | None = None) -> Outbox:
    """Say what happens, inside the transaction in which it happens.

    :raises RuntimeError: outside a transaction, where the act and what is told of it could part.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("tell() belongs inside transaction.atomic()")
    return Outbox.objects.create(kind=kind, about=about, payload=dict(payload or {}), created=now())


def sequence() -> int:
    """Give committed entries the next places and hand each to its reactions; how many there were.

    Only one at a time, in whatever process: under an advisory lock in PostgreSQL, in a writing transaction in SQLite.
    """
    if not Outbox.objects.filter(place=None).exists():
        return 0
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = Outbox.objects.aggregate(last=Max("place"))["last"] or 0
        entries = list(Outbox.objects.filter(place=None).order_by("id")[:AT_ONCE])
        for place, entry in enumerate(entries, last + 1):
            entry.place = place
        Outbox.objects.bulk_update(entries, ["place"])
        for entry in entries:
            for name in names_for(entry.kind):
                react.enqueue(entry.pk, name)
    return len(entries)
