"""Time limits of a case: which run, until when, whether the law means them strictly, and whether they are over."""

from __future__ import annotations

from datetime import datetime

from guiju.logic import Truth, evaluate
from guiju.procedure.errors import ProcedureError
from guiju.procedure.facts import known
from guiju.procedure.roles import day_of
from guiju.procedure.rules import Rules
from guiju.procedure.standing import Act, Standing
from guiju.procedure.timing import Running, running_limit


def running(rules: Rules, standing: Standing, case: str, at: datetime) -> tuple[Running, ...]:
    """The limits of a case that run at a moment, the next due first; also those of which it is not known whether they do."""
    found = standing.cases.get(case)
    if found is None:
        raise ProcedureError("procedure.no-case", got=case)
    facts = known(rules, standing, Act("", at, "", case), day_of(rules, at))
    live = [one for one in rules.limits if evaluate(one.when, facts) is not Truth.FALSE]
    held = (running_limit(rules, standing, found, one) for one in live)
    return tuple(sorted((one for one in held if one is not None), key=lambda one: (one.due, one.limit.name)))
