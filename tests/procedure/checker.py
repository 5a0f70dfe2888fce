"""A second opinion: a record of acts read by somebody who knows the law and nothing of the house's code.

It imports nothing of Guiju. From plain JSON alone it says of every decision whether it was validly made, and if not, why.
"""

from datetime import date, datetime, timedelta, timezone
from typing import Any

CHINA = timezone(timedelta(hours=8))
PASSES = ("approve", "approve_after_changes")
NEEDED = {"field", "ethics", "law", "woman", "man", "outside"}


def faults(record: list[dict[str, Any]], leave_quorum: bool = True, leave_base: bool = False) -> list[tuple[str, list[str]]]:
    """Every decision of a record in turn, with what is wrong with it; nothing where it is valid."""
    seats: dict[str, dict[str, Any]] = {}
    rooms: dict[str, dict[str, Any]] = {}
    cases: dict[str, dict[str, Any]] = {}
    found = []
    for act in record:
        step, about, gives = act["step"], act["about"], act["gives"]
        on = datetime.fromisoformat(act["at"]).astimezone(CHINA).date()
        if step == "seat":
            seats[about] = dict(gives)
        elif step == "seat-ended":
            seats[about]["ended"] = gives["on"]
        elif step == "call":
            rooms[about] = {"agenda": gives["agenda"], "in": set(), "interest": {}, "away": {}, "open": False, "ballot": None}
        elif about in rooms:
            meeting(rooms[about], act, seats, cases, on, (leave_quorum, leave_base))
        else:
            new = {"by": act["by"], "seats": seats, "papers": "", "vote": None, "aside": set(), "opinions": {}, "experts": None}
            case = cases.setdefault(about, new)
            decision = handle(case, step, gives, act, seats, on)
            if decision is not None:
                found.append((step, decision))
    return found


def runs(seat: dict[str, Any], on: date) -> bool:
    return date.fromisoformat(seat["begins"]) <= on <= date.fromisoformat(seat["ends"]) and (
        "ended" not in seat or on < date.fromisoformat(seat["ended"])
    )


def away(case: dict[str, Any]) -> set[str]:
    """Seats whose holders have nothing to say in a case: they withdrew, or it is their own."""
    return case["aside"] | {name for name, seat in case["seats"].items() if seat["person"] == case["by"]}


def meeting(
    room: dict[str, Any], act: dict[str, Any], seats: dict[str, Any], cases: dict[str, Any], on: date, leave: tuple[bool, bool]
) -> None:
    step, gives = act["step"], act["gives"]
    if step == "open":
        room |= {"open": True, "in": set(gives["present"]), "chair": gives["chair"], "video": gives.get("video", False)}
    elif step == "arrive":
        room["in"].add(gives["seat"])
    elif step == "depart":
        room["in"].discard(gives["seat"])
    elif step == "declare":
        room["interest"].setdefault(gives["case"], set()).add(gives["seat"])
        if gives.get("withdraws"):
            room["away"].setdefault(gives["case"], set()).add(gives["seat"])
            if gives["case"] in cases:
                cases[gives["case"]]["aside"].add(gives["seat"])
    elif step == "put":
        room["ballot"] = {"case": gives["case"], "motion": gives["motion"], "papers": gives["digest"], "votes": {}}
    elif step == "vote":
        room["ballot"]["votes"][gives["seat"]] = (gives["vote"], act["by"])
    elif step == "count":
        ballot, case = room["ballot"], cases[room["ballot"]["case"]]
        there = {one for one in room["in"] if runs(seats[one], on) and seats[one]["post"] != "secretary"}
        able = there - room["away"].get(ballot["case"], set()) - away(case)
        interested = room["interest"].get(ballot["case"], set())
        chair = seats[room["chair"]]
        votes = {one: vote for one, (vote, by) in ballot["votes"].items() if one in able and seats[one]["person"] == by}
        base = len(able) if leave[1] else len(there)
        case["vote"] = (ballot["motion"], ballot["papers"], [
            *(["quorum"] if len(able if leave[0] else there) < 5 else []),
            *(["category"] if not {kind for one in able for kind in seats[one]["categories"]} >= NEEDED else []),
            *(["majority"] if 3 * sum(vote == "for" for vote in votes.values()) < 2 * base else []),
            *(["recusal"] if interested & able or (interested | away(case)) & set(ballot["votes"]) else []),
            *(["presided"] if room["chair"] not in able or chair["post"] not in ("chair", "deputy") else []),
            *(["video"] if room["video"] else []),
            *(["papers"] if ballot["papers"] != case["papers"] else []),
        ], set(ballot["votes"]))  # fmt: skip
        room["ballot"] = None
    elif step == "close":
        room["ballot"] = None


def handle(
    case: dict[str, Any], step: str, gives: dict[str, Any], act: dict[str, Any], seats: dict[str, Any], on: date
) -> list[str] | None:
    case["papers"] = gives.get("digest", case["papers"])
    if step in ("accept", "uphold_objection", "hand_in_again"):
        case |= {"vote": None, "opinions": {}, "experts": None}
    mine = {name for name, seat in seats.items() if seat["person"] == act["by"] and runs(seat, on)}
    if step == "stand_aside":
        case["aside"] |= mine
    elif step == "name_panel":
        case["opinions"] = dict.fromkeys(gives["panel"], "")
    elif step == "opine":
        case["opinions"] |= dict.fromkeys(mine & set(case["opinions"]), gives["opinion"])
    elif step == "answer_rereview":
        case["experts"] = gives
    elif step == "apply":
        case["listed"] = gives.get("listed")
    case["listed"] = gives.get("listed", case.get("listed"))
    outcome = gives.get("outcome")
    own = ["own case"] if mine & away(case) else []
    if step in ("decide", "pass_initially"):
        if case["vote"] is None:
            return ["no vote"]
        motion, papers, wrong, voters = case["vote"]
        early = ["no re-review"] if step == "decide" and case["listed"] and outcome in PASSES else []
        own = [*own, *(["recusal"] if voters & away(case) else [])]
        changed = ["papers"] if papers != case["papers"] else []
        return [*wrong, *changed, *early, *own, *(["other motion"] if motion != outcome else [])]
    if step == "decide_simplified":
        opinions = case["opinions"]
        unable = [one for one in opinions if one in away(case) or not runs(seats[one], on)]
        few = ["reviewers"] if len(opinions) < 2 or set(opinions.values()) != {"agree"} else []
        return [*few, *(["recusal"] if unable else []), *own]
    if step == "decide_rereviewed":
        group, agreed = set(case["experts"]["group"]), set(case["experts"]["group_for"])
        agrees = case["experts"]["rereview_agrees"]
        ours = {seat["person"] for seat in seats.values()}
        return [
            *(["experts"] if len(group) < 5 or group & ours else []),
            *(["expert majority"] if agrees and 3 * len(agreed & group) < 2 * len(group) else []),
            *(["not as re-reviewed"] if (outcome == "approve") != agrees else []),
            *own,
        ]
    return None
