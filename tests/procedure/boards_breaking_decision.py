"""Plays of the two boards: expedited review, decisions, and what comes afterwards; each breaks one guard alone, and meets it."""

from tests.procedure.boards import CASE, COMPANY, IRB, MINIMAL, Board
from tests.procedure.boards_breaking import Plays, registry

PLAYS: Plays = {}
breaks = registry(PLAYS)


# -- expedited review ------------------------------------------------------------------------------------------------------------


@breaks("by_expedited", IRB)
def reviewers_of_a_case_before_the_board(play: Board, ok: bool) -> list[str]:
    play.taken_in("expedited" if ok else "convened", **MINIMAL)
    return play.lacks("name_panel", "gu", panel=["he"], reviewers_experienced=True)


@breaks("reviewer_named", IRB)
def no_reviewer(play: Board, ok: bool) -> list[str]:
    play.taken_in("expedited", **MINIMAL)
    return play.lacks("name_panel", "gu", panel=["gu"] if ok else [], reviewers_experienced=True)


@breaks("nobody_dissented", IRB)
def another_reviewer_after_one_who_was_against_it(play: Board, ok: bool) -> list[str]:
    play.taken_in("expedited", **MINIMAL)
    play.do("name_panel", "gu", panel=["he"], reviewers_experienced=True)
    if not ok:
        play.do("opine", "he", opinion="against")
    return play.lacks("name_panel", "gu", panel=["zheng"], reviewers_experienced=True)


@breaks("reviewers_members", IRB)
def the_office_as_reviewer(play: Board, ok: bool) -> list[str]:
    play.taken_in("expedited", **MINIMAL)
    return play.lacks("name_panel", "gu", panel=["he" if ok else "ye"], reviewers_experienced=True)


@breaks("reviewers_experienced", IRB)
def reviewers_without_experience(play: Board, ok: bool) -> list[str]:
    play.taken_in("expedited", **MINIMAL)
    return play.lacks("name_panel", "gu", panel=["he"], reviewers_experienced=ok)


@breaks("on_panel", IRB)
def an_opinion_of_somebody_else(play: Board, ok: bool) -> list[str]:
    play.at_reviewers()
    return play.lacks("opine", "he" if ok else "zheng", opinion="agree")


@breaks("opinion_once", IRB)
def two_opinions(play: Board, ok: bool) -> list[str]:
    play.at_reviewers()
    if not ok:
        play.do("opine", "he", opinion="doubt")
    return play.lacks("opine", "he", opinion="agree")


@breaks("reviewers_done", IRB)
def one_opinion_of_two(play: Board, ok: bool) -> list[str]:
    play.at_reviewers(("he", "tang"))
    for who in ("he", "tang") if ok else ("he",):
        play.do("opine", who, opinion="agree")
    return play.issued(digest="sha256:1")


@breaks("reviewers_agree", IRB)
def approved_against_a_reviewer(play: Board, ok: bool) -> list[str]:
    play.at_reviewers()
    play.do("opine", "he", opinion="agree" if ok else "doubt")
    return play.issued(digest="sha256:1")


@breaks("not_disapproved_expedited", IRB)
def disapproved_by_reviewers(play: Board, ok: bool) -> list[str]:
    play.at_reviewers()
    play.do("opine", "he", opinion="doubt")
    return play.issued("require_changes" if ok else "disapprove", digest="sha256:1")


# -- the decision ----------------------------------------------------------------------------------------------------------------


