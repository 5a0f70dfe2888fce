"""Pages for what went wrong: what happened, why, what to do; no trace, in the reader's language."""

from __future__ import annotations

import logging
import secrets

from django.http import HttpRequest, HttpResponse, JsonResponse

from guiju.calendars import now
from guiju.institutions.hall.addresses import language_of
from guiju.institutions.hall.pages import page, sayer
from guiju.wording import GuijuError

log = logging.getLogger(__name__)


def refused(request: HttpRequest, problem: GuijuError, status: int = 400) -> HttpResponse:
    """Input that cannot be taken as it stands; JSON for programs. The error may say its own ``status`` and ``headers``."""
    lang = language_of(request)
    status = getattr(problem, "status", status)
    response: HttpResponse
    if request.path_info.startswith("/api/"):
        response = JsonResponse(problem.to_json(lang), status=status, json_dumps_params={"ensure_ascii": False})
    else:
        words = {"title": problem.message(lang), "why": "", "todo": problem.hint(lang)}
        response = page(request, "hall/problem.html.jinja", status=status, noindex=True, **words)
    for name, value in getattr(problem, "headers", {}).items():
        response[name] = value
    return response


def _problem(request: HttpRequest, kind: str, status: int, number: str = "") -> HttpResponse:
    say = sayer(language_of(request))
    words = {part: say(f"hall.{kind}-{part}") for part in ("title", "why", "todo")}
    if request.path_info.startswith("/api/"):
        todo = f"{words['todo']} {say('state.number', number=number)}" if number else words["todo"]
        error = {"code": f"hall.{kind}", "message": words["title"], "where": None, "hint": todo}
        return JsonResponse({"error": error}, status=status, json_dumps_params={"ensure_ascii": False})
    response = page(request, "hall/problem.html.jinja", status=status, noindex=True, number=number, **words)
    response.headers["Cache-Control"] = "no-store"
    return response


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


def not_allowed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Status 405, for an answer that Django left empty; it still says which methods the address takes."""
    told = _problem(request, "not-allowed", 405)
    told.headers["Allow"] = response.headers.get("Allow", "")
    return told


def server_error(request: HttpRequest) -> HttpResponse:
    """Status 500: said plainly, with nothing of the inside but the number under which the log tells more."""
    number = f"{now():%Y%m%d}-{secrets.token_hex(3)}"
    log.error("Server error %s: %s", number, request.method, exc_info=True)  # noqa: LOG014  # Django is handling it
    try:
        response = _problem(request, "server-error", 500, number)
    except Exception:  # noqa: BLE001  # what failed may be what every page needs
        say = sayer(language_of(request))
        words = [say(f"hall.server-error-{part}") for part in ("title", "why", "todo")]
        response = HttpResponse("\n".join([*words, say("state.number", number=number)]), "text/plain; charset=utf-8", 500)
    setattr(response, "_has_been_logged", True)  # noqa: B010  # Django's own mark: one record, with the number
    return response
