"""Meetings: called, and held step by step; what a count would lack now, as the rules work it out, and never otherwise.

Steps that depend on what somebody had before their eyes (a vote, a count) name the ballot they mean, so that nobody votes on a
motion that was put meanwhile. With a motion and a count go, in words, what was shown and what was found at that moment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction

from guiju.calendars import now
from guiju.institutions.ethics.acting import Taken, brought_up, do, locked
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Case, Committee, Done, Meeting
from guiju.institutions.ethics.precedents import precedents
from guiju.institutions.ethics.standing import moment_of, rules_of, standing_of, standings_of
from guiju.institutions.ethics.telling import tell_called
from guiju.institutions.hall.acts import act
from guiju.institutions.people.access import opened
from guiju.institutions.people.access.roles import current_seats
from guiju.institutions.people.models import Body, Person
from guiju.procedure import Act, Ballot, Lack, ProcedureError, Rules, Seat, Sitting, Standing, day_of, in_room, known, lacking

LONGEST_PLACE: Final = 200
LONGEST_NOTES: Final = 20_000
LONGEST_LINE: Final = 200
MOST_ADVISERS: Final = 20
LATEST: Final = timedelta(days=730)
"""How far ahead a meeting can be called."""

TALLY: Final = ("votes_for", "votes_against", "abstained", "present", "withdrawn", "counted", "base")
"""What is kept of a count, as it was found."""

AT_MEETINGS: Final = ("quorum_categories", "withdrawn_leave_quorum", "withdrawn_leave_base")
"""The choices of a charter that bear on who counts at a meeting, by the names under which the engine reads them."""


def meeting_of(meeting: str) -> Meeting:
    """The meeting of an address.

    :raises Http404: where there is none.
    """
    found = Meeting.objects.select_related("committee__body__organisation").filter(public_id=meeting)
    return opened(found.first())  # type: ignore[no-any-return]


def owner_of(meeting: Meeting) -> Body:
    """The body that meets."""
    return meeting.committee.body


def sitting_of(meeting: Meeting, standing: Standing | None = None) -> Sitting:
    """How a meeting stands."""
    return (standing or standing_of(meeting.committee)).sittings[meeting.public_id]


def acts_of(meeting: Meeting) -> list[Done]:
    """What was done at a meeting, in order."""
    found = Done.objects.filter(committee=meeting.committee, about=meeting.public_id)
    return list(found.select_related("person", "committee").order_by("number"))


def cases_of(ids: Sequence[str]) -> list[Case]:
    """Cases by their names, in that order."""
    found = Case.objects.select_related("committee__body__organisation", "applicant").filter(public_id__in=ids)
    held = {one.public_id: one for one in found}
    return [held[one] for one in ids if one in held]


# -- calling -------------------------------------------------------------------------------------------------------------------


def under_review(committee: Committee) -> list[Case]:
    """The cases on which a motion can be put, by what the rules ask for one."""
    rules, standing = rules_of(committee), standing_of(committee)
    found = [one for one in standing.cases if can_be_put(rules, standing, one)]
    return sorted(cases_of(found), key=lambda one: one.number)


def can_be_put(rules: Rules, standing: Standing, case: str) -> bool:
    """Whether a motion on a case could be put at a meeting with nothing else on its agenda, by somebody who presides."""
    at, played = moment_of(standing), standing.cases[case]
    tried = replace(standing, sittings={"-": Sitting("-", "open", (case,), day_of(rules, at))})
    gives = {"case": case, "digest": played.digest}
    acts = [Act("put", at, _presider(rules, standing, at), "-", {**gives, "motion": one}) for one in rules.motions]
    return any(_nothing_keeps(rules, tried, one) for one in acts)


def _presider(rules: Rules, standing: Standing, at: datetime) -> str:
    seats = sorted(standing.sitting_seats(day_of(rules, at)), key=lambda one: one.post not in rules.presides)
    return seats[0].person if seats else ""


def _nothing_keeps(rules: Rules, standing: Standing, act: Act) -> bool:
    try:
        return all(one.then != "refuse" for one in lacking(rules, standing, act))
    except ProcedureError:
        return False


@transaction.atomic
def call(
    committee: Committee, person: Person, planned: datetime, where: str, agenda: Sequence[str], *, video: bool = False
) -> tuple[Meeting, Taken]:
    """Call a meeting, and write to whoever has a seat on its day.

    :raises EthicsError: for a moment that is over or too far ahead, a place too long, or an agenda without a case under review.
    :raises ProcedureError: where the person does not call meetings.
    """
    mine = locked(committee)
    place = " ".join(where.replace("\0", "").split())
    if not now() <= planned <= now() + LATEST:
        raise EthicsError("ethics.meeting-moment", "day", days=LATEST.days)
    if len(place) > LONGEST_PLACE:
        raise EthicsError("ethics.too-long", "where", most=LONGEST_PLACE)
    if not place and not video:
        raise EthicsError("ethics.meeting-nowhere", "where")
    reviewed = {one.public_id for one in under_review(mine)}
    if not agenda or not reviewed.issuperset(agenda):
        raise EthicsError("ethics.meeting-agenda", "agenda")
    made = Meeting.objects.create(committee=mine, planned=planned, where=place, made=now())
    words = {"where": place, "planned": planned.isoformat(), "video": video}
    taken = do(mine, person, "call", made.public_id, {"agenda": list(dict.fromkeys(agenda))}, words)
    tell_called(made, taken)
    return made, taken


@dataclass(frozen=True, slots=True)
class Next:
    """A meeting that waits for somebody: when, and whether it is open and they can vote now."""

    meeting: Meeting
    open: bool
    can_vote: bool


def next_of(person: Person) -> list[Next]:
    """The meetings of somebody's committees that are called or open, the next first."""
    over = Done.objects.filter(step="close").values("about")
    found = Meeting.objects.filter(committee__body__in=current_seats().filter(person=person).values("body"))
    rows = list(found.exclude(public_id__in=over).select_related("committee__body__organisation").order_by("planned", "pk"))
    standings = standings_of(one.committee for one in rows)
    return [_next(one, standings[one.committee_id], person) for one in rows if one.committee_id in standings]


