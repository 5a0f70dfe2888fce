"""The duties of a committee and its unit, answered by the engine that answers everybody's, from what its record says."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from guiju.assess import Assessment
from guiju.assess.document import row_json
from guiju.assess.report_duty import DutyTeller
from guiju.assess.report_parts import Duty
from guiju.assess.report_words import Words
from guiju.institutions.ethics import record_facts
from guiju.institutions.ethics.case_dossiers import dossier_of, joined
from guiju.institutions.ethics.duties import instruments_of, norms_of
from guiju.institutions.ethics.in_words import case_title
from guiju.institutions.ethics.models import Case, Committee
from guiju.institutions.ethics.replaying import CountedBallot, counted_ballots
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.keeping import Keeping
from guiju.logic.syntax import names
from guiju.norms import Evaluation, Mode, Norm, Program, Results, Row, places, program_of, row_of
from guiju.norms.bearers import roles
from guiju.procedure import Rules, Standing
from guiju.subjects import dossier_from, dumps

MOST_BALLOTS: Final = 30
MOST_CASES: Final = 60
"""Of how many ballots and cases, the newest ones, the duties are answered on the page."""

OF_COMMITTEE: Final = "body"
OF_UNIT: Final = ("committee", "composition", "registration")
"""Topics of the norms that ask a unit for something of its committee."""

_kept: Final = Keeping(16)


@dataclass(frozen=True, slots=True)
class LeftAside:
    """What the dossier of a case says of the review itself, on which the record alone is heard."""

    case: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The duties by what they are about, and of how many ballots and cases there was no room to answer.

    ``unread``: cases whose dossier cannot be read by the rules of the day.
    """

    own: tuple[Duty, ...]
    unit: tuple[Duty, ...]
    meetings: tuple[Duty, ...]
    cases: tuple[Duty, ...]
    left_aside: tuple[LeftAside, ...]
    unread: tuple[str, ...]
    more_ballots: int
    more_cases: int
    from_memory: int


def answered(committee: Committee, on: date, lang: str) -> Answered:
    """The duties of a committee on a day, told in a language; made once for the same record."""
    last = committee.acts.order_by("-number").values_list("pk", "at").first()
    sent = tuple(committee.reports.order_by("pk").values_list("pk", "sent"))
    seats = tuple(committee.body.seats.order_by("pk").values_list("pk", "person_id", "left"))  # those no act tells of yet
    days = (committee.founded, committee.registered)
    key = (committee.body.public_id, last, seats, days, sent, on, lang, site_corpus().edition)
    return _kept.get(key, lambda: _answered(committee, on, lang))


def _answered(committee: Committee, on: date, lang: str) -> Answered:
    rules, standing = rules_of(committee), standing_of(committee)
    wanted = instruments_of(rules)
    program = program_of(site_corpus(), on)
    bearers = _bearers(program, wanted, norms_of(rules))
    of_committee = [one for one in bearers if not _of_party(program, one)]
    of_unit = [one for one in bearers if _of_party(program, one) and one.topic in OF_UNIT and _asks_party(program, one)]
    ballots, cases = counted_ballots(committee), _cases(committee, standing)
    body = record_facts.of_body(committee, standing, on, lang)
    held = _held(committee, standing, ballots[-MOST_BALLOTS:], body, on, lang)
    first = _World(program, {"objects": [body, *held.objects], **_parties(record_facts.of_unit(committee, on, lang))}, lang)
    about_cases = [one for one in of_committee if one.about == "activity"]
    in_cases = _InCases(program, committee, standing, body, lang)
    in_cases.take(cases[:MOST_CASES])
    return Answered(
        own=first.duties((one for one in of_committee if one.about == OF_COMMITTEE), {body["id"]}),
        unit=first.duties(of_unit),
        meetings=first.duties((one for one in of_committee if one.about == "meeting"), but=_not_carried(rules, held.lost)),
        cases=in_cases.duties(about_cases),
        left_aside=tuple(in_cases.left_aside),
        unread=tuple(in_cases.unread),
        more_ballots=max(0, len(ballots) - MOST_BALLOTS),
        more_cases=max(0, len(cases) - MOST_CASES),
        from_memory=sum(one.instrument in wanted for one in program.resting_on_memory),
    )


def _cases(committee: Committee, standing: Standing) -> list[Case]:
    """The cases of which something is recorded, the newest first."""
    found = Case.objects.filter(committee=committee, public_id__in=standing.cases).order_by("-pk")
    return list(found.select_related("committee", "version__document"))


# -- meetings ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Held:
    """Ballots that were counted, with the committee as it stood at each where that was otherwise; those that were lost."""

    objects: list[dict[str, Any]]
    lost: frozenset[str]


def _held(
    committee: Committee, standing: Standing, ballots: Sequence[CountedBallot], body: dict[str, Any], on: date, lang: str
) -> _Held:
    bodies, told, lost = {frozenset(standing.sitting_seats(on)): body}, [], set()
    for one in ballots:
        sat = frozenset(one.before.sitting_seats(one.on))
        if sat not in bodies:
            then = record_facts.of_body(committee, one.before, one.on, lang)
            bodies[sat] = {**then, "id": f"{body['id']}.{len(bodies)}"}
        told.append(record_facts.of_ballot(committee, one, standing, bodies[sat]["id"], lang))
        if one.ballot.came == "lost":
            lost.add(told[-1]["id"])
    return _Held([*list(bodies.values())[1:], *told], frozenset(lost))


