"""What accounts do by themselves: what is over is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from guiju.calendars import now
from guiju.institutions.hall.tasks import every
from guiju.institutions.people.models import Person

UNCONFIRMED: Final = timedelta(days=3)
"""How long somebody may take to confirm the address of a new account; then it was never opened."""


@every(hours=1)
def forget_sessions() -> int:
    """Sessions that are over are deleted, and that they were; how many."""
    ended = Session.objects.filter(expire_date__lt=now()).delete()[0]
    there = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(there)).delete()
    return ended


@every(hours=6)
def forget_unconfirmed() -> int:
    """Accounts whose address nobody confirmed, and that nobody ever signed in to, are deleted; how many.

    Only those that were opened by signing up: they have an address that waits.
    """
    mine = EmailAddress.objects.filter(user=OuterRef("pk"))
    never = Person.objects.filter(last_login=None, created__lt=now() - UNCONFIRMED)
    left = never.filter(Exists(mine), ~Exists(mine.filter(verified=True)), memberships=None, seats=None)
    return left.delete()[1].get("people.Person", 0)
