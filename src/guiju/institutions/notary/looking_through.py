"""The site's record looked through: every byte of it, and whether what was done stands in it and what stands in it was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju import record
from guiju.institutions.hall.acts import own_sql
from guiju.institutions.hall.models import Outbox
from guiju.institutions.notary import witnesses
from guiju.institutions.notary.log import key_file, one_moment, own_key


def acts() -> Iterator[record.Act]:
    """What the outbox says was done, for the record to be held against."""
    told = Outbox.objects.exclude(receipt=None).order_by("pk").values_list("pk", "receipt", "kind")
    return (record.Act(str(receipt), kind, f"hall_outbox, {pk}") for pk, receipt, kind in told.iterator())


def look_through(seen: Iterable[str] = (), keys: Iterable[record.VerifierKey] = ()) -> tuple[list[record.Finding], int]:
    """What is found in the site's record when all of it is checked, and how many entries its newest checkpoint counts.

    :param seen: checkpoints that others have seen, as notes.
    :param keys: of witnesses besides those of this site.
    """
    sql = own_sql()
    with one_moment():
        held = record.log_key(sql)
        if held is None:
            return [], 0
        log = own_key().verifier if key_file().is_file() else held
        known = {str(one): one for one in (*(one.key for one in witnesses.own()), *keys)}
        return record.fsck(sql, log, acts(), seen, tuple(known.values())), record.checkpoint_size(sql) or 0
