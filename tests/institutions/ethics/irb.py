"""A board of the United States with a case brought to a beginning, by the steps that its own rules have."""

from collections.abc import Mapping
from typing import Any

from tests.institutions.ethics import house as at
from tests.institutions.ethics.house import House, house

from guiju.institutions.ethics.models import Case

KINDS = {"chair": ["scientific"], "deputy": ["scientific"], "he": ["nonscientific"], "zheng": ["scientific"],
         "yi": ["scientific"], "su": ["nonscientific", "unaffiliated"], "tang": ["scientific", "unaffiliated"]}  # fmt: skip
"""What kinds of member they are; two are nonscientific."""

APPLIES = {"on_expedited_list": False, "above_minimal_risk": True, "minor_change": False, "only_analysis": False}
SAYS: dict[str, Any] = {
    "criteria_met": True, "told_in_writing": True, "reasons_given": True, "chance_to_respond": True, "conditions_open": 0,
    "continuing_kept": False,
}  # fmt: skip
"""What a decision says where a test says nothing else."""


def board(handle: str = "college", kinds: Mapping[str, list[str]] = KINDS) -> House:
    """A board of seven with a secretary."""
    return house(handle, rules="us-irb", kinds=kinds)


def taken_in(home: House, case: Case | None = None, route: str = "convened", **facts: bool) -> Case:
    """Research that was applied for and taken in."""
    case = case or at.drafted(home, "Sleep of night nurses")
    says = {**APPLIES, **facts}
    at.by_applicant(home, case, "apply", says)
    at.by(home, "ye", case, "take_in", {"items_missing": 0, "route": route, **says})
    return case


def decided(home: House, outcome: str = "approve", case: Case | None = None, **says: bool) -> Case:
    """Research on which the convened board decided, as it was carried."""
    case = case or taken_in(home)
    at.carried(home, case, outcome)
    ruled(home, case, outcome, **says)
    return case


def ruled(home: House, case: Case, outcome: str = "approve", step: str = "decide", **says: bool) -> None:
    """The decision, issued by the chairperson."""
    gives = {**SAYS, "criteria_met": outcome == "approve", "outcome": outcome, "digest": at.stands(case).digest, **says}
    at.by(home, "chair", case, step, gives, {"reasons": "As discussed."})


def reviewed_apart(home: House, case: Case | None = None, **says: bool) -> Case:
    """Research that one reviewer named by the chairperson approved in expedited review."""
    case = taken_in(home, case, route="expedited", on_expedited_list=True, above_minimal_risk=False)
    at.by(home, "chair", case, "name_panel", {"panel": [home.seat("he")], "reviewers_experienced": True})
    at.by(home, "he", case, "opine", {"opinion": "agree"})
    ruled(home, case, **says)
    return case
