"""Sanctions as functions from circumstances to a range, at the authority's discretion (language, section 9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from guiju.logic import Interval, Truth, Value, evaluate
from guiju.norms.evaluation import Evaluation, View
from guiju.norms.model import Fine, Norm, Share, Tier
from guiju.norms.orders import Ordered, Standing, Yielded, imposable, ordered, standing, yielded
from guiju.norms.reasons import Needs
from guiju.norms.terms import Missing
from guiju.norms.timing import Timing
from guiju.norms.world import Thing


@dataclass(frozen=True, slots=True)
class FineRange:
    """The range of one fine.

    ``low`` is the least that may be imposed (None: no lower limit). The greatest lies between ``up_to`` and ``at_most``, which
    are equal when all that decides it is known; ``at_most`` None: no bound is known.
    """

    currency: str
    low: Decimal | None
    up_to: Decimal
    at_most: Decimal | None
    per: str | None = None

    @property
    def bound(self) -> str:
        """How to read the amount: up-to, at-least (the maximum is this or more), at-most (this or less), open (not known)."""
        if self.at_most == self.up_to:
            return "up-to"
        if self.at_most is None and self.up_to == 0:
            return "open"
        return "at-least" if self.at_most is None or self.up_to > 0 else "at-most"

    @property
    def amount(self) -> Decimal:
        """The amount that ``bound`` speaks of."""
        return self.at_most if self.bound == "at-most" and self.at_most is not None else self.up_to


@dataclass(frozen=True, slots=True)
class TierResult:
    """One tier as far as it may be reached: whether its condition holds, its measures, its fine."""

    holds: Truth
    measures: tuple[str, ...]
    fine: FineRange | None
    person_fine: FineRange | None
    tier: Tier


@dataclass(frozen=True, slots=True)
class Breach:
    """The breach a sanction answers: of which norm, whether it stands on the day, how that norm stands in time."""

    norm: str
    stands: Truth
    timing: Timing


@dataclass(frozen=True, slots=True)
class SanctionResult:
    """What one sanction norm threatens with, tier by tier.

    ``open``: whether it may be imposed now; ``after_order``: the tiers that only an order given and not obeyed would open.
    """

    norm: Norm
    tiers: tuple[TierResult, ...]
    missing: tuple[Missing, ...] = ()
    open: Truth = Truth.UNKNOWN
    order: Ordered | None = None
    after_order: tuple[TierResult, ...] = ()
    yields: tuple[Yielded, ...] = ()
    standing: Standing | None = None


def sanction_of(evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing | None, breach: Breach) -> SanctionResult:
    """What a sanction norm threatens this party with; tiers settled not to hold are left out."""
    key = (norm.id, id(thing), id(party))
    threat = evaluation.once(evaluation.threats, key, lambda: _threat(evaluation, norm, thing, party))
    stands = standing(evaluation, norm, thing, party, breach.norm, breach.timing)
    reached = breach.stands & evaluation.content(norm, thing, party)
    imposed = imposable(reached, stands, [one.holds for one in threat.tiers], threat.yields)
    return replace(threat, open=imposed, standing=stands)


def _threat(evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing | None) -> SanctionResult:
    """What it threatens with, whatever was broken: most sanctions stand behind many norms."""
    order = ordered(evaluation, norm, thing, party)
    defied = Truth.TRUE if order is None else order.defied
    every = tuple(_tiers(evaluation, norm, evaluation.view(thing, party)))
    tiers = tuple(replace(one, holds=one.holds & defied) for one in every if defied is not Truth.FALSE)
    missing = _missing(evaluation, norm, tiers, order, thing, party)
    later = every if defied is Truth.FALSE else ()
    return SanctionResult(norm, tiers, missing, Truth.UNKNOWN, order, later, yielded(evaluation, norm, thing, party))


def _tiers(evaluation: Evaluation, norm: Norm, view: View) -> Iterator[TierResult]:
    """The tiers whose own condition holds or may hold, whatever was ordered."""
    assert norm.sanction is not None
    for tier in norm.sanction.tiers:
        holds = evaluate(tier.when, view)
        if holds is Truth.FALSE:
            continue
        fine = None if norm.sanction.no_own_fine or tier.fine is None else fine_range(evaluation, norm, tier.fine, view)
        person = None if tier.person_fine is None else fine_range(evaluation, norm, tier.person_fine, view)
        yield TierResult(holds, tier.measures, fine, person, tier)


def _missing(
    evaluation: Evaluation, norm: Norm, tiers: Sequence[TierResult], order: Ordered | None, thing: Thing, party: Thing | None
) -> tuple[Missing, ...]:
    """What would have to be known for the order, the tiers and the ranges of their fines to be settled."""
    assert norm.sanction is not None
    needs = Needs(evaluation)
    if tiers and order is not None and order.defied is Truth.UNKNOWN:
        for name, truth in ((order.order.given, order.given), (order.order.obeyed, order.obeyed)):
            if truth is Truth.UNKNOWN:
                needs.add("fact", name, party)
    for one in norm.yields_to:
        needs.of_expr(one.when, thing, party)
    for result in tiers:
        needs.of_expr(result.tier.when, thing, party)
        for fine, found in ((result.tier.fine, result.fine), (result.tier.person_fine, result.person_fine)):
            if fine is None or found is None or found.bound == "up-to":
                continue
            for variant in norm.sanction.variants:
                if not variant.since or evaluation.program.begun(variant.since):
                    needs.of_expr(variant.when, thing, party)
            if fine.share is not None:
                needs.of_expr(fine.share.when, thing, party)
                if not settled(evaluation.view(thing, party).value(fine.share.of)):
                    needs.add("fact", fine.share.of, party)
    return tuple(needs.items)


def settled(value: Value | None) -> bool:
    """Whether a figure is one number."""
    return isinstance(value, Interval) and value.settled


def fine_range(evaluation: Evaluation, norm: Norm, fine: Fine, view: View) -> FineRange | None:
    """The range of one fine: every combination that is still possible, least and greatest; None where no fine is threatened."""
    highs: list[Decimal] = []
    unbounded = False
    for combine in _combines(evaluation, norm, fine, view):
        for low, high in _maxima(fine, combine, view):
            highs.append(low)
            if high is None:
                unbounded = True
            else:
                highs.append(high)
    if not highs:
        return None
    return FineRange(fine.currency, fine.low, min(highs), None if unbounded else max(highs), fine.per)


def _combines(evaluation: Evaluation, norm: Norm, fine: Fine, view: View) -> list[str]:
    """The ways the two limits may combine: a variant that holds, or that may hold, beside the rule."""
    assert norm.sanction is not None
    found: list[str] = []
    for variant in norm.sanction.variants:
        if variant.since and not evaluation.program.begun(variant.since):
            continue
        holds = evaluate(variant.when, view)
        if holds is not Truth.FALSE:
            found.append(variant.combine)
        if holds is Truth.TRUE:
            return found
    return [*found, fine.combine]


def _maxima(fine: Fine, combine: str, view: View) -> list[tuple[Decimal, Decimal | None]]:
    """The maximum as (least possible, greatest possible or None), for a share that counts and, where open, one that does not."""
    fixed = fine.high
    if fine.share is None:
        return [(fixed, fixed)] if fixed is not None else [(Decimal(0), None)]
    counts = evaluate(fine.share.when, view)
    found: list[tuple[Decimal, Decimal | None]] = []
    if counts is not Truth.TRUE and fixed is not None:
        found.append((fixed, fixed))
    if counts is Truth.UNKNOWN and fixed is None:  # there may be no fine at all
        found.append((Decimal(0), Decimal(0)))
    if counts is not Truth.FALSE:
        found.append(_combined(fixed, _shared(fine.share, view), combine))
    return found


def _shared(share: Share, view: View) -> tuple[Decimal, Decimal | None]:
    value = view.value(share.of)
    if not isinstance(value, Interval):
        return Decimal(0), None
    low = max(value.low or Decimal(0), Decimal(0)) * share.percent / 100
    return low, None if value.high is None else value.high * share.percent / 100


def _combined(fixed: Decimal | None, shared: tuple[Decimal, Decimal | None], combine: str) -> tuple[Decimal, Decimal | None]:
    low, high = shared
    if fixed is None:
        return low, high
    if combine == "lower":
        return min(fixed, low), fixed if high is None else min(fixed, high)
    return max(fixed, low), None if high is None else max(fixed, high)
