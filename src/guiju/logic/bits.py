"""Many conditions over one subject at once, in the bits of a few big integers.

Every condition is a column of up to eight clauses (``normal``). For each clause there are two bits: *false* (some atom in it
is false) and *not true* (some atom in it is false or unknown). A fact sets its bits with a single "or" of a mask made ready
for its value (``columns``); an "and" over the clauses then leaves, for every condition, whether it is false and whether it is
not true. Defined names are columns of lower levels, and their results are facts of the levels above.

The answers are exactly those of ``evaluate`` (language, section 10).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from guiju.logic import columns as reading
from guiju.logic.normal import FEWEST_CLAUSES, MOST_CLAUSES, NormalForms, clause_count
from guiju.logic.normal import Column as NormalForm
from guiju.logic.syntax import Expr
from guiju.logic.values import Truth, Value

_GROUP: Final = 4
"""Results of a level are passed on four at a time: 81 possible masks for each group."""


@dataclass(slots=True)
class _Level:
    """Columns worked out together. Plane ``p`` holds at ``base + 2 * p * size`` the *false* bits, then the *not true* bits."""

    base: int
    size: int
    planes: int
    negated: int
    groups: list[_Group] = field(default_factory=list)
    reach: int = 0

    def __post_init__(self) -> None:
        self.reach = (1 << self.end) - 1

    @property
    def end(self) -> int:
        return self.base + 2 * self.size * self.planes

    def fold(self, bits: int) -> tuple[int, int]:
        """The columns that are true and those that are false."""
        stride, planes, ones = 2 * self.size, self.planes, (1 << self.size) - 1
        while planes > 1:
            half = (planes + 1) // 2
            bits &= bits >> (planes - half) * stride  # planes may be counted twice: "and" does not mind
            planes = half
        false = bits & ones
        true = (bits >> self.size & ones) ^ ones
        if self.negated:
            turned = (true ^ false) & self.negated
            return true ^ turned, false ^ turned
        return true, false


@dataclass(slots=True)
class _Group:
    """Up to four columns of a level, and the mask of each combination of their results that has been met."""

    members: list[reading.Touched]
    table: list[int | None]

    def learn(self, key: int) -> int:
        mask = 0
        for index, touched in enumerate(self.members):
            truth = Truth.TRUE if key >> index & 1 else Truth.FALSE if key >> index + _GROUP & 1 else Truth.UNKNOWN
            mask |= touched.mask(truth)
        self.table[key] = mask
        return mask


class BitProgram:
    """Conditions (``outputs``) over facts and over names defined by other conditions, compiled once and run for many subjects.

    ``definitions`` must not go in circles (``ExpressionError`` "expression.circle"); a definition counts, whatever a run's
    values say of its name. A program keeps masks of what it has met and is not to be run by two threads at once.
    """

    def __init__(self, outputs: Sequence[Expr], definitions: Mapping[str, Expr] | None = None) -> None:
        forms = NormalForms(definitions or {})
        bound = _planes_worth_having(outputs)
        results = [forms.column(expr, bound) for expr in outputs]
        names = forms.levels(results)
        layers = [[forms.columns[name] for name in level] for level in names] + [results]
        self._levels: list[_Level] = []
        for layer in layers:
            self._levels.append(_level(layer, self._levels[-1].end if self._levels else 0))
        self._start = 0
        self._defined = {name: reading.Touched() for level in names for name in level}
        self._columns: dict[tuple[str, ...], reading.Column] = {}
        self._supplied: dict[str, reading.Touched] = {}
        for layer, level in zip(layers, self._levels, strict=True):
            self._lay_out(layer, level, forms)
        for level_names, level in zip(names, self._levels, strict=False):
            members = [self._defined[name] for name in level_names]
            level.groups = [_Group(members[at : at + _GROUP], [None] * 256) for at in range(0, len(members), _GROUP)]
        self._make_ready()

    def needs(self) -> set[str]:
        """The keys that ``run`` reads: names, and the prints of conditions whose truth the caller supplies."""
        return set(self._supplied).union(*self._columns)

    def run(self, values: Mapping[str, Value | None]) -> tuple[int, int]:
        """The outputs that are true and those that are false, as bits; the others are unknown.

        A key that is missing or None is unknown. Quantified conditions, questions about norms and comparisons with
        ``date_of`` are supplied as a ``Truth`` under their canonical print.
        """
        bits = self._read(values)
        for level in self._levels[:-1]:
            true, false = level.fold((bits & level.reach) >> level.base)
            size = (level.size + 7) // 8
            pairs = zip(true.to_bytes(size, "little"), false.to_bytes(size, "little"), strict=True)
            keys = [key for t, f in pairs for key in (t & 15 | (f & 15) << 4, t >> 4 | f & 240)]
            for group, key in zip(level.groups, keys, strict=False):
                mask = group.table[key]
                bits |= group.learn(key) if mask is None else mask
        last = self._levels[-1]
        return last.fold(bits >> last.base)

    def _read(self, values: Mapping[str, Value | None]) -> int:
        bits, get = self._start, values.get
        yes, no = Truth.TRUE, Truth.FALSE
        for key, true, false, unknown in self._bools:
            truth = get(key)
            bits |= true if truth is yes else false if truth is no else unknown
        for name, classify, table, unknown, column in self._ones:
            value = get(name)
            if value is None:
                bits |= unknown
                continue
            kind = classify(value)
            mask = table.get(kind)
            bits |= column.learn(kind, {name: value}) if mask is None else mask
        for column in self._several:
            known = {name: value for name in column.names if (value := get(name)) is not None}
            kind = tuple(known.items())
            mask = column.table.get(kind)
            bits |= column.learn(kind, known) if mask is None else mask
        return bits

    # -- laying out ------------------------------------------------------------------------------------------------------

    def _lay_out(self, layer: Sequence[NormalForm], level: _Level, forms: NormalForms) -> None:
        for index, column in enumerate(layer):
            for plane in range(level.planes):
                not_true = 1 << level.base + (2 * plane + 1) * level.size + index
                untrue = not_true | not_true >> level.size
                if plane >= len(column.clauses):
                    self._start |= untrue
                    continue
                for atom, positive in column.clauses[plane]:
                    touched = self._touched(atom, forms)
                    touched.unknown |= not_true
                    if positive:
                        touched.false |= untrue
                    else:
                        touched.true |= untrue

    def _touched(self, atom: Expr, forms: NormalForms) -> reading.Touched:
        defined = forms.refers(atom)
        if defined is not None:
            return self._defined[defined]
        key = reading.key_of(atom)
        if key is not None:
            return self._supplied.setdefault(key, reading.Touched())
        names = reading.names_of(atom)
        column = self._columns.setdefault(names, reading.Column(names))
        return column.atoms.setdefault(atom, reading.Touched())

    def _make_ready(self) -> None:
        """Flat tables for the loops of a run."""
        masks = attrgetter("true", "false", "unknown")
        self._bools = [(key, *masks(touched)) for key, touched in self._supplied.items()]
        single = [column for column in self._columns.values() if len(column.names) == 1]
        self._several = [column for column in self._columns.values() if len(column.names) > 1]
        self._ones = [(column.names[0], reading.classifier(column), column.table, column.unknown, column) for column in single]
        for column in self._columns.values():
            if not column.names:
                self._start |= column.mask({})


def _level(layer: Sequence[NormalForm], base: int) -> _Level:
    planes = max((len(column.clauses) for column in layer), default=1)
    negated = sum(1 << index for index, column in enumerate(layer) if column.negated)
    return _Level(base, len(layer), max(planes, 1), negated)


def _planes_worth_having(outputs: Sequence[Expr]) -> int:
    """How many clauses an output may have: few planes for all, with columns of their own for the parts that do not fit."""
    counts = [clause_count(expr) for expr in outputs]

    def width(planes: int) -> int:
        return planes * len(counts) + MOST_CLAUSES * sum(count > planes for count in counts)

    return min(range(FEWEST_CLAUSES, MOST_CLAUSES + 1), key=width)
