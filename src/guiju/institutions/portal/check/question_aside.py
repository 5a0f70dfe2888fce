"""What nobody knew yet, what is known in part, and what others were asked: each with the link and the form to hand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju.assess import Question
from guiju.assess.interview import IN_PART, same_person
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.portal.check.held import Held, held
from guiju.institutions.portal.check.question import address_of, crumbs_of, desk_of, see_other
from guiju.institutions.portal.check.question_answers import Given, answered_by, answers_of
from guiju.institutions.portal.check.question_view import put_to, short_line
from guiju.institutions.register.checks import colleague, colleagues_of
from guiju.subjects import Asked


@dataclass(frozen=True, slots=True)
class Line:
    """A question of a list: its words, what it is about, its address, who noted it."""

    text: str
    about: str
    address: str
    by: str


@dataclass(frozen=True, slots=True)
class Group:
    """What one person was asked: the link for them, if it was made, their form, what waits and what they have answered."""

    who: str
    link: str
    form: str
    lines: list[Line] = field(default_factory=list)
    answered: list[Given] = field(default_factory=list)


def aside(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """The page; sent with a name, it makes the link for that person."""
    found = held(key)
    if request.method == "POST":
        return _link_made(found, lang, request.POST.get("who", "").strip())
    return aside_page(request, found, lang)


def aside_page(
    request: HttpRequest, found: Held, lang: str, problem: str = "", hint: str = "", status: int = 200
) -> HttpResponse:
    """The page; ``problem``: what is wrong with a form that came back."""
    notes = found.interview().put_aside()
    links = [(one.who, request.build_absolute_uri(reverse("colleague", args=(lang, token))))
             for one, token in colleagues_of(found.check, found.key)]  # fmt: skip
    return page(
        request,
        "portal/question_aside.html.jinja",
        title=sayer(lang)("question.aside-title"),
        status=status,
        noindex=True,
        key=found.key,
        unknown=[_line(found, lang, one, note) for one, note in notes if note.who is None and note.answer != IN_PART],
        partly=[_line(found, lang, one, note) for one, note in notes if note.answer == IN_PART],
        groups=_groups(found, lang, links),
        go_on=reverse("check-ask", args=(lang, found.key)),
        problems=[{"field": "form", "message": problem, "hint": hint}] if problem else [],
        crumbs=(*crumbs_of(desk_of(request, found, lang))[:1], (sayer(lang)("question.aside-crumb"), "")),
    )


def _link_made(found: Held, lang: str, who: str) -> HttpResponse:
    """A link for somebody whom a colleague named."""
    if not any(one.who and same_person(one.who, who) for one in found.dossier.asked):
        raise Http404
    colleague(found.check, found.key, who)
    return see_other(reverse("check-aside", args=(lang, found.key)))


def _line(found: Held, lang: str, one: Question, note: Asked) -> Line:
    return Line(*short_line(one, lang), address_of(found, lang, one), note.by or "")


def _groups(found: Held, lang: str, links: list[tuple[str, str]]) -> list[Group]:
    people: list[str] = []
    for who in [*(one.who for one in found.dossier.asked if one.who), *(who for who, _ in links)]:
        if not any(same_person(who, one) for one in people):
            people.append(who)
    given = answers_of(found, lang)
    groups = []
    for who in people:
        lines = [_line(found, lang, one, note) for one, note in put_to(found, who)]
        link = next((href for one, href in links if same_person(one, who)), "")
        form = reverse("check-form", args=(lang, found.key)) + "?" + urlencode({"who": who})
        groups.append(Group(who, link, form, lines, answered_by(given, who)))
    return groups