@breaks("carried")
def decided_as_it_was_lost(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    play.ballot(votes="f" * len(play.members) if ok else "ff" + "a" * (len(play.members) - 2))
    return play.issued()


@breaks("as_carried")
def another_decision_than_was_carried(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    other = "require_changes" if play.name == IRB else "send_back"
    assert play.ballot("approve" if ok else other) == []
    return play.issued()


@breaks("papers_as_reviewed", IRB)
@breaks("papers_as_carried", COMPANY)
def papers_replaced_after_the_vote(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    assert play.ballot() == []
    if not ok:
        play.do("replace_papers", "lu", digest="sha256:2")
    return play.issued()


@breaks("voters_clean")
def an_interest_told_after_the_vote(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    assert play.ballot() == []
    if not ok:
        play.do("stand_aside", "he", aside=True)
    return play.issued()


@breaks("criteria_met", IRB)
def a_criterion_not_found(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    assert play.ballot() == []
    return play.issued(criteria_met=ok)


@breaks("told_in_writing", IRB)
def told_by_word_of_mouth(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    assert play.ballot() == []
    return play.issued(told_in_writing=ok)


@breaks("disapproval_reasoned", IRB)
def disapproved_without_a_chance_to_respond(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    assert play.ballot("disapprove") == []
    return play.issued("disapprove", chance_to_respond=ok)


@breaks("reasons", COMPANY)
def decided_without_reasons(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    assert play.ballot() == []
    return play.issued(reasons_given=ok)


@breaks("conditions_set", COMPANY)
def conditions_without_a_number(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    assert play.ballot("approve_with_conditions") == []
    return play.issued("approve_with_conditions", conditions_open=2 if ok else 0)


@breaks("decider_apart")
def the_chair_decides_aside(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    play.do("stand_aside", "gu", aside=True)
    others = [one for one in play.members if one != "gu"]
    meeting = play.sits(others, chair="he")
    play.do("put", "he", meeting, case="case", motion="approve", **CASE)
    play.voted(meeting, dict.fromkeys(others, "for"))
    assert play.counted(meeting) == []
    by = "zheng" if play.name == IRB else "ye"
    return play.issued(by=by if ok else "gu")


@breaks("stands_in")
def a_member_acts_for_a_chair_who_is_free(play: Board, ok: bool) -> list[str]:
    by = "gu" if ok else "he"
    if play.name == IRB:
        play.taken_in()
        assert play.ballot() == []
        return play.issued(by=by)
    play.passed()
    play.do("put_into_use", "lu")
    return play.lacks("follow_up", by, outcome="continue", reasons_given=True)


@breaks("changes_handed_in", IRB)
def confirmed_before_the_changes_came(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    assert play.ballot("require_changes") == []
    assert play.issued("require_changes") == []
    if ok:
        play.do("hand_in_changes", "lu", digest="sha256:2")
    return play.issued(step="confirm_changes", digest=play.case.digest)


@breaks("papers_named", IRB)
def confirmed_without_naming_papers(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    assert play.ballot("require_changes") == []
    assert play.issued("require_changes") == []
    play.do("hand_in_changes", "lu", digest="sha256:2")
    return play.issued(step="confirm_changes", digest="sha256:2" if ok else None)


# -- afterwards ------------------------------------------------------------------------------------------------------------------


@breaks("approved_by_board", IRB)
def the_institution_approves_first(play: Board, ok: bool) -> list[str]:
    play.passed() if ok else play.taken_in()
    return play.lacks("institution_approves", "dean")


@breaks("change_approved_first", IRB)
def a_change_begun_before_approval(play: Board, ok: bool) -> list[str]:
    play.passed()
    play.do("propose_change", "lu", digest="sha256:2", minor_change=False)
    return play.lacks("begin_change", "lu", immediate_hazard=ok)


@breaks("suspension_ground", IRB)
def suspended_without_a_ground(play: Board, ok: bool) -> list[str]:
    play.passed()
    return play.lacks("suspend", "gu", not_as_required=ok, unexpected_serious_harm=False, reasons_given=True, reported=True)


@breaks("suspension_reasoned", IRB)
def suspended_and_nobody_told(play: Board, ok: bool) -> list[str]:
    play.passed()
    return play.lacks("suspend", "gu", unexpected_serious_harm=True, reasons_given=True, reported=ok)


@breaks("conditions_met", IRB)
def resumed_with_a_condition_open(play: Board, ok: bool) -> list[str]:
    play.passed()
    play.do("suspend", "gu", not_as_required=True, reasons_given=True, reported=True, conditions_open=1)
    return play.lacks("resume", "gu", told_in_writing=True, conditions_open=0 if ok else 1)


@breaks("conditions_met", COMPANY)
def in_use_with_a_condition_open(play: Board, ok: bool) -> list[str]:
    play.taken_in()
    assert play.ballot("approve_with_conditions") == []
    assert play.issued("approve_with_conditions", conditions_open=2) == []
    play.do("meet_condition", "ye", conditions_open=0 if ok else 1)
    return play.lacks("put_into_use", "lu")


@breaks("papers_still_approved", IRB)
def resumed_with_other_papers(play: Board, ok: bool) -> list[str]:
    play.passed()
    if not ok:
        play.do("propose_change", "lu", digest="sha256:2", minor_change=False)
    play.do("suspend", "gu", not_as_required=True, reasons_given=True, reported=True, conditions_open=0)
    return play.lacks("resume", "gu", told_in_writing=True)
