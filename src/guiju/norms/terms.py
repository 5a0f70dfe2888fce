"""One world under one program: terms, scope and content of every norm, with memory of what was already worked out.

    content  = when && !exceptions
    in scope = (bearer && content, or by an application norm) && !displaced        for each party that bears it

An evaluation runs in a *mode*: the text as it stands; the text with one attributed reading in place of a norm's condition;
or only such terms as their own provisions already give (for the second answer of language section 8).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
from typing import Literal, Self

from guiju.calendars import NEVER, DateRange
from guiju.logic import (
    TRUE,
    UNSETTLED,
    BoolType,
    EnumType,
    Expr,
    Name,
    OneOf,
    Quantified,
    Rows,
    Truth,
    Value,
    any_of,
    children,
    evaluate,
    walk,
)
from guiju.norms.model import Case, Event, Exempt, Norm, Reading
from guiju.norms.program import Program
from guiju.norms.vocabulary import PARTY_KINDS, STANDING, Declared
from guiju.norms.world import Thing, World
from guiju.wording import GuijuError

MAX_SPLITS = 12
"""Unknowns that ordered cases are split on; beyond that every later outcome stays possible (language, section 5)."""

MAX_COMBINATIONS = 4096

NO_OUTCOME = ""
"""Among the outcomes of a term: no case held. It equals no member."""


@dataclass(frozen=True, slots=True)
class Mode:
    """How to read: a reading in place of a norm's text, or only terms whose provisions apply already."""

    reading: Reading | None = None
    of_norm: str | None = None
    only_applicable: bool = False


TEXT = Mode()


