"""The days on which a text says that it begins."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from guiju.norms import Corpus, Event
from guiju.norms.provisions import local, places_of_id
from guiju.norms.statutes import UNION, Place, PlaceError, Statute
from guiju.norms.statutes.pinpoints_en import read_english
from guiju.norms.statutes.places import ORDINALS
from guiju.verify.language import Language

_AT_ONCE: Final = tuple(f"自{word}之日起施行" for word in ("公布", "印发", "发布"))
_COUNTED: Final = {"": 1, "thirtieth": 30} | {word: at for at, word in enumerate(ORDINALS, 1)}
_AFTER_PUBLICATION: Final = re.compile(
    rf"\bon the (?:({'|'.join(one for one in _COUNTED if one)}) )?day following (?:that of )?its publication"
)


def wrong_days(event: Event, statute: Statute, language: Language, corpus: Corpus) -> list[tuple[date, frozenset[date]]]:
    """The days of an event that the text does not set, each with those it does."""
    if statute.numbering == UNION:
        return _wrong_in_union(event, statute, language, corpus)
    texts = [*statute.head, *statute.texts.values()]
    if any(words in language.plain(text) for text in texts for words in _AT_ONCE):
        return []  # it begins when it is made public, which no text says the day of
    days = frozenset(day for text in texts if "施行" in text for day in language.numbers_of(text).dates)
    return [(one.on, days) for one in event.dates if one.on not in days]


def _wrong_in_union(event: Event, statute: Statute, language: Language, corpus: Corpus) -> list[tuple[date, frozenset[date]]]:
    """All days stand in the article that an event rests on, and one of them in the very provision; ``#`` says: derived."""
    places = [place for place in _places(event, corpus) if statute.units(place)]
    units = [unit for place in places for unit in statute.units(place)]
    articles = {unit.article for unit in units}
    around = [unit for unit in statute.texts if unit.article in articles] or _general(event, statute)
    said = _days([statute.texts[unit] for unit in around], event, language, corpus)
    wrong = [(one.on, said) for one in event.dates if one.on not in said]
    each = (_days([statute.texts[unit] for unit in statute.units(place)], event, language, corpus) for place in places)
    own = next((days for days in each if days), frozenset[date]())
    if not wrong and own and "#" not in (event.day or "") and not any(one.on in own for one in event.dates):
        return [(one.on, own) for one in event.dates]
    return wrong


def _general(event: Event, statute: Statute) -> list[Place]:
    """What an article says beside its points, where the text has no point that the event follows (any more, or yet)."""
    article = local(event.day or "").split("#")[0].split(".")[0]
    return [unit for unit in statute.units(Place(article, numbering=UNION)) if unit.item is None]


def _places(event: Event, corpus: Corpus) -> tuple[Place, ...]:
    """The provisions that an event says it follows: those of its source, else those of its day."""
    try:
        return read_english(event.checked.source or "")
    except PlaceError:
        outline = corpus.outlines.get(event.instrument)
        return places_of_id(event.day or "", outline) if outline else ()


def _days(texts: list[str], event: Event, language: Language, corpus: Corpus) -> frozenset[date]:
    """Days named, and the one so many days after publication."""
    found = {day for text in texts for day in language.numbers_of(text).dates}
    for text in texts:
        after = _AFTER_PUBLICATION.search(language.plain(text))
        for published in corpus.events.values() if after else ():
            if after and published.instrument == event.instrument and published.kind == "publish":
                found |= {one.on + timedelta(_COUNTED[after[1] or ""]) for one in published.dates}
    return frozenset(found)
