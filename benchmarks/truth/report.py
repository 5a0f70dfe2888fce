"""The scores as lines for a terminal, as JSON, and every disagreement as a file to be worked through."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from .scores import Adjudication, Disagreement, Figure, SetScore, Share

SCHEMA = "guiju.truth/1"
STATES = {
    "absent": "not in this directory",
    "empty": "nothing in its file can be scored",
    "no-facts": "no facts written yet; nothing scored",
    "refused": "not scored",
}


def as_json(scores: Sequence[SetScore], notes: Sequence[str], on: str, edition: str) -> dict[str, Any]:
    """The whole score as plain data."""
    return {
        "schema": SCHEMA,
        "on": on,
        "edition": edition,
        "sets": [one.as_json() | {"adjudicated": tally(one.disagreements)} for one in scores],
        "notes": list(notes),
    }


def tally(disagreements: Iterable[Disagreement]) -> dict[str, int]:
    """How many disagreements were judged how."""
    counted = Counter(one.adjudication.verdict if one.adjudication else "not yet adjudicated" for one in disagreements)
    return dict(sorted(counted.items()))


def lines(score: SetScore) -> Iterator[str]:
    """One set for a terminal."""
    yield f"== {score.name}: " + (f"{score.rows} rows" if score.state == "scored" else STATES[score.state])
    for figure in score.figures:
        yield from _figure(figure)
    for name, share in score.baselines.items():
        yield f"  {name} baseline: {shown(share)}"
    if score.agreement:
        yield from _agreement(score.agreement)
    if score.changes:
        yield f"  changes laid over the first reading: {score.changes}"
    if score.disagreements:
        judged = ", ".join(f"{verdict} {count}" for verdict, count in tally(score.disagreements).items())
        yield f"  disagreements: {len(score.disagreements)} ({judged})"
        yield from (f"    {_in_a_line(one, cases)}" for one, cases in grouped(score.disagreements))
    for name, value in score.extra.items():
        yield from _extra(name, value)
    for note in score.notes:
        yield f"  note: {note}"


def _figure(figure: Figure) -> Iterator[str]:
    f1 = "" if figure.macro_f1 is None else f", macro-F1 {figure.macro_f1:.3f}"
    left = f", left open {figure.abstained}" if figure.abstained else ""
    yield f"  {figure.name}: {shown(figure.accuracy)}{f1}{left}"
    if figure.binary is not None:
        yield f"    gravest class against the rest: {shown(figure.binary)}"
    if figure.dangerous is not None:
        yield f"    dangerous errors: {figure.dangerous.right} of {figure.dangerous.of}"
    if figure.settled is not None:
        yield f"    settled without any judgement: {shown(figure.settled)}"
    for expected, row in figure.confusion.items():
        yield f"    {expected}: " + ", ".join(f"{ours} {count}" for ours, count in row.items())


def _agreement(found: dict[str, Any]) -> Iterator[str]:
    kappa = "not defined" if found["kappa"] is None else f"{found['kappa']:.3f}"
    same = found["same_answer"]
    yield f"  two readers, {found['cases']} cases ({found['reader']}): kappa {kappa}, same answer {same['right']} of {same['of']}"
    shares = [(found["names_shared"], "names stated by both"), (found["values_equal"], "equal values of these")]
    yield "    " + ", ".join(f"{words} {share:.1%}" for share, words in shares if share is not None)


def _extra(name: str, value: Any) -> Iterator[str]:
    if name == "by_question" and isinstance(value, dict):
        for reader, asked in value.items():
            yield f"  by question ({reader}): " + "; ".join(f"{one} {of['right']}/{of['of']}" for one, of in asked.items())
    elif isinstance(value, list):
        yield f"  {name}:"
        yield from (f"    {_plain(one)}" for one in value)
    else:
        yield f"  {name}: {value}"


def _plain(one: Any) -> str:
    """A line of further figures: a text as it stands, data as its values."""
    return "; ".join(str(value) for value in one.values()) if isinstance(one, dict) else str(one)


def grouped(disagreements: Iterable[Disagreement]) -> list[tuple[Disagreement, list[str]]]:
    """The disagreements that are alike in all but the case, with the ids of their cases; those with most cases first."""
    groups: dict[Disagreement, list[Disagreement]] = {}
    for one in disagreements:
        groups.setdefault(replace(one, id="", source_id="", pattern=""), []).append(one)
    ordered = sorted(groups.values(), key=lambda several: (-len(several), several[0].id))
    return [(several[0], [one.id for one in several]) for several in ordered]


def _in_a_line(one: Disagreement, cases: Sequence[str]) -> str:
    counted = f"{len(cases)} x " if len(cases) > 1 else ""
    said = [f"{counted}{one.figure}: theirs {one.expected}, ours {one.ours}", one.clause, one.reason, _verdict(one.adjudication)]
    return " | ".join([*filter(None, said), " ".join(cases)])


def _verdict(judged: Adjudication | None) -> str:
    if judged is None:
        return "not yet adjudicated"
    return f"{judged.verdict}: {judged.reason}" + (f" [{judged.clause}]" if judged.clause else "")


def shown(share: Share) -> str:
    """A share in words: ``97 of 120 = 80.8 % [72.9, 86.9]``."""
    if not share.of:
        return "0 of 0"
    low, high = share.interval
    return f"{share.right} of {share.of} = {share.right / share.of:.1%} [{low:.1%}, {high:.1%}]"


# -- files -------------------------------------------------------------------------------------------------------------------


def write_disagreements(scores: Sequence[SetScore], out: Path) -> None:
    """``disagreements.json`` and ``disagreements.md``; in the second those that differ in the case alone stand together."""
    out.mkdir(parents=True, exist_ok=True)
    found = [one for score in scores for one in score.disagreements]
    data = json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=1)
    (out / "disagreements.json").write_text(data + "\n", encoding="utf-8")
    (out / "disagreements.md").write_text("\n".join(_page(scores)) + "\n", encoding="utf-8")


def _page(scores: Sequence[SetScore]) -> Iterator[str]:
    yield "# Disagreements"
    for score in scores:
        if not score.disagreements:
            continue
        yield f"\n## {score.name} ({len(score.disagreements)})\n"
        for one, cases in grouped(score.disagreements):
            yield from _group(one, cases)


def _group(one: Disagreement, cases: Sequence[str]) -> Iterator[str]:
    yield f"- **{cases[0] if len(cases) == 1 else f'{len(cases)} cases'}**: expected {one.expected}, ours {one.ours}"
    yield f"  - in: {one.figure}"
    if one.clause:
        yield f"  - clause: {one.clause}"
    if one.reason:
        yield f"  - reason: {one.reason}"
    yield f"  - {_verdict(one.adjudication)}"
    if len(cases) > 1:
        yield f"  - cases: {' '.join(cases)}"
