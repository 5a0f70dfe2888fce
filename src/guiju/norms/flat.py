"""The common form as one bit program: one object of each kind, one party, every norm's scope at once.

Interviews and surveys ask the same rules thousands of times of subjects in the common form. Every name then belongs to one
object, ``some`` and ``every`` speak of the one row, and all scopes are one :class:`BitProgram` with terms as its shared
definitions. Comparisons with legal days, questions about other norms and paths to an earlier system are handed in as values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guiju.logic import (
    And,
    BitProgram,
    BoolType,
    Call,
    Compared,
    Expr,
    In,
    Name,
    Not,
    Or,
    Quantified,
    Truth,
    Value,
    both,
    either,
    evaluate,
    negation,
    show,
    walk,
)
from guiju.norms.arising import arisen
from guiju.norms.bearers import roles
from guiju.norms.check import conditions
from guiju.norms.evaluation import Evaluation
from guiju.norms.fields import CorpusError
from guiju.norms.model import Exempt, Norm
from guiju.norms.program import Program
from guiju.norms.second_ways import gives_way
from guiju.norms.terms import stands_still
from guiju.norms.vocabulary import PARTY_KINDS, STANDING
from guiju.norms.world import Thing, World


@dataclass(frozen=True, slots=True)
class _Asked:
    """A condition whose truth is handed in, and the kind of object it is asked of."""

    expr: Expr
    kind: str


class FlatProgram:
    """The scopes of all norms about standing kinds, for subjects with one object of each kind.

    ``norms`` is the order of the bits that :meth:`run` gives; ``scopes`` are their conditions over ``definitions`` of terms.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self._asked: dict[str, _Asked] = {}
        self._begins: dict[str, Norm] = {}
        self._standstills: dict[str, Norm] = {}
        self._events: dict[str, Norm] = {}
        self.norms = [
            norm for norm in program.norms.values() if norm.about in STANDING and norm.kind not in ("status", "sanction")
        ]
        self.definitions = {name: self._definition(name) for name in self._terms()}
        self.scopes = [self._scope(norm) for norm in self.norms]
        self.bits = BitProgram(self.scopes, self.definitions)

    def _terms(self) -> list[str]:
        entries = self.program.vocabulary.entries()
        waiting = self.program.waiting_terms
        return [one.name for one in entries if one.kind == "term" and isinstance(one.type, BoolType) and one.name not in waiting
                and one.object in STANDING and not any(norm.cases for norm in self.program.makers.get(one.name, ()))]  # fmt: skip

    def _definition(self, term: str) -> Expr:
        made = either(*(self._content(norm) for norm in self.program.makers.get(term, ())))
        return both(made, negation(either(*(self._content(norm) for norm in self.program.enders.get(term, ())))))

    def _content(self, norm: Norm) -> Expr:
        """A condition without its exceptions; whether a standstill has run is handed in."""
        content = both(self.flat(norm.when, norm.about), negation(self._excepted(norm)))
        if not stands_still(norm):
            return content
        self._standstills[f"stood-still:{norm.id}"] = norm
        return both(content, Name(f"stood-still:{norm.id}"))

    def _excepted(self, norm: Norm) -> Expr:
        return either(*(self._exempt(one, norm.about) for one in norm.unless if one.replace_require is None and self._begun(one)))

    def _exempt(self, one: Exempt, kind: str) -> Expr:
        inner = either(*(self._exempt(each, kind) for each in one.unless if self._begun(each)))
        return both(self.flat(one.when, kind), negation(inner))

    def _begun(self, one: Exempt) -> bool:
        return one.since is None or self.program.begun(one.since)

    def _scope(self, norm: Norm) -> Expr:
        ways = either(both(self._borne(norm), self.flat(norm.when, norm.about)), *self._applied(norm))
        displaced = either(*self._others(self.program.displacers.get(norm.id, ())), *self._yielded(norm))
        return both(ways, negation(self._excepted(norm)), negation(displaced), *self._arisen(norm))

    def _borne(self, norm: Norm) -> Expr:
        """Who bears it; with one party, nobody else can have the role that goes before ``otherwise``."""
        bearer = self.program.bearer_of(norm)
        if bearer is None:
            return either(*(Name(term) for term in roles(self.program, norm))) if _sided(self.program, norm) else both()
        first = either(*(Name(term) for term in bearer.terms))
        if not bearer.otherwise:
            return first
        return either(first, both(either(*(Name(term) for term in bearer.otherwise)), negation(first)))

    def _arisen(self, norm: Norm) -> list[Expr]:
        """Whether the event a duty waits for has happened is handed in."""
        if norm.of_right is None or norm.upon is None:
            return []
        self._events[f"arisen:{norm.id}"] = norm
        return [Name(f"arisen:{norm.id}")]

    def _others(self, norms: Iterable[Norm]) -> list[Expr]:
        return [self._scope(other) for other in norms if other.about in STANDING]

    def _applied(self, norm: Norm) -> list[Expr]:
        """The ways by application norms, each once that norm itself has begun to apply (which is handed in)."""
        found = []
        for other in self.program.appliers.get(norm.id, ()):
            if other.about in STANDING:
                self._begins[f"begun:{other.id}"] = other
                found.append(both(self._scope(other), Name(f"begun:{other.id}")))
        return found

    def _yielded(self, norm: Norm) -> list[Expr]:
        """The norms it gives way to: by its own clauses, or by those of a norm that lets special rules go first."""
        hit = self.program.corpus.contents.hit
        clauses = [] if gives_way(norm) or norm.kind == "sanction" else [(norm, both())]
        clauses += [(other, self._scope(other)) for other in self.program.yielding.get(norm.id, ()) if other.about in STANDING]
        return [
            both(holds, self.flat(one.when, by.about), self._scope(other))
            for by, holds in clauses
            for one in by.yields_to
            for other in self.program.in_law
            if other.id != norm.id and other.about in STANDING and hit(one.targets, other.id)
        ]

    def flat(self, expr: Expr, kind: str) -> Expr:
        """The expression over names alone; what cannot be said so is kept to be handed in."""
        match expr:
            case And(items):
                return both(*(self.flat(item, kind) for item in items))
            case Or(items):
                return either(*(self.flat(item, kind) for item in items))
            case Not(item):
                return negation(self.flat(item, kind))
            case Quantified(_, relation, body):
                return self.flat(body, self.program.vocabulary.rows(kind, relation)[1].to)
            case Name(path):
                return expr if self._elsewhere(path) else Name(self.program.vocabulary.access(kind, path).declared.name)
            case Compared(left, op, right) if not any(isinstance(one, Call) and one.function == "date_of" for one in walk(expr)):
                return Compared(self._operand(left, kind), op, self._operand(right, kind))
            case In(Name() as left, right):
                return In(self._operand(left, kind), right)
            case In(left, Name() as right):
                renamed = self._operand(right, kind)
                assert isinstance(renamed, Name)
                return In(left, renamed)
            case _:
                self._asked[show(expr)] = _Asked(expr, kind)
                return expr

    def _elsewhere(self, path: str) -> bool:
        return path.startswith("earlier.") or ".earlier." in path

    def _operand(self, expr: Expr, kind: str) -> Expr:
        if isinstance(expr, Name) and not self._elsewhere(expr.path):
            return Name(self.program.vocabulary.access(kind, expr.path).declared.name)
        return expr

    def fits(self, world: World) -> bool:
        """Whether a world is in the common form: one object of each standing kind, every relation to many closed on one row."""
        kinds = [thing.kind for thing in world.things if thing.kind in STANDING]
        if len(set(kinds)) != len(kinds):
            return False
        declared = self.program.vocabulary.declared
        asked = {
            item.relation.split(".")[-1]
            for norm in self.program.in_law
            if norm.about in STANDING
            for expr in conditions(norm)
            for item in walk(expr)
            if isinstance(item, Quantified)
        }
        if any(norm.bearer and norm.bearer.otherwise for norm in self.norms):  # nobody else may go first
            asked |= {one.name for one in self.program.vocabulary.entries() if one.many and one.to == "party"}
        return all(
            relation in holder.closed and len(holder.rows.get(relation, ())) == 1
            for relation in asked
            if declared[relation].object in STANDING
            for holder in world.of_kind(declared[relation].object)
        )

    def values(self, world: World) -> dict[str, Value | None]:
        """What the program reads of a world that ``fits``: its facts, and the truths that are handed in.

        :raises CorpusError: for a world that is not in the common form.
        """
        if not self.fits(world):
            raise CorpusError("corpus.not-the-common-form")
        found: dict[str, Value | None] = {}
        holders: dict[str, Thing] = {}
        for thing in world.things:
            holders.setdefault(thing.kind, thing)
        for thing in holders.values():
            found.update({name: given.value for name, given in thing.given.items()})
        evaluation = Evaluation(self.program, world)
        party = holders.get("party")
        for key, asked in self._asked.items():
            holder = holders.get(asked.kind)
            found[key] = Truth.UNKNOWN if holder is None else evaluate(asked.expr, evaluation.view(holder, party))
        for key, norm in self._standstills.items():
            holder = holders.get(norm.about)
            found[key] = Truth.UNKNOWN if holder is None else evaluation.stood_still(norm, holder)
        for key, norm in self._begins.items():
            holder = holders.get(norm.about)
            found[key] = Truth.UNKNOWN if holder is None else evaluation.begun(norm, holder)
        for key, norm in self._events.items():
            holder = holders.get(norm.about)
            found[key] = Truth.UNKNOWN if holder is None else arisen(evaluation, norm, holder, party)
        for path in self.bits.needs():
            if "(" not in path and ":" not in path and path not in found:
                found[path] = self._read(evaluation, path, holders)
        return found

    def _read(self, evaluation: Evaluation, path: str, holders: Mapping[str, Thing]) -> Value | None:
        """A term that has cases, or a name of an earlier system, as the evaluator has it."""
        declared = self.program.vocabulary.declared.get(path)
        holder = holders.get(declared.object if declared else "system")
        return None if holder is None else evaluation.view(holder, holders.get("party")).value(path)

    def run(self, values: Mapping[str, Value | None]) -> tuple[int, int]:
        """The norms whose scope is true and those whose scope is false, as bits in the order of ``norms``."""
        return self.bits.run(values)


def _sided(program: Program, norm: Norm) -> bool:
    """Whether a right is computed for parties, as the one it is against or its holder."""
    declared = program.vocabulary.declared
    return norm.kind == "right" and any(declared[one].object in PARTY_KINDS for one in roles(program, norm))
