"""The two days a page of rules may be asked for: the day it speaks of, and the day by which something was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from guiju.calendars import CalendarError, parse_day
from guiju.institutions.hall.edition import facts_on, site_today
from guiju.lookup import Facts, tidy
from guiju.wording import GuijuError


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field, for ``ui.problems`` and beside the field."""

    field: str
    message: str
    hint: str
    beside: str
    """Message and hint as one text, for the place beside the field."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The days asked for; where one cannot be read, today stands in and ``problems`` says so."""

    on: date
    known: date
    typed: dict[str, str]
    problems: tuple[Problem, ...]

    @property
    def facts(self) -> Facts:
        """The rules as they stand on these days."""
        return facts_on(self.on, self.known)

    @property
    def asked(self) -> bool:
        """Whether the reader asked for any day."""
        return bool(self.typed)

    @property
    def given(self) -> dict[str, str]:
        """The days that the reader gave and that could be read, for the links of the page."""
        wrong = {one.field for one in self.problems}
        return {name: str(getattr(self, name)) for name in self.typed if name not in wrong}

    @property
    def query(self) -> str:
        """The same, as the end of an address."""
        return f"?{urlencode(self.given)}" if self.given else ""

    @property
    def status(self) -> int:
        """The status of the page: 400 where a day cannot be read."""
        return 400 if self.problems else 200

    def error(self, field: str) -> str:
        """What is wrong with a field, with what to do; empty where nothing is."""
        return next((one.beside for one in self.problems if one.field == field), "")


def chosen(request: HttpRequest, lang: str) -> Chosen:
    """The days of a request: ``?on=`` and ``?known=``, each a full date; today where nothing was given."""
    now = site_today()
    days = {"on": now, "known": now}
    typed: dict[str, str] = {}
    problems = []
    for field in days:
        text = tidy(request.GET.get(field, ""))
        if not text:
            continue
        typed[field] = text
        try:
            days[field] = parse_day(text)
        except CalendarError as problem:
            problems.append(problem_of(problem, field, lang))
    return Chosen(days["on"], days["known"], typed, tuple(problems))


def problem_of(problem: GuijuError, field: str, lang: str) -> Problem:
    """An error of the house beside a field."""
    message, hint = problem.message(lang), problem.hint(lang)
    return Problem(field, message, hint, f"{message}{'' if lang == 'zh' else ' '}{hint}".strip())
