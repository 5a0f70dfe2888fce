"""Which roles somebody has with respect to a thing, and what they may therefore do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from guiju.institutions.people.access.matrix import IN_BODY, IN_ORGANISATION, matrix
from guiju.institutions.people.access.refusal import AccessError
from guiju.institutions.people.models import Body, Keeper, Membership, Organisation, Person, Seat
from guiju.institutions.people.places import day_in, zones_by_day

Owner = Organisation | Body | Person | None
"""Whose a thing is; None: the site's."""

_POSTS = {"chair": "chair", "deputy": "deputy", "member": "seat", "secretary": "secretary"}
"""Which role of the matrix a post of a body is."""


def current_seats() -> QuerySet[Seat]:
    """Seats that somebody has now: taken, not left, within their term by the day of the organisation's place."""
    term = Q(pk__in=[])
    for day, places in zones_by_day().items():
        term |= Q(body__organisation__place__in=places, begins__lte=day, ends__gte=day)
    return Seat.objects.filter(term, person__isnull=False, left__isnull=True, body__ended=None)


def _organisation(whose: Owner) -> Organisation | None:
    return whose.organisation if isinstance(whose, Body) else whose if isinstance(whose, Organisation) else None


def roles_in(person: Any, whose: Owner) -> tuple[set[str], set[str]]:
    """The roles that somebody has with respect to a thing (``own``), and those they have anywhere (``any``)."""
    everywhere = {"anyone"}
    if not isinstance(person, Person) or not person.is_active:
        return {"anyone"}, everywhere
    own = {"anyone", "person"} if whose == person else {"anyone"}
    everywhere.add("person")
    organisation = _organisation(whose)
    for held, role in Membership.objects.filter(person=person, ends=None).values_list("organisation_id", "role"):
        everywhere.add(role)
        if organisation is not None and held == organisation.pk:
            own.add(role)
    for body, post in _seats_now(person):
        everywhere.add(_POSTS[post])
        if isinstance(whose, Body) and body == whose.pk:
            own.add(_POSTS[post])
    if Keeper.objects.filter(person=person).exists():
        everywhere.add("keeper")
    return own, everywhere


def _seats_now(person: Person) -> list[tuple[int, str]]:
    """The bodies and posts of somebody's current seats."""
    fields = ("body_id", "post", "begins", "ends", "body__organisation__place")
    held = Seat.objects.filter(person=person, left=None, body__ended=None).values_list(*fields)
    return [(body, post) for body, post, begins, ends, place in held if begins <= day_in(place) <= ends]


def may(person: Any, action: str, whose: Owner = None) -> bool:
    """Whether somebody may do an action on what is somebody's, by the matrix alone; a second factor is asked for elsewhere."""
    own, everywhere = roles_in(person, whose)
    return any(role in (everywhere if reach == "any" else own) for role, reach in matrix().rows[action].reach.items())


def rights(person: Any, whose: Owner = None) -> frozenset[str]:
    """Every action that somebody may do on what is somebody's, by the matrix alone; asked once for a page with many buttons."""
    own, everywhere = roles_in(person, whose)
    return frozenset(
        action
        for action, row in matrix().rows.items()
        if any(role in (everywhere if reach == "any" else own) for role, reach in row.reach.items())
    )


def refusal(person: Person, action: str, whose: Owner) -> AccessError:
    """What somebody is told who lacks a right: which one, and who has it."""
    return AccessError("access.missing", action, _named(person, action, whose), matrix().rows[action].reach)


def require(person: Any, action: str, whose: Owner = None) -> None:
    """Go on only if somebody may.

    :raises AccessError: where not: which right is missing, and who has it.
    """
    if may(person, action, whose):
        return
    if isinstance(person, AnonymousUser) or person is None:
        raise AccessError("access.signed-out", action, ())
    raise refusal(person, action, whose)


def _named(person: Person, action: str, whose: Owner) -> list[str]:
    """The names of those who have the right, where the one who asks works with them; of strangers nobody is named."""
    organisation = _organisation(whose)
    if organisation is None or not Membership.objects.filter(person=person, organisation=organisation, ends=None).exists():
        return []
    return sorted({one.shown_name for one in holders(action, whose)})


def holders(action: str, whose: Owner) -> Iterable[Person]:
    """Who may do an action because of a role in the organisation or body whose the thing is."""
    reach = matrix().rows[action].reach
    organisation = _organisation(whose)
    held = Q(pk__in=[])
    if organisation is not None:
        roles = [role for role in IN_ORGANISATION if role in reach]
        mine = Membership.objects.filter(organisation=organisation, ends=None, role__in=roles)
        held |= Q(pk__in=mine.values("person"))
    if isinstance(whose, Body):
        posts = [post for post, role in _POSTS.items() if role in IN_BODY and role in reach]
        held |= Q(pk__in=current_seats().filter(body=whose, post__in=posts).values("person"))
    return Person.objects.filter(held, is_active=True).distinct()
