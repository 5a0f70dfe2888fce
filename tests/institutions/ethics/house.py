"""What tests of ethics review share: a committee of seven with a secretary, one that applies, and cases brought to a beginning.

``house()`` makes a university with a committee that reviews by the rules of mainland China, a company that applies to it, and an
authority. ``carried(home, case)`` holds a meeting; every step is taken by whoever takes it in life.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.institutions import systems
from tests.institutions.people import body_of, person, seated

from guiju.calendars import now
from guiju.institutions.ethics import casework, committees, meetings, papers
from guiju.institutions.ethics.acting import Taken, do
from guiju.institutions.ethics.casework import Said, move
from guiju.institutions.ethics.models import Case, Committee, Meeting
from guiju.institutions.ethics.precedents import departs
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.people.models import Body, Person, Seat
from guiju.institutions.people.places import day_in
from guiju.institutions.register import versions
from guiju.institutions.register.systems import new_system
from guiju.procedure import Case as Played
from guiju.procedure import Rules
from guiju.subjects import dossier_from

SEATS: dict[str, tuple[str, list[str]]] = {
    "chair": ("chair", ["field", "man"]),
    "deputy": ("deputy", ["ethics", "woman"]),
    "he": ("member", ["law", "man"]),
    "zheng": ("member", ["field", "woman"]),
    "yi": ("member", ["field", "man"]),
    "su": ("member", ["law", "woman", "outside"]),
    "tang": ("member", ["man", "outside"]),
    "ye": ("secretary", []),
}
"""Who sits in the committee: the post, and what kinds of member they are."""

VOTERS = tuple(one for one in SEATS if one != "ye")
APPLIES: dict[str, bool] = {
    "risk_assessed": True, "state_secret": False, "listed": False, "urgent": False, "entrusted": True, "own_unit": False,
    "not_above_minimal_risk": False, "minor_change": False, "quiet_follow_up": False, "approval_with_ethics_condition": False,
    "already_regulated": False,
}  # fmt: skip
"""What an application says where a test says nothing else."""

SAID = {
    "risk_assessed": "yes", "state_secret": "no", "listed": "no", "urgent": "no", "own_unit": "no", "entrusted": "yes",
    "approval_with_ethics_condition": "no", "already_regulated": "no",
}  # fmt: skip
"""The same, as the form of an application has it."""


@dataclass
class House:
    """A committee with its people, an organisation that applies to it, and an authority."""

    unit: systems.House
    body: Body
    committee: Committee
    people: dict[str, Person]
    seats: dict[str, Seat]
    applicant: systems.House
    authority: systems.House

    def seat(self, name: str) -> str:
        """The opaque name of somebody's seat."""
        return self.seats[name].public_id


def house(
    handle: str = "uni",
    *,
    rules: str = "cn-ethics",
    charter: Mapping[str, Any] | None = None,
    days: int = 100,
    ending: Mapping[str, int] | None = None,
    kinds: Mapping[str, Sequence[str]] | None = None,
) -> House:
    """A committee of seven, its secretary, an applicant and an authority.

    :param days: how long seats still run; ``ending``: those that run for another number of days, by name.
    :param kinds: what kinds of member they are, by name, where it is not what they are elsewhere.
    """
    unit = systems.house(handle)
    body = body_of(unit.organisation, unit.admin)
    founded = day_in(unit.organisation.place) - timedelta(days=1)
    made, _ = committees.set_up(body, unit.admin, rules, founded, charter or {})
    committees.open_to(made, unit.admin, outside=True, public=True)
    people, seats = {}, {}
    for name, (post, categories) in _seats(made).items():
        seats[name] = seated(body, f"{handle}{name}", post, (ending or {}).get(name, days))
        people[name] = person(f"{handle}{name}")
        told = (kinds or {}).get(name, categories)
        committees.describe(made, unit.admin, seats[name], told, founded + timedelta(days=1000))
    return House(unit, body, made, people, seats, systems.house(f"{handle}co"), systems.house(f"{handle}bureau"))


def _seats(committee: Committee) -> dict[str, tuple[str, list[str]]]:
    """The same people; by other rules they have posts that those know, and are every kind of member."""
    known = meetings.rules_of(committee)
    if known.name == "cn-ethics":
        return SEATS
    every = [one.name for one in known.categories]
    posts = {name: post if post in known.posts else "member" for name, (post, _) in SEATS.items()}
    return {name: (post, every if post in known.votes else []) for name, post in posts.items()}


# -- a case --------------------------------------------------------------------------------------------------------------------


def drafted(
    home: House, title: str = "A companion for lonely people", kind: str = "activity", matters: Sequence[str] = ()
) -> Case:
    """A draft with everything that is asked for."""
    company = home.applicant
    case = casework.draft(company.organisation, company.editor, home.committee, title, kind, None)
    written(case, "As it is.", matters)
    return case


def drafted_from(home: House, said: str, title: str = "A companion for lonely people") -> Case:
    """A draft with everything that is asked for, made from a system whose dossier says this."""
    company = home.applicant
    made = new_system(company.organisation, {"en": "Chat", "zh": "聊天"})
    versions.add_version(made, dossier_from(said, "test", site_corpus().vocabulary), "upload", company.editor)
    case = casework.draft(company.organisation, company.editor, home.committee, title, "system", made)
    written(case, "As it is.")
    return case


