"""Small corpora and worlds for single tests: a few lines of rules, a few facts."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from guiju.calendars import DateRange, parse_duration, parse_partial
from guiju.logic import DateType, DurationType, EnumType, Given, Interval, NumberType, OneOf, SetOf, Truth, Value
from guiju.norms import (
    Corpus,
    Declared,
    Evaluation,
    Program,
    Results,
    Row,
    Thing,
    Vocabulary,
    World,
    answer,
    builtin,
    read_corpus,
)

NAMES = """
names:
  system: {kind: relation, object: purpose, to: system, owner: true}
  purposes: {kind: relation, object: system, to: purpose, many: true, inverse: system}
  of_system: {kind: relation, object: party, to: system, owner: true}
  parties: {kind: relation, object: system, to: party, many: true, inverse: of_system}
  offers: {kind: relation, object: service, to: system}
  service: {kind: relation, object: system, to: service}
  of_product: {kind: relation, object: standard, to: product, owner: true}
  declared_standards: {kind: relation, object: product, to: standard, many: true, inverse: of_product}
  a: {kind: fact, object: system, type: bool}
  b: {kind: fact, object: system, type: bool}
  c: {kind: fact, object: system, type: bool}
  row_a: {kind: fact, object: purpose, type: bool}
  row_b: {kind: fact, object: purpose, type: bool}
  level: {kind: fact, object: system, type: 'enum(low, middle, high)'}
  markets: {kind: fact, object: system, type: 'set(EU, CN, other)'}
  weight: {kind: fact, object: system, type: number(kg)}
  turnover: {kind: fact, object: party, type: number(EUR)}
  makes_it: {kind: fact, object: party, type: bool}
  opened: {kind: event, object: system}
  changed: {kind: event, object: system}
  done_this: {kind: measure, object: party, type: bool}
  done_that: {kind: measure, object: party, type: bool}
  kept: {kind: measure, object: party, type: duration}
  xx.maker: {kind: term, object: party, type: bool}
  xx.grave: {kind: term, object: system, type: bool}
  xx.other: {kind: term, object: system, type: bool}
  xx.row_grave: {kind: term, object: purpose, type: bool}
  xx.tier: {kind: term, object: system, type: 'enum(low, middle, high)'}
"""
INSTRUMENT = """
instrument: xx/act
kind: law
territory: EU
place: Europe/Brussels
issuer: [xx.parliament]
authentic: [en]
title: {zh: 法, en: Act}
contents:
  - {id: chapter-1, holds: ['1..9']}
  - {id: chapter-2/section-1, holds: ['10..19']}
"""
SOFT = INSTRUMENT.replace("xx/act", "xx/guide").replace("kind: law", "kind: guide")
KINDS = """
kinds:
  law: {rank: 1, binding: hard, label: {zh: 法律, en: law}}
  guide: {rank: 5, binding: soft, label: {zh: 指南, en: guide}}
