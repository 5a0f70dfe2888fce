"""Gate facts: what the conditions of terms turn on that many rules turn on in their turn."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from guiju.logic import Expr, Name, walk
from guiju.norms import Norm, Program
from guiju.norms.check import conditions


@lru_cache(maxsize=8)
def gates(program: Program) -> dict[str, int]:
    """For each name, how many rules stand behind the status norms that read it, over all of them."""
    read = {norm.id: frozenset(_names(norm, program)) for norm in program.in_law}
    behind = _behind(program, read)
    found: dict[str, int] = {}
    for norm in program.in_law:
        if norm.kind == "status":
            weight = max((behind.get(term, 0) for term in (*norm.makes, *norm.ends)), default=0)
            for name in read[norm.id]:
                found[name] = found.get(name, 0) + weight
    return found


def _behind(program: Program, read: dict[str, frozenset[str]]) -> dict[str, int]:
    """Term -> how many rules hang on it, directly or through other terms."""
    rules: dict[str, set[str]] = {}
    for norm in program.in_law:
        for name in read[norm.id]:
            rules.setdefault(name, set()).add(norm.id)
    made = {norm.id: (*norm.makes, *norm.ends) for norm in program.in_law if norm.kind == "status"}
    found: dict[str, int] = {}
    for term in {term for terms in made.values() for term in terms}:
        reached: set[str] = set()
        waiting = [term]
        while waiting:
            for rule in rules.get(waiting.pop(), ()):
                if rule not in reached:
                    reached.add(rule)
                    waiting += made.get(rule, ())
        found[term] = len(reached - made.keys())
    return found


def _names(norm: Norm, program: Program) -> Iterator[str]:
    """The declared names that a norm reads, without the relations that lead to them, and the roles that bear it."""
    bearer = program.bearer_of(norm)
    if bearer is not None:
        yield from bearer.terms
    exprs: list[Expr] = list(conditions(norm))
    for expr in exprs:
        for part in walk(expr):
            if isinstance(part, Name):
                yield _own(part.path, program)


def _own(path: str, program: Program) -> str:
    parts = path.split(".")
    while len(parts) > 1 and ".".join(parts) not in program.vocabulary.declared:
        parts.pop(0)
    return ".".join(parts)
