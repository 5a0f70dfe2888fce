"""What a form says in words, and what the words of an answer mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from guiju.logic import BoolType, DateType, DurationType, EnumType, NumberType, SetType
from guiju.norms.sentences import number_words
from guiju.norms.vocabulary import Declared
from guiju.norms.yaml_reader import resolve
from guiju.subjects.errors import DossierError
from guiju.subjects.sheets import Cell
from guiju.wording import LANGUAGES, in_language, text

COLUMNS: Final = (
    "number", "object", "question", "why", "expected", "answer", "all", "unknown", "who", "source", "reasons", "name", "date",
    "address",
)  # fmt: skip
"""The columns of a form, in the order in which it is written; they may be moved afterwards."""

ADDRESS_TITLE: Final = "guiju"
"""The title of the hidden column."""

_PARTS: Final = re.compile(r"[;；\n]")
_SMALLER: Final = re.compile(r"[,，、]")
_LENGTH: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?) *个?(小时|日|天|周|月|年)")
_UNITS: Final = {"小时": "hours", "日": "days", "天": "days", "周": "weeks", "月": "months", "年": "years"}
_AT_LEAST: Final = re.compile(r"(?:>=|≥|至少|at least) *(\S+)", re.IGNORECASE)
_AT_MOST: Final = re.compile(r"(?:<=|≤|至多|at most) *(\S+)", re.IGNORECASE)


def column_title(column: str, lang: str) -> str:
    """The title of a column."""
    return ADDRESS_TITLE if column == "address" else text(f"form.column-{column}", lang)


def both(code: str) -> frozenset[str]:
    """A word of the form in either language, for a form that comes back."""
    return frozenset(text(code, lang).lower() for lang in LANGUAGES)


def column_of(title: str) -> str | None:
    """The column that a title means, in either language."""
    for column in COLUMNS:
        if any(title == column_title(column, lang) for lang in LANGUAGES):
            return column
    return None


def choices(declared: Declared, lang: str) -> list[str]:
    """The answers that a drop-down offers; none where the answer is written freely."""
    if declared.kind == "relation":
        return []
    if isinstance(declared.type, BoolType):
        return [text("form.yes", lang), text("form.no", lang)]
    if isinstance(declared.type, (EnumType, SetType)):
        return [member_words(declared, member, lang) for member in declared.type.members]
    return [text("form.not-yet", lang)] if declared.kind == "event" else []


def member_words(declared: Declared, member: str, lang: str) -> str:
    """A member by its label."""
    return in_language(declared.members.get(member), lang) or member


def expected(declared: Declared, lang: str) -> str:
    """What kind of answer is expected."""
    if declared.kind == "relation":
        return text("form.expects-rows", lang)
    type_ = declared.type
    if isinstance(type_, NumberType):
        if type_.unit == "share":
            return text("form.expects-share", lang)
        return text("form.expects-number", lang, example=number_words(Decimal(12), type_.unit, lang))
    if isinstance(type_, (EnumType, SetType)):
        listed = "\n".join(f"{number}. {choice}" for number, choice in enumerate(choices(declared, lang), start=1))
        return text("form.expects-some" if isinstance(type_, SetType) else "form.expects-one", lang) + "\n" + listed
    if isinstance(type_, DateType):
        return text("form.expects-event" if declared.kind == "event" else "form.expects-day", lang)
    if isinstance(type_, DurationType):
        return text("form.expects-length", lang)
    return text("form.expects-judgement" if declared.kind == "judgement" else "form.expects-yes-no", lang)


# -- back --------------------------------------------------------------------------------------------------------------------


def meaning(cell: Cell, declared: Declared, complete: bool, date: str | None) -> Any:
    """The value that an answer cell states, as a dossier writes it.

    :raises DossierError: for words that are none of those offered.
    """
    if declared.kind == "relation":
        return _rows(cell, declared, complete)
    type_ = declared.type
    if isinstance(type_, BoolType):
        return _yes_or_no(cell, declared)
    if isinstance(type_, EnumType):
        return _member(cell.text, cell, declared)
    if isinstance(type_, SetType):
        members = [member for part in _parts(cell.text, declared) for member in [_member(part, cell, declared)]]
        return {"exactly": members} if complete else members
    if isinstance(type_, NumberType):
        return _number(cell)
    if isinstance(type_, DurationType):
        return _LENGTH.sub(lambda found: f"{found[1]} {_UNITS[found[2]]}", cell.text)
    return _day(cell, declared, date)


def _yes_or_no(cell: Cell, declared: Declared) -> bool:
    if isinstance(cell.content, bool):
        return cell.content
    word = cell.text.lower()
    if word in both("form.yes") or word in both("form.no"):
        return word in both("form.yes")
    raise DossierError("form.not-yes-or-no", cell.where, name=called(declared), got=cell.text)


def called(declared: Declared) -> dict[str, str]:
    """What a name is called, in every language."""
    return {lang: in_language(declared.ask or declared.label, lang) or declared.name for lang in LANGUAGES}


def _member(word: str, cell: Cell, declared: Declared) -> str:
    assert isinstance(declared.type, (EnumType, SetType))
    members = declared.type.members
    number = word.rstrip(".．。、 ")
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(members) and word not in members:
        return members[int(number) - 1]
    for member in members:
        if word == member or any(word.lower() == member_words(declared, member, lang).lower() for lang in LANGUAGES):
            return member
    known = {lang: [member_words(declared, member, lang) for member in members] for lang in LANGUAGES}
    listed = {lang: ("；" if lang == "zh" else "; ").join(known[lang]) for lang in LANGUAGES}
    raise DossierError("form.not-offered", cell.where, name=called(declared), got=word, known=listed)


def _parts(answer: str, declared: Declared) -> Iterable[str]:
    """The members of a list that a person wrote: parted by semicolons or lines, by commas where no label holds one."""
    for part in filter(None, map(str.strip, _PARTS.split(answer))):
        labels = {member_words(declared, member, lang).lower() for member in declared.members for lang in LANGUAGES}
        yield from [part] if part.lower() in labels else filter(None, map(str.strip, _SMALLER.split(part)))


def _number(cell: Cell) -> Any:
    if isinstance(cell.content, Decimal):
        return cell.content
    for pattern, key in ((_AT_LEAST, "min"), (_AT_MOST, "max")):
        if found := pattern.fullmatch(cell.text):
            return {key: resolve(found[1], cell.where)}
    found_number = resolve(cell.text, cell.where)
    return found_number if isinstance(found_number, Decimal) else cell.text


def _day(cell: Cell, declared: Declared, date: str | None) -> Any:
    if cell.text.lower() in both("form.not-yet"):
        if declared.kind != "event" or not date:
            raise DossierError("form.not-yet-without-day", cell.where, name=called(declared))
        return {"not_until": date}
    return cell.text


def _rows(cell: Cell, declared: Declared, complete: bool) -> Any:
    """Things a person named: the name as it was written, and an id made of it."""
    none = cell.text.lower() in both("form.none")
    named = [] if none else [part.strip() for part in _PARTS.split(cell.text) if part.strip()]
    rows = [{"id": _identifier(part, declared.to), "name": part} for part in named]
    return {"exactly": rows} if complete or none else rows


def _identifier(part: str, kind: str) -> str:
    if kind == "party" and re.fullmatch(r"org:\S+", part):
        return part
    plain = re.sub(r"[\s:/]+", "-", part).strip("-")[:100] or kind
    return f"org:{plain.lower()}" if kind == "party" else plain
