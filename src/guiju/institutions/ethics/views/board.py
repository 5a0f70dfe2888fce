"""The secretary's board: the cases of a committee by what is due next, its meetings, the pages of the committee itself."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from guiju.calendars import now
from guiju.institutions.ethics.clocks import running_in
from guiju.institutions.ethics.committees import committee_of, newer, owner_of, unit_of
from guiju.institutions.ethics.in_words import (
    capital,
    case_title,
    clock_words,
    committee_name,
    lack_words,
    state_words,
    when_words,
)
from guiju.institutions.ethics.models import Case, Committee
from guiju.institutions.ethics.standing import act_of, rules_of, standing_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.access import right, rights
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.views.asking import private_page
from guiju.procedure import Rules, Running, Standing, day_of, defects, rules_named
from guiju.wording import in_language

AT_ONCE: Final = 50
"""Cases on a page."""

FAR: Final = "9999"


@right(committee_of, owner_of, GET="committee.read")
def board(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:
    """The board; of its cases only those who sit in the committee see anything."""
    say, rules, standing = sayer(lang), rules_of(mine), standing_of(mine)
    allowed = rights(request.user, mine.body)
    chosen = request.GET.get("state", "")
    rows = _cases(mine, rules, standing, chosen, lang) if "committee.case" in allowed else None
    number = _page_number(request, rows or [])
    lacks = defects(rules, standing, day_of(rules, now()))
    return private_page(
        request,
        "ethics/board.html.jinja",
        title=committee_name(mine, lang),
        crumbs=((say("hall.place-desk"), f"/{lang}/desk/"), (say("ethics.title"), reverse("ethics", args=(lang,)))),
        example=mine.body.example,
        unit=name_in(unit_of(mine).name, lang),
        rules=in_language(rules.title, lang),
        rows=rows[(number - 1) * AT_ONCE : number * AT_ONCE] if rows is not None else None,
        number=number,
        last=max(1, -(-len(rows or []) // AT_ONCE)),
        pages=f"?state={chosen}&page=",
        states=_states(rules, standing, lang),
        chosen=chosen if chosen in rules.states else "",
        meetings=_meetings(mine, rules, standing, lang),
        newer=newer(mine),
        edition=reverse("committee-edition", args=(lang, mine.body.public_id)),
        lacks=[lack_words(rules, one, lang) for one in lacks],
        ways=[(say(f"ethics.way-{name}"), reverse(name, args=args)) for name, args in _ways(mine, allowed, lang)],
    )


@right(committee_of, owner_of, GET="committee.case")
def record(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:  # noqa: ARG001  # the view's shape
    """Every act of the committee as the rules play it, so that anybody who has it can play it again.

    Nothing is played here: the record is handed out of a committee whose acts cannot be played, too.
    """
    told = {
        "schema": "guiju.procedure-record/1",
        "committee": mine.body.public_id,
        "rules": mine.rules,
        "edition": site_corpus().edition,
        "place": rules_named(mine.rules, site_corpus()).place,
        "acts": [act_of(one).to_json() | {"edition": one.edition, "chain": one.chain} for one in mine.acts.order_by("number")],
    }
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = f'attachment; filename="record-{mine.body.public_id}.json"'
    return answer


def _ways(mine: Committee, allowed: frozenset[str], lang: str) -> list[tuple[str, tuple[Any, ...]]]:
    """Pages of the committee that the reader may open."""
    here = (lang, mine.body.public_id)
    found: list[tuple[str, tuple[Any, ...], str]] = [
        ("meeting-call", here, "committee.act"),
        ("committee-seats", here, "committee.read"),
        ("committee-charter", here, "committee.read"),
        ("committee-edition", here, "committee.read"),
        ("committee-duties", here, "committee.read"),
        ("committee-report", (*here, day_of(rules_of(mine), now()).year - 1), "committee.read"),
        ("committee-registration", here, "committee.describe"),
        ("ethics-publish-unit", here, "committee.publish"),
        ("committee-record", here, "committee.case"),
        ("committee-templates", here, "committee.set-up"),
        ("committee-import", here, "committee.import"),
    ]
    return [(name, args) for name, args, action in found if action in allowed]


def _cases(mine: Committee, rules: Rules, standing: Standing, chosen: str, lang: str) -> list[dict[str, Any]]:
    held = Case.objects.filter(committee=mine, public_id__in=standing.cases).select_related("applicant")
    rows = [_row(one, rules, standing, lang) for one in held if chosen in ("", standing.cases[one.public_id].state)]
    return sorted(rows, key=lambda one: (one["ended"], one["due"] or FAR, one["title"]))


def _row(case: Case, rules: Rules, standing: Standing, lang: str) -> dict[str, Any]:
    stands = standing.cases[case.public_id]
    clocks = running_in(case.committee, standing).get(case.public_id, ())
    return {
        "title": case_title(case, lang),
        "href": reverse("ethics-case", args=(lang, case.public_id)),
        "state": capital(state_words(rules, stands.state, lang)),
        "applicant": name_in(case.applicant.name, lang),
        "ended": stands.state in rules.final,
        "due": min((str(one.due) for one in clocks), default=""),
        "clocks": [_clock(rules, one, lang) for one in clocks],
    }


def _clock(rules: Rules, one: Running, lang: str) -> dict[str, Any]:
    return clock_words(rules, one, lang)


def _states(rules: Rules, standing: Standing, lang: str) -> list[tuple[str, str, int]]:
    held = [one.state for one in standing.cases.values()]
    return [(state, capital(state_words(rules, state, lang)), held.count(state)) for state in rules.states if state in held]


def _meetings(mine: Committee, rules: Rules, standing: Standing, lang: str) -> list[dict[str, str]]:
    found = mine.meetings.filter(public_id__in=standing.sittings).order_by("-planned", "-pk")[:10]
    return [
        {
            "title": when_words(rules, one.planned, lang),
            "href": reverse("meeting", args=(lang, one.public_id)),
            "state": sayer(lang)(f"ethics.meeting-{standing.sittings[one.public_id].state}"),
        }
        for one in found
    ]


def _page_number(request: HttpRequest, rows: list[Any]) -> int:
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return min(max(number, 1), max(1, -(-len(rows) // AT_ONCE)))
