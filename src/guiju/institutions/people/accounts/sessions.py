"""Where a person is signed in: which browsers, since when, last used when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from guiju.calendars import now
from guiju.institutions.people.accounts.words import said
from guiju.institutions.people.models import Person

NOTED: Final = timedelta(hours=1)
"""How exactly it is known when a session was last used."""

_USED: Final = "used"

_BROWSERS: Final = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Signed:
    """One session, as its person sees it."""

    id: int
    where: str
    since: datetime
    used: datetime
    current: bool


def note_use(request: HttpRequest) -> None:
    """Note that a session is used, at most once an hour."""
    moment = now()
    stamp = int(moment.timestamp())
    if request.session.is_empty() or stamp - request.session.get(_USED, 0) < NOTED.total_seconds():
        return
    request.session[_USED] = stamp
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=moment)


def sessions_of(request: HttpRequest, person: Person) -> list[Signed]:
    """The sessions of a person, the one that asks first."""
    mine = request.session.session_key
    found = UserSession.objects.purge_and_list(person)
    listed = [Signed(one.pk, browser(one.user_agent), one.created_at, one.last_seen_at, one.session_key == mine) for one in found]
    return sorted(listed, key=lambda one: (not one.current, -one.used.timestamp()))


def end_session(person: Person, which: int) -> bool:
    """End one session of a person; False where there is none such."""
    found = UserSession.objects.filter(user=person, pk=which).first()
    if found is None:
        return False
    found.end()
    return True


def end_others(request: HttpRequest, person: Person) -> int:
    """End all sessions of a person but the one that asks; how many."""
    others = [one for one in UserSession.objects.filter(user=person) if one.session_key != request.session.session_key]
    for one in others:
        one.end()
    return len(others)


def browser(agent: str) -> str:
    """What a browser says of itself, in words: "Firefox, Windows"."""
    name = next((shown for sign, shown in _BROWSERS if re.search(rf"\b{sign}", agent)), "")
    system = next((shown for sign, shown in _SYSTEMS if sign in agent), "")
    if name and system:
        return said("accounts.session-browser", name=name, system=system)
    return name or system or said("accounts.session-unknown")
