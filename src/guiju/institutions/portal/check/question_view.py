"""One question as plain data for its page: the words, why it is asked, what the law says of it, and the form as it is filled."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guiju.assess import Counts, Interview, Question
from guiju.assess.interview_words import choices_of, clauses, criteria, examples, question_text, unit_of
from guiju.assess.plain import clause_of, named
from guiju.institutions.portal.check.held import Held
from guiju.institutions.portal.check.question_form import Filled, Problem, filled_with
from guiju.institutions.rules.addresses import rule_address
from guiju.norms import Thing
from guiju.norms.vocabulary import PARTY_KINDS, Declared
from guiju.subjects import Dossier, dumps, written
from guiju.subjects.errors import kind_words
from guiju.wording import codes, fill, in_language

Linked = tuple[str, str]
"""Words, and the address that they lead to."""


@dataclass(frozen=True, slots=True)
class View:
    """What the template of a question shows; all texts are in the reader's language."""

    text: str
    about: str
    kind: str
    stage: str
    expects: str
    to: str
    unit: str
    takes_day: bool
    choices: list[tuple[str, str]]
    rows: list[tuple[str, str]]
    why: list[str]
    schemes: list[Linked]
    help: str
    criteria: str
    clauses: list[Linked]
    counts: Counts
    filled: Filled
    answered: bool
    problems: list[Problem]
    version: int
    seen: str

    def error(self, field: str) -> str:
        """What is wrong with a field, if anything."""
        return " ".join(one.message for one in self.problems if one.field == field)


# -- the question at an address ---------------------------------------------------------------------------------------------


def question_at(held: Held, kind: str, identifier: str, name: str) -> Question | None:
    """The question about a name of an object of the dossier, open or answered; None where there is no such thing to ask."""
    interview = held.interview()
    declared = interview.corpus.vocabulary.declared.get(name)
    if (
        declared is None
        or declared.kind == "term"
        or not (declared.object == kind or {declared.object, kind} == set(PARTY_KINDS))
    ):
        return None
    if (found := interview.find(kind, identifier, name)) is not None:
        return found
    thing = thing_of(interview.dossier, kind, identifier)
    if thing is None or (declared.kind == "relation" and not declared.many):
        return None
    cause = "judgement" if declared.kind == "judgement" else "fact"
    return Question(declared.name, thing, cause, 0, 0, declared.ask or declared.label, declared=declared)


def _speaks_of(declared: Declared, kind: str) -> bool:
    return declared.object == kind or {declared.object, kind} == set(PARTY_KINDS)


def thing_of(dossier: Dossier, kind: str, identifier: str) -> Thing | None:
    """An object of the dossier, of its present state before an earlier one; the only one of its kind under that kind's word."""
    things = list(_things(dossier))
    found = next((one for one in things if (one.kind, one.id) == (kind, identifier)), None)
    alike = [one for one in dossier.world.things if one.kind == kind]
    return found or (alike[0] if identifier == kind and len(alike) == 1 else None)


def _things(dossier: Dossier) -> Iterator[Thing]:
    waiting, seen = list(dossier.world.things), set[int]()
    for one in waiting:
        if id(one) not in seen:
            seen.add(id(one))
            waiting += [*one.links.values(), *(row for rows in one.rows.values() for row in rows)]
            yield one


def seen_of(question: Question, dossier: Dossier) -> str:
    """A short sign of what the dossier says now; a form sends it back, so that nobody's answer is replaced unseen."""
    thing = thing_of(dossier, *question.address[:2])
    declared = question.declared
    if thing is None or declared is None:
        return ""
    if declared.kind == "relation":
        said: object = [[one.id for one in thing.rows.get(declared.name, ())], declared.name in thing.closed]
    else:
        given = thing.given.get(declared.name)
        said = None if given is None else written(given)
    return hashlib.sha256(dumps(said).encode()).hexdigest()[:12]


# -- its page ------------------------------------------------------------------------------------------------------------------


def view_of(
    held: Held, question: Question, lang: str, filled: Filled | None = None, problems: list[Problem] | None = None
) -> View:
    """The page of a question; ``filled``: what was typed, where it could not be taken."""
    interview, declared = held.interview(), question.declared
    thing = thing_of(held.dossier, *question.address[:2])
    present = filled_with(question, thing) if thing is not None else Filled()
    rows = thing.rows.get(question.name, []) if thing is not None and declared is not None else []
    return View(
        text=question_text(question, lang),
        about=_about(question, lang),
        kind=declared.kind if declared is not None else "",
        stage=question.stage,
        expects=question.expects,
        to=declared.to if declared is not None else "",
        unit=unit_words(question, lang),
        takes_day=question.takes_day,
        choices=[(one.member, in_language(one.labels, lang)) for one in choices_of(question)],
        rows=[(one.id, named(one, lang)) for one in rows if not one.anonymous],
        why=why_words(question, lang),
        schemes=_schemes(interview, question, lang),
        help=examples(question, lang),
        criteria=criteria(question, lang),
        clauses=[(clause_of(interview.program, one, lang), rule_address(lang, one)) for one in clauses(question)],
        counts=interview.counts,
        filled=filled or present,
        answered=present != Filled(),
        problems=problems or [],
        version=held.version,
        seen=seen_of(question, held.dossier),
    )


def sayer(lang: str) -> Callable[..., str]:
    """Texts of the catalogue in a language."""

    def say(code: str, **fields: object) -> str:
        return fill(code, lang, "message", fields)

    return say


def _about(question: Question, lang: str) -> str:
    """The object that is meant, where somebody named it."""
    thing = question.thing
    if thing is None or thing.anonymous:
        return ""
    return sayer(lang)("ask.about", kind=in_language(kind_words(thing.kind), lang), thing=named(thing, lang))


def why_words(question: Question, lang: str) -> list[str]:
    """Why it is asked, in sentences."""
    say = sayer(lang)
    if not question.settles:
        return [say("question.why-none")]
    code = "question.why-one" if question.settles == 1 else "question.why-many"
    said = [say(code, settles=question.settles, hard=question.hard)]
    if question.expects == "rows":
        said.append(say("ask.why-rows"))
    elif question.alone and question.settles > 1:
        said.append(say("ask.why-alone", alone=question.alone))
    return said


def unit_words(question: Question, lang: str) -> str:
    """The unit of a number, in words where there are any."""
    unit = unit_of(question)
    code = f"rules.unit.{unit}"
    return "%" if unit == "share" else fill(code, lang, "message", {"number": ""}).strip() if code in codes(lang) else unit


def _schemes(interview: Interview, question: Question, lang: str) -> list[Linked]:
    schemes = interview.corpus.schemes
    return [(in_language(schemes[one].label, lang) or one, rule_address(lang, one)) for one in interview.axes(question)]


def short_line(question: Question, lang: str) -> tuple[str, str]:
    """The question and what it is about, for a list."""
    return question_text(question, lang), _about(question, lang)
