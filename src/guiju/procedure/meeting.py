"""A meeting: called, opened, people coming and going, interests declared, motions put, votes, counts, and its end.

A meeting is held as it was held. What it lacks (a quorum, a category, somebody who presides) makes the count of a ballot void and
is named in it; it is never made as if it had not been.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from guiju.procedure.errors import ProcedureError
from guiju.procedure.rules import Lack, Rules
from guiju.procedure.standing import MEETING, VOTES, Act, Ballot, Came, Case, Seat, Sitting, Standing


def in_room(rules: Rules, standing: Standing, sitting: Sitting, on: date) -> list[Seat]:
    """Who is in the room with a seat that runs on a day and a vote; while a ballot is open, those of its electorate."""
    among = sitting.present if sitting.ballot is None else sitting.ballot.electorate
    found = (standing.seats[one] for one in sorted(among) if one in standing.seats)
    return [one for one in found if one.runs(on) and one.post in rules.votes]


def held(rules: Rules, standing: Standing, act: Act, lacks: tuple[Lack, ...], on: date) -> Standing:
    """The standing after a step of a meeting, on a day; ``lacks``: what does not hold and does not keep it from being taken."""
    if act.step == "call":
        sitting = Sitting(act.about, "called", tuple(map(str, act.gives.get("agenda", ()))), on)
        return _with(standing, sitting)
    sitting = standing.sittings[act.about]
    if act.step == "count":
        return _counted(standing, sitting, lacks)
    changed = _with(standing, _changed(rules, standing, sitting, act, on))
    if act.step == "declare" and act.gives.get("withdraws") is True:
        case = _case(standing, act.gives["case"])  # who withdrew once takes no part later either
        aside = replace(case, conflicted=case.conflicted | {str(act.gives["seat"])})
        return replace(changed, cases={**changed.cases, case.id: aside})
    return changed


def _with(standing: Standing, sitting: Sitting) -> Standing:
    return replace(standing, sittings={**standing.sittings, sitting.id: sitting})


def _changed(rules: Rules, standing: Standing, sitting: Sitting, act: Act, on: date) -> Sitting:
    given = act.gives
    match act.step:
        case "open":
            there = frozenset(_seat(standing, one) for one in given.get("present", ()))
            chair = _seat(standing, given.get("chair", ""))
            return replace(sitting, state="open", on=on, present=there, chair=chair, video=given.get("video") is True)
        case "arrive":
            return replace(sitting, present=sitting.present | {_seat(standing, given.get("seat", ""))})
        case "depart":
            return replace(sitting, present=sitting.present - {_seat(standing, given.get("seat", ""))})
        case "preside":
            if "case" in given:
                _case(standing, given["case"])
            return replace(sitting, chair=_seat(standing, given.get("seat", "")))
        case "declare":
            return _declared(standing, sitting, given)
        case "put":
            return _put(rules, standing, sitting, given, on)
        case "vote":
            return _voted(sitting, given)
        case "close":
            return replace(sitting, state="closed", ballots=tuple(one for one in sitting.ballots if one.came is not None))
        case _:
            raise ProcedureError("procedure.unknown-step", got=act.step, known=sorted(MEETING))


def _seat(standing: Standing, named: Any) -> str:
    if str(named) not in standing.seats:
        raise ProcedureError("procedure.no-seat", got=str(named))
    return str(named)


def _case(standing: Standing, named: Any) -> Case:
    if str(named) not in standing.cases:
        raise ProcedureError("procedure.no-case", got=str(named))
    return standing.cases[str(named)]


def _declared(standing: Standing, sitting: Sitting, given: Mapping[str, Any]) -> Sitting:
    seat, about = _seat(standing, given.get("seat", "")), _case(standing, given.get("case", "")).id
    return replace(sitting, declared={**sitting.declared, about: sitting.declared.get(about, frozenset()) | {seat}})


def _put(rules: Rules, standing: Standing, sitting: Sitting, given: Mapping[str, Any], on: date) -> Sitting:
    motion, case = str(given.get("motion", "")), _case(standing, given.get("case", ""))
    if motion not in rules.motions:
        raise ProcedureError("procedure.no-motion", got=motion, known=list(rules.motions))
    electorate = frozenset(one.id for one in in_room(rules, standing, sitting, on))
    made = Ballot(case.id, motion, str(given.get("digest", "")), case.round, electorate=electorate)
    return replace(sitting, ballots=(*sitting.ballots, made))


def _open_ballot(sitting: Sitting) -> Ballot:
    if sitting.ballot is None:
        raise ProcedureError("procedure.no-ballot", got=sitting.id)
    return sitting.ballot


def _voted(sitting: Sitting, given: Mapping[str, Any]) -> Sitting:
    ballot, vote = _open_ballot(sitting), given.get("vote")
    if vote not in VOTES:
        raise ProcedureError("procedure.no-vote", got=str(vote), known=list(VOTES))
    return sitting.with_ballot(replace(ballot, votes={**ballot.votes, str(given["seat"]): vote}))


def _counted(standing: Standing, sitting: Sitting, lacks: tuple[Lack, ...]) -> Standing:
    ballot = _open_ballot(sitting)
    void = tuple(one.guard for one in lacks if one.then == "void")
    came: Came = "void" if void else "lost" if lacks else "carried"
    done = replace(ballot, came=came, lacking=void or tuple(one.guard for one in lacks))
    case = standing.cases[ballot.case]
    changed = _with(standing, sitting.with_ballot(done))
    return replace(changed, cases={**changed.cases, case.id: replace(case, last=done)})
