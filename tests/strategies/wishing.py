"""What somebody wants a world to say, so that norms of the built-in corpus reach somebody in it.

A norm is chosen, and what would make it reach somebody is wished for: worlds draw their values mostly around these wishes, so
that deep conditions are often met, often missed by one fact, and often open. Constants come out of the norms' own conditions.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from hypothesis import strategies as st

from guiju.calendars import DateRange, Duration, parse_day
from guiju.logic import (
    And,
    Call,
    Compared,
    DateType,
    DurationType,
    EnumType,
    Expr,
    In,
    Interval,
    Literal,
    Members,
    Name,
    Not,
    NumberType,
    OneOf,
    Or,
    Quantified,
    SetOf,
    Truth,
    Value,
    walk,
)
from guiju.norms import Declared, Exempt, Norm, Program, Vocabulary, builtin
from guiju.norms.check import conditions

Wishes = dict[str, Value]
"""Name -> the value that somebody wants it to have."""

DAYS: Final[tuple[tuple[str, str | None], ...]] = (
    ("2026-11-21", None),
    ("2028-01-10", None),
    ("2028-01-10", "2026-07-23"),
    ("2025-06-01", None),
    ("2025-09-15", None),
    ("2026-08-02", None),
    ("2026-12-02", None),
    ("2028-08-02", None),
    ("2030-08-02", None),
)
"""Days on which answers are asked, with the day up to which the law is known (None: the same)."""

_TURNOVERS: Final = tuple(map(Decimal, (0, 20000000, 40000000, 200000000, 1000000000)))
_OPS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


@lru_cache(maxsize=64)
def program_on(on: str, known: str | None = None) -> Program:
    """The built-in corpus on a day."""
    return Program(builtin(), parse_day(on), parse_day(known) if known else None)


programs = st.sampled_from(DAYS).map(lambda pair: program_on(*pair))


def last_name(vocabulary: Vocabulary, path: str) -> str:
    """The declared name at the end of a path of relations."""
    parts = path.split(".")
    while len(parts) > 1 and parts[0] not in vocabulary.prefixes:
        parts.pop(0)
    return ".".join(parts)


@lru_cache(maxsize=1)
def constants() -> dict[str, list[Value]]:
    """Name -> the numbers and days that some condition compares it with."""
    corpus, found = builtin(), dict[str, list[Value]]()
    for norm in corpus.all_norms():
        for expr in conditions(norm):
            for item in walk(expr):
                if isinstance(item, Compared) and isinstance(item.left, Name):
                    value = _constant(item.right)
                    if value is not None:
                        found.setdefault(last_name(corpus.vocabulary, item.left.path), []).append(value)
    return found


def _constant(expr: Expr) -> Value | None:
    match expr:
        case Literal(Decimal() as number):
            return Interval.just(number)
        case Call("date", argument):
            return DateRange.on(parse_day(str(argument)))
        case _:
            return None


@lru_cache(maxsize=1)
def turning_days() -> tuple[date, ...]:
    """Every day that an event sets or a condition names, and its neighbours."""
    found = {dated.on for event in builtin().events.values() for dated in event.dates}
    found |= {
        day
        for values in constants().values()
        for one in values
        if isinstance(one, DateRange)
        for day in [one.earliest]
        if isinstance(day, date)
    }
    return tuple(sorted({day + timedelta(n) for day in found for n in (-1, 0, 1)}))


# -- wishes ------------------------------------------------------------------------------------------------------------------


class Wishing:
    """Works out values under which a condition holds (or fails), choosing among the ways by drawing."""

    def __init__(self, draw: st.DrawFn, program: Program) -> None:
        self.draw = draw
        self.program = program
        self.vocabulary = program.vocabulary
        self.found: Wishes = {}
        self._busy: set[str] = set()

    def reach(self, norm: Norm) -> None:
        """Wish that a norm reaches somebody: a bearer, its condition, most of the time none of its exceptions."""
        for term in norm.bearer.terms[:1] if norm.bearer else ():
            self.term(term, True)
        for one in norm.unless:
            self.exempt(one, self.draw(st.booleans()))
        for case in norm.cases:
            self.wish(case.when, self.draw(st.booleans()))
        self.wish(norm.when, True)
        if self.draw(st.booleans()):
            self.wish(norm.require, True)
        self.days(norm)
        self.threat(norm)
        for other in (*self.program.delayers.get(norm.id, ()), *self.program.appliers.get(norm.id, ())):
            if self.draw(st.booleans()):
                self.wish(other.when, True)
                self.days(other)

    def days(self, norm: Norm) -> None:
        """Wish that the events which a norm counts from have happened, most often shortly before."""
        names = [*(norm.clock.start if norm.clock else ()), *(name for delay in norm.delays for name in delay.events)]
        for name in names:
            back = self.draw(st.sampled_from([-30, 0, 1, 12, 16, 30, 45, 400, 4000]))
            self.found[self.declared(name).name] = DateRange.on(self.program.on - timedelta(back))

    def threat(self, norm: Norm) -> None:
        """Wish that something is known of what a breach would cost."""
        for sanction in self.program.sanctions.get(norm.id, ())[:1]:
            assert sanction.sanction is not None
            for tier in sanction.sanction.tiers:
                self.wish(tier.when, True)
                for fine in (tier.fine, tier.person_fine):
                    if fine and fine.share:
                        self.found[fine.share.of] = Interval.just(self.draw(st.sampled_from(_TURNOVERS)))
            for variant in sanction.sanction.variants:
                self.wish(variant.when, self.draw(st.booleans()))

    def exempt(self, one: Exempt, wanted: bool) -> None:
        self.wish(one.when, wanted or bool(one.unless))
        for inner in one.unless:
            self.exempt(inner, not wanted)

    def term(self, name: str, wanted: bool) -> None:
        """Wish that a term holds or fails."""
        if name in self._busy or len(self._busy) > 8:
            return
        self._busy.add(name)
        makers = self.program.makers.get(name, [])
        for maker in [self.draw(st.sampled_from(makers))] if makers and wanted else makers:
            for one in maker.unless:
                self.exempt(one, not wanted and self.draw(st.booleans()))
            for case in maker.cases:
                self.wish(case.when, self.draw(st.booleans()))
            self.wish(maker.when, wanted)
        self._busy.discard(name)

    def wish(self, expr: Expr, wanted: bool) -> None:
        match expr:
            case And(items) | Or(items):
                for item in items if isinstance(expr, And) is wanted else [self.draw(st.sampled_from(items))]:
                    self.wish(item, wanted)
            case Not(item):
                self.wish(item, not wanted)
            case Quantified(_, _, body):
                self.wish(body, wanted)
            case Name(path):
                self.name(path, wanted)
            case In(Name(path), Members(items)):
                self.member(path, items, wanted)
            case In(Literal(member), Name(path)):
                self.in_set(path, str(member), wanted)
            case Compared():
                self.compared(expr, wanted)
            case _:
                return

    def declared(self, path: str) -> Declared:
        return self.vocabulary.declared[last_name(self.vocabulary, path)]

    def name(self, path: str, wanted: bool) -> None:
        declared = self.declared(path)
        if declared.kind == "term":
            self.term(declared.name, wanted)
        else:
            self.found[declared.name] = Truth.of(wanted)

    def member(self, path: str, items: Iterable[str], wanted: bool) -> None:
        declared = self.declared(path)
        if declared.kind == "term":
            self.term(declared.name, wanted)
            return
        assert isinstance(declared.type, EnumType)
        left = [one for one in declared.type.members if (one in items) is wanted]
        if left:
            self.found[declared.name] = OneOf.just(self.draw(st.sampled_from(left)))

    def in_set(self, path: str, member: str, wanted: bool) -> None:
        known = self.found.get(self.declared(path).name, SetOf())
        assert isinstance(known, SetOf)
        has, lacks = (known.has | {member}, known.lacks - {member}) if wanted else (known.has - {member}, known.lacks | {member})
        self.found[self.declared(path).name] = SetOf(has, lacks)

    def compared(self, expr: Compared, wanted: bool) -> None:
        if not isinstance(expr.left, Name):
            return
        declared, ask = self.declared(expr.left.path), _OPS[expr.op]
        match declared.type, expr.right:
            case EnumType(), Literal(member):
                self.member(expr.left.path, [str(member)], wanted is (expr.op == "=="))
            case NumberType(), Literal(Decimal() as limit):
                step = max(abs(limit) / 100, Decimal("0.01"))
                near = [one for one in (limit - step, limit, limit + step) if one >= 0 and ask(one, limit) is wanted]
                if near:
                    self.found[declared.name] = Interval.just(self.draw(st.sampled_from(near)))
            case DateType(), Call("date", day):
                limit_day = parse_day(str(day))
                close = [one for one in (limit_day + timedelta(n) for n in (-1, 0, 1)) if ask(one, limit_day) is wanted]
                if close:
                    self.found[declared.name] = DateRange.on(self.draw(st.sampled_from(close)))
            case DateType(), _:
                self.found[declared.name] = DateRange.on(self.draw(st.sampled_from(turning_days())))
            case DurationType(), Call("months", int() as months):
                spans = [Duration(months=months), Duration(hours=31 * months * 24)] if wanted else [Duration(hours=24 * 20)]
                self.found[declared.name] = self.draw(st.sampled_from(spans))
            case _:
                return


@st.composite
def wishes(draw: st.DrawFn, program: Program, among: tuple[str, ...] = ()) -> Wishes:
    """What would make one to three norms reach somebody; ``among``: norms to choose from, if not all."""
    wishing = Wishing(draw, program)
    norms = [program.norms[one] for one in among if one in program.norms] or list(program.norms.values())
    for norm in draw(st.lists(st.sampled_from(norms), min_size=1, max_size=3, unique_by=lambda one: one.id)):
        wishing.reach(norm)
    return wishing.found
