"""The example world as data: ``world.yaml`` of this folder, with the dossiers of its systems and the cards of their models."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import guiju
from guiju.calendars import parse_day
from guiju.institutions.hall.example_world import Committee, Decided, Entry, Seat, System, World
from guiju.norms.yaml_reader import plain, read_file
from guiju.wording import LANGUAGES

HERE: Final = Path(__file__).parent
"""Where ``world.yaml`` and the cards are; an installed package has the dossiers here too."""

SAMPLES: Final = Path(guiju.__file__).parents[2] / "samples"
"""Where the dossiers are in the project itself."""


@cache
def world() -> World:
    """The one example world."""
    data: dict[str, Any] = plain(read_file(HERE / "world.yaml", "world.yaml"))
    return World(
        _entry(data["city"]),
        tuple(_entry(one) for one in data["organisations"]),
        tuple(_entry(one) for one in data["people"]),
        _committee(data["committee"]),
        tuple(_system(one) for one in data["systems"]),
        parse_day(data["known"]),
    )


def text_of(name: str) -> str:
    """A dossier or a card of the world."""
    places = (HERE / "cards" / name, HERE / "dossiers" / name, SAMPLES / name)
    return next(one for one in places if one.is_file()).read_text(encoding="utf-8")


def _entry(data: Mapping[str, Any]) -> Entry:
    assert set(data["name"]) == set(data["about"]) == set(LANGUAGES), data["id"]
    return Entry(data["id"], data["name"], data["role"], data["about"], data.get("of", ""))


def _committee(data: Mapping[str, Any]) -> Committee:
    seats = (
        Seat(
            one["person"],
            one["post"],
            tuple(one["fields"]),
            one["woman"],
            one["outside"],
            parse_day(one["begins"]),
            parse_day(one["ends"]),
        )
        for one in data["seats"]
    )
    return Committee(_entry(data), tuple(seats), data["secretary"])


def _system(data: Mapping[str, Any]) -> System:
    decided = (Decided(one["fact"], one["state"], one["by"], parse_day(one["on"])) for one in data.get("decided", ()))
    days = tuple(parse_day(one) for one in data["days"])
    return System(_entry(data), data["dossier"], data.get("cards", {}), tuple(decided), days)
