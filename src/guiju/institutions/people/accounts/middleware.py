"""What accounts do to requests; one without a session costs nothing."""

from __future__ import annotations

from collections.abc import Callable

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from guiju.institutions.people.accounts.sessions import note_use

Next = Callable[[HttpRequest], HttpResponse]


class Accounts:
    """Notes that a session is used, and asks a person to show who they are before what needs it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; that the session was used is noted only where the answer asked who it is."""
        response = self.get_response(request)
        person = getattr(request, "_cached_user", None)
        if person is not None and person.is_authenticated:
            note_use(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """To the page that asks again, and back. What was sent is not kept meanwhile (allauth would, with all headers)."""
        if not isinstance(exception, ReauthenticationRequired):
            return None
        name = "account_reauthenticate" if request.user.is_authenticated else "account_login"
        return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")
