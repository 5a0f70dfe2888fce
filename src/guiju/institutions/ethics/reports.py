"""The report of a committee on a year, made from its acts; once it was sent in, it is kept as it was sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from guiju.calendars import now
from guiju.institutions.ethics.acting import locked
from guiju.institutions.ethics.composition import composed
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Committee, Condition, Done, Report
from guiju.institutions.ethics.replaying import CountedBallot, counted_ballots, replayed, standing_before
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.people.access import require
from guiju.institutions.people.models import Person
from guiju.procedure import APPLY, MEETING, Rules, Seat, Standing, day_of, running

SCHEMA: Final = "guiju.ethics-report/1"

REPORTED: Final = "reported"
"""What the record calls it that a report was sent in."""

ROUTES: Final = "route"
"""The fact of a case by which procedure it is reviewed."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year at the place of a committee: its acts, and how the committee stood at its end, or stands now."""

    committee: Committee
    rules: Rules
    number: int
    begins: date
    ends: date
    moment: datetime
    acts: Sequence[Done]
    standing: Standing


def year_of(committee: Committee, number: int) -> Year:
    """A year of a committee, up to today where it is not over.

    :raises EthicsError: for a year before it was set up, or one that has not begun.
    """
    rules = rules_of(committee)
    here = ZoneInfo(rules.place)
    today = day_of(rules, now())
    if not committee.founded.year <= number <= today.year:
        raise EthicsError("ethics.no-year", "year", status_code=404, got=number)
    begins, ends = date(number, 1, 1), min(date(number, 12, 31), today)
    first = datetime.combine(begins, time(), here)
    after = datetime.combine(date(number + 1, 1, 1), time(), here)
    over = number < today.year
    standing = standing_before(committee, after) if over else standing_of(committee)
    acts = list(committee.acts.filter(at__gte=first, at__lt=after).order_by("number"))
    return Year(committee, rules, number, begins, ends, min(after, now()), acts, standing)


def report_on(committee: Committee, number: int) -> dict[str, Any]:
    """The report: plain data, in the words of the rules.

    :raises EthicsError: for a year of which there is none.
    """
    year = year_of(committee, number)
    return {
        "schema": SCHEMA,
        "year": number,
        "until": str(year.ends),
        "rules": year.rules.name,
        "registration": {"on": str(committee.registered) if committee.registered else "", "number": committee.registration},
        "members": _members(year),
        "meetings": _meetings(year),
        "steps": _steps(year),
        "decisions": _decisions(year),
        "listed": _listed(year),
        "follow_ups": _follow_ups(year),
        "halted": _halted(year),
        "conditions": _conditions(year),
    }


def _members(year: Year) -> dict[str, Any]:
    seats, on = year.standing.seats.values(), year.ends
    sitting = [one for one in seats if one.runs(on)]
    found = composed(year.rules, sitting)
    came = [one for one in seats if year.begins <= one.begins <= on]
    went = [one for one in seats if year.begins <= _off(one) <= on]
    return {
        "count": found.members,
        "posts": dict(found.posts),
        "kinds": dict(found.kinds),
        "joined": len(came),
        "left": len(went),
        "trained": sum(one.trained_until is not None and one.trained_until >= on for one in sitting),
        "lapsed": sum(one.trained_until is not None and one.trained_until < on for one in sitting),
        "untold": sum(one.trained_until is None for one in sitting),
    }


def _off(seat: Seat) -> date:
    """The first day on which a seat is no longer held."""
    return seat.ends + timedelta(days=1) if seat.ended is None else seat.ended


def _meetings(year: Year) -> dict[str, Any]:
    here = {row.pk for row in year.acts}
    ballots = [one for one in counted_ballots(year.committee) if one.row.pk in here]
    came = Counter(one.ballot.came or "" for one in ballots)
    return {
        "held": sum(row.step == "open" for row in year.acts),
        "by_video": sum(row.step == "open" and row.gives.get("video") is True for row in year.acts),
        "carried": came["carried"],
        "lost": came["lost"],
        "void": [_void(one) for one in ballots if one.ballot.came == "void"],
    }


def _void(one: CountedBallot) -> dict[str, Any]:
    return {"on": str(one.on), "lacks": [{"guard": lack.guard, "words": dict(lack.words)} for lack in one.lacks]}