def _next(meeting: Meeting, standing: Standing, person: Person) -> Next:
    is_open = sitting_of(meeting, standing).state == "open"
    return Next(meeting, is_open, is_open and can_vote(meeting, standing, person))


# -- what is asked of the rules ------------------------------------------------------------------------------------------------


def _facts(rules: Rules, standing: Standing, act: Act) -> Mapping[str, Any]:
    return known(rules, standing, act, day_of(rules, act.at)).values


def seat_of(committee: Committee, standing: Standing, person: Person) -> Seat | None:
    """The seat that somebody has in the committee now."""
    return next(iter(standing.seats_of(person.public_id, day_of(rules_of(committee), moment_of(standing)))), None)


def seats_now(committee: Committee, standing: Standing) -> list[Seat]:
    """The seats that run now: those that preside first, then those that vote."""
    rules = rules_of(committee)
    order = list(dict.fromkeys((*rules.presides, *rules.votes, *rules.posts)))
    found = standing.sitting_seats(day_of(rules, moment_of(standing)))
    return sorted(found, key=lambda one: order.index(one.post))


def kept_from(
    meeting: Meeting, standing: Standing, person: Person, step: str, gives: Mapping[str, Any]
) -> tuple[Lack, ...] | None:
    """What keeps somebody from a step of a meeting now; None where it is not theirs, or does not follow."""
    act = Act(step, moment_of(standing), person.public_id, meeting.public_id, gives)
    try:
        return tuple(one for one in lacking(rules_of(meeting.committee), standing, act) if one.then == "refuse")
    except ProcedureError:
        return None


def can_vote(meeting: Meeting, standing: Standing, person: Person) -> bool:
    """Whether somebody can vote in the ballot that is open."""
    seat = seat_of(meeting.committee, standing, person)
    return seat is not None and kept_from(meeting, standing, person, "vote", {"seat": seat.id, "vote": "for"}) == ()


