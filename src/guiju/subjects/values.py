"""What stands in a dossier for one name, as a value that may be known in part. What does not fit is refused, never coerced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NoReturn, TypeVar

from guiju.calendars import NEVER, CalendarError, DateRange, parse_day, parse_duration, parse_partial
from guiju.logic import (
    BoolType,
    DateType,
    DurationType,
    EnumType,
    Interval,
    NumberType,
    OneOf,
    SetOf,
    SetType,
    Truth,
    Value,
)
from guiju.norms.fields import shape
from guiju.norms.vocabulary import Declared
from guiju.norms.yaml_reader import Item, Map, Scalar, Seq
from guiju.subjects.errors import DossierError, advice, cause, remedy

T = TypeVar("T")

YES_WORDS: Final = frozenset({"yes", "on", "y", "true", "是", "有", "对"})
NO_WORDS: Final = frozenset({"no", "off", "n", "false", "否", "无", "没有", "不是"})
UNKNOWN_WORDS: Final = frozenset({"unknown", "?", "n/a", "na", "tbd", "未知", "不知道", "不详", "待定"})
MAX_MAGNITUDE: Final = 300
"""No quantity of a dossier has more digits before or after its point."""


def read_value(item: Item, declared: Declared) -> Value:
    """The value that an item states for a declared name."""
    if isinstance(item, Scalar) and not _member_of(declared, item.text) and item.text.strip().lower() in UNKNOWN_WORDS:
        _refuse("word-unknown", item, declared)
    for type_, read in _READERS.items():
        if isinstance(declared.type, type_):
            return read(item, declared)
    raise AssertionError(declared.type)


def _member_of(declared: Declared, word: str) -> bool:
    return isinstance(declared.type, (EnumType, SetType)) and word in declared.type.members


def _refuse(code: str, item: Item, declared: Declared, **fields: object) -> NoReturn:
    raise DossierError(f"dossier.{code}", item.where, name=declared.name, got=shape(item), **fields)


# -- yes or no ---------------------------------------------------------------------------------------------------------------


def _bool(item: Item, declared: Declared) -> Value:
    if not isinstance(item, Scalar):
        _refuse("not-true-or-false", item, declared)
    if isinstance(item.value, bool) and not item.quoted:
        return Truth.of(item.value)
    word = item.text.strip().lower()
    if word in YES_WORDS or word in NO_WORDS:
        _refuse("yes-or-no-word", item, declared, near="true" if word in YES_WORDS else "false")
    if declared.kind == "measure" and _is_day(item.text):
        _refuse("date-for-measure", item, declared)
    _refuse("not-true-or-false", item, declared)


def _is_day(written: str) -> bool:
    try:
        parse_partial(written)
    except CalendarError:
        return False
    return True


# -- members -----------------------------------------------------------------------------------------------------------------


def _enum(item: Item, declared: Declared) -> Value:
    assert isinstance(declared.type, EnumType)
    if isinstance(item, Scalar):
        return OneOf.just(_member(item, declared))
    if isinstance(item, Map) and set(item.items) == {"one_of"}:
        members = _members(item.items["one_of"], declared)
        if members:
            return OneOf(members)
    _refuse("not-one-member", item, declared)


def _set(item: Item, declared: Declared) -> Value:
    if isinstance(item, Seq):
        return SetOf(has=_members(item, declared))
    if isinstance(item, Map) and set(item.items) == {"exactly"}:
        return SetOf(has=_members(item.items["exactly"], declared), closed=True)
    if isinstance(item, Map) and item.items and set(item.items) <= {"has", "lacks"}:
        has, lacks = (_members(item.items[key], declared) if key in item.items else frozenset() for key in ("has", "lacks"))
        if has & lacks:
            _refuse("has-and-lacks", item, declared, both=sorted(has & lacks))
        return SetOf(has=has, lacks=lacks)
    example = item.text if isinstance(item, Scalar) and item.text else declared.type.members[0]  # type: ignore[union-attr]
    _refuse("not-a-list", item, declared, example=example)


def _members(item: Item, declared: Declared) -> frozenset[str]:
    if not isinstance(item, Seq):
        _refuse("not-a-list-of-members", item, declared)
    return frozenset(_member(child, declared) for child in item.items)


def _member(item: Item, declared: Declared) -> str:
    assert isinstance(declared.type, (EnumType, SetType))
    if not isinstance(item, Scalar):
        _refuse("not-a-word", item, declared)
    if item.text in declared.type.members:
        return item.text
    _refuse("not-a-member", item, declared, advice=advice(item.text, declared.type.members))


# -- numbers -----------------------------------------------------------------------------------------------------------------


def _number(item: Item, declared: Declared) -> Value:
    if isinstance(item, Map):
        low, high = _bounds(item, declared, _amount)
        if low is not None and high is not None and high < low:
            _refuse("backwards", item, declared, low=number_text(low), high=number_text(high))
        return Interval(low, high)
    return Interval.just(_amount(item, declared))


def _amount(item: Item, declared: Declared) -> Decimal:
    assert isinstance(declared.type, NumberType)
    unit = declared.type.unit
    if not isinstance(item, Scalar) or not isinstance(item.value, Decimal) or item.quoted:
        _refuse("not-a-number", item, declared, unit=unit)
    amount = item.value
    if len(amount.as_tuple().digits) > MAX_MAGNITUDE or abs(amount.adjusted()) > MAX_MAGNITUDE:
        _refuse("number-too-large", item, declared)
    if amount < 0:
        _refuse("negative-number", item, declared, unit=unit)
    if unit == "share" and amount > 1:
        _refuse("share-above-one", item, declared)
    return amount


def number_text(number: Decimal) -> str:
    """One text for one number, whatever zeros it was written with: 3.0e24 and 30e23 are 3e24."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, digits)).lstrip("0")
    stripped = text.rstrip("0")
    if not stripped:
        return "0"
    exponent += len(text) - len(stripped)
    shown = stripped if exponent == 0 else f"{stripped}e{exponent}"
    return f"-{shown}" if sign else shown


