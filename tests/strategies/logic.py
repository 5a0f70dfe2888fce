"""Random vocabularies, conditions that fit them, worlds known in part, and worlds in which more is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from hypothesis import strategies as st

from guiju.calendars import NEVER, DateRange, Duration
from guiju.logic import (
    UNSETTLED,
    BoolType,
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
    NumberType,
    OneOf,
    Product,
    Quantified,
    Rows,
    SetOf,
    SetType,
    Sum,
    Truth,
    Type,
    Value,
    both,
    either,
    negation,
    unknown_name,
)
from guiju.logic.syntax import COMPARISONS, DURATIONS, REFERENCES

PROVISIONS = ("eu/ai-act/113.c", "eu/ai-act/50")
NORMS = ("eu/ai-act/6.2", "cn/genai-measures/17#filing")
NUMBERS = tuple(map(Decimal, ("0", "1", "2", "2.5", "10", "4000", "0.96", "3e24", "1e25")))
FIRST, LAST = date(2024, 1, 1), date(2029, 12, 31)


@dataclass(frozen=True)
class Vocabulary:
    """Names with types, and relations to rows with names of their own."""

    names: Mapping[str, Type]
    relations: Mapping[str, Vocabulary] = field(default_factory=dict)

    def type_of(self, path: str) -> Type:
        if path not in self.names:
            raise unknown_name(path, self.names)
        return self.names[path]

    def row_scope(self, relation: str) -> Vocabulary:
        if relation not in self.relations:
            raise unknown_name(relation, self.relations)
        return self.relations[relation]

    def of(self, kind: type) -> list[str]:
        return [name for name, type_ in self.names.items() if isinstance(type_, kind)]


@dataclass(eq=False)
class World:
    """What is known, by name; the rows of relations are worlds themselves."""

    values: dict[str, Value | None]
    relations: dict[str, Rows] = field(default_factory=dict)
    days: dict[str, DateRange | None] = field(default_factory=dict)
    norms: dict[tuple[str, str], Truth] = field(default_factory=dict)

    def value(self, path: str) -> Value | None:
        return self.values.get(path)

    def rows(self, relation: str) -> Rows:
        return self.relations.get(relation, Rows((), False))

    def date_of(self, provision: str) -> DateRange | None:
        return self.days.get(provision)

    def norm(self, question: str, norm: str) -> Truth:
        return self.norms.get((question, norm), Truth.UNKNOWN)


# -- vocabularies ------------------------------------------------------------------------------------------------------------

_MEMBERS = st.lists(st.sampled_from(["a", "b", "c", "high-risk", "EU"]), min_size=1, max_size=4, unique=True).map(tuple)
_TYPES: tuple[tuple[str, st.SearchStrategy[Type]], ...] = (
    ("flag", st.just(BoolType())),
    ("eu.term", st.just(BoolType())),
    ("domain", st.builds(EnumType, _MEMBERS)),
    ("markets", st.builds(SetType, _MEMBERS)),
    ("staff", st.just(NumberType("person"))),
    ("model.turnover", st.just(NumberType("EUR"))),
    ("kept", st.just(DurationType())),
    ("placed", st.just(DateType())),
)


@st.composite
def vocabularies(draw: st.DrawFn, rows: bool = True, prefix: str = "") -> Vocabulary:
    """Every type at least once, some twice, under simple and dotted names."""
    names: dict[str, Type] = {}
    for stem, types in _TYPES:
        for index in range(draw(st.integers(1, 3 if stem == "flag" else 2))):
            names[f"{prefix}{stem}{index or ''}"] = draw(types)
    relations = {}
    if rows:
        for relation in ("purposes", "system.parties")[: draw(st.integers(0, 2))]:
            relations[relation] = draw(vocabularies(rows=False, prefix="row_"))
    return Vocabulary(names, relations)


# -- conditions --------------------------------------------------------------------------------------------------------------


@st.composite
def conditions(draw: st.DrawFn, vocabulary: Vocabulary, depth: int = 3, rows: bool = True) -> Expr:
    """A condition that fits the vocabulary."""
    kind = draw(st.sampled_from(["atom"] if depth <= 0 else ["atom", "and", "or", "not", "rows"]))
    if kind in ("and", "or"):
        width = draw(st.sampled_from([2, 2, 2, 3, 3, 5, 10]))
        parts = [draw(conditions(vocabulary, depth - (1 if width < 5 else 2), rows)) for _ in range(width)]
        return both(*parts) if kind == "and" else either(*parts)
    if kind == "not":
        return negation(draw(conditions(vocabulary, depth - 1, rows)))
    if kind == "rows" and rows and vocabulary.relations:
        relation = draw(st.sampled_from(sorted(vocabulary.relations)))
        body = draw(conditions(vocabulary.relations[relation], min(depth - 1, 1), rows=False))
        return Quantified(draw(st.sampled_from(["some", "every"])), relation, body)
    return draw(atoms(vocabulary))


@st.composite
def atoms(draw: st.DrawFn, vocabulary: Vocabulary) -> Expr:
    """A smallest condition: a name, a comparison, a membership or a question about a norm."""
    make: Callable[[Vocabulary], st.SearchStrategy[Expr]] = draw(
        st.sampled_from([_flags, _flags, _enums, _sets, _numbers, _numbers, _durations, _dates, _dates, _references])
    )
    return draw(make(vocabulary))


def _flags(vocabulary: Vocabulary) -> st.SearchStrategy[Expr]:
    return st.sampled_from(vocabulary.of(BoolType)).map(Name)


@st.composite
def _enums(draw: st.DrawFn, vocabulary: Vocabulary) -> Expr:
    name = draw(st.sampled_from(vocabulary.of(EnumType)))
    members = list(vocabulary.names[name].members)  # type: ignore[union-attr]
    if draw(st.booleans()):
        return Compared(Name(name), draw(st.sampled_from(["==", "!="])), Literal(draw(st.sampled_from(members))))
    return In(Name(name), Members(tuple(draw(st.lists(st.sampled_from(members), min_size=1, unique=True)))))


@st.composite
def _sets(draw: st.DrawFn, vocabulary: Vocabulary) -> Expr:
    name = draw(st.sampled_from(vocabulary.of(SetType)))
    return In(Literal(draw(st.sampled_from(list(vocabulary.names[name].members)))), Name(name))  # type: ignore[union-attr]


@st.composite
def _numbers(draw: st.DrawFn, vocabulary: Vocabulary) -> Expr:
    first = draw(st.sampled_from(vocabulary.of(NumberType)))
    same = [name for name in vocabulary.of(NumberType) if vocabulary.names[name] == vocabulary.names[first]]
    constants: st.SearchStrategy[Expr] = st.sampled_from(NUMBERS).map(Literal)
    named: st.SearchStrategy[Expr] = st.sampled_from(same).map(Name)
    left: Expr = Name(first)
    right = draw(constants)
    if draw(st.booleans()):  # often only a name and a constant
        leaf = named | constants
        terms = leaf | st.builds(Product, st.sampled_from(NUMBERS), leaf)
        sums = terms | st.builds(Sum, terms, st.sampled_from(["+", "-"]), terms)
        left = Sum(left, draw(st.sampled_from(["+", "-"])), draw(sums))
        right = draw(sums)
    elif draw(st.booleans()):
        left, right = right, left
    return Compared(left, draw(st.sampled_from(COMPARISONS)), right)


@st.composite
def _durations(draw: st.DrawFn, vocabulary: Vocabulary) -> Expr:
    sides = [Name(draw(st.sampled_from(vocabulary.of(DurationType)))), draw(_spans())]
    if draw(st.booleans()):
        sides.reverse()
    return Compared(sides[0], draw(st.sampled_from(COMPARISONS)), sides[1])


def _spans() -> st.SearchStrategy[Expr]:
    return st.sampled_from(DURATIONS).flatmap(
        lambda unit: st.builds(partial(Call, unit), st.sampled_from([0, 1, 6, 12, 181, 240]))
    )


@st.composite
def _dates(draw: st.DrawFn, vocabulary: Vocabulary) -> Expr:
    written = st.sampled_from([FIRST, date(2026, 8, 2), date(2027, 12, 2)]).map(lambda day: Call("date", day.isoformat()))
    named = st.sampled_from(vocabulary.of(DateType)).map(Name)
    pointed = st.sampled_from(PROVISIONS).map(lambda provision: Call("date_of", provision))
    whole_days = st.sampled_from(DURATIONS[1:]).flatmap(
        lambda unit: st.builds(partial(Call, unit), st.sampled_from([0, 1, 6, 30]))
    )
    any_day: st.SearchStrategy[Expr] = named | written | pointed
    moved: st.SearchStrategy[Expr] = any_day | st.builds(Sum, any_day, st.sampled_from(["+", "-"]), whole_days)
    left: Expr = draw(named)
    right: Expr = draw(written if draw(st.booleans()) else moved)
    return Compared(left, draw(st.sampled_from(COMPARISONS)), right)


def _references(vocabulary: Vocabulary) -> st.SearchStrategy[Expr]:
    return st.builds(Call, st.sampled_from(REFERENCES), st.sampled_from(NORMS))


# -- what is known -----------------------------------------------------------------------------------------------------------

_NUMBER = st.sampled_from([*NUMBERS, Decimal(-3), Decimal("2.4999"), Decimal("1e25") + 1])
_DAY = st.sampled_from([FIRST, date(2026, 8, 1), date(2026, 8, 2), date(2027, 12, 2), LAST])
_TRUTH = st.sampled_from([Truth.TRUE, Truth.FALSE])


def values(type_: Type) -> st.SearchStrategy[Value | None]:
    """Something or nothing known of a name of this type."""
    return narrowings(type_, None)


@st.composite
def narrowings(draw: st.DrawFn, type_: Type, known: Value | None) -> Value | None:
    """The same or more known than before."""
    if draw(st.integers(0, 3)) == 0:
        return known
    match type_:
        case BoolType():
            return draw(_TRUTH) if known in (None, Truth.UNKNOWN) else known
        case EnumType(members):
            left = sorted(known.members) if isinstance(known, OneOf) else [*members, UNSETTLED]
            return OneOf(frozenset(draw(st.lists(st.sampled_from(left), min_size=1, unique=True))))
        case SetType(members):
            return draw(_narrower_sets(members, known if isinstance(known, SetOf) else SetOf()))
        case NumberType():
            return draw(_narrower_numbers(known if isinstance(known, Interval) else Interval()))
        case DurationType():
            return known or Duration(
                **draw(st.sampled_from([{"months": 6}, {"hours": 24 * 182}, {"hours": 24}, {"months": 12}, {}]))
            )
        case DateType():
            return draw(_narrower_days(known if isinstance(known, DateRange) else DateRange(FIRST - timedelta(400), NEVER)))


@st.composite
def _narrower_sets(draw: st.DrawFn, members: tuple[str, ...], known: SetOf) -> SetOf:
    if known.closed:
        return known
    has, lacks = set(known.has), set(known.lacks)
    for member in members:
        if member not in has | lacks:
            draw(st.sampled_from([has, lacks, set()])).add(member)
    return SetOf(frozenset(has), frozenset(lacks), draw(st.booleans()))


@st.composite
def _narrower_numbers(draw: st.DrawFn, known: Interval) -> Interval:
    low = draw(st.none() | _NUMBER)
    high = low if draw(st.booleans()) else draw(st.none() | _NUMBER)
    lows = [end for end in (known.low, low) if end is not None]
    highs = [end for end in (known.high, high) if end is not None]
    found = Interval(max(lows, default=None), min(highs, default=None))
    empty = found.low is not None and found.high is not None and found.low > found.high
    return known if empty else found


@st.composite
def _narrower_days(draw: st.DrawFn, known: DateRange) -> DateRange:
    first = draw(_DAY | st.just(NEVER))
    last = first if draw(st.booleans()) else draw(_DAY | st.just(NEVER))
    low, high = max(known.earliest, first), min(known.latest, last)
    return known if high < low else DateRange(low, high)


@st.composite
def worlds(draw: st.DrawFn, vocabulary: Vocabulary) -> World:
    """A world in which some of the vocabulary's names are known, or known in part."""
    return draw(narrowed(vocabulary, World({})))


