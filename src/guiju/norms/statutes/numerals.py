"""Numbers as Chinese statutes write them: 二十四, 一百零三, 十万, 三分之二; and the same in Arabic digits."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_DIGITS: Final = {one: value for value, one in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEPS: Final = {"十": 10, "百": 100, "千": 1000}
_GROUPS: Final = {"万": 10**4, "亿": 10**8}

NUMERAL: Final = r"[0-9][0-9,]*(?:\.[0-9]+)?[万亿]?|[零〇一二三四五六七八九十百千万亿两]+"
"""A number in a text whose width was made uniform (see :func:`guiju.norms.statutes.text.uniform`)."""


def chinese_integer(word: str) -> int | None:
    """``一百零三`` -> 103, ``十万`` -> 100000; None where the word is no number.

    A row of digits without steps is read digit by digit (``二〇二六`` -> 2026).
    """
    if not word or any(one not in _DIGITS and one not in _STEPS and one not in _GROUPS for one in word):
        return None
    if len(word) > 1 and all(one in _DIGITS for one in word):
        return int("".join(str(_DIGITS[one]) for one in word))
    total = group = digit = 0
    for one in word:
        if one in _DIGITS:
            digit = _DIGITS[one]
        elif one in _STEPS:
            group += (digit or 1) * _STEPS[one]
            digit = 0
        else:
            total = (total + group + digit) * _GROUPS[one] if one == "亿" else total + (group + digit or 1) * _GROUPS[one]
            group = digit = 0
    return total + group + digit


def number_of(word: str) -> Decimal | None:
    """A numeral of either script as an exact number: ``100万`` -> 1000000, ``二十`` -> 20."""
    arabic = re.fullmatch(r"([0-9][0-9,]*(?:\.[0-9]+)?)([万亿]?)", word)
    if arabic is None:
        value = chinese_integer(word)
        return None if value is None else Decimal(value)
    return Decimal(arabic[1].replace(",", "")) * _GROUPS.get(arabic[2], 1)
