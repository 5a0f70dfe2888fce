"""Pinpoints of either legal order read: each is told by its script."""

from __future__ import annotations

from guiju.norms.statutes.pinpoints_en import read_english
from guiju.norms.statutes.pinpoints_zh import read_chinese
from guiju.norms.statutes.places import Place


def read_places(pinpoint: str) -> tuple[Place, ...]:
    """The places a pinpoint names: 第二条第一款、第三款 of a Chinese statute; ``Art. 6(3)(a) to (d)`` of an act of the Union.

    :raises PlaceError: where it names none, or something stands in it that is no place.
    """
    return read_english(pinpoint) if pinpoint.lstrip()[:1].isascii() and pinpoint.strip() else read_chinese(pinpoint)


def place_from(written: str) -> Place:
    """The place that an outline writes: ``4:1:2`` of a Chinese statute; of an act of the Union its words.

    :raises ValueError: where it is neither; a :class:`PlaceError` is no ValueError.
    """
    if written[:1].isupper():
        places = read_english(written)
        if len(places) != 1:
            raise ValueError(written)
        return places[0]
    article, *levels = written.split(":")
    return Place(article, *(int(one) for one in levels))
