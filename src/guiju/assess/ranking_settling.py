"""How much of a condition a single answer could settle: all of it, or how many of the things it still hangs on.

Only for ranking: what is found here says which question is likely to pay, never what a rule's answer is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from guiju.logic import And, BoolType, Expr, Name, Not, Or, Quantified, Truth, evaluate, open_leaves
from guiju.norms import Declared, Exempt, Norm, Row, Thing, View
from guiju.norms.bearers import roles
from guiju.norms.evaluation import Evaluation
from guiju.wording import GuijuError

Key = tuple[str, int]
"""A name, and the identity of the thing that it is asked of."""

Move = tuple[Truth, int, Truth, int]
"""If the answer is yes: what becomes of the condition, and how many of its open parts go; the same if it is no."""

LIKELY: Final = 35
"""How often an answer is yes, of a hundred; most of what rules ask about is not so for most systems."""

WHOLE: Final = 1000
"""What settling a condition whole is worth; a share of its parts is worth that share of ``PARTLY``."""

PARTLY: Final = 900


@dataclass(frozen=True, slots=True)
class Swing:
    """A truth; where it is open, how many open parts there are, and what each answer would do to them."""

    truth: Truth
    size: int = 0
    moves: dict[Key, Move] = field(default_factory=dict)

    def __invert__(self) -> Swing:
        return Swing(~self.truth, self.size, {key: (~yes, a, ~no, b) for key, (yes, a, no, b) in self.moves.items()})

    def worth(self, key: Key) -> int:
        """What an answer is worth on average."""
        yes, gone_if_yes, no, gone_if_no = self.moves[key]
        return (LIKELY * self._part(yes, gone_if_yes) + (100 - LIKELY) * self._part(no, gone_if_no)) // 100

    def _part(self, truth: Truth, gone: int) -> int:
        return WHOLE if truth.settled else PARTLY * gone // self.size

    def alone(self, key: Key) -> bool:
        """Whether an answer could settle it by itself."""
        yes, _, no, _ = self.moves[key]
        return yes.settled or no.settled


def all_of(parts: Iterable[Swing]) -> Swing:
    """Of an "and": one false part is enough, true it needs them all."""
    return _joined(parts, Truth.FALSE)


def any_of(parts: Iterable[Swing]) -> Swing:
    """Of an "or": the other way round."""
    return _joined(parts, Truth.TRUE)


def _joined(parts: Iterable[Swing], decisive: Truth) -> Swing:
    open_parts = []
    for part in parts:
        if part.truth is decisive:
            return part
        if part.truth is Truth.UNKNOWN:
            open_parts.append(part)
    if not open_parts:
        return Swing(~decisive)
    if len(open_parts) == 1:
        return open_parts[0]
    size = sum(part.size for part in open_parts)
    sums: dict[Key, _Sum] = {}
    for part in open_parts:
        for key, move in part.moves.items():
            found = sums.get(key)
            if found is None:
                found = sums[key] = _Sum()
            found.add(move, part.size, decisive)
    count = len(open_parts)
    return Swing(Truth.UNKNOWN, size, {key: one.move(size, count, decisive) for key, one in sums.items()})


class _Sum:
    """What an answer does to the parts that read the name."""

    __slots__ = ("decided", "gone", "settled")

    def __init__(self) -> None:
        self.decided = [False, False]
        self.settled = [0, 0]
        self.gone = [0, 0]

    def add(self, move: Move, size: int, decisive: Truth) -> None:
        """One part more."""
        for side, truth, gone in ((0, move[0], move[1]), (1, move[2], move[3])):
            if truth is Truth.UNKNOWN:
                self.gone[side] += gone
                continue
            self.settled[side] += 1
            self.gone[side] += size
            if truth is decisive:
                self.decided[side] = True

    def move(self, size: int, count: int, decisive: Truth) -> Move:
        """What it does to the whole."""
        return (*self._side(0, size, count, decisive), *self._side(1, size, count, decisive))

    def _side(self, side: int, size: int, count: int, decisive: Truth) -> tuple[Truth, int]:
        if self.decided[side]:
            return decisive, size
        if self.settled[side] == count:
            return ~decisive, size
        return Truth.UNKNOWN, self.gone[side]


OPEN: Final = Swing(Truth.UNKNOWN, 1)
"""Open, and no single answer settles it."""


class Settling:
    """The swings of a world's conditions, terms opened, each worked out once."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self._terms: dict[Key, Swing] = {}
        self._scopes: dict[tuple[int, int, int], Swing] = {}
        self._shapes: dict[str, int] = {}
        self._numbers: dict[tuple[object, ...], int] = {}

    def of_row(self, row: Row) -> Swing:
        """What each answer would do to the question whether a rule reaches a thing and a party."""
        return self._scope(row.norm, row.thing, row.party)

    def _scope(self, norm: Norm, thing: Thing, party: Thing | None) -> Swing:
        key = (self._shape(norm), id(thing), id(party))
        return self.evaluation.once(self._scopes, key, lambda: self._reaches(norm, thing, party))

    def _shape(self, norm: Norm) -> int:
        """The same number for norms that reach the same things in the same way: the articles of a chapter often do."""
        program = self.evaluation.program
        if norm.id not in self._shapes:
            beside = [tuple(one.id for one in pointing.get(norm.id, ())) for pointing in (program.appliers, program.displacers)]
            shape = (norm.about, roles(program, norm), self.evaluation.condition(norm), *map(_shape_of, norm.unless), *beside)
            self._shapes[norm.id] = self._numbers.setdefault(shape, len(self._numbers))
        return self._shapes[norm.id]

    def _reaches(self, norm: Norm, thing: Thing, party: Thing | None) -> Swing:
        view, program = self.evaluation.view(thing, party), self.evaluation.program
        own = all_of([self._bearer(norm, view), self._expr(self.evaluation.condition(norm), view)])
        ways = any_of([own, *self._others(program.appliers, norm, view)])
        found = all_of([ways, ~self._excepted(norm, view), ~any_of(self._others(program.displacers, norm, view))])
        return found if found.truth is Truth.UNKNOWN else OPEN

    def _others(self, pointing: Mapping[str, Iterable[Norm]], norm: Norm, view: View) -> list[Swing]:
        """The reach of norms that bring this one in, or take its place."""
        reach = self.evaluation.world.reach
        return [
            self._scope(other, one, view.party) for other in pointing.get(norm.id, ()) for one in reach(view.thing, other.about)
        ]

    def _bearer(self, norm: Norm, view: View) -> Swing:
        terms = roles(self.evaluation.program, norm)
        return any_of(self._name(Name(term), view) for term in terms) if terms else Swing(Truth.TRUE)

    def _content(self, norm: Norm, thing: Thing, party: Thing | None) -> Swing:
        view = self.evaluation.view(thing, party)
        return all_of([self._expr(self.evaluation.condition(norm), view), ~self._excepted(norm, view)])

    def _excepted(self, norm: Norm, view: View) -> Swing:
        return any_of(self._exempt(one, view) for one in norm.unless if one.replace_require is None)

    def _exempt(self, one: Exempt, view: View) -> Swing:
        if one.since and not self.evaluation.program.begun(one.since):
            return Swing(Truth.FALSE)
        return all_of([self._expr(one.when, view), ~any_of(self._exempt(inner, view) for inner in one.unless)])

    def _expr(self, expr: Expr, view: View) -> Swing:
        match expr:
            case And(items):
                return all_of(self._expr(item, view) for item in items)
            case Or(items):
                return any_of(self._expr(item, view) for item in items)
            case Not(item):
                return ~self._expr(item, view)
            case Quantified(quantifier, relation, body):
                return self._rows(quantifier, relation, body, view)
            case Name():
                return self._name(expr, view)
            case _:
                return self._atom(expr, view)

    def _rows(self, quantifier: str, relation: str, body: Expr, view: View) -> Swing:
        rows = view.rows(relation)
        parts = [self._expr(body, row) for row in rows.items if isinstance(row, View)]
        if not rows.closed:
            parts.append(OPEN)
        return any_of(parts) if quantifier == "some" else all_of(parts)

    def _atom(self, expr: Expr, view: View) -> Swing:
        """A comparison: the one name it still hangs on; of several none settles it alone."""
        truth = evaluate(expr, view)
        if truth.settled:
            return Swing(truth)
        leaves = open_leaves(expr, view)
        if len(leaves) != 1 or "(" in leaves[0].path:
            return OPEN
        return self._name(Name(leaves[0].path), view, truth)

    def _name(self, name: Name, view: View, truth: Truth | None = None) -> Swing:
        try:
            thing, declared = view.target(name.path)
        except GuijuError:
            return OPEN
        if declared.kind == "term" and thing is not None:
            return self._term(declared, thing)
        known = evaluate(name, view) if truth is None else truth
        if known.settled:
            return Swing(known)
        if thing is None:
            return OPEN
        return Swing(Truth.UNKNOWN, 1, {(declared.name, id(thing)): (Truth.TRUE, 1, Truth.FALSE, 1)})

    def _term(self, declared: Declared, thing: Thing) -> Swing:
        return self.evaluation.once(self._terms, (declared.name, id(thing)), lambda: self._made(declared, thing))

    def _made(self, declared: Declared, thing: Thing) -> Swing:
        value = self.evaluation.term(declared, thing)
        if isinstance(value, Truth) and value.settled:
            return Swing(value)
        program = self.evaluation.program
        made = any_of(self._content(norm, thing, None) for norm in program.makers.get(declared.name, ()))
        if not isinstance(declared.type, BoolType):
            return made if made.truth is Truth.UNKNOWN else OPEN
        ended = any_of(self._content(norm, thing, None) for norm in program.enders.get(declared.name, ()))
        found = all_of([made, ~ended])
        return found if found.truth is Truth.UNKNOWN else OPEN


def _shape_of(one: Exempt) -> tuple[object, ...]:
    """What an exception turns on, without its words."""
    return (one.when, one.since, one.replace_require is None, *map(_shape_of, one.unless))
