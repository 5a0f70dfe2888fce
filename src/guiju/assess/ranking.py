"""Which question pays most: open rules counted for each fact, hard ones first, and what decides between equals.

A fact counts for every open rule that it bears on, and more the more of the rule it may settle by itself. Facts that other
conditions are built on (gates: markets, roles, the area and the task of a purpose) count up to twice, and the widest gates
of a thing come before everything else about it. Between equals comes what settles most rules alone, then what is quickly
answered. Judgements come after facts; what somebody does is asked last, of rules known to be in scope
before others. Where a list of rows is open and nobody has named a row, the list is asked before anything about its rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from guiju.assess.ranking_gates import gates
from guiju.assess.ranking_settling import Key, Swing
from guiju.logic import BoolType, EnumType, Interval, OneOf, SetType, Truth, Value
from guiju.norms import Declared, Missing, Program, Row, Thing, World

Stage = Literal["facts", "judgements", "conduct"]

BEARS: Final = 50
"""What a rule is worth that a fact bears on, whatever it would do to it; settling it whole is worth ``WHOLE``."""

ROWS: Final = 600
"""What a rule is worth to an open list without which nothing can be said of its rows."""

_WEIGHT: Final = {"hard": 6, "hardened": 6, "unknown": 4, "expected": 3, "soft": 2}
"""How much a rule counts by its force."""
_STAGES: Final[tuple[Stage, ...]] = ("facts", "judgements", "conduct")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name of a thing that may be asked, and what asking it is worth."""

    name: str
    thing: Thing
    declared: Declared
    stage: Stage
    settles: int
    hard: int
    alone: int
    worth: tuple[int, int, int]


_FIELD: Final = 40
_MASK: Final = (1 << _FIELD) - 1
_RULES, _HARD, _ALONE, _FACTS, _CONDUCT, _LATER = (1 << _FIELD * place for place in range(6))
"""Sums kept for each name in one whole number, side by side: exact, and quick to add and take away."""


