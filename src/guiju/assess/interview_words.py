"""Questions and answers in words: what may be answered, and what a person wrote as a value that a dossier can hold.

Answers are read in either language, whatever language the question was asked in. What cannot be understood is refused with
what was expected and an example; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NoReturn

from guiju.assess.questions import Question
from guiju.calendars import CalendarError, parse_duration, parse_partial
from guiju.logic import EnumType, NumberType, SetType
from guiju.norms import Declared, natural_key
from guiju.wording import LANGUAGES, GuijuError, fill, in_language, nearest

YES: Final = frozenset({"yes", "y", "true", "是", "有", "对", "是的"})
NO: Final = frozenset({"no", "n", "false", "否", "没有", "不是", "无", "不", "没"})
NONE: Final = frozenset({"0", "none", "no", "nothing", "无", "没有", "都不是", "都没有"})
ALL: Final = frozenset({"all", "全部", "都是", "都有"})
NOT_YET: Final = frozenset({"not yet", "no", "never", "0", "还没有", "尚未", "没有", "否", "未"})

_SPLIT: Final = re.compile(r"\s*[,;、；\n]\s*")
_RANGE: Final = re.compile(r"(.+?)\s*(?:\.\.|~|—|–|至|到|\bto\b)\s*(.+)")
_LEAST: Final = re.compile(r"(?:>=|≥|at least|from|至少|不少于|不早于|起)\s*(.+)")
_MOST: Final = re.compile(r"(?:<=|≤|at most|up to|until|至多|不超过|不晚于|最多)\s*(.+)")
_DIGITS: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:e\+?[0-9]+)?")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_CHINESE_DAY: Final = re.compile(r"([0-9]{4})年(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?")
_UNITS: Final = {"小时": "hours", "天": "days", "日": "days", "周": "weeks", "个月": "months", "月": "months", "年": "years"}
_MANY: Final = {"万亿": "e12", "万": "e4", "亿": "e8", "thousand": "e3", "million": "e6", "billion": "e9", "trillion": "e12"}


class AnswerError(GuijuError):
    """An answer that cannot be understood; its hint says what was expected."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a list: its number as typed, the member it stands for, and its label in each language."""

    number: int
    member: str
    labels: Mapping[str, str]


