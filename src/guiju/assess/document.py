"""The assessment as a document: canonical JSON with its schema, engine, edition, dossier digest and days (design, section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from guiju import __version__
from guiju.assess.again import inputs_of
from guiju.assess.met_words import awaited_json, basis_json, bearer_json, grade_readings_json, met_json, readings_json
from guiju.assess.parts import acts_json, applied_json, clock_json, details_json, power_json, sanction_json
from guiju.assess.plain import because_json, day_json, missing_json
from guiju.assess.questions import Question, questions_of
from guiju.logic import Truth
from guiju.norms import (
    Corpus,
    Grade,
    Program,
    Results,
    Row,
    Thing,
    answer,
    details_of,
    enforced_from,
    grades_of,
    natural_key,
    program_of,
    row_grade,
)
from guiju.subjects import Dossier, Notice, Proposal
from guiju.wording import LANGUAGES

SCHEMA: Final = "guiju.assessment/1"

FORCE_ORDER: Final = ("hard", "hardened", "expected", "unknown", "soft")
STATUS_ORDER: Final = ("applies", "unknown", "transitional", "suspended", "upcoming", "ended")


@dataclass
class Assessment:
    """One dossier under one edition on one day; ``rows`` in the order a reader wants them."""

    dossier: Dossier
    corpus: Corpus
    program: Program
    results: Results
    party: str | None = None
    was_edition: str | None = None
    """The edition of the earlier result that this one makes again."""

    @cached_property
    def rows(self) -> list[Row]:
        """All rows for the party asked for: hard first, what applies now first, then by clause."""
        return sorted((row for row in self.results.rows if self._wanted(row)), key=_order)

    def _wanted(self, row: Row) -> bool:
        return self.party is None or row.party is None or row.party.id == self.party or row.party.anonymous

    @cached_property
    def in_question(self) -> list[Row]:
        """Rows in scope, or of which that is not known."""
        asked = (row for row in self.results.rows if self._wanted(row) and row.in_scope is not Truth.FALSE)
        return sorted(asked, key=_order)

    @cached_property
    def grades(self) -> list[Grade]:
        """Every scheme's answer, and beside a scheme over rows each row's own where there is more than one."""
        found = grades_of(self.results.evaluation, self.results.alternatives)
        return [grade for grade in found if not _of_earlier(self, grade.thing)]

    @cached_property
    def questions(self) -> list[Question]:
        """What to ask next, most settling first."""
        return questions_of(self.in_question)

    def unmet(self, also_unknown: bool) -> list[Row]:
        """Hard duties that apply now and are not met (or, if asked, not known to be)."""
        binding = ("hard", "hardened", "unknown") if also_unknown else ("hard", "hardened")
        found = []
        for row in self.in_question:
            if row.norm.kind != "duty" or row.timing.status not in ("applies", "unknown") or row.force.force not in binding:
                continue
            met = None if row.met is None or row.presumed else row.met.met
            settled_breach = met is Truth.FALSE and row.in_scope is Truth.TRUE and row.timing.status == "applies"
            if settled_breach or (
                also_unknown and (met is Truth.UNKNOWN or not row.in_scope.settled or row.timing.status == "unknown")
            ):
                found.append(row)
        return found


def _of_earlier(assessment: Assessment, thing: Thing) -> bool:
    world = assessment.results.world
    earlier = [one.links["earlier"] for one in world.things if "earlier" in one.links]
    return any(world.home(thing) is one for one in earlier)


def _order(row: Row) -> tuple[Any, ...]:
    scope = 0 if row.in_scope is Truth.TRUE else 1 if row.in_scope is Truth.UNKNOWN else 2
    return (
        scope,
        FORCE_ORDER.index(row.force.force),
        STATUS_ORDER.index(row.timing.status),
        natural_key(row.norm.id),
        row.thing.id,
        row.party.id if row.party else "",
    )


def assess(
    dossier: Dossier, corpus: Corpus, on: date, known: date | None = None, party: str | None = None, memory: bool = False
) -> Assessment:
    """Answer every norm of a corpus for a dossier, on a day, as known by a day; ``memory``: also norms that rest on memory."""
    program = program_of(corpus, on, known, memory)
    return Assessment(dossier, corpus, program, answer(program, dossier.world), party)


def to_json(assessment: Assessment, everything: bool = False) -> dict[str, Any]:
    """The contract: one object; ``everything`` adds rows that are settled to be out of scope."""
    program = assessment.program
    rows = assessment.rows if everything else assessment.in_question
    return {
        "schema": SCHEMA,
        "engine": __version__,
        "edition": assessment.corpus.edition,
        **({"read_by": list(assessment.corpus.read_by)} if assessment.corpus.read_by else {}),
        "dossier": assessment.dossier.digest,
        "on": str(program.on),
        "known": str(program.known),
        **({"example": True} if assessment.dossier.example else {}),
        "subject": _subject(assessment),
        "parties": [_party(assessment, one) for one in assessment.results.world.of_kind("party") if not one.anonymous],
        "grades": [grade_json(assessment, grade) for grade in assessment.grades],
        "duties": [row_json(assessment, row) for row in rows],
        "questions": [_question(one) for one in assessment.questions],
        "readiness": {
            "norms": sum(assessment.results.readiness.values()),
            "by_kind": assessment.results.readiness,
            "awaited": awaited_json(assessment.results),
        },
        "acts": acts_json(program, (row.norm.id for row in rows)),
        "proposals": [_proposal(one) for one in assessment.dossier.proposals],
        "not_covered": not_covered(assessment),
        "warnings": warnings(assessment),
        "inputs": inputs_of(assessment),
    }


def _subject(assessment: Assessment) -> dict[str, Any]:
    subject = assessment.dossier.subject
    return {"kind": subject.kind, "id": subject.id, "name": dict(subject.label)}


def _party(assessment: Assessment, party: Thing) -> dict[str, Any]:
    roles: list[str] = []
    open_roles: list[str] = []
    for entry in assessment.corpus.vocabulary.entries():
        if entry.kind == "term" and entry.object == "party" and str(entry.type) == "bool":
            truth = assessment.results.evaluation.term(entry, party)
            if truth is Truth.TRUE:
                roles.append(entry.name)
            elif truth is not Truth.FALSE:
                open_roles.append(entry.name)
    return {"org": party.id, "roles": sorted(roles), "open_roles": sorted(open_roles)}


def grade_json(assessment: Assessment, grade: Grade) -> dict[str, Any]:
    """One grade of the contract."""
    timed = grade.timing
    found = {
        "scheme": grade.scheme.id,
        "answers": grade.scheme.answers,
        "label": dict(grade.scheme.label),
        "at_least": grade.at_least,
        "at_most": grade.at_most,
        "settled": grade.settled,
        "object": grade.thing.id,
        "status": timed.status if timed else None,
        "from": day_json(timed.from_day) if timed else None,
        "until": day_json(timed.until_day) if timed else None,
        "moved_by": timed.moved_by if timed else None,
        "because": because_json(assessment.program, grade.because),
        "missing": [missing_json(one) for one in grade.missing],
        "depends_on_reading": grade_readings_json(grade),
        "details": _details(assessment, grade),
        **({"questionnaire": grade.scheme.questionnaire} if grade.scheme.questionnaire else {}),
    }
    if grade.scheme.rows is not None:
        found["rows"] = [_row_grade(assessment, grade, row) for row in _rows_of(assessment, grade)]
    return found


def _rows_of(assessment: Assessment, grade: Grade) -> list[Thing]:
    assert grade.scheme.rows is not None
    relation = assessment.corpus.vocabulary.declared[grade.scheme.rows.over]
    return [
        thing
        for thing in assessment.results.world.of_kind(relation.to)
        if not thing.anonymous and not _of_earlier(assessment, thing)
    ]


def _row_grade(assessment: Assessment, grade: Grade, row: Thing) -> dict[str, Any]:
    one = row_grade(assessment.results.evaluation, grade.scheme, row, assessment.results.alternatives)
    timed = one.timing
    return {
        "object": row.id,
        "at_least": one.at_least,
        "at_most": one.at_most,
        "settled": one.settled,
        "status": timed.status if timed else None,
        "from": day_json(timed.from_day) if timed else None,
        "moved_by": timed.moved_by if timed else None,
        "because": because_json(assessment.program, one.because),
        "missing": [missing_json(each) for each in one.missing],
        "depends_on_reading": grade_readings_json(one),
        "details": _details(assessment, one),
    }


def _details(assessment: Assessment, grade: Grade) -> list[dict[str, Any]]:
    return details_json(details_of(assessment.results.evaluation, grade.scheme, grade.thing))


def row_json(assessment: Assessment, row: Row) -> dict[str, Any]:
    """One row of the contract."""
    norm, timed = row.norm, row.timing
    instrument = assessment.corpus.instruments[norm.instrument]
    return {
        "norm": norm.id,
        "version": norm.meaning,
        "kind": norm.kind,
        "about": norm.about,
        "object": row.thing.id,
        "party": None if row.party is None or row.party.anonymous else row.party.id,
        "instrument": instrument.id,
        "instrument_kind": instrument.kind,
        "instrument_title": dict(instrument.title),
        "pinpoint": dict(norm.pinpoint),
        "bearer": bearer_json(row),
        "shared_with": row.shared_with,
        "owed_to": list(norm.owed_to),
        "modality": norm.modality if norm.kind == "duty" else None,
        "force": row.force.force,
        "force_path": [{"how": one.how, "by": one.by, "source": one.source, "checked": one.checked} for one in row.force.path],
        "effect_if_met": norm.effect_if_met,
        "effect_if_broken": norm.effect_if_broken,
        "in_scope": row.in_scope.value,
        "status": timed.status,
        "from": day_json(timed.from_day),
        "until": day_json(timed.until_day),
        "moved_by": timed.moved_by,
        "enforced": timed.enforced,
        "enforced_from": None if timed.enforced else day_json(enforced_from(assessment.program, norm.id)),
        "applied": applied_json(row),
        "power": power_json(row),
        "met": met_json(row),
        "basis": basis_json(row),
        "clock": clock_json(row),
        "because": because_json(assessment.program, row.because),
        "missing": [missing_json(one) for one in row.missing],
        "depends_on_reading": readings_json(row),
        "sanctions": [sanction_json(one) for one in row.sanctions],
        "phase": norm.phase,
        "topic": norm.topic,
        "pending": [event.id for event in assessment.program.pending if assessment.corpus.contents.hit(event.targets, norm.id)],
        "summary": dict(norm.summary),
        "encoded": norm.encoded,
        "checked": {"against": norm.checked.against, "source": norm.checked.source},
        "reviewed": norm.reviewed,
    }


def _question(one: Question) -> dict[str, Any]:
    return {
        "fact": one.name,
        "object": one.thing.id if one.thing else None,
        "cause": one.cause,
        "settles": one.settles,
        "hard": one.hard,
        "text": dict(one.text),
    }


def _proposal(one: Proposal) -> dict[str, Any]:
    return {
        "object": one.thing.id,
        "fact": one.name,
        "value": one.value,
        "line": one.line,
        "excerpt": one.excerpt,
        "confidence": one.confidence,
        "state": one.state,
        "assumed": one.assumed,
    }


def not_covered(assessment: Assessment) -> list[dict[str, Any]]:
    """What the result does not answer: parts left out of encoded norms, what rests on memory, what an instrument's book lacks."""
    instruments = assessment.corpus.instruments.values()
    found: list[dict[str, Any]] = [
        {"instrument": one.id, "text": dict(one.not_covered)} for one in instruments if one.not_covered
    ]
    shown = {row.norm.id for row in assessment.in_question}
    found += [
        {"norm": norm.id, "text": dict(norm.left_out)}
        for norm in assessment.program.norms.values()
        if norm.left_out and norm.id in shown
    ]
    if not assessment.program.memory:
        found += [{"norm": norm.id, "memory": True, "text": dict(norm.summary)} for norm in assessment.program.resting_on_memory]
    return found


