"""What may come out otherwise where one norm is read otherwise: scopes and terms that read it, at however many removes.

An upper bound, from the rules alone: what is not in it has the value that the text gives, in every world, and is not worked out
twice. A norm that asks whether others apply, are met or are breached is always in it, since that hangs on clocks and days too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from guiju.logic import Call, Expr, walk
from guiju.logic.syntax import REFERENCES
from guiju.norms.graph import reads
from guiju.norms.model import Norm

if TYPE_CHECKING:
    from guiju.norms.program import Program


class Dependence:
    """Who reads what under a program: ids of norms and names of terms. Legal days hang on the text, however a norm is read."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._readers: dict[str, set[str]] = {}
        self._always: set[str] = set()
        self._found: dict[str, frozenset[str]] = {}
        for norm in program.norms.values():
            for expr in _conditions(norm):
                self._read(norm, expr)
            self._note(norm.id, _roles(program, norm))
            for one in norm.yields_to:
                self._note(norm.id, program.corpus.hit_by(one.targets))
            if norm.kind == "status" and norm.clock is not None:  # its standstill hangs on days too
                self._always.add(norm.id)
        for read in (program.makers, program.enders, program.displacers, program.appliers, program.yielding):
            for reader, norms in read.items():
                self._note(reader, (norm.id for norm in norms))

    def upon(self, norm: str) -> frozenset[str]:
        """The norms whose scope, and the terms whose value, may hang on how a norm is read; the norm itself is among them."""
        if norm not in self._found:
            found, waiting = {norm} | self._always, [norm, *self._always]
            while waiting:
                new = self._readers.get(waiting.pop(), set()) - found
                found |= new
                waiting += new
            self._found[norm] = frozenset(found)
        return self._found[norm]

    def _read(self, norm: Norm, expr: Expr) -> None:
        if any(isinstance(one, Call) and one.function in REFERENCES for one in walk(expr)):
            self._always.add(norm.id)
        else:
            self._note(norm.id, reads(self._program.corpus, expr, norm.about))

    def _note(self, reader: str, read: Iterable[str]) -> None:
        for one in read:
            self._readers.setdefault(one, set()).add(reader)


def _conditions(norm: Norm) -> Iterator[Expr]:
    yield norm.when
    yield from (one.when for one in norm.exceptions)
    yield from (one.when for one in norm.cases)
    yield from (one.when for one in norm.yields_to)


def _roles(program: Program, norm: Norm) -> Iterator[str]:
    bearer = program.bearer_of(norm)
    if bearer is not None:
        yield from (*bearer.terms, *bearer.otherwise)
    yield from (side for side in (norm.against, norm.holder) if side)
