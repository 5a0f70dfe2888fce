"""The seam of the example world: what it holds, and how an app seeds and removes its own part of it.

The world is one (data of the app ``demo``): the same invented city, people and systems in tests, documents and the first
start of a demonstration. An app that can show some of it has a module ``examples`` with two functions::

    def seed(world: World) -> Counted: ...     # idempotent: what is there already stays as it is, and is not counted
    def remove() -> Counted: ...               # whatever this app has seeded, and nothing else

What is counted is told to whoever asked: codes of the catalogue, each with a number. Both run in one transaction with those of
the other apps. Whatever is seeded is marked as an example wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Protocol, cast

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from guiju.wording import Text

Counted = Mapping[str, int]
"""What was seeded or removed: a code of the catalogue for each kind, with how many there were."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The city, an organisation or a person. ``of``: the organisation that a person belongs to."""

    id: str
    name: Text
    role: str
    about: Text
    of: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of the committee: who has it, as what, for which field, from when to when, and whether from outside the unit."""

    person: str
    post: str
    fields: tuple[str, ...]
    woman: bool
    outside: bool
    begins: date
    ends: date


@dataclass(frozen=True, slots=True)
class Committee:
    """The ethics committee, its members and its secretary, who has no vote."""

    entry: Entry
    seats: tuple[Seat, ...]
    secretary: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody made of a proposal that was read from a card."""

    fact: str
    state: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class System:
    """An AI system: its dossier, the card of its model by language, what was decided on it, and the days of its results."""

    entry: Entry
    dossier: str
    cards: Mapping[str, str]
    decided: tuple[Decided, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class World:
    """All of it. ``known``: the day by which the rules of its results had been published."""

    city: Entry
    organisations: tuple[Entry, ...]
    people: tuple[Entry, ...]
    committee: Committee
    systems: tuple[System, ...]
    known: date

    def organisation(self, identifier: str) -> Entry:
        """The organisation of an id."""
        return next(one for one in self.organisations if one.id == identifier)

    def person(self, identifier: str) -> Entry:
        """The person of an id."""
        return next(one for one in self.people if one.id == identifier)


class Part(Protocol):
    """An app's module ``examples``."""

    def seed(self, world: World) -> Counted:
        """Seed what is not there yet."""

    def remove(self) -> Counted:
        """Remove what was seeded."""


def parts() -> list[Part]:
    """The parts that apps offer, in the order of the apps; to be removed from the last to the first."""
    found = [one for one in apps.get_app_configs() if one.module and module_has_submodule(one.module, "examples")]
    return [cast(Part, import_module(f"{one.name}.examples")) for one in found]
