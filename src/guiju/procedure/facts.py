"""What can be asked of a body, a meeting and a case, and what is known of it: the names that guards are written in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from guiju.calendars import DateRange
from guiju.logic import BoolType, EnumType, Interval, NumberType, OneOf, Rows, SetOf, Truth, Type, Value, evaluate, unknown_name
from guiju.procedure.given import AGREES, EARLIER
from guiju.procedure.meeting import in_room
from guiju.procedure.roles import AUTHOR, case_of, day_of, roles_of, speaks
from guiju.procedure.rules import Category, Rules
from guiju.procedure.standing import MEETING, Act, Ballot, Case, Seat, Sitting, Standing
from guiju.procedure.timing import running_limit

_PEOPLE: Final = NumberType("person")
_TIMES: Final = NumberType("time")

FACTS: Final[Mapping[str, Type]] = {
    "members": _PEOPLE, "terms_over": _PEOPLE, "body_days": NumberType("day"),
    "present": _PEOPLE, "withdrawn": _PEOPLE, "counted": _PEOPLE, "base": _PEOPLE, "declared_staying": _PEOPLE,
    "seats_lost": _PEOPLE,
    "votes_for": _PEOPLE, "votes_against": _PEOPLE, "abstained": _PEOPLE,
    "presided": BoolType(), "by_video": BoolType(), "file_same": BoolType(), "on_agenda": BoolType(), "ballot_open": BoolType(),
    "lost_here": BoolType(),
    "voter_present": BoolType(), "voter_free": BoolType(), "voter_trained": BoolType(), "voter_new": BoolType(),
    "panel": _PEOPLE, "panel_given": _PEOPLE, "panel_other": _PEOPLE, "panel_unable": _PEOPLE, "on_panel": BoolType(),
    "panel_dissent": _PEOPLE,
    "group": _PEOPLE, "group_for": _PEOPLE, "group_of_body": _PEOPLE, "group_as_said": BoolType(), "experts_dropped": _PEOPLE,
    "carried": BoolType(), "file_as_carried": BoolType(), "outcome_as_carried": BoolType(), "file_new": BoolType(),
    "under_review": BoolType(), "own_seat": BoolType(), "opinion_new": BoolType(),
    "until_given": BoolType(), "extension_days": NumberType("day"), "decided_before": BoolType(),
    "voters_aside": _PEOPLE, "file_as_decided": BoolType(), "file_named": BoolType(), "authority_apart": BoolType(),
    "file_since_decision": BoolType(), "decider_apart": BoolType(),
    "presiders_aside": BoolType(), "may_preside": BoolType(), "other_decision_named": BoolType(),
    "earlier": EnumType(("none", "accepted", "decided", "later")),
}  # fmt: skip
"""What the engine itself works out. Beside them come a case's own facts, its ``state`` and the one ``before``, the charter
(``charter.NAME``), how often a step was taken in this round (``times.STEP``), how many hold a post (``posts.POST``), and as what
somebody acts (``acts_as.ROLE``).

``counted``: members who count for the quorum; ``base``: of whom the share of a majority is taken; both as the charter reads what
the law leaves open; ``seats_lost``: who was there when the motion was put and has no seat any more. ``panel_other``: opinions
that do not agree; ``panel_dissent``: reviewers who did not in this round, also on papers that were replaced since;
``panel_unable``: reviewers without a seat, or with an interest. ``group_as_said``: whether the experts of a re-review and those
who agree are as they said themselves, where they were named to; ``experts_dropped``: who said something and is named no more.
``extension_days``: how much later than a limit ends it is to end.
``file_*``: whether what is decided on is what was put, and what was put is what was handed in last. ``terms_over``: seats of a
longer term than may be; ``presiders_aside``: whether all who have a post that presides are aside in the case; ``earlier``: of
which earlier step an act that takes a case over states the day (``later``: a day that has not come).
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


