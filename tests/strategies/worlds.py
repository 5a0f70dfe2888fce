"""Random worlds over the vocabulary of the built-in corpus, drawn mostly around what is wished for (see ``wishing``)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Self

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter
from tests.strategies.wishing import Wishes, constants, programs, turning_days, wishes

from guiju.calendars import NEVER, DateRange, Duration, NeverDay
from guiju.logic import (
    BoolType,
    DurationType,
    EnumType,
    Given,
    Interval,
    NumberType,
    OneOf,
    SetOf,
    SetType,
    Truth,
    Value,
)
from guiju.norms import Declared, Program, Thing, Vocabulary, World

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
        return self.draw(st.sampled_from([*turning_days(), *(self.program.on - timedelta(n) for n in (0, 1, 9, 20, 45))]))

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
        if person is not None:
            self._maybe(person, "processed_by", system)
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


# -- strategies --------------------------------------------------------------------------------------------------------------


@st.composite
def worlds(draw: st.DrawFn, program: Program, among: tuple[str, ...] = (), fully: bool = False) -> World:
    """A world known in part; ``fully``: one of which nothing is open."""
    return Building(draw, program, draw(wishes(program, among))).in_a_mood().build(fully)


@st.composite
def cases(draw: st.DrawFn, among: tuple[str, ...] = (), fully: bool = False) -> Case:
    """A program and a world."""
    program = draw(programs)
    return Case(program, draw(worlds(program, among, fully)))
