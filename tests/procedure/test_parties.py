"""Organisations that act through people, members who act for a chair with an interest, and what the organisation itself does."""

from datetime import date

import pytest
from tests.procedure.committee import APPLICANT, AUTHORITY, EXPERTS, MEMBERS, Play, rules

from guiju.procedure import Act, ProcedureError, StepRefusedError, day_of, defects, replay

REASONS = {"reasons_given": True}
YANBAN = "org:yanban"
BUREAU = "org:bureau"


@pytest.fixture
def play() -> Play:
    return Play(rules())


def lacks(play: Play, guard: str, step: str, by: str, about: str = "case", **gives: object) -> None:
    with pytest.raises(StepRefusedError) as told:
        play.do(step, by, about, **gives)
    assert guard in {one.guard for one in told.value.lacks}


def applied_for(play: Play, by: str = APPLICANT) -> None:
    facts = dict.fromkeys(
        ("listed", "urgent", "not_above_minimal_risk", "minor_change", "quiet_follow_up", "state_secret"), False
    )
    play.do("apply", by, behalf=YANBAN, digest="sha256:1", risk_assessed=True, own_unit=True, **facts)


# -- on behalf of somebody -------------------------------------------------------------------------------------------------------


def test_a_colleague_goes_on_for_the_same_organisation_and_nobody_else_does(play: Play) -> None:
    applied_for(play)
    with pytest.raises(ProcedureError):
        play.do("replace_papers", "colleague", digest="sha256:2")
    with pytest.raises(ProcedureError):
        play.do("replace_papers", "colleague", behalf="org:another", digest="sha256:2")
    play.do("replace_papers", "colleague", behalf=YANBAN, digest="sha256:2")
    assert play.case.parties == {"applicant": {APPLICANT, YANBAN, "colleague"}}


def test_who_acts_for_the_applicant_takes_no_part_for_the_committee(play: Play) -> None:
    applied_for(play)
    assert play.standing.aside(play.case) == frozenset()
    play.do("accept", "ye", items_missing=0, route="general", **REASONS)
    play.carried()
    play.do("replace_papers", "he", behalf=YANBAN, digest="sha256:2")
    assert play.standing.aside(play.case) == {"he"}
    meeting = play.met()
    play.put(meeting)
    lacks(play, "voter_no_interest", "vote", "he", meeting, seat="he", vote="for")


def test_a_member_whose_organisation_applies_is_not_by_that_alone_aside(play: Play) -> None:
    applied_for(play)
    play.do("accept", "ye", behalf=YANBAN, items_missing=0, route="general", **REASONS)
    play.carried()
    play.do("decide", "gu", behalf=YANBAN, outcome="approve", departs=False, **REASONS)
    assert play.case.parties == {"applicant": {APPLICANT, YANBAN}}
    assert play.case.state == "approved"


def test_nobody_answers_for_the_authority_who_is_of_the_committee_or_the_applicant(play: Play) -> None:
    play.passed()
    lacks(play, "authority_apart", "ask_rereview", APPLICANT, parties={"authority": [APPLICANT]})
    play.do("ask_rereview", APPLICANT, parties={"authority": [BUREAU]})
    given = {"group": EXPERTS[:5], "group_for": EXPERTS[:5], "rereview_agrees": True, "centre_reviewed_it": False}
    for who in ("su", APPLICANT):
        lacks(play, "authority_apart", "answer_rereview", who, behalf=BUREAU, **given)
    play.do("answer_rereview", AUTHORITY, behalf=BUREAU, **given)
    assert play.case.parties["authority"] == {BUREAU, AUTHORITY}


def test_a_record_says_for_whom_each_act_was_done_and_plays_the_same(play: Play) -> None:
    applied_for(play)
    told = play.acts[-1].to_json()
    assert told["behalf"] == YANBAN
    acts = [Act(one.step, one.at, one.by, one.about, one.gives, one.to_json()["behalf"]) for one in play.acts]
    assert replay(rules(), acts) == play.standing


