"""The expressions of the norm language as a tree (docs/language.md, section 1).

Chains of ``&&`` and ``||`` are flat; everything else is as written. Trees are immutable and compared by value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from typing import Literal as Choice

Comparison = Choice["==", "!=", "<", "<=", ">", ">="]
Quantifier = Choice["some", "every"]
Function = Choice["hours", "days", "months", "years", "date", "date_of", "applies", "fulfilled", "breached"]

COMPARISONS: Final[tuple[Comparison, ...]] = ("==", "!=", "<=", ">=", "<", ">")
DURATIONS: Final[tuple[Function, ...]] = ("hours", "days", "months", "years")
REFERENCES: Final[tuple[Function, ...]] = ("applies", "fulfilled", "breached")


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, measure, term ... by its path: ``domain``, ``eu.provider``, ``earlier.eu.high_risk``."""

    path: str


@dataclass(frozen=True, slots=True)
class Literal:
    """true, false, a string in double quotes or an exact decimal."""

    value: bool | str | Decimal


@dataclass(frozen=True, slots=True)
class Members:
    """``["a", "b"]``, the right side of ``in``."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A duration, a date, or a question about another norm; the argument is an integer or a string."""

    function: Function
    argument: int | str


@dataclass(frozen=True, slots=True)
class Quantified:
    """``some(relation, body)`` or ``every(relation, body)`` over the rows of a relation to many."""

    quantifier: Quantifier
    relation: str
    body: Expr


@dataclass(frozen=True, slots=True)
class Product:
    """``number * atom``."""

    factor: Decimal
    atom: Expr


@dataclass(frozen=True, slots=True)
class Sum:
    """``left + right`` or ``left - right``; chains lean to the left."""

    left: Expr
    sign: Choice["+", "-"]
    right: Expr


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sides and what is asked of them."""

    left: Expr
    op: Comparison
    right: Expr


@dataclass(frozen=True, slots=True)
class In:
    """``name in ["a", "b"]`` for an enum, ``"a" in name`` for a set."""

    left: Expr
    right: Members | Name


@dataclass(frozen=True, slots=True)
class Not:
    """``!item``."""

    item: Expr


@dataclass(frozen=True, slots=True)
class And:
    """``a && b && ...``, at least two."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """``a || b || ...``, at least two."""

    items: tuple[Expr, ...]


Expr = Name | Literal | Members | Call | Quantified | Product | Sum | Compared | In | Not | And | Or

TRUE: Final = Literal(True)
FALSE: Final = Literal(False)


def both(*items: Expr) -> Expr:
    """The conjunction, flattened; of nothing it is true."""
    return _chain(And, items, TRUE)


def either(*items: Expr) -> Expr:
    """The disjunction, flattened; of nothing it is false."""
    return _chain(Or, items, FALSE)


def negation(item: Expr) -> Expr:
    """``!item``, with a double negation taken away."""
    if isinstance(item, Not):
        return item.item
    if isinstance(item, Literal) and isinstance(item.value, bool):
        return Literal(not item.value)
    return Not(item)


def _chain(kind: type[And | Or], items: tuple[Expr, ...], empty: Literal) -> Expr:
    flat: list[Expr] = []
    for item in items:
        flat.extend(item.items if isinstance(item, kind) else (item,))
    flat = [item for item in flat if item != empty]
    if not flat:
        return empty
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def children(expr: Expr) -> tuple[Expr, ...]:
    """The expressions directly inside (the body of a quantifier included)."""
    match expr:
        case And(items) | Or(items):
            return items
        case Not(item):
            return (item,)
        case Compared(left, _, right) | Sum(left, _, right):
            return (left, right)
        case In(left, right):
            return (left, right)
        case Product(_, atom):
            return (atom,)
        case Quantified(_, _, body):
            return (body,)
        case _:
            return ()


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and everything inside it, outermost first."""
    yield expr
    for child in children(expr):
        yield from walk(child)


def names(expr: Expr) -> set[str]:
    """Every name path in the expression, those inside quantifiers included (as written there)."""
    return {item.path for item in walk(expr) if isinstance(item, Name)}
