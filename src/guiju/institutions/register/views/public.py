"""The public register: the list, and an entry written for the person a system is used on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju import record
from guiju.assess.report import short
from guiju.calendars import parse_day, words
from guiju.institutions.hall.acts import own_sql
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.people.access import opened
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.places import word_of
from guiju.institutions.register import corrections
from guiju.institutions.register.entries import PARTS, current
from guiju.institutions.register.models import Correction, Entry, System
from guiju.institutions.register.parties import role_in_words
from guiju.institutions.register.public import STATES, matching, published_systems, state_of
from guiju.institutions.register.systems import system_of
from guiju.wording import in_language, join_words

PER_PAGE: Final = 20
LONGEST: Final = 100


# -- the list ------------------------------------------------------------------------------------------------------------------


def listed(request: HttpRequest, lang: str) -> HttpResponse:
    """Every system with a public part, searched and filtered by the address."""
    given = {name: request.GET.get(name, "").strip()[:LONGEST] for name in ("q", "place", "state")}
    found = matching(given["q"], given["place"], given["state"])
    count = found.count()
    last = max(1, -(-count // PER_PAGE))
    number = min(max(1, _number(request.GET.get("page", ""))), last)
    rows = [_row(one, lang) for one in found[(number - 1) * PER_PAGE : number * PER_PAGE]]
    say, kept = sayer(lang), {name: value for name, value in given.items() if value}
    return page(
        request,
        "register/list.html.jinja",
        title=say("registry.title"),
        noindex=bool(kept) or number > 1,
        rows=rows,
        count=count,
        given=given,
        filtered=bool(kept),
        where=[(one, say(f"people.place-{one}")) for one in _places()],
        states=[(one, say(f"registry.state-{one}")) for one in STATES],
        number=number,
        last=last,
        pages_href=f"{request.path}?{urlencode({**kept, 'page': ''})}",
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _places() -> list[str]:
    """The places of organisations that have something public."""
    zones = published_systems().values_list("organisation__place", flat=True).order_by().distinct()
    return sorted({word_of(zone) for zone in zones})


def _row(system: Any, lang: str) -> dict[str, Any]:
    say = sayer(lang)
    return {
        "name": name_in(system.public_name, lang),
        "organisation": name_in(system.organisation.name, lang),
        "place": say(f"people.place-{word_of(system.organisation.place)}"),
        "state": say(f"registry.state-{state_of(system)}"),
        "href": reverse("register-system", args=(lang, system.public_id)),
        "example": system.example,
    }


# -- one entry -----------------------------------------------------------------------------------------------------------------


def in_words(text: Mapping[str, str], lang: str) -> str:
    """A text in the reader's language, or in the one that it has."""
    return in_language(text, lang) or next(iter(text.values()), "")


