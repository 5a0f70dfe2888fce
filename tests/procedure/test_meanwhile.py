"""What somebody might change while a vote, a review, a time or a re-review runs: seats, papers, days, authorities."""

from datetime import date, timedelta

import pytest
from tests.procedure.checker import faults
from tests.procedure.committee import APPLICANT, AUTHORITY, EXPERTS, MEMBERS, Play, rules, without

from guiju.procedure import ProcedureError, running

REASONS = {"reasons_given": True}
FOUR_OF_SEVEN = dict(zip(MEMBERS, ["for"] * 4 + ["against"] * 3, strict=True))
OTHER = "bureau2"


@pytest.fixture
def play() -> Play:
    return Play(rules())


# -- the electorate of a ballot --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["tang", "he", "yi"])
def test_no_motion_is_carried_or_lost_by_taking_a_seat_away_before_the_count(play: Play, who: str) -> None:
    play.accepted()
    meeting = play.met()
    play.put(meeting)
    play.voted(meeting, {one: vote for one, vote in FOUR_OF_SEVEN.items() if one != "yi"})  # one who has not voted counts too
    play.do("seat-ended", "unit", who, on="2026-09-01")
    assert play.counted(meeting)[0] == "same_members"
    assert play.sitting.ballots[-1].came == "void"
    assert "carried" in play.decided()
    there = [one for one in MEMBERS if one != who]
    play.put(meeting)  # again, with the members there now
    play.voted(meeting, dict.fromkeys(there, "for"))
    assert play.counted(meeting) == []
    assert play.decided() == []


def test_a_ballot_of_which_a_seat_ended_is_void_even_where_its_holder_withdrew(play: Play) -> None:
    play.accepted()
    meeting = play.met()
    play.do("declare", "yi", meeting, seat="yi", case="case", withdraws=True)
    play.put(meeting)
    assert play.sitting.ballots[-1].electorate == set(MEMBERS)  # who withdrew stays in the base, as the charter has it
    play.voted(meeting, dict.fromkeys([one for one in MEMBERS if one != "yi"], "for"))
    play.do("seat-ended", "unit", "yi", on="2026-09-01")
    assert play.counted(meeting) == ["same_members"]


def test_whose_seat_begins_after_the_motion_was_put_has_no_vote_in_it(play: Play) -> None:
    play.seat("wen", "member", ["law"], begins="2026-09-02")
    play.accepted()
    play.at = play.at.replace(hour=23, minute=40)
    meeting = play.met(["wen", *MEMBERS])
    play.put(meeting)
    play.at += timedelta(hours=1)
    assert play.lacks("vote", "wen", meeting, seat="wen", vote="against") == ["voter_there"]
    play.voted(meeting, {one: vote for one, vote in FOUR_OF_SEVEN.items() if vote == "for"} | {"su": "for"})
    assert play.counted(meeting) == []  # five of seven; of eight they would not do
    play.put(meeting, "refuse")
    assert play.lacks("vote", "wen", meeting, seat="wen", vote="against") == []


# -- who wrote the papers --------------------------------------------------------------------------------------------------------


def test_whoever_wrote_papers_takes_no_part_for_the_committee_also_when_others_replace_them(play: Play) -> None:
    play.accepted(authors=["he", "writer"])
    assert play.case.parties == {"applicant": {APPLICANT}, "author": {"he", "writer"}}
    play.do("replace_papers", APPLICANT, digest="sha256:2", authors=["zheng"])
    assert play.case.parties["author"] == {"he", "writer", "zheng"}
    play.do("replace_papers", APPLICANT, digest="sha256:3")
    meeting = play.met()
    play.put(meeting)
    for who in ("he", "zheng"):
        assert play.lacks("vote", who, meeting, seat=who, vote="for") == ["voter_no_interest"]
    play.voted(meeting, dict.fromkeys([one for one in MEMBERS if one not in ("he", "zheng")], "for"))
    assert play.counted(meeting) == []


def test_whoever_wrote_papers_neither_decides_nor_re_reviews(play: Play) -> None:
    play.applied(listed=True, authors=["ye", EXPERTS[0]])
    refused = play.lacks("accept", "ye", items_missing=0, route="general", **REASONS)
    assert refused == ["decider_apart"]
    play.do("accept", "gu", items_missing=0, route="general", **REASONS)
    play.carried()
    play.do("pass_initially", "gu", outcome="approve", departs=False, **REASONS)
    assert play.lacks("ask_rereview", APPLICANT, parties={"authority": [EXPERTS[0]]}) == ["authority_apart"]
    play.do("ask_rereview", APPLICANT, parties={"authority": [AUTHORITY]})
    assert play.rereviewed() == ["group_apart"]
    assert play.answered(EXPERTS[1:], EXPERTS[1:]) == []


