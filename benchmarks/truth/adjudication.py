"""Who is right where we disagree: ``adjudicated.yaml``, a list of verdicts with their reasons.

An entry names one case (``set`` and ``id``) or a group of like ones (``set`` and ``pattern``, for trees: the norm or the answer
that it turns on); ``*`` stands for anything in a pattern. An entry that fits nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from guiju.norms import Item, Map, Scalar, Seq, plain, read_file
from guiju.wording import GuijuError

from .facts import told
from .scores import Adjudication, Disagreement

VERDICTS = ("ours", "theirs", "open")
KEYS = {"set", "id", "pattern", "verdict", "reason"}


@dataclass(frozen=True)
class Entry:
    """One verdict, on a case or on all that fit a pattern."""

    set: str
    id: str
    pattern: str
    verdict: Adjudication

    def fits(self, one: Disagreement) -> bool:
        if self.set != one.set or (self.id and self.id != one.id):
            return False
        return not self.pattern or fnmatchcase(one.pattern, self.pattern)


def read_entries(path: Path) -> tuple[list[Entry], list[str]]:
    """The verdicts of a file, and what of it cannot be taken; no file, no verdicts."""
    if not path.is_file():
        return [], []
    try:
        top = read_file(path, path.name)
    except GuijuError as problem:
        return [], [told(problem)]
    if not isinstance(top, Seq):
        nothing = isinstance(top, Scalar) and top.value is None
        return [], [] if nothing else [f"{path.name}: not a list of verdicts, not read"]
    found: list[Entry] = []
    notes: list[str] = []
    for item in top:
        entry = _entry(item)
        if entry is None:
            notes.append(f"{item.where}: an entry is {{set, id or pattern, verdict: ours | theirs | open, reason}}; left out")
        else:
            found.append(entry)
    return found, notes


def _entry(item: Item) -> Entry | None:
    if not isinstance(item, Map) or not set(item.items) <= KEYS:
        return None
    said = {key: plain(one) for key, one in item.items.items()}
    if not all(isinstance(one, str) and one for one in said.values()):
        return None
    if not {"set", "verdict", "reason"} <= set(said) or not {"id", "pattern"} & set(said) or said["verdict"] not in VERDICTS:
        return None
    return Entry(said["set"], said.get("id", ""), said.get("pattern", ""), Adjudication(said["verdict"], said["reason"]))


def adjudicated(entries: Iterable[Entry], disagreements: Iterable[Disagreement]) -> tuple[list[Disagreement], list[Entry]]:
    """The disagreements with the first verdict that fits each, those on single cases first; and the verdicts that fit none."""
    ordered = sorted(entries, key=lambda entry: not entry.id)
    used: set[Entry] = set()
    found = []
    for one in disagreements:
        fitting = [entry for entry in ordered if entry.fits(one)]
        used.update(fitting)
        found.append(replace(one, adjudication=fitting[0].verdict) if fitting else one)
    return found, [entry for entry in ordered if entry not in used]
