"""The duties of a committee and its unit, answered by the engine that answers everybody's, from what its record says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from guiju.assess import Assessment
from guiju.assess.document import row_json
from guiju.assess.report_duty import DutyTeller
from guiju.assess.report_parts import Duty
from guiju.assess.report_words import Words
from guiju.institutions.ethics import record_facts
from guiju.institutions.ethics.duties import instruments_of, norms_of
from guiju.institutions.ethics.in_words import case_title, committee_name, when_words
from guiju.institutions.ethics.models import Case, Committee
from guiju.institutions.ethics.replaying import CountedBallot, counted_ballots
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.keeping import Keeping
from guiju.institutions.hall.pages import sayer
from guiju.logic.syntax import names
from guiju.norms import Evaluation, Mode, Norm, Program, Results, Row, places, program_of, row_of
from guiju.norms.bearers import roles
from guiju.procedure import Standing
from guiju.subjects import dossier_from, dumps

MOST_BALLOTS: Final = 30
MOST_CASES: Final = 60
"""Of how many ballots and cases, the newest ones, the duties are answered on the page."""

OF_COMMITTEE: Final = "body"
OF_UNIT: Final = ("committee", "composition", "registration")
"""Topics of the norms that ask a unit for something of its committee."""

_kept: Final = Keeping(16)


@dataclass(frozen=True, slots=True)
class Answered:
    """The duties by what they are about, and of how many ballots and cases there was no room to answer."""

    own: tuple[Duty, ...]
    unit: tuple[Duty, ...]
    meetings: tuple[Duty, ...]
    cases: tuple[Duty, ...]
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
    ballots = counted_ballots(committee)
    cases = _cases(committee, standing)
    body = record_facts.of_body(committee, standing, on, committee_name(committee, lang), lang)
    shown = [_ballot(committee, one, lang) for one in ballots[-MOST_BALLOTS:]]
    first = _World(program, [body, *shown], record_facts.of_unit(committee, on, lang), lang)
    second = _World(program, [body, *_told_cases(committee, cases[:MOST_CASES], standing, lang)], None, lang)
    bearers = _bearers(program, wanted, norms_of(rules))
    of_committee = [one for one in bearers if not _of_party(program, one)]
    of_unit = [one for one in bearers if _of_party(program, one) and one.topic in OF_UNIT and _asks_party(program, one)]
    return Answered(
        own=first.duties(one for one in of_committee if one.about == OF_COMMITTEE),
        unit=first.duties(of_unit),
        meetings=first.duties(one for one in of_committee if one.about == "meeting"),
        cases=second.duties(one for one in of_committee if one.about == "activity") if cases else (),
        more_ballots=max(0, len(ballots) - MOST_BALLOTS),
        more_cases=max(0, len(cases) - MOST_CASES),
        from_memory=sum(one.instrument in wanted for one in program.resting_on_memory),
    )


def _cases(committee: Committee, standing: Standing) -> list[Case]:
    """The cases of which something is recorded, the newest first."""
    return list(Case.objects.filter(committee=committee, public_id__in=standing.cases).order_by("-pk"))


def _ballot(committee: Committee, one: CountedBallot, lang: str) -> dict[str, Any]:
    when = when_words(rules_of(committee), one.row.at, lang)
    return record_facts.of_ballot(committee, one, sayer(lang)("ethics.ballot-of", when=when), lang)


def _told_cases(committee: Committee, cases: Sequence[Case], standing: Standing, lang: str) -> Iterator[dict[str, Any]]:
    acts = list(committee.acts.filter(about__in=[one.public_id for one in cases]).order_by("number"))
    for one in cases:
        mine = [row for row in acts if row.about == one.public_id]
        yield record_facts.of_case(committee, one, standing, mine, case_title(one, lang), lang)


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


class _World:
    """A small world, and the duties that fall on somebody in it."""

    def __init__(self, program: Program, objects: Sequence[dict[str, Any]], unit: dict[str, Any] | None, lang: str) -> None:
        said: dict[str, Any] = {
            "system": {"id": "system"},
            "objects": list(objects),
            "parties": {"exactly": [unit] if unit else []},
        }
        self.dossier = dossier_from(dumps(said), "committee", program.vocabulary)
        self.evaluation = Evaluation(program, self.dossier.world)
        self.today = self.evaluation.in_mode(Mode(only_applicable=True))
        self.program, self.lang = program, lang

    def duties(self, wanted: Iterable[Norm]) -> tuple[Duty, ...]:
        """What falls or may fall on them, told; permissions ask nothing and are left out."""
        chosen = {one.id for one in wanted}
        rows = [self._row(*place) for place in places(self.evaluation) if place[0].id in chosen]
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