def names_of(facts: Mapping[str, Type], charter: Mapping[str, Type], words: Mapping[str, Sequence[str]]) -> RulesScope:
    """The scope of rules with such facts, such a charter, and such ``steps``, ``posts``, ``roles``, ``states``, ``outcome``."""
    found = {**FACTS, **facts, **{f"charter.{name}": kind for name, kind in charter.items()}}
    found |= {_name("times", name): _TIMES for name in words["steps"]}
    found |= {_name("posts", name): _PEOPLE for name in words["posts"]}
    found |= {_name("acts_as", name): BoolType() for name in words["roles"]}
    found |= {name: EnumType(tuple(words["states"])) for name in ("state", "before") if words["states"]}
    if words["outcome"]:
        found["outcome"] = EnumType(tuple(words["outcome"]))
    return RulesScope(found)


def _name(kind: str, name: str) -> str:
    return f"{kind}.{name.replace('-', '_')}"


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
    case = case_of(rules, standing, act, ballot.case if ballot else str(act.gives.get("case", "")))
    seats = standing.sitting_seats(on)
    values: dict[str, Any] = _of_body(rules, standing, seats, on)
    if case is not None:
        values |= case.facts
        values |= _of_case(rules, standing, case, act, on)
    values |= {_name("times", one): case.counted.get(one, 0) if case else 0 for one in rules.steps}
    acting = roles_of(rules, standing, act)
    values |= {_name("acts_as", one): one in acting for one in rules.roles}
    if sitting is not None:
        seat = standing.seats.get(str(act.gives.get("seat", "")))
        values["own_seat"] = seat is not None and seat.person == act.by
        values |= _of_sitting(rules, standing, sitting, ballot, act, on)
    if act.step not in MEETING:
        values |= {name: act.gives[name] for name in (*rules.facts, *rules.said, "outcome") if name in act.gives}
    values |= {f"charter.{name}": standing.charter.get(name) for name in rules.parameters}
    there = _taking_part(rules, standing, sitting, ballot, on) if sitting else []
    members = [one for one in seats if one.post in rules.votes]
    rows = tuple(_row(one, members, there, standing.charter) for one in rules.categories)
    if case is not None and "until" in act.gives:
        values |= _of_extension(rules, standing, case, act, on, Known(values, rows))
    return Known(values, rows)


def _of_body(rules: Rules, standing: Standing, seats: Sequence[Seat], on: date) -> dict[str, Any]:
    years = standing.charter.get("term_years")
    return {
        "members": sum(one.post in rules.votes for one in seats),
        "body_days": (on - day_of(rules, standing.began)).days if standing.began else 0,
        "terms_over": sum(_anniversary(one.begins, years) <= one.ends for one in seats) if isinstance(years, int) else None,
        **{_name("posts", post): sum(one.post == post for one in seats) for post in rules.posts},
    }


