"""What people get wrong, each named after the mistake, and what they are told in both languages."""

import re
import zoneinfo
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from guiju import calendars as c
from guiju.calendars import data_files
from guiju.wording import codes, fields_of


def refused(act: Callable[[], object]) -> c.CalendarError:
    with pytest.raises(c.CalendarError) as caught:
        act()
    return caught.value


def says(error: c.CalendarError, code: str, en: str, zh: str) -> None:
    """The error has this code; message and hint together hold these words."""
    assert error.code == f"calendars.{code}"
    for lang, part in (("en", en), ("zh", zh)):
        whole = f"{error.message(lang)} {error.hint(lang)}"
        assert part in whole
        assert "{" not in whole


@pytest.mark.parametrize("text", ["2026-08-15T10:00", "2026-08-15 10:00", "2026-08-15T10:00:00+08:00", "2026-08-15T10:00Z"])
def test_a_time_where_a_day_is_meant(text: str) -> None:
    for parse in (c.parse_day, c.parse_partial):
        says(refused(partial(parse, text)), "not-a-day", "Leave the time off: 2026-08-15", "请去掉时刻，写作 2026-08-15")


def test_a_moment_object_where_a_day_is_meant() -> None:
    moment = datetime(2026, 8, 15, 10, tzinfo=UTC)
    says(refused(lambda: c.parse_day(moment)), "not-a-day", "2026-08-15", "2026-08-15")
    says(refused(lambda: c.DateRange.on(moment)), "not-a-day", "2026-08-15", "2026-08-15")
    period, rule = c.Period(3, "day"), c.counting("EU")
    says(refused(lambda: c.add(moment, period, None, rule)), "not-a-day", "2026-08-15", "2026-08-15")


@pytest.mark.parametrize(
    ("text", "near", "length"),
    [
        ("2026-02-30", "2026-02-28", 28),
        ("2028-02-30", "2028-02-29", 29),
        ("2026-09-31", "2026-09-30", 30),
        ("2026-09-00", "2026-09-01", 30),
    ],
)
def test_a_day_that_the_month_does_not_have(text: str, near: str, length: int) -> None:
    error = refused(lambda: c.parse_day(text))
    says(error, "no-such-day", f"Did you mean {near}?", f"是否应为 {near}？")
    assert f"{length} days" in error.message("en")


def test_month_and_day_swapped() -> None:
    says(refused(lambda: c.parse_day("2026-15-08")), "no-such-month", "no month 15", "15 月不存在")
    says(refused(lambda: c.parse_partial("2026-13")), "no-such-month", "no month 13", "13 月不存在")


def test_a_month_where_a_day_is_needed() -> None:
    says(refused(lambda: c.parse_day("2026-08")), "not-a-full-day", "leaves the day open", "没有写明哪一天")


@pytest.mark.parametrize("text", ["2026/8/15", "2026年8月15日", "2026.08.15", "2026-8-15"])
def test_a_date_written_otherwise(text: str) -> None:
    says(refused(lambda: c.parse_day(text)), "day-written-otherwise", "Write 2026-08-15", "请改写为 2026-08-15")


@pytest.mark.parametrize("text", ["15/08/2026", "soon", "", "2026-W33", "0000-01-01", "2026/2/30", "２０２６-08-15", "20260815"])
def test_no_date_at_all(text: str) -> None:
    says(refused(lambda: c.parse_partial(text)), "unreadable-day", "2026-08 or 2026", "写 2026-08 或 2026")


@pytest.mark.parametrize("text", ["15/08/2026", "明天", "20260815", "0000-01-01x"])
def test_no_date_where_a_whole_day_is_needed_is_not_led_to_a_month(text: str) -> None:
    problem = refused(lambda: c.parse_day(text))
    says(problem, "unreadable-full-day", "for example 2026-08-15", "例如 2026-08-15")
    assert "2026-08 " not in problem.hint("en")


def test_an_interval_that_runs_backwards() -> None:
    says(
        refused(lambda: c.DateRange(date(2026, 9, 1), date(2026, 8, 1))),
        "backwards-range",
        "2026-09-01 comes after 2026-08-01",
        "2026-09-01 在 2026-08-01 之后",
    )
    assert refused(lambda: c.DateRange(c.NEVER, date(2026, 8, 1))).code == "calendars.backwards-range"


@pytest.mark.parametrize("text", ["six months", "6", "P6M", ""])
def test_a_duration_nobody_can_read(text: str) -> None:
    says(refused(lambda: c.parse_duration(text)), "unreadable-duration", "6 months", "6 months（月）")


def test_a_misspelt_unit() -> None:
    says(refused(lambda: c.parse_duration("6 moths")), "unknown-unit-near", "Did you mean months?", "是否应为 months？")
    says(refused(lambda: c.parse_period("10 workingdays")), "unknown-unit-near", "working-days", "working-days")


def test_a_unit_that_is_none() -> None:
    error = refused(lambda: c.parse_duration("3 fortnights"))
    says(error, "unknown-unit", "There are hours, days, weeks, months and years.", "hours、days、weeks、months和years")
    assert refused(lambda: c.Period(3, "fortnight")).code == "calendars.unknown-unit"  # type: ignore[arg-type]


