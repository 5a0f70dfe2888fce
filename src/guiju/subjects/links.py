"""How the objects of a dossier hang together: what it says, then what follows where there is only one candidate."""

from __future__ import annotations

from guiju.norms.fields import shape
from guiju.norms.vocabulary import STANDING, Declared
from guiju.norms.world import Thing
from guiju.norms.yaml_reader import Item, Map, Scalar
from guiju.subjects.errors import DossierError, advice, kind_words, words
from guiju.subjects.graph import COMPANIONS, Entry, Graph, as_map
from guiju.wording import Where

_ONWARD = {"model": "model", "service": "service", "product": "product"}
"""Companion kind -> the relation that leads to it (from the system; for a product from the service)."""

_UP = {"service": ("offers", "system"), "product": ("as_service", "service")}
"""Companion kind -> the relation back, and the kind it leads to."""


def link_all(graph: Graph, top: Map) -> None:
    """Every link of the dossier, then the subject."""
    for entry in graph.entries:
        if entry.map is not None and "of" in entry.map.items:
            _of(graph, entry, entry.map.items["of"])
    if "of" in top.items:
        _of(graph, graph.entries[0], top.items["of"])
    _owners(graph)
    _companions(graph)
    _check_exactly(graph)
    _absent(graph)
    graph.world.root = _subject(graph)


# -- what the dossier says ---------------------------------------------------------------------------------------------------


def _of(graph: Graph, entry: Entry, item: Item) -> None:
    for key, value in as_map(item, "of:").items.items():
        place = item.keys[key]  # type: ignore[union-attr]  # as_map has seen to it
        if not isinstance(value, Scalar) or value.value is None:
            raise DossierError("dossier.id-shape", value.where, got=shape(value))
        relation, back = _relation(graph, entry.thing, key, place)
        other = _target(graph, entry.thing, relation.object if back else relation.to, value)
        source, target = (other, entry.thing) if back else (entry.thing, other)
        if source.links.get(relation.name, target) is not target:
            raise DossierError("dossier.linked-twice", place, name=relation.name)
        graph.world.link(source, relation.name, target)
        graph.explicit.add((id(source), relation.name))


def _relation(graph: Graph, thing: Thing, key: str, place: Where) -> tuple[Declared, bool]:
    """The relation that a key of ``of:`` means: by its name, or by the kind it leads to; True: read backwards."""
    onward = graph.relations(thing.kind, many=False)
    named = [one for one in onward if one.name == key]
    meant = named or [one for one in onward if one.to == key]
    back = False
    if not meant:
        meant = [one for one in graph.relations(key, many=False) if one.to == thing.kind]
        back = True
    if len(meant) == 1:
        return meant[0], back
    if meant:
        names = [one.name for one in meant]
        raise DossierError("dossier.relation-unclear", place, got=key, names=names)
    known = [one.name for one in onward] + [one.to for one in onward]
    raise DossierError("dossier.unknown-relation", place, got=key, kind=kind_words(thing.kind), advice=advice(key, known))


def _target(graph: Graph, thing: Thing, kind: str, value: Scalar) -> Thing:
    found = graph.ids.get(value.text, [])
    fitting = [one for one in found if one.kind == kind]
    if len(fitting) == 1 and fitting[0] is not thing:
        return fitting[0]
    if len(fitting) > 1:
        raise DossierError("dossier.id-unclear", value.where, got=value.text)
    if found:
        raise DossierError(
            "dossier.id-of-other-kind", value.where, got=value.text, found=kind_words(found[0].kind), expected=kind_words(kind)
        )
    known = [one.id for one in graph.world.of_kind(kind) if not one.anonymous]
    hint = advice(value.text, known) if known else words("dossier.no-ids")
    raise DossierError("dossier.unknown-id", value.where, got=value.text, kind=kind_words(kind), advice=hint)


# -- what follows ------------------------------------------------------------------------------------------------------------


def _owners(graph: Graph) -> None:
    """An object without a stated owner belongs to the only one there is; with several the dossier must say."""
    for entry in graph.entries:
        thing = entry.thing
        owner = graph.vocabulary.owner(thing.kind)
        if owner is None or owner.name in thing.links:
            continue
        candidates = graph.world.of_kind(owner.to)
        if thing.anonymous and owner.to == "system":
            graph.world.link(thing, owner.name, graph.entries[0].thing)
        elif len(candidates) == 1:
            graph.world.link(thing, owner.name, candidates[0])
        elif candidates:
            names = [one.id for one in candidates]
            raise DossierError(
                "dossier.owner-unclear",
                entry.map.where if entry.map else None,
                got=thing.id,
                kind=kind_words(owner.to),
                relation=owner.to,
                names=names,
            )


def _companions(graph: Graph) -> None:
    """System, model, service and product know each other both ways wherever that is plain."""
    for kind, (up, to) in _UP.items():
        target = graph.only(to)
        for thing in graph.world.of_kind(kind):
            if up not in thing.links:
                stated = _pointing(graph, to, _ONWARD[kind], thing)
                chosen = stated[0] if len(stated) == 1 else target
                if chosen is not None and _free(chosen, _ONWARD[kind], thing, graph):
                    _link(graph, thing, up, chosen)
    for kind in ("model", "service", "product"):
        source_kind = "service" if kind == "product" else "system"
        for source in graph.world.of_kind(source_kind):
            if _ONWARD[kind] in source.links:
                continue
            if kind == "model":
                only = graph.only("model")
            else:
                below = _pointing(graph, kind, _UP[kind][0], source)
                only = below[0] if len(below) == 1 else None
            if only is not None:
                _link(graph, source, _ONWARD[kind], only)


def _link(graph: Graph, thing: Thing, relation: str, other: Thing) -> None:
    if relation in graph.vocabulary.declared:
        graph.world.link(thing, relation, other)


def _pointing(graph: Graph, kind: str, relation: str, at: Thing) -> list[Thing]:
    return [one for one in graph.world.of_kind(kind) if one.links.get(relation) is at]


def _free(thing: Thing, relation: str, wanted: Thing, graph: Graph) -> bool:
    """Whether a thing does not say that it belongs with another one."""
    return (id(thing), relation) not in graph.explicit or thing.links.get(relation) is wanted


# -- closed lists ------------------------------------------------------------------------------------------------------------


def _check_exactly(graph: Graph) -> None:
    for thing, relation, count, where in graph.exactly:
        if len(thing.rows.get(relation, ())) > count:
            raise DossierError("dossier.closed-but-listed", where, relation=relation)


def _absent(graph: Graph) -> None:
    """A closed list without rows says that there are none."""
    system = graph.entries[0].thing
    for relation in graph.relations("system", many=True):
        empty = not any(not one.anonymous for one in graph.world.of_kind(relation.to))
        if relation.name in system.closed and empty and relation.to in STANDING:
            graph.world.absent.add(relation.to)


def _subject(graph: Graph) -> Thing:
    """The object the dossier is about: the system, or what ``root:`` says."""
    system = graph.entries[0].thing
    wanted = graph.root
    if wanted is None:
        return system
    by_id = graph.ids.get(wanted.text, [])
    if len(by_id) == 1:
        return by_id[0]
    of_kind = graph.world.of_kind(wanted.text) if wanted.text in ("system", *COMPANIONS) else []
    if len(of_kind) == 1:
        return of_kind[0]
    known = [*(one.id for one in graph.world.things if not one.anonymous), "system", *COMPANIONS]
    raise DossierError("dossier.unknown-root", wanted.where, got=wanted.text, advice=advice(wanted.text, known))
