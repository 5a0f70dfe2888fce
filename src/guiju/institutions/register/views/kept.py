"""Checks kept at the desk: opened again, and let go."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.access import right
from guiju.institutions.people.models import Person
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.views.asking import desk_crumb, private_page
from guiju.institutions.register import kept as keeping
from guiju.institutions.register.checks import dossier_of
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.kept import kept_of
from guiju.institutions.register.models import KeptCheck
from guiju.institutions.register.systems import editable_by, new_system
from guiju.institutions.register.versions import add_version
from guiju.institutions.register.views.forms import onward, who
from guiju.wording import LANGUAGES

_CHECK: Final = "check"
KEEP: Final = f"{_CHECK}.keep"
"""The action of the matrix; written as one word it would look like a code of the catalogue."""


def _person(found: KeptCheck) -> Person:
    return found.person


@right(kept_of, _person, GET=KEEP, POST=KEEP)
def shown(request: HttpRequest, lang: str, found: KeptCheck) -> HttpResponse:
    """A kept check: open it, make it a system of an organisation, or let it go; an edited version stands with its system."""
    if found.system is not None:  # it belongs to the system's editors, whoever opened it
        return onward(reverse("system-back", args=(lang, found.public_id)))
    if request.method == "POST":
        return _act(request, lang, found)
    name = keeping.name_of(found, lang)
    say = sayer(lang)
    return private_page(
        request,
        "register/kept.html.jinja",
        title=name or say("registry.kept-nameless"),
        crumbs=(desk_crumb(lang),),
        kept=found,
        organisations=[(one.handle, name_in(one.name, lang)) for one in editable_by(who(request))],
    )


def _act(request: HttpRequest, lang: str, found: KeptCheck) -> HttpResponse:
    match request.POST.get("do", ""):
        case "open":
            return onward(reverse("check-home", args=(lang, keeping.key_of(found))))
        case "let-go":
            keeping.unkeep(found)
            return onward(f"/{lang}/desk/")
        case "system":
            return _make_system(request, lang, found)
    raise RegisterError("registry.no-act")


def _make_system(request: HttpRequest, lang: str, found: KeptCheck) -> HttpResponse:
    """A system of an organisation, with what the check says as its first version; the check stays."""
    person = who(request)
    organisation = next((one for one in editable_by(person) if one.handle == request.POST.get("organisation", "")), None)
    if organisation is None:
        raise RegisterError("registry.no-organisation")
    dossier = dossier_of(found.check_of)
    label: dict[str, str] = {one: dossier.subject.label[one] for one in LANGUAGES if dossier.subject.label.get(one)}
    name = label or {lang: found.check_of.name or sayer(lang)("registry.kept-nameless")}
    made = new_system(organisation, name)
    add_version(made, dossier, "check", person)
    return onward(reverse("system", args=(lang, made.public_id)))
