"""Plays of meetings and of the simplified procedure: each breaks one guard alone, and meets it."""

from tests.procedure.breaking import Plays, registry
from tests.procedure.committee import APPLICANT, MEMBERS, Play

PLAYS: Plays = {}
breaks = registry(PLAYS)


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


@breaks("same_members")
def a_seat_that_ends_between_vote_and_count(play: Play, ok: bool) -> list[str]:
    play.accepted()
    meeting = play.met()
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(MEMBERS, "for"))
    if not ok:
        play.do("seat-ended", "unit", "yi", on="2026-09-01")
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