def _notice(one: Notice) -> dict[str, Any]:
    """What the reader of a card noticed, with the words for it in both languages."""
    where = None if one.where is None else str(one.where)
    return {"code": one.code, "where": where, "text": {lang: one.message(lang) for lang in LANGUAGES}}


def undecided(dossier: Dossier) -> tuple[tuple[str, int], tuple[str, int]]:
    """How many proposals nobody has decided on: those the result takes as so, and those it sets aside."""
    open_ones = [one for one in dossier.proposals if one.state == "open"]
    assumed = sum(one.assumed for one in open_ones)
    return ("not-accepted", assumed), ("set-aside", len(open_ones) - assumed)


def warnings(assessment: Assessment) -> list[dict[str, Any]]:
    """What a reader must know of this result as a whole, as catalogue codes with their fields."""
    found: list[dict[str, Any]] = [{"code": "assess.unsigned-books"}]
    was, edition = assessment.was_edition, assessment.corpus.edition
    if was is not None and was != edition:
        found.append({"code": "assess.other-edition", "was": was[:19], "edition": edition[:19]})
    found += [{"code": "assess.read-by", "by": by} for by in assessment.corpus.read_by]
    found += [{"code": f"assess.proposals-{how}", "count": count} for how, count in undecided(assessment.dossier) if count]
    memory = assessment.program.resting_on_memory
    if memory:
        found.append({"code": "assess.memory-on" if assessment.program.memory else "assess.memory-off", "count": len(memory)})
    if not any(row.norm.reviewed for row in assessment.in_question):
        found.append({"code": "assess.not-reviewed"})
    found += [_notice(one) for one in assessment.dossier.warnings]
    return found
