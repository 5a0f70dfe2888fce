"""The acts of a committee played again one by one: how it stood before each, at a moment, and at each ballot that was counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from guiju.institutions.ethics.models import Committee, Done
from guiju.institutions.ethics.standing import act_of, rules_of
from guiju.procedure import Ballot, Lack, Standing, begin, day_of, lacking, take


def replayed(committee: Committee, before: datetime | None = None) -> Iterator[tuple[Done, Standing, Standing]]:
    """Each act, with the standing before and after it; up to a moment, where one is named."""
    rules = rules_of(committee)
    standing = begin(rules)
    rows = committee.acts.select_related("person").order_by("number")
    for row in rows if before is None else rows.filter(at__lt=before):
        after = take(rules, standing, act_of(row))
        yield row, standing, after
        standing = after


def standing_before(committee: Committee, moment: datetime) -> Standing:
    """How it stood just before a moment."""
    standing = begin(rules_of(committee))
    for _, _, after in replayed(committee, moment):
        standing = after
    return standing


@dataclass(frozen=True, slots=True)
class CountedBallot:
    """A ballot that was counted: at which meeting, on which day; how many were there, and aside; which kinds; what it lacked."""

    row: Done
    meeting: str
    number: int
    on: date
    ballot: Ballot
    present: int
    aside: int
    kinds: Mapping[str, bool]
    video: bool
    lacks: tuple[Lack, ...]


def counted_ballots(committee: Committee) -> list[CountedBallot]:
    """Every ballot that was counted, in order."""
    return [_counted(committee, row, before, after) for row, before, after in replayed(committee) if row.step == "count"]


def _counted(committee: Committee, row: Done, before: Standing, after: Standing) -> CountedBallot:
    rules = rules_of(committee)
    sitting, on = before.sittings[row.about], day_of(rules, row.at)
    ballot = after.sittings[row.about].ballots[-1]
    there = [before.seats[one] for one in sitting.present]
    there = [one for one in there if one.runs(on) and one.post in rules.votes]
    gone = before.aside(before.cases[ballot.case])
    kinds = {one.name: any(one.name in seat.categories for seat in there) for one in rules.categories}
    aside = sum(one.id in gone for one in there)
    lacks = tuple(one for one in lacking(rules, before, act_of(row)) if one.guard in ballot.lacking)
    return CountedBallot(row, row.about, len(sitting.ballots), on, ballot, len(there), aside, kinds, sitting.video, lacks)