@dataclass(frozen=True, slots=True)
class Quorum:
    """What a count on a case would find now: who counts, of how many needed, what makes it void, what carries a motion.

    ``least``: votes in favour that carry a motion; None where no number would. ``missing``: categories of whom nobody takes part.
    """

    case: str
    counted: int
    needed: int | None
    present: int
    withdrawn: int
    base: int
    presided: bool
    missing: tuple[str, ...]
    void: tuple[Lack, ...]
    least: int | None
    voted: int


def quorum(meeting: Meeting, standing: Standing, case: str) -> Quorum:
    """What a count on a case of the agenda would find now, with the motion that is open or, where none is, with any."""
    rules = rules_of(meeting.committee)
    tried = _with_ballot(meeting, standing, case)
    act = Act("count", moment_of(standing), _counter(rules, tried, moment_of(standing)), meeting.public_id)
    found = known(rules, tried, act, day_of(rules, act.at))
    values = found.values
    rows = zip(rules.categories, found.categories, strict=True)
    ballot = sitting_of(meeting, tried).ballot
    return Quorum(
        case,
        values["counted"],
        values.get("charter.quorum") if isinstance(values.get("charter.quorum"), int) else None,
        values["present"],
        values["withdrawn"],
        values["base"],
        values["presided"],
        tuple(one.name for one, row in rows if row.values["needed"] and not row.values["there"]),
        tuple(one for one in _lacks(rules, tried, act) if one.then == "void"),
        _least(meeting, rules, tried, act),
        len(ballot.votes) if ballot else 0,
    )


def _with_ballot(meeting: Meeting, standing: Standing, case: str) -> Standing:
    """The standing as it would be with a motion on a case: as it is, where one is open on it."""
    sitting = sitting_of(meeting, standing)
    if sitting.ballot is not None and sitting.ballot.case == case:
        return standing
    played = standing.cases[case]
    before = tuple(one for one in sitting.ballots if one.came is not None)
    rules, tried = rules_of(meeting.committee), replace(sitting, ballots=before)
    there = frozenset(one.id for one in in_room(rules, standing, tried, day_of(rules, moment_of(standing))))
    tried = replace(tried, ballots=(*before, Ballot(case, "", played.digest, played.round, electorate=there)))
    return replace(standing, sittings={**standing.sittings, sitting.id: tried})


def _counter(rules: Rules, standing: Standing, at: datetime) -> str:
    """Somebody who may count."""
    by = rules.steps["count"].by
    seats = sorted(standing.sitting_seats(day_of(rules, at)), key=lambda one: one.post not in by)
    return seats[0].person if seats else ""


def _lacks(rules: Rules, standing: Standing, act: Act) -> tuple[Lack, ...]:
    try:
        return lacking(rules, standing, act)
    except ProcedureError:
        return ()


def _least(meeting: Meeting, rules: Rules, standing: Standing, act: Act) -> int | None:
    """The smallest number of votes in favour with which the count would not lack a majority."""
    sitting = sitting_of(meeting, standing)
    if sitting.ballot is None:
        return None
    seats = sorted(sitting.present)
    for number in range(len(seats) + 1):
        votes = replace(sitting.ballot, votes=dict.fromkeys(_able(rules, standing, sitting, seats)[:number], "for"))
        tried = replace(standing, sittings={**standing.sittings, sitting.id: sitting.with_ballot(votes)})
        if _facts(rules, tried, act)["votes_for"] == number and all(one.then != "lost" for one in _lacks(rules, tried, act)):
            return number
    return None


def _able(rules: Rules, standing: Standing, sitting: Sitting, seats: Sequence[str]) -> list[str]:
    """Those whose vote would count, first."""
    assert sitting.ballot is not None
    case = standing.cases[sitting.ballot.case]
    aside = standing.aside(case) | standing.declared(case)
    return sorted(seats, key=lambda one: (one in aside, standing.seats[one].post not in rules.votes))


# -- steps ---------------------------------------------------------------------------------------------------------------------


@transaction.atomic
def put(meeting: Meeting, person: Person, case: Case, motion: str, digest: str) -> Taken:
    """Put a motion on a case, on the papers that were shown; the precedents that were shown stand beside it.

    :raises StepRefusedError: where something is lacking, such as that the papers are others by now.
    """
    shown = [one.case.public_id for one in precedents(case)] if case.committee_id == meeting.committee_id else []
    gives = {"case": case.public_id, "motion": motion, "digest": digest}
    return do(meeting.committee, person, "put", meeting.public_id, gives, {"precedents": shown})


