"""Why a condition came out so: the facts that decide it, the facts it still hangs on, and what is left of it.

A *leaf* is one name read in one environment, with the smallest condition that reads it. Everything here follows Kleene's
tables as ``evaluate`` does, and says nothing that forgetting or learning other facts could overturn.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Final

from guiju.calendars import DateRange, Duration
from guiju.logic.evaluate import Environment, evaluate
from guiju.logic.printer import show
from guiju.logic.syntax import FALSE, TRUE, And, Call, Expr, Literal, Name, Not, Or, Quantified, both, either, negation, walk
from guiju.logic.values import UNSETTLED, Interval, OneOf, Truth, Value

_WIDEST: Final = 32
"""How many alternative supports are kept while the smallest is looked for."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A name and where it was read; ``path`` may be a call (``date_of("...")``) or a relation whose rows are open or closed."""

    env: Environment
    path: str
    expr: Expr


@dataclass(frozen=True, slots=True)
class Support:
    """The truth of a condition and the leaves that decide it; none where the truth is unknown."""

    truth: Truth
    leaves: tuple[Leaf, ...]


def decided_by(expr: Expr, env: Environment) -> Support:
    """The fewest facts that decide a settled condition, in the order they stand in it.

    Of an "and" that is false one false part is enough, of an "or" that is true one true part; what all parts must agree on is
    supported by all of them, and by the list of rows being closed. With very many alternatives the choice is still a sound
    one, though perhaps not the smallest.
    """
    ledger = _Ledger()
    truth, choices = _supports(expr, env, ledger)
    if not truth.settled:
        return Support(truth, ())
    _, chosen = choices[0]
    return Support(truth, tuple(leaf for index, leaf in enumerate(ledger.leaves) if chosen >> index & 1))


def open_leaves(expr: Expr, env: Environment) -> tuple[Leaf, ...]:
    """What an unknown condition still hangs on, in order; nothing where the condition is settled.

    A leaf is there if its value is open (or known in part) and learning it could matter; a relation, if its rows are open.
    Where every value is settled and the comparison is not (182 days against six months), the compared names are given.
    """
    truth, leaves = _open(expr, env)
    return () if truth.settled else tuple(dict.fromkeys(leaves))


def residual(expr: Expr, env: Environment) -> Expr:
    """What is left to find out: settled parts replaced by their truth and folded away, unknown atoms as they were."""
    match expr:
        case And(items):
            parts = [residual(item, env) for item in items]
            return FALSE if FALSE in parts else both(*parts)
        case Or(items):
            parts = [residual(item, env) for item in items]
            return TRUE if TRUE in parts else either(*parts)
        case Not(item):
            return negation(residual(item, env))
        case _:
            truth = evaluate(expr, env)
            return Literal(truth is Truth.TRUE) if truth.settled else expr


# -- supports ----------------------------------------------------------------------------------------------------------------

_Choice = tuple[int, int]
"""A support: the facts and the leaves in it, as bit sets over the ledger."""


@dataclass(slots=True)
class _Ledger:
    """The leaves met so far, and the facts (environment and path) they read."""

    leaves: list[Leaf] = field(default_factory=list)
    _leaf_bits: dict[tuple[Hashable, str, Expr], int] = field(default_factory=dict)
    _fact_bits: dict[tuple[Hashable, str], int] = field(default_factory=dict)

    def choice(self, leaves: Iterable[Leaf]) -> _Choice:
        facts = chosen = 0
        for leaf in leaves:
            place = _identity(leaf.env)
            key = (place, leaf.path, leaf.expr)
            if key not in self._leaf_bits:
                self._leaf_bits[key] = 1 << len(self.leaves)
                self.leaves.append(leaf)
            chosen |= self._leaf_bits[key]
            facts |= self._fact_bits.setdefault((place, leaf.path), 1 << len(self._fact_bits))
        return facts, chosen


def _identity(env: Environment) -> Hashable:
    return env if isinstance(env, Hashable) else id(env)


