"""Whether a sanction may be imposed on the day: orders that come first, law that goes first, moratoria (language, section 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiju.calendars import DateRange
from guiju.logic import Truth, any_of, evaluate
from guiju.norms.duties import AsOf
from guiju.norms.evaluation import Evaluation
from guiju.norms.model import Norm, Order, Yield
from guiju.norms.timing import Timing, enforced_from, reached, timing
from guiju.norms.world import Thing


@dataclass(frozen=True, slots=True)
class Ordered:
    """How an order stands on the day: whether it was given, and whether it has been obeyed."""

    order: Order
    given: Truth
    obeyed: Truth

    @property
    def defied(self) -> Truth:
        """Whether it was given and not obeyed."""
        return self.given & ~self.obeyed


@dataclass(frozen=True, slots=True)
class Yielded:
    """A clause by which a sanction lets other law go first, and whether it holds."""

    clause: Yield
    holds: Truth


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a sanction is enforced on the day; where it is not, ``enforced_from`` is the first day it is again."""

    timing: Timing
    enforced: bool
    enforced_from: date | None


def ordered(evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing | None) -> Ordered | None:
    """The order that comes before a sanction; None where it names none."""
    if norm.sanction is None or norm.sanction.order is None:
        return None
    order, on = norm.sanction.order, evaluation.program.on
    view = AsOf(evaluation.view(thing, party), on)
    day, done = view.value(order.given), view.value(order.obeyed)
    given = reached(on, day) if isinstance(day, DateRange) else Truth.UNKNOWN
    return Ordered(order, given, done if isinstance(done, Truth) else Truth.UNKNOWN)


def yielded(evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing | None) -> tuple[Yielded, ...]:
    """The clauses by which a sanction lets other law go first."""
    view = evaluation.view(thing, party)
    return tuple(Yielded(one, evaluate(one.when, view)) for one in norm.yields_to)


def standing(evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing | None, breached: str, duty: Timing) -> Standing:
    """How a sanction stands in time; a moratorium on the breached norm holds it back as one on the sanction does."""
    timed = timing(evaluation, norm, thing, party)
    held = [one for one, enforced in ((norm.id, timed.enforced), (breached, duty.enforced)) if not enforced]
    days = [enforced_from(evaluation.program, one) for one in held]
    later = None if None in days else max((day for day in days if day is not None), default=None)
    return Standing(timed, not held, later)


def imposable(breach: Truth, stands: Standing, holds: list[Truth], yields: tuple[Yielded, ...]) -> Truth:
    """Whether a sanction may be imposed now: the breach stands, the sanction is law, a tier holds, no other law goes first.

    A moratorium leaves this as it is: it says what is enforced, not what is law.
    """
    status = stands.timing.status
    law = Truth.TRUE if status == "applies" else Truth.of(None if status == "unknown" else False)
    return breach & law & any_of(holds) & ~any_of(one.holds for one in yields)
