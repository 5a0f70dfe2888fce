"""One question a page: each has an address of its own, so going back, by button or by browser, loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guiju.assess import Question
from guiju.assess.interview import same_person
from guiju.institutions.hall.edition import site_corpus, site_today
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.portal.check.held import Held, held
from guiju.institutions.portal.check.question_form import (
    NAME,
    Filled,
    FormError,
    Reader,
    filled_from,
    in_part,
    problem_of,
)
from guiju.institutions.portal.check.question_view import (
    View,
    question_at,
    seen_of,
    short_line,
    thing_of,
    view_of,
)
from guiju.institutions.register.checks import colleague, colleagues_of
from guiju.subjects import Answer, Asked, Dossier, DossierError, with_answers
from guiju.subjects.answers import draft_for, read_draft

Address = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who answers at which addresses: whoever has the key, or a colleague (``who``)."""

    held: Held
    lang: str
    on: Callable[[Question], str]
    next: Callable[[Address], str]
    aside: Callable[[], str]
    back: str
    who: str = ""


def see_other(address: str) -> HttpResponse:
    """Status 303: the form was taken; what follows is read at another address."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


# -- addresses -----------------------------------------------------------------------------------------------------------------


def ask(request: HttpRequest, lang: str, key: str) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """To the next open question, or to the result where nothing is left to ask."""
    return HttpResponseRedirect(next_address(held(key), lang))


def next_address(found: Held, lang: str, before: str = "") -> str:
    """The address of the question that pays most now; ``before``: the one that a Back link leads to."""
    question = found.interview().next()
    if question is None:
        return reverse("check-result", args=(lang, found.key))
    return address_of(found, lang, question) + before


def address_of(found: Held, lang: str, question: Question) -> str:
    """The address of a question."""
    return reverse("check-question", args=(lang, found.key, *question.address))


def desk_of(request: HttpRequest, found: Held, lang: str) -> Desk:
    """The desk of whoever has the key."""
    last = _from(request)
    back = address_of_names(found, lang, last) if last is not None else ""
    return Desk(
        found,
        lang,
        on=lambda question: address_of(found, lang, question),
        next=lambda address: next_address(found, lang, before_of(address)),
        aside=lambda: reverse("check-aside", args=(lang, found.key)),
        back=back,
    )


def before_of(address: Address) -> str:
    """The part of an address that says which question was answered before."""
    return "?" + urlencode({"from": "/".join((address[0], address[2], address[1]))})


def _from(request: HttpRequest) -> Address | None:
    parts = request.GET.get("from", "").split("/", 2)
    return (parts[0], parts[2], parts[1]) if len(parts) == 3 and all(parts) else None


def address_of_names(found: Held, lang: str, address: Address) -> str:
    """The address of the question before, if there is such a question."""
    known = question_at(found, *address)
    return address_of(found, lang, known) if known is not None else ""


# -- one question --------------------------------------------------------------------------------------------------------------


def question(request: HttpRequest, lang: str, key: str, kind: str, identifier: str, name: str) -> HttpResponse:
    """A question, to be read or answered."""
    found = held(key)
    one = question_at(found, kind, identifier, name)
    if one is None:
        raise Http404
    return at_desk(request, desk_of(request, found, lang), one)


def at_desk(request: HttpRequest, desk: Desk, one: Question) -> HttpResponse:
    """The page of a question, or what was sent from it."""
    if request.method != "POST":
        return shown(request, desk, view_of(desk.held, one, desk.lang))
    filled = filled_from(request.POST)
    if desk.who and not filled.by:
        filled = replace(filled, by=desk.who)
    version = _version(request, desk.held, one)
    try:
        return _taken(desk, one, filled, request.POST.get("do", "answer"), version)
    except FormError as problem:
        problems = problem.problems
    except DossierError as problem:
        problems = [problem_of(problem, "value" if one.expects in ("number", "duration", "rows") else "answer", desk.lang)]
    return shown(request, desk, view_of(desk.held, one, desk.lang, filled, problems), status=422)


def _version(request: HttpRequest, found: Held, one: Question) -> int:
    """The version the answer is for: the present one too where others changed something, but nothing of this question."""
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    return found.version if request.POST.get("seen", "") == seen_of(one, found.dossier) and version else version


def _taken(desk: Desk, one: Question, filled: Filled, act: str, version: int) -> HttpResponse:
    reader = Reader(one, filled, desk.lang, site_today())
    if act == "unknown":
        desk.held.put_aside(one, None, version, filled.by or None)
        return see_other(desk.next(one.address))
    if act == "other":
        return _to_other(desk, one, reader, version)
    answer = reader.answer()
    if one.expects == "rows":
        _take_rows(desk.held, one, filled, answer, version)
    else:
        desk.held.answer([answer], version)
    if in_part(answer.value) and (still := desk.held.interview().find(*one.address)) is not None:
        desk.held.put_aside(still, None, desk.held.version, filled.by or None)
    return see_other(desk.next(one.address))


def _to_other(desk: Desk, one: Question, reader: Reader, version: int) -> HttpResponse:
    """Somebody else knows: noted, and a link made for them by whoever has the key."""
    who, by = reader.person()
    desk.held.put_aside(one, who, version, by)
    if not desk.who:
        colleague(desk.held.check, desk.held.key, who)
    return see_other(desk.aside())


def _take_rows(found: Held, one: Question, filled: Filled, answer: Answer, version: int) -> None:
    """A list as it is now: rows that were taken out go first, what is new comes after."""
    gone = {row for row in _row_ids(found.dossier, one) if row not in filled.kept}
    thing = thing_of(found.dossier, *one.address[:2])
    closed = thing is not None and one.name in thing.closed
    if not gone and not closed:
        found.answer([answer], version)
        return
    base = _without_rows(found.dossier, one, gone)
    found.save(with_answers(base, [answer], site_corpus().vocabulary), version)


def _row_ids(dossier: Dossier, one: Question) -> list[str]:
    thing = thing_of(dossier, *one.address[:2])
    return [row.id for row in thing.rows.get(one.name, ()) if not row.anonymous] if thing is not None else []


def _without_rows(dossier: Dossier, one: Question, gone: set[str]) -> Dossier:
    """The dossier without some rows of a list, and the list open again."""
    draft = draft_for(dossier)
    for record in draft.find(one.address[:2]):
        left = [row for row in record.rows.get(one.name, []) if getattr(row, "id", None) not in gone]
        taken = [row for row in record.rows.get(one.name, []) if row not in left]
        record.rows[one.name] = left
        record.closed.discard(one.name)
        draft.records = [row for row in draft.records if row not in taken]
    return read_draft(draft, dossier)


def shown(request: HttpRequest, desk: Desk, view: View, status: int = 200) -> HttpResponse:
    """The page."""
    say = sayer(desk.lang)
    title = say("question.title-wrong", question=view.text) if status == 422 else view.text
    aside = desk.held.interview().put_aside()
    return page(
        request,
        "portal/question.html.jinja",
        title=title,
        status=status,
        noindex=True,
        view=view,
        desk=desk,
        aside=len(aside),
        most_name=NAME,
        crumbs=_crumbs(desk),
    )


def _crumbs(desk: Desk) -> tuple[tuple[str, str], ...]:
    say = sayer(desk.lang)
    if desk.who:
        return ((say("question.crumb-for", who=desk.who), desk.aside()), (say("question.crumb"), ""))
    name = desk.held.check.name or say("question.check")
    return ((name, reverse("check-result", args=(desk.lang, desk.held.key))), (say("question.crumb"), ""))


# -- what was put aside --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A question of a list: its words, what it is about, its address, who noted it."""

    text: str
    about: str
    address: str
    by: str


