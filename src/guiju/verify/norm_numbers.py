"""The numbers, periods, amounts and dates that a norm says, each with the part of the norm it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from guiju.calendars import Period, parse_day
from guiju.logic import Call, Compared, Expr, Literal, Name, NumberType, Product, walk
from guiju.norms import Norm, Vocabulary
from guiju.norms.model import Clock, Fine, Sanction
from guiju.verify.chinese import AT_LEAST, AT_MOST
from guiju.verify.names import named
from guiju.verify.quantities import TextNumbers

_DURATIONS: Final = {"hours": "hour", "days": "day", "months": "month", "years": "year"}
_UNITS: Final = {"person": "person", "percent": "percent", "second": "second"}
_TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_TOLD_IN_SUMMARIES: Final = frozenset({"working-day", "day", "week", "month", "year", "hour", "CNY", "EUR", "percent", "times"})
_FIRST_YEAR: Final = 1900
"""From here on a number of years is a year of the calendar."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a norm. ``unit`` None: any unit of the text will do; ``bound``: what the norm asks of it, if it asks."""

    value: Decimal
    unit: str | None
    bound: str | None
    part: str


@dataclass(frozen=True, slots=True)
class FineLimits:
    """The limits of one fine, as ``from ... to``."""

    low: Decimal | None
    high: Decimal | None
    personal: bool
    currency: str = "CNY"


@dataclass(frozen=True)
class NormNumbers:
    """Everything of a norm that has to stand in its provision."""

    numbers: tuple[Number, ...]
    fractions: frozenset[tuple[int, int]]
    dates: frozenset[date]
    days_of_year: frozenset[tuple[int, int]]
    fines: tuple[FineLimits, ...]


def numbers_in(norm: Norm, vocabulary: Vocabulary, readers: Mapping[str, Callable[[str], TextNumbers]]) -> NormNumbers:
    """The numbers of the conditions, the clock, the fines and the summary in the languages that there are readers for."""
    found: list[Number] = []
    fractions: set[tuple[int, int]] = set()
    dates: set[date] = set()
    for part, expr in _expressions(norm):
        found.extend(_compared(expr, part, vocabulary))
        fractions.update(_fractions(expr))
        dates.update(parse_day(str(one.argument)) for one in walk(expr) if isinstance(one, Call) and one.function == "date")
    dates.update(day for delay in norm.delays for day in delay.days)
    yearly: set[tuple[int, int]] = set()
    for part, clock in _clocks(norm):
        found.extend(_of_clock(clock, part))
        if clock.day:
            dates.add(clock.day)
        if clock.on:
            month, day = clock.on.split("-")
            yearly.add((int(month), int(day)))
    fines = tuple(_fines(norm.sanction)) if norm.sanction else ()
    found.extend(_shares(norm.sanction) if norm.sanction else ())
    found.extend(_summaries(norm, readers))
    return NormNumbers(tuple(found), frozenset(fractions), frozenset(dates), frozenset(yearly), fines)


def _expressions(norm: Norm) -> Iterator[tuple[str, Expr]]:
    yield "when", norm.when
    yield "require", norm.require
    for case in norm.cases:
        yield "cases", case.when
    if norm.gives:
        yield "gives", norm.gives.require
    for exempt in norm.exceptions:
        yield "unless", exempt.when
    for tier in norm.sanction.tiers if norm.sanction else ():
        yield "tiers", tier.when


def _compared(expr: Expr, part: str, vocabulary: Vocabulary) -> Iterator[Number]:
    for one in walk(expr):
        if not isinstance(one, Compared) or isinstance(one.left, Product) or isinstance(one.right, Product):
            continue
        for side, other, bound in ((one.right, one.left, one.op), (one.left, one.right, _TURNED.get(one.op, one.op))):
            if isinstance(side, Literal) and isinstance(side.value, Decimal):
                yield Number(side.value, _unit_of(other, vocabulary), _bound(bound), part)
            elif isinstance(side, Call) and side.function in _DURATIONS:
                yield Number(Decimal(side.argument), _DURATIONS[side.function], _bound(bound), part)


def _bound(op: str) -> str | None:
    return op if op in _TURNED else None


def _unit_of(expr: Expr, vocabulary: Vocabulary) -> str | None:
    declared = named(expr.path, vocabulary) if isinstance(expr, Name) else None
    return _UNITS.get(declared.type.unit) if declared and isinstance(declared.type, NumberType) and declared.type.unit else None


def _fractions(expr: Expr) -> Iterator[tuple[int, int]]:
    """``3 * votes_for >= 2 * members_present``: two thirds."""
    for one in walk(expr):
        if isinstance(one, Compared) and isinstance(one.left, Product) and isinstance(one.right, Product):
            yield int(one.right.factor), int(one.left.factor)


def _clocks(norm: Norm) -> Iterator[tuple[str, Clock]]:
    if norm.clock:
        yield "clock", norm.clock
    if norm.gives and norm.gives.clock:
        yield "gives.clock", norm.gives.clock


def _of_clock(clock: Clock, part: str) -> Iterator[Number]:
    bound = AT_LEAST if clock.kind == "retention" else AT_MOST if clock.kind in ("deadline", "interval") else None
    periods: list[Period] = [case.within for case in clock.cases]
    if clock.within:
        periods.append(clock.within)
    if clock.extension and clock.extension.longest:
        periods.append(clock.extension.longest)
    if clock.every:
        yield Number(Decimal(clock.every.amount), clock.every.unit, None, part)
    for period in periods:
        yield Number(Decimal(period.amount), period.unit, bound, part)


def _fines(sanction: Sanction) -> Iterator[FineLimits]:
    for tier in sanction.tiers:
        for personal, fine in ((False, tier.fine), (True, tier.person_fine)):
            if fine and (fine.low is not None or fine.high is not None):
                yield FineLimits(fine.low, fine.high, personal, fine.currency)


def _shares(sanction: Sanction) -> Iterator[Number]:
    fines: list[Fine | None] = [fine for tier in sanction.tiers for fine in (tier.fine, tier.person_fine)]
    for fine in fines:
        if fine and fine.share:
            yield Number(fine.share.percent, "percent", AT_MOST, "share")


def _summaries(norm: Norm, readers: Mapping[str, Callable[[str], TextNumbers]]) -> Iterator[Number]:
    """Periods, amounts and shares that a summary tells; counts of things are the summary's own."""
    for lang, numbers_of in readers.items():
        for one in numbers_of(str(norm.summary.get(lang, ""))).quantities:
            if one.unit in _TOLD_IN_SUMMARIES and not (one.unit == "year" and one.value >= _FIRST_YEAR):
                yield Number(one.value, one.unit, one.bound, "summary")
