"""Systems at the desk: the list, a new one, and the page of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import today
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.access import opened, right, rights
from guiju.institutions.people.models import Organisation
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.organisations import by_handle
from guiju.institutions.people.views.asking import Typed, desk_crumb, private_page
from guiju.institutions.people.views.organisation_pages import name_fields, name_typed
from guiju.institutions.people.views.words import name_of
from guiju.institutions.register import corrections, entries, kept, publishing, systems, versions
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.limits import CN
from guiju.institutions.register.models import Correction, System
from guiju.institutions.register.results import holds
from guiju.institutions.register.systems import owner_of, system_of
from guiju.institutions.register.views.filing_rows import filing_rows
from guiju.institutions.register.views.forms import asked, both, form_of, onward, who
from guiju.institutions.register.views.party_rows import party_row
from guiju.wording import join_words


def system_name(system: System, lang: str) -> str:
    """A system's name in a language, or in the one it has."""
    return name_in(system.name, lang) or system.public_id


def crumbs(system: System, lang: str, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way from the list of systems."""
    say = sayer(lang)
    return (
        desk_crumb(lang),
        (say("registry.systems-title"), reverse("systems", args=(lang,))),
        (system_name(system, lang), reverse("system", args=(lang, system.public_id)) if more else ""),
        *more,
    )


def desk_page(request: HttpRequest, template: str, system: System, **context: Any) -> HttpResponse:
    """A page of a system at the desk: nobody else's, and marked where the system is an example."""
    mine = rights(request.user, system.organisation)
    return private_page(
        request,
        f"register/{template}.html.jinja",
        system=system,
        example=system.example,
        can={one: f"system.{one}" in mine for one in ("edit", "publish", "withdraw")},
        may_answer="correction.answer" in mine,
        **context,
    )


def listed(request: HttpRequest, lang: str) -> HttpResponse:
    """The systems of the reader's organisations."""
    person, say = who(request), sayer(lang)
    rows = [
        {
            "system": one,
            "name": system_name(one, lang),
            "organisation": name_in(one.organisation.name, lang),
            "href": reverse("system", args=(lang, one.public_id)),
        }
        for one in systems.systems_of(person)
    ]
    new = [(name_in(one.name, lang), reverse("system-new", args=(lang, one.handle))) for one in systems.editable_by(person)]
    title = say("registry.systems-title")
    crumbs_ = (desk_crumb(lang), (title, ""))
    return private_page(request, "register/systems.html.jinja", title=title, rows=rows, new=new, crumbs=crumbs_)


def _organisation(handle: str) -> Organisation:
    return opened(by_handle(handle))  # type: ignore[no-any-return]


@right(_organisation, GET="system.edit", POST="system.edit")
def new(request: HttpRequest, lang: str, organisation: Organisation) -> HttpResponse:
    """Enter a system."""
    here = (sayer(lang)("registry.systems-title"), reverse("systems", args=(lang,)))
    words = {"organisation": name_in(organisation.name, lang)}
    form = form_of("new", name_fields(lang), (desk_crumb(lang), here), here[1], words)

    def do(typed: Typed) -> HttpResponse:
        made = systems.new_system(organisation, name_typed(typed))
        return onward(reverse("system", args=(lang, made.public_id)))

    return asked(request, lang, form, do)


@right(system_of, owner_of, GET="system.read")
def home(request: HttpRequest, lang: str, system: System) -> HttpResponse:
    """The page of a system: what is said of it, how it stands with the rules, filings, parties, its public part."""
    newest = versions.latest(system)
    results = list(system.results.select_related("version").order_by("-number")[:10])
    waiting = Correction.objects.filter(entry__system=system).select_related("entry__system__organisation")
    return desk_page(
        request,
        "system",
        system,
        title=system_name(system, lang),
        crumbs=crumbs(system, lang),
        organisation=name_in(system.organisation.name, lang),
        newest=newest,
        older=system.versions.exclude(pk=newest.pk).order_by("-number") if newest else (),
        editing=[(one, name_of(one.person, lang)) for one in kept.being_edited(system)],
        results=[(one, *holds(one, newest)) for one in results],
        filings=[
            filing_rows(one, lang, today(CN)) for one in system.filings.prefetch_related("steps__by").order_by("made", "pk")
        ],
        parties=[party_row(one, lang) for one in system.parties.select_related("organisation").order_by("since", "pk")],
        draft=entries.draft_of(system),
        entry=entries.current(system),
        drift=join_words([sayer(lang)(one) for one in publishing.drifted(system)], lang),
        corrections=[_correction(one) for one in waiting.order_by(*corrections.OPEN_FIRST)[:20]],
        names={lang: system.name.get(lang, "") for lang in ("zh", "en")},
    )


def _correction(one: Correction) -> dict[str, Any]:
    """A request in the list of a system; its days are those of the place by which its time is counted."""
    return {
        "public_id": one.public_id,
        "number": corrections.short_number(one),
        "asked": corrections.day_of(one, one.asked),
        "closed": corrections.day_of(one, one.closed) if one.closed else None,
        "due": one.due,
        "overdue": corrections.is_overdue(one),
    }


@right(system_of, owner_of, POST="system.edit")
def edit(request: HttpRequest, lang: str, system: System) -> HttpResponse:
    """Rename a system, or say that it is used no longer or again."""
    match request.POST.get("do", ""):
        case "rename":
            systems.rename(system, both(request, "name"))
        case "end":
            systems.end(system, True)
        case "again":
            systems.end(system, False)
        case _:
            raise RegisterError("registry.no-act")
    return onward(reverse("system", args=(lang, system.public_id)))
