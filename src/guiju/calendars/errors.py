"""What a date, duration or time limit raises when it cannot be."""

from __future__ import annotations

from guiju.wording import GuijuError


class CalendarError(GuijuError):
    """A date, duration, period, calendar or place that cannot be taken as it stands."""
