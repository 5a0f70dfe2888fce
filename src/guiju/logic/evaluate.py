"""Three-valued evaluation of an expression in an environment, and why it came out so.

Kleene's tables (language, section 4). The environment answers for names; rows of a relation are environments themselves,
and an open relation never lets ``some`` be false or ``every`` be true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from guiju.calendars import (
    NEVER,
    CalendarError,
    DateRange,
    Duration,
    NeverDay,
    add_months,
    at_least,
    at_most,
    before,
    equal,
    less_than,
    more_than,
    parse_day,
)
from guiju.logic.syntax import (
    And,
    Call,
    Compared,
    Comparison,
    Expr,
    In,
    Literal,
    Members,
    Name,
    Not,
    Or,
    Product,
    Quantified,
    Sum,
)
from guiju.logic.values import UNSETTLED, Interval, OneOf, SetOf, Truth, Value, all_of, any_of


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a relation to many; ``closed``: these are all."""

    items: Sequence[Environment]
    closed: bool


class Environment(Protocol):
    """What an expression is evaluated in: one object, for one party, on one day."""

    def value(self, path: str) -> Value | None:
        """What is known of a name (facts, terms, measures ...); None is nothing."""

    def rows(self, relation: str) -> Rows:
        """The rows of a relation to many."""

    def date_of(self, provision: str) -> DateRange | None:
        """The legal day named by a provision, for this object."""

    def norm(self, question: str, norm: str) -> Truth:
        """``applies``, ``fulfilled`` or ``breached`` of another norm, for this object."""


def evaluate(expr: Expr, env: Environment) -> Truth:
    """The truth of a condition. The expression has been type-checked; a wrong shape is a programming error."""
    match expr:
        case Name():  # the more often met, the earlier
            return _as_truth(env.value(expr.path))
        case And():
            return all_of(evaluate(item, env) for item in expr.items)
        case In():
            return _contained(expr, env)
        case Not():
            return ~evaluate(expr.item, env)
        case Or():
            return any_of(evaluate(item, env) for item in expr.items)
        case Literal(bool() as known):
            return Truth.of(known)
        case Quantified():
            return _quantified(expr, env)
        case Compared(left, op, right):
            return _compared(operand(left, env), op, operand(right, env))
        case Call(function, argument):
            return env.norm(function, str(argument))
        case _:
            raise TypeError(f"not a condition: {expr!r}")


def _as_truth(value: Value | None) -> Truth:
    if value is None:
        return Truth.UNKNOWN
    assert isinstance(value, Truth)
    return value


def _quantified(expr: Quantified, env: Environment) -> Truth:
    rows = env.rows(expr.relation)
    truths = [evaluate(expr.body, row) for row in rows.items]
    if not rows.closed:
        truths.append(Truth.UNKNOWN)
    return any_of(truths) if expr.quantifier == "some" else all_of(truths)


def _contained(expr: In, env: Environment) -> Truth:
    if isinstance(expr.right, Members):
        assert isinstance(expr.left, Name)
        value = env.value(expr.left.path)
        return Truth.UNKNOWN if value is None else _among(value, frozenset(expr.right.items))
    assert isinstance(expr.left, Literal)
    whole = env.value(expr.right.path)
    if whole is None:
        return Truth.UNKNOWN
    assert isinstance(whole, SetOf)
    return whole.contains(str(expr.left.value))


def _among(value: Value, wanted: frozenset[str]) -> Truth:
    assert isinstance(value, OneOf)
    if value.members and value.members <= wanted:
        return Truth.TRUE
    return Truth.of(None if value.members & wanted or UNSETTLED in value.members else False)


def operand(expr: Expr, env: Environment) -> Value | None:
    """What is known of one side of a comparison."""
    match expr:
        case Name(path):
            return env.value(path)
        case Literal(Decimal() as number):
            return Interval.just(number)
        case Literal(str() as member):
            return OneOf.just(member)
        case Call("date", argument):
            day = parse_day(str(argument))
            return DateRange(day, day)
        case Call("date_of", argument):
            return env.date_of(str(argument))
        case Call(function, argument):
            return duration_of(function, int(argument))
        case Product(factor, atom):
            inner = operand(atom, env)
            return inner.scaled(factor) if isinstance(inner, Interval) else None
        case Sum(left, sign, right):
            return _summed(operand(left, env), sign, operand(right, env))
        case _:
            raise TypeError(f"not an operand: {expr!r}")


