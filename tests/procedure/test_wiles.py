"""Ways somebody might try to come to an approval that the measures do not allow: each ends in a refusal, or in nothing."""

import pytest
from tests.procedure.committee import APPLICANT, AUTHORITY, EXPERTS, MEMBERS, Play, rules

from guiju.procedure import ProcedureError, StepRefusedError

REASONS = {"reasons_given": True}


@pytest.fixture
def play() -> Play:
    return Play(rules())


def lacks(play: Play, guard: str, step: str, by: str, about: str = "case", **gives: object) -> None:
    with pytest.raises(StepRefusedError) as told:
        play.do(step, by, about, **gives)
    assert guard in {one.guard for one in told.value.lacks}


def test_a_listed_activity_is_not_approved_by_way_of_changes(play: Play) -> None:
    play.accepted(listed=True)
    play.carried("approve_after_changes")
    assert play.decided("approve_after_changes") == ["not_listed_approval"]


def test_a_meeting_cannot_have_the_name_of_a_case(play: Play) -> None:
    play.accepted()
    with pytest.raises(ProcedureError):
        play.do("call", "ye", "case", agenda=["case"])
    play.do("call", "ye", "m1", agenda=["case"])
    with pytest.raises(ProcedureError):
        play.do("apply", APPLICANT, "m1", digest="x", risk_assessed=True, state_secret=False)


def test_nobody_becomes_the_chair_of_a_case_by_being_named(play: Play) -> None:
    play.passed()
    with pytest.raises(ProcedureError):
        play.do("ask_rereview", APPLICANT, parties={"authority": [AUTHORITY], "chair": [APPLICANT]})
    lacks(play, "authority_apart", "ask_rereview", APPLICANT, parties={"authority": ["gu"]})


def test_an_applicant_with_a_seat_takes_no_part_in_their_own_case(play: Play) -> None:
    facts = dict.fromkeys(("listed", "urgent", "minor_change", "quiet_follow_up", "state_secret"), False) | {"own_unit": True}
    play.do("apply", "gu", digest="sha256:1", risk_assessed=True, not_above_minimal_risk=True, **facts)
    lacks(play, "decider_apart", "accept", "gu", items_missing=0, route="general", **REASONS)
    play.do("accept", "ye", items_missing=0, route="simplified", **REASONS)
    lacks(play, "panel_able", "name_panel", "lin", panel=["gu", "he"])
    play.do("raise", "he")
    meeting = play.met(chair="gu")
    play.put(meeting)
    lacks(play, "voter_no_interest", "vote", "gu", meeting, seat="gu", vote="for")
    play.voted(meeting, dict.fromkeys(MEMBERS[1:], "for"))
    assert play.counted(meeting) == ["presided"]


def test_opinions_fall_with_the_papers_they_were_given_on_and_are_given_once(play: Play) -> None:
    play.accepted("simplified", not_above_minimal_risk=True)
    play.do("name_panel", "gu", panel=["he", "zheng"])
    play.do("opine", "he", opinion="agree")
    play.do("opine", "zheng", opinion="doubt")
    lacks(play, "opinion_once", "opine", "zheng", opinion="agree")
    lacks(play, "panel_agrees", "name_panel", "gu", panel=["he", "yi"])
    play.do("replace_papers", APPLICANT, digest="sha256:2")
    assert play.decided_simply() == ["panel_done", "panel_agrees"]


def test_nobody_comes_or_goes_while_it_is_voted(play: Play) -> None:
    play.accepted()
    meeting = play.met()
    play.put(meeting)
    lacks(play, "no_open_ballot", "depart", "ye", meeting, seat="he")
    play.voted(meeting, dict(zip(MEMBERS, ["for"] * 4 + ["against"] * 3, strict=True)))
    assert play.counted(meeting) == ["two_thirds"]


def test_an_interest_is_remembered_at_the_next_meeting(play: Play) -> None:
    play.accepted()
    first = play.met()
    play.do("declare", "yi", first, seat="yi", case="case", withdraws=True)
    play.do("close", "ye", first)
    second = play.met()
    play.put(second)
    lacks(play, "voter_no_interest", "vote", "yi", second, seat="yi", vote="for")


def test_votes_of_another_round_count_no_more(play: Play) -> None:
    play.accepted()
    play.carried("refuse")
    open_still = play.met()
    play.put(open_still)
    play.voted(open_still, dict.fromkeys(MEMBERS, "for"))
    assert play.decided("refuse") == []
    play.do("object", APPLICANT, **REASONS)
    play.do("uphold_objection", "lin", **REASONS)
    play.do("accept", "ye", items_missing=0, route="general", **REASONS)
    assert play.counted(open_still) == ["same_papers"]
    assert "carried" in play.decided()


def test_one_person_has_one_seat_and_a_post_of_the_body(play: Play) -> None:
    for name, post in (("he", "member"), ("new", "adviser")):
        with pytest.raises(ProcedureError):
            play.do("seat", "unit", "another", person=name, post=post, begins="2026-01-01", ends="2028-01-01")


def test_a_simplified_review_of_a_small_change_needs_something_that_was_approved(play: Play) -> None:
    play.applied(minor_change=True)
    lacks(play, "simplified_fits", "accept", "ye", items_missing=0, route="simplified", **REASONS)


