"""An entry has one spelling, and nothing else is taken for one."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from guiju.record import Entry, ItemRef, RecordError, parse_entry
from guiju.record.entries import check_reason

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)
RECEIPT = "ab" * 32
COMMITMENT = "sha256:" + "cd" * 32
ENTRY = Entry("system.published", AT, RECEIPT, {"system": "sys:1"}, (ItemRef("dossier", COMMITMENT),))

words = st.text(st.characters(exclude_categories=["Cs"]))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def test_the_leaf_is_what_the_documents_show() -> None:
    items = f'"items":[{{"commitment":"{COMMITMENT}","name":"dossier"}}]'
    rest = f'"receipt":"{RECEIPT}","schema":"guiju.entry/1","suite":"sha256+ed25519"'
    shown = f'{{"at":"2026-11-23T06:00:00Z",{items},"kind":"system.published","public":{{"system":"sys:1"}},{rest}}}'
    assert ENTRY.leaf() == shown.encode()


@given(st.dictionaries(words, json_values, max_size=5))
def test_an_entry_is_read_back_as_it_was_written(public: dict[str, Any]) -> None:
    entry = Entry("a.b", AT, RECEIPT, public)
    assert parse_entry(entry.leaf()) == entry
    assert parse_entry(entry.leaf()).leaf() == entry.leaf()


def test_a_moment_elsewhere_is_written_in_utc() -> None:
    there = AT.astimezone(timezone(timedelta(hours=8)))
    assert Entry("a.b", there, RECEIPT).leaf() == Entry("a.b", AT, RECEIPT).leaf()


def changed(**fields: Any) -> bytes:
    """The leaf of the entry above with some fields changed; None takes one away."""
    data = ENTRY.to_json() | fields
    return rfc8785.dumps({key: value for key, value in data.items() if value is not None})


BAD = {
    "spaces": (json.dumps(ENTRY.to_json()).encode(), "entry.not-canonical"),
    "key twice": (ENTRY.leaf().replace(b'"at":', b'"at":"2026-11-23T06:00:00Z","at":', 1), "entry.not-canonical"),
    "byte more": (ENTRY.leaf() + b"\n", "entry.not-canonical"),
    "no utf-8": (ENTRY.leaf().replace(b"sys:1", b"sys\xff1"), "entry.not-json"),
    "no json": (b"entry", "entry.not-json"),
    "nothing": (b"", "entry.not-json"),
    "a list": (b"[]", "entry.not-json"),
    "too deep": (b"[" * 60_000, "entry.not-json"),
    "not a number": (changed().replace(b'"sys:1"', b"NaN"), "entry.not-json"),
    "too long": (b" " * 65_536, "entry.too-long"),
    "a fraction": (changed(public={"share": 0.5}), "entry.value"),
    "a number too large": (changed().replace(b'"sys:1"', b"9007199254740993"), "entry.value"),
    "half a character": (changed().replace(b"sys:1", b"\\ud800"), "entry.value"),
    "another schema": (changed(schema="guiju.entry/2"), "entry.schema"),
    "no schema": (changed(schema=None), "entry.schema"),
    "another suite": (changed(suite="sm3+sm2"), "entry.suite"),
    "a key more": (changed(name="Li"), "entry.keys"),
    "a key less": (changed(public=None), "entry.keys"),
    "kind of one word": (changed(kind="published"), "entry.field"),
    "kind in capitals": (changed(kind="System.Published"), "entry.field"),
    "kind with a line's end": (changed(kind="system.published\n"), "entry.field"),
    "moment with an offset": (changed(at="2026-11-23T06:00:00+00:00"), "entry.field"),
    "moment that is none": (changed(at="2026-02-30T06:00:00Z"), "entry.moment"),
    "receipt in capitals": (changed(receipt="AB" * 32), "entry.field"),
    "public is a list": (changed(public=[]), "entry.field"),
    "items is an object": (changed(items={}), "entry.field"),
    "item without commitment": (changed(items=[{"name": "a"}]), "entry.field"),
    "commitment by another hash": (changed(items=[{"name": "a", "commitment": "sm3:" + "cd" * 32}]), "entry.field"),
    "item with a strange name": (changed(items=[{"name": "张三", "commitment": COMMITMENT}]), "entry.field"),
    "two items of one name": (changed(items=[{"name": "a", "commitment": COMMITMENT}] * 2), "entry.item-twice"),
}


@pytest.mark.parametrize("mistake", BAD)
def test_what_is_no_entry_is_refused_by_name(mistake: str) -> None:
    leaf, code = BAD[mistake]
    with pytest.raises(RecordError) as caught:
        parse_entry(leaf)
    assert caught.value.code == code
    assert caught.value.message("zh")
    assert caught.value.hint("en")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry("a.b", datetime(2026, 11, 23), RECEIPT), "entry.moment"),  # noqa: DTZ001  # the mistake itself
        (Entry("a.b", AT, RECEIPT, {"text": "x" * 65_536}), "entry.too-long"),
        (Entry("a.b", AT, RECEIPT, {1: "one"}), "entry.value"),  # type: ignore[dict-item]
        (Entry("a.b", AT, RECEIPT, {"when": AT}), "entry.value"),
        (Entry("a.b", AT, RECEIPT, {"half": "\ud800"}), "entry.value"),
    ],
)
def test_what_cannot_be_an_entry_is_not_written(entry: Entry, code: str) -> None:
    with pytest.raises(RecordError) as caught:
        entry.leaf()
    assert caught.value.code == code


@pytest.mark.parametrize("reason", ["", "Li Hua asked", "-", "erased.", "x" * 81, "a\n"])
def test_a_reason_is_a_code(reason: str) -> None:
    with pytest.raises(RecordError) as caught:
        check_reason(reason)
    assert caught.value.code == "entry.reason"
    assert check_reason("erasure-request") == "erasure-request"
