"""Time limits: from an event, a period, a calendar and a counting rule to the last day.

One interpreter for every law; what differs stands in ``data/counting.toml``. A day that the calendar does not know yet may be
worked or not, so the last day is counted twice: as if every such day were worked, and as if none were. Where both agree
the limit is settled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from guiju.calendars.days import NEVER, DateRange, NeverDay, add_months
from guiju.calendars.errors import CalendarError
from guiju.calendars.periods import Period
from guiju.calendars.rules import CountingRule
from guiju.calendars.working_days import Calendar

_DAY = timedelta(days=1)

_NEAR = 400
"""Days that are looked at one by one; what lies farther is counted."""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """The last day on which something is in time (counted backwards: the day by which it has to lie).

    ``due`` is an interval while the calendar is not published that far. ``moment`` is given for hours counted from a moment.
    ``note`` and ``cautions`` are catalogue codes for the reader; ``fields`` fill the note.
    """

    due: DateRange
    rule: str
    calendar: str | None = None
    moment: datetime | None = None
    note: str | None = None
    cautions: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether the last day is certain."""
        return self.due.settled

    @property
    def not_before(self) -> date | NeverDay:
        """The last day lies here or later."""
        return self.due.earliest

    @property
    def fields(self) -> dict[str, str]:
        """What fills the text of ``note``."""
        return {"not_before": str(self.due.earliest), "not_after": str(self.due.latest), "calendar": self.calendar or ""}


def add(
    start: date,
    period: Period,
    calendar: Calendar | None,
    counting: CountingRule,
    *,
    backwards: bool = False,
) -> TimeLimit:
    """The time limit of a period from the day (or, for hours, the moment with its offset) of an event.

    Without a calendar, rest days are not looked at: the end is not moved (``note`` says so where the rule would move it),
    and working days cannot be counted. ``backwards`` counts back from the event, for what has to be done so long before it.
    """
    if isinstance(start, datetime) and period.unit != "hour":
        raise CalendarError("calendars.not-a-day", got=start.isoformat(), near=start.date().isoformat())
    try:
        if period.unit == "hour":
            return _hours(start, period.amount, counting, backwards)
        return _days(start, period, calendar, counting, -1 if backwards else 1)
    except OverflowError as error:
        raise CalendarError("calendars.too-far", got=str(start)) from error


def _days(start: date, period: Period, calendar: Calendar | None, counting: CountingRule, way: int) -> TimeLimit:
    cautions = tuple(code for code in (counting.caution, calendar.caution if calendar else None) if code)
    if calendar is None:
        if period.unit == "working-day":
            raise CalendarError("calendars.needs-calendar", got=str(period))
        moves = period.unit in counting.rolls_units and (way > 0 or counting.rolls_backwards)
        note = "calendars.not-moved" if moves else None
        return TimeLimit(DateRange.on(_nominal(start, period, counting, way)), counting.id, None, None, note, cautions)
    ends = [_Count(start, period, calendar, counting, way, worked).last_day() for worked in (True, False)]
    if way < 0:
        ends.reverse()  # the more days are rest days, the earlier a backward limit lies
    due = DateRange(ends[0], ends[1]) if way > 0 else _backward_range(ends[0], ends[1])
    note = None if due.settled else _why_open(start, calendar, way)
    return TimeLimit(due, counting.id, calendar.name, None, note, cautions)


def _backward_range(earliest: date | NeverDay, latest: date | NeverDay) -> DateRange:
    """Counting back into days that no notice speaks of finds no first day: the interval then begins where dates begin."""
    return DateRange(date.min if earliest is NEVER else earliest, latest)


def _why_open(start: date, calendar: Calendar, way: int) -> str:
    past = start >= calendar.valid_from if way > 0 else calendar.valid_until < start
    return "calendars.not-yet-published" if past else "calendars.not-held"


def _nominal(start: date, period: Period, counting: CountingRule, way: int) -> date:
    """The end before rest days are looked at: the day of the event is not counted, unless the rule counts it.

    In months and years the period ends on the same date, or on the month's last day (1182/71 Article 3(2)(c); Civil Code 202).
    """
    if period.unit in ("month", "year"):
        end = add_months(start, way * period.amount * (12 if period.unit == "year" else 1))
    else:
        end = start + way * period.amount * _DAY
    return end - way * _DAY if counting.day_of_event_counts else end


