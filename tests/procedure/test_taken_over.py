"""Cases taken over from earlier records, decisions of other committees that are recognised, and what follows them up."""

from datetime import date

import pytest
from tests.procedure.committee import APPLICANT, MEMBERS, Play, rules

from guiju.procedure import ProcedureError, StepRefusedError, running

REASONS = {"reasons_given": True}
YANBAN = "org:yanban"


@pytest.fixture
def play() -> Play:
    return Play(rules())


def taken_over(play: Play, outcome: str, by: str = "ye", **more: object) -> None:
    day = {"accepted": {"accepted_before_on": "2026-08-03"}, "applied": {}}.get(outcome, {"decided_before_on": "2026-08-03"})
    whole = {"parties": {"applicant": [YANBAN]}, "digest": "sha256:1"} | day
    play.do("take_over", by, outcome=outcome, **(whole | more))


def due(play: Play) -> dict[str, date]:
    return {one.limit.name: one.due for one in running(play.rules, play.standing, "case", play.at)}


def test_limits_run_from_the_day_of_the_earlier_decision(play: Play) -> None:
    taken_over(play, "approved", listed=True)
    assert due(play) == {"follow_up_listed": date(2027, 2, 3)}
    assert play.case.facts["taken_over"] is True
    assert (play.case.decided, play.case.decided_on) == ("", "sha256:1")


def test_a_case_under_review_goes_on_where_it_stood(play: Play) -> None:
    taken_over(play, "accepted", listed=False, route="general")
    assert due(play) == {"decide": date(2026, 9, 2)}
    play.carried()
    assert play.decided() == []
    assert play.case.decided == "approve"


def test_a_changed_activity_is_reviewed_anew(play: Play) -> None:
    taken_over(play, "approved", listed=False)
    play.do("report_change", "colleague", behalf=YANBAN, digest="sha256:2")
    with pytest.raises(StepRefusedError):
        play.do("reassess", "gu", outcome="continue", **REASONS)
    play.do("reassess", "gu", outcome="review_anew", **REASONS)
    play.do("accept", "ye", items_missing=0, route="general", own_unit=True, **REASONS)
    play.carried()
    assert play.decided() == []
    assert play.case.decided_on == "sha256:2"


@pytest.mark.parametrize("outcome", ["suspended", "to_change", "applied"])
def test_it_goes_on_from_each_state(play: Play, outcome: str) -> None:
    taken_over(play, outcome)
    if outcome == "suspended":
        play.do("resume", "gu", conditions_open=0, **REASONS)
    elif outcome == "to_change":
        play.do("hand_in_changes", "colleague", behalf=YANBAN, digest="sha256:2")
        play.do("confirm_changes", "gu", outcome="approve", digest="sha256:2", **REASONS)
    else:
        play.do("accept", "ye", items_missing=0, route="general", listed=False, own_unit=True, **REASONS)
    assert play.case.state == ("accepted" if outcome == "applied" else "approved")


def test_nobody_takes_over_their_own_case_or_one_that_is_there(play: Play) -> None:
    with pytest.raises(StepRefusedError):
        taken_over(play, "approved", "gu", parties={"applicant": ["gu"]})
    for who in ("lin", "he", APPLICANT):
        with pytest.raises(ProcedureError):
            taken_over(play, "approved", who)
    play.met()
    with pytest.raises(ProcedureError):
        play.do("take_over", "ye", "m1", outcome="applied", parties={"applicant": [YANBAN]})
    taken_over(play, "approved", "gu")
    with pytest.raises(ProcedureError):
        taken_over(play, "approved", "gu")
    assert "gu" not in play.case.parties["applicant"]


def test_unchecked_a_recognised_decision_approves_is_marked_and_followed_up() -> None:
    play = Play(rules(), {"recognises": True})
    play.applied()
    given = {"recognised_decision": "university 2026-17", "digest": "sha256:1"} | REASONS
    with pytest.raises(ProcedureError):
        play.do("recognise", "ye", **given)
    play.do("recognise", "gu", **given)
    assert (play.case.state, play.case.facts["recognised"], play.case.decided_on) == ("approved", True, "sha256:1")
    assert set(due(play)) == {"follow_up"}
    play.do("report_change", APPLICANT, digest="sha256:2")
    play.do("reassess", "gu", outcome="review_anew", **REASONS)
    play.do("accept", "ye", items_missing=0, route="general", **REASONS)
    assert "recognised" not in play.case.facts


def test_follow_up_goes_on_running_while_an_approval_is_objected_to(play: Play) -> None:
    play.approved()
    before = due(play)
    play.do("object", APPLICANT, **REASONS)
    assert due(play) == before != {}
    play.do("follow_up_objected", "lin", outcome="suspend", **REASONS)
    assert due(play) == {}


def test_a_member_stands_aside_while_an_objection_to_a_suspended_approval_is_open(play: Play) -> None:
    play.approved()
    play.do("object", APPLICANT, **REASONS)
    play.do("follow_up_objected", "lin", outcome="suspend", **REASONS)
    play.do("stand_aside", MEMBERS[0], aside=True)
    with pytest.raises(StepRefusedError):
        play.do("reject_while_suspended", MEMBERS[0], **REASONS)
