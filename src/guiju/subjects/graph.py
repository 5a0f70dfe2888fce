"""From a dossier's text to its objects: what there is, and how it hangs together (language, sections 2, 4 and 11).

Objects are collected first and linked afterwards, so that their order in the file never matters. Kinds that every subject
has (a model, a service, a product, an activity) stand there even when nobody mentions them, anonymous.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from guiju.norms.fields import shape
from guiju.norms.vocabulary import OBJECT_KINDS, Declared, Vocabulary
from guiju.norms.world import Listing, Thing, World
from guiju.norms.yaml_reader import Item, Map, Scalar, Seq
from guiju.subjects.errors import DossierError, advice, kind_words, words
from guiju.subjects.given import SECTIONS
from guiju.subjects.values import read_day
from guiju.wording import Text, Where

SCHEMA: Final = "guiju.dossier/1"

COMPANIONS: Final = ("model", "service", "product", "activity")
"""Kinds that stand beside every system, mentioned or not."""

BESIDE_KEYS: Final = ("proposals", "asked", "version", "example")
"""What stands beside what a dossier says of its subject."""

TOP_KEYS: Final = ("schema", "root", "system", *COMPANIONS, "objects", *BESIDE_KEYS)
OBJECT_KEYS: Final = ("id", "name", "note", "of", "closed", *SECTIONS)

LISTING_KEYS: Final = ("value", "by", "on", "source")
"""What may be said of a list as a whole."""

_ORG: Final = re.compile(r"org:[^\s:/]+(?:[:/][^\s:/]+)*")
_ID: Final = re.compile(r"\S{1,200}")


@dataclass
class Entry:
    """One object and the part of the file that speaks of it."""

    thing: Thing
    map: Map | None
    owner: Thing | None = None


@dataclass
class Graph:
    """What the file says there is, before anything is said of it."""

    world: World
    entries: list[Entry] = field(default_factory=list)
    ids: dict[str, list[Thing]] = field(default_factory=dict)
    places: dict[str, Where] = field(default_factory=dict)
    explicit: set[tuple[int, str]] = field(default_factory=set)
    exactly: list[tuple[Thing, str, int, Where]] = field(default_factory=list)
    later: set[int] = field(default_factory=set)
    root: Scalar | None = None

    @property
    def vocabulary(self) -> Vocabulary:
        """The names that the dossier may use."""
        return self.world.vocabulary

    def relations(self, kind: str, many: bool) -> list[Declared]:
        """The relations of a kind of object, to one or to many."""
        return [entry for entry in self.vocabulary.relations(kind) if entry.many is many]

    def only(self, kind: str) -> Thing | None:
        """The one object of a kind; None if there is none, or several."""
        found = self.world.of_kind(kind)
        return found[0] if len(found) == 1 else None


def build(item: Item, vocabulary: Vocabulary) -> Graph:
    """All objects of a dossier, with their rows; ``links.link_all`` does the rest."""
    top = as_map(item, words("dossier.what-dossier"))
    _check_keys(top, [*TOP_KEYS, *OBJECT_KEYS[2:], *_row_names(vocabulary, "system"), "earlier"], vocabulary)
    _check_schema(top)
    system = Thing("system", "system", anonymous=True)
    graph = Graph(World(vocabulary, system))
    listed = _listed(top)
    _root_system(graph, top, listed)
    for kind in COMPANIONS:
        _companion(graph, kind, top)
    for kind, place in listed:
        if kind != "system" or place is not graph.entries[0].map:
            _object(graph, kind, place)
    stated = list(graph.entries)
    _rows_of(graph, system, top)
    for entry in stated:
        if entry.map is not None:
            _rows_of(graph, entry.thing, entry.map)
    for thing, own in [(system, top), *((entry.thing, entry.map) for entry in graph.entries)]:
        if own is not None and "closed" in own.items:
            _closed(graph, thing, own.items["closed"])
    _stand_ins(graph)
    graph.root = _scalar(top, "root")
    return graph


# -- the top level -----------------------------------------------------------------------------------------------------------


def _check_schema(top: Map) -> None:
    found = top.items.get("schema")
    if found is not None and not (isinstance(found, Scalar) and found.text == SCHEMA):
        raise DossierError("dossier.unknown-schema", found.where, got=shape(found), expected=SCHEMA)


def _listed(top: Map) -> list[tuple[str, Map]]:
    """The entries of ``objects:``, each with its kind."""
    found = top.items.get("objects")
    if found is None or _is_nothing(found):
        return []
    if not isinstance(found, Seq):
        raise DossierError("dossier.objects-not-a-list", found.where, got=shape(found))
    return [(_kind(child), child) for child in map(_object_map, found.items)]


def _object_map(item: Item) -> Map:
    return as_map(item, words("dossier.what-object"))


def _kind(item: Map) -> str:
    found = item.items.get("kind")
    if found is None:
        raise DossierError("dossier.kind-missing", item.where)
    kind = found.text if isinstance(found, Scalar) else shape(found)
    if kind == "organisation":
        raise DossierError("dossier.organisation-as-object", found.where)
    if kind not in OBJECT_KINDS:
        known = [one for one in OBJECT_KINDS if one != "organisation"]
        raise DossierError("dossier.unknown-kind", found.where, got=kind, advice=advice(kind, known))
    return kind


def _root_system(graph: Graph, top: Map, listed: list[tuple[str, Map]]) -> None:
    """The system of the dossier: the one under ``system:``, else the only one among the objects, else an anonymous one."""
    system = graph.world.root
    found = top.items.get("system")
    others = [place for kind, place in listed if kind == "system"]
    own: Map | None = None
    if found is not None and not _is_nothing(found):
        own = as_map(found, "system:")
        _check_keys(own, _keys_of(graph, "system"), graph.vocabulary)
    elif len(others) == 1:
        own = others[0]
        _check_keys(own, [*_keys_of(graph, "system"), "kind"], graph.vocabulary)
    elif others:
        raise DossierError("dossier.several-systems", others[1].where)
    graph.world.add(system)
    graph.entries.append(Entry(system, own))
    if own is not None:
        system.anonymous = False
        _identify(graph, system, own)


def _companion(graph: Graph, kind: str, top: Map) -> None:
    found = top.items.get(kind)
    if found is None or _is_nothing(found):
        return
    if _is_closed_empty(found):
        graph.world.absent.add(kind)
        return
    own = as_map(found, f"{kind}:")
    _check_keys(own, _keys_of(graph, kind), graph.vocabulary)
    _add(graph, kind, own)


def _object(graph: Graph, kind: str, own: Map) -> None:
    extra = ["kind", *(["org"] if kind == "party" else [])]
    _check_keys(own, [*_keys_of(graph, kind), *extra], graph.vocabulary)
    if kind in graph.world.absent:
        raise DossierError("dossier.closed-but-listed", own.where, relation=kind)
    _add(graph, kind, own)


def _stand_ins(graph: Graph) -> None:
    """Anonymous objects of the standing kinds that the file neither mentions nor rules out."""
    world = graph.world
    for kind in COMPANIONS:
        if kind not in world.absent and not world.of_kind(kind):
            _anonymous(graph, kind)
    for kind, relation in (("purpose", "purposes"), ("party", "parties")):
        if relation not in world.root.closed and not world.of_kind(kind):
            _anonymous(graph, kind)


def _anonymous(graph: Graph, kind: str) -> None:
    thing = graph.world.add(Thing(kind, _free_id(graph, kind), anonymous=True))
    graph.entries.append(Entry(thing, None))


# -- one object --------------------------------------------------------------------------------------------------------------


def _add(graph: Graph, kind: str, own: Map | None, owner: Thing | None = None) -> Thing:
    thing = Thing(kind, "")
    if owner is None or id(owner) not in graph.later:
        graph.world.add(thing)
    else:
        graph.later.add(id(thing))
    graph.entries.append(Entry(thing, own, owner))
    _identify(graph, thing, own)
    return thing


def _identify(graph: Graph, thing: Thing, own: Map | None) -> None:
    """Give a thing its id and name."""
    key = "org" if thing.kind == "party" and own is not None and "org" in own.items else "id"
    found = own.items.get(key) if own else None
    if thing.kind == "party":
        _check_org(found, own)
    if found is None or _is_nothing(found):
        taken = [entry.thing.id for entry in _beside(graph, thing)] if id(thing) in graph.later else []
        _register(graph, thing, _free_id(graph, thing.kind, taken), None)
    elif isinstance(found, Scalar) and _ID.fullmatch(found.text):
        _register(graph, thing, found.text, found.where)
    else:
        raise DossierError("dossier.id-shape", found.where, got=shape(found))
    name = own.items.get("name") if own else None
    if name is not None and not _is_nothing(name):
        thing.label = _label(name)


def _check_org(found: Item | None, own: Map | None) -> None:
    if found is None:
        raise DossierError("dossier.party-without-org", own.where if own else None)
    if not isinstance(found, Scalar) or not _ORG.fullmatch(found.text):
        near = re.sub(r"[\s:/]+", "-", found.text.strip()).lower() if isinstance(found, Scalar) else "acme"
        raise DossierError("dossier.org-shape", found.where, got=shape(found), near=f"org:{near or 'acme'}")


def _register(graph: Graph, thing: Thing, identifier: str, where: Where | None) -> None:
    thing.id = identifier
    if id(thing) in graph.later:
        _check_earlier(graph, thing, where)
        return
    if any(not _may_share(graph, thing, one) for one in graph.ids.get(identifier, ())):
        raise _twice(identifier, where, graph.places[identifier].line)
    graph.ids.setdefault(identifier, []).append(thing)
    if where is not None:
        graph.places.setdefault(identifier, where)


def _check_earlier(graph: Graph, thing: Thing, where: Where | None) -> None:
    """In an earlier state the rows of one owner have ids of their own, whatever the present state has."""
    for entry in _beside(graph, thing):
        if (entry.thing.kind, entry.thing.id) == (thing.kind, thing.id):
            raise _twice(thing.id, where, entry.map.where.line if entry.map else None)


def _twice(identifier: str, where: Where | None, first: int | None) -> DossierError:
    """Two objects of one id; the line of the first where there are lines."""
    if first is None:
        return DossierError("dossier.id-twice-unplaced", where, got=identifier)
    return DossierError("dossier.id-twice", where, got=identifier, first=first)


def _beside(graph: Graph, thing: Thing) -> list[Entry]:
    """The rows of an earlier state beside one of its rows."""
    owner = next(entry.owner for entry in graph.entries if entry.thing is thing)
    return [entry for entry in graph.entries if entry.owner is owner is not None and entry.thing is not thing]


def _may_share(graph: Graph, thing: Thing, other: Thing) -> bool:
    """Rows of different owners may bear one id: the same standard declared for two products, the same organisation twice."""
    if thing.kind != other.kind or thing.kind not in ("standard", "category", "party"):
        return False
    owners = {id(entry.thing): entry.owner for entry in graph.entries}
    one, two = owners.get(id(thing)), owners.get(id(other))
    return one is not None and two is not None and one is not two


def _free_id(graph: Graph, kind: str, taken: Sequence[str] = ()) -> str:
    number, candidate = 1, kind
    while candidate in graph.ids or candidate in taken:
        number += 1
        candidate = f"{kind}-{number}"
    return candidate


def _label(item: Item) -> dict[str, str]:
    if isinstance(item, Scalar):
        return {"und": item.text}
    if isinstance(item, Map) and item.items and set(item.items) <= {"zh", "en"}:
        found = {lang: part.text for lang, part in item.items.items() if isinstance(part, Scalar) and part.value is not None}
        if len(found) == len(item.items):
            return found
    raise DossierError("dossier.not-a-name", item.where, got=shape(item))


# -- rows --------------------------------------------------------------------------------------------------------------------


def _rows_of(graph: Graph, thing: Thing, own: Map) -> None:
    """The rows written inline under a relation's name, and the earlier state of a system."""
    for relation in graph.relations(thing.kind, many=True):
        found = own.items.get(relation.name)
        if found is not None and not _is_nothing(found):
            _inline(graph, thing, relation, found)
    earlier = own.items.get("earlier")
    if thing.kind == "system" and earlier is not None and not _is_nothing(earlier):
        _earlier(graph, thing, earlier)


