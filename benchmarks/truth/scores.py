"""What one set of other people's answers yields: shares with their interval, disagreements, and what has to be said beside them.

Every set, whoever scores it, gives one ``SetScore``; the report prints them all alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from math import sqrt
from typing import Any

ABSTAINED = "abstained"
"""Our answer where it is left open: never right, counted apart."""


@dataclass(frozen=True)
class Share:
    """So many of so many; ``low`` and ``high`` are the Wilson 95 % interval (0 to 1 where there is nothing to count)."""

    right: int
    of: int

    @property
    def share(self) -> float | None:
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.right, self.of)

    def as_json(self) -> dict[str, Any]:
        low, high = self.interval
        return {"right": self.right, "of": self.of, "share": self.share, "low": low, "high": high}


def wilson(right: int, of: int, z: float = 1.959964) -> tuple[float, float]:
    """The Wilson interval of a share; from 0 to 1 where there is nothing to count."""
    if not of:
        return 0.0, 1.0
    share, square = right / of, z * z / of
    centre = (share + square / 2) / (1 + square)
    half = z / (1 + square) * sqrt(share * (1 - share) / of + square / (4 * of))
    return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True)
class Adjudication:
    """Who was judged to be right about a disagreement (``ours``, ``theirs`` or ``open``), why, and by which provision."""

    verdict: str
    reason: str
    clause: str = ""


@dataclass(frozen=True)
class Disagreement:
    """One case answered otherwise: by which clause of ours (a norm id), on which grounds of ours.

    ``id`` is the name of the case that says nothing of its label; ``pattern`` names the adjudication of a tree that covers it;
    ``figure`` is the figure in which it counts as wrong.
    """

    set: str
    id: str
    figure: str
    expected: str
    ours: str
    reason: str = ""
    clause: str = ""
    pattern: str = ""
    source_id: str = ""
    adjudication: Adjudication | None = None

    def as_json(self) -> dict[str, Any]:
        told = {
            "set": self.set, "id": self.id, "source_id": self.source_id, "figure": self.figure, "expected": self.expected,
            "ours": self.ours, "reason": self.reason, "clause": self.clause, "pattern": self.pattern,
        }  # fmt: skip
        judged = self.adjudication
        return {**told, "adjudication": asdict(judged) if judged else None}


@dataclass(frozen=True)
class Figure:
    """One reading of a set: how many are right, and the figures that stand beside that.

    ``dangerous``: cases that fall under the rule by their label and outside it by us, of all that fall under it.
    ``settled``: right of those settled without any judgement. ``binary``: right where only the gravest class is told from
    the rest.
    """

    name: str
    accuracy: Share
    macro_f1: float | None = None
    dangerous: Share | None = None
    settled: Share | None = None
    binary: Share | None = None
    abstained: int = 0
    confusion: dict[str, dict[str, int]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        shares = {"accuracy": self.accuracy, "dangerous": self.dangerous, "settled": self.settled, "binary": self.binary}
        told = {key: one.as_json() if one else None for key, one in shares.items()}
        beside = {"macro_f1": self.macro_f1, "abstained": self.abstained, "confusion": self.confusion}
        return {"name": self.name, **told, **beside}


@dataclass
class SetScore:
    """All there is to say of one set.

    ``state``: ``scored``, ``absent`` (its file is not there), ``empty`` (nothing in it can be scored), ``no-facts`` or
    ``refused`` (with a note why).
    ``baselines``: name -> share right; ``agreement``: of two readers; ``extra``: further figures, as plain data.
    """

    name: str
    state: str = "scored"
    rows: int = 0
    figures: list[Figure] = field(default_factory=list)
    baselines: dict[str, Share] = field(default_factory=dict)
    agreement: dict[str, Any] = field(default_factory=dict)
    changes: int = 0
    notes: list[str] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "state": self.state,
            "rows": self.rows,
            "figures": [one.as_json() for one in self.figures],
            "baselines": {key: one.as_json() for key, one in self.baselines.items()},
            "agreement": self.agreement,
            "changes": self.changes,
            "notes": self.notes,
            "disagreement_count": len(self.disagreements),
            "disagreements": [one.as_json() for one in self.disagreements],
            "extra": self.extra,
        }


# -- figures over pairs of (expected, ours) ----------------------------------------------------------------------------------


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float | None:
    """The mean F1 over the classes that are expected anywhere; an open answer is of no class."""
    labels = sorted({expected for expected, _ in pairs})
    if not labels:
        return None
    found = []
    for label in labels:
        both = sum(expected == ours == label for expected, ours in pairs)
        named = sum(expected == label for expected, _ in pairs) + sum(ours == label for _, ours in pairs)
        found.append(2 * both / named if named else 0.0)
    return sum(found) / len(found)


def confusion(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Expected -> ours -> how many."""
    found: dict[str, dict[str, int]] = {}
    for expected, ours in pairs:
        row = found.setdefault(expected, {})
        row[ours] = row.get(ours, 0) + 1
    return {expected: dict(sorted(row.items())) for expected, row in sorted(found.items())}


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two readers; None where there is nothing to compare, or both always say one and the same."""
    if not pairs:
        return None
    of = len(pairs)
    agreed = sum(one == other for one, other in pairs) / of
    labels = {label for pair in pairs for label in pair}
    chance = sum(sum(one == label for one, _ in pairs) * sum(two == label for _, two in pairs) for label in labels) / of**2
    return None if chance == 1 else (agreed - chance) / (1 - chance)
