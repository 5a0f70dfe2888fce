"""Time limits of a case: from which step, to which day by the official calendar, extended, over, and begun again."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.procedure.committee import APPLICANT, Play, rules

from guiju.procedure import Running, running

CHINA = ZoneInfo("Asia/Shanghai")


def limits(play: Play, at: datetime | None = None) -> dict[str, Running]:
    return {one.limit.name: one for one in running(play.rules, play.standing, "case", at or play.at)}


def at_day(day: str) -> Play:
    return Play(rules(), at=datetime.fromisoformat(f"{day}T08:30:00+08:00"))


ACCEPTED = {
    "2026-08-03": date(2026, 9, 2),  # 30 days later, a Wednesday
    "2026-08-06": date(2026, 9, 7),  # the 30th day, 5 September, is a Saturday
    "2026-09-01": date(2026, 10, 8),  # 1 October begins the holiday, which ends on the 7th
    "2026-01-16": date(2026, 2, 24),  # 15 February begins the Spring Festival, which ends on the 23rd
}


@pytest.mark.parametrize("day", ACCEPTED)
def test_thirty_days_end_on_the_day_that_the_official_calendar_gives(day: str) -> None:
    play = at_day(day)
    play.accepted()
    found = limits(play)["decide"]
    assert (found.due, found.settled, found.limit.usual) == (ACCEPTED[day], True, True)
    assert not found.over(datetime(found.due.year, found.due.month, found.due.day, 23, 59, tzinfo=CHINA), "Asia/Shanghai")
    assert found.over(datetime(found.due.year, found.due.month, found.due.day, tzinfo=CHINA) + timedelta(days=1), "Asia/Shanghai")


def test_an_extension_states_the_new_day_and_the_limit_ends_with_the_decision() -> None:
    play = at_day("2026-08-03")
    play.accepted()
    play.do("extend", "gu", reasons_given=True, until="2026-09-30")
    assert (limits(play)["decide"].due, limits(play)["decide"].extended) == (date(2026, 9, 30), True)
    play.carried()
    assert play.decided() == []
    assert set(limits(play)) == {"follow_up"}


def test_a_case_reviewed_anew_has_its_time_from_then_and_no_longer_the_old_extension() -> None:
    play = at_day("2026-08-03")
    play.accepted()
    play.do("extend", "gu", reasons_given=True, until="2026-09-30")
    play.carried("refuse")
    assert play.decided("refuse") == []
    play.at += timedelta(days=60)
    play.do("object", APPLICANT, reasons_given=True)
    assert limits(play) == {}
    play.do("uphold_objection", "lin", reasons_given=True)
    play.do("accept", "ye", items_missing=0, route="general", reasons_given=True)
    found = limits(play)["decide"]
    assert found.extended is False
    assert found.due > play.at.date() + timedelta(days=29)


@pytest.mark.parametrize(("listed", "name", "months"), [(False, "follow_up", 12), (True, "follow_up_listed", 6)])
def test_follow_up_comes_round_and_is_meant_as_a_rule(listed: bool, name: str, months: int) -> None:
    play = at_day("2026-03-02")
    if listed:
        play.at_rereview()
        assert play.rereviewed() == []
        assert play.decided_after_rereview() == []
    else:
        play.approved()
    first = limits(play)[name]
    assert (first.due.year * 12 + first.due.month) - (2026 * 12 + 3) == months
    assert first.limit.usual
    play.at = datetime(first.due.year, first.due.month, first.due.day, 10, tzinfo=CHINA)
    play.do("follow_up", "gu", outcome="continue", reasons_given=True, conditions_open=0)
    assert limits(play)[name].due > first.due + timedelta(days=150)


def test_unchecked_an_emergency_has_seventy_two_hours_and_re_review_is_counted_in() -> None:
    play = at_day("2026-08-07")
    play.accepted("emergency", urgent=True, listed=True)
    found = limits(play)["decide_in_emergency"]
    assert found.moment == play.at + timedelta(hours=72)
    assert "decide" not in limits(play)
    assert not found.over(play.at + timedelta(hours=72), "Asia/Shanghai")
    assert found.over(play.at + timedelta(hours=72, minutes=1), "Asia/Shanghai")
    play.carried()
    play.do("pass_initially", "gu", outcome="approve", reasons_given=True, field_expert_took_part=True, departs=False)
    play.do("ask_rereview", APPLICANT, parties={"authority": ["bureau"]})
    assert {"decide_in_emergency", "rereview"} == set(limits(play))


def test_unchecked_the_authority_has_thirty_days_from_the_application() -> None:
    play = at_day("2026-08-03")
    play.at_rereview()
    assert limits(play)["rereview"].due == date(2026, 9, 2)
    assert play.rereviewed() == []
    assert "rereview" not in limits(play)


def test_a_listed_activity_is_registered_within_thirty_days_of_its_approval() -> None:
    play = at_day("2026-08-03")
    play.at_rereview()
    assert play.rereviewed() == []
    assert play.decided_after_rereview() == []
    assert limits(play)["register"].due == date(2026, 9, 2)
    play.do("register_listed", APPLICANT)
    assert "register" not in limits(play)