def _not_carried(rules: Rules, lost: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Norms by which a motion is lost, at the ballots at which one was: nothing was decided, and nothing broken by it."""
    norms = [one.basis.norm for one in rules.guards.values() if one.then == "lost" and one.basis.norm]
    return frozenset((norm, ballot) for norm in norms for ballot in lost)


# -- cases ---------------------------------------------------------------------------------------------------------------------


class _InCases:
    """The worlds of cases: one for those of which there is the record alone, and one for each that has a dossier."""

    def __init__(self, program: Program, committee: Committee, standing: Standing, body: dict[str, Any], lang: str) -> None:
        self.program, self.committee, self.standing, self.body, self.lang = program, committee, standing, body, lang
        self.worlds: list[tuple[_World, set[str]]] = []
        self.left_aside: list[LeftAside] = []
        self.unread: list[str] = []

    def take(self, cases: Sequence[Case]) -> None:
        """Tell some cases."""
        acts = list(self.committee.acts.filter(about__in=[one.public_id for one in cases]).order_by("number"))
        bare = []
        for one in cases:
            mine = [row for row in acts if row.about == one.public_id]
            told = record_facts.of_case(self.committee, one, self.standing, mine, case_title(one, self.lang), self.lang)
            dossier = dossier_of(one)
            if dossier is None:
                bare.append(told)
                self.unread += [case_title(one, self.lang)] if one.version is not None else []
                continue
            found = joined(one, dossier, told, record_facts.meaning_for(self.committee), self.lang)
            said = {**found.said, "objects": [*found.said["objects"], self.body]}
            self.worlds.append((_World(self.program, said, self.lang), {found.activity}))
            if found.left_aside:
                self.left_aside.append(LeftAside(case_title(one, self.lang), found.left_aside))
        if bare:
            said = {"objects": [self.body, *bare], **_parties()}
            self.worlds.append((_World(self.program, said, self.lang), {one["id"] for one in bare}))

    def duties(self, wanted: Sequence[Norm]) -> tuple[Duty, ...]:
        """What falls or may fall on the committee in them."""
        return tuple(sorted((one for world, own in self.worlds for one in world.duties(wanted, own)), key=_order))


# -- which norms ---------------------------------------------------------------------------------------------------------------


def _bearers(program: Program, instruments: frozenset[str], named: frozenset[str]) -> list[Norm]:
    """The duties of the instruments that fall on whoever bears one of the norms that the rules name."""
    borne = {role for one in named & program.norms.keys() for role in roles(program, program.norms[one])}
    mine = (one for one in program.norms.values() if one.instrument in instruments and one.kind == "duty")
    return [one for one in mine if borne.intersection(roles(program, one))]


def _of_party(program: Program, norm: Norm) -> bool:
    """Whether it falls on a unit, rather than on the committee."""
    declared = program.vocabulary.declared
    return all(declared[one].object != OF_COMMITTEE for one in roles(program, norm))


def _asks_party(program: Program, norm: Norm) -> bool:
    """Whether all that it asks is asked of the unit itself, not of one of its activities."""
    declared = program.vocabulary.declared
    asked = [one for one in names(norm.require) if one in declared]
    return bool(asked) and all(declared[one].object == "party" for one in asked)


# -- their answers -------------------------------------------------------------------------------------------------------------


def _parties(*found: dict[str, Any]) -> dict[str, Any]:
    """A world in which there is a system of which nothing is known, and of parties just these."""
    return {"system": {"id": "system"}, "parties": {"exactly": list(found)}}


class _World:
    """A small world, and the duties that fall on somebody in it."""

    def __init__(self, program: Program, said: dict[str, Any], lang: str) -> None:
        self.dossier = dossier_from(dumps(said), "committee", program.vocabulary)
        self.evaluation = Evaluation(program, self.dossier.world)
        self.today = self.evaluation.in_mode(Mode(only_applicable=True))
        self.program, self.lang = program, lang

    def duties(
        self, wanted: Iterable[Norm], of: Container[str] | None = None, but: Container[tuple[str, str]] = ()
    ) -> tuple[Duty, ...]:
        """What falls or may fall on them, told; permissions ask nothing and are left out.

        ``of``: only what is asked about these objects. ``but``: norms that are not asked about some objects.
        """
        chosen = {one.id for one in wanted}
        found = [(norm, thing, party) for norm, thing, party in places(self.evaluation) if norm.id in chosen]
        rows = [self._row(*one) for one in found if (of is None or one[1].id in of) and (one[0].id, one[1].id) not in but]
        rows = [row for row in rows if row.in_scope.value != "no" and row.met is not None and row.met.met is not None]
        rows = [row for row in rows if row.timing.status in ("applies", "unknown", "transitional")]
        results = Results(self.program, self.dossier.world, self.evaluation, rows)
        assessment = Assessment(self.dossier, site_corpus(), self.program, results, None)
        teller = DutyTeller(Words(assessment, self.lang))
        told = [teller.duty(row, row_json(assessment, row), f"d{number}") for number, row in enumerate(rows, 1)]
        return tuple(sorted(told, key=_order))

    def _row(self, *place: Any) -> Row:
        return row_of(self.evaluation, self.today, *place)


def _order(one: Duty) -> tuple[int, int]:
    """What is not met first, then what is not known, then what is met; what is sure to apply before what may."""
    return ("no", "unknown", "yes").index(one.met or "unknown"), ("yes", "unknown").index(one.scope)
