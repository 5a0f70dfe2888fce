"""Keepers of the site: appointed and withdrawn on the machine that it runs on, each time as an act."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from guiju.calendars import now
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.hall.letters import write_letter
from guiju.institutions.people.errors import ConflictError, PeopleError
from guiju.institutions.people.models import Keeper, Person
from guiju.wording import fill


def person_of(email: str) -> Person:
    """The person of an address of mail.

    :raises PeopleError: where nobody has an account with it.
    """
    found = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if found is None:
        raise PeopleError("people.keeper-unknown", got=email.strip())
    return found


@transaction.atomic
def appoint(email: str) -> Receipt:
    """Make somebody a keeper.

    :raises PeopleError: where nobody has that address, or they are one already.
    """
    person = person_of(email)
    _, new = Keeper.objects.get_or_create(person=person, defaults={"since": now()})
    if not new:
        raise ConflictError("people.keeper-already", got=person.email)
    return act("keeper.appointed", f"person:{person.public_id}", payload={"person": person.public_id})


@transaction.atomic
def withdraw(email: str) -> Receipt:
    """End somebody's keeping.

    :raises PeopleError: where nobody has that address, or they are none.
    """
    person = person_of(email)
    if not Keeper.objects.filter(person=person).delete()[0]:
        raise ConflictError("people.keeper-none", got=person.email)
    return act("keeper.withdrawn", f"person:{person.public_id}", payload={"person": person.public_id})


@transaction.atomic
def remove_second_factor(email: str) -> Receipt:
    """Take away the second factor of somebody who has lost it, end all their sessions, and write to them that it was done.

    Whoever runs the machine first makes sure who is asking; the act is in the record, and the letter warns the one concerned.

    :raises PeopleError: where nobody has that address, or they have none.
    """
    person = person_of(email)
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise ConflictError("people.no-second-factor", got=person.email)
    for one in UserSession.objects.filter(user=person):
        one.end()
    subject, body = (fill(f"people.letter-second-factor-{part}", person.lang, "message", {}) for part in ("subject", "body"))
    write_letter(person.email, subject, body, person.lang)
    return act("second-factor.removed", f"person:{person.public_id}", payload={"person": person.public_id})


def listed() -> list[Keeper]:
    """All of them, the longest first."""
    return list(Keeper.objects.select_related("person").order_by("since", "pk"))