def told_of(document: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """An entry as a page shows it: each part with the language it is in."""
    say = sayer(lang)
    parts = []
    for part in PARTS:
        text = document["words"].get(part, {})
        if text:
            spoken = lang if text.get(lang) else next(iter(text))
            paragraphs = [one for one in text[spoken].split("\n") if one.strip()]
            parts.append({"part": part, "title": say(f"registry.part-{part}"), "paragraphs": paragraphs, "lang": spoken})
    return {
        "name": name_in(document["name"], lang),
        "organisation": name_in(document["organisation"]["name"], lang),
        "handle": document["organisation"]["handle"],
        "parts": parts,
        **_grades(document["grades"], lang),
        "on": words(parse_day(document["result"]["on"]), lang),
        "edition": short(document["result"]["edition"]),
        "stale": document["result"]["edition"] != site_corpus().edition,
        "filings": [_filing(one, lang) for one in document["filings"]],
        "parties": [_party(one, lang) for one in document["parties"]],
        "dossier": document["dossier"]["digest"],
        "result": document["result"]["digest"],
    }


def _grades(all_: Sequence[Mapping[str, Any]], lang: str) -> dict[str, list[dict[str, Any]]]:
    """Those that apply or are open, and those that settle that something does not concern the system; alike ones once."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in all_:
        grade = _grade(one, lang)
        found.setdefault((grade["label"], grade["grade"]), grade)
    return near_and_far(list(found.values()))


def near_and_far(grades: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Grades that a reader is shown at once, and the rest behind a fold."""
    near = [one for one in grades if one["days"] or not one["settled"]]
    return {"grades": near, "grades_far": [one for one in grades if one not in near]}


def _grade(one: Mapping[str, Any], lang: str) -> dict[str, Any]:
    return {
        "label": in_words(one["label"], lang),
        "grade": in_words(one["grade"], lang),
        "days": in_words(one["days"], lang),
        "because": one["because"].get(lang, []),
        "settled": one["settled"],
    }


def _filing(one: Mapping[str, Any], lang: str) -> dict[str, str]:
    say = sayer(lang)
    return {
        "kind": say(f"registry.kind-{one['kind']}"),
        "number": one["number"],
        "status": say(f"registry.filing-{one['status']}"),
    }


def _party(one: Mapping[str, Any], lang: str) -> dict[str, str]:
    say = sayer(lang)
    return {
        "name": name_in(one["name"], lang),
        "roles": join_words([role_in_words(role, lang) for role in one["roles"]], lang),
        "since": words(parse_day(one["since"]), lang),
        "until": words(parse_day(one["until"]), lang) if one.get("until") else "",
        "state": say("registry.party-accepted" if one["confirmed"] else "registry.party-outside"),
    }


def document_of(entry: Entry) -> dict[str, Any]:
    """What was published."""
    assert entry.document is not None
    found = json.loads(entry.document.bytes())
    assert isinstance(found, dict)
    return found


def shown(request: HttpRequest, lang: str, system: str) -> HttpResponse:
    """The entry that holds, with every version before it and what people have asked to be corrected."""
    return _entry_page(request, lang, system_of(system), None)


def version(request: HttpRequest, lang: str, system: str, number: int) -> HttpResponse:
    """An earlier version of an entry, as it was published."""
    return _entry_page(request, lang, system_of(system), number)


def _entry_page(request: HttpRequest, lang: str, system: System, number: int | None) -> HttpResponse:
    held = list(system.entries.exclude(published=None).select_related("document").order_by("-number"))
    entry = next((one for one in held if number in (None, one.number)), None)
    if entry is None:
        raise Http404
    say, told = sayer(lang), told_of(document_of(entry), lang)
    request.shows_example = lambda: system.example  # type: ignore[attr-defined]  # asked for when the page is made
    return page(
        request,
        "register/entry.html.jinja",
        title=say("registry.entry-title", name=told["name"], organisation=told["organisation"]),
        noindex=number is not None or system.example,
        crumbs=((say("registry.title"), reverse("register", args=(lang,))), (told["name"], "")),
        system=system,
        entry=entry,
        e=told,
        is_last=entry is held[0],
        versions=[(one, words(one.published.date(), lang)) for one in held if one.published],
        reason=in_words(entry.reason, lang) if entry.withdrawn else "",
        requests=_requests(system, lang),
        proof=_proof(entry, lang),
    )


def _proof(entry: Entry, lang: str) -> str:
    """Where the record shows that this version was published; empty while its place in the log is not settled."""
    if not entry.receipt:  # an example: it stands in no record
        return ""
    found = record.entry_by_receipt(own_sql(), entry.receipt)
    return "" if found.position is None else reverse("record-entry", args=(lang, found.position))


def file(request: HttpRequest, lang: str, system: str, number: int) -> HttpResponse:  # noqa: ARG001  # every view is given all
    """A version as it was published, byte for byte: its digest stands in the record."""
    entry = system_of(system).entries.exclude(published=None).select_related("document").filter(number=number).first()
    if entry is None or entry.document is None:
        raise Http404
    response = HttpResponse(entry.document.bytes(), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="entry-{number}.json"'
    return response


def _requests(system: System, lang: str) -> list[dict[str, str]]:
    """What people have asked: only by number, part and state; overdue is said to be overdue."""
    say = sayer(lang)
    found = Correction.objects.filter(entry__system=system).select_related("entry__system__organisation")
    rows = []
    for one in found.prefetch_related("answers").order_by(*corrections.OPEN_FIRST)[:20]:
        answers = sorted(one.answers.all(), key=lambda answer: answer.turn)
        overdue = corrections.is_overdue(one)
        state = "overdue" if overdue else "objected" if one.objected and not one.closed else "open"
        if one.closed and answers:
            state = answers[-1].outcome
        rows.append(
            {
                "number": corrections.short_number(one),
                "part": say(f"registry.about-{one.part}"),
                "asked": words(corrections.day_of(one, one.asked), lang),
                "state": say(f"registry.request-{state}"),
                "due": "" if one.closed else words(one.due, lang),
                "overdue": "yes" if overdue else "",
            }
        )
    return rows


def entry_of(system: str) -> Entry:
    """The entry that a request for correction speaks of.

    :raises Http404: where nothing is public.
    """
    return opened(current(system_of(system)))  # type: ignore[no-any-return]
