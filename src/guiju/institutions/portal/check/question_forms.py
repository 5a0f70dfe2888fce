"""Questions as a spreadsheet for a person who works without this site, and the form that comes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guiju.assess.interview import is_answered
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.hall.uploads import FORM, Upload, UploadError, read_upload
from guiju.institutions.portal.check.files import TYPES
from guiju.institutions.portal.check.held import held
from guiju.institutions.portal.check.question import crumbs_of, desk_of
from guiju.institutions.portal.check.question_aside import aside_page
from guiju.institutions.portal.check.question_view import put_to
from guiju.institutions.register.checks import ChangedError
from guiju.subjects import (
    Answer,
    Conflict,
    Dossier,
    Form,
    Notice,
    conflict_words,
    fill_in,
    form_of,
    merge,
    read_form,
    with_answers,
)
from guiju.wording import GuijuError, Where


@dataclass(frozen=True, slots=True)
class Returned:
    """What a form brought: the dossier with it, how many answers were taken, what disagrees, what could not be taken."""

    dossier: Dossier
    taken: int
    aside: int
    conflicts: tuple[Conflict, ...]
    notices: tuple[Notice, ...]
    waiting: int


def form_file(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """The open questions left to somebody, as a spreadsheet to send."""
    found, who = held(key), request.GET.get("who", "").strip()
    questions = [one for one, _ in put_to(found, who)] if who else []
    if not questions:
        raise Http404
    content = form_of([one.address for one in questions], lang, who, site_corpus().vocabulary)
    response = HttpResponse(content, content_type=TYPES["xlsx"])
    response.headers["Content-Disposition"] = 'attachment; filename="guiju-questions.xlsx"'
    return response


def returned(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """A form that came back, put into the check; nothing that stands is overwritten."""
    found = held(key)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("check-aside", args=(lang, key)))
    try:
        came = put_in(found.dossier, _form(read_upload(request, "form")))
        if came.taken or came.aside:
            found.save(came.dossier, found.version)
    except ChangedError:
        raise
    except GuijuError as problem:
        return aside_page(request, found, lang, problem.message(lang), problem.hint(lang), getattr(problem, "status", 400))
    names = site_corpus().vocabulary
    return page(
        request,
        "portal/question_returned.html.jinja",
        title=sayer(lang)("question.returned-title" if came.taken else "question.returned-none"),
        noindex=True,
        key=key,
        came=came,
        conflicts=[conflict_words(one, names, lang) for one in came.conflicts],
        notices=[(_cell(one.where), one.message(lang)) for one in came.notices],
        crumbs=(*crumbs_of(desk_of(request, found, lang))[:1], (sayer(lang)("question.returned-crumb"), "")),
    )


def _form(sent: Upload) -> Form:
    """The filled form in a file.

    :raises GuijuError: for what is no form.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("filled-form.xlsx" if sent.kind == FORM else "filled-form.csv")
        path.write_bytes(sent.content)
        try:
            return read_form(path, site_corpus().vocabulary)
        except GuijuError:
            raise UploadError("question.not-a-form") from None


def _cell(where: Where | None) -> str:
    """The sheet and the cell, or the line and column; not where the file lay."""
    name = str(where).rpartition("/")[2] if where is not None else ""
    return name.partition(", ")[2] or name.partition(":")[2]


def put_in(dossier: Dossier, form: Form) -> Returned:
    """A form put in beside what stands: where the two disagree neither wins, and a person decides between them."""
    names = site_corpus().vocabulary
    open_ones = {(one.thing.kind, one.thing.id, one.name) for one in dossier.proposals if one.state == "open"}
    new = tuple(one for one in form.answers if _at(one) not in open_ones)
    waiting = len(form.answers) - len(new)
    before = _without(dossier, new)
    theirs = fill_in(before, Form(new, (), form.notices), names)
    merged = merge(dossier, theirs.dossier, before)
    unanswered = tuple(one for one in form.asked if not is_answered(dossier, (one.kind, one.id, one.name)))
    made = fill_in(merged.dossier, Form((), unanswered, ()), names).dossier
    return Returned(made, theirs.taken, len(unanswered), merged.conflicts, theirs.notices, waiting)


def _at(one: Answer) -> tuple[str, str, str]:
    return one.kind, one.object, one.name


def _without(dossier: Dossier, answers: tuple[Answer, ...]) -> Dossier:
    """The dossier as it would be if nobody had answered what a form answers."""
    said = [Answer(*_at(one), None) for one in answers if is_answered(dossier, _at(one))]
    return with_answers(dossier, said, site_corpus().vocabulary)