def _steps(year: Year) -> dict[str, int]:
    """How often each step of a case was taken, in the order of the rules; those of meetings are told apart."""
    taken = Counter(row.step for row in year.acts)
    return {name: taken[name] for name in year.rules.steps if name not in MEETING and (taken[name] or name == APPLY)}


def _decisions(year: Year) -> list[dict[str, Any]]:
    """How many decisions of each outcome, by procedure; where the procedure is not recorded it is left empty."""
    mine, found = {row.pk for row in year.acts}, Counter[tuple[str, str]]()
    for one in replayed(year.committee):
        if one.row.pk in mine and one.row.step in one.rules.deciding:
            outcome = str(one.row.gives.get("outcome", "")) or one.row.step
            found[outcome, str(one.after.cases[one.row.about].facts.get(ROUTES, ""))] += 1
    return [{"outcome": outcome, "route": route, "count": count} for (outcome, route), count in sorted(found.items())]


def _listed(year: Year) -> dict[str, int]:
    listed = {name for name, one in year.standing.cases.items() if one.facts.get("listed") is True}
    applied = {row.about for row in year.acts if row.step in (APPLY, "take_over")}
    return {"applied": len(listed & applied), "all": len(listed)}


def _follow_ups(year: Year) -> dict[str, int]:
    """Reviews that come again and again: how many were made in the year, and how many are past their day at its end."""
    again = {name for one in year.rules.limits if one.every for name in one.until}
    late = {
        one.case
        for name in year.standing.cases
        for one in running(year.rules, year.standing, name, year.moment)
        if one.limit.every and one.over(year.moment, year.rules.place)
    }
    return {"done": sum(row.step in again for row in year.acts), "overdue": len(late)}


def _halted(year: Year) -> dict[str, int]:
    """How many cases were suspended or ended by a step of the year."""
    found: Counter[str] = Counter()
    for row in year.acts:
        step = year.rules.steps.get(row.step)
        if step is not None and row.step != "take_over":
            found[step.to.get(str(row.gives.get("outcome", "")) if step.outcomes else "", "")] += 1
    return {state: found[state] for state in ("suspended", "ended") if state in year.rules.states}


def _conditions(year: Year) -> dict[str, int]:
    """Conditions: set in the year, met in it, open at its end, and past their day then."""
    mine = Condition.objects.filter(case__committee=year.committee, set_by__at__lt=year.moment)
    closed = Q(met_by__at__lt=year.moment) | Q(dropped_by__at__lt=year.moment)
    rows = [row.pk for row in year.acts]
    return {
        "set": mine.filter(set_by__in=rows).count(),
        "met": mine.filter(met_by__in=rows).count(),
        "open": mine.exclude(closed).count(),
        "overdue": mine.exclude(closed).filter(due__lt=day_of(year.rules, year.moment)).count(),
    }


# -- sent in -------------------------------------------------------------------------------------------------------------------


def sent_report(committee: Committee, number: int) -> Report | None:
    """The report on a year as it was sent in; None where it was not."""
    return committee.reports.select_related("by").filter(year=number).first()


@transaction.atomic
def send(committee: Committee, by: Person, number: int, on: date) -> Receipt:
    """Note that the report on a year was sent in on a day; from then on it stays as it now is.

    :raises EthicsError: for a year that is not over, a day that cannot be, or a report that was sent already.
    """
    require(by, "committee.describe", committee.body)
    mine = locked(committee)
    today = day_of(rules_of(mine), now())
    if number >= today.year:
        raise EthicsError("ethics.year-not-over", "sent", got=number)
    if not date(number + 1, 1, 1) <= on <= today:
        raise EthicsError("ethics.sent-day", "sent", got=str(on), year=number)
    if sent_report(mine, number) is not None:
        raise EthicsError("ethics.sent-already", "sent", status_code=409, year=number)
    Report.objects.create(committee=mine, year=number, sent=on, content=report_on(mine, number), at=now(), by=by)
    public = {"committee": mine.body.public_id, "year": number, "on": str(on)}
    return act(f"ethics.{REPORTED}", str(mine.body), by=by.public_id, public=public)