def duration_of(function: str, count: int) -> Duration:
    """``hours(n)``, ``days(n)``, ``months(n)``, ``years(n)``."""
    sizes = {"hours": (0, 1), "days": (0, 24), "months": (1, 0), "years": (12, 0)}
    months, hours = sizes[function]
    return Duration(months=months * count, hours=hours * count)


def _summed(left: Value | None, sign: str, right: Value | None) -> Value | None:
    if isinstance(left, Interval) and isinstance(right, Interval):
        return left.plus(right if sign == "+" else right.scaled(Decimal(-1)))
    if isinstance(left, DateRange) and isinstance(right, Duration):
        return moved(left, right, 1 if sign == "+" else -1)
    return None


def moved(days: DateRange, by: Duration, direction: int) -> DateRange:
    """A date plus or minus a constant duration; a day that the target month lacks becomes that month's last."""
    return DateRange(_moved_day(days.earliest, by, direction), _moved_day(days.latest, by, direction))


def _moved_day(day: date | NeverDay, by: Duration, direction: int) -> date | NeverDay:
    if isinstance(day, NeverDay):
        return day
    try:
        if by.months:
            return add_months(day, direction * by.months)
        return day + direction * timedelta(days=int(by.hours) // 24)
    except (OverflowError, CalendarError):  # beyond the years that a date can have
        return NEVER if direction > 0 else date.min


def _compared(left: Value | None, op: Comparison, right: Value | None) -> Truth:
    if left is None or right is None:
        return Truth.UNKNOWN
    if isinstance(left, OneOf) and isinstance(right, OneOf):
        same = _among(left, right.members) if len(right.members) == 1 else Truth.UNKNOWN
        return same if op == "==" else ~same
    if isinstance(left, Interval) and isinstance(right, Interval):
        return _numbers(left, op, right)
    if isinstance(left, Duration) and isinstance(right, Duration):
        return _durations(left, op, right)
    assert isinstance(left, DateRange)
    assert isinstance(right, DateRange)
    return _dates(left, op, right)


def _numbers(left: Interval, op: Comparison, right: Interval) -> Truth:
    gap = left.plus(right.scaled(Decimal(-1)))  # the sign of left - right decides all six
    below = gap.high is not None and gap.high < 0
    above = gap.low is not None and gap.low > 0
    at_most_zero = gap.high is not None and gap.high <= 0
    at_least_zero = gap.low is not None and gap.low >= 0
    yes, no = {
        "<": (below, at_least_zero),
        "<=": (at_most_zero, above),
        ">": (above, at_most_zero),
        ">=": (at_least_zero, below),
        "==": (at_most_zero and at_least_zero, below or above),
        "!=": (below or above, at_most_zero and at_least_zero),
    }[op]
    return Truth.of(True if yes else False if no else None)


def _durations(left: Duration, op: Comparison, right: Duration) -> Truth:
    ask = {"<": less_than, "<=": at_most, ">": more_than, ">=": at_least}
    if op in ask:
        return Truth.of(ask[op](left, right))
    same = Truth.of(equal(left, right))
    return same if op == "==" else ~same


def _dates(left: DateRange, op: Comparison, right: DateRange) -> Truth:
    if op in ("<", ">="):
        earlier = Truth.of(before(left, right))
        return earlier if op == "<" else ~earlier
    if op in (">", "<="):
        later = Truth.of(before(right, left))
        return later if op == ">" else ~later
    apart = Truth.of(before(left, right)) | Truth.of(before(right, left))
    settled = left.earliest == left.latest and right.earliest == right.latest
    same = Truth.FALSE if apart is Truth.TRUE else Truth.TRUE if settled and apart is Truth.FALSE else Truth.UNKNOWN
    return same if op == "==" else ~same
