"""Meetings of a committee: called, held, voted and counted, on pages; what a count would lack now is shown in words."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.institutions.ethics import house as at
from tests.institutions.page_words import body, words_of
from tests.institutions.people import client_of

from guiju.calendars import fixed, now
from guiju.institutions.ethics import meetings
from guiju.institutions.ethics.models import Case, Done, Meeting
from guiju.institutions.hall.models import Letter

pytestmark = pytest.mark.django_db


def page_of(meeting: Meeting, lang: str = "en") -> str:
    return f"/{lang}/desk/ethics/meetings/{meeting.public_id}/"


def seen(home: at.House, name: str, meeting: Meeting, lang: str = "en") -> str:
    """The words of the page of a meeting, as somebody sees it."""
    return words_of(body(client_of(home.people[name]), page_of(meeting, lang)))


def sent(client: Client, meeting: Meeting, do: str, **typed: Any) -> Any:
    return client.post(page_of(meeting), {"do": do, **typed})


def opening(home: at.House, present: Sequence[str] = at.VOTERS, chair: str = "chair") -> dict[str, Any]:
    return {"present": [home.seat(one) for one in present], "chair": home.seat(chair)}


def put_by(home: at.House, meeting: Meeting, case: Case, motion: str = "approve") -> Any:
    client = client_of(home.people["chair"])
    digest = re.search(r'name="digest" value="([^"]+)"', body(client, page_of(meeting)))
    assert digest is not None
    typed = {"case": case.public_id, "digest": digest[1], f"motion-{case.public_id}": motion}
    return sent(client, meeting, "put", **typed)


def test_a_meeting_is_called_held_voted_and_counted_on_its_pages() -> None:
    home = at.house()
    case = at.accepted(home)
    ye = client_of(home.people["ye"])
    address = f"/en/desk/ethics/meetings/of/{home.body.public_id}/new"
    assert case.title in body(ye, address)
    day = (now() + timedelta(days=3)).date().isoformat()
    told = ye.post(address, {"day": day, "time": "9:30", "where": "Room 1", "agenda": [case.public_id]})
    assert told.status_code == 303
    meeting = Meeting.objects.get()
    assert told.headers["Location"] == page_of(meeting)
    assert "called" in seen(home, "he", meeting)

    assert sent(ye, meeting, "open", advisers="Wu Di, statistics", **opening(home)).status_code == 303
    assert "7 count as present, 5 are needed." in seen(home, "he", meeting)
    assert "5 votes in favour or more carry the motion, of a base of 7." in seen(home, "he", meeting)
    assert put_by(home, meeting, case).status_code == 303
    for name in at.VOTERS:
        client = client_of(home.people[name])
        assert 'id="vote-for"' in body(client, page_of(meeting))
        vote = "against" if name == "tang" else "for"
        assert sent(client, meeting, "vote", vote=vote, ballot="1").status_code == 303
    before = seen(home, "he", meeting)
    assert "You have voted: For." in before
    assert "7 of 7 who can have voted." in before
    assert "against, " not in before
    assert sent(ye, meeting, "count", ballot="1").status_code == 303
    after = seen(home, "he", meeting)
    assert "6 for, 1 against, 0 abstained; 7 counted as present, of a base of 7." in after
    assert "carried" in after
    assert sent(ye, meeting, "close").status_code == 303
    assert "closed" in seen(home, "he", meeting)
    at.issued(home, case)
    assert at.stands(case).state == "approved"


def test_quorum_is_told_live_with_what_is_missing_the_clause_and_the_cure() -> None:
    home = at.house()
    case = at.accepted(home)
    meeting = at.opened(home, case, present=("chair", "deputy", "zheng", "yi", "tang"))
    told = seen(home, "ye", meeting)
    assert "5 count as present, 5 are needed. Missing: law experts." in told
    assert "No decision is possible now." in told
    assert "a category of members takes no part" in told
    assert "Vote again when a member of that category is there" in told
    assert "This can be supplied by a member." in told
    at.meets(home, "ye", meeting, "arrive", seat=home.seat("he"))
    assert "A decision is possible now." in seen(home, "ye", meeting)
    at.meets(home, "ye", meeting, "declare", seat=home.seat("ye"), case=case.public_id, withdraws=True)
    zh = seen(home, "ye", meeting, "zh")
    assert "计入到会 6 人，需要 5 人。" in zh
    assert "现在可以形成决定。" in zh
    assert "条文没有写明；另一种理解是仍然计入。" in zh


def test_what_is_left_of_a_quorum_is_told_for_each_case_of_the_agenda() -> None:
    home = at.house()
    one, other = at.accepted(home), at.accepted(home, at.drafted(home, "Another"))
    meeting = at.opened(home, one, other)
    told = client_of(home.people["chair"])
    assert sent(told, meeting, "declare", **{"interest-case": one.public_id, "withdraws": "yes"}).status_code == 303
    words = seen(home, "ye", meeting)
    assert "6 count as present, 5 are needed. 1 withdrew. Nobody who may presides in this case." in words
    assert "7 count as present, 5 are needed." in words
    assert f"withdrawn: {one.number} {one.title}" in words
    deputy = home.seat("deputy")
    assert f'id="chair-{one.public_id}-{deputy}"' in body(client_of(home.people["ye"]), page_of(meeting))
    typed = {"seat": deputy, "case": one.public_id}
    assert sent(client_of(home.people["ye"]), meeting, "preside", **typed).status_code == 303
    assert "presides" in seen(home, "ye", meeting)


def test_a_void_ballot_is_shown_as_it_was_held_with_clause_and_cure() -> None:
    home = at.house()
    case = at.accepted(home)
    meeting = at.opened(home, case, present=("chair", "deputy", "zheng", "yi", "tang"))
    at.put(home, meeting, case)
    for name in ("chair", "deputy", "zheng", "yi", "tang"):
        at.vote(home, meeting, name)
    at.count(home, meeting)
    told = seen(home, "he", meeting)
    assert "void" in told
    assert "5 for, 0 against, 0 abstained" in told
    assert "a category of members takes no part" in told
    assert "Vote again when a member" in told


def test_a_lost_ballot_tells_the_numbers_of_then() -> None:
    home = at.house()
    case = at.accepted(home)
    meeting = at.carried(home, case, against=("he", "yi", "tang"))
    told = seen(home, "he", meeting)
    assert "not carried" in told
    assert "4 in favour are less than two thirds of 7" in told


def test_a_step_that_is_refused_says_what_is_missing_and_who_can_supply_it() -> None:
    home = at.house()
    case = at.accepted(home)
    meeting = at.opened(home, case)
    at.put(home, meeting, case)
    answer = sent(client_of(home.people["ye"]), meeting, "depart", seat=home.seat("he"))
    assert answer.status_code == 409
    told = words_of(answer.content.decode())
    assert "“Depart” is not done yet." in told
    assert "the ballot before is not counted yet" in told
    assert "This can be supplied by" in told


def test_who_is_not_of_the_committee_sees_nothing_of_a_meeting() -> None:
    home = at.house()
    meeting = at.called(home, at.accepted(home))
    for who in (home.applicant.editor, home.unit.admin, None):
        for address in (page_of(meeting), f"{page_of(meeting)}minutes"):
            assert client_of(who).get(address).status_code in (302, 403)


def test_advisers_stand_in_the_minutes_and_have_no_vote() -> None:
    home = at.house()
    meeting = at.called(home, at.accepted(home))
    sent(client_of(home.people["ye"]), meeting, "open", advisers="Wu Di, statistics", **opening(home))
    told = words_of(body(client_of(home.people["he"]), f"{page_of(meeting)}minutes"))
    assert "Advisers (without a vote) Wu Di, statistics" in told


def test_meetings_wait_for_members_until_they_are_closed() -> None:
    home = at.house()
    case = at.accepted(home)
    meeting = at.opened(home, case)
    he, ye = home.people["he"], home.people["ye"]
    assert [(one.open, one.can_vote) for one in meetings.next_of(he)] == [(True, False)]
    at.put(home, meeting, case)
    assert [(one.open, one.can_vote) for one in meetings.next_of(he)] == [(True, True)]
    assert [(one.open, one.can_vote) for one in meetings.next_of(ye)] == [(True, False)]
    at.vote(home, meeting, "he")
    assert not meetings.next_of(he)[0].can_vote
    at.meets(home, "ye", meeting, "close")
    assert meetings.next_of(he) == []
    assert meetings.next_of(home.applicant.editor) == []


def test_the_state_is_asked_for_again_and_answered_only_where_it_changed() -> None:
    home = at.house()
    case = at.accepted(home)
    meeting = at.opened(home, case)
    client = client_of(home.people["he"])
    again = re.search(r'hx-get="([^"]+)"', body(client, page_of(meeting)))
    assert again is not None
    address = again[1].replace("&amp;", "&")
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 204
    at.put(home, meeting, case)
    part = client.get(address, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert 'id="vote-for"' in part.content.decode()
    assert "<h1" not in part.content.decode()
    at.meets(home, "ye", meeting, "close")
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert 'hx-get="' not in body(client, page_of(meeting))
    over = client.get(address.replace("state=open", "state=closed"), headers={"HX-Request": "true"})
    assert over.status_code == 286


def test_minutes_are_drafted_from_what_was_done() -> None:
    home = at.house()
    near = at.decided(home, "refuse", at.accepted(home, at.drafted(home, "An older one", matters=["children"])))
    case = at.accepted(home, at.drafted(home, matters=["children"]))
    meeting = at.opened(home, case, present=[one for one in at.VOTERS if one != "yi"])
    at.meets(home, "tang", meeting, "declare", seat=home.seat("tang"), case=case.public_id, withdraws=True)
    at.put(home, meeting, case)
    for name in ("chair", "deputy", "he", "zheng", "su"):
        at.vote(home, meeting, name)
    at.count(home, meeting)
    at.meets(home, "ye", meeting, "depart", seat=home.seat("su"))
    ye, minutes = client_of(home.people["ye"]), f"{page_of(meeting)}minutes"
    assert ye.post(minutes, {"notes": "Coffee at eleven.", "seen": ""}).status_code == 303
    at.meets(home, "ye", meeting, "close")
    told = words_of(body(ye, minutes))
    assert "Unisu (a member): " in told
    assert "Members who were not there Uniyi (a member)" in told
    assert f"Unitang (a member): declared an interest in {case.number} {case.title} and withdrew." in told
    assert "motion “approved”" in told
    assert "5 for, 0 against, 0 abstained; 5 counted as present, of a base of 6. What came of it: carried." in told
    assert f"{case.number} {case.title}: {near.number} An older one" in told
    assert "Coffee at eleven." in told
    zh = words_of(body(ye, minutes.replace("/en/", "/zh/")))
    assert "同意 5 票，反对 0 票，弃权 0 票" in zh


def test_notes_are_the_secretarys_and_nobody_overwrites_another() -> None:
    home = at.house()
    meeting = at.called(home, at.accepted(home))
    minutes = f"{page_of(meeting)}minutes"
    he, ye = client_of(home.people["he"]), client_of(home.people["ye"])
    assert he.post(minutes, {"notes": "Mine.", "seen": ""}).status_code == 409
    assert ye.post(minutes, {"notes": "First.", "seen": ""}).status_code == 303
    late = ye.post(minutes, {"notes": "Second.", "seen": ""})
    assert late.status_code == 409
    assert "Second." in late.content.decode()
    meeting.refresh_from_db()
    assert meeting.notes == "First."


def test_whoever_has_a_seat_that_day_is_told_of_a_meeting_once_in_their_language() -> None:
    home = at.house(ending={"tang": 2})
    case = at.accepted(home, at.drafted(home, "A secret matter"))
    home.people["zheng"].lang = "zh"
    home.people["zheng"].save()
    Letter.objects.all().delete()
    with fixed(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        planned = datetime(2026, 11, 27, 1, 30, tzinfo=UTC)  # after the seat of Tang has ended
        meetings.call(home.committee, home.people["ye"], planned, "Room 1", [case.public_id], video=True)
    letters = {one.to: one for one in Letter.objects.all()}
    told = {home.people[name].email for name in at.VOTERS if name != "tang"}
    assert set(letters) == told  # not whoever called it, nobody whose seat has ended by then
    assert Letter.objects.count() == len(told)
    letter = letters[home.people["he"].email]
    assert letter.subject == "Ethics Committee: meeting on 27 November 2026"
    for part in ("27 November 2026, 09:30 Beijing time (27 November 2026, 01:30 UTC)", "Room 1 and by video", case.number):
        assert part in letter.body, part
    assert "A secret matter" not in letter.body  # what it is about stands behind a sign-in
    zh = letters[home.people["zheng"].email]
    assert zh.lang == "zh"
    assert "2026年11月27日 09:30（北京时间），即2026年11月27日 01:30（协调世界时）" in zh.body


def test_a_letter_of_a_meeting_leads_to_its_page(settings: Any) -> None:
    settings.SITE_URL = "https://example.org"
    home = at.house()
    meeting = at.called(home, at.accepted(home))
    letter = Letter.objects.filter(to=home.people["he"].email).latest("pk")
    assert f"https://example.org{page_of(meeting)}" in letter.body


def test_a_call_without_place_case_or_a_moment_to_come_is_refused() -> None:
    home = at.house()
    case = at.accepted(home)
    ye = client_of(home.people["ye"])
    address = f"/en/desk/ethics/meetings/of/{home.body.public_id}/new"
    day = (now() + timedelta(days=3)).date().isoformat()
    good: dict[str, Any] = {"day": day, "time": "09:30", "where": "Room 1", "agenda": [case.public_id]}
    for wrong in (
        {"agenda": []}, {"agenda": ["0" * 20]}, {"where": ""}, {"time": "25:00"}, {"time": ""}, {"day": "2020-01-01"},
        {"day": "x"}, {"where": "x" * 201}, {"day": "9999-12-31"},
    ):  # fmt: skip
        assert ye.post(address, good | wrong).status_code in (400, 422), wrong
    assert not Meeting.objects.exists()
    assert not Done.objects.filter(step="call").exists()


def test_without_a_case_under_review_there_is_nothing_to_call_for() -> None:
    home = at.house()
    ye = client_of(home.people["ye"])
    address = f"/zh/desk/ethics/meetings/of/{home.body.public_id}/new"
    assert "没有等待审查的案件。" in words_of(body(ye, address))
    assert ye.post(address, {}).status_code == 400


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_board_by_other_rules_meets_by_those(lang: str) -> None:
    home = at.house(rules="company-board")
    case = at.applied(home)
    at.by(home, "ye", case, "take_in", {"items_missing": 0})
    meeting = at.opened(home, case)
    told = seen(home, "chair", meeting, lang)
    assert ("A decision is possible now." if lang == "en" else "现在可以形成决定。") in told
    at.put(home, meeting, case, "approve_with_conditions")
    for name in at.VOTERS:
        at.vote(home, meeting, name)
    at.count(home, meeting)
    assert ("carried" if lang == "en" else "动议通过") in seen(home, "he", meeting, lang)
    assert client_of(home.people["he"]).get(f"{page_of(meeting, lang)}minutes").status_code == 200
