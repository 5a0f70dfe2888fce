"""Who has which role in an organisation: roles are given, ended and laid down; each is an act that all members see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from guiju.calendars import now
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.people.access import require
from guiju.institutions.people.access.matrix import IN_ORGANISATION
from guiju.institutions.people.errors import ConflictError, PeopleError
from guiju.institutions.people.models import Membership, Organisation, Person
from guiju.institutions.people.organisations import locked

ROLES: Final = IN_ORGANISATION


def roles_of(person: Person, organisation: Organisation) -> list[str]:
    """The roles somebody has in an organisation now, in the order of the matrix."""
    held = set(_held(person, organisation).values_list("role", flat=True))
    return [one for one in ROLES if one in held]


def members_of(organisation: Organisation) -> list[tuple[Person, list[str]]]:
    """Everybody who has a role now, with their roles."""
    found: dict[Person, set[str]] = {}
    now_held = organisation.memberships.filter(ends=None).select_related("person").order_by("begins", "pk")
    for one in now_held:
        found.setdefault(one.person, set()).add(one.role)
    return [(person, [one for one in ROLES if one in roles]) for person, roles in found.items()]


def take_up(person: Person, organisation: Organisation, roles: Iterable[str]) -> list[str]:
    """Make somebody have roles, within the caller's transaction; whoever has any is a member. What was new."""
    held, moment = set(roles_of(person, organisation)), now()
    wanted = {"member", *roles}
    new: list[str] = [one for one in ROLES if one in wanted - held]
    for role in new:
        Membership.objects.create(organisation=organisation, person=person, role=role, begins=moment)
    return new


def read_roles(wanted: Iterable[str], field: str = "roles") -> list[str]:
    """Roles as they are kept.

    :param field: where they were typed.
    :raises PeopleError: where there is none, or one is none.
    """
    asked = set(wanted)
    if not asked or not asked <= set(ROLES):
        raise PeopleError("people.roles-missing", field)
    return [one for one in ROLES if one in asked]


@transaction.atomic
def give(organisation: Organisation, by: Person, person: Person, role: str) -> Receipt:
    """Give a member a further role, also to oneself: all members see who did.

    :raises PeopleError: where it is no member, or has the role.
    """
    mine = locked(organisation)
    require(by, "organisation.give-role", mine)
    read_roles([role], "role")
    held = roles_of(person, mine)
    if not held:
        raise ConflictError("people.no-member", "person", who=person.shown_name)
    if role in held:
        raise ConflictError("people.role-held", "role", who=person.shown_name)
    take_up(person, mine, [role])
    return _role_act("role.given", mine, by, person, [role])


@transaction.atomic
def end(organisation: Organisation, by: Person, person: Person, role: str) -> Receipt:
    """End a role of a member; with "member" all their roles end.

    :raises ConflictError: where they have it no longer, or it is the last administrator's.
    """
    mine = locked(organisation)
    require(by, "organisation.end-role", mine)
    return _role_act("role.ended", mine, by, person, _end(mine, person, role))


@transaction.atomic
def leave(organisation: Organisation, person: Person) -> Receipt:
    """Lay down all one's roles in an organisation.

    :raises ConflictError: where that would leave it without an administrator.
    """
    mine = locked(organisation)
    require(person, "organisation.leave", mine)
    return _role_act("role.left", mine, person, person, _end(mine, person, "member"))


def _end(organisation: Organisation, person: Person, role: str) -> list[str]:
    held = roles_of(person, organisation)
    if role not in held:
        raise ConflictError("people.role-not-held", who=person.shown_name)
    ending = held if role == "member" else [role]
    if "administrator" in ending and is_last_administrator(person, organisation):
        raise ConflictError("people.last-administrator", who=person.shown_name)
    _held(person, organisation).filter(role__in=ending).update(ends=now())
    return ending


def is_last_administrator(person: Person, organisation: Organisation) -> bool:
    """Whether an organisation would have no administrator without somebody; one whose account is gone is none."""
    held = Membership.objects.filter(organisation=organisation, role="administrator", ends=None, person__is_active=True)
    return held.filter(person=person).exists() and not held.exclude(person=person).exists()


def _held(person: Person, organisation: Organisation) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation=organisation, person=person, ends=None)


def _role_act(kind: str, organisation: Organisation, by: Person, person: Person, roles: list[str]) -> Receipt:
    return act(
        kind,
        organisation.org,
        by=by.public_id,
        public={"organisation": organisation.org, "roles": roles},
        private={"person": person.public_id},
        payload={"by": by.public_id, "person": person.public_id, "roles": roles},
    )
