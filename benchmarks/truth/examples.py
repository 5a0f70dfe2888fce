"""The sets of examples in words scored: facts stated blind, our answers under two readers, and the figures beside them.

The published label of a row is read here and nowhere else. A row without facts is not scored and said; one that we leave open
counts as wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.subjects import Dossier

from . import tfidf
from .engine import Engine, Told
from .facts import Facts, agreement, judged, read_facts
from .predict import TERMS, Predict, UnknownQuestionError, art50, definition, highrisk, prohibited
from .scores import ABSTAINED, Disagreement, Figure, SetScore, Share, cohen_kappa, confusion, macro_f1
from .sets import EXAMPLES, Examples, Raw, Row, rows_of


@dataclass(frozen=True)
class Rules:
    """How a set is answered and counted: its predictor, the gravest classes, what must not become of these, and what is between.

    ``binary``: whether the gravest class against the rest is a figure of its own.
    """

    predict: Predict
    grave: frozenset[str]
    mild: frozenset[str]
    between: frozenset[str] = frozenset()
    binary: bool = False

    @property
    def classes(self) -> frozenset[str]:
        """Every label of the set."""
        return self.grave | self.mild | self.between


_POSITIVE = frozenset(label for _, _, label, _ in TERMS.values())
_NOT = frozenset(f"not_{one}" for one in _POSITIVE)
RULES: Mapping[str, Rules] = {
    "highrisk": Rules(highrisk, frozenset({"within"}), frozenset({"outside", "filtered"}), binary=True),
    "prohibited": Rules(prohibited, frozenset({"prohibited"}), frozenset({"not_prohibited"}), frozenset({"conditional"})),
    "art50": Rules(art50, frozenset({"applies"}), frozenset({"exempt", "out_of_scope"}), frozenset({"attenuated"}), binary=True),
    "definition": Rules(definition, frozenset({*_POSITIVE, "not_filtered"}), frozenset({*_NOT, "filtered", "outside"})),
}
SPELT = {"GPAI_model": "GPAI", "not_GPAI_model": "not_GPAI", "in_scope": "not_filtered"}
"""Other spellings of a label."""


@dataclass(frozen=True)
class Scored:
    """One row with its label, our answer, and whether the facts hold any judgement."""

    row: Row
    expected: str
    told: Told
    judged: bool

    @property
    def right(self) -> bool:
        return self.told.answer == self.expected


def score_examples(examples: Examples, data: Path, facts_dir: Path, engines: Sequence[Engine]) -> SetScore:
    """A set scored; what is not there, or cannot be, is said in the state and the notes."""
    found = SetScore(examples.name)
    if not (data / examples.file).is_file():
        found.state = "absent"
        return found
    rows, found.notes = rows_of(examples, data)
    found.rows = len(rows)
    facts = read_facts(facts_dir, examples.name, engines[0].corpus.vocabulary)
    found.notes += facts.notes
    rules = RULES[examples.name]
    labelled = _labelled(rows, rules, found.notes)
    if not labelled:
        found.state = "empty"
        return found
    found.baselines = _baselines(labelled)
    missing = [row.key for row, _ in labelled if row.key not in facts.first.dossiers]
    if missing:
        found.notes.append(f"{len(missing)} of {len(labelled)} rows have no facts and are not scored")
    if len(missing) == len(labelled):
        found.state = "no-facts"
        return found
    found.changes = len([change for change in facts.changes if change.id in {row.key for row, _ in labelled}])
    _figures(found, rules, labelled, facts, engines)
    _two_readers(found, rules, labelled, facts, engines[-1])
    return found


def _labelled(rows: Sequence[Row], rules: Rules, notes: list[str]) -> list[tuple[Row, str]]:
    """The rows whose label is one of the set; of the others only the number and the label are told."""
    found = []
    unknown: Counter[str] = Counter()
    for row in rows:
        label = SPELT.get(str(row.raw.get("label")), str(row.raw.get("label")))
        if label in rules.classes:
            found.append((row, label))
        else:
            unknown[label] += 1
    notes += [
        f"{count} rows have a label that is not known here, and are not scored: {label}" for label, count in unknown.items()
    ]
    return found


def _baselines(labelled: Sequence[tuple[Row, str]]) -> dict[str, Share]:
    """What the most frequent label gets, and what the words alone give away."""
    labels = [label for _, label in labelled]
    most = max(Counter(labels).values())
    guessed = tfidf.predicted([row.text for row, _ in labelled], labels)
    right = sum(one == other for one, other in zip(guessed, labels, strict=True))
    return {"majority": Share(most, len(labels)), "tf-idf": Share(right, len(labels))}


def _figures(found: SetScore, rules: Rules, labelled: Sequence[tuple[Row, str]], facts: Facts, engines: Sequence[Engine]) -> None:
    """Every reader with the facts as first written; and, where there are changes, with the facts as they stand now."""
    wrong: dict[tuple[str, str], tuple[list[str], Scored]] = {}
    states = [("first reading", facts.first)] + ([("after changes", facts.changed)] if facts.changes else [])
    for state, reading in states:
        for engine in engines:
            name = f"{engine.reader}, {state}"
            scored = _answers(rules, labelled, reading.dossiers, engine, found.notes)
            found.figures.append(_figure(name, rules, scored))
            found.extra.setdefault("by_question", {})[name] = _by_question(scored)
            for one in scored:
                if not one.right:
                    wrong.setdefault((one.row.key, one.told.answer), ([], one))[0].append(name)
    found.notes = list(dict.fromkeys(found.notes))
    found.disagreements = [_disagreement(found.name, names, one) for names, one in wrong.values()]


def _answers(
    rules: Rules, labelled: Sequence[tuple[Row, str]], dossiers: Mapping[str, Dossier], engine: Engine, notes: list[str]
) -> list[Scored]:
    found = []
    for row, label in labelled:
        if row.key not in dossiers:
            continue
        told = answered(rules.predict, engine, dossiers[row.key], row.raw)
        if told is None:
            notes.append(f"{row.question}: no norm or term is named for it; its rows are not scored")
            continue
        found.append(Scored(row, label, told, bool(judged(dossiers[row.key]))))
    return found


def answered(predict: Predict, engine: Engine, dossier: Dossier, raw: Raw) -> Told | None:
    """Our answer; None where nothing of ours is named for the question."""
    try:
        return predict(engine, engine.asked(dossier), raw)
    except UnknownQuestionError:
        return None


def _figure(name: str, rules: Rules, scored: Sequence[Scored]) -> Figure:
    pairs = [(one.expected, one.told.answer) for one in scored]
    grave = [one for one in scored if one.expected in rules.grave]
    settled = [one for one in scored if one.told.answer != ABSTAINED]
    free = [one for one in settled if not one.judged and not one.told.missing]
    told_apart = sum((one.told.answer in rules.grave) == (one.expected in rules.grave) for one in settled)
    return Figure(
        name,
        Share(sum(one.right for one in scored), len(scored)),
        macro_f1(pairs),
        Share(sum(one.told.answer in rules.mild for one in grave), len(grave)),
        Share(sum(one.right for one in free), len(free)),
        Share(told_apart, len(scored)) if rules.binary else None,
        len(scored) - len(settled),
        confusion(pairs),
    )


def _by_question(scored: Sequence[Scored]) -> dict[str, dict[str, Any]]:
    found: dict[str, list[bool]] = {}
    for one in scored:
        found.setdefault(one.row.question.partition(" (domain")[0], []).append(one.right)
    return {question: {"right": sum(rights), "of": len(rights)} for question, rights in sorted(found.items())}


def _disagreement(name: str, figures: list[str], one: Scored) -> Disagreement:
    return Disagreement(
        name, one.row.key, "; ".join(figures), one.expected, one.told.answer, one.told.reason, one.told.clause,
        source_id=str(one.row.raw.get("id", "")),
    )  # fmt: skip


def _two_readers(found: SetScore, rules: Rules, labelled: Sequence[tuple[Row, str]], facts: Facts, engine: Engine) -> None:
    """Cohen's kappa of the answers that two readers' facts lead to, and how far they state the same."""
    both = [row for row, _ in labelled if row.key in facts.first.dossiers and row.key in facts.second.dossiers]
    if not both:
        return
    pairs = []
    for row in both:
        one, two = (answered(rules.predict, engine, side.dossiers[row.key], row.raw) for side in (facts.first, facts.second))
        if one is not None and two is not None:
            pairs.append((one.answer, two.answer))
    keys = {row.key for row in both}
    first, second = ({key: one for key, one in side.dossiers.items() if key in keys} for side in (facts.first, facts.second))
    found.agreement = {
        "reader": engine.reader,
        "same_answer": Share(sum(one == two for one, two in pairs), len(pairs)).as_json(),
        "kappa": cohen_kappa(pairs),
        **agreement(first, second),
    }


# -- checking without scoring ------------------------------------------------------------------------------------------------


def check_examples(data: Path, facts_dir: Path, engine: Engine) -> tuple[list[str], bool]:
    """Every fact file loaded, no label read and nothing scored: lines to print, and whether all of it can be taken."""
    lines: list[str] = []
    sound = True
    for examples in EXAMPLES:
        if not (data / examples.file).is_file():
            lines.append(f"{examples.name}: {examples.file} is not there")
            continue
        rows, notes = rows_of(examples, data)
        facts = read_facts(facts_dir, examples.name, engine.corpus.vocabulary)
        keys = [row.key for row in rows]
        without = [key for key in keys if key not in facts.first.said]
        others = [key for key in [*facts.first.said, *facts.second.said] if key not in set(keys)]
        lines.append(
            f"{examples.name}: {len(rows)} rows, {len(facts.first.dossiers)} first readings, "
            f"{len(facts.second.dossiers)} second readings, {len(facts.changes)} changes"
        )
        lines += [f"  {note}" for note in [*notes, *facts.notes]]
        lines += [f"  without facts: {', '.join(without)}"] if without else []
        lines += [f"  of no row here: {', '.join(others)}"] if others else []
        sound = sound and not facts.notes
    return lines, sound
