"""The days of a report as an iCalendar file: last days of time limits, and days from which rules begin to apply.

Format: RFC 5545. The same report gives the same file, byte for byte: its own day stands where a program would put the time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from guiju.assess.report_parts import Duty, Report
from guiju.assess.report_words import plain
from guiju.wording import fill

MOST_LISTED: Final = 40
"""Rules that one entry of the calendar lists; the rest are counted."""


def due_calendar(report: Report) -> bytes:
    """The file: an entry for every time limit that runs or has passed, and one for every day on which rules begin to apply."""
    found = Calendar()
    found.add("prodid", f"-//Guiju//{report.engine}//{report.lang.upper()}")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    name = plain(_say(report, "calendar-name", name=report.subject))
    found.add("x-wr-calname", f"{report.mark} · {name}" if report.mark else name)
    for duty, last in limits(report.duties):
        found.add_component(_limit(report, duty, last))
    for day, duties in sorted(beginning(report.duties).items()):
        found.add_component(_beginning(report, day, duties))
    made: bytes = found.to_ical()
    return made


def limits(duties: Iterable[Duty]) -> list[tuple[Duty, date]]:
    """Rules whose time limit runs or has passed, each with its last day."""
    timed = ((one, one.due) for one in duties if one.due is not None)
    return [(one, due.day) for one, due in timed if due.day is not None and due.state in ("running", "overdue")]


def beginning(duties: Iterable[Duty]) -> dict[date, list[Duty]]:
    """Rules that are in scope and not yet in application, by the day from which they apply."""
    found: dict[date, list[Duty]] = {}
    for duty in duties:
        if duty.scope == "yes" and duty.status in ("upcoming", "transitional") and duty.from_day and duty.kind != "application":
            found.setdefault(duty.from_day, []).append(duty)
    return found


def _limit(report: Report, duty: Duty, day: date) -> Event:
    due = duty.due
    assert due is not None
    lines = [duty.summary, duty.owed_by, due.text, due.left_words, duty.instrument]
    title = _say(report, "calendar-due", clause=duty.clause)
    return _event(report, day, f"due {duty.norm} {duty.object} {duty.party}", title, lines)


def _beginning(report: Report, day: date, duties: list[Duty]) -> Event:
    lines = [_say(report, "calendar-line", clause=one.clause, what=one.summary) for one in duties[:MOST_LISTED]]
    if len(duties) > MOST_LISTED:
        lines.append(_say(report, "calendar-more", count=len(duties) - MOST_LISTED))
    code = "calendar-begins-one" if len(duties) == 1 else "calendar-begins-many"
    return _event(report, day, "begins", _say(report, code, count=len(duties), clause=duties[0].clause), lines)


def _event(report: Report, day: date, key: str, title: str, lines: Iterable[str]) -> Event:
    event = Event()
    digest = hashlib.sha256(f"{report.dossier} {key} {day}".encode()).hexdigest()[:32]
    event.add("uid", f"{digest}@guiju")
    event.add("dtstamp", datetime(report.on.year, report.on.month, report.on.day, tzinfo=UTC))
    event.add("dtstart", day)
    if day < date.max:
        event.add("dtend", day + timedelta(days=1))
    event.add("summary", plain(title))
    event.add("description", "\n".join(plain(one) for one in (report.mark, *lines) if one))
    event.add("transp", "TRANSPARENT")
    return event


def _say(report: Report, code: str, **fields: object) -> str:
    return fill(f"result.{code}", report.lang, "message", fields)
