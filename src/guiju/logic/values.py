"""What may be known of a name: three-valued truth and partial values (docs/language.md, section 4).

A value narrows as more is learnt, never widens; ``None`` in place of a value is "nothing is known".
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import Final

from guiju.calendars import DateRange, Duration

UNSETTLED: Final = "?"

_EXACT: Final = Context(prec=2_000)
"""The default context rounds to 28 digits."""


class Truth(enum.Enum):
    """Kleene's three values."""

    TRUE = "yes"
    FALSE = "no"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, value: bool | None) -> Truth:
        """The truth of a yes or no; None is unknown."""
        if value is None:
            return cls.UNKNOWN
        return cls.TRUE if value else cls.FALSE

    @property
    def settled(self) -> bool:
        """Whether it is true or false."""
        return self is not Truth.UNKNOWN

    def __invert__(self) -> Truth:
        if self is Truth.UNKNOWN:
            return self
        return Truth.FALSE if self is Truth.TRUE else Truth.TRUE

    def __and__(self, other: Truth) -> Truth:
        if self is Truth.FALSE or other is Truth.FALSE:
            return Truth.FALSE
        return Truth.TRUE if self is other is Truth.TRUE else Truth.UNKNOWN

    def __or__(self, other: Truth) -> Truth:
        if self is Truth.TRUE or other is Truth.TRUE:
            return Truth.TRUE
        return Truth.FALSE if self is other is Truth.FALSE else Truth.UNKNOWN

    def __bool__(self) -> bool:
        raise TypeError("a three-valued truth is not a bool: ask `is Truth.TRUE`")


def all_of(truths: Iterable[Truth]) -> Truth:
    """Kleene's "and" over any number; of nothing it is true."""
    result = Truth.TRUE
    for truth in truths:
        if truth is Truth.FALSE:
            return truth
        if truth is Truth.UNKNOWN:
            result = truth
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Kleene's "or" over any number; of nothing it is false."""
    result = Truth.FALSE
    for truth in truths:
        if truth is Truth.TRUE:
            return truth
        if truth is Truth.UNKNOWN:
            result = truth
    return result


@dataclass(frozen=True, slots=True)
class OneOf:
    """An enum narrowed to some of its members; one member is a settled value.

    ``UNSETTLED`` may be among them: an outcome that the law itself leaves open, equal to no member and different from none.
    """

    members: frozenset[str]

    @classmethod
    def just(cls, member: str) -> OneOf:
        """The settled value."""
        return cls(frozenset((member,)))


@dataclass(frozen=True, slots=True)
class SetOf:
    """A set known in part: what it has, what it lacks; ``closed``: it has nothing else."""

    has: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    closed: bool = False

    def contains(self, member: str) -> Truth:
        """Whether a member belongs to the set."""
        if member in self.has:
            return Truth.TRUE
        return Truth.of(False if self.closed or member in self.lacks else None)


@dataclass(frozen=True, slots=True)
class Interval:
    """A number between two bounds, both included; ``None`` is no bound. Exact decimals, never floats."""

    low: Decimal | None = None
    high: Decimal | None = None

    @classmethod
    def just(cls, number: Decimal) -> Interval:
        """The settled number."""
        return cls(number, number)

    @property
    def settled(self) -> bool:
        """Whether only one number is left."""
        return self.low is not None and self.low == self.high

    def scaled(self, factor: Decimal) -> Interval:
        """Every number in it times a factor."""
        low, high = (None if end is None else _EXACT.multiply(end, factor) for end in (self.low, self.high))
        return Interval(high, low) if factor < 0 else Interval(low, high)

    def plus(self, other: Interval) -> Interval:
        """The sums of a number of each."""
        return Interval(_added(self.low, other.low), _added(self.high, other.high))


def _added(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else _EXACT.add(left, right)


Value = Truth | OneOf | SetOf | Interval | Duration | DateRange


@dataclass(frozen=True, slots=True)
class Given:
    """A value with where it came from; what a dossier holds for each name."""

    value: Value
    source: str | None = None
    by: str | None = None
    on: str | None = None
    evidence: str | None = None
    document: str | None = None
    reasons: str | None = None
    done: DateRange | None = None
    where: str | None = field(default=None, compare=False)