Kept = frozenset[tuple[int, str]]
"""Facts that stay as they are: the identity of their world, and their path."""


@st.composite
def narrowed(draw: st.DrawFn, vocabulary: Vocabulary, world: World, kept: Kept = frozenset()) -> World:
    """A world in which the same or more is known."""
    found = World({}, {}, dict(world.days), dict(world.norms))
    for name, type_ in vocabulary.names.items():
        known = world.values.get(name)
        found.values[name] = known if (id(world), name) in kept else draw(narrowings(type_, known))
    for relation, inside in vocabulary.relations.items():
        found.relations[relation] = draw(_more_rows(relation, inside, world, kept))
    for provision in PROVISIONS:
        if (id(world), f'date_of("{provision}")') not in kept:
            day = draw(narrowings(DateType(), world.days.get(provision)))
            found.days[provision] = day if isinstance(day, DateRange) else None
    for question in REFERENCES:
        for norm in NORMS:
            if (id(world), f'{question}("{norm}")') not in kept:
                truth = draw(narrowings(BoolType(), world.norms.get((question, norm))))
                found.norms[question, norm] = truth if isinstance(truth, Truth) else Truth.UNKNOWN
    return found


@st.composite
def _more_rows(draw: st.DrawFn, relation: str, inside: Vocabulary, world: World, kept: Kept) -> Rows:
    before = world.rows(relation)
    items = [draw(narrowed(inside, row, kept)) for row in before.items]  # type: ignore[arg-type]
    if before.closed or (id(world), relation) in kept:
        return Rows(items, before.closed)
    items += [draw(worlds(inside)) for _ in range(draw(st.integers(0, 2)))]
    return Rows(items, draw(st.booleans()))
