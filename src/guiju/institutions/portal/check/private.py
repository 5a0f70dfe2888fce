"""What holds for every page below ``/check/``: it is nobody else's business, and two people at once overwrite nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from guiju.institutions.hall import errors
from guiju.institutions.hall.addresses import language_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.portal.check.held import Lending
from guiju.institutions.register.checks import ChangedError
from guiju.subjects import change_words, diff
from guiju.wording import GuijuError

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """The view, its answer never stored, never indexed and its address never told to another site."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with Lending():
            response = _answer(view, request, args, kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return answered


def _answer(view: View, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except ChangedError as problem:
        return changed(request, problem)
    except GuijuError as problem:
        return errors.refused(request, problem)


def changed(request: HttpRequest, problem: ChangedError) -> HttpResponse:
    """Two people at once: what stands now, and what was not saved, side by side in words."""
    lang, vocabulary = language_of(request), site_corpus().vocabulary
    lines = [change_words(one, vocabulary, lang) for one in diff(problem.stored, problem.offered)]
    return page(
        request,
        "portal/check_changed.html.jinja",
        title=sayer(lang)("check.changed-title"),
        status=problem.status,
        noindex=True,
        lines=lines,
        again=request.get_full_path(),
    )
