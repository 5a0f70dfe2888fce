"""The first page of ethics review at the desk: my committees, my organisation's cases, re-reviews that were asked of us."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.institutions.ethics.experts import asked_of
from guiju.institutions.ethics.in_words import capital, case_title, committee_name, state_words
from guiju.institutions.ethics.models import Case, Committee
from guiju.institutions.ethics.standing import rules_of, standings_of
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.access import may, organisations_where
from guiju.institutions.people.access.roles import current_seats
from guiju.institutions.people.models import Body, Person
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.views.asking import private_page, who
from guiju.institutions.register.systems import organisations_of
from guiju.procedure import Standing


def listed(request: HttpRequest, lang: str) -> HttpResponse:
    """Everything of ethics review that somebody has to do with."""
    say, person = sayer(lang), who(request)
    organisations = organisations_of(person)
    return private_page(
        request,
        "ethics/list.html.jinja",
        title=say("ethics.title"),
        crumbs=((say("hall.place-desk"), f"/{lang}/desk/"), (say("ethics.title"), "")),
        committees=[
            (committee_name(one, lang), reverse("committee", args=(lang, one.body.public_id))) for one in committees_of(person)
        ],
        to_set_up=[
            (name_in(one.name, lang), reverse("committee-set-up", args=(lang, one.public_id)))
            for one in Body.objects.filter(organisation__in=organisations, ended=None, committee=None).order_by("pk")
            if may(person, "committee.set-up", one)
        ],
        applies=[
            (name_in(one.name, lang), reverse("application-new", args=(lang, one.handle)))
            for one in organisations
            if may(person, "application.write", one)
        ],
        cases=_rows(Case.objects.filter(applicant__in=organisations_where(person, "application.read")), "application", lang),
        rereviews=_rows(Case.objects.filter(authority__in=organisations_where(person, "re-review.read")), "re-review", lang),
        opinions=_rows(Case.objects.filter(pk__in=[one.pk for one, _ in asked_of(person)]), "re-review-opinion", lang),
    )


def committees_of(person: Person) -> list[Committee]:
    """The committees in which somebody has a seat, or whose organisation they administer."""
    found = Committee.objects.select_related("body__organisation").filter(body__ended=None)
    seats = found.filter(body__in=current_seats().filter(person=person).values("body"))
    administered = found.filter(body__organisation__in=organisations_where(person, "committee.set-up"))
    return list((seats | administered).distinct().order_by("pk"))


def _rows(cases: Any, address: str, lang: str) -> list[dict[str, str]]:
    found = list(cases.select_related("committee__body__organisation", "applicant").order_by("-pk")[:100])
    standings = standings_of(one.committee for one in found)
    return [_row(one, standings.get(one.committee_id), address, lang) for one in found]


def _row(case: Case, standing: Standing | None, address: str, lang: str) -> dict[str, str]:
    say, rules = sayer(lang), rules_of(case.committee)
    stands = standing.cases.get(case.public_id) if standing else None
    without = say("ethics.state-draft") if standing else say("ethics.state-unplayable")
    return {
        "title": case_title(case, lang),
        "href": reverse(address, args=(lang, case.public_id)),
        "state": capital(state_words(rules, stands.state, lang) if stands else without),
        "committee": committee_name(case.committee, lang),
    }