# -- members who act for a chair with an interest --------------------------------------------------------------------------------


def test_a_member_presides_puts_and_counts_where_chair_and_deputies_are_all_aside(play: Play) -> None:
    play.seat("wen", "member", ["ethics", "woman"])
    play.accepted()
    meeting = play.met(["wen", *MEMBERS])
    for who in ("gu", "lin"):
        lacks(play, "may_preside", "preside", "ye", meeting, seat="he", case="case")
        lacks(play, "stands_in", "put", "he", meeting, case="case", motion="approve", digest="sha256:1")
        play.do("declare", who, meeting, seat=who, case="case", withdraws=True)
    lacks(play, "may_preside", "preside", "ye", meeting, seat="lin", case="case")
    lacks(play, "may_preside", "preside", "ye", meeting, seat="he")  # for no case in which they are aside
    play.do("preside", "ye", meeting, seat="he", case="case")
    play.do("put", "he", meeting, case="case", motion="approve", digest="sha256:1")
    lacks(play, "no_open_ballot", "preside", "ye", meeting, seat="zheng", case="case")
    play.voted(meeting, dict.fromkeys(["wen", *MEMBERS[2:]], "for"))
    play.do("count", "he", meeting)
    assert play.sitting.ballots[-1].came == "carried"
    lacks(play, "decider_apart", "decide", "gu", outcome="approve", departs=False, **REASONS)
    play.do("decide", "he", outcome="approve", departs=False, **REASONS)


def test_a_committee_without_anybody_who_presides_has_nobody_who_stands_in(play: Play) -> None:
    play.accepted()
    for who in ("gu", "lin"):
        play.do("seat-ended", "unit", who, on="2026-09-01")
    meeting = play.met(MEMBERS[2:], chair="he")
    lacks(play, "stands_in", "put", "he", meeting, case="case", motion="approve", digest="sha256:1")


def test_a_deputy_takes_the_chair_for_the_ballots_after_it(play: Play) -> None:
    play.accepted()
    meeting = play.met()
    play.do("preside", "ye", meeting, seat="lin")
    assert play.sitting.chair == "lin"
    lacks(play, "may_preside", "preside", "ye", meeting, seat="ye")
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(MEMBERS, "for"))
    assert play.counted(meeting) == []


# -- what the organisation does --------------------------------------------------------------------------------------------------


def test_a_seat_described_anew_counts_so_from_then_on(play: Play) -> None:
    play.accepted()
    there = ["gu", "lin", "he", "zheng", "tang"]
    play.do("seat-described", "unit", "he", categories=["man"], trained_until="2027-12-31")
    assert play.standing.seats["he"].trained_until == date(2027, 12, 31)
    first = play.met(there)
    play.put(first)
    play.voted(first, dict.fromkeys(there, "for"))
    assert play.counted(first) == ["categories_there"]
    play.do("seat-described", "unit", "tang", categories=["law", "outside"])
    assert play.standing.sittings[first].ballots[-1].came == "void"
    play.put(first)
    play.voted(first, dict.fromkeys(there, "for"))
    assert play.counted(first) == []


def test_a_charter_changes_what_it_names_from_then_on(play: Play) -> None:
    play.accepted()
    play.carried(present=["gu", "lin", "he", "zheng", "su"])
    play.do("charter", "unit", "body", quorum=6)
    assert (play.standing.charter["quorum"], play.standing.charter["members_least"]) == (6, 7)
    assert play.decided() == []  # what was counted stands as it was counted


@pytest.mark.parametrize(("begins", "ends", "over"), [("2024-02-29", "2029-02-28", 0), ("2024-02-29", "2029-03-01", 1)])
def test_a_term_from_a_leap_day_ends_with_february(play: Play, begins: str, ends: str, over: int) -> None:
    play.seat("wen", begins=begins, ends=ends)
    assert len(defects(play.rules, play.standing, day_of(play.rules, play.at))) == over
