"""Ordered cases: the first that holds gives the outcome; what is open leaves several possible (language, section 5)."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Final

from guiju.logic import (
    UNSETTLED,
    BoolType,
    Compared,
    EnumType,
    Expr,
    In,
    Literal,
    Members,
    Name,
    OneOf,
    Quantified,
    Truth,
    Value,
    children,
    evaluate,
)
from guiju.norms.model import Case
from guiju.norms.views import View

MAX_SPLITS: Final = 12
"""Unknowns that ordered cases are split on; beyond that every later outcome stays possible."""

MAX_COMBINATIONS: Final = 4096

NO_OUTCOME: Final = ""
"""Among the outcomes of a term: no case held. It equals no member."""


class _Assuming(View):
    """A view in which some open names are taken to have a value, to see what would follow."""

    __slots__ = ("assumed",)

    def __init__(self, view: View, assumed: dict[str, Value]) -> None:
        super().__init__(view.evaluation, view.thing, view.party)
        self.assumed = assumed

    def value(self, path: str) -> Value | None:
        """What is known of a name here (see ``Environment``)."""
        return self.assumed[path] if path in self.assumed else super().value(path)


def outcomes_of(cases: tuple[Case, ...], view: View) -> frozenset[str]:
    """The outcomes that are still possible: what is open and read more than once is tried each way (language, section 5)."""
    cases = _open_cases(cases, view)
    most = _possible(cases, view)
    if len(most) == 1:
        return frozenset(most)
    open_names = [path for path in _shared_names(cases) if _splittable(view, path)]
    choices = [_choices(view, path, cases) for path in open_names[: MAX_SPLITS + 1]]
    if len(choices) > MAX_SPLITS or prod(len(one) for one in choices) > MAX_COMBINATIONS:
        return frozenset(most)
    found: set[str] = set()
    for chosen in product(*choices):
        found |= _possible(cases, _Assuming(view, dict(zip(open_names, chosen, strict=True))))
        if found == most:  # assuming more never makes more possible
            break
    return frozenset(found)


def _splittable(view: View, path: str) -> bool:
    declared = view.target(path)[1]
    value = view.value(path)
    if isinstance(declared.type, BoolType):
        return value is None or value is Truth.UNKNOWN
    return isinstance(declared.type, EnumType) and (value is None or (isinstance(value, OneOf) and len(value.members) > 1))


def _choices(view: View, path: str, cases: tuple[Case, ...]) -> list[Value]:
    """The values to try: one member stands for all that no condition tells from it."""
    declared = view.target(path)[1]
    if isinstance(declared.type, BoolType):
        return [Truth.TRUE, Truth.FALSE]
    assert isinstance(declared.type, EnumType)
    value = view.value(path)
    members = value.members if isinstance(value, OneOf) else frozenset(declared.type.members)
    asked = _members_asked(cases, path)
    alike = {(one == UNSETTLED, *(one in of for of in asked)): one for one in sorted(members, reverse=True)}
    return [OneOf.just(member) for member in sorted(alike.values())]


def _members_asked(cases: tuple[Case, ...], path: str) -> list[frozenset[str]]:
    """The sets of members that a name of the thing itself is asked to be among."""
    found: list[frozenset[str]] = []

    def visit(expr: Expr) -> None:
        match expr:
            case In(Name(read), Members(items)) if read == path:
                found.append(frozenset(items))
            case Compared(Name(read), _, Literal(str() as member)) if read == path:
                found.append(frozenset({member}))
            case Quantified():
                pass
            case _:
                for child in children(expr):
                    visit(child)

    for case in cases:
        visit(case.when)
    return found


def _open_cases(cases: tuple[Case, ...], view: View) -> tuple[Case, ...]:
    """The cases that may be the first to hold."""
    found = []
    for case in cases:
        holds = evaluate(case.when, view)
        if holds is not Truth.FALSE:
            found.append(case)
        if holds is Truth.TRUE:
            break
    return tuple(found)


def _shared_names(cases: tuple[Case, ...]) -> list[str]:
    """The names that cases read more than once of the thing itself: of names read once, Kleene's answer is exact already."""
    found: dict[str, int] = {}

    def visit(expr: Expr) -> None:
        if isinstance(expr, Name):
            found[expr.path] = found.get(expr.path, 0) + 1
        elif not isinstance(expr, Quantified):
            for child in children(expr):
                visit(child)

    for case in cases:
        visit(case.when)
    return [name for name, times in found.items() if times > 1]


def _possible(cases: tuple[Case, ...], view: View) -> set[str]:
    """The outcomes of cases tried in order, when some conditions may still be open."""
    found: set[str] = set()
    for case in cases:
        holds = evaluate(case.when, view)
        if holds is Truth.FALSE:
            continue
        found.add(
            UNSETTLED if case.outcome is None else str(case.outcome).lower() if isinstance(case.outcome, bool) else case.outcome
        )
        if holds is Truth.TRUE:
            return found
    return found | {NO_OUTCOME}
