"""The link of a colleague who was said to know: the questions put to them, and nothing else of the check."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.assess import Question
from guiju.assess.interview import same_person, thing_of
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.portal.check.held import Held, held_by_colleague
from guiju.institutions.portal.check.question import Address, Desk, at_desk, crumbs_of
from guiju.institutions.portal.check.question_answers import Given, answered_by, answers_of
from guiju.institutions.portal.check.question_aside import Line
from guiju.institutions.portal.check.question_form import filled_from
from guiju.institutions.portal.check.question_view import put_to, question_at, said_by, short_line
from guiju.subjects import Asked
from guiju.wording import join_words


def colleague(request: HttpRequest, lang: str, token: str) -> HttpResponse:
    """Who asks what, and what this person has answered; when all is answered, that it is done."""
    found = held_by_colleague(token)
    who = found.who or ""
    waiting, noted = _split(found, who)
    askers = {note.by for note in found.dossier.asked if note.by and _to(note, who) and not same_person(note.by, who)}
    code = "question.for-title" if waiting else "question.done-title"
    return page(
        request,
        "portal/colleague.html.jinja",
        title=sayer(lang)(code, who=who, count=len(waiting)),
        noindex=True,
        who=who,
        asker=join_words(sorted(askers), lang),
        name=found.name(lang),
        waiting=[_line(lang, token, one) for one in waiting],
        noted=[_line(lang, token, one) for one in noted],
        answered=_answered(found, lang, token, who),
    )


def _answered(found: Held, lang: str, token: str, who: str) -> list[tuple[Given, str]]:
    """What this person has answered, each with the address at which they may correct it."""
    mine = answered_by(answers_of(found, lang), who)
    return [(one, reverse("colleague-question", args=(lang, token, *one.at))) for one in mine]


def question_for(request: HttpRequest, lang: str, token: str, kind: str, identifier: str, name: str) -> HttpResponse:
    """One of the questions put to them, or one that they have answered."""
    found = held_by_colleague(token)
    who = found.who or ""
    desk = _desk(found, lang, token, who)
    one = _theirs(found, who, (kind, identifier, name))
    return at_desk(request, desk, one) if one is not None else _gone(request, desk)


def _gone(request: HttpRequest, desk: Desk) -> HttpResponse:
    """No question of theirs, or no longer: somebody else has answered it. What they sent is shown, and is not saved."""
    sent = filled_from(request.POST) if request.method == "POST" else None
    say = sayer(desk.lang)
    return page(
        request,
        "portal/colleague_gone.html.jinja",
        title=say("question.gone-title" if sent is None else "question.gone-unsaved"),
        status=404 if sent is None else 409,
        noindex=True,
        back=desk.back,
        typed=[text for text in (sent.value, sent.reasons) if text] if sent is not None else [],
        crumbs=(*crumbs_of(desk)[:1], (say("question.crumb"), "")),
    )


def _desk(found: Held, lang: str, token: str, who: str) -> Desk:
    home = reverse("colleague", args=(lang, token))

    def on(one: Question) -> str:
        return reverse("colleague-question", args=(lang, token, *one.address))

    def after(address: Address, idle: int) -> str:  # noqa: ARG001  # one signature for both desks
        waiting, _ = _split(found, who)
        return on(waiting[0]) if waiting else home

    return Desk(found, lang, on=on, next=after, aside=lambda: home, back=home, who=who)


def _theirs(found: Held, who: str, address: Address) -> Question | None:
    """The question at an address, if it was put to this person or its answer is theirs."""
    asked = any((one.kind, one.id, one.name) == address and _to(one, who) for one in found.dossier.asked)
    one = question_at(found, *address)
    if one is None or asked:
        return one
    by, _ = said_by(one, thing_of(found.dossier, *address[:2]))
    return one if by and same_person(by, who) else None


def _to(note: Asked, who: str) -> bool:
    return note.who is not None and same_person(note.who, who)


def _split(found: Held, who: str) -> tuple[list[Question], list[Question]]:
    """What is still to be answered, and what this person does not know yet or passed on."""
    own = {
        (one.kind, one.id, one.name)
        for one in found.dossier.asked
        if one.by is not None and same_person(one.by, who) and not _to(one, who)
    }
    put = [one for one, _ in put_to(found, who)]
    return [one for one in put if one.address not in own], [one for one in put if one.address in own]


def _line(lang: str, token: str, one: Question) -> Line:
    return Line(*short_line(one, lang), reverse("colleague-question", args=(lang, token, *one.address)), "")
