"""Pages of an organisation: entered, shown, its details and its identifiers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guiju.calendars import now, words
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people import organisations
from guiju.institutions.people.access import opened, right
from guiju.institutions.people.errors import ConflictError
from guiju.institutions.people.identifiers import SCHEMES
from guiju.institutions.people.invitations import what_it_offers
from guiju.institutions.people.members import members_of
from guiju.institutions.people.models import Identifier, Organisation
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.places import PLACES, word_of
from guiju.institutions.people.views.asking import Field, Form, Typed, asked, desk_crumb, private_page, shown, typed_in, who
from guiju.institutions.people.views.words import (
    history,
    identifier_in_words,
    name_of,
    organisation_crumb,
    organisation_href,
    roles_in_words,
    steps,
)


def find(handle: str) -> Organisation:
    """The organisation of an address; of one that was merged, the one it became."""
    found: Organisation = opened(organisations.by_handle(handle))
    return found


def name_fields(lang: str, zh: str = "", en: str = "") -> list[Field]:
    """A name in two languages, the reader's first."""
    say = sayer(lang)
    both = [
        Field("name-zh", say("people.name-zh"), value=zh, attributes={"maxlength": organisations.LONGEST_NAME}, lang="zh-Hans"),
        Field("name-en", say("people.name-en"), value=en, attributes={"maxlength": organisations.LONGEST_NAME}, lang="en"),
    ]
    return both if lang == "zh" else both[::-1]


def name_typed(typed: Typed) -> dict[str, str]:
    """The name as it was typed in both."""
    return {one: typed[f"name-{one}"] for one in ("zh", "en")}


def _place_field(lang: str, value: str = "") -> Field:
    say = sayer(lang)
    options = [("", say("people.place-choose"), ""), *((word, say(f"people.place-{word}"), "") for word in PLACES)]
    return Field("place", say("people.place"), "select", value, say("people.place-help"), options, required=True)


def found(request: HttpRequest, lang: str) -> HttpResponse:
    """Enter an organisation."""
    say = sayer(lang)
    attributes = {"maxlength": 44, "autocapitalize": "none", "spellcheck": "false"}
    handle = Field("handle", say("people.handle"), help=say("people.handle-help"), required=True, attributes=attributes)
    form = Form("found", [*name_fields(lang), handle, _place_field(lang)], [desk_crumb(lang)], f"/{lang}/desk/")

    def do(typed: Typed) -> HttpResponse:
        made, receipt = organisations.found(who(request), typed["handle"], name_typed(typed), typed["place"])
        return shown_once(request, receipt, organisation_href(made, lang), say("people.found-next"))

    return asked(request, lang, form, do)


@right(find, GET="organisation.read")
def organisation(request: HttpRequest, lang: str, mine: Organisation) -> HttpResponse:
    """The page; that of one that was merged leads on."""
    match = request.resolver_match
    if match is not None and match.kwargs["handle"] != mine.handle:
        return HttpResponseRedirect(organisation_href(mine, lang) + "?merged=" + match.kwargs["handle"])
    merged = list(mine.merged.all())
    came_from = next((one for one in merged if one.handle == request.GET.get("merged")), None)
    return private_page(
        request,
        "people/organisation.html.jinja",
        title=name_in(mine.name, lang),
        crumbs=[desk_crumb(lang)],
        example=mine.example,
        organisation=mine,
        merged=name_in(came_from.name, lang) if came_from else "",
        place_words=sayer(lang)(f"people.place-{word_of(mine.place)}"),
        identifiers=[_identifier(one, lang) for one in mine.identifiers.order_by("pk")],
        people=_people(request, lang, mine),
        invitations=_invitations(mine, lang),
        bodies=[(name_in(one.name, lang), one.public_id, one.ended is not None) for one in mine.bodies.order_by("pk")],
        steps=_steps(request, lang, mine),
        acts=history([mine.org, *(one.org for one in merged)], lang),
    )


def _steps(request: HttpRequest, lang: str, mine: Organisation) -> list[dict[str, str]]:
    say = sayer(lang)
    names = {
        "organisation.invite": ("people.invite-title", "organisation-invite"),
        "organisation.edit": ("people.edit-title", "organisation-edit"),
        "organisation.give-role": ("people.give-title", "organisation-give-role"),
        "organisation.end-role": ("people.end-role-title", "organisation-end-role"),
        "body.found": ("people.found-body-title", "body-found"),
        "organisation.leave": ("people.leave-title", "organisation-leave"),
    }
    wanted = [(action, say(code), reverse(name, args=[lang, mine.handle])) for action, (code, name) in names.items()]
    return steps(who(request), mine, wanted, lang)


