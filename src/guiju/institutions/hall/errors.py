"""Pages for what went wrong: what happened, why, what to do; no trace, in the reader's language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from guiju.institutions.hall.addresses import language_of
from guiju.institutions.hall.pages import page, sayer
from guiju.wording import GuijuError


def refused(request: HttpRequest, problem: GuijuError, status: int = 400) -> HttpResponse:
    """Input that cannot be taken as it stands; JSON for programs."""
    lang = language_of(request)
    status = getattr(problem, "status", status)
    if request.path_info.startswith("/api/"):
        return JsonResponse(problem.to_json(lang), status=status, json_dumps_params={"ensure_ascii": False})
    return page(
        request,
        "hall/problem.html.jinja",
        title=problem.message(lang),
        status=status,
        noindex=True,
        why="",
        todo=problem.hint(lang),
    )


def _problem(request: HttpRequest, kind: str, status: int) -> HttpResponse:
    say = sayer(language_of(request))
    words = {part: say(f"hall.{kind}-{part}") for part in ("title", "why", "todo")}
    if request.path_info.startswith("/api/"):
        error = {"code": f"hall.{kind}", "message": words["title"], "where": None, "hint": words["todo"]}
        return JsonResponse({"error": error}, status=status, json_dumps_params={"ensure_ascii": False})
    return page(request, "hall/problem.html.jinja", status=status, noindex=True, **words)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Status 400."""
    return _problem(request, "bad-request", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Status 403."""
    return _problem(request, "forbidden", 403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django's signature
    """A form that did not come from this site, or whose page was open too long."""
    return _problem(request, "forged", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Status 404."""
    return _problem(request, "not-found", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Status 500: said plainly, with nothing of the inside."""
    return _problem(request, "server-error", 500)