def _inline(graph: Graph, thing: Thing, relation: Declared, found: Item) -> None:
    if relation.name in thing.closed or any(entry.owner is thing and entry.thing.kind == relation.to for entry in graph.entries):
        raise DossierError("dossier.linked-twice", found.where, name=relation.name)
    found, listing = rows_said(found, relation)
    if listing is not None:
        thing.listed[relation.name] = listing
    closed = isinstance(found, Map) and set(found.items) == {"exactly"}
    rows = found.items["exactly"] if isinstance(found, Map) and closed else found
    if not isinstance(rows, Seq):
        raise DossierError("dossier.rows-not-a-list", found.where, name=relation.name, got=shape(found))
    for child in rows.items:
        _row(graph, thing, relation, child)
    if closed:
        thing.closed.add(relation.name)
        graph.exactly.append((thing, relation.name, len(rows.items), found.where))


def rows_said(item: Item, relation: Declared) -> tuple[Item, Listing | None]:
    """The rows of a list, and who says that these are they, where ``{value: [...], by: ..., on: ...}`` says so."""
    if not (isinstance(item, Map) and "value" in item.items):
        return item, None
    for key, place in item.keys.items():
        if key not in LISTING_KEYS:
            hint = advice(key, LISTING_KEYS)
            raise DossierError("dossier.unknown-value-key", place, name=relation.name, got=key, advice=hint)
    by, source = (_text_at(item, key, relation) for key in ("by", "source"))
    on = str(read_day(item.items["on"], relation)) if "on" in item.items else None
    listing = Listing(by, on, source)
    return item.items["value"], listing if listing != Listing() else None


