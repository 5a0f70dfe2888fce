"""What tests of people share: persons, organisations, bodies and seats as acts make them, and clients that are signed in."""

import re
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.test import Client

from guiju.calendars import now
from guiju.institutions.hall.models import Letter
from guiju.institutions.people import bodies, invitations, members, organisations
from guiju.institutions.people.models import Body, Invitation, Keeper, Organisation, Person, Seat
from guiju.institutions.people.places import day_in

USCC = "91350100M000100Y43"
"""A code whose check sign was not computed here."""

LEI = "529900T8BM49AURSDO55"
"""An identifier whose check digits were not computed here."""


def person(name: str, lang: str = "en") -> Person:
    """Somebody with an account, by a name of one word."""
    found = Person.objects.filter(email=f"{name}@example.org").first()
    return found or Person.objects.create(email=f"{name}@example.org", name=name.title(), lang=lang, password="unread")


def client_of(who: Person | None, second_factor: bool = False) -> Client:
    """A browser in which somebody is signed in; nobody, where None."""
    made = Client()
    if who is not None:
        made.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = made.session
        records = [{"method": "password", "at": now().timestamp(), "reauthenticated": True}]
        if second_factor:
            Authenticator.objects.get_or_create(user=who, type=Authenticator.Type.TOTP, defaults={"data": {}})
            records.append({"method": "mfa", "type": "totp", "at": now().timestamp()})
        session["account_authentication_methods"] = records
        session["account_authentication_methods_user"] = str(who.pk)
        session.save()
    return made


def organisation(handle: str, by: Person, place: str = "shanghai") -> Organisation:
    """An organisation with an administrator."""
    return organisations.found(by, handle, {"en": handle.title(), "zh": "机构"}, place)[0]


def with_role(org: Organisation, name: str, *roles: str) -> Person:
    """Somebody who has these roles, and is a member."""
    who = person(name)
    members.take_up(who, org, roles)
    return who


def body_of(org: Organisation, by: Person) -> Body:
    """A body without a seat."""
    return bodies.found_body(org, by, {"en": "Ethics Committee", "zh": "伦理委员会"})[0]


def seated(body: Body, name: str, post: str, days: int = 100) -> Seat:
    """A seat that somebody took yesterday, for so many days more."""
    day = day_in(body.organisation.place)
    who, begins = person(name), day - timedelta(days=1)
    return body.seats.create(post=post, begins=begins, ends=day + timedelta(days=days), person=who, taken=now())


def keeper(name: str) -> Person:
    """A keeper of the site."""
    who = person(name)
    Keeper.objects.get_or_create(person=who, defaults={"since": now()})
    return who


def link(token: str) -> str:
    """A link as an invitation's letter has it."""
    return f"https://guiju.example.org/en/invitation/{token}"


def invited(org: Organisation, by: Person, email: str, *roles: str) -> tuple[Invitation, str]:
    """An invitation and the token of its link."""
    made, _ = invitations.invite(org, by, email, roles or ["member"], "en", link)
    return made, token_to(email)


def token_to(email: str) -> str:
    """The token of the link in the last letter to an address."""
    body = Letter.objects.filter(to=email).order_by("-pk")[0].body
    found = re.search(r"/invitation/(\S+)", body)
    assert found is not None
    return found[1]
