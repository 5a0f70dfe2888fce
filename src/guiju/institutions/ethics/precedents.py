"""Earlier decisions that are near to a case, before it is voted on; who decides otherwise says why.

How near is a share: of what the two cases touch on together (both the matters named and the kind of thing) in what either
touches on. It is simple on purpose: whoever votes can see why a case stands here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from guiju.institutions.ethics.models import Case, Done
from guiju.institutions.ethics.standing import rules_of

NEAR: Final = Fraction(1, 2)
"""From this share on a case counts as near: a decision otherwise is a departure that is to be explained."""

SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Precedent:
    """A decided case: what it has in common with another, and how it was decided."""

    case: Case
    decision: Done
    share: Fraction
    common: frozenset[str]

    @property
    def near(self) -> bool:
        """Whether a decision otherwise is to be explained."""
        return self.share >= NEAR

    @property
    def outcome(self) -> str:
        """How it was decided."""
        return str(self.decision.gives.get("outcome", ""))


def features(case: Case) -> frozenset[str]:
    """What a case touches on."""
    return frozenset([*case.matters, f"kind:{case.kind}"])


def share_of(one: Iterable[str], other: Iterable[str]) -> Fraction:
    """The share that two sets have in common, of all that is in either (Jaccard); nothing in common with nothing."""
    first, second = frozenset(one), frozenset(other)
    return Fraction(len(first & second), len(first | second)) if first | second else Fraction(0)


def precedents(case: Case, most: int = SHOWN) -> list[Precedent]:
    """The nearest decided cases of the same committee, the nearest and then the newest first."""
    mine = features(case)
    steps = rules_of(case.committee).deciding
    last: dict[str, Done] = {}
    for row in case.committee.acts.filter(step__in=steps).exclude(about=case.public_id).order_by("number"):
        last[row.about] = row
    cases = Case.objects.filter(public_id__in=last)
    found = [Precedent(one, last[one.public_id], share_of(mine, features(one)), mine & features(one)) for one in cases]
    near = [one for one in found if any(not name.startswith("kind:") for name in one.common)]
    return sorted(near, key=lambda one: (one.share, one.decision.number), reverse=True)[:most]


def departs(case: Case, outcome: str) -> bool:
    """Whether a decision would be otherwise than the nearest near one."""
    nearest = next(iter(precedents(case, 1)), None)
    return nearest is not None and nearest.near and nearest.outcome != outcome
