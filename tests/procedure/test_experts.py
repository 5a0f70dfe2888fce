"""Experts of a re-review who say themselves whether they agree: named by the authority, each heard, and nobody else for them."""

import pytest
from tests.procedure.checker import faults
from tests.procedure.committee import APPLICANT, AUTHORITY, EXPERTS, Play, rules

from guiju.procedure import Act, ProcedureError, StepRefusedError, offers

GROUP = EXPERTS[:5]
REASONS = {"reasons_given": True}


@pytest.fixture
def play() -> Play:
    """A listed case at the authority, with experts who are named."""
    made = Play(rules())
    made.at_rereview()
    made.named(GROUP)
    return made


def says(play: Play, who: str, opinion: str = "agree") -> None:
    play.do("opine_rereview", who, expert_opinion=opinion, **REASONS)


def mine(play: Play, who: str) -> set[str]:
    """The steps that somebody may take now."""
    found = offers(play.rules, play.standing, Act("", play.at, who, "case"))
    return {one.step.name for one in found if one.mine}


def test_what_each_expert_said_last_counts_and_who_said_nothing_does_not_agree(play: Play) -> None:
    for who in GROUP[:4]:
        says(play, who, "against")
    for who in GROUP[:4]:
        says(play, who)
    says(play, GROUP[0], "against")
    assert play.case.experts == {GROUP[0]: "against", **dict.fromkeys(GROUP[1:4], "agree"), GROUP[4]: ""}
    assert play.answered(GROUP, GROUP[1:4]) == ["group_two_thirds"]  # three of all five
    assert play.answered(GROUP[1:], GROUP[1:4]) == ["group_enough", "as_experts_said"]
    says(play, GROUP[4])
    assert play.answered(GROUP, GROUP[1:]) == []
    assert play.decided_after_rereview() == []
    assert [wrong for _, wrong in faults([one.to_json() for one in play.acts]) if wrong] == []


def test_only_an_expert_who_is_named_gives_an_opinion_with_reasons_and_only_until_the_answer(play: Play) -> None:
    assert mine(play, GROUP[0]) == {"opine_rereview"}
    for who in (EXPERTS[5], "gu", APPLICANT, AUTHORITY):
        assert "opine_rereview" not in mine(play, who)
        with pytest.raises(ProcedureError):
            says(play, who)
    assert play.lacks("opine_rereview", GROUP[0], expert_opinion="agree") == ["reasons"]
    with pytest.raises(ProcedureError):
        says(play, GROUP[0], "doubt")
    with pytest.raises(ProcedureError):
        play.do("opine_rereview", GROUP[0], **REASONS)
    for who in GROUP:
        says(play, who)
    assert play.answered(GROUP, GROUP) == []
    with pytest.raises(ProcedureError):
        says(play, GROUP[0], "against")


def test_only_the_authority_names_experts_and_as_few_or_as_near_as_it_may_not_answer_with(play: Play) -> None:
    for who in ("gu", APPLICANT, GROUP[0]):
        with pytest.raises(ProcedureError):
            play.do("name_experts", who, experts=GROUP)
    assert play.lacks("name_experts", AUTHORITY, experts=GROUP[:4]) == ["group_enough"]
    for near in ("he", APPLICANT):
        assert play.lacks("name_experts", AUTHORITY, experts=[*GROUP[:4], near]) == ["group_apart"]
    with pytest.raises(ProcedureError):
        play.do("name_experts", AUTHORITY)


def test_who_is_named_again_keeps_what_they_said_and_who_is_not_says_nothing_more(play: Play) -> None:
    says(play, GROUP[0])
    says(play, GROUP[1], "against")
    later = [GROUP[0], *EXPERTS[2:]]
    assert play.lacks("name_experts", AUTHORITY, experts=later) == ["dropped_explained"]
    play.do("name_experts", AUTHORITY, experts=later, **REASONS)
    assert play.case.experts == {GROUP[0]: "agree", **dict.fromkeys(EXPERTS[2:], "")}
    with pytest.raises(ProcedureError):
        says(play, GROUP[1])


def test_what_experts_said_falls_where_the_authority_declines_and_with_a_new_round(play: Play) -> None:
    says(play, GROUP[0])
    play.do("decline_rereview", AUTHORITY, **REASONS)
    assert play.case.experts == {}
    play.do("ask_rereview", APPLICANT, parties={"authority": [AUTHORITY]})
    assert play.answered(GROUP, [], False) == []  # named by nobody: by word of the authority
    assert play.decided_after_rereview("refuse") == []

    again = Play(rules())
    again.at_rereview()
    again.named(GROUP, **dict.fromkeys(GROUP, "against"))
    assert again.answered(GROUP, [], False) == []
    assert again.decided_after_rereview("refuse") == []
    again.do("object", APPLICANT, **REASONS)
    again.do("uphold_objection", "gu", **REASONS)
    assert again.case.experts == {}


def test_an_expert_who_takes_a_seat_of_the_committee_is_replaced_or_stays_aside(play: Play) -> None:
    for who in GROUP:
        says(play, who)
    play.seat(GROUP[0])
    assert play.answered(GROUP, GROUP) == ["group_apart"]
    play.do("name_experts", AUTHORITY, experts=EXPERTS[1:], **REASONS)
    says(play, EXPERTS[5])
    assert play.answered(EXPERTS[1:], EXPERTS[1:]) == []

    play.do("seat-ended", "unit", "lin", on="2026-09-01")
    play.seat(GROUP[1], "deputy")
    with pytest.raises(StepRefusedError) as refused:
        play.do("decide_rereviewed", GROUP[1], outcome="approve", departs=False, **REASONS)
    assert [one.guard for one in refused.value.lacks] == ["decider_apart"]
