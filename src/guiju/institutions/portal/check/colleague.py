"""The link of a colleague who was said to know: the questions put to them, and nothing else of the check."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju.assess import Question
from guiju.assess.interview import same_person
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.portal.check.held import Held, held_by_colleague
from guiju.institutions.portal.check.question import Address, Desk, Line, at_desk
from guiju.institutions.portal.check.question_view import question_at, short_line, thing_of
from guiju.subjects import Asked
from guiju.wording import join_words


def colleague(request: HttpRequest, lang: str, token: str) -> HttpResponse:
    """Who asks what; when all is answered, that it is done."""
    found = held_by_colleague(token)
    who = found.who or ""
    put = found.interview().for_person(who)
    waiting, noted = _split(found, who, put)
    askers = {note.by for note in found.dossier.asked if note.by and _to(note, who) and not same_person(note.by, who)}
    code = "question.for-title" if waiting else "question.done-title"
    return page(
        request,
        "portal/colleague.html.jinja",
        title=sayer(lang)(code, who=who, count=len(waiting)),
        noindex=True,
        who=who,
        asker=join_words(sorted(askers), lang),
        name=found.check.name,
        waiting=[_line(lang, token, one) for one in waiting],
        noted=[_line(lang, token, one) for one in noted],
    )


def question_for(request: HttpRequest, lang: str, token: str, kind: str, identifier: str, name: str) -> HttpResponse:
    """One of the questions put to them, or one that they have answered."""
    found = held_by_colleague(token)
    who = found.who or ""
    one = _theirs(found, who, (kind, identifier, name))
    if one is None:
        raise Http404
    return at_desk(request, _desk(found, lang, token, who), one)


def _desk(found: Held, lang: str, token: str, who: str) -> Desk:
    home = reverse("colleague", args=(lang, token))

    def on(one: Question) -> str:
        return reverse("colleague-question", args=(lang, token, *one.address))

    def after(address: Address) -> str:  # noqa: ARG001  # one signature for both desks
        waiting, _ = _split(found, who, found.interview().for_person(who))
        return on(waiting[0]) if waiting else home

    return Desk(found, lang, on=on, next=after, aside=lambda: home, back=home, who=who)


def _theirs(found: Held, who: str, address: Address) -> Question | None:
    """The question at an address, if it was put to this person or its answer is theirs."""
    asked = any((one.kind, one.id, one.name) == address and _to(one, who) for one in found.dossier.asked)
    thing = thing_of(found.dossier, *address[:2])
    given = thing.given.get(address[2]) if thing is not None else None
    answered = given is not None and given.by is not None and same_person(given.by, who)
    return question_at(found, *address) if asked or answered else None


def _to(note: Asked, who: str) -> bool:
    return note.who is not None and same_person(note.who, who)


def _split(found: Held, who: str, put: list[Question]) -> tuple[list[Question], list[Question]]:
    """What is still to be answered, and what this person does not know yet or passed on."""
    own = {
        (one.kind, one.id, one.name)
        for one in found.dossier.asked
        if one.by is not None and same_person(one.by, who) and not _to(one, who)
    }
    return [one for one in put if one.address not in own], [one for one in put if one.address in own]


def _line(lang: str, token: str, one: Question) -> Line:
    return Line(*short_line(one, lang), reverse("colleague-question", args=(lang, token, *one.address)), "")
