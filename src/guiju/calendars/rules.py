"""Counting rules: how the law of a place counts a time limit, as data with the provision and how it was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, cast

from guiju.calendars import data_files
from guiju.calendars.data_files import Checked
from guiju.calendars.errors import CalendarError
from guiju.wording import Text, Where

_FILE: Final = "counting.toml"
MONTH_END: Final = "same-date-or-last-day"


@dataclass(frozen=True, slots=True)
class Minimum:
    """A period of one of these units, ``long`` units or more, holds at least so many working days."""

    units: frozenset[str]
    long: int
    working_days: int


@dataclass(frozen=True, slots=True)
class Provision:
    """Where a part of the rule stands, and how it was checked."""

    at: str
    checked: Checked


@dataclass(frozen=True, slots=True)
class CountingRule:
    """One law's way of counting. The fields are told in ``data/counting.toml``."""

    id: str
    places: tuple[str, ...]
    title: Text
    since: date
    day_of_event_counts: bool
    hour_of_event_counts: bool
    month_end: str
    rolls_over: frozenset[str]
    rolls_units: frozenset[str]
    rolls_backwards: bool
    minimum: Minimum | None
    inclusive: frozenset[str]
    exclusive: frozenset[str]
    provisions: Mapping[str, Provision]
    caution: str | None

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The parts that rest on memory alone."""
        return tuple(part for part, provision in self.provisions.items() if provision.checked.against == "memory")

    def includes_number(self, word: str) -> bool | None:
        """Whether a word such as 以上 or 超过 takes in the number that it stands with; None where the rule is silent."""
        if word in self.inclusive:
            return True
        return False if word in self.exclusive else None


@cache
def counting_rules() -> Mapping[str, CountingRule]:
    """Every counting rule by its id."""
    read = [_rule(item) for item in data_files.tables(data_files.load(_FILE)["rule"])]
    return {rule.id: rule for rule in read}


def counting(name: str) -> CountingRule:
    """A counting rule by its id (``eu/1182-71``) or by the place whose law it is (``EU``, ``CN``, ``generic``)."""
    rules = counting_rules()
    by_place = {place: rule for rule in rules.values() for place in rule.places}
    found = rules.get(name) or by_place.get(name)
    if found is None:
        raise CalendarError("calendars.unknown-counting-rule", got=name, known=sorted([*rules, *by_place]))
    return found


def _rule(item: dict[str, object]) -> CountingRule:
    data_files.keys(
        item,
        _FILE,
        [
            *("id", "places", "title", "since", "day_of_event_counts", "hour_of_event_counts", "month_end"),
            *("rolls_over", "rolls_units", "rolls_backwards", "provisions"),
        ],
        ["minimum", "inclusive", "exclusive", "caution"],
    )
    if item["month_end"] != MONTH_END:
        raise CalendarError("calendars.bad-data", where=Where(_FILE), got=[str(item["month_end"])])
    return CountingRule(
        id=str(item["id"]),
        places=data_files.words(item["places"]),
        title=cast(Text, item["title"]),
        since=cast(date, item["since"]),
        day_of_event_counts=bool(item["day_of_event_counts"]),
        hour_of_event_counts=bool(item["hour_of_event_counts"]),
        month_end=MONTH_END,
        rolls_over=frozenset(data_files.words(item["rolls_over"])),
        rolls_units=frozenset(data_files.words(item["rolls_units"])),
        rolls_backwards=bool(item["rolls_backwards"]),
        minimum=_minimum(item.get("minimum")),
        inclusive=frozenset(data_files.words(item.get("inclusive", []))),
        exclusive=frozenset(data_files.words(item.get("exclusive", []))),
        provisions={name: _provision(part) for name, part in data_files.table(item["provisions"]).items()},
        caution=cast("str | None", item.get("caution")),
    )


def _minimum(item: object) -> Minimum | None:
    if item is None:
        return None
    held = data_files.table(item)
    data_files.keys(held, _FILE, ["units", "from", "working_days"])
    units = frozenset(data_files.words(held["units"]))
    return Minimum(units, cast(int, held["from"]), cast(int, held["working_days"]))


def _provision(item: object) -> Provision:
    held = data_files.table(item)
    data_files.keys(held, _FILE, ["at", "checked"])
    return Provision(str(held["at"]), data_files.checked(held["checked"], _FILE))
