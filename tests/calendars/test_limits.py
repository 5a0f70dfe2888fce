"""Time limits: real cases, an independent count, and laws of counting."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.calendars import (
    NEVER,
    Calendar,
    CountingRule,
    DateRange,
    Period,
    add,
    calendar,
    counting,
    counting_rules,
    parse_period,
)
from guiju.calendars.limits import TimeLimit
from guiju.calendars.periods import Unit
from guiju.wording import text

CST = timezone(timedelta(hours=8))

# 2026 in mainland China once more, typed from the notice in another form: weekdays off, weekend days worked.
OFF_2026 = (
    *("0101", "0102", "0216", "0217", "0218", "0219", "0220", "0223", "0406", "0501"),
    *("0504", "0505", "0619", "0925", "1001", "1002", "1005", "1006", "1007"),
)
WORKED_2026 = ("0104", "0214", "0228", "0509", "0920", "1010")


def worked_in_2026(day: date) -> bool:
    mark = f"{day:%m%d}"
    return mark in WORKED_2026 or (day.isoweekday() <= 5 and mark not in OFF_2026)


def cn(start: date, period: str) -> TimeLimit:
    return add(start, parse_period(period), calendar("CN"), counting("CN"))


def eu(start: date, period: str) -> TimeLimit:
    return add(start, parse_period(period), calendar("EU"), counting("EU"))


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 9, 1), date(2026, 9, 15)),
        (date(2026, 9, 18), date(2026, 10, 9)),  # over Mid-Autumn and National Day; Sunday 20 September is worked
        (date(2026, 9, 28), date(2026, 10, 16)),  # Saturday 10 October is worked
        (date(2026, 9, 19), date(2026, 10, 9)),  # from a Saturday
        (date(2026, 2, 12), date(2026, 3, 4)),  # over the Spring Festival
    ],
)
def test_cn_algorithm_filing_within_ten_working_days(start: date, due: date) -> None:
    limit = cn(start, "10 working-days")
    assert limit.due == DateRange.on(due)
    assert limit.settled
    assert limit.calendar == "CN/2026"
    assert limit.rule == "cn/civil-code"
    assert limit.note is None


@given(st.dates(date(2026, 1, 1), date(2026, 11, 1)), st.integers(1, 25))
def test_cn_working_days_agree_with_an_independent_count(start: date, amount: int) -> None:
    later = [start + timedelta(days=offset) for offset in range(1, 60)]
    due = [day for day in later if day.year == 2026 and worked_in_2026(day)][amount - 1]
    assert cn(start, f"{amount} working-days").due == DateRange.on(due)


@pytest.mark.parametrize(
    ("start", "period", "due"),
    [
        (date(2026, 9, 1), "30 days", date(2026, 10, 8)),  # 1 October, moved past the holiday
        (date(2026, 9, 5), "15 days", date(2026, 9, 20)),  # a Sunday, but worked: not moved
        (date(2026, 9, 4), "15 days", date(2026, 9, 20)),  # Saturday 19th, moved to the worked Sunday
        (date(2025, 12, 31), "2 months", date(2026, 2, 28)),  # no 31st: the month's last day, a Saturday that is worked
        (date(2026, 3, 31), "1 month", date(2026, 4, 30)),
        (date(2024, 2, 29), "1 year", date(2025, 2, 28)),
        (date(2025, 10, 1), "6 months", date(2026, 4, 1)),
    ],
)
def test_cn_the_last_day_is_no_rest_day(start: date, period: str, due: date) -> None:
    assert cn(start, period).due == DateRange.on(due)


@pytest.mark.parametrize(
    ("start", "period", "due"),
    [
        (date(2026, 8, 3), "15 days", date(2026, 8, 18)),
        (date(2026, 8, 7), "15 days", date(2026, 8, 24)),  # Saturday 22nd, to Monday
        (date(2026, 1, 31), "1 month", date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2026, 3, 20), "14 days", date(2026, 4, 7)),  # Good Friday, to the Tuesday after Easter
        (date(2026, 8, 7), "2 days", date(2026, 8, 11)),  # Friday: Sunday, Monday, and a second working day
        (date(2026, 8, 5), "2 days", date(2026, 8, 7)),
        (date(2026, 4, 1), "3 days", date(2026, 4, 8)),  # over Easter
        (date(2026, 5, 13), "5 working-days", date(2026, 5, 22)),  # over Ascension
        (date(2025, 11, 21), "1 year", date(2026, 11, 23)),  # a Saturday
    ],
)
def test_eu_periods_under_1182_71(start: date, period: str, due: date) -> None:
    limit = eu(start, period)
    assert limit.due == DateRange.on(due)
    assert limit.calendar == "EU/2026"
    assert "calendars.caution-eu-institutions" in limit.cautions


def test_past_the_last_notice_a_limit_is_only_not_before() -> None:
    limit = cn(date(2026, 12, 25), "10 working-days")
    assert limit.due == DateRange(date(2027, 1, 6), NEVER)  # 28 to 31 December, then six days at the least
    assert not limit.settled
    assert limit.not_before == date(2027, 1, 6)
    assert limit.note == "calendars.not-yet-published"
    assert text(str(limit.note), "en", **limit.fields).startswith(
        "Not before 2027-01-06: the calendar CN/2026 is not yet published"
    )
    assert text(str(limit.note), "zh", **limit.fields) == "不早于 2027-01-06：CN/2026 日历尚未公布到该日。"


def test_a_plain_period_that_ends_past_the_last_notice_may_still_be_moved() -> None:
    limit = cn(date(2026, 11, 1), "6 months")
    assert limit.due == DateRange(date(2027, 5, 1), NEVER)
    assert limit.note == "calendars.not-yet-published"
    moved = eu(date(2026, 12, 14), "10 days")  # 24 December: closed to the end of the year, then nobody knows
    assert moved.due == DateRange(date(2027, 1, 1), NEVER)


def test_before_the_first_notice_a_limit_is_an_interval() -> None:
    limit = cn(date(2020, 12, 28), "3 working-days")
    assert limit.due == DateRange(date(2020, 12, 31), date(2021, 1, 6))
    assert limit.note == "calendars.not-held"


def test_the_same_limit_as_it_was_known_earlier() -> None:
    before_the_notice = add(date(2025, 12, 25), Period(10, "working-day"), calendar("CN", date(2025, 10, 1)), counting("CN"))
    assert not before_the_notice.settled
    after = add(date(2025, 12, 25), Period(10, "working-day"), calendar("CN", date(2025, 12, 1)), counting("CN"))
    assert after.due == DateRange.on(date(2026, 1, 9))
    assert before_the_notice.not_before <= after.not_before


def test_without_a_calendar_the_end_is_not_moved_and_says_so() -> None:
    limit = add(date(2026, 9, 1), Period(30, "day"), None, counting("CN"))
    assert limit.due == DateRange.on(date(2026, 10, 1))
    assert limit.note == "calendars.not-moved"
    plain = add(date(2026, 9, 1), Period(30, "day"), None, counting("plain"))
    assert plain.note is None
    assert plain.cautions == ("calendars.caution-plain",)


def test_plain_counting_ends_where_it_ends() -> None:
    limit = add(date(2026, 9, 1), Period(30, "day"), calendar("generic"), counting("generic"))
    assert limit.due == DateRange.on(date(2026, 10, 1))
    assert "calendars.caution-generic" in limit.cautions


# Hours.


def test_eu_the_hour_of_the_event_is_not_counted() -> None:
    limit = eu(datetime(2026, 8, 7, 14, 30, tzinfo=UTC), "72 hours")
    assert limit.moment == datetime(2026, 8, 10, 15, 0, tzinfo=UTC)
    assert limit.due == DateRange.on(date(2026, 8, 10))


def test_cn_hours_run_from_the_event() -> None:
    limit = cn(datetime(2026, 8, 7, 23, 30, tzinfo=CST), "24 hours")
    assert limit.moment == datetime(2026, 8, 8, 23, 30, tzinfo=CST)
    assert limit.due == DateRange.on(date(2026, 8, 8))


def test_midnight_belongs_to_the_day_that_ends() -> None:
    limit = eu(datetime(2026, 8, 7, 23, 30, tzinfo=UTC), "72 hours")
    assert limit.moment == datetime(2026, 8, 11, 0, 0, tzinfo=UTC)
    assert limit.due == DateRange.on(date(2026, 8, 10))


def test_hours_from_a_day_alone() -> None:
    assert eu(date(2026, 8, 7), "72 hours").due == DateRange.on(date(2026, 8, 10))
    assert cn(date(2026, 8, 7), "72 hours").due == DateRange.on(date(2026, 8, 10))
    open_hour = cn(date(2026, 8, 7), "12 hours")
    assert open_hour.due == DateRange(date(2026, 8, 7), date(2026, 8, 8))
    assert open_hour.note == "calendars.hour-not-known"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 1)), st.integers(1, 200), st.sampled_from(["EU", "CN"]))  # noqa: DTZ001
def test_hours_from_a_day_hold_every_moment_of_it(moment: datetime, amount: int, place: str) -> None:
    exact = add(moment.replace(tzinfo=UTC, microsecond=1), Period(amount, "hour"), None, counting(place)).due.earliest
    whole = add(moment.date(), Period(amount, "hour"), None, counting(place)).due
    assert whole.earliest <= exact <= whole.latest


def test_hours_are_hours_when_the_clocks_change() -> None:
    zoneinfo = pytest.importorskip("zoneinfo")
    brussels = zoneinfo.ZoneInfo("Europe/Brussels")
    limit = eu(datetime(2026, 3, 28, 22, 15, tzinfo=brussels), "24 hours")
    assert limit.moment == datetime(2026, 3, 30, 0, 0, tzinfo=brussels)  # one hour was left out that night
    assert limit.due == DateRange.on(date(2026, 3, 29))


# Counted back.


def test_counting_back_working_days() -> None:
    limit = add(date(2026, 10, 9), Period(5, "working-day"), calendar("CN"), counting("CN"), backwards=True)
    assert limit.due == DateRange.on(date(2026, 9, 24))  # 8 October, 30, 29, 28 and 24 September
    early = add(date(2021, 1, 6), Period(5, "working-day"), calendar("CN"), counting("CN"), backwards=True)
    assert early.due == DateRange(date.min, date(2020, 12, 29))
    assert early.note == "calendars.not-held"
    late = add(date(2027, 1, 4), Period(2, "working-day"), calendar("CN"), counting("CN"), backwards=True)
    assert late.due == DateRange(date(2026, 12, 30), date(2027, 1, 2))
    assert late.note == "calendars.not-yet-published"


def test_unchecked_eu_a_limit_counted_back_is_not_moved() -> None:
    assert "rolls_backwards" in counting("EU").unchecked
    limit = add(date(2026, 8, 24), Period(15, "day"), calendar("EU"), counting("EU"), backwards=True)
    assert limit.due == DateRange.on(date(2026, 8, 9))  # a Sunday


def test_unchecked_cn_a_limit_counted_back_is_not_moved() -> None:
    assert "rolls_backwards" in counting("CN").unchecked
    limit = add(date(2026, 11, 4), Period(1, "month"), calendar("CN"), counting("CN"), backwards=True)
    assert limit.due == DateRange.on(date(2026, 10, 4))  # inside the National Day holiday


def test_unchecked_eu_hours_need_no_two_working_days() -> None:
    assert "minimum_not_for_hours" in counting("EU").unchecked
    assert eu(date(2026, 8, 7), "72 hours").due == DateRange.on(date(2026, 8, 10))


def test_unchecked_eu_rest_days_within_a_period_count() -> None:
    assert "rest_days_within" in counting("EU").unchecked
    assert eu(date(2026, 4, 1), "14 days").due == DateRange.on(date(2026, 4, 15))  # Easter in between


# Laws of counting.

RULES = st.sampled_from(sorted(counting_rules())).map(counting)
CALENDARS = st.sampled_from(["CN", "EU", "generic"]).map(calendar)
UNITS = st.sampled_from(["day", "working-day", "month", "year"])
STARTS = st.dates(date(2022, 6, 1), date(2027, 6, 1))


@given(STARTS, st.integers(0, 20), st.integers(1, 30), UNITS, CALENDARS, RULES)
def test_a_later_event_never_ends_earlier(
    start: date, later: int, amount: int, unit: Unit, held: Calendar, rule: CountingRule
) -> None:
    first = add(start, Period(amount, unit), held, rule).due
    second = add(start + timedelta(days=later), Period(amount, unit), held, rule).due
    assert first.earliest <= second.earliest
    assert first.latest <= second.latest


@given(STARTS, st.integers(1, 30), st.integers(0, 10), UNITS, CALENDARS, RULES)
def test_a_longer_period_never_ends_earlier(
    start: date, amount: int, more: int, unit: Unit, held: Calendar, rule: CountingRule
) -> None:
    shorter = add(start, Period(amount, unit), held, rule).due
    longer = add(start, Period(amount + more, unit), held, rule).due
    assert shorter.earliest <= longer.earliest
    assert shorter.latest <= longer.latest


@given(STARTS, st.integers(1, 40), UNITS, RULES)
def test_learning_the_next_notice_only_narrows_the_limit(start: date, amount: int, unit: Unit, rule: CountingRule) -> None:
    known = [add(start, Period(amount, unit), calendar("CN", date(year, 12, 31)), rule).due for year in (2023, 2024, 2025)]
    for less, more in pairwise(known):
        assert less.earliest <= more.earliest <= more.latest <= less.latest


@given(st.dates(date(2023, 1, 2), date(2026, 8, 1)), st.integers(1, 60), st.sampled_from(["CN", "EU"]))
def test_a_period_ends_on_a_working_day(start: date, amount: int, place: str) -> None:
    due = add(start, Period(amount, "day"), calendar(place), counting(place)).due
    assert due.settled
    assert isinstance(due.latest, date)
    assert calendar(place).is_working_day(due.latest)
    assert due.latest >= start + timedelta(days=amount)
