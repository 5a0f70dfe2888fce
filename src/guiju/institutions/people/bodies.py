"""Bodies and their seats: a seat is a post for a term, offered by invitation, taken, laid down or ended; terms run by the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from django.db import transaction
from django.db.models import QuerySet

from guiju.calendars import add_months, now
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.people.access import require
from guiju.institutions.people.errors import ConflictError, PeopleError
from guiju.institutions.people.models import Body, Invitation, Organisation, Person, Seat
from guiju.institutions.people.organisations import locked, read_name
from guiju.institutions.people.places import day_in

POSTS: Final = ("chair", "deputy", "member", "secretary", "official")
SINGLE: Final = ("chair",)
"""Posts that only one person has at a time."""

LONGEST_TERM: Final = 120
"""Months of the longest term."""

State = Literal["vacant", "coming", "running", "lapsed", "left"]


def state_of(seat: Seat) -> State:
    """How a seat stands today, by the day of its organisation's place: lapsed once its term has ended, whoever had it."""
    day = day_in(seat.body.organisation.place)
    if seat.left is not None:
        return "left"
    if seat.ends < day:
        return "lapsed"
    if seat.person_id is None:
        return "vacant"
    return "coming" if day < seat.begins else "running"


def body_named(public_id: str) -> Body | None:
    """The body of an opaque name."""
    return Body.objects.select_related("organisation").filter(public_id=public_id).first()


def seat_named(public_id: str) -> Seat | None:
    """The seat of an opaque name."""
    return Seat.objects.select_related("body__organisation", "person").filter(public_id=public_id).first()


@transaction.atomic
def found_body(organisation: Organisation, by: Person, name: Mapping[str, str]) -> tuple[Body, Receipt]:
    """Set up a body of an organisation; it has no seat yet."""
    mine = locked(organisation)
    require(by, "body.found", mine)
    made = Body.objects.create(organisation=mine, name=read_name(name), created=now())
    told = {"body": made.public_id, "organisation": mine.org}
    return made, act("body.founded", str(made), by=by.public_id, public=told, payload={"by": by.public_id})


@transaction.atomic
def end_body(body: Body, by: Person) -> Receipt:
    """End a body: its seats that still run or wait end with it; what it did stays, and it can be read.

    :raises ConflictError: where it has ended already.
    """
    locked(body.organisation)
    mine = _running(body)
    require(by, "body.end", mine)
    mine.ended = now()
    mine.save(update_fields=["ended"])
    seats = mine.seats.filter(left=None, ends__gte=day_in(mine.organisation.place))
    _withdraw_offers(seats)
    ended = seats.update(left=mine.ended)
    told = {"body": mine.public_id, "organisation": mine.organisation.org}
    return act("body.ended", str(mine), by=by.public_id, public=told, payload={"by": by.public_id, "seats": ended})


def _running(body: Body) -> Body:
    """The body as it stands now, the organisation locked.

    :raises ConflictError: where it has ended.
    """
    mine = Body.objects.select_related("organisation").get(pk=body.pk)
    if mine.ended is not None:
        raise ConflictError("people.body-over")
    return mine


def _withdraw_offers(seats: QuerySet[Seat]) -> None:
    """Whoever was offered a seat that is no longer there finds the invitation withdrawn."""
    Invitation.objects.filter(seat__in=seats, answer="").update(answer="withdrawn", answered=now())


def end_lapsed_offers(seats: QuerySet[Seat]) -> int:
    """Seats that were offered and that nobody took within the time of the offer are ended; how many."""
    waiting = Invitation.objects.filter(answer="", expires__gt=now()).values("seat")
    lapsed = seats.filter(person=None, left=None, invitations__answer="").exclude(pk__in=waiting.exclude(seat=None))
    return Seat.objects.filter(pk__in=lapsed.values("pk")).update(left=now())


def read_term(begins: date, ends: date, place: str) -> None:
    """Whether two days are a term that can be offered now.

    :raises PeopleError: where it ends before it begins, has ended already, or is too long.
    """
    if ends < begins:
        raise PeopleError("people.term-backwards", "ends")
    if ends < day_in(place):
        raise PeopleError("people.term-over", "ends")
    if ends > add_months(begins, LONGEST_TERM):
        raise PeopleError("people.term-long", "ends", years=LONGEST_TERM // 12)


@dataclass(frozen=True, slots=True)
class Offered:
    """A seat as it is offered: a post, for somebody from outside or not, from a day to a day, both counted."""

    post: str
    outside: bool
    begins: date
    ends: date


def make_seat(body: Body, by: Person, offered: Offered) -> Seat:
    """A seat that nobody has yet, within the caller's transaction, the organisation locked.

    :raises PeopleError: where post or term is none, somebody has that post within the term, or the body has ended.
    """
    require(by, "body.offer-seat", body)
    _running(body)
    post = offered.post
    if post not in POSTS:
        raise PeopleError("people.post-missing", "post")
    read_term(offered.begins, offered.ends, body.organisation.place)
    if post in SINGLE:
        end_lapsed_offers(body.seats.all())
        others = body.seats.filter(post=post, left=None, begins__lte=offered.ends, ends__gte=offered.begins)
        if others.exists():
            raise ConflictError("people.post-held", "post")
    return body.seats.create(post=post, outside=offered.outside, begins=offered.begins, ends=offered.ends)


def take(seat: Seat, person: Person) -> None:
    """Give a vacant seat to a person, within the caller's transaction, the organisation locked.

    :raises ConflictError: where it is not vacant, its term is over, or the person has another seat of the body at that time.
    """
    if state_of(seat) != "vacant":
        raise ConflictError("people.seat-not-vacant")
    others = Seat.objects.filter(body=seat.body, person=person, left=None, begins__lte=seat.ends, ends__gte=seat.begins)
    if others.exists():
        raise ConflictError("people.seat-already")
    seat.person, seat.taken = person, now()
    seat.save(update_fields=["person", "taken"])


@transaction.atomic
def leave_seat(seat: Seat, person: Person) -> Receipt:
    """Lay down one's seat."""
    mine = _locked(seat)
    require(person, "seat.leave", mine.person)
    return _leave(mine, person, "seat.left")


@transaction.atomic
def end_seat(seat: Seat, by: Person) -> Receipt:
    """End a seat, taken or vacant, before its term has.

    :raises ConflictError: where it has ended already.
    """
    mine = _locked(seat)
    require(by, "body.end-seat", mine.body)
    return _leave(mine, by, "seat.ended")


def _locked(seat: Seat) -> Seat:
    locked(seat.body.organisation)
    return Seat.objects.select_related("body__organisation", "person").get(pk=seat.pk)


def _leave(seat: Seat, by: Person, kind: str) -> Receipt:
    if state_of(seat) in ("left", "lapsed"):
        raise ConflictError("people.seat-over")
    _withdraw_offers(Seat.objects.filter(pk=seat.pk))
    seat.left = now()
    seat.save(update_fields=["left"])
    return seat_act(kind, seat, by)


def seat_act(kind: str, seat: Seat, by: Person) -> Receipt:
    """The act of a seat; whose it is stays sealed."""
    person = seat.person.public_id if seat.person else ""
    return act(
        kind,
        str(seat.body),
        by=by.public_id,
        public={"body": seat.body.public_id, "seat": seat.public_id, "post": seat.post},
        private={"person": person},
        payload={"by": by.public_id, "person": person, "seat": seat.public_id},
    )
