"""Random cases, thousands of them: no decision is issued that somebody who knows only the law would not call valid."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.procedure.checker import approvals, faults
from tests.procedure.committee import APPLICANT, AUTHORITY, EXPERTS, MEMBERS, SEATS, Play, rules, without

from guiju.procedure import ProcedureError, Rules, replay

DECISIONS = ("decide", "pass_initially", "decide_simplified", "decide_rereviewed", "waive_rereview", "recognise")
JUDGED = ("listed", "urgent", "not_above_minimal_risk", "minor_change", "quiet_follow_up")
RARE = ("stand_aside", "replace_papers", "take_back", "take_over")
ROUTES = ("general", "general", "simplified", "emergency")
APART = ("gu", "lin")
LEADS = {
    "applied": ("accept",), "incomplete": ("complete",), "accepted": ("name_panel",), "changed": ("reassess",),
    "to_change": ("hand_in_changes", "confirm_changes"), "initially_to_change": ("hand_in_changes", "confirm_initially"),
    "initially_passed": ("ask_rereview", "ask_rereview", "waive_rereview"), "at_rereview": ("answer_rereview", "name_experts"),
    "rereviewed": ("decide_rereviewed",), "approved": ("report_change", "object"), "to_review_again": ("hand_in_again",),
}  # fmt: skip
"""What leads on from where a case stands."""

MOTIONS = ("approve", "approve_after_changes", "review_again_after_changes", "refuse")


class Chance:
    """Somebody who does anything at any time, more often what leads on."""

    def __init__(self, given: Rules, seed: int, charter: dict[str, Any] | None = None) -> None:
        self.dice = random.Random(seed)  # a play, no secret
        self.play = Play(given)
        self.play.do("charter", "unit", "body", **(charter or {}))
        self.papers = 1

    def try_to(self, step: str, by: str, about: str = "case", **gives: Any) -> bool:
        try:
            self.play.do(step, by, about, **gives)
        except ProcedureError:
            return False
        return True

    def some(self, of: list[str], least: int = 0) -> list[str]:
        return self.dice.sample(of, self.dice.randint(least, len(of)))

    def often(self, chance: float = 0.85) -> bool:
        return self.dice.random() < chance

    def meeting(self) -> None:
        """A meeting in which anything may be wrong."""
        name = f"m{len(self.play.standing.sittings) + 1}"
        present = MEMBERS if self.often(0.5) else self.some([*SEATS], 3)
        chair = "gu" if self.often() else self.dice.choice([*SEATS])
        mover = chair if self.often(0.2) else "gu"
        if not (self.try_to("call", "ye", name, agenda=["case"]) and "case" in self.play.standing.cases):
            return
        self.try_to("open", "ye", name, present=present, chair=chair, video=not self.often(0.95))
        for who in self.some(MEMBERS)[:3] if self.often(0.2) else []:
            self.try_to("declare", who, name, seat=who, case="case", withdraws=self.often())
        if self.often(0.1):
            self.try_to("preside", "ye", name, seat=self.dice.choice(MEMBERS), case="case")
        motion = "approve" if self.often(0.7) else self.dice.choice(MOTIONS)
        self.try_to("put", mover, name, case="case", motion=motion, digest=self.play.case.digest)
        for who in MEMBERS:
            if self.often(0.03):
                self.anything()
            if self.often(0.004):
                self.try_to("seat-ended", "unit", self.dice.choice(MEMBERS), on=str(self.play.at.date()))
            seat = who if self.often(0.98) else self.dice.choice(MEMBERS)
            self.try_to("vote", who, name, seat=seat, vote="for" if self.often(0.8) else "against")
        if self.often(0.1):
            self.try_to("depart", "ye", name, seat=self.dice.choice(MEMBERS))
        self.try_to("count", "ye", name)
        if self.often(0.9):
            self.try_to("close", "ye", name)

    def paper(self) -> str:
        self.papers += 1
        return f"sha256:{self.papers}"

    def anything(self, of: Sequence[str] = ()) -> None:
        """One step of a case, in its place or out of it; or one of some."""
        dice, flip = self.dice, self.often
        group = [*EXPERTS, *(["he"] if flip(0.1) else [])]
        group = group[: dice.choice([4, 5, 6, 7])]
        agreed = group[: dice.randint(0, len(group))] if flip(0.4) else group
        facts = {"state_secret": False} | {name: flip(0.3) for name in JUDGED} | {"own_unit": flip(0.9), "entrusted": flip(0.2)}
        done = {"reasons_given": flip(0.97)}
        told = done | {"departs": flip(0.1), "departure_explained": flip(0.5)}
        ground = {"approval_with_ethics_condition": flip(0.3), "already_regulated": flip(0.3)}
        was = dice.choice(["accepted", "approved", "suspended"])
        day = "accepted_before_on" if was == "accepted" else "decided_before_on"
        earlier = {"outcome": was, "parties": {"applicant": [APPLICANT, "org:yanban"]}, day: "2026-08-20"}
        accepts = {"items_missing": 0, "own_unit": flip(0.95), **done}
        simple = accepts | {"route": "simplified", "not_above_minimal_risk": True, "listed": False}
        papers = self.play.case.digest if "case" in self.play.standing.cases else "sha256:0"
        wrote = {"authors": ["he"] if flip(0.05) else []}
        later = str((self.play.at + timedelta(days=dice.randint(20, 70))).date())
        by = "gu" if flip(0.8) else dice.choice([*SEATS, APPLICANT])
        steps: list[tuple[str, str, dict[str, Any]]] = [
            ("apply", "gu" if flip(0.1) else APPLICANT, {"digest": self.paper(), "risk_assessed": flip(), **wrote, **facts}),
            ("take_over", "ye", earlier | {"digest": self.paper(), "listed": flip(0.3), "route": dice.choice(ROUTES)}),
            ("tell_incomplete", "ye", {"items_missing": 1}),
            ("complete", APPLICANT, {"digest": self.paper()}),
            ("accept", "ye", accepts | {"route": dice.choice(ROUTES), "listed": flip(0.5), "urgent": flip()}),
            ("accept", "ye", simple),
            ("recognise", by, {"recognised_decision": "university 17", "digest": papers, **done}),
            ("replace_papers", "he" if flip(0.1) else APPLICANT, {"digest": self.paper(), "behalf": "org:yanban", **wrote}),
            ("extend", "gu", {"until": later, **done}),
            ("stand_aside", dice.choice(MEMBERS), {"aside": True}),
            ("raise", "he", {}),
            ("name_panel", by, {"panel": self.some(MEMBERS, 1)[:3]}),
            ("decide_simplified", by, {"outcome": "approve", "digest": papers, **told}),
            ("decide", by, {"outcome": dice.choice(MOTIONS), "field_expert_took_part": flip(), **told}),
            ("decide", by, {"outcome": "approve", "field_expert_took_part": True, **told}),
            ("pass_initially", by, {"outcome": dice.choice(MOTIONS[:2]), "field_expert_took_part": True, **told}),
            ("ask_rereview", APPLICANT, {"parties": {"authority": [AUTHORITY, "org:bureau"]}}),
            ("waive_rereview", by, {"outcome": "approve", **ground, **done}),
            ("name_experts", AUTHORITY, {"experts": group, "behalf": "org:bureau", "reasons_given": flip(0.5)}),
            ("opine_rereview", dice.choice(EXPERTS), {"expert_opinion": dice.choice(["agree", "against"]), **done}),
            ("answer_rereview", "su" if flip(0.1) else AUTHORITY, {
                "group": group, "group_for": agreed, "rereview_agrees": flip(0.7), "centre_reviewed_it": flip(0.1),
                "behalf": "org:bureau",
            }),
            ("decline_rereview", AUTHORITY if flip(0.3) else "ye", done),
            ("decide_rereviewed", by, {"outcome": dice.choice(["approve", "refuse"]), **told}),
            ("hand_in_changes", APPLICANT, {"digest": self.paper()}),
            ("confirm_changes", by, {"outcome": "approve", "digest": papers, **done}),
            ("confirm_initially", by, {"outcome": "approve", "digest": papers, **done}),
            ("hand_in_again", APPLICANT, {"digest": self.paper()}),
            ("object", APPLICANT, done),
            ("follow_up_objected", by, {"outcome": dice.choice(["continue", "suspend"]), **done}),
            ("uphold_objection", by, done),
            ("reject_objection", by, done),
            ("reject_while_suspended", by, done),
            ("report_change", APPLICANT, {"digest": self.paper()}),
            ("reassess", by, {"outcome": dice.choice(["continue", "suspend", "review_anew"]), **done}),
            ("follow_up", by, {"outcome": dice.choice(["continue", "suspend"]), "conditions_open": 0, **done}),
        ]  # fmt: skip
        state = self.play.case.state if "case" in self.play.standing.cases else "new"
        next_ones = [one for one in steps if state in self.play.rules.steps[one[0]].states]
        asked = [one for one in steps if one[0] in of]
        step, who, gives = dice.choice(asked or (next_ones if next_ones and flip(0.8) else steps))
        if step in RARE and flip(0.95):
            return
        if self.try_to(step, who, **gives) and step == "name_panel":
            for one in gives["panel"]:
                self.try_to("opine", one, opinion="agree" if flip(0.9) else "doubt")
            if flip(0.7):
                more = {"reasons_given": True, "departs": False}
                self.try_to("decide_simplified", by, outcome="approve", digest=self.play.case.digest, **more)
        if step == "name_experts" and flip(0.9):
            self.experts_say()
        if flip(0.005):
            self.try_to("seat-ended", "unit", dice.choice(MEMBERS), on=str((self.play.at + timedelta(days=1)).date()))
        if flip(0.05):
            self.play.at += timedelta(days=dice.randint(1, 20))

    def experts_say(self) -> None:
        """What the experts who are named say themselves, and an answer of the authority by it."""
        for one in self.play.case.experts if "case" in self.play.standing.cases else ():
            if self.often(0.95):
                self.try_to("opine_rereview", one, expert_opinion="agree" if self.often(0.9) else "against", reasons_given=True)
        said = self.play.case.experts if "case" in self.play.standing.cases else {}
        agreed = [one for one, opinion in said.items() if opinion == "agree"]
        answer = {"group": [*said], "group_for": agreed, "rereview_agrees": 3 * len(agreed) >= 2 * len(said)}
        self.try_to("answer_rereview", AUTHORITY, behalf="org:bureau", centre_reviewed_it=False, **answer)

    def forward(self) -> None:
        """What leads on from where the case stands."""
        state = self.play.case.state if "case" in self.play.standing.cases else "new"
        if state == "accepted" and self.often(0.2):
            for who in APART if self.often(0.1) else ():
                self.try_to("stand_aside", who, aside=True)
        if state == "accepted" and self.play.case.facts.get("route") != "simplified" and self.often(0.6):
            self.meeting()
            outcome = self.play.case.last.motion if self.play.case.last and self.often() else "approve"
            more = {"reasons_given": True, "field_expert_took_part": self.often(), "departs": False}
            for step in ("decide", "pass_initially") if self.often(0.8) else ():
                self.try_to(step, "lin" if self.often(0.2) else "he" if self.often(0.1) else "gu", outcome=outcome, **more)
        self.anything(LEADS.get(state, ()))
        for _ in range(4):
            self.anything()


def played(given: Rules, seed: int, charter: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The record of a random play."""
    chance = Chance(given, seed, charter)
    for _ in range(14):
        chance.forward()
    return [one.to_json() for one in chance.play.acts]


