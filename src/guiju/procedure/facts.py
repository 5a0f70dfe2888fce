"""What can be asked of a body, a meeting and a case, and what is known of it: the names that guards are written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from guiju.calendars import DateRange
from guiju.logic import BoolType, EnumType, Interval, NumberType, OneOf, Rows, SetOf, Truth, Type, Value, unknown_name
from guiju.procedure.rules import Category, Rules
from guiju.procedure.standing import MEETING, Act, Ballot, Case, Seat, Sitting, Standing

_PEOPLE: Final = NumberType("person")
_TIMES: Final = NumberType("time")

FACTS: Final[Mapping[str, Type]] = {
    "members": _PEOPLE, "chairs": _PEOPLE, "deputies": _PEOPLE,
    "present": _PEOPLE, "withdrawn": _PEOPLE, "counted": _PEOPLE, "base": _PEOPLE, "declared_staying": _PEOPLE,
    "votes_for": _PEOPLE, "votes_against": _PEOPLE, "abstained": _PEOPLE,
    "presided": BoolType(), "by_video": BoolType(), "file_same": BoolType(), "on_agenda": BoolType(), "ballot_open": BoolType(),
    "voter_present": BoolType(), "voter_free": BoolType(), "voter_trained": BoolType(), "voter_new": BoolType(),
    "panel": _PEOPLE, "panel_given": _PEOPLE, "panel_other": _PEOPLE, "panel_unable": _PEOPLE, "on_panel": BoolType(),
    "group": _PEOPLE, "group_for": _PEOPLE, "group_of_body": _PEOPLE,
    "carried": BoolType(), "file_as_carried": BoolType(), "outcome_as_carried": BoolType(), "file_new": BoolType(),
    "under_review": BoolType(), "own_seat": BoolType(), "opinion_new": BoolType(),
    "until_given": BoolType(), "decided_before": BoolType(),
    "voters_aside": _PEOPLE, "file_as_decided": BoolType(), "file_named": BoolType(), "authority_apart": BoolType(),
    "file_since_decision": BoolType(), "decider_apart": BoolType(),
}  # fmt: skip
"""What the engine itself works out; a case's own facts, the charter (``charter.NAME``) and ``times.STEP`` come beside them.

``counted``: members who count for the quorum; ``base``: of whom the share of a majority is taken; both as the charter reads what
the law leaves open. ``panel_other``: opinions that do not agree; ``panel_unable``: reviewers without a seat, or with an interest.
``file_*``: whether what is decided on is what was put, and what was put is what was handed in last.
"""

ROWS: Final[Mapping[str, Type]] = {"needed": BoolType(), "held": BoolType(), "there": BoolType(), "professional": BoolType()}
"""Of each of the ``categories``: whether the charter asks for one at each decision, the body has one, one takes part."""


@dataclass(frozen=True, slots=True)
class RulesScope:
    """The names that may stand in a guard of some rules."""

    facts: Mapping[str, Type]
    row: bool = False

    def type_of(self, path: str) -> Type:
        """The type of a name."""
        found = self.facts.get(path)
        if found is None:
            raise unknown_name(path, self.facts)
        return found

    def row_scope(self, relation: str) -> RulesScope:
        """The categories, as seen from one of them."""
        if relation != "categories" or self.row:
            raise unknown_name(relation, ["categories"])
        return RulesScope(ROWS, row=True)


def names_of(facts: Mapping[str, Type], charter: Mapping[str, Type], steps: Sequence[str], motions: Sequence[str]) -> RulesScope:
    """The scope of rules with such facts, such a charter, such steps and motions."""
    found = {**FACTS, **facts, **{f"charter.{name}": kind for name, kind in charter.items()}}
    found |= {f"times.{name.replace('-', '_')}": _TIMES for name in steps}
    if motions:
        found["outcome"] = EnumType(tuple(motions))
    return RulesScope(found)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a step is asked for; a name without a value is unknown."""

    values: Mapping[str, Any]
    categories: tuple[Known, ...] = ()

    def value(self, path: str) -> Value | None:
        """What is known of a name."""
        return _as_value(self.values.get(path))

    def rows(self, relation: str) -> Rows:
        """The categories, all of them."""
        del relation
        return Rows(self.categories, closed=True)

    def date_of(self, provision: str) -> DateRange | None:
        """No legal day is asked for here."""
        del provision
        return None

    def norm(self, question: str, norm: str) -> Truth:
        """No other norm is asked here."""
        del question, norm
        return Truth.UNKNOWN


