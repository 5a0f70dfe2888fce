"""The one source of "now"."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from guiju.calendars import fixed, now, set_clock, today


@pytest.fixture
def evening_in_brussels() -> Iterator[None]:
    set_clock(lambda: datetime(2026, 11, 21, 18, 30, tzinfo=timezone(timedelta(hours=1))))
    yield
    set_clock(None)


def test_the_legal_day_is_that_of_the_place(evening_in_brussels: None) -> None:
    assert now() == datetime(2026, 11, 21, 17, 30, tzinfo=UTC)
    assert today("Europe/Brussels") == date(2026, 11, 21)
    assert today("Asia/Shanghai") == date(2026, 11, 22)


def test_a_fixed_day_is_that_day_everywhere_and_ends() -> None:
    with fixed(date(2026, 8, 2)):
        assert {today(place) for place in ("Asia/Shanghai", "Europe/Brussels", "Pacific/Auckland")} == {date(2026, 8, 2)}
        assert now().date() == date(2026, 8, 2)
        with fixed(datetime(2026, 8, 1, 22, 30, tzinfo=UTC)):
            assert today("Europe/Brussels") == date(2026, 8, 2)
            assert today("Atlantic/Azores") == date(2026, 8, 1)
        assert today("Asia/Shanghai") == date(2026, 8, 2)
    assert now() > datetime(2026, 1, 1, tzinfo=UTC)


def test_the_system_clock_is_read_in_utc() -> None:
    assert now().tzinfo is UTC
