"""Conditions as a few clauses each, for the bit program (``bits``).

A condition becomes an "or" of clauses, a clause an "and" of atoms and negated atoms. Kleene's logic obeys the laws this uses
(De Morgan, distribution, absorption), so nothing changes under unknowns; it does *not* obey "a or not a", which is never used.
A condition that would need too many clauses is cut: its parts become columns of their own, shared wherever they occur again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

from guiju.logic.mistakes import ExpressionError
from guiju.logic.syntax import And, Expr, Literal, Name, Not, Or

MOST_CLAUSES: Final = 8
FEWEST_CLAUSES: Final = 2

Clause = frozenset[tuple[Expr, bool]]
"""Atoms, each with whether it must be true (or false)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One condition in normal form; ``negated``: the clauses are those of its opposite, being fewer."""

    clauses: tuple[Clause, ...]
    negated: bool


class NormalForms:
    """The columns of a set of conditions over defined names, and in what order they can be worked out."""

    def __init__(self, definitions: Mapping[str, Expr]) -> None:
        self._definitions = definitions
        self._cut: dict[Expr, str] = {}
        self.columns: dict[str, Column] = {}

    def column(self, expr: Expr, bound: int = MOST_CLAUSES) -> Column:
        """The normal form of one condition, with at most ``bound`` clauses."""
        negated = _size(expr, False) < _size(expr, True)
        return Column(tuple(self._clauses(expr, not negated, bound)), negated)

    def refers(self, atom: Expr) -> str | None:
        """The column that an atom reads; None if it reads a fact."""
        if isinstance(atom, Name) and (atom.path in self._definitions or atom.path in self.columns):
            return atom.path
        return None

    def levels(self, outputs: list[Column]) -> list[list[str]]:
        """The columns that the outputs need, those first that need no others."""
        waiting = [name for column in outputs for name in self._reads(column)]
        needed: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in needed:
                continue
            needed.add(name)
            if name not in self.columns:
                self.columns[name] = self.column(self._definitions[name])
            waiting.extend(self._reads(self.columns[name]))
        depth = self._depths(sorted(needed))
        levels: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
        for name, level in depth.items():
            levels[level].append(name)
        return levels

    def _reads(self, column: Column) -> list[str]:
        found = {self.refers(atom) for clause in column.clauses for atom, _ in clause}
        return sorted(name for name in found if name is not None)

    def _depths(self, names: list[str]) -> dict[str, int]:
        depth: dict[str, int] = {}
        for start in names:
            path: list[tuple[str, Iterator[str]]] = [] if start in depth else [(start, iter(self._reads(self.columns[start])))]
            while path:
                name, rest = path[-1]
                following = next((other for other in rest if other not in depth), None)
                if following is None:
                    depth[name] = 1 + max((depth[other] for other in self._reads(self.columns[name])), default=-1)
                    path.pop()
                    continue
                trail = [step for step, _ in path]
                if following in trail:
                    circle = [step for step in trail[trail.index(following) :] if step in self._definitions]
                    raise ExpressionError("expression.circle", circle=" → ".join([*circle, circle[0]]))
                path.append((following, iter(self._reads(self.columns[following]))))
        return depth

    # -- clauses ---------------------------------------------------------------------------------------------------------

    def _clauses(self, expr: Expr, positive: bool, bound: int) -> list[Clause]:
        match expr:
            case Not(item):
                return self._clauses(item, not positive, bound)
            case Literal(bool() as known):
                return [frozenset()] if known is positive else []
            case And(items) if positive:
                return self._all(items, positive, bound)
            case Or(items) if not positive:
                return self._all(items, positive, bound)
            case And(items) | Or(items):
                return self._any(type(expr), items, positive, bound)
            case _:
                return [frozenset([(expr, positive)])]

    def _all(self, items: tuple[Expr, ...], positive: bool, bound: int) -> list[Clause]:
        """All parts together: every choice of one clause from each."""
        parts = [self._clauses(item, positive, bound) for item in items]
        while prod(map(len, parts)) > bound:
            widest = max(range(len(parts)), key=lambda index: len(parts[index]))
            parts[widest] = [self._own_column(items[widest], positive)]
        return _absorbed([frozenset().union(*chosen) for chosen in product(*parts)])

    def _any(self, kind: type[And | Or], items: tuple[Expr, ...], positive: bool, bound: int) -> list[Clause]:
        """Any part: the clauses of all, as long as they fit; what does not fit goes into a column of its own."""
        parts = sorted(((self._clauses(item, positive, bound), item) for item in items), key=lambda part: len(part[0]))
        together = _absorbed([clause for clauses, _ in parts for clause in clauses])
        if len(together) <= bound:
            return together
        kept: list[Clause] = []
        while parts and len(kept) + len(parts[0][0]) < bound:
            kept.extend(parts.pop(0)[0])
        rest = [item for _, item in parts]
        middle = 0 if kept else len(rest) // 2
        bundles = [bundle for bundle in (rest[:middle], rest[middle:]) if bundle]
        return [*kept, *(self._own_column(b[0] if len(b) == 1 else kind(tuple(b)), positive) for b in bundles)]

    def _own_column(self, expr: Expr, positive: bool) -> Clause:
        if expr not in self._cut:
            self._cut[expr] = f"#{len(self._cut)}"  # no name looks so
            self.columns[self._cut[expr]] = self.column(expr)
        return frozenset([(Name(self._cut[expr]), positive)])


def clause_count(expr: Expr) -> int:
    """How many clauses a condition or its opposite needs, whichever is less."""
    return min(_size(expr, True), _size(expr, False))


def _size(expr: Expr, positive: bool) -> int:
    match expr:
        case Not(item):
            return _size(item, not positive)
        case Literal(bool() as known):
            return int(known is positive)
        case And(items) | Or(items):
            sizes = [_size(item, positive) for item in items]
            return prod(sizes) if isinstance(expr, And) is positive else sum(sizes)
        case _:
            return 1


def _absorbed(clauses: list[Clause]) -> list[Clause]:
    """Without clauses that say more than another one."""
    kept: list[Clause] = []
    for clause in sorted(dict.fromkeys(clauses), key=len):
        if not any(other <= clause for other in kept):
            kept.append(clause)
    return kept
