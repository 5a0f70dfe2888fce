"""People at once at one meeting, and what no form of ours sends: each ends in a state that can be told."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.institutions.ethics import house as at
from tests.institutions.page_words import words_of
from tests.institutions.people import client_of
from tests.institutions.postgres import run_on

from guiju.calendars import fixed
from guiju.institutions.ethics import meetings
from guiju.institutions.ethics.models import Case, Done, Meeting
from guiju.institutions.ethics.standing import standing_of
from guiju.institutions.people import bodies
from guiju.procedure import StepRefusedError

FIVE = ("chair", "deputy", "he", "zheng", "su", "tang")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_of_many_at_once_each_is_counted_once_and_told(database: str, tmp_path: Path) -> None:
    assert run_on(database, tmp_path, "ethics.meeting_run") == {
        "vendor": database,
        "voting": ["done done 2"],
        "voting_twice": ["done procedure.refused 1"],
        "counting": ["done ethics.ballot-gone"],
        "opening": ["done procedure.out-of-turn"],
        "putting": ["done procedure.refused 1"],
        "voting_and_counting": ["True"],
        "closing": ["done procedure.out-of-turn"],
    }


def sent(home: at.House, name: str, meeting: Meeting, do: str, **typed: Any) -> Any:
    """What somebody sends to the page of a meeting."""
    address = f"/en/desk/ethics/meetings/{meeting.public_id}/"
    return client_of(home.people[name]).post(address, {"do": do, **typed})


def told(answer: Any) -> str:
    return words_of(answer.content.decode())


def came(meeting: Meeting) -> tuple[str | None, tuple[str, ...]]:
    """What came of the last ballot, and what it lacked."""
    last = meetings.sitting_of(meeting).ballots[-1]
    return last.came, last.lacking


def voted(home: at.House, meeting: Meeting, *names: str) -> None:
    for name in names:
        at.vote(home, meeting, name)


pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> at.House:
    return at.house()


@pytest.fixture
def case(home: at.House) -> Case:
    return at.accepted(home)


def test_a_vote_after_the_meeting_closed_is_told_so(home: at.House, case: Case) -> None:
    meeting = at.opened(home, case)
    at.put(home, meeting, case)
    at.meets(home, "ye", meeting, "close")
    answer = sent(home, "he", meeting, "vote", vote="for", ballot="1")
    assert answer.status_code == 422
    assert "closed" in told(answer)
    assert not Done.objects.filter(step="vote").exists()


def test_a_vote_meant_for_an_earlier_motion_does_not_count_for_the_next(home: at.House, case: Case) -> None:
    meeting = at.opened(home, case)
    at.put(home, meeting, case)
    voted(home, meeting, *FIVE)
    at.count(home, meeting)
    at.put(home, meeting, case, "refuse")
    answer = sent(home, "yi", meeting, "vote", vote="for", ballot="1")
    assert answer.status_code == 409
    assert "another motion was put meanwhile" in told(answer)
    assert meetings.sitting_of(meeting).ballots[-1].votes == {}
    assert sent(home, "ye", meeting, "count", ballot="1").status_code == 409


def test_the_same_member_twice_is_told_that_the_vote_stands(home: at.House, case: Case) -> None:
    meeting = at.opened(home, case)
    at.put(home, meeting, case)
    assert sent(home, "he", meeting, "vote", vote="for", ballot="1").status_code == 303
    again = sent(home, "he", meeting, "vote", vote="against", ballot="1")
    assert again.status_code == 409
    assert "the member has voted already" in told(again)
    assert dict(meetings.sitting_of(meeting).ballots[-1].votes) == {home.seat("he"): "for"}


def test_a_seat_that_expires_during_a_meeting_votes_no_more_and_is_not_counted() -> None:
    home = at.house(ending={"he": 2, "su": 2})
    case = at.accepted(home)
    ends = datetime.combine(home.seats["he"].ends, time(23, 50), ZoneInfo("Asia/Shanghai"))
    five = ("chair", "deputy", "he", "zheng", "yi")
    with fixed(ends):
        meeting = at.opened(home, case, present=five)
        at.put(home, meeting, case)
        voted(home, meeting, "chair", "deputy", "he", "zheng")
        assert meetings.quorum(meeting, standing_of(home.committee), case.public_id).counted == 5
    with fixed(ends + timedelta(minutes=20)):
        found = meetings.quorum(meeting, standing_of(home.committee), case.public_id)
        assert (found.counted, found.missing) == (4, ("law", "outside"))
        assert sent(home, "su", meeting, "vote", vote="for", ballot="1").status_code == 403
        at.vote(home, meeting, "yi")
        at.count(home, meeting)
    assert came(meeting) == ("void", ("quorate", "categories_there", "same_members"))
    count = Done.objects.get(step="count")
    assert (count.words["found"]["votes_for"], count.words["found"]["counted"]) == (4, 4)


def test_a_seat_that_is_ended_during_a_meeting_is_missing_from_the_count(home: at.House, case: Case) -> None:
    meeting = at.opened(home, case, present=("chair", "deputy", "he", "zheng", "su"))
    at.put(home, meeting, case)
    voted(home, meeting, "chair", "deputy", "he", "zheng", "su")
    bodies.end_seat(home.seats["su"], home.unit.admin)
    at.count(home, meeting)
    assert came(meeting) == ("void", ("quorate", "categories_there", "same_members"))


def test_a_seat_that_is_ended_between_vote_and_count_carries_nothing(home: at.House, case: Case) -> None:
    meeting = at.opened(home, case)
    at.put(home, meeting, case)
    for name in at.VOTERS:
        at.vote(home, meeting, name, "against" if name in ("yi", "su", "tang") else "for")
    bodies.end_seat(home.seats["yi"], home.unit.admin)  # four of seven; of the six that are left they would do
    page = told(client_of(home.people["he"]).get(f"/en/desk/ethics/meetings/{meeting.public_id}/"))
    assert "members there when the motion was put whose seat has ended since: 1" in page
    at.count(home, meeting)
    assert came(meeting) == ("void", ("same_members",))
    at.put(home, meeting, case)
    voted(home, meeting, *(one for one in at.VOTERS if one != "yi"))
    at.count(home, meeting)
    assert came(meeting) == ("carried", ())


def test_papers_replaced_before_the_motion_are_noticed(home: at.House, case: Case) -> None:
    shown = at.stands(case).digest
    meeting = at.opened(home, case)
    at.replaced(home, case)
    typed = {"case": case.public_id, "digest": shown, f"motion-{case.public_id}": "approve"}
    answer = sent(home, "chair", meeting, "put", **typed)
    assert answer.status_code == 409
    assert not Done.objects.filter(step="put").exists()


@pytest.mark.parametrize("after", ["put", "vote"])
def test_papers_replaced_before_the_count_make_it_void(home: at.House, case: Case, after: str) -> None:
    meeting = at.opened(home, case)
    at.put(home, meeting, case)
    if after == "put":
        at.replaced(home, case)
    voted(home, meeting, *FIVE)
    if after == "vote":
        at.replaced(home, case)
    address = f"/en/desk/ethics/meetings/{meeting.public_id}/"
    assert "what was voted on is not what was handed in last" in told(client_of(home.people["he"]).get(address))
    at.count(home, meeting)
    assert came(meeting) == ("void", ("same_papers",))
    with pytest.raises(StepRefusedError):
        at.issued(home, case)


def test_papers_replaced_after_the_count_keep_the_decision(home: at.House, case: Case) -> None:
    at.carried(home, case)
    at.replaced(home, case)
    with pytest.raises(StepRefusedError) as refused:
        at.issued(home, case)
    assert "papers_as_carried" in [one.guard for one in refused.value.lacks]


def test_a_chair_does_not_leave_before_the_count(home: at.House, case: Case) -> None:
    meeting = at.opened(home, case)
    at.put(home, meeting, case)
    answer = sent(home, "ye", meeting, "depart", seat=home.seat("chair"))
    assert answer.status_code == 409
    assert "the ballot before is not counted yet" in told(answer)


def test_a_chair_whose_seat_ends_before_the_count_leaves_it_void(home: at.House, case: Case) -> None:
    meeting = at.opened(home, case)
    at.put(home, meeting, case)
    voted(home, meeting, *at.VOTERS)
    bodies.end_seat(home.seats["chair"], home.unit.admin)
    assert "Nobody who may presides in this case." in told(
        client_of(home.people["he"]).get(f"/en/desk/ethics/meetings/{meeting.public_id}/")
    )
    at.count(home, meeting)
    assert came(meeting) == ("void", ("presided", "same_members"))


def test_a_second_opening_is_told_that_the_meeting_is_open(home: at.House, case: Case) -> None:
    meeting = at.opened(home, case)
    answer = sent(home, "deputy", meeting, "open", present=[home.seat("he")], chair=home.seat("deputy"))
    assert answer.status_code == 422
    assert len(meetings.sitting_of(meeting).present) == 7


def test_a_motion_on_a_case_that_is_not_on_the_agenda_is_refused(home: at.House, case: Case) -> None:
    other = at.accepted(home, at.drafted(home, "Another"))
    meeting = at.opened(home, case)
    typed = {"case": other.public_id, "digest": at.stands(other).digest, f"motion-{other.public_id}": "approve"}
    answer = sent(home, "chair", meeting, "put", **typed)
    assert answer.status_code == 409
    assert "not on the agenda" in told(answer)
    with pytest.raises(StepRefusedError):
        at.put(home, meeting, other)


def test_a_forged_digest_is_refused(home: at.House, case: Case) -> None:
    meeting = at.opened(home, case)
    for digest in ("sha256:" + "0" * 64, "x", "-"):
        typed = {"case": case.public_id, "digest": digest, f"motion-{case.public_id}": "approve"}
        assert sent(home, "chair", meeting, "put", **typed).status_code == 409
    assert meetings.sitting_of(meeting).ballots == ()


MADE_UP: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {}), ("x", {}), ("call", {}), ("open", {}), ("open", {"chair": "x"}), ("arrive", {}), ("arrive", {"seat": "x"}),
    ("depart", {"seat": "\0"}), ("preside", {}), ("declare", {}), ("put", {}), ("put", {"case": "x"}), ("vote", {}),
    ("vote", {"vote": "for"}), ("vote", {"vote": "maybe", "ballot": "1"}), ("vote", {"vote": "for", "ballot": "9" * 40}),
    ("count", {}), ("count", {"ballot": "one"}), ("declare", {"interest-case": "x", "withdraws": "yes"}),
    ("put", {"case": "CASE", "digest": "DIGEST"}), ("put", {"case": "CASE", "motion-CASE": "approve"}),
    ("put", {"case": "CASE", "digest": "DIGEST", "motion-CASE": "applaud"}),
    ("declare", {"interest-case": "CASE"}), ("declare", {"interest-case": "CASE", "withdraws": "perhaps"}),
    ("declare", {"interest-case": "CASE", "withdraws": "yes", "interest": "x" * 1001}),
    ("close", {"advisers": "x\n" * 21}), ("preside", {"seat": "YE", "case": "x"}),
)  # fmt: skip
"""What no form of ours sends."""


def test_what_is_missing_or_made_up_changes_nothing(home: at.House, case: Case) -> None:
    meeting = at.opened(home, case)
    known = {"CASE": case.public_id, "DIGEST": at.stands(case).digest, "YE": home.seat("ye")}
    before = Done.objects.count()
    for do, fields in MADE_UP:
        typed = {name.replace("CASE", case.public_id): known.get(value, value) for name, value in fields.items()}
        answer = sent(home, "chair", meeting, do, **typed)
        assert answer.status_code in (400, 409, 422), (do, fields)
        page = answer.content.decode()
        assert 'role="alert"' in page
        assert page.count("<h1") == 1
        assert Done.objects.count() == before, (do, fields)


def test_nobody_votes_or_declares_for_another(home: at.House, case: Case) -> None:
    meeting = at.opened(home, case)
    at.put(home, meeting, case)
    typed = {"vote": "for", "ballot": "1", "seat": home.seat("he")}
    assert sent(home, "ye", meeting, "vote", **typed).status_code == 422
    assert sent(home, "tang", meeting, "vote", **typed).status_code == 303
    assert list(meetings.sitting_of(meeting).ballots[-1].votes) == [home.seat("tang")]
    assert sent(home, "he", meeting, "count", ballot="1").status_code in (409, 422)
    assert sent(home, "he", meeting, "close").status_code == 422


def test_whoever_withdrew_cannot_vote_and_is_told_why(home: at.House, case: Case) -> None:
    meeting = at.opened(home, case)
    assert sent(home, "tang", meeting, "declare", **{"interest-case": case.public_id, "withdraws": "yes"}).status_code == 303
    at.put(home, meeting, case)
    page = client_of(home.people["tang"]).get(f"/en/desk/ethics/meetings/{meeting.public_id}/")
    assert "You cannot vote in this ballot." in told(page)
    assert 'id="vote-for"' not in page.content.decode()
    answer = sent(home, "tang", meeting, "vote", vote="for", ballot="1")
    assert answer.status_code == 409
    assert "declared an interest in this case or withdrew" in told(answer)