def test_writers_have_no_word_in_a_case_by_having_written(play: Play) -> None:
    play.accepted(authors=["writer"])
    for step in ("replace_papers", "take_back"):
        with pytest.raises(ProcedureError) as told:
            play.do(step, "writer", **({"digest": "sha256:2"} if step == "replace_papers" else {}))
        assert told.value.code == "procedure.not-yours"


def test_writers_are_named_with_papers_and_with_nothing_else(play: Play) -> None:
    play.accepted()
    with pytest.raises(ProcedureError) as told:
        play.do("extend", "gu", authors=["he"], until="2026-10-20", **REASONS)
    assert told.value.code == "procedure.not-asked-for"
    with pytest.raises(ProcedureError) as told:
        play.do("replace_papers", APPLICANT, digest="sha256:2", authors="he")
    assert told.value.code == "procedure.bad-value"


# -- opinions --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("opinion", ["against", "doubt", "meeting"])
def test_other_papers_do_not_lift_the_turn_to_a_meeting_that_a_reviewer_brought_about(play: Play, opinion: str) -> None:
    play.accepted("simplified", not_above_minimal_risk=True)
    play.do("name_panel", "gu", panel=["he", "zheng"])
    play.do("opine", "zheng", opinion=opinion)
    play.do("replace_papers", APPLICANT, digest="sha256:2")
    assert play.case.panel == {"he": "", "zheng": ""}  # nobody has read them
    assert play.lacks("name_panel", "gu", panel=["he", "yi"]) == ["panel_agrees"]
    for who in ("he", "zheng"):
        play.do("opine", who, opinion="agree")
    assert play.decided_simply() == ["panel_agrees"]
    play.do("raise", "he")
    play.carried()
    assert play.decided() == []


def test_a_new_round_begins_without_the_dissent_of_the_one_before(play: Play) -> None:
    play.accepted("simplified", not_above_minimal_risk=True)
    play.do("name_panel", "gu", panel=["he", "zheng"])
    play.do("opine", "zheng", opinion="doubt")
    play.do("raise", "he")
    play.carried("review_again_after_changes")
    assert play.decided("review_again_after_changes") == []
    play.do("hand_in_again", APPLICANT, digest="sha256:2")
    play.do("accept", "ye", items_missing=0, route="simplified", not_above_minimal_risk=True, **REASONS)
    play.do("name_panel", "gu", panel=["he", "zheng"])
    for who in ("he", "zheng"):
        play.do("opine", who, opinion="agree")
    assert play.decided_simply() == []


def test_after_a_change_that_is_reviewed_anew_earlier_opinions_do_not_count(play: Play) -> None:
    play.accepted("simplified", not_above_minimal_risk=True)
    play.do("name_panel", "gu", panel=["he", "zheng"])
    for who in ("he", "zheng"):
        play.do("opine", who, opinion="agree")
    assert play.decided_simply() == []
    play.do("report_change", APPLICANT)
    play.do("reassess", "gu", outcome="review_anew", **REASONS)
    play.do("accept", "ye", items_missing=0, route="simplified", not_above_minimal_risk=True, **REASONS)
    assert play.case.panel == {}
    assert play.decided_simply() != []


# -- extensions ------------------------------------------------------------------------------------------------------------------


def test_an_extension_is_measured_from_the_limit_as_it_stands_however_late_it_is(play: Play) -> None:
    play.accepted()  # on 1 September, so until 8 October
    play.do("extend", "gu", until="2026-11-07", **REASONS)
    play.at += timedelta(days=90)  # 30 November
    assert play.lacks("extend", "gu", until="2026-12-08", **REASONS) == ["extension_bounded"]
    assert play.lacks("extend", "gu", until="2026-11-20", **REASONS) == ["limit_stated"]
    play.do("extend", "gu", until="2026-12-07", **REASONS)
    assert play.lacks("extend", "gu", until="2026-12-20", **REASONS) == ["extensions_left"]


def test_a_charter_sets_how_long_and_how_often_it_is_extended(play: Play) -> None:
    play.do("charter", "unit", "body", extension_most_days=60, extensions_most=1)
    play.accepted()
    assert play.lacks("extend", "gu", until="2026-12-08", **REASONS) == ["extension_bounded"]
    play.do("extend", "gu", until="2026-12-07", **REASONS)
    assert play.lacks("extend", "gu", until="2026-12-20", **REASONS) == ["extensions_left"]


