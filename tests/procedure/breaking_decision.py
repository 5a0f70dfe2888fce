"""Plays of decisions, of the re-review and of what comes afterwards: each breaks one guard alone, and meets it."""

from tests.procedure.breaking import Plays, registry
from tests.procedure.committee import APPLICANT, AUTHORITY, EXPERTS, MEMBERS, Play

PLAYS: Plays = {}
breaks = registry(PLAYS)


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


@breaks("decliner_apart")
def a_secretary_who_wrote_the_papers_sends_it_back(play: Play, ok: bool) -> list[str]:
    play.applied(listed=True, **({} if ok else {"authors": ["ye"]}))
    play.do("accept", "gu", items_missing=0, route="general", reasons_given=True)
    play.carried()
    play.do("pass_initially", "gu", outcome="approve", reasons_given=True, departs=False)
    play.do("ask_rereview", APPLICANT, parties={"authority": [AUTHORITY]})
    return play.lacks("decline_rereview", "ye", reasons_given=True)


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


@breaks("as_experts_said")
def an_expert_who_said_nothing_counted_as_agreeing(play: Play, ok: bool) -> list[str]:
    play.at_rereview()
    group = EXPERTS[:5]
    play.named(group, **dict.fromkeys(group[:4], "agree"))
    return play.answered(group, group[: 4 if ok else 5])


@breaks("dropped_explained")
def an_expert_who_disagreed_left_out_in_silence(play: Play, ok: bool) -> list[str]:
    play.at_rereview()
    play.named(EXPERTS[:5], expert0="against")
    return play.lacks("name_experts", AUTHORITY, experts=EXPERTS[1:], **({"reasons_given": True} if ok else {}))


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
