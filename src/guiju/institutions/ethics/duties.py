"""What a committee itself owes by when: its registration and its report of the year, counted by the norms that ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, Final

from guiju.calendars import now
from guiju.institutions.ethics.models import Committee
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.hall.edition import site_corpus
from guiju.norms import ClockReading, Evaluation, Program, program_of, row_of
from guiju.procedure import Basis, Rules, day_of
from guiju.subjects import dossier_from, dumps

REGISTRATION: Final = "cn/ethics-review-2023/43"
REPORT: Final = "cn/ethics-review-2023/45"


def instruments_of(rules: Rules) -> frozenset[str]:
    """The instruments that rules of procedure rest on."""
    norms = site_corpus().norms
    return frozenset(norms[one][-1].instrument for one in norms_of(rules))


def norms_of(rules: Rules) -> frozenset[str]:
    """The norms that rules of procedure name."""
    return frozenset(one.norm for one in _bases(rules) if one.norm in site_corpus().norms)


def _bases(rules: Rules) -> Iterator[Basis]:
    for parts in (rules.guards.values(), rules.steps.values(), rules.parameters.values(), rules.categories, rules.limits):
        yield from (one.basis for one in parts)


def owes(rules: Rules, norm: str) -> bool:
    """Whether a norm of the law of these rules asks something of their committees: its instrument is one that they rest on."""
    found = site_corpus().norms.get(norm)
    return found is not None and found[-1].instrument in instruments_of(rules)


def registration_due(committee: Committee) -> date | None:
    """The last day to register it; None where that was done, or its rules ask for none."""
    if committee.registered is not None:
        return None
    read = registration_clock(committee)
    return read.due.earliest if read and read.due and isinstance(read.due.earliest, date) else None


def registration_clock(committee: Committee) -> ClockReading | None:
    """How the time to register it stands today; None where its rules ask for none."""
    rules = rules_of(committee)
    if not owes(rules, REGISTRATION):
        return None
    on = day_of(rules, now())
    return _clock(site_corpus().edition, REGISTRATION, committee.founded, committee.registered, on)


@lru_cache(maxsize=64)
def _clock(edition: str, norm: str, founded: date, registered: date | None, on: date) -> ClockReading | None:
    """The norm's own clock, in a world that holds nothing but the days; None where the norm is not in force."""
    assert edition == site_corpus().edition
    program = program_of(site_corpus(), on)
    found = program.norms.get(norm)
    if found is None:
        return None
    conduct: dict[str, Any] = {"committee_registered": {"value": True, "done": str(registered)} if registered else False}
    unit = {"org": "org:unit", "conduct": conduct, "events": {"ethics_committee_founded": str(founded)}}
    dossier = dossier_from(dumps({"system": {"id": "system"}, "parties": {"exactly": [unit]}}), "committee", program.vocabulary)
    evaluation = Evaluation(program, dossier.world)
    (thing,), (party,) = dossier.world.of_kind(found.about), dossier.world.of_kind("party")
    met = row_of(evaluation, evaluation, found, thing, party).met
    return met.clock if met else None


def report_due(committee: Committee, on: date) -> tuple[int, date] | None:
    """The first year of which a report is owed on a day and was not sent, and by when; None where there is none.

    Of years whose report fell due before the committee was entered here nothing is known.
    """
    rules = rules_of(committee)
    if not owes(rules, REPORT):
        return None
    sent = set(committee.reports.values_list("year", flat=True))
    entered = day_of(rules, committee.made)
    for year in range(committee.founded.year, on.year):
        due = report_day(year, on)
        if due is not None and year not in sent and due >= entered:
            return year, due
    return None


def report_day(year: int, on: date) -> date | None:
    """The day by which the report on a year is to be sent, as the norm has it on a day."""
    found = _program(on).norms.get(REPORT)
    if found is None or found.clock is None or found.clock.on is None:
        return None
    month, day = (int(part) for part in found.clock.on.split("-"))
    return date(year + 1, month, day)


def _program(on: date) -> Program:
    return program_of(site_corpus(), on)
