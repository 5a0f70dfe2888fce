"""Whether a body is composed as its rules ask: each defect with the clause it breaks. A defect is shown, and stops no seat."""

from __future__ import annotations

from datetime import UTC, date, datetime

from guiju.procedure.facts import known
from guiju.procedure.playing import asked
from guiju.procedure.rules import Lack, Rules
from guiju.procedure.standing import Act, Standing


def defects(rules: Rules, standing: Standing, on: date) -> tuple[Lack, ...]:
    """What a body lacks on a day, by the guards of its rules that ask for its composition."""
    nothing = Act("", datetime(on.year, on.month, on.day, tzinfo=UTC), "", "")
    found = known(rules, standing, nothing, on)
    return tuple(lack for name in rules.body if (lack := asked(rules.guards[name], found)) is not None)
