"""Entries looked through in the order of their positions, then those that wait; what they say is gathered on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from guiju.record._looking import Look, Regrown, reason_of, why
from guiju.record._sql import Sql, paged
from guiju.record.entries import OWN_KINDS, Entry, parse_entry
from guiju.record.erasing import HELD, STATE_AFTER
from guiju.record.errors import RecordError


@dataclass
class Gathered:
    """What the entries say."""

    tree: Regrown = field(default_factory=Regrown)
    roots: dict[int, bytes] = field(default_factory=dict)
    receipts: set[str] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)
    """Receipt to kind, of acts that are not the record's own."""
    items: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """Commitment to the state the log leaves the item in, and the reason."""


_ROWS = "SELECT position, id, receipt, leaf FROM record_entry"


def look_at_entries(sql: Sql, look: Look, sizes: Iterable[int], signed: int) -> Gathered:
    """Read every entry, grow the tree over those with a position, and keep its roots at the sizes asked for.

    Args:
        sql: read from.
        look: takes what is found.
        sizes: at which the root is wanted.
        signed: the size of the newest checkpoint.
    """
    gathered = Gathered()
    wanted = set(sizes)
    if 0 in wanted:
        gathered.roots[0] = gathered.tree.root()
    whole = True
    expected = 0
    for position, _, receipt, leaf in paged(sql, _ROWS, "position", "position IS NOT NULL"):
        where = f"record_entry, position {position}"
        if position != expected or type(position) is not int:
            look.found("entry-position", where, got=str(position), expected=expected)
            whole = False
        expected = position + 1 if type(position) is int else expected + 1
        _entry(look, gathered, where, receipt, leaf)
        if whole and isinstance(leaf, bytes):
            if position >= signed:
                look.found("entry-unsigned", where, size=signed)
                continue
            gathered.tree.add(leaf)
            if gathered.tree.size in wanted:
                gathered.roots[gathered.tree.size] = gathered.tree.root()
        else:
            whole = False
    gathered.tree.end()
    _waiting(sql, look, gathered)
    return gathered


def _waiting(sql: Sql, look: Look, gathered: Gathered) -> None:
    for number, receipt, leaf in paged(sql, "SELECT id, receipt, leaf FROM record_entry", "id", "position IS NULL"):
        where = f"record_entry, id {number}"
        entry = _entry(look, gathered, where, receipt, leaf)
        if entry is not None and entry.at < look.waiting_since:
            look.found("entry-waiting", where, at=entry.to_json()["at"])


def _entry(look: Look, gathered: Gathered, where: str, receipt: Any, leaf: Any) -> Entry | None:
    """An entry by itself: a leaf that can be read, under the receipt that it names."""
    if not isinstance(leaf, bytes):
        look.found("entry-damaged", where, reason=why("fsck.why-type"))
        return None
    try:
        entry = parse_entry(leaf)
    except RecordError as problem:
        look.found("entry-damaged", where, reason=reason_of(problem))
        return None
    if entry.receipt != receipt:
        look.found("entry-receipt", where)
    if entry.receipt in gathered.receipts:
        look.found("entry-twice", where)
    gathered.receipts.add(entry.receipt)
    if entry.kind.startswith(OWN_KINDS):
        _own_act(look, gathered, where, entry)
    else:
        gathered.kinds[entry.receipt] = entry.kind
    for item in entry.items:
        if item.commitment in gathered.items:
            look.found("item-twice", where, commitment=item.commitment)
        gathered.items[item.commitment] = (HELD, None)
    return entry


def _own_act(look: Look, gathered: Gathered, where: str, entry: Entry) -> None:
    """What the record says of an item it holds."""
    commitment, reason = entry.public.get("commitment"), entry.public.get("reason")
    after = STATE_AFTER.get(entry.kind)
    known = isinstance(commitment, str) and commitment in gathered.items
    if after is None or not known or not isinstance(reason, str):
        look.found("own-act", where, kind=entry.kind)
        return
    assert isinstance(commitment, str)
    gathered.items[commitment] = (after, None if after == HELD else reason)
