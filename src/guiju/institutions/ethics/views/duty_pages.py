"""The page of a committee's own duties: whoever governs bears duties too, and they are answered by the same engine."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.assess.report_parts import Duty
from guiju.calendars import now, words
from guiju.institutions.ethics.assessed import Answered, answered
from guiju.institutions.ethics.committees import committee_of, owner_of, unit_of
from guiju.institutions.ethics.in_words import committee_crumbs, committee_name
from guiju.institutions.ethics.models import Committee
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.rule_addresses import rule_address
from guiju.institutions.people.access import right, rights
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.views.asking import private_page
from guiju.institutions.register.limits import calendar_in_words
from guiju.procedure import day_of

SURE = ("no", "unknown", "yes")


@right(committee_of, owner_of, GET="committee.read")
def duties(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:
    """What is asked of the committee and its unit, whether it is met, and on what of the record that rests."""
    say, rules = sayer(lang), rules_of(mine)
    on = day_of(rules, now())
    found = answered(mine, on, lang)
    reads_cases = "committee.case" in rights(request.user, mine.body)
    whole = (*found.own, *found.unit, *found.meetings, *found.cases)
    return private_page(
        request,
        "ethics/committee_duties.html.jinja",
        title=say("ethics.duties-title", name=committee_name(mine, lang)),
        crumbs=committee_crumbs(mine, lang, (say("ethics.way-committee-duties"), "")),
        example=mine.body.example,
        on=words(on, lang),
        counts=[(value, _count(whole, value)) for value in SURE],
        groups=_groups(mine, found, reads_cases, lang),
        calendar=calendar_in_words(rules.law, lang),
        left_aside=[
            (say("ethics.duties-left-aside", case=one.case), one.names) for one in (found.left_aside if reads_cases else ())
        ],
        more=[*_more(found, lang), *(say("ethics.duties-unread", case=one) for one in (found.unread if reads_cases else ()))],
        cases_hidden=bool(found.cases) and not reads_cases,
        report=reverse("committee-report", args=(lang, mine.body.public_id, on.year - 1)),
    )


def _count(duties_: Sequence[Duty], value: str) -> int:
    return sum(one.met == value for one in duties_)


def _groups(mine: Committee, found: Answered, reads_cases: bool, lang: str) -> list[dict[str, Any]]:
    """The duties under their headings; those of cases only for who may read the cases, else their counts alone."""
    say = sayer(lang)
    wanted = [
        ("own", say("ethics.duties-own"), found.own, True),
        ("unit", say("ethics.duties-unit", unit=name_in(unit_of(mine).name, lang)), found.unit, True),
        ("meetings", say("ethics.duties-meetings"), found.meetings, True),
        ("cases", say("ethics.duties-cases"), found.cases, reads_cases),
    ]
    return [
        {"id": name, "title": title, "norms": _by_norm(group, name in ("meetings", "cases"), open_, lang)}
        for name, title, group, open_ in wanted
        if group
    ]


def _by_norm(group: Sequence[Duty], many: bool, open_: bool, lang: str) -> list[dict[str, Any]]:
    order = {norm: place for place, norm in enumerate(dict.fromkeys(one.norm for one in group))}
    held = groupby(sorted(group, key=lambda one: order[one.norm]), key=lambda one: one.norm)
    return [_norm(norm, list(rows), many, open_, lang) for norm, rows in held]


def _norm(norm: str, rows: Sequence[Duty], many: bool, open_: bool, lang: str) -> dict[str, Any]:
    first = rows[0]
    return {
        "summary": first.summary,
        "clause": first.clause,
        "href": rule_address(lang, norm),
        "checked": first.checked,
        "left_out": first.left_out,
        "counts": [(value, _count(rows, value)) for value in SURE] if many else [],
        "rows": rows if open_ else [],
        "many": many,
    }


def _more(found: Answered, lang: str) -> list[str]:
    """What the page does not answer."""
    say = sayer(lang)
    lines = [say("ethics.duties-more-ballots", count=found.more_ballots)] if found.more_ballots else []
    lines += [say("ethics.duties-more-cases", count=found.more_cases)] if found.more_cases else []
    lines += [say("ethics.duties-memory", count=found.from_memory)] if found.from_memory else []
    return lines
