"""What a condition asks of other norms: ``applies``, ``fulfilled`` and ``breached``, of which things and parties.

A question is put to the norm at the object itself, at what stands above or beside it, or at the rows below it; for the party
in sight, or, where a condition is read without one (of a term about an object), for any party of the object.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from guiju.logic import Call, Truth, all_of, any_of
from guiju.norms.bearers import parties_open, places, reads_party
from guiju.norms.duties import state_of
from guiju.norms.model import Norm
from guiju.norms.terms import Terms, is_party_norm
from guiju.norms.world import Thing

QUESTIONS: Final = ("applies", "fulfilled", "breached")


@dataclass(frozen=True, slots=True)
class At:
    """One object a question is put at, the parties it is put for, and an open list of parties where there may be more."""

    thing: Thing
    parties: tuple[Thing | None, ...]
    more_parties: tuple[str, Thing | None] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The objects a question is put at; ``more``: the open relation that may hold further ones, or None."""

    at: tuple[At, ...]
    more: tuple[str, Thing | None] | None = None


def where_asked(evaluation: Terms, question: str, norm: Norm, thing: Thing, party: Thing | None) -> Asked:
    """Where and for whom a question about a norm is put, from a thing and the party in sight."""
    if norm.about == "party":
        if party is not None:
            return Asked((At(party, (party,)),))
        return Asked(tuple(At(one, (one,)) for one in evaluation.world.parties_of(thing)), parties_open(evaluation.world, thing))
    found, more = _things(evaluation, norm, thing)
    anyone = party is None and is_party_norm(evaluation, norm) and (question != "fulfilled" or reads_party(evaluation, norm))
    return Asked(tuple(_of_anyone(evaluation, norm, one) if anyone else At(one, (party,)) for one in found), more)


def _of_anyone(evaluation: Terms, norm: Norm, thing: Thing) -> At:
    parties = tuple(party for _, party in places(evaluation.world, norm, thing))
    return At(thing, parties, parties_open(evaluation.world, thing))


def _things(evaluation: Terms, norm: Norm, thing: Thing) -> tuple[list[Thing], tuple[str, Thing | None] | None]:
    """The object, what stands above or beside it; else the rows below it, with their relation as long as it is open."""
    world = evaluation.world
    found = world.reach(thing, norm.about)
    if found:
        return found, None
    below = [one for one in world.of_kind(norm.about) if one is not thing and thing in world.owners(one)]
    relation = next((one for one in world.vocabulary.relations(thing.kind) if one.many and one.to == norm.about), None)
    if relation is not None and relation.name in thing.closed:
        return below, None
    return below, (relation.name if relation else norm.about, thing)


def state_asked(evaluation: Terms, question: str, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
    """The answer to one question about one norm: any place where it applies or is breached, every place where it is met."""
    asked = where_asked(evaluation, question, norm, thing, party)
    truths = [_at_one(evaluation, question, norm, at) for at in asked.at]
    if asked.more is not None:
        truths.append(Truth.UNKNOWN)
    return all_of(truths) if question == "fulfilled" else any_of(truths)


def states_asked(evaluation: Terms, call: Call, thing: Thing, party: Thing | None) -> Iterator[tuple[Norm, Thing, Truth]]:
    """The settled answers of each norm a question is put to, with where; the grounds of the whole answer."""
    for norm in evaluation.program.duties_at(str(call.argument)):
        asked = where_asked(evaluation, call.function, norm, thing, party)
        for at in asked.at:
            state = _at_one(evaluation, call.function, norm, at)
            if state.settled:
                yield norm, at.thing, state


def _at_one(evaluation: Terms, question: str, norm: Norm, at: At) -> Truth:
    truths = [state_of(evaluation, question, norm, at.thing, party) for party in at.parties]
    return any_of(truths if at.more_parties is None else [*truths, Truth.UNKNOWN])
