"""Where a norm says that it stands: its pinpoint and its id as places of the outline."""

from __future__ import annotations

from typing import Final

from guiju.norms import Norm
from guiju.norms.provisions import local, pinpointed
from guiju.norms.statutes import UNION, Outline, Place

_LEVELS: Final = ("paragraph", "item", "point")


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
    meant = [Place(article, *numbers)] if len(numbers) <= len(_LEVELS) else []
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


def id_elsewhere(norm: Norm, outline: Outline) -> bool:
    """Whether a norm's id says another place than its pinpoint; a duty that a right gives has the right's id."""
    meant = {unit for place in places_of_id(norm.of_right or norm.id, outline) for unit in outline.units(place)}
    named = {unit for place in pinpointed(norm, outline.numbering) for unit in outline.units(place)}
    return bool(meant and named and not meant & named)