def test_working_days_as_a_length_of_time() -> None:
    says(refused(lambda: c.parse_duration("10 working days")), "working-days-are-no-duration", "time limits", "只用于期限")


def test_half_a_month() -> None:
    says(refused(lambda: c.parse_duration("1.5 months")), "not-whole", "whole number of months", "months")
    says(refused(lambda: c.parse_period("1.5 days")), "not-whole", "whole number of days", "days")
    assert refused(lambda: c.Duration(months=Decimal(1))).code == "calendars.not-whole"  # type: ignore[arg-type]
    assert refused(lambda: c.Period(1.0, "day")).code == "calendars.not-whole"  # type: ignore[arg-type]


def test_months_and_hours_together() -> None:
    says(refused(lambda: c.Duration(months=1, hours=24)), "mixed-duration", "not in both", "不能混用")


def test_less_than_nothing() -> None:
    says(refused(lambda: c.parse_duration("-6 months")), "negative-duration", "-6 months", "不能为负数")
    assert refused(lambda: c.Duration(hours=-1)).code == "calendars.negative-duration"


def test_a_floating_point_number_of_hours() -> None:
    says(refused(lambda: c.Duration(hours=1.5)), "not-exact", "decimal", "浮点数")  # type: ignore[arg-type]
    assert refused(lambda: c.Duration(hours=Decimal("NaN"))).code == "calendars.not-exact"


def test_a_period_of_no_days() -> None:
    says(refused(lambda: c.parse_period("0 days")), "not-positive", "one or more", "不小于 1")
    says(refused(lambda: c.parse_period("within reason")), "unreadable-period", "10 working-days", "工作日")


def test_a_calendar_the_house_does_not_hold() -> None:
    says(refused(lambda: c.calendar("DE")), "unknown-calendar", "There are CN, EU and generic.", "现有日历：CN、EU和generic")
    says(refused(lambda: c.counting("US")), "unknown-counting-rule", "eu/1182-71", "cn/civil-code")


def test_working_days_without_a_calendar() -> None:
    act = partial(c.add, date(2026, 9, 1), c.Period(10, "working-day"), None, c.counting("CN"))
    says(refused(act), "needs-calendar", "10 working-days", "没有工作日历")


def test_a_period_beyond_the_calendar() -> None:
    rule, generic = c.counting("generic"), c.calendar("generic")
    for period in (c.Period(9000, "year"), c.Period(10**7, "day"), c.Period(10**10, "day"), c.Period(10**8, "hour")):
        says(refused(partial(c.add, date(2026, 9, 1), period, generic, rule)), "too-far", "1 to 9999", "9999")


def test_a_moment_without_its_offset() -> None:
    naive = datetime(2026, 8, 15, 10)  # noqa: DTZ001
    says(refused(lambda: c.add(naive, c.Period(72, "hour"), None, c.counting("EU"))), "naive-moment", "+08:00", "时差")
    c.set_clock(lambda: naive)
    try:
        assert refused(c.now).code == "calendars.naive-moment"
    finally:
        c.set_clock(None)


def test_a_place_that_is_none() -> None:
    says(refused(lambda: c.today("Asia/Shangai")), "unknown-place-near", "Asia/Shanghai", "Asia/Shanghai")
    for place in ("China mainland", "", "../etc", "Asia"):
        assert refused(partial(c.today, place)).code.startswith("calendars.unknown-place")


def test_a_computer_without_time_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(key: str) -> zoneinfo.ZoneInfo:
        raise zoneinfo.ZoneInfoNotFoundError(key)

    monkeypatch.setattr(zoneinfo, "ZoneInfo", missing)
    monkeypatch.setattr(zoneinfo, "available_timezones", set)
    says(refused(lambda: c.today("Asia/Shanghai")), "no-time-zones", "pip install tzdata", "pip install tzdata")
    with c.fixed(date(2026, 11, 21)):
        assert c.today("Asia/Shanghai") == date(2026, 11, 21)


@pytest.mark.parametrize(
    "table", [{"against": "hearsay", "source": "x"}, {"against": "memory"}, {"against": "memory", "source": "", "when": 1}]
)
def test_a_data_file_with_a_wrong_entry(table: dict[str, Any]) -> None:
    error = refused(lambda: data_files.checked(table, "cn.toml"))
    says(error, "bad-data", "calendar file", "日历数据文件")
    assert "cn.toml" in str(error)


def test_every_code_that_the_room_uses_is_worded_in_both_languages() -> None:
    room = Path(c.__file__).parent
    used = {code for file in room.rglob("*") if file.suffix in {".py", ".toml"} for code in codes_in(file)}
    worded = {code for code in codes("en") if code.startswith("calendars.")}
    counted = {
        f"calendars.{unit}-{number}" for unit in ("hour", "day", "working-day", "month", "year") for number in ("one", "many")
    }
    assert used | counted == worded
    assert worded == {code for code in codes("zh") if code.startswith("calendars.")}
    assert all(fields_of(code, "zh") == fields_of(code, "en") for code in worded)


def codes_in(file: Path) -> set[str]:
    return {code for code in re.findall(r'"(calendars\.[a-z-]+)"', file.read_text(encoding="utf-8")) if not code.endswith("-")}
