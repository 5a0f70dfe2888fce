"""What rules of procedure mean in the vocabulary of the rules: read strictly from ``record_facts.yaml``.

Every name there is one that the vocabulary declares of the body, the party, the meeting or the activity, and its type says how it
can be answered; every condition is checked against what can be asked where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from guiju.logic import (
    FALSE,
    TRUE,
    BoolType,
    EnumType,
    Expr,
    NumberType,
    SetType,
    Truth,
    Type,
    check_condition,
    evaluate,
    negation,
    parse,
    unknown_name,
)
from guiju.norms import Corpus, Fields, Item, Map, Scalar, read_file
from guiju.norms.fields import as_word
from guiju.norms.vocabulary import Declared
from guiju.procedure import ProcedureError, Rules, builtin_rules, rules_named
from guiju.procedure.facts import FACTS, Known, RulesScope
from guiju.subjects.given import SECTION_OF

_DATA: Final = Path(__file__).parent / "record_facts.yaml"
_TIMES: Final = NumberType("time")
_PEOPLE: Final = NumberType("person")

BODY: Final = ("rules", "place", "cases", "seats", "charter", "acts")
MEETING: Final = ("count", "charter", "declared", "seated")
"""Where what is said of a body, or of a count, stands; the parts of the file are named after it."""

DAYS: Final = ("founded", "registered", "reported")
"""Days of a committee that are kept beside its acts: when it was set up, registered, and last sent a report."""


@dataclass(frozen=True, slots=True)
class How:
    """How a name is answered: by conditions for yes and no, by a number, or by those members whose condition holds.

    ``lacks``: members whose condition does not hold are lacking; else nothing is said of them. ``of``: how many members
    there are to be known. ``unit``: of a number that is a time.
    """

    yes: Expr = FALSE
    no: Expr = FALSE
    number: str = ""
    unit: str = ""
    members: Mapping[str, Expr] = field(default_factory=dict)
    of: int = 0
    one: bool = False
    lacks: bool = False

    def answer(self, known: Known) -> Any:
        """The value, as a dossier writes it; None where it is not known."""
        if self.number:
            value = known.values.get(self.number)
            return value if value is None or not self.unit else f"{value} {self.unit}"
        if self.members:
            return self._of_members(known)
        if evaluate(self.yes, known) is Truth.TRUE:
            return True
        return False if evaluate(self.no, known) is Truth.TRUE else None

    def _of_members(self, known: Known) -> Any:
        found = {name: evaluate(expr, known) for name, expr in self.members.items()}
        has = [name for name, truth in found.items() if truth is Truth.TRUE]
        if self.one:
            return has[0] if len(has) == 1 else None
        lacks = [name for name, truth in found.items() if truth is Truth.FALSE] if self.lacks else []
        if len(has) + len(lacks) == self.of:
            return {"exactly": has}
        return {"has": has, "lacks": lacks} if has or lacks else None


@dataclass(frozen=True, slots=True)
class Told:
    """A name and how it is answered: at once, by an act (``steps``), or by a day that is kept (``on``).

    ``after``: it is looked for only after one of those; ``undone``: nothing is said where one of those came last of all.
    """

    name: str
    section: str
    how: How = field(default_factory=lambda: How(yes=TRUE))
    steps: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    first: bool = False
    dated: bool = False
    otherwise: Expr = FALSE
    on: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What some rules of procedure mean; ``review``: names of the activity on which the record alone is heard."""

    body: Mapping[str, tuple[Told, ...]]
    unit: tuple[Told, ...]
    meeting: Mapping[str, tuple[Told, ...]]
    categories: Mapping[str, str]
    case: tuple[Told, ...]
    review: frozenset[str]


NOTHING: Final = Meaning({}, (), {}, {}, (), frozenset())


@lru_cache(maxsize=16)
def meaning_of(name: str, corpus: Corpus) -> Meaning:
    """What rules of procedure of a name mean; nothing, where the vocabulary has no words for them.

    :raises GuijuError: with the place in the file, for whatever cannot be taken as it stands.
    """
    return read_meaning(read_file(_DATA, _DATA.name), name, corpus)


