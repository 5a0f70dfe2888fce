"""An institutional review board of the United States and the AI board of a company, and a play of what each does."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.procedure.committee import Play

from guiju.norms import builtin
from guiju.procedure import Rules, begin, rules_named

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
