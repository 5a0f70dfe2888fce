"""Who somebody is when they act: the posts of their seats, and their part in a case, their own or that of whom they act for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from guiju.procedure.rules import Rules, Step
from guiju.procedure.standing import Act, Case, Standing

AUTHOR: Final = "author"
"""The part of those who wrote the papers: nothing but that they are parties."""

EXPERT: Final = "expert"
"""The part of those who were named to give their own opinion in a re-review."""


def day_of(rules: Rules, at: datetime) -> date:
    """The day of a moment where the body is."""
    return at.astimezone(ZoneInfo(rules.place)).date()


def roles_of(rules: Rules, standing: Standing, act: Act) -> set[str]:
    """What somebody is when they act: the posts of their seats that run, and their part in the case."""
    found = {one.post for one in standing.seats_of(act.by, day_of(rules, act.at))} | {"anyone"}
    case = standing.cases.get(act.about)
    if case is None:
        return found | ({"applicant"} if rules.opens(act.step) else set())
    found |= {EXPERT} if act.by in case.experts else set()
    return found | {role for role, who in case.parties.items() if speaks(act, who) and role not in rules.posts}


def speaks(act: Act, who: frozenset[str]) -> bool:
    """Whether somebody acts as one of them, or for one of them."""
    return act.by in who or (bool(act.behalf) and act.behalf in who)


def case_of(rules: Rules, standing: Standing, act: Act, named: str = "") -> Case | None:
    """The case that an act is about, also where the act is to open it."""
    found = standing.cases.get(named or act.about)
    if found is not None or not rules.opens(act.step):
        return found
    given = act.gives.get("parties") or {"applicant": [act.by, *([act.behalf] if act.behalf else [])]}
    return Case(act.about, rules.start, parties={role: frozenset(map(str, who)) for role, who in given.items()})


def parties_after(step: Step, case: Case, act: Act) -> Mapping[str, frozenset[str]]:
    """The parties of a case after an act: those it names, and by name whoever acts for one of them.

    So a seat of theirs is aside from then on, and a colleague can go on where they leave. Whoever wrote papers stays a party when
    they are replaced; an authority that declined is one no more.
    """
    given = {role: frozenset(map(str, who)) for role, who in act.gives.get("parties", {}).items()}
    if authors := frozenset(map(str, act.gives.get("authors", ()))):
        given[AUTHOR] = authors | case.parties.get(AUTHOR, frozenset())
    joined = {role: who | {act.by} for role, who in case.parties.items() if role in step.by and speaks(act, who)}
    found = {**case.parties, **joined, **given}
    return {role: who for role, who in found.items() if role != "authority" or "unasked" not in step.gives}
