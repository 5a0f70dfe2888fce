"""Provision ids: which norms and parts of an instrument an id stands for.

``eu/ai-act/50`` stands for ``eu/ai-act/50.2`` and ``eu/ai-act/50.4#text``; ``eu/ai-act/chapter-iii/sections-1-3`` for
every article that the instrument's ``contents`` place there; ``eu/ai-act`` for all of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from guiju.norms.model import Instrument, Norm, Targets
from guiju.norms.statutes.outline import Outline
from guiju.norms.statutes.pinpoints_en import read_english
from guiju.norms.statutes.pinpoints_zh import read_chinese
from guiju.norms.statutes.places import CHINESE, ROMANS, UNION, Place, PlaceError
from guiju.wording import chinese_number

_ARTICLE = re.compile(r"(\d+)([a-z]*)\Z")


MOST_KEPT: Final = 1 << 16
"""How many answers about ids are kept at once: a process that lives long has no need of all of them."""


def instrument_of(identifier: str) -> str:
    """``eu/ai-act/50.2`` -> ``eu/ai-act``: the place and the instrument are the first two parts."""
    return "/".join(identifier.split("#", maxsplit=1)[0].split("/")[:2])


def local(identifier: str) -> str:
    """``eu/ai-act/50.2#x`` -> ``50.2#x``; an instrument's own id gives the empty string."""
    return identifier[len(instrument_of(identifier)) :].lstrip("/")


def place_words(identifier: str, lang: str, outline: Outline | None = None) -> str:
    """A provision's place in words of the reader: ``Art. 6(3)``, 第6条第3款（a）项, 第二十四条第一款, 附件三第4点.

    With the outline of an act of the Union as the act itself has it (Section B of an annex, a point without its paragraph).
    """
    meant = places_of_id(identifier, outline) if outline is not None and outline.numbering == UNION else ()
    if meant:
        return meant[0].words(lang)
    article, *below = local(identifier).split("#")[0].split(".")
    if article.startswith("annex"):
        number = article.removeprefix("annex").lstrip("-")
        if lang != "zh":
            return "".join((f"Annex {number.upper()}", *(f"({one})" for one in below)))
        shown = chinese_number(1 + ROMANS.index(number)) if number in ROMANS else number
        return f"附件{shown}" + _levels(below, ("第{}点", "第{}项"))
    if lang != "zh":
        return "".join((f"Art. {article}", *(f"({one})" for one in below)))
    chinese = identifier.startswith("cn/")
    numbers = [chinese_number(int(one)) if chinese and one.isdigit() else one for one in (article, *below)]
    return f"第{numbers[0]}条" + _levels(numbers[1:], ("第{}款", "第{}项", "第{}目"))


def _levels(numbers: list[str], levels: tuple[str, ...]) -> str:
    """The levels below an article or annex; letters stand in brackets, as texts of the Union have them."""
    shown = zip(levels, numbers, strict=False)
    return "".join(f"（{one}）项" if one.isascii() and one.isalpha() else level.format(one) for level, one in shown)


def places_of_id(identifier: str, outline: Outline) -> tuple[Place, ...]:
    """The places an id can mean: ``24.1`` is the first paragraph of Article 24, or its first item where that is all it has.

    Ids are names and not addresses; both ways are in use, so both are given where both exist. Ids that say no number of the
    text give none.
    """
    article, *below = local(identifier).split("#")[0].split(".")
    meant = _of_union(article, below) if outline.numbering == UNION else _of_china(article, below)
    return tuple(place for place in meant if outline.units(place))


def _of_china(article: str, below: list[str]) -> list[Place]:
    numbers = [int(one) for one in below if one.isdigit()]
    if len(numbers) != len(below) or not (article.replace("-", "").isdigit() or article.startswith("annex")):
        return []
    meant = [Place(article, *numbers)] if len(numbers) <= 3 else []
    if len(numbers) in (1, 2):
        meant.append(Place(article, None, *numbers))
    return meant