"""
EVENTS = """
events:
  - {event: xx/act#commence, kind: commence, day: xx/act/20, known: 2020-01-01, on: 2020-02-01}
  - {event: xx/guide#commence, kind: commence, known: 2020-01-01, on: 2020-02-01}
"""
MAKER = """
- {id: xx/act/1, kind: status, about: party, makes: [xx.maker], when: makes_it}
"""


def files(norms: str = "", events: str = "", names: str = "", base_events: str = EVENTS) -> list[tuple[str, str]]:
    """The files of a small book."""
    found = {
        "xx/kinds.yaml": KINDS,
        "xx/vocabulary.yaml": NAMES + names,
        "xx/act/instrument.yaml": INSTRUMENT,
        "xx/guide/instrument.yaml": SOFT,
        "xx/act/events.yaml": base_events + events,
    }
    if norms:
        found["xx/act/norms.yaml"] = textwrap.dedent(norms)
    return [(name, text.strip("\n") + "\n") for name, text in found.items()]


def corpus(norms: str, events: str = "", names: str = "", base_events: str = EVENTS) -> Corpus:
    """A small book, read and checked; the norms are those given and the one that says who is a maker."""
    return read_corpus([("xx", files(MAKER + textwrap.dedent(norms), events, names, base_events))])


def program(norms: str, on: str = "2026-06-01", known: str | None = None, **more: str) -> Program:
    return Program(corpus(norms, **more), date.fromisoformat(on), date.fromisoformat(known) if known else None)


# -- worlds ------------------------------------------------------------------------------------------------------------------


def value(declared: Declared, plain: Any) -> Value:
    """What a plain word, number or list says of a name; what is already a value stays as it is."""
    if isinstance(plain, bool):
        return Truth.of(plain)
    if isinstance(plain, (set, frozenset)):
        return SetOf(frozenset(plain), closed=True)
    if isinstance(plain, list):
        return SetOf(frozenset(plain))
    match declared.type:
        case EnumType():
            return OneOf(frozenset(plain)) if isinstance(plain, tuple) else OneOf.just(plain)
        case NumberType() if isinstance(plain, tuple):
            return Interval(*(None if end is None else Decimal(str(end)) for end in plain))
        case NumberType():
            return Interval.just(Decimal(str(plain)))
        case DurationType() if isinstance(plain, str):
            return parse_duration(plain)
        case DateType() if isinstance(plain, str):
            return parse_partial(plain)
    assert isinstance(plain, (DateRange, Interval, OneOf, SetOf, Truth))
    return plain


def describe(vocabulary: Vocabulary, thing: Thing, facts: Mapping[str, Any]) -> Thing:
    for name, plain in facts.items():
        given = plain if isinstance(plain, Given) else Given(value(vocabulary.declared[name], plain))
        thing.given[name] = given
    return thing


Facts = Mapping[str, Any]


def world(
    rules: Corpus | Vocabulary,
    system: Facts | None = None,
    purposes: list[Facts] | None = None,
    parties: list[Facts] | None = None,
    closed: tuple[str, ...] = (),
    **others: Facts,
) -> World:
    """A system with its companions; ``purposes`` and ``parties`` in ``closed`` are all there are."""
    vocabulary = rules if isinstance(rules, Vocabulary) else rules.vocabulary
    found = World(vocabulary, Thing("system", "sys"))
    found.add(describe(vocabulary, found.root, system or {}))
    kinds = {entry.object for entry in vocabulary.entries()} | {"product"}
    companions: dict[str, Thing] = {
        kind: found.add(Thing(kind, kind)) for kind in ("model", "service", "product") if kind in kinds
    }
    ends: dict[str, Thing] = {"system": found.root, **companions}
    for source, relation, target in (
        ("system", "model", "model"), ("system", "service", "service"), ("service", "offers", "system"),
        ("service", "product", "product"), ("product", "as_service", "service"),
    ):  # fmt: skip
        if relation in vocabulary.declared and source in ends and target in ends:
            found.link(ends[source], relation, ends[target])
    for relation, up, rows in (("purposes", "system", purposes), ("parties", "of_system", parties)):
        for number, facts in enumerate(rows or []):
            row = found.add(describe(vocabulary, Thing("purpose" if up == "system" else "party", f"{relation}-{number}"), facts))
            found.link(row, up, found.root)
        if relation in closed:
            found.root.closed.add(relation)
    for kind, facts in others.items():
        thing = companions.get(kind) or found.add(Thing(kind, kind))
        describe(vocabulary, thing, facts)
        owner = vocabulary.owner(kind)
        if owner is not None and found.of_kind(owner.to) and owner.name not in thing.links:
            found.link(thing, owner.name, found.of_kind(owner.to)[0])
    return found


def results(rules: Program, **facts: Any) -> Results:
    return answer(rules, world(rules.corpus, **facts))


def row(found: Results, norm: str, number: int = 0) -> Row:
    """The row of a norm; with several parties or things, by number."""
    return [one for one in found.rows if one.norm.id == norm][number]


def term(rules: Program, name: str, kind: str = "system", **facts: Any) -> Value | None:
    made = world(rules.corpus, **facts)
    return Evaluation(rules, made).term(rules.vocabulary.declared[name], made.of_kind(kind)[0])


def law_on(on: str, known: str | None = None) -> Program:
    """The built-in corpus on a day."""
    return Program(builtin(), date.fromisoformat(on), date.fromisoformat(known) if known else None)
