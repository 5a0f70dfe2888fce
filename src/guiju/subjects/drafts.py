"""A dossier taken apart so that it may be changed, and read again as a whole: nothing gets into it past the reader.

Every object has an address, its kind and its id. An object that nobody named has the word of its kind as its id
(``system``, ``model``, ``purpose``, ``party``; with ``-2`` and so on where another object bears that word).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from guiju.calendars import NEVER, DateRange
from guiju.logic import Given
from guiju.norms.vocabulary import Declared, Vocabulary
from guiju.norms.world import Listing, Thing, World
from guiju.norms.yaml_reader import Item, Map, Seq
from guiju.subjects.content import listing_data, written
from guiju.subjects.given import SECTION_OF, SECTIONS
from guiju.subjects.graph import COMPANIONS, SCHEMA
from guiju.subjects.plain import as_item, mapping, word
from guiju.wording import Where

Address = tuple[str, str]
"""Kind and id."""

EARLIER: Final = "earlier"


@dataclass(eq=False)
class Record:
    """One object of a dossier, as it may be changed."""

    kind: str
    id: str
    anonymous: bool = False
    label: dict[str, str] = field(default_factory=dict)
    note: str | None = None
    said: dict[str, Item] = field(default_factory=dict)
    of: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Record | Map]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    listed: dict[str, Listing] = field(default_factory=dict)
    before: Record | None = None

    @property
    def address(self) -> Address:
        """Kind and id."""
        return self.kind, self.id


@dataclass(eq=False)
class Draft:
    """All objects of a dossier; the first is its system."""

    vocabulary: Vocabulary
    source: str
    records: list[Record] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)
    root: Record | None = None

    def find(self, address: Address) -> list[Record]:
        """The objects at an address; those of an earlier state only where the present one has none."""
        found = [one for one in self.records if one.address == address]
        return found or [one for one in self._earlier() if one.address == address]

    def of_kind(self, kind: str) -> list[Record]:
        """The objects of a kind."""
        return [one for one in self.records if one.kind == kind]

    def _earlier(self) -> list[Record]:
        found: list[Record] = []
        for one in self.records:
            if one.before is not None:
                found += below(one.before)
        return found

    # -- as a file -----------------------------------------------------------------------------------------------------------

    def item(self, links: bool = True) -> Map:
        """The dossier as the reader takes it; without ``links`` the reader finds them where they are plain."""
        top: dict[str, Item] = {"schema": word(SCHEMA, self._where)}
        if self.root is not None:
            top["root"] = word(self.root.kind if self.root.anonymous else self.root.id, self._where)
        system = self.records[0]
        own = self._body(system, links)
        top |= own if system.anonymous else {"system": self._map({"id": word(system.id, self._where), **own})}
        for kind in sorted(self.absent - {"purpose", "party"}):
            top[kind] = as_item({"exactly": []}, self._where)
        listed: list[Item] = []
        inline = {id(row) for one in self.records for row in self._held(one)}
        for one in self.records[1:]:
            if one.anonymous:
                self._top_level(top, one)
        for one in sorted(self.records[1:], key=_companions_first):
            if not one.anonymous and id(one) not in inline:
                self._add(top, listed, one, links)
        if listed:
            top["objects"] = Seq(tuple(listed), self._where)
        return self._map(top)

    @property
    def _where(self) -> Where:
        return Where(self.source)

    def _map(self, items: dict[str, Item]) -> Map:
        return mapping(items, self._where)

    def _held(self, record: Record) -> list[Record]:
        """The rows that are written with their owner."""
        if record.anonymous and record.kind != "system":
            return []
        return [row for rows in record.rows.values() for row in rows if isinstance(row, Record)]

    def _top_level(self, top: dict[str, Item], record: Record) -> None:
        """What is said of an object that nobody named stands at the top level."""
        for section, said in self._sections(record).items():
            before = top.get(section)
            items = before.items if isinstance(before, Map) else {}
            keys = before.keys if isinstance(before, Map) else {}
            top[section] = Map({**items, **said.items}, {**keys, **said.keys}, self._where)

    def _add(self, top: dict[str, Item], listed: list[Item], one: Record, links: bool) -> None:
        own = {"id": word(one.id, self._where), **self._body(one, links)}
        if one.kind in COMPANIONS and len(self.of_kind(one.kind)) == 1:
            top[one.kind] = self._map(own)
        else:
            listed.append(self._map({"kind": word(one.kind, self._where), **own}))

    def _row(self, row: Record | Map, links: bool) -> Map:
        if isinstance(row, Map):
            return row
        key = "org" if row.kind == "party" else "id"
        return self._map({key: word(row.id, self._where), **self._body(row, links)})

    def _body(self, record: Record, links: bool) -> dict[str, Item]:
        """Everything about an object but its kind and id."""
        body: dict[str, Item] = {}
        if record.label:
            plain = record.label.get("und", record.label)
            body["name"] = as_item(plain, self._where)
        if record.note:
            body["note"] = word(record.note, self._where)
        if record.of and links:
            body["of"] = as_item(record.of, self._where)
        body |= self._sections(record)
        for relation in self.vocabulary.relations(record.kind):
            rows, closed = record.rows.get(relation.name, []), relation.name in record.closed
            if relation.many and (rows or closed):
                children = Seq(tuple(self._row(row, links) for row in rows), self._where)
                said = self._map({"exactly": children}) if closed else children
                stated = {key: word(text, self._where) for key, text in listing_data(record.listed.get(relation.name)).items()}
                body[relation.name] = self._map({"value": said, **stated}) if stated else said
        if record.before is not None:
            before = {"id": word(record.before.id, self._where), **self._body(record.before, links)}
            body[EARLIER] = self._map(before)
        return body

    def _sections(self, record: Record) -> dict[str, Map]:
        found: dict[str, Map] = {}
        for section in SECTIONS:
            said = {name: item for name, item in record.said.items() if SECTION_OF[self._kind(name)] == section}
            if said:
                found[section] = Map(said, {name: item.where for name, item in said.items()}, self._where)
        return found

    def _kind(self, name: str) -> str:
        return self.vocabulary.declared[name].kind


def _companions_first(record: Record) -> int:
    return COMPANIONS.index(record.kind) if record.kind in COMPANIONS else len(COMPANIONS)


def below(record: Record) -> list[Record]:
    """An object and the rows under it."""
    found = [record]
    for one in found:
        found += [row for rows in one.rows.values() for row in rows if isinstance(row, Record)]
    return found


# -- from a world ------------------------------------------------------------------------------------------------------------


def draft_of(world: World, source: str, notes: dict[Thing, str]) -> Draft:
    """The objects of a world, ready to be changed."""
    draft = Draft(world.vocabulary, source, absent=set(world.absent))
    made: dict[int, Record] = {}
    main = next(thing for thing in world.things if thing.kind == "system")
    for thing in [main, *(one for one in world.things if one is not main)]:
        draft.records.append(_record(thing, draft, made, notes))
    for thing in world.things:
        record = made[id(thing)]
        _connect(record, thing, made, world)
        earlier = thing.links.get(EARLIER)
        if earlier is not None:
            record.before = _before(earlier, draft, made, notes)
    if world.root is not main:
        draft.root = made[id(world.root)]
    return draft


def _record(thing: Thing, draft: Draft, made: dict[int, Record], notes: dict[Thing, str]) -> Record:
    said = {name: said_item(draft.vocabulary.declared[name], given, draft.source) for name, given in thing.given.items()}
    record = Record(thing.kind, thing.id, thing.anonymous, dict(thing.label), notes.get(thing), said)
    record.closed, record.listed = set(thing.closed), dict(thing.listed)
    made[id(thing)] = record
    return record


def said_item(declared: Declared, given: Given, source: str) -> Item:
    """A statement as a person would write it."""
    plain = written(given)
    value = given.value
    if declared.kind == "event" and isinstance(value, DateRange) and value.latest is NEVER and value.earliest is not NEVER:
        day = value.earliest
        if isinstance(day, date) and day > date.min:
            not_yet = {"not_until": str(day - timedelta(days=1))}
            around = isinstance(plain, dict) and "value" in plain
            plain = {**plain, "value": not_yet} if around else not_yet
    return as_item(plain, place_of(given, source))


def _connect(record: Record, thing: Thing, made: dict[int, Record], world: World) -> None:
    record.rows = {name: [made[id(row)] for row in rows] for name, rows in thing.rows.items()}
    for name, other in thing.links.items():
        held = other.kind == "system" or not other.anonymous
        inline = held and any(thing in rows for rows in other.rows.values())
        owner = world.vocabulary.owner(thing.kind)
        if name != EARLIER and not other.anonymous and not (inline and owner is not None and owner.name == name):
            record.of[name] = other.id


def _before(thing: Thing, draft: Draft, made: dict[int, Record], notes: dict[Thing, str]) -> Record:
    """The system as it was, with its rows."""
    things = [thing]
    for one in things:
        things += [row for rows in one.rows.values() for row in rows]
    for one in things:
        _record(one, draft, made, notes)
    for one in things:
        record = made[id(one)]
        record.rows = {name: [made[id(row)] for row in rows] for name, rows in one.rows.items()}
        record.of = {name: other.id for name, other in one.links.items() if id(other) not in map(id, things) and name != EARLIER}
        earlier = one.links.get(EARLIER)
        if earlier is not None:
            record.before = _before(earlier, draft, made, notes)
    return made[id(thing)]


def place_of(given: Given, source: str) -> Where:
    """Where a statement stood, as far as it is known."""
    parts = (given.where or "").rsplit(":", 2)
    if len(parts) == 3 and parts[1].isdigit() and parts[2].isdigit():
        return Where(parts[0], int(parts[1]), int(parts[2]))
    return Where(given.where or source)
