"""The calendar of changes: page, feed and calendar file."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import pytest
from django.test import Client
from tests.institutions.page_words import faults

from guiju.calendars import fixed
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.rules import changes
from guiju.institutions.rules.coming import Dated, dated, next_days, of_month
from guiju.lookup import Facts
from guiju.norms import Corpus, Event

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
ATOM = "{http://www.w3.org/2005/Atom}"
LANGS = ("zh", "en")


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with fixed(TODAY):
        yield


def facts(on: date = TODAY) -> Facts:
    return Facts(site_corpus(), on, on)


def body(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return str(response.content.decode())


# -- page -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_page_asks_the_database_nothing(client: Client, lang: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        for end in ("", "?when=2026", "?place=eu", "?instrument=eu/ai-act", ".atom", ".ics"):
            body(client, f"/{lang}/rules/calendar{end}")


def test_title_says_the_next_change(client: Client) -> None:
    assert "<h1>Next change to the rules: 2 December 2026, " in body(client, "/en/rules/calendar")
    assert "<h1>规则下一次变动：2026年12月2日，" in body(client, "/zh/rules/calendar")


def test_page_names_its_feed_in_its_own_language(client: Client) -> None:
    assert 'type="application/atom+xml"' in body(client, "/zh/rules/calendar").split("</head>")[0]
    assert 'href="/en/rules/calendar.atom?place=eu"' in body(client, "/en/rules/calendar?place=eu")


def test_month_that_is_empty_says_so_and_shows_the_next(client: Client) -> None:
    page = body(client, "/en/rules/calendar?when=2026-11")
    assert "<h1>No change to the rules in November 2026</h1>" in page
    assert "on 2 December 2026" in page
    assert "?when=2026-12" in page


@pytest.mark.parametrize("year", [1990, 2016, 2099])
def test_first_and_last_year_are_shown_too(client: Client, year: int) -> None:
    for lang in LANGS:
        assert "<h1>" in body(client, f"/{lang}/rules/calendar?when={year}")


@pytest.mark.parametrize(("month", "here"), [("2026-07", True), ("2026-08", False), ("2026-06", False)])
def test_month_begins_on_its_first_and_ends_on_its_last_day(client: Client, month: str, here: bool) -> None:
    assert ('datetime="2026-07-27"' in body(client, f"/en/rules/calendar?when={month}")) is here


def test_last_day_of_a_month_belongs_to_it() -> None:
    events = [
        Dated(_event("x/y#a", date(2026, 1, 31)), date(2026, 1, 31)),
        Dated(_event("x/y#b", date(2026, 2, 1)), date(2026, 2, 1)),
    ]
    assert [one.event.id for one in of_month(events, date(2026, 1, 1))] == ["x/y#a"]
    assert [one.event.id for one in of_month(events, date(2026, 2, 28))] == ["x/y#b"]


@pytest.mark.parametrize("query", ["when=2026-02-30", "when=2026-13", "when=soon", "place=atlantis", "instrument=eu/none"])
@pytest.mark.parametrize("end", ["", ".atom", ".ics"])
def test_what_is_no_day_place_or_instrument_is_refused(client: Client, query: str, end: str) -> None:
    for lang in LANGS:
        assert client.get(f"/{lang}/rules/calendar{end}?{query}").status_code == 400


def test_filters_keep_to_the_place_and_the_instrument(client: Client) -> None:
    page = body(client, "/en/rules/calendar?place=kr&when=2026")
    assert "AI Basic Act" in page
    assert 'href="/en/rules/eu/' not in page
    assert "GB 45438" not in body(client, "/en/rules/calendar?instrument=eu/ai-act&when=2025").split("</form>")[-1]


def test_day_that_was_moved_is_not_shown_as_if_it_held(client: Client) -> None:
    page = body(client, "/en/rules/calendar?when=2027-08-02")
    assert "Since moved to 2 December 2027 or 2 August 2028 by a change published on 24 July 2026." in page
    assert 'class="moved"' in page


def test_two_events_published_together_do_not_move_each_other() -> None:
    assert "eu/ai-act#commence-113" not in {one.event.id for one in dated(facts()) if one.moved_by}


def test_moved_day_held_until_the_move_was_published() -> None:
    before = {one.event.id for one in dated(facts(date(2026, 7, 1))) if one.moved_by}
    after = {one.event.id for one in dated(facts()) if one.moved_by}
    assert "eu/ai-act#commence-113c" not in before
    assert "eu/ai-act#commence-113c" in after


def test_event_published_afterwards_says_so(client: Client) -> None:
    assert "Published only afterwards, on 2 April 2026." in body(client, "/en/rules/calendar?when=2026-03-20")


def test_nothing_unpublished_stands_in_the_calendar() -> None:
    for on in (date(2025, 1, 1), date(2026, 7, 23), TODAY):
        assert all(one.event.known <= on for one in dated(facts(on)))


def test_next_days_keep_a_day_together() -> None:
    found = next_days(dated(facts()), TODAY, 1)
    assert found
    assert {one.day for one in found} == {date(2026, 12, 2)}
    assert next_days(dated(facts()), date(2099, 1, 1), 3) == []


def test_pending_event_stands_apart(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = _with(replace(_event("eu/ai-act#draft", date(2026, 12, 24)), pending="proposed"))
    monkeypatch.setattr(changes, "facts_on", lambda on, known: Facts(corpus, on, known))
    page = body(client, "/en/rules/calendar")
    assert "Stage reached: proposed." in page
    assert 'datetime="2026-12-24"' not in page
    assert "proposed" in body(client, "/en/rules/calendar.atom")
    assert "20261224" not in body(client, "/en/rules/calendar.ics")


def _event(identifier: str, day: date) -> Event:
    some = site_corpus().events["eu/ai-act#adopt"]
    dates = (replace(some.dates[0], on=day),)
    return replace(some, id=identifier, known=min(day, TODAY), dates=dates)


def _with(event: Event) -> Corpus:
    corpus = site_corpus()
    return replace(corpus, events={**corpus.events, event.id: event})


# -- feed -----------------------------------------------------------------------------------------------------------------------


def feed(client: Client, lang: str, query: str = "") -> ET.Element:
    response = client.get(f"/{lang}/rules/calendar.atom{query}")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("query", ["", "?place=cn", "?instrument=eu/en-iso-iec-42001"])
def test_feed_has_every_element_that_atom_requires(client: Client, lang: str, query: str) -> None:
    root = feed(client, lang, query)
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"{ATOM}{name}")) == 1
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert {one.get("rel") for one in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    entries = root.findall(f"{ATOM}entry")
    assert entries
    for one in entries:
        for name in ("id", "title", "updated", "published", "summary"):
            found = one.findall(f"{ATOM}{name}")
            assert len(found) == 1
            assert found[0].text
        assert str(one.find(f"{ATOM}link").get("href")).startswith(f"http://testserver/{lang}/rules/")  # type: ignore[union-attr]
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(ids) == len(set(ids))


def test_entries_are_dated_by_the_day_they_became_known(client: Client) -> None:
    published = [str(one.findtext(f"{ATOM}published")) for one in feed(client, "en").findall(f"{ATOM}entry")]
    assert published[0] == "2026-09-14T00:00:00+00:00"
    assert published == sorted(published, reverse=True)


def test_ids_of_entries_stay_the_same_on_another_day_and_at_another_site(client: Client) -> None:
    now = {one.findtext(f"{ATOM}id") for one in feed(client, "en").findall(f"{ATOM}entry")}
    with fixed(date(2026, 10, 1)):
        response = client.get("/en/rules/calendar.atom", headers={"host": "localhost"})
    earlier = {one.findtext(f"{ATOM}id") for one in ET.fromstring(response.content).findall(f"{ATOM}entry")}
    assert earlier == now
    other = {one.findtext(f"{ATOM}id") for one in feed(client, "zh").findall(f"{ATOM}entry")}
    assert not other & now


RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:\S+")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("query", ["", "?place=kr"])
def test_feed_keeps_to_rfc_4287(client: Client, lang: str, query: str) -> None:
    root = feed(client, lang, query)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == {"zh": "zh-Hans", "en": "en"}[lang]
    entries = root.findall(f"{ATOM}entry")
    for one in (root, *entries):
        ids, links = one.findall(f"{ATOM}id"), one.findall(f"{ATOM}link")
        assert len(ids) == 1
        assert ABSOLUTE.fullmatch(str(ids[0].text))
        for name in ("updated", "published"):
            assert all(RFC_3339.fullmatch(str(found.text)) for found in one.findall(f"{ATOM}{name}"))
        kinds = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in links]
        assert len(kinds) == len(set(kinds)), "no two alternate links of one kind"
        assert all(ABSOLUTE.fullmatch(str(link.get("href"))) for link in links)
        assert len(one.findall(f"{ATOM}title")) == 1
    newest = max(str(one.findtext(f"{ATOM}updated")) for one in entries)
    assert root.findtext(f"{ATOM}updated") == newest
    for one in entries:
        assert str(one.findtext(f"{ATOM}updated")) >= str(one.findtext(f"{ATOM}published"))
        assert one.find(f"{ATOM}summary").get("type") == "html"  # type: ignore[union-attr]
        assert all(category.get("term") for category in one.findall(f"{ATOM}category"))


@pytest.mark.parametrize("lang", LANGS)
def test_feed_and_calendar_file_are_in_the_language_of_their_address(client: Client, lang: str) -> None:
    texts = [text for one in feed(client, lang).iter() if one.tag != f"{ATOM}id" and (text := unescape(one.text or ""))]
    found = icalendar.Calendar.from_ical(client.get(f"/{lang}/rules/calendar.ics").content)
    for entry in found.walk("VEVENT"):
        texts += [str(entry["SUMMARY"]), str(entry["DESCRIPTION"])]
    page = f"<main>{''.join(f'<p>{text}</p>' for text in texts if not RFC_3339.fullmatch(text))}</main>"
    assert len(texts) > 100
    assert faults(page, lang) == []


def test_entries_of_the_calendar_file_say_what_begins(client: Client) -> None:
    found = icalendar.Calendar.from_ical(client.get("/en/rules/calendar.ics").content)
    assert all(": " in str(entry["SUMMARY"]) for entry in found.walk("VEVENT"))


@pytest.mark.parametrize("lang", LANGS)
def test_calendar_file_keeps_to_rfc_5545(client: Client, lang: str) -> None:
    content = client.get(f"/{lang}/rules/calendar.ics").content
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    text = content.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == text.count("\nUID:") == text.count("\nDTSTAMP:")
    assert re.findall(r"\nDTSTAMP:(\d{8}T\d{6}Z)\r", text)
    assert all(one.startswith("http://testserver/") for one in re.findall(r"\nURL:(\S+)", text))


def test_empty_feed_is_as_old_as_its_rules(client: Client) -> None:
    with fixed(date(1990, 1, 1)):
        root = feed(client, "en")
    assert not root.findall(f"{ATOM}entry")
    assert root.findtext(f"{ATOM}updated") == "1990-01-01T00:00:00+00:00"


# -- calendar file --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_calendar_file_holds_the_coming_days_and_no_others(client: Client, lang: str) -> None:
    response = client.get(f"/{lang}/rules/calendar.ics")
    assert response["Content-Type"].startswith("text/calendar")
    found = icalendar.Calendar.from_ical(response.content)
    assert found["VERSION"] == "2.0"
    entries: list[Any] = found.walk("VEVENT")
    days = [one.decoded("DTSTART") for one in entries]
    assert days == sorted(days)
    assert date(2026, 12, 2) in days
    assert date(2027, 8, 2) not in days, "it has been moved to another day"
    assert min(days) > TODAY
    assert len({str(one["UID"]) for one in entries}) == len(entries)
    assert all(one["DTSTAMP"] and one["SUMMARY"] for one in entries)
