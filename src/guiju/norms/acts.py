"""Acts under powers: which legal events rest on a power, and which of them go beyond it and are void (language, section 5).

A void event changes nothing; it stays on the record with the reason. The same holds of an act that is pending.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from guiju.calendars import parse_day
from guiju.norms.corpus import Corpus
from guiju.norms.model import Event, Norm
from guiju.norms.provisions import Contents

ActState = Literal["in-effect", "not-yet", "pending", "void"]


@dataclass(frozen=True, slots=True)
class Void:
    """Why an event is void: it is ``beyond`` what its power enables (``targets`` are those), or came ``after`` its end
    (``ended`` is the first day without it).
    """

    how: Literal["beyond", "after"]
    power: str
    targets: tuple[str, ...] = ()
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A legal event that rests on a power, or that has no effect yet."""

    event: Event
    state: ActState
    void: Void | None = None


def void_of(corpus: Corpus, event: Event, known: date) -> Void | None:
    """Why an event is void, as known by a day; None where it is not, or rests on no power."""
    if event.basis is None:
        return None
    power = _power_at(corpus, event.basis, event.known)
    if power is None:
        return None
    beyond = tuple(target for target in event.targets.ids if not _enabled(corpus.contents, power, target))
    if beyond:
        return Void("beyond", power.id, beyond)
    ended = end_of(corpus, power, known)
    if ended is not None and event.known >= ended:
        return Void("after", power.id, (), ended)
    return None


def _enabled(contents: Contents, power: Norm, target: str) -> bool:
    return any(contents.covers(enabled, target) for enabled in power.enables)


def _power_at(corpus: Corpus, identifier: str, day: date) -> Norm | None:
    """The version of a power that an act of a day rested on; the earliest where none had begun."""
    versions = [norm for norm in corpus.norms.get(identifier, ()) if norm.kind == "power"]

    def began(norm: Norm) -> date:
        event = corpus.events[norm.since] if norm.since else None
        return date.min if event is None else event.on or event.takes_effect

    begun = [norm for norm in versions if began(norm) <= day]
    return max(begun, key=began) if begun else min(versions, key=began, default=None)


def end_of(corpus: Corpus, power: Norm, known: date) -> date | None:
    """The first day without the power, as known by a day.

    That is the day after the one its provision names as its last, or the day of the event that its provision names.
    """
    if power.expires is None:
        return None
    event = corpus.events.get(power.expires)
    if event is None:
        return parse_day(power.expires) + timedelta(days=1)
    return (event.on or event.takes_effect) if event.known <= known and not event.pending else None
