"""What holds for every page below ``/check/``: it is nobody else's business, and two people at once overwrite nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse

from guiju.institutions.hall import errors
from guiju.institutions.hall.addresses import language_of
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.portal.check.held import Lending
from guiju.institutions.register.checks import ChangedError, LinkError
from guiju.institutions.register.differences import differences
from guiju.wording import GuijuError

View = Callable[..., HttpResponse]

READ: Final = ("GET", "HEAD")
NOT_TYPED: Final = frozenset({"csrfmiddlewaretoken", "version", "seen"})
"""Fields of a form that its reader did not fill in."""


class MethodError(GuijuError):
    """A method that an address does not take; ``headers`` say which it takes."""

    status = 405

    def __init__(self, methods: tuple[str, ...]) -> None:
        super().__init__("state.method")
        self.headers = {"Allow": ", ".join(methods)}


def private(view: View, name: str = "", methods: tuple[str, ...] = READ) -> View:
    """The view, its answer never stored, never indexed and its address never told to another site."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with Lending() as lent:
            request.shows_example = lambda: any(one.dossier.example for one in lent)  # type: ignore[attr-defined]
            response = _answer(view, name, methods, request, args, kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return answered


def _answer(
    view: View, name: str, methods: tuple[str, ...], request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse:
    try:
        if request.method not in methods:
            raise _refusal(name, request, methods)
        return view(request, *args, **kwargs)
    except ChangedError as problem:
        return changed(request, problem)
    except GuijuError as problem:
        return errors.refused(request, problem)
    except Http404 as problem:
        return errors.not_found(request, problem)


def _refusal(name: str, request: HttpRequest, methods: tuple[str, ...]) -> GuijuError:
    """A shared result is only read; everything else is a wrong method."""
    if request.method == "POST" and name.startswith("shared-"):
        return LinkError("state.share-only-reads", 403)
    return MethodError(methods)


def changed(request: HttpRequest, problem: ChangedError) -> HttpResponse:
    """Two people at once: what stands now beside what was not saved, field by field; what was typed is kept in the page."""
    lang = language_of(request)
    return page(
        request,
        "portal/check_changed.html.jinja",
        title=sayer(lang)("check.changed-title"),
        status=problem.status,
        noindex=True,
        rows=differences(problem.stored, problem.offered, lang),
        typed=[(field, value) for field, values in request.POST.lists() if field not in NOT_TYPED for value in values],
        version=problem.version,
        again=request.get_full_path(),
    )