def _bounds(item: Map, declared: Declared, read: Callable[[Item, Declared], T]) -> tuple[T | None, T | None]:
    if not item.items or not set(item.items) <= {"min", "max"}:
        _refuse("not-bounds", item, declared)
    low, high = (read(item.items[key], declared) if key in item.items else None for key in ("min", "max"))
    return low, high


# -- time --------------------------------------------------------------------------------------------------------------------


def _duration(item: Item, declared: Declared) -> Value:
    if not isinstance(item, Scalar):
        _refuse("not-a-duration", item, declared)
    if isinstance(item.value, Decimal):
        _refuse("duration-without-unit", item, declared)
    try:
        return parse_duration(item.text)
    except CalendarError as problem:
        _refuse("bad-duration", item, declared, cause=cause(problem), remedy=remedy(problem))


def _date(item: Item, declared: Declared) -> Value:
    if isinstance(item, Map) and set(item.items) == {"not_until"}:
        return _not_until(item.items["not_until"], declared)
    if isinstance(item, Map):
        low, high = _bounds(item, declared, _days)
        first, last = low.earliest if low else date.min, high.latest if high else NEVER
        if last < first:
            _refuse("backwards", item, declared, low=first, high=last)
        return DateRange(first, last)
    return _days(item, declared)


def _days(item: Item, declared: Declared) -> DateRange:
    return _by_calendar(item, declared, parse_partial)


def _not_until(item: Item, declared: Declared) -> DateRange:
    """It had not happened by that day: it happens later, or never."""
    day = _by_calendar(item, declared, parse_day)
    return DateRange(NEVER if day == date.max else day + timedelta(days=1), NEVER)


def _by_calendar(item: Item, declared: Declared, read: Callable[[str], T]) -> T:
    if not isinstance(item, Scalar):
        _refuse("not-a-date", item, declared)
    if isinstance(item.value, bool):
        _refuse("date-yes-or-no", item, declared)
    try:
        return read(item.text)
    except CalendarError as problem:
        _refuse("bad-date", item, declared, cause=cause(problem), remedy=remedy(problem))


def read_day(item: Item, declared: Declared) -> DateRange:
    """The day of a statement or an act: a date, or a month or year if no more is known."""
    return _days(item, declared)


_READERS: Final[dict[type, Callable[[Item, Declared], Value]]] = {
    BoolType: _bool,
    EnumType: _enum,
    SetType: _set,
    NumberType: _number,
    DurationType: _duration,
    DateType: _date,
}
