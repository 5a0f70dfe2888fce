"""The rules of an institutional review board of the United States, and those of a company's AI board.

Every guard is broken alone in one play and met in the same; without it nobody would notice. One whole case goes through each.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.procedure.committee import Play, without

from guiju.norms import builtin
from guiju.procedure import ProcedureError, Rules, begin, builtin_rules, day_of, defects, rules_named, running

IRB, COMPANY = "us-irb", "company-board"
Seats = dict[str, tuple[str, list[str]]]
SEATS: dict[str, Seats] = {
    IRB: {
        "gu": ("chair", ["scientific"]),
        "he": ("member", ["scientific"]),
        "zheng": ("member", ["nonscientific"]),
        "su": ("member", ["nonscientific", "unaffiliated"]),
        "tang": ("member", ["scientific"]),
        "ye": ("secretary", []),
        "dean": ("official", []),
    },
    COMPANY: {
        "gu": ("chair", ["technical"]),
        "he": ("member", ["legal"]),
        "zheng": ("member", ["business"]),
        "su": ("member", ["technical"]),
        "ye": ("secretary", []),
    },
}
PLACES = {IRB: "America/New_York", COMPANY: "Asia/Shanghai"}
CASE = {"digest": "sha256:1"}
FACTS: dict[str, dict[str, Any]] = {
    IRB: {"on_expedited_list": False, "above_minimal_risk": True, "minor_change": False, "only_analysis": False},
    COMPANY: {"risk_assessed": True},
}
MINIMAL: dict[str, Any] = {"on_expedited_list": True, "above_minimal_risk": False}
ISSUED: dict[str, dict[str, Any]] = {
    IRB: {"criteria_met": True, "told_in_writing": True, "reasons_given": True, "chance_to_respond": True, "conditions_open": 0},
    COMPANY: {"reasons_given": True, "conditions_open": 0},
}


def rules(name: str) -> Rules:
    return rules_named(name, builtin())


@dataclass
class Board(Play):
    """A play of one of these boards; everybody of it is at every meeting unless said otherwise."""

    members: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at = datetime(2026, 9, 1, 9, 0, tzinfo=ZoneInfo(self.rules.place))
        self.standing = begin(self.rules, self.charter)
        self.members = [one for one, (post, _) in SEATS[self.name].items() if post in self.rules.votes]
        for one, (post, categories) in SEATS[self.name].items():
            self.seat(one, post, categories)

    @property
    def name(self) -> str:
        return self.rules.name

    def submitted(self, **facts: Any) -> None:
        self.do("apply", "lu", **{**CASE, **FACTS[self.name], **facts})

    def taken_in(self, route: str = "convened", **facts: Any) -> None:
        self.submitted(**facts)
        self.do("take_in", "ye", items_missing=0, **({"route": route} if self.name == IRB else {}))

    def sits(self, present: list[str] | None = None, chair: str = "gu", **more: Any) -> str:
        return self.met(self.members if present is None else present, chair, **more)

    def ballot(self, motion: str = "approve", votes: str = "", present: list[str] | None = None) -> list[str]:
        """What the count of a ballot lacks, in which each member present votes as the letters say; all in favour if none do."""
        there = self.members if present is None else present
        meeting = self.sits(there)
        self.put(meeting, motion)
        words = {"f": "for", "a": "against", "o": "abstain"}
        self.voted(meeting, {who: words[one] for who, one in zip(there, votes or "f" * len(there), strict=True)})
        found = self.counted(meeting)
        self.do("close", "ye", meeting)
        return found

    def issued(self, outcome: str = "approve", step: str = "decide", by: str = "gu", **given: Any) -> list[str]:
        """What a decision lacks that says all that it should, but for what is given as nothing."""
        step_gives = self.rules.steps[step].gives
        whole = {name: one for name, one in {**ISSUED[self.name], **given}.items() if one is not None and name in step_gives}
        return self.lacks(step, by, outcome=outcome, **whole)

    def passed(self, **facts: Any) -> None:
        """A case that was approved at a meeting."""
        self.taken_in(**facts)
        assert self.ballot() == []
        assert self.issued() == []

    def at_reviewers(self, panel: tuple[str, ...] = ("he",)) -> None:
        """A case in expedited review, with its reviewers designated."""
        self.taken_in("expedited", **MINIMAL)
        self.do("name_panel", "gu", panel=list(panel), reviewers_experienced=True)


Broken = Callable[[Board, bool], list[str]]
PLAYS: dict[tuple[str, str], Broken] = {}
CHARTERS: dict[tuple[str, str], dict[str, Any]] = {
    (IRB, "video_by_rule"): {"by_video": False},
    (COMPANY, "video_by_rule"): {"video_allowed": False},
}


def breaks(guard: str, *names: str) -> Callable[[Broken], Broken]:
    def registered(play: Broken) -> Broken:
        for name in names or (IRB, COMPANY):
            assert (name, guard) not in PLAYS
            PLAYS[name, guard] = play
        return play

    return registered


def body_lacks(play: Board) -> list[str]:
    return [one.guard for one in defects(play.rules, play.standing, day_of(play.rules, play.at))]


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


# -- expedited review ------------------------------------------------------------------------------------------------------------


@breaks("by_expedited", IRB)
def reviewers_of_a_case_before_the_board(play: Board, ok: bool) -> list[str]:
    play.taken_in("expedited" if ok else "convened", **MINIMAL)
    return play.lacks("name_panel", "gu", panel=["he"], reviewers_experienced=True)


@breaks("reviewer_named", IRB)
def no_reviewer(play: Board, ok: bool) -> list[str]:
    play.taken_in("expedited", **MINIMAL)
    return play.lacks("name_panel", "gu", panel=["gu"] if ok else [], reviewers_experienced=True)


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


# -- the table -------------------------------------------------------------------------------------------------------------------


def board(name: str, guard: str = "", given: Rules | None = None) -> Board:
    return Board(given or rules(name), CHARTERS.get((name, guard), {}))


def test_the_house_ships_them() -> None:
    assert {IRB, COMPANY} <= set(builtin_rules())
    assert {name: rules(name).place for name in PLACES} == PLACES


@pytest.mark.parametrize("name", [IRB, COMPANY])
def test_every_guard_has_a_play(name: str) -> None:
    assert {guard for of, guard in PLAYS if of == name} == set(rules(name).guards)


@pytest.mark.parametrize(("name", "guard"), PLAYS)
def test_a_guard_that_is_broken_is_told_and_one_that_is_met_is_not(name: str, guard: str) -> None:
    assert PLAYS[name, guard](board(name, guard), False) == [guard]
    assert PLAYS[name, guard](board(name, guard), True) == []


@pytest.mark.parametrize(("name", "guard"), PLAYS)
def test_without_a_guard_nobody_would_notice(name: str, guard: str) -> None:
    play = board(name, guard, without(rules(name), guard))
    if guard == "ballot_open":  # there is nothing to count, which is told by itself
        with pytest.raises(ProcedureError):
            PLAYS[name, guard](play, False)
        return
    assert PLAYS[name, guard](play, False) == []


def test_what_the_review_board_asks_for_rests_on_the_common_rule_and_nothing_unread() -> None:
    found = {guard.basis.norm for guard in rules(IRB).guards.values() if guard.basis.ground == "norm"}
    assert {one.split("/")[2].partition("#")[0].partition(".")[0] for one in found} == {
        "107", "108", "109", "110", "111", "112", "113"
    }  # fmt: skip
    assert not [guard.name for guard in rules(IRB).guards.values() if guard.basis.unchecked]


def test_what_a_company_asks_for_rests_on_no_law() -> None:
    own = rules(COMPANY)
    bases = [one.basis for part in (own.guards, own.steps, own.parameters) for one in part.values()]
    assert {one.ground for one in bases} == {"charter", "practice"}
    assert not [one for one in bases if one.norm]


# -- one whole case through each -------------------------------------------------------------------------------------------------


def test_a_study_goes_through_the_review_board_from_submission_to_completion() -> None:
    play = board(IRB)
    play.taken_in()
    assert play.ballot(votes="ffaao") == ["majority"]
    assert play.ballot("require_changes") == []
    assert play.issued("require_changes") == []
    play.do("hand_in_changes", "lu", digest="sha256:2")
    assert play.issued(step="confirm_changes", digest="sha256:2") == []
    play.do("institution_approves", "dean")
    assert play.case.state == "approved"

    (limit,) = running(play.rules, play.standing, "case", play.at)
    assert (limit.limit.name, limit.due, limit.settled) == ("continuing", date(2027, 9, 1), True)

    play.do("propose_change", "lu", digest="sha256:3", minor_change=True)
    assert play.lacks("begin_change", "lu", immediate_hazard=False) == ["change_approved_first"]
    play.do("take_in_change", "ye", items_missing=0, route="expedited")
    play.do("name_panel", "gu", panel=["gu"], reviewers_experienced=True)
    play.do("opine", "gu", opinion="agree")
    assert play.issued(step="approve_change", digest="sha256:3") == []
    play.do("begin_change", "lu", immediate_hazard=False)

    play.do("open_continuing", "ye", route="convened", only_analysis=False)
    assert play.ballot() == []
    assert play.issued(step="decide_continuing") == []
    play.do("suspend", "gu", unexpected_serious_harm=True, reasons_given=True, reported=True, conditions_open=1)
    assert play.lacks("resume", "gu", told_in_writing=True) == ["conditions_met"]
    play.do("resume", "gu", told_in_writing=True, conditions_open=0)
    play.do("complete", "lu")
    assert play.case.state == "completed"


def test_a_disapproval_can_be_responded_to_and_the_institution_cannot_go_past_it() -> None:
    play = board(IRB)
    play.taken_in()
    assert play.ballot("disapprove") == []
    assert play.issued("disapprove") == []
    assert play.lacks("institution_approves", "dean") == ["approved_by_board"]
    play.do("respond", "lu", digest="sha256:2")
    play.do("answer_response", "gu", outcome="review_anew", told_in_writing=True)
    play.do("take_in", "ye", items_missing=0, route="convened")
    assert play.issued() == ["carried", "as_carried", "papers_as_reviewed"]
    assert play.ballot() == []
    assert play.issued() == []


def test_a_change_that_is_refused_leaves_the_study_as_it_was_approved() -> None:
    play = board(IRB)
    play.passed()
    play.do("propose_change", "lu", digest="sha256:2", minor_change=False)
    play.do("take_in_change", "ye", items_missing=0, route="convened")
    assert play.ballot("disapprove") == []
    assert play.issued("disapprove", step="refuse_change") == []
    assert play.case.state == "approved"
    assert play.lacks("begin_change", "lu", immediate_hazard=False) == ["change_approved_first"]
    play.do("withdraw_change", "lu", digest="sha256:1")
    play.do("institution_approves", "dean")


def test_expedited_review_can_be_turned_over_to_the_board_which_may_disapprove() -> None:
    play = board(IRB)
    play.at_reviewers()
    play.do("opine", "he", opinion="doubt")
    play.do("to_board", "he")
    assert play.ballot("disapprove") == []
    assert play.issued("disapprove") == []
    assert play.case.state == "disapproved"


@pytest.mark.parametrize(("facts", "asked_for"), [({}, True), (MINIMAL, False), ({"only_analysis": True}, False)])
def test_continuing_review_is_due_only_where_the_rule_asks_for_it(facts: dict[str, Any], asked_for: bool) -> None:
    play = board(IRB)
    play.taken_in(**facts)
    assert play.ballot() == []
    assert play.issued(continuing_kept=False) == []
    assert bool(running(play.rules, play.standing, "case", play.at)) is asked_for


def test_the_board_may_keep_up_continuing_review_all_the_same() -> None:
    play = board(IRB)
    play.taken_in(**MINIMAL)
    assert play.ballot() == []
    assert play.issued(continuing_kept=True) == []
    assert [one.limit.name for one in running(play.rules, play.standing, "case", play.at)] == ["continuing"]


def test_the_charter_of_a_review_board_cannot_fall_below_the_rule() -> None:
    for charter in ({"members_least": 4}, {"continuing_months": 13}):
        with pytest.raises(ProcedureError):
            Board(rules(IRB), charter)


def test_a_system_goes_through_the_board_of_a_company_from_submission_to_its_end() -> None:
    play = board(COMPANY)
    play.taken_in()
    (limit,) = running(play.rules, play.standing, "case", play.at)
    assert (limit.limit.name, limit.due) == ("decide", date(2026, 9, 29))  # twenty days from Monday to Friday
    assert play.ballot("send_back") == []
    assert play.issued("send_back") == []
    play.do("hand_in_again", "lu", digest="sha256:2")
    play.do("take_in", "ye", items_missing=0)
    assert play.ballot("approve_with_conditions") == []
    assert play.issued("approve_with_conditions", conditions_open=1) == []
    assert play.lacks("put_into_use", "lu") == ["conditions_met"]
    play.do("meet_condition", "ye", conditions_open=0)
    play.do("put_into_use", "lu")
    (limit,) = running(play.rules, play.standing, "case", play.at)
    assert (limit.limit.name, limit.due) == ("follow_up", date(2027, 3, 1))
    play.do("follow_up", "gu", outcome="stop", reasons_given=True, conditions_open=1)
    assert play.lacks("resume", "gu", reasons_given=True) == ["conditions_met"]
    play.do("resume", "gu", reasons_given=True, conditions_open=0)
    play.do("retire", "lu")
    assert play.case.state == "retired"


@pytest.mark.parametrize(("majority", "votes", "lacks"), [
    ("simple", "fffa", []), ("simple", "ffaa", ["enough_votes"]),
    ("two_thirds", "fffa", []), ("two_thirds", "ffaa", ["enough_votes"]), ("two_thirds", "fffaa", ["enough_votes"]),
])  # fmt: skip
def test_a_company_sets_its_own_majority(majority: str, votes: str, lacks: list[str]) -> None:
    play = Board(rules(COMPANY), {"majority": majority, "conditions_before_use": False})
    if len(votes) == 5:
        play.seat("wen")
        play.members.append("wen")
    play.taken_in()
    assert play.ballot(votes=votes) == lacks


def test_a_company_may_let_a_system_into_use_before_its_conditions_are_met() -> None:
    play = Board(rules(COMPANY), {"conditions_before_use": False})
    play.taken_in()
    assert play.ballot("approve_with_conditions") == []
    assert play.issued("approve_with_conditions", conditions_open=2) == []
    play.do("put_into_use", "lu")
    assert play.case.state == "in_use"
