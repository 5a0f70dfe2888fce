"""One world under one program: terms, scope and content of every norm, with memory of what was already worked out.

    content  = when && !exceptions
    in scope = (bearer && content, or by an application norm) && !displaced        for each party that bears it

An evaluation runs in a *mode*: the text as it stands; the text with one attributed reading in place of a norm's condition;
or only such terms as their own provisions already give (for the second answer of language section 8).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, Self, TypeVar

from guiju.calendars import NEVER, DateRange
from guiju.logic import (
    TRUE,
    UNSETTLED,
    BoolType,
    Expr,
    Given,
    Name,
    OneOf,
    Truth,
    Value,
    all_of,
    any_of,
    evaluate,
    walk,
)
from guiju.norms.arising import arisen
from guiju.norms.bearers import bears, roles
from guiju.norms.cases import NO_OUTCOME, outcomes_of
from guiju.norms.model import Clock, Event, Exempt, Norm, Reading
from guiju.norms.program import Program
from guiju.norms.second_ways import gives_way
from guiju.norms.views import View
from guiju.norms.vocabulary import PARTY_KINDS, STANDING, Declared
from guiju.norms.world import StillWorld, Thing, World
from guiju.wording import GuijuError

if TYPE_CHECKING:
    from guiju.norms.duties import Met
    from guiju.norms.fines import SanctionResult
    from guiju.norms.timing import Timing


@dataclass(frozen=True, slots=True)
class Mode:
    """How to read: a reading in place of a norm's text, or only terms whose provisions apply already.

    ``awaited``: as if it were open whether any norm is breached and any right claimed, to see what hangs on that alone.
    """

    reading: Reading | None = None
    of_norm: str | None = None
    only_applicable: bool = False
    awaited: bool = False


TEXT = Mode()

K = TypeVar("K")
V = TypeVar("V")


Cause = Literal["fact", "judgement", "evidence", "reading"]


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that would have to be known: its name, of which thing, and what kind of doing settles it."""

    cause: Cause
    name: str
    thing: Thing | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground: a fact of a thing with its value, or (``norm``) a term and the norm that made it so."""

    name: str
    thing: Thing | None
    value: Value | None
    given: Given | None
    norm: str | None = None


@dataclass(frozen=True, slots=True)
class WayOut:
    """A norm (``to``) that another gives way to: whether it does, by which norm's clause, on which condition of which thing."""

    open: Truth
    to: Norm
    by: Norm
    when: Expr
    thing: Thing


