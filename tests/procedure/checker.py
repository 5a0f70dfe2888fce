"""A second opinion: a record of acts read by somebody who knows the law and nothing of the house's code.

It imports nothing of Guiju. From plain JSON alone it says of every decision whether it was validly made, and if not, why.
What a committee took over from its earlier records is no decision made here, and is told apart from those that are.
"""

from datetime import date, datetime, timedelta, timezone
from typing import Any

CHINA = timezone(timedelta(hours=8))
PASSES = ("approve", "approve_after_changes")
NEEDED = {"field", "ethics", "law", "woman", "man", "outside"}
PRESIDES = ("chair", "deputy")
SIDES = (
    "complete", "replace_papers", "take_back", "ask_rereview", "answer_rereview", "hand_in_changes", "hand_in_again", "object",
    "report_change", "register_listed",
)  # fmt: skip
"""What an applicant or an authority does: whoever does it is of their side."""

APPROVES = {
    "take_over": "taken over", "recognise": "recognised", "decide": "decided", "decide_simplified": "decided",
    "decide_rereviewed": "decided", "waive_rereview": "decided",
}  # fmt: skip


def faults(record: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Every decision of a record in turn, with what is wrong with it; nothing where it is valid."""
    law = {"withdrawn_leave_quorum": True, "withdrawn_leave_base": False, "recognises": False}
    seats: dict[str, dict[str, Any]] = {}
    rooms: dict[str, dict[str, Any]] = {}
    cases: dict[str, dict[str, Any]] = {}
    found = []
    for act in record:
        step, about, gives = act["step"], act["about"], act["gives"]
        on = datetime.fromisoformat(act["at"]).astimezone(CHINA).date()
        if step == "charter":
            law |= gives
        elif step in ("seat", "seat-described"):
            seats[about] = seats.get(about, {}) | gives
        elif step == "seat-ended":
            seats[about]["ended"] = gives["on"]
        elif step == "call":
            rooms[about] = {"agenda": gives["agenda"], "in": set(), "open": False, "ballot": None}
        elif about in rooms:
            meeting(rooms[about], act, seats, cases, on, law)
        else:
            case = cases.setdefault(about, opened(act, seats))
            decision = handle(case, act, seats, on, law)
            if decision is not None:
                found.append((step, decision))
    return found


def approvals(record: list[dict[str, Any]]) -> dict[str, str]:
    """By which way each case that was ever approved last came to it."""
    found = {}
    for act in record:
        way = APPROVES.get(act["step"])
        if way and act["gives"].get("outcome", "approve") in (*PASSES, "approved", "to_change", "suspended"):
            found[act["about"]] = way
    return found


def opened(act: dict[str, Any], seats: dict[str, Any]) -> dict[str, Any]:
    people = {one for who in act["gives"].get("parties", {"applicant": [act["by"]]}).values() for one in who}
    return {
        "people": people, "seats": seats, "papers": "", "vote": None, "aside": set(), "interest": set(), "opinions": {},
        "experts": None, "passed": "", "listed": None, "unit": {}, "decided": False, "authors": set(), "dissent": False,
        "asked": set(), "named": {},
    }  # fmt: skip


def runs(seat: dict[str, Any], on: date) -> bool:
    return date.fromisoformat(seat["begins"]) <= on <= date.fromisoformat(seat["ends"]) and (
        "ended" not in seat or on < date.fromisoformat(seat["ended"])
    )


def away(case: dict[str, Any]) -> set[str]:
    """Seats whose holders have nothing to say in a case: they withdrew, act for a party, wrote its papers, or re-review it."""
    people = case["people"] | case["authors"] | set(case["named"])
    return case["aside"] | {name for name, seat in case["seats"].items() if seat["person"] in people}


def no_chair(case: dict[str, Any], on: date) -> bool:
    """Whether all who could take the chair have an interest, so that another member acts for them."""
    holders = {name for name, seat in case["seats"].items() if seat["post"] in PRESIDES and runs(seat, on)}
    return bool(holders) and holders <= away(case) | case["interest"]


def meeting(
    room: dict[str, Any], act: dict[str, Any], seats: dict[str, Any], cases: dict[str, Any], on: date, law: dict[str, Any]
) -> None:
    step, gives = act["step"], act["gives"]
    if step == "open":
        room |= {"open": True, "in": set(gives["present"]), "chair": gives["chair"], "video": gives.get("video", False)}
    elif step == "arrive":
        room["in"].add(gives["seat"])
    elif step == "depart":
        room["in"].discard(gives["seat"])
    elif step == "preside":
        room["chair"] = gives["seat"]
    elif step == "declare":
        cases[gives["case"]]["aside" if gives.get("withdraws") else "interest"].add(gives["seat"])
    elif step == "put":
        electorate = {one for one in room["in"] if runs(seats[one], on) and seats[one]["post"] != "secretary"}
        room["ballot"] = {
            "case": gives["case"], "motion": gives["motion"], "papers": gives["digest"], "votes": {}, "all": electorate,
        }  # fmt: skip
    elif step == "vote":
        room["ballot"]["votes"][gives["seat"]] = (gives["vote"], act["by"])
    elif step == "count":
        ballot, case = room["ballot"], cases[room["ballot"]["case"]]
        there = {one for one in ballot["all"] if runs(seats[one], on)}
        able = there - away(case)
        post = seats[room["chair"]]["post"]
        votes = {one: vote for one, (vote, by) in ballot["votes"].items() if one in able and seats[one]["person"] == by}
        base = len(able) if law["withdrawn_leave_base"] else len(there)
        case["vote"] = (ballot["motion"], ballot["papers"], [
            *(["quorum"] if len(able if law["withdrawn_leave_quorum"] else there) < 5 else []),
            *(["category"] if not {kind for one in able for kind in seats[one]["categories"]} >= NEEDED else []),
            *(["majority"] if 3 * sum(vote == "for" for vote in votes.values()) < 2 * base else []),
            *(["recusal"] if case["interest"] & able or (case["interest"] | away(case)) & set(ballot["votes"]) else []),
            *(["presided"] if room["chair"] not in able or (post not in PRESIDES and not no_chair(case, on)) else []),
            *(["video"] if room["video"] else []),
            *(["electorate"] if there != ballot["all"] else []),
            *(["papers"] if ballot["papers"] != case["papers"] else []),
        ], set(ballot["votes"]))  # fmt: skip
        room["ballot"] = None
    elif step == "close":
        room["ballot"] = None


def handle(case: dict[str, Any], act: dict[str, Any], seats: dict[str, Any], on: date, law: dict[str, Any]) -> list[str] | None:
    """What an act changes in a case; of a decision, what is wrong with it."""
    step, gives = act["step"], act["gives"]
    read = case["papers"] == gives.get("digest")
    case["papers"] = gives.get("digest", case["papers"])
    case["listed"] = gives.get("listed", case["listed"])
    if step in ("accept", "uphold_objection", "hand_in_again"):
        case |= {"vote": None, "opinions": {}, "experts": None, "dissent": False, "named": {}}
    case["authors"] |= set(gives.get("authors", ()))
    said = {name: gives[name] for name in ("own_unit", "entrusted") if name in gives}
    case["unit"] = case["unit"] | said
    case["decided"] = case["decided"] or "decided_before_on" in gives
    mine = {name for name, seat in seats.items() if seat["person"] == act["by"] and runs(seat, on)}
    if step in SIDES:
        case["people"].add(act["by"])
    elif step == "stand_aside":
        case["aside"] |= mine
    elif step == "name_panel":
        case["opinions"] = dict.fromkeys(gives["panel"], "")
    elif step == "opine":
        case["opinions"] |= dict.fromkeys(mine & set(case["opinions"]), gives["opinion"])
        case["dissent"] = case["dissent"] or gives["opinion"] != "agree"
    elif step == "confirm_initially":
        case["passed"] = case["papers"]
    rereview(case, act, seats, on)
    judge = JUDGES.get(step)
    if judge is None:
        return None
    posts = {seats[one]["post"] for one in mine}
    wrong = [
        *(["own case"] if mine & (away(case) | case["interest"]) else []),
        *(["stand-in"] if not posts & set(PRESIDES) and not no_chair(case, on) else []),
        *(["not entrusted"] if case["unit"] and not any(case["unit"].values()) else []),
        *(["departure"] if gives.get("departs") and not gives.get("departure_explained") else []),
        *judge(case, gives | {"step": step, "read": read}, seats, on, law),
    ]
    case["decided"] = case["decided"] or step != "pass_initially"
    if step == "pass_initially" and gives["outcome"] == "approve":
        case["passed"] = case["papers"]
    return wrong


def rereview(case: dict[str, Any], act: dict[str, Any], seats: dict[str, Any], on: date) -> None:
    """What an act changes in what another authority has of a case, and its experts."""
    step, gives, named = act["step"], act["gives"], case["named"]
    if step == "name_experts":
        case["named"] = {one: named.get(one, "") for one in gives["experts"]}
    elif step == "opine_rereview" and act["by"] in named:
        named[act["by"]] = gives["expert_opinion"]
    elif step == "answer_rereview":
        voted = case["vote"][3] if case["vote"] else set()
        ours = {seat["person"] for name, seat in seats.items() if runs(seat, on) or name in voted}
        asked = bool({act["by"], act["behalf"]} & case["asked"])
        agreeing = {one for one, opinion in named.items() if opinion == "agree"}
        said = not named or (set(gives["group"]), set(gives["group_for"])) == (set(named), agreeing)
        case["experts"] = gives | {"by": act["by"], "ours": ours | case["authors"], "asked": asked, "said": said}
    elif step in ("ask_rereview", "decline_rereview"):
        case["asked"], case["named"] = set(gives["parties"]["authority"]) if step == "ask_rereview" else set(), {}


def by_meeting(case: dict[str, Any], gives: dict[str, Any], *_: Any) -> list[str]:
    if case["vote"] is None:
        return ["no vote"]
    motion, papers, wrong, voters = case["vote"]
    early = gives["step"] == "decide" and case["listed"] and gives["outcome"] in PASSES
    return [
        *wrong,
        *(["papers"] if papers != case["papers"] else []),
        *(["no re-review"] if early else []),
        *(["recusal"] if voters & away(case) else []),
        *(["other motion"] if motion != gives["outcome"] else []),
    ]


def by_reviewers(case: dict[str, Any], gives: dict[str, Any], seats: dict[str, Any], on: date, *_: Any) -> list[str]:
    opinions = case["opinions"]
    unable = [one for one in opinions if one in away(case) | case["interest"] or not runs(seats[one], on)]
    few = ["reviewers"] if len(opinions) < 2 or set(opinions.values()) != {"agree"} else []
    against = ["dissent"] if case["dissent"] else []
    return [*few, *against, *(["recusal"] if unable else []), *([] if gives["read"] else ["papers"])]


def after_experts(case: dict[str, Any], gives: dict[str, Any], *_: Any) -> list[str]:
    answer = case["experts"]
    group, agreed, agrees, ours = set(answer["group"]), set(answer["group_for"]), answer["rereview_agrees"], answer["ours"]
    return [
        *([] if answer["asked"] else ["not asked"]),
        *([] if answer["said"] else ["not as the experts said"]),
        *(["experts"] if len(group) < 5 or group & ours else []),
        *(["expert majority"] if agrees and 3 * len(agreed & group) < 2 * len(group) else []),
        *(["not as re-reviewed"] if (gives["outcome"] == "approve") != agrees else []),
        *(["same centre"] if answer["centre_reviewed_it"] or answer["by"] in ours else []),
        *(["papers"] if case["papers"] != case["passed"] else []),
    ]


def waived(case: dict[str, Any], gives: dict[str, Any], *_: Any) -> list[str]:
    no_ground = not (gives["approval_with_ethics_condition"] or gives["already_regulated"])
    return [*(["no waiver"] if no_ground else []), *(["papers"] if case["papers"] != case["passed"] else [])]


def by_another(case: dict[str, Any], gives: dict[str, Any], seats: dict[str, Any], on: date, law: dict[str, Any]) -> list[str]:
    del seats, on
    kept = not law["recognises"] or case["listed"] is not False or case["decided"] or not gives["recognised_decision"]
    return [*(["not recognised"] if kept else []), *([] if gives["read"] else ["papers"])]


JUDGES = {
    "decide": by_meeting, "pass_initially": by_meeting, "decide_simplified": by_reviewers, "decide_rereviewed": after_experts,
    "waive_rereview": waived, "recognise": by_another,
}  # fmt: skip