@dataclass(frozen=True, slots=True)
class _Count:
    """One count through a calendar; days that it does not know are all worked, or all rest days."""

    start: date
    period: Period
    calendar: Calendar
    counting: CountingRule
    way: int
    unknown_worked: bool

    def last_day(self) -> date | NeverDay:
        if self.period.unit == "working-day":
            first = self.start - self.way * _DAY if self.counting.day_of_event_counts else self.start
            return self._working_days_from(first, self.period.amount)
        end: date | NeverDay = _nominal(self.start, self.period, self.counting, self.way)
        if self.period.unit in self.counting.rolls_units and (self.way > 0 or self.counting.rolls_backwards):
            end = self._moved(end)
        return self._with_minimum(end)

    def _worked(self, day: date) -> bool:
        worked = self.calendar.is_working_day(day)
        return self.unknown_worked if worked is None else worked

    def _rests(self, day: date) -> bool:
        kind = self.calendar.kind(day)
        return not self.unknown_worked if kind is None else kind in self.counting.rolls_over

    def _lost(self, day: date) -> bool:
        """Nothing more is known in this direction, and what is not known is no working day: there is no end."""
        beyond = day > self.calendar.valid_until if self.way > 0 else day < self.calendar.valid_from
        return beyond and not self.unknown_worked

    def _working_days_from(self, day: date | NeverDay, wanted: int) -> date | NeverDay:
        walked = 0
        while wanted:
            if not isinstance(day, date) or self._lost(day):
                return NEVER
            if walked == _NEAR:
                return self._far_from(day, wanted)
            day += self.way * _DAY
            wanted -= self._worked(day)
            walked += 1
        return day

    def _far_from(self, day: date, wanted: int) -> date | NeverDay:
        """The same without walking there: how many days are worked up to a day is known without looking at each."""
        most = ((date.max - day) if self.way > 0 else (day - date.min)).days
        if self._held(day, most) < wanted:
            edge = self.calendar.valid_until if self.way > 0 else self.calendar.valid_from
            if not self.unknown_worked and isinstance(edge, date):
                return NEVER
            raise OverflowError
        least = 0
        while most - least > 1:
            middle = (least + most) // 2
            least, most = (middle, most) if self._held(day, middle) < wanted else (least, middle)
        return day + self.way * most * _DAY

    def _held(self, day: date, length: int) -> int:
        """How many of the next so many days are worked."""
        near, far = day + self.way * _DAY, day + self.way * length * _DAY
        known, unknown = self.calendar.counted(min(near, far), max(near, far)) if length else (0, 0)
        return known + unknown * self.unknown_worked

    def _moved(self, day: date | NeverDay) -> date | NeverDay:
        """To the next day on which a period may end (1182/71 Article 3(4); Civil Code 203)."""
        if isinstance(day, date) and not self.unknown_worked:
            day = self._into_calendar(day)
        while isinstance(day, date) and self._rests(day):
            if self._lost(day):
                return NEVER
            day += self.way * _DAY
        return day

    def _into_calendar(self, day: date) -> date:
        """Past days that no notice speaks of, where all of them count as rest days, to the first that one speaks of."""
        edge = self.calendar.valid_from if self.way > 0 else self.calendar.valid_until
        if not isinstance(edge, date):
            return day
        return max(day, edge) if self.way > 0 else min(day, edge)

    def _with_minimum(self, end: date | NeverDay) -> date | NeverDay:
        """A period of two days or more holds at least two working days (1182/71 Article 3(5))."""
        least = self.counting.minimum
        if least is None or self.way < 0 or self.period.unit not in least.units or self.period.amount < least.long:
            return end
        if not isinstance(end, date):
            return end
        held = self._held(self.start, max(0, (end - self.start).days))
        return self._working_days_from(end, max(0, least.working_days - held))


def _hours(start: date, amount: int, counting: CountingRule, backwards: bool) -> TimeLimit:
    """Hours run through rest days and are never moved; under 1182/71 the hour of the event is not counted (Article 3(1)).

    From a day alone the moment is not known: the limit is the interval of days that it may end on, on a clock that no
    summer time moves. The end of a day is 24:00 of that day, not 0:00 of the next.
    """
    cautions = (counting.caution,) if counting.caution else ()
    span = timedelta(hours=-amount if backwards else amount)
    if isinstance(start, datetime):
        if start.tzinfo is None:
            raise CalendarError("calendars.naive-moment", got=start.isoformat())
        end = (_first_counted(start, counting, backwards).astimezone(UTC) + span).astimezone(start.tzinfo)
        return TimeLimit(DateRange.on(_day_ending(end)), counting.id, None, end, None, cautions)
    opening = datetime.combine(start, time())
    first = _first_counted(opening, counting, backwards) + span
    last = _first_counted(opening + _DAY - timedelta(microseconds=1), counting, backwards) + span
    due = DateRange(_day_ending(first + timedelta(microseconds=counting.hour_of_event_counts)), _day_ending(last))
    return TimeLimit(due, counting.id, None, None, None if due.settled else "calendars.hour-not-known", cautions)


def _first_counted(moment: datetime, counting: CountingRule, backwards: bool) -> datetime:
    if counting.hour_of_event_counts:
        return moment
    hour = moment.replace(minute=0, second=0, microsecond=0)
    return hour if backwards else hour + timedelta(hours=1)


def _day_ending(moment: datetime) -> date:
    """The civil day that a moment belongs to, midnight being the end of the day before."""
    return (moment - timedelta(microseconds=1)).date()
