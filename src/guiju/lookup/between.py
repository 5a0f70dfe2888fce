"""One instrument on two days: which of its articles were amended, inserted or taken away, and which days of application moved.

What changed a text is a legal event (language, section 8). An event that amends names the provisions it reaches and, under
``inserts``, those that were not there before; it counts here if it takes effect after the first day and not after the second.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from guiju.lookup.answers import NotThereError, RulesError, either
from guiju.norms import Corpus, Event, Norm, instrument_of, natural_key
from guiju.norms.provisions import local
from guiju.wording import nearest

BETWEEN_EXAMPLE: Final = "guiju rules diff eu/ai-act@2026-07-26 eu/ai-act@2026-07-27"

TEXT: Final = ("amend", "correct")
"""The kinds of event that change words."""

GONE: Final = ("repeal", "annul", "expire", "replace")
DAYS: Final = ("commence", "postpone", "suspend", "moratorium")


@dataclass(frozen=True, slots=True)
class Altered:
    """One article or annex: ``how`` is amended, inserted or removed; ``places`` are ids of the provisions reached in it."""

    article: str
    how: str
    places: tuple[str, ...]
    events: tuple[Event, ...]
    norms: tuple[Norm, ...]

    @property
    def is_annex(self) -> bool:
        """Whether it is an annex and no article."""
        return self.article.startswith("annex")


@dataclass(frozen=True)
class Between:
    """What happened to an instrument after ``before`` and not after ``after``.

    ``whole``: events that changed or ended it as a whole, or in a part that is more than an article; ``days``: events that set
    or moved days.
    """

    instrument: str
    before: date
    after: date
    altered: tuple[Altered, ...]
    whole: tuple[Event, ...]
    days: tuple[Event, ...]

    @property
    def same(self) -> bool:
        """Whether nothing happened to it."""
        return not (self.altered or self.whole or self.days)

    def count(self, how: str, annex: bool = False) -> int:
        """How many articles (or annexes) were altered in this way."""
        return sum(one.how == how and one.is_annex == annex for one in self.altered)


def between(corpus: Corpus, instrument: str, before: date, after: date) -> Between:
    """An instrument on two days.

    :raises NotThereError: where there is no such instrument.
    :raises RulesError: where the second day does not come after the first.
    """
    if instrument not in corpus.instruments:
        known = nearest(instrument, corpus.instruments) or sorted(corpus.instruments)
        raise NotThereError("rules.unknown-instrument", got=instrument, near=either(known))
    if not before < after:
        raise RulesError("between.order", got=str(after), wanted=str(before), example=BETWEEN_EXAMPLE)
    happened = [one for one in corpus.events.values() if one.pending is None and before < _effect(one) <= after]
    happened.sort(key=lambda one: (_effect(one), natural_key(one.id)))
    reached: dict[str, list[tuple[Event, str]]] = {}
    for event in happened:
        for target in event.targets.ids if event.kind in (*TEXT, *GONE) else ():
            for place in _provisions(corpus, instrument, target):
                reached.setdefault(place.split(".")[0], []).append((event, f"{instrument}/{place}"))
    altered = tuple(_altered(corpus, instrument, article, found) for article, found in _in_order(reached.items()))
    own = [one for one in happened if any(instrument_of(to) == instrument for to in one.targets.ids)]
    whole = tuple(
        one
        for one in own
        if one.kind in (*TEXT, *GONE)
        and not all(_provisions(corpus, instrument, to) for to in one.targets.ids if instrument_of(to) == instrument)
    )
    days = tuple(one for one in own if one.kind in DAYS)
    return Between(instrument, before, after, altered, whole, days)


def _effect(event: Event) -> date:
    return event.on or event.takes_effect if event.kind in (*TEXT, *GONE) else event.takes_effect


def _provisions(corpus: Corpus, instrument: str, target: str) -> tuple[str, ...]:
    """What of the instrument a target names: a provision; nothing where it names the whole or a part of the contents."""
    place = local(target).split("#")[0]
    parts = {part.id for part in corpus.instruments[instrument].contents}
    return (place,) if instrument_of(target) == instrument and place and place not in parts else ()


def _in_order(items: Iterable[tuple[str, list[tuple[Event, str]]]]) -> list[tuple[str, list[tuple[Event, str]]]]:
    return sorted(items, key=lambda item: (item[0].startswith("annex"), natural_key(item[0])))


def _altered(corpus: Corpus, instrument: str, article: str, found: list[tuple[Event, str]]) -> Altered:
    whole = f"{instrument}/{article}"
    events = tuple({event.id: event for event, _ in found}.values())
    how = "amended"
    for event in events:  # the last that names the whole article decides what has become of it
        if whole in event.inserts:
            how = "inserted"
        elif event.kind in GONE and whole in event.targets.ids:
            how = "removed"
    ids = {event.id for event in events}
    norms = tuple(norm for norm in corpus.all_norms() if norm.since in ids and corpus.contents.covers(whole, norm.id))
    return Altered(article, how, tuple(dict.fromkeys(place for _, place in found)), events, norms)


def between_json(found: Between) -> dict[str, Any]:
    """The same for programs."""
    return {
        "schema": "guiju.rules.between/1",
        "instrument": found.instrument,
        "before": str(found.before),
        "after": str(found.after),
        "altered": [
            {
                "article": one.article,
                "how": one.how,
                "provisions": list(one.places),
                "events": [event.id for event in one.events],
                "norms": [norm.id for norm in one.norms],
            }
            for one in found.altered
        ],
        "whole": [event.id for event in found.whole],
        "days": [event.id for event in found.days],
    }
