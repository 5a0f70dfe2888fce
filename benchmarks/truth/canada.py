"""Published algorithmic impact assessments of Canada's government, scored by the questionnaire edition that each names.

    python benchmarks/truth/canada.py FILE ...

Every row is taken as it stands, as the official tool shows a file just read. A row without a published result is scored as
well, and is not counted. Nothing is guessed: an edition that is not held is said not to be, a line that is no row left out.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, Final

from guiju.norms import builtin
from guiju.questionnaires import Asking, Questionnaire, Score, Shelf, answers_of, score_json, shelf_of
from guiju.questionnaires import score as scored
from guiju.wording import GuijuError

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from truth.sets import Raw, json_lines

FIGURES: Final = ("raw_score", "max_raw", "mitigation_score", "max_mitigation", "current_score", "impact_level")


@cache
def _shelf() -> Shelf:
    return shelf_of(builtin())


def score(path: Path | str, notes: list[str] | None = None) -> list[dict[str, Any]]:
    """Each row of a file: id, version, expected and got figures, whether they are the same, and why a row cannot be counted.

    ``scorable`` says that there is an edition to score by and a published result to hold it against. What is no row is left out
    and put into ``notes``.
    """
    lines, left_out = json_lines(Path(path))
    found = []
    for number, raw in lines:
        if isinstance(raw.get("id"), str) and isinstance(raw.get("label"), dict | None):
            found.append(_row(raw, f"{path}:{number}"))
        else:
            left_out.append(f"{Path(path).name}, line {number}: no id, or a result of another form; left out")
    if notes is not None:
        notes += left_out
    return found


def _row(raw: Raw, place: str) -> dict[str, Any]:
    label = raw.get("label") or {}
    expected = {key: label[key] for key in FIGURES} if all(label.get(key) is not None for key in FIGURES) else None
    row = {"id": raw["id"], "version": raw.get("survey_version"), "expected": expected, "got": None, "points": ""}
    try:
        answers = answers_of(raw, place)
        edition = _shelf().edition_of(answers)
        found = scored(edition, answers, Asking.RECORDED)
    except GuijuError as problem:
        return {**row, "exact": False, "scorable": False, "reason": problem.message("en"), "notes": []}
    got = {key: score_json(found)[key] for key in FIGURES}
    scorable = expected is not None
    reason = "" if scorable else "no result was published beside the answers; the figures are ours alone"
    row |= {"got": got, "points": _points(found), "notes": _notes(edition, found)}
    return {**row, "exact": got == expected, "scorable": scorable, "reason": reason}


def _points(found: Score) -> str:
    """The points that stand in the sums, section by section."""
    points: Counter[str] = Counter()
    for one in found.trace:
        points[one.section] += one.points if one.taken else 0
    return ", ".join(f"{section} {count}" for section, count in points.items())


def _notes(edition: Questionnaire, found: Score) -> list[str]:
    notes = [one.text["en"] for one in found.remarks]
    if found.dropped:
        names = ", ".join(one.question for one in found.dropped)
        completed = found.completed()
        notes.append(
            f"answers questions that {edition.version} does not ask ({names}); "
            f"without them {completed.current}, level {completed.level_name}"
        )
    return notes


def main(paths: list[str]) -> None:
    """Print the rows of files and the counts."""
    notes: list[str] = []
    rows = [row for path in paths for row in score(path, notes)]
    for note in notes:
        print(note)
    for row in rows:
        mark = "exact" if row["exact"] else "differs" if row["scorable"] else "not counted"
        print(f"{row['id']}  {row['version']!s:8}  {mark:11}  {row['got']}  {row['reason']}")
        for note in row["notes"]:
            print(f"{'':15}{note}")
    counted = [row for row in rows if row["scorable"]]
    print(f"exact: {sum(row['exact'] for row in counted)} of {len(counted)} scorable, {len(rows)} rows")


if __name__ == "__main__":
    main(sys.argv[1:])
