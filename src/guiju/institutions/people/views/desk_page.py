"""The desk: what waits for me by its next due day, my seats, my systems and checks, my organisations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import words
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.access import rights
from guiju.institutions.people.bodies import state_of
from guiju.institutions.people.cases import Case, cases_of
from guiju.institutions.people.members import ROLES
from guiju.institutions.people.models import Keeper, Membership, Person, Seat
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.places import day_in
from guiju.institutions.people.reminders import left_in_words
from guiju.institutions.people.views.asking import private_page, who
from guiju.institutions.people.views.words import organisation_href, post_in_words, roles_in_words, seat_state, term_in_words


def desk(request: HttpRequest, lang: str) -> HttpResponse:
    """The page."""
    person = who(request)
    found = cases_of(person, lang)
    return private_page(
        request,
        "people/desk.html.jinja",
        title=sayer(lang)("people.desk-title"),
        cases=[_case(one, lang) for one in found if one.section == "case"],
        systems=[_case(one, lang) for one in found if one.section == "system"],
        checks=[_case(one, lang) for one in found if one.section == "check"],
        ways=[one for one in found if one.section == "way"],
        organisations=_organisations(person, lang),
        seats=_seats(person, lang),
        person=person,
        keeper=Keeper.objects.filter(person=person).exists(),
    )


def _case(one: Case, lang: str) -> dict[str, Any]:
    left = (one.due - day_in(one.place)).days if one.due else None
    return {
        "case": one,
        "due": words(one.due, lang) if one.due else "",
        "left": one.left or (left_in_words(left, lang) if left is not None else ""),
        "clock": "overdue" if left is not None and left < 0 else "running",
    }


def _organisations(person: Person, lang: str) -> list[dict[str, str]]:
    roles: dict[Any, set[str]] = {}
    held = Membership.objects.filter(person=person, ends=None).select_related("organisation").order_by("organisation__handle")
    for one in held:
        roles.setdefault(one.organisation, set()).add(one.role)
    return [
        {
            "name": name_in(organisation.name, lang),
            "href": organisation_href(organisation, lang),
            "roles": roles_in_words([one for one in ROLES if one in mine], lang),
        }
        for organisation, mine in roles.items()
    ]


def _seats(person: Person, lang: str) -> list[dict[str, Any]]:
    """Seats that somebody has, or had until their term ended; those laid down are not told."""
    found = Seat.objects.filter(person=person, left=None).select_related("body__organisation").order_by("ends")
    return [
        {
            "body": name_in(one.body.name, lang),
            "href": reverse("body", args=[lang, one.body.public_id]) if "body.read" in rights(person, one.body) else "",
            "leave": reverse("seat-leave", args=[lang, one.public_id]) if state_of(one) in ("coming", "running") else "",
            "post": post_in_words(one, lang),
            "term": term_in_words(one, lang),
            "state": seat_state(one, lang),
        }
        for one in found
    ]
