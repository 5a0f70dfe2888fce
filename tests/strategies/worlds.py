"""Random worlds over the vocabulary of the built-in corpus, and worlds that say all that another one says and more.

A norm is chosen, and what would make it reach somebody is wished for: values are drawn mostly around these wishes, so that
deep conditions are often met, often missed by one fact, and often open. Constants come out of the norms' own conditions.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, Self

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from guiju.calendars import NEVER, DateRange, Duration, NeverDay, parse_day
from guiju.logic import (
    And,
    BoolType,
    Call,
    Compared,
    DateType,
    DurationType,
    EnumType,
    Expr,
    Given,
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
    SetType,
    Truth,
    Value,
    walk,
)
from guiju.norms import Declared, Exempt, Norm, Program, Thing, Vocabulary, World, builtin
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

COMPANIONS: Final = {"model": "model", "service": "service"}
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
                self.found[declared.name] = DateRange.on(self.draw(st.sampled_from(_turning_days())))
            case DurationType(), Call("months", int() as months):
                spans = [Duration(months=months), Duration(hours=31 * months * 24)] if wanted else [Duration(hours=24 * 20)]
                self.found[declared.name] = self.draw(st.sampled_from(spans))
            case _:
                return


# -- values ------------------------------------------------------------------------------------------------------------------


@dataclass
class Maker:
    """What a world is drawn with: the corpus, the day it is asked about, wishes."""

    draw: st.DrawFn
    program: Program
    wishes: Wishes
    said: int = 8
    """How often, of ten times, something is said of what is wished for."""
    granted: int = 7
    """How often, of ten times, it is as wished."""
    held: frozenset[str] = frozenset()
    """Names that the lesser world is silent on, and the greater one gives as wished: what a settled answer must not guess."""

    def in_a_mood(self) -> Self:
        """Reticent or talkative, contrary or obliging."""
        self.said, self.granted = self.draw(st.sampled_from([3, 6, 8, 9, 10])), self.draw(st.sampled_from([5, 8, 9, 10, 10]))
        return self

    @property
    def vocabulary(self) -> Vocabulary:
        return self.program.vocabulary

    def pick(self, *chances: tuple[int, str]) -> str:
        """One of some words, by weight."""
        return self.draw(st.sampled_from([word for weight, word in chances for _ in range(weight)]))

    def chance(self, tenths: int) -> bool:
        return self.draw(st.integers(0, 9)) < tenths

    def settled(self, declared: Declared) -> Value:
        """A value of which nothing is open."""
        match declared.type:
            case BoolType():
                return Truth.of(self.draw(st.booleans()))
            case EnumType(members):
                return OneOf.just(self.draw(st.sampled_from(members)))
            case SetType(members):
                return SetOf(frozenset(self.draw(st.lists(st.sampled_from(members), unique=True, max_size=3))), closed=True)
            case NumberType():
                return Interval.just(self.number(declared))
            case DurationType():
                return self.draw(
                    st.sampled_from([Duration(months=6), Duration(hours=180 * 24), Duration(hours=182 * 24), Duration(months=36)])
                )
            case _:
                return DateRange.on(self.day())

    def number(self, declared: Declared) -> Decimal:
        limits = [one.low for one in constants().get(declared.name, []) if isinstance(one, Interval) and one.low is not None]
        pool = [Decimal(0), Decimal(1), Decimal(4), Decimal(6), *limits]
        pool += [limit + limit / 10 for limit in limits] + [limit / 2 for limit in limits]
        return self.draw(st.sampled_from(pool))

    def day(self) -> date:
        """A day that some rule turns on, or shortly before the day of the question."""
        return self.draw(st.sampled_from([*_turning_days(), *(self.program.on - timedelta(n) for n in (0, 1, 9, 20, 45))]))

    def value(self, declared: Declared) -> Value:
        """A value known wholly or in part, most often as wished."""
        wished = self.wishes.get(declared.name)
        aim = wished if wished is not None and self.chance(self.granted) else self.settled(declared)
        return self.widened(declared, aim) if self.chance(1) else aim

    def widened(self, declared: Declared, value: Value) -> Value:
        """Less than the value: it is still possible."""
        match value:
            case OneOf(members):
                assert isinstance(declared.type, EnumType)
                return OneOf(members | set(self.draw(st.lists(st.sampled_from(declared.type.members), max_size=2))))
            case SetOf(has, lacks, _):
                return SetOf(has, lacks - set(self.draw(st.lists(st.sampled_from(sorted(lacks)), max_size=2)) if lacks else ()))
            case Interval(low, high):
                return self.draw(
                    st.sampled_from(
                        [Interval(low, None), Interval(None, high), Interval((low or Decimal(0)) / 2, (high or Decimal(1)) * 2)]
                    )
                )
            case DateRange(first, last):
                start = _moved(first, -self.draw(st.sampled_from([0, 1, 30, 400])))
                end = self.draw(st.sampled_from([last, NEVER, _moved(last, 30)]))
                return DateRange(start, end)
            case _:
                return value

    def narrower(self, declared: Declared, value: Value) -> Value:
        """The same or more known than by this value."""
        if not self.chance(self.said):
            return value
        aim = self.wishes.get(declared.name)
        match value:
            case OneOf(members):
                liked = [one for one in sorted(members) if isinstance(aim, OneOf) and one in aim.members]
                return OneOf(
                    frozenset(liked) or frozenset(self.draw(st.lists(st.sampled_from(sorted(members)), min_size=1, unique=True)))
                )
            case SetOf(has, lacks, False):
                return self._narrower_set(declared, SetOf(has, lacks), aim)
            case Interval(low, high) if low is None or low != high:
                inside = [
                    n for n in (self.number(declared), *_bounds(aim)) if (low is None or n >= low) and (high is None or n <= high)
                ]
                return Interval.just(self.draw(st.sampled_from(inside))) if inside else value
            case DateRange(first, last) if first != last:
                days = [self.day(), first, last, *([aim.earliest] if isinstance(aim, DateRange) else [])]
                fit = [one for one in days if first <= one <= last]
                start = self.draw(st.sampled_from(fit))
                return self.draw(st.sampled_from([DateRange.on(start), DateRange(start, last)]))
            case _:
                return value

    def _narrower_set(self, declared: Declared, value: SetOf, aim: Value | None) -> SetOf:
        assert isinstance(declared.type, SetType)
        free = [one for one in declared.type.members if one not in value.has | value.lacks]
        more = set(self.draw(st.lists(st.sampled_from(free), max_size=2, unique=True))) if free else set()
        if isinstance(aim, SetOf) and self.draw(st.booleans()):
            more |= aim.has & set(free)
        less = (set(free) - more) if self.draw(st.booleans()) else set()
        return SetOf(value.has | more, value.lacks | less, closed=self.draw(st.booleans()))

    # -- what is said of a thing ---------------------------------------------------------------------------------------------

    def given(self, declared: Declared) -> Given:
        done = None
        if declared.kind == "measure" and self.chance(5):
            done = self.done()
        evidence = "file-1" if self.chance(2) else None
        return Given(self.value(declared), by="li" if declared.kind == "judgement" else None, evidence=evidence, done=done)

    def done(self) -> DateRange:
        """The day of an act: not after the day of the question."""
        day = self.program.on - timedelta(self.draw(st.sampled_from([0, 1, 5, 12, 30, 400])))
        return DateRange(day - timedelta(self.draw(st.sampled_from([0, 0, 20]))), day)

    def names(self, kind: str) -> list[Declared]:
        """The names that can be given of a kind of thing: those wished for, and a few others."""
        kinds = ("party", "organisation") if kind == "party" else (kind,)
        return [one for one in self.vocabulary.entries() if one.object in kinds and one.kind not in ("term", "relation")]

    def describe(self, thing: Thing, fully: bool = False) -> Thing:
        entries = self.names(thing.kind)
        wanted = [one for one in entries if one.name in self.wishes and one.name not in self.held]
        others = [one for one in entries if one.name not in self.wishes and one.name not in self.held]
        chosen = entries if fully else [one for one in wanted if self.chance(self.said)]
        if not fully and others:
            chosen += self.draw(st.lists(st.sampled_from(others), max_size=3, unique_by=lambda one: one.name))
        for declared in chosen:
            thing.given[declared.name] = self.whole(declared) if fully else self.given(declared)
        return thing

    def whole(self, declared: Declared) -> Given:
        """A given of which nothing is open."""
        wished = self.wishes.get(declared.name)
        value = wished if wished is not None and self.chance(7) else self.settled(declared)
        if isinstance(value, SetOf):
            value = SetOf(value.has, frozenset(), closed=True)
        return Given(value)

    def learn(self, thing: Thing) -> None:
        """Say more of a thing."""
        for name, given in list(thing.given.items()):
            declared = self.vocabulary.declared[name]
            done = given.done
            if declared.kind == "measure" and done is None and self.chance(3):
                done = self.done()
            elif done is not None and self.chance(3):
                done = DateRange.on(done.latest)
            thing.given[name] = replace(given, value=self.narrower(declared, given.value), done=done)
        for declared in self.names(thing.kind):
            if declared.name in thing.given or declared.name not in self.wishes:
                continue
            if declared.name in self.held:
                thing.given[declared.name] = Given(self.wishes[declared.name])
            elif self.chance(self.said):
                thing.given[declared.name] = self.given(declared)


def _bounds(aim: Value | None) -> list[Decimal]:
    return [one for one in (aim.low, aim.high) if one is not None] if isinstance(aim, Interval) else []


def _moved(day: date | NeverDay, days: int) -> date | NeverDay:
    return day + timedelta(days) if isinstance(day, date) else day


@lru_cache(maxsize=1)
def _turning_days() -> tuple[date, ...]:
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


# -- the shape of a world ------------------------------------------------------------------------------------------------------


class Told:
    """Shown in a report as it tells itself, not field by field."""

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        printer.text("(itself)" if cycle else repr(self))


@dataclass
class Case(Told):
    """A program and a world to ask it about."""

    program: Program
    world: World

    def __repr__(self) -> str:
        return f"on {self.program.on}, as known on {self.program.known}:\n{told(self.world)}"


@dataclass
class Pair(Told):
    """A world, one that says more, and which things of the second say more of which thing of the first."""

    program: Program
    less: World
    more: World
    same: dict[int, list[Thing]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"on {self.program.on}, as known on {self.program.known}:\n{told(self.less)}\nand more:\n{told(self.more)}"


def told(world: World) -> str:
    """A world in a few lines, for the report of a failure."""
    lines = []
    for thing in things_in(world):
        said = [f"{name}: {given.value}" + (f" done {given.done}" if given.done else "") for name, given in thing.given.items()]
        rows = [f"{name}{' (all)' if name in thing.closed else ''}: {rows}" for name, rows in thing.rows.items()]
        lines.append(f"  {thing!r} {'; '.join(said + rows)} {sorted(thing.closed - thing.rows.keys()) or ''}")
    return "\n".join(lines)


def things_in(world: World) -> list[Thing]:
    """The things of a world, the earlier system with its purposes included."""
    found = list(world.things)
    for thing in list(found):
        earlier = thing.links.get("earlier")
        if earlier is not None and not any(one is earlier for one in found):
            found += [earlier, *(row for rows in earlier.rows.values() for row in rows)]
    return found


class Building(Maker):
    """Puts a world together in the shape that dossiers have."""

    world: World
    fully: bool = False

    def build(self, fully: bool = False) -> World:
        self.fully = fully
        self.world = World(self.vocabulary, Thing("system", "sys", anonymous=not fully and self.draw(st.booleans())))
        system = self.add(self.world.root)
        model, service, product = (self.add(Thing(kind, kind, anonymous=True)) for kind in ("model", "service", "product"))
        self.add(Thing("activity", "activity", anonymous=True))
        for thing, relation, other in (
            (system, "model", model), (system, "service", service), (service, "offers", system),
            (service, "product", product), (product, "as_service", service),
        ):  # fmt: skip
            self.world.link(thing, relation, other)
        self.rows(system, "purposes", 3)
        self.rows(system, "parties", 3)
        self.rows(product, "declared_standards", 2)
        if fully or self.chance(4):
            self.earlier(system)
        self.occurrences(system, service)
        return self.world

    def add(self, thing: Thing) -> Thing:
        self.world.add(thing)
        return self.describe(thing, self.fully)

    def rows(self, owner: Thing, relation: str, most: int) -> None:
        count = self.draw(st.integers(1 if self.fully else 0, most))
        for number in range(count):
            self.row(owner, relation, number)
        if self.fully or self.chance(4):
            owner.closed.add(relation)
        kind = self.vocabulary.declared[relation].to
        if not count and kind in ("purpose", "party"):
            if relation in owner.closed:
                self.world.absent.add(kind)
            else:
                self.world.link(self.add(Thing(kind, kind, anonymous=True)), _inverse(self.vocabulary, relation), owner)

    def row(self, owner: Thing, relation: str, number: int) -> Thing:
        thing = self.add(Thing(self.vocabulary.declared[relation].to, self.row_id(relation, number)))
        self.world.link(thing, _inverse(self.vocabulary, relation), owner)
        return thing

    def row_id(self, relation: str, number: int) -> str:
        if relation == "declared_standards":
            return ["cn/gbt-45654-2025", "cn/gb-45438-2025", "Q/ACME-1"][number % 3]
        return f"org:{'abcdef'[number]}" if relation == "parties" else f"{relation}-{number}"

    def earlier(self, system: Thing) -> None:
        before = self.describe(Thing("system", "sys-earlier"), self.fully)
        system.links["earlier"] = before
        for number in range(self.draw(st.integers(0, 2))):
            purpose = self.describe(Thing("purpose", f"before-{number}"), self.fully)
            self.world.link(purpose, "system", before)
        if self.fully or self.chance(5):
            before.closed.add("purposes")

    def occurrences(self, system: Thing, service: Thing) -> None:
        world = self.world
        purposes = [one for one in world.of_kind("purpose") if not one.anonymous]
        person = self.add(Thing("person", "user-1")) if self.fully or self.chance(3) else None
        body = self.add(Thing("body", "office")) if self.fully or self.chance(4) else None
        if self.fully or self.chance(5):
            content = self.add(Thing("content", "clip"))
            world.link(content, "of_service", service)
            self._maybe(content, "posted_by", person)
        if self.fully or self.chance(3):
            decision = self.add(Thing("decision", "loan-7"))
            world.link(decision, "for_system", system)
            self._maybe(decision, "person_concerned", person)
        if purposes and self.chance(2):
            world.link(self.add(Thing("use", "use-1")), "of_purpose", purposes[0])
        if body is not None:
            self._of_body(body)

    def _of_body(self, body: Thing) -> None:
        if self.fully or self.chance(6):
            meeting = self.add(Thing("meeting", "m1"))
            self.world.link(meeting, "of_body", body)
            self.rows(meeting, "member_categories", 2)
        if self.fully or self.chance(5):
            self._maybe(self.add(Thing("application", "filing-1")), "filed_with", body)
        for standard in self.world.of_kind("standard"):
            self._maybe(standard, "issued_by", body)

    def _maybe(self, thing: Thing, relation: str, other: Thing | None) -> None:
        if other is not None and (self.fully or self.chance(8)):
            self.world.link(thing, relation, other)


def _inverse(vocabulary: Vocabulary, relation: str) -> str:
    inverse = vocabulary.declared[relation].inverse
    assert inverse is not None
    return inverse


def copied(world: World) -> tuple[World, dict[int, Thing]]:
    """The same world over again, and which thing became which."""
    twins = {
        id(one): Thing(one.kind, one.id, dict(one.label), one.anonymous, dict(one.given), closed=set(one.closed))
        for one in things_in(world)
    }
    for one in things_in(world):
        twin = twins[id(one)]
        twin.links = {name: twins[id(other)] for name, other in one.links.items()}
        twin.rows = {name: [twins[id(row)] for row in rows] for name, rows in one.rows.items()}
    things = [twins[id(one)] for one in world.things]
    return World(world.vocabulary, twins[id(world.root)], things, set(world.absent)), twins


class Learning(Building):
    """Says more of a world."""

    def more(self, world: World) -> tuple[World, dict[int, list[Thing]]]:
        self.world, twins = copied(world)
        same = {key: [twin] for key, twin in twins.items()}
        for thing in things_in(self.world):
            self.learn(thing)
        self._forget_product(same)
        for owner in list(self.world.things):
            for relation in self.vocabulary.relations(owner.kind):
                if relation.many and relation.name in ("purposes", "parties", "declared_standards", "member_categories"):
                    self._list(owner, relation.name, relation.to, same)
        if "earlier" not in self.world.root.links and self.chance(3):
            self.earlier(self.world.root)
        for decision in self.world.of_kind("decision"):
            people = self.world.of_kind("person")
            if people and "person_concerned" not in decision.links:
                self._maybe(decision, "person_concerned", people[0])
        return self.world, same

    def _list(self, owner: Thing, relation: str, kind: str, same: dict[int, list[Thing]]) -> None:
        """Perhaps more rows, perhaps the word that these are all; a stand-in gives way to the rows that are named."""
        if relation in owner.closed:
            return
        rows = owner.rows.get(relation, [])
        count = len(rows)
        added = [self.row(owner, relation, count + n) for n in range(self.draw(st.integers(0, 2)))]
        stand_in = next((one for one in self.world.of_kind(kind) if one.anonymous), None)
        if self.chance(5):
            owner.closed.add(relation)
        if stand_in is not None and kind in ("purpose", "party") and (added or relation in owner.closed):
            self._replace(stand_in, added, same)

    def _replace(self, stand_in: Thing, added: list[Thing], same: dict[int, list[Thing]]) -> None:
        for thing in added:
            thing.given = {**thing.given, **stand_in.given}
        self.world.things = [one for one in self.world.things if one is not stand_in]
        if not added:
            self.world.absent.add(stand_in.kind)
        for key, twins in same.items():
            if twins and twins[0] is stand_in:
                same[key] = added

    def _forget_product(self, same: dict[int, list[Thing]]) -> None:
        """A dossier that said nothing of an activity may say that there is none."""
        activity = next(iter(self.world.of_kind("activity")), None)
        if activity is not None and not activity.given and self.chance(2):
            self.world.things.remove(activity)
            self.world.absent.add("activity")
            for key, twins in same.items():
                if twins == [activity]:
                    same[key] = []


# -- strategies --------------------------------------------------------------------------------------------------------------


@st.composite
def wishes(draw: st.DrawFn, program: Program, among: tuple[str, ...] = ()) -> Wishes:
    """What would make one to three norms reach somebody; ``among``: norms to choose from, if not all."""
    wishing = Wishing(draw, program)
    norms = [program.norms[one] for one in among if one in program.norms] or list(program.norms.values())
    for norm in draw(st.lists(st.sampled_from(norms), min_size=1, max_size=3, unique_by=lambda one: one.id)):
        wishing.reach(norm)
    return wishing.found


@st.composite
def worlds(draw: st.DrawFn, program: Program, among: tuple[str, ...] = (), fully: bool = False) -> World:
    """A world known in part; ``fully``: one of which nothing is open."""
    return Building(draw, program, draw(wishes(program, among))).in_a_mood().build(fully)


@st.composite
def narrowed(
    draw: st.DrawFn, program: Program, world: World, wished: Wishes | None = None
) -> tuple[World, dict[int, list[Thing]]]:
    """A world that says all that one says and more, and what became of each of its things."""
    return Learning(draw, program, wished if wished is not None else draw(wishes(program))).in_a_mood().more(world)


@st.composite
def pairs(draw: st.DrawFn, among: tuple[str, ...] = (), program: Program | None = None) -> Pair:
    """A program, a world and a world that says more."""
    chosen = program or draw(programs)
    wished = draw(wishes(chosen, among))
    held = frozenset(draw(st.lists(st.sampled_from(sorted(wished)), max_size=2))) if wished else frozenset()
    less = Building(draw, chosen, wished, held=held).in_a_mood().build()
    more, same = Learning(draw, chosen, wished, held=held).in_a_mood().more(less)
    return Pair(chosen, less, more, same)


@st.composite
def cases(draw: st.DrawFn, among: tuple[str, ...] = (), fully: bool = False) -> Case:
    """A program and a world."""
    program = draw(programs)
    return Case(program, draw(worlds(program, among, fully)))
