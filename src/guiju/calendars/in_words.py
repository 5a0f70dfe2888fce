"""Dates, durations and periods in words: 2026年3月20日, 20 March 2026; 10个工作日, 10 working days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from guiju.calendars.days import NEVER, DateRange, NeverDay, When, last_of_month
from guiju.calendars.durations import HOURS_A_DAY, Duration
from guiju.calendars.periods import Period
from guiju.wording import text

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LONGEST_IN_HOURS: Final = 72  # laws say "72 hours", and "15 days"


def words(when: When, lang: str) -> str:
    """A date, a month, a year, never, or an interval, in the reader's language."""
    if isinstance(when, NeverDay):
        return text("calendars.never", lang)
    if isinstance(when, date):
        return text("calendars.day", lang, year=when.year, month=_month(when, lang), day=when.day)
    if when.settled:
        return words(when.earliest, lang)
    return _interval(when, lang)


def _interval(when: DateRange, lang: str) -> str:
    first, last = when.earliest, when.latest
    if last is NEVER:
        return text("calendars.from", lang, first=words(first, lang))
    if isinstance(first, date) and first.day == 1:
        if last == last_of_month(first):
            return text("calendars.month", lang, year=first.year, month=_month(first, lang))
        if first.month == 1 and last == first.replace(month=12, day=31):
            return text("calendars.year", lang, year=first.year)
    return text("calendars.between", lang, first=words(first, lang), last=words(last, lang))


def _month(day: date, lang: str) -> str:
    return str(day.month) if lang == "zh" else _MONTHS[day.month - 1]


def duration_words(duration: Duration, lang: str) -> str:
    """A duration in the largest unit that fits it: 2 years, 6 months, 180 days, 72 hours."""
    if duration.months:
        years, rest = divmod(duration.months, 12)
        return _counted(duration.months, "month", lang) if rest else _counted(years, "year", lang)
    hours = Decimal(duration.hours)
    days, rest_hours = divmod(hours, HOURS_A_DAY)
    if rest_hours or 0 < hours <= _LONGEST_IN_HOURS:
        return _counted(hours, "hour", lang)
    return _counted(days, "day", lang)


def period_words(period: Period, lang: str) -> str:
    """A period as its provision would say it: 10 working days, 72 hours, 1 month."""
    return _counted(period.amount, period.unit, lang)


def _counted(count: Decimal | int, unit: str, lang: str) -> str:
    number = "one" if count == 1 else "many"
    return text(f"calendars.{unit}-{number}", lang, count=f"{Decimal(count).normalize():f}")
