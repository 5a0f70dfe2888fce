"""What the organisation does for its body, asked nothing by the rules: its charter, their edition, and who has which seat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from guiju.procedure.editions import short
from guiju.procedure.errors import ProcedureError
from guiju.procedure.given import check_given
from guiju.procedure.rules import Rules
from guiju.procedure.standing import Act, Seat, Standing

CHARTER: Final = "charter"
SEATED: Final = "seat"
UNSEATED: Final = "seat-ended"
DESCRIBED: Final = "seat-described"
ADOPTED: Final = "edition"
ORGANISES: Final = (CHARTER, SEATED, UNSEATED, DESCRIBED, ADOPTED)
"""The organisation's steps."""

_COUNTS: Final = (CHARTER, DESCRIBED, ADOPTED)
"""Those that change by what votes are counted: they wait until no ballot is open."""


def begin(rules: Rules, charter: Mapping[str, Any] | None = None) -> Standing:
    """A body at its beginning, with a charter; what it does not say is as the rules have it.

    :raises ProcedureError: for a parameter that there is not, of another kind, or below what the law lets it be.
    """
    defaults = {name: one.default for name, one in rules.parameters.items()}
    return Standing(_chartered(rules, defaults, charter or {}))


def organised(rules: Rules, standing: Standing, act: Act) -> Standing:
    """The standing after a step of the organisation; what was counted before stands as it was counted.

    :raises ProcedureError: for a charter, a seat or a person that cannot be so.
    """
    if act.step in _COUNTS and any(one.ballot is not None for one in standing.sittings.values()):
        raise ProcedureError("procedure.ballot-runs")
    if act.step == CHARTER:
        return replace(standing, charter=_chartered(rules, standing.charter, act.gives))
    check_given(rules, act)
    if act.step == ADOPTED:
        return replace(standing, charter=_carried_over(rules, standing, act))
    if unknown := set(map(str, act.gives.get("categories", ()))) - {one.name for one in rules.categories}:
        raise ProcedureError("procedure.bad-value", name="categories", got=min(unknown))
    if act.step == SEATED:
        return replace(standing, seats={**standing.seats, act.about: _seat(rules, standing, act)})
    found = standing.seats.get(act.about)
    if found is None:
        raise ProcedureError("procedure.no-seat", got=act.about)
    changed = replace(found, ended=_day(act, "on")) if act.step == UNSEATED else _described(found, act)
    return replace(standing, seats={**standing.seats, act.about: changed})


def _chartered(rules: Rules, before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := [one for one in given if one not in rules.parameters]:
        raise ProcedureError("procedure.unknown-parameter", got=unknown[0], known=sorted(rules.parameters))
    values = {**before, **given}
    for name, value in values.items():
        _require_fits(rules, name, value)
    return values


def _carried_over(rules: Rules, standing: Standing, act: Act) -> dict[str, Any]:
    """The charter under another edition, that of these rules: what was chosen, and where it leaves a new choice, as it has it."""
    if act.gives["edition"] != rules.edition:
        raise ProcedureError("procedure.other-edition", got=short(str(act.gives["edition"])), want=short(rules.edition))
    chosen = {name: value for name, value in standing.charter.items() if name in rules.parameters}
    return _chartered(rules, {name: one.default for name, one in rules.parameters.items()} | chosen, {})


def _require_fits(rules: Rules, name: str, value: Any) -> None:
    parameter = rules.parameters[name]
    wanted = {"bool": bool, "number": int}.get(str(parameter.type).partition("(")[0], str)
    members = getattr(parameter.type, "members", None)
    if type(value) is not wanted or (members is not None and value not in members):
        raise ProcedureError("procedure.parameter-kind", name=name, got=str(value), kind=str(parameter.type))
    least = 1 if parameter.least is None else parameter.least
    if type(value) is int and value < least:
        raise ProcedureError("procedure.parameter-low", name=name, got=value, least=least)
    if type(value) is int and parameter.most is not None and value > parameter.most:
        raise ProcedureError("procedure.parameter-high", name=name, got=value, most=parameter.most)


# -- seats -----------------------------------------------------------------------------------------------------------------------


def _seat(rules: Rules, standing: Standing, act: Act) -> Seat:
    given = act.gives
    if act.about in standing.seats:
        raise ProcedureError("procedure.seat-twice", got=act.about)
    if given["post"] not in rules.posts:
        raise ProcedureError("procedure.no-post", got=str(given["post"]), known=list(rules.posts))
    begins, ends = date.fromisoformat(given["begins"]), date.fromisoformat(given["ends"])
    if any(one.person == given["person"] and one.meets(begins, ends) for one in standing.seats.values()):
        raise ProcedureError("procedure.person-twice", got=str(given["person"]))
    kinds = frozenset(map(str, given.get("categories", ())))
    return Seat(act.about, str(given["person"]), str(given["post"]), kinds, begins, ends, None, _day(act, "trained_until"))


def _described(seat: Seat, act: Act) -> Seat:
    kinds, trained = act.gives.get("categories"), _day(act, "trained_until")
    if kinds is None and trained is None:
        raise ProcedureError("procedure.value-missing", name="categories")
    return replace(
        seat,
        categories=seat.categories if kinds is None else frozenset(map(str, kinds)),
        trained_until=trained or seat.trained_until,
    )


def _day(act: Act, name: str) -> date | None:
    return date.fromisoformat(act.gives[name]) if name in act.gives else None