def ballot_number(meeting: Meeting, standing: Standing | None = None) -> int:
    """The number of the ballot that is open, from 1; 0 where none is."""
    sitting = sitting_of(meeting, standing)
    return len(sitting.ballots) if sitting.ballot else 0


@transaction.atomic
def vote(meeting: Meeting, person: Person, vote: str, ballot: int) -> Taken:
    """Vote in a ballot, by number.

    :raises EthicsError: where another is open by now, or none.
    :raises StepRefusedError: where something is lacking.
    """
    mine = locked(meeting.committee)
    standing = brought_up(mine)
    _same_ballot(meeting, standing, ballot)
    seat = seat_of(mine, standing, person)
    gives = {"seat": seat.id if seat else "-", "vote": vote}
    return do(mine, person, "vote", meeting.public_id, gives)


@transaction.atomic
def count(meeting: Meeting, person: Person, ballot: int) -> Taken:
    """Count a ballot, by number; what was found goes with it.

    :raises EthicsError: where another is open by now, or none.
    :raises ProcedureError: where the person does not count.
    """
    mine = locked(meeting.committee)
    standing, rules = brought_up(mine), rules_of(mine)
    _same_ballot(meeting, standing, ballot)
    act = Act("count", moment_of(standing), person.public_id, meeting.public_id)
    return do(mine, person, "count", meeting.public_id, {}, found_at(rules, standing, act))


def found_at(rules: Rules, standing: Standing, act: Act) -> dict[str, Any]:
    """What stands with a count: the numbers as they are found, and what lacks, in the words of now."""
    values = _facts(rules, standing, act)
    told = [{"guard": one.guard, "words": dict(one.words)} for one in lacking(rules, standing, act)]
    return {"found": {name: values[name] for name in TALLY}, "lacking": told}


def _same_ballot(meeting: Meeting, standing: Standing, ballot: int) -> None:
    sitting = sitting_of(meeting, standing)
    if sitting.state == "open" and ballot != ballot_number(meeting, standing):
        raise EthicsError("ethics.ballot-gone", status_code=409)


def advisers_in(typed: str) -> list[str]:
    """Advisers, one a line: who they are, and what for.

    :raises EthicsError: where there are too many, or a line is too long.
    """
    lines = [" ".join(one.split()) for one in typed.replace("\0", "").splitlines() if one.strip()]
    if len(lines) > MOST_ADVISERS or any(len(one) > LONGEST_LINE for one in lines):
        raise EthicsError("ethics.advisers-many", "advisers", most=MOST_ADVISERS, longest=LONGEST_LINE)
    return lines


@transaction.atomic
def note(meeting: Meeting, by: Person, text: str, seen: str) -> None:
    """Keep the secretary's notes for the minutes; what was written is entered, sealed: the minutes of a day can be proved.

    :param seen: the notes as they were when writing began.
    :raises EthicsError: where they are too long, or somebody else wrote meanwhile.
    """
    mine = Meeting.objects.select_for_update().get(pk=meeting.pk)
    words = text.replace("\0", "").replace("\r\n", "\n").strip()
    if len(words) > LONGEST_NOTES:
        raise EthicsError("ethics.too-long", "notes", most=LONGEST_NOTES)
    if mine.notes != seen.replace("\r\n", "\n").strip():
        raise EthicsError("ethics.notes-meanwhile", "notes", status_code=409)
    if mine.notes == words:
        return
    mine.notes = words
    mine.save(update_fields=["notes"])
    meeting.notes = words
    public = {"committee": meeting.committee.body.public_id, "meeting": mine.public_id}
    act("minutes.noted", f"ethics-meeting:{mine.public_id}", by=by.public_id, public=public, private={"notes": words})


def day_held(meeting: Meeting, sitting: Sitting) -> date:
    """The day of a meeting at the committee's place: on which it was held, or for which it is called."""
    return sitting.on if sitting.state != "called" else day_of(rules_of(meeting.committee), meeting.planned)
