"""What a committee itself owes: days counted by the norms, duties answered from the record, the report of a year."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.institutions.ethics import house as at
from tests.institutions.ethics.house import House, house
from tests.institutions.page_words import faults, words_of
from tests.institutions.people import client_of

from guiju.assess.report_parts import Duty
from guiju.assess.report_words import plain
from guiju.calendars import fixed, today
from guiju.institutions.ethics import committees, reports
from guiju.institutions.ethics.assessed import answered
from guiju.institutions.ethics.duties import registration_due, report_day, report_due
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Committee
from guiju.institutions.ethics.statistics import composition
from guiju.institutions.people.access import AccessError
from guiju.institutions.people.models import Person

pytestmark = pytest.mark.django_db

CN = "Asia/Shanghai"


def page_at(home: House, page: str, lang: str = "en") -> str:
    return f"/{lang}/desk/ethics/committees/{home.body.public_id}/{page}"


def found(home: House, norm: str, lang: str = "en") -> list[Duty]:
    told = answered(home.committee, today(CN), lang)
    return [one for one in (*told.own, *told.unit, *told.meetings, *told.cases) if one.norm == f"cn/ethics-review-2023/{norm}"]


def met(home: House, norm: str) -> list[str | None]:
    return [one.met for one in found(home, norm)]


def founded_on(home: House, day: date) -> Committee:
    home.committee.founded = day
    home.committee.save(update_fields=["founded"])
    return home.committee


# -- days ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("founded", "due"),
    [
        (date(2026, 11, 2), date(2026, 12, 2)),
        (date(2026, 9, 1), date(2026, 10, 8)),  # 1 October begins a holiday; the first working day after it is the 8th
        (date(2026, 10, 29), date(2026, 11, 30)),  # the 28th is a Saturday
    ],
)
def test_the_day_of_registration_is_counted_by_the_norm_with_its_calendar(founded: date, due: date) -> None:
    home = house()
    assert registration_due(founded_on(home, founded)) == due


def test_no_registration_is_due_once_it_is_noted_nor_where_the_rules_rest_on_no_such_clause() -> None:
    home = house()
    assert registration_due(home.committee) is not None
    committees.enter(home.committee, home.unit.admin, home.committee.founded, "1")
    home.committee.refresh_from_db()
    assert registration_due(home.committee) is None
    home.committee.rules, home.committee.registered = "company-board", None
    assert registration_due(home.committee) is None
    assert report_due(home.committee, date(2030, 1, 1)) is None


def test_a_report_is_due_on_the_last_day_of_march_of_the_year_after() -> None:
    home = house()
    committee = founded_on(home, date(2020, 1, 1))
    assert report_due(committee, date(2026, 11, 23)) is None  # that of 2025 was due before the committee worked here
    assert report_due(committee, date(2027, 1, 1)) == (2026, date(2027, 3, 31))
    assert report_due(committee, date(2028, 1, 1)) == (2026, date(2027, 3, 31))
    assert report_day(2026, date(2026, 11, 23)) == date(2027, 3, 31)


# -- duties --------------------------------------------------------------------------------------------------------------------


def test_composition_is_answered_from_the_seats_with_what_it_rests_on() -> None:
    home = house()
    (seven,), (chair,) = found(home, "7"), found(home, "7#chair")
    assert (seven.scope, seven.met, chair.met) == ("yes", "yes", "yes")
    assert any("7 persons" in plain(one.text) and "the seats on" in plain(one.source) for one in seven.stated)
    for name in ("su", "tang"):
        seat = home.seats[name]
        seat.left = home.committee.made
        seat.save()
    assert met(home, "7") == ["no"]


def test_a_member_who_is_not_described_leaves_open_what_kinds_there_are() -> None:
    home = house()
    for name in ("he", "su"):
        committees.describe(home.committee, home.unit.admin, home.seats[name], ["man"], None)
    assert met(home, "7") == ["no"]
    committees.describe(home.committee, home.unit.admin, home.seats["he"], [], None)
    assert met(home, "7") == ["unknown"]


def test_kinds_of_members_are_those_of_members_with_a_vote_on_every_page_alike() -> None:
    home = house()
    for name in ("he", "su"):
        committees.describe(home.committee, home.unit.admin, home.seats[name], ["man"], None)
    committees.describe(home.committee, home.unit.admin, home.seats["ye"], ["law", "woman", "outside"], None)
    assert met(home, "7") == ["no"]
    assert year_of(home)["members"]["kinds"]["law"] == 0
    assert composition(home.committee).kinds["law"] == 0
    page = words_of(client_of(home.unit.admin).get(page_at(home, "members")).content.decode())
    assert re.search(r"law experts 0 ", page, re.IGNORECASE)
    assert "a category of members is not there" in page


def test_a_video_meeting_without_rules_on_it_does_not_keep_them_and_a_lost_motion_breaks_nothing() -> None:
    home = house()
    case = at.accepted(home)
    meeting = at.opened(home, case, video=True)
    at.put(home, meeting, case)
    for name in at.VOTERS:
        at.vote(home, meeting, name, "against")
    at.count(home, meeting)
    at.meets(home, "ye", meeting, "close")
    assert met(home, "14#video") == ["no"]
    assert met(home, "14#quorum") == ["yes"]
    at.carried(home, case, against=at.VOTERS[:4])
    assert len(met(home, "16#majority")) == 1


def test_a_case_that_ended_is_not_followed_up_any_more() -> None:
    with fixed(datetime(2025, 3, 3, 4, tzinfo=UTC)):
        home = house(days=2000)
        case = at.decided(home)
    with fixed(datetime(2026, 11, 23, 4, tzinfo=UTC)):
        assert met(home, "19") == ["unknown"]  # past the usual time
        at.by(home, "chair", case, "end_activity", {"reasons_given": True}, {"reasons": "It is over."})
        assert met(home, "19") == []


def test_what_the_record_cannot_show_stays_unknown_and_says_what_would_settle_it() -> None:
    home = house()
    (honest,), (term,) = found(home, "8"), found(home, "7#term")
    assert (honest.met, term.met) == ("unknown", "yes")
    assert not honest.stated
    assert any("honest" in plain(one.text) for one in honest.needs)


def test_what_authorities_and_societies_owe_is_not_asked_of_a_committee() -> None:
    told = answered(house().committee, today(CN), "en")
    assert all("2023/25" not in one.norm and "2026/4" not in one.norm for one in told.own)
    assert {one.norm.split("/")[1] for one in told.own} == {"ethics-review-2023", "ethics-review-2026"}


def test_registration_in_time_late_and_not_yet() -> None:
    home = house()
    assert met(home, "43") == ["unknown"]  # time still runs
    founded_on(home, date(2026, 3, 2))
    home.committee.registered = date(2026, 4, 1)
    home.committee.save()
    assert met(home, "43") == ["yes"]
    home.committee.registered = date(2026, 6, 1)
    home.committee.save()
    (late,) = found(home, "43")
    assert late.met == "no"
    assert late.due is not None
    assert late.due.day == date(2026, 4, 1)


def test_a_meeting_is_answered_as_it_was_held() -> None:
    home = house()
    at.carried(home, at.accepted(home), present=at.VOTERS[:6])
    assert met(home, "14#quorum") == ["yes"]
    assert met(home, "16#majority") == ["yes"]
    assert met(home, "14#advisers") == ["yes"]
    at.carried(home, at.accepted(home), present=("chair", "deputy", "he", "su"))
    assert sorted(map(str, met(home, "14#quorum"))) == ["no", "yes"]


def test_a_decision_in_time_and_one_that_is_still_due() -> None:
    home = house()
    at.decided(home)
    waiting = at.accepted(home)
    assert sorted(map(str, met(home, "17"))) == ["unknown", "yes"]
    assert {one.scope for one in found(home, "17")} == {"unknown"}  # what the activity is, the record does not say
    assert waiting.number in " ".join(plain(one.object) for one in found(home, "17"))


def test_the_page_shows_cases_only_to_those_who_sit_in_the_committee() -> None:
    home = house()
    case = at.decided(home)
    assert case.title in client_of(home.people["ye"]).get(page_at(home, "duties")).content.decode()
    page = client_of(home.unit.admin).get(page_at(home, "duties")).content.decode()
    assert case.title not in page
    assert "shown only to those who sit in the committee" in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_duties_with_meetings_and_cases_is_written_as_its_language_is(lang: str) -> None:
    home = house()
    words = "某人" if lang == "zh" else "Somebody"
    Person.objects.update(name=words)
    case = at.drafted(home, "陪伴服务" if lang == "zh" else "A companion")
    at.decided(home, case=at.accepted(home, case))
    for path in ("duties", f"report/{today(CN).year}"):
        page = client_of(home.people["ye"]).get(page_at(home, path, lang)).content.decode()
        assert not faults(page, lang), faults(page, lang)


def test_rules_that_rest_on_no_law_have_no_duties_of_committees_and_the_page_says_so() -> None:
    home = house()
    Committee.objects.filter(pk=home.committee.pk).update(rules="company-board")
    home.committee.acts.all().delete()
    page = client_of(home.unit.admin).get(page_at(home, "duties")).content.decode()
    assert "No duty is known here" in page


# -- the report ----------------------------------------------------------------------------------------------------------------


def year_of(home: House, year: int | None = None) -> dict[str, Any]:
    return reports.report_on(home.committee, year or today(CN).year)


def test_a_report_counts_what_is_on_record() -> None:
    home = house()
    at.decided(home)
    at.applied(home)
    at.carried(home, at.accepted(home), present=("chair", "deputy", "he", "su"))
    told = year_of(home)
    assert told["members"]["count"] == 7
    assert told["members"]["kinds"]["law"] == 2
    assert told["members"]["posts"] == {"chair": 1, "deputy": 1, "member": 5, "secretary": 1}
    assert told["steps"]["apply"] == 3
    assert told["steps"]["accept"] == 2
    assert told["decisions"] == [{"outcome": "approve", "route": "general", "count": 1}]
    assert (told["meetings"]["held"], told["meetings"]["carried"]) == (2, 1)
    (void,) = told["meetings"]["void"]
    assert "quorate" in {one["guard"] for one in void["lacks"]}
    page = client_of(home.people["ye"]).get(page_at(home, f"report/{today(CN).year}")).content.decode()
    assert "4 members count as present" in page
    assert 'href="/en/rules/cn/ethics-review-2023/14/quorum"' in page


def test_follow_ups_past_their_day_are_counted_at_the_end_of_the_year() -> None:
    with fixed(datetime(2025, 3, 3, 4, tzinfo=UTC)):
        home = house(days=2000)
        at.decided(home)
    with fixed(datetime(2026, 11, 23, 4, tzinfo=UTC)):
        assert year_of(home, 2025)["follow_ups"] == {"done": 0, "overdue": 0}
        assert year_of(home, 2026)["follow_ups"] == {"done": 0, "overdue": 1}
        assert year_of(home, 2026)["steps"] == {"apply": 0}


def test_a_report_that_was_sent_in_stays_as_it_was() -> None:
    with fixed(datetime(2025, 3, 3, 4, tzinfo=UTC)):
        home = house(days=2000)
        at.decided(home)
    with fixed(datetime(2026, 2, 2, 4, tzinfo=UTC)):
        assert report_due(home.committee, date(2026, 2, 2)) == (2025, date(2026, 3, 31))
        secretary = client_of(home.people["ye"])
        answer = secretary.post(page_at(home, "report/2025"), {"sent": "2026-02-01"})
        assert answer.status_code == 303
        assert "Sent in on 1 February 2026" in secretary.get(page_at(home, "report/2025")).content.decode()
        assert report_due(home.committee, date(2026, 2, 2)) is None
        committees.change_charter(home.committee, home.unit.admin, {"quorum": 6})
        home.seats["he"].left = home.committee.made
        assert home.committee.reports.get().content["members"]["count"] == 7
        with pytest.raises(EthicsError):
            reports.send(home.committee, home.people["ye"], 2025, date(2026, 2, 1))


@pytest.mark.parametrize(
    ("sent", "said"), [("2025-12-31", "cannot have been sent in"), ("2999-01-01", "cannot"), ("soon", "no day")]
)
def test_a_day_on_which_it_cannot_have_been_sent_is_refused(sent: str, said: str) -> None:
    with fixed(datetime(2025, 3, 3, 4, tzinfo=UTC)):
        home = house(days=2000)
    with fixed(datetime(2026, 2, 2, 4, tzinfo=UTC)):
        answer = client_of(home.people["ye"]).post(page_at(home, "report/2025"), {"sent": sent})
        assert answer.status_code == 400
        assert said in answer.content.decode()
        assert not home.committee.reports.exists()
        with pytest.raises(EthicsError):
            reports.send(home.committee, home.people["ye"], 2026, date(2026, 2, 2))


def test_years_without_a_report_and_readers_without_the_right() -> None:
    home = house()
    secretary, year = client_of(home.people["ye"]), today(CN).year
    assert secretary.get(page_at(home, f"report/{year + 1}")).status_code == 404
    assert secretary.get(page_at(home, f"report/{year - 1}")).headers["Location"].endswith(f"/report/{year}")
    assert secretary.post(page_at(home, "report/1"), {"sent": str(today(CN) - timedelta(days=1))}).status_code in (400, 404)
    assert client_of(home.people["he"]).post(page_at(home, f"report/{year}"), {"sent": ""}).status_code == 403
    with pytest.raises(AccessError):
        reports.send(home.committee, home.people["he"], year, date(2026, 2, 2))
