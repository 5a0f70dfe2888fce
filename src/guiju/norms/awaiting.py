"""What stands ready: norms that reach nobody today, and would if a right were claimed or a norm broken (language, section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from guiju.logic import Call, Expr, Truth, walk
from guiju.norms.check import conditions
from guiju.norms.evaluation import Evaluation
from guiju.norms.graph import reads
from guiju.norms.model import Norm
from guiju.norms.program import Program
from guiju.norms.terms import Mode

if TYPE_CHECKING:
    from guiju.norms.results import Row


@dataclass(frozen=True, slots=True)
class Awaited:
    """A row that waits for a right to be claimed, or for a breach."""

    kind: Literal["right", "breach"]
    row: Row


def awaited(program: Program, evaluation: Evaluation, rows: Iterable[Row]) -> list[Awaited]:
    """The rows out of scope for no other reason than that a right is not claimed, or that nothing is broken."""
    waiting = hanging_on_breach(program)
    supposed = evaluation.in_mode(Mode(awaited=True))
    found = []
    for row in rows:
        norm = row.norm
        if row.in_scope is not Truth.FALSE or row.timing.status == "ended" or norm.kind not in ("duty", "right"):
            continue
        if not (norm.of_right or norm.id in waiting):
            continue
        if supposed.in_scope(norm, row.thing, row.party) is not Truth.FALSE:
            found.append(Awaited("right" if norm.of_right else "breach", row))
    return found


@lru_cache(maxsize=12)
def hanging_on_breach(program: Program) -> frozenset[str]:
    """The norms whose conditions ask, directly or through terms, whether another is breached."""
    terms: set[str] = set()
    found: set[str] = set()
    while True:
        more = {norm.id for norm in program.in_law if norm.id not in found and _hangs(program, norm, terms)}
        if not more:
            return frozenset(found)
        found |= more
        terms |= {term for norm in program.in_law if norm.id in more for term in (*norm.makes, *norm.ends)}


def _hangs(program: Program, norm: Norm, terms: set[str]) -> bool:
    return any(_asks(program, expr, norm.about, terms) for expr in conditions(norm) if expr is not norm.require)


def _asks(program: Program, expr: Expr, kind: str, terms: set[str]) -> bool:
    if any(isinstance(one, Call) and one.function == "breached" for one in walk(expr)):
        return True
    return bool(terms) and not terms.isdisjoint(reads(program.corpus, expr, kind))
