"""What an answer still hangs on beyond the norm and its party: other bearers, events that duties wait for, norms asked about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from guiju.calendars import DateRange
from guiju.logic import Call, Expr, Truth
from guiju.norms.arising import arisen, claims_of
from guiju.norms.asking import where_asked
from guiju.norms.bearers import bears, open_others, others, parties_open, places, somebody
from guiju.norms.duties import done_of
from guiju.norms.model import Norm
from guiju.norms.vocabulary import PARTY_KINDS
from guiju.norms.world import Thing

if TYPE_CHECKING:
    from guiju.norms.reasons import Needs
    from guiju.norms.views import View


def of_bearer(needs: Needs, norm: Norm, thing: Thing, party: Thing | None) -> None:
    """What it hangs on whether the party bears the norm: its roles, and where others go first, theirs."""
    evaluation = needs.evaluation
    bearer = evaluation.program.bearer_of(norm)
    if bears(evaluation, norm, thing, party) is not Truth.UNKNOWN:
        return
    sides = tuple(one for one in (norm.against, norm.holder) if one and evaluation.vocabulary.declared[one].object in PARTY_KINDS)
    terms = bearer.terms + bearer.otherwise if bearer else sides if norm.kind == "right" else ()
    for term in terms:
        _role(needs, term, thing, party)
    if bearer is None or not bearer.otherwise:
        return
    if any(one is Truth.UNKNOWN for one in somebody(evaluation, norm, thing, bearer.terms)):
        for one, other in places(evaluation.world, norm, thing):
            for term in bearer.terms:
                _role(needs, term, one, other)
        _open_list(needs, parties_open(evaluation.world, thing))


def _role(needs: Needs, term: str, thing: Thing, party: Thing | None) -> None:
    declared = needs.evaluation.vocabulary.declared[term]
    if declared.object in PARTY_KINDS:
        holders = [party] if party else []
    else:
        holders = needs.evaluation.world.reach(thing, declared.object)
    if not holders:
        needs.add("fact", "parties", None)
    for holder in holders:
        needs.of_term(declared, holder)


def _open_list(needs: Needs, open_list: tuple[str, Thing | None] | None) -> None:
    if open_list is not None:
        needs.add("fact", *open_list)


def of_others(needs: Needs, norm: Norm, thing: Thing, party: Thing | None, contents: Iterable[Expr]) -> None:
    """What it hangs on whether another who bears the norm too has done for all what it asks."""
    evaluation, owed = needs.evaluation, list(contents)
    on = evaluation.program.on
    for one, other in others(evaluation, norm, thing, party):
        scope, done = evaluation.in_scope(norm, one, other), done_of(evaluation, owed, one, other, on)
        if scope & done is not Truth.UNKNOWN:
            continue
        needs.of_scope(norm, one, other)
        if not done.settled:
            for expr in owed:
                needs.of_expr(expr, one, other)
    _open_list(needs, open_others(evaluation, norm, thing, owed))


def of_event(needs: Needs, norm: Norm, thing: Thing, party: Thing | None) -> None:
    """The event that a duty waits for, where it is open whether it has happened."""
    if arisen(needs.evaluation, norm, thing, party) is not Truth.UNKNOWN:
        return
    assert norm.upon is not None
    on = needs.evaluation.program.on
    for one, given in claims_of(needs.evaluation, norm, thing, party):
        day = given.value if given else None
        if not isinstance(day, DateRange) or (day.earliest <= on and not day.latest <= on):
            needs.add("fact", norm.upon, one or party or thing)


def of_question(needs: Needs, call: Call, view: View) -> None:
    """What the answer to ``applies``, ``fulfilled`` or ``breached`` hangs on: of every norm, object and party it is put to."""
    for norm in needs.evaluation.program.duties_at(str(call.argument)):
        asked = where_asked(needs.evaluation, call.function, norm, view.thing, view.party)
        for at in asked.at:
            for party in at.parties:
                needs.of_state(call.function, norm, at.thing, party)
            _open_list(needs, at.more_parties)
        _open_list(needs, asked.more)
