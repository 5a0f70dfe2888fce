"""Dossiers put together at random from the real vocabulary: whatever is taken, written out and read again, is the same graph."""

import json
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subjects.words import vocabulary

from guiju.logic import BoolType, DurationType, EnumType, NumberType, SetType
from guiju.norms import OBJECT_KINDS, Declared
from guiju.norms.world import Thing
from guiju.subjects import Dossier, DossierError, dossier_from, dumps
from guiju.subjects.given import SECTION_OF

NAMES = [entry for entry in vocabulary().entries() if entry.kind in SECTION_OF]
KINDS = [kind for kind in OBJECT_KINDS if kind != "organisation"]


def any_value(random: Random, entry: Declared) -> Any:
    type_ = entry.type
    value: Any
    if isinstance(type_, BoolType):
        value = random.choice([True, False])
    elif isinstance(type_, EnumType):
        value = random.choice([type_.members[0], {"one_of": list(type_.members[:2])}])
    elif isinstance(type_, SetType):
        some = random.sample(type_.members, random.randint(0, 2))
        value = random.choice([some, {"exactly": some}, {"has": some[:1], "lacks": some[1:]}])
    elif isinstance(type_, NumberType):
        value = random.choice([0, 1, {"max": 1}, {"min": 0, "max": 1}])
    elif isinstance(type_, DurationType):
        value = random.choice(["6 months", "10 days", "1.5 hours"])
    else:
        value = random.choice(["2026", "2026-08", "2026-08-15", {"not_until": "2026-01-01"}, {"max": "2026-02"}])
    signed = entry.kind in ("judgement", "position") or random.random() < 0.2
    return {"value": value, "by": "x", "on": "2026-01", "reasons": "r"} if signed else value


def any_object(random: Random, kind: str, depth: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if kind == "party":
        found["org"] = f"org:{random.choice('abcd')}"
    elif random.random() < 0.8:
        found["id"] = random.choice("abcdefgh") + kind[: random.randint(0, 3)]
    own = [entry for entry in NAMES if entry.object == kind]
    for entry in random.sample(own, min(2, len(own))):
        found.setdefault(SECTION_OF[entry.kind], {})[entry.name] = any_value(random, entry)
    for relation in vocabulary().relations(kind):
        if relation.many and depth < 2 and random.random() < 0.4:
            rows = [any_object(random, relation.to, depth + 1) for _ in range(random.randint(0, 2))]
            found[relation.name] = random.choice([rows, {"exactly": rows}])
    if kind == "system" and depth < 2 and random.random() < 0.2:
        found["earlier"] = any_object(random, "system", depth + 1)
    return found


def any_dossier(random: Random) -> dict[str, Any]:
    found: dict[str, Any] = {"system": any_object(random, "system")} if random.random() < 0.6 else {}
    for kind in ("model", "service", "product", "activity"):
        if random.random() < 0.3:
            found[kind] = any_object(random, kind) if random.random() < 0.7 else {"exactly": []}
    listed = [(kind, any_object(random, kind)) for kind in random.choices(KINDS, k=random.randint(0, 4))]
    found["objects"] = [{"kind": kind, **one} for kind, one in listed]
    for entry in random.sample(NAMES, random.randint(0, 2)):
        found.setdefault(SECTION_OF[entry.kind], {})[entry.name] = any_value(random, entry)
    if random.random() < 0.2:
        found["root"] = random.choice(["model", "service", "a"])
    if random.random() < 0.2:
        found["closed"] = [random.choice(["purposes", "parties"])]
    return found


def shape(dossier: Dossier) -> tuple[list[object], set[str], str]:
    return sorted(map(of_thing, dossier.world.things), key=str), dossier.world.absent, dossier.subject.id


def of_thing(thing: Thing) -> object:
    links = sorted((name, other.kind, other.id) for name, other in thing.links.items())
    rows = sorted((name, sorted(row.id for row in rows)) for name, rows in thing.rows.items() if rows)
    return thing.kind, thing.id, thing.anonymous, links, rows, sorted(thing.closed), sorted(thing.given)


@given(st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_what_is_taken_reads_back_as_the_same_graph(random: Random) -> None:
    try:
        dossier = dossier_from(json.dumps(any_dossier(random)), "random", vocabulary())
    except DossierError:
        return
    again = dossier_from(dumps(dossier.content), "again", vocabulary())
    assert again.digest == dossier.digest
    assert shape(again) == shape(dossier)


@given(st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_every_link_stays_inside_the_world(random: Random) -> None:
    try:
        dossier = dossier_from(json.dumps(any_dossier(random)), "random", vocabulary())
    except DossierError:
        return
    inside = set(map(id, dossier.world.things))
    for thing in dossier.world.things:
        linked = [other for name, other in thing.links.items() if name != "earlier"]
        assert all(id(other) in inside for other in [*linked, *(row for rows in thing.rows.values() for row in rows)])
