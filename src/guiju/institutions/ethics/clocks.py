"""The time limits that run in the cases of a committee, worked out once as long as nothing happens and the day is the same."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.calendars import now
from guiju.institutions.ethics.models import Committee
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.hall.keeping import keep
from guiju.procedure import Running, Standing, day_of, running

ByCase = Mapping[str, tuple[Running, ...]]


def running_in(committee: Committee, standing: Standing) -> ByCase:
    """The limits of every case that has not ended, by case."""
    rules = rules_of(committee)
    key = ("ethics-clocks", id(standing), day_of(rules, now()))
    held: tuple[Standing, ByCase] = keep(key, lambda: (standing, _running(committee, standing)))
    return held[1]  # the standing is kept with them, so that nothing else can have its id


def _running(committee: Committee, standing: Standing) -> ByCase:
    rules, at = rules_of(committee), now()
    open_ones = (name for name, one in standing.cases.items() if one.state not in rules.final)
    return {name: found for name in open_ones if (found := running(rules, standing, name, at))}
