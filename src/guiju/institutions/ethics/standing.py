"""How a committee stands: its acts, played by its rules; with the seats that people took or left meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import transaction

from guiju.calendars import now
from guiju.institutions.ethics.models import Committee, Done
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.keeping import Keeping
from guiju.institutions.people.models import Seat
from guiju.institutions.people.models import Seat as Row
from guiju.procedure import Act, Rules, Standing, begin, day_of, rules_named, take
from guiju.procedure import Seat as Seated

CHARTER: Final = "charter"
DESCRIBED: Final = "seat-described"
OUTSIDE: Final = "outside"
"""The category of members from outside the unit, which a seat's own mark says."""

_kept: Final = Keeping(64)


def rules_of(committee: Committee) -> Rules:
    """The rules of procedure of a committee."""
    return rules_named(committee.rules, site_corpus())


def act_of(row: Done) -> Act:
    """A stored act, as the rules play it."""
    return Act(row.step, row.at, row.by, row.about, row.gives, row.behalf)


def moment_of(standing: Standing) -> datetime:
    """Now, as an act has it: none comes before the last one, whatever the clock says."""
    at = now()
    return max(at, standing.last or at)


def stored(committee: Committee) -> Standing:
    """The standing after every act that is stored, each played once in this process."""
    rules = rules_of(committee)
    last = committee.acts.order_by("-number").values_list("number", "pk").first()
    if last is None:
        return begin(rules)
    number, pk = last
    key = (committee.body.public_id, committee.rules, site_corpus().edition)
    held: tuple[int, int, Standing] | None = _kept.held(key)
    if held is not None and held[:2] == (number, pk):
        return held[2]
    standing, after = begin(rules), 0
    if held is not None and held[0] < number and committee.acts.filter(number=held[0], pk=held[1]).exists():
        after, standing = held[0], held[2]
    for row in committee.acts.filter(number__gt=after).order_by("number"):
        standing = take(rules, standing, act_of(row))
    transaction.on_commit(lambda: _kept.put(key, (number, pk, standing)))  # what is rolled back was never so
    return standing


def standing_of(committee: Committee) -> Standing:
    """The standing as of now: with seats that were taken or left since the last act."""
    standing = stored(committee)
    for act in seat_acts(committee, standing, now()):
        standing = take(rules_of(committee), standing, act)
    return standing


def standings_of(committees: Iterable[Committee]) -> dict[int, Standing]:
    """The standing of each of some committees, by its key, each worked out once."""
    found: dict[int, Standing] = {}
    for one in committees:
        if one.pk not in found:
            found[one.pk] = standing_of(one)
    return found


def seat_acts(committee: Committee, standing: Standing, at: datetime) -> Iterator[Act]:
    """Seats that the acts do not know of yet, or do not know to have ended; what ended comes before what begins.

    A seat begins no earlier than the day on which the same person left another, whatever term was offered: nobody has two.
    """
    rules = rules_of(committee)
    at = max(at, standing.last or at)
    known = dict(standing.seats)
    rows = Seat.objects.filter(body_id=committee.body_id, person__isnull=False).select_related("person")
    held = [one for one in rows if one.post in rules.posts]
    for seat in held:
        found = known.get(seat.public_id)
        if found is not None and found.ended is None and seat.left is not None:
            yield from _ended(rules, seat, known, at)
    fresh = [one for one in held if one.public_id not in known]
    for seat in sorted(fresh, key=lambda one: (one.left is None, one.left or at, one.taken or at, one.pk)):
        yield from _begun(rules, seat, known, at)
        if seat.left is not None and seat.public_id in known:
            yield from _ended(rules, seat, known, at)


def _begun(rules: Rules, seat: Row, known: dict[str, Seated], at: datetime) -> Iterator[Act]:
    assert seat.person is not None
    person = seat.person.public_id
    before = [one.ended for one in known.values() if one.person == person and one.ended is not None]
    begins = max([seat.begins, *before])
    overlaps = any(one.person == person and one.meets(begins, seat.ends) for one in known.values())
    if begins > seat.ends or overlaps:  # it was over before it could begin
        return
    categories = [OUTSIDE] if seat.outside and OUTSIDE in {one.name for one in rules.categories} else []
    given = {"person": person, "post": seat.post, "categories": categories}
    known[seat.public_id] = Seated(seat.public_id, person, seat.post, frozenset(categories), begins, seat.ends)
    yield Act("seat", at, "", seat.public_id, {**given, "begins": str(begins), "ends": str(seat.ends)})


def _ended(rules: Rules, seat: Row, known: dict[str, Seated], at: datetime) -> Iterator[Act]:
    assert seat.left is not None
    day = day_of(rules, seat.left)
    known[seat.public_id] = replace(known[seat.public_id], ended=day)
    yield Act("seat-ended", at, "", seat.public_id, {"on": str(day)})
