"""Fact files: what a careful layman would state of an example, as dossiers of the project's own form, written blind.

``facts/<set>.yaml`` maps the blind name of a row to ``{dossier, note}``; ``facts/second/<set>.yaml`` holds what a second reader
stated, for a part; ``facts/changes.yaml`` lists what was changed later in the first reading, each change with its reason.
A file that cannot be read as a whole is refused; a dossier that cannot be taken is told with its place and left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guiju.logic import Value
from guiju.norms import Item, Map, Scalar, Seq, Vocabulary, plain, read_file
from guiju.subjects import Dossier, dossier_from
from guiju.wording import GuijuError, Where

CHANGE_KEYS = {"set", "id", "at", "from", "to", "reason"}
ENTRY_KEYS = {"dossier", "note"}


class ChangeError(Exception):
    """A change that does not fit what stands in the first reading."""


@dataclass(frozen=True)
class Change:
    """One later change of a first reading: at a path of the dossier (``purposes.0.facts.task``); None is "not there"."""

    set: str
    id: str
    at: str
    before: Item | None
    after: Item | None
    reason: str
    where: Where


@dataclass
class Reading:
    """The dossiers of one reader for one set; ``said`` are the entries as written, ``notes`` what could not be taken."""

    dossiers: dict[str, Dossier] = field(default_factory=dict)
    said: dict[str, Item] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass
class Facts:
    """All readings of one set: as first written, after the changes, and by a second reader."""

    first: Reading
    changed: Reading
    second: Reading
    changes: list[Change]

    @property
    def notes(self) -> list[str]:
        """What could not be taken, each once."""
        return list(dict.fromkeys([*self.first.notes, *self.changed.notes, *self.second.notes]))


def read_facts(folder: Path, name: str, vocabulary: Vocabulary) -> Facts:
    """All readings of a set; files that are not there say nothing."""
    first = _reading(folder / f"{name}.yaml", vocabulary)
    changes, notes = changes_of(folder, name)
    changed = Reading(dict(first.dossiers), dict(first.said), list(notes))
    touched = dict.fromkeys(change.id for change in changes)
    for identifier in touched:
        _lay_over(changed, identifier, [one for one in changes if one.id == identifier], vocabulary)
    return Facts(first, changed, _reading(folder / "second" / f"{name}.yaml", vocabulary), changes)


def told(problem: GuijuError) -> str:
    """An error as one line: where, what, and what to write instead."""
    hint = problem.hint("en")
    return f"{problem.where}: {problem.message('en')}" + (f" {hint}" if hint else "")


def listed(path: Path, what: str) -> tuple[list[Item], list[str]]:
    """The entries of a file that lists ``what``, and what could not be read; a file that is not there lists nothing."""
    if not path.is_file():
        return [], []
    try:
        top = read_file(path, path.name)
    except GuijuError as problem:
        return [], [told(problem)]
    if isinstance(top, Seq):
        return list(top), []
    return [], [f"{path.name}: not a list of {what}, not read"]


def _reading(path: Path, vocabulary: Vocabulary) -> Reading:
    found = Reading()
    if not path.is_file():
        return found
    try:
        top = read_file(path, path.name)
    except GuijuError as problem:
        found.notes.append(told(problem))
        return found
    if not isinstance(top, Map):
        found.notes.append(f"{path.name}: not a map of names and dossiers, not read")
        return found
    for identifier, entry in top.items.items():
        dossier = _dossier(entry, identifier, found.notes)
        if dossier is not None:
            found.said[identifier] = dossier
            _take(found, identifier, dossier, vocabulary)
    return found


def _dossier(entry: Item, identifier: str, notes: list[str]) -> Item | None:
    """The dossier of an entry, where it has the keys that an entry has."""
    if isinstance(entry, Map) and "dossier" in entry.items and set(entry.items) <= ENTRY_KEYS:
        return entry.items["dossier"]
    strange = sorted(set(entry.items) - ENTRY_KEYS) if isinstance(entry, Map) else []
    problem = f"has no key “{strange[0]}”" if strange else "needs a dossier"
    notes.append(f"{entry.where}: {identifier} {problem}; an entry is {{dossier: {{...}}, note: ...}}")
    return None


def _take(reading: Reading, identifier: str, item: Item, vocabulary: Vocabulary) -> None:
    reading.dossiers.pop(identifier, None)
    try:
        reading.dossiers[identifier] = dossier_from(item, identifier, vocabulary)
    except GuijuError as problem:
        reading.notes.append(f"{identifier}: {told(problem)}")


# -- later changes -----------------------------------------------------------------------------------------------------------


def changes_of(folder: Path, name: str) -> tuple[list[Change], list[str]]:
    """The changes of a set, in their order, and what could not be read."""
    entries, notes = listed(folder / "changes.yaml", "changes")
    found: list[Change] = []
    for entry in entries:
        change = _change(entry)
        if change is None:
            notes.append(f"{entry.where}: a change is {{set, id, at, from, to, reason}}; this one is left out")
        elif change.set == name:
            found.append(change)
    return found, notes


def _change(entry: Item) -> Change | None:
    if not isinstance(entry, Map) or set(entry.items) != CHANGE_KEYS:
        return None
    words = {key: plain(entry.items[key]) for key in ("set", "id", "at", "reason")}
    if not all(isinstance(word, str) and word for word in words.values()):
        return None
    before, after = (_there(entry.items[key]) for key in ("from", "to"))
    return Change(words["set"], words["id"], words["at"], before, after, words["reason"], entry.where)


def _there(item: Item) -> Item | None:
    return None if isinstance(item, Scalar) and item.value is None else item


def _lay_over(reading: Reading, identifier: str, changes: list[Change], vocabulary: Vocabulary) -> None:
    """A dossier with its changes, one after another; a change that does not fit is told and left out."""
    item = reading.said.get(identifier)
    if item is None:
        reading.notes += [f"{one.where}: {identifier} has no facts that could be changed" for one in changes]
        return
    for change in changes:
        try:
            item = replaced(item, change.at.split("."), change)
        except ChangeError as problem:
            reading.notes.append(f"{change.where}: {identifier} at {change.at}: {problem}; the change is left out")
    reading.said[identifier] = item
    _take(reading, identifier, item, vocabulary)


def replaced(item: Item, path: list[str], change: Change) -> Item:
    """The item with another value at the path.

    Raises:
        ChangeError: nothing of that name is on the way, or what stands there is not what the change starts from.
    """
    head, rest = path[0], path[1:]
    if isinstance(item, Seq):
        if not head.isdigit() or int(head) >= len(item.items):
            raise ChangeError(f"there is no “{head}” in a list of {len(item.items)}")
        place = int(head)
        new = _put(item.items[place], rest, change)
        kept = (*item.items[:place], *((new,) if new is not None else ()), *item.items[place + 1 :])
        return Seq(kept, item.where)
    if isinstance(item, Scalar):
        raise ChangeError(f"“{head}” cannot stand below a plain value")
    if head not in item.items and rest and change.after is None:
        raise ChangeError(f"there is no “{head}”")
    present: Item | None = item.items.get(head)
    if present is None and rest:
        present = Map({}, {}, change.where)
    new = _put(present, rest, change)
    items = {**item.items, head: new} if new is not None else {key: one for key, one in item.items.items() if key != head}
    return Map(items, {key: item.keys.get(key, change.where) for key in items}, item.where)


def _put(present: Item | None, rest: list[str], change: Change) -> Item | None:
    if rest:
        assert present is not None
        return replaced(present, rest, change)
    stands, wanted = (None if one is None else plain(one) for one in (present, change.before))
    if stands != wanted:
        raise ChangeError(f"{stands!r} stands there, not {wanted!r}")
    return change.after


# -- what two readers state --------------------------------------------------------------------------------------------------


def statements(dossier: Dossier) -> dict[tuple[str, str], Value]:
    """What a dossier states: (kind of object, name) -> its value; rows of one kind are told by their place."""
    found: dict[tuple[str, str], Value] = {}
    places: dict[str, int] = {}
    for thing in dossier.world.things:
        place = places[thing.kind] = places.get(thing.kind, -1) + 1
        holder = thing.kind if not place else f"{thing.kind} {place + 1}"
        found.update({(holder, name): given.value for name, given in thing.given.items()})
    return found


def judged(dossier: Dossier) -> list[str]:
    """The judgements that a dossier supplies."""
    declared = dossier.world.vocabulary.declared
    return sorted({name for thing in dossier.world.things for name in thing.given if declared[name].kind == "judgement"})


def agreement(one: Mapping[str, Dossier], other: Mapping[str, Dossier]) -> dict[str, float | int | None]:
    """How far two readers state the same: names in common of all names, and equal values of the names in common."""
    both = sorted(set(one) & set(other))
    names = shared = equal = 0
    for identifier in both:
        first, second = statements(one[identifier]), statements(other[identifier])
        common = set(first) & set(second)
        names += len(set(first) | set(second))
        shared += len(common)
        equal += sum(first[name] == second[name] for name in common)
    return {
        "cases": len(both),
        "names_shared": shared / names if names else None,
        "values_equal": equal / shared if shared else None,
    }
