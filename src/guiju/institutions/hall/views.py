"""Pages and small acts of the hall itself."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from guiju.institutions.hall.addresses import language_of
from guiju.institutions.hall.pages import page, sayer


def choose_language(request: HttpRequest) -> HttpResponse:
    """From the bare address to the reader's language."""
    response = HttpResponseRedirect(f"/{language_of(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def text_size(request: HttpRequest, lang: str) -> HttpResponse:
    """Standard or large text, kept in a cookie; back to where the reader was."""
    back = request.GET.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = f"/{lang}/"
    response = HttpResponseRedirect(back)
    if request.GET.get("to") == "large":
        response.set_cookie("text", "large", max_age=365 * 24 * 3600, samesite="Lax", httponly=True, secure=request.is_secure())
    else:
        response.delete_cookie("text")
    return response


ABOUT: Final = {
    "house": {"is": 2, "not": 2, "covered": 2, "reviewed": 1, "source": 1, "contact": 1},
    "stored": {"check": 2, "until": 2, "account": 4, "kept": 1, "register": 2, "cookies": 1, "readers": 1},
    "accessibility": {"use": 2, "script": 1, "print": 1, "short": 1},
}
"""Pages about the house: their sections, each with the number of its paragraphs."""


def about(request: HttpRequest, lang: str, which: str) -> HttpResponse:
    """What the house is, what it stores, who can use it."""
    say = sayer(lang)
    sections = [
        (one, say(f"hall.about-{which}-{one}"), [say(f"hall.about-{which}-{one}-{number}") for number in range(1, count + 1)])
        for one, count in ABOUT[which].items()
    ]
    title, lead = say(f"hall.about-{which}-title"), say(f"hall.about-{which}-lead")
    return page(request, "hall/about.html.jinja", title=title, lead=lead, sections=sections)


def components(request: HttpRequest, lang: str) -> HttpResponse:
    """Every component once, for those who build pages and those who check them."""
    return page(request, "hall/components_page.html.jinja", title=sayer(lang)("hall.components-title"), noindex=True)
