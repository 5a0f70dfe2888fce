"""The one source of "now". Nothing else in the house asks the clock; tests and replays set it.

The legal day is the civil day in a place, not in UTC: at 18:00 in Brussels it is already tomorrow in Shanghai.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time

from guiju.calendars.errors import CalendarError
from guiju.wording import nearest

Clock = Callable[[], datetime]


def _system() -> datetime:
    return datetime.now(UTC)


_process_clock: list[Clock] = [_system]
_fixed: ContextVar[date | None] = ContextVar("fixed", default=None)


def set_clock(clock: Clock | None) -> None:
    """Set where the whole process takes the time from (a function giving a moment with its offset); None: the system."""
    _process_clock[0] = clock or _system


def now() -> datetime:
    """The present moment, in UTC."""
    held = _fixed.get()
    if held is not None and not isinstance(held, datetime):
        return datetime.combine(held, time(12), UTC)
    moment = _process_clock[0]() if held is None else held
    if moment.tzinfo is None:
        raise CalendarError("calendars.naive-moment", got=moment.isoformat())
    return moment.astimezone(UTC)


def today(place: str) -> date:
    """The legal day in a place named as the time-zone database does: ``Asia/Shanghai``, ``Europe/Brussels``."""
    held = _fixed.get()
    if held is not None and not isinstance(held, datetime):
        return held
    return now().astimezone(_zone(place)).date()


@contextmanager
def fixed(moment: date | datetime) -> Iterator[None]:
    """For a while it is this moment, or, given a day, this day in every place."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)


def _zone(place: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(place)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        known = zoneinfo.available_timezones()
        if not known:
            raise CalendarError("calendars.no-time-zones", got=place) from error
        near = nearest(place, sorted(known), limit=1)
        if near:
            raise CalendarError("calendars.unknown-place-near", got=place, near=near[0]) from error
        raise CalendarError("calendars.unknown-place", got=place) from error
