"""Members of a committee as its rules see them, and its registration with the authority."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import now, words
from guiju.institutions.ethics import committees
from guiju.institutions.ethics.committees import committee_of, owner_of
from guiju.institutions.ethics.composition import composed
from guiju.institutions.ethics.duties import REGISTRATION, registration_clock
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.in_words import basis_words, committee_crumbs, committee_name, heading, lack_words
from guiju.institutions.ethics.models import Committee
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.ethics.views.charter_pages import day_typed
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.hall.rule_addresses import rule_address
from guiju.institutions.people import bodies
from guiju.institutions.people.access import right, rights
from guiju.institutions.people.models import Body, Seat
from guiju.institutions.people.views.asking import TAKEN, Field, Form, Typed, asked, private_page, who
from guiju.institutions.people.views.words import name_of, post_in_words, seat_state, term_in_words
from guiju.institutions.register.limits import calendar_in_words, clause_of, left_in_words
from guiju.institutions.register.views.forms import onward, told
from guiju.procedure import Rules, Standing, day_of, defects
from guiju.procedure import Seat as Played
from guiju.wording import GuijuError, in_language, join_words

ORDER = ("running", "coming", "vacant", "lapsed", "left")


@right(committee_of, owner_of, GET="committee.read")
def seats(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:
    """Who has which seat until when, what kinds of members they are, and what the committee lacks."""
    rules, standing = rules_of(mine), standing_of(mine)
    allowed, on = rights(request.user, mine.body), day_of(rules, now())
    found = list(mine.body.seats.select_related("person", "body__organisation").order_by("begins", "pk"))
    found.sort(key=lambda one: ORDER.index(bodies.state_of(one)))
    say, kinds = sayer(lang), _kinds(rules, standing, on, lang)
    return private_page(
        request,
        "ethics/committee_seats.html.jinja",
        title=say("ethics.seats-title", name=committee_name(mine, lang)),
        crumbs=committee_crumbs(mine, lang, (say("ethics.way-committee-seats"), "")),
        example=mine.body.example,
        today_there=words(on, lang),
        lacks=[lack_words(rules, one, lang) for one in defects(rules, standing, on)],
        seats=[_seat(one, standing, rules, on, "committee.describe" in allowed, lang) for one in found],
        kinds=kinds,
        kinds_missing=join_words([one["title"] for one in kinds if not one["count"]], lang),
        offer=reverse("seat-offer", args=(lang, mine.body.public_id)) if "body.offer-seat" in allowed else "",
        body=reverse("body", args=(lang, mine.body.public_id)),
    )


def _seat(seat: Seat, standing: Standing, rules: Rules, on: date, may_describe: bool, lang: str) -> dict[str, Any]:
    say, played = sayer(lang), standing.seats.get(seat.public_id)
    return {
        "who": name_of(seat.person, lang) or say("people.seat-nobody"),
        "post": post_in_words(seat, lang),
        "term": term_in_words(seat, lang),
        "state": seat_state(seat, lang),
        "kinds": [in_language(one.words, lang) for one in rules.categories if played and one.name in played.categories],
        "trained": _trained(played, on, lang) if played else "",
        "describe": reverse("committee-describe", args=(lang, seat.body.public_id, seat.public_id))
        if may_describe and played and bodies.state_of(seat) not in ("lapsed", "left")
        else "",
    }


def _trained(seat: Played, on: date, lang: str) -> str:
    """Until when the training of a member holds, or that it has lapsed, or that nothing is known of it."""
    say = sayer(lang)
    if seat.trained_until is None:
        return say("ethics.committee-trained-unknown")
    lapsed = seat.trained_until < on
    return say(
        "ethics.committee-trained-lapsed" if lapsed else "ethics.committee-trained-until", day=words(seat.trained_until, lang)
    )


def _kinds(rules: Rules, standing: Standing, on: date, lang: str) -> list[dict[str, Any]]:
    """Each kind of member that the rules ask for: how many there are, and the clause."""
    held = composed(rules, standing.sitting_seats(on)).kinds
    return [
        {"title": heading(one.words, lang), "count": held[one.name], "basis": basis_words(one.basis, lang)}
        for one in rules.categories
    ]


# -- a member ------------------------------------------------------------------------------------------------------------------


def member_of(body: str, seat: str) -> tuple[Committee, Seat]:
    """The seat of an address, of a committee, that somebody has.

    :raises Http404: where there is none.
    """
    committee, found = committee_of(body), bodies.seat_named(seat)
    if found is None or found.body_id != committee.body_id or found.person_id is None:
        raise Http404
    return committee, found


def owner_of_member(found: tuple[Committee, Seat]) -> Body:
    """Whose a seat is."""
    return found[0].body


@right(member_of, owner_of_member, GET="committee.describe", POST="committee.describe")
def describe(request: HttpRequest, lang: str, found: tuple[Committee, Seat]) -> HttpResponse:
    """Say what kind of member has a seat, and until when their training holds."""
    mine, seat = found
    say, rules = sayer(lang), rules_of(mine)
    played = standing_of(mine).seats.get(seat.public_id)
    if played is None:
        raise Http404
    back = reverse("committee-seats", args=(lang, mine.body.public_id))
    options = [(one.name, in_language(one.words, lang), basis_words(one.basis, lang)["words"]) for one in rules.categories]
    until = str(played.trained_until) if played.trained_until else ""
    fields = [
        Field("categories", say("ethics.field-categories"), "ticks", sorted(played.categories), "", options),
        Field("trained", say("ethics.field-trained"), "date", until, say("ethics.field-trained-help")),
    ]
    named = {"post": post_in_words(seat, lang), "term": term_in_words(seat, lang)}
    facts = [(say(f"ethics.committee-column-{name}"), value) for name, value in named.items()]
    title = say("ethics.describe-title", who=name_of(seat.person, lang))
    crumbs = committee_crumbs(mine, lang, (say("ethics.way-committee-seats"), back), (title, ""))
    form = Form("describe", fields if options else fields[1:], crumbs, back, facts=facts, prefix="ethics", title=title)

    def do(typed: Typed) -> HttpResponse:
        day = day_typed(typed["trained"], "trained") if typed["trained"].strip() else None
        taken = committees.describe(mine, who(request), seat, typed.get("categories", ()), day)
        done, then = say("ethics.describe-done"), say("ethics.describe-next")
        return shown_once(request, taken.receipt, back, then, title=done, zone=rules.place)

    return asked(request, lang, form, do)


# -- registration --------------------------------------------------------------------------------------------------------------


@right(committee_of, owner_of, GET="committee.read", POST="committee.describe")
def registration(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:
    """When and under which number it was registered; and, for administrators, who may see and use the committee."""
    problem: GuijuError | None = None
    if request.method == "POST":
        try:
            return _registered(request, lang, mine)
        except TAKEN as wrong:
            problem = wrong
    say, allowed = sayer(lang), rights(request.user, mine.body)
    given = request.POST if problem else {}
    wrong_at = told(problem, lang)
    return private_page(
        request,
        "ethics/committee_registration.html.jinja",
        title=say("ethics.registration-title", name=committee_name(mine, lang)),
        crumbs=committee_crumbs(mine, lang, (say("ethics.way-committee-registration"), "")),
        example=mine.body.example,
        facts=_facts(mine, lang),
        clock=_clock(mine, lang),
        asked=clause_of(REGISTRATION, lang) if registration_clock(mine) else "",
        href=rule_address(lang, REGISTRATION),
        on=given.get("on", str(mine.registered or "")),
        number=given.get("number", mine.registration),
        outside=mine.outside,
        public=mine.public,
        may_enter="committee.describe" in allowed,
        may_open="committee.set-up" in allowed,
        back=reverse("committee", args=(lang, mine.body.public_id)),
        **wrong_at,
    )


def _registered(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:
    say, given = sayer(lang), request.POST
    here = reverse("committee-registration", args=(lang, mine.body.public_id))
    match given.get("do", ""):
        case "enter":
            on = day_typed(given.get("on", ""), "on")
            receipt = committees.enter(mine, who(request), on, given.get("number", ""))
            return shown_once(request, receipt, here, say("ethics.registration-next"), zone=rules_of(mine).place)
        case "open":
            chosen = given.getlist("open")
            committees.open_to(mine, who(request), outside="outside" in chosen, public="public" in chosen)
            return onward(f"{here}#open")
        case _:
            raise EthicsError("ethics.no-choice")


def _facts(mine: Committee, lang: str) -> list[tuple[str, str]]:
    say = sayer(lang)
    return [
        (say("ethics.field-founded"), words(mine.founded, lang)),
        (say("ethics.registered-on"), words(mine.registered, lang) if mine.registered else say("ethics.registered-not")),
        *([(say("ethics.registered-number"), mine.registration)] if mine.registration else []),
    ]


def _clock(mine: Committee, lang: str) -> dict[str, str] | None:
    """How the time to register stands, as the norm's own clock has it."""
    read, rules, say = registration_clock(mine), rules_of(mine), sayer(lang)
    if read is None or read.due is None or not isinstance(read.due.earliest, date):
        return None
    due, on = read.due.earliest, day_of(rules, now())
    done = read.state in ("done", "done-late")
    return {
        "due": words(due, lang),
        "left": say(f"ethics.registration-{read.state}") if done else left_in_words(due, on, rules.law, lang),
        "calendar": calendar_in_words(rules.law, lang),
        "state": "overdue" if read.state in ("overdue", "done-late") else "running",
    }
