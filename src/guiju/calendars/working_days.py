"""Working-day calendars: what each day is, by the official notices that the house holds.

A calendar knows nothing past its last notice: such a day is neither a working day nor a holiday but not yet published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import takewhile
from typing import Final, Literal, cast

from guiju.calendars import data_files
from guiju.calendars.data_files import Checked
from guiju.calendars.days import NEVER, NeverDay
from guiju.calendars.errors import CalendarError
from guiju.wording import Text

DayKind = Literal["working-day", "saturday", "sunday", "public-holiday"]

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Notice:
    """One official notice: the days off of a year, the weekend days that are worked instead, and how it was checked."""

    year: int
    number: str
    issued: date | None
    source: str
    checked: Checked
    off: Mapping[date, Text]
    worked: frozenset[date]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one place, from ``valid_from`` to ``valid_until`` (the last day of the last notice)."""

    code: str
    place: str
    title: Text
    weekend: frozenset[str]
    generic: bool
    valid_from: date
    valid_until: date | NeverDay
    notices: tuple[Notice, ...]
    caution: str | None = None

    @property
    def name(self) -> str:
        """The calendar with the year its data reach: ``CN/2026``."""
        return f"{self.code}/{self.valid_until.year}" if isinstance(self.valid_until, date) else self.code

    def covers(self, day: date) -> bool:
        """Whether the calendar speaks of the day at all."""
        return self.valid_from <= day and self.valid_until >= day

    def kind(self, day: date) -> DayKind | None:
        """What the day is; None where no notice speaks of it (past the last one, or before the first)."""
        if not self.covers(day):
            return None
        if any(day in notice.worked for notice in self.notices):
            return "working-day"
        if any(day in notice.off for notice in self.notices):
            return "public-holiday"
        weekday = WEEKDAYS[day.weekday()]
        return cast(DayKind, weekday) if weekday in self.weekend else "working-day"

    def is_working_day(self, day: date) -> bool | None:
        """Whether the day is worked; None where no notice speaks of it."""
        kind = self.kind(day)
        return None if kind is None else kind == "working-day"

    def counted(self, first: date, last: date) -> tuple[int, int]:
        """How many days from the first to the last one, both counted, are worked, and of how many no notice speaks."""
        begins, ends = max(first, self.valid_from), last if self.valid_until >= last else cast(date, self.valid_until)
        all_days = max(0, (last - first).days + 1)
        if begins > ends:
            return 0, all_days
        length = (ends - begins).days + 1
        weeks, rest = divmod(length, 7)
        odd = sum(self._ordinary(begins + timedelta(days=offset)) for offset in range(rest))
        set_apart = {day for notice in self.notices for day in (*notice.worked, *notice.off) if begins <= day <= ends}
        moved = sum((self.kind(day) == "working-day") - self._ordinary(day) for day in set_apart)
        return weeks * (7 - len(self.weekend)) + odd + moved, all_days - length

    def _ordinary(self, day: date) -> bool:
        """Whether such a day of the week is worked."""
        return WEEKDAYS[day.weekday()] not in self.weekend

    def holiday(self, day: date) -> Text | None:
        """The name of the public holiday that the day belongs to, if it does."""
        return next((notice.off[day] for notice in self.notices if day in notice.off), None)

    def checked(self, day: date) -> Checked | None:
        """How the list for the year of the day was checked; None where there is none."""
        return next((notice.checked for notice in self.notices if notice.year == day.year), None)

    def as_known(self, known: date) -> Calendar:
        """The calendar as it stood on a day: it ends before the first notice issued later.

        A notice whose day of issue is not known counts as issued.
        """
        kept = tuple(takewhile(lambda notice: notice.issued is None or notice.issued <= known, self.notices))
        if len(kept) == len(self.notices):
            return self
        until = date(kept[-1].year, 12, 31) if kept else self.valid_from - timedelta(days=1)
        return replace(self, valid_until=until, notices=kept)


@cache
def calendars() -> Mapping[str, Calendar]:
    """Every calendar of the house by its code."""
    found: dict[str, Calendar] = {}
    for name in data_files.names():
        data = data_files.load(name)
        if "weekend" in data:
            read = _calendar(data, name)
            found[read.code] = read
    return found


def calendar(code: str, known: date | None = None) -> Calendar:
    """The calendar of a place: ``CN``, ``EU`` or ``generic``; with ``known``, as it stood on that day."""
    held = calendars()
    if code not in held:
        raise CalendarError("calendars.unknown-calendar", got=code, known=sorted(held))
    return held[code] if known is None else held[code].as_known(known)


def _calendar(data: dict[str, object], file: str) -> Calendar:
    data_files.keys(
        data,
        file,
        ["code", "place", "title", "weekend", "generic", "valid_from"],
        ["valid_until", "caution", "notice"],
    )
    notices = [_notice(item, file) for item in data_files.tables(data.get("notice", []))]
    return Calendar(
        code=str(data["code"]),
        place=str(data["place"]),
        title=cast(Text, data["title"]),
        weekend=frozenset(data_files.words(data["weekend"])),
        generic=bool(data["generic"]),
        valid_from=cast(date, data["valid_from"]),
        valid_until=cast("date | NeverDay", data.get("valid_until", NEVER)),
        notices=tuple(sorted(notices, key=lambda notice: notice.year)),
        caution=cast("str | None", data.get("caution")),
    )


def _notice(item: dict[str, object], file: str) -> Notice:
    data_files.keys(item, file, ["year", "number", "source", "checked", "holidays"], ["issued"])
    off: dict[date, Text] = {}
    worked: set[date] = set()
    for holiday in data_files.tables(item["holidays"]):
        data_files.keys(holiday, file, ["name", "from", "to"], ["worked"])
        day = cast(date, holiday["from"])
        while day <= cast(date, holiday["to"]):
            off[day] = cast(Text, holiday["name"])
            day += timedelta(days=1)
        worked.update(cast("list[date]", holiday.get("worked", [])))
    return Notice(
        year=cast(int, item["year"]),
        number=str(item["number"]),
        issued=cast("date | None", item.get("issued")),
        source=str(item["source"]),
        checked=data_files.checked(item["checked"], file),
        off=off,
        worked=frozenset(worked),
    )
