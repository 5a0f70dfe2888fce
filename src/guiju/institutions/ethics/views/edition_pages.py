"""The edition of the rules of procedure by which a committee works; what a newer one changes, and going over to it."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import words
from guiju.institutions.ethics import committees
from guiju.institutions.ethics.committees import committee_of, newer, owner_of
from guiju.institutions.ethics.in_words import basis_words, capital, committee_crumbs, committee_name
from guiju.institutions.ethics.models import Committee
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people.access import right, rights
from guiju.institutions.people.views.asking import TAKEN, private_page, who
from guiju.institutions.register.views.forms import told
from guiju.procedure import Basis, Difference, Edition, Rules, differences, editions_of, rules_named, short
from guiju.wording import GuijuError, Text, in_language


@right(committee_of, owner_of, GET="committee.read", POST="committee.set-up")
def edition(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:
    """Which edition it works by, which there were; where there is a newer one, what it changes."""
    say, problem = sayer(lang), None
    if request.method == "POST":
        try:
            taken = committees.adopt(mine, who(request), request.POST.get("edition", ""))
            done, then = say("ethics.edition-done"), say("ethics.edition-next")
            return shown_once(request, taken.receipt, request.path, then, title=done, zone=rules_of(mine).place)
        except TAKEN as wrong:
            problem = wrong
    return _page(request, lang, mine, problem)


def _page(request: HttpRequest, lang: str, mine: Committee, problem: GuijuError | None) -> HttpResponse:
    say, rules, later = sayer(lang), rules_of(mine), newer(mine)
    known = editions_of(mine.rules)
    return private_page(
        request,
        "ethics/committee_edition.html.jinja",
        title=say("ethics.edition-title", name=committee_name(mine, lang)),
        crumbs=committee_crumbs(mine, lang, (say("ethics.way-committee-edition"), "")),
        rules=in_language(rules.title, lang),
        stands=next(_named(one, lang) for one in known if one.id == mine.edition),
        newer=_named(later, lang) if later else None,
        changes=_changes(rules, rules_named(mine.rules, site_corpus(), later.id), lang) if later else [],
        may_adopt="committee.set-up" in rights(request.user, mine.body),
        editions=[_named(one, lang) for one in reversed(known)],
        back=reverse("committee-charter", args=(lang, mine.body.public_id)),
        **told(problem, lang),
    )


def _named(one: Edition, lang: str) -> dict[str, str]:
    """An edition by its day, with the digest that tells it from others."""
    return {"id": one.id, "words": sayer(lang)("ethics.edition-named", day=words(one.since, lang), digest=short(one.id))}


def _changes(earlier: Rules, later: Rules, lang: str) -> list[dict[str, Any]]:
    return [
        {"how": sayer(lang)(f"ethics.edition-{one.how}"), **_told(one, earlier if one.how == "gone" else later, lang)}
        for one in differences(earlier, later)
    ]


def _told(one: Difference, rules: Rules, lang: str) -> dict[str, Any]:
    """What a part of the rules is called, and where it is written."""
    if one.part == "rest":
        return {"words": sayer(lang)("ethics.edition-rest"), "basis": None}
    found: tuple[Text, Basis] = {
        "guards": lambda: (rules.guards[one.name].lacks, rules.guards[one.name].basis),
        "steps": lambda: (rules.steps[one.name].words, rules.steps[one.name].basis),
        "parameters": lambda: (rules.parameters[one.name].words, rules.parameters[one.name].basis),
        "categories": lambda: next((it.words, it.basis) for it in rules.categories if it.name == one.name),
        "limits": lambda: next((it.words, it.basis) for it in rules.limits if it.name == one.name),
    }[one.part]()
    said = re.sub(r"\{[a-z_.]+\}", "…", in_language(found[0], lang) or one.name)
    return {"words": sayer(lang)(f"ethics.edition-of-{one.part}", words=capital(said)), "basis": basis_words(found[1], lang)}
