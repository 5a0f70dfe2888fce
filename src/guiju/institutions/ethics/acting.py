"""A step that somebody takes: asked of the rules, stored, and entered in the record, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from guiju.calendars import now
from guiju.institutions.ethics.chaining import beginning, link
from guiju.institutions.ethics.models import Committee, Done
from guiju.institutions.ethics.standing import moment_of, rules_of, seat_acts, stored
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.people.models import Person
from guiju.procedure import ADOPTED, APPLY, MEETING, Act, Rules, Standing, take

PUBLIC: Final = ("outcome", "motion", "digest")
"""What of an act stands in the record for everybody; who did it, and the rest, is sealed."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: its row, the receipt, and the standing after it."""

    row: Done
    receipt: Receipt
    standing: Standing


@transaction.atomic
def do(
    committee: Committee,
    person: Person,
    step: str,
    about: str,
    gives: Mapping[str, Any] | None = None,
    words: Mapping[str, Any] | None = None,
    behalf: str = "",
) -> Taken:
    """Take a step.

    :param about: the case, the meeting or the seat.
    :param gives: what the rules ask the step to say.
    :param words: what else it says, to people; sealed.
    :param behalf: the organisation for which the person acts, where it is a party.
    :raises StepRefusedError: where something is lacking.
    :raises ProcedureError: where it does not follow, or is not theirs.
    """
    mine = locked(committee)
    standing = brought_up(mine)
    if step == ADOPTED:  # played by the edition that it names, as all that comes after it
        mine.edition = committee.edition = str((gives or {})["edition"])
        mine.save(update_fields=["edition"])
    rules = rules_of(mine)
    one = Act(step, moment_of(standing), person.public_id, about, dict(gives or {}), behalf)
    after = take(rules, standing, one)
    row = _store(mine, [one], person, words or {})[0]
    public = {"committee": mine.body.public_id, "number": row.number, "step": step, "about": about}
    if step in rules.steps and rules.steps[step].inside:
        del public["about"]  # who thinks what of which case is the committee's own
    public |= {name: one.gives[name] for name in PUBLIC if name in one.gives}
    receipt = act(
        f"review.{_kind(rules, step)}",
        _thing(mine, after, about),
        by=person.public_id,
        public=public,
        private={"gives": dict(one.gives), "words": dict(words or {}), "behalf": behalf, "chain": row.chain},
        payload={"step": step, "number": row.number, "by": person.public_id},
    )
    return Taken(row, receipt, after)


@transaction.atomic
def seed(
    committee: Committee,
    acts: Iterable[tuple[Act, Mapping[str, Any]]],
    people: Mapping[str, Person],
    found_at: Callable[[Rules, Standing, Act], Mapping[str, Any]],
) -> Standing:
    """Acts of the example world, which stand in no record: they are played as all others are, and can be removed.

    ``found_at``: what a count finds, as meetings have it.

    :raises ProcedureError: where one of them could not have been taken.
    """
    mine = locked(committee)
    standing, rules = stored(mine), rules_of(mine)
    for one, words in acts:
        said = found_at(rules, standing, one) if one.step == "count" else words
        standing = take(rules, standing, one)
        _store(mine, [one], people.get(one.by), said)
    return standing


def _kind(rules: Rules, step: str) -> str:
    """What kind of act it is for those who are told of it."""
    if step == APPLY:
        return "applied"
    if step in MEETING:
        return "met"
    if step not in rules.steps:
        return "arranged"
    return "decided" if "decides" in rules.steps[step].gives else "stepped"


def _thing(committee: Committee, standing: Standing, about: str) -> str:
    if about in standing.cases:
        return f"ethics-case:{about}"
    return f"ethics-meeting:{about}" if about in standing.sittings else str(committee.body)


def locked(committee: Committee) -> Committee:
    """The committee, so that nobody else acts before it meanwhile."""
    return Committee.objects.select_for_update(of=("self",)).select_related("body__organisation").get(pk=committee.pk)


def brought_up(committee: Committee) -> Standing:
    """The standing after seats that were taken or left meanwhile are entered; within a transaction, the committee locked."""
    standing, rules = stored(committee), rules_of(committee)
    acts = list(seat_acts(committee, standing, now()))
    _store(committee, acts, None, {})
    for one in acts:
        standing = take(rules, standing, one)
    return standing


def _store(committee: Committee, acts: list[Act], person: Person | None, words: Mapping[str, Any]) -> list[Done]:
    last = committee.acts.order_by("-number").first()
    number = last.number if last else 0
    chain = last.chain if last else beginning(committee.body.public_id, committee.rules)
    rows = []
    for place, one in enumerate(acts, number + 1):
        chain = link(chain, one, committee.edition)
        rows.append(
            Done.objects.create(
                committee=committee,
                number=place,
                step=one.step,
                at=one.at,
                by=one.by,
                behalf=one.behalf,
                about=one.about,
                gives=dict(one.gives),
                words=dict(words),
                edition=committee.edition,
                chain=chain,
                person=person,
            )
        )
    return rows
