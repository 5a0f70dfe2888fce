"""The graph of objects that a program reads: things of declared kinds, what is known of them, how they hang together.

Built by ``subjects`` from a dossier; this module only knows its shape and how to walk it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from guiju.logic import Given
from guiju.norms.vocabulary import OCCURRENCE, STANDING, Vocabulary


@dataclass(frozen=True, slots=True)
class Listing:
    """Who says which rows a list of an object has, when, and from what."""

    by: str | None = None
    on: str | None = None
    source: str | None = None


@dataclass(eq=False)
class Thing:
    """One object: a system, a purpose, a party's part in it, a meeting ..."""

    kind: str
    id: str
    label: dict[str, str] = field(default_factory=dict)
    anonymous: bool = False
    given: dict[str, Given] = field(default_factory=dict)
    links: dict[str, Thing] = field(default_factory=dict)
    rows: dict[str, list[Thing]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    listed: dict[str, Listing] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}>"


@dataclass
class World:
    """All things of one dossier. ``absent`` holds standing kinds that the dossier says do not exist (closed and empty)."""

    vocabulary: Vocabulary
    root: Thing
    things: list[Thing] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)

    def add(self, thing: Thing) -> Thing:
        """Put a thing into the world."""
        self.things.append(thing)
        return thing

    def of_kind(self, kind: str) -> list[Thing]:
        """The things of a kind, in the order of the dossier."""
        return [thing for thing in self.things if thing.kind == kind]

    def link(self, thing: Thing, relation: str, other: Thing) -> None:
        """Set a relation to one, and put the thing among the rows of its inverse."""
        thing.links[relation] = other
        for entry in self.vocabulary.relations(other.kind):
            if entry.inverse == relation and entry.to == thing.kind and not thing.anonymous:
                rows = other.rows.setdefault(entry.name, [])
                if thing not in rows:
                    rows.append(thing)

    def owners(self, thing: Thing) -> Iterator[Thing]:
        """The thing and those above it."""
        current: Thing | None = thing
        while current is not None:
            yield current
            relation = self.vocabulary.owner(current.kind)
            current = current.links.get(relation.name) if relation else None

    def reach(self, thing: Thing, kind: str) -> list[Thing]:
        """Things of a kind that stand above or beside: itself, its owners, what these link to, what links to these."""
        chain = list(self.owners(thing))
        for one in chain:
            if one.kind == kind:
                return [one]
        frontier, seen = list(chain), set(map(id, chain))
        for _ in range(3):
            found: list[Thing] = []
            for one in frontier:
                for other in self._beside(one):
                    if id(other) not in seen:
                        seen.add(id(other))
                        found.append(other)
            hits = [one for one in found if one.kind == kind]
            if hits:
                return hits
            frontier = found
        return []

    def _beside(self, thing: Thing) -> Iterator[Thing]:
        """To-one neighbours, both ways; rows below are not beside."""
        yield from thing.links.values()
        for other in self.things:
            for name, target in other.links.items():
                if target is thing and not self.vocabulary.declared[name].owner and other.kind in STANDING:
                    yield other

    def home(self, thing: Thing) -> Thing | None:
        """The system a thing belongs to: parties of that system are asked about it."""
        if thing.kind in ("body", "meeting", "category", "act"):
            return None
        for system in self.reach(thing, "system"):
            return system
        return None

    def parties_of(self, thing: Thing) -> list[Thing]:
        """The parties that a norm about the thing is computed for."""
        home = self.home(thing)
        if home is None:
            return self.of_kind("party")
        earlier = home.links.get("earlier")
        return [party for party in self.of_kind("party") if self.home(party) is home and home is not earlier]


class StillWorld(World):
    """A world in which nothing comes, goes or is joined any more: what lies where is looked up once."""

    @classmethod
    def of(cls, world: World) -> StillWorld:
        """The same things of the same world, from now on still."""
        return world if isinstance(world, cls) else cls(world.vocabulary, world.root, world.things, world.absent)

    @cached_property
    def _reached(self) -> dict[tuple[int, str], list[Thing]]:
        return {}

    @cached_property
    def _kinds(self) -> dict[str, list[Thing]]:
        return {}

    @cached_property
    def _parties(self) -> dict[int, list[Thing]]:
        return {}

    def of_kind(self, kind: str) -> list[Thing]:
        """The things of a kind, in the order of the dossier."""
        if kind not in self._kinds:
            self._kinds[kind] = super().of_kind(kind)
        return list(self._kinds[kind])

    def reach(self, thing: Thing, kind: str) -> list[Thing]:
        """Things of a kind that stand above or beside."""
        key = (id(thing), kind)
        found = self._reached.get(key)
        if found is None:
            found = self._reached[key] = super().reach(thing, kind)
        return list(found)

    def parties_of(self, thing: Thing) -> list[Thing]:
        """The parties that a norm about the thing is computed for."""
        if id(thing) not in self._parties:
            self._parties[id(thing)] = super().parties_of(thing)
        return list(self._parties[id(thing)])


def standing(kind: str) -> bool:
    """Whether a kind of object is answered for even when the dossier is silent on it."""
    return kind in STANDING


__all__ = ["OCCURRENCE", "STANDING", "Listing", "StillWorld", "Thing", "World", "standing"]
