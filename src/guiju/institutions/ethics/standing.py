"""How a committee stands: its acts, played by its rules; with the seats that people took or left meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Generic, TypeVar

from guiju.calendars import now
from guiju.institutions.ethics.chaining import beginning, link
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Committee, Done
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.keeping import Keeping
from guiju.institutions.people.models import Seat
from guiju.procedure import Act, Rules, Standing, begin, day_of, rules_named, take
from guiju.procedure import Seat as Seated
from guiju.wording import LANGUAGES, GuijuError

CHARTER: Final = "charter"
DESCRIBED: Final = "seat-described"
OUTSIDE: Final = "outside"
"""The category of members from outside the unit, which a seat's own mark says."""

NEAR: Final = 64
"""How far back it is looked for something that was kept, before all acts are played."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Played:
    """An act that was played: by which rules, and how the committee stood before and after it."""

    row: Done
    rules: Rules
    before: Standing
    after: Standing


def rules_of(committee: Committee) -> Rules:
    """The rules of procedure of a committee, in the edition by which it now works.

    Where this house does not have that edition they are those of today, to tell what there is in words: its acts cannot be played
    then, so no step is taken by them.
    """
    return rules_at(committee, committee.edition)


def rules_at(committee: Committee, edition: str) -> Rules:
    """The rules of a committee in an edition, to tell what was done by it; those of today where it is not in this house."""
    try:
        return rules_named(committee.rules, site_corpus(), edition)
    except GuijuError:
        return rules_named(committee.rules, site_corpus())


def act_of(row: Done) -> Act:
    """A stored act, as the rules play it."""
    return Act(row.step, row.at, row.by, row.about, row.gives, row.behalf)


def moment_of(standing: Standing) -> datetime:
    """Now, as an act has it: none comes before the last one, whatever the clock says."""
    at = now()
    return max(at, standing.last or at)


def played(committee: Committee, rows: Iterable[Done], standing: Standing | None = None, chain: str = "") -> Iterator[Played]:
    """Acts one after another, each by the edition of the rules by which it was done; from the beginning, or after others.

    :raises EthicsError: where one of them cannot be played: it was altered, or its edition is not in this house.
    """
    chain = chain or beginning(committee.body.public_id, committee.rules)
    for row in rows:
        chain = link(chain, act_of(row), row.edition)
        if chain != row.chain:
            raise EthicsError("ethics.act-altered", status_code=503, number=row.number)
        try:
            rules = rules_named(committee.rules, site_corpus(), row.edition)
            before = begin(rules) if standing is None else standing
            standing = take(rules, before, act_of(row))
        except GuijuError as problem:
            why = {lang: problem.message(lang) for lang in LANGUAGES}
            raise EthicsError("ethics.act-unplayable", status_code=503, number=row.number, why=why) from problem
        yield Played(row, rules, before, standing)


class Following(Generic[T]):
    """Something that is worked out from the acts one after another; each act is looked at once in this process.

    What is kept stands under the digest of all acts up to there, so it holds whatever a transaction comes to.
    """

    def __init__(self, most: int, begins: T, step: Callable[[T, Played], T]) -> None:
        self._kept = Keeping(most)
        self._begins = begins
        self._step = step

    def after_all(self, committee: Committee) -> tuple[Standing, T]:
        """The standing after every act that is stored, and what was worked out by then.

        :raises EthicsError: where an act cannot be played.
        """
        edition = site_corpus().edition
        last = committee.acts.order_by("-number").values_list("number", "chain").first()
        if last is None:
            return begin(rules_of(committee)), self._begins
        held: tuple[Standing, T] | EthicsError | None = self._kept.held((last[1], edition))
        if isinstance(held, EthicsError):
            raise held.with_traceback(None)  # or what is kept would grow each time it is raised
        return held or self._played_on(committee, edition, *last)

    def _played_on(self, committee: Committee, edition: str, until: int, last: str) -> tuple[Standing, T]:
        """Up to the act ``until``, whose digest is ``last``: meanwhile somebody may have stored another."""
        number, chain, found = 0, "", self._begins
        standing: Standing | None = None
        for place, key in committee.acts.filter(number__lt=until).order_by("-number").values_list("number", "chain")[:NEAR]:
            held: tuple[Standing, T] | EthicsError | None = self._kept.held((key, edition))
            if isinstance(held, tuple):
                number, chain, (standing, found) = place, key, held
                break
        rows = committee.acts.filter(number__gt=number, number__lte=until).order_by("number")
        try:
            for one in played(committee, rows, standing, chain):
                standing, found = one.after, self._step(found, one)
        except EthicsError as problem:
            self._kept.put((last, edition), problem)  # so that a list does not play them again and again to find the same
            raise
        assert standing is not None
        self._kept.put((last, edition), (standing, found))
        return standing, found


_standing: Final[Following[None]] = Following(256, None, lambda _found, _one: None)


def stored(committee: Committee) -> Standing:
    """The standing after every act that is stored.

    :raises EthicsError: where an act cannot be played.
    """
    return _standing.after_all(committee)[0]


def standing_of(committee: Committee) -> Standing:
    """The standing as of now: with seats that were taken or left since the last act."""
    standing, rules = stored(committee), rules_of(committee)
    for act in seat_acts(committee, standing, now()):
        standing = take(rules, standing, act)
    return standing


def standings_of(committees: Iterable[Committee]) -> dict[int, Standing]:
    """The standing of each of some committees, by its key, each worked out once; none of one whose acts cannot be played.

    A page of many committees tells of the others; what became of that one, its own pages say.
    """
    found: dict[int, Standing] = {}
    for one in {one.pk: one for one in committees}.values():
        with suppress(GuijuError):
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


def _begun(rules: Rules, seat: Seat, known: dict[str, Seated], at: datetime) -> Iterator[Act]:
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


def _ended(rules: Rules, seat: Seat, known: dict[str, Seated], at: datetime) -> Iterator[Act]:
    assert seat.left is not None
    day = day_of(rules, seat.left)
    known[seat.public_id] = replace(known[seat.public_id], ended=day)
    yield Act("seat-ended", at, "", seat.public_id, {"on": str(day)})
