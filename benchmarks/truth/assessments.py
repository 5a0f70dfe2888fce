"""The filed impact assessments of ``canada`` as a score: exact equality of every figure, and of the level alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .canada import score
from .scores import Disagreement, Figure, SetScore, Share

NAME = "canada"
LEVEL = "impact_level"


def score_assessments(path: Path) -> SetScore:
    """How many of the rows with a published result come out exactly so; what cannot be counted is said, and why."""
    rows = score(path)
    counted = [row for row in rows if row["scorable"]]
    found = SetScore(NAME, rows=len(rows))
    same_level = [row for row in counted if row["got"][LEVEL] == row["expected"][LEVEL]]
    found.figures = [
        Figure("every figure", Share(sum(row["exact"] for row in counted), len(counted))),
        Figure("the level alone", Share(len(same_level), len(counted))),
    ]
    found.notes = [f"{row['id']}: not counted: {row['reason']}" for row in rows if not row["scorable"]]
    found.disagreements = [_disagreement(row) for row in counted if not row["exact"]]
    return found


def _disagreement(row: dict[str, Any]) -> Disagreement:
    """The figures of one row that differ."""
    differing = [key for key, wanted in row["expected"].items() if row["got"][key] != wanted]
    expected, ours = (", ".join(f"{key} {side[key]}" for key in differing) for side in (row["expected"], row["got"]))
    return Disagreement(NAME, str(row["id"]), "every figure", expected, ours, "; ".join(row["notes"]), str(row["version"]))
