"""A person's own pages: the calendar of due days, what is kept about them, the end of the account."""

from __future__ import annotations

import json

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guiju.institutions.hall.limits import limited
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people import calendar_file, persons
from guiju.institutions.people.cases import cases_of
from guiju.institutions.people.models import CalendarKey
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.views.asking import Field, Form, Typed, asked, desk_crumb, private_page, who
from guiju.institutions.people.views.words import organisation_href

FEEDS_A_MINUTE = 60


def _crumb(lang: str) -> tuple[str, str]:
    return sayer(lang)("people.person-title"), reverse("person", args=[lang])


def person(request: HttpRequest, lang: str) -> HttpResponse:
    """What is kept, and what can be done with it."""
    mine = who(request)
    return private_page(
        request,
        "people/person.html.jinja",
        title=sayer(lang)("people.person-title"),
        crumbs=[desk_crumb(lang)],
        person=mine,
        has_calendar=CalendarKey.objects.filter(person=mine).exists(),
    )


def data(request: HttpRequest, lang: str) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Everything that is kept about the person, as a file."""
    text = json.dumps(persons.everything_about(who(request)), ensure_ascii=False, indent=1, default=str)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="about-me.json"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def delete(request: HttpRequest, lang: str) -> HttpResponse:
    """End the account, by somebody who showed a moment ago who they are: the browser may have been left open."""
    say, mine = sayer(lang), who(request)
    email = Field("email", say("people.delete-email"), "email", required=True, attributes={"autocomplete": "off"})
    held = [(name_in(one.name, lang), organisation_href(one, lang)) for one in persons.hindrances(mine)]
    facts = [(say("people.delete-hindrance"), name) for name, _ in held]
    form = Form("delete", [email], [desk_crumb(lang), _crumb(lang)], _crumb(lang)[1], facts=facts, main=False)

    def do(typed: Typed) -> HttpResponse:
        receipt = persons.delete(mine, typed["email"])
        logout(request)
        return shown_once(request, receipt, f"/{lang}/", say("people.delete-next"))

    return asked(request, lang, form, do)


def calendar(request: HttpRequest, lang: str) -> HttpResponse:
    """The address of the calendar: made, shown once, renewed, ended."""
    mine, address = who(request), ""
    if request.method == "POST" and request.POST.get("do") == "end":
        calendar_file.end_key(mine)
        return HttpResponseRedirect(reverse("desk-calendar", args=[lang]))
    if request.method == "POST":
        address = request.build_absolute_uri(reverse("desk-feed", args=[lang, calendar_file.new_key(mine)]))
    made = CalendarKey.objects.filter(person=mine).first()
    return private_page(
        request,
        "people/calendar.html.jinja",
        title=sayer(lang)("people.calendar-title"),
        crumbs=[desk_crumb(lang)],
        shown_address=address,
        made=made.made.date() if made else None,
    )


@limited("calendar", FEEDS_A_MINUTE)
def feed(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """The calendar itself, for whoever has its key."""
    mine = calendar_file.person_of(key)
    if mine is None:
        raise Http404
    base = request.build_absolute_uri("/").rstrip("/")
    content = calendar_file.calendar_file(mine, cases_of(mine, lang), lang, base)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
