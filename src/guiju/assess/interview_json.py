"""The row of an interview as plain data, for programs that ask in their own way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from guiju import __version__
from guiju.assess.interview import Interview
from guiju.assess.interview_words import choices_of, clauses, expected, question_text, unit_of
from guiju.assess.plain import value_json
from guiju.assess.questions import Question
from guiju.subjects import Dossier
from guiju.subjects.writing import asked_data, proposal_data
from guiju.wording import LANGUAGES

SCHEMA: Final = "guiju.ask/1"


def to_json(interview: Interview, questions: list[Question], dossier: Dossier) -> dict[str, Any]:
    """One object: how far it is, the next questions, what a person has still to decide, what was put aside."""
    counts = interview.counts
    return {
        "schema": SCHEMA,
        "engine": __version__,
        "edition": interview.corpus.edition,
        "dossier": interview.dossier.digest,
        "on": str(interview.program.on),
        "known": str(interview.program.known),
        "counts": {"applies": counts.applies, "settled": counts.settled, "open": counts.open},
        "questions": [question_json(interview, one) for one in questions],
        "proposals": [_exact(proposal_data(one)) for one in dossier.proposals if one.state == "open"],
        "asked": [asked_data(one) for one in interview.dossier.asked],
    }


def _exact(data: Any) -> Any:
    """The same with numbers as JSON can hold them."""
    if isinstance(data, dict):
        return {key: _exact(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_exact(value) for value in data]
    return value_json(data) if isinstance(data, Decimal) else data


def question_json(interview: Interview, one: Question) -> dict[str, Any]:
    """A question with all that is needed to ask it."""
    declared = one.declared
    return {
        "fact": one.name,
        "object": None if one.thing is None else {"kind": one.thing.kind, "id": one.thing.id},
        "cause": one.cause,
        "stage": one.stage,
        "text": {lang: question_text(one, lang) for lang in LANGUAGES},
        "help": dict(declared.help) if declared else {},
        "criteria": dict(declared.criteria) if declared else {},
        "settles": one.settles,
        "hard": one.hard,
        "alone": one.alone,
        "axes": interview.axes(one),
        "clauses": clauses(one),
        "expects": one.expects,
        "unit": unit_of(one) or None,
        "takes_day": one.takes_day,
        "choices": [{"number": each.number, "value": each.member, "label": dict(each.labels)} for each in choices_of(one)],
        "expected": {lang: expected(one, lang) for lang in LANGUAGES},
    }
