"""The two trees scored: every path of theirs as a dossier, our answer beside theirs, and each kind of difference adjudicated.

Each tree is answered by the text that it was written after, and once more in other ways (the text before or after, and as the
Commission reads it); of those, what comes out otherwise is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from guiju.norms import CorpusError
from truth.scores import SetScore
from truth.sets import json_lines

from . import ngo, nl
from .compare import AGREED, TOGETHER, Compared, Judged, read_entries
from .engine import Engine, engine_of
from .mapping import MappingError, Tree, read_tree

HERE = Path(__file__).resolve().parent
ADJUDICATED = HERE / "adjudicated.yaml"
BEFORE_2026 = date(2026, 7, 23)
"""The last day on which only the text of 2024 was known."""

COMMISSION = "European Commission"
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
    """A tree: its mapping, the file of its paths and what each has, the parts compared, and how."""

    name: str
    mapping: str
    paths: str
    keys: Sequence[str]
    parts: Sequence[str]
    ways: Sequence[Way]
    compare: Callable[[Sequence[Case], Sequence[Any]], list[Compared]]

    @property
    def tree(self) -> Tree:
        return read_tree(HERE / self.mapping)


def score_trees(data: Path, engines: Engines = engine_of) -> list[SetScore]:
    """Both trees; a file that is not in ``data`` is told as absent; paths that a mapping does not know are left out and told."""
    return [_scored(of, data / of.paths, engines) for of in (NL, NGO)]


def _scored(of: Scored, path: Path, engines: Engines) -> SetScore:
    if not path.is_file():
        return SetScore(of.name, state="absent", notes=[f"{path.name} is not there"])
    lines, notes = json_lines(path)
    tree = of.tree
    cases, dossiers, refused = mapped(tree, [case for _, case in lines], of.keys)
    notes += refused
    if not cases:
        return SetScore(of.name, state="refused", rows=len(lines), notes=notes)
    score = judged(of, cases, dossiers, engines(tree.on, tree.known, None))
    notes.append(f"asked for {tree.on}, as known on {tree.known or 'that day'}")
    for way in of.ways:
        try:
            engine = engines(tree.on, way.known, way.reader)
        except CorpusError as problem:
            notes.append(f"not asked {way.told}: {problem.message('en')}")
            continue
        notes.append(_beside(score, way.told, judged(of, cases, dossiers, engine)))
    return replace(score, notes=notes)


def mapped(tree: Tree, paths: Sequence[Case], keys: Sequence[str]) -> tuple[list[Case], list[str], list[str]]:
    """The paths that can be scored with their dossiers; and of the others, each reason with how many are left out for it."""
    cases: list[Case] = []
    dossiers: list[str] = []
    refused: Counter[str] = Counter()
    for path in paths:
        lacking = [key for key in keys if key not in path]
        if lacking:
            refused[f"{tree.name}: a path without {', '.join(lacking)}"] += 1
            continue
        try:
            dossiers.append(tree.dossier(path["answers"]))
        except MappingError as error:
            refused[str(error)] += 1
        else:
            cases.append(path)
    return cases, dossiers, [f"{count} left out: {reason}" for reason, count in refused.most_common()]


def _beside(score: SetScore, told: str, other: SetScore) -> str:
    """Adds the figures that come out otherwise another way; what is to be said of it."""
    known = {figure.name: figure.accuracy for figure in score.figures}
    changed = [figure for figure in other.figures if figure.name not in JUDGED and known.get(figure.name) != figure.accuracy]
    score.figures += [replace(figure, name=f"{figure.name}, {told}", confusion={}) for figure in changed]
    return f"{told}: " + (f"{len(changed)} figures come out otherwise" if changed else "the same figures")


def judged(of: Scored, cases: Sequence[Case], dossiers: Sequence[str], engine: Engine) -> SetScore:
    """The cases of one tree compared, in their order."""
    rows = of.compare(cases, [engine.ask(dossier, duties="articles" in of.parts) for dossier in dossiers])
    extra: dict[str, Any] = {"dossiers": len(set(dossiers))}
    if "articles" in of.parts:
        extra["articles compared"] = {roles: sorted(articles) for roles, articles in nl.alphabets(cases).items()}
    return Judged(of.name, rows, read_entries(ADJUDICATED)).score(of.parts, extra)


def _nl_rows(cases: Sequence[Case], seen: Sequence[Any]) -> list[Compared]:
    alphabets = nl.alphabets(cases)
    return [nl.compare(case, one, alphabets[nl.roles_of(case["labels"])]) for case, one in zip(cases, seen, strict=True)]


def _ngo_rows(cases: Sequence[Case], seen: Sequence[Any]) -> list[Compared]:
    return [ngo.compare(case, one) for case, one in zip(cases, seen, strict=True)]


NL = Scored(
    nl.NAME,
    "nl.yaml",
    nl.FILE,
    ("id", "answers", "labels", "articles_named"),
    nl.PARTS,
    (Way("by the text of 2026"),),
    _nl_rows,
)
NGO = Scored(
    ngo.NAME,
    "ngo.yaml",
    ngo.FILE,
    ("id", "answers", "outcome"),
    ngo.PARTS,
    (Way("as the Commission reads it", reader=COMMISSION), Way("by the text of 2024", known=BEFORE_2026)),
    _ngo_rows,
)
