"""Duties: people are reminded of what is due."""

from guiju.institutions.hall.tasks import every
from guiju.institutions.people import reminders
from guiju.institutions.people.accounts import duties

__all__ = ["duties", "remind"]


@every(hours=1)
def remind() -> int:
    """Letters about due days; how many."""
    return reminders.remind_all()
