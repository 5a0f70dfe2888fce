"""The calendar of changes as a page, as a feed (Atom) and as a calendar of the coming days (iCalendar)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.calendars import DateRange, add_months, parse_partial, words
from guiju.institutions.hall.edition import facts_on, site_today
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.rules.coming import Dated, Told, chosen, dated, next_days
from guiju.institutions.rules.dates import Problem, problem_of
from guiju.institutions.rules.feeds import atom, icalendar
from guiju.lookup import Facts, place_of
from guiju.norms.sentences import title_words
from guiju.wording import GuijuError


class FilterError(GuijuError):
    """A place or an instrument that the rules do not hold."""

    status = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the calendar is asked for; ``span`` is None for the last six months and all that is to come."""

    place: str
    instrument: str
    when: str
    span: DateRange | None

    def address(self, lang: str, name: str = "rules-calendar", **other: str) -> str:
        """The address of the same choice, with another part of it put in place."""
        parts = {"place": self.place, "instrument": self.instrument, "when": self.when, **other}
        kept = {key: value for key, value in parts.items() if value}
        return reverse(name, args=(lang,)) + (f"?{urlencode(kept)}" if kept else "")

    def pick(self, items: Iterable[Dated]) -> list[Dated]:
        """Those of the chosen place and instrument."""
        return chosen(items, self.place, self.instrument)


def asked(request: HttpRequest, facts: Facts) -> Asked:
    """The filters of an address. A day that is none, or a place that the rules do not hold, is refused."""
    place, instrument, when = (request.GET.get(one, "").strip() for one in ("place", "instrument", "when"))
    if place and place not in _places(facts):
        raise FilterError("coming.no-such-place", got=place)
    if instrument and instrument not in facts.corpus.instruments:
        raise FilterError("coming.no-such-instrument", got=instrument)
    return Asked(place, instrument, when, parse_partial(when) if when else None)


_FIELDS: Final = {"coming.no-such-place": "place", "coming.no-such-instrument": "instrument"}


def _typed(request: HttpRequest, lang: str) -> tuple[Asked, tuple[Problem, ...]]:
    """The filters as they were typed, the wrong one standing for all; and what is wrong with it, beside its field."""
    today = site_today()
    try:
        return asked(request, facts_on(today, today)), ()
    except GuijuError as problem:
        field = _FIELDS.get(problem.code, "when")
        when = request.GET.get("when", "").strip() if field == "when" else ""
        return Asked("", "", when, None), (problem_of(problem, field, lang),)


def _places(facts: Facts) -> list[str]:
    return sorted({place_of(one) for one in facts.corpus.instruments})


@require_safe
def calendar(request: HttpRequest, lang: str) -> HttpResponse:
    """Every change of the rules with its day, past and coming, by month; what is pending stands apart."""
    today = site_today()
    facts = facts_on(today, today)
    choice, problems = _typed(request, lang)
    told, say = Told(facts, lang), sayer(lang)
    items = choice.pick(dated(facts))
    following = next_days(items, today, 1)
    pending = [event for event in facts.program.pending if choice.pick([Dated(event, event.known)])]
    return page(
        request,
        "rules/calendar.html.jinja",
        title=_title(told, choice, items, following),
        status=400 if problems else 200,
        noindex=bool(problems),
        problems=problems,
        wrong=next((one.beside for one in problems if one.field == "when"), ""),
        crumbs=((say("hall.place-rules"), reverse("rules", args=(lang,))), (say("coming.name"), "")),
        choice=choice,
        parts=_parts(told, choice, items, today),
        pending=[told.pending(event) for event in pending],
        years=_years(choice, items, lang),
        beside=_beside(choice, items, lang),
        following=told.entry(following[0]) if following else None,
        forms=_filters(facts, lang),
        feed=choice.address(lang, "rules-feed", when=""),
        ics=choice.address(lang, "rules-ics", when=""),
        here=reverse("rules-calendar", args=(lang,)),
    )


def _title(told: Told, choice: Asked, items: list[Dated], following: list[Dated]) -> str:
    if choice.span is not None:
        count = sum(_within(one.day, choice.span) for one in items)
        code = "coming.title-none" if count == 0 else "coming.title-one" if count == 1 else "coming.title-count"
        return told.say(code, when=words(choice.span, told.lang), count=count)
    if not following:
        return told.say("coming.title-nothing-next")
    return told.say("coming.title-next", day=told.words.day(following[0].day), what=told.headline(following[0]))


