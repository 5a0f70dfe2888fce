"""One subject against the real corpus, grown to 3,000 norms, with its definitions; beside CEL on the same conditions.

    python benchmarks/one_system/corpus.py

Every copy of the corpus has definitions of its own: in copy k the members of enums and sets and the polarity of facts are
turned by k, so that no condition or definition is shared between copies. The facts are shared, as they are in a real corpus.
Between runs three facts change. The peer evaluates the same definitions in order and then the same conditions, two-valued, on
a subject without unknowns (it has no third value); one thread, through its Python binding, built for single decisions.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from guiju.logic import (
    And,
    BitProgram,
    BoolType,
    Compared,
    EnumType,
    Expr,
    In,
    Interval,
    Literal,
    Members,
    Name,
    NumberType,
    OneOf,
    Or,
    SetOf,
    SetType,
    Truth,
    Value,
    both,
    either,
    names,
    negation,
    show,
)
from guiju.logic.syntax import Not
from guiju.norms import FlatProgram, Program, Vocabulary, builtin


class Copies:
    """The corpus many times over, every copy with conditions and definitions of its own."""

    def __init__(self, flat: FlatProgram, wanted: int) -> None:
        self.vocabulary: Vocabulary = flat.program.vocabulary
        self.flat = flat
        count = -(-wanted // len(flat.scopes))
        self.outputs: list[Expr] = []
        self.definitions: dict[str, Expr] = {}
        for k in range(count):
            self.outputs += [self._turned(expr, k) for expr in flat.scopes]
            self.definitions.update({f"{name}__{k}": self._turned(expr, k) for name, expr in flat.definitions.items()})
        self.outputs = self.outputs[:wanted]

    def _turned(self, expr: Expr, k: int) -> Expr:
        match expr:
            case And(items):
                return both(*(self._turned(item, k) for item in items))
            case Or(items):
                return either(*(self._turned(item, k) for item in items))
            case Not(item):
                return negation(self._turned(item, k))
            case Name(path) if path in self.flat.definitions:
                return Name(f"{path}__{k}")
            case Name(path):
                return negation(expr) if (hash_of(path) >> k % 16) & 1 else expr
            case Compared(Name(path) as left, "==" | "!=" as op, Literal(str() as member)):
                return Compared(left, op, Literal(self._other(path, member, k)))
            case In(Name(path) as left, Members(items)):
                return In(left, Members(tuple(dict.fromkeys(self._other(path, item, k) for item in items))))
            case In(Literal(str() as member), Name(path) as right):
                return In(Literal(self._other(path, member, k)), right)
            case _:
                return expr

    def _other(self, path: str, member: str, k: int) -> str:
        declared = self.vocabulary.declared.get(path)
        if declared is None or not isinstance(declared.type, (EnumType, SetType)):
            return member
        members = declared.type.members
        return members[(members.index(member) + k) % len(members)]


def hash_of(word: str) -> int:
    """A number of a word that is the same in every run."""
    return sum(ord(letter) * 31**place for place, letter in enumerate(word[:8]))


def subject(vocabulary: Vocabulary, read: set[str], seed: int, missing: float) -> dict[str, Value | None]:
    """Values for every name that is read; a part of them missing."""
    random_ = random.Random(seed)  # a seeded subject, nothing secret
    found: dict[str, Value | None] = {}
    for name in sorted(read):
        declared = vocabulary.declared.get(name)
        if random_.random() < missing:
            found[name] = None
        elif declared is None or isinstance(declared.type, BoolType):
            found[name] = Truth.of(random_.random() < 0.4)
        elif isinstance(declared.type, EnumType):
            found[name] = OneOf.just(random_.choice(declared.type.members))
        elif isinstance(declared.type, SetType):
            chosen = frozenset(member for member in declared.type.members if random_.random() < 0.4)
            found[name] = SetOf(chosen, frozenset(), closed=True)
        elif isinstance(declared.type, NumberType):
            found[name] = Interval.just(Decimal(random_.choice((10, 300, 60_000_000))))
    return found


def median_of(run: Callable[[int], object], times: int) -> float:
    """The median time of one run, in milliseconds."""
    taken = []
    for turn in range(times):
        begun = time.perf_counter()
        run(turn)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def ours(program: BitProgram, vocabulary: Vocabulary, times: int) -> float:
    """Warm runs on subjects that differ from run to run."""
    read = program.needs()
    subjects = [subject(vocabulary, read, seed // 3, 0.1) for seed in range(60)]
    for turn, one in enumerate(subjects):  # three facts of another subject each
        for name in sorted(read)[turn % 40 :: 60][:3]:
            one[name] = subjects[(turn + 7) % 60].get(name)
    for one in subjects:
        program.run(one)
    return median_of(lambda turn: program.run(subjects[turn % 60]), times)


class Cel:
    """The same conditions in CEL: definitions evaluated in order, their results handed on as variables.

    What CEL cannot say without functions of ours (dates, durations, questions about norms) is handed in as a bool.
    """

    def __init__(self, copies: Copies) -> None:
        from cel_expr_python import cel

        self._vocabulary = copies.vocabulary
        self._types = cel.Type
        self.variables: dict[str, object] = {}
        order = in_order(copies.definitions)
        plain = {name: self._plain(copies.definitions[name]) for name in order}
        outputs = [self._plain(expr) for expr in copies.outputs]
        for name in order:
            self.variables[re.sub(r"\W", "_", name)] = self._types.BOOL
        environment = cel.NewEnv(variables=self.variables)
        compiled = {name: environment.compile(show_cel(plain[name])) for name in order}
        self._levels = [
            [(re.sub(r"\W", "_", name), compiled[name]) for name in level] for level in in_levels(copies.definitions, order)
        ]
        self._outputs = [environment.compile(show_cel(expr)) for expr in outputs]
        self._activation = environment.Activation
        read = {name for expr in (*copies.outputs, *copies.definitions.values()) for name in names(expr)}
        values = subject(copies.vocabulary, read, 1, 0.0)
        self.data = {key: False for key, kind in self.variables.items() if kind is self._types.BOOL}
        self.data.update({re.sub(r"\W", "_", name): plain_value(value) for name, value in values.items() if value is not None})
        self.data = {key: value for key, value in self.data.items() if key in self.variables}

    def run(self, _: int) -> list[object]:
        """Every condition once."""
        data = dict(self.data)
        for level in self._levels:
            activation = self._activation(data)
            data.update([(name, compiled.eval(activation).value()) for name, compiled in level])
        activation = self._activation(data)
        return [compiled.eval(activation).value() for compiled in self._outputs]

    def _plain(self, expr: Expr) -> Expr:
        match expr:
            case And(items):
                return both(*(self._plain(item) for item in items))
            case Or(items):
                return either(*(self._plain(item) for item in items))
            case Not(item):
                return negation(self._plain(item))
            case Name(path):
                return self._named(path, self._types.BOOL)
            case Compared(Name(path), op, Literal(str() as member)):
                return Compared(self._named(path, self._types.STRING), op, Literal(member))
            case Compared(Name(path), op, Literal(value)) if not isinstance(value, (str, bool)):
                return Compared(self._named(path, self._types.DOUBLE), op, Literal(value))
            case In(Name(path), right):
                return In(self._named(path, self._types.STRING), right)
            case In(left, Name(path)):
                return In(left, self._named(path, self._types.List(self._types.STRING)))
            case Literal():
                return expr
            case _:
                return self._named("handed_in_" + str(abs(hash(show(expr)))), self._types.BOOL)

    def _named(self, path: str, kind: object) -> Name:
        plain = re.sub(r"\W", "_", path)
        self.variables.setdefault(plain, kind)
        return Name(plain)


def in_order(definitions: dict[str, Expr]) -> list[str]:
    """Definitions after those they read."""
    done: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in done or name not in definitions:
            return
        for inner in sorted(names(definitions[name])):
            visit(inner)
        done[name] = None

    for name in definitions:
        visit(name)
    return list(done)


def in_levels(definitions: dict[str, Expr], order: list[str]) -> list[list[str]]:
    """Definitions that read none of their own level, level by level."""
    depth: dict[str, int] = {}
    for name in order:
        depth[name] = 1 + max((depth[inner] for inner in names(definitions[name]) if inner in depth), default=-1)
    return [[name for name in order if depth[name] == level] for level in range(max(depth.values(), default=-1) + 1)]


def show_cel(expr: Expr) -> str:
    """The print, with numbers as doubles."""
    return re.sub(r"(?<![\w.\"])(\d+)(?![\w.\"])", r"\1.0", show(expr))


def plain_value(value: Value) -> object:
    """A settled value as plain Python."""
    match value:
        case Truth():
            return value is Truth.TRUE
        case OneOf(members):
            return next(iter(members))
        case SetOf(has):
            return sorted(has)
        case Interval(low):
            return float(low or 0)
        case _:
            return False


def peer(copies: Copies, times: int) -> float | None:
    """cel-expr-python, the CEL team's own binding, on the same conditions; None if it is not installed."""
    try:
        cel = Cel(copies)
    except ImportError:
        return None
    cel.run(0)
    return median_of(cel.run, times)


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--norms", type=int, default=3000)
    options.add_argument("--runs", type=int, default=400)
    asked = options.parse_args()
    flat = FlatProgram(Program(builtin(), date(2026, 11, 21)))
    begun = time.perf_counter()
    copies = Copies(flat, asked.norms)
    program = BitProgram(copies.outputs, copies.definitions)
    built = (time.perf_counter() - begun) * 1000
    distinct = len({show(expr) for expr in copies.outputs})
    print(f"{len(flat.scopes)} scopes and {len(flat.definitions)} definitions of the built-in corpus")
    print(f"grown to {len(copies.outputs)} norms ({distinct} distinct) and {len(copies.definitions)} definitions;")
    print(f"built in {built:.0f} ms")
    mine = ours(program, copies.vocabulary, asked.runs)
    print(f"guiju BitProgram, three-valued, 10 % missing: {mine:.3f} ms a subject (median of {asked.runs}; goal 0.5)")
    other = peer(copies, 5)
    if other is None:
        print("cel-expr-python is not installed: no peer in this run")
        return 1
    print(f"cel-expr-python, two-valued, nothing missing: {other:.1f} ms a subject")
    print(f"ratio: {other / mine:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
