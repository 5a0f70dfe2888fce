"""Dates, durations and periods in words, in both languages."""

from datetime import date

import pytest

from guiju.calendars import NEVER, DateRange, duration_words, parse_duration, parse_partial, parse_period, period_words, words


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2026-03-20", "2026年3月20日", "20 March 2026"),
        ("2026-03", "2026年3月", "March 2026"),
        ("2026", "2026年", "2026"),
    ],
)
def test_dates(text: str, zh: str, en: str) -> None:
    assert words(parse_partial(text), "zh") == zh
    assert words(parse_partial(text), "en") == en


def test_intervals_and_never() -> None:
    assert words(date(2026, 12, 2), "en") == "2 December 2026"
    assert words(NEVER, "zh") == "永不"
    assert words(DateRange.on(NEVER), "en") == "never"
    assert words(DateRange(date(2027, 1, 6), NEVER), "zh") == "2027年1月6日或之后"
    assert words(DateRange(date(2027, 1, 6), NEVER), "en") == "on or after 6 January 2027"
    assert words(DateRange(date(2026, 8, 1), date(2026, 9, 30)), "en") == "between 1 August 2026 and 30 September 2026"
    assert words(DateRange(date(2026, 8, 1), date(2026, 9, 30)), "zh") == "2026年8月1日至2026年9月30日之间"


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("10 working-days", "10个工作日", "10 working days"),
        ("1 working-day", "1个工作日", "1 working day"),
        ("72 hours", "72小时", "72 hours"),
        ("1 hour", "1小时", "1 hour"),
        ("15 days", "15日", "15 days"),
        ("1 day", "1日", "1 day"),
        ("1 month", "1个月", "1 month"),
        ("10 years", "10年", "10 years"),
    ],
)
def test_periods(text: str, zh: str, en: str) -> None:
    assert period_words(parse_period(text), "zh") == zh
    assert period_words(parse_period(text), "en") == en


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("6 months", "6个月", "6 months"),
        ("24 months", "2年", "2 years"),
        ("1 year", "1年", "1 year"),
        ("180 days", "180日", "180 days"),
        ("3 days", "72小时", "72 hours"),
        ("71.5 hours", "71.5小时", "71.5 hours"),
        ("0 days", "0日", "0 days"),
    ],
)
def test_durations(text: str, zh: str, en: str) -> None:
    assert duration_words(parse_duration(text), "zh") == zh
    assert duration_words(parse_duration(text), "en") == en
