"""The people of the example world: persons, their organisations with roles, and the committee with its seats.

They are put there as they are, not by acts: the record is for ever, and the example world can be removed.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from guiju.calendars import now
from guiju.institutions.hall.example_world import Committee, Counted, Entry, World
from guiju.institutions.people.members import take_up
from guiju.institutions.people.models import Body, Organisation, Person, Seat

ORGANISATIONS: Final = "demo.counted-organisations"
PEOPLE: Final = "demo.counted-people"
DOMAIN: Final = "chengzhou.example"
"""Of addresses to which no letter can be sent (RFC 2606)."""

_ELSEWHERE: Final = {"customer", "hospital", "maker"}
"""Organisations in Europe, by their role in the world; the others are in the city."""

_ROLES: Final = (("administrator", "editor"), ("approver",), ("editor",))
"""What the first, the second and every further person of an organisation does there."""


def seed(world: World) -> Counted:
    """Seed who is not there yet."""
    done: Counter[str] = Counter()
    organisations = {one.id: _organisation(one, done) for one in world.organisations}
    people = {one.id: _person(one, done) for one in world.people}
    met: Counter[str] = Counter()
    for one in world.people:
        if one.of:
            take_up(people[one.id], organisations[one.of], _ROLES[min(met[one.of], len(_ROLES) - 1)])
            met[one.of] += 1
    _committee(world.committee, organisations[world.committee.entry.of], people)
    return done


def remove() -> Counted:
    """Remove them, and what they had."""
    Seat.objects.filter(person__example=True).update(person=None, left=now())
    Seat.objects.filter(body__organisation__example=True).delete()
    organisations, people = Organisation.objects.filter(example=True), Person.objects.filter(example=True)
    done = +Counter({ORGANISATIONS: organisations.count(), PEOPLE: people.count()})
    organisations.delete()
    people.delete()
    return done


def person_of(identifier: str) -> Person | None:
    """Somebody of the world, if the world is here."""
    return Person.objects.filter(email=_email(identifier), example=True).first()


def _email(identifier: str) -> str:
    return f"{identifier}@{DOMAIN}"


def _organisation(entry: Entry, done: Counter[str]) -> Organisation:
    handle = entry.id.removeprefix("org:")
    if Organisation.objects.filter(handle=handle, example=False).exists():  # a real one was here first
        handle += "-example"
    elsewhere = entry.role in _ELSEWHERE or handle.startswith("yanban-europe")
    given = {"name": dict(entry.name), "place": "Europe/Brussels" if elsewhere else "Asia/Shanghai", "created": now()}
    made, new = Organisation.objects.get_or_create(handle=handle, example=True, defaults=given)
    if new:
        done[ORGANISATIONS] += 1
    return made


def _person(entry: Entry, done: Counter[str]) -> Person:
    name = f"{entry.name['zh']} {entry.name['en']}"
    made, new = Person.objects.get_or_create(email=_email(entry.id), defaults={"name": name, "lang": "zh", "example": True})
    if new:
        made.set_unusable_password()
        made.save(update_fields=["password"])
        done[PEOPLE] += 1
    return made


def _committee(committee: Committee, organisation: Organisation, people: dict[str, Person]) -> None:
    given = {"name": dict(committee.entry.name), "created": now()}
    body, new = Body.objects.get_or_create(organisation=organisation, example=True, defaults=given)
    if not new:
        return
    for one in committee.seats:
        body.seats.create(
            post=one.post, outside=one.outside, begins=one.begins, ends=one.ends, person=people[one.person], taken=now()
        )
    first = committee.seats[0]
    secretary = people[committee.secretary]
    body.seats.create(post="secretary", begins=first.begins, ends=first.ends, person=secretary, taken=now())
