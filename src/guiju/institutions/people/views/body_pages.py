"""Pages of a body: set up, its seats, a seat offered, ended, laid down."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import CalendarError, add_months, parse_day, words
from guiju.institutions.hall.limits import count
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people import bodies, invitations
from guiju.institutions.people.access import opened, right, rights
from guiju.institutions.people.errors import PeopleError
from guiju.institutions.people.models import Body, Organisation, Seat
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.places import day_in
from guiju.institutions.people.views.asking import Field, Form, Typed, asked, desk_crumb, private_page, who
from guiju.institutions.people.views.member_pages import LETTERS_A_MINUTE, email_fields, letter_lang, link_in
from guiju.institutions.people.views.organisation_pages import find, name_fields, name_typed
from guiju.institutions.people.views.words import (
    history,
    name_of,
    organisation_crumb,
    post_in_words,
    seat_state,
    steps,
    term_in_words,
)

USUAL_TERM = 36
"""Months of the term that is proposed."""


def find_body(body: str) -> Body:
    """The body of an address."""
    found: Body = opened(bodies.body_named(body))
    return found


def find_seat(seat: str) -> Seat:
    """The seat of an address."""
    found: Seat = opened(bodies.seat_named(seat))
    return found


def _body_crumb(mine: Body, lang: str) -> tuple[str, str]:
    return name_in(mine.name, lang), reverse("body", args=[lang, mine.public_id])


@right(find, GET="body.found", POST="body.found")
def found(request: HttpRequest, lang: str, mine: Organisation) -> HttpResponse:
    """Set up a body."""
    crumb = organisation_crumb(mine, lang)
    form = Form("found-body", name_fields(lang), [desk_crumb(lang), crumb], crumb[1])

    def do(typed: Typed) -> HttpResponse:
        made, receipt = bodies.found_body(mine, who(request), name_typed(typed))
        return shown_once(request, receipt, reverse("body", args=[lang, made.public_id]), sayer(lang)("people.found-body-next"))

    return asked(request, lang, form, do)


@right(find_body, GET="body.read")
def body(request: HttpRequest, lang: str, mine: Body) -> HttpResponse:
    """The page: its seats, those that run first."""
    say, person = sayer(lang), who(request)
    allowed = rights(person, mine)
    seats = list(mine.seats.select_related("person", "body__organisation").order_by("begins", "pk"))
    listed = [_seat(one, lang, person == one.person, "body.end-seat" in allowed) for one in seats]
    order = ("running", "coming", "vacant", "lapsed", "left")
    offer = ("body.offer-seat", say("people.offer-title"), reverse("seat-offer", args=[lang, mine.public_id]))
    end_step = ("body.end", say("people.end-body-title"), reverse("body-end", args=[lang, mine.public_id]))
    crumbs = [desk_crumb(lang)]
    if "organisation.read" in rights(person, mine.organisation):
        crumbs.append(organisation_crumb(mine.organisation, lang))
    return private_page(
        request,
        "people/body.html.jinja",
        title=name_in(mine.name, lang),
        crumbs=crumbs,
        example=mine.example,
        organisation=name_in(mine.organisation.name, lang),
        seats=sorted(listed, key=lambda one: order.index(one["state"])),
        today_there=words(day_in(mine.organisation.place), lang),
        ended=say("people.body-ended", day=words(mine.ended.date(), lang)) if mine.ended else "",
        steps=[] if mine.ended else steps(person, mine, [offer, end_step], lang),
        acts=history([str(mine)], lang),
    )


@right(find_body, GET="body.end", POST="body.end")
def end_body(request: HttpRequest, lang: str, mine: Body) -> HttpResponse:
    """End a body."""
    say, crumb = sayer(lang), _body_crumb(mine, lang)
    seats = mine.seats.select_related("person", "body__organisation").order_by("begins", "pk")
    facts = [
        (post_in_words(one, lang), name_of(one.person, lang) or say("people.seat-nobody"))
        for one in seats
        if bodies.state_of(one) not in ("left", "lapsed")
    ]
    form = Form("end-body", [], [desk_crumb(lang), crumb], crumb[1], {"body": crumb[0]}, facts=facts, main=False)
    return asked(request, lang, form, lambda _: shown_once(request, bodies.end_body(mine, who(request)), crumb[1]))


def _seat(seat: Seat, lang: str, mine: bool, may_end: bool) -> dict[str, Any]:
    state = bodies.state_of(seat)
    over = state in ("left", "lapsed")
    return {
        "post": post_in_words(seat, lang),
        "who": name_of(seat.person, lang) or sayer(lang)("people.seat-nobody"),
        "term": term_in_words(seat, lang),
        "state": state,
        "state_words": seat_state(seat, lang),
        "leave": reverse("seat-leave", args=[lang, seat.public_id]) if mine and not over else "",
        "end": reverse("seat-end", args=[lang, seat.public_id]) if may_end and not over else "",
    }


@right(find_body, GET="body.offer-seat", POST="body.offer-seat")
def offer(request: HttpRequest, lang: str, mine: Body) -> HttpResponse:
    """Offer a seat by letter."""
    say = sayer(lang)
    day = day_in(mine.organisation.place)
    crumb = _body_crumb(mine, lang)
    outside = [("1", say("people.outside-yes"), say("people.outside-help"))]
    fields = [
        Field("post", say("people.post"), "radio", options=[(one, say(f"people.post-{one}"), "") for one in bodies.POSTS]),
        Field("outside", say("people.outside"), "ticks", [], options=outside),
        Field("begins", say("people.begins"), "date", str(day), required=True),
        Field("ends", say("people.ends"), "date", str(add_months(day, USUAL_TERM)), say("people.ends-help"), required=True),
        *email_fields(lang),
    ]
    form = Form("offer", fields, [desk_crumb(lang), crumb], crumb[1], {"body": crumb[0]})

    def do(typed: Typed) -> HttpResponse:
        count(request, "invite", LETTERS_A_MINUTE)
        term = _day(typed["begins"], "begins"), _day(typed["ends"], "ends")
        language = letter_lang(typed["lang"], lang)
        seat = bodies.Offered(typed["post"], bool(typed["outside"]), *term)
        made, receipt = invitations.offer_seat(mine, who(request), typed["email"], seat, language, link_in(request, language))
        until = words(made.expires.date(), lang)
        return shown_once(request, receipt, crumb[1], say("people.invite-next", email=made.email, day=until))

    return asked(request, lang, form, do)


def _day(typed: str, field: str) -> date:
    """A day that was typed.

    :raises PeopleError: where it is none.
    """
    try:
        return parse_day(typed.strip())
    except CalendarError:
        raise PeopleError("people.day-shape", field, got=typed.strip()[:20]) from None


@right(find_seat, lambda seat: seat.body, GET="body.end-seat", POST="body.end-seat")
def end(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """End a seat."""
    crumb = _body_crumb(seat.body, lang)
    told = {"post": post_in_words(seat, lang), "who": name_of(seat.person, lang), "term": term_in_words(seat, lang)}
    code = "end-seat" if seat.person else "end-vacant"
    form = Form(code, [], [desk_crumb(lang), crumb], crumb[1], told, main=False)
    return asked(request, lang, form, lambda _: shown_once(request, bodies.end_seat(seat, who(request)), crumb[1]))


@right(find_seat, lambda seat: seat.person, GET="seat.leave", POST="seat.leave")
def leave(request: HttpRequest, lang: str, seat: Seat) -> HttpResponse:
    """Lay down one's seat; before its term begins its body is closed to who has it, and everything leads to the desk."""
    crumb = _body_crumb(seat.body, lang)
    reads = "body.read" in rights(who(request), seat.body)
    crumbs, back = ([desk_crumb(lang), crumb], crumb[1]) if reads else ([desk_crumb(lang)], desk_crumb(lang)[1])
    told = {"post": post_in_words(seat, lang), "body": crumb[0], "term": term_in_words(seat, lang)}
    form = Form("leave-seat", [], crumbs, back, told, main=False)
    return asked(request, lang, form, lambda _: shown_once(request, bodies.leave_seat(seat, who(request)), f"/{lang}/desk/"))
