"""Durations: how long something is kept, lasts or may be, as a value to be compared.

A duration is either of the calendar (months, years) or of the clock (hours, days of 24 hours). Within a family the comparison
is exact; across, months stand for the days that so many consecutive months can have: six months are 181 to 184 days.
How a time limit is *counted* from an event is another matter (``limits``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import accumulate
from typing import Final, Literal

from guiju.calendars.errors import CalendarError
from guiju.wording import nearest

HOURS_A_DAY: Final = 24
_CYCLE_MONTHS: Final = 4800  # the Gregorian calendar repeats after 400 years
_CYCLE_DAYS: Final = 146_097


@dataclass(frozen=True, slots=True)
class Duration:
    """So many months, or so many hours; never both."""

    months: int = 0
    hours: Decimal | int = 0

    def __post_init__(self) -> None:
        if isinstance(self.hours, float) or not Decimal(self.hours).is_finite():
            raise CalendarError("calendars.not-exact", got=str(self.hours))
        if not isinstance(self.months, int):
            raise CalendarError("calendars.not-whole", got=str(self.months), unit="months")
        if self.months < 0 or self.hours < 0:
            raise CalendarError("calendars.negative-duration", got=str(min(self.months, self.hours)))
        if self.months and self.hours:
            raise CalendarError("calendars.mixed-duration", got=f"{self.months} months {self.hours} hours")

    def __str__(self) -> str:
        """As it would be written in a dossier: ``6 months``, ``180 days``, ``72 hours``."""
        if self.months:
            return _counted(self.months, "month")
        whole_days, rest = divmod(Decimal(self.hours), HOURS_A_DAY)
        if not rest:
            return _counted(whole_days, "day")
        return _counted(Decimal(self.hours), "hour")


def _counted(count: Decimal | int, unit: str) -> str:
    plain = f"{Decimal(count).normalize():f}"
    return f"{plain} {unit}" if plain == "1" else f"{plain} {unit}s"


_WRITTEN: Final = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?) *([^\W\d_][\w -]*)")
_MONTHS: Final = {"month": 1, "year": 12}
_HOURS: Final = {"hour": 1, "day": HOURS_A_DAY, "week": 7 * HOURS_A_DAY}


def split_amount(text: str, code: str) -> tuple[Decimal, str]:
    """The number and the unit (in the singular, ``working day`` as ``working-day``) of ``10 working-days``."""
    found = _WRITTEN.fullmatch(str(text).strip())
    if found is None:
        raise CalendarError(code, got=str(text))
    unit = re.sub(r"[\s-]+", "-", found[2].strip().lower())
    return Decimal(found[1]), unit.removesuffix("s")


def parse_duration(text: str) -> Duration:
    """``6 months``, ``2 years``, ``180 days``, ``72 hours``, ``2 weeks``."""
    amount, unit = split_amount(text, "calendars.unreadable-duration")
    if amount < 0:
        raise CalendarError("calendars.negative-duration", got=text)
    if unit in _MONTHS:
        if amount != amount.to_integral_value():
            raise CalendarError("calendars.not-whole", got=text, unit=f"{unit}s")
        return Duration(months=int(amount) * _MONTHS[unit])
    if unit in _HOURS:
        return Duration(hours=amount * _HOURS[unit])
    if unit == "working-day":
        raise CalendarError("calendars.working-days-are-no-duration", got=text)
    raise unknown_unit(text, unit, [*_HOURS, *_MONTHS])


def unknown_unit(text: str, unit: str, known: list[str]) -> CalendarError:
    """The error for a unit that does not exist, with the nearest one if there is one."""
    near = nearest(unit, known, limit=1)
    if near:
        return CalendarError("calendars.unknown-unit-near", got=text, unit=unit, near=f"{near[0]}s")
    return CalendarError("calendars.unknown-unit", got=text, unit=unit, known=[f"{name}s" for name in known])


@cache
def _days_before() -> tuple[int, ...]:
    """How many days lie before each month of a 400-year cycle, and after the last one."""
    lengths = (monthrange(2000 + index // 12, index % 12 + 1)[1] for index in range(_CYCLE_MONTHS))
    return (0, *accumulate(lengths))


@lru_cache(maxsize=1024)
def month_bounds(months: int) -> tuple[int, int]:
    """The fewest and the most days that so many consecutive months can have: 6 months have 181 to 184.

    Exact over the whole Gregorian cycle. The same bounds hold from any day of a month to the day with its number, or the
    month's last, that many months later.
    """
    cycles, rest = divmod(months, _CYCLE_MONTHS)
    days = _days_before()
    spans = [_span(days, first, rest) for first in range(_CYCLE_MONTHS)]
    return cycles * _CYCLE_DAYS + min(spans), cycles * _CYCLE_DAYS + max(spans)


def _span(days: tuple[int, ...], first: int, months: int) -> int:
    wraps, last = divmod(first + months, _CYCLE_MONTHS)
    return wraps * _CYCLE_DAYS + days[last] - days[first]


def _hours(duration: Duration) -> tuple[Decimal, Decimal]:
    if not duration.months:
        return Decimal(duration.hours), Decimal(duration.hours)
    fewest, most = month_bounds(duration.months)
    return Decimal(fewest * HOURS_A_DAY), Decimal(most * HOURS_A_DAY)


def _bounds(a: Duration, b: Duration) -> tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]]:
    """Both as intervals of one measure: of months where both are of the calendar, else of hours."""
    if a.months and b.months:
        return (Decimal(a.months), Decimal(a.months)), (Decimal(b.months), Decimal(b.months))
    return _hours(a), _hours(b)


def compare(a: Duration, b: Duration) -> Literal[-1, 0, 1] | None:
    """Shorter (-1), equal (0) or longer (1) whatever day it starts; None where that depends on the day."""
    (a_low, a_high), (b_low, b_high) = _bounds(a, b)
    if a_high < b_low:
        return -1
    if a_low > b_high:
        return 1
    return 0 if a_low == a_high == b_low == b_high else None


def at_least(a: Duration, b: Duration) -> bool | None:
    """Whether ``a`` is as long as ``b`` or longer: 184 days are six months, 180 are not, 182 is open."""
    (a_low, a_high), (b_low, b_high) = _bounds(a, b)
    if a_low >= b_high:
        return True
    return False if a_high < b_low else None


def at_most(a: Duration, b: Duration) -> bool | None:
    """Whether ``a`` is as long as ``b`` or shorter."""
    return at_least(b, a)


def less_than(a: Duration, b: Duration) -> bool | None:
    """Whether ``a`` is shorter than ``b``."""
    return _opposite(at_least(a, b))


def more_than(a: Duration, b: Duration) -> bool | None:
    """Whether ``a`` is longer than ``b``."""
    return _opposite(at_least(b, a))


def equal(a: Duration, b: Duration) -> bool | None:
    """Whether both are equally long."""
    order = compare(a, b)
    return None if order is None else order == 0


def _opposite(value: bool | None) -> bool | None:
    return None if value is None else not value
