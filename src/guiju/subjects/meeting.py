"""What two statements about one name say together, if they can both be true."""

from __future__ import annotations

from dataclasses import replace

from guiju.calendars import DateRange, Duration
from guiju.logic import Given, Interval, OneOf, SetOf, Truth, Value


def meet(one: Given, other: Given) -> Given | None:
    """One statement with what both know; None if they contradict each other.

    Where one says all that the other does, it stands with its own source (of two that say the same, the later one). Where
    each knows something, both are named.
    """
    value = meet_values(one.value, other.value)
    if value is None or (one.done and other.done and one.done != other.done):
        return None
    fitting = [given for given in (one, other) if given.value == value]
    if fitting:
        return max(fitting, key=_order)
    first, second = sorted((one, other), key=_order)
    return replace(
        second, value=value, source=_both(first.source, second.source), by=_both(first.by, second.by),
        evidence=_both(first.evidence, second.evidence), document=_both(first.document, second.document),
        reasons=_both(first.reasons, second.reasons), done=second.done or first.done,
    )  # fmt: skip


def _order(given: Given) -> tuple[str, str]:
    """The later and better told statement last."""
    return given.on or "", str(replace(given, where=None))


def _both(one: str | None, other: str | None) -> str | None:
    return "; ".join(sorted({part for part in (one, other) if part})) or None


def meet_values(one: Value, other: Value) -> Value | None:
    """What is known if both are so; None if they cannot be."""
    if isinstance(one, OneOf) and isinstance(other, OneOf):
        members = one.members & other.members
        return OneOf(members) if members else None
    if isinstance(one, SetOf) and isinstance(other, SetOf):
        return _sets(one, other)
    if isinstance(one, Interval) and isinstance(other, Interval):
        return _intervals(one, other)
    if isinstance(one, DateRange) and isinstance(other, DateRange):
        first, last = max(one.earliest, other.earliest), min(one.latest, other.latest)
        return DateRange(first, last) if first <= last else None
    if isinstance(one, (Truth, Duration)):
        return one if one == other else None
    return None


def _sets(one: SetOf, other: SetOf) -> SetOf | None:
    has, lacks = one.has | other.has, one.lacks | other.lacks
    for side in (one, other):
        if side.closed and has - side.has:
            return None
    if has & lacks:
        return None
    if one.closed or other.closed:
        return SetOf(has=has, closed=True)
    return SetOf(has=has, lacks=lacks)


def _intervals(one: Interval, other: Interval) -> Interval | None:
    lows = [end for end in (one.low, other.low) if end is not None]
    highs = [end for end in (one.high, other.high) if end is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        return None
    return Interval(low, high)
