"""What waits for a person: the seam by which apps put their cases on the desk, into reminders and into the calendar.

An app registers in its module ``cases``::

    @cases
    def filings(person: Person, lang: str) -> Iterable[Case]: ...

A case is told in the language it is asked for. Its key stays the same as long as it is the same case: reminders go by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from django.urls import reverse
from django.utils.module_loading import autodiscover_modules

from guiju.calendars import now
from guiju.institutions.hall.reacting import name_of
from guiju.institutions.people.access.roles import current_seats
from guiju.institutions.people.invitations import what_it_offers
from guiju.institutions.people.models import Identifier, Invitation, Keeper, Person
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.places import day_in, zone_of
from guiju.wording import fill

Section = Literal["case", "system", "check", "way"]


@dataclass(frozen=True, slots=True)
class Case:
    """Something that waits for a person; or (``section``) a system or check of theirs or a way on from the desk, with no due day.

    ``href`` is its address in the language asked for. ``left`` says the time that is left where it is not counted in plain days;
    ``place`` is the place by whose day it is due.
    """

    key: str
    title: str
    href: str
    due: date | None = None
    state: str = ""
    clause: str = ""
    organisation: str = ""
    calendar: str = ""
    left: str = ""
    place: str = "UTC"
    section: Section = "case"


Source = Callable[[Person, str], Iterable[Case]]

_sources: dict[str, Source] = {}


def cases(source: Source) -> Source:
    """Register who tells cases of a person; called with the person and a language."""
    _sources[name_of(source)] = source
    return source


def cases_of(person: Person, lang: str) -> list[Case]:
    """Everything on somebody's desk: the next due day first, what has none last."""
    autodiscover_modules("cases")
    found = (one for name in sorted(_sources) for one in _sources[name](person, lang))
    return sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.title))


# -- what people themselves have waiting -----------------------------------------------------------------------------------

SOON: Final = timedelta(days=60)
"""How long before its end a seat is told of."""


@cases
def seats_that_end(person: Person, lang: str) -> Iterable[Case]:
    """Seats whose term ends soon."""
    found = current_seats().filter(person=person).select_related("body__organisation")
    for one in found:
        place = zone_of(one.body.organisation.place)
        if one.ends - day_in(place) > SOON:
            continue
        fields = {"post": _say(f"people.post-{one.post}", lang), "body": name_in(one.body.name, lang)}
        yield Case(
            key=f"seat:{one.public_id}",
            title=_say("people.case-seat", lang, **fields),
            href=reverse("body", args=[lang, one.body.public_id]),
            due=one.ends,
            organisation=name_in(one.body.organisation.name, lang),
            place=place,
        )


@cases
def invitations_waiting(person: Person, lang: str) -> Iterable[Case]:
    """Invitations to the person's own address; the link itself is only in the letter."""
    found = Invitation.objects.filter(email__iexact=person.email, answer="", expires__gt=now())
    for one in found.select_related("organisation", "seat__body", "by"):
        organisation = name_in(one.organisation.name, lang)
        yield Case(
            key=f"invitation:{one.pk}",
            title=_say("people.case-invitation", lang, organisation=organisation, what=what_it_offers(one, lang)),
            href=reverse("desk", args=[lang]),
            due=one.expires.date(),
            state=_say("people.case-invitation-state", lang, email=one.email),
        )


@cases
def identifiers_waiting(person: Person, lang: str) -> Iterable[Case]:
    """For a keeper: how many identifiers wait to be confirmed."""
    if not Keeper.objects.filter(person=person).exists():
        return
    count = Identifier.objects.filter(confirmed=None).count()
    if count:
        title = _say("people.case-identifiers", lang, count=count)
        yield Case(key="identifiers", title=title, href=reverse("keeping", args=[lang]))


def _say(code: str, lang: str, **fields: object) -> str:
    return fill(code, lang, "message", fields)
