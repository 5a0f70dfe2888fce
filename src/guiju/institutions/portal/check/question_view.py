"""One question as plain data for its page: the words, why it is asked, what the law says of it, and the form as it is filled."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from guiju.assess import Counts, Interview, Question
from guiju.assess.interview import is_answered, same_person, thing_of
from guiju.assess.interview_words import choices_of, clauses, criteria, examples, question_text, unit_words
from guiju.assess.plain import called, clause_of
from guiju.calendars import parse_partial, words
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import sayer
from guiju.institutions.portal.check.held import Held
from guiju.institutions.portal.check.question_form import NEVER_NONE, Filled, Problem, filled_with
from guiju.institutions.rules.addresses import rule_address
from guiju.norms import Thing
from guiju.norms.vocabulary import PARTY_KINDS
from guiju.subjects import Asked, Dossier, dumps, written
from guiju.subjects.errors import kind_words
from guiju.wording import in_language

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
    may_be_none: bool
    why: list[str]
    schemes: list[Linked]
    help: str
    example: str
    criteria: str
    clauses: list[Linked]
    counts: Counts
    filled: Filled
    answered: bool
    by: str
    on: str
    idle: bool
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
    settles, hard = interview.bearing((thing.kind, thing.id, declared.name))
    return Question(declared.name, thing, cause, settles, hard, declared.ask or declared.label, declared=declared)


def put_to(held: Held, who: str) -> list[tuple[Question, Asked]]:
    """What somebody was asked and nobody has answered: what is open first, in the order of the row."""
    interview = held.interview()
    notes = {(one.kind, one.id, one.name): one for one in held.dossier.asked if one.who and same_person(one.who, who)}
    found = [(one, notes[one.address]) for one in interview.for_person(who)]
    named = {one.address for one, _ in found}
    for address, note in notes.items():
        question = None if address in named or is_answered(held.dossier, address) else question_at(held, *address)
        if question is not None:
            found.append((question, note))
    return found


def seen_of(question: Question, dossier: Dossier) -> str:
    """A short sign of what the dossier says now; a form sends it back, so that nobody's answer is replaced unseen."""
    thing = thing_of(dossier, *question.address[:2])
    declared = question.declared
    if thing is None or declared is None:
        return ""
    if declared.kind == "relation":
        rows = [one.id for one in thing.rows.get(declared.name, ())]
        said: object = [rows, declared.name in thing.closed, str(thing.listed.get(declared.name))]
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
    answered = is_answered(held.dossier, question.address)
    by, on = said_by(question, thing)
    told, example = example_of(examples(question, lang), lang)
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
        rows=[(one.id, called(one, lang, site_corpus())) for one in rows if not one.anonymous],
        may_be_none=question.name not in NEVER_NONE,
        why=why_words(question, lang),
        schemes=_schemes(interview, question, lang),
        help=told,
        example=example,
        criteria=criteria(question, lang),
        clauses=[(clause_of(interview.program, one, lang), rule_address(lang, one)) for one in clauses(question)],
        counts=interview.counts,
        filled=filled or present,
        answered=answered,
        by=by,
        on=words(parse_partial(on), lang) if on else "",
        idle=answered and not question.settles,
        problems=problems or [],
        version=held.version,
        seen=seen_of(question, held.dossier),
    )


def example_of(text: str, lang: str) -> tuple[str, str]:
    """What helps to answer, and the example in it, which the rules begin with a word of their language."""
    mark = {"zh": "例：", "en": "Example: "}[lang]
    told, found, example = text.partition(mark)
    return told.strip(), (found + example).strip()


def said_by(question: Question, thing: Thing | None) -> tuple[str, str]:
    """Who gave the present answer, and on which day, as far as it says so; a list says it as a whole."""
    said = thing and (thing.listed.get(question.name) or thing.given.get(question.name))
    return (said.by or "", said.on or "") if said else ("", "")


def _about(question: Question, lang: str) -> str:
    """The object that is meant, where somebody named it."""
    thing = question.thing
    if thing is None or thing.anonymous:
        return ""
    return sayer(lang)("ask.about", kind=in_language(kind_words(thing.kind), lang), thing=called(thing, lang, site_corpus()))


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


def _schemes(interview: Interview, question: Question, lang: str) -> list[Linked]:
    schemes = interview.corpus.schemes
    return [(in_language(schemes[one].label, lang) or one, rule_address(lang, one)) for one in interview.axes(question)]


def short_line(question: Question, lang: str) -> tuple[str, str]:
    """The question and what it is about, for a list."""
    return question_text(question, lang), _about(question, lang)