def test_after_a_change_the_committee_judges_anew_by_which_procedure(play: Play) -> None:
    play.accepted("simplified", not_above_minimal_risk=True)
    play.do("name_panel", "gu", panel=["he", "zheng"])
    for who in ("he", "zheng"):
        play.do("opine", who, opinion="agree")
    assert play.decided_simply() == []
    play.do("report_change", APPLICANT, digest="sha256:2")
    play.do("reassess", "gu", outcome="review_anew", **REASONS)
    assert play.case.state == "applied"
    play.do("accept", "ye", items_missing=0, route="general", listed=True, not_above_minimal_risk=False, **REASONS)
    assert play.case.facts["listed"] is True


def test_the_opinion_of_the_experts_is_what_their_votes_say(play: Play) -> None:
    play.at_rereview()
    assert play.answered(EXPERTS[:5], EXPERTS[:5], agrees=False) == ["group_two_thirds"]
    with pytest.raises(ProcedureError):
        play.do("answer_rereview", AUTHORITY, group=EXPERTS[:5], group_for=EXPERTS[:5], centre_reviewed_it=False)


def test_an_extension_that_extends_nothing_is_refused(play: Play) -> None:
    play.accepted()  # on 1 September, so until 8 October
    lacks(play, "limit_stated", "extend", "gu", until="2026-10-08", **REASONS)
    play.do("extend", "gu", until="2026-10-30", **REASONS)
    lacks(play, "limit_stated", "extend", "gu", until="2026-10-20", **REASONS)
    play.do("extend", "gu", until="2026-11-20", **REASONS)


def test_a_rejected_objection_does_not_revive_what_was_suspended_meanwhile(play: Play) -> None:
    play.approved()
    play.do("object", APPLICANT, **REASONS)
    play.do("follow_up_objected", "lin", outcome="continue", **REASONS)
    play.do("follow_up_objected", "lin", outcome="suspend", conditions_open=1, **REASONS)
    with pytest.raises(ProcedureError):
        play.do("reject_objection", "lin", **REASONS)
    play.do("reject_while_suspended", "lin", **REASONS)
    assert play.case.state == "suspended"
    lacks(play, "conditions_met", "resume", "gu", **REASONS)


def test_an_objection_upheld_while_suspended_is_reviewed_anew(play: Play) -> None:
    play.approved()
    play.do("object", APPLICANT, **REASONS)
    play.do("follow_up_objected", "lin", outcome="suspend", **REASONS)
    play.do("uphold_objection", "lin", **REASONS)
    assert play.case.state == "applied"


def test_what_the_applicant_says_waives_no_re_review(play: Play) -> None:
    play.passed(approval_with_ethics_condition=True, already_regulated=True)
    with pytest.raises(ProcedureError):
        play.do("waive_rereview", "gu", outcome="approve", **REASONS)
    found = {"approval_with_ethics_condition": False, "already_regulated": False}
    lacks(play, "waiver", "waive_rereview", "gu", outcome="approve", **REASONS, **found)


def test_unchecked_a_charter_may_leave_the_waiver_of_2026_aside(play: Play) -> None:
    found = {"approval_with_ethics_condition": False, "already_regulated": True}
    play.passed()
    play.do("charter", "unit", "body", waives_regulated=False)
    lacks(play, "waiver", "waive_rereview", "gu", outcome="approve", **REASONS, **found)
    play.do("charter", "unit", "body", waives_regulated=True)
    play.do("waive_rereview", "gu", outcome="approve", **REASONS, **found)
    assert play.case.state == "approved"


def test_a_listed_activity_passes_initially_after_changes_and_goes_on_to_re_review(play: Play) -> None:
    play.accepted(listed=True)
    play.carried("approve_after_changes")
    play.do("pass_initially", "gu", outcome="approve_after_changes", departs=False, **REASONS)
    with pytest.raises(ProcedureError):
        play.do("ask_rereview", APPLICANT, parties={"authority": [AUTHORITY]})
    play.do("hand_in_changes", APPLICANT, digest="sha256:2")
    lacks(play, "papers_named", "confirm_initially", "gu", outcome="approve", digest="sha256:1", **REASONS)
    play.do("confirm_initially", "gu", outcome="approve", digest="sha256:2", **REASONS)
    play.do("ask_rereview", APPLICANT, parties={"authority": [AUTHORITY]})
    assert play.rereviewed() == []
    assert play.decided_after_rereview() == []
    assert (play.case.state, play.case.decided_on) == ("approved", "sha256:2")


def test_who_voted_and_left_is_no_expert_of_the_re_review(play: Play) -> None:
    play.at_rereview()
    play.do("seat-ended", "unit", "he", on="2026-09-01")
    assert play.answered([*EXPERTS[:4], "he"], [*EXPERTS[:4], "he"]) == ["group_apart"]


def test_a_new_round_knows_nothing_of_what_was_found_in_the_one_before(play: Play) -> None:
    play.at_rereview()
    assert play.rereviewed() == []
    assert play.decided_after_rereview(conditions_open=2) == []
    play.do("report_change", APPLICANT, digest="sha256:2")
    play.do("reassess", "gu", outcome="review_anew", **REASONS)
    play.do("accept", "ye", items_missing=0, route="general", **REASONS)
    kept = {"listed": True, "risk_assessed": True, "own_unit": True}
    assert kept.items() <= play.case.facts.items()
    assert play.case.facts["route"] == "general"
    assert not {"rereview_agrees", "conditions_open"} & set(play.case.facts)


def test_acts_are_told_in_their_order(play: Play) -> None:
    play.accepted()
    play.at = play.at.replace(year=2025)
    with pytest.raises(ProcedureError) as told:
        play.do("take_back", APPLICANT)
    assert told.value.code == "procedure.backwards"
