"""The questions of the time line, put to the engine as law cases: right if every case of a question comes out as expected.

The cases stand in timeline.yaml, beside the published answers and what is expected of us: a test of known cases. A question that
has none, or whose published answer has changed, is said and not scored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.assess import Assessment
from guiju.assess.document import row_json
from guiju.calendars import parse_day
from guiju.norms import Corpus, Item, Map, Program, Row, Seq, answer, plain
from guiju.subjects import dossier_from

from .engine import named_missing, told_reasons
from .parts import as_map, put_together, read_map
from .scores import Disagreement, Figure, SetScore, Share

CASES = Path(__file__).resolve().parent / "timeline.yaml"
NAME = "timeline"
FIGURE = "known cases"


@dataclass(frozen=True)
class Wrong:
    """What comes out of one case otherwise than expected, the provision that was asked about, and our grounds."""

    ours: str
    clause: str
    reason: str


def score_timeline(path: Path, corpus: Corpus, cases: Path = CASES) -> SetScore:
    """How many of the questions that the file puts are answered as it answers them."""
    found = SetScore(NAME)
    if not path.is_file():
        found.state = "absent"
        return found
    try:
        listed = list(json.loads(path.read_text(encoding="utf-8-sig"))["queries_for_tests"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return SetScore(NAME, "refused", notes=[f"{path.name}: no list “queries_for_tests” of questions and answers"])
    written = read_map(cases)
    questions = {str(plain(one)["asks"]): as_map(one) for one in _seq(written.items["questions"])}
    parts = as_map(written.items["parts"])
    found.rows = len(listed)
    told = []
    for number, one in enumerate(listed, 1):
        entry = _entry(one, questions)
        if isinstance(entry, str):
            found.notes.append(f"question {number} is not scored: {entry}")
            continue
        wrong = [other for case in _seq(entry.items["cases"]) for other in _wrong(as_map(case), parts, corpus)]
        told.append(f"{'as expected' if not wrong else 'OTHERWISE'}: {one['q']} {one['a']}")
        found.disagreements += [_disagreement(f"q{number}", one["a"], wrong)] if wrong else []
    if not told:
        found.state = "empty"
        return found
    found.figures = [Figure(FIGURE, Share(len(told) - len(found.disagreements), len(told)))]
    found.notes.append("a test of known cases: what is expected of us was written down beside the published answers")
    found.extra["questions"] = told
    return found


def _entry(one: Any, questions: Mapping[str, Map]) -> Map | str:
    """The cases of a question and answer; or why these cannot be scored."""
    if not isinstance(one, dict) or not isinstance(one.get("q"), str) or not isinstance(one.get("a"), str):
        return "it is no question with an answer in words"
    entry = questions.get(one["q"])
    if entry is None:
        return "no case is written for it"
    same = str(plain(entry)["says"]) == one["a"]
    return entry if same else "its published answer is another than the case was written for"


def _disagreement(identifier: str, says: str, wrong: list[Wrong]) -> Disagreement:
    """What is wrong in any case of one question, each ground once."""
    ours = "; ".join(one.ours for one in wrong)
    reason = " | ".join(dict.fromkeys(one.reason for one in wrong))
    return Disagreement(NAME, identifier, FIGURE, says, ours, reason, ", ".join(dict.fromkeys(one.clause for one in wrong)))


def _seq(item: Item) -> Seq:
    if not isinstance(item, Seq):
        raise TypeError(f"{item.where}: no list")
    return item


def _wrong(case: Map, parts: Map, corpus: Corpus) -> list[Wrong]:
    """What comes out otherwise than expected."""
    said: dict[str, Any] = {key: plain(one) for key, one in case.items.items() if key != "more"}
    dossier = dossier_from(put_together(parts, said["of"], case.items.get("more")), NAME, corpus.vocabulary)
    program = Program(corpus, parse_day(said["on"]))
    found = Assessment(dossier, corpus, program, answer(program, dossier.world))
    clause = said.get("breach_of") or said["norm"]
    got = _fine(found, clause) if "breach_of" in said else _duty(found, clause)
    differing = [key for key, wanted in said["expect"].items() if not _fits(got.get(key), wanted)]
    reason = _reason(found, clause) if differing else ""
    return [Wrong(f"{said['on']} {key}: {got.get(key)}", clause, reason) for key in differing]


def _reason(found: Assessment, provision: str) -> str:
    """Our answer to every duty at a provision, with its grounds or what is missing."""
    covers = found.corpus.contents.covers
    rows = [row for row in found.results.rows if row.norm.kind == "duty" and covers(provision, row.norm.id)]
    return "; ".join(_of_row(row) for row in rows) or f"no duty at {provision}"


def _of_row(row: Row) -> str:
    days = f"from {row.timing.from_day} until {row.timing.until_day}"
    grounds = told_reasons(row.because) or f"open: {named_missing(row.missing)}"
    return f"{row.norm.id} in scope {row.in_scope.value}, {row.timing.status} {days} ({grounds})"


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
