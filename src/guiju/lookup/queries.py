"""What was typed into the search, understood: provisions by number (第十七条, 暂行办法17, Art 50(2), 50.2), and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from guiju.lookup.everyday import folded, tidy
from guiju.norms import Norm

_NUMERALS: Final = "零〇一二三四五六七八九十百两"
_N: Final = rf"[0-9]+[a-z]?|[{_NUMERALS}]+"
_CHINESE_ARTICLE: Final = re.compile(
    rf"(?:第\s*)?(?P<article>{_N})\s*条(?!例)(?P<rest>(?:\s*第?\s*[（(]?\s*(?:{_N}|[a-z]{{1,2}})\s*[）)]?\s*[款项目点])*)"
)
_CHINESE_LEVEL: Final = re.compile(rf"第?\s*[（(]?\s*({_N}|[a-z]{{1,2}})\s*[）)]?\s*[款项目点]")
_LEVEL_WORD: Final = r"(?:paragraphs?|paras?\b\.?|points?|letter|lit\b\.?|subparagraph|no\b\.?)"
_LATIN_ARTICLE: Final = re.compile(
    r"(?<![0-9a-z_.])(?P<word>art(?:icles?|s)?\b\.?\s*|§\s*)?(?P<article>[0-9]{1,3}[a-z]?)"
    rf"(?P<rest>(?:\s*\(\s*[0-9a-z]{{1,5}}\s*\)|\.[0-9a-z]{{1,5}}|\s*,?\s*{_LEVEL_WORD}\s*\(?\s*[0-9a-z]{{1,3}}\b\s*\)?)*)(?![\w/^])"
)
_ANNEX: Final = re.compile(
    rf"(?:annex|附件)\s*(?P<number>[ivx]+|{_N})"
    rf"(?:\s*[,，]?\s*(?:{_LEVEL_WORD}|第)?\s*(?P<point>[0-9]+)\s*点?(?P<rest>(?:\s*[（(]?\s*[a-z]\b\s*[）)]?)*))?"
)
_LEVEL: Final = re.compile(r"[0-9a-z]+")
_ROMAN: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")
_IDLE: Final = frozenset(
    {"the", "a", "an", "of", "to", "in", "on", "at", "for", "and", "or", "is", "are", "be", "by", "with", "what", "which"}
    | {"的", "了", "和", "与", "或", "是", "在", "有", "及", "对", "什么", "哪些"}
)
_HAN: Final = re.compile(r"[一-鿿]+")
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9_\-]*")


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood: provisions by number (each as its levels), and words."""

    typed: str
    places: tuple[tuple[str, ...], ...] = ()
    sure: bool = False
    words: tuple[str, ...] = ()
    chinese: bool = False
    """Whether the number was written the Chinese way (第五十条); texts in that language then come first, else the others."""
    corrected: tuple[tuple[str, str], ...] = ()
    """Words that no rule has, each with the nearest that one has; the nearest were looked for."""


def understood(typed: str) -> Query:
    """Numbers and words of a search."""
    rest = folded(typed)
    places: list[tuple[str, ...]] = []
    sure = chinese = False
    for pattern, read in ((_ANNEX, _annex), (_CHINESE_ARTICLE, _chinese), (_LATIN_ARTICLE, _latin)):
        for found in pattern.finditer(rest):
            place = read(found)
            if place:
                places.append(place)
                sure = sure or pattern is not _LATIN_ARTICLE or bool(found["word"] or found["rest"])
        if places:
            rest = pattern.sub(" ", rest) if sure else rest
            chinese = pattern is _CHINESE_ARTICLE
            break
    return Query(tidy(typed), tuple(places), sure, tuple(dict.fromkeys(tokens(rest))), chinese)


def _annex(found: re.Match[str]) -> tuple[str, ...]:
    number = found["number"]
    roman = number if set(number) <= set("ivx") else _ROMAN[min(int(_arabic(number) or 0), len(_ROMAN) - 1)]
    inner = _LEVEL.findall(found["rest"] or "")
    return (f"annex-{roman}", *((found["point"],) if found["point"] else ()), *inner)


def _chinese(found: re.Match[str]) -> tuple[str, ...]:
    levels = _CHINESE_LEVEL.findall(found["rest"] or "")
    return (_arabic(found["article"]), *map(_arabic, levels))


def _latin(found: re.Match[str]) -> tuple[str, ...]:
    return (found["article"], *_LEVEL.findall(re.sub(_LEVEL_WORD, " ", found["rest"] or "")))


def _arabic(numeral: str) -> str:
    """十七 -> 17; digits and letters as they are."""
    if not numeral or numeral[0] not in _NUMERALS:
        return numeral
    total = held = 0
    for sign in numeral:
        if sign in "十百":
            total += (held or 1) * (10 if sign == "十" else 100)
            held = 0
        else:
            held = held * 10 + {"零": 0, "〇": 0, "两": 2}.get(sign, "零一二三四五六七八九".find(sign))
    return str(total + held)


def tokens(words: str) -> Iterator[str]:
    """Latin words, and pairs of Chinese characters."""
    for run in _HAN.findall(words):
        pairs = [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        yield from (pair for pair in pairs if pair not in _IDLE)
    yield from (word for word in _WORD.findall(words) if word not in _IDLE)


def pinpoint_levels(norm: Norm) -> Iterable[tuple[str, ...]]:
    """The numbers in a norm's own pinpoint, as far as they can be read."""
    for lang, pattern, read in (("zh", _CHINESE_ARTICLE, _chinese), ("en", _LATIN_ARTICLE, _latin)):
        for found in pattern.finditer(tidy(norm.pinpoint.get(lang, ""))):
            yield read(found)
