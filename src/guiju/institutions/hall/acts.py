"""An act of an institution: told by the outbox and entered in the record, in the transaction in which it is done.

``act("system.published", "system:1f3a", by=person.public_id, public={...}, private={...})`` gives the receipt, whose number is
shown once and stored nowhere: the outbox and the record hold its hash. What is ``private`` (with ``about`` and ``by``) stands
outside the record, sealed under a key of its own; the record holds a commitment to it, so it can be erased
(:func:`erase_private`) without touching a proof.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import rfc8785
from django.db import Error, connection, transaction

from guiju import record
from guiju.calendars import now
from guiju.institutions.hall.models import Outbox
from guiju.institutions.hall.outbox import tell

ITEM: Final = "act"
"""The name of the item of an entry that holds what is private."""

ERASED: Final = "content.erased"
"""What the outbox is told where something was erased, so that its bytes are cleared out of the database's files too."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What somebody is given for an act: its number (the only copy), when, and of what kind it is."""

    number: str
    at: datetime
    kind: str
    about: str


def own_sql() -> record.Sql:
    """The site's database, as the record asks it: the same connection, so the same transaction."""
    return record.sql_of(connection, (Error,))


@transaction.atomic
def act(
    kind: str,
    about: str,
    *,
    by: str = "",
    public: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
    payload: Mapping[str, Any] | None = None,
) -> Receipt:
    """Say and enter what is done, inside its transaction; the receipt.

    :param about: the thing, as ``system:1f3a``; an opaque name.
    :param by: the opaque name of the person.
    :param public: what anybody may read, for ever: opaque names and digests, never anything of a person.
    :param private: what else belongs to the act; sealed.
    :param payload: what reactions are given; stays in the database.
    """
    at = now()
    sealed = rfc8785.dumps({"about": about, "by": by, **(private or {})})
    made = record.append(own_sql(), kind, dict(public or {}), {ITEM: sealed}, at=at)
    told = tell(kind, about, payload)
    told.receipt = made.receipt_hash
    told.save(update_fields=["receipt"])
    return Receipt(made.receipt_number, at, kind, about)


def act_of_receipt(number: str) -> Outbox | None:
    """The act of a receipt number as somebody typed it; None where there is none.

    :raises RecordError: where it is no number, or has a slip of the pen in it.
    """
    return Outbox.objects.filter(receipt=record.receipt_hash(number)).first()


def private_part(entry: Outbox) -> dict[str, Any] | None:
    """What was private in an act; None where it was erased."""
    opened = record.item_of(own_sql(), _commitment(entry), withheld_too=True).opened
    return None if opened is None else json.loads(opened.content)


@transaction.atomic
def erase_private(entry: Outbox, reason: str) -> None:
    """Destroy what was private in an act, for good; that this was done, and the code of the reason, is entered in the record.

    Where it was erased already, nothing is done.
    """
    sql, commitment = own_sql(), _commitment(entry)
    if record.item_of(sql, commitment, closed=True).state != "erased":
        record.erase(sql, commitment, reason)
        tell(ERASED, commitment)


def _commitment(entry: Outbox) -> str:
    assert entry.receipt is not None, "an act has a receipt"
    items = record.entry_by_receipt(own_sql(), entry.receipt).entry.items
    return next(one.commitment for one in items if one.name == ITEM)
