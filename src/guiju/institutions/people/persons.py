"""What is kept about a person, as one file, and the end of their account."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.db import models, transaction

from guiju.calendars import now
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.people.access import require
from guiju.institutions.people.errors import ConflictError, PeopleError
from guiju.institutions.people.members import is_last_administrator
from guiju.institutions.people.models import Invitation, Membership, Organisation, Person, Seat
from guiju.institutions.people.tables import options_of, references, rows_of

SECRET: Final = ("hash", "key", "data", "password", "secret", "token", "sealed", "session")
"""Words in the names of fields that open something: they are not given out, not even to the person."""


# -- everything about me ---------------------------------------------------------------------------------------------------


def everything_about(person: Person) -> dict[str, Any]:
    """What the database keeps about a person, by table; secrets are named without their value."""
    found = {"guiju.people.Person": [_row(person)]}
    for model, field in references(Person):
        rows = [_row(one) for one in rows_of(model).filter(**{field: person}).order_by("pk")]
        if rows:
            found[f"{options_of(model).label} ({field})"] = rows
    invited = [_row(one) for one in Invitation.objects.filter(email__iexact=person.email)]
    if invited:
        found["people.Invitation (email)"] = invited
    return {"schema": "guiju.person/1", "at": now().isoformat(), "tables": found}


def _row(row: models.Model) -> dict[str, Any]:
    return {one.name: _value(one, row) for one in options_of(row.__class__).concrete_fields}


def _value(field: models.Field[Any, Any], row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if value in (None, "") or isinstance(value, (bool, int)):
        return value
    if any(one in field.name for one in SECRET) or isinstance(value, (bytes, memoryview)):
        return "(secret)"
    return value.isoformat() if isinstance(value, (date, datetime)) else value if isinstance(value, (dict, list)) else str(value)


# -- the end of an account -------------------------------------------------------------------------------------------------


def hindrances(person: Person) -> list[Organisation]:
    """Organisations that would have no administrator without this person."""
    mine = Organisation.objects.filter(memberships__person=person, memberships__role="administrator", memberships__ends=None)
    return [one for one in mine.order_by("handle") if is_last_administrator(person, one)]


@transaction.atomic
def delete(person: Person, typed: str) -> Receipt:
    """End an account: roles and seats end, what is the person's alone is deleted, an opaque name stays where it acted.

    :param typed: the person's address of mail, typed once more.
    :raises PeopleError: where it is another.
    :raises ConflictError: where an organisation would be left without an administrator.
    """
    require(person, "person.edit", person)
    if typed.strip().lower() != person.email.lower():
        raise PeopleError("people.delete-typed", "email")
    held = Organisation.objects.filter(memberships__person=person, memberships__ends=None).order_by("pk").values("pk")
    list(Organisation.objects.select_for_update().filter(pk__in=held).order_by("pk"))
    left = hindrances(person)
    if left:
        raise ConflictError("people.delete-last-administrator", organisation=[one.org for one in left])
    moment = now()
    Membership.objects.filter(person=person, ends=None).update(ends=moment)
    Seat.objects.filter(person=person, left=None).update(left=moment)
    receipt = act("person.deleted", f"person:{person.public_id}", by=person.public_id, payload={"person": person.public_id})
    _forget(person)
    return receipt


def _forget(person: Person) -> None:
    """What stands with a person and falls with them (``CASCADE``) goes, but for past roles; what names them keeps the name."""
    Invitation.objects.filter(email__iexact=person.email).update(email="")
    for model, field in references(Person):
        falls = options_of(model).get_field(field).remote_field.on_delete is models.CASCADE  # type: ignore[union-attr]
        if falls and model is not Membership:
            rows_of(model).filter(**{field: person}).delete()
    person.name, person.email, person.is_active = "", f"{person.public_id}@deleted.invalid", False
    person.set_unusable_password()
    person.save()
