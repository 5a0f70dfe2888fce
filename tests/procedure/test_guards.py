"""Every guard of the rules of ethics review: one play in which it alone is broken, and the same play in which it is met.

That each is needed is shown by taking it away: then the play that breaks it lacks nothing any more.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.procedure.committee import APPLICANT, AUTHORITY, EXPERTS, MEMBERS, Play, rules, without

from guiju.procedure import Act, day_of, defects, lacking

Broken = Callable[[Play, bool], list[str]]
PLAYS: dict[str, Broken] = {}
RECOGNISES = {"recognises": True}
CHARTERS: dict[str, dict[str, Any]] = {
    "voter_trained": {"training_lapse_suspends": True}, "other_decision_named": RECOGNISES, "recognised_not_listed": RECOGNISES,
    "never_reviewed": RECOGNISES,
}  # fmt: skip
"""Charters other than the default, for the plays that need one."""


def breaks(guard: str) -> Callable[[Broken], Broken]:
    def registered(play: Broken) -> Broken:
        PLAYS[guard] = play
        return play

    return registered


def body_lacks(play: Play) -> list[str]:
    return [one.guard for one in defects(play.rules, play.standing, day_of(play.rules, play.at))]


# -- the committee ---------------------------------------------------------------------------------------------------------------


@breaks("enough_members")
def six_members(play: Play, ok: bool) -> list[str]:
    if not ok:
        play.do("seat-ended", "unit", "yi", on="2026-09-01")
    return body_lacks(play)


@breaks("one_chair")
def two_chairs(play: Play, ok: bool) -> list[str]:
    if not ok:
        play.seat("wen", "chair")
    return body_lacks(play)


@breaks("a_deputy")
def no_deputy(play: Play, ok: bool) -> list[str]:
    play.seat("wen", "member", ["ethics"])
    if not ok:
        play.do("seat-ended", "unit", "lin", on="2026-09-01")
    return body_lacks(play)


@breaks("all_categories")
def nobody_of_ethics(play: Play, ok: bool) -> list[str]:
    play.do("seat-ended", "unit", "lin", on="2026-09-01")
    play.seat("wen", "deputy", ["ethics"] if ok else ["field"])
    return body_lacks(play)


@breaks("terms_within")
def a_term_of_five_years_and_a_day(play: Play, ok: bool) -> list[str]:
    play.seat("wen", begins="2026-02-01", ends="2031-01-31" if ok else "2031-02-01")
    return body_lacks(play)


# -- application and acceptance --------------------------------------------------------------------------------------------------


@breaks("no_state_secret")
def a_state_secret(play: Play, ok: bool) -> list[str]:
    return play.lacks("apply", APPLICANT, digest="sha256:1", risk_assessed=True, state_secret=not ok)


@breaks("risk_assessed")
def no_assessment(play: Play, ok: bool) -> list[str]:
    return play.lacks("apply", APPLICANT, digest="sha256:1", risk_assessed=ok, state_secret=False)


@breaks("missing_named")
def nothing_named(play: Play, ok: bool) -> list[str]:
    play.applied()
    return play.lacks("tell_incomplete", "ye", items_missing=2 if ok else 0)


@breaks("told_once")
def told_twice(play: Play, ok: bool) -> list[str]:
    play.applied()
    if not ok:
        play.do("tell_incomplete", "ye", items_missing=1)
        play.do("complete", APPLICANT, digest="sha256:2")
    return play.lacks("tell_incomplete", "ye", items_missing=1)


@breaks("papers_complete")
def papers_missing(play: Play, ok: bool) -> list[str]:
    play.applied()
    return play.lacks("accept", "ye", items_missing=0 if ok else 1, route="general", reasons_given=True)


@breaks("reasons")
def no_reasons(play: Play, ok: bool) -> list[str]:
    play.applied()
    return play.lacks("accept", "ye", items_missing=0, route="general", **({"reasons_given": True} if ok else {}))


@breaks("simplified_fits")
def simplified_for_more_than_minimal_risk(play: Play, ok: bool) -> list[str]:
    play.applied(not_above_minimal_risk=ok)
    return play.lacks("accept", "ye", items_missing=0, route="simplified", reasons_given=True)


@breaks("listed_not_simplified")
def listed_by_simplified(play: Play, ok: bool) -> list[str]:
    play.applied(not_above_minimal_risk=True, listed=not ok)
    return play.lacks("accept", "ye", items_missing=0, route="simplified", reasons_given=True)


@breaks("emergency_fits")
def no_emergency(play: Play, ok: bool) -> list[str]:
    play.applied(urgent=ok)
    return play.lacks("accept", "ye", items_missing=0, route="emergency", reasons_given=True)


@breaks("limit_stated")
def no_limit(play: Play, ok: bool) -> list[str]:
    play.accepted()
    stated = {"until": "2026-10-20"} if ok else {}
    return play.lacks("extend", "gu", reasons_given=True, **stated)


@breaks("unit_or_entrusted")
def of_another_unit_without_entrustment(play: Play, ok: bool) -> list[str]:
    play.applied(own_unit=False, entrusted=ok)
    return play.lacks("accept", "ye", items_missing=0, route="general", reasons_given=True)


# -- cases taken over, and decisions of others -----------------------------------------------------------------------------------


def taken_over(play: Play, **given: Any) -> list[str]:
    whole = {
        "outcome": "approved",
        "decided_before_on": "2026-08-03",
        "parties": {"applicant": ["org:yanban"]},
        "digest": "sha256:1",
    }
    return play.lacks("take_over", "ye", **{name: one for name, one in (whole | given).items() if one is not None})


@breaks("take_over_in_time")
def taken_over_after_a_year(play: Play, ok: bool) -> list[str]:
    play.at += timedelta(days=90 if ok else 91)
    return taken_over(play)


@breaks("earlier_day")
def approved_on_a_day_to_come(play: Play, ok: bool) -> list[str]:
    return taken_over(play, decided_before_on="2026-09-01" if ok else "2026-09-02")


@breaks("taken_over_whole")
def taken_over_under_review_by_no_procedure(play: Play, ok: bool) -> list[str]:
    since = {"decided_before_on": None, "accepted_before_on": "2026-08-03"}
    return taken_over(play, outcome="accepted", listed=False, **since, **({"route": "general"} if ok else {}))


def recognised(play: Play, **given: Any) -> list[str]:
    whole = {"recognised_decision": "university 2026-17", "digest": "sha256:1", "reasons_given": True}
    return play.lacks("recognise", "gu", **{name: one for name, one in (whole | given).items() if one is not None})


@breaks("recognition_allowed")
def recognised_without_a_word_in_the_charter(play: Play, ok: bool) -> list[str]:
    if ok:
        play.do("charter", "unit", "body", recognises=True)
    play.applied()
    return recognised(play)


@breaks("other_decision_named")
def recognised_without_saying_what(play: Play, ok: bool) -> list[str]:
    play.applied()
    return recognised(play, **({} if ok else {"recognised_decision": None}))


@breaks("recognised_not_listed")
def a_listed_activity_recognised(play: Play, ok: bool) -> list[str]:
    play.applied(listed=not ok)
    return recognised(play)


@breaks("never_reviewed")
def recognised_after_a_refusal(play: Play, ok: bool) -> list[str]:
    play.accepted() if not ok else play.applied()
    if not ok:
        play.carried("refuse")
        assert play.decided("refuse") == []
        play.do("object", APPLICANT, reasons_given=True)
        play.do("uphold_objection", "lin", reasons_given=True)
    return recognised(play)


# -- the meeting -----------------------------------------------------------------------------------------------------------------


@breaks("presided")
def a_member_presides(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met(chair="lin" if ok else "he")
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(MEMBERS, "for"))
    return play.counted(meeting)


@breaks("may_preside")
def a_member_takes_the_chair(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met()
    return play.lacks("preside", "ye", meeting, seat="lin" if ok else "he")


@breaks("stands_in")
def a_member_decides_for_a_chair_who_is_free(play: Play, ok: bool) -> list[str]:
    play.seat("wen", "member", ["ethics", "woman"])
    play.accepted()
    for who in ["gu", "lin"] if ok else ["gu"]:
        play.do("stand_aside", who, aside=True)
    meeting = play.met(["wen", *MEMBERS], chair="he" if ok else "lin")
    play.do("put", "he" if ok else "lin", meeting, case="case", motion="approve", digest="sha256:1")
    play.voted(meeting, dict.fromkeys(["wen", *MEMBERS[2:], *([] if ok else ["lin"])], "for"))
    assert play.counted(meeting) == []
    return play.lacks("decide", "he", outcome="approve", reasons_given=True, departs=False)


@breaks("quorate")
def four_who_count(play: Play, ok: bool) -> list[str]:
    play.accepted()
    there = ["gu", "lin", "he", "su", *(["tang"] if ok else [])]
    meeting = play.met(there)
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(there, "for"))
    return play.counted(meeting)


@breaks("categories_there")
def nobody_from_outside(play: Play, ok: bool) -> list[str]:
    play.accepted()
    there = ["gu", "lin", "he", "zheng", "su" if ok else "yi"]
    meeting = play.met(there)
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(there, "for"))
    return play.counted(meeting)


@breaks("video_by_rule")
def by_video(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met(video=not ok)
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(MEMBERS, "for"))
    return play.counted(meeting)


@breaks("interests_aside")
def one_with_an_interest_stays(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met()
    play.do("declare", "yi", meeting, seat="yi", case="case", withdraws=ok)
    play.put(meeting)
    play.voted(meeting, dict.fromkeys([one for one in MEMBERS if one != "yi"], "for"))
    return play.counted(meeting)


@breaks("same_papers")
def papers_replaced_while_it_is_voted(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met()
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(MEMBERS, "for"))
    if not ok:
        play.do("replace_papers", APPLICANT, digest="sha256:2")
    return play.counted(meeting)


@breaks("two_thirds")
def four_of_seven(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met()
    play.put(meeting)
    votes = ["for"] * (5 if ok else 4) + ["against"] * (2 if ok else 3)
    play.voted(meeting, dict(zip(MEMBERS, votes, strict=True)))
    return play.counted(meeting)


@breaks("on_agenda")
def not_on_the_agenda(play: Play, ok: bool) -> list[str]:
    play.accepted()
    play.do("call", "ye", "m1", agenda=["case"] if ok else [])
    play.do("open", "ye", "m1", present=MEMBERS, chair="gu")
    return play.lacks("put", "gu", "m1", case="case", motion="approve", digest="sha256:1")


@breaks("not_lost_here")
def a_lost_motion_put_again(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met()
    play.put(meeting)
    play.voted(meeting, dict(zip(MEMBERS, ["for"] * 4 + ["against"] * 3, strict=True)))
    assert play.counted(meeting) == ["two_thirds"]
    motion = "refuse" if ok else "approve"
    return play.lacks("put", "gu", meeting, case="case", motion=motion, digest="sha256:1")


@breaks("no_open_ballot")
def two_motions_at_once(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met()
    play.put(meeting)
    if ok:
        play.counted(meeting)
    return play.lacks("put", "gu", meeting, case="case", motion="refuse", digest="sha256:1")


@breaks("file_put")
def a_motion_on_older_papers(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met()
    return play.lacks("put", "gu", meeting, case="case", motion="approve", digest="sha256:1" if ok else "sha256:0")


@breaks("voter_there")
def a_vote_by_letter(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met(MEMBERS if ok else MEMBERS[:-1])
    play.put(meeting)
    return play.lacks("vote", "tang", meeting, seat="tang", vote="for")


@breaks("voter_no_interest")
def a_vote_in_ones_own_interest(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met()
    who = "he" if ok else "yi"
    play.do("declare", who, meeting, seat=who, case="case", withdraws=False)
    play.put(meeting)
    return play.lacks("vote", "yi", meeting, seat="yi", vote="for")


@breaks("voter_trained")
def a_vote_after_training_lapsed(play: Play, ok: bool) -> list[str]:
    play.seat("wen", "member", trained_until="2026-12-31" if ok else "2026-08-31")
    play.accepted()
    meeting = play.met(["wen", *MEMBERS])
    play.put(meeting)
    return play.lacks("vote", "wen", meeting, seat="wen", vote="for")


@breaks("voter_once")
def a_second_vote(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met()
    play.put(meeting)
    if not ok:
        play.voted(meeting, {"yi": "against"})
    return play.lacks("vote", "yi", meeting, seat="yi", vote="for")


# -- the simplified procedure ----------------------------------------------------------------------------------------------------


def simplified(play: Play, panel: list[str], opinions: dict[str, str]) -> None:
    play.accepted("simplified", not_above_minimal_risk=True)
    play.do("name_panel", "gu", panel=panel)
    for who, opinion in opinions.items():
        play.do("opine", who, opinion=opinion)


@breaks("panel_enough")
def one_reviewer(play: Play, ok: bool) -> list[str]:
    play.accepted("simplified", not_above_minimal_risk=True)
    return play.lacks("name_panel", "gu", panel=["he", "zheng"] if ok else ["he"])


@breaks("panel_able")
def a_reviewer_with_an_interest(play: Play, ok: bool) -> list[str]:
    play.accepted("simplified", not_above_minimal_risk=True)
    play.do("stand_aside", "yi" if ok else "he", aside=True)
    return play.lacks("name_panel", "gu", panel=["he", "zheng"])


@breaks("on_panel")
def an_opinion_of_somebody_else(play: Play, ok: bool) -> list[str]:
    simplified(play, ["he", "zheng"], {})
    return play.lacks("opine", "he" if ok else "yi", opinion="agree")


@breaks("opinion_once")
def an_opinion_thought_over(play: Play, ok: bool) -> list[str]:
    simplified(play, ["he", "zheng"], {} if ok else {"he": "agree"})
    return play.lacks("opine", "he", opinion="agree")


@breaks("papers_named")
def decided_on_papers_that_are_not_named(play: Play, ok: bool) -> list[str]:
    simplified(play, ["he", "zheng"], {"he": "agree", "zheng": "agree"})
    papers = "sha256:1" if ok else "sha256:0"
    return play.lacks("decide_simplified", "gu", outcome="approve", reasons_given=True, departs=False, digest=papers)


@breaks("by_simplified")
def reviewers_in_the_general_procedure(play: Play, ok: bool) -> list[str]:
    play.accepted("simplified" if ok else "general", not_above_minimal_risk=True)
    return play.lacks("name_panel", "gu", panel=["he", "zheng"])


@breaks("panel_done")
def one_opinion_of_two(play: Play, ok: bool) -> list[str]:
    simplified(play, ["he", "zheng"], {"he": "agree"} | ({"zheng": "agree"} if ok else {}))
    return play.decided_simply()


@breaks("panel_agrees")
def a_reviewer_in_doubt(play: Play, ok: bool) -> list[str]:
    simplified(play, ["he", "zheng"], {"he": "agree", "zheng": "agree" if ok else "doubt"})
    return play.decided_simply()


@breaks("not_by_simplified")
def decided_as_if_by_meeting(play: Play, ok: bool) -> list[str]:
    play.accepted("simplified", not_above_minimal_risk=True)
    if ok:
        play.do("raise", "he")
    play.carried()
    return play.decided()


@breaks("field_in_emergency")
def nobody_of_the_field(play: Play, ok: bool) -> list[str]:
    play.accepted("emergency", urgent=True)
    play.carried()
    return play.decided(field_expert_took_part=ok)


# -- the decision ----------------------------------------------------------------------------------------------------------------


@breaks("carried")
def decided_without_a_vote(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met(MEMBERS if ok else MEMBERS[:4])
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(MEMBERS if ok else MEMBERS[:4], "for"))
    play.counted(meeting)
    return play.decided()


@breaks("as_carried")
def another_decision_than_was_carried(play: Play, ok: bool) -> list[str]:
    play.accepted()
    play.carried("refuse")
    return play.decided("refuse" if ok else "approve")


@breaks("papers_as_carried")
def papers_replaced_after_the_vote(play: Play, ok: bool) -> list[str]:
    play.accepted()
    play.carried()
    if not ok:
        play.do("replace_papers", APPLICANT, digest="sha256:2")
    return play.decided()


@breaks("decider_apart")
def the_chair_decides_with_an_interest(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met(chair="lin")
    play.do("declare", "gu", meeting, seat="gu", case="case", withdraws=True)
    play.do("put", "lin", meeting, case="case", motion="approve", digest="sha256:1")
    play.voted(meeting, dict.fromkeys(MEMBERS[1:], "for"))
    assert play.counted(meeting) == []
    return play.lacks("decide", "lin" if ok else "gu", outcome="approve", reasons_given=True, departs=False)


@breaks("voters_clean")
def an_interest_shown_after_the_vote(play: Play, ok: bool) -> list[str]:
    play.accepted()
    play.carried()
    if not ok:
        play.do("stand_aside", "yi", aside=True)
    return play.decided()


@breaks("under_review")
def voted_on_before_it_was_accepted(play: Play, ok: bool) -> list[str]:
    play.accepted() if ok else play.applied()
    meeting = play.met()
    return play.lacks("put", "gu", meeting, case="case", motion="approve", digest="sha256:1")


@breaks("own_seat")
def an_interest_declared_for_somebody_else(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met()
    return play.lacks("declare", "yi" if ok else "he", meeting, seat="yi", case="case", withdraws=True)


@breaks("listed_known")
def accepted_without_asking_whether_it_is_listed(play: Play, ok: bool) -> list[str]:
    play.do("apply", APPLICANT, digest="sha256:1", risk_assessed=True, state_secret=False, own_unit=True)
    more = {"listed": False} if ok else {}
    return play.lacks("accept", "ye", items_missing=0, route="general", reasons_given=True, **more)


@breaks("never_decided")
def not_accepted_after_all(play: Play, ok: bool) -> list[str]:
    play.accepted() if not ok else play.applied()
    if not ok:
        play.carried("review_again_after_changes")
        assert play.decided("review_again_after_changes") == []
        play.do("hand_in_again", APPLICANT, digest="sha256:2")
    return play.lacks("decline", "ye", reasons_given=True)


@breaks("authority_apart")
def the_applicant_as_their_own_authority(play: Play, ok: bool) -> list[str]:
    play.passed()
    return play.lacks("ask_rereview", APPLICANT, parties={"authority": [AUTHORITY if ok else APPLICANT]})


@breaks("not_listed_approval")
def a_listed_activity_approved_at_once(play: Play, ok: bool) -> list[str]:
    play.accepted(listed=not ok)
    play.carried()
    return play.decided()


# -- expert re-review ------------------------------------------------------------------------------------------------------------


@breaks("is_listed")
def initial_review_of_what_is_not_listed(play: Play, ok: bool) -> list[str]:
    play.accepted(listed=ok)
    play.carried()
    return play.lacks("pass_initially", "gu", outcome="approve", reasons_given=True, departs=False)


@breaks("group_enough")
def four_experts(play: Play, ok: bool) -> list[str]:
    play.at_rereview()
    group = EXPERTS[: 5 if ok else 4]
    return play.answered(group, group)


@breaks("group_apart")
def an_expert_of_the_committee(play: Play, ok: bool) -> list[str]:
    play.at_rereview()
    group = [*EXPERTS[:4], EXPERTS[4] if ok else "he"]
    return play.answered(group, group)


@breaks("group_two_thirds")
def three_of_five_experts(play: Play, ok: bool) -> list[str]:
    play.at_rereview()
    group = EXPERTS[:5]
    return play.answered(group, group[: 4 if ok else 3])


@breaks("centre_apart")
def re_reviewed_by_who_reviewed_it(play: Play, ok: bool) -> list[str]:
    play.at_rereview()
    return play.answered(EXPERTS[:5], EXPERTS[:5], centre_reviewed_it=not ok)


@breaks("waiver")
def waived_without_an_approval(play: Play, ok: bool) -> list[str]:
    play.passed(approval_with_ethics_condition=True)  # the applicant says so; it is the committee that finds it
    found = {"approval_with_ethics_condition": ok, "already_regulated": False}
    return play.lacks("waive_rereview", "gu", outcome="approve", reasons_given=True, **found)


@breaks("as_rereviewed")
def approved_against_the_experts(play: Play, ok: bool) -> list[str]:
    play.at_rereview()
    assert play.rereviewed(agrees=ok) == []
    return play.decided_after_rereview()


# -- afterwards ------------------------------------------------------------------------------------------------------------------


@breaks("ballot_open")
def a_count_of_nothing(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met()
    if ok:
        play.put(meeting)
        return play.lacks("vote", "yi", meeting, seat="yi", vote="for")
    return [one for one in play.lacks("vote", "yi", meeting, seat="yi", vote="for") if one == "ballot_open"]


@breaks("new_papers")
def the_same_papers_again(play: Play, ok: bool) -> list[str]:
    play.applied()
    play.do("tell_incomplete", "ye", items_missing=1)
    return play.lacks("complete", APPLICANT, digest="sha256:2" if ok else "sha256:1")


@breaks("changes_handed_in")
def changes_confirmed_before_they_are_there(play: Play, ok: bool) -> list[str]:
    play.accepted()
    play.carried("approve_after_changes")
    assert play.decided("approve_after_changes") == []
    if ok:
        play.do("hand_in_changes", APPLICANT, digest="sha256:2")
    return play.lacks("confirm_changes", "gu", outcome="approve", reasons_given=True, digest=play.case.digest)


@breaks("initial_changes_handed_in")
def initial_changes_confirmed_before_they_are_there(play: Play, ok: bool) -> list[str]:
    play.accepted(listed=True)
    play.carried("approve_after_changes")
    play.do("pass_initially", "gu", outcome="approve_after_changes", reasons_given=True, departs=False)
    if ok:
        play.do("hand_in_changes", APPLICANT, digest="sha256:2")
    return play.lacks("confirm_initially", "gu", outcome="approve", reasons_given=True, digest=play.case.digest)


@breaks("departure")
def decided_otherwise_without_a_word(play: Play, ok: bool) -> list[str]:
    play.accepted()
    play.carried()
    return play.decided(departs=True, departure_explained=ok)


@breaks("approval_objected_to")
def a_refusal_followed_up(play: Play, ok: bool) -> list[str]:
    play.accepted()
    outcome = "approve" if ok else "refuse"
    play.carried(outcome)
    assert play.decided(outcome) == []
    play.do("object", APPLICANT, reasons_given=True)
    return play.lacks("follow_up_objected", "lin", outcome="suspend", reasons_given=True)


@breaks("conditions_met")
def resumed_with_conditions_open(play: Play, ok: bool) -> list[str]:
    play.approved()
    play.do("follow_up", "gu", outcome="suspend", reasons_given=True, conditions_open=2)
    if ok:
        play.do("meet_condition", "ye", conditions_open=0)
    return play.lacks("resume", "gu", reasons_given=True)


@breaks("papers_as_decided")
def going_on_with_other_papers(play: Play, ok: bool) -> list[str]:
    play.approved()
    play.do("report_change", APPLICANT, **({} if ok else {"digest": "sha256:2"}))
    return play.lacks("reassess", "gu", outcome="continue", reasons_given=True)


@breaks("papers_still_approved")
def resumed_with_other_papers(play: Play, ok: bool) -> list[str]:
    play.approved()
    play.do("report_change", APPLICANT, **({} if ok else {"digest": "sha256:2"}))
    play.do("reassess", "gu", outcome="suspend", reasons_given=True)
    play.do("meet_condition", "ye", conditions_open=0)
    return play.lacks("resume", "gu", reasons_given=True)


# -- the table -------------------------------------------------------------------------------------------------------------------

UNCHECKED = [name for name in PLAYS if rules().guards[name].basis.unchecked]
CHECKED = [name for name in PLAYS if name not in UNCHECKED]


def told(guard: str) -> None:
    """Broken alone it is told, met nothing lacks; and without it nobody would notice."""
    assert PLAYS[guard](Play(rules(), CHARTERS.get(guard, {})), False) == [guard]
    assert PLAYS[guard](Play(rules(), CHARTERS.get(guard, {})), True) == []


def test_every_guard_has_a_play() -> None:
    assert set(PLAYS) == set(rules().guards)


@pytest.mark.parametrize("guard", CHECKED)
def test_a_guard_that_is_broken_is_told_and_one_that_is_met_is_not(guard: str) -> None:
    told(guard)


@pytest.mark.parametrize("guard", UNCHECKED)
def test_unchecked_clauses_are_told_as_defaults_of_the_charter(guard: str) -> None:
    assert rules().guards[guard].basis.ground == "charter"
    told(guard)


@pytest.mark.parametrize("guard", PLAYS)
def test_without_a_guard_nobody_would_notice(guard: str) -> None:
    play = Play(without(rules(), guard), CHARTERS.get(guard, {}))
    if guard == "ballot_open":  # what a ballot is needed for refuses by itself
        with pytest.raises(AssertionError):
            assert PLAYS[guard](play, False) == [guard]
        return
    assert PLAYS[guard](play, False) == []


def test_every_guard_says_in_both_languages_what_lacks_and_how_it_is_mended() -> None:
    for guard in rules().guards.values():
        for text in (guard.lacks, guard.cure):
            assert set(text) == {"zh", "en"}, guard.name
        assert guard.who, guard.name


def test_what_lacks_is_told_with_its_figures_its_clause_and_who_can_supply_it() -> None:
    play = Play(rules())
    play.accepted()
    meeting = play.met(MEMBERS[:4])
    play.put(meeting)
    (lack,) = [one for one in lacking(play.rules, play.standing, Act("count", play.at, "ye", meeting)) if one.guard == "quorate"]
    assert lack.words == {"zh": "计入到会的委员 4 人，至少要 5 人", "en": "4 members count as present, at least 5 are needed"}
    assert lack.basis.norm == "cn/ethics-review-2023/14#quorum"
    assert lack.basis.pinpoint["zh"] == "第十四条"
    assert lack.then == "void"
    assert lack.who == ("member",)