CHARTERS = ({}, {"withdrawn_leave_base": True}, {"withdrawn_leave_quorum": False, "recognises": True})


@pytest.mark.parametrize("share", range(4))
def test_no_random_case_ends_in_a_decision_that_is_not_valid(share: int) -> None:
    issued: Counter[str] = Counter()
    ways: Counter[str] = Counter()
    for seed in range(share * 500, share * 500 + 500):
        record = json.loads(json.dumps(played(rules(), seed, CHARTERS[seed % 3])))
        found = faults(record)
        assert [one for one in found if one[1]] == [], seed
        issued.update(step for step, _ in found)
        ways.update(approvals(record).values())
    assert set(issued) == set(DECISIONS), issued
    assert min(issued["decide"], 2 * issued["decide_simplified"]) > 100, issued
    assert set(ways) == {"decided", "recognised", "taken over"}, ways


TEETH = (
    "quorate", "categories_there", "two_thirds", "same_members", "interests_aside", "presided", "video_by_rule",
    "papers_as_carried",
    "as_carried", "carried", "not_listed_approval", "panel_agrees", "panel_enough", "decider_apart", "group_enough",
    "group_apart", "group_two_thirds", "as_rereviewed", "stands_in", "waiver", "unit_or_entrusted", "departure", "centre_apart",
    "as_experts_said",
)  # fmt: skip


