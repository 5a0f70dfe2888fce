"""Numbers, periods, amounts and dates: those a text says, and those a norm says.

``以上``, ``以下`` and ``以内`` include the number they stand with; ``不满``, ``超过`` and ``以外`` do not (Civil Code, Article
1259).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guiju.norms.statutes import NUMERAL, number_of, uniform
from guiju.verify.chinese import BOUNDS_AFTER, BOUNDS_BEFORE, NO_NUMBERS, NUMBERED, SCALES, UNITS


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_BEFORE_WORDS, _AFTER_WORDS, _UNIT = _any(BOUNDS_BEFORE), _any(BOUNDS_AFTER), _any(UNITS)
_PERCENT = re.compile(rf"(?P<before>{_BEFORE_WORDS})?百分之(?P<number>{NUMERAL})(?P<after>{_AFTER_WORDS})?")
_FRACTION = re.compile(rf"(?P<below>{NUMERAL})分之(?P<above>{NUMERAL})(?P<after>{_AFTER_WORDS})?")
_DATE = re.compile(rf"(?P<year>{NUMERAL})年(?P<month>{NUMERAL})月(?P<day>{NUMERAL})日")
_YEARLY = re.compile(rf"(?P<month>{NUMERAL})月(?P<day>{NUMERAL})日")
_PLAIN = re.compile(rf"(?P<before>{_BEFORE_WORDS})?(?P<number>{NUMERAL})(?P<unit>{_UNIT})?(?:的)?(?P<after>{_AFTER_WORDS})?")
_NO_QUANTITY = re.compile(rf"第(?:{NUMERAL})(?:{NUMBERED})(?:之(?:{NUMERAL}))?|{NO_NUMBERS}")
_HALF_YEAR = re.compile(r"半年")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit (None: a bare number), how it bounds (None: it does not say), and where it stands in the text."""

    value: Decimal
    unit: str | None
    bound: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextNumbers:
    """Everything of a text that a norm can be held against."""

    quantities: tuple[Quantity, ...]
    dates: frozenset[date]
    days_of_year: frozenset[tuple[int, int]]
    fractions: frozenset[tuple[int, int]]

    def has(self, value: Decimal, unit: str | None) -> tuple[Quantity, ...]:
        """The quantities of this value; of this unit where one is asked for."""
        return tuple(one for one in self.quantities if one.value == value and (unit is None or one.unit in (None, unit)))


def numbers_of(text: str) -> TextNumbers:
    """The numbers, periods, amounts, fractions and dates of a text, in either script."""
    rest = _NO_QUANTITY.sub(lambda found: "　" * len(found[0]), uniform(text))
    dates, rest = _dates(rest)
    yearly, rest = _days_of_year(rest)
    percents, rest = _percents(rest)
    fractions, rest = _fractions(rest)
    half = [Quantity(Decimal(6), "month", None, one.start(), one.end()) for one in _HALF_YEAR.finditer(rest)]
    return TextNumbers((*percents, *half, *_plain(rest)), dates, yearly, fractions)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: "　" * len(found[0]), text)


def _whole(word: str) -> int:
    value = number_of(word)
    return -1 if value is None else int(value)


def _dates(text: str) -> tuple[frozenset[date], str]:
    found = set()
    for one in _DATE.finditer(text):
        try:
            found.add(date(_whole(one["year"]), _whole(one["month"]), _whole(one["day"])))
        except ValueError:
            continue
    return frozenset(found), _blanked(_DATE, text)


def _days_of_year(text: str) -> tuple[frozenset[tuple[int, int]], str]:
    found = frozenset((_whole(one["month"]), _whole(one["day"])) for one in _YEARLY.finditer(text))
    return found, _blanked(_YEARLY, text)


def _percents(text: str) -> tuple[list[Quantity], str]:
    found = [
        Quantity(value, "percent", _bound(one), one.start(), one.end())
        for one in _PERCENT.finditer(text)
        if (value := number_of(one["number"])) is not None
    ]
    return found, _blanked(_PERCENT, text)


def _fractions(text: str) -> tuple[frozenset[tuple[int, int]], str]:
    found = frozenset((_whole(one["above"]), _whole(one["below"])) for one in _FRACTION.finditer(text))
    return found, _blanked(_FRACTION, text)


def _plain(text: str) -> Iterator[Quantity]:
    for one in _PLAIN.finditer(text):
        value = number_of(one["number"])
        if value is None:
            continue
        unit = one["unit"]
        number = value * SCALES.get(unit or "", 1)
        yield Quantity(number, UNITS[unit] if unit else None, _bound(one), one.start(), one.end())


def _bound(one: re.Match[str]) -> str | None:
    groups = one.groupdict()
    before, after = groups.get("before"), groups.get("after")
    if before:
        return BOUNDS_BEFORE[before]
    return BOUNDS_AFTER[after] if after else None
