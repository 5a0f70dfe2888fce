"""Where organisations are: the place by whose day their terms and time limits run."""

from __future__ import annotations

from datetime import date
from typing import Final

from guiju.calendars import today

PLACES: Final = {
    "shanghai": "Asia/Shanghai",
    "hong-kong": "Asia/Hong_Kong",
    "macau": "Asia/Macau",
    "taipei": "Asia/Taipei",
    "singapore": "Asia/Singapore",
    "tokyo": "Asia/Tokyo",
    "seoul": "Asia/Seoul",
    "lisbon": "Europe/Lisbon",
    "brussels": "Europe/Brussels",
    "athens": "Europe/Athens",
    "london": "Europe/London",
    "zurich": "Europe/Zurich",
    "new-york": "America/New_York",
    "chicago": "America/Chicago",
    "los-angeles": "America/Los_Angeles",
    "utc": "UTC",
}
"""The places that are offered, by the words of the catalogue (``people.place-...``), with their zones of the tz database."""


def zone_of(place: str) -> str:
    """The zone that is kept for a place; UTC where none is."""
    return place if place in PLACES.values() else "UTC"


def word_of(zone: str) -> str:
    """The word by which the catalogue names a zone."""
    return next((word for word, one in PLACES.items() if one == zone), "utc")


def day_in(place: str) -> date:
    """The day it is at a place now."""
    return today(zone_of(place))


def zones_by_day() -> dict[date, list[str]]:
    """The days it is now somewhere, each with the places where it is; an organisation without a place goes by UTC."""
    found: dict[date, list[str]] = {}
    for zone in PLACES.values():
        found.setdefault(today(zone), []).append(zone)
    found.setdefault(today("UTC"), []).append("")
    return found
