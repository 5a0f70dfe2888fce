"""Setting a committee up, and its charter: by which rules it reviews, and what it chose where they leave a choice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import CalendarError, now, parse_day
from guiju.institutions.ethics import committees
from guiju.institutions.ethics.committees import committee_of, owner_of
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.in_words import basis_words, committee_crumbs, committee_name, heading, when_words, who_words
from guiju.institutions.ethics.models import Committee
from guiju.institutions.ethics.standing import CHARTER, rules_of, standing_of
from guiju.institutions.ethics.views.charter_fields import drawn, read_charter, typed_of, value_words
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people.access import right, rights
from guiju.institutions.people.models import Body
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.views.asking import TAKEN, Field, Form, Typed, asked, desk_crumb, private_page, who
from guiju.institutions.people.views.body_pages import find_body
from guiju.institutions.register.views.forms import onward, told
from guiju.procedure import Rules, builtin_rules, day_of, rules_named
from guiju.wording import GuijuError, in_language


@right(find_body, GET="committee.set-up", POST="committee.set-up")
def set_up(request: HttpRequest, lang: str, mine: Body) -> HttpResponse:
    """Make a committee of a body: first by which rules and since when, then its charter."""
    if Committee.objects.filter(body=mine).exists():
        return onward(reverse("committee-charter", args=(lang, mine.public_id)))
    if request.GET.get("rules", "") in builtin_rules():
        return _second(request, lang, mine, rules_named(request.GET["rules"], site_corpus()))
    return _first(request, lang, mine)


def _crumbs(mine: Body, lang: str) -> tuple[tuple[str, str], ...]:
    return (desk_crumb(lang), (sayer(lang)("ethics.title"), reverse("ethics", args=(lang,))), (name_in(mine.name, lang), ""))


def _first(request: HttpRequest, lang: str, mine: Body) -> HttpResponse:
    say = sayer(lang)
    offered = {name: in_language(rules_named(name, site_corpus()).title, lang) for name in builtin_rules()}
    only = next(iter(offered)) if len(offered) == 1 else ""
    options = [(name, title, "") for name, title in offered.items()]
    fields = [
        Field("rules", say("ethics.field-rules"), "radio", only, say("ethics.field-rules-help"), options, required=True),
        Field("founded", say("ethics.field-founded"), "date", help=say("ethics.field-founded-help"), required=True),
    ]
    back = reverse("ethics", args=(lang,))
    form = Form("setup", fields, _crumbs(mine, lang), back, {"name": name_in(mine.name, lang)}, prefix="ethics")

    def do(typed: Typed) -> HttpResponse:
        if typed["rules"] not in offered:
            raise EthicsError("ethics.no-rules", "rules")
        founded = _founded(str(typed["founded"]), rules_named(typed["rules"], site_corpus()))
        return onward(f"{request.path}?{urlencode({'rules': typed['rules'], 'founded': founded})}")

    return asked(request, lang, form, do)


def _founded(typed: str, rules: Rules) -> date:
    """The day it was set up.

    :raises EthicsError: for what is no day, or one that cannot be.
    """
    found = day_typed(typed, "founded")
    if not committees.FIRST_DAY <= found <= day_of(rules, now()):
        raise EthicsError("ethics.founded-day", "founded", got=str(found))
    return found


def day_typed(typed: str, field: str) -> date:
    """A day of a form.

    :raises EthicsError: for what is none.
    """
    try:
        return parse_day(typed.strip())
    except CalendarError:
        raise EthicsError("ethics.committee-day-shape", field, got=typed.strip()[:20] or "–") from None


def _second(request: HttpRequest, lang: str, mine: Body, rules: Rules) -> HttpResponse:
    """The charter of a committee to be: as the rules have it, until something else is chosen."""
    say, problem = sayer(lang), None
    typed: Mapping[str, Any] = typed_of(rules, {name: one.default for name, one in rules.parameters.items()})
    if request.method == "POST":
        typed = request.POST.dict()
        try:
            founded = _founded(request.GET.get("founded", ""), rules)
            _, receipt = committees.set_up(mine, who(request), rules.name, founded, read_charter(rules, typed))
            here = reverse("committee", args=(lang, mine.public_id))
            return shown_once(request, receipt, here, say("ethics.setup-next"), title=say("ethics.setup-done"), zone=rules.place)
        except TAKEN as wrong:
            problem = wrong
    wrong_at = told(problem, lang)
    return private_page(
        request,
        "ethics/committee_charter.html.jinja",
        title=say("ethics.setup-charter-title", name=name_in(mine.name, lang)),
        crumbs=_crumbs(mine, lang),
        rules=in_language(rules.title, lang),
        lead=say("ethics.charter-lead"),
        fields=drawn(rules, typed, lang, wrong_at["error_at"]),
        stands=[],
        history=[],
        go=say("ethics.setup-charter-go"),
        back=request.path,
        **wrong_at,
    )


@right(committee_of, owner_of, GET="committee.read", POST="committee.set-up")
def charter(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:
    """The charter as it stands, how it came to be so; administrators change it."""
    say, rules, problem = sayer(lang), rules_of(mine), None
    typed: Mapping[str, Any] = typed_of(rules, standing_of(mine).charter)
    if request.method == "POST":
        typed = request.POST.dict()
        try:
            taken = committees.change_charter(mine, who(request), read_charter(rules, typed))
            title, then = say("ethics.charter-done"), say("ethics.charter-next")
            return shown_once(request, taken.receipt, request.path, then, title=title, zone=rules_of(mine).place)
        except TAKEN as wrong:
            problem = wrong
    return _charter_page(request, lang, mine, rules, typed, problem)


def _charter_page(
    request: HttpRequest, lang: str, mine: Committee, rules: Rules, typed: Mapping[str, Any], problem: GuijuError | None
) -> HttpResponse:
    say, wrong_at = sayer(lang), told(problem, lang)
    may_change = "committee.set-up" in rights(request.user, mine.body)
    values = standing_of(mine).charter
    return private_page(
        request,
        "ethics/committee_charter.html.jinja",
        title=say("ethics.charter-title", name=committee_name(mine, lang)),
        crumbs=committee_crumbs(mine, lang, (say("ethics.way-committee-charter"), "")),
        example=mine.body.example,
        rules=in_language(rules.title, lang),
        lead=say("ethics.charter-lead" if may_change else "ethics.charter-read"),
        fields=drawn(rules, typed, lang, wrong_at["error_at"]) if may_change else [],
        stands=[
            (heading(one.words, lang), value_words(values.get(name), lang), basis_words(one.basis, lang))
            for name, one in rules.parameters.items()
        ],
        history=_history(mine, rules, lang),
        go=say("ethics.charter-go"),
        back=reverse("committee", args=(lang, mine.body.public_id)),
        **wrong_at,
    )


def _history(mine: Committee, rules: Rules, lang: str) -> list[dict[str, Any]]:
    """Every change, the newest first: who, when, and what it says since; of the first only what differs from the rules."""
    rows = list(mine.acts.filter(step=CHARTER).select_related("person").order_by("number"))
    before: dict[str, Any] = {name: one.default for name, one in rules.parameters.items()}
    found = []
    for row in rows:
        changed = {name: value for name, value in row.gives.items() if before.get(name) != value and name in rules.parameters}
        says = [
            sayer(lang)("ethics.charter-says", what=heading(rules.parameters[name].words, lang), value=value_words(value, lang))
            for name, value in changed.items()
        ]
        before |= row.gives
        found.append({"when": when_words(rules, row.at, lang), "who": who_words(row, lang), "says": says})
    return found[::-1]