def _text_at(item: Map, key: str, relation: Declared) -> str | None:
    found = item.items.get(key)
    if found is None:
        return None
    if not isinstance(found, Scalar) or not found.text.strip():
        raise DossierError("dossier.not-a-text", found.where, name=relation.name, key=key, got=shape(found))
    return found.text.strip()


def _row(graph: Graph, owner: Thing, relation: Declared, item: Item) -> None:
    if isinstance(item, Scalar) and not _is_nothing(item):
        key = "org" if relation.to == "party" else "id"
        item = Map({key: item}, {key: item.where}, item.where)
    own = as_map(item, words("dossier.what-row", name=relation.name))
    _check_keys(own, [*_keys_of(graph, relation.to), *(["org"] if relation.to == "party" else [])], graph.vocabulary)
    thing = _add(graph, relation.to, own, owner)
    if relation.inverse:
        graph.world.link(thing, relation.inverse, owner)
        graph.explicit.add((id(thing), relation.inverse))
    else:
        owner.rows.setdefault(relation.name, []).append(thing)
    _rows_of(graph, thing, own)


def _earlier(graph: Graph, system: Thing, item: Item) -> None:
    """The system as it was before: read by relation only, never answered for by itself."""
    own = as_map(item, "earlier:")
    _check_keys(own, _keys_of(graph, "system"), graph.vocabulary)
    if "earlier" in system.links:
        raise DossierError("dossier.linked-twice", item.where, name="earlier")
    before = Thing("system", f"{system.id}-earlier")
    graph.later.add(id(before))
    graph.entries.append(Entry(before, own))
    if "id" in own.items:
        _identify(graph, before, own)
    system.links["earlier"] = before
    _rows_of(graph, before, own)


