"""Chinese pinpoints read: 第二条第一款、第三款; 第六条第一款第一项至第三项; 第八条、附件.

The reading follows the Legislation Law (Article 61 in the text of 2015): articles are numbered through; paragraphs are not
numbered; items are numbered in Chinese within brackets, points in Arabic digits. 第十条之一 is Article 10-1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from guiju.norms.statutes.numerals import chinese_integer
from guiju.norms.statutes.places import Place, PlaceError

_NUMBER = r"[0-9零〇一二三四五六七八九十百]+"
_ARTICLE = re.compile(rf"第({_NUMBER})条(?:之({_NUMBER}))?")
_LEVELS: Final = (("paragraph", "款"), ("item", "项"), ("point", "目"))
_BELOW: Final = {name: re.compile(rf"第[(（]?({_NUMBER})[)）]?{sign}") for name, sign in _LEVELS}
_ANNEX = re.compile(rf"附[件录](?:({_NUMBER})(?!项|款))?")
_JOINTS = re.compile(r"[、，,和及]+|以及")


def read_chinese(pinpoint: str) -> tuple[Place, ...]:
    """The places a Chinese pinpoint names: 第二条第一款、第三款; 第六条第一款第一项至第三项; 第八条、附件.

    :raises PlaceError: where it names none, or something stands in it that is no place.
    """
    found: list[Place] = []
    current: Place | None = None
    for piece in _JOINTS.split(re.sub(r"\s", "", pinpoint)):
        first, *last = piece.split("至")
        if len(last) > 1:
            raise PlaceError("place.unreadable", got=pinpoint, piece=piece)
        current = _read(first, current, pinpoint)
        end = _read(last[0], current, pinpoint) if last else None
        found.extend(_between(current, end, pinpoint))
        current = end or current
    return tuple(found)


def _read(piece: str, before: Place | None, pinpoint: str) -> Place:
    """One place; levels it does not write are those of the place before it."""
    rest = piece
    article, annex = _ARTICLE.match(rest), _ANNEX.match(rest)
    if article:
        inserted = article[2] and f"-{_integer(article[2])}"
        place, rest = Place(f"{_integer(article[1])}{inserted or ''}"), rest[article.end() :]
    elif annex:
        number = annex[1] and f"-{_integer(annex[1])}"
        place, rest = Place(f"annex{number or ''}"), rest[annex.end() :]
    elif before is not None and rest.startswith("第"):
        place = _stem(rest, before)
    else:
        raise PlaceError("place.unreadable", got=pinpoint, piece=piece)
    for name, below in _BELOW.items():
        level = below.match(rest)
        if level:
            place, rest = place.at(name, _integer(level[1])), rest[level.end() :]
    if rest:
        raise PlaceError("place.unreadable", got=pinpoint, piece=rest)
    return place


def _stem(rest: str, before: Place) -> Place:
    """What of the place before stands in front of a piece that begins at a lower level."""
    if _BELOW["paragraph"].match(rest):
        return Place(before.article)
    if _BELOW["item"].match(rest):
        return Place(before.article, before.paragraph)
    return replace(before, point=None)


def _between(first: Place, last: Place | None, pinpoint: str) -> Iterator[Place]:
    if last is None:
        yield first
        return
    low, high = _depths(first, last, pinpoint)
    for number in range(low, high + 1):
        if first.point is not None:
            yield replace(first, point=number)
        elif first.item is not None:
            yield replace(first, item=number)
        elif first.paragraph is not None:
            yield replace(first, paragraph=number)
        else:
            yield replace(first, article=str(number))


def _depths(first: Place, last: Place, pinpoint: str) -> tuple[int, int]:
    """The first and last number of a range; both ends must be of one level and under one roof."""
    for level in ("point", "item", "paragraph"):
        low, high = getattr(first, level), getattr(last, level)
        if low is not None and high is not None:
            if first.at(level, None) == last.at(level, None) and low < high:
                return low, high
            raise PlaceError("place.range", got=pinpoint)
        if low is not None or high is not None:
            raise PlaceError("place.range", got=pinpoint)
    if first.article.isdigit() and last.article.isdigit() and int(first.article) < int(last.article):
        return int(first.article), int(last.article)
    raise PlaceError("place.range", got=pinpoint)


def _integer(word: str) -> int:
    return int(word) if word.isdigit() and word.isascii() else chinese_integer(word) or 0
