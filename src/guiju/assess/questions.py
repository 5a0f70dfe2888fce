"""What to ask next: open rules counted per fact, hard ones first. As good as look-ahead, and a reader can follow it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.norms import Row, Thing
from guiju.wording import Text


@dataclass(frozen=True, slots=True)
class Question:
    """A name to ask, of which thing; how many open rules use it, and how many of those are hard."""

    name: str
    thing: Thing | None
    cause: str
    settles: int
    hard: int
    text: Text


def questions_of(rows: Iterable[Row]) -> list[Question]:
    """Every open name of the rows, most hard rules first, then most rules, then by name."""
    uses: dict[tuple[str, int], tuple[str, Thing | None, list[Row]]] = {}
    for row in rows:
        for one in row.missing:
            key = (one.name, id(one.thing))
            uses.setdefault(key, (one.cause, one.thing, []))[2].append(row)
    questions = []
    for (name, _), (cause, thing, using) in uses.items():
        if cause == "reading":
            continue
        declared = using[0].evaluation.vocabulary.declared.get(name)
        hard = sum(1 for row in using if row.force.force in ("hard", "hardened"))
        text = (declared.ask or declared.label) if declared else {}
        questions.append(Question(name, thing, cause, len(using), hard, text))
    return sorted(questions, key=lambda one: (-one.hard, -one.settles, one.name, one.thing.id if one.thing else ""))
