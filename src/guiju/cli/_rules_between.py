"""``guiju rules diff ID@DAY ID@DAY``: one instrument on two days, for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Final

from guiju.calendars import parse_day, words
from guiju.lookup import BETWEEN_EXAMPLE, Altered, Between, RulesError, tidy
from guiju.norms import Corpus, Event
from guiju.norms.provisions import place_words
from guiju.norms.statutes import Outline
from guiju.wording import fill, in_language, join_words

HOWS: Final = ("inserted", "amended", "removed")


def instrument_on(written: str) -> tuple[str, date] | None:
    """``eu/ai-act@2026-07-26`` as instrument and day; None where it is no such thing."""
    instrument, sign, day = tidy(written).partition("@")
    return (instrument, parse_day(day)) if sign and "/" in instrument else None


def same_instrument(before: str, after: str) -> tuple[str, date, date] | None:
    """Both ends of a comparison of one instrument on two days; None where neither end is one.

    :raises RulesError: where only one is, or they name two instruments.
    """
    first, second = instrument_on(before), instrument_on(after)
    if first is None and second is None:
        return None
    if first is None or second is None or first[0] != second[0]:
        raise RulesError("between.two-instruments", got=after, wanted=before, example=BETWEEN_EXAMPLE)
    return first[0], first[1], second[1]


def between_lines(corpus: Corpus, found: Between, lang: str) -> Iterator[tuple[int, str]]:
    """(indent, line): how many, then each article with what happened to it, then the days that moved."""
    title = in_language(corpus.instruments[found.instrument].title, lang)
    days = {"before": words(found.before, lang), "after": words(found.after, lang)}
    yield 0, _say("title", lang, title=title, **days)
    if found.same:
        yield 0, _say("same", lang)
    for how in HOWS:
        altered = [one for one in found.altered if one.how == how]
        if altered:
            yield 0, ""
            yield 0, _say(how, lang, articles=found.count(how), annexes=found.count(how, annex=True))
        for _, together in groupby(altered, key=lambda one: [event.id for event in one.events]):
            yield from _entry(corpus.outlines.get(found.instrument), found.instrument, list(together), lang)
    for code, events in (("whole", found.whole), ("days", found.days)):
        if events:
            yield 0, ""
            yield 0, _say(code, lang, count=len(events))
            yield from ((2, _told(event, lang)) for event in events)


def _entry(outline: Outline | None, instrument: str, together: list[Altered], lang: str) -> Iterator[tuple[int, str]]:
    """Articles that the same events reached, by the provisions that the events name."""
    places = [place for one in together for place in _within(instrument, one)]
    yield 2, join_words([place_words(place, lang, outline) for place in places], lang)
    for event in together[0].events:
        yield 4, _told(event, lang)


def _within(instrument: str, one: Altered) -> list[str]:
    whole = f"{instrument}/{one.article}"
    return [place for place in one.places if place != whole] or [whole]


def _told(event: Event, lang: str) -> str:
    return _say("event", lang, summary=in_language(event.summary, lang), id=event.id)


def _say(code: str, lang: str, **fields: object) -> str:
    return fill(f"between.{code}", lang, "message", fields)
