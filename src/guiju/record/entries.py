"""An entry of the record: one act, as the leaf of the tree that stands for it.

The leaf is canonical JSON (RFC 8785) in UTF-8, below 64 KiB, so that the same act has one spelling only:

    {"schema": "guiju.entry/1", "suite": "sha256+ed25519", "kind": "system.published", "at": "2026-11-23T06:00:00Z",
     "receipt": "<64 hex>", "public": {...}, "items": [{"name": "dossier", "commitment": "sha256:<64 hex>"}]}

``public`` holds only what anybody may read: opaque ids and digests, never anything about a person. What is private is an item
(`guiju.record.items`): the leaf has its commitment, the content stands outside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import rfc8785

from guiju.record.errors import RecordError
from guiju.record.tiles import LONGEST_ENTRY

SCHEMA: Final = "guiju.entry/1"
SUITE: Final = "sha256+ed25519"
"""Hash and signature of this entry's log; another suite will have another name, and is refused until it is known here."""
OWN_KINDS: Final = "record."
"""Kinds of the record's own acts; nobody else writes them."""

_KIND: Final = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+")
_NAME: Final = re.compile(r"[a-z][a-z0-9._-]{0,79}")
_REASON: Final = re.compile(r"[a-z][a-z0-9-]{0,79}")
_RECEIPT: Final = re.compile(r"[0-9a-f]{64}")
_COMMITMENT: Final = re.compile(r"sha256:[0-9a-f]{64}")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_KEYS: Final = frozenset({"schema", "suite", "kind", "at", "receipt", "public", "items"})
_ITEM_KEYS: Final = frozenset({"name", "commitment"})


@dataclass(frozen=True, slots=True)
class ItemRef:
    """An item as its entry names it."""

    name: str
    commitment: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One act; ``at`` in UTC, to the second."""

    kind: str
    at: datetime
    receipt: str
    public: Mapping[str, Any] = field(default_factory=dict)
    items: tuple[ItemRef, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The entry as the object that its leaf spells."""
        return {
            "schema": SCHEMA,
            "suite": SUITE,
            "kind": self.kind,
            "at": moment_text(self.at),
            "receipt": self.receipt,
            "public": dict(self.public),
            "items": [{"name": one.name, "commitment": one.commitment} for one in self.items],
        }

    def leaf(self) -> bytes:
        """The bytes that the tree is built over.

        Raises:
            RecordError: it cannot be an entry: a kind, name or value that none may have, or more than 65535 bytes.
        """
        data = self.to_json()
        _checked(data)
        leaf = canonical(data)
        if len(leaf) > LONGEST_ENTRY:
            raise RecordError("entry.too-long", count=len(leaf), most=LONGEST_ENTRY)
        return leaf


def parse_entry(leaf: bytes) -> Entry:
    """The entry that a leaf spells.

    Raises:
        RecordError: it is no entry, spells one otherwise than canonically, or names a schema or suite not known here.
    """
    if len(leaf) > LONGEST_ENTRY:
        raise RecordError("entry.too-long", count=len(leaf), most=LONGEST_ENTRY)
    entry = entry_from(_object(leaf))
    if entry.leaf() != leaf:
        raise RecordError("entry.not-canonical")
    return entry


def entry_from(data: object) -> Entry:
    """The entry of an object read from JSON.

    Raises:
        RecordError: as `parse_entry`.
    """
    if not isinstance(data, dict):
        raise RecordError("entry.not-json")
    _checked(data)
    items = tuple(ItemRef(one["name"], one["commitment"]) for one in data["items"])
    return Entry(data["kind"], _moment(data["at"]), data["receipt"], data["public"], items)


def canonical(data: object) -> bytes:
    """JSON in the one spelling of RFC 8785.

    Raises:
        RecordError: it holds what has no such spelling: a fraction, a number beyond 2**53, half a character.
    """
    try:
        _whole(data)
        return rfc8785.dumps(data)  # type: ignore[arg-type]  # what does not fit is refused below
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError):
        raise RecordError("entry.value") from None


def check_reason(reason: str) -> str:
    """A code for why something is withheld or erased: public, so it says nothing of a person.

    Raises:
        RecordError: it is no code.
    """
    if not _REASON.fullmatch(reason):
        raise RecordError("entry.reason", got=reason[:80])
    return reason


def moment_text(at: datetime) -> str:
    """A moment as entries write it: ``2026-11-23T06:00:00Z``.

    Raises:
        RecordError: it names no place on Earth's clock.
    """
    if at.tzinfo is None:
        raise RecordError("entry.moment", got=at.isoformat())
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise RecordError("entry.moment", got=text[:40]) from None


def _object(leaf: bytes) -> object:
    try:
        found: object = json.loads(leaf.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise RecordError("entry.not-json") from None
    return found


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _whole(data: object) -> None:
    """No fractions: others read and write them each in their own way."""
    if isinstance(data, float):
        raise rfc8785.CanonicalizationError("fraction")
    if isinstance(data, Mapping):
        for key, value in data.items():
            if not isinstance(key, str):
                raise rfc8785.CanonicalizationError("key")
            _whole(value)
    elif isinstance(data, (list, tuple)):
        for one in data:
            _whole(one)


def _checked(data: dict[str, Any]) -> None:
    if data.get("schema") != SCHEMA:
        raise RecordError("entry.schema", got=str(data.get("schema", ""))[:80], known=SCHEMA)
    if data.get("suite") != SUITE:
        raise RecordError("entry.suite", got=str(data.get("suite", ""))[:80], known=SUITE)
    if data.keys() != _KEYS:
        raise RecordError("entry.keys", got=sorted(map(str, data.keys() ^ _KEYS))[:10])
    _matching("kind", _KIND, data["kind"])
    _matching("at", _MOMENT, data["at"])
    _matching("receipt", _RECEIPT, data["receipt"])
    if not isinstance(data["public"], dict):
        raise RecordError("entry.field", field="public", got=str(data["public"])[:80])
    if not isinstance(data["items"], list):
        raise RecordError("entry.field", field="items", got=str(data["items"])[:80])
    names = [_item(one) for one in data["items"]]
    if len(set(names)) != len(names):
        raise RecordError("entry.item-twice", names=sorted({one for one in names if names.count(one) > 1}))


def _item(data: object) -> str:
    if not isinstance(data, dict) or data.keys() != _ITEM_KEYS:
        raise RecordError("entry.field", field="items", got=str(data)[:80])
    _matching("commitment", _COMMITMENT, data["commitment"])
    return _matching("name", _NAME, data["name"])


def _matching(name: str, pattern: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise RecordError("entry.field", field=name, got=str(value)[:80])
    return value
