"""Reading the room's dated data: TOML beside the code, refused where a key is unknown or missing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal, cast, get_args

from guiju.calendars.errors import CalendarError
from guiju.wording import Where

Against = Literal["full-text", "excerpt", "secondary", "memory"]


@dataclass(frozen=True, slots=True)
class Checked:
    """Against what a rule or list was checked, and where that was read."""

    against: Against
    source: str


def load(name: str) -> dict[str, object]:
    """One data file of the room."""
    return tomllib.loads(files("guiju.calendars").joinpath("data", name).read_text(encoding="utf-8"))


def names() -> list[str]:
    """The data files there are."""
    folder = files("guiju.calendars").joinpath("data")
    return sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))


def keys(table: Mapping[str, object], file: str, needed: Iterable[str], allowed: Iterable[str] = ()) -> None:
    """Refuse a table that lacks a needed key or has one nobody knows."""
    must = set(needed)
    wrong = sorted(must - table.keys()) + sorted(table.keys() - must - set(allowed))
    if wrong:
        raise CalendarError("calendars.bad-data", where=Where(file), got=wrong)


def table(value: object) -> dict[str, object]:
    """A value known to be a table."""
    return cast(dict[str, object], value)


def tables(value: object) -> list[dict[str, object]]:
    """A value known to be a list of tables."""
    return cast(list[dict[str, object]], value)


def words(value: object) -> tuple[str, ...]:
    """A value known to be a list of strings."""
    return tuple(cast(list[str], value))


def checked(value: object, file: str) -> Checked:
    """The ``checked`` table of a rule or list."""
    held = cast(dict[str, str], value)
    keys(table(value), file, ["against", "source"])
    if held["against"] not in get_args(Against):
        raise CalendarError("calendars.bad-data", where=Where(file), got=[held["against"]])
    return Checked(cast(Against, held["against"]), held["source"])
