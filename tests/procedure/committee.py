"""A committee of seven with a secretary, and a play of what it does: acts one after another, a minute apart."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from guiju.norms import builtin
from guiju.procedure import Act, Case, Rules, Sitting, Standing, StepRefusedError, begin, rules_named, take

BEGAN = datetime(2026, 9, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SEATS = {
    "gu": ("chair", ["field", "man"]),
    "lin": ("deputy", ["ethics", "woman"]),
    "he": ("member", ["law", "man"]),
    "zheng": ("member", ["field", "woman"]),
    "yi": ("member", ["field", "man"]),
    "su": ("member", ["law", "woman", "outside"]),
    "tang": ("member", ["man", "outside"]),
    "ye": ("secretary", []),
}
MEMBERS = [one for one in SEATS if one != "ye"]
APPLICANT = "lu"
AUTHORITY = "bureau"
EXPERTS = [f"expert{number}" for number in range(6)]


def rules() -> Rules:
    """The rules of ethics review in mainland China, with the clauses of the house's own corpus."""
    return rules_named("cn-ethics", builtin())


def without(given: Rules, guard: str) -> Rules:
    """The same rules with one guard taken off every step."""
    steps = {name: replace(step, needs=tuple(one for one in step.needs if one != guard)) for name, step in given.steps.items()}
    return replace(given, steps=steps, body=tuple(one for one in given.body if one != guard))


@dataclass
class Play:
    """What was done and how it stands; ``lacking`` is what the last step lacked."""

    rules: Rules
    charter: dict[str, Any] = field(default_factory=dict)
    at: datetime = BEGAN
    acts: list[Act] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.standing: Standing = begin(self.rules, self.charter)
        for name, (post, categories) in SEATS.items():
            self.seat(name, post, categories)

    def seat(self, name: str, post: str = "member", categories: list[str] | None = None, **more: Any) -> None:
        """Seat somebody, for four years where nothing else is said."""
        term = {"begins": "2026-01-01", "ends": "2029-12-31"} | more
        self.do("seat", "unit", name, person=name, post=post, categories=categories or [], **term)

    def do(self, step: str, by: str, about: str = "case", behalf: str = "", **gives: Any) -> None:
        """Take a step."""
        self.at += timedelta(minutes=1)
        act = Act(step, self.at, by, about, gives, behalf)
        self.standing = take(self.rules, self.standing, act)
        self.acts.append(act)

    def lacks(self, step: str, by: str, about: str = "case", **gives: Any) -> list[str]:
        """Take a step; what it lacks, where it is refused."""
        try:
            self.do(step, by, about, **gives)
        except StepRefusedError as refused:
            return [one.guard for one in refused.lacks]
        return []

    @property
    def case(self) -> Case:
        """The one case."""
        return self.standing.cases["case"]

    @property
    def sitting(self) -> Sitting:
        """The newest meeting."""
        return list(self.standing.sittings.values())[-1]

    # -- as it goes --------------------------------------------------------------------------------------------------------------

    def applied(self, **facts: Any) -> None:
        """An application with everything."""
        whole = {
            "digest": "sha256:1", "risk_assessed": True, "state_secret": False, "listed": False, "urgent": False,
            "not_above_minimal_risk": False, "minor_change": False, "quiet_follow_up": False,
            "approval_with_ethics_condition": False, "already_regulated": False, "own_unit": True,
        }  # fmt: skip
        self.do("apply", APPLICANT, **(whole | facts))

    def accepted(self, route: str = "general", **facts: Any) -> None:
        """One that was accepted."""
        self.applied(**facts)
        self.do("accept", "ye", items_missing=0, route=route, reasons_given=True)

    def met(self, present: list[str] | None = None, chair: str = "gu", name: str = "", **more: Any) -> str:
        """A meeting that is open, with the case on its agenda."""
        name = name or f"m{len(self.standing.sittings) + 1}"
        self.do("call", "ye", name, agenda=["case"])
        self.do("open", "ye", name, present=MEMBERS if present is None else present, chair=chair, **more)
        return name

    def put(self, meeting: str, motion: str = "approve") -> None:
        """A motion on what was handed in last."""
        self.do("put", "gu", meeting, case="case", motion=motion, digest=self.case.digest)

    def voted(self, meeting: str, votes: dict[str, str]) -> None:
        """Votes, each by its member."""
        for who, vote in votes.items():
            self.do("vote", who, meeting, seat=who, vote=vote)

    def counted(self, meeting: str) -> list[str]:
        """What a count lacked."""
        self.do("count", "ye", meeting)
        return list(self.sitting.ballots[-1].lacking)

    def carried(self, motion: str = "approve", present: list[str] | None = None) -> None:
        """A motion carried by everybody at a meeting that is as it should be."""
        meeting = self.met(present)
        self.put(meeting, motion)
        self.voted(meeting, dict.fromkeys(present or MEMBERS, "for"))
        assert self.counted(meeting) == []
        self.do("close", "ye", meeting)

    def decided(self, outcome: str = "approve", **more: Any) -> list[str]:
        """What the decision lacks."""
        return self.lacks("decide", "gu", outcome=outcome, reasons_given=True, **({"departs": False} | more))

    def decided_simply(self) -> list[str]:
        """What the decision of the simplified procedure lacks."""
        return self.lacks(
            "decide_simplified", "gu", outcome="approve", reasons_given=True, digest=self.case.digest, departs=False
        )

    def approved(self, **facts: Any) -> None:
        """A case that was approved."""
        self.accepted(**facts)
        self.carried()
        assert self.decided() == []

    def passed(self, **facts: Any) -> None:
        """A listed case that passed the initial review."""
        self.accepted(**({"listed": True} | facts))
        self.carried()
        self.do("pass_initially", "gu", outcome="approve", reasons_given=True, departs=False)

    def at_rereview(self) -> None:
        """A listed case at the authority."""
        self.passed()
        self.do("ask_rereview", APPLICANT, parties={"authority": [AUTHORITY]})

    def rereviewed(self, agrees: bool = True) -> list[str]:
        """What the authority's answer lacks, with five experts who are all of one mind."""
        agreed = EXPERTS[:5] if agrees else []
        return self.answered(EXPERTS[:5], agreed, agrees)

    def named(self, group: list[str], **opinions: str) -> None:
        """Experts named by the authority to say themselves whether they agree, and what some of them said."""
        self.do("name_experts", AUTHORITY, experts=group)
        for who, opinion in opinions.items():
            self.do("opine_rereview", who, expert_opinion=opinion, reasons_given=True)

    def answered(self, group: list[str], agreed: list[str], agrees: bool = True, **more: Any) -> list[str]:
        """What an answer of the authority lacks."""
        given = {"group": group, "group_for": agreed, "rereview_agrees": agrees, "centre_reviewed_it": False}
        return self.lacks("answer_rereview", AUTHORITY, **(given | more))

    def decided_after_rereview(self, outcome: str = "approve", **more: Any) -> list[str]:
        """What the decision after a re-review lacks."""
        return self.lacks("decide_rereviewed", "gu", outcome=outcome, reasons_given=True, **({"departs": False} | more))