def _anniversary(day: date, years: int) -> date:
    """The same day some years later; for 29 February, where there is none, the day after the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _row(category: Category, members: Sequence[Seat], there: Sequence[Seat], charter: Mapping[str, Any]) -> Known:
    every = charter.get("quorum_categories", "all") == "all"
    return Known(
        {
            "needed": category.sits and (every or category.professional),
            "held": any(category.name in one.categories for one in members),
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


def _taking_part(rules: Rules, standing: Standing, sitting: Sitting, ballot: Ballot | None, on: date) -> list[Seat]:
    """Who of them has not withdrawn from the case, at the meeting or before."""
    case = standing.cases.get(ballot.case) if ballot else None
    gone = standing.aside(case) if case else frozenset()
    return [one for one in in_room(rules, standing, sitting, on) if one.id not in gone]


def _presiders_aside(rules: Rules, standing: Standing, case: Case, on: date) -> bool:
    """Whether somebody has a post that presides, and all who do are aside in a case or declared an interest in it."""
    aside = standing.aside(case) | standing.declared(case)
    holders = [one.id for one in standing.sitting_seats(on) if one.post in rules.presides]
    return bool(holders) and aside.issuperset(holders)


def _presides(rules: Rules, standing: Standing, seat: Seat, case: Case | None, on: date) -> bool:
    """Whether a seat may take the chair, for a case where one is named: by its post, or where nobody who has one may."""
    if case is None:
        return seat.post in rules.presides
    free = seat.id not in standing.aside(case) | standing.declared(case)
    return free and (seat.post in rules.presides or _presiders_aside(rules, standing, case, on))


def _of_sitting(rules: Rules, standing: Standing, sitting: Sitting, ballot: Ballot | None, act: Act, on: date) -> dict[str, Any]:
    room, able = in_room(rules, standing, sitting, on), _taking_part(rules, standing, sitting, ballot, on)
    about = standing.cases.get(ballot.case if ballot else str(act.gives.get("case", "")))
    named = str(act.gives.get("seat", ""))
    presided = any(one.id == sitting.chair and _presides(rules, standing, one, about, on) for one in able)
    found: dict[str, Any] = {
        "present": len(room),
        "withdrawn": len(room) - len(able),
        "counted": len(able if standing.charter.get("withdrawn_leave_quorum", True) else room),
        "base": len(able if standing.charter.get("withdrawn_leave_base", False) else room),
        "presided": presided,
        "may_preside": any(one.id == named and _presides(rules, standing, one, about, on) for one in room),
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
        "seats_lost": len(ballot.electorate - {one.id for one in room}),
        "declared_staying": len([one for one in able if one.id in declared] + [one for one in ballot.votes if one in declared]),
        "lost_here": _lost_here(sitting, ballot),
        "file_same": case is not None and bool(ballot.digest) and (ballot.digest, ballot.round) == (case.digest, case.round),
        **_of_voter(rules, standing, sitting, ballot, act, on),
    }


def _lost_here(sitting: Sitting, ballot: Ballot) -> bool:
    """Whether the same motion on the same papers was lost at this meeting already."""
    same = (ballot.case, ballot.round, ballot.motion, ballot.digest)
    return any((one.case, one.round, one.motion, one.digest) == same for one in sitting.ballots if one.came == "lost")


def _of_voter(rules: Rules, standing: Standing, sitting: Sitting, ballot: Ballot, act: Act, on: date) -> dict[str, Any]:
    seat = standing.seats.get(str(act.gives.get("seat", "")))
    if act.step != "vote" or seat is None:
        return {}
    case = standing.cases.get(ballot.case)
    aside = standing.declared(case) | standing.aside(case) if case else frozenset()
    return {
        "voter_present": seat.person == act.by and any(one.id == seat.id for one in in_room(rules, standing, sitting, on)),
        "voter_free": seat.id not in aside,
        "voter_trained": seat.trained_until is not None and on <= seat.trained_until,
        "voter_new": seat.id not in ballot.votes,
    }


def _of_case(rules: Rules, standing: Standing, case: Case, act: Act, on: date) -> dict[str, Any]:
    last, aside = case.last, standing.aside(case) | standing.declared(case)
    mine = {one.id for one in standing.seats.values() if one.person == act.by}
    return {
        "state": case.state,
        "before": case.before or None,
        "under_review": "decide" in rules.steps and case.state in rules.steps["decide"].states,
        "carried": last is not None and last.came == "carried",
        "outcome_as_carried": last is not None and last.motion == act.gives.get("outcome"),
        "until_given": False,
        "decided_before": bool(case.decided_on),
        "voters_aside": len(last.votes.keys() & aside) if last is not None else 0,
        "presiders_aside": _presiders_aside(rules, standing, case, on),
        "decider_apart": not any(act.by in who for who in case.parties.values()) and not aside & mine,
        "other_decision_named": "recognised_decision" in act.gives,
        "earlier": _earlier(rules, standing, act, on),
        **_of_papers(case, act),
        **_of_panel(rules, standing, case, act, on),
        **_of_experts(standing, case, act, on),
    }


def _of_papers(case: Case, act: Act) -> dict[str, bool]:
    given = act.gives.get("digest")
    return {
        "file_as_carried": case.last is not None and case.last.digest == case.digest,
        "file_as_decided": bool(case.decided_on) and case.digest == case.decided_on,
        "file_since_decision": bool(case.decided_on) and case.digest != case.decided_on,
        "file_named": bool(case.digest) and given == case.digest,
        "file_new": bool(given) and given != case.digest,
    }


def _of_panel(rules: Rules, standing: Standing, case: Case, act: Act, on: date) -> dict[str, Any]:
    named = act.gives.get("panel")
    panel = list(case.panel) if named is None else [str(one) for one in named]
    aside = standing.aside(case) | standing.declared(case)
    voting = {one.id for one in standing.sitting_seats(on) if one.post in rules.votes}
    opined = [one for one in case.panel.values() if one]
    mine = {one.id for one in standing.seats.values() if one.person == act.by}
    return {
        "panel": len(set(panel)),
        "panel_given": len(opined),
        "panel_other": sum(one != "agree" for one in opined),
        "panel_dissent": len(case.dissent),
        "panel_unable": len([one for one in panel if one not in voting or one in aside]),
        "on_panel": any(one.id in case.panel for one in standing.seats_of(act.by, on)),
        "opinion_new": not any(case.panel.get(one) for one in mine),
    }


def _of_experts(standing: Standing, case: Case, act: Act, on: date) -> dict[str, Any]:
    """Of the other body and its experts.

    ``ours``, who may not be among them: the committee, who voted, the applicant, and who wrote the papers.
    """
    given, bureau = act.gives, case.parties.get("authority", frozenset())
    named = given.get("group", given.get("experts"))
    group = case.group if named is None else frozenset(map(str, named))
    agreed = frozenset(map(str, given["group_for"])) if "group_for" in given else case.group_for
    voted = case.last.votes if case.last else {}
    members = {one.person for one in standing.seats.values() if one.runs(on) or one.id in voted}
    ours = members.union(*(case.parties.get(one, frozenset()) for one in ("applicant", AUTHOR)))
    authority = {str(one) for one in given.get("parties", {}).get("authority", ())} | ({act.by} if speaks(act, bureau) else set())
    opined = {one for one, opinion in case.experts.items() if opinion}
    for_it = {one for one in opined if case.experts[one] == AGREES}
    return {
        "group": len(group),
        "group_for": len(agreed & group),
        "group_of_body": len(group & ours),
        "group_as_said": not case.experts or (group == set(case.experts) and agreed == for_it),
        "experts_dropped": len(opined - group) if "experts" in given else 0,
        "authority_apart": not authority & ours,
    }


def _earlier(rules: Rules, standing: Standing, act: Act, on: date) -> str:
    """Which earlier day an act states; ``later``, where it is none from before the body began here."""
    first = min(on, day_of(rules, standing.began)) if standing.began else on
    days = {name: date.fromisoformat(act.gives[given]) for name, given in EARLIER.items() if given in act.gives}
    if any(one > first for one in days.values()):
        return "later"
    return next(iter(days), "none")


def _of_extension(rules: Rules, standing: Standing, case: Case, act: Act, on: date, facts: Known) -> dict[str, Any]:
    """Whether a step extends some limits to a day later than those on which they end without it, and by how many days."""
    meant = [one for one in rules.limits if one.extended_by == act.step and evaluate(one.when, facts) is not Truth.FALSE]
    ends = [one.due for limit in meant if (one := running_limit(rules, standing, case, limit)) is not None]
    if not ends:
        return {"until_given": False}
    until = date.fromisoformat(act.gives["until"])
    return {"until_given": until > max(on, *ends), "extension_days": (until - max(ends)).days}
