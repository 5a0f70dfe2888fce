"""The two trees scored: every path of theirs as a dossier, our answer beside theirs, and each kind of difference adjudicated.

Each tree is answered by the text that it was written after, and once more in other ways (the text before or after, and as the
Commission reads it); of those, what comes out otherwise is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from guiju.norms import CorpusError
from guiju.wording import GuijuError
from truth.engine import COMMISSION
from truth.scores import SetScore
from truth.sets import json_lines

from . import ngo, nl
from .compare import AGREED, TOGETHER, Compared, Judged, read_entries
from .engine import Engine, Seen, engine_of
from .mapping import MappingError, Tree, read_tree

HERE = Path(__file__).resolve().parent
ADJUDICATED = HERE / "adjudicated.yaml"
BEFORE_2026 = date(2026, 7, 23)
"""The last day on which only the text of 2024 was known."""

JUDGED = {name for name, verdicts in TOGETHER.items() if verdicts != (AGREED,)}
"""Figures that count verdicts; these were given on the first way of asking."""

Case = dict[str, Any]
Engines = Callable[[date, date | None, str | None], Engine]


@dataclass(frozen=True)
class Way:
    """One way of asking: what is said of it, as known on which day, read by whom."""

    told: str
    known: date | None = None
    reader: str | None = None


@dataclass(frozen=True)
class Scored:
    """A tree: its mapping, the file of its paths, what each has and whether that can be read, the parts compared, and how."""

    name: str
    mapping: str
    paths: str
    shapes: Mapping[str, Callable[[Any], bool]]
    parts: Sequence[str]
    ways: Sequence[Way]
    compare: Callable[[Case, Seen], Compared]

    @property
    def tree(self) -> Tree:
        return read_tree(HERE / self.mapping)


def score_tree(of: Scored, data: Path, engines: Engines = engine_of) -> SetScore:
    """One tree; paths that cannot be read, or that the mapping does not know, are left out and told."""
    path = data / of.paths
    if not path.is_file():
        return SetScore(of.name, state="absent", notes=[f"{path.name} is not there"])
    lines, notes = json_lines(path)
    tree = of.tree
    engine = engines(tree.on, tree.known, None)
    cases, dossiers, refused = mapped(of, tree, [case for _, case in lines], engine)
    notes += refused
    if not cases:
        return SetScore(of.name, state="empty", rows=len(lines), notes=notes)
    score = judged(of, cases, dossiers, engine)
    notes.append(f"asked for {tree.on}, as known on {tree.known or 'that day'}")
    for way in of.ways:
        try:
            other = engines(tree.on, way.known, way.reader)
        except CorpusError as problem:
            notes.append(f"not asked {way.told}: {problem.message('en')}")
            continue
        notes.append(_beside(score, way.told, judged(of, cases, dossiers, other)))
    return replace(score, notes=notes)


def mapped(of: Scored, tree: Tree, paths: Sequence[Case], engine: Engine) -> tuple[list[Case], list[str], list[str]]:
    """The paths that can be scored with their dossiers; and of the others, each reason with how many are left out for it."""
    cases: list[Case] = []
    dossiers: list[str] = []
    refused: Counter[str] = Counter()
    for path in paths:
        if problem := _misshapen(of, path):
            refused[f"{tree.name}: {problem}"] += 1
            continue
        try:
            dossier = tree.dossier(path["answers"])
            engine.ask(dossier, duties="articles" in of.parts)
        except MappingError as error:
            refused[str(error)] += 1
        except GuijuError as error:
            refused[f"{tree.name}: {error.message('en')}"] += 1
        else:
            cases.append(path)
            dossiers.append(dossier)
    return cases, dossiers, [f"{count} left out: {reason}" for reason, count in refused.most_common()]


def _misshapen(of: Scored, path: Case) -> str:
    """What a path lacks, or has in another form; empty where it can be read."""
    lacking = [key for key in of.shapes if key not in path]
    if lacking:
        return f"a path without {', '.join(lacking)}"
    strange = [key for key, fits in of.shapes.items() if not fits(path[key])]
    return f"a path with {', '.join(strange)} that cannot be read" if strange else ""


def _beside(score: SetScore, told: str, other: SetScore) -> str:
    """Adds the figures that come out otherwise another way; what is to be said of it."""
    known = {figure.name: figure.accuracy for figure in score.figures}
    changed = [figure for figure in other.figures if figure.name not in JUDGED and known.get(figure.name) != figure.accuracy]
    score.figures += [replace(figure, name=f"{figure.name}, {told}", confusion={}) for figure in changed]
    return f"{told}: " + (f"{len(changed)} figures come out otherwise" if changed else "the same figures")


def judged(of: Scored, cases: Sequence[Case], dossiers: Sequence[str], engine: Engine) -> SetScore:
    """The cases of one tree compared, in their order."""
    seen = [engine.ask(dossier, duties="articles" in of.parts) for dossier in dossiers]
    rows = [of.compare(case, one) for case, one in zip(cases, seen, strict=True)]
    return Judged(of.name, rows, read_entries(ADJUDICATED)).score(of.parts, {"dossiers": len(set(dossiers))})


# -- what a path has ---------------------------------------------------------------------------------------------------------


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_list(value: object, of: type) -> bool:
    return isinstance(value, list) and all(isinstance(one, of) and not isinstance(one, bool) for one in value)


def _is_answers(value: object) -> bool:
    """Whether each question has one answer, or several."""
    return isinstance(value, dict) and all(isinstance(one, str) or _is_list(one, str) for one in value.values())


NL = Scored(
    nl.NAME,
    "nl.yaml",
    nl.FILE,
    {"id": _is_text, "answers": _is_answers, "labels": partial(_is_list, of=str), "articles_named": partial(_is_list, of=int)},
    nl.PARTS,
    (Way("by the text of 2026"),),
    nl.compare,
)
NGO = Scored(
    ngo.NAME,
    "ngo.yaml",
    ngo.FILE,
    {"id": _is_text, "answers": _is_answers, "outcome": ngo.OUTCOMES.__contains__},
    ngo.PARTS,
    (Way("as the Commission reads it", reader=COMMISSION), Way("by the text of 2024", known=BEFORE_2026)),
    ngo.compare,
)
TREES = (NL, NGO)
