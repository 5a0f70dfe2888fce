"""Addresses of the API."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, include, path

from guiju.institutions.portal.api import api, refused
from guiju.institutions.portal.api_answers import MethodError


def _with_told_methods(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that says which methods it takes in the one shape of an error."""

    @wraps(view)
    def told(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        asked = request.method
        if asked == "HEAD":  # answered as GET; the server sends no body
            request.method = "GET"
        response = view(request, *args, **kwargs)
        request.method = asked
        if response.status_code != 405:
            return response
        known = response.headers.get("Allow", "")
        problem = refused(request, MethodError("api.not-a-method", got=asked, known=known.split(", ")))
        problem["Allow"] = ", ".join(["GET", "HEAD"] if known == "GET" else [known])
        return problem

    return told


_patterns, _, _namespace = api.urls
for _one in _patterns:
    if isinstance(_one, URLPattern):
        _one.callback = _with_told_methods(_one.callback)

urlpatterns = [path("v1/", include((_patterns, "ninja"), namespace=_namespace))]
