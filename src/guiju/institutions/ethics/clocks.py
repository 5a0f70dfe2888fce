"""The time limits that run in the cases of a committee, worked out once as long as nothing happens and the day is the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from guiju.calendars import now
from guiju.institutions.ethics.models import Committee
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.hall.keeping import Keeping
from guiju.procedure import Running, Standing, day_of, running

ByCase = Mapping[str, tuple[Running, ...]]


_kept: Final = Keeping(64)


def running_in(committee: Committee, standing: Standing) -> ByCase:
    """The limits of every case that has not ended, by case; one standing of each committee is kept with them."""
    key, day = committee.body.public_id, day_of(rules_of(committee), now())
    held: tuple[Standing, date, ByCase] | None = _kept.held(key)
    if held is None or held[0] is not standing or held[1] != day:
        held = (standing, day, _running(committee, standing))
        _kept.put(key, held)
    return held[2]


def _running(committee: Committee, standing: Standing) -> ByCase:
    rules, at = rules_of(committee), now()
    open_ones = (name for name, one in standing.cases.items() if one.state not in rules.final)
    return {name: found for name in open_ones if (found := running(rules, standing, name, at))}