def _as_value(found: Any) -> Value | None:
    if found is None:
        return None
    if isinstance(found, bool):
        return Truth.of(found)
    if isinstance(found, int):
        return Interval.just(Decimal(found))
    if isinstance(found, str):
        return OneOf.just(found)
    return SetOf(frozenset(found), closed=True)


# -- worked out ------------------------------------------------------------------------------------------------------------------


def known(rules: Rules, standing: Standing, act: Act, on: date) -> Known:
    """Everything a guard may ask about an act on a day."""
    sitting = standing.sittings.get(act.about) if act.step in MEETING else None
    ballot = _ballot(standing, sitting, act)
    case = standing.cases.get(ballot.case if ballot else str(act.gives.get("case", act.about)))
    seats = standing.sitting_seats(on)
    values: dict[str, Any] = dict(_of_body(seats))
    if case is not None:
        values |= case.facts
        values |= {f"times.{one.replace('-', '_')}": case.counted.get(one, 0) for one in rules.steps}
        values |= _of_case(standing, case, act, on)
        values["under_review"] = "decide" in rules.steps and case.state in rules.steps["decide"].states
    else:
        values |= {f"times.{one.replace('-', '_')}": 0 for one in rules.steps}
    if sitting is not None:
        seat = standing.seats.get(str(act.gives.get("seat", "")))
        values["own_seat"] = seat is not None and seat.person == act.by
        values |= _of_sitting(standing, sitting, ballot, act, on)
    if act.step not in MEETING:
        values |= {name: act.gives[name] for name in (*rules.facts, *rules.said, "outcome") if name in act.gives}
    values |= {f"charter.{name}": standing.charter.get(name) for name in rules.parameters}
    there = _taking_part(standing, sitting, ballot, on) if sitting else []
    rows = tuple(_row(one, seats, there, standing.charter) for one in rules.categories)
    return Known(values, rows)


def _of_body(seats: Sequence[Seat]) -> Iterator[tuple[str, int]]:
    voting = [one for one in seats if one.post != "secretary"]
    yield "members", len(voting)
    yield "chairs", sum(one.post == "chair" for one in seats)
    yield "deputies", sum(one.post == "deputy" for one in seats)


def _row(category: Category, seats: Sequence[Seat], there: Sequence[Seat], charter: Mapping[str, Any]) -> Known:
    every = charter.get("quorum_categories", "all") == "all"
    return Known(
        {
            "needed": category.sits and (every or category.professional),
            "held": any(category.name in one.categories for one in seats),
            "there": any(category.name in one.categories for one in there),
            "professional": category.professional,
        }
    )


def _ballot(standing: Standing, sitting: Sitting | None, act: Act) -> Ballot | None:
    """The ballot an act is about: the open one, or the one it puts."""
    if sitting is None:
        return None
    if act.step == "put":
        case = standing.cases.get(str(act.gives.get("case", "")))
        about, motion, digest = (str(act.gives.get(one, "")) for one in ("case", "motion", "digest"))
        return Ballot(about, motion, digest, case.round if case else 0)
    return sitting.ballot


def _room(standing: Standing, sitting: Sitting, on: date) -> list[Seat]:
    """Who is in the room with a seat that runs and a vote."""
    found = (standing.seats[one] for one in sorted(sitting.present) if one in standing.seats)
    return [one for one in found if one.runs(on) and one.post != "secretary"]


def _taking_part(standing: Standing, sitting: Sitting, ballot: Ballot | None, on: date) -> list[Seat]:
    """Who of them has not withdrawn from the case, at the meeting or before."""
    case = standing.cases.get(ballot.case) if ballot else None
    gone = sitting.withdrawn.get(case.id, frozenset()) | standing.aside(case) if case else frozenset()
    return [one for one in _room(standing, sitting, on) if one.id not in gone]