class Terms(ABC):
    """A world under a program, in a mode."""

    def __init__(self, program: Program, world: World, mode: Mode = TEXT, text: Terms | None = None) -> None:
        self.program = program
        self.world = StillWorld.of(world)
        self.vocabulary = program.vocabulary
        self.mode = mode
        self.text: Terms = text or self
        self._otherwise = program.dependence.upon(mode.of_norm) if mode.reading and mode.of_norm else None
        self._terms: dict[tuple[str, int], Value | None] = {}
        self._scopes: dict[tuple[str, int, int], Truth] = {}
        self._class_days: dict[tuple[str, int], DateRange] = {}
        self.needs_of_terms: dict[tuple[str, int], dict[tuple[str, int], Missing]] = {}
        self.duties: dict[tuple[str, int, int], Met] = {}
        self.threats: dict[tuple[str, int, int], SanctionResult] = {}
        self.timings: dict[tuple[str, str | None, int, int], Timing] = {}
        self.grounds_of_terms: dict[tuple[str, int, int], list[Reason]] = {}

    def once(self, memory: dict[K, V], key: K, work: Callable[[], V]) -> V:
        """What ``work`` gives, worked out once; all memory of a world goes through here, so that it can be watched."""
        if key not in memory:
            memory[key] = work()
        return memory[key]

    def in_mode(self, mode: Mode) -> Self:
        """The same world read otherwise."""
        return type(self)(self.program, self.world, mode, self.text)

    @abstractmethod
    def begun(self, norm: Norm, thing: Thing) -> Truth:
        """Whether a norm's own provision has begun to apply to a thing (or has been put off only for it)."""

    @abstractmethod
    def stood_still(self, norm: Norm, thing: Thing) -> Truth:
        """Whether the standstill of a status norm has run by the day."""

    @abstractmethod
    def asked(self, question: str, wanted: str, thing: Thing, party: Thing | None) -> Truth:
        """``applies``, ``fulfilled`` or ``breached`` of the norms an id stands for, at this thing or what stands above it."""

    def as_in_text(self, name: str) -> bool:
        """Whether a scope or a term is no other than by the text: nothing that it hangs on is read otherwise."""
        return self._otherwise is not None and name not in self._otherwise

    def view(self, thing: Thing, party: Thing | None = None) -> View:
        """What an expression about a thing sees, for a party."""
        return View(self, thing, party)

    # -- terms -------------------------------------------------------------------------------------------------------------

    def term(self, declared: Declared, thing: Thing) -> Value | None:
        """What a term is of a thing; None where only norms that rest on memory could make it."""
        if self.as_in_text(declared.name):
            return self.text.term(declared, thing)
        return self.once(self._terms, (declared.name, id(thing)), lambda: self._work_out(declared, thing))

    def _work_out(self, declared: Declared, thing: Thing) -> Value | None:
        if declared.name in self.program.waiting_terms:
            return None
        makers = self.program.makers.get(declared.name, [])
        if not isinstance(declared.type, BoolType):
            return self._one_of(makers, thing)
        made = any_of(self.makes(norm, thing) & self.given(norm, thing) for norm in makers)
        enders = self.program.enders.get(declared.name, [])
        ended = any_of(self.content(norm, thing, None) & self.given(norm, thing) for norm in enders)
        return made & ~ended

    def given(self, norm: Norm, thing: Thing) -> Truth:
        """Whether a norm counts in this mode; a status norm with a standstill only once that has run."""
        begun = self.text.begun(norm, thing) if self.mode.only_applicable else Truth.TRUE
        return begun & self.stood_still(norm, thing) if stands_still(norm) else begun

    def _one_of(self, makers: list[Norm], thing: Thing) -> OneOf | None:
        """The outcomes of every norm that gives the term its value; where two differ, both stay possible."""
        found = []
        for norm in makers:
            given = self.given(norm, thing)
            if norm.cases and given is not Truth.FALSE:
                members = self.outcomes(norm, thing).members
                found.append(members if given is Truth.TRUE else members | {NO_OUTCOME})
        if not found:
            return None
        together = frozenset[str]().union(*found)
        return OneOf(together if all(NO_OUTCOME in one for one in found) else together - {NO_OUTCOME})

    def makes(self, norm: Norm, thing: Thing) -> Truth:
        """Whether a status norm makes its bool terms true of a thing."""
        content = self.content(norm, thing, None)
        if not norm.cases:
            return content
        members = self.outcomes(norm, thing).members
        if members == {"true"}:
            return Truth.TRUE
        return Truth.UNKNOWN if members & {"true", UNSETTLED} else Truth.FALSE

    def outcomes(self, norm: Norm, thing: Thing) -> OneOf:
        """The outcomes of ordered cases that are still possible.

        ``UNSETTLED`` where the law leaves it open, ``NO_OUTCOME`` where no case may hold, or the norm itself may not.
        """
        content = self.content(norm, thing, None)
        if content is Truth.FALSE:
            return OneOf.just(NO_OUTCOME)
        found = outcomes_of(norm.cases, self.view(thing))
        return OneOf(found if content is Truth.TRUE else found | {NO_OUTCOME})

    # -- content and scope -------------------------------------------------------------------------------------------------

    def condition(self, norm: Norm) -> Expr:
        """The norm's condition in this mode: its text, or the reading in its place."""
        reading = self.reading_of(norm)
        return norm.when if reading is None or reading.when is None else reading.when

    def required(self, norm: Norm) -> Expr:
        """The norm's content in this mode."""
        reading = self.reading_of(norm)
        return norm.require if reading is None or reading.require is None else reading.require

    def clock_of(self, norm: Norm) -> Clock | None:
        """The norm's clock in this mode."""
        reading = self.reading_of(norm)
        return norm.clock if reading is None or reading.clock is None else reading.clock

    def reading_of(self, norm: Norm) -> Reading | None:
        """The reading that stands in place of the norm's text in this mode."""
        return self.mode.reading if norm.id == self.mode.of_norm else None

    def content(self, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
        """``when && !exceptions``."""
        when = evaluate(self.condition(norm), self.view(thing, party))
        return when if when is Truth.FALSE else when & ~self.excepted(norm, thing, party)

    def excepted(self, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
        """Whether an exception takes the norm away here."""
        if not norm.unless:
            return Truth.FALSE
        view = self.view(thing, party)
        return any_of(self.exempt(one, view) for one in norm.unless if one.replace_require is None)

    def exempt(self, one: Exempt, view: View) -> Truth:
        """``its own dates && its when && !(an exception to it)``, nested."""
        if one.since and not self.program.begun(one.since):
            return Truth.FALSE
        return evaluate(one.when, view) & ~any_of(self.exempt(inner, view) for inner in one.unless)

    def bears(self, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
        """Whether the party bears the norm (see ``bearers``)."""
        return bears(self, norm, thing, party)

    def borne(self, view: View, term: str) -> Truth:
        """Whether who a view is for has a role."""
        try:
            value = view.value(term)
        except GuijuError:  # a role of a body or person beside the object, not above it
            declared = self.vocabulary.declared[term]
            values = [self.term(declared, one) for one in self.world.reach(view.thing, declared.object)]
            return any_of(one if isinstance(one, Truth) else Truth.UNKNOWN for one in values) if values else Truth.UNKNOWN
        return value if isinstance(value, Truth) else Truth.UNKNOWN

    def in_scope(self, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
        """Whether the norm's content reaches this thing and party (its status in time is another question)."""
        if self.as_in_text(norm.id):
            return self.text.in_scope(norm, thing, party)
        return self.once(self._scopes, (norm.id, id(thing), id(party)), lambda: all_of(self._parts(norm, thing, party)))

    def _parts(self, norm: Norm, thing: Thing, party: Thing | None) -> Iterator[Truth]:
        """What must all be so for a norm to reach: after one that is not, the others are not asked for."""
        own = self.bears(norm, thing, party)
        if own is not Truth.FALSE:
            own &= evaluate(self.condition(norm), self.view(thing, party))
        yield own | any_of(self.applied(one, thing, party) for one in self.program.appliers.get(norm.id, ()))
        yield ~self.excepted(norm, thing, party)
        yield ~self.displaced(norm, thing, party)
        yield arisen(self, norm, thing, party)

    def applied(self, other: Norm, thing: Thing, party: Thing | None) -> Truth:
        """Scope by an application norm, once that norm itself has begun to apply; open where its object is out of reach."""
        reached = self.world.reach(thing, other.about)
        if not reached and other.about in STANDING:
            return Truth.UNKNOWN
        return any_of(self.in_scope(other, one, party) & self.text.begun(other, one) for one in reached)

    def elsewhere(self, other: Norm, thing: Thing, party: Thing | None) -> Truth:
        """Scope of another norm at what stands above or beside this thing."""
        reached = self.world.reach(thing, other.about)
        return any_of(self.in_scope(other, one, party) & self.given(other, one) for one in reached)

    def displaced(self, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
        """Whether another norm's text takes precedence here, or this one yields to it."""
        by = any_of(self.elsewhere(other, thing, party) for other in self.program.displacers.get(norm.id, ()))
        return by | any_of(self._yields(norm, thing, party))

    def _yields(self, norm: Norm, thing: Thing, party: Thing | None) -> Iterator[Truth]:
        for way in self.ways_out(norm, thing, party):
            yield way.open & self.elsewhere(way.to, thing, party)

    def ways_out(self, norm: Norm, thing: Thing, party: Thing | None) -> Iterator[WayOut]:
        """The norms that this one gives way to where they reach: by its own clause, or by one that lets special rules go first.

        Which sanction goes first is told with the sanction, not hidden by it.
        """
        if norm.kind != "sanction" and not gives_way(norm):
            yield from self._ways_of(norm, norm, thing, party, Truth.TRUE)
        for special in self.program.yielding.get(norm.id, ()):
            for one in self.world.reach(thing, special.about):
                holds = self.in_scope(special, one, party) & self.given(special, one)
                yield from self._ways_of(norm, special, one, party, holds)

    def _ways_of(self, norm: Norm, by: Norm, thing: Thing, party: Thing | None, holds: Truth) -> Iterator[WayOut]:
        for one in by.yields_to:
            opened = holds & evaluate(one.when, self.view(thing, party))
            for other in self.program.named(one.targets):
                if other.id != norm.id:
                    yield WayOut(opened, other, by, one.when, thing)

    def preceding(self, norm: Norm, thing: Thing, party: Thing | None) -> Iterator[tuple[Norm, Thing]]:
        """The norms, with what they reach, that take this one's place here."""
        others = list(self.program.displacers.get(norm.id, ()))
        others += [way.to for way in self.ways_out(norm, thing, party) if way.open is Truth.TRUE]
        for other in others:
            for reached in self.world.reach(thing, other.about):
                if self.in_scope(other, reached, party) & self.given(other, reached) is Truth.TRUE:
                    yield other, reached

    # -- legal days --------------------------------------------------------------------------------------------------------

    def day(self, provision: str, thing: Thing) -> DateRange | None:
        """The legal day that a provision names, for this thing, after all events known by the known date."""
        dated = [event for event in self.program.events if event.day == provision and event.dates]
        return self.class_day(dated[-1], thing) if dated else None

    def class_day(self, event: Event, thing: Thing) -> DateRange:
        """The earliest class that holds; never if none does; an interval while a class is unknown. By content in every mode."""
        if self.text is not self:
            return self.text.class_day(event, thing)
        return self.once(self._class_days, (event.id, id(thing)), lambda: self._class_day(event, thing))

    def _class_day(self, event: Event, thing: Thing) -> DateRange:
        latest: date | None = None
        earliest: date | None = None
        for dated in sorted(event.dates, key=lambda one: one.on):
            holds = self.of_class(dated.when, event.about, thing)
            if holds is not Truth.FALSE and earliest is None:
                earliest = dated.on
            if holds is Truth.TRUE:
                latest = dated.on
                break
        if earliest is None:
            return DateRange(NEVER, NEVER)
        return DateRange(earliest, latest if latest is not None else NEVER)

    def of_class(self, when: Expr, about: str | None, thing: Thing) -> Truth:
        """Whether a thing is of an event's class: read of the row itself, or of any row below a thing that stands above."""
        if when == TRUE or about is None:
            return evaluate(when, self.text.view(thing))
        for one in self.world.reach(thing, about):
            return evaluate(when, self.text.view(one))
        home = self.world.home(thing)
        if home is None:
            return Truth.UNKNOWN
        if self._readable(when, home.kind):
            return evaluate(when, self.text.view(home))
        relation = next((one for one in self.vocabulary.relations(home.kind) if one.many and one.to == about), None)
        if relation is None:
            return Truth.UNKNOWN
        truths = [evaluate(when, self.text.view(row)) for row in home.rows.get(relation.name, ())]
        if relation.name not in home.closed:
            truths.append(Truth.UNKNOWN)
        return any_of(truths)

    def _readable(self, when: Expr, kind: str) -> bool:
        try:
            for item in walk(when):
                if isinstance(item, Name):
                    self.vocabulary.access(kind, item.path)
        except GuijuError:
            return False
        return True


def stands_still(norm: Norm) -> bool:
    """Whether a status norm makes its terms only after a standstill."""
    return norm.kind == "status" and norm.clock is not None and norm.clock.kind == "standstill"


def is_party_norm(evaluation: Terms, norm: Norm) -> bool:
    """Whether a norm is computed for each party: its bearer is a role of parties, or it reads what parties do."""
    declared = evaluation.vocabulary.declared
    return any(declared[term].object in PARTY_KINDS for term in roles(evaluation.program, norm))
