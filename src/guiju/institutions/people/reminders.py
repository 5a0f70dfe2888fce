"""Reminders by letter: a week before a case is due, a day before, and once after; in the person's language, nothing twice.

What was due to be told while the site was down is told once it is up: the latest of the steps that a case has reached, and no
earlier one after it.
"""

from __future__ import annotations

import logging
from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction

from guiju.calendars import now, words
from guiju.institutions.hall.letters import write_letter
from guiju.institutions.people.calendar_file import calendar_file
from guiju.institutions.people.cases import Case, cases_of
from guiju.institutions.people.models import Person, Reminder
from guiju.institutions.people.places import day_in
from guiju.wording import fill

log = logging.getLogger(__name__)

STEPS: Final = (-1, 1, 7)
"""Days left at which somebody is reminded, the latest first; -1 is the day after, and whatever comes after that."""


AT_A_TIME: Final = 100
"""People who are reminded before whatever else waits has its turn."""


def step_of(due: date, day: date) -> int | None:
    """The latest step that a due day has reached on a day; None while it is far."""
    left = (due - day).days
    if left < 0:
        return STEPS[0]
    return next((one for one in STEPS[1:] if left <= one), None)


def remind_all() -> int:
    """Remind everybody of what has come near since the last time; how many letters were written."""
    written, after = remind_some(0)
    while after is not None:
        more, after = remind_some(after)
        written += more
    return written


def remind_some(after: int, most: int = AT_A_TIME) -> tuple[int, int | None]:
    """Remind the next of all people, in the order in which they came: some at a time, since letters wait meanwhile.

    Where what somebody has waiting cannot be told, it is logged, and everybody else is reminded all the same.

    :param after: whom the last call came to; 0 to begin.
    :returns: how many letters were written, and whom this call came to; None where that was the last.
    """
    people = Person.objects.filter(is_active=True, pk__gt=after).order_by("pk")
    if not settings.DEMO:
        people = people.exclude(example=True)  # their addresses lead nowhere
    written, asked = 0, list(people[:most])
    for one in asked:
        try:
            written += remind(one)
        except Exception:  # one person's case must not silence everybody else's
            log.exception("Person %s could not be reminded", one.pk)
    return written, asked[-1].pk if len(asked) == most else None


def remind(person: Person) -> bool:
    """One letter to somebody about every case that has reached a further step; whether there was any.

    What there is, is found out before the transaction: it may take long, and nobody is to wait for it.
    """
    dated = [
        one for one in cases_of(person, person.lang) if one.due is not None and step_of(one.due, day_in(one.place)) is not None
    ]
    if not dated:
        return False
    with transaction.atomic():
        near = [one for one in dated if one.due is not None and _reached(person, one, one.due)]
        if near:
            _write(person, near)
    return bool(near)


def _write(person: Person, near: list[Case]) -> None:
    lang = person.lang
    lines = "\n\n".join(_line(one, lang) for one in near)
    fields = {"count": len(near), "first": near[0].title, "lines": lines, "who": person.shown_name}
    subject, body = (fill(f"people.letter-reminder-{part}", lang, "message", fields) for part in ("subject", "body"))
    attached = calendar_file(person, near, lang, settings.SITE_URL)
    write_letter(person.email, subject, body, lang, [("guiju.ics", "text/calendar", attached)])


def _reached(person: Person, case: Case, due: date) -> bool:
    """Whether a case has reached a step that its person was not reminded of; then it is noted as told."""
    step = step_of(due, day_in(case.place))
    if step is None:
        return False
    told = Reminder.objects.filter(person=person, case=case.key, due=due)
    if told.filter(step__lte=step).exists():
        return False
    _, new = Reminder.objects.get_or_create(person=person, case=case.key, due=due, step=step, defaults={"made": now()})
    return new


def _line(case: Case, lang: str) -> str:
    assert case.due is not None
    left = (case.due - day_in(case.place)).days
    fields = {"title": case.title, "day": words(case.due, lang), "left": case.left or left_in_words(left, lang)}
    parts = [fill("people.letter-case", lang, "message", fields), case.organisation, case.clause, case.calendar]
    if settings.SITE_URL:
        parts.append(settings.SITE_URL + case.href)
    return "\n".join(one for one in parts if one)


def left_in_words(left: int, lang: str) -> str:
    """The days that are left, or over, in words."""
    code = "people.days-over" if left < 0 else "people.day-today" if left == 0 else "people.days-left"
    return fill(code, lang, "message", {"count": abs(left)})
