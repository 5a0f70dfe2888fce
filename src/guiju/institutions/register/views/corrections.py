"""Requests to correct a public entry: asked by anybody, objected to, and answered at the desk."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import today, words
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.limits import count
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.hall.rule_addresses import rule_address
from guiju.institutions.people.access import right
from guiju.institutions.people.errors import PeopleError
from guiju.institutions.people.places import zone_of
from guiju.institutions.people.views.words import name_of
from guiju.institutions.register import corrections
from guiju.institutions.register.corrections import ABOUT, LONGEST_TEXT, OUTCOMES, correction_of, owner_of
from guiju.institutions.register.limits import calendar_in_words, clause_of, left_in_words
from guiju.institutions.register.models import Correction, Entry
from guiju.institutions.register.views.forms import told, who
from guiju.institutions.register.views.public import document_of, entry_of, told_of
from guiju.institutions.register.views.systems import crumbs, desk_page
from guiju.wording import GuijuError

ASKS_A_MINUTE: Final = 10
"""How many requests one client may send in a minute."""

LAWS: Final = {"CN": ("cn/pipl/46.1", "cn/pipl/46.2"), "EU": ("eu/gdpr/16", "eu/gdpr/12.3")}
"""Where the law gives a person a right that their own data be corrected, by the calendar of the place."""


def ask(request: HttpRequest, lang: str, system: str) -> HttpResponse:
    """Say that something is wrong in an entry; no account is needed."""
    entry, say = entry_of(system), sayer(lang)
    problem: GuijuError | None = None
    if request.method == "POST":
        count(request, "correction", ASKS_A_MINUTE)
        given = request.POST
        try:
            made, receipt = corrections.ask(
                entry, given.get("part", ""), given.get("text", ""), given.get("contact", ""), "own" in given, lang
            )
            there = reverse("register-system", args=(lang, entry.system.public_id))
            by = say("registry.asked-by", day=words(made.due, lang), number=corrections.short_number(made))
            return shown_once(request, receipt, there, say("registry.asked-next"), by=by)
        except PeopleError as wrong:
            problem = wrong
    return page(
        request,
        "register/correction_ask.html.jinja",
        title=say("registry.ask-title"),
        noindex=True,
        **_asked_context(request, lang, entry, problem),
    )


def _asked_context(request: HttpRequest, lang: str, entry: Entry, problem: GuijuError | None) -> dict[str, Any]:
    say, e = sayer(lang), told_of(document_of(entry), lang)
    here = reverse("register-system", args=(lang, entry.system.public_id))
    return {
        "system": entry.system,
        "example": entry.system.example,
        "e": e,
        "crumbs": (
            (say("registry.title"), reverse("register", args=(lang,))),
            (e["name"], here),
            (say("registry.ask-crumb"), ""),
        ),
        "about": [(one, say(f"registry.about-{one}")) for one in ABOUT],
        "typed": {name: request.POST.get(name, "") for name in ("part", "text", "contact", "own")},
        "laws": laws_of(entry, lang),
        "longest": LONGEST_TEXT,
        **told(problem, lang),
    }


def laws_of(entry: Entry, lang: str) -> list[tuple[str, str]]:
    """The clauses on which a person's own data is corrected, as far as the rules of this site hold them, with their addresses."""
    norms = LAWS.get(corrections.calendar_of(entry.system.organisation), ())
    held = [one for one in norms if one in site_corpus().norms]
    told: dict[str, str] = {}
    for one in held:
        told.setdefault(clause_of(one, lang), rule_address(lang, one))  # two norms may rest on one clause
    return list(told.items())


def objection(request: HttpRequest, lang: str) -> HttpResponse:
    """Object to an answer, by the number of the receipt."""
    say, problem = sayer(lang), None
    typed = {name: request.POST.get(name, "") for name in ("number", "text")}
    if request.method == "POST":
        count(request, "correction", ASKS_A_MINUTE)
        try:
            made, receipt = corrections.object_to(typed["number"], typed["text"])
            there = reverse("register-system", args=(lang, made.entry.system.public_id))
            by = say("registry.asked-by", day=words(made.due, lang), number=corrections.short_number(made))
            return shown_once(request, receipt, there, say("registry.objected-next"), by=by)
        except GuijuError as wrong:
            problem = wrong
    return page(
        request,
        "register/objection.html.jinja",
        title=say("registry.objection-title"),
        noindex=True,
        crumbs=((say("registry.title"), reverse("register", args=(lang,))), (say("registry.objection-crumb"), "")),
        typed=typed,
        longest=LONGEST_TEXT,
        **told(problem, lang, "number"),
    )


@right(correction_of, owner_of, GET="correction.answer", POST="correction.answer")
def answer(request: HttpRequest, lang: str, found: Correction) -> HttpResponse:
    """What was written, and the answer to it."""
    say, problem = sayer(lang), None
    system = found.entry.system
    if request.method == "POST":
        given = request.POST
        try:
            _, receipt = corrections.answer(found, given.get("outcome", ""), given.get("reasons", ""), who(request))
            there = reverse("correction", args=(lang, found.public_id))
            return shown_once(request, receipt, there, say("registry.answered-next"))
        except PeopleError as wrong:
            problem = wrong
    number = corrections.short_number(found)
    return desk_page(
        request,
        "correction",
        system,
        title=say("registry.correction-title", number=number),
        crumbs=crumbs(system, lang, (number, "")),
        correction=found,
        asked_on=corrections.day_of(found, found.asked),
        clock=_clock(found, lang),
        part=say(f"registry.about-{found.part}"),
        said=corrections.said_in(found),
        answers=[
            (one, say(f"registry.request-{one.outcome}"), name_of(one.by, lang), corrections.day_of(found, one.at))
            for one in found.answers.select_related("by").order_by("turn")
        ],
        mine=found.answers.filter(by=who(request)).exists(),
        outcomes=[(one, say(f"registry.outcome-{one}"), say(f"registry.outcome-{one}-help")) for one in OUTCOMES],
        laws=laws_of(found.entry, lang) if found.own_data else (),
        typed={name: request.POST.get(name, "") for name in ("outcome", "reasons")},
        longest=LONGEST_TEXT,
        **told(problem, lang),
    )


def _clock(found: Correction, lang: str) -> dict[str, str]:
    """The time that is left to answer, as ``ui.clock`` draws it."""
    say, organisation = sayer(lang), owner_of(found)
    day, code = today(zone_of(organisation.place)), found.counted_by
    ordinary = code != corrections.calendar_of(organisation)
    state = "done" if found.closed else "overdue" if corrections.is_overdue(found, day) else "running"
    left = "" if found.closed else left_in_words(found.due, day, code, lang)
    return {
        "due": say("registry.due-on", day=words(found.due, lang)),
        "left": left,
        "calendar": say("registry.ordinary-weeks") if ordinary else calendar_in_words(code, lang),
        "clause": say("registry.our-practice"),
        "state": state,
    }
