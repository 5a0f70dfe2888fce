"""Dossiers laid side by side: every object under a key that is the same in each of them.

The system of a dossier is the system of the other, whatever it is called. An object that nobody named is the only named one
of its kind that the others have; where they have several, it stays by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from guiju.logic import Given
from guiju.norms.vocabulary import Vocabulary
from guiju.norms.world import Listing, Thing, World
from guiju.subjects.dossier import Dossier
from guiju.subjects.drafts import EARLIER, Draft, Record, said_item
from guiju.subjects.graph import COMPANIONS

_NESTED: Final = ("standard", "category", "party")
"""Kinds of which rows of different owners may bear one id."""


class Key(NamedTuple):
    """What one object is called in every dossier that has it."""

    kind: str
    id: str
    under: str = ""

    @property
    def nameless(self) -> bool:
        """An object that nobody named, beside several that have names."""
        return self.under == "?"


MAIN: Final = Key("system", "")


@dataclass(eq=False)
class Leaf:
    """One object: what is said of it and where it hangs."""

    kind: str
    id: str
    anonymous: bool
    label: dict[str, str] = field(default_factory=dict)
    note: str | None = None
    said: dict[str, Given] = field(default_factory=dict)
    of: dict[str, Key] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    held: tuple[Key, str] | None = None
    listed: dict[str, Listing] = field(default_factory=dict)

    def copy(self) -> Leaf:
        """The same object, free to be changed."""
        return Leaf(
            self.kind, self.id, self.anonymous, dict(self.label), self.note, dict(self.said), dict(self.of), set(self.closed),
            self.held, dict(self.listed),
        )  # fmt: skip


@dataclass(eq=False)
class Flat:
    """All objects of one dossier by their keys."""

    vocabulary: Vocabulary
    leaves: dict[Key, Leaf] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    root: Key = MAIN

    def rows(self, key: Key, relation: str) -> list[Key]:
        """The rows of an object."""
        return [one for one, leaf in self.leaves.items() if leaf.held == (key, relation)]


def flatten(dossiers: Sequence[Dossier]) -> list[Flat]:
    """The dossiers with one set of keys."""
    worlds = [one.world for one in dossiers]
    named = {kind: _named(worlds, kind) for world in worlds for kind in {thing.kind for thing in world.things}}
    return [_Flattener(one, named).flat for one in dossiers]


def _main(world: World) -> Thing:
    return next(thing for thing in world.things if thing.kind == "system")


def _named(worlds: Sequence[World], kind: str) -> list[str]:
    return sorted({thing.id for world in worlds for thing in world.of_kind(kind) if not _nameless(thing, world)})


def _nameless(thing: Thing, world: World) -> bool:
    """Nobody gave it an id: it stands there unmentioned, or is the only one and bears the word of its kind."""
    return thing.anonymous or (thing.kind in COMPANIONS and thing.id == thing.kind and len(world.of_kind(thing.kind)) == 1)


class _Flattener:
    """One world by the keys that all share."""

    def __init__(self, dossier: Dossier, named: dict[str, list[str]]) -> None:
        self._world = dossier.world
        self._notes = dossier.notes
        self._named = named
        self._keys: dict[int, Key] = {}
        self.flat = Flat(dossier.world.vocabulary, absent=frozenset(dossier.world.absent))
        for thing in dossier.world.things:
            self._leaf(thing, self._key(thing))
        for thing in dossier.world.things:
            self._connect(thing)
            self._earlier(thing, self._key(thing))
        self.flat.root = self._key(dossier.world.root)

    def _key(self, thing: Thing) -> Key:
        found = self._keys.get(id(thing))
        if found is None:
            found = self._keys[id(thing)] = self._new_key(thing)
        return found

    def _new_key(self, thing: Thing) -> Key:
        if thing is _main(self._world):
            return MAIN
        identifier = thing.id
        if _nameless(thing, self._world):
            named = self._named.get(thing.kind, [])
            if len(named) > 1 and thing.anonymous:
                return Key(thing.kind, "", "?")
            if len(named) > 1:
                return Key(thing.kind, identifier)
            identifier = named[0] if named else ""
        if thing.kind not in _NESTED:
            return Key(thing.kind, identifier)
        owner = self._owner(thing)
        above = self._key(owner) if owner is not None else MAIN
        return Key(thing.kind, identifier, "" if above == MAIN else f"{above.kind} {above.id}")

    def _owner(self, thing: Thing) -> Thing | None:
        relation = self._world.vocabulary.owner(thing.kind)
        return thing.links.get(relation.name) if relation else None

    def _leaf(self, thing: Thing, key: Key, held: tuple[Key, str] | None = None) -> None:
        self._keys[id(thing)] = key
        if thing.anonymous and thing.kind != "system" and not thing.given:
            return
        self.flat.leaves[key] = Leaf(
            thing.kind, thing.id, thing.anonymous, dict(thing.label), self._notes.get(thing), dict(thing.given), {},
            set(thing.closed), held, dict(thing.listed),
        )  # fmt: skip

    def _connect(self, thing: Thing) -> None:
        key = self._key(thing)
        for name, rows in thing.rows.items():
            if not thing.anonymous or thing.kind == "system":
                for row in rows:
                    self.flat.leaves[self._key(row)].held = (key, name)
        leaf = self.flat.leaves.get(key)
        if leaf is not None and not thing.anonymous:
            self._links(thing, leaf)

    def _links(self, thing: Thing, leaf: Leaf) -> None:
        for name, other in thing.links.items():
            inline = any(thing in rows for rows in other.rows.values()) and (other.kind == "system" or not other.anonymous)
            owner = self._world.vocabulary.owner(thing.kind)
            if name != EARLIER and not other.anonymous and not (inline and owner is not None and owner.name == name):
                leaf.of[name] = self._key(other)

    def _earlier(self, thing: Thing, key: Key) -> None:
        """The system as it was, and its rows."""
        before = thing.links.get(EARLIER)
        if before is None:
            return
        under = f"{EARLIER} {key.id} {key.under}".strip()
        self._below(before, Key("system", "", under), (key, EARLIER), under)

    def _below(self, thing: Thing, key: Key, held: tuple[Key, str], under: str) -> None:
        while key in self.flat.leaves:
            key = key._replace(under=f"{key.under}+")
        self._leaf(thing, key, held)
        for name, rows in thing.rows.items():
            for row in rows:
                self._below(row, Key(row.kind, row.id, under), (key, name), under)
        leaf = self.flat.leaves[key]
        leaf.of = {name: self._keys[id(other)] for name, other in thing.links.items() if self._stands(name, other)}
        self._earlier(thing, key)

    def _stands(self, name: str, other: Thing) -> bool:
        """Whether a link of an earlier state leads into the present one."""
        there = self._keys.get(id(other))
        return name != EARLIER and there is not None and not there.under.startswith(EARLIER)


# -- and back ----------------------------------------------------------------------------------------------------------------


def assemble(flat: Flat, source: str) -> Draft:
    """The objects as a draft of a dossier."""
    made = {key: _record(leaf, flat, source) for key, leaf in flat.leaves.items()}
    draft = Draft(flat.vocabulary, source, absent=set(flat.absent))
    main = made[MAIN]
    draft.records.append(main)
    for key, leaf in flat.leaves.items():
        record = made[key]
        if leaf.held is not None and leaf.held[0] in made:
            above, name = made[leaf.held[0]], leaf.held[1]
            if name == EARLIER:
                above.before = record
            else:
                above.rows.setdefault(name, []).append(record)
        if record is not main and not key.under.startswith(EARLIER):
            draft.records.append(record)
    if flat.root != MAIN:
        draft.root = made.get(flat.root) or Record(flat.root.kind, flat.root.kind, anonymous=True)
    return draft


def _record(leaf: Leaf, flat: Flat, source: str) -> Record:
    declared = flat.vocabulary.declared
    said = {name: said_item(declared[name], given, source) for name, given in leaf.said.items()}
    of = {name: flat.leaves[key].id for name, key in leaf.of.items() if key in flat.leaves and not flat.leaves[key].anonymous}
    lists = set(leaf.closed), dict(leaf.listed)
    return Record(leaf.kind, leaf.id, leaf.anonymous, dict(leaf.label), leaf.note, said, of, {}, *lists)
