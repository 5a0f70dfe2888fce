"""The filed impact assessments of ``canada`` as a score: exact equality of every figure, and of the level alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .canada import score
from .scores import Disagreement, Figure, SetScore, Share

NAME = "canada"
FILE = "canada-aia-assessments.jsonl"
LEVEL = "impact_level"


def score_assessments(data: Path) -> SetScore:
    """How many of the rows with a published result come out exactly so; what cannot be counted is said, why, and our figures."""
    found = SetScore(NAME)
    if not (data / FILE).is_file():
        found.state = "absent"
        return found
    rows = score(data / FILE, found.notes)
    found.rows = len(rows)
    if not rows:
        found.state = "empty"
        return found
    counted = [row for row in rows if row["scorable"]]
    same_level = [row for row in counted if row["got"][LEVEL] == row["expected"][LEVEL]]
    found.figures = [
        Figure("every figure", Share(sum(row["exact"] for row in counted), len(counted))),
        Figure("the level alone", Share(len(same_level), len(counted))),
    ]
    found.notes += [f"{row['id']}: not counted: {row['reason']}{_ours(row)}" for row in rows if not row["scorable"]]
    found.disagreements = [_disagreement(row) for row in counted if not row["exact"]]
    return found


def _ours(row: dict[str, Any]) -> str:
    """Our figures for a row, where there is an edition to score it by."""
    return f": {_told(row['got'], row['got'])}" if row["got"] else ""


def _told(figures: dict[str, Any], keys: Iterable[str]) -> str:
    return ", ".join(f"{key} {figures[key]}" for key in keys)


def _disagreement(row: dict[str, Any]) -> Disagreement:
    """The figures of one row that differ; our reason are the points of each section, our clause the edition."""
    differing = [key for key, wanted in row["expected"].items() if row["got"][key] != wanted]
    expected, ours = (_told(side, differing) for side in (row["expected"], row["got"]))
    reason = "; ".join([f"points by section: {row['points']}", *row["notes"]])
    return Disagreement(NAME, row["id"], "every figure", expected, ours, reason, f"ca/aia {row['version']}", source_id=row["id"])
