"""Results of a system at the desk: worked out, shown as they are kept, with what has changed since; and as files."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.assess.html import html_page
from guiju.assess.report_parts import Report
from guiju.assess.report_words import plain
from guiju.calendars import words
from guiju.institutions.hall.edition import site_today
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.access import opened, right
from guiju.institutions.people.models import Organisation
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.models import System, SystemResult
from guiju.institutions.register.results import document_of, report, result_numbered, standing, work_out
from guiju.institutions.register.systems import owner_of, system_of
from guiju.institutions.register.versions import latest, version_numbered
from guiju.institutions.register.views.forms import day_or_none, number_typed, onward, who
from guiju.institutions.register.views.public import near_and_far
from guiju.institutions.register.views.systems import crumbs, desk_page, system_name


def result_of(system: str, number: int) -> SystemResult:
    """The result of an address.

    :raises Http404: where there is none.
    """
    return opened(result_numbered(system_of(system), number))  # type: ignore[no-any-return]


def owner_of_result(result: SystemResult) -> Organisation:
    """Whose system a result is of."""
    return result.system.organisation


@right(system_of, owner_of, POST="system.edit")
def run(request: HttpRequest, lang: str, system: System) -> HttpResponse:
    """Work out a result of the last version, or of the one that was named, as of a day."""
    number = number_typed(request.POST.get("version", ""))
    version = version_numbered(system, number) if number else latest(system)
    if version is None:
        raise RegisterError("registry.no-version", status_code=409)
    on = day_or_none(request.POST.get("on", ""), "on") or site_today()
    made = work_out(version, on, who(request), known=site_today())
    return onward(reverse("system-result", args=(lang, system.public_id, made.number)))


@right(result_of, owner_of_result, GET="system.read")
def shown(request: HttpRequest, lang: str, result: SystemResult) -> HttpResponse:
    """A result: the answer, the grades, what to do next; whether it still holds."""
    system, say = result.system, sayer(lang)
    found = report(result, lang)
    title = say("registry.result-title", name=system_name(system, lang), day=words(result.on, lang))
    files = [(kind, reverse(f"system-result-{kind}", args=(lang, system.public_id, result.number))) for kind in ("json", "html")]
    return desk_page(
        request,
        "result",
        system,
        title=title,
        crumbs=crumbs(system, lang, (say("registry.result-crumb", number=result.number), "")),
        result=result,
        r=found,
        **_grades(found),
        answer=[plain(one) for one in found.answer],
        standing=standing(result, lang),
        files=files,
    )


def _grades(found: Report) -> dict[str, list[dict[str, Any]]]:
    """The grades that apply or are open, and those that settle that something does not concern the system; alike ones once."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for one in found.axes:
        because = [each.text for each in one.because]
        row = {"label": one.label, "grade": one.result, "days": one.days, "because": because, "settled": one.settled}
        rows.setdefault((one.label, one.result), row)
    return near_and_far(list(rows.values()))


@right(result_of, owner_of_result, GET="system.read")
def html(request: HttpRequest, lang: str, result: SystemResult) -> HttpResponse:  # noqa: ARG001  # every view is given all
    """The whole result as a page to keep."""
    response = HttpResponse(html_page(report(result, lang)), content_type="text/html; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="result-{result.number}.html"'
    return response


@right(result_of, owner_of_result, GET="system.read")
def file(request: HttpRequest, lang: str, result: SystemResult) -> HttpResponse:  # noqa: ARG001  # every view is given all
    """The result as it is kept."""
    content = json.dumps(document_of(result), ensure_ascii=False, indent=1) + "\n"
    response = HttpResponse(content, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="result-{result.number}.json"'
    return response
