"""The guard before every view: an address that is not in the table answers nobody; a view does what the table says."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from guiju.institutions.hall import errors
from guiju.institutions.people.access import roles
from guiju.institutions.people.access.matrix import matrix
from guiju.institutions.people.access.refusal import AccessError
from guiju.institutions.people.access.roles import Owner
from guiju.institutions.people.accounts import signed_in_with_second_factor

OPEN: Final = "open"
WITH_KEY: Final = "key"
_FREE: Final = frozenset({OPEN, WITH_KEY})

View = Callable[..., HttpResponse]
Find = Callable[..., Any]
"""From what the address names to the thing; it raises Http404 where there is none."""


def right(find: Find, owner: Callable[[Any], Owner] = lambda found: found, /, **actions: str) -> Callable[[View], View]:
    """A view that may be asked by whom the matrix lets do it: ``@right(find, owner, GET="system.read", POST="system.edit")``.

    ``find`` is given what the address names and gives the thing; ``owner`` says whose it is. The view is called with the request,
    the language, and the thing.
    """

    def around(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, lang: str, **named: Any) -> HttpResponse:
            action = actions.get("GET" if request.method == "HEAD" else str(request.method))
            if action is None:
                response = HttpResponse(status=405)
                response.headers["Allow"] = ", ".join(sorted(actions))
                return response
            try:
                _known(request, action)
                found = find(**named)
                check(request, action, owner(found))
            except AccessError as problem:
                return refused(request, problem)
            response = view(request, lang, found)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        asked.rights = actions  # type: ignore[attr-defined]
        return asked

    return around


def _known(request: HttpRequest, action: str) -> None:
    """Before anything is looked for: who is nobody here does not learn what there is and what is not.

    :raises AccessError: where only people who are signed in may.
    """
    if not request.user.is_authenticated and "anyone" not in matrix().rows[action].reach:
        raise roles.refused(request.user, action, None)


def check(request: HttpRequest, action: str, whose: Owner) -> None:
    """Whether the reader may, also as they have signed in.

    :raises AccessError: where not.
    """
    if request.method in ("GET", "HEAD"):  # nothing changes meanwhile
        roles.remember(request.user)
        if action not in roles.rights(request.user, whose):
            raise roles.refused(request.user, action, whose)
    else:
        roles.require(request.user, action, whose)
    if matrix().rows[action].second_factor and not signed_in_with_second_factor(request):
        raise AccessError("access.second-factor", action, ())


def opened(thing: Any) -> Any:
    """A thing that the address speaks of, or a page that says that there is none.

    :raises Http404: where it is None.
    """
    if thing is None:
        raise Http404
    return thing


def refused(request: HttpRequest, problem: AccessError) -> HttpResponse:
    """The page of a refusal; who is not signed in and only reads is led to where they can sign in."""
    if problem.code == "access.signed-out" and request.method in ("GET", "HEAD") and not request.path_info.startswith("/api/"):
        back = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('account_login')}?{back}")
    response = errors.refused(request, problem)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _not_taken(request: HttpRequest, name: str) -> HttpResponse | None:
    """A method that the table does not have for an address; where the address is free, its view says so itself."""
    methods = {method: action for (address, method), action in matrix().addresses.items() if address == name}
    if not methods:
        return errors.forbidden(request)
    if _FREE.issuperset(methods.values()):
        return None
    return HttpResponse(status=405, headers={"Allow": ", ".join(sorted({*methods, "HEAD"} if "GET" in methods else methods))})


class Guard:
    """Holds each view to the table of addresses (Django middleware, after the session's)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer as it is."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, *_named: object) -> HttpResponse | None:
        """Nothing where the address may be asked; else the refusal."""
        match = request.resolver_match
        known = matrix()
        action = known.action_of(match.view_name if match else "", str(request.method))
        if action in _FREE:
            return None
        rights: dict[str, str] | None = getattr(view, "rights", None)
        if action is None:
            return _not_taken(request, match.view_name if match else "")
        if rights is not None:
            said = rights.get("GET" if request.method == "HEAD" else str(request.method))
            return None if said == action else errors.forbidden(request)
        try:
            check(request, action, request.user if request.user.is_authenticated else None)
        except AccessError as problem:
            return refused(request, problem)
        return None
