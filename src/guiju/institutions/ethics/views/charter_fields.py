"""The choices of a charter as fields: each with what it rests on, its bounds, and the other reading where the law is silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.in_words import basis_words, heading
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.views.asking import Field
from guiju.logic import BoolType, EnumType
from guiju.procedure import Parameter, Plain, Rules
from guiju.wording import codes, in_language

LONGEST_NUMBER: Final = 5
"""Digits of a number that a charter may choose."""


def drawn(rules: Rules, values: Mapping[str, Any], lang: str, errors: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The fields, with values as they were typed or stand."""
    wrong = errors or defaultdict(str)
    return [
        {"field": _field(one, values, wrong.get(one.name, ""), lang), "basis": basis_words(one.basis, lang)}
        for one in rules.parameters.values()
    ]


def typed_of(rules: Rules, charter: Mapping[str, Any]) -> dict[str, str]:
    """A charter as it is typed into the fields."""
    return {name: _typed(charter.get(name)) for name in rules.parameters}


def _typed(value: Plain) -> str:
    return "" if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _field(one: Parameter, values: Mapping[str, Any], error: str, lang: str) -> Field:
    say = sayer(lang)
    label, help_, value = heading(one.words, lang), _help(one, lang), str(values.get(one.name, ""))
    if isinstance(one.type, BoolType):
        options = [("yes", say("ethics.yes"), ""), ("no", say("ethics.no"), "")]
        return Field(one.name, label, "radio", value, help_, options, error=error)
    if isinstance(one.type, EnumType):
        options = [(member, choice_words(member, lang), "") for member in one.type.members]
        return Field(one.name, label, "radio", value, help_, options, error=error)
    attributes = {"inputmode": "numeric", "maxlength": LONGEST_NUMBER}
    return Field(one.name, label, "text", value, help_, required=True, attributes=attributes, error=error)


def _help(one: Parameter, lang: str) -> str:
    """Its bounds, what holds where nothing else is chosen, and the other reading."""
    say = sayer(lang)
    parts = []
    if one.least is not None:
        parts.append(say("ethics.choice-least", number=one.least))
    if one.most is not None:
        parts.append(say("ethics.choice-most", number=one.most))
    parts.append(say("ethics.choice-default", value=value_words(one.default, lang)))
    if one.other:
        parts.append(say("ethics.choice-other", text=in_language(one.other, lang)))
    return ("" if lang == "zh" else " ").join(parts)


def choice_words(member: str, lang: str) -> str:
    """One of the words that a charter chooses between; as it stands in the rules where it has none of its own."""
    code = f"ethics.choice-of-{member}"
    return sayer(lang)(code) if code in codes(lang) else member


def value_words(value: Any, lang: str) -> str:
    """What a charter says of a choice."""
    if isinstance(value, bool):
        return sayer(lang)("ethics.yes" if value else "ethics.no")
    return choice_words(value, lang) if isinstance(value, str) else str(value)


def read_charter(rules: Rules, typed: Mapping[str, str]) -> dict[str, Any]:
    """What was chosen.

    :raises EthicsError: for something that is none of what can be chosen, or a number beyond its bounds.
    """
    return {name: _read(one, str(typed.get(name, "")).strip()) for name, one in rules.parameters.items()}


def _read(one: Parameter, given: str) -> Any:
    if isinstance(one.type, BoolType):
        if given not in ("yes", "no"):
            raise EthicsError("ethics.no-choice", one.name)
        return given == "yes"
    if isinstance(one.type, EnumType):
        if given not in one.type.members:
            raise EthicsError("ethics.no-choice", one.name)
        return given
    if not (given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER):
        raise EthicsError("ethics.choice-number", one.name, what=one.words, got=given[:20] or "–")
    number, least = int(given), 1 if one.least is None else one.least
    if number < least:
        raise EthicsError("ethics.choice-low", one.name, what=one.words, got=number, least=least)
    if one.most is not None and number > one.most:
        raise EthicsError("ethics.choice-high", one.name, what=one.words, got=number, most=one.most)
    return number
