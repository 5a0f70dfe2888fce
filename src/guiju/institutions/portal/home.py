"""Home."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guiju.institutions.hall.pages import page, sayer


def home(request: HttpRequest, lang: str) -> HttpResponse:
    """One sentence of what this is, one large action, what changed, what can be done here."""
    return page(request, "portal/home.html.jinja", title=sayer(lang)("portal.home-title"))
