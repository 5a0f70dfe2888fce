"""Plain data as items with a place, so that what a program says is held to the rules of what a person writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from guiju.norms.yaml_reader import Item, Map, Scalar, Seq, resolve
from guiju.subjects.values import number_text
from guiju.wording import Where


def as_item(data: Any, where: Where) -> Item:
    """Dicts, lists, words, numbers, days, true, false and None as items at a place."""
    if isinstance(data, (Map, Seq, Scalar)):
        return data
    if isinstance(data, Mapping):
        return mapping({str(key): as_item(value, where) for key, value in data.items()}, where)
    if isinstance(data, (list, tuple, set, frozenset)):
        children = sorted(data) if isinstance(data, (set, frozenset)) else data
        return Seq(tuple(as_item(child, where) for child in children), where)
    return _scalar(data, where)


def _scalar(data: Any, where: Where) -> Scalar:
    if data is None:
        return Scalar(None, "", False, where)
    if isinstance(data, bool):
        return Scalar(data, "true" if data else "false", False, where)
    if isinstance(data, (int, float, Decimal)):
        number = Decimal(repr(data)) if isinstance(data, float) else Decimal(data)
        finite = number.is_finite()
        return Scalar(number if finite else str(data), number_text(number) if finite else str(data), not finite, where)
    return word(data.isoformat() if isinstance(data, date) else str(data), where)


def word(text: str, where: Where) -> Scalar:
    """A text that is a text whatever it looks like."""
    return Scalar(text, text, True, where)


def mapping(items: dict[str, Item], where: Where) -> Map:
    """Items under their keys, all at one place."""
    return Map(items, dict.fromkeys(items, where), where)


def as_typed(data: Any, where: Where) -> Item:
    """The same for what a person answers: digits are a number, as they are where nothing stands in quotes."""
    if isinstance(data, str):
        found = resolve(data.strip(), where)
        return Scalar(found, data.strip(), False, where) if isinstance(found, Decimal) else word(data, where)
    if isinstance(data, Mapping):
        return mapping({str(key): as_typed(value, where) for key, value in data.items()}, where)
    if isinstance(data, (list, tuple)):
        return Seq(tuple(as_typed(child, where) for child in data), where)
    return as_item(data, where)