def _identifier(one: Identifier, lang: str) -> dict[str, Any]:
    say = sayer(lang)
    state = say("people.identifier-confirmed", day=words(one.confirmed.date(), lang)) if one.confirmed else ""
    return {
        "id": one.pk,
        "words": identifier_in_words(one, lang),
        "state": state or say("people.identifier-declared", day=words(one.declared.date(), lang)),
        "ground": one.ground,
    }


def _people(request: HttpRequest, lang: str, mine: Organisation) -> list[list[str]]:
    say, me = sayer(lang), who(request)
    return [
        [say("people.myself", who=name_of(one, lang)) if one == me else name_of(one, lang), roles_in_words(roles, lang)]
        for one, roles in members_of(mine)
    ]


def _invitations(mine: Organisation, lang: str) -> list[dict[str, Any]]:
    waiting = mine.invitations.filter(answer="", expires__gt=now()).select_related("by", "seat__body").order_by("pk")
    return [
        {
            "id": one.pk,
            "email": one.email,
            "what": what_it_offers(one, lang),
            "by": name_of(one.by, lang),
            "until": words(one.expires.date(), lang),
        }
        for one in waiting
    ]


@right(find, GET="organisation.edit", POST="organisation.edit")
def edit(request: HttpRequest, lang: str, mine: Organisation) -> HttpResponse:
    """Its details; the second of two who change them at once is shown what stands now, and nothing is overwritten."""

    def form(of: Organisation) -> Form:
        fields = [
            Field("version", "", "hidden", str(of.version)),
            *name_fields(lang, of.name.get("zh", ""), of.name.get("en", "")),
            _place_field(lang, word_of(of.place)),
        ]
        return Form("edit", fields, [desk_crumb(lang), organisation_crumb(of, lang)], organisation_href(of, lang))

    def do(typed: Typed) -> HttpResponse:
        version = int(typed["version"]) if typed["version"].isdecimal() and len(typed["version"]) < 18 else 0
        receipt = organisations.edit(mine, who(request), version, name_typed(typed), typed["place"])
        back = organisation_href(mine, lang)
        return shown_once(request, receipt, back) if receipt else HttpResponseRedirect(back)

    try:
        return asked(request, lang, form(mine), do)
    except organisations.ChangedError as problem:
        return _changed(request, lang, form(problem.now), problem)


def _changed(request: HttpRequest, lang: str, form: Form, problem: organisations.ChangedError) -> HttpResponse:
    """What was typed, beside what stands now."""
    say, stands = sayer(lang), problem.now
    typed = {**typed_in(request, form.fields), "version": str(stands.version)}
    told = [(say(f"people.name-{one}"), stands.name.get(one, "") or say("people.nothing")) for one in ("zh", "en")]
    told.append((say("people.place"), say(f"people.place-{word_of(stands.place)}")))
    kept = Form(form.code, form.fields, form.crumbs, form.back, form.words, told)
    return shown(request, lang, kept, typed, problem)


@right(find, GET="organisation.edit", POST="organisation.edit")
def identifiers(request: HttpRequest, lang: str, mine: Organisation) -> HttpResponse:
    """Declare an identifier, or remove one."""
    say = sayer(lang)
    if request.method == "POST" and "remove" in request.POST:
        number = request.POST["remove"]
        one = mine.identifiers.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
        if one is None:
            raise ConflictError("people.identifier-gone")
        receipt = organisations.remove(one, who(request))
        return shown_once(request, receipt, organisation_href(mine, lang))
    options = [(one, say(f"people.scheme-{one}"), say(f"people.scheme-{one}-help")) for one in SCHEMES]
    fields = [
        Field("scheme", say("people.scheme"), "radio", "uscc", options=options),
        Field("value", say("people.identifier-value"), required=True, attributes={"maxlength": 80, "spellcheck": "false"}),
        Field(
            "register",
            say("people.identifier-register"),
            help=say("people.identifier-register-help"),
            attributes={"maxlength": 80},
        ),
    ]
    crumbs = [desk_crumb(lang), organisation_crumb(mine, lang)]
    form = Form("declare", fields, crumbs, organisation_href(mine, lang))

    def do(typed: Typed) -> HttpResponse:
        receipt = organisations.declare(mine, who(request), typed["scheme"], typed["value"], typed["register"])
        return shown_once(request, receipt, organisation_href(mine, lang), say("people.declare-next"))

    return asked(request, lang, form, do)
