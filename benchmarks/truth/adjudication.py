"""Who is right where we disagree: ``adjudicated.yaml``, a list of verdicts with their reasons.

An entry names one case (``set`` and ``id``). One that fits no disagreement is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from guiju.norms import Item, Map, plain

from .facts import listed
from .scores import Adjudication, Disagreement

VERDICTS = ("ours", "theirs", "open")
KEYS = {"set", "id", "verdict", "reason"}


@dataclass(frozen=True)
class Entry:
    """One verdict, on a case."""

    set: str
    id: str
    verdict: Adjudication

    def fits(self, one: Disagreement) -> bool:
        return (self.set, self.id) == (one.set, one.id)


def read_entries(path: Path) -> tuple[list[Entry], list[str]]:
    """The verdicts of a file, and what of it cannot be taken; no file, no verdicts."""
    items, notes = listed(path, "verdicts")
    found: list[Entry] = []
    for item in items:
        entry = _entry(item)
        if entry is None:
            notes.append(f"{item.where}: an entry is {{set, id, verdict: ours | theirs | open, reason}}; left out")
        else:
            found.append(entry)
    return found, notes


def _entry(item: Item) -> Entry | None:
    if not isinstance(item, Map) or set(item.items) != KEYS:
        return None
    said = {key: plain(one) for key, one in item.items.items()}
    if not all(isinstance(one, str) and one for one in said.values()) or said["verdict"] not in VERDICTS:
        return None
    return Entry(said["set"], said["id"], Adjudication(said["verdict"], said["reason"]))


def adjudicated(entries: Iterable[Entry], disagreements: Iterable[Disagreement]) -> tuple[list[Disagreement], list[Entry]]:
    """The disagreements with the first verdict that fits each; and the verdicts that fit none."""
    ordered = list(entries)
    used: set[Entry] = set()
    found = []
    for one in disagreements:
        fitting = [entry for entry in ordered if entry.fits(one)]
        used.update(fitting)
        found.append(replace(one, adjudication=fitting[0].verdict) if fitting else one)
    return found, [entry for entry in ordered if entry not in used]
