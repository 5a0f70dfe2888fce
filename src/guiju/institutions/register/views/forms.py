"""What a form of the register sent, read without surprises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from guiju.calendars import CalendarError, parse_day
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.errors import PeopleError
from guiju.institutions.people.models import Person
from guiju.institutions.people.views.asking import Crumbs, Field, Form, Typed, private_page, typed_in
from guiju.institutions.register.errors import RegisterError
from guiju.lookup import tidy
from guiju.wording import LANGUAGES, GuijuError


def told(problem: GuijuError | None, lang: str, field: str = "") -> dict[str, Any]:
    """What a page shows of a problem, at its top and beside its field, and its status."""
    at: defaultdict[str, str] = defaultdict(str)
    if problem is None:
        return {"errors": [], "error_at": at, "status": 200}
    field = getattr(problem, "field", "") or field
    at[field] = problem.message(lang)
    errors = [{"field": field, "message": problem.message(lang), "hint": problem.hint(lang)}]
    return {"errors": errors, "error_at": at, "status": getattr(problem, "status", 400)}


def form_of(name: str, fields: Sequence[Field], crumbs: Crumbs, back: str, words: Mapping[str, Any] | None = None) -> Form:
    """A form of the register: its texts are ``registry.NAME-title``, ``-lead`` and ``-go``."""
    return Form(name, fields, crumbs, back, words or {})


def asked(request: HttpRequest, lang: str, form: Form, do: Callable[[Typed], HttpResponse]) -> HttpResponse:
    """The form; once sent, what ``do`` answers, or the form again with what is wrong."""
    if request.method != "POST":
        return _shown(request, lang, form, None, None)
    typed = typed_in(request, form.fields)
    try:
        return do(typed)
    except PeopleError as problem:
        return _shown(request, lang, form, typed, problem)


def _shown(request: HttpRequest, lang: str, form: Form, typed: Typed | None, problem: PeopleError | None) -> HttpResponse:
    say, wrong = sayer(lang), told(problem, lang)
    at, fields = wrong.pop("error_at"), list(form.fields)
    if typed is not None:
        fields = [replace(one, value=typed[one.name], error=at[one.name]) for one in fields]
    return private_page(
        request,
        "people/form.html.jinja",
        title=say(f"registry.{form.code}-title", **form.words),
        crumbs=form.crumbs,
        lead=[say(f"registry.{form.code}-lead", **form.words)],
        go=say(f"registry.{form.code}-go"),
        fields=fields,
        facts=form.facts,
        back=form.back,
        main=form.main,
        **wrong,
    )


def both(request: HttpRequest, name: str) -> dict[str, str]:
    """What was typed into a field in each language."""
    return {lang: request.POST.get(f"{name}-{lang}", "") for lang in LANGUAGES}


def day_typed(text: str, field: str) -> date:
    """A day as somebody typed it.

    :raises RegisterError: where it is none.
    """
    try:
        return parse_day(tidy(text))
    except CalendarError as problem:
        raise RegisterError("registry.no-day", field=field, got=text.strip()[:40] or "–") from problem


def day_or_none(text: str, field: str) -> date | None:
    """A day that may be left out.

    :raises RegisterError: where something was typed that is none.
    """
    return day_typed(text, field) if text.strip() else None


def number_typed(text: str) -> int:
    """A number from a form that we wrote ourselves; 0 where somebody changed it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def onward(address: str) -> HttpResponse:
    """On to another page after a form has done what it says."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def who(request: HttpRequest) -> Person:
    """Who is signed in, on a page that nobody else is given."""
    assert isinstance(request.user, Person)
    return request.user
