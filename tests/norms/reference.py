"""A second evaluator of norms, written over the nested YAML form and sharing nothing with the engine but the parser.

Truth is True, False or None (not known), worked out with the tables of Kleene; possible values of an enum are a set. It reads
the rule files itself: each norm is the plain mapping that stands in the file. Worlds are read by their shape alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from itertools import product
from math import prod
from typing import Any

from guiju.calendars import NEVER, DateRange, Duration
from guiju.logic import Interval, OneOf, SetOf, Truth, parse, syntax
from guiju.norms import Program, Thing, load_book, plain, read_text
from guiju.norms.books import builtin_folders

Three = bool | None
OPEN = "the law leaves it open"
NONE = ""  # no case holds
MOST_SPLIT, MOST_WAYS, MOST_TRIED = 12, 4096, 64


def too_many(ways: list[list[tuple[str, Any]]], most: int) -> bool:
    split = [len(one) for one in ways if len(one) > 1]
    return len(split) > MOST_SPLIT or prod(split) > most


BEYOND = Fraction(10) ** 400


@lru_cache(maxsize=1)
def written_norms() -> dict[tuple[str, str | None], dict[str, Any]]:
    """Every norm as it stands in the files, by id and starting event."""
    found = {}
    for name, folder in builtin_folders().items():
        for shown, text in load_book(folder, name):
            data = plain(read_text(text, shown))
            for norm in data if isinstance(data, list) else data.get("norms", []):
                found[norm["id"], norm.get("since")] = norm
                if norm.get("gives"):
                    owed = {"kind": "duty", "bearer": {"each": [norm["against"]]}, "waits": norm.get("upon")}
                    duty = {**norm, **norm["gives"], **owed}
                    found[duty["id"], norm.get("since")] = duty
    return found


@cache
def condition(written: str | bool) -> syntax.Expr:
    return syntax.Literal(written) if isinstance(written, bool) else parse(written)


def negated(truth: Three) -> Three:
    return None if truth is None else not truth


def conjunction(truths: Iterable[Three]) -> Three:
    return settled_by(False, truths)


def disjunction(truths: Iterable[Three]) -> Three:
    return settled_by(True, truths)


def settled_by(settling: bool, truths: Iterable[Three]) -> Three:
    """One of these settles it; else it is open as long as one is."""
    found: Three = not settling
    for truth in truths:
        if truth is settling:
            return settling
        found = found if truth is (not settling) else None
    return found


def first(cases: list[dict[str, Any]], truths: Iterable[Three]) -> set[str]:
    """The outcomes of cases in their order, each with its truth: up to the first that surely holds."""
    found = set()
    for case, holds in zip(cases, truths, strict=False):  # truths that come after it are not asked for
        if holds is not False:
            found.add(OPEN if "unsettled" in case else case["is"])
        if holds is True:
            return found
    return found | {NONE}


def three(truth: Truth) -> Three:
    return {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}[truth]


@cache
def norms_of(program: Program) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, list[dict[str, Any]]]]]:
    """The norms of a program as they stand in the files, by id; and those that make or end a term, by term."""
    norms = {norm.id: written_norms()[norm.id, norm.since] for norm in program.norms.values()}
    by_term: dict[str, dict[str, list[dict[str, Any]]]] = {"makes": {}, "ends": {}}
    for key, found in by_term.items():
        for norm in norms.values():
            for term in dict.fromkeys(norm.get(key, [])):
                found.setdefault(term, []).append(norm)
    return norms, by_term


@cache
def names_read(written: str | bool) -> frozenset[str]:
    """The names in a condition, those inside quantifiers as they are written there."""
    return frozenset(item.path for item in syntax.walk(condition(written)) if isinstance(item, syntax.Name))


@cache
def asks_rows(written: str | bool) -> bool:
    return any(isinstance(item, syntax.Quantified) for item in syntax.walk(condition(written)))


@dataclass
class Reference:
    """One world under the norms of a program."""

    program: Program
    assumed: dict[tuple[int, str], Any] = field(default_factory=dict)
    chosen: dict[str, dict[str, Any]] = field(init=False)
    _terms: dict[tuple[str, int], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chosen, self.by_term = norms_of(self.program)
        self.declared = {entry.name: entry for entry in self.program.vocabulary.entries()}
        self.owner = {entry.object: entry.name for entry in self.declared.values() if entry.owner}
        self.resting = {
            term for norm in written_norms().values() if norm["checked"]["against"] == "memory" for term in norm.get("makes", [])
        }

    # -- names -----------------------------------------------------------------------------------------------------------------

    def place(self, thing: Thing, party: Thing | None, path: str) -> tuple[Thing | None, str]:
        """The thing that a path is read of, and the name."""
        first, _, rest = path.partition(".")
        relation = self.declared.get(first)
        if rest and relation is not None and relation.kind == "relation":
            holder = self.climb(thing, relation.object)
            following = holder.links.get(first) if holder else None
            return (None, rest) if following is None else self.place(following, None, rest)
        kind = self.declared[path].object
        if kind in ("party", "organisation"):
            return (thing if thing.kind == "party" else party), path
        return self.climb(thing, kind), path

    def climb(self, thing: Thing | None, kind: str) -> Thing | None:
        """The thing itself or the owner above it that is of a kind."""
        while thing is not None and thing.kind != kind:
            thing = thing.links.get(self.owner.get(thing.kind, ""))
        return thing

    def value(self, thing: Thing, party: Thing | None, path: str) -> Any:
        if (id(thing), path) in self.assumed:
            return self.assumed[id(thing), path]
        holder, name = self.place(thing, party, path)
        if holder is None:
            return None
        if self.declared[name].kind == "term":
            return self.term(name, holder)
        given = holder.given.get(name)
        if given is None:
            return None
        return three(given.value) if isinstance(given.value, Truth) else given.value

    # -- terms -----------------------------------------------------------------------------------------------------------------

    def term(self, name: str, thing: Thing) -> Any:
        """True, False, None; for a term with several values the set of those still possible."""
        key = (name, id(thing))
        if key not in self._terms:
            self._terms[key] = self.worked_out(name, thing)
        return self._terms[key]

    def worked_out(self, name: str, thing: Thing) -> Any:
        makers, enders = (self.by_term[key].get(name, []) for key in ("makes", "ends"))
        if any((norm.get("clock") or {}).get("kind") == "standstill" for norm in (*makers, *enders)):
            raise NotAskedError(name)
        if not makers and name in self.resting:
            return None
        if not str(self.declared[name].type).startswith("bool"):
            return self.outcomes(makers[0]["cases"], thing) if makers else None
        made = disjunction(self.content(norm, thing, None) for norm in makers)
        return conjunction([made, negated(disjunction(self.content(norm, thing, None) for norm in enders))])

    def outcomes(self, cases: list[dict[str, Any]], thing: Thing) -> set[str]:
        """The first case that holds, for every way in which what is open may be."""
        paths = sorted({path for case in cases for path in names_read(case.get("when", True))})
        ways = [[(path, way) for way in self.ways(self.value(thing, None, path), path)] for path in paths]
        if too_many(ways, MOST_TRIED):  # what is read once in what is still open need not be split
            read = Counter(
                item.path
                for case in self.possible(cases, thing)
                for item in syntax.walk(condition(case.get("when", True)))
                if isinstance(item, syntax.Name)
            )
            ways = [one for one in ways if read[one[0][0]] > 1]
        if too_many(ways, MOST_WAYS):  # every later outcome stays possible
            return first(cases, (self.holds(condition(case.get("when", True)), thing, None) for case in cases))
        return self.tried(cases, thing, ways)

    def tried(self, cases: list[dict[str, Any]], thing: Thing, ways: list[list[tuple[str, Any]]]) -> set[str]:
        """The outcomes of every way. A case comes out alike in two ways that differ only in what it does not read; not so one
        that asks rows, which may read more than it names.
        """
        everywhere = range(len(ways))
        read = [
            [at for at in everywhere if asks_rows(when) or ways[at][0][0] in names_read(when)]
            for when in (case.get("when", True) for case in cases)
        ]
        known: dict[tuple[int, ...], Three] = {}
        found = set()
        for chosen in product(*(range(len(one)) for one in ways)):

            def holds(number: int, chosen: tuple[int, ...] = chosen) -> Three:
                key = (number, *(chosen[at] for at in read[number]))
                if key not in known:
                    world = copy(self)
                    world.assumed = {(id(thing), path): value for path, value in (ways[at][chosen[at]] for at in everywhere)}
                    world._terms = dict(self._terms)  # what is open and read here is assumed; what is settled stays so
                    known[key] = world.holds(condition(cases[number].get("when", True)), thing, None)
                return known[key]

            found |= first(cases, map(holds, range(len(cases))))
        return found

    def possible(self, cases: list[dict[str, Any]], thing: Thing) -> list[dict[str, Any]]:
        """The cases that may be the first to hold."""
        found = []
        for case in cases:
            holds = self.holds(condition(case.get("when", True)), thing, None)
            found += [case] if holds is not False else []
            if holds is True:
                break
        return found

    def ways(self, value: Any, path: str) -> list[Any]:
        members = getattr(self.declared[path].type, "members", None)
        if members is not None and str(self.declared[path].type).startswith("enum"):
            return [OneOf.just(one) for one in (value.members if isinstance(value, OneOf) else members)]
        if value is None and str(self.declared[path].type) == "bool":
            return [True, False]
        return [value]

    # -- the nested form -------------------------------------------------------------------------------------------------------

    def content(self, norm: dict[str, Any], thing: Thing, party: Thing | None) -> Three:
        """``when`` and not one of the exceptions, each of which may have exceptions of its own."""
        return conjunction(
            [self.holds(condition(norm.get("when", True)), thing, party), negated(self.excepted(norm, thing, party))]
        )

    def excepted(self, norm: dict[str, Any], thing: Thing, party: Thing | None) -> Three:
        return disjunction(self.exception(one, thing, party) for one in norm.get("unless", []) if "replace_require" not in one)

    def exception(self, one: dict[str, Any], thing: Thing, party: Thing | None) -> Three:
        back = disjunction(self.exception(inner, thing, party) for inner in one.get("unless", []))
        return conjunction([self.holds(condition(one.get("when", True)), thing, party), negated(back)])

    def bears(self, norm: dict[str, Any], thing: Thing, party: Thing | None) -> Three:
        bearer = norm.get("bearer", {})
        if norm.get("kind") == "right":
            bearer = {"each": [one for key in ("against", "holder") if (one := norm.get(key)) and self.is_role(one)]}
        terms = [term for how, terms in bearer.items() if how != "otherwise" for term in terms]
        if not terms:
            return True
        first = disjunction(self.value(thing, party, term) for term in terms)
        if "otherwise" not in bearer:
            return first
        alone = disjunction(self.value(thing, party, term) for term in bearer["otherwise"])
        return disjunction([first, conjunction([alone, negated(self.anyone(terms, thing))])])

    def is_role(self, term: str) -> bool:
        return self.declared[term].object == "party"

    def anyone(self, terms: list[str], thing: Thing) -> Three:
        """Whether some party of the system has one of the roles."""
        system = self.climb(thing, "system")
        parties = system.rows.get("parties", []) if system else []
        known = [self.value(thing, one, term) for one in parties for term in terms]
        return disjunction(known if system and "parties" in system.closed else [*known, None])

    def arisen(self, norm: dict[str, Any], thing: Thing, party: Thing | None) -> Three:
        """Whether what a duty waits for had happened by the day."""
        if not norm.get("waits"):
            return True
        day = self.value(thing, party, norm["waits"])
        if not isinstance(day, DateRange) or (day.earliest <= self.program.on and not day.latest <= self.program.on):
            return None
        return day.latest <= self.program.on

    # -- conditions ------------------------------------------------------------------------------------------------------------

    def holds(self, expr: syntax.Expr, thing: Thing, party: Thing | None) -> Three:
        match expr:
            case syntax.Literal(bool() as known):
                return known
            case syntax.Name(path):
                return self.value(thing, party, path)  # type: ignore[no-any-return]
            case syntax.Not(item):
                return negated(self.holds(item, thing, party))
            case syntax.And(items):
                return conjunction(self.holds(item, thing, party) for item in items)
            case syntax.Or(items):
                return disjunction(self.holds(item, thing, party) for item in items)
            case syntax.Quantified(quantifier, relation, body):
                truths = list(self.rows(relation, body, thing, party))
                return disjunction(truths) if quantifier == "some" else conjunction(truths)
            case syntax.In(syntax.Name(path), syntax.Members(items)):
                return one_among(self.value(thing, party, path), set(items))
            case syntax.In(syntax.Literal(member), syntax.Name(path)):
                return has_member(self.value(thing, party, path), str(member))
            case syntax.Compared(left, op, right):
                return compared(self.side(left, thing, party), op, self.side(right, thing, party))
            case _:
                raise NotAskedError(expr)

    def rows(self, relation: str, body: syntax.Expr, thing: Thing, party: Thing | None) -> Iterator[Three]:
        *before, last = relation.split(".")
        holder: Thing | None = thing
        for step in (*before, last):
            holder = self.climb(holder, self.declared[step].object)
            if step != last:
                holder = holder.links.get(step) if holder else None
        if holder is None or last not in holder.closed:
            yield None
        for row in holder.rows.get(last, []) if holder else []:
            yield self.holds(body, row, party)

    def side(self, expr: syntax.Expr, thing: Thing, party: Thing | None) -> Any:
        """What one side may be: a set of members, a pair of bounds, a duration; None if nothing is known."""
        match expr:
            case syntax.Name(path):
                return self.value(thing, party, path)
            case syntax.Literal(Decimal() as number):
                return Interval(number, number)
            case syntax.Literal(str() as member):
                return OneOf.just(member)
            case syntax.Call("date", day):
                return DateRange.on(date.fromisoformat(str(day)))
            case syntax.Call("months", count):
                return Duration(months=int(count))
            case syntax.Call("years", count):
                return Duration(months=12 * int(count))
            case syntax.Product(factor, atom):
                inner = self.side(atom, thing, party)
                return (
                    None
                    if inner is None
                    else Interval(*(None if end is None else end * factor for end in (inner.low, inner.high)))
                )
            case _:
                raise NotAskedError(expr)


class NotAskedError(Exception):
    """A form that this evaluator leaves to the engine: questions about other norms, days of the law, standstills."""


def one_among(value: Any, members: set[str]) -> Three:
    if value is None:
        return None
    possible = set(value.members) if isinstance(value, OneOf) else set(value)
    if possible <= members:
        return True
    return None if possible & members or OPEN in possible or "?" in possible else False


def has_member(value: Any, member: str) -> Three:
    if not isinstance(value, SetOf):
        return None
    if member in value.has:
        return True
    return False if value.closed or member in value.lacks else None


def compared(left: Any, op: str, right: Any) -> Three:
    """By cases: both ends of both sides are tried, and they must agree; what lies between two ends lies between two answers."""
    if left is None or right is None:
        return None
    if isinstance(right, OneOf):
        same = one_among(left, set(right.members))
        return same if op == "==" else negated(same)
    if op in ("!=", ">=", ">"):
        return negated(compared(left, {"!=": "==", ">=": "<", ">": "<="}[op], right))
    if isinstance(left, Duration) and isinstance(right, Duration) and left.months and right.months:
        left, right = (Interval(Decimal(one.months), Decimal(one.months)) for one in (left, right))
    (a, b), (c, d) = bounds(left), bounds(right)
    if op == "==":
        return True if a == b == c == d else False if b < c or d < a else None
    if op == "<":
        return True if b < c else False if a >= d else None
    return True if b <= c else False if a > d else None


def bounds(value: Any) -> tuple[Any, Any]:
    """The least and the greatest that a value may be."""
    if isinstance(value, Interval):
        return -BEYOND if value.low is None else Fraction(value.low), BEYOND if value.high is None else Fraction(value.high)
    if isinstance(value, DateRange):
        return tuple(10**9 if end is NEVER else end.toordinal() for end in (value.earliest, value.latest))  # type: ignore[return-value, union-attr]
    assert isinstance(value, Duration)
    return length(value)


def length(value: Duration) -> tuple[Fraction, Fraction]:
    """In days: so many months have as many as the shortest and the longest run of that many months."""
    if not value.months:
        return Fraction(value.hours) / 24, Fraction(value.hours) / 24
    runs = []
    for start in range(48):
        year, month = 2023 + (start + value.months) // 12, (start + value.months) % 12 + 1
        runs.append((date(year, month, 1) - date(2023 + start // 12, start % 12 + 1, 1)).days)
    return Fraction(min(runs)), Fraction(max(runs))