class Ranking:
    """The open rules of a world by number, and what to ask first. A rule may be put again when it has changed."""

    def __init__(self, program: Program, world: World) -> None:
        self._gates = gates(program)
        self._widest = max(self._gates.values(), default=0) or 1
        self._world = world
        self._vocabulary = program.vocabulary
        self._widest_of: dict[str, int] = {}  # by kind: what is wide about purposes says nothing of systems
        for name, width in self._gates.items():
            kind = self._vocabulary.declared[name].object
            self._widest_of[kind] = max(width, self._widest_of.get(kind, 0))
        self._order = {entry.name: number for number, entry in enumerate(program.vocabulary.entries())}
        self._uses: dict[int, dict[Key, int]] = {}
        self._sums: dict[Key, int] = {}
        self._things: dict[int, Thing] = {}
        self._known: dict[Key, Key | None] = {}
        self._above: dict[int, Key | None] = {}

    def put(self, number: int, row: Row, swing: Swing | None) -> None:
        """Note what a rule hangs on now; nothing, and it is settled. ``swing``: what answers would do to its scope."""
        use = self._use(row, swing) if row.missing else {}
        before = self._uses.get(number, {})
        if use == before:
            return
        sums = self._sums
        for key, shares in before.items():
            left = sums[key] - shares
            if left:
                sums[key] = left
            else:
                del sums[key]
        for key, shares in use.items():
            sums[key] = sums.get(key, 0) + shares
        self._uses[number] = use

    def _use(self, row: Row, swing: Swing | None) -> dict[Key, int]:
        """What each name collects from one rule."""
        force = row.force.force
        weight, rule = _WEIGHT[force], _RULES + (_HARD if force in ("hard", "hardened") else 0)
        done = rule + weight * (_CONDUCT if row.in_scope is Truth.TRUE else _LATER)
        use = dict.fromkeys(self._keys(row.missing), done)
        moves = swing.moves if swing is not None else {}
        for key in self._keys(row.missing_of_scope):
            if swing is None or key not in moves:
                use[key] = rule + weight * BEARS * _FACTS
            else:
                own = _ALONE if swing.alone(key) else 0
                use[key] = rule + own + weight * (BEARS + swing.worth(key)) * _FACTS
        return use

    def forget(self) -> None:
        """What can be asked may have changed: look again."""
        self._known.clear()
        self._above.clear()

    # -- what can be asked -------------------------------------------------------------------------------------------------

    def _keys(self, missing: Iterable[Missing]) -> frozenset[Key]:
        found = set()
        for one in missing:
            key = (one.name, id(one.thing))
            if key not in self._known:
                self._known[key] = self._askable(one)
            known = self._known[key]
            if known is not None:
                found.add(known)
        return frozenset(found)

    def _askable(self, one: Missing) -> Key | None:
        """The name and thing to ask; None for what no answer could settle: readings, what is settled already."""
        declared = self._vocabulary.declared.get(one.name)
        if one.cause == "reading" or declared is None or declared.kind == "term":
            return None
        thing = one.thing or self._holder(declared)
        if thing is None:
            return None
        if declared.kind == "relation":
            if not declared.many or declared.name in thing.closed:
                return None
        elif declared.name in thing.given and is_settled(thing.given[declared.name].value):
            return None
        self._things[id(thing)] = thing
        return declared.name, id(thing)

    def _holder(self, declared: Declared) -> Thing | None:
        found = self._world.of_kind("party" if declared.object == "organisation" else declared.object)
        return found[0] if found else None

    def unnamed(self, thing: Thing) -> Key | None:
        """The open list that a thing nobody named stands in for, if it does."""
        if not thing.anonymous:
            return None
        if id(thing) not in self._above:
            self._above[id(thing)] = self._list_above(thing)
        return self._above[id(thing)]

    def _list_above(self, thing: Thing) -> Key | None:
        owner = self._vocabulary.owner(thing.kind)
        above = thing.links.get(owner.name) if owner else None
        if owner is None or above is None:
            return None
        for relation in self._vocabulary.relations(above.kind):
            if relation.inverse == owner.name and relation.to == thing.kind and relation.name not in above.closed:
                self._things[id(above)] = above
                return relation.name, id(above)
        return None

    # -- the order ---------------------------------------------------------------------------------------------------------

    def candidates(self, aside: Collection[Key] = (), passed: Collection[Key] = ()) -> list[Candidate]:
        """Everything that can be asked, the best first; not what was put ``aside``. A list in ``passed`` hides no rows."""
        return sorted(self._found(aside, passed), key=self._rank)

    def best(self, aside: Collection[Key] = ()) -> Candidate | None:
        """What to ask next."""
        return min(self._found(aside), key=self._rank, default=None)

    def _found(self, aside: Collection[Key], passed: Collection[Key] = ()) -> list[Candidate]:
        """What can be asked now; a gate of a thing is worth no less than any other fact of it."""
        found = list(self._open(aside, passed))
        highest: dict[int, int] = {}
        for one in found:
            highest[id(one.thing)] = max(one.worth[0], highest.get(id(one.thing), 0))
        return [replace(one, worth=(highest[id(one.thing)], 1, 0)) if self._is_gate(one) else one for one in found]

    def _is_gate(self, one: Candidate) -> bool:
        width = self._gates.get(one.name, 0)
        return one.stage == "facts" and width > 0 and 5 * width >= 2 * self._widest_of[one.declared.object]

    def _open(self, aside: Collection[Key], passed: Collection[Key]) -> Iterator[Candidate]:
        sums = self._lifted()
        for key, held in sums.items():
            if key in aside:
                continue
            thing = self._things[key[1]]
            above = self.unnamed(thing)
            if above is not None and above not in aside and above not in passed:
                continue
            declared = self._vocabulary.declared[key[0]]
            settles, hard, alone, facts, conduct, later = (held >> _FIELD * place & _MASK for place in range(6))
            stage: Stage = "judgements" if declared.kind == "judgement" else "facts" if facts else "conduct"
            worth = facts + facts * self._gates.get(key[0], 0) // self._widest
            done = (0, 0) if facts else (conduct, later)
            yield Candidate(key[0], thing, declared, stage, settles, hard, alone, (worth, *done))

    def _lifted(self) -> dict[Key, int]:
        """The sums, where an open list collects what hangs on the row that stands in for it."""
        behind: dict[Key, set[Key]] = {}
        for key in self._sums:
            above = self.unnamed(self._things[key[1]])
            if above is not None:
                behind.setdefault(above, {above}).add(key)
        sums = dict(self._sums)
        for above, keys in behind.items():
            hanging = [use for use in self._uses.values() if not keys.isdisjoint(use)]
            rules = sum(max(use[key] for key in keys & use.keys()) % _ALONE for use in hanging)
            sums[above] = rules + ROWS * (2 * len(hanging) + 4 * (rules // _HARD)) * _FACTS
        return sums

    def _rank(self, one: Candidate) -> tuple[object, ...]:
        return (
            _STAGES.index(one.stage),
            *(-worth for worth in one.worth),
            -self._gates.get(one.name, 0),
            -one.alone,
            _effort(one.declared),
            self._order[one.name],
            one.thing.id,
        )


def _effort(declared: Declared) -> int:
    """How much it takes to answer: yes or no, a choice, a list, a number or a day."""
    if declared.kind == "relation":
        return 3
    if isinstance(declared.type, BoolType):
        return 0
    return 1 if isinstance(declared.type, EnumType) else 2 if isinstance(declared.type, SetType) else 4


def is_settled(value: Value) -> bool:
    """Whether nothing more could be said of a value."""
    if isinstance(value, (Truth, Interval)):
        return value.settled
    if isinstance(value, OneOf):
        return len(value.members) == 1
    closed = getattr(value, "closed", None)
    if closed is not None:
        return bool(closed)
    earliest = getattr(value, "earliest", None)
    return earliest is None or earliest == getattr(value, "latest", None)
