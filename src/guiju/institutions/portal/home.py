"""Home."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.calendars import parse_partial, words
from guiju.institutions.demo.seeding import is_here
from guiju.institutions.hall.edition import facts_on, site_today
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.rules.coming import Told, dated, next_days, of_month

_NEXT = 3
"""Coming entries shown, more only where they fall on one day."""

_MOST = 6
"""Entries of this month shown; the calendar has all."""


@require_safe
def home(request: HttpRequest, lang: str) -> HttpResponse:
    """One sentence of what this is, one large action, what changed, what comes next, what can be done here."""
    today = site_today()
    facts = facts_on(today, today)
    told, items = Told(facts, lang), dated(facts)
    month = f"{today.year:04}-{today.month:02}"
    changed = [one for one in of_month(items, today) if one.day <= today or one.event.known <= today]
    return page(
        request,
        "portal/home.html.jinja",
        title=sayer(lang)("portal.home-title"),
        month=words(parse_partial(month), lang),
        changed=[told.news(one) for one in changed[:_MOST]],
        more=max(0, len(changed) - _MOST),
        following=[told.entry(one) for one in next_days(items, today, _NEXT)],
        example_here=is_here(),
        links={
            "check": f"/{lang}/check/",
            "rules": reverse("rules", args=(lang,)),
            "terms": reverse("terms", args=(lang,)),
            "calendar": reverse("rules-calendar", args=(lang,)),
            "example": reverse("example", args=(lang,)),
            "feed": reverse("rules-feed", args=(lang,)),
        },
        counts={
            "instruments": len(facts.corpus.instruments),
            "norms": sum(norm.active for norm in facts.norms.values()),
        },
    )