def read_meaning(data: Item, name: str, corpus: Corpus) -> Meaning:
    """The same, from the data of a file."""
    known = Fields(data, _DATA.name, ProcedureError)
    part = [known.inner(one) for one in builtin_rules()][builtin_rules().index(name)]
    known.done()
    return NOTHING if part is None else _Reader(part, rules_named(name, corpus), corpus).meaning()


def acts_name(step: str) -> str:
    """What a condition calls the number of acts of a step."""
    return f"acts.{step.replace('-', '_')}"


class _Reader:
    def __init__(self, top: Fields, rules: Rules, corpus: Corpus) -> None:
        self._top, self._rules, self._corpus = top, rules, corpus
        self._groups = {name: _words(item, top.what) for name, item in _items(top, "steps").items()}
        for names in self._groups.values():
            self._known(names, rules.steps)

    def meaning(self) -> Meaning:
        top, scopes = self._top, _Scopes(self._rules)
        read = Meaning(
            self._parts("body", BODY, scopes.body),
            self._told(top.inner("unit"), "party", scopes.unit),
            self._parts("meeting", MEETING, scopes.meeting),
            self._categories(),
            (case := self._told(top.inner("case"), "activity", scopes.case, scopes.act)),
            frozenset({*(one.name for one in case), *self._of(top.words("review"), "activity")}),
        )
        top.done()
        return read

    def _parts(self, kind: str, known: Sequence[str], scope: RulesScope) -> dict[str, tuple[Told, ...]]:
        parts = self._top.inner(kind)
        if parts is None:
            return {}
        read = {name: self._told(parts.inner(name), kind, scope) for name in known}
        parts.done()
        return read

    def _categories(self) -> dict[str, str]:
        items = _items(self._top, "categories")
        self._known(items, {one.name for one in self._rules.categories})
        kinds = self._corpus.vocabulary.declared["category_kind"].type
        assert isinstance(kinds, EnumType)
        found = {name: as_word(item, self._top.what, ProcedureError) for name, item in items.items()}
        self._known(found.values(), kinds.members)
        return found

    def _told(self, part: Fields | None, kind: str, scope: RulesScope, act: RulesScope | None = None) -> tuple[Told, ...]:
        if part is None:
            return ()
        self._of(part.map.items, kind)
        return tuple(self._one(name, item, scope, act) for name, item in part.map.items.items())

    def _one(self, name: str, item: Item, scope: RulesScope, act: RulesScope | None) -> Told:
        declared = self._corpus.vocabulary.declared[name]
        section = SECTION_OF[declared.kind]
        if not isinstance(item, Map) or not ({"act", "on"} & item.items.keys()):
            return Told(name, section, self._how(declared, item, scope))
        fields = Fields(item, name, ProcedureError)
        says = fields.item("says") if act is not None else None
        read = Told(
            name,
            section,
            How(yes=TRUE) if says is None or act is None else self._how(declared, says, act),
            self._steps(fields, "act") if act is not None else (),
            self._steps(fields, "after") if act is not None else (),
            self._steps(fields, "undone") if act is not None else (),
            act is not None and fields.word("which", "last", among=("first", "last")) == "first",
            declared.kind == "measure" and says is None,
            _condition_at(fields, "otherwise", scope),
            fields.word("on", among=DAYS) if act is None else "",
        )
        fields.done()
        return read

    def _how(self, declared: Declared, item: Item, scope: RulesScope) -> How:
        """What its type allows; an event is answered by a condition of the act on whose day it was."""
        if isinstance(item, Scalar):
            expr = _condition(item, scope)
            return How(yes=expr, no=negation(expr)) if isinstance(declared.type, BoolType) else How(yes=expr)
        fields = Fields(item, declared.name, ProcedureError)
        read = self._by_type(declared.type, fields, scope)
        fields.done()
        return read

    def _by_type(self, kind: Type, fields: Fields, scope: RulesScope) -> How:
        match kind:
            case BoolType():
                return How(yes=_condition_at(fields, "yes", scope), no=_condition_at(fields, "no", scope))
            case NumberType():
                return How(number=_number(fields, "number", scope))
            case EnumType(members):
                return How(members=self._members(fields, "one_of", members, scope), one=True)
            case SetType(members):
                key = "all" if fields.has("all") else "has"
                return How(members=self._members(fields, key, members, scope), of=len(members), lacks=key == "all")
            case _:
                return How(number=_number(fields, "months", scope), unit="months")

    def _members(self, fields: Fields, key: str, members: Sequence[str], scope: RulesScope) -> dict[str, Expr]:
        fields.required(key)
        items = _items(fields, key)
        self._known(items, members)
        return {name: _condition(item, scope) for name, item in items.items()}

    def _steps(self, fields: Fields, key: str) -> tuple[str, ...]:
        named = fields.words(key)
        self._known(named, {*self._groups, *self._rules.steps})
        return tuple(step for one in named for step in self._groups.get(one, (one,)))

    def _of(self, names: Iterable[str], kind: str) -> tuple[str, ...]:
        """Names that the vocabulary declares of a kind of object, to be given."""
        found = tuple(names)
        entries = self._corpus.vocabulary.declared.values()
        self._known(found, {one.name for one in entries if one.object == kind and one.kind in SECTION_OF})
        return found

    def _known(self, names: Iterable[str], known: Iterable[str]) -> None:
        among = sorted(known)
        for name in names:
            if name not in among:
                raise unknown_name(name, among)


