"""Pages of an organisation's people: invited, given roles, their roles ended, leaving."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import words
from guiju.institutions.hall.limits import count
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people import invitations, members
from guiju.institutions.people.access import opened, right
from guiju.institutions.people.errors import PeopleError
from guiju.institutions.people.models import Invitation, Organisation, Person
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.views.asking import Field, Form, Typed, asked, desk_crumb, who
from guiju.institutions.people.views.organisation_pages import find
from guiju.institutions.people.views.words import name_of, organisation_crumb, organisation_href, roles_in_words
from guiju.wording import LANGUAGES

LETTERS_A_MINUTE = 20
"""Invitations that one client may send in a minute."""


def link_in(request: HttpRequest, lang: str) -> invitations.Link:
    """From a token to the whole address of an invitation."""
    return lambda token: request.build_absolute_uri(reverse("invitation", args=[lang, token]))


def email_fields(lang: str) -> list[Field]:
    """To whom a letter goes, and in which language."""
    say = sayer(lang)
    options = [("zh", "中文", ""), ("en", "English", "")]
    return [
        Field(
            "email",
            say("people.email"),
            "email",
            help=say("people.email-help"),
            required=True,
            attributes={"autocomplete": "off"},
        ),
        Field("lang", say("people.letter-lang"), "radio", lang, options=options),
    ]


def letter_lang(typed: str, lang: str) -> str:
    """The language of a letter; the reader's where none was chosen."""
    return typed if typed in LANGUAGES else lang


def _role_options(lang: str) -> list[tuple[str, str, str]]:
    say = sayer(lang)
    return [(one, say(f"people.role-{one}"), say(f"people.role-{one}-help")) for one in members.ROLES]


def _crumbs(mine: Organisation, lang: str) -> list[tuple[str, str]]:
    return [desk_crumb(lang), organisation_crumb(mine, lang)]


@right(find, GET="organisation.invite", POST="organisation.invite")
def invite(request: HttpRequest, lang: str, mine: Organisation) -> HttpResponse:
    """Invite a colleague by letter."""
    say, back = sayer(lang), organisation_href(mine, lang)
    roles = Field("roles", say("people.roles"), "ticks", ["member"], options=_role_options(lang))
    fields = [*email_fields(lang), roles]
    form = Form("invite", fields, _crumbs(mine, lang), back, {"organisation": name_in(mine.name, lang)})

    def do(typed: Typed) -> HttpResponse:
        count(request, "invite", LETTERS_A_MINUTE)
        language = letter_lang(typed["lang"], lang)
        made, receipt = invitations.invite(
            mine, who(request), typed["email"], typed["roles"], language, link_in(request, language)
        )
        until = words(made.expires.date(), lang)
        return shown_once(request, receipt, back, say("people.invite-next", email=made.email, day=until))

    return asked(request, lang, form, do)


def _find_invitation(handle: str, number: int) -> Invitation:
    mine = find(handle)
    known = mine.invitations.select_related("organisation", "seat__body__organisation", "by")
    found: Invitation = opened(known.filter(pk=number).first())
    return found


@right(_find_invitation, lambda one: one.organisation, GET="organisation.invite", POST="organisation.invite")
def invitation(request: HttpRequest, lang: str, one: Invitation) -> HttpResponse:
    """Withdraw an invitation."""
    back = organisation_href(one.organisation, lang)
    told = {"email": one.email, "what": invitations.what_it_offers(one, lang)}
    form = Form("withdraw", [], _crumbs(one.organisation, lang), back, told, main=False)
    return asked(request, lang, form, lambda _: shown_once(request, invitations.withdraw(one, who(request)), back))


def _people(mine: Organisation, lang: str) -> list[tuple[Person, list[str], str]]:
    return [(one, roles, name_of(one, lang)) for one, roles in members.members_of(mine)]


def _member(mine: Organisation, typed: str) -> Person:
    """A member by the opaque name that was chosen.

    :raises PeopleError: where none was.
    """
    found = next((one for one, _ in members.members_of(mine) if one.public_id == typed), None)
    if found is None:
        raise PeopleError("people.person-missing", "person")
    return found


@right(find, GET="organisation.give-role", POST="organisation.give-role")
def give_role(request: HttpRequest, lang: str, mine: Organisation) -> HttpResponse:
    """Give a member a further role."""
    say, back = sayer(lang), organisation_href(mine, lang)
    people = [(one.public_id, name, roles_in_words(roles, lang)) for one, roles, name in _people(mine, lang)]
    fields = [
        Field("person", say("people.person"), "radio", options=people),
        Field("role", say("people.role"), "radio", options=_role_options(lang)[1:]),
    ]
    form = Form("give", fields, _crumbs(mine, lang), back)

    def do(typed: Typed) -> HttpResponse:
        receipt = members.give(mine, who(request), _member(mine, typed["person"]), typed["role"])
        return shown_once(request, receipt, back)

    return asked(request, lang, form, do)


@right(find, GET="organisation.end-role", POST="organisation.end-role")
def end_role(request: HttpRequest, lang: str, mine: Organisation) -> HttpResponse:
    """End a role of a member, or all of them."""
    say, back = sayer(lang), organisation_href(mine, lang)
    held = [
        (f"{one.public_id}:{role}", say("people.role-of", who=name, role=say(f"people.role-{role}")), _ending(role, lang))
        for one, roles, name in _people(mine, lang)
        for role in roles
    ]
    form = Form("end-role", [Field("which", say("people.which-role"), "radio", options=held)], _crumbs(mine, lang), back)

    def do(typed: Typed) -> HttpResponse:
        named, _, role = typed["which"].partition(":")
        if not named:
            raise PeopleError("people.role-missing", "which")
        receipt = members.end(mine, who(request), _member(mine, named), role)
        return shown_once(request, receipt, back if members.roles_of(who(request), mine) else f"/{lang}/desk/")

    return asked(request, lang, form, do)


def _ending(role: str, lang: str) -> str:
    return sayer(lang)("people.end-all") if role == "member" else ""


@right(find, GET="organisation.leave", POST="organisation.leave")
def leave(request: HttpRequest, lang: str, mine: Organisation) -> HttpResponse:
    """Lay down all one's roles."""
    roles = roles_in_words(members.roles_of(who(request), mine), lang)
    told = {"organisation": name_in(mine.name, lang), "roles": roles}
    form = Form("leave", [], _crumbs(mine, lang), organisation_href(mine, lang), told, main=False)
    return asked(request, lang, form, lambda _: shown_once(request, members.leave(mine, who(request)), f"/{lang}/desk/"))
