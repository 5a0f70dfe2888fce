"""Minutes, drafted from what was done at a meeting: who was there, who declared what, each motion and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from guiju.calendars import words as day_words
from guiju.institutions.ethics.in_words import (
    basis_words,
    case_title,
    committee_name,
    outcome_words,
    person_names,
    when_words,
)
from guiju.institutions.ethics.letters import Block, Value, filled, template_of
from guiju.institutions.ethics.meetings import acts_of, cases_of, day_held, sitting_of
from guiju.institutions.ethics.models import Case, Done, Meeting
from guiju.institutions.ethics.standing import rules_at, rules_of, standing_of
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.naming import name_in
from guiju.procedure import Ballot, Rules, Standing
from guiju.wording import in_language, join_words

TOLD: Final = ("votes_for", "votes_against", "abstained", "counted", "base")
"""Of what was found at a count, what is told."""


@dataclass(frozen=True, slots=True)
class Ballots:
    """A motion as it was put, and its count; none where it was not counted."""

    number: int
    ballot: Ballot
    put: Done
    count: Done | None


def ballots(meeting: Meeting, acts: Sequence[Done]) -> list[Ballots]:
    """The motions of a meeting in order, those too that were dropped when it closed before a count."""
    found: list[Ballots] = []
    for row in acts:
        if row.step == "put":
            given = row.gives
            ballot = Ballot(str(given["case"]), str(given["motion"]), str(given["digest"]))
            found.append(Ballots(len(found) + 1, ballot, row, None))
        elif row.step == "count":
            last = found[-1]
            found[-1] = Ballots(last.number, last.ballot, last.put, row)
    held = sitting_of(meeting).ballots
    return [
        Ballots(one.number, held[place] if place < len(held) else one.ballot, one.put, one.count)
        for place, one in enumerate(found)
    ]


def minutes(meeting: Meeting, lang: str) -> list[Block]:
    """The minutes as they now stand, by the committee's own template or ours."""
    return filled("minutes", template_of(meeting.committee, "minutes", lang), values(meeting, lang), lang)


def values(meeting: Meeting, lang: str) -> Mapping[str, Value]:
    """What the names of a template of minutes stand for."""
    return _Drafted(meeting, lang).values()


