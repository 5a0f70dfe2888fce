"""What can be done next in a case: every step that follows, whose it is, what it asks for, and what still keeps it.

A step that cannot be taken is offered all the same, with what is missing: that is how people learn what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from guiju.logic import names
from guiju.procedure.facts import known
from guiju.procedure.playing import asked
from guiju.procedure.roles import day_of, roles_of
from guiju.procedure.rules import Guard, Lack, Rules, Step
from guiju.procedure.standing import MEETING, Act, Standing

HANGS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "digest": ("file_new", "file_named", "file_since_decision"),
    "panel": ("panel", "panel_unable", "panel_given", "panel_other"),
    "opinion": ("opinion_new",),
    "group": ("group", "group_of_body"),
    "group_for": ("group_for", "group_as_said"),
    "experts": ("group", "group_of_body", "experts_dropped"),
    "parties": ("authority_apart",),
    "until": ("until_given", "extension_days"),
    "recognised_decision": ("other_decision_named",),
}
"""What is worked out from something that an act says: before it is said, it keeps nobody from saying it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that follows. ``lacks`` keeps it whatever the act says; ``outcomes``: those that nothing keeps, where it has any."""

    step: Step
    mine: bool
    lacks: tuple[Lack, ...] = ()
    outcomes: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it can be taken, as far as is known before the act says anything."""
        return self.mine and not self.lacks


def offers(rules: Rules, standing: Standing, act: Act) -> list[Offer]:
    """The steps that follow in the case that ``act`` is about, for whoever acts; those first that they may take.

    Of ``act`` only who, when, for whom and about what is read.
    """
    found = standing.cases.get(act.about)
    if found is None:
        return []
    follow = (one for one in rules.steps.values() if one.name not in MEETING and found.state in one.states)
    made = [_offer(rules, standing, one, replace(act, step=one.name, gives={})) for one in follow]
    return sorted(made, key=lambda one: (not one.mine, not one.open))


def _offer(rules: Rules, standing: Standing, step: Step, act: Act) -> Offer:
    if not set(step.by) & roles_of(rules, standing, act):
        return Offer(step, False)
    kept: dict[str, Lack] = {}
    free = []
    for outcome in step.outcomes or ("",):
        lacks = _firm(rules, standing, step, replace(act, gives={"outcome": outcome} if outcome else {}))
        kept.update(lacks)
        if not lacks:
            free.append(outcome)
    return Offer(step, True, () if free else tuple(kept.values()), tuple(one for one in free if one))


def _firm(rules: Rules, standing: Standing, step: Step, act: Act) -> dict[str, Lack]:
    """What refuses the step whatever the act goes on to say."""
    waits = frozenset(step.gives).union(*(HANGS_ON.get(one, ()) for one in step.gives))
    found = known(rules, standing, act, day_of(rules, act.at))
    guards = (rules.guards[one] for one in step.needs)
    lacks = ((guard, asked(guard, found)) for guard in guards if not _hangs(guard, waits))
    return {guard.name: lack for guard, lack in lacks if lack is not None and lack.then == "refuse"}


def _hangs(guard: Guard, waits: frozenset[str]) -> bool:
    return not names(guard.require).isdisjoint(waits)