def test_a_new_round_has_its_own_extensions(play: Play) -> None:
    play.accepted()
    for until in ("2026-10-20", "2026-11-10"):
        play.do("extend", "gu", until=until, **REASONS)
    play.carried("review_again_after_changes")
    assert play.decided("review_again_after_changes") == []
    play.do("hand_in_again", APPLICANT, digest="sha256:2")
    play.do("accept", "ye", items_missing=0, route="general", **REASONS)
    play.do("extend", "gu", until="2026-10-20", **REASONS)


# -- the authority ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [AUTHORITY, "ye"])
def test_an_organisation_that_is_no_authority_says_so_or_the_committee_does_and_another_is_named(play: Play, by: str) -> None:
    play.at_rereview()
    assert "rereview" in {one.limit.name for one in running(play.rules, play.standing, "case", play.at)}
    assert play.lacks("decline_rereview", by) == ["reasons"]
    play.do("decline_rereview", by, **REASONS)
    assert (play.case.state, play.case.parties) == ("initially_passed", {"applicant": {APPLICANT}})
    assert running(play.rules, play.standing, "case", play.at) == ()
    play.at += timedelta(days=10)
    play.do("ask_rereview", APPLICANT, parties={"authority": [OTHER]})
    (clock,) = running(play.rules, play.standing, "case", play.at)
    assert (clock.limit.name, clock.due) == ("rereview", date(2026, 10, 12))  # thirty days on is a Sunday, 11 October
    given = {"group": EXPERTS[:5], "group_for": EXPERTS[:5], "rereview_agrees": True, "centre_reviewed_it": False}
    with pytest.raises(ProcedureError) as told:
        play.do("answer_rereview", AUTHORITY, **given)
    assert told.value.code == "procedure.not-yours"
    play.do("answer_rereview", OTHER, **given)
    assert play.decided_after_rereview() == []


@pytest.mark.parametrize("by", [APPLICANT, "he", "gu", "lin", OTHER])
def test_nobody_else_says_that_an_authority_is_none(play: Play, by: str) -> None:
    play.at_rereview()
    with pytest.raises(ProcedureError) as told:
        play.do("decline_rereview", by, **REASONS)
    assert told.value.code == "procedure.not-yours"


def test_who_is_of_the_committee_does_not_decline_for_an_authority(play: Play) -> None:
    play.passed()
    play.do("ask_rereview", APPLICANT, parties={"authority": ["org:bureau"]})
    assert play.lacks("decline_rereview", "he", behalf="org:bureau", **REASONS) == ["authority_apart"]


# -- what somebody who knows only the law makes of it ----------------------------------------------------------------------------


def found(play: Play) -> list[str]:
    """What the second opinion finds wrong with the last decision."""
    return faults([one.to_json() for one in play.acts])[-1][1]


def test_a_second_opinion_sees_that_a_seat_was_taken_away_before_the_count() -> None:
    play = Play(without(rules(), "same_members"))
    play.accepted()
    meeting = play.met()
    play.put(meeting)
    play.voted(meeting, FOUR_OF_SEVEN)
    play.do("seat-ended", "unit", "tang", on="2026-09-01")
    assert play.counted(meeting) == []  # four of six
    assert play.decided() == []
    assert found(play) == ["electorate"]


def test_a_second_opinion_sees_that_a_dissent_was_washed_away() -> None:
    play = Play(without(rules(), "panel_agrees"))
    play.accepted("simplified", not_above_minimal_risk=True)
    play.do("name_panel", "gu", panel=["he", "zheng"])
    play.do("opine", "zheng", opinion="doubt")
    play.do("replace_papers", APPLICANT, digest="sha256:2")
    for who in ("he", "zheng"):
        play.do("opine", who, opinion="agree")
    assert play.decided_simply() == []
    assert found(play) == ["dissent"]


def test_a_second_opinion_sees_who_wrote_the_papers_and_who_was_no_authority_any_more() -> None:
    play = Play(rules())
    play.at_rereview()
    assert play.rereviewed() == []
    assert play.decided_after_rereview() == []
    record = [one.to_json() for one in play.acts]
    assert [wrong for _, wrong in faults(record)] == [[], []]
    answer = next(place for place, one in enumerate(record) if one["step"] == "answer_rereview")
    declined = record[answer] | {"step": "decline_rereview", "gives": REASONS}
    assert faults([*record[:answer], declined, *record[answer:]])[-1][1] == ["not asked"]
    applied = next(one for one in record if one["step"] == "apply")
    applied["gives"] |= {"authors": ["he"]}
    assert faults(record)[0][1] == ["recusal", "recusal"]
