"""What is different between two dossiers, change by change, and a dossier with these changes made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from guiju.logic import Given
from guiju.norms.world import Listing
from guiju.subjects.answers import read_draft
from guiju.subjects.content import listing_data, written
from guiju.subjects.dossier import Dossier
from guiju.subjects.drafts import EARLIER
from guiju.subjects.leaves import MAIN, Flat, Key, Leaf, assemble, flatten

What = Literal["value", "added", "removed", "closed", "opened", "listed", "named", "link", "note", "absent", "present", "root"]

_AROUND: Final = ("source", "by", "on", "evidence", "document", "reasons", "done")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the value of a name, an object that came or went, a list closed or opened, a name, a link, a note.

    ``kind`` and ``id`` say which object; ``name`` the declared name or relation. ``before`` and ``after`` are plain data as a
    dossier writes it with who says so, None where nothing was said. ``follows``: it follows from an object that came or went.
    """

    what: What
    kind: str
    id: str
    name: str | None = None
    before: Any = None
    after: Any = None
    follows: bool = False
    key: Key = MAIN
    state: Leaf | Given | Listing | None = None

    def to_json(self) -> dict[str, Any]:
        """The change as data."""
        data = {"what": self.what, "object": {"kind": self.kind, "id": self.id}, "name": self.name}
        return {**data, "before": _stated(self.before, self.what), "after": _stated(self.after, self.what)}


def _stated(data: Any, what: str) -> Any:
    """The value and who says so, always under the same keys."""
    if what != "value" or data is None:
        return data
    around = data if isinstance(data, dict) and "value" in data else {"value": data}
    return {"value": around["value"], **{key: around.get(key) for key in _AROUND}}


def diff(a: Dossier, b: Dossier) -> list[Change]:
    """What has to change in ``a`` so that it says what ``b`` says; nothing if they say the same."""
    before, after = flatten([a, b])
    keys = dict.fromkeys((*before.leaves, *after.leaves))
    gone = sorted(before.absent ^ after.absent)
    found = [Change("absent" if kind in after.absent else "present", kind, kind) for kind in gone]
    for key in keys:
        found += _of_object(before, after, key)
    if before.root != after.root:
        found.append(Change("root", "system", _id(after, MAIN), None, _root(before), _root(after), key=after.root))
    return found


def _of_object(before: Flat, after: Flat, key: Key) -> Iterator[Change]:
    old, new = before.leaves.get(key), after.leaves.get(key)
    shown = new or old
    assert shown is not None
    kind, identifier = shown.kind, shown.id
    if new is None or (old is not None and old.held != new.held):
        yield Change("removed", kind, identifier, _relation(old), key=key, state=old)
    if new is not None and (old is None or old.held != new.held):
        yield Change("added", kind, identifier, _relation(new), key=key, state=new)
    if new is None:
        return
    start = old if old is not None and old.held == new.held else Leaf(kind, identifier, new.anonymous)
    yield from _values(start, new, key)
    for name in sorted(start.closed ^ new.closed):
        yield Change("closed" if name in new.closed else "opened", kind, identifier, name, key=key)
    for name in sorted({*start.listed, *new.listed}):
        one, other = start.listed.get(name), new.listed.get(name)
        if one != other:
            yield Change("listed", kind, identifier, name, _listing(one), _listing(other), key=key, state=other)
    if (start.id, start.anonymous, start.label) != (new.id, new.anonymous, new.label):
        yield Change("named", kind, identifier, None, _called(start), _called(new), key=key, state=new)
    if start.of != new.of:
        moved = old is None or _moved(before, after, {*start.of.values(), *new.of.values()})
        yield Change("link", kind, identifier, None, _links(before, start), _links(after, new), follows=moved, key=key, state=new)
    if start.note != new.note:
        yield Change("note", kind, identifier, None, start.note, new.note, key=key, state=new)


def _listing(said: Listing | None) -> dict[str, str] | None:
    return listing_data(said) or None


