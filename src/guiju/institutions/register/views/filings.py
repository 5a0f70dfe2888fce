"""Filings of a system at the desk: taken up, followed, struck out; with the time that runs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import today
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.access import opened, right
from guiju.institutions.people.models import Organisation
from guiju.institutions.people.views.asking import Field, Typed
from guiju.institutions.register import filings
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.filing_kinds import KINDS
from guiju.institutions.register.limits import CN, clause_of
from guiju.institutions.register.models import Filing, System
from guiju.institutions.register.systems import owner_of, system_of
from guiju.institutions.register.views.filing_rows import filing_rows
from guiju.institutions.register.views.forms import asked, day_typed, form_of, number_typed, onward, told, who
from guiju.institutions.register.views.systems import crumbs, desk_page, system_name


def filing_of(filing: str) -> Filing:
    """The filing of an address.

    :raises Http404: where there is none.
    """
    found = Filing.objects.select_related("system__organisation").prefetch_related("steps__by").filter(public_id=filing)
    return opened(found.first())  # type: ignore[no-any-return]


def owner_of_filing(filing: Filing) -> Organisation:
    """Whose system was filed."""
    return filing.system.organisation


@right(system_of, owner_of, GET="system.edit", POST="system.edit")
def new(request: HttpRequest, lang: str, system: System) -> HttpResponse:
    """Take a filing up."""
    say = sayer(lang)
    options = [(one, say(f"registry.kind-{one}"), clause_of(kind.clause, lang)) for one, kind in KINDS.items()]
    fields = [
        Field("kind", say("registry.filing-which"), "radio", "", options=options, required=True),
        Field("number", say("registry.filing-number"), help=say("registry.filing-number-help"), attributes={"maxlength": 120}),
    ]
    back = reverse("system", args=(lang, system.public_id))
    form = form_of("filing-new", fields, crumbs(system, lang, (say("registry.filings"), "")), back)

    def do(typed: Typed) -> HttpResponse:
        made = filings.take_up(system, typed["kind"], typed["number"])
        return onward(reverse("system-filing", args=(lang, made.public_id)))

    return asked(request, lang, form, do)


@right(filing_of, owner_of_filing, GET="system.read", POST="system.edit")
def filing(request: HttpRequest, lang: str, found: Filing) -> HttpResponse:
    """A filing: where it stands, what happened, the time that runs; and the next step."""
    problem: RegisterError | None = None
    if request.method == "POST":
        try:
            _act(request, found)
            return onward(reverse("system-filing", args=(lang, found.public_id)))
        except RegisterError as wrong:
            problem = wrong
    say, row = sayer(lang), filing_rows(found, lang, today(CN))
    return desk_page(
        request,
        "filing",
        found.system,
        title=say("registry.filing-title", kind=row["kind"], name=system_name(found.system, lang)),
        crumbs=crumbs(found.system, lang, (row["kind"], "")),
        row=row,
        next_steps=[(one, say(f"registry.step-{one}")) for one in filings.may_follow(found)],
        typed={name: request.POST.get(name, "") for name in ("kind", "on", "note")},
        **told(problem, lang),
    )


def _act(request: HttpRequest, found: Filing) -> None:
    given = request.POST
    match given.get("do", ""):
        case "step":
            on = day_typed(given.get("on", ""), "on")
            filings.enter_step(found, given.get("kind", ""), on, given.get("note", ""), who(request))
        case "number":
            filings.renumber(found, given.get("number", ""))
        case "strike":
            step = found.steps.filter(pk=number_typed(given.get("step", ""))).select_related("filing").first()
            if step is None:
                raise RegisterError("registry.no-act")
            filings.strike(step)
        case _:
            raise RegisterError("registry.no-act")
