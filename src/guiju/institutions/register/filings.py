"""Filings of a system: taken up, followed step by step, struck out where a step was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, get_args

from django.db import transaction

from guiju.calendars import now, today
from guiju.institutions.people.models import Person
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.filing_kinds import KINDS, NEXT, StepKind
from guiju.institutions.register.limits import CN, Limit, in_order, limits_of, next_steps, status_of
from guiju.institutions.register.models import Filing, FilingStep, System
from guiju.wording import LANGUAGES, fill

FIRST_DAY: Final = date(2015, 1, 1)
"""Nothing of what is filed here was filed before."""

LONGEST_NOTE: Final = 500
LONGEST_NUMBER: Final = 120


def take_up(system: System, kind: str, number: str) -> Filing:
    """A filing of a system, whose steps follow; a form that was sent twice makes one.

    :raises RegisterError: for a kind that there is not, or a number that is too long.
    """
    if kind not in KINDS:
        raise RegisterError("registry.filing-kind", field="kind", got=kind)
    words = _number(number)
    with transaction.atomic():
        System.objects.select_for_update().get(pk=system.pk)
        same = system.filings.filter(kind=kind, number=words, steps=None).first()
        return same or Filing.objects.create(system=system, kind=kind, number=words, made=now())


def renumber(filing: Filing, number: str) -> None:
    """Enter the number that the authority gave.

    :raises RegisterError: where it is too long.
    """
    filing.number = _number(number)
    filing.save(update_fields=["number"])


def _number(typed: str) -> str:
    words = " ".join(typed.replace("\0", "").split())
    if len(words) > LONGEST_NUMBER:
        raise RegisterError("registry.too-long", field="number", most=LONGEST_NUMBER)
    return words


def enter_step(filing: Filing, kind: str, on: date, note: str, by: Person | None) -> FilingStep:
    """What happened on a day; a form that was sent twice enters it once.

    :raises RegisterError: for a step that cannot follow, or a day that cannot be.
    """
    if on > today(CN):
        raise RegisterError("registry.step-future", field="on", got=str(on))
    if on < FIRST_DAY:
        raise RegisterError("registry.step-too-early", field="on", got=str(on), first=str(FIRST_DAY))
    if len(note) > LONGEST_NOTE:
        raise RegisterError("registry.too-long", field="note", most=LONGEST_NOTE)
    with transaction.atomic():
        Filing.objects.select_for_update().get(pk=filing.pk)
        steps = list(filing.steps.all())
        if same := next((one for one in in_order(steps) if (one.kind, one.on, one.note) == (kind, on, note.strip())), None):
            return same
        new = FilingStep(filing=filing, kind=kind, on=on, note=note.strip(), by=by, at=now())
        if kind not in next_steps(steps):
            raise RegisterError("registry.step-cannot-follow", field="kind", status=_status(steps))
        if wrong := first_wrong([*steps, new]):
            raise RegisterError("registry.step-order", field="on", got=str(wrong.on))
        if kind == "change-registered" and not _change_before(steps, on):
            raise RegisterError("registry.step-no-change", field="kind")
        new.save()
    return new


def _status(steps: Sequence[FilingStep]) -> dict[str, str]:
    code = f"registry.filing-{status_of(steps) or 'empty'}"
    return {lang: fill(code, lang, "message", {}) for lang in LANGUAGES}


def _change_before(steps: Sequence[FilingStep], on: date) -> bool:
    return any(one.kind == "information-changed" and one.on <= on for one in in_order(steps))


def _registers_nothing(steps: Sequence[FilingStep]) -> bool:
    """Whether a change is said to be registered of which no step says that it happened."""
    return any(one.kind == "change-registered" and not _change_before(steps, one.on) for one in in_order(steps))


def first_wrong(steps: Sequence[FilingStep]) -> FilingStep | None:
    """The first step, by its day, that cannot follow those before it; None where all can."""
    held = in_order(steps)
    for place, one in enumerate(held):
        if one.kind not in NEXT[status_of(held[:place])]:
            return one
    return None


def strike(step: FilingStep) -> None:
    """Strike out a step that was entered wrongly; it stays to be seen.

    :raises RegisterError: where another rests on it.
    """
    with transaction.atomic():
        Filing.objects.select_for_update().get(pk=step.filing_id)
        others = [one for one in step.filing.steps.all() if one.pk != step.pk]
        if first_wrong(others) or _registers_nothing(others):
            raise RegisterError("registry.step-needed")
        FilingStep.objects.filter(pk=step.pk, struck=None).update(struck=now())


def limits_today(filing: Filing) -> list[Limit]:
    """The limits of a filing as they stand today, where it was filed."""
    return limits_of(KINDS[filing.kind], list(filing.steps.all()), today(CN))


def may_follow(filing: Filing) -> list[StepKind]:
    """The steps that may follow, in their order."""
    allowed = next_steps(filing.steps.all())
    return [one for one in get_args(StepKind) if one in allowed]
