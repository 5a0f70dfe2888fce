"""Time as the law has it: civil dates known in part, durations, working-day calendars, time limits, and the one "now".

Calendars and counting rules are dated data (``data/``), each with its source and how it was checked. Comparisons are
three-valued: ``None`` is "what is known does not settle it". Nothing here reads a date out of a time, or a time out of a date.
"""

from guiju.calendars.clock import fixed, now, set_clock, today
from guiju.calendars.data_files import Checked
from guiju.calendars.days import (
    NEVER,
    DateRange,
    Day,
    NeverDay,
    When,
    add_months,
    as_range,
    at_or_before,
    before,
    parse_day,
    parse_partial,
    same,
)
from guiju.calendars.durations import (
    Duration,
    at_least,
    at_most,
    compare,
    equal,
    less_than,
    month_bounds,
    more_than,
    parse_duration,
)
from guiju.calendars.errors import CalendarError
from guiju.calendars.in_words import duration_words, period_words, words
from guiju.calendars.limits import TimeLimit, add
from guiju.calendars.periods import Period, parse_period
from guiju.calendars.rules import CountingRule, counting, counting_rules
from guiju.calendars.working_days import Calendar, calendar, calendars

__all__ = [
    "NEVER",
    "Calendar",
    "CalendarError",
    "Checked",
    "CountingRule",
    "DateRange",
    "Day",
    "Duration",
    "NeverDay",
    "Period",
    "TimeLimit",
    "When",
    "add",
    "add_months",
    "as_range",
    "at_least",
    "at_most",
    "at_or_before",
    "before",
    "calendar",
    "calendars",
    "compare",
    "counting",
    "counting_rules",
    "duration_words",
    "equal",
    "fixed",
    "less_than",
    "month_bounds",
    "more_than",
    "now",
    "parse_day",
    "parse_duration",
    "parse_partial",
    "parse_period",
    "period_words",
    "same",
    "set_clock",
    "today",
    "words",
]
