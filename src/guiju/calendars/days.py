"""Civil dates, known or known in part, and "never".

A legal day is a civil date without time or zone. What is known of one is an interval of days; comparing intervals is
three-valued, and ``None`` means that what is known does not settle it (language, section 4).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, final

from guiju.calendars.errors import CalendarError

Day = date


@final
class NeverDay:
    """Later than any date: the day of what does not come. Its one instance is ``NEVER``."""

    __slots__ = ()

    def __lt__(self, other: object) -> bool:
        return False if _is_day(other) else NotImplemented

    def __le__(self, other: object) -> bool:
        return other is self if _is_day(other) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return other is not self if _is_day(other) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return True if _is_day(other) else NotImplemented

    def __repr__(self) -> str:
        return "NEVER"

    def __str__(self) -> str:
        return "never"

    def __reduce__(self) -> str:
        return "NEVER"  # a copy of never is never itself


NEVER: Final = NeverDay()


def _is_day(value: object) -> bool:
    return isinstance(value, (date, NeverDay))


@dataclass(frozen=True, slots=True)
class DateRange:
    """What is known of a date: it lies between two days, both included. A settled date has one day at both ends.

    ``latest`` may be ``NEVER`` where no last day is known; both ends are ``NEVER`` where it is settled that it never comes.
    """

    earliest: date | NeverDay
    latest: date | NeverDay

    def __post_init__(self) -> None:
        for end in (self.earliest, self.latest):
            if isinstance(end, datetime) or not _is_day(end):
                raise CalendarError("calendars.not-a-day", got=str(end), near=str(end)[:10])
        if self.latest < self.earliest:
            raise CalendarError("calendars.backwards-range", earliest=str(self.earliest), latest=str(self.latest))

    @classmethod
    def on(cls, day: date | NeverDay) -> DateRange:
        """A settled date."""
        return cls(day, day)

    @property
    def settled(self) -> bool:
        """Whether only one day is left."""
        return self.earliest == self.latest

    def __str__(self) -> str:
        """The shortest exact form: ``2026-08-15``, ``2026-08``, ``2026``, ``2026-08-03..never``."""
        first, last = self.earliest, self.latest
        if first == last:
            return str(first)
        if isinstance(first, date) and isinstance(last, date):
            if first == first.replace(month=1, day=1) and last == first.replace(month=12, day=31):
                return f"{first.year:04}"
            if first == first.replace(day=1) and last == last_of_month(first):
                return f"{first.year:04}-{first.month:02}"
        return f"{first}..{last}"


When = date | NeverDay | DateRange


def as_range(when: When) -> DateRange:
    """A date, never or an interval as an interval."""
    return when if isinstance(when, DateRange) else DateRange.on(when)


def before(left: When, right: When) -> bool | None:
    """Whether the left lies before the right: yes, no, or None where what is known leaves it open."""
    a, b = as_range(left), as_range(right)
    if a.latest < b.earliest:
        return True
    return False if a.earliest >= b.latest else None


def at_or_before(left: When, right: When) -> bool | None:
    """Whether the left lies on the day of the right or earlier."""
    later = before(right, left)
    return None if later is None else not later


def same(left: When, right: When) -> bool | None:
    """Whether both are one day. Two equal intervals may still be two different days: None."""
    a, b = as_range(left), as_range(right)
    if a.latest < b.earliest or b.latest < a.earliest:
        return False
    return True if a.settled and b.settled else None


def last_of_month(day: date) -> date:
    """The last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The day with the same number some months on (or back); the month's last day where it has no such day."""
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise CalendarError("calendars.too-far", got=str(day))
    return date(year, index + 1, min(day.day, monthrange(year, index + 1)[1]))


_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PARTIAL: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")
_WITH_TIME: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]+[0-9]{1,2}:?[0-9].*")
_OTHERWISE: Final = re.compile(r"([0-9]{4}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?日?")


def parse_day(text: str | date) -> date:
    """``2026-08-15`` as a date. Anything else is refused, with what to write instead where that can be told."""
    day = _whole_day(text)
    if isinstance(day, date):
        return day
    if _PARTIAL.fullmatch(day):
        raise CalendarError("calendars.not-a-full-day", got=day)
    problem = _unreadable(day)
    raise CalendarError("calendars.unreadable-full-day", got=day) if problem.code == "calendars.unreadable-day" else problem


def parse_partial(text: str | date) -> DateRange:
    """``2026-08-15``, ``2026-08`` or ``2026``: the days that it may be."""
    day = _whole_day(text)
    if isinstance(day, date):
        return DateRange.on(day)
    found = _PARTIAL.fullmatch(day)
    if found is None:
        raise _unreadable(day)
    first = _real(int(found[1]), int(found[2] or 1), 1, day)
    last = first.replace(month=12) if found[2] is None else first
    return DateRange(first, last_of_month(last))


def _whole_day(text: str | date) -> date | str:
    """The day that the text is, or the text itself, trimmed, if it has not the form of a day."""
    if isinstance(text, date) and not isinstance(text, datetime):
        return text
    words = str(text).strip()
    timed = _WITH_TIME.fullmatch(words)
    if timed:
        raise CalendarError("calendars.not-a-day", got=words, near=timed[1])
    found = _DAY.fullmatch(words)
    return _real(int(found[1]), int(found[2]), int(found[3]), words) if found else words


def _real(year: int, month: int, day: int, words: str) -> date:
    if year < 1:
        raise CalendarError("calendars.unreadable-day", got=words)
    if not 1 <= month <= 12:
        raise CalendarError("calendars.no-such-month", got=words, month=month)
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        nearest = date(year, month, 1 if day < 1 else length)
        raise CalendarError("calendars.no-such-day", got=words, near=nearest.isoformat(), length=length)
    return date(year, month, day)


def _unreadable(words: str) -> CalendarError:
    other = _OTHERWISE.fullmatch(words)
    if other is None:
        return CalendarError("calendars.unreadable-day", got=words)
    try:
        near = date(*(int(part) for part in other.groups())).isoformat()
    except ValueError:
        return CalendarError("calendars.unreadable-day", got=words)
    return CalendarError("calendars.day-written-otherwise", got=words, near=near)
