"""A person's due days as an iCalendar file (RFC 5545), and the key of its address, shown once and kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from icalendar import Calendar
from icalendar import Event as CalendarEntry

from guiju.calendars import now
from guiju.institutions.people.cases import Case
from guiju.institutions.people.models import CalendarKey, Person
from guiju.wording import fill

_NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:guiju:cases")


def _hash(key: str) -> str:
    return hashlib.sha256(f"guiju-calendar/1\n{key}".encode()).hexdigest()


@transaction.atomic
def new_key(person: Person) -> str:
    """A new key of somebody's calendar; the one before opens nothing any more."""
    key = secrets.token_urlsafe(24)
    CalendarKey.objects.update_or_create(person=person, defaults={"key_hash": _hash(key), "made": now()})
    return key


def end_key(person: Person) -> None:
    """Let nobody read somebody's calendar any more."""
    CalendarKey.objects.filter(person=person).delete()


def person_of(key: str) -> Person | None:
    """Whose calendar a key opens."""
    found = CalendarKey.objects.select_related("person").filter(key_hash=_hash(key), person__is_active=True).first()
    return found.person if found else None


def calendar_file(person: Person, cases: Iterable[Case], lang: str, base: str, at: datetime | None = None) -> bytes:
    """The cases that have a due day, each an entry of the whole day; ``base`` stands before their addresses, or is empty."""
    found = Calendar()
    found.add("prodid", "-//Guiju//Due days//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", fill("people.calendar-name", lang, "message", {}))
    for one in cases:
        if one.due is None:
            continue
        entry = CalendarEntry()
        entry.add("uid", f"{uuid5(_NAMESPACE, f'{person.public_id} {one.key}')}@guiju")
        entry.add("dtstamp", at or now())
        entry.add("dtstart", one.due)
        entry.add("dtend", one.due + timedelta(days=1))
        entry.add("summary", one.title)
        told = "\n".join(part for part in (one.organisation, one.state, one.clause, one.calendar) if part)
        if told:
            entry.add("description", told)
        if base:
            entry.add("url", base + one.href)
        entry.add("transp", "TRANSPARENT")
        found.add_component(entry)
    return bytes(found.to_ical())
