"""Files of questionnaires read strictly: an edition with its questions, and the words for all editions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from guiju.norms import Fields, Item, Scalar, Seq, digest_bytes, read_text
from guiju.questionnaires.errors import QuestionnaireError
from guiju.questionnaires.model import (
    COUNTS,
    KINDS,
    LEVELS,
    OTHER,
    Arithmetic,
    Condition,
    Counts,
    Kind,
    Question,
    Questionnaire,
    Section,
    Source,
    Titles,
)
from guiju.wording import Text, nearest

WHOLE = Decimal(1)


def read_questionnaire(text: str, name: str, words: Titles | None = None) -> Questionnaire:
    """One edition from the text of its file; ``name`` is what errors call the file.

    :raises QuestionnaireError: with the place; :raises FileError: for a text that is no data.
    """
    f = _fields(read_text(text, name), "questionnaire")
    sections = {one.name: one for one in f.many("sections", _section)}
    questions: dict[str, Question] = {}
    for item in f.many("questions", lambda one: one):
        question = _question(item, sections)
        if question.name in questions:
            raise QuestionnaireError("questionnaire.question-twice", question.where, got=question.name)
        questions[question.name] = question
    found = Questionnaire(
        id=f.word("questionnaire"),
        version=f.word("version"),
        published=_day(f, "published"),
        source=_source(f),
        licence=f.text("licence"),
        arithmetic=_arithmetic(f),
        sections=sections,
        questions=questions,
        digest=digest_bytes(text.encode("utf-8")),
        where=f.where,
        words=words,
    )
    f.done()
    _check_conditions(found)
    return found


def read_titles(text: str, name: str) -> Titles:
    """The words of a questionnaire, for all its editions.

    :raises QuestionnaireError: with the place.
    """
    f = _fields(read_text(text, name), "questionnaire")
    found = Titles(
        id=f.word("questionnaire"),
        label=f.text("label"),
        issuer=f.text("issuer"),
        official=f.word("official"),
        sections=_texts(f, "sections"),
        labels=_texts(f, "labels"),
        titles=_texts(f, "titles"),
        earlier=_texts(f, "earlier"),
        earlier_before=_day(f, "earlier_before"),
        results=_words(f, "results"),
    )
    f.done()
    return found


def _fields(item: Item, what: str) -> Fields:
    return Fields(item, what, QuestionnaireError)


def _day(f: Fields, key: str) -> date:
    f.required(key)
    return cast(date, f.day(key))


def _texts(f: Fields, key: str) -> Mapping[str, Text]:
    inner = f.inner(key)
    return {} if inner is None else {name: inner.text(name) for name in inner.map.items}


def _words(f: Fields, key: str) -> Mapping[str, str]:
    inner = f.inner(key)
    return {} if inner is None else {name: inner.word(name) for name in inner.map.items}


def _source(f: Fields) -> Source:
    inner = f.inner("source")
    if inner is None:
        f.fail("data.missing-key", wanted="source")
    found = Source(inner.word("repository"), inner.word("commit"), inner.word("file"), inner.word("sha256"))
    inner.done()
    return found


# -- arithmetic ------------------------------------------------------------------------------------------------------------------


def _arithmetic(f: Fields) -> Arithmetic:
    inner = f.inner("arithmetic")
    if inner is None:
        f.fail("data.missing-key", wanted="arithmetic")
    share = inner.number("reduction_share")
    points = inner.number("reduction_points")
    if (share is None) == (points is None):
        inner.fail("questionnaire.one-reduction")
    shares = tuple(inner.many("level_shares", _number))
    ends = tuple(inner.many("level_points", _points))
    if shares and ends:
        inner.fail("questionnaire.one-scale")
    enough = inner.number("enough_mitigation")
    if enough is None:
        inner.fail("data.missing-key", wanted="enough_mitigation")
    for key, value in (("enough_mitigation", enough), ("reduction_share", share)):
        if value is not None and not 0 < value <= WHOLE:
            inner.fail("questionnaire.not-a-share", key, got=str(value))
    if points is not None and not _whole(points):
        inner.fail("questionnaire.not-points", "reduction_points", got=str(points))
    if len(shares or ends) >= len(LEVELS):
        inner.fail("questionnaire.too-many-levels", "level_shares" if shares else "level_points", most=len(LEVELS))
    levels = [Decimal(one) for one in shares or ends]
    if levels != sorted(set(levels)) or any(not 0 < one < WHOLE for one in shares):
        inner.fail("questionnaire.levels-not-rising", "level_shares" if shares else "level_points")
    inner.done()
    return Arithmetic(enough, share, None if points is None else int(points), shares, ends)


def _number(item: Item) -> Decimal:
    if isinstance(item, Scalar) and isinstance(item.value, Decimal):
        return item.value
    raise QuestionnaireError("questionnaire.not-points", item.where, got=_shape(item))


def _points(item: Item) -> int:
    if not _whole(points := _number(item)):
        raise QuestionnaireError("questionnaire.not-points", item.where, got=_shape(item))
    return int(points)


def _whole(points: Decimal) -> bool:
    return points == int(points) and points >= 0


# -- sections and questions ------------------------------------------------------------------------------------------------------


def _section(item: Item) -> Section:
    f = _fields(item, "section")
    found = Section(f.word("section"), cast(Counts, f.word("counts", among=COUNTS)), _condition(f), f.where)
    f.done()
    return found


def _question(item: Item, sections: Mapping[str, Section]) -> Question:
    f = _fields(item, "question")
    section = f.word("in")
    if section not in sections:
        f.fail("questionnaire.no-such-section", "in", got=section, near=nearest(section, sections))
    kind = cast(Kind, f.word("answer", among=KINDS))
    counts = sections[section].counts if kind != "words" else "nothing"
    found = Question(
        name=f.word("question"),
        section=section,
        kind=kind,
        counts=cast(Counts, f.word("counts", counts, among=COUNTS)),
        options=_options(f),
        labels=_words(f, "says"),
        shown=_condition(f),
        other=f.flag("other"),
        where=f.where,
    )
    f.done()
    if (kind == "words") == bool(found.options):
        f.fail("questionnaire.options-wanted" if kind != "words" else "questionnaire.options-unwanted", got=found.name)
    for option in found.labels:
        if option not in found.options:
            f.fail("questionnaire.label-of-nothing", "says", got=option, question=found.name)
    return found


def _options(f: Fields) -> Mapping[str, int]:
    inner = f.inner("options")
    if inner is None:
        return {}
    return {name: _points(item) for name, item in inner.map.items.items()}


def _condition(f: Fields) -> Condition:
    inner = f.inner("shown")
    return {} if inner is None else {name: inner.words(name) for name in inner.map.items}


def _shape(item: Item) -> str:
    if isinstance(item, Scalar):
        return item.text
    return "[...]" if isinstance(item, Seq) else "{...}"


# -- conditions ------------------------------------------------------------------------------------------------------------------


def asked_by(found: Questionnaire, question: Question) -> set[str]:
    """The questions that decide whether this one is asked."""
    return {*question.shown, *found.sections[question.section].shown}


def _check_conditions(found: Questionnaire) -> None:
    """Every condition asks for options of questions that exist, and none hangs on itself."""
    for question in found.questions.values():
        both = (question.shown, found.sections[question.section].shown)
        for name, options in (one for condition in both for one in condition.items()):
            known = found.questions.get(name)
            if known is None:
                near = nearest(name, found.questions)
                raise QuestionnaireError("questionnaire.condition-unknown", question.where, got=name, near=near)
            _check_options(question, known, options)
    done: set[str] = set()
    for name in found.questions:
        _no_circle(found, name, (), done)


def _check_options(question: Question, known: Question, options: Iterable[str]) -> None:
    for option in options:
        if option not in known.options and not (known.other and option == OTHER):
            near = nearest(option, known.options)
            raise QuestionnaireError("questionnaire.condition-option", question.where, got=option, question=known.name, near=near)


def _no_circle(found: Questionnaire, name: str, above: tuple[str, ...], done: set[str]) -> None:
    question = found.questions[name]
    if name in above:
        raise QuestionnaireError("questionnaire.condition-circle", question.where, got=[*above[above.index(name) :], name])
    if name in done:
        return
    for other in sorted(asked_by(found, question)):
        _no_circle(found, other, (*above, name), done)
    done.add(name)


def first_keys(text: str) -> dict[str, str]:
    """The one-line keys at the head of a file, without reading all of it: which questionnaire, which version."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        key, colon, rest = line.partition(":")
        if colon and key.isidentifier() and key not in found:
            found[key] = rest.split(" #")[0].strip()
        if key == "questions":
            break
    return found
