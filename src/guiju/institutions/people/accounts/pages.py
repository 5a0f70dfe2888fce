"""How the pages of accounts are drawn: by the house's templates, never stored, never indexed."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse

from guiju.institutions.hall.pages import page
from guiju.institutions.hall.post import has_server
from guiju.institutions.people.accounts import notices
from guiju.institutions.people.accounts.words import said


def account_page(
    request: HttpRequest, template: str, title: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """A page; ``title`` is the end of a code of the catalogue. Where its form has problems they are summed up at the top."""
    given = dict(context or {})
    given.pop("view", None)
    form = given.get("form")
    errors = problems_of(form) if isinstance(form, BaseForm) and form.is_bound else []
    given.update(errors=errors, notices=notices.take(request), leaves=has_server(), noindex=True)
    words = said(f"accounts.title-{title}")
    answer = page(request, f"account/{template}.html.jinja", title=words, status=422 if errors else status, **given)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer


def problems_of(form: BaseForm) -> list[dict[str, str]]:
    """What is to be corrected: each with the field it belongs to, where it belongs to one."""
    found = []
    for name, listed in form.errors.items():
        field = "" if name == "__all__" else form[name].html_name
        found += [{"field": field, "message": str(one)} for one in listed]
    return found