class _Scopes:
    """What a condition can ask of a body, its unit, a count, a case, and an act."""

    def __init__(self, rules: Rules) -> None:
        kinds = {f"kinds.{one.name}": BoolType() for one in rules.categories}
        acts = {acts_name(one): _TIMES for one in (*rules.steps, "charter")}
        posts = {f"posts.{one}": _PEOPLE for one in rules.posts}
        flags = dict.fromkeys(("here", "registered", "reported"), BoolType())
        states = EnumType(tuple(rules.states))
        outcomes = dict.fromkeys([*rules.motions, *(one for step in rules.steps.values() for one in step.outcomes)])
        charter = {f"charter.{name}": one.type for name, one in rules.parameters.items()}
        body: dict[str, Type] = {"members": _PEOPLE, "longest_term": NumberType("month"), "cases.system": NumberType("case")}
        self.body = RulesScope({**body, **kinds, **acts, **posts, **flags})
        self.unit = RulesScope({"report_owed": BoolType()})
        self.meeting = RulesScope({**FACTS, **charter, **kinds, "declared_since": _PEOPLE})
        self.case = RulesScope({**rules.facts, **acts, "state": states, "before": states})
        given = {**rules.facts, **rules.said, "outcome": EnumType(tuple(outcomes)), "leads_to": states, "panel": _PEOPLE}
        self.act = RulesScope(given)


def _items(fields: Fields, key: str) -> dict[str, Item]:
    found = fields.inner(key)
    return dict(found.map.items) if found is not None else {}


def _words(item: Item, what: str) -> tuple[str, ...]:
    return Fields(Map({"steps": item}, {"steps": item.where}, item.where), what, ProcedureError).words("steps")


def _condition(item: Item, scope: RulesScope) -> Expr:
    expr = parse(as_word(item, _DATA.name, ProcedureError), item.where)
    check_condition(expr, scope, item.where)
    return expr


def _condition_at(fields: Fields, key: str, scope: RulesScope) -> Expr:
    """The condition under a key; where none is written it never holds."""
    item = fields.item(key)
    return FALSE if item is None else _condition(item, scope)


def _number(fields: Fields, key: str, scope: RulesScope) -> str:
    name = fields.word(key)
    if not isinstance(scope.type_of(name), NumberType):
        numbers = sorted(one for one, kind in scope.facts.items() if isinstance(kind, NumberType))
        fields.word(key, among=numbers)
    return name
