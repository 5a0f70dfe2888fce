"""Answers scored: which answer gave which points, the sums, the reduction for mitigation, and the level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from guiju.questionnaires.answers import Answers, Asking, Given, Remark, check_answers, remarks_on
from guiju.questionnaires.errors import QuestionnaireError
from guiju.questionnaires.model import Condition, Counts, Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Counted:
    """One answered question that counts for impact or mitigation, with the points it gave.

    ``asked`` is False for an answer to a question that these answers do not call up; ``points`` are then those it would give,
    and ``taken`` says whether they stand in the sums.
    """

    question: str
    section: str
    counts: Counts
    chosen: tuple[str, ...]
    points: int
    most: int
    asked: bool
    taken: bool


MOST_DIGITS: Final = 3
"""Of the points behind an option's last hyphen: no edition has an option of a thousand points or more."""


@dataclass(frozen=True, slots=True)
class Score:
    """The result under one edition.

    ``current`` is the raw score, reduced where mitigation is ``enough``; ``level`` is None in editions that give none.
    ``open``: questions that are asked, count and have no answer; with any of them the result may still grow.
    """

    questionnaire: Questionnaire
    answers: Answers
    asking: Asking
    raw: int
    mitigation: int
    enough: bool
    current: int
    level: int | None
    trace: tuple[Counted, ...]
    open: tuple[str, ...]
    remarks: tuple[Remark, ...]

    @property
    def level_name(self) -> str | None:
        """The level as it is written: I, II, III, IV."""
        return None if self.level is None else self.questionnaire.levels[self.level - 1]

    @property
    def dropped(self) -> tuple[Counted, ...]:
        """Answers to questions that are not asked."""
        return tuple(one for one in self.trace if not one.asked)

    def completed(self) -> Score:
        """The score of the same record as the official tool gives it once the form is completed."""
        shown = shown_questions(self.questionnaire, self.answers)
        known = {name: given for name, given in self.answers.values.items() if name in shown}
        kept = replace(self.answers, values=known)
        return score(self.questionnaire, kept, Asking.RECORDED)

    def facts(self) -> dict[str, object]:
        """The figures under the names by which a dossier says them."""
        edition = self.questionnaire
        figures: dict[str, object] = {
            "level": self.level_name,
            "version": edition_word(edition.version),
            "raw": Decimal(self.raw),
            "max_raw": Decimal(edition.max_raw),
            "mitigation": Decimal(self.mitigation),
            "max_mitigation": Decimal(edition.max_mitigation),
            "current": Decimal(self.current),
        }
        names = edition.words.results if edition.words else {}
        return {names[key]: value for key, value in figures.items() if key in names and value is not None}


def edition_word(version: str) -> str:
    """A version as a member of an enum: ``v0.9.1`` is ``v0_9_1``."""
    return version.replace(".", "_")


def score(found: Questionnaire, answers: Answers, asking: Asking = Asking.COMPLETED) -> Score:
    """The answers scored with the official arithmetic of the edition.

    :raises QuestionnaireError: for questions and options that the edition does not have, unless the record is taken as it stands.
    """
    if asking is Asking.COMPLETED:
        check_answers(found, answers)
    shown = shown_questions(found, answers)
    trace = tuple(_counted(one, answers, shown, asking) for one in _counting(found) if one.name in answers.values)
    raw = _sum(trace, "impact")
    mitigation = _sum(trace, "mitigation")
    enough = mitigation >= found.arithmetic.enough_mitigation * found.max_mitigation
    current = reduced(found, raw) if enough else raw
    return Score(
        questionnaire=found,
        answers=answers,
        asking=asking,
        raw=raw,
        mitigation=mitigation,
        enough=enough,
        current=current,
        level=level_of(found, current),
        trace=trace,
        open=tuple(one.name for one in _counting(found) if one.name in shown and not _answered(answers.values.get(one.name))),
        remarks=remarks_on(found, answers) if asking is Asking.RECORDED else (),
    )


def reduced(found: Questionnaire, raw: int) -> int:
    """The raw score less what enough mitigation takes off; a share is rounded to a whole number, halves up."""
    share = found.arithmetic.reduction_share
    if share is None:
        return raw - (found.arithmetic.reduction_points or 0)
    return int(((1 - share) * raw).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def level_of(found: Questionnaire, current: int) -> int | None:
    """The level of a score, counted from 1; what lies on a line belongs to the lower level."""
    ends = found.arithmetic.ends(found.max_raw)
    return 1 + sum(current > end for end in ends) if ends else None


def shown_questions(found: Questionnaire, answers: Answers) -> frozenset[str]:
    """The questions that these answers call up. An answer to a question that is not asked calls up nothing."""
    known: dict[str, bool] = {}

    def shown(name: str) -> bool:
        if name not in known:
            question = found.questions[name]
            known[name] = holds(found.sections[question.section].shown) and holds(question.shown)
        return known[name]

    def holds(condition: Condition) -> bool:
        return all(shown(name) and not set(answers.chosen(name)).isdisjoint(options) for name, options in condition.items())

    return frozenset(name for name in found.questions if shown(name))


def points_of(question: Question, option: str) -> int:
    """The points of an option; one that the edition does not have carries them behind its last hyphen, as the tool reads them."""
    if option in question.options:
        return question.options[option]
    tail = option.rpartition("-")[2] if "-" in option else ""
    if not (tail.isascii() and tail.isdigit()):
        return 0
    if len(tail) > MOST_DIGITS:
        raise QuestionnaireError("answers.unknown-option", question=question.name, got=option, near=list(question.options))
    return int(tail)


def _counting(found: Questionnaire) -> list[Question]:
    return [one for one in found.questions.values() if one.counts != "nothing"]


def _answered(given: Given | None) -> bool:
    return bool(given)


def _counted(question: Question, answers: Answers, shown: frozenset[str], asking: Asking) -> Counted:
    chosen = answers.chosen(question.name)
    asked = question.name in shown
    return Counted(
        question=question.name,
        section=question.section,
        counts=question.counts,
        chosen=chosen,
        points=sum(points_of(question, option) for option in chosen),
        most=question.most,
        asked=asked,
        taken=asked or asking is Asking.RECORDED,
    )


def _sum(trace: tuple[Counted, ...], counts: Counts) -> int:
    return sum(one.points for one in trace if one.taken and one.counts == counts)
