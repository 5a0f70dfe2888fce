"""Periods: what a clock counts. ``10 working-days`` is no length of time but a way of counting from an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from guiju.calendars.durations import split_amount, unknown_unit
from guiju.calendars.errors import CalendarError

Unit = Literal["hour", "day", "working-day", "month", "year"]

UNITS: Final[tuple[Unit, ...]] = get_args(Unit)


@dataclass(frozen=True, slots=True)
class Period:
    """So many of one unit, one at least."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not isinstance(self.amount, int):
            raise CalendarError("calendars.not-whole", got=str(self.amount), unit=f"{self.unit}s")
        if self.amount < 1:
            raise CalendarError("calendars.not-positive", got=f"{self.amount} {self.unit}s")
        if self.unit not in UNITS:
            raise unknown_unit(f"{self.amount} {self.unit}", str(self.unit), [*UNITS])

    @property
    def months(self) -> int:
        """A period of months or years in months; 0 for one of other units."""
        return self.amount * {"month": 1, "year": 12}.get(self.unit, 0)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}" if self.amount == 1 else f"{self.amount} {self.unit}s"


def parse_period(text: str) -> Period:
    """``72 hours``, ``15 days``, ``10 working-days``, ``6 months``, ``2 years``; a week is seven days."""
    amount, unit = split_amount(text, "calendars.unreadable-period")
    if amount != amount.to_integral_value():
        raise CalendarError("calendars.not-whole", got=text, unit=f"{unit}s")
    if unit == "week":
        return Period(int(amount) * 7, "day")
    if unit not in UNITS:
        raise unknown_unit(text, unit, [*UNITS, "week"])
    return Period(int(amount), unit)
