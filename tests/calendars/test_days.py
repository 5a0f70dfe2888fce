"""Civil dates, known in part, and never."""

import copy
import pickle
from datetime import date, timedelta
from operator import ge, gt, le, lt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.calendars import NEVER, DateRange, add_months, at_or_before, before, parse_day, parse_partial, same
from guiju.calendars.days import last_of_month

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
ENDS = st.one_of(DAYS, st.just(NEVER))


@st.composite
def ranges(draw: st.DrawFn) -> DateRange:
    a, b = draw(ENDS), draw(ENDS)
    return DateRange(min(a, b), max(a, b))


def test_never_is_later_than_the_last_date_there_is() -> None:
    last = date.max
    assert [last < NEVER, last <= NEVER, last > NEVER, last >= NEVER] == [True, True, False, False]
    assert [operator(NEVER, last) for operator in (lt, le, gt, ge)] == [False, False, True, True]
    assert [operator(NEVER, NEVER) for operator in (lt, le, gt, ge)] == [False, True, False, True]
    assert max(NEVER, date(2026, 8, 2)) is NEVER
    assert str(NEVER) == "never"


def test_a_copy_of_never_is_never() -> None:
    assert copy.deepcopy(NEVER) is NEVER
    assert pickle.loads(pickle.dumps(NEVER)) is NEVER


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-08-15", date(2026, 8, 15), date(2026, 8, 15)),
        ("2026-08", date(2026, 8, 1), date(2026, 8, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        (" 2026 ", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_partial_date_is_the_days_it_may_be(text: str, first: date, last: date) -> None:
    read = parse_partial(text)
    assert read == DateRange(first, last)
    assert str(read) == text.strip()


def test_a_settled_date() -> None:
    assert parse_day("2028-02-29") == date(2028, 2, 29)
    assert DateRange.on(date(2026, 8, 2)).settled
    assert not parse_partial("2026-08").settled
    assert str(DateRange(date(2026, 8, 3), NEVER)) == "2026-08-03..never"
    assert DateRange.on(NEVER).settled


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("2026-07", "2026-08", True),
        ("2026-08-02", "2026-08", None),
        ("2026-08", "2026-08-02", None),
        ("2026-08-01", "2026-08", None),  # before it unless it was that very day
        ("2026-08-31", "2026-08", False),  # never later than itself or its month's last day
        ("2026-08", "2026-08-01", False),
        ("2026-09", "2026-08", False),
        ("2026-08-02", "2026-08-02", False),
    ],
)
def test_before_is_settled_where_every_day_agrees(left: str, right: str, expected: bool | None) -> None:
    assert before(parse_partial(left), parse_partial(right)) is expected


def test_nothing_comes_after_never() -> None:
    assert before(parse_partial("2026"), NEVER) is True
    assert before(NEVER, NEVER) is False
    assert before(DateRange(date(2026, 8, 2), NEVER), NEVER) is None
    assert at_or_before(NEVER, date.max) is False
    assert same(NEVER, NEVER) is True


@given(ranges(), ranges())
def test_comparing_is_consistent(a: DateRange, b: DateRange) -> None:
    if before(a, b):
        assert before(b, a) is False
        assert same(a, b) is False
        assert at_or_before(a, b) is True
    assert (before(a, b) is None) == (at_or_before(b, a) is None)
    if same(a, b):
        assert at_or_before(a, b) is True
        assert at_or_before(b, a) is True


@given(ranges(), ranges(), st.data())
def test_what_is_settled_holds_of_every_day(a: DateRange, b: DateRange, data: st.DataObject) -> None:
    def one(of: DateRange) -> DateRange:
        if not isinstance(of.earliest, date):
            return of
        last = of.latest if isinstance(of.latest, date) else of.earliest + timedelta(days=400)
        return DateRange.on(data.draw(st.dates(of.earliest, last)))

    x, y = one(a), one(b)
    for question in (before, at_or_before, same):
        settled = question(a, b)
        assert settled is None or question(x, y) is settled


@given(DAYS, st.integers(-600, 600))
def test_adding_months_keeps_the_number_of_the_day_or_ends_the_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == min(day.day, last_of_month(moved).day)
