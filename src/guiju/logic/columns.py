"""How the bit program reads facts: for each name, the clauses that its value makes false or leaves open.

A value is first put into its class (the interval between two thresholds, the members that are left ...); all values of one
class touch the same clauses, so their mask is worked out once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from guiju.calendars import DateRange, NeverDay, parse_day
from guiju.logic.evaluate import Rows, evaluate
from guiju.logic.printer import show
from guiju.logic.syntax import REFERENCES, Call, Compared, Expr, In, Literal, Name, Quantified, walk
from guiju.logic.values import Interval, OneOf, SetOf, Truth, Value

MOST_CLASSES: Final = 2_048
"""A name's memory of classes is emptied beyond this many."""


@dataclass(slots=True)
class Touched:
    """The bits that one atom sets when it is true, false or unknown."""

    true: int = 0
    false: int = 0
    unknown: int = 0

    def mask(self, truth: Truth) -> int:
        """The bits of one truth."""
        return self.true if truth is Truth.TRUE else self.false if truth is Truth.FALSE else self.unknown


class Reading:
    """What an atom sees: the values of its names and nothing else."""

    def __init__(self, values: Mapping[str, Value | None]) -> None:
        self._values = values

    def value(self, path: str) -> Value | None:
        """The value of a name."""
        return self._values[path]

    def rows(self, relation: str) -> Rows:
        """Never asked: quantified parts are read by their print."""
        raise AssertionError(relation)

    def date_of(self, provision: str) -> DateRange | None:
        """Never asked: comparisons with ``date_of`` are read by their print."""
        raise AssertionError(provision)

    def norm(self, question: str, norm: str) -> Truth:
        """Never asked: questions about norms are read by their print."""
        raise AssertionError(question, norm)


def key_of(atom: Expr) -> str | None:
    """The print by which the caller supplies the truth of an atom; None if it is worked out from names."""
    if isinstance(atom, Name):
        return atom.path
    if isinstance(atom, Quantified):
        return show(atom)
    asked = any(isinstance(part, Call) and part.function in (*REFERENCES, "date_of") for part in walk(atom))
    return show(atom) if asked else None


def names_of(atom: Expr) -> tuple[str, ...]:
    """The names an atom reads, each once, in order."""
    return tuple(dict.fromkeys(part.path for part in walk(atom) if isinstance(part, Name)))


@dataclass(slots=True)
class Column:
    """All atoms over the same names, and the mask of each class of their values that has been met."""

    names: tuple[str, ...]
    atoms: dict[Expr, Touched] = field(default_factory=dict)
    table: dict[Hashable, int] = field(default_factory=dict)

    @property
    def unknown(self) -> int:
        """The bits set where nothing is known."""
        return self.mask({})

    def mask(self, values: Mapping[str, Value]) -> int:
        """The bits set by these values; a name without a value is unknown."""
        env = Reading({name: values.get(name) for name in self.names})
        found = 0
        for atom, touched in self.atoms.items():
            found |= touched.mask(evaluate(atom, env))
        return found

    def learn(self, key: Hashable, values: Mapping[str, Value]) -> int:
        """The mask of a class met for the first time."""
        if len(self.table) >= MOST_CLASSES:
            self.table.clear()
        found = self.table[key] = self.mask(values)
        return found


def is_enum(column: Column) -> bool:
    """Whether every atom asks for members of one enum."""
    return all(
        (isinstance(atom, In) and isinstance(atom.left, Name))
        or (isinstance(atom, Compared) and isinstance(atom.right, Literal) and isinstance(atom.right.value, str))
        for atom in column.atoms
    )


def is_set(column: Column) -> bool:
    """Whether every atom asks for one member of a set."""
    return all(isinstance(atom, In) and isinstance(atom.right, Name) for atom in column.atoms)


def thresholds(column: Column) -> list[Any] | None:
    """The constants that a name is compared with, in order; None if something else is done with it."""
    found: set[Decimal | date] = set()
    for atom in column.atoms:
        if not isinstance(atom, Compared):
            return None
        sides = (atom.left, atom.right)
        constant = next((value for value in map(_constant, sides) if value is not None), None)
        if constant is None or not any(isinstance(side, Name) for side in sides):
            return None
        found.add(constant)
    return sorted(found)  # all of one type: the conditions have been checked


def _constant(side: Expr) -> Decimal | date | None:
    match side:
        case Literal(Decimal() as number):
            return number
        case Call("date", argument):
            return parse_day(str(argument))
        case _:
            return None


Classifier = Callable[[Any], Hashable]
"""From a value to its class."""


def enum_class(value: OneOf) -> Hashable:
    """The members that are left."""
    return value.members


def set_class(value: SetOf) -> Hashable:
    """What the set has, and what it lacks unless it is closed."""
    return value.has if value.closed else (value.has, value.lacks)


def value_class(value: Value) -> Hashable:
    """The value itself."""
    return value


def ordered_class(bounds: Sequence[Any]) -> Classifier:
    """The interval between thresholds that a number or a day lies in, or both ends of what is known of it."""

    def classify(value: Interval | DateRange) -> Hashable:
        low: Decimal | date | NeverDay | None
        high: Decimal | date | NeverDay | None
        if type(value) is Interval:
            low, high = value.low, value.high
        else:
            assert isinstance(value, DateRange)
            low, high = value.earliest, value.latest
        first = -1 if low is None else bisect_left(bounds, low) + bisect_right(bounds, low)
        if high is low and low is not None:
            return first
        return first, -1 if high is None else bisect_left(bounds, high) + bisect_right(bounds, high)

    return classify


def classifier(column: Column) -> Classifier:
    """How the values of a one-name column fall into classes."""
    if is_enum(column):
        return enum_class
    if is_set(column):
        return set_class
    bounds = thresholds(column)
    return value_class if bounds is None else ordered_class(bounds)
