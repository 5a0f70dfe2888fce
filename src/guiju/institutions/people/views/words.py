"""How organisations, people, seats and identifiers are told on pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from guiju.calendars import words
from guiju.institutions.hall.models import Outbox
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import kind_in_words, moment_in_words
from guiju.institutions.people.access import refusals, rights
from guiju.institutions.people.access.roles import Owner
from guiju.institutions.people.bodies import state_of
from guiju.institutions.people.models import Identifier, Organisation, Person, Seat
from guiju.institutions.people.naming import name_in
from guiju.wording import join_words


def organisation_href(organisation: Organisation, lang: str) -> str:
    """Where the page of an organisation is."""
    return reverse("organisation", args=[lang, organisation.handle])


def organisation_crumb(organisation: Organisation, lang: str) -> tuple[str, str]:
    """An organisation in the crumbs."""
    return name_in(organisation.name, lang), organisation_href(organisation, lang)


def roles_in_words(roles: Iterable[str], lang: str) -> str:
    """Roles of an organisation, one after another."""
    say = sayer(lang)
    return join_words([say(f"people.role-{one}") for one in roles], lang)


def post_in_words(seat: Seat, lang: str) -> str:
    """A post, and whether it is for somebody from outside."""
    say = sayer(lang)
    post = say(f"people.post-{seat.post}")
    return say("people.post-outside", post=post) if seat.outside else post


def term_in_words(seat: Seat, lang: str) -> str:
    """From which day to which, both counted."""
    return sayer(lang)("people.term", begins=words(seat.begins, lang), ends=words(seat.ends, lang))


def seat_state(seat: Seat, lang: str) -> str:
    """How a seat stands today."""
    return sayer(lang)(f"people.seat-{state_of(seat)}")


def identifier_in_words(one: Identifier, lang: str) -> str:
    """The kind of an identifier and its signs."""
    say = sayer(lang)
    if one.scheme == "register":
        return say("people.identifier-in-register", register=one.register, value=one.value)
    return say("people.identifier-of-scheme", scheme=say(f"people.scheme-{one.scheme}"), value=one.value)


def steps(person: Person, whose: Owner, wanted: Iterable[tuple[str, str, str]], lang: str) -> list[dict[str, str]]:
    """Buttons for (action, words, address): one that somebody may not use is shown with who may."""
    mine, listed = rights(person, whose), list(wanted)
    lacking = refusals(person, [action for action, _, _ in listed if action not in mine], whose)
    return [
        {
            "label": label,
            "href": "" if action in lacking else href,
            "why": lacking[action].hint(lang) if action in lacking else "",
        }
        for action, label, href in listed
    ]


def history(about: Iterable[str], lang: str, most: int = 20) -> list[dict[str, Any]]:
    """The latest acts about things: what, when, by whom; all who belong there see them."""
    entries = list(Outbox.objects.filter(about__in=list(about), receipt__isnull=False).order_by("-pk")[:most])
    named = {one.payload.get(key, "") for one in entries for key in ("by", "person")} - {""}
    people = {one.public_id: one for one in Person.objects.filter(public_id__in=named)}
    return [_told(one, people, lang) for one in entries]


def _told(entry: Outbox, people: dict[str, Person], lang: str) -> dict[str, Any]:
    say = sayer(lang)
    by, person = (people.get(entry.payload.get(key, "")) for key in ("by", "person"))
    parts = [name_of(by, lang)] if by else []
    if person is not None and person != by:
        parts.append(say("people.act-on", who=name_of(person, lang)))
    if entry.payload.get("roles"):
        parts.append(roles_in_words(entry.payload["roles"], lang))
    return {
        "title": kind_in_words(entry.kind, lang),
        "when": moment_in_words(entry.created, lang),
        "text": " · ".join(parts),
        "state": "past",
    }


def name_of(person: Person | None, lang: str) -> str:
    """What somebody is called on a page of colleagues."""
    if person is None:
        return ""
    return person.shown_name if person.is_active else sayer(lang)("people.person-gone")
