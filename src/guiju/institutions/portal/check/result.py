"""The result of a check, each rule in it, and its files; the same for whoever was given the link, to read only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guiju.assess.due_calendar import beginning, limits
from guiju.assess.report import FORCES, STATUSES, short
from guiju.assess.report_parts import Report
from guiju.assess.report_words import plain
from guiju.institutions.hall.edition import site_corpus, site_today
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.portal.check.files import TYPES, file_answer
from guiju.institutions.portal.check.held import Held, held
from guiju.institutions.portal.check.keeping import at_desk
from guiju.institutions.portal.check.result_view import (
    NOBODY,
    OPEN,
    Days,
    Filters,
    Places,
    days_of,
    filters_of,
    listed,
    next_days,
    open_rules,
    parties_of,
    settled_rules,
    split_questions,
    steps_of,
)
from guiju.institutions.portal.check.side_by_side import places_in
from guiju.institutions.portal.check.stale import stale_of, stale_source
from guiju.institutions.portal.check.told import Told, document_now, document_of, shared_document, told, told_again, told_now
from guiju.institutions.register.changes_in_words import changes_in_words
from guiju.institutions.register.checks import share, share_by_token
from guiju.institutions.register.models import Share
from guiju.institutions.rules.addresses import rule_address

WRONG = 400

AGAIN: Final = {"rules": "now"}
"""What the address of a shared result says where it is to be run again today."""


# -- one's own result ----------------------------------------------------------------------------------------------------------


def result(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """The result as of the day of the address, today where it names none."""
    check = held(key)
    days = days_of(request.GET, check.on)
    found = told(check, lang, days.on, days.known)
    filters = filters_of(request.GET)
    places = Places(reverse("check-duty", args=(lang, key)), days.query)
    context = {
        "key": key,
        "at_desk": at_desk(request, check.check, lang),
        "days": days,
        "errors": [{"field": name, "message": one.message(lang), "hint": one.hint(lang)} for name, one in days.errors],
        "changes": _changes(check, days, lang),
        "next_days": [(day, _with(request.path, {**filters.query, **days.query, "on": str(day)})) for day in next_days(found)],
        "files": _files(found.report, lambda kind: reverse("check-file", args=(lang, key, kind)), days.query),
        "stale": stale_source(check.check, lang),
        "again": "",
        "exact": True,
        "sides": _with(reverse("check-sides", args=(lang, key)), days.query) if len(places_in(found)) > 1 else "",
        "question": lambda address: _question(lang, key, address),
    }
    return _page(request, found, filters, places, WRONG if days.errors else 200, **context)


def _changes(check: Held, days: Days, lang: str) -> list[str]:
    """What differs between the first day and the one that was chosen."""
    if not days.moved:
        return []
    both = [document_of(check, days.first, days.first), document_of(check, days.on, days.known)]
    before, after = sorted(both, key=lambda one: (one["on"], one["known"]))
    return changes_in_words(site_corpus(), before, after, lang)


def _question(lang: str, key: str, address: tuple[str, str, str]) -> str:
    kind, thing, name = address
    return reverse("check-question", args=(lang, key, kind, thing, name)) if kind else reverse("check-ask", args=(lang, key))


def duty(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """One rule of the result: a page, or the part of one that opens in place."""
    check = held(key)
    days = days_of(request.GET, check.on)
    back = _with(reverse("check-result", args=(lang, key)), days.query)
    found = told(check, lang, days.on, days.known)
    return _duty_page(request, lang, found, back, lambda address: _question(lang, key, address))


def result_file(request: HttpRequest, lang: str, key: str, kind: str) -> HttpResponse:
    """The result as a file, as of the same day as the page."""
    check = held(key)
    days = days_of(request.GET, check.on)
    if days.errors:
        raise days.errors[0][1]
    found = told(check, lang, days.on, days.known)
    return file_answer(found, kind, lambda: document_of(check, days.on, days.known))


def give(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """Make a link to the result as of the days of the form; then the page of the links."""
    check = held(key)
    days = days_of(request.POST, check.on)
    if days.errors:
        raise days.errors[0][1]
    token = share(check.check, key, days.on, days.known, result=check.assessment(days.on, days.known))
    return HttpResponseRedirect(reverse("check-links", args=(lang, key)) + f"?done=shared-{share_by_token(token).pk}")


# -- a shared result -----------------------------------------------------------------------------------------------------------


def shared(request: HttpRequest, lang: str, token: str) -> HttpResponse:
    """A shared result: as it was shared, to read only; what has changed since is said, and it can be run again."""
    given = share_by_token(token)
    found, query = _of_share(request, given, lang)
    places = Places(reverse("shared-duty", args=(lang, token)), query, questions=False)
    context = {
        "key": "",
        "at_desk": None,
        "days": Days(found.report.on, found.report.known, found.report.on),
        "errors": [],
        "changes": [],
        "next_days": [],
        "files": _files(found.report, lambda kind: reverse("shared-file", args=(lang, token, kind)), query),
        "stale": stale_of(given, lang),
        "again": "" if query else _with(request.path, AGAIN),
        "exact": found.exact,
        "sides": "",
        "question": lambda _: "",
    }
    return _page(request, found, filters_of(request.GET), places, 200, **context)


def _of_share(request: HttpRequest, given: Share, lang: str) -> tuple[Told, dict[str, str]]:
    """The result as it was shared, or where the address asks for it, run again today; and what the address says of that."""
    if request.GET.get("rules") == AGAIN["rules"]:
        return told_now(given, lang, site_today(), site_today()), AGAIN
    return told_again(given, lang), {}


def shared_duty(request: HttpRequest, lang: str, token: str) -> HttpResponse:
    """One rule of a shared result."""
    found, query = _of_share(request, share_by_token(token), lang)
    back = _with(reverse("shared-result", args=(lang, token)), query)
    return _duty_page(request, lang, found, back, lambda _: "")


def shared_file(request: HttpRequest, lang: str, token: str, kind: str) -> HttpResponse:
    """A shared result as a file; the JSON is the result as it was shared."""
    given = share_by_token(token)
    found, query = _of_share(request, given, lang)
    today = site_today()
    return file_answer(found, kind, lambda: document_now(given, today, today) if query else shared_document(given))


# -- both ----------------------------------------------------------------------------------------------------------------------


def _page(request: HttpRequest, found: Told, filters: Filters, places: Places, status: int, **context: Any) -> HttpResponse:
    shown, more = split_questions(found.asked)
    steady = {**places.query, **filters.query}
    return page(
        request,
        "portal/result.html.jinja",
        title=plain(found.report.title),
        status=status,
        example=bool(found.report.mark),
        noindex=True,
        r=found.report,
        answer=_answer(found),
        listed=listed(found, filters, places),
        filters=filters,
        bare=_with(request.path, places.query) + "#duties",
        open_href=_with(request.path, {**places.query, "status": OPEN}) + "#duties",
        pages_href=f"{request.path}?{urlencode({**steady, 'page': ''})}",
        parties=parties_of(found),
        statuses=(*STATUSES, OPEN),
        forces=FORCES,
        nobody=NOBODY,
        steps=steps_of(found, places),
        asked=shown,
        asked_more=more,
        open_rules=open_rules(found),
        settled_rules=settled_rules(found),
        result_edition=short(found.report.edition),
        steady=places.query,
        **context,
    )


def _answer(found: Told) -> str:
    """The answer in one paragraph; its edition stands above it on the page, and is nothing to be read aloud."""
    edition = short(found.report.edition)
    return ("" if found.report.lang == "zh" else " ").join(one for one in found.report.answer if edition not in one)


def _duty_page(
    request: HttpRequest, lang: str, found: Told, back: str, question: Callable[[tuple[str, str, str]], str]
) -> HttpResponse:
    given = request.GET
    one = found.duty((given.get("norm", ""), given.get("object", ""), given.get("party", "")))
    in_place = request.headers.get("HX-Request") == "true"
    addresses = {each.need.name: question(each.address) for each in found.asked}
    return page(
        request,
        "portal/duty_part.html.jinja" if in_place else "portal/duty.html.jinja",
        title=f"{one.clause} · {plain(found.report.subject)}" if one.clause else sayer(lang)("result.crumb-result"),
        noindex=True,
        example=bool(found.report.mark),
        d=one,
        r=found.report,
        back=back,
        question=addresses,
        rule=rule_address(lang, one.norm),
        crumbs=((plain(found.report.subject), back), (plain(one.clause), "")),
        result_edition=short(found.report.edition),
    )


def _files(report: Report, address: Callable[[str], str], query: dict[str, str]) -> list[tuple[str, str]]:
    """The files that hold something: without a day that is fixed there is nothing to put into a calendar."""
    dated = limits(report.duties) or beginning(report.duties)
    return [(kind, _with(address(kind), query)) for kind in TYPES if kind != "ics" or dated]


def _with(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
