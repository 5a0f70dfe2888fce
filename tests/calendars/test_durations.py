"""Durations: exact within months and within hours, by bounds across."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.calendars import (
    Duration,
    Period,
    add_months,
    at_least,
    at_most,
    compare,
    equal,
    less_than,
    month_bounds,
    more_than,
    parse_duration,
    parse_period,
)

DURATIONS = st.one_of(
    st.integers(0, 60).map(lambda months: Duration(months=months)),
    st.integers(0, 1900).map(lambda days: Duration(hours=24 * days)),
    st.decimals(0, 50_000, places=1).map(lambda hours: Duration(hours=hours)),
)


@pytest.mark.parametrize(
    ("months", "bounds"),
    [
        (0, (0, 0)),
        (1, (28, 31)),
        (2, (59, 62)),
        (3, (89, 92)),
        (6, (181, 184)),
        (12, (365, 366)),
        (24, (730, 731)),
        (48, (1460, 1461)),  # 1897 to 1901 has no leap day
        (4800, (146_097, 146_097)),
        (4801, (146_125, 146_128)),
    ],
)
def test_how_many_days_months_can_have(months: int, bounds: tuple[int, int]) -> None:
    assert month_bounds(months) == bounds


@pytest.mark.parametrize("months", [1, 5, 6, 11, 12, 36, 48])
def test_the_bounds_are_those_of_every_starting_day_of_four_centuries(months: int) -> None:
    start = date(1796, 1, 1)
    days = (start + timedelta(days=offset) for offset in range(146_097))
    lengths = {(add_months(day, months) - day).days for day in days}
    assert (min(lengths), max(lengths)) == month_bounds(months)


@pytest.mark.parametrize(
    ("days", "expected"), [(180, False), (181, None), (182, None), (183, None), (184, True), (200, True), (0, False)]
)
def test_six_months_are_181_to_184_days(days: int, expected: bool | None) -> None:
    assert at_least(parse_duration(f"{days} days"), parse_duration("6 months")) is expected


def test_a_comparison_may_be_half_settled() -> None:
    shortest = parse_duration("181 days")
    assert at_most(shortest, parse_duration("6 months")) is True
    assert less_than(shortest, parse_duration("6 months")) is None
    assert more_than(shortest, parse_duration("6 months")) is False
    assert equal(shortest, parse_duration("6 months")) is None


def test_within_a_family_the_comparison_is_exact() -> None:
    assert equal(parse_duration("2 years"), parse_duration("24 months")) is True
    assert compare(parse_duration("72 hours"), parse_duration("3 days")) == 0
    assert compare(parse_duration("71.5 hours"), parse_duration("3 days")) == -1
    assert compare(parse_duration("7 months"), parse_duration("6 months")) == 1
    assert equal(Duration(months=4800), Duration(hours=146_097 * 24)) is True


def _witnesses(months: int, hours: Decimal) -> set[bool]:
    """Whether so many hours are as long as the months, from the first of each month of four centuries."""
    starts = (date(1600 + index // 12, index % 12 + 1, 1) for index in range(4800))
    return {hours >= (add_months(day, months) - day).days * 24 for day in starts}


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.integers(0, 1900))
def test_months_and_days_settle_exactly_where_every_start_agrees(months: int, days: int) -> None:
    truths = _witnesses(months, Decimal(24 * days))
    settled = at_least(Duration(hours=24 * days), Duration(months=months))
    assert settled is (truths.pop() if len(truths) == 1 else None)


@given(DURATIONS, DURATIONS)
def test_comparing_is_antisymmetric(a: Duration, b: Duration) -> None:
    there, back = compare(a, b), compare(b, a)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there == -back
        assert at_least(a, b) is (there >= 0)
        assert at_most(a, b) is (there <= 0)
    assert less_than(a, b) is more_than(b, a)
    assert at_least(a, b) is at_most(b, a)
    assert compare(a, a) == 0 or a.months


@given(DURATIONS, DURATIONS, DURATIONS)
def test_being_at_least_as_long_is_transitive_where_settled(a: Duration, b: Duration, c: Duration) -> None:
    if at_least(a, b) and at_least(b, c):
        assert at_least(a, c) is not False


@pytest.mark.parametrize("text", ["6 months", "1 month", "180 days", "1 day", "71.5 hours", "24 months"])
def test_a_duration_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_duration(text)) == text


@given(DURATIONS)
def test_print_and_parse(duration: Duration) -> None:
    assert parse_duration(str(duration)) == duration


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("10 working-days", Period(10, "working-day")),
        ("10 working days", Period(10, "working-day")),
        ("1 working-day", Period(1, "working-day")),
        ("72 hours", Period(72, "hour")),
        ("15 days", Period(15, "day")),
        ("2 weeks", Period(14, "day")),
        ("6 Months", Period(6, "month")),
        ("10 years", Period(10, "year")),
    ],
)
def test_periods_are_read(text: str, period: Period) -> None:
    assert parse_period(text) == period
    assert parse_period(str(period)) == period
