"""How a body, its cases and its meetings stand: plain values, each worked out from the acts before it and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final, Literal

Vote = Literal["for", "against", "abstain"]
VOTES: Final[tuple[Vote, ...]] = ("for", "against", "abstain")

MEETING: Final = ("call", "open", "arrive", "depart", "preside", "declare", "put", "vote", "count", "close")
"""The steps of a meeting; rules say who may take each and what must hold for it."""

Came = Literal["carried", "lost", "void"]


@dataclass(frozen=True, slots=True)
class Act:
    """Something done: which step, when, by whom, about which case, seat or meeting, and what it says. All of it is plain data.

    ``behalf``: the organisation for which it is done, as ``org:NAME``; whose word counts for it is settled before it comes here.
    """

    step: str
    at: datetime
    by: str
    about: str
    gives: Mapping[str, Any] = field(default_factory=dict)
    behalf: str = ""

    def to_json(self) -> dict[str, Any]:
        """As it stands in a record."""
        plain = {"step": self.step, "at": self.at.isoformat(), "by": self.by, "about": self.about, "gives": dict(self.gives)}
        return plain | {"behalf": self.behalf}


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that somebody has for a term of days, both counted; ``ended``: the first day on which it is no longer held."""

    id: str
    person: str
    post: str
    categories: frozenset[str]
    begins: date
    ends: date
    ended: date | None = None
    trained_until: date | None = None

    def runs(self, on: date) -> bool:
        """Whether it is held on a day."""
        return self.begins <= on <= self.ends and (self.ended is None or on < self.ended)

    def meets(self, begins: date, ends: date) -> bool:
        """Whether its term meets another."""
        return begins <= self.ends and self.begins <= ends and (self.ended is None or begins < self.ended)


@dataclass(frozen=True, slots=True)
class Ballot:
    """A motion put on a case at a meeting: what was reviewed, the votes by seat, and what came of it.

    ``electorate``: the seats with a vote that were there when it was put; whoever comes later has no vote in it.
    """

    case: str
    motion: str
    digest: str
    round: int = 0
    votes: Mapping[str, Vote] = field(default_factory=dict)
    came: Came | None = None
    lacking: tuple[str, ...] = ()
    electorate: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting: who is there, who declared an interest in which case, and its ballots in order.

    Who withdrew stands with the case: whoever did once takes no part in it later either.
    """

    id: str
    state: Literal["called", "open", "closed"]
    agenda: tuple[str, ...]
    on: date
    video: bool = False
    chair: str = ""
    present: frozenset[str] = frozenset()
    declared: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ballots: tuple[Ballot, ...] = ()

    @property
    def ballot(self) -> Ballot | None:
        """The ballot that is open."""
        return self.ballots[-1] if self.ballots and self.ballots[-1].came is None else None

    def with_ballot(self, changed: Ballot) -> Sitting:
        """The same with its last ballot changed."""
        return replace(self, ballots=(*self.ballots[:-1], changed))


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its state and the one before, its facts, what was handed in, and when each step was last taken.

    ``parties``: organisations and people that are something in it besides those with seats (applicant, authority, author of the
    papers). ``panel``: reviewers and their opinions, in a procedure without a meeting; ``dissent``: those who did not agree in
    this round, on whatever papers. ``group``: the experts of another body, and how many of them agreed; ``experts``: those
    who were named to say so themselves, and what each said last. ``round``: how often it was begun anew. ``decided_on``: the
    papers on which it was decided, here or before it was taken over; ``decided``: how, where it was here.
    """

    id: str
    state: str
    before: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""
    parties: Mapping[str, frozenset[str]] = field(default_factory=dict)
    taken: Mapping[str, datetime] = field(default_factory=dict)
    counted: Mapping[str, int] = field(default_factory=dict)
    last: Ballot | None = None
    conflicted: frozenset[str] = frozenset()
    panel: Mapping[str, str] = field(default_factory=dict)
    dissent: frozenset[str] = frozenset()
    group: frozenset[str] = frozenset()
    group_for: frozenset[str] = frozenset()
    experts: Mapping[str, str] = field(default_factory=dict)
    until: Mapping[str, date] = field(default_factory=dict)
    decided: str = ""
    decided_on: str = ""
    round: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything of one body: its charter, its seats, its cases and its meetings; when its first and its last act was."""

    charter: Mapping[str, Any]
    seats: Mapping[str, Seat] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)
    sittings: Mapping[str, Sitting] = field(default_factory=dict)
    began: datetime | None = None
    last: datetime | None = None

    def aside(self, case: Case) -> frozenset[str]:
        """The seats whose holders take no part in a case: they withdrew from it, acted in it as a party, or re-review it.

        Whose organisation applies is not aside by that alone: a committee within a unit reviews the cases of its unit.
        """
        parties = frozenset(case.experts).union(*case.parties.values())
        return case.conflicted | {one.id for one in self.seats.values() if one.person in parties}

    def declared(self, case: Case) -> frozenset[str]:
        """The seats whose holders declared an interest in a case, at whatever meeting."""
        return frozenset().union(*(one.declared.get(case.id, frozenset()) for one in self.sittings.values()))

    def sitting_seats(self, on: date) -> list[Seat]:
        """The seats that are held on a day."""
        return [one for one in self.seats.values() if one.runs(on)]

    def seats_of(self, person: str, on: date) -> list[Seat]:
        """The seats that somebody holds on a day."""
        return [one for one in self.sitting_seats(on) if one.person == person]
