"""Every guard of the rules of ethics review: one play in which it alone is broken, and the same play in which it is met.

That each is needed is shown by taking it away: then the play that breaks it lacks nothing any more.
"""

from typing import Any

import pytest
from tests.procedure import breaking_application, breaking_decision, breaking_meeting
from tests.procedure.breaking import Plays
from tests.procedure.committee import MEMBERS, Play, rules, without

from guiju.procedure import Act, lacking

PLAYS: Plays = {**breaking_application.PLAYS, **breaking_meeting.PLAYS, **breaking_decision.PLAYS}
RECOGNISES = {"recognises": True}
CHARTERS: dict[str, dict[str, Any]] = {
    "voter_trained": {"training_lapse_suspends": True}, "other_decision_named": RECOGNISES, "recognised_not_listed": RECOGNISES,
    "never_reviewed": RECOGNISES,
}  # fmt: skip
"""Charters other than the default, for the plays that need one."""


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
