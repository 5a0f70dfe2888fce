"""Whether the Chinese and the English pinpoint of a norm of the Union name the same numbers.

Only the numbers are compared, not their order: 第26条第10款第1段 and ``Art. 26(10), first subparagraph`` both say 26, 10 and 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from guiju.norms.statutes import chinese_integer
from guiju.norms.statutes.places import ORDINALS, ROMANS

_ENGLISH: Final = re.compile(
    rf"Annex(?:es)? ([IVXLC]+(?: and [IVXLC]+| to [IVXLC]+)*)|\b({'|'.join(ORDINALS)})\b"
    r"|\b(\d+[a-z]*(?:\.\d+)*|[A-Z])\b|\(([a-z]+)\)"
)
_CHINESE: Final = re.compile(
    r"附件([一二三四五六七八九十]+(?:[、和至]附件[一二三四五六七八九十]+)*)"
    r"|([A-Z])节|(\d+[a-z]*(?:\.\d+)*)|[（(]([a-z]+)[)）]"
)


def same_numbers(pinpoint: Mapping[str, object]) -> bool:
    """Whether both pinpoints say the same numbers; true where one is missing."""
    zh, en = (str(pinpoint.get(lang, "")) for lang in ("zh", "en"))
    return not zh or not en or _of_chinese(zh) == _of_english(en)


def _of_english(pinpoint: str) -> frozenset[str]:
    found: set[str] = set()
    for annex, ordinal, plain, letters in _ENGLISH.findall(pinpoint):
        if annex:
            found.update(
                f"annex {ROMANS.index(one.lower()) + 1}" for one in re.findall("[IVXLC]+", annex) if one.lower() in ROMANS
            )
        elif ordinal:
            found.add(str(ORDINALS.index(ordinal) + 1))
        else:
            found.add(_key(plain or letters))
    return frozenset(found)


def _of_chinese(pinpoint: str) -> frozenset[str]:
    found: set[str] = set()
    for annex, section, plain, letters in _CHINESE.findall(pinpoint):
        if annex:
            found.update(f"annex {chinese_integer(one)}" for one in re.findall("[一二三四五六七八九十]+", annex))
        else:
            found.add(_key(section or plain or letters))
    return frozenset(found)


def _key(key: str) -> str:
    """Roman numerals as figures: a point within a point is 第1目 as well as 第（i）目."""
    return str(ROMANS.index(key) + 1) if key in ROMANS else key