def _parts(told: Told, choice: Asked, items: list[Dated], today: date) -> list[dict[str, Any]]:
    """The months in the parts of the page: what is to come, then what has been, latest month first."""
    if choice.span is not None:
        found = [one for one in items if _within(one.day, choice.span)]
        return [{"id": "chosen", "head": "", "months": list(_months(told, found))}] if found else []
    since = add_months(today.replace(day=1), -6)
    coming = [one for one in items if one.day > today]
    past = [one for one in items if since <= one.day <= today]
    return [
        {"id": "to-come", "head": told.say("coming.head-next"), "months": list(_months(told, coming))},
        {"id": "been", "head": told.say("coming.head-past"), "months": list(_months(told, past))[::-1]},
    ]


def _within(day: date, span: DateRange) -> bool:
    return span.earliest <= day <= span.latest


def _months(told: Told, items: list[Dated]) -> Iterator[dict[str, Any]]:
    for (year, month), inside in groupby(items, key=lambda one: (one.day.year, one.day.month)):
        name = f"{year:04}-{month:02}"
        yield {"id": name, "words": words(parse_partial(name), told.lang), "entries": [told.entry(one) for one in inside]}


def _years(choice: Asked, items: list[Dated], lang: str) -> list[dict[str, Any]]:
    """Every year in which something changes, with how much."""
    counts: dict[int, int] = {}
    for one in items:
        counts[one.day.year] = counts.get(one.day.year, 0) + 1
    return [
        {"year": year, "count": count, "href": choice.address(lang, when=str(year)), "now": choice.when == str(year)}
        for year, count in sorted(counts.items(), reverse=True)
    ]


def _beside(choice: Asked, items: list[Dated], lang: str) -> dict[str, tuple[str, ...]]:
    """Before and after what is shown, the nearest month in which something changes; nothing where there is none."""
    if choice.span is None:
        return {}
    found: dict[str, tuple[str, ...]] = {"before": (), "after": ()}
    before = [one.day for one in items if one.day < choice.span.earliest]
    after = [one.day for one in items if not one.day <= choice.span.latest]
    for key, day in (("before", max(before, default=None)), ("after", min(after, default=None))):
        if day is not None:
            month = f"{day.year:04}-{day.month:02}"
            found[key] = (words(parse_partial(month), lang), choice.address(lang, when=month))
    return found if any(found.values()) else {}


def _filters(facts: Facts, lang: str) -> dict[str, list[tuple[str, str]]]:
    told = Told(facts, lang)
    places = [
        one for one in _places(facts) if any(event.instrument.startswith(f"{one}/") for event in facts.corpus.events.values())
    ]
    titles = [(one.id, title_words(one, lang)) for one in facts.corpus.instruments.values()]
    return {"places": [(one, told.words.one_of("place", one)) for one in places], "instruments": titles}


# -- for programs ---------------------------------------------------------------------------------------------------------------


@require_safe
def feed(request: HttpRequest, lang: str) -> HttpResponse:
    """The changes as an Atom feed in the language of the address, the latest published first."""
    today = site_today()
    facts = facts_on(today, today)
    choice = asked(request, facts)
    found = atom(
        Told(facts, lang),
        choice.pick(dated(facts)),
        [event for event in facts.program.pending if choice.pick([Dated(event, event.known)])],
        page_url=request.build_absolute_uri(choice.address(lang)),
        feed_url=request.build_absolute_uri(choice.address(lang, "rules-feed")),
        absolute=request.build_absolute_uri,
    )
    return HttpResponse(found, content_type="application/atom+xml; charset=utf-8")


@require_safe
def coming_days(request: HttpRequest, lang: str) -> HttpResponse:
    """The coming days as an iCalendar file."""
    today = site_today()
    facts = facts_on(today, today)
    choice = asked(request, facts)
    found = icalendar(Told(facts, lang), choice.pick(dated(facts)), absolute=request.build_absolute_uri)
    return HttpResponse(
        found,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="guiju-{lang}.ics"'},
    )
