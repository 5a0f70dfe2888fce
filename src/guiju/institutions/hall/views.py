"""Pages and small acts of the hall itself."""

from __future__ import annotations

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
        response.set_cookie("text", "large", max_age=365 * 24 * 3600, samesite="Lax", httponly=True)
    else:
        response.delete_cookie("text")
    return response


def components(request: HttpRequest, lang: str) -> HttpResponse:
    """Every component once, for those who build pages and those who check them."""
    return page(request, "hall/components_page.html.jinja", title=sayer(lang)("hall.components-title"), noindex=True)
