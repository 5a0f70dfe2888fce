"""How a meeting is told on its page: who is there, what a count would find, what was voted on, and who can do what now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from guiju.calendars import words as day_words
from guiju.institutions.ethics.in_words import (
    case_title,
    lack_words,
    outcome_words,
    person_names,
    state_words,
    when_words,
)
from guiju.institutions.ethics.meetings import (
    AT_MEETINGS,
    Quorum,
    acts_of,
    ballot_number,
    can_be_put,
    cases_of,
    kept_from,
    quorum,
    seat_of,
    seats_now,
    sitting_of,
)
from guiju.institutions.ethics.minutes import ballots, lacks_told, tally_words
from guiju.institutions.ethics.models import Case, Meeting
from guiju.institutions.ethics.papers import papers_of
from guiju.institutions.ethics.precedents import precedents
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.ethics.views.charter_fields import value_words
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.models import Person
from guiju.institutions.people.naming import name_in
from guiju.procedure import Lack, Rules, Seat, Sitting, Standing, day_of
from guiju.wording import in_language, join_words


@dataclass
class Told:
    """A meeting as one reader sees it."""

    meeting: Meeting
    person: Person
    lang: str

    def __post_init__(self) -> None:
        self.say = sayer(self.lang)
        self.rules: Rules = rules_of(self.meeting.committee)
        self.standing: Standing = standing_of(self.meeting.committee)
        self.sitting: Sitting = sitting_of(self.meeting, self.standing)
        self.seats: list[Seat] = seats_now(self.meeting.committee, self.standing)
        self.mine: Seat | None = seat_of(self.meeting.committee, self.standing, self.person)
        self.cases: list[Case] = cases_of(self.sitting.agenda)
        self.names = person_names(one.person for one in self.standing.seats.values())

    def name(self, seat: str) -> str:
        """Who has a seat."""
        found = self.standing.seats.get(seat)
        return self.names.get(found.person, self.say("ethics.somebody")) if found else self.say("ethics.somebody")

    def post(self, seat: Seat) -> str:
        """What a seat is called."""
        return in_language(self.rules.roles[seat.post], self.lang)

    def kept(self, step: str, **gives: Any) -> tuple[Lack, ...] | None:
        """What keeps the reader from a step; None where it is not theirs."""
        return kept_from(self.meeting, self.standing, self.person, step, gives)

    def theirs(self, kept: tuple[Lack, ...] | None) -> bool:
        """Whether a step is the reader's to take, now or later; a member who could only stand in has it not."""
        leads = self.mine is not None and (self.mine.post in self.rules.presides or self.mine.post not in self.rules.votes)
        return kept is not None and (leads or not kept)

    def lacks(self, found: Sequence[Lack] | None) -> list[dict[str, str]]:
        """What is missing, in words."""
        return [lack_words(self.rules, one, self.lang) for one in found or ()]

    # -- how it stands ---------------------------------------------------------------------------------------------------------

    def about(self) -> list[tuple[str, str]]:
        """When and where, and who presides."""
        found = [(self.say("ethics.meeting-planned"), when_words(self.rules, self.meeting.planned, self.lang))]
        video = self.say("ethics.by-video") if self.sitting.video else ""
        found.append(
            (self.say("ethics.meeting-where"), join_words([one for one in (self.meeting.where, video) if one], self.lang))
        )
        if self.sitting.state != "called":
            found.append((self.say("ethics.meeting-held-on"), day_words(self.sitting.on, self.lang)))
            found.append((self.say("ethics.meeting-chair"), self.name(self.sitting.chair)))
        advisers = [one for row in acts_of(self.meeting) for one in row.words.get("advisers", ())]
        if advisers:
            found.append((self.say("ethics.advisers"), join_words(advisers, self.lang)))
        return [(name, value) for name, value in found if value]

    def people(self) -> list[dict[str, Any]]:
        """Everybody with a seat: post, kinds of member, whether there, interests; and what the reader can note of them."""
        return [self._person(one) for one in self.seats]

    def _person(self, seat: Seat) -> dict[str, Any]:
        there = seat.id in self.sitting.present
        held = {one.name: in_language(one.words, self.lang) for one in self.rules.categories}
        step = "depart" if there else "arrive"
        open_now = self.sitting.state == "open"
        return {
            "id": seat.id,
            "name": self.name(seat.id),
            "post": self.post(seat),
            "categories": [words for name, words in held.items() if name in seat.categories],
            "there": there,
            "presides": seat.id == self.sitting.chair,
            "votes": seat.post in self.rules.votes,
            "interests": self._interests(seat),
            "step": step if open_now and self.kept(step, seat=seat.id) == () else "",
        }

    def _interests(self, seat: Seat) -> list[str]:
        found = []
        for case in self.cases:
            played = self.standing.cases[case.public_id]
            if seat.id in self.standing.aside(played):
                found.append(self.say("ethics.aside-in", case=case_title(case, self.lang)))
            elif seat.id in self.standing.declared(played):
                found.append(self.say("ethics.declared-in", case=case_title(case, self.lang)))
        return found

    # -- what is at hand -------------------------------------------------------------------------------------------------------

    def at_hand(self) -> list[dict[str, Any]]:
        """The case of the open ballot; where none is open, every case of the agenda that is still to be decided."""
        if self.sitting.state != "open":
            return []
        ballot = self.sitting.ballot
        named = [one for one in self.cases if ballot is None or one.public_id == ballot.case]
        reviewed = [one for one in named if ballot or self.open_to_motion(one)]
        return [self._at_hand(one) for one in reviewed]

    def open_to_motion(self, case: Case) -> bool:
        """Whether the case still waits for a motion, whoever puts it."""
        return can_be_put(self.rules, self.standing, case.public_id)

    def _at_hand(self, case: Case) -> dict[str, Any]:
        found = quorum(self.meeting, self.standing, case.public_id)
        ballot = self.sitting.ballot
        return {
            "case": case,
            "title": case_title(case, self.lang),
            "motion": outcome_words(ballot.motion, self.lang) if ballot else "",
            "quorum": self.quorum_words(found),
            "void": self.lacks(found.void),
            "majority": self._majority(found),
            "chairs": self._chairs(case) if ballot is None and not found.presided else [],
            "voted": self.say("ethics.have-voted", voted=found.voted, able=found.present - found.withdrawn) if ballot else "",
        }

    def quorum_words(self, found: Quorum) -> str:
        """How many count, of how many that are needed; who is missing; who presides."""
        count = (
            self.say("ethics.quorum-of", counted=found.counted, needed=found.needed)
            if found.needed is not None
            else self.say("ethics.quorum-count", counted=found.counted)
        )
        words = {one.name: in_language(one.words, self.lang) for one in self.rules.categories}
        parts = [count]
        if found.withdrawn:
            parts.append(self.say("ethics.quorum-withdrawn", withdrawn=found.withdrawn))
        if found.missing:
            parts.append(self.say("ethics.quorum-missing", kinds=join_words([words[one] for one in found.missing], self.lang)))
        parts.append(
            self.say("ethics.quorum-presided", who=self.name(self.sitting.chair))
            if found.presided
            else self.say("ethics.quorum-not-presided")
        )
        return ("" if self.lang == "zh" else " ").join(parts)

    def _majority(self, found: Quorum) -> str:
        if found.least is None:
            return self.say("ethics.majority-none", base=found.base)
        return self.say("ethics.majority", least=found.least, base=found.base)

    def readings(self) -> list[str]:
        """Where the charter chose one reading of a silence that bears on a meeting: what it chose, and the other."""
        bearing = (self.rules.parameters[name] for name in AT_MEETINGS if name in self.rules.parameters)
        return [
            self.say(
                "ethics.reading",
                what=in_language(one.words, self.lang),
                chosen=value_words(self.standing.charter.get(one.name), self.lang),
                other=in_language(one.other, self.lang),
            )
            for one in bearing
            if one.other
        ]

    def _chairs(self, case: Case) -> list[dict[str, str]]:
        """Who could take the chair for a case."""
        able = [one for one in self.seats if self.kept("preside", seat=one.id, case=case.public_id) == ()]
        return [
            {"seat": one.id, "name": self.name(one.id), "case": case.public_id} for one in able if one.id != self.sitting.chair
        ]

    # -- voting ----------------------------------------------------------------------------------------------------------------

    def vote(self) -> dict[str, Any] | None:
        """The reader's vote in the open ballot; None where they have none or none is open."""
        ballot = self.sitting.ballot
        if ballot is None or self.mine is None or self.mine.post not in self.rules.votes:
            return None
        cast = ballot.votes.get(self.mine.id)
        kept = self.kept("vote", seat=self.mine.id, vote="for")
        return {
            "number": ballot_number(self.meeting, self.standing),
            "cast": self.say(f"ethics.vote-{cast}") if cast else "",
            "lacks": [] if cast else self.lacks(kept),
            "open": kept == (),
        }

    def count(self) -> dict[str, Any] | None:
        """Whether the reader can count the open ballot, and what a count would do now."""
        kept = self.kept("count")
        if self.sitting.ballot is None or not self.theirs(kept):
            return None
        return {"number": ballot_number(self.meeting, self.standing), "open": kept == (), "lacks": self.lacks(kept)}

    def held(self) -> list[dict[str, Any]]:
        """Ballots that were counted, the last first: as they were held, with what they lacked and how it is mended."""
        found = [one for one in ballots(self.meeting, acts_of(self.meeting)) if one.count is not None]
        titles = {one.public_id: case_title(one, self.lang) for one in self.cases}
        return [
            {
                "title": titles.get(one.ballot.case, one.ballot.case),
                "motion": outcome_words(one.ballot.motion, self.lang),
                "tally": tally_words(one, self.lang),
                "came": self.say(f"ethics.came-{one.ballot.came}"),
                "lacks": lacks_told(one, self.lang),
            }
            for one in reversed(found)
        ]

    # -- the agenda ------------------------------------------------------------------------------------------------------------

    def agenda(self) -> list[dict[str, Any]]:
        """Each case: what is to be decided, on which papers, what was decided in cases near to it, and the motion to put."""
        return [self._item(one) for one in self.cases]

    def _item(self, case: Case) -> dict[str, Any]:
        played = self.standing.cases[case.public_id]
        held = papers_of(case, played.digest)
        motions = self.rules.motions
        kept = self.kept("put", case=case.public_id, motion=motions[0], digest=played.digest) if motions else None
        mine = self.sitting.state == "open" and self.open_to_motion(case) and self.theirs(kept)
        return {
            "case": case,
            "title": case_title(case, self.lang),
            "href": reverse("ethics-case", args=(self.lang, case.public_id)),
            "applicant": name_in(case.applicant.name, self.lang),
            "state": state_words(self.rules, played.state, self.lang),
            "papers": self.say("ethics.letter-papers", number=held.number, when=when_words(self.rules, held.at, self.lang))
            if held
            else "",
            "digest": played.digest,
            "near": [self._near(one) for one in precedents(case)],
            "motions": [(one, outcome_words(one, self.lang)) for one in motions] if mine else [],
            "lacks": self.lacks(kept) if mine else [],
        }

    def _near(self, one: Any) -> dict[str, str]:
        return {
            "title": case_title(one.case, self.lang),
            "href": reverse("ethics-case", args=(self.lang, one.case.public_id)),
            "outcome": outcome_words(one.outcome, self.lang) if one.outcome else "",
            "share": f"{round(100 * one.share)} %",
        }

    # -- what the reader can do ------------------------------------------------------------------------------------------------

    def can_open(self) -> dict[str, Any] | None:
        """What the form for opening shows; None where the reader does not open it."""
        voting = [one for one in self.seats if one.post in self.rules.votes]
        chairs = [one for one in voting if one.post in self.rules.presides] or voting
        if self.sitting.state != "called" or not chairs or self.kept("open", present=[], chair=chairs[0].id) is None:
            return None
        return {
            "seats": [(one.id, self.name(one.id), self.post(one)) for one in self.seats],
            "chairs": [(one.id, self.name(one.id), self.post(one)) for one in chairs],
        }

    def can_close(self) -> bool:
        """Whether the reader can close it."""
        return self.sitting.state == "open" and self.kept("close") == ()

    def can_declare(self) -> list[tuple[str, str]]:
        """The cases in which the reader can declare an interest."""
        if self.mine is None or self.sitting.state == "closed":
            return []
        mine = self.mine
        free = [one for one in self.cases if self.kept("declare", seat=mine.id, case=one.public_id) == ()]
        return [(one.public_id, case_title(one, self.lang)) for one in free]

    def mark(self) -> str:
        """What tells whether anything has changed since a page was made."""
        last = self.meeting.committee.acts.order_by("-number").values_list("number", flat=True).first() or 0
        seats = sum(1 for _ in self.seats)
        assert self.standing.last is not None
        return f"{last}-{day_of(self.rules, self.standing.last)}-{seats}"