def _of_union(article: str, below: list[str]) -> list[Place]:
    """``5.1.h.i`` and ``16.a``; ``annex-viii.A.3`` and ``annex-iii.5.a``."""
    meant = [_union(article, below, ("paragraph", "item", "point"))]
    if below:
        meant.append(_union(article, below, ("item", "point")))
        if article.startswith("annex"):
            meant.append(_union(article, [below[0].upper(), *below[1:]], ("section", "paragraph", "item", "point")))
    return [place for place in meant if place is not None]


def _union(article: str, keys: list[str], levels: tuple[str, ...]) -> Place | None:
    if len(keys) > len(levels):
        return None
    place = Place(article, numbering=UNION)
    for level, key in zip(levels, keys, strict=False):
        place = place.at(level, key)
    return place


def pinpointed(norm: Norm, numbering: str = CHINESE) -> tuple[Place, ...]:
    """The places that a norm's pinpoint names, the Chinese one in a Chinese statute, else the English one.

    None where it cannot be read as places.
    """
    return _places(str(norm.pinpoint.get("zh" if numbering == CHINESE else "en", "")), numbering)


@cache
def _places(pinpoint: str, numbering: str) -> tuple[Place, ...]:
    try:
        return read_chinese(pinpoint) if numbering == CHINESE else read_english(pinpoint)
    except PlaceError:
        return ()


def version_of(norm: Norm, outline: Outline) -> Outline | None:
    """The text that a norm was written from: the one in force, or the one before it was amended where its pinpoint says so.

    None where its pinpoint says a year of which no text is known.
    """
    return outline.version(str(norm.pinpoint.get("en", ""))) if outline.numbering == UNION else outline


def within(identifier: str, whole: str) -> bool:
    """Whether a provision is ``whole`` or lies below it, by the shape of the ids alone."""
    return identifier == whole or (identifier.startswith(whole) and identifier[len(whole) : len(whole) + 1] in "/.#")


@lru_cache(maxsize=MOST_KEPT)
def _begins(identifier: str) -> str:
    """How everything begins that an id can stand for: nothing reaches into another instrument."""
    return instrument_of(identifier)


class Contents:
    """The tables of contents of all instruments, asked "does this id stand for that norm?"."""

    def __init__(self, instruments: Mapping[str, Instrument]) -> None:
        self._parts = {f"{one.id}/{part.id}": part.holds for one in instruments.values() for part in one.contents}
        self._covered = lru_cache(maxsize=MOST_KEPT)(self._covers)
        self._held_by = lru_cache(maxsize=MOST_KEPT)(self._all_held_by)

    def covers(self, whole: str, identifier: str) -> bool:
        """Whether an id stands for a norm: the norm is it, lies below it, or is held by a part that does."""
        return identifier.startswith(_begins(whole)) and self._covered(whole, identifier)

    def _covers(self, whole: str, identifier: str) -> bool:
        if within(identifier, whole):
            return True
        held = self._held_by(whole)
        if not held or instrument_of(whole) != instrument_of(identifier):
            return False
        place = local(identifier)
        return any(_held(one, place) for one in held)

    def _all_held_by(self, whole: str) -> tuple[str, ...]:
        """What the parts of an instrument at or below an id hold."""
        return tuple(held for part, helds in self._parts.items() if within(part, whole) for held in helds)

    def hit(self, targets: Targets, identifier: str) -> bool:
        """Whether targets stand for a norm, after what they except."""
        if not any(self.covers(one, identifier) for one in targets.ids):
            return False
        return not any(self.covers(one, identifier) for one in targets.excepted)


def _held(held: str, place: str) -> bool:
    if ".." in held and not held.startswith("annex"):
        first, last = held.split("..")
        article = place.split(".", maxsplit=1)[0].split("#", maxsplit=1)[0]
        return _key(first) <= _key(article) <= _key(last) if _ARTICLE.match(article) else False
    return within(place, held)


def _key(article: str) -> tuple[int, str]:
    """Articles in order: 6, 6a, 7. Anything else sorts before all."""
    found = _ARTICLE.match(article)
    return (int(found.group(1)), found.group(2)) if found else (-1, article)
