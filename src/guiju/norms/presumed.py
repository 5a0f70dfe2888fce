"""Met by presumption or by demonstration: what conformity with another text says of a norm, without settling it.

A text whose reference is published in a list gives a *presumption* for the norms it covers; another text may be said to
*demonstrate* that they are met. Either can be rebutted, so it stands beside the answer and is no part of it: it is shown only
where the norm has no settled answer of its own, settles nothing, hardens nothing, and goes when more is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from guiju.calendars import DateRange
from guiju.logic import Truth
from guiju.norms.duties import Basis, Met, met_of
from guiju.norms.model import Norm
from guiju.norms.terms import Terms
from guiju.norms.timing import reached
from guiju.norms.world import Thing
from guiju.wording import Text

LISTING: Final = ("list", "delist")


@dataclass(frozen=True, slots=True)
class Presumed:
    """By which norm another is taken to be met, how far, and what the conformity with that one rests on."""

    how: Literal["presumed", "demonstrated"]
    norm: Norm
    extent: Text
    basis: Basis | None


def presumed_met(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None, met: Met) -> Presumed | None:
    """What lets a norm be taken as met although that is not settled; a settled answer of its own goes before."""
    if met.met is not Truth.UNKNOWN or met.fulfilled is not Truth.UNKNOWN:
        return None
    found = [
        Presumed(how, other, extent, conforming)
        for how, other, extent in evaluation.program.presumers.get(norm.id, ())
        for one in evaluation.world.reach(thing, other.about)
        if how == "demonstrated" or listed(evaluation, other, one)
        if (conforming := _conformity(evaluation, other, one, party)) is not None
    ]
    return min(found, key=lambda one: (one.how != "presumed", one.norm.id), default=None)


def _conformity(evaluation: Terms, other: Norm, thing: Thing, party: Thing | None) -> Basis | None:
    """What it rests on that the other text is kept; None where that is not settled, or the text is not meant for the thing."""
    if evaluation.content(other, thing, party) is Truth.FALSE:
        return None
    met = met_of(evaluation, other, thing, party)
    return (met.basis or Basis("declared")) if met.fulfilled is Truth.TRUE else None


def listed(evaluation: Terms, norm: Norm, thing: Thing) -> bool:
    """Whether the last word on a text, among the listings in effect on the day, is that its reference is published."""
    last = next(_listings(evaluation, norm, thing), None)
    return last == "list"


def _listings(evaluation: Terms, norm: Norm, thing: Thing) -> Iterator[str]:
    """Listings and their withdrawals that have surely taken effect, the latest first."""
    on = evaluation.program.on
    events = [event for event in evaluation.program.events_on(norm.id) if event.kind in LISTING]
    for event in sorted(events, key=lambda one: (one.on or one.takes_effect, one.known, one.order or 0), reverse=True):
        begins = evaluation.class_day(event, thing) if event.dates else DateRange.on(event.takes_effect)
        begun = reached(on, begins)
        if begun is Truth.TRUE or (begun is Truth.UNKNOWN and event.kind == "delist"):
            yield event.kind
