"""The calendar of changes for programs: an Atom feed (RFC 4287) and an iCalendar file (RFC 5545)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from icalendar import Calendar
from icalendar import Event as CalendarEntry

from guiju.institutions.rules.addresses import rule_address
from guiju.institutions.rules.coming import Dated, Told, place_of_event, touched
from guiju.norms import Event

_BREAK: Final = mark_safe("<br>")
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:guiju:legal-events")
"""Ids come from what they name alone: the same at every site, whatever its address."""


def stable_id(*parts: str) -> str:
    """An id that never changes for the same parts, as RFC 4287 asks of entries."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, ' '.join(parts))}"


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)


class _Feed(Atom1Feed):
    """An Atom feed that, empty, is as old as its rules and not as young as the clock."""

    def latest_post_date(self) -> datetime:
        """The day of the latest entry."""
        return super().latest_post_date() if self.items else _moment(self.feed["as_of"])


def atom(
    told: Told,
    items: Iterable[Dated],
    pending: Iterable[Event],
    *,
    page_url: str,
    feed_url: str,
    absolute: Callable[[str], str],
) -> bytes:
    """The feed: one entry for each legal event, dated by the day it became known."""
    feed = _Feed(
        title=told.say("coming.feed-title"),
        link=page_url,
        description=None,
        subtitle=told.say("coming.feed-about"),
        language="zh-Hans" if told.lang == "zh" else "en",
        author_name=told.say("hall.house"),
        feed_url=feed_url,
        feed_guid=stable_id("feed", told.lang, feed_url.partition("?")[2]),
        as_of=told.facts.known,
    )
    by_event: dict[str, list[Dated]] = {}
    for one in items:
        by_event.setdefault(one.event.id, []).append(one)
    entries = [(days[0].event, days) for days in by_event.values()] + [(event, []) for event in pending]
    for event, days in sorted(entries, key=lambda pair: (pair[0].known, pair[0].id), reverse=True):
        _add(feed, told, event, days, absolute)
    return feed.writeString("utf-8").encode()


def _add(feed: Atom1Feed, told: Told, event: Event, days: list[Dated], absolute: Callable[[str], str]) -> None:
    moved_by = next((one.moved_by for one in days if one.moved_by), None)
    updated = max(event.known, moved_by.known) if moved_by else event.known
    feed.add_item(
        title=told.say("coming.feed-entry", headline=told.announced(event), day=told.words.when_of(event)),
        link=absolute(rule_address(told.lang, event.id)),
        description=_body(told, event, days),
        pubdate=_moment(event.known),
        updateddate=_moment(updated),
        unique_id=stable_id("event", told.lang, event.id),
        categories=(event.kind, place_of_event(event)),
    )


def _body(told: Told, event: Event, days: list[Dated]) -> str:
    lines = [told.summary(event), *dict.fromkeys(note for one in days for note in told.notes(one))]
    if event.pending:
        lines.append(told.say("coming.stage", stage=told.words.one_of("pending", event.pending)))
    if (count := touched(told.facts, event)) > 0:
        lines.append(told.say("coming.touches", count=count))
    return str(format_html("<p>{}</p>", format_html_join(_BREAK, "{}", ((line,) for line in lines if line))))


def icalendar(told: Told, items: Iterable[Dated], *, absolute: Callable[[str], str]) -> bytes:
    """The coming days, each an entry of a whole day; days that have been moved since stand on the day they were moved to."""
    found = Calendar()
    found.add("prodid", "-//Guiju//Calendar of changes//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", told.say("coming.feed-title"))
    for one in items:
        if one.day <= told.facts.on or one.moved_by:
            continue
        entry = CalendarEntry()
        entry.add("uid", f"{uuid.uuid5(_NAMESPACE, f'{told.lang} {one.key}')}@guiju")
        entry.add("dtstamp", _moment(one.event.known))
        entry.add("dtstart", one.day)
        entry.add("dtend", one.day + timedelta(days=1))
        entry.add("summary", told.in_short(one))
        entry.add("description", "\n".join([told.summary(one.event), *told.notes(one)]))
        entry.add("url", absolute(rule_address(told.lang, one.event.id)))
        entry.add("transp", "TRANSPARENT")
        found.add_component(entry)
    return bytes(found.to_ical())
