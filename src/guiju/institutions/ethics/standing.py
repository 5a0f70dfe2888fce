"""How a committee stands: its acts, played by its rules; with the seats that people took or left meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import transaction

from guiju.calendars import now
from guiju.institutions.ethics.models import Committee, Done
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.keeping import Keeping
from guiju.institutions.people.models import Seat
from guiju.procedure import Act, Rules, Standing, begin, day_of, rules_named, take

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


def stored(committee: Committee) -> Standing:
    """The standing after every act that is stored, each played once in this process."""
    rules = rules_of(committee)
    last = committee.acts.order_by("-number").values_list("number", "pk").first()
    if last is None:
        return begin(rules)
    number, pk = last
    key = (committee.body.public_id, committee.rules, site_corpus().edition)
    held: tuple[int, int, Standing] | None = _kept.found.get(key)
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


def seat_acts(committee: Committee, standing: Standing, at: datetime) -> Iterator[Act]:
    """Seats that the acts do not know of yet, or do not know to have ended."""
    rules = rules_of(committee)
    known = {one.name for one in rules.categories}
    at = max(at, standing.last or at)
    for seat in Seat.objects.filter(body_id=committee.body_id, person__isnull=False).select_related("person").order_by("pk"):
        found = standing.seats.get(seat.public_id)
        if found is None and seat.post in rules.posts:
            assert seat.person is not None
            categories = [OUTSIDE] if seat.outside and OUTSIDE in known else []
            given = {"person": seat.person.public_id, "post": seat.post, "categories": categories}
            yield Act("seat", at, "", seat.public_id, {**given, "begins": str(seat.begins), "ends": str(seat.ends)})
        if seat.left is not None and (found is None or found.ended is None) and seat.post in rules.posts:
            yield Act("seat-ended", at, "", seat.public_id, {"on": str(day_of(rules, seat.left))})
