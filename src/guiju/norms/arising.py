"""Duties that arise from an event: what a right gives once it is claimed (language, section 5).

A right that ``gives`` a duty makes a norm of its own of it: owed by the one it is against, to its holder, under the conditions
and exceptions of the right, from the event ``upon`` on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from guiju.calendars import DateRange
from guiju.logic import Given, Truth, any_of
from guiju.norms.model import Bearer, Norm
from guiju.norms.world import Thing
from guiju.wording import GuijuError

if TYPE_CHECKING:
    from guiju.norms.terms import Terms

BESIDE = ("person", "body")
"""Kinds whose events are read of who stands beside the object: the person it concerns, the body that deals with it."""


def duty_given(right: Norm) -> Norm | None:
    """The duty that a right gives, as a norm; None for a plain claim or freedom."""
    given = right.gives
    if given is None or right.against is None:
        return None
    return replace(
        right,
        id=given.id,
        kind="duty",
        modality="obligation",
        bearer=Bearer("each", (right.against,)),
        owed_to=(right.holder,) if right.holder else (),
        holder=None,
        against=None,
        gives=None,
        of_right=right.id,
        require=given.require,
        clock=given.clock,
        readings=(),
        summary=given.summary or right.summary,
    )


def arisen(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
    """Whether the event on which a duty arises had happened by the day; true of a norm that waits for none."""
    if norm.of_right is None or norm.upon is None:
        return Truth.TRUE
    if evaluation.mode.awaited:
        return Truth.UNKNOWN
    days = [given.value if given else None for _, given in claims_of(evaluation, norm, thing, party)]
    return any_of(_by(evaluation.program.on, day) if isinstance(day, DateRange) else Truth.UNKNOWN for day in days)


def claims_of(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None) -> Iterator[tuple[Thing | None, Given | None]]:
    """What a dossier says of the event on which a duty arises, and of which thing: at least one place to ask."""
    assert norm.upon is not None
    try:
        home, _ = evaluation.view(thing, party).target(norm.upon)
        places: list[Thing] = [home] if home else []
    except GuijuError:
        places = evaluation.world.reach(thing, evaluation.vocabulary.declared[norm.upon].object)
    if not places:
        yield None, None
    for one in places:
        yield one, one.given.get(norm.upon)


def _by(on: date, day: DateRange) -> Truth:
    if not day.earliest <= on:
        return Truth.FALSE
    return Truth.TRUE if day.latest <= on else Truth.UNKNOWN
