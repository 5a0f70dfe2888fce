"""The page of the report on a year: made from the record, printed, and noted as sent in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import now, words
from guiju.institutions.ethics import reports
from guiju.institutions.ethics.committees import committee_of, owner_of, unit_of
from guiju.institutions.ethics.duties import REPORT, owes, report_day
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.in_words import basis_words, committee_crumbs, committee_name, heading, outcome_words
from guiju.institutions.ethics.models import Committee, Report
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.ethics.views.charter_fields import choice_words
from guiju.institutions.ethics.views.charter_pages import day_typed
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.hall.rule_addresses import rule_address
from guiju.institutions.people.access import right, rights
from guiju.institutions.people.models import Body
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.views.asking import TAKEN, private_page, who
from guiju.institutions.register.limits import clause_of, left_in_words
from guiju.institutions.register.views.forms import onward, told
from guiju.procedure import Rules, day_of
from guiju.wording import GuijuError, codes, in_language

Facts = list[tuple[str, Any]]


def year_named(body: str, year: int) -> tuple[Committee, int]:
    """The committee of an address, and the year it names."""
    return committee_of(body), year


def owner_of_year(found: tuple[Committee, int]) -> Body:
    """Whose a report is."""
    return owner_of(found[0])


@right(year_named, owner_of_year, GET="committee.read", POST="committee.describe")
def report(request: HttpRequest, lang: str, found: tuple[Committee, int]) -> HttpResponse:
    """The report on a year: as it was sent in, or as the record now has it."""
    mine, year = found
    if year < mine.founded.year and request.method != "POST":
        return onward(reverse("committee-report", args=(lang, mine.body.public_id, mine.founded.year)))
    problem: GuijuError | None = None
    if request.method == "POST":
        try:
            receipt = reports.send(mine, who(request), year, day_typed(request.POST.get("sent", ""), "sent"))
            return shown_once(request, receipt, request.path, sayer(lang)("ethics.report-sent-next"), zone=rules_of(mine).place)
        except TAKEN as wrong:
            problem = wrong
    sent = reports.sent_report(mine, year)
    try:
        content = sent.content if sent else reports.report_on(mine, year)
    except EthicsError:
        raise Http404 from None
    return _page(request, lang, mine, year, content, sent, problem)


def _page(
    request: HttpRequest,
    lang: str,
    mine: Committee,
    year: int,
    content: Mapping[str, Any],
    sent: Report | None,
    problem: GuijuError | None,
) -> HttpResponse:
    say, rules = sayer(lang), rules_of(mine)
    on = day_of(rules, now())
    title = say("ethics.report-title", name=committee_name(mine, lang), year=year)
    back = reverse("committee", args=(lang, mine.body.public_id))
    return private_page(
        request,
        "ethics/committee_report.html.jinja",
        title=title,
        crumbs=committee_crumbs(mine, lang, (say("ethics.report-crumb", year=year), "")),
        example=mine.body.example,
        unit=name_in(unit_of(mine).name, lang),
        rules=in_language(rules.title, lang),
        until=words(date.fromisoformat(str(content["until"])), lang),
        over=year < on.year,
        sections=_sections(content, rules, lang),
        void=_void(content, rules, lang),
        decisions=_decisions(content, rules, lang),
        sent=words(sent.sent, lang) if sent else "",
        due=_due(mine, year, on, lang) if not sent else None,
        may_send="committee.describe" in rights(request.user, mine.body) and not sent and year < on.year,
        typed=request.POST.get("sent", ""),
        years=_years(mine, year, on, lang),
        back=back,
        **told(problem, lang),
    )


def _years(mine: Committee, year: int, on: date, lang: str) -> list[tuple[int, str]]:
    """The reports on other years, the newest first."""
    first = max(mine.founded.year, on.year - 10)
    return [
        (one, reverse("committee-report", args=(lang, mine.body.public_id, one)))
        for one in range(on.year, first - 1, -1)
        if one != year
    ]


def _due(mine: Committee, year: int, on: date, lang: str) -> dict[str, str] | None:
    """By when it is to be sent, and by which clause."""
    day, rules = report_day(year, on), rules_of(mine)
    if day is None or not owes(rules, REPORT):
        return None
    left = left_in_words(day, on, rules.law, lang)
    state = "overdue" if day < on else "running"
    return {
        "due": words(day, lang),
        "left": left,
        "clause": clause_of(REPORT, lang),
        "href": rule_address(lang, REPORT),
        "state": state,
    }


# -- the sections --------------------------------------------------------------------------------------------------------------


def _sections(content: Mapping[str, Any], rules: Rules, lang: str) -> list[tuple[str, str, Facts]]:
    say = sayer(lang)
    made = {
        "members": _members(content["members"], rules, lang),
        "meetings": _counted(content["meetings"], "meetings", ("held", "by_video", "carried", "lost"), lang),
        "cases": [
            *((heading(rules.steps[name].words, lang), count) for name, count in content["steps"].items() if name in rules.steps),
            *_counted(content["listed"], "listed", ("applied", "all"), lang),
        ],
        "after": [
            *_counted(content["follow_ups"], "follow", ("done", "overdue"), lang),
            *_counted(content["halted"], "halted", ("suspended", "ended"), lang),
            *_counted(content["conditions"], "conditions", ("set", "met", "open", "overdue"), lang),
        ],
    }
    return [(name, say(f"ethics.report-{name}"), facts) for name, facts in made.items()]


def _counted(held: Mapping[str, Any], family: str, names: tuple[str, ...], lang: str) -> Facts:
    return [(sayer(lang)(f"ethics.report-{family}-{name}"), held[name]) for name in names if name in held]


def _members(held: Mapping[str, Any], rules: Rules, lang: str) -> Facts:
    say = sayer(lang)
    kinds = {one.name: heading(one.words, lang) for one in rules.categories}
    posts = [(heading(rules.roles.get(post, {}), lang) or post, count) for post, count in held["posts"].items()]
    return [
        (say("ethics.report-members-count"), held["count"]),
        *posts,
        *((kinds.get(name, name), count) for name, count in held["kinds"].items()),
        *_counted(held, "members", ("joined", "left", "trained", "lapsed", "untold"), lang),
    ]


def _void(content: Mapping[str, Any], rules: Rules, lang: str) -> list[dict[str, Any]]:
    """Ballots that were void: on which day, by which clauses."""
    return [
        {
            "on": words(date.fromisoformat(one["on"]), lang),
            "lacks": [
                {"words": in_language(lack["words"], lang), "basis": basis_words(rules.guards[lack["guard"]].basis, lang)}
                for lack in one["lacks"]
                if lack["guard"] in rules.guards
            ],
        }
        for one in content["meetings"]["void"]
    ]


def _decisions(content: Mapping[str, Any], rules: Rules, lang: str) -> list[list[Any]]:
    say = sayer(lang)

    def outcome(name: str) -> str:
        if name in rules.steps:
            return heading(rules.steps[name].words, lang)
        return outcome_words(name, lang) if f"ethics.outcome-{name}" in codes(lang) else name

    def route(name: str) -> str:
        code = f"ethics.value-{name}"
        return say("ethics.report-no-route") if not name else say(code) if code in codes(lang) else choice_words(name, lang)

    return [[outcome(one["outcome"]), route(one["route"]), one["count"]] for one in content["decisions"]]
