"""What is kept about a person, as one file, and the end of their account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.db import models, transaction
from django.db.models import Q
from django.utils.module_loading import autodiscover_modules

from guiju.calendars import now
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.hall.letters import take_back
from guiju.institutions.people.access import require
from guiju.institutions.people.bodies import state_of
from guiju.institutions.people.errors import ConflictError, PeopleError
from guiju.institutions.people.members import is_last_administrator
from guiju.institutions.people.models import Invitation, Keeper, Membership, Organisation, Person, Seat
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

Forget = Callable[[Person], None]

_forgetters: dict[str, Forget] = {}


def forgets(label: str) -> Callable[[Forget], Forget]:
    """Register how the rows of a model (``app.Model``) that are one person's end with the account, where deleting is not enough.

    An app registers it in its module ``belonging``.
    """

    def registered(forget: Forget) -> Forget:
        _forgetters[label] = forget
        return forget

    return registered


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
    Person.objects.select_for_update().get(pk=person.pk)  # who takes up a role meanwhile waits, and finds nobody
    left = hindrances(person)
    if left:
        raise ConflictError("people.delete-last-administrator", organisation=[one.org for one in left])
    moment = now()
    Membership.objects.filter(person=person, ends=None).update(ends=moment)
    for seat in Seat.objects.filter(person=person, left=None).select_related("body__organisation"):
        if state_of(seat) != "lapsed":
            Seat.objects.filter(pk=seat.pk).update(left=moment)
    if Keeper.objects.filter(person=person).exists():
        told = {"person": person.public_id}
        act("keeper.withdrawn", f"person:{person.public_id}", by=person.public_id, payload=told)
    receipt = act("person.deleted", f"person:{person.public_id}", by=person.public_id, payload={"person": person.public_id})
    _forget(person)
    return receipt


def _forget(person: Person) -> None:
    """What stands with a person and falls with them (``CASCADE``) goes, but for past roles; what names them keeps the name.

    Of what was done together with others (tables between two models), the opaque name stays too.
    """
    autodiscover_modules("belonging")
    Invitation.objects.filter(Q(email__iexact=person.email) | Q(answered_by=person)).update(email="")
    take_back(person.email)
    for session in UserSession.objects.filter(user=person):
        session.end()  # the session itself too: it names the address
    for model, field in references(Person):
        options = options_of(model)
        if options.label in _forgetters:
            _forgetters[options.label](person)
        elif falls_with_person(model, field):
            rows_of(model).filter(**{field: person}).delete()
    person.name, person.email, person.is_active = "", f"{person.public_id}@deleted.invalid", False
    person.set_unusable_password()
    person.save()


def falls_with_person(model: type[models.Model], field: str) -> bool:
    """Whether rows of a model are one person's alone, and go with the account."""
    options = options_of(model)
    cascades = options.get_field(field).remote_field.on_delete is models.CASCADE  # type: ignore[union-attr]
    return bool(cascades) and not options.auto_created and model is not Membership
