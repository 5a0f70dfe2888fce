"""Answers to a questionnaire: read from the official tool's own file or from ours, and held against the edition they name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final

from guiju.norms import FileError, Item, Map, Scalar, Seq, digest, read_file
from guiju.questionnaires.errors import QuestionnaireError
from guiju.questionnaires.model import OTHER, Question, Questionnaire
from guiju.wording import LANGUAGES, Text, Where, nearest, text

Given = str | tuple[str, ...]

_VERSION_KEYS: Final = ("version", "survey_version")
_ANSWER_KEYS: Final = ("answers", "data")
COMMENT: Final = "-Comment"
"""What the official tool puts behind the name of a question for the words beside “other”."""


class Asking(Enum):
    """How answers are taken."""

    COMPLETED = "completed"
    """As the official tool takes a form that is completed: answers to questions that are not asked are dropped."""

    RECORDED = "recorded"
    """As it shows a file just read: every answer of the record counts, and what does not fit is remarked upon."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a record that the edition does not have."""

    code: str
    question: str
    value: str = ""

    @property
    def text(self) -> Text:
        """In every language."""
        return {lang: text(self.code, lang, question=self.question, got=self.value) for lang in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Answers:
    """An answer map: official name of the question and what was chosen or written. ``odd``: answers that are neither."""

    version: str | None
    values: Mapping[str, Given]
    places: Mapping[str, Where] = field(default_factory=dict, compare=False)
    where: Where | None = field(default=None, compare=False)
    version_at: Where | None = field(default=None, compare=False)
    questionnaire: str | None = None
    odd: frozenset[str] = frozenset()

    @property
    def digest(self) -> str:
        """The digest of version and answers; the order of the answers does not matter, nor that of options."""
        shown = {name: sorted(given) if isinstance(given, tuple) else given for name, given in self.values.items()}
        return digest([self.questionnaire, self.version, shown])

    def chosen(self, question: str) -> tuple[str, ...]:
        """The options chosen, or the one word given; nothing where there is no answer."""
        given = self.values.get(question, ())
        return given if isinstance(given, tuple) else (given,)


def read_answers(path: Path | str) -> Answers:
    """Answers from a file: the one that the official tool saves (``version``, ``data``), or ``{version, answers}``.

    A text typed into a form may hold signs that YAML does not take and JSON does; such a file is read as JSON, without places.

    :raises QuestionnaireError: for a file that holds no answers; :raises FileError: for one that is no data.
    """
    try:
        return answers_from(read_file(path))
    except FileError:
        plain = _json_of(Path(path))
        if plain is None:
            raise
        return answers_of(plain, str(path))


def _json_of(path: Path) -> Mapping[str, object] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def answers_of(data: Mapping[str, object], name: str) -> Answers:
    """Answers from plain data, as a program has them; ``name`` is what errors call it.

    :raises QuestionnaireError: for data that holds no answers.
    """
    where = Where(name)
    raw = next((data[key] for key in _ANSWER_KEYS if key in data), None)
    if not isinstance(raw, Mapping):
        raise QuestionnaireError("answers.not-answers", where)
    read = {str(key): _plain(one) for key, one in raw.items() if one is not None}
    version = next((str(data[key]) for key in _VERSION_KEYS if data.get(key) is not None), None)
    named = data.get("questionnaire")
    return Answers(
        version=version,
        values={key: "" if one is None else one for key, one in read.items()},
        where=where,
        version_at=where,
        questionnaire=None if named is None else str(named),
        odd=frozenset(key for key, one in read.items() if one is None),
    )


def _plain(value: object) -> Given | None:
    """A word or a list of words; None for what is neither."""
    if isinstance(value, list):
        return tuple(str(one) for one in value) if all(isinstance(one, str | int) for one in value) else None
    return str(value) if isinstance(value, str | int | float) else None


def answers_from(item: Item) -> Answers:
    """Answers from data.

    :raises QuestionnaireError: for data that holds no answers.
    """
    if not isinstance(item, Map):
        raise QuestionnaireError("answers.not-answers", item.where)
    raw = next((item.items[key] for key in _ANSWER_KEYS if key in item.items), None)
    if not isinstance(raw, Map):
        raise QuestionnaireError("answers.not-answers", item.where if raw is None else raw.where)
    version = next((item.items[key] for key in _VERSION_KEYS if not _empty(item.items.get(key))), None)
    named = item.items.get("questionnaire")
    read = {name: _given(one) for name, one in raw.items.items() if not _empty(one)}
    return Answers(
        version=_word(version, "version") if version is not None else None,
        values={name: "" if given is None else given for name, given in read.items()},
        places=raw.keys,
        where=item.where,
        version_at=version.where if version is not None else item.where,
        questionnaire=_word(named, "questionnaire") if named is not None else None,
        odd=frozenset(name for name, given in read.items() if given is None),
    )


def _empty(item: Item | None) -> bool:
    return item is None or (isinstance(item, Scalar) and item.value is None)


def _word(item: Item, name: str) -> str:
    if isinstance(item, Scalar) and item.value is not None:
        return item.text
    raise QuestionnaireError("answers.not-a-word", item.where, question=name)


def _given(item: Item) -> Given | None:
    """A word or a list of words; None for what is neither."""
    if isinstance(item, Seq):
        words = tuple(one.text for one in item if isinstance(one, Scalar) and one.value is not None)
        return words if len(words) == len(item.items) else None
    return item.text if isinstance(item, Scalar) else None


# -- held against an edition -----------------------------------------------------------------------------------------------------


def check_answers(found: Questionnaire, answers: Answers) -> None:
    """Refuse the first answer that the edition cannot take.

    :raises QuestionnaireError: an unknown question or option, several answers to a question for one, a word where a list is due.
    """
    for fault, name, value, near in faults(found, answers):
        place = answers.places.get(name) or answers.where
        raise QuestionnaireError(f"answers.{fault}", place, question=name, got=value, near=near, version=found.version)


def remarks_on(found: Questionnaire, answers: Answers) -> tuple[Remark, ...]:
    """What the edition does not have, for a record that is taken as it stands."""
    return tuple(Remark(f"answers.{fault}-noted", name, value) for fault, name, value, _ in faults(found, answers))


def faults(found: Questionnaire, answers: Answers) -> Iterator[tuple[str, str, str, list[str]]]:
    """What is wrong, of which question, what was given, and what is near it."""
    for name, given in answers.values.items():
        question = found.questions.get(name)
        if question is None:
            asked = found.questions.get(name.removesuffix(COMMENT))
            if not (name.endswith(COMMENT) and asked is not None and asked.other):
                yield "unknown-question", name, name, nearest(name, found.questions)
        elif name in answers.odd:
            yield "not-a-word", name, "", []
        elif question.kind != "words":
            yield from _option_faults(question, given)
        elif isinstance(given, tuple):
            yield "several-for-one", name, ", ".join(given), []


def _option_faults(question: Question, given: Given) -> Iterator[tuple[str, str, str, list[str]]]:
    if question.kind == "several" and isinstance(given, str):
        yield "one-for-several", question.name, given, []
        return
    if question.kind == "one" and isinstance(given, tuple):
        yield "several-for-one", question.name, ", ".join(given), []
        return
    chosen = given if isinstance(given, tuple) else (given,)
    known = [*question.options, *([OTHER] if question.other else [])]
    for index, option in enumerate(chosen):
        if option not in known:
            yield "unknown-option", question.name, option, nearest(option, known) or known
        elif option in chosen[:index]:
            yield "option-twice", question.name, option, []
