"""What differs between two assessments of one subject: by another edition, another day, or other facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

FIELDS: Final = ("in_scope", "status", "from", "until", "met", "force", "due")
"""What of a duty's answer is compared."""

GRADE_FIELDS: Final = ("at_least", "at_most", "status", "from")

Document = Mapping[str, Any]
"""An assessment as a document (``guiju.assessment/1``), with every row."""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One answer that differs: which parts, before and after; None where the rule or the class is not answered at all."""

    kind: Literal["duty", "grade"]
    id: str
    object: str
    party: str | None
    parts: tuple[tuple[str, Any, Any], ...]


def compare(before: Document, after: Document) -> list[AnswerChange]:
    """Every duty and class answered otherwise; rules out of scope on both sides are left out."""
    old, new = _duties(before), _duties(after)
    found = list(_compared("grade", _grades(before), _grades(after), GRADE_FIELDS))
    return found + [one for one in _compared("duty", old, new, FIELDS) if not _idle(one, old, new)]


Rows = Mapping[tuple[str, str, str | None], Document]


def _compared(kind: Literal["duty", "grade"], old: Rows, new: Rows, names: Iterable[str]) -> Iterable[AnswerChange]:
    for key in dict.fromkeys((*old, *new)):
        parts = [(name, _part(old.get(key), name), _part(new.get(key), name)) for name in names]
        differing = tuple(part for part in parts if part[1] != part[2])
        if differing:
            yield AnswerChange(kind, *key, differing)


def _part(row: Document | None, name: str) -> Any:
    if row is None:
        return None
    return (row.get("clock") or {}).get("due") if name == "due" else row.get(name)


def _duties(document: Document) -> Rows:
    return {(row["norm"], row["object"], row["party"]): row for row in document["duties"]}


def _grades(document: Document) -> Rows:
    """By the scheme; where it grades several objects, in their order."""
    found: dict[tuple[str, str, str | None], Document] = {}
    counts: dict[str, int] = {}
    for grade in document["grades"]:
        counts[grade["scheme"]] = number = counts.get(grade["scheme"], 0) + 1
        found[grade["scheme"], "" if number == 1 else str(number), None] = grade
    return found


def _idle(change: AnswerChange, old: Rows, new: Rows) -> bool:
    """Whether a rule is out of scope, or not there, on both sides."""
    key = (change.id, change.object, change.party)
    return all(row is None or row["in_scope"] == "no" for row in (old.get(key), new.get(key)))
