"""The digest covers what is said, not how it is written; what is written out reads back the same."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subjects.words import vocabulary as vocabulary_of

from guiju.calendars import NEVER, DateRange, Duration
from guiju.logic import BoolType, DateType, DurationType, EnumType, Interval, NumberType, OneOf, SetOf, SetType, Truth
from guiju.norms import Declared, Vocabulary
from guiju.norms.yaml_reader import Item, Map, Seq, read_text
from guiju.subjects import Dossier, dossier_from, dumps, read_dossier
from guiju.subjects.content import written_value
from guiju.subjects.values import read_value

Read = Callable[[str], Dossier]

SAMPLES = ["companion-chat", "hr-screener", "triage"]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_dossier_written_out_reads_back_the_same(name: str, samples: Path, vocabulary: Vocabulary) -> None:
    dossier = read_dossier(samples / f"{name}.yaml", vocabulary)
    again = dossier_from(dumps(dossier.content), "again.json", vocabulary)
    assert again.digest == dossier.digest
    assert again.content == dossier.content
    assert dossier.digest.startswith("sha256:")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_order_of_keys_and_members_changes_nothing(name: str, samples: Path, vocabulary: Vocabulary) -> None:
    item = read_text((samples / f"{name}.yaml").read_text("utf-8"), "x")
    assert dossier_from(_turned(item), "x", vocabulary).digest == dossier_from(item, "x", vocabulary).digest


def _turned(item: Item) -> Item:
    if isinstance(item, Map):
        return Map({key: _turned(item.items[key]) for key in reversed(item.items)}, item.keys, item.where)
    return Seq(tuple(_turned(child) for child in reversed(item.items)), item.where) if isinstance(item, Seq) else item


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("model: {facts: {training_compute: 3.0e24}}", "model: {facts: {training_compute: 30e23}}"),
        ("conduct: {log_retention: 2 years}", "conduct: {log_retention: 24 months}"),
        ("facts: {markets: [EU, CN]}", "facts: {markets: {has: [CN, EU]}}"),
        ("facts: {task_breadth: narrow}", "facts: {task_breadth: {one_of: [narrow]}}"),
        ("service: {id: s, facts: {offered_online: true}}", "service: {id: s}\nfacts: {offered_online: true}"),
        ("system: {id: s, facts: {markets: [EU]}}", "objects: [{kind: system, id: s}]\nfacts: {markets: [EU]}"),
    ],
)
def test_two_ways_to_say_one_thing(one: str, other: str, read: Read) -> None:
    assert read(one).digest == read(other).digest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("facts: {markets: [EU]}", "facts: {markets: {exactly: [EU]}}"),
        ("purposes: [{id: a}]", "purposes: {exactly: [{id: a}]}"),
        ("model: {facts: {training_compute: 3e24}}", "model: {facts: {training_compute: {value: 3e24, source: card}}}"),
        ("system: {id: a}", "system: {id: b}"),
        ("model: {id: m}", "model: {id: m}\nroot: model"),
        ("facts: {markets: [EU]}", "facts: {markets: [EU]}\nmodel: {exactly: []}"),
        ("events: {placed_on_market: 2026-11-02}", "events: {placed_on_market: {not_until: 2026-11-01}}"),
    ],
)
def test_what_says_something_else_has_another_digest(one: str, other: str, read: Read) -> None:
    assert read(one).digest != read(other).digest


# -- every value reads back as it was written --------------------------------------------------------------------------------

_MEMBERS = ("a", "b", "c")
_DAYS = st.dates()


def _declared(type_: Any) -> Declared:
    template = vocabulary_of().declared["markets"]
    fields = {name: getattr(template, name) for name in template.__slots__}
    return Declared(**{**fields, "type": type_, "kind": "fact"})


def _interval(low: Decimal, width: Decimal, ends: int) -> Interval:
    return Interval(low if ends & 1 else None, low + width if ends & 2 else None)


def _days(first: date, width: int, latest: bool) -> DateRange:
    last = min(first.toordinal() + width, date.max.toordinal())
    return DateRange(first, date.fromordinal(last) if latest else NEVER)


_AMOUNTS = st.decimals(min_value=0, max_value=Decimal("1e30"), allow_nan=False, places=3)
_VALUES = st.one_of(
    st.tuples(st.just(BoolType()), st.sampled_from([Truth.TRUE, Truth.FALSE])),
    st.tuples(
        st.just(EnumType(_MEMBERS)), st.sets(st.sampled_from(_MEMBERS), min_size=1).map(lambda chosen: OneOf(frozenset(chosen)))
    ),
    st.tuples(
        st.just(SetType(_MEMBERS)), st.sets(st.sampled_from(_MEMBERS)).map(lambda chosen: SetOf(frozenset(chosen), closed=True))
    ),
    st.tuples(
        st.just(SetType(_MEMBERS)), st.sets(st.sampled_from("ab")).map(lambda chosen: SetOf(frozenset(chosen), frozenset("c")))
    ),
    st.tuples(st.just(NumberType("FLOP")), st.builds(_interval, _AMOUNTS, _AMOUNTS, st.integers(1, 3))),
    st.tuples(st.just(DurationType()), st.integers(0, 5000).map(lambda months: Duration(months=months))),
    st.tuples(st.just(DurationType()), st.decimals(0, 10**6, places=2).map(lambda hours: Duration(hours=hours))),
    st.tuples(st.just(DateType()), st.builds(_days, _DAYS, st.integers(0, 800), st.booleans())),
    st.tuples(st.just(DateType()), _DAYS.map(lambda day: DateRange(date.min, day))),
)


@given(_VALUES)
@settings(deadline=None)
def test_a_value_reads_back_as_it_was_written(typed: tuple[Any, Any]) -> None:
    type_, value = typed
    item = read_text(dumps({"v": written_value(value)}), "x")
    assert isinstance(item, Map)
    assert read_value(item.items["v"], _declared(type_)) == value


def test_not_yet_reads_back_as_not_yet(read: Read) -> None:
    before = read("events: {placed_on_market: {not_until: 2026-11-01}}")
    after = read(f"events: {{placed_on_market: {{min: {date(2026, 11, 1) + timedelta(days=1)}}}}}")
    assert before.digest == after.digest
