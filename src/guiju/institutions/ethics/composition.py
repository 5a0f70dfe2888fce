"""Who sits in a committee, in numbers: members with a vote, posts, kinds of members. Everybody who counts them asks here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guiju.institutions.ethics.standing import OUTSIDE
from guiju.procedure import Rules, Seat


@dataclass(frozen=True, slots=True)
class Composition:
    """A committee in numbers: members with a vote, how many have each post, how many are of each kind. Nobody by name."""

    members: int
    posts: Mapping[str, int]
    kinds: Mapping[str, int]


def voters(rules: Rules, seats: Sequence[Seat]) -> list[Seat]:
    """Those of some seats that have a vote: the members, whose number and kinds the rules ask for."""
    return [one for one in seats if one.post in rules.votes]


def composed(rules: Rules, seats: Sequence[Seat]) -> Composition:
    """Seats in numbers."""
    members = voters(rules, seats)
    return Composition(
        len(members),
        {post: sum(one.post == post for one in seats) for post in rules.posts},
        {kind.name: sum(kind.name in one.categories for one in members) for kind in rules.categories},
    )


def kinds_held(rules: Rules, seats: Sequence[Seat]) -> dict[str, bool | None]:
    """Whether a member of each kind is among some seats; None where somebody is not described yet and may be."""
    described = all(one.categories - {OUTSIDE} for one in voters(rules, seats))
    return {name: True if count else False if described else None for name, count in composed(rules, seats).kinds.items()}