def _supports(expr: Expr, env: Environment, ledger: _Ledger) -> tuple[Truth, list[_Choice]]:
    """The truth, and the alternative supports of it, the smallest first."""
    match expr:
        case And(items):
            return _joined([_supports(item, env, ledger) for item in items], decisive=Truth.FALSE)
        case Or(items):
            return _joined([_supports(item, env, ledger) for item in items], decisive=Truth.TRUE)
        case Not(item):
            truth, choices = _supports(item, env, ledger)
            return ~truth, choices
        case Quantified(quantifier, relation, body):
            rows = env.rows(relation)
            parts = [_supports(body, row, ledger) for row in rows.items]
            last = Truth.UNKNOWN
            if rows.closed:
                last = Truth.of(quantifier == "every")
            parts.append((last, [ledger.choice([Leaf(env, relation, expr)])]))
            return _joined(parts, decisive=Truth.of(quantifier == "some"))
        case _:
            truth = evaluate(expr, env)
            return truth, [ledger.choice(_leaves(expr, env))] if truth.settled else []


def _joined(parts: list[tuple[Truth, list[_Choice]]], decisive: Truth) -> tuple[Truth, list[_Choice]]:
    """One part with the decisive truth settles the whole; otherwise all parts must be settled."""
    deciding = [choice for truth, choices in parts if truth is decisive for choice in choices]
    if deciding:
        return decisive, _smallest(deciding)
    if any(not truth.settled for truth, _ in parts):
        return Truth.UNKNOWN, []
    together: list[_Choice] = [(0, 0)]
    for _, choices in parts:
        together = _smallest([(facts | more, chosen | leaves) for facts, chosen in together for more, leaves in choices])
    return ~decisive, together


def _smallest(choices: list[_Choice]) -> list[_Choice]:
    """The supports without those that hold another one, fewest facts first; earlier leaves win a tie."""
    ordered = sorted(set(choices), key=lambda choice: (choice[0].bit_count(), choice[1].bit_count(), choice[1]))
    kept: list[_Choice] = []
    for facts, chosen in ordered:
        if not any(other & facts == other for other, _ in kept):
            kept.append((facts, chosen))
            if len(kept) == _WIDEST:
                break
    return kept


# -- leaves ------------------------------------------------------------------------------------------------------------------


def _leaves(atom: Expr, env: Environment) -> list[Leaf]:
    """The leaves of one atom: its names and its questions about norms and days."""
    reads = [part for part in walk(atom) if isinstance(part, Name) or _asks(part)]
    return [Leaf(env, show(part), atom) for part in reads]


def _asks(part: Expr) -> bool:
    return isinstance(part, Call) and isinstance(part.argument, str) and part.function != "date"


def _open(expr: Expr, env: Environment) -> tuple[Truth, list[Leaf]]:
    match expr:
        case And(items):
            return _open_parts([_open(item, env) for item in items], decisive=Truth.FALSE)
        case Or(items):
            return _open_parts([_open(item, env) for item in items], decisive=Truth.TRUE)
        case Not(item):
            truth, leaves = _open(item, env)
            return ~truth, leaves
        case Quantified(quantifier, relation, body):
            rows = env.rows(relation)
            parts = [_open(body, row) for row in rows.items]
            if not rows.closed:
                parts.append((Truth.UNKNOWN, [Leaf(env, relation, expr)]))
            return _open_parts(parts, decisive=Truth.of(quantifier == "some"))
        case _:
            truth = evaluate(expr, env)
            return truth, [] if truth.settled else _open_names(expr, env)


def _open_parts(parts: list[tuple[Truth, list[Leaf]]], decisive: Truth) -> tuple[Truth, list[Leaf]]:
    if any(truth is decisive for truth, _ in parts):
        return decisive, []
    leaves = [leaf for _, found in parts for leaf in found]  # settled parts have none
    return (Truth.UNKNOWN, leaves) if leaves else (~decisive, [])


def _open_names(atom: Expr, env: Environment) -> list[Leaf]:
    known: dict[str, Value | None] = {}
    for part in walk(atom):
        if isinstance(part, Name):
            known[part.path] = env.value(part.path)
        elif isinstance(part, Call) and part.function == "date_of":
            known[show(part)] = env.date_of(str(part.argument))
        elif _asks(part):
            known[show(part)] = None
    waiting = [path for path, value in known.items() if not _settled(value)]
    return [Leaf(env, path, atom) for path in waiting or known]


def _settled(value: Value | None) -> bool:
    match value:
        case Truth() | Interval():
            return value.settled
        case OneOf(members):
            return len(members) == 1 and UNSETTLED not in members
        case DateRange(earliest, latest):
            return earliest == latest
        case Duration():
            return True
        case _:  # nothing is known, or a set: asked only where the membership is open
            return False
