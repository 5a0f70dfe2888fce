"""The acts of a committee played again one by one: how it stood before each, at a moment, and at each ballot that was counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from guiju.institutions.ethics.composition import kinds_held
from guiju.institutions.ethics.models import Committee, Done
from guiju.institutions.ethics.standing import Played, act_of, played, rules_of
from guiju.procedure import Ballot, Lack, Rules, Sitting, Standing, begin, day_of, known, lacking
from guiju.procedure.meeting import in_room


def replayed(committee: Committee, before: datetime | None = None) -> Iterator[Played]:
    """Each act, with the standing before and after it; up to a moment, where one is named."""
    rows = committee.acts.select_related("person").order_by("number")
    return played(committee, rows if before is None else rows.filter(at__lt=before))


def standing_before(committee: Committee, moment: datetime) -> Standing:
    """How it stood just before a moment."""
    standing = begin(rules_of(committee))
    for one in replayed(committee, moment):
        standing = one.after
    return standing


@dataclass(frozen=True, slots=True)
class CountedBallot:
    """A ballot that was counted: at which meeting, on which day; how the committee stood, what was known, what it lacked.

    ``facts``: what its rules could ask of the count. ``kinds``: whether a member of each kind took part; None where it cannot be
    said, because somebody was not described, or only members who stood aside are of that kind.
    """

    row: Done
    meeting: str
    number: int
    on: date
    ballot: Ballot
    before: Standing
    facts: Mapping[str, Any]
    kinds: Mapping[str, bool | None]
    lacks: tuple[Lack, ...]


def counted_ballots(committee: Committee) -> list[CountedBallot]:
    """Every ballot that was counted, in order."""
    return [_counted(one) for one in replayed(committee) if one.row.step == "count"]


def _counted(one: Played) -> CountedBallot:
    row, rules, before, after = one.row, one.rules, one.before, one.after
    sitting, on = before.sittings[row.about], day_of(rules, row.at)
    ballot = after.sittings[row.about].ballots[-1]
    facts = known(rules, before, act_of(row), on).values
    lacks = tuple(one for one in lacking(rules, before, act_of(row)) if one.guard in ballot.lacking)
    kinds = _took_part(rules, before, sitting, ballot, on)
    return CountedBallot(row, row.about, len(sitting.ballots), on, ballot, before, facts, kinds, lacks)


def _took_part(rules: Rules, before: Standing, sitting: Sitting, ballot: Ballot, on: date) -> dict[str, bool | None]:
    room, gone = in_room(rules, before, sitting, on), before.aside(before.cases[ballot.case])
    there = kinds_held(rules, room)
    able = kinds_held(rules, [one for one in room if one.id not in gone])
    return {name: able[name] if able[name] or not there[name] else None for name in there}
