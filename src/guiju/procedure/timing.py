"""When a time limit of a case began and when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from guiju.calendars import Period, TimeLimit, add, calendar, counting
from guiju.procedure.rules import Limit, Rules
from guiju.procedure.standing import Case, Standing


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


def running_limit(rules: Rules, standing: Standing, case: Case, limit: Limit) -> Running | None:
    """How a limit runs by the steps that were taken; None where it does not. For which cases it is meant is not asked here."""
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
