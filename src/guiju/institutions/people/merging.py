"""Two organisations that are one: everything of the second becomes the first's, in one act; the second stays as a signpost.

What refers to an organisation is found from the models themselves, so an app added later is not forgotten. Where a row of the
second cannot stand beside one of the first, the app says what becomes of it in its module ``belonging``::

    @settles("register.SystemParty")
    def two_parties(row: Any, into: Organisation) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.module_loading import autodiscover_modules

from guiju.calendars import now
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.people.access import require
from guiju.institutions.people.errors import ConflictError, PeopleError
from guiju.institutions.people.models import Identifier, Membership, Organisation, Person
from guiju.institutions.people.organisations import LONGEST_GROUND, UNIQUE, ApartError
from guiju.institutions.people.tables import options_of, references, rows_of

Settle = Callable[[Any, Organisation], None]

_settlers: dict[str, Settle] = {}
_afterwards: list[Callable[[Organisation], None]] = []


def settles(label: str) -> Callable[[Settle], Settle]:
    """Register what becomes of a row of a model (``app.Model``) that cannot stand beside one of the first organisation."""

    def registered(settle: Settle) -> Settle:
        _settlers[label] = settle
        return settle

    return registered


def merged(put_right: Callable[[Organisation], None]) -> Callable[[Organisation], None]:
    """Register what is put right once two organisations became one, within the act; called with the one that stays."""
    _afterwards.append(put_right)
    return put_right


def read_pair(one: str, into: str) -> tuple[Organisation, Organisation]:
    """The two organisations of two handles, as they were typed.

    :raises PeopleError: where one is none, was merged already, or both are the same.
    """
    found = []
    for field, handle in (("one", one), ("into", into)):
        organisation = Organisation.objects.filter(handle=handle.strip().lower().removeprefix("org:")).first()
        if organisation is None:
            raise PeopleError("people.merge-unknown", field, got=handle.strip()[:40])
        if organisation.merged_into_id is not None:
            raise ConflictError("people.merge-done", field, got=organisation.handle)
        found.append(organisation)
    if found[0] == found[1]:
        raise PeopleError("people.merge-same", "into")
    return found[0], found[1]


@transaction.atomic
def merge(one: Organisation, into: Organisation, by: Person, ground: str, *, sure: bool = True) -> Receipt:
    """Make ``one`` part of ``into``; it is not undone.

    :raises PeopleError: where no ground is given; they have different confirmed identifiers; the keeper belongs or belonged to
        either.
    """
    autodiscover_modules("belonging")
    require(by, "organisation.merge")
    words = " ".join(ground.split())
    if not words:
        raise PeopleError("people.ground-missing", "ground")
    if len(words) > LONGEST_GROUND:
        raise PeopleError("people.ground-long", "ground", most=LONGEST_GROUND)
    if not sure:
        raise PeopleError("people.merge-unsure", "sure")
    held = {each.pk: each for each in Organisation.objects.select_for_update().filter(pk__in=(one.pk, into.pk)).order_by("pk")}
    one, into = held[one.pk], held[into.pk]
    if one.merged_into_id is not None or into.merged_into_id is not None:
        raise ConflictError("people.merge-done", "one", got=one.handle)
    if Membership.objects.filter(organisation__in=(one, into), person=by).exists():
        raise ApartError("people.not-ones-own")
    _require_one(one, into)
    moved = {options_of(model).label: _move(model, field, one, into) for model, field in references(Organisation)}
    one.merged_into = into
    one.save(update_fields=["merged_into"])
    for put_right in _afterwards:
        put_right(into)
    return act(
        "organisation.merged",
        one.org,
        by=by.public_id,
        public={"organisation": one.org, "into": into.org},
        private={"ground": words, "moved": {name: count for name, count in sorted(moved.items()) if count}},
        payload={"by": by.public_id, "into": into.org},
    )


def _require_one(one: Organisation, into: Organisation) -> None:
    confirmed = Identifier.objects.filter(scheme__in=UNIQUE, confirmed__isnull=False)
    mine, theirs = (dict(confirmed.filter(organisation=each).values_list("scheme", "value")) for each in (one, into))
    if any(theirs.get(scheme, value) != value for scheme, value in mine.items()):
        raise ConflictError("people.merge-differ")


def _move(model: type[models.Model], field: str, one: Organisation, into: Organisation) -> int:
    """Make rows of the first the second's; how many."""
    rows = rows_of(model).filter(**{field: one}).order_by("pk")
    try:
        with transaction.atomic():
            return rows.update(**{field: into})
    except IntegrityError:
        return sum(_moved(row, field, into) for row in rows)


def _moved(row: models.Model, field: str, into: Organisation) -> bool:
    try:
        with transaction.atomic():
            rows_of(type(row)).filter(pk=row.pk).update(**{field: into})
    except IntegrityError:
        settle = _settlers.get(options_of(type(row)).label)
        if settle is None:
            raise ConflictError("people.merge-conflict", what=options_of(type(row)).label) from None
        settle(row, into)
    return True


@settles("people.Membership")
def one_role(row: Membership, into: Organisation) -> None:
    """Who has a role in both has it once; the second stays as one that ended with the merger."""
    row.ends, row.organisation = now(), into
    row.save(update_fields=["ends", "organisation"])


@settles("people.Identifier")
def one_identifier(row: Identifier, into: Organisation) -> None:
    """What both declared stands once, confirmed if either was."""
    kept = into.identifiers.get(scheme=row.scheme, register=row.register, value=row.value)
    confirmed, ground = row.confirmed, row.ground
    row.delete()
    if kept.confirmed is None and confirmed is not None:
        kept.confirmed, kept.ground = confirmed, ground
        kept.save(update_fields=["confirmed", "ground"])