def _values(old: Leaf, new: Leaf, key: Key) -> Iterator[Change]:
    for name in dict.fromkeys((*old.said, *new.said)):
        one, other = old.said.get(name), new.said.get(name)
        if one != other:
            before, after = (None if given is None else written(given) for given in (one, other))
            yield Change("value", new.kind, new.id, name, before, after, key=key, state=other)


def _relation(leaf: Leaf | None) -> str | None:
    return leaf.held[1] if leaf is not None and leaf.held is not None else None


def _called(leaf: Leaf) -> dict[str, Any]:
    return {"id": None if leaf.anonymous else leaf.id, "name": dict(leaf.label) or None}


def _links(flat: Flat, leaf: Leaf) -> dict[str, str]:
    return {name: _id(flat, key) for name, key in sorted(leaf.of.items())}


def _moved(before: Flat, after: Flat, keys: Iterable[Key]) -> bool:
    """Whether an object at the other end came, went or was given another id."""
    return any(_id(before, key) != _id(after, key) for key in keys)


def _id(flat: Flat, key: Key) -> str:
    leaf = flat.leaves.get(key)
    return leaf.id if leaf is not None else ""


def _root(flat: Flat) -> str:
    return f"{flat.root.kind} {_id(flat, flat.root)}".strip()


# -- made ---------------------------------------------------------------------------------------------------------------------


def apply_changes(dossier: Dossier, changes: Iterable[Change]) -> Dossier:
    """The dossier with the changes made: ``apply_changes(a, diff(a, b))`` says what ``b`` says."""
    flat = flatten([dossier])[0]
    listed = list(changes)
    _align(flat, listed)
    for change in listed:
        _make(flat, change)
    return read_draft(assemble(flat, dossier.source), replace(dossier, notes={}))


def _align(flat: Flat, changes: list[Change]) -> None:
    """An object that had no name, or whose owner had none, gets the key of the one it became."""
    went = {change.key for change in changes if change.what == "removed"}
    new = {change.key for change in changes if change.what == "added"} - went
    for change in changes:
        if change.what == "root" or change.key in flat.leaves or change.key in new or change.key.under.startswith(EARLIER):
            continue
        present = {
            key: leaf for key, leaf in flat.leaves.items() if key.kind == change.key.kind and not key.under.startswith(EARLIER)
        }
        same = [key for key in present if key.id == change.key.id]
        nameless = [key for key, leaf in present.items() if key != MAIN and (leaf.anonymous or leaf.id == leaf.kind)]
        if len(same or nameless) == 1:
            old = (same or nameless)[0]
            flat.leaves = {change.key if key == old else key: leaf for key, leaf in flat.leaves.items()}


def _make(flat: Flat, change: Change) -> None:
    if change.what in ("absent", "present"):
        flat.absent = flat.absent ^ {change.kind}
        return
    if change.what == "root":
        flat.root = change.key
        return
    if change.what == "removed":
        flat.leaves.pop(change.key, None)
        return
    if change.what == "added" and isinstance(change.state, Leaf):
        flat.leaves[change.key] = Leaf(change.kind, change.id, change.state.anonymous, held=change.state.held)
        return
    leaf = flat.leaves.setdefault(change.key, Leaf(change.kind, change.id, True))
    _set(leaf, change)


def _set(leaf: Leaf, change: Change) -> None:
    state = change.state
    if change.what == "value" and change.name:
        if isinstance(state, Given):
            leaf.said[change.name] = state
        else:
            leaf.said.pop(change.name, None)
    elif change.what == "listed" and change.name:
        if isinstance(state, Listing):
            leaf.listed[change.name] = state
        else:
            leaf.listed.pop(change.name, None)
    elif change.name:
        leaf.closed ^= {change.name}
    elif isinstance(state, Leaf):
        leaf.id, leaf.anonymous, leaf.label = state.id, state.anonymous, dict(state.label)
        leaf.of, leaf.note = dict(state.of), state.note