@dataclass(frozen=True, slots=True)
class Group:
    """The questions put to one person, and the link for them, if it was made."""

    who: str
    link: str
    lines: list[Line]


def aside(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """What nobody knew yet, and what others were asked, each with the link to hand on."""
    found = held(key)
    if request.method == "POST":
        return _link_made(found, lang, request.POST.get("who", "").strip())
    open_notes = found.interview().put_aside()
    links = [(one.who, request.build_absolute_uri(reverse("colleague", args=(lang, token))))
             for one, token in colleagues_of(found.check, key)]  # fmt: skip
    return page(
        request,
        "portal/question_aside.html.jinja",
        title=sayer(lang)("question.aside-title"),
        noindex=True,
        unknown=[_line(found, lang, one, note) for one, note in open_notes if note.who is None],
        groups=_groups(found, lang, open_notes, links),
        go_on=reverse("check-ask", args=(lang, key)),
        crumbs=(*_crumbs(desk_of(request, found, lang))[:1], (sayer(lang)("question.aside-crumb"), "")),
    )


def _link_made(found: Held, lang: str, who: str) -> HttpResponse:
    """A link for somebody whom a colleague named."""
    if not any(one.who and same_person(one.who, who) for one in found.dossier.asked):
        raise Http404
    colleague(found.check, found.key, who)
    return see_other(reverse("check-aside", args=(lang, found.key)))


def _line(found: Held, lang: str, one: Question, note: Asked) -> Line:
    return Line(*short_line(one, lang), address_of(found, lang, one), note.by or "")


def _groups(found: Held, lang: str, notes: list[tuple[Question, Asked]], links: list[tuple[str, str]]) -> list[Group]:
    people: list[str] = []
    for note in found.dossier.asked:
        if note.who and not any(same_person(note.who, one) for one in people):
            people.append(note.who)
    groups = []
    for who in people:
        lines = [_line(found, lang, one, note) for one, note in notes if note.who and same_person(note.who, who)]
        link = next((href for one, href in links if same_person(one, who)), "")
        groups.append(Group(who, link, lines))
    return groups
