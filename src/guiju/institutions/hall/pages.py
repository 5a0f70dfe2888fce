"""Pages: the templates' environment, and what every page is given.

``page(request, "portal/home.html.jinja", title="...", **context)`` is how a view answers. In a template: ``say("portal.lead",
n=3)`` is a text of the catalogue in the reader's language, ``inside(text)`` picks that language from a text in several,
``day(date)`` writes a day, ``ui`` (imported) holds the components.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from guiju.assess.html import rich
from guiju.assess.report import short
from guiju.calendars import words
from guiju.institutions.hall.addresses import language_of, other_language, sign_in_address
from guiju.institutions.hall.edition import site_corpus, site_today
from guiju.institutions.hall.receipts import COOKIE, to_show
from guiju.wording import fill, in_language

PLACES = ("check", "rules", "register")
"""The places of the menu; one stands here only when it works."""

PARTS = {"register": ("register", "ethics")}
"""The parts of a place that has several, each under an address of its own: the second level of the menu."""

DESK = "desk"
"""The place of those who are signed in."""


def environment(**options: Any) -> Environment:
    """The templates' environment (Django's ``OPTIONS``): strict, escaped, with the house's own functions."""
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=rich)
    found = Environment(**options)  # noqa: S701  # Django passes autoescape=True
    found.globals.update(static=static, address=address)
    return found


def address(name: str, *args: object, **kwargs: object) -> str:
    """The address of a view."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def sayer(lang: str) -> Callable[..., str]:
    """``say`` for a language."""

    def say(code: str, **fields: object) -> str:
        return fill(code, lang, "message", fields)

    return say


def context_of(request: HttpRequest) -> dict[str, Any]:
    """What every template may use."""
    lang = language_of(request)
    other, switched = other_language(request)
    corpus = site_corpus()

    def day(one: date) -> str:
        return words(one, lang)

    def inside(text: Mapping[str, str] | None) -> str:
        return in_language(text, lang) if text else ""

    def csrf_field() -> Markup:
        return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(request))

    return {
        "lang": lang,
        "html_lang": "zh-Hans" if lang == "zh" else "en",
        "gap": "" if lang == "zh" else " ",  # between two sentences
        "say": sayer(lang),
        "day": day,
        "inside": inside,
        "csrf_field": csrf_field,
        "other_lang": other,
        "switched": switched,
        "places": PLACES if signed_in(request) is None else (*PLACES, DESK),
        "place": _place(request.path_info),
        "place_parts": PARTS,
        "edition": corpus.edition,
        "edition_short": short(corpus.edition),
        "today": site_today(),
        "large_text": request.COOKIES.get("text") == "large",
        "noindex": False,
        "example": shows_example(request),
        "crumbs": (),
        "person": signed_in(request),
        "sign_in": sign_in_address(request),
        "receipts": to_show(request, lang),
    }


def shows_example(request: HttpRequest) -> bool:
    """Whether what this request has opened so far is an example: then the page says so, whichever view made it.

    A view that opens what may be one leaves on the request how to tell (``request.shows_example``, asked when a page is made).
    """
    tell: Callable[[], bool] | None = getattr(request, "shows_example", None)
    return tell is not None and tell()


def signed_in(request: HttpRequest) -> Any:
    """Who reads; None for a reader who is not signed in. Without a session's cookie nothing is asked of the database."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    reader = getattr(request, "user", None)
    return reader if reader is not None and reader.is_authenticated else None


def _place(path: str) -> str:
    parts = path.split("/")
    begins = parts[2] if len(parts) > 2 else ""
    whole = next((place for place, within in PARTS.items() if begins in within), begins)
    return whole if whole in (*PLACES, DESK) else ""


def page(request: HttpRequest, template: str, *, title: str, status: int = 200, **context: Any) -> HttpResponse:
    """A whole page. ``title`` says the answer; ``noindex=True`` keeps it out of search engines."""
    given = {**context_of(request), "title": title, **context}
    answer = render(request, template, given, status=status, using="jinja2")
    patch_vary_headers(answer, ["Cookie"])  # larger text is a cookie, and every page is drawn by it
    if given["person"] is not None:
        answer.headers["Cache-Control"] = "private, no-cache"  # it names the reader
    if COOKIE in request.COOKIES:
        answer.delete_cookie(COOKIE, samesite="Lax")
        answer.headers["Cache-Control"] = "private, no-store"
    return answer
