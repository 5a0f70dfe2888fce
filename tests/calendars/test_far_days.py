"""Days far from what a calendar speaks of: the same last day as by looking at each day, and at once."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

import pytest

from guiju.calendars import Calendar, CalendarError, Period, add, calendar, counting, counting_rules, limits

CALENDARS = ("CN", "EU", "generic")
UNITS = ("day", "working-day", "month")


def some_days(of: Calendar, count: int) -> list[date]:
    """Days around both ends of a calendar, from a fixed seed."""
    chance = random.Random(of.code)
    ends = [max(of.valid_from, date(2020, 1, 1)), of.valid_until if isinstance(of.valid_until, date) else date(2031, 6, 1)]
    return [chance.choice(ends) + timedelta(days=chance.randrange(-900, 900)) for _ in range(count)]


@pytest.mark.parametrize("code", CALENDARS)
def test_days_counted_are_those_seen_one_by_one(code: str) -> None:
    held = calendar(code)
    for first in some_days(held, 40):
        for length in (0, 1, 6, 30, 400):
            days = [first + timedelta(days=offset) for offset in range(length)]
            seen = [held.is_working_day(day) for day in days]
            assert held.counted(first, first + timedelta(days=length - 1)) == (seen.count(True), seen.count(None))


@pytest.mark.parametrize("code", CALENDARS)
@pytest.mark.parametrize("rule", sorted(counting_rules()))
def test_a_limit_is_the_same_however_its_days_are_counted(code: str, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    held = calendar(code)
    asked = [
        (day, Period(amount, unit), way)
        for day in some_days(held, 12)
        for unit in UNITS
        for amount in (2, 11, 45)
        for way in (False, True)
    ]

    def all_limits() -> list[object]:
        return [add(day, period, held, counting(rule), backwards=way).due for day, period, way in asked]

    walked = all_limits()
    monkeypatch.setattr(limits, "_NEAR", 0)
    assert all_limits() == walked


@pytest.mark.parametrize("code", CALENDARS)
@pytest.mark.parametrize("day", [date.min, date(1, 2, 3), date(1500, 1, 1), date(9900, 1, 1)])
def test_a_day_of_any_year_is_answered_at_once(code: str, day: date) -> None:
    begun = time.perf_counter()
    for unit in ("day", "working-day"):
        for rule in counting_rules():
            for amount in (5, 20_000):
                add(day, Period(amount, unit), calendar(code), counting(rule))
    assert time.perf_counter() - begun < 1


def test_a_limit_past_all_days_is_refused_at_once() -> None:
    begun = time.perf_counter()
    with pytest.raises(CalendarError):
        add(date(2026, 1, 1), Period(99_999_999, "working-day"), calendar("EU"), counting("eu/1182-71"))
    assert time.perf_counter() - begun < 1
