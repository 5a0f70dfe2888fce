"""Facts, events, judgements, positions and conduct: each name to the one object it speaks of."""

from __future__ import annotations

from guiju.norms.vocabulary import PARTY_KINDS, Declared
from guiju.norms.world import Thing
from guiju.norms.yaml_reader import Item, Map, Scalar
from guiju.subjects.errors import DossierError, advice, kind_words, words
from guiju.subjects.given import SECTION_OF, SECTIONS, read_given, refuse_term
from guiju.subjects.graph import COMPANIONS, Graph, as_map
from guiju.wording import Text, Where


def give_all(graph: Graph, top: Map) -> None:
    """Everything the dossier says of its objects."""
    for entry in graph.entries:
        if entry.map is not None:
            _sections(graph, entry.map, entry.thing)
    _sections(graph, top, None)


def _sections(graph: Graph, own: Map, thing: Thing | None) -> None:
    for section in SECTIONS:
        found = own.items.get(section)
        if found is None or (isinstance(found, Scalar) and found.value is None):
            continue
        said = as_map(found, f"{section}:")
        for name, item in said.items.items():
            _give(graph, section, name, item, said.keys[name], thing)


def _give(graph: Graph, section: str, name: str, item: Item, place: Where, thing: Thing | None) -> None:
    declared = _declared(graph, section, name, item, place)
    receiver = _one_of_kind(graph, declared, place) if thing is None else thing
    check_speaks_of(declared, receiver.kind, place)
    given = read_given(item, declared)
    if given is None:
        return
    earlier = receiver.given.get(declared.name)
    if earlier is not None:
        raise DossierError("dossier.given-twice", place, name=declared.name, first=_line(earlier.where))
    receiver.given[declared.name] = given


def _declared(graph: Graph, section: str, name: str, item: Item, place: Where) -> Declared:
    known = graph.vocabulary.declared
    declared = known.get(name)
    if declared is None:
        fitting = [one for one, entry in known.items() if entry.kind == SECTIONS[section]]
        hint = advice(name, [*fitting, *known], "dossier.look-up-names")
        raise DossierError("dossier.unknown-name", place, got=name, advice=hint)
    if declared.kind == "term":
        refuse_term(declared, item, graph.vocabulary)
    if declared.kind == "relation":
        raise DossierError("dossier.relation-as-name", place, got=name)
    if declared.kind != SECTIONS[section]:
        raise DossierError(
            "dossier.wrong-section",
            place,
            got=name,
            kind=words(f"dossier.name-kind-{declared.kind}"),
            section=SECTION_OF[declared.kind],
            here=section,
        )
    return declared


def check_speaks_of(declared: Declared, kind: str, place: Where) -> None:
    """A name is said of objects of its own kind; of a party also what is said of organisations."""
    if declared.object == kind or (kind == "party" and declared.object in PARTY_KINDS):
        return
    raise DossierError(
        "dossier.name-elsewhere",
        place,
        got=declared.name,
        here=kind_words(kind),
        kind=kind_words(declared.object),
        advice=_where_to(declared.object),
    )


def _one_of_kind(graph: Graph, declared: Declared, place: Where) -> Thing:
    """The one object that a name written at the top level can speak of."""
    kind = "party" if declared.object in PARTY_KINDS else declared.object
    found = graph.world.of_kind(kind)
    if len(found) == 1:
        return found[0]
    if found:
        names = [thing.id for thing in found]
        raise DossierError("dossier.several-objects", place, got=declared.name, kind=kind_words(kind), names=names)
    if kind in graph.world.absent:
        raise DossierError("dossier.object-ruled-out", place, got=declared.name, kind=kind_words(kind))
    raise DossierError("dossier.no-object", place, got=declared.name, kind=kind_words(kind), advice=_where_to(declared.object))


def _where_to(kind: str) -> Text:
    """Where names of a kind of object are written."""
    if kind in COMPANIONS:
        return words("dossier.put-under-key", key=f"{kind}:")
    if kind in ("system", "purpose", *PARTY_KINDS):
        return words(f"dossier.put-{'party' if kind in PARTY_KINDS else kind}")
    return words("dossier.put-under-objects", kind=kind)


def _line(where: str | None) -> str:
    parts = (where or "").rsplit(":", 2)
    return parts[1] if len(parts) == 3 else ""
