"""The questions of the time line, put to the engine as law cases: right if every case of a question comes out as expected.

The cases stand in timeline.yaml. A question that has none, or whose published answer has changed, is said and not scored.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from guiju.assess import Assessment
from guiju.assess.document import row_json
from guiju.calendars import parse_day
from guiju.norms import Corpus, Item, Map, Program, Seq, answer, plain
from guiju.subjects import dossier_from

from .parts import as_map, put_together, read_map
from .scores import Disagreement, Figure, SetScore, Share

CASES = Path(__file__).resolve().parent / "timeline.yaml"
NAME = "timeline"


def score_timeline(path: Path, corpus: Corpus, cases: Path = CASES) -> SetScore:
    """How many of the questions that the file puts are answered as it answers them."""
    found = SetScore(NAME)
    if not path.is_file():
        found.state = "absent"
        return found
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["queries_for_tests"]
        asked = [(str(one["q"]), str(one["a"])) for one in listed]
    except (ValueError, KeyError, TypeError):
        return SetScore(NAME, "refused", notes=[f"{path.name}: no list “queries_for_tests” of questions and answers"])
    written = read_map(cases)
    questions = {str(plain(one)["asks"]): one for one in _seq(written.items["questions"])}
    parts = as_map(written.items["parts"])
    found.rows = len(asked)
    right = of = 0
    told = []
    for number, (question, says) in enumerate(asked, 1):
        entry = questions.get(question)
        if entry is None or str(plain(entry)["says"]) != says:
            reason = (
                "no case is written for it" if entry is None else "its published answer is another than the case was written for"
            )
            found.notes.append(f"question {number} is not scored: {reason}")
            continue
        wrong = [one for case in _seq(as_map(entry).items["cases"]) for one in _wrong(as_map(case), parts, corpus)]
        of += 1
        right += not wrong
        told.append(f"{'as expected' if not wrong else 'OTHERWISE'}: {question} {says}")
        found.disagreements += [Disagreement(NAME, f"q{number}", "answers", says, "; ".join(wrong))] if wrong else []
    found.figures = [Figure("answers", Share(right, of))]
    found.extra["questions"] = told
    return found


def _seq(item: Item) -> Seq:
    if not isinstance(item, Seq):
        raise TypeError(f"{item.where}: no list")
    return item


def _wrong(case: Map, parts: Map, corpus: Corpus) -> list[str]:
    """What comes out otherwise than expected, in words."""
    said: dict[str, Any] = {key: plain(one) for key, one in case.items.items() if key != "more"}
    dossier = dossier_from(put_together(parts, said["of"], case.items.get("more")), NAME, corpus.vocabulary)
    program = Program(corpus, parse_day(said["on"]))
    found = Assessment(dossier, corpus, program, answer(program, dossier.world))
    got = _fine(found, said["breach_of"]) if "breach_of" in said else _duty(found, said["norm"])
    return [f"{said['on']} {key}: {got.get(key)}" for key, wanted in said["expect"].items() if not _fits(got.get(key), wanted)]


def _fits(got: object, wanted: object) -> bool:
    """Whether what came out is what was expected, one of several that may be, or names it among others."""
    if isinstance(got, list):
        return wanted in got
    return got in wanted if isinstance(wanted, list) else got == wanted


def _duty(found: Assessment, norm: str) -> dict[str, Any]:
    """The one row of a norm."""
    rows = [row for row in found.results.rows if row.norm.id == norm]
    return row_json(found, rows[0]) if len(rows) == 1 else {"rows": len(rows)}


def _fine(found: Assessment, provision: str) -> dict[str, Any]:
    """The one amount that breaking a provision may cost, over all the duties in scope there; ``norm``: by which norms."""
    covers = found.corpus.contents.covers
    rows = [row_json(found, row) for row in found.results.rows if covers(provision, row.norm.id)]
    fines = [
        (sanction["norm"], tier["fine"])
        for row in rows
        if row["in_scope"] == "yes"
        for sanction in row["sanctions"]
        for tier in sanction["tiers"]
        if "fine" in tier
    ]
    amounts = list({str(sorted(fine.items())): fine for _, fine in fines}.values())
    return {**amounts[0], "norm": sorted({norm for norm, _ in fines})} if len(amounts) == 1 else {"fines": len(amounts)}
