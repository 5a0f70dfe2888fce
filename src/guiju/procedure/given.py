"""What an act says, held against what may be said: wrong kinds are refused before anything is asked of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from guiju.logic import BoolType, EnumType, NumberType, SetType, Type
from guiju.procedure.errors import ProcedureError
from guiju.procedure.rules import Rules
from guiju.procedure.standing import Act

Fits = Callable[[Any], bool]

AGREES: Final = "agree"
AGAINST: Final = "against"
"""What an expert of a re-review says of the opinion of the body."""

LONGEST: Final = 200
"""Letters of an id, and items of a list: what is longer is no name and no list of people."""


def _word(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST


def _words(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and len(value) <= LONGEST and all(_word(one) for one in value)


def _day(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(date.fromisoformat(value)) == value
    except ValueError:
        return False


def _parties(value: Any) -> bool:
    """Who is a party, by role, and somebody."""
    return isinstance(value, Mapping) and bool(value) and all(_words(who) and bool(who) for who in value.values())


def _agrees_or_not(value: Any) -> bool:
    return value in (AGREES, AGAINST)


def _yes_or_no(value: Any) -> bool:
    return isinstance(value, bool)


SHAPES: Final[Mapping[str, Fits]] = {
    "digest": _word, "panel": _words, "opinion": _word, "group": _words, "group_for": _words, "parties": _parties,
    "authors": _words, "experts": _words, "expert_opinion": _agrees_or_not,
    "aside": _yes_or_no, "until": _day, "outcome": _word, "agenda": _words, "present": _words, "chair": _word,
    "video": _yes_or_no, "seat": _word, "case": _word, "withdraws": _yes_or_no, "motion": _word, "vote": _word,
    "recognised_decision": _word, "accepted_before_on": _day, "decided_before_on": _day,
    "person": _word, "post": _word, "categories": _words, "begins": _day, "ends": _day, "on": _day, "trained_until": _day,
    "edition": _word,
}  # fmt: skip
"""What may be given besides facts, and its kind."""

EARLIER: Final[Mapping[str, str]] = {"decided": "decided_before_on", "accepted": "accepted_before_on"}
"""What an act that takes a case over calls the day of an earlier step; the later step first."""

ORGANISING: Final[Mapping[str, tuple[str, ...]]] = {
    "seat": ("person", "post", "categories", "begins", "ends", "trained_until"), "seat-ended": ("on",),
    "seat-described": ("categories", "trained_until"), "edition": ("edition",),
}  # fmt: skip
"""What the organisation's steps may say; those of the rules name it themselves."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "seat": ("person", "post", "begins", "ends"), "seat-ended": ("on",), "edition": ("edition",),
    "call": ("agenda",), "open": ("present", "chair"),
    "arrive": ("seat",), "depart": ("seat",), "preside": ("seat",),
    "declare": ("seat", "case"), "put": ("case", "motion", "digest"),
    "apply": ("digest",), "take_over": ("parties",), "ask_rereview": ("parties",),
    "waive_rereview": ("approval_with_ethics_condition", "already_regulated"),
    "answer_rereview": ("group", "group_for", "rereview_agrees"),
    "name_experts": ("experts",), "opine_rereview": ("expert_opinion",),
    "vote": ("seat", "vote"), "name_panel": ("panel",), "opine": ("opinion",),
}  # fmt: skip
"""What steps of every body's rules cannot do without; what other steps need, their guards ask for."""


def check_given(rules: Rules, act: Act) -> None:
    """Refuse an act that says something of another kind, or lacks what its step cannot do without.

    :raises ProcedureError: with the name of what is wrong.
    """
    for name, value in act.gives.items():
        kind = rules.facts.get(name) or rules.said.get(name)
        fits = _of_type(kind, value) if kind else name in SHAPES and SHAPES[name](value)
        if not fits or name not in ORGANISING.get(act.step, (name,)):
            raise ProcedureError("procedure.bad-value", name=name, got=str(value)[:LONGEST])
    named = set(act.gives.get("parties", ())) - {"applicant" if rules.opens(act.step) else "authority"}
    if named:  # who applies is said where a case is opened, and never again
        raise ProcedureError("procedure.bad-value", name="parties", got=min(map(str, named))[:LONGEST])
    for name in NEEDED.get(act.step, ()):
        if name not in act.gives:
            raise ProcedureError("procedure.value-missing", name=name)


def _of_type(kind: Type, value: Any) -> bool:
    match kind:
        case BoolType():
            return isinstance(value, bool)
        case NumberType():
            return isinstance(value, int) and not isinstance(value, bool) and value >= 0
        case EnumType(members):
            return value in members if isinstance(value, str) else False
        case SetType(members):
            return _words(value) and set(value) <= set(members)
        case _:
            return _day(value)
