"""What is done to every request: the language is known, and a house error becomes a page that says what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from guiju.institutions.hall import errors
from guiju.institutions.hall.addresses import DJANGO_NAMES, language_of
from guiju.institutions.hall.proxies import client_before, is_proxy, networks
from guiju.institutions.hall.uploads import refuse_early
from guiju.wording import GuijuError

Next = Callable[[HttpRequest], HttpResponse]


class BehindProxy:
    """Puts in who asks, and by which scheme, where a proxy that was named says so; what anybody else says is not heard."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.proxies = networks(settings.PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, to the client that stands before the proxies."""
        given = request.META
        if self.proxies and is_proxy(given.get("REMOTE_ADDR") or "", self.proxies):
            if str(given.get("HTTP_X_FORWARDED_PROTO", "")).strip().lower() == "https":
                given["wsgi.url_scheme"] = "https"
            given["REMOTE_ADDR"] = client_before(given["REMOTE_ADDR"], str(given.get("HTTP_X_FORWARDED_FOR", "")), self.proxies)
        return self.get_response(request)


class SecureCookies:
    """What is asked for over TLS sets no cookie that a browser would send without it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, its cookies marked."""
        response = self.get_response(request)
        if request.is_secure():
            for one in response.cookies.values():
                one["secure"] = True
        return response


class InLanguage:
    """Puts the language of the address on the request, makes addresses in it meanwhile, and says it in the answer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with its language."""
        request.lang = language_of(request)  # type: ignore[attr-defined]
        with translation.override(DJANGO_NAMES[request.lang]):  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "zh-Hans" if request.lang == "zh" else "en")  # type: ignore[attr-defined]
        return response


class Refusals:
    """A ``GuijuError`` that a view lets out is bad input: said in the reader's language, with status 400 or its own."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer as it is; one that only says that a method is not taken becomes a page."""
        response = self.get_response(request)
        bare = response.status_code == 405 and not response.streaming and not response.content
        return errors.not_allowed(request, response) if bare else response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """What is too large, before the view or the check of the form's origin reads it."""
        try:
            refuse_early(request)
        except GuijuError as problem:
            return errors.refused(request, problem)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of an error of the house; others are Django's."""
        return errors.refused(request, exception) if isinstance(exception, GuijuError) else None