@pytest.mark.parametrize("guard", TEETH)
def test_without_one_guard_the_second_opinion_finds_a_decision_that_is_not_valid(guard: str) -> None:
    weaker = without(rules(), guard)
    for seed in range(3000):
        record = json.loads(json.dumps(played(weaker, seed)))
        if any(wrong for _, wrong in faults(record)):
            return
    pytest.fail(f"{guard} was taken away and nothing was noticed")


def test_the_same_acts_always_give_the_same_standing() -> None:
    for seed in range(40):
        chance = Chance(rules(), seed)
        for _ in range(10):
            chance.forward()
        assert replay(rules(), chance.play.acts) == chance.play.standing


class Played(RuleBasedStateMachine):
    """The same, with steps that Hypothesis chooses and, where one fails, makes short."""

    def __init__(self) -> None:
        super().__init__()
        self.chance = Chance(rules(), 0)

    @rule(seed=st.integers(0, 10**6))
    def step(self, seed: int) -> None:
        self.chance.dice.seed(seed)
        self.chance.anything()

    @rule(seed=st.integers(0, 10**6))
    def meet(self, seed: int) -> None:
        self.chance.dice.seed(seed)
        self.chance.meeting()

    @invariant()
    def every_decision_is_valid(self) -> None:
        record = [one.to_json() for one in self.chance.play.acts]
        assert [one for one in faults(record) if one[1]] == []


def test_whatever_is_chosen_step_by_step() -> None:
    limits = settings(max_examples=150, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Played, settings=limits)
