"""Which roles somebody has with respect to a thing, and what they may therefore do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from guiju.institutions.people.access.matrix import IN_BODY, IN_ORGANISATION, matrix
from guiju.institutions.people.access.refusal import AccessError
from guiju.institutions.people.models import Body, Keeper, Membership, Organisation, Person, Seat
from guiju.institutions.people.places import day_in, zones_by_day

Owner = Organisation | Body | Person | None
"""Whose a thing is; None: the site's."""

_POSTS = {"chair": "chair", "deputy": "deputy", "member": "seat", "secretary": "secretary", "official": "seat"}
"""Which role of the matrix a post of a body is."""


def current_seats() -> QuerySet[Seat]:
    """Seats that somebody has now: taken, not left, within their term by the day of the organisation's place."""
    term = Q(pk__in=[])
    for day, places in zones_by_day().items():
        term |= Q(body__organisation__place__in=places, begins__lte=day, ends__gte=day)
    return Seat.objects.filter(term, person__isnull=False, left__isnull=True, body__ended=None)


def _organisation(whose: Owner) -> Organisation | None:
    return whose.organisation if isinstance(whose, Body) else whose if isinstance(whose, Organisation) else None


@dataclass(frozen=True, slots=True)
class Held:
    """What somebody has: roles by organisation, posts by body, and whether they keep the site."""

    memberships: list[tuple[int, str]]
    seats: list[tuple[int, str]]
    keeper: bool


_REMEMBERED: Final = "_held_while_read"
"""Where a person of one request carries what they have."""


def _held(person: Person) -> Held:
    memberships = Membership.objects.filter(person=person, ends=None).values_list("organisation_id", "role")
    return Held(list(memberships), _seats_now(person), Keeper.objects.filter(person=person).exists())


def remember(person: Any) -> None:
    """Ask once for what the person of a request has, for every button of the page that they read.

    Only :func:`rights` goes by it. What acts ask (:func:`require`, :func:`may`) is asked of the database each time, so that
    nothing is done by a role that ended meanwhile; and only a request that changes nothing may be remembered for.
    """
    if isinstance(person, Person) and person.is_active:
        setattr(person, _REMEMBERED, _held(person))


def roles_in(person: Any, whose: Owner) -> tuple[set[str], set[str]]:
    """The roles that somebody has with respect to a thing (``own``), and those they have anywhere (``any``)."""
    if not isinstance(person, Person) or not person.is_active:
        return {"anyone"}, {"anyone"}
    return _roles(person, whose, _held(person))


def _roles(person: Person, whose: Owner, held: Held) -> tuple[set[str], set[str]]:
    own = {"anyone", "person"} if whose == person else {"anyone"}
    everywhere = {"anyone", "person"}
    organisation = _organisation(whose)
    for where, role in held.memberships:
        everywhere.add(role)
        if organisation is not None and where == organisation.pk:
            own.add(role)
    for body, post in held.seats:
        everywhere.add(_POSTS[post])
        if isinstance(whose, Body) and body == whose.pk:
            own.add(_POSTS[post])
    if held.keeper:
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
    """Every action that somebody may do on what is somebody's, by the matrix alone; for pages with many buttons.

    By what was remembered of the reader, where it was (:func:`remember`): what a button leads to asks again.
    """
    held: Held | None = getattr(person, _REMEMBERED, None)
    own, everywhere = roles_in(person, whose) if held is None else _roles(person, whose, held)
    return frozenset(
        action
        for action, row in matrix().rows.items()
        if any(role in (everywhere if reach == "any" else own) for role, reach in row.reach.items())
    )


def refusal(person: Person, action: str, whose: Owner) -> AccessError:
    """What somebody is told who lacks a right: which one, and who has it."""
    return refusals(person, [action], whose)[action]


def refusals(person: Person, actions: Iterable[str], whose: Owner) -> dict[str, AccessError]:
    """The same for several actions; who has a right is asked once for those that the same roles have."""
    found: dict[str, AccessError] = {}
    named: dict[frozenset[str], list[str]] = {}
    for action in actions:
        reach = matrix().rows[action].reach
        if (roles := frozenset(reach)) not in named:
            named[roles] = _named(person, action, whose)
        found[action] = AccessError("access.missing", action, named[roles], reach)
    return found


def require(person: Any, action: str, whose: Owner = None) -> None:
    """Go on only if somebody may.

    :raises AccessError: where not: which right is missing, and who has it.
    """
    if not may(person, action, whose):
        raise refused(person, action, whose)


def refused(person: Any, action: str, whose: Owner) -> AccessError:
    """What whoever asked is told: to sign in, or which right is missing."""
    if isinstance(person, AnonymousUser) or person is None:
        return AccessError("access.signed-out", action, ())
    return refusal(person, action, whose)


def _named(person: Person, action: str, whose: Owner) -> list[str]:
    """The names of those who have the right, where the one who asks works with them; of strangers nobody is named."""
    organisation = _organisation(whose)
    if organisation is None or not Membership.objects.filter(person=person, organisation=organisation, ends=None).exists():
        return []
    return sorted({one.shown_name for one in holders(action, whose)})


def organisations_where(person: Person, action: str) -> QuerySet[Organisation]:
    """The organisations in which somebody may do an action because of a role they have there."""
    reach = matrix().rows[action].reach
    mine = Membership.objects.filter(person=person, ends=None, role__in=[one for one in IN_ORGANISATION if one in reach])
    return Organisation.objects.filter(pk__in=mine.values("organisation"))


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
