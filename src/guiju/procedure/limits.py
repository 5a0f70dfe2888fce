"""Time limits of a case: which run, until when, whether the law means them strictly, and whether they are over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from guiju.calendars import Period, TimeLimit, add, calendar, counting
from guiju.logic import Truth, evaluate
from guiju.procedure.errors import ProcedureError
from guiju.procedure.facts import known
from guiju.procedure.rules import Limit, Rules
from guiju.procedure.standing import Act, Case, Standing


@dataclass(frozen=True, slots=True)
class Running:
    """A limit that runs: from which day, its last day (earliest, where the calendar does not settle it), and how it stands.

    ``moment``: for hours, the moment itself. ``extended``: the day was stated in an extension.
    """

    limit: Limit
    case: str
    began: datetime
    due: date
    moment: datetime | None
    settled: bool
    extended: bool

    def over(self, at: datetime, place: str) -> bool:
        """Whether it is over at a moment."""
        if self.moment is not None and not self.extended:
            return at > self.moment
        return at.astimezone(ZoneInfo(place)).date() > self.due


def running(rules: Rules, standing: Standing, case: str, at: datetime) -> tuple[Running, ...]:
    """The limits of a case that run at a moment, the next due first; also those of which it is not known whether they do."""
    found = standing.cases.get(case)
    if found is None:
        raise ProcedureError("procedure.no-case", got=case)
    nothing = Act("", at, "", case)
    facts = known(rules, standing, nothing, at.astimezone(ZoneInfo(rules.place)).date())
    live = [one for one in rules.limits if evaluate(one.when, facts) is not Truth.FALSE]
    held = (_running(rules, standing, found, one) for one in live)
    return tuple(sorted((one for one in held if one is not None), key=lambda one: (one.due, one.limit.name)))


def _running(rules: Rules, standing: Standing, case: Case, limit: Limit) -> Running | None:
    if limit.states and case.state not in limit.states:
        return None
    began = max((case.taken[one] for one in limit.after if one in case.taken), default=None)
    ended = max((case.taken[one] for one in limit.until if one in case.taken), default=None)
    if began is None or (ended is not None and ended >= began and not limit.every):
        return None
    if limit.every and ended is not None:
        began = max(began, ended)
    amount = standing.charter.get(limit.within)
    if not isinstance(amount, int):
        return None
    last = _last(rules, limit, began, amount)
    stated = case.until.get(limit.extended_by) if limit.extended_by and case.taken.get(limit.extended_by, began) > began else None
    due = last.due.earliest
    assert isinstance(due, date)
    return Running(limit, case.id, began, stated or due, last.moment, last.settled, stated is not None)


def _last(rules: Rules, limit: Limit, began: datetime, amount: int) -> TimeLimit:
    period = Period(amount, limit.unit)  # type: ignore[arg-type]  # the reader took only units
    start: date = began if limit.unit == "hour" else began.astimezone(ZoneInfo(rules.place)).date()
    return add(start, period, calendar(rules.law), counting(rules.law))
