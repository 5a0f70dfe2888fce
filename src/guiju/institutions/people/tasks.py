"""Duties: people are reminded of what is due; what is over is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from guiju.calendars import now
from guiju.institutions.hall.tasks import every
from guiju.institutions.people import invitations, reminders
from guiju.institutions.people.accounts import duties

__all__ = ["duties", "forget_invitations", "remind"]

AGAIN: Final = timedelta(hours=1)
"""How often everybody is asked for anew."""


@dataclass(slots=True)
class _Round:
    """How far this process has come with everybody; who was told already stands in the database."""

    began: datetime | None = None
    after: int | None = None


_round = _Round()


@every(seconds=20)
def remind() -> int:
    """Letters about due days, to some people at a time; how many."""
    if _round.after is None:
        if _round.began is not None and now() - _round.began < AGAIN:
            return 0
        _round.began, _round.after = now(), 0
    written, _round.after = reminders.remind_some(_round.after)
    return written


@every(hours=1)
def forget_invitations() -> int:
    """To whom invitations went that are long over; how many."""
    return invitations.forget_addresses()
