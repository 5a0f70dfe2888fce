"""Plays of the two boards: who they are, what they take in, and their meetings; each breaks one guard alone, and meets it."""

from tests.procedure.boards import CASE, COMPANY, IRB, Board
from tests.procedure.boards_breaking import Plays, registry
from tests.procedure.breaking import body_lacks

PLAYS: Plays = {}
breaks = registry(PLAYS)


# -- the body --------------------------------------------------------------------------------------------------------------------


@breaks("enough_members")
def one_member_too_few(play: Board, ok: bool) -> list[str]:
    for who in [] if ok else ["tang"] if play.name == IRB else ["su", "gu"]:
        play.do("seat-ended", "unit", who, on="2026-09-01")
    if play.name == COMPANY and not ok:
        play.seat("wen", "chair", ["technical", "business"])
        play.do("seat-ended", "unit", "zheng", on="2026-09-01")
    return body_lacks(play)


@breaks("one_chair")
def two_chairs(play: Board, ok: bool) -> list[str]:
    if not ok:
        play.seat("wen", "chair")
    return body_lacks(play)


@breaks("all_categories", IRB)
def nobody_unaffiliated(play: Board, ok: bool) -> list[str]:
    play.do("seat-ended", "unit", "su", on="2026-09-01")
    play.seat("wen", "member", ["unaffiliated"] if ok else ["nonscientific"])
    return body_lacks(play)


@breaks("all_categories", COMPANY)
def nobody_for_law(play: Board, ok: bool) -> list[str]:
    play.do("seat-ended", "unit", "he", on="2026-09-01")
    play.seat("wen", "member", ["legal"] if ok else ["technical"])
    return body_lacks(play)


# -- taking in -------------------------------------------------------------------------------------------------------------------


@breaks("risk_assessed", COMPANY)
def no_assessment(play: Board, ok: bool) -> list[str]:
    return play.lacks("apply", "lu", **CASE, risk_assessed=ok)


@breaks("papers_complete")
def papers_missing(play: Board, ok: bool) -> list[str]:
    play.submitted()
    return play.lacks("take_in", "ye", items_missing=0 if ok else 1, **({"route": "convened"} if play.name == IRB else {}))


@breaks("expedited_fits", IRB)
def expedited_above_minimal_risk(play: Board, ok: bool) -> list[str]:
    play.submitted(on_expedited_list=True, above_minimal_risk=not ok)
    return play.lacks("take_in", "ye", items_missing=0, route="expedited")


@breaks("new_papers")
def the_same_papers_again(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    return play.lacks("replace_papers", "lu", digest="sha256:2" if ok else "sha256:1")


# -- the meeting -----------------------------------------------------------------------------------------------------------------


@breaks("presided")
def a_member_presides(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    meeting = play.sits(chair="gu" if ok else "he")
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(play.members, "for"))
    return play.counted(meeting)


@breaks("may_preside")
def a_member_takes_the_chair(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    return play.lacks("preside", "ye", play.sits(), seat="gu" if ok else "he")


@breaks("quorate", IRB)
def two_of_five(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    return play.ballot(present=["gu", "zheng", *(["he"] if ok else [])])


@breaks("quorate", COMPANY)
def two_where_three_are_asked_for(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    return play.ballot(present=["gu", "he", *(["zheng"] if ok else [])])


@breaks("nonscientific_there", IRB)
def scientists_only(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    return play.ballot(present=["gu", "he", "zheng" if ok else "tang"])


@breaks("categories_there", COMPANY)
def nobody_for_law_is_there(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    return play.ballot(present=["gu", "zheng", "he" if ok else "su"])


@breaks("video_by_rule")
def by_video(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    meeting = play.sits(video=not ok)
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(play.members, "for"))
    return play.counted(meeting)


@breaks("interests_aside")
def one_with_an_interest_stays(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    meeting, who = play.sits(), "tang" if play.name == IRB else "su"
    play.do("declare", who, meeting, seat=who, case="case", withdraws=ok)
    play.put(meeting)
    play.voted(meeting, dict.fromkeys([one for one in play.members if one != who], "for"))
    return play.counted(meeting)


@breaks("same_papers")
def papers_replaced_while_it_is_voted(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    meeting = play.sits()
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(play.members, "for"))
    if not ok:
        play.do("replace_papers", "lu", digest="sha256:2")
    return play.counted(meeting)


@breaks("same_members")
def a_seat_that_ends_between_vote_and_count(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    meeting = play.sits()
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(play.members, "for"))
    if not ok:
        play.do("seat-ended", "unit", "tang" if play.name == IRB else "su", on="2026-09-01")
    return play.counted(meeting)


@breaks("majority", IRB)
def two_of_four_with_one_abstaining(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    return play.ballot(votes="fffao" if ok else "ffaao")


@breaks("enough_votes", COMPANY)
def half_of_four(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    return play.ballot(votes="fffa" if ok else "ffaa")


@breaks("on_agenda")
def not_on_the_agenda(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    play.do("call", "ye", "m1", agenda=["case"] if ok else [])
    play.do("open", "ye", "m1", present=play.members, chair="gu")
    return play.lacks("put", "gu", "m1", case="case", motion="approve", **CASE)


@breaks("no_open_ballot")
def two_motions_at_once(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    meeting = play.sits()
    play.put(meeting)
    if ok:
        play.counted(meeting)
    return play.lacks("put", "gu", meeting, case="case", motion="approve", **CASE)


@breaks("ballot_open")
def counted_before_a_motion(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    meeting = play.sits()
    if ok:
        play.put(meeting)
    return play.lacks("count", "ye", meeting)


@breaks("file_put")
def a_motion_on_older_papers(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    return play.lacks("put", "gu", play.sits(), case="case", motion="approve", digest="sha256:1" if ok else "sha256:0")


@breaks("reviewable", IRB)
@breaks("under_review", COMPANY)
def a_motion_before_it_is_taken_in(play: Board, ok: bool) -> list[str]:
    play.taken_in() if ok else play.submitted()
    return play.lacks("put", "gu", play.sits(), case="case", motion="approve", **CASE)


@breaks("voter_there")
def a_vote_by_letter(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    meeting = play.sits([one for one in play.members if ok or one != "he"])
    play.put(meeting)
    return play.lacks("vote", "he", meeting, seat="he", vote="for")


@breaks("voter_no_interest")
def a_vote_with_an_interest(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    meeting = play.sits()
    if not ok:
        play.do("declare", "he", meeting, seat="he", case="case", withdraws=False)
    play.put(meeting)
    return play.lacks("vote", "he", meeting, seat="he", vote="for")


@breaks("voter_once")
def two_votes(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    meeting = play.sits()
    play.put(meeting)
    if not ok:
        play.do("vote", "he", meeting, seat="he", vote="against")
    return play.lacks("vote", "he", meeting, seat="he", vote="for")


@breaks("own_seat")
def an_interest_declared_for_another(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    return play.lacks("declare", "he" if ok else "gu", play.sits(), seat="he", case="case", withdraws=True)
