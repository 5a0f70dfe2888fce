"""Filings in words: where each stands, what happened, and the time that runs."""

from __future__ import annotations

from datetime import date
from typing import Any

from guiju.calendars import words
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.rule_addresses import rule_address
from guiju.institutions.people.views.words import name_of
from guiju.institutions.register.filing_kinds import KINDS
from guiju.institutions.register.limits import (
    Limit,
    calendar_in_words,
    clause_of,
    left_in_words,
    limits_of,
    notes_in_words,
    status_of,
)
from guiju.institutions.register.models import Filing


def filing_rows(filing: Filing, lang: str, on: date) -> dict[str, Any]:
    """What a page shows of a filing; its steps are fetched beforehand."""
    say, kind = sayer(lang), KINDS[filing.kind]
    steps = sorted(filing.steps.all(), key=lambda one: (one.on, one.at))
    status = status_of(steps)
    return {
        "filing": filing,
        "kind": say(f"registry.kind-{filing.kind}"),
        "status": say(f"registry.filing-{status or 'empty'}"),
        "clause": clause_of(kind.clause, lang),
        "href_of_clause": rule_address(lang, kind.clause) if kind.clause else "",
        "steps": [(one, say(f"registry.step-{one.kind}"), name_of(one.by, lang)) for one in steps],
        "limits": [limit_row(one, lang, on) for one in limits_of(kind, steps, on)],
        "no_limits": not kind.limits,
    }


def limit_row(limit: Limit, lang: str, on: date) -> dict[str, Any]:
    """A time limit as ``ui.clock`` draws it."""
    say = sayer(lang)
    state = "overdue" if limit.state == "overdue" else "done" if limit.state in ("done", "done-late") else "running"
    left = left_in_words(limit.day, on, limit.calendar, lang) if limit.day and limit.open else ""
    return {
        "limit": limit,
        "state": state,
        "what": say(f"registry.limit-{limit.step.kind}", day=words(limit.step.on, lang)),
        "due": due_in_words(limit, lang),
        "left": left,
        "calendar": calendar_in_words(limit.calendar, lang) if limit.calendar else "",
        "clause": clause_of(limit.norm, lang),
        "href": rule_address(lang, limit.norm),
        "stands": say(f"registry.limit-is-{limit.state}"),
        "notes": list(notes_in_words(limit, lang)),
    }


def due_in_words(limit: Limit, lang: str) -> str:
    """The last day in words; between which two it lies where the calendar is not published that far."""
    say = sayer(lang)
    if limit.due is None or limit.day is None:
        return say("registry.due-unknown")
    if limit.settled:
        return say("registry.due-on", day=words(limit.day, lang))
    latest = limit.due.latest
    if isinstance(latest, date):
        return say("registry.due-between", earliest=words(limit.day, lang), latest=words(latest, lang))
    return say("registry.due-from", earliest=words(limit.day, lang))
