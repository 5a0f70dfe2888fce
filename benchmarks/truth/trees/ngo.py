"""The implementation tool of a Dutch foundation: one of five outcomes, and ours to the same statements.

``highExcept`` and ``forbiddenExcept`` are its words for what would be high-risk or prohibited, were there no exception: the
derogation of Article 6(3), or a ground of Article 2 that takes the system out of scope.
"""

from __future__ import annotations

from typing import Any

from guiju.logic import Truth
from truth.scores import ABSTAINED

from .compare import Compared, Difference, turning_on
from .engine import HIGH, PROHIBITED, Seen

NAME = "ngo-algorithm-audit"
FILE = "ngo-algorithm-audit-cases.jsonl"
PARTS = ("outcome",)
GRAVE = (*PROHIBITED, "eu.live_identification_by_police")
SCOPE = ("eu.in_scope",)
TURNS_ON = {
    "low": (HIGH,),
    "high": (HIGH,),
    "highExcept": (SCOPE, HIGH, ("eu.meets_derogation_condition",)),
    "forbidden": (GRAVE,),
    "forbiddenExcept": (SCOPE, GRAVE),
}
"""Each outcome with the groups of terms that it turns on."""

OUTCOMES = tuple(TURNS_ON)


def compare(case: dict[str, Any], seen: Seen) -> Compared:
    """One path of the tool beside our answer."""
    expected, ours = str(case["outcome"]), outcome(seen)
    if expected == ours:
        return Compared(case["id"], {"outcome": (expected, ours)}, ())
    grounds = seen.why(turning_on(TURNS_ON, expected, ours, seen))
    found = Difference("outcome", expected, ours, _known(case["answers"], seen), grounds)
    return Compared(case["id"], {"outcome": (expected, ours)}, (found,))


def outcome(seen: Seen) -> str:
    """The gravest that is settled. What the tool did not ask, because something grave was found before, may stay open."""
    excepted = seen.is_not("eu.in_scope")
    settled = excepted or seen.is_so("eu.in_scope")
    grave, high = seen.any_is(GRAVE), seen.any_is(HIGH)
    if grave is Truth.TRUE:
        return ABSTAINED if not settled else "forbiddenExcept" if excepted else "forbidden"
    listed = seen.is_so("eu.annex_iii_use")
    if listed and excepted:
        return "highExcept"  # whether Article 6(3) would take it away as well need not be asked
    if high is Truth.TRUE:
        return ABSTAINED if not settled else "highExcept" if excepted else "high"
    if high is Truth.UNKNOWN:
        return ABSTAINED
    if listed and seen.is_so("eu.meets_derogation_condition"):
        return "highExcept"
    return "low" if grave is Truth.FALSE else ABSTAINED


def _known(answers: dict[str, Any], seen: Seen) -> dict[str, Any]:
    """What an adjudication may speak of: which questions were answered and how, and grounds of ours."""
    told = {f"answer {question}": answer for question, answer in answers.items() if isinstance(answer, str)}
    told |= {f"ticked {question}": " | ".join(answer) for question, answer in answers.items() if isinstance(answer, list)}
    return {**told, "listed": "yes" if seen.is_so("eu.annex_iii_use") else "no"}