def written(case: Case, text: str, matters: Sequence[str] = (), by: Person | None = None) -> None:
    """Write the same text into every paper of the draft; whoever began it does, unless somebody else is named."""
    typed: dict[str, Any] = {one.id: text for one in papers.items_of(case)}
    writer = by or case.by
    assert writer is not None
    papers.save_draft(case, writer, {"title": case.title, "matters": list(matters), **typed})


def applied(home: House, case: Case | None = None, **facts: bool) -> Case:
    """An application, handed in."""
    case = case or drafted(home)
    by_applicant(home, case, "apply", {**APPLIES, **facts})
    return case


def accepted(home: House, case: Case | None = None, route: str = "general", **facts: bool) -> Case:
    """One that the committee accepted."""
    case = applied(home, case, **facts)
    gives = {"items_missing": 0, "route": route, "reasons_given": True, **APPLIES, **facts}
    by(home, "ye", case, "accept", gives, {"reasons": "Everything is there."})
    return case


def by(
    home: House, name: str, case: Case, step: str, gives: Mapping[str, Any] | None = None, words: Mapping[str, Any] | None = None
) -> Taken:
    """A step of somebody of the committee; of what is given, what the step asks for."""
    asked = meetings.rules_of(home.committee).steps[step]
    return move(case, home.people[name], step, Said(_asked(asked.gives, gives), words or {}))


def by_applicant(
    home: House, case: Case, step: str, gives: Mapping[str, Any] | None = None, words: Mapping[str, Any] | None = None
) -> Taken:
    """A step of the applicant."""
    asked = meetings.rules_of(home.committee).steps[step]
    who = home.applicant
    return move(case, who.editor, step, Said(_asked(asked.gives, gives), words or {}), who.organisation.org)


def _asked(names: Sequence[str], gives: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (gives or {}).items() if name in (*names, "outcome")}


def replaced(home: House, case: Case, text: str = "Quite different.") -> None:
    """The applicant puts other papers in the place of those that were handed in."""
    written(case, text)
    by_applicant(home, case, "replace_papers")


def stands(case: Case) -> Played:
    """How a case stands."""
    found = casework.played(case)
    assert found is not None
    return found


def rules(home: House) -> Rules:
    """The rules by which the committee works."""
    return meetings.rules_of(home.committee)


# -- a meeting -----------------------------------------------------------------------------------------------------------------


def called(home: House, *cases: Case) -> Meeting:
    """A meeting that was called, with cases on its agenda."""
    agenda = [one.public_id for one in cases]
    return meetings.call(home.committee, home.people["ye"], now() + timedelta(days=1), "Room 1", agenda)[0]


def opened(home: House, *cases: Case, present: Sequence[str] = VOTERS, chair: str = "chair", video: bool = False) -> Meeting:
    """A meeting that is open."""
    meeting = called(home, *cases)
    gives = {"present": [home.seat(one) for one in present], "chair": home.seat(chair), "video": video}
    meets(home, "ye", meeting, "open", **gives)
    return meeting


def meets(home: House, name: str, meeting: Meeting, step: str, **gives: Any) -> Taken:
    """A step of a meeting."""
    return do(home.committee, home.people[name], step, meeting.public_id, gives)


def put(home: House, meeting: Meeting, case: Case, motion: str = "approve") -> None:
    """A motion on the papers as they were handed in last."""
    meetings.put(meeting, home.people["chair"], case, motion, stands(case).digest)


def vote(home: House, meeting: Meeting, name: str, vote: str = "for") -> None:
    """The vote of a member in the ballot that is open."""
    meetings.vote(meeting, home.people[name], vote, meetings.ballot_number(meeting))


def count(home: House, meeting: Meeting) -> Taken:
    """The count of the ballot that is open."""
    return meetings.count(meeting, home.people["ye"], meetings.ballot_number(meeting))


def carried(
    home: House, case: Case, motion: str = "approve", present: Sequence[str] = VOTERS, against: Sequence[str] = ()
) -> Meeting:
    """A meeting, closed, at which a motion was put on a case and all who were there voted; carried, if nothing was lacking."""
    meeting = opened(home, case, present=present)
    put(home, meeting, case, motion)
    for name in present:
        vote(home, meeting, name, "against" if name in against else "for")
    count(home, meeting)
    meets(home, "ye", meeting, "close")
    return meeting


def decided(
    home: House,
    outcome: str = "approve",
    case: Case | None = None,
    reasons: str = "The risks are met.",
    present: Sequence[str] = VOTERS,
) -> Case:
    """A case that was carried at a meeting and decided accordingly."""
    case = case or accepted(home)
    carried(home, case, outcome, present)
    issued(home, case, outcome, reasons)
    return case


def at_rereview(home: House, case: Case | None = None) -> Case:
    """A listed case that passed the initial review, and of which the applicant asked the authority for the re-review."""
    made = accepted(home, case, listed=True)
    carried(home, made)
    said = {"outcome": "approve", "reasons_given": True, "departs": False, "departure_explained": False}
    by(home, "chair", made, "pass_initially", said, {"reasons": "The risks are met."})
    by_applicant(home, made, "ask_rereview", {"parties": {"authority": [home.authority.organisation.org]}})
    return made


def issued(home: House, case: Case, outcome: str = "approve", reasons: str = "The risks are met.") -> None:
    """The decision as it was carried, issued by the chair."""
    gives = {"outcome": outcome, "reasons_given": True, "conditions_open": 0, "field_expert_took_part": True}
    gives |= {"departs": departs(case, outcome), "departure_explained": True}
    by(home, "chair", case, "decide", gives, {"reasons": reasons})
