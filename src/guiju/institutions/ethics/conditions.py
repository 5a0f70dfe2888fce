"""Conditions of a decision: set with it, met one by one on evidence, dropped where a later decision sets its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guiju.calendars import CalendarError, parse_day
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Case, Condition, Done

LONGEST: Final = 1000
MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """A condition as it was written, with the day by which it is to be met, where one was."""

    text: str
    due: date | None


def read(typed: str) -> list[Wanted]:
    """Conditions, one a line; a day after ``|`` is the one by which it is to be met.

    :raises EthicsError: for a day that is none, or too many or too long a line.
    """
    lines = [one.strip() for one in typed.replace("\0", "").replace("｜", "|").splitlines() if one.strip()]
    if len(lines) > MOST:
        raise EthicsError("ethics.conditions-many", "conditions", most=MOST)
    return [_wanted(one) for one in lines]


def _wanted(line: str) -> Wanted:
    text, bar, day = (part.strip() for part in line.rpartition("|"))
    if not bar:
        text, day = line, ""
    if not text or len(text) > LONGEST:
        raise EthicsError("ethics.condition-text", "conditions", most=LONGEST)
    try:
        return Wanted(text, parse_day(day) if day else None)
    except CalendarError:
        raise EthicsError("ethics.condition-day", "conditions", got=day[:20]) from None


def open_ones(case: Case) -> list[Condition]:
    """Those that are neither met nor dropped."""
    return list(case.conditions.filter(met_by=None, dropped_by=None).order_by("number"))


def set_them(case: Case, wanted: Sequence[Wanted], row: Done) -> None:
    """Set conditions with an act; those of an earlier decision that are open are dropped by the new one."""
    case.conditions.filter(met_by=None, dropped_by=None).update(dropped_by=row)
    first = (case.conditions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    for number, one in enumerate(wanted, first):
        case.conditions.create(number=number, text=one.text, due=one.due, set_by=row)


def meet(case: Case, numbers: Iterable[int], evidence: str, row: Done) -> None:
    """Note that some are met, by an act, on what evidence: in words, or a file that the act names.

    :raises EthicsError: where nothing is said to show it.
    """
    if not evidence and not row.words.get("evidence_file"):
        raise EthicsError("ethics.no-evidence", "evidence")
    case.conditions.filter(number__in=list(numbers), met_by=None, dropped_by=None).update(met_by=row, evidence=evidence[:LONGEST])
