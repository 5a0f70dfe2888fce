"""Working-day calendars against what is known of them from elsewhere."""

from datetime import date, timedelta

import pytest

from guiju.calendars import NEVER, calendar, calendars

YEARS = range(2021, 2027)


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def year(number: int) -> list[date]:
    return days(date(number, 1, 1), date(number, 12, 31))


@pytest.mark.parametrize("number", YEARS)
def test_cn_days_off_and_days_made_up_balance_to_the_statutory_holidays(number: int) -> None:
    """The statute gives 11 days a year, 13 from 2025; everything else off on a weekday is worked on a weekend."""
    cn = calendar("CN")
    off = [day for day in year(number) if day.weekday() < 5 and not cn.is_working_day(day)]
    made_up = [day for day in year(number) if day.weekday() >= 5 and cn.is_working_day(day)]
    assert len(off) - len(made_up) == (13 if number >= 2025 else 11)


@pytest.mark.parametrize("number", YEARS)
def test_cn_only_weekend_days_are_made_up(number: int) -> None:
    (notice,) = (notice for notice in calendar("CN").notices if notice.year == number)
    assert all(day.weekday() >= 5 for day in notice.worked)
    assert not notice.worked & notice.off.keys()


@pytest.mark.parametrize(
    ("number", "spring_festival"),
    [
        (2021, date(2021, 2, 12)),
        (2022, date(2022, 2, 1)),
        (2023, date(2023, 1, 22)),
        (2024, date(2024, 2, 10)),
        (2025, date(2025, 1, 29)),
        (2026, date(2026, 2, 17)),
    ],
)
def test_cn_statutory_days_are_off(number: int, spring_festival: date) -> None:
    """The days fixed by the statute itself, whatever the notice adds: 1 January, 1 May, 1 to 3 October, the lunar new year."""
    cn = calendar("CN")
    fixed = [date(number, 1, 1), date(number, 5, 1), *days(date(number, 10, 1), date(number, 10, 3))]
    for day in [*fixed, *days(spring_festival, spring_festival + timedelta(days=2))]:
        assert cn.kind(day) == "public-holiday"


def test_cn_2026_has_248_working_days() -> None:
    cn = calendar("CN")
    assert sum(cn.is_working_day(day) is True for day in year(2026)) == 365 - 104 - 13


def test_cn_national_day_2026() -> None:
    cn = calendar("CN")
    assert cn.is_working_day(date(2026, 9, 20)) is True  # a Sunday
    assert cn.is_working_day(date(2026, 10, 7)) is False  # a Wednesday
    assert cn.is_working_day(date(2026, 10, 10)) is True  # a Saturday
    assert cn.is_working_day(date(2026, 10, 11)) is False
    holiday = cn.holiday(date(2026, 10, 7))
    assert holiday is not None
    assert holiday["zh"] == "国庆节"


def test_past_the_last_notice_nothing_is_known() -> None:
    cn = calendar("CN")
    assert cn.valid_until == date(2026, 12, 31)
    assert cn.name == "CN/2026"
    assert cn.is_working_day(date(2026, 12, 31)) is True
    assert cn.is_working_day(date(2027, 1, 1)) is None
    assert cn.is_working_day(date(2027, 1, 2)) is None  # a Saturday may be worked
    assert cn.is_working_day(date(2020, 12, 31)) is None


def test_as_known_on_a_day() -> None:
    then = calendar("CN", known=date(2025, 11, 3))
    assert then.name == "CN/2025"
    assert then.is_working_day(date(2026, 9, 20)) is None
    assert calendar("CN", known=date(2025, 11, 4)).name == "CN/2026"
    assert calendar("CN", known=date(2019, 1, 1)).is_working_day(date(2021, 1, 4)) is None


@pytest.mark.parametrize("number", [2023, 2024, 2025, 2026])
def test_eu_feasts_follow_easter(number: int) -> None:
    easter = {2023: date(2023, 4, 9), 2024: date(2024, 3, 31), 2025: date(2025, 4, 20), 2026: date(2026, 4, 5)}[number]
    eu = calendar("EU")
    for offset in (-3, -2, 1, 39, 40, 50):  # Maundy Thursday, Good Friday, Monday, Ascension and the day after, Whit Monday
        assert eu.kind(easter + timedelta(days=offset)) == "public-holiday"


@pytest.mark.parametrize(("number", "total"), [(2023, 18), (2025, 18)])
def test_eu_lists_hold_as_many_days_as_they_say(number: int, total: int) -> None:
    """The decision for 2023 says 18 days; so does that for 2014 (2013/C 39/03), whose calendar and Easter are those of 2025."""
    eu = calendar("EU")
    off = [day for day in year(number) if eu.kind(day) == "public-holiday" and day.weekday() < 5]
    assert len(off) == total


def test_eu_weekends_are_never_worked() -> None:
    eu = calendar("EU")
    assert not any(eu.is_working_day(day) for number in (2023, 2024, 2025, 2026) for day in year(number) if day.weekday() >= 5)
    assert eu.caution == "calendars.caution-eu-institutions"


def test_every_list_says_how_it_was_checked() -> None:
    for held in calendars().values():
        for notice in held.notices:
            assert notice.checked.source
            assert held.checked(date(notice.year, 6, 1)) == notice.checked
    assert {notice.checked.against for notice in calendar("CN").notices} == {"full-text"}
    assert [notice.checked.against for notice in calendar("EU").notices] == ["full-text", "excerpt", "secondary", "secondary"]


def test_the_generic_calendar_is_flagged_and_has_no_end() -> None:
    generic = calendar("generic")
    assert generic.generic
    assert generic.caution
    assert generic.valid_until is NEVER
    assert generic.name == "generic"
    assert generic.is_working_day(date(2150, 1, 2)) is True  # a Friday
    assert generic.is_working_day(date(2150, 1, 3)) is False
