"""What a person decides about proposals, and the versions of a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from guiju.calendars import CalendarError, parse_day
from guiju.subjects.answers import Answer, draft_for, read_draft, with_answers
from guiju.subjects.beside import Proposal, Version, shown_value
from guiju.subjects.content import written_value
from guiju.subjects.dossier import Dossier
from guiju.subjects.errors import DossierError, cause, remedy
from guiju.wording import Where

Decision = Literal["accepted", "corrected", "rejected"]


def value_of(one: Proposal) -> Any:
    """The value of a proposal as plain data: its own, else what stands in the world for it."""
    if one.data is not None:
        return one.data
    given = one.thing.given.get(one.name)
    return written_value(given.value) if given is not None else one.value


def bare(dossier: Dossier) -> Dossier:
    """The dossier in which open and rejected proposals do not stand in the world; they stay listed."""
    assumed = [one for one in dossier.proposals if one.assumed]
    if not assumed:
        return dossier
    kept = tuple(_listed(one) for one in dossier.proposals)
    taken = [one for one in assumed if one.state in ("open", "rejected")]
    return _without(replace(dossier, proposals=kept), taken)


def _listed(one: Proposal) -> Proposal:
    """A proposal that no longer stands in the world, with its value and source at hand."""
    if not one.assumed:
        return one
    given = one.thing.given.get(one.name)
    source = one.source or (given.source if given is not None else None)
    return replace(one, data=value_of(one), source=source, assumed=False)


def _without(dossier: Dossier, taken: Iterable[Proposal]) -> Dossier:
    """The dossier without what these proposals put into the world."""
    draft = draft_for(dossier)
    for one in taken:
        for record in draft.find((one.thing.kind, one.thing.id))[:1]:
            record.said.pop(one.name, None)
    return read_draft(draft, dossier)


def decide(
    dossier: Dossier, proposal: Proposal, decision: Decision, by: str, on: str, value: Any = None, reasons: str | None = None
) -> Dossier:
    """The dossier after a person accepted, corrected (with the right value) or rejected one of its proposals.

    Accepted and corrected values stand as facts with who decided and when, and the source of the proposal. A rejected one
    stays listed. Only this proposal is touched.

    :raises DossierError: for a proposal that is not among those of the dossier, a correction without value, no name or day.
    """
    place = Where(f"{proposal.thing.kind} {proposal.thing.id}, {proposal.name}")
    if proposal not in dossier.proposals:
        raise DossierError("dossier.no-such-proposal", place, name=proposal.name)
    _check_signed(by, on, place)
    if decision == "corrected" and value is None:
        raise DossierError("dossier.correction-without-value", place, name=proposal.name)
    found = _listed(proposal)
    said = value if decision == "corrected" else found.data
    decided = replace(found, state=decision, by=by, on=on)
    listed = tuple(decided if one is proposal or one == proposal else one for one in dossier.proposals)
    if decision == "rejected":
        return _rejected(replace(dossier, proposals=listed), proposal)
    answer = Answer(
        found.thing.kind, found.thing.id, found.name, said, by=by, on=on, source=found.source, reasons=reasons, where=place
    )
    return with_answers(replace(dossier, proposals=listed), [answer], dossier.world.vocabulary)


def _rejected(dossier: Dossier, proposal: Proposal) -> Dossier:
    """Take out of the world what the proposal put there, and nothing that was said otherwise."""
    given = proposal.thing.given.get(proposal.name)
    accepted = proposal.state in ("accepted", "corrected") and given is not None
    own = accepted and given is not None and (given.by, given.on) == (proposal.by, proposal.on)
    return _without(dossier, [proposal]) if proposal.assumed or own else dossier


def _check_signed(by: str, on: str, place: Where) -> None:
    if not by.strip():
        raise DossierError("dossier.unsigned", place)
    try:
        parse_day(on)
    except CalendarError as problem:
        raise DossierError("dossier.bad-date", place, name="on", cause=cause(problem), remedy=remedy(problem)) from None


def next_version(dossier: Dossier, by: str, on: str, note: str | None = None) -> Dossier:
    """The dossier as the next version: numbered, with the digest of the version before.

    The digest is that of the dossier as it is handed in: call it on what was read, then put the answers in. A dossier
    without a number becomes the first that has one.

    :raises DossierError: without a name or a day.
    """
    _check_signed(by, on, Where("version"))
    number = dossier.version.number + 1 if dossier.version else 1
    return replace(dossier, version=Version(number, dossier.digest, by, on, note))


__all__ = ["bare", "decide", "next_version", "shown_value", "value_of"]