def tidy(text: str) -> str:
    """Full-width signs made half-width, one space where there are several."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def choices_of(question: Question) -> list[Choice]:
    """The numbered answers of a question; none where a number, a day or names are asked for."""
    declared = question.declared
    if declared is None or question.expects not in ("yes-no", "one-of", "some-of"):
        return []
    if isinstance(declared.type, (EnumType, SetType)):
        labels = [(one, declared.members.get(one, {"und": one})) for one in declared.type.members]
        return [Choice(number, member, label) for number, (member, label) in enumerate(labels, 1)]
    said = {lang: (fill("assess.yes", lang, "message", {}), fill("assess.no", lang, "message", {})) for lang in LANGUAGES}
    return [
        Choice(1, "true", {lang: both[0] for lang, both in said.items()}),
        Choice(2, "false", {lang: both[1] for lang, both in said.items()}),
    ]


def expected(question: Question, lang: str) -> str:
    """What may be answered, in a sentence."""
    if question.declared is not None and question.declared.to == "party":
        return fill("ask.expects-parties", lang, "message", {})
    return fill(f"ask.expects-{question.expects}", lang, "message", {"unit": unit_words(question, lang)})


def unit_of(question: Question) -> str:
    """The unit of a number that is asked for, as the vocabulary calls it."""
    kind = question.declared.type if question.declared else None
    return kind.unit if isinstance(kind, NumberType) else ""


def unit_words(question: Question, lang: str) -> str:
    """The unit of a number that is asked for, in words; a share may be written in two ways."""
    unit = unit_of(question)
    if unit == "share":
        return fill("ask.unit-share", lang, "message", {})
    return fill(f"rules.unit-name.{unit}", lang, "message", {}) if unit else ""


def question_text(question: Question, lang: str) -> str:
    """The question itself; a list is asked for as "which are there, and are these all?"."""
    text = in_language(question.text, lang) or question.name
    return fill("ask.which-rows", lang, "message", {"list": text}) if question.expects == "rows" else text


def examples(question: Question, lang: str) -> str:
    """What helps to answer, with its example; empty where the rules give none."""
    return in_language(question.declared.help, lang) if question.declared else ""


def criteria(question: Question, lang: str) -> str:
    """What the law says a judgement turns on."""
    return in_language(question.declared.criteria, lang) if question.declared else ""


def clauses(question: Question) -> list[str]:
    """The provisions that made the question necessary, in their order."""
    return sorted(question.declared.needed_by, key=natural_key) if question.declared else []


# -- what was written --------------------------------------------------------------------------------------------------------


def read_answer(question: Question, text: str, on: date) -> Any:
    """The plain value that a dossier holds for what was typed; ``on``: the day meant by "not yet".

    :raises AnswerError: where it cannot be understood, with what was expected.
    """
    said = tidy(text)
    if not said:
        _refuse("ask.nothing-said", question)
    return _READERS[question.expects](question, said, on)


def _refuse(code: str, question: Question, **fields: object) -> NoReturn:
    wanted = {lang: expected(question, lang) for lang in LANGUAGES}
    raise AnswerError(code, None, expected=wanted, **fields)


def is_yes(text: str) -> bool:
    """What was typed for a yes or a no.

    :raises AnswerError: where it is neither.
    """
    word = tidy(text).casefold().strip(".。!")
    if word in YES or word == "1":
        return True
    if word in NO or word == "2":
        return False
    wanted = {lang: fill("ask.expects-yes-no", lang, "message", {}) for lang in LANGUAGES}
    raise AnswerError("ask.not-yes-or-no", got=text, expected=wanted)


def _yes_or_no(question: Question, said: str, on: date) -> Any:  # noqa: ARG001  # one signature for all
    return is_yes(said)


def _one_of(question: Question, said: str, on: date) -> Any:  # noqa: ARG001  # the same
    found = _members(question, _SPLIT.split(said))
    return found[0] if len(found) == 1 else {"one_of": found}


def _some_of(question: Question, said: str, on: date) -> Any:  # noqa: ARG001  # the same
    if said.casefold() in NONE:
        return {"exactly": []}
    if said.casefold() in ALL:
        return {"exactly": [one.member for one in choices_of(question)]}
    return _members(question, _SPLIT.split(said))


def _members(question: Question, parts: Sequence[str]) -> list[str]:
    known = choices_of(question)
    words = {str(one.number): one.member for one in known} | {one.member.casefold(): one.member for one in known}
    words |= {label.casefold(): one.member for one in known for label in one.labels.values()}
    whole = words.get("、".join(parts).casefold()) or words.get(", ".join(parts).casefold())
    if whole is not None:
        return [whole]
    found: list[str] = []
    for part in filter(None, parts):
        pieces = part.split() if all(piece.isdigit() for piece in part.split()) else [part]
        for piece in pieces:
            member = words.get(piece.casefold())
            if member is None:
                near = [word for word in _near(piece.casefold(), words) if not word.isdigit()]
                _refuse("ask.not-among", question, got=piece, near=near, last=len(known))
            if member not in found:
                found.append(member)
    if not found:
        _refuse("ask.nothing-said", question)
    return found


def _near(piece: str, words: Iterable[str]) -> list[str]:
    return nearest(piece, words) or [word for word in words if len(piece) > 1 and piece in word][:3]


def _number(question: Question, said: str, on: date) -> Any:  # noqa: ARG001  # the same
    return _bounded(question, said.casefold(), _amount)


def _bounded(question: Question, said: str, read: Any) -> Any:
    """One value, or what is known of it: a range, at least, at most."""
    if found := _LEAST.fullmatch(said):
        return {"min": read(question, found[1])}
    if found := _MOST.fullmatch(said):
        return {"max": read(question, found[1])}
    if found := _RANGE.fullmatch(said):
        return {"min": read(question, found[1]), "max": read(question, found[2])}
    return read(question, said)


def _amount(question: Question, said: str) -> str:
    words = _without_unit(question, said.strip())
    for word, exponent in _MANY.items():
        plain = words.removesuffix(word).strip()
        if plain != words and "e" not in plain:
            words = plain + exponent
            break
    if unit_of(question) == "share" and words.endswith("%"):
        words = words[:-1].strip() + "e-2"
        if _DIGITS.fullmatch(words.removesuffix("e-2")):
            return words
    if _GROUPED.fullmatch(words):
        words = words.replace(",", "")
    if not _DIGITS.fullmatch(words):
        _refuse("ask.not-a-number", question, got=said)
    return words


def _without_unit(question: Question, said: str) -> str:
    """The number alone: its unit may be written after it, in either language."""
    unit = unit_of(question)
    if not unit or unit == "share":
        return said
    known = [unit, *(unit_words(question, lang).split("(")[0].split("（")[0] for lang in LANGUAGES)]
    for one in sorted({each.casefold() for each in known}, key=len, reverse=True):
        if said.endswith(one) and said != one:
            return said.removesuffix(one).strip().removesuffix("个").strip()
    return said


def _duration(question: Question, said: str, on: date) -> Any:  # noqa: ARG001  # the same
    words = said.casefold()
    for chinese, unit in _UNITS.items():
        if words.endswith(chinese):
            words = f"{words.removesuffix(chinese).strip()} {unit}"
            break
    try:
        parse_duration(words)
    except CalendarError as problem:
        _refuse_calendar(problem, question, said)
    return words


def _day(question: Question, said: str, on: date) -> Any:
    word = said.casefold()
    if word in NOT_YET:
        return {"not_until": on.isoformat()}
    return _bounded(question, word, _partial)


def _partial(question: Question, said: str) -> str:
    words = said.strip()
    if found := _CHINESE_DAY.fullmatch(words.replace(" ", "")):
        words = "-".join(part.zfill(2) for part in found.groups() if part)
    words = re.sub(r"[/.]", "-", words) if re.fullmatch(r"[0-9]{4}[/.][0-9]{1,2}(?:[/.][0-9]{1,2})?", words) else words
    words = re.sub(r"(?<=-)([0-9])(?=-|$)", r"0\1", words)
    try:
        return str(parse_partial(words))
    except CalendarError as problem:
        _refuse_calendar(problem, question, said)


def _refuse_calendar(problem: CalendarError, question: Question, said: str) -> NoReturn:
    cause = {lang: problem.message(lang) for lang in LANGUAGES}
    _refuse("ask.bad-day", question, got=said, cause=cause)


def _rows(question: Question, said: str, on: date) -> Any:  # noqa: ARG001  # the same
    if said.casefold() in NONE:
        return {"exactly": []}
    assert question.declared is not None
    parts = list(filter(None, _SPLIT.split(said)))
    for part in parts:
        if part.isdigit():
            _refuse("ask.not-a-name", question, got=part)
    return [_row(question.declared, part) for part in parts]


def _row(relation: Declared, name: str) -> dict[str, str]:
    """A row by its id; what has spaces is a name, and its id is made from it."""
    identifier = re.sub(r"[\s/:]+", "-", name.removeprefix("org:")).strip("-")
    row = {"org": f"org:{identifier}"} if relation.to == "party" else {"id": identifier}
    as_typed = name == (row.get("org") or identifier)  # what stands behind "org:" is a name that people read
    return row if as_typed else {**row, "name": name.removeprefix("org:")}


def closed(value: Any) -> Any:
    """A list that its answerer calls whole."""
    return {"exactly": value} if isinstance(value, list) else value


_READERS: Final = {
    "yes-no": _yes_or_no, "one-of": _one_of, "some-of": _some_of, "number": _number, "duration": _duration, "day": _day,
    "rows": _rows,
}  # fmt: skip