def _of_sitting(standing: Standing, sitting: Sitting, ballot: Ballot | None, act: Act, on: date) -> dict[str, Any]:
    room, able = _room(standing, sitting, on), _taking_part(standing, sitting, ballot, on)
    presided = any(one.id == sitting.chair and one.post in ("chair", "deputy") for one in able)
    found: dict[str, Any] = {
        "present": len(room),
        "withdrawn": len(room) - len(able),
        "counted": len(able if standing.charter.get("withdrawn_leave_quorum", True) else room),
        "base": len(able if standing.charter.get("withdrawn_leave_base", False) else room),
        "presided": presided,
        "by_video": sitting.video,
        "ballot_open": sitting.ballot is not None,
        "on_agenda": (ballot.case if ballot else str(act.gives.get("case", ""))) in sitting.agenda,
    }
    if ballot is None:
        return found
    case = standing.cases.get(ballot.case)
    declared = standing.declared(case) if case else frozenset()
    valid = {seat: vote for seat, vote in ballot.votes.items() if any(one.id == seat for one in able)}
    return found | {
        "votes_for": sum(vote == "for" for vote in valid.values()),
        "votes_against": sum(vote == "against" for vote in valid.values()),
        "abstained": sum(vote == "abstain" for vote in valid.values()),
        "declared_staying": len([one for one in able if one.id in declared] + [one for one in ballot.votes if one in declared]),
        "file_same": case is not None and bool(ballot.digest) and (ballot.digest, ballot.round) == (case.digest, case.round),
        **_of_voter(standing, sitting, ballot, act, on),
    }


def _of_voter(standing: Standing, sitting: Sitting, ballot: Ballot, act: Act, on: date) -> dict[str, Any]:
    seat = standing.seats.get(str(act.gives.get("seat", "")))
    if act.step != "vote" or seat is None:
        return {}
    case = standing.cases.get(ballot.case)
    aside = standing.declared(case) | standing.aside(case) if case else frozenset()
    return {
        "voter_present": seat.person == act.by and any(one.id == seat.id for one in _room(standing, sitting, on)),
        "voter_free": seat.id not in aside,
        "voter_trained": seat.trained_until is not None and on <= seat.trained_until,
        "voter_new": seat.id not in ballot.votes,
    }


def _of_case(standing: Standing, case: Case, act: Act, on: date) -> dict[str, Any]:
    named = act.gives.get("panel")
    panel = list(case.panel) if named is None else [str(one) for one in named]
    aside = standing.aside(case) | standing.declared(case)
    voting = {one.id for one in standing.sitting_seats(on) if one.post != "secretary"}
    unable = [one for one in panel if one not in voting or one in aside]
    group = frozenset(map(str, act.gives["group"])) if "group" in act.gives else case.group
    agreed = frozenset(map(str, act.gives["group_for"])) if "group_for" in act.gives else case.group_for
    last = case.last
    mine = {one.id for one in standing.seats.values() if one.person == act.by}
    ours = {one.person for one in standing.sitting_seats(on)} | case.parties.get("applicant", frozenset())
    opined = [one for one in case.panel.values() if one]
    return {
        "panel": len(set(panel)),
        "panel_given": len(opined),
        "panel_other": sum(one != "agree" for one in opined),
        "panel_unable": len(unable),
        "on_panel": any(one.id in case.panel for one in standing.seats_of(act.by, on)),
        "group": len(group),
        "group_for": len(agreed & group),
        "group_of_body": len(group & ours),
        "carried": last is not None and last.came == "carried",
        "file_as_carried": last is not None and last.digest == case.digest,
        "outcome_as_carried": last is not None and last.motion == act.gives.get("outcome"),
        "until_given": "until" in act.gives and str(act.gives["until"]) > str(on),
        "opinion_new": not any(case.panel.get(one) for one in mine),
        "decided_before": bool(case.decided_on),
        "voters_aside": len(last.votes.keys() & aside) if last is not None else 0,
        "file_as_decided": bool(case.decided_on) and case.digest == case.decided_on,
        "file_named": bool(case.digest) and act.gives.get("digest") == case.digest,
        "authority_apart": not frozenset(map(str, act.gives.get("parties", {}).get("authority", ()))) & ours,
        "file_since_decision": bool(case.decided_on) and case.digest != case.decided_on,
        "file_new": bool(act.gives.get("digest")) and act.gives.get("digest") != case.digest,
        "decider_apart": act.by not in case.parties.get("applicant", frozenset()) and not aside & mine,
    }
