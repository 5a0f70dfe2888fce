"""What to do next, in the order in which a careful person would do it, and the days left for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from guiju.assess.report_duty import DutyTeller
from guiju.assess.report_parts import Duty, Need, Todo

MOST: Final = 5
"""How many things a report puts first."""

SOON: Final = 183
"""Days within which a coming duty goes before one that is unmet without a clock."""

MOST_FAR: Final = 2
"""Duties further ahead than that which go before the questions."""

OVERDUE, LATE, DATED, UNMET, FAR, QUESTION = range(6)


def next_steps(teller: DutyTeller, duties: Iterable[Duty], questions: Iterable[Need]) -> list[Todo]:
    """The first things to do: overdue, unmet with a clock, dated within half a year, unmet without, then questions."""
    ranked = sorted(_candidates(teller, duties), key=lambda one: one[0])
    found: dict[tuple[str, str], Todo] = {}
    for _, todo in ranked:
        found.setdefault((todo.clause, todo.kind), todo)  # one step for one clause, whoever owes it
    far = [todo for todo in found.values() if _far(todo)]
    steps = [todo for todo in found.values() if not _far(todo)]
    asked = [_question(teller, one) for one in questions]
    return [*steps, *far[:MOST_FAR], *asked, *far[MOST_FAR:]][:MOST]


def _far(todo: Todo) -> bool:
    return todo.kind == "coming" and todo.left is not None and todo.left > SOON


def _candidates(teller: DutyTeller, duties: Iterable[Duty]) -> Iterable[tuple[tuple[int, int, int], Todo]]:
    for index, duty in enumerate(duties):
        found = _step(teller, duty) if duty.binding and duty.scope == "yes" and duty.kind == "duty" else None
        if found is not None:
            rank, todo = found
            yield (rank, _order(todo), index), todo


def _order(todo: Todo) -> int:
    return 0 if todo.day is None else todo.day.toordinal()


def _step(teller: DutyTeller, duty: Duty) -> tuple[int, Todo] | None:
    """What one duty asks to be done next, if anything."""
    if duty.met == "yes" or duty.met is None:
        return None
    if duty.status == "applies":
        return _standing(teller, duty)
    if duty.status in ("upcoming", "transitional") and duty.from_day is not None:
        left = (duty.from_day - teller.a.program.on).days
        when = teller.say("next-coming", day=teller.w.day(duty.from_day), left=teller.ahead(left))
        return (DATED if left <= SOON else FAR), _todo(duty, "coming", when, duty.from_day, left)
    return None


def _standing(teller: DutyTeller, duty: Duty) -> tuple[int, Todo] | None:
    """A duty that applies now and is not met, or not shown to be while its clock runs."""
    due = duty.due
    if due is not None and due.state == "overdue" and due.day is not None:
        when = teller.say("next-overdue", day=teller.w.day(due.day), over=due.left_words)
        return OVERDUE, _todo(duty, "overdue", when, due.day, due.left)
    if due is not None and due.state == "running" and due.day is not None:
        when = teller.say("next-due", day=teller.w.day(due.day), left=due.left_words)
        return DATED, _todo(duty, "due", when, due.day, due.left)
    if duty.met != "no":
        return None
    if due is not None:
        return LATE, _todo(duty, "late", due.text)
    return UNMET, _todo(duty, "unmet", teller.say("next-unmet"))


def _todo(duty: Duty, kind: str, when: str, day: date | None = None, left: int | None = None) -> Todo:
    return Todo(kind, duty.summary, when, duty.clause, duty.owed_by, duty.anchor, day, left)


def _question(teller: DutyTeller, one: Need) -> Todo:
    when = teller.say(f"next-{one.cause}", rules=teller.w.counted("settles", one.settles), hard=one.hard)
    return Todo("question", one.text, when, "", one.of, "questions")