class _Drafted:
    """What minutes are drafted from."""

    def __init__(self, meeting: Meeting, lang: str) -> None:
        self.meeting, self.lang, self.say = meeting, lang, sayer(lang)
        self.rules: Rules = rules_of(meeting.committee)
        self.standing: Standing = standing_of(meeting.committee)
        self.sitting = sitting_of(meeting, self.standing)
        self.acts = acts_of(meeting)
        self.names = person_names(one.person for one in self.standing.seats.values())
        self.cases: dict[str, Case] = {one.public_id: one for one in cases_of(list(self._named()))}

    def _named(self) -> Iterator[str]:
        yield from self.sitting.agenda
        for row in self.acts:
            yield from row.words.get("precedents", ())
            if "case" in row.gives:
                yield str(row.gives["case"])

    def values(self) -> Mapping[str, Value]:
        committee = self.meeting.committee
        return {
            "committee": committee_name(committee, self.lang),
            "unit": name_in(committee.body.organisation.name, self.lang),
            "date": day_words(day_held(self.meeting, self.sitting), self.lang),
            "place": self._place(),
            "began": self._moment("open"),
            "ended": self._moment("close"),
            "chair": self._chairs(),
            "present": self._present(),
            "absent": self._absent(),
            "advisers": [one for row in self.acts for one in row.words.get("advisers", ())],
            "interests": [self._interest(row) for row in self.acts if row.step == "declare"],
            "agenda": [self._case(one) for one in self.sitting.agenda],
            "motions": [line for one in ballots(self.meeting, self.acts) for line in self._motion(one)],
            "precedents": list(self._precedents()),
            "notes": self.meeting.notes,
        }

    # -- people ----------------------------------------------------------------------------------------------------------------

    def _name(self, seat: str) -> str:
        found = self.standing.seats.get(seat)
        if found is None:
            return self.say("ethics.somebody")
        name = self.names.get(found.person, self.say("ethics.somebody"))
        return self.say("ethics.named-post", name=name, post=in_language(self.rules.roles[found.post], self.lang))

    def _clock(self, at: datetime) -> str:
        return f"{at.astimezone(ZoneInfo(self.rules.place)):%H:%M}"

    def _moment(self, step: str) -> str:
        rows = [row for row in self.acts if row.step == step]
        return when_words(self.rules, rows[0].at, self.lang) if rows else ""

    def _place(self) -> str:
        video = self.say("ethics.by-video") if self.sitting.video else ""
        return join_words([one for one in (self.meeting.where, video) if one], self.lang)

    def _chairs(self) -> list[str]:
        found = []
        for row in self.acts:
            if row.step == "open":
                found.append(self._name(str(row.gives["chair"])))
            elif row.step == "preside":
                found.append(self.say("ethics.from-when", who=self._name(str(row.gives["seat"])), time=self._clock(row.at)))
        return found

    def _present(self) -> list[str]:
        """Who was there, each with the times."""
        spans: dict[str, list[tuple[datetime, datetime | None]]] = {}
        for row in self.acts:
            if row.step in ("open", "arrive"):
                came = row.gives.get("present", ()) if row.step == "open" else (row.gives["seat"],)
                for seat in came:
                    held = spans.setdefault(str(seat), [])
                    if not held or held[-1][1] is not None:
                        held.append((row.at, None))
            elif row.step in ("depart", "close"):
                for seat in list(spans) if row.step == "close" else [str(row.gives["seat"])]:
                    if spans.get(seat) and spans[seat][-1][1] is None:
                        spans[seat][-1] = (spans[seat][-1][0], row.at)
        return [self._span(seat, held) for seat, held in spans.items()]

    def _span(self, seat: str, held: Sequence[tuple[datetime, datetime | None]]) -> str:
        times = [
            self.say("ethics.span", began=self._clock(began), ended=self._clock(ended))
            if ended
            else self.say("ethics.span-open", began=self._clock(began))
            for began, ended in held
        ]
        return self.say("ethics.there-when", who=self._name(seat), times=join_words(times, self.lang))

    def _absent(self) -> list[str]:
        """Who had a seat with a vote on the day, and was never there."""
        if self.sitting.state == "called":
            return []
        came = {str(one) for row in self.acts for one in (*row.gives.get("present", ()), row.gives.get("seat", ""))}
        on: date = self.sitting.on
        voting = [one for one in self.standing.sitting_seats(on) if one.post in self.rules.votes]
        return [self._name(one.id) for one in voting if one.id not in came]

    def _interest(self, row: Done) -> str:
        code = "ethics.declared-withdrew" if row.gives.get("withdraws") is True else "ethics.declared-stays"
        return self.say(code, who=self._name(str(row.gives["seat"])), case=self._case(str(row.gives["case"])))

    # -- what was voted on -----------------------------------------------------------------------------------------------------

    def _case(self, named: str) -> str:
        return case_title(self.cases[named], self.lang) if named in self.cases else named

    def _motion(self, one: Ballots) -> Iterator[str]:
        say = self.say
        yield say(
            "ethics.minutes-motion",
            number=one.number,
            case=self._case(one.ballot.case),
            motion=outcome_words(one.ballot.motion, self.lang),
            time=self._clock(one.put.at),
        )
        if one.count is None:
            yield say("ethics.minutes-not-counted")
            return
        yield tally_words(one, self.lang)
        yield say("ethics.minutes-came", came=say(f"ethics.came-{one.ballot.came}"))
        for lack in lacks_told(one, self.lang):
            yield say("ethics.minutes-lack", words=lack["words"], clause=lack["clause"])

    def _precedents(self) -> Iterator[str]:
        seen: set[tuple[str, str]] = set()
        for row in self.acts:
            for named in row.words.get("precedents", ()):
                key = (str(row.gives["case"]), str(named))
                if key not in seen:
                    seen.add(key)
                    yield self.say("ethics.minutes-precedent", case=self._case(key[0]), shown=self._case(key[1]))


def tally_words(one: Ballots, lang: str) -> str:
    """How a ballot went, in numbers, as they were found when it was counted."""
    found = one.count.words.get("found") if one.count else None
    if not found:
        return sayer(lang)("ethics.tally-unknown")
    return sayer(lang)("ethics.tally", **{name: found[name] for name in TOLD})


def lacks_told(one: Ballots, lang: str) -> list[dict[str, str]]:
    """What a ballot lacked, in the words of then, with its clause and how it is mended."""
    if one.count is None:
        return []
    told = {str(lack["guard"]): lack["words"] for lack in one.count.words.get("lacking", ())}
    rules, found = rules_at(one.count.committee, one.count.edition), []
    for name in one.ballot.lacking:
        guard = rules.guards[name]
        basis = basis_words(guard.basis, lang)
        words = in_language(told.get(name, {}), lang) or in_language(guard.lacks, lang)
        who = join_words([in_language(rules.roles[role], lang) for role in guard.who], lang)
        found.append(
            {
                "words": words,
                "clause": basis["words"],
                "href": basis["href"],
                "note": basis["note"],
                "cure": in_language(guard.cure, lang),
                "who": sayer(lang)("ethics.can-supply", who=who),
            }
        )
    return found
