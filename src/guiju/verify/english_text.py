"""English words made comparable."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Final

from guiju.verify.english import STOP_WORDS

_SAME: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "‑": "-", "–": "-", "—": "-"})
_RAISED: Final = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
SENTENCE_END: Final = re.compile(r"\.(?=\s+[A-Z(])")
"""Where a sentence of an act ends, and another follows."""
_WORD: Final = re.compile(r"[a-z][a-z-]+")


def plain(text: str) -> str:
    """Quotation marks, dashes and blanks made one, raised figures marked as powers; no word is changed."""
    marked = _RAISED.sub(lambda found: "^" + unicodedata.normalize("NFKC", found[0]), text)
    return " ".join(unicodedata.normalize("NFKC", marked).translate(_SAME).split())


def tokens(text: str) -> Counter[str]:
    """The words that say what a sentence is about, without their endings, and each with the next one."""
    words = [_stem(one) for one in _WORD.findall(plain(text).lower()) if one not in STOP_WORDS]
    return Counter(words) + Counter(f"{one} {after}" for one, after in pairwise(words))


@cache
def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
