"""Forms as data: fields in, a page out; what is wrong stands beside its field and at the top, and what was typed is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from django.http import HttpRequest, HttpResponse

from guiju.calendars import CalendarError
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.people.errors import PeopleError
from guiju.institutions.people.identifiers import IdentifierError
from guiju.institutions.people.models import Person
from guiju.procedure import ProcedureError
from guiju.wording import GuijuError

Crumbs = Sequence[tuple[str, str]]
Typed = Mapping[str, Any]
TAKEN: Final = (PeopleError, IdentifierError, CalendarError, ProcedureError)
"""Errors that are told beside the form."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form. ``value`` is a list where several may be chosen; ``options`` are (value, words, help)."""

    name: str
    label: str
    kind: Literal["text", "email", "date", "area", "select", "radio", "ticks", "hidden"] = "text"
    value: Any = ""
    help: str = ""
    options: Sequence[tuple[str, str, str]] = ()
    required: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A page that asks; its title, paragraphs and button are ``people.CODE-title``, ``-lead`` (a line each) and ``-go``.

    ``prefix``: that of another app's catalogue; ``title`` and ``lead`` instead, where the words come from elsewhere.
    """

    code: str
    fields: Sequence[Field]
    crumbs: Crumbs = ()
    back: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    facts: Sequence[tuple[str, str]] = ()
    main: bool = True
    prefix: str = "people"
    title: str = ""
    lead: Sequence[str] = ()
    go: str = ""


def asked(request: HttpRequest, lang: str, form: Form, do: Callable[[Typed], HttpResponse]) -> HttpResponse:
    """The form; once sent, what ``do`` answers, or the form again with what is wrong.

    :raises AccessError: where the right went meanwhile.
    """
    if request.method != "POST":
        return shown(request, lang, form)
    typed = typed_in(request, form.fields)
    try:
        return do(typed)
    except TAKEN as problem:
        return shown(request, lang, form, typed, problem)


def typed_in(request: HttpRequest, fields: Iterable[Field]) -> Typed:
    """What was typed, by field."""
    given = request.POST
    return {one.name: given.getlist(one.name) if one.kind == "ticks" else given.get(one.name, "") for one in fields}


def shown(
    request: HttpRequest, lang: str, form: Form, typed: Typed | None = None, problem: GuijuError | None = None
) -> HttpResponse:
    """The page of a form, with what was typed and what is wrong with it."""
    say = sayer(lang)
    at = getattr(problem, "field", "")
    errors, fields = [], list(form.fields)
    if problem is not None:
        known = any(one.name == at for one in fields)
        errors = [{"field": at if known else "", "message": problem.message(lang), "hint": problem.hint(lang)}]
    if typed is not None:
        told = problem.message(lang) if problem else ""
        fields = [replace(one, value=typed[one.name], error=told if one.name == at else "") for one in fields]
    status = 200 if problem is None else getattr(problem, "status", 422)
    return private_page(
        request,
        "people/form.html.jinja",
        title=form.title or _said(form, "title", say),
        status=status,
        crumbs=form.crumbs,
        lead=form.lead or [one for one in _said(form, "lead", say).split("\n") if one],
        go=form.go or _said(form, "go", say),
        fields=fields,
        errors=errors,
        facts=form.facts,
        back=form.back,
        main=form.main,
    )


def _said(form: Form, part: Literal["title", "lead", "go"], say: Callable[..., str]) -> str:
    ours = {"title": f"people.{form.code}-title", "lead": f"people.{form.code}-lead", "go": f"people.{form.code}-go"}
    code = ours[part] if form.prefix == "people" else f"{form.prefix}.{form.code}-{part}"
    return say(code, **form.words)


def private_page(request: HttpRequest, template: str, *, title: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page that is nobody else's: never stored, never indexed; what an invented person sees is marked as invented."""
    context.setdefault("example", getattr(request.user, "example", False))
    answer = page(request, template, title=title, status=status, noindex=True, **context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def who(request: HttpRequest) -> Person:
    """Who is signed in, on a page that nobody else is given."""
    assert isinstance(request.user, Person)
    return request.user


def desk_crumb(lang: str) -> tuple[str, str]:
    """The desk as the first of the crumbs."""
    return sayer(lang)("hall.place-desk"), f"/{lang}/desk/"
