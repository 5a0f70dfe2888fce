"""One question a page: each has an address of its own, so going back, by button or by browser, loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guiju.assess import Interview, Question
from guiju.assess.interview import is_answered, noted_in_part, thing_of
from guiju.institutions.hall.bounds import TooMuchError
from guiju.institutions.hall.edition import site_corpus, site_today
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.portal.check.held import Held, held
from guiju.institutions.portal.check.question_form import (
    NAME,
    Filled,
    FormError,
    Reader,
    filled_from,
    problem_of,
)
from guiju.institutions.portal.check.question_view import (
    View,
    question_at,
    seen_of,
    view_of,
)
from guiju.institutions.register.checks import colleague
from guiju.subjects import Answer, Dossier, DossierError, with_answers
from guiju.subjects.answers import draft_for, read_draft

Address = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who answers at which addresses: whoever has the key, or a colleague (``who``)."""

    held: Held
    lang: str
    on: Callable[[Question], str]
    next: Callable[[Address, int], str]
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
        next=lambda address, idle: next_address(found, lang, before_of(address, idle)),
        aside=lambda: reverse("check-aside", args=(lang, found.key)),
        back=back,
    )


def before_of(address: Address, idle: int = 0) -> str:
    """The part of an address that says which question was answered before, and how many answers no longer count by it."""
    said = {"from": "/".join((address[0], address[2], address[1]))}
    return "?" + urlencode({**said, "idle": str(idle)} if idle else said)


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
    except (DossierError, TooMuchError) as problem:
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
        return see_other(desk.next(one.address, 0))
    if act == "other":
        return _to_other(desk, one, reader, version)
    answer = reader.answer()
    changed = is_answered(desk.held.dossier, one.address)
    before = set(desk.held.interview().idle()) if changed else set[Address]()
    if one.expects == "rows":
        _take_rows(desk.held, one, filled, answer, version)
    else:
        desk.held.answer([answer], version)
    idle = set(desk.held.interview().idle()) - before if changed else set[Address]()
    return see_other(desk.next(one.address, len(idle)))


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
    found.save(noted_in_part(with_answers(base, [answer], site_corpus().vocabulary), answer), version)


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
    interview = desk.held.interview()
    return page(
        request,
        "portal/question.html.jinja",
        title=title,
        status=status,
        noindex=True,
        view=view,
        desk=desk,
        aside=len(interview.put_aside()),
        idle=_told_idle(request, interview),
        most_name=NAME,
        crumbs=crumbs_of(desk),
    )


def _told_idle(request: HttpRequest, interview: Interview) -> int:
    """How many earlier answers no longer count since the one just changed, where it was changed."""
    said = request.GET.get("idle", "")
    return min(int(said), len(interview.idle())) if said.isascii() and said.isdigit() and len(said) < 5 else 0


def crumbs_of(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The way to a question: the check, or the questions left to a colleague."""
    say = sayer(desk.lang)
    if desk.who:
        return ((say("question.crumb-for", who=desk.who), desk.aside()), (say("question.crumb"), ""))
    name = desk.held.name(desk.lang) or say("question.check")
    return ((name, reverse("check-result", args=(desk.lang, desk.held.key))), (say("question.crumb"), ""))
