"""Published algorithmic impact assessments of Canada's government, scored by the questionnaire edition that each names.

Every row is taken as it stands, as the official tool shows a file just read. A row without a published result is scored as
well, and is not counted. Nothing is guessed: an edition that is not held is said not to be.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from guiju.norms import builtin
from guiju.questionnaires import Asking, Questionnaire, Score, Shelf, answers_of, score_json, shelf_of
from guiju.questionnaires import score as scored
from guiju.wording import GuijuError

FIGURES: Final = ("raw_score", "max_raw", "mitigation_score", "max_mitigation", "current_score", "impact_level")


@cache
def _shelf() -> Shelf:
    return shelf_of(builtin())


def score(path: Path | str) -> list[dict[str, Any]]:
    """Each row of a file: id, version, expected and got figures, whether they are the same, and why a row cannot be counted.

    ``scorable`` says that there is an edition to score by and a published result to hold it against.
    """
    return [_row(line, f"{path}:{number}") for number, line in _lines(Path(path))]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            yield number, line


def _row(line: str, place: str) -> dict[str, Any]:
    raw = json.loads(line)
    label = raw.get("label") or {}
    expected = {key: int(label[key]) for key in FIGURES} if all(label.get(key) is not None for key in FIGURES) else None
    row = {"id": raw["id"], "version": raw.get("survey_version"), "expected": expected, "got": None}
    try:
        answers = answers_of(raw, place)
        edition = _shelf().edition_of(answers)
        found = scored(edition, answers, Asking.RECORDED)
    except GuijuError as problem:
        return {**row, "exact": False, "scorable": False, "reason": problem.message("en"), "notes": []}
    got = {key: score_json(found)[key] for key in FIGURES}
    scorable = expected is not None
    reason = "" if scorable else "no result was published beside the answers; the figures are ours alone"
    return {**row, "got": got, "exact": got == expected, "scorable": scorable, "reason": reason, "notes": _notes(edition, found)}


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
    rows = [row for path in paths for row in score(path)]
    for row in rows:
        mark = "exact" if row["exact"] else "differs" if row["scorable"] else "not counted"
        print(f"{row['id']}  {row['version']:8}  {mark:11}  {row['got']}  {row['reason']}")
        for note in row["notes"]:
            print(f"{'':15}{note}")
    counted = [row for row in rows if row["scorable"]]
    print(f"exact: {sum(row['exact'] for row in counted)} of {len(counted)} scorable, {len(rows)} rows")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