Cause = Literal["fact", "judgement", "evidence", "reading"]


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that would have to be known: its name, of which thing, and what kind of doing settles it."""

    cause: Cause
    name: str
    thing: Thing | None


class View:
    """What an expression sees: one thing, for one party. It answers for names by owners, relations and the party."""

    __slots__ = ("evaluation", "party", "thing")

    def __init__(self, evaluation: Terms, thing: Thing, party: Thing | None) -> None:
        self.evaluation = evaluation
        self.thing = thing
        self.party = thing if thing.kind == "party" else party

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[int, int, int]:
        return (id(self.evaluation), id(self.thing), id(self.party))

    def target(self, path: str) -> tuple[Thing | None, Declared]:
        """The thing that a path is read of, and the name read there; no thing if a relation leads nowhere known."""
        access = self.evaluation.vocabulary.access(self.thing.kind, path)
        if access.of_party:
            return self.party, access.declared
        return self.follow(access.steps), access.declared

    def follow(self, steps: tuple[str, ...]) -> Thing | None:
        """The thing that relations to one lead to, or None where one leads nowhere known."""
        thing: Thing | None = self.thing
        for step in steps:
            if thing is None:
                return None
            thing = thing.links.get(step)
        return thing

    def value(self, path: str) -> Value | None:
        """What is known of a name here (see ``Environment``)."""
        thing, declared = self.target(path)
        if thing is None:
            return None
        if declared.kind == "term":
            return self.evaluation.term(declared, thing)
        given = thing.given.get(declared.name)
        return None if given is None else given.value

    def rows(self, relation: str) -> Rows:
        """The rows of a relation to many (see ``Environment``)."""
        steps, declared = self.evaluation.vocabulary.rows(self.thing.kind, relation)
        thing = self.follow(steps)
        if thing is None:
            return Rows((), False)
        rows = [View(self.evaluation, row, self.party) for row in thing.rows.get(declared.name, ())]
        return Rows(rows, declared.name in thing.closed)

    def date_of(self, provision: str) -> DateRange | None:
        """A legal day, for this thing."""
        return self.evaluation.day(provision, self.thing)

    def norm(self, question: str, norm: str) -> Truth:
        """A question about another norm, for this thing and party."""
        return self.evaluation.asked(question, norm, self.thing, self.party)


class _Assuming(View):
    """A view in which some open names are taken to have a value, to see what would follow."""

    __slots__ = ("assumed",)

    def __init__(self, view: View, assumed: dict[str, Value]) -> None:
        super().__init__(view.evaluation, view.thing, view.party)
        self.assumed = assumed

    def value(self, path: str) -> Value | None:
        """What is known of a name here (see ``Environment``)."""
        return self.assumed[path] if path in self.assumed else super().value(path)


class Terms(ABC):
    """A world under a program, in a mode."""

    def __init__(self, program: Program, world: World, mode: Mode = TEXT, text: Terms | None = None) -> None:
        self.program = program
        self.world = world
        self.vocabulary = program.vocabulary
        self.mode = mode
        self.text: Terms = text or self
        self._terms: dict[tuple[str, int], Value | None] = {}
        self._scopes: dict[tuple[str, int, int], Truth] = {}
        self.needs_of_terms: dict[tuple[str, int], list[Missing]] = {}

    def in_mode(self, mode: Mode) -> Self:
        """The same world read otherwise."""
        return type(self)(self.program, self.world, mode, self.text)

    @abstractmethod
    def begun(self, norm: Norm, thing: Thing) -> Truth:
        """Whether a norm's own provision has begun to apply to a thing (or has been put off only for it)."""

    @abstractmethod
    def asked(self, question: str, wanted: str, thing: Thing, party: Thing | None) -> Truth:
        """``applies``, ``fulfilled`` or ``breached`` of the norms an id stands for, at this thing or what stands above it."""

    def view(self, thing: Thing, party: Thing | None = None) -> View:
        """What an expression about a thing sees, for a party."""
        return View(self, thing, party)

    # -- terms -------------------------------------------------------------------------------------------------------------

    def term(self, declared: Declared, thing: Thing) -> Value | None:
        """What a term is of a thing; None where only norms that rest on memory could make it."""
        key = (declared.name, id(thing))
        if key not in self._terms:
            self._terms[key] = self._work_out(declared, thing)
        return self._terms[key]

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
        """Whether a status norm counts in this mode."""
        return self.text.begun(norm, thing) if self.mode.only_applicable else Truth.TRUE

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
        found = self._outcomes(norm.cases, self.view(thing))
        return OneOf(found if content is Truth.TRUE else found | {NO_OUTCOME})

    def _outcomes(self, cases: tuple[Case, ...], view: View) -> frozenset[str]:
        open_names = [path for path in _own_names(cases) if self._splittable(view, path)]
        choices = [self._choices(view, path) for path in open_names[: MAX_SPLITS + 1]]
        if len(choices) > MAX_SPLITS or prod(len(one) for one in choices) > MAX_COMBINATIONS:
            return frozenset(_possible(cases, view))
        found: set[str] = set()
        for chosen in product(*choices):
            found |= _possible(cases, _Assuming(view, dict(zip(open_names, chosen, strict=True))))
        return frozenset(found)

    def _splittable(self, view: View, path: str) -> bool:
        declared = view.target(path)[1]
        value = view.value(path)
        if isinstance(declared.type, BoolType):
            return value is None or value is Truth.UNKNOWN
        return isinstance(declared.type, EnumType) and (value is None or (isinstance(value, OneOf) and len(value.members) > 1))

    def _choices(self, view: View, path: str) -> list[Value]:
        declared = view.target(path)[1]
        if isinstance(declared.type, BoolType):
            return [Truth.TRUE, Truth.FALSE]
        assert isinstance(declared.type, EnumType)
        value = view.value(path)
        members = value.members if isinstance(value, OneOf) else frozenset(declared.type.members)
        return [OneOf.just(member) for member in sorted(members)]

    # -- content and scope -------------------------------------------------------------------------------------------------

    def condition(self, norm: Norm) -> Expr:
        """The norm's condition in this mode: its text, or the reading in its place."""
        reading = self.reading_of(norm)
        return norm.when if reading is None or reading.when is None else reading.when

    def required(self, norm: Norm) -> Expr:
        """The norm's content in this mode."""
        reading = self.reading_of(norm)
        return norm.require if reading is None or reading.require is None else reading.require

    def reading_of(self, norm: Norm) -> Reading | None:
        """The reading that stands in place of the norm's text in this mode."""
        return self.mode.reading if norm.id == self.mode.of_norm else None

    def content(self, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
        """``when && !exceptions``."""
        return evaluate(self.condition(norm), self.view(thing, party)) & ~self.excepted(norm, thing, party)

    def excepted(self, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
        """Whether an exception takes the norm away here."""
        view = self.view(thing, party)
        return any_of(self.exempt(one, view) for one in norm.unless if one.replace_require is None)

    def exempt(self, one: Exempt, view: View) -> Truth:
        """``its own dates && its when && !(an exception to it)``, nested."""
        if one.since and not self.program.begun(one.since):
            return Truth.FALSE
        return evaluate(one.when, view) & ~any_of(self.exempt(inner, view) for inner in one.unless)

    def bears(self, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
        """Whether the party bears the norm; with no bearer named, everyone concerned does."""
        bearer = self.program.bearer_of(norm)
        if bearer is None:
            return Truth.TRUE
        view = self.view(thing, party)
        return any_of(self._borne(view, term) for term in bearer.terms)

    def _borne(self, view: View, term: str) -> Truth:
        try:
            value = view.value(term)
        except GuijuError:  # a role of a body or person beside the object, not above it
            declared = self.vocabulary.declared[term]
            values = [self.term(declared, one) for one in self.world.reach(view.thing, declared.object)]
            return any_of(one if isinstance(one, Truth) else Truth.UNKNOWN for one in values) if values else Truth.UNKNOWN
        return value if isinstance(value, Truth) else Truth.UNKNOWN

    def in_scope(self, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
        """Whether the norm's content reaches this thing and party (its status in time is another question)."""
        key = (norm.id, id(thing), id(party))
        found = self._scopes.get(key)
        if found is None:
            found = self._scopes[key] = self._scope(norm, thing, party)
        return found

    def _scope(self, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
        own = self.bears(norm, thing, party) & evaluate(self.condition(norm), self.view(thing, party))
        ways = own | any_of(self.applied(one, thing, party) for one in self.program.appliers.get(norm.id, ()))
        return ways & ~self.excepted(norm, thing, party) & ~self.displaced(norm, thing, party)

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
        for one in norm.yields_to:
            if norm.kind == "sanction":
                continue  # which sanction goes first is told with the sanction, not hidden by it
            gives_way = evaluate(one.when, self.view(thing, party))
            for other in self.program.in_law:
                if other.id != norm.id and self.program.corpus.contents.hit(one.targets, other.id):
                    yield gives_way & self.elsewhere(other, thing, party)

    def preceding(self, norm: Norm, thing: Thing, party: Thing | None) -> Iterator[tuple[Norm, Thing]]:
        """The norms, with what they reach, that take this one's place here."""
        hit = self.program.corpus.contents.hit
        others = list(self.program.displacers.get(norm.id, ()))
        for one in norm.yields_to:
            if norm.kind != "sanction" and evaluate(one.when, self.view(thing, party)) is Truth.TRUE:
                others += [other for other in self.program.in_law if other.id != norm.id and hit(one.targets, other.id)]
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
        """The earliest class that holds; never if none does; an interval while a class is unknown."""
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


def _own_names(cases: tuple[Case, ...]) -> list[str]:
    """The names that cases read of the thing itself; those read of rows are left as they are."""
    found: dict[str, None] = {}

    def visit(expr: Expr) -> None:
        if isinstance(expr, Name):
            found[expr.path] = None
        elif not isinstance(expr, Quantified):
            for child in children(expr):
                visit(child)

    for case in cases:
        visit(case.when)
    return list(found)


def _possible(cases: tuple[Case, ...], view: View) -> set[str]:
    """The outcomes of cases tried in order, when some conditions may still be open."""
    found: set[str] = set()
    for case in cases:
        holds = evaluate(case.when, view)
        if holds is Truth.FALSE:
            continue
        found.add(
            UNSETTLED if case.outcome is None else str(case.outcome).lower() if isinstance(case.outcome, bool) else case.outcome
        )
        if holds is Truth.TRUE:
            return found
    return found | {NO_OUTCOME}


def is_party_norm(evaluation: Terms, norm: Norm) -> bool:
    """Whether a norm is computed for each party: its bearer is a role of parties, or it reads what parties do."""
    bearer = evaluation.program.bearer_of(norm)
    terms = bearer.terms if bearer else tuple(one for one in (norm.against, norm.holder) if one)
    declared = evaluation.vocabulary.declared
    return any(declared[term].object in PARTY_KINDS for term in terms)
