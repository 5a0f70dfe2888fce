"""What kind of value a name holds, and whether a condition fits the kinds of its names (docs/language.md, section 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from guiju.logic.mistakes import ExpressionError, in_all_languages, near_advice
from guiju.logic.printer import show
from guiju.logic.syntax import (
    DURATIONS,
    REFERENCES,
    And,
    Call,
    Compared,
    Expr,
    In,
    Literal,
    Members,
    Name,
    Not,
    Or,
    Product,
    Quantified,
    Sum,
)
from guiju.wording import Where


@dataclass(frozen=True, slots=True)
class BoolType:
    """Yes or no."""

    def __str__(self) -> str:
        return "bool"


@dataclass(frozen=True, slots=True)
class EnumType:
    """Exactly one of the members."""

    members: tuple[str, ...]

    def __str__(self) -> str:
        return f"enum({', '.join(self.members)})"


@dataclass(frozen=True, slots=True)
class SetType:
    """Any number of the members."""

    members: tuple[str, ...]

    def __str__(self) -> str:
        return f"set({', '.join(self.members)})"


@dataclass(frozen=True, slots=True)
class NumberType:
    """An exact decimal of a unit."""

    unit: str

    def __str__(self) -> str:
        return f"number({self.unit})"


@dataclass(frozen=True, slots=True)
class DurationType:
    """A length of time, in hours and days or in months and years."""

    def __str__(self) -> str:
        return "duration"


@dataclass(frozen=True, slots=True)
class DateType:
    """A civil day."""

    def __str__(self) -> str:
        return "date"


Type = BoolType | EnumType | SetType | NumberType | DurationType | DateType

_SIMPLE: Final[dict[str, Type]] = {"bool": BoolType(), "duration": DurationType(), "date": DateType()}
_KINDS: Final = ("bool", "enum", "set", "number", "duration", "date")
_WITH_PARTS: Final = re.compile(r"(enum|set|number)\s*\(([^()]*)\)")
_MEMBER: Final = re.compile(r'[^\s",\\()\[\]]+')
_ABSENCE: Final = frozenset(("none", "no", "unknown"))


def parse_type(written: str, where: Where | None = None) -> Type:
    """The type that a vocabulary writes: ``bool``, ``enum(a, b)``, ``set(a, b)``, ``number(unit)``, ``duration``, ``date``."""
    stripped = written.strip()
    if stripped in _SIMPLE:
        return _SIMPLE[stripped]
    found = _WITH_PARTS.fullmatch(stripped)
    if found is None:
        advice = near_advice(re.split(r"\W", stripped)[0], _KINDS, "type.the-types")
        raise ExpressionError("type.form", where=where, got=written, advice=advice)
    kind, inside = found.groups()
    if kind == "number":
        if not inside.strip():
            raise ExpressionError("type.unit-missing", where=where)
        return NumberType(inside.strip())
    members = _members(inside, where)
    return EnumType(members) if kind == "enum" else SetType(members)


def _members(inside: str, where: Where | None) -> tuple[str, ...]:
    members = tuple(part.strip() for part in inside.split(","))
    for index, member in enumerate(members):
        if not _MEMBER.fullmatch(member):
            raise ExpressionError("type.member-form", where=where, got=member)
        if member in _ABSENCE:  # to the letter: NO is Norway
            raise ExpressionError("type.member-absence", where=where, got=member)
        if member in members[:index]:
            raise ExpressionError("type.member-twice", where=where, got=member)
    return members


class Scope(Protocol):
    """The names that may stand in a condition, seen from one kind of object."""

    def type_of(self, path: str) -> Type:
        """The type of a name path; ``ExpressionError`` "expression.unknown-name" (see ``unknown_name``) if there is none."""

    def row_scope(self, relation: str) -> Scope:
        """The names as seen from a row of a relation to many; ``ExpressionError`` if it is not one."""


@dataclass(frozen=True, slots=True)
class _PlainNumber:
    """A number without a unit: it fits every unit."""


@dataclass(frozen=True, slots=True)
class _PlainString:
    """A text in quotes: a member of an enum or a set."""

    text: str


_Kind = Type | _PlainNumber | _PlainString


def check_condition(expr: Expr, scope: Scope, where: Where | None = None) -> None:
    """Refuse a condition that does not fit the types of its names, with what to write instead."""
    _Check(where).condition(expr, scope, inside_row=False)


class _Check:
    def __init__(self, where: Where | None) -> None:
        self._where = where

    def _error(self, code: str, part: Expr, **fields: object) -> ExpressionError:
        return ExpressionError(code, where=self._where, part=show(part), **fields)

    def _type_of(self, path: str, scope: Scope) -> Type:
        try:
            return scope.type_of(path)
        except ExpressionError as error:
            error.where = error.where or self._where
            raise

    # -- conditions ------------------------------------------------------------------------------------------------------

    def condition(self, expr: Expr, scope: Scope, inside_row: bool) -> None:
        match expr:
            case And(items) | Or(items):
                for item in items:
                    self.condition(item, scope, inside_row)
            case Not(item):
                self.condition(item, scope, inside_row)
            case Quantified():
                self._quantified(expr, scope, inside_row)
            case Compared():
                self._compared(expr, scope)
            case In(_, Members()):
                self._in_list(expr, scope)
            case In():
                self._in_set(expr, scope)
            case Literal(bool()):
                pass
            case Call(function, _) if function in REFERENCES:
                pass
            case Name(path):
                kind = self._type_of(path, scope)
                if not isinstance(kind, BoolType):
                    raise self._error("expression.not-a-condition", expr, kind=str(kind), use=_how_to_ask(path, kind))
            case _:
                raise self._error("expression.value-alone", expr)

    def _quantified(self, expr: Quantified, scope: Scope, inside_row: bool) -> None:
        if inside_row:
            raise self._error("expression.nested-rows", expr)
        try:
            row = scope.row_scope(expr.relation)
        except ExpressionError as error:
            error.where = error.where or self._where
            raise
        self.condition(expr.body, row, inside_row=True)

    def _in_list(self, expr: In, scope: Scope) -> None:
        assert isinstance(expr.left, Name)
        assert isinstance(expr.right, Members)
        kind = self._type_of(expr.left.path, scope)
        if isinstance(kind, SetType):
            use = " || ".join(f'"{item}" in {expr.left.path}' for item in expr.right.items)
            raise self._error("expression.set-compared", expr, name=expr.left.path, use=use)
        if not isinstance(kind, EnumType):
            raise self._error("expression.no-members", expr, name=expr.left.path, kind=str(kind))
        for index, item in enumerate(expr.right.items):
            self._member(expr, item, expr.left.path, kind)
            if item in expr.right.items[:index]:
                raise self._error("expression.member-twice", expr, got=item)

    def _in_set(self, expr: In, scope: Scope) -> None:
        assert isinstance(expr.left, Literal)
        assert isinstance(expr.right, Name)
        path, member = expr.right.path, str(expr.left.value)
        kind = self._type_of(path, scope)
        if isinstance(kind, EnumType):
            raise self._error("expression.enum-as-set", expr, name=path, use=f'{path} == "{member}"')
        if not isinstance(kind, SetType):
            raise self._error("expression.no-members", expr, name=path, kind=str(kind))
        self._member(expr, member, path, kind)

    def _member(self, expr: Expr, member: str, name: str, kind: EnumType | SetType) -> None:
        if member not in kind.members:
            advice = near_advice(member, kind.members, "expression.the-members")
            raise self._error("expression.unknown-member", expr, got=member, name=name, advice=advice)

    # -- comparisons -----------------------------------------------------------------------------------------------------

    def _compared(self, expr: Compared, scope: Scope) -> None:
        left, right = self._operand(expr.left, scope), self._operand(expr.right, scope)
        for side, kind in ((expr.left, left), (expr.right, right)):
            if isinstance(kind, BoolType):
                raise self._error("expression.compared-bool", expr, name=show(side))
            if isinstance(kind, SetType):
                raise self._error("expression.set-compared", expr, name=show(side), use=f'"{kind.members[0]}" in {show(side)}')
        if isinstance(left, (EnumType, _PlainString)) or isinstance(right, (EnumType, _PlainString)):
            self._texts(expr, left, right)
        elif _is_number(left) and _is_number(right):
            self._numbers(expr, left, right)
        elif type(left) is not type(right):
            raise self._error("expression.kinds-apart", expr, left=_told(left), right=_told(right), use=_remedy(left, right))
        elif isinstance(left, DurationType) and not any(isinstance(side, Name) for side in (expr.left, expr.right)):
            raise self._error("expression.constants", expr)

    def _texts(self, expr: Compared, left: _Kind, right: _Kind) -> None:
        if isinstance(left, _PlainString) and isinstance(right, EnumType):
            raise self._error("expression.name-first", expr, use=f"{show(expr.right)} {expr.op} {show(expr.left)}")
        if isinstance(left, EnumType) and isinstance(right, _PlainString):
            if expr.op not in ("==", "!="):
                raise self._error("expression.enum-order", expr, name=show(expr.left), op=expr.op)
            self._member(expr, right.text, show(expr.left), left)
            return
        if isinstance(left, EnumType) and isinstance(right, (EnumType, _PlainNumber)):
            raise self._error("expression.enum-with-name", expr, name=show(expr.left), member=left.members[0])
        if isinstance(left, _PlainString) and isinstance(right, _PlainString):
            raise self._error("expression.constants", expr)
        raise self._error("expression.kinds-apart", expr, left=_told(left), right=_told(right), use=_remedy(left, right))

    def _numbers(self, expr: Compared, left: _Kind, right: _Kind) -> None:
        if isinstance(left, _PlainNumber) and isinstance(right, _PlainNumber):
            raise self._error("expression.constants", expr)
        self._one_unit(expr, left, right)

    def _one_unit(self, expr: Expr, left: _Kind, right: _Kind) -> None:
        if isinstance(left, NumberType) and isinstance(right, NumberType) and left.unit != right.unit:
            raise self._error("expression.unit", expr, left=left.unit, right=right.unit)

    def _operand(self, expr: Expr, scope: Scope) -> _Kind:
        match expr:
            case Name(path):
                return self._type_of(path, scope)
            case Literal(Decimal()):
                return _PlainNumber()
            case Literal(str() as text):
                return _PlainString(text)
            case Call("date" | "date_of", _):
                return DateType()
            case Call(function, _) if function in DURATIONS:
                return DurationType()
            case Product(_, atom):
                kind = self._operand(atom, scope)
                if not _is_number(kind):
                    raise self._error("expression.not-a-number", expr, name=show(atom), kind=_told(kind))
                return kind
            case Sum():
                return self._sum(expr, scope)
            case _:
                raise self._error("expression.compared-condition-part", expr)

    def _sum(self, expr: Sum, scope: Scope) -> _Kind:
        left, right = self._operand(expr.left, scope), self._operand(expr.right, scope)
        if _is_number(left) and _is_number(right):
            self._one_unit(expr, left, right)
            return right if isinstance(left, _PlainNumber) else left
        if isinstance(left, DateType):
            self._moved_by(expr)
            return left
        if isinstance(left, DurationType) or isinstance(right, DateType):
            raise self._error("expression.date-first", expr)
        for side, kind in ((expr.left, left), (expr.right, right)):
            if not _is_number(kind):
                raise self._error("expression.not-a-number", expr, name=show(side), kind=_told(kind))
        raise AssertionError("a sum of numbers was refused")

    def _moved_by(self, expr: Sum) -> None:
        match expr.right:
            case Call("hours", int() as count) if count % 24:
                raise self._error("expression.date-hours", expr)
            case Call(function, _) if function in DURATIONS:
                return
            case _:
                raise self._error("expression.date-moved", expr, got=show(expr.right))


def _is_number(kind: _Kind) -> bool:
    return isinstance(kind, (NumberType, _PlainNumber))


def _told(kind: _Kind) -> object:
    """What a side of a comparison is, for a message."""
    if isinstance(kind, _PlainNumber):
        return in_all_languages("expression.a-plain-number")
    if isinstance(kind, _PlainString):
        return in_all_languages("expression.a-plain-string", got=kind.text)
    return in_all_languages("expression.of-type", kind=str(kind))


def _remedy(left: _Kind, right: _Kind) -> object:
    """How to write the constant that was meant."""
    kinds = (left, right)
    if any(isinstance(kind, DateType) for kind in kinds):
        return in_all_languages("expression.remedy-date")
    if any(isinstance(kind, DurationType) for kind in kinds):
        return in_all_languages("expression.remedy-duration")
    if any(isinstance(kind, NumberType) for kind in kinds):
        return in_all_languages("expression.remedy-number")
    return in_all_languages("expression.remedy-enum")


def _how_to_ask(path: str, kind: Type) -> str:
    """A condition that a name of this type can stand in, as an example."""
    match kind:
        case EnumType(members):
            return f'{path} == "{members[0]}"'
        case SetType(members):
            return f'"{members[0]}" in {path}'
        case NumberType():
            return f"{path} >= 1"
        case DurationType():
            return f"{path} >= months(6)"
        case DateType():
            return f'{path} < date("2026-08-02")'
        case BoolType():
            return path
