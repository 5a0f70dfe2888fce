"""The rules of an institutional review board of the United States, and those of a company's AI board.

Every guard is broken alone in one play and met in the same; without it nobody would notice. One whole case goes through each.
"""

from datetime import date
from typing import Any

import pytest
from tests.procedure import boards_breaking_decision, boards_breaking_meeting
from tests.procedure.boards import COMPANY, IRB, MINIMAL, PLACES, Board, rules
from tests.procedure.boards_breaking import Plays
from tests.procedure.committee import without

from guiju.procedure import ProcedureError, Rules, builtin_rules, running

PLAYS: Plays = {**boards_breaking_meeting.PLAYS, **boards_breaking_decision.PLAYS}
CHARTERS: dict[tuple[str, str], dict[str, Any]] = {
    (IRB, "video_by_rule"): {"by_video": False},
    (COMPANY, "video_by_rule"): {"video_allowed": False},
}


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


@pytest.mark.parametrize("name", [IRB, COMPANY])
def test_whoever_wrote_papers_has_no_vote_on_them(name: str) -> None:
    play = board(name)
    play.taken_in(authors=["zheng"])
    play.do("replace_papers", "lu", digest="sha256:2", authors=["he"])
    meeting = play.sits()
    play.put(meeting)
    for who in ("he", "zheng"):
        assert play.lacks("vote", who, meeting, seat=who, vote="for") == ["voter_no_interest"]
    assert play.lacks("vote", "su", meeting, seat="su", vote="for") == []


def test_a_reviewer_of_a_review_board_may_agree_once_the_changes_are_made() -> None:
    play = board(IRB)
    play.at_reviewers()
    play.do("opine", "he", opinion="doubt")
    assert play.issued(digest="sha256:1") == ["reviewers_agree"]
    play.do("replace_papers", "lu", digest="sha256:2")
    play.do("opine", "he", opinion="agree")
    assert play.issued(digest="sha256:2") == []


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
