"""Reminders: a week before, a day before and once after; nothing twice, and nothing missed where the site was down."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar
from tests.institutions.people import body_of, client_of, invited, organisation, person, seated

from guiju.calendars import fixed
from guiju.institutions.hall.models import Letter
from guiju.institutions.people import calendar_file, cases, reminders
from guiju.institutions.people.cases import Case, cases_of
from guiju.institutions.people.models import Person, Reminder

pytestmark = pytest.mark.django_db

DUE = date(2026, 6, 30)


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody have one case."""

    def source(_: Person, lang: str) -> list[Case]:
        return [Case("filing:1", {"en": "Report the change", "zh": "报告变更"}[lang], f"/{lang}/desk/", DUE, calendar="CN/2026")]

    monkeypatch.setattr(cases, "_sources", {"test": source})


def letters_on(left: int) -> int:
    """Letters that are written so many days before the due day, each time twice asked."""
    before = Letter.objects.count()
    with fixed(DUE - timedelta(days=left)):
        reminders.remind_all()
        reminders.remind_all()
    return Letter.objects.count() - before


def test_three_letters_and_no_more(case: None) -> None:
    person("lu")
    told = {left: letters_on(left) for left in range(10, -10, -1)}
    assert {left for left, count in told.items() if count} == {7, 1, -1}
    assert set(told.values()) == {0, 1}


@pytest.mark.parametrize(("up_again", "told"), [(3, 1), (0, 1), (-5, 1)])
def test_what_was_missed_while_the_site_was_down_is_told_once(case: None, up_again: int, told: int) -> None:
    person("lu")
    assert letters_on(20) == 0
    assert letters_on(up_again) == told
    assert Reminder.objects.count() == 1


def test_a_new_due_day_is_told_anew(case: None, monkeypatch: pytest.MonkeyPatch) -> None:
    person("lu")
    assert letters_on(5) == 1
    monkeypatch.setattr(
        cases, "_sources", {"test": lambda *_: [Case("filing:1", "Report", "/en/desk/", DUE + timedelta(days=1))]}
    )
    assert letters_on(5) == 1


@pytest.mark.parametrize(("lang", "words"), [("en", "Report the change"), ("zh", "报告变更")])
def test_a_letter_is_in_the_persons_language_and_has_the_day_attached(case: None, lang: str, words: str) -> None:
    person("lu", lang)
    letters_on(7)
    letter = Letter.objects.get()
    assert letter.lang == lang
    assert words in letter.subject
    assert words in letter.body
    assert letter.attachments[0][1] == "text/calendar"


def test_nobody_who_is_gone_and_nobody_of_the_example_city_is_written_to(case: None) -> None:
    Person.objects.create(email="a@example.org", is_active=False)
    Person.objects.create(email="b@chengzhou.example", example=True)
    assert letters_on(1) == 0


def test_seats_that_end_soon_and_invitations_stand_at_the_desk() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    seated(body_of(org, lu), "lu", "chair", days=59)
    seated(body_of(org, lu), "lu", "chair", days=61)
    invited(org, lu, "LU@example.org", "editor")
    waiting = [one for one in cases_of(lu, "en") if one.section != "way"]
    assert [one.key.split(":")[0] for one in waiting] == ["invitation", "seat"]


def test_the_calendar_is_read_by_its_key_alone_and_a_new_key_ends_the_old_one(case: None) -> None:
    lu = person("lu")
    first, second = calendar_file.new_key(lu), calendar_file.new_key(lu)
    nobody = client_of(None)
    assert nobody.get(f"/en/desk/calendar/{first}.ics").status_code == 404
    answer = nobody.get(f"/en/desk/calendar/{second}.ics")
    entries = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [entry.decoded("dtstart") for entry in entries] == [DUE]
    assert "no-store" in answer.headers["Cache-Control"]
    calendar_file.end_key(lu)
    assert nobody.get(f"/en/desk/calendar/{second}.ics").status_code == 404


def test_the_address_of_a_calendar_is_shown_once() -> None:
    client = client_of(person("lu"))
    shown = client.post("/en/desk/calendar", {"do": "new"}).content.decode()
    assert "/en/desk/calendar/" in shown
    assert ".ics" in shown
    assert ".ics" not in client.get("/en/desk/calendar").content.decode()