def _closed(graph: Graph, thing: Thing, item: Item) -> None:
    relations = [one.name for one in graph.relations(thing.kind, many=True)]
    for child in item.items if isinstance(item, Seq) else (item,):
        if not isinstance(child, Scalar) or child.text not in relations:
            hint = advice(shape(child), relations)
            raise DossierError("dossier.closed-what", child.where, got=shape(child), kind=kind_words(thing.kind), advice=hint)
        thing.closed.add(child.text)


# -- shapes ------------------------------------------------------------------------------------------------------------------


def as_map(item: Item, what: Text | str) -> Map:
    """The item as a mapping; ``what`` is how an error calls it."""
    if not isinstance(item, Map):
        raise DossierError("dossier.not-a-map", item.where, what=what, got=shape(item))
    return item


def _is_nothing(item: Item) -> bool:
    return isinstance(item, Scalar) and item.value is None


def _is_closed_empty(item: Item) -> bool:
    if not (isinstance(item, Map) and set(item.items) == {"exactly"}):
        return False
    inside = item.items["exactly"]
    if isinstance(inside, Seq) and not inside.items:
        return True
    raise DossierError("dossier.exactly-one-object", item.where)


def _scalar(top: Map, key: str) -> Scalar | None:
    found = top.items.get(key)
    if found is None or _is_nothing(found):
        return None
    if not isinstance(found, Scalar):
        raise DossierError("dossier.id-shape", found.where, got=shape(found))
    return found


def _row_names(vocabulary: Vocabulary, kind: str) -> list[str]:
    return [entry.name for entry in vocabulary.relations(kind) if entry.many]


def _keys_of(graph: Graph, kind: str) -> list[str]:
    return [*OBJECT_KEYS, *_row_names(graph.vocabulary, kind), *(["earlier"] if kind == "system" else [])]


def _check_keys(own: Map, known: list[str], vocabulary: Vocabulary) -> None:
    for key, place in own.keys.items():
        if key in known:
            continue
        declared = vocabulary.declared.get(key)
        section = next((name for name, kind in SECTIONS.items() if declared and declared.kind == kind), None)
        if section:
            raise DossierError("dossier.name-without-section", place, got=key, section=section)
        raise DossierError("dossier.unknown-key", place, got=key, advice=advice(key, known))
