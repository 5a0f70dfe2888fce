"""The start of a check: what is stored is said first; then a card, a dossier, or four questions with "I don't know yet"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guiju.assess.plain import label_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.limits import count
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.hall.uploads import read_upload
from guiju.institutions.register.arriving import arrived, pasted
from guiju.institutions.register.checks import open_check
from guiju.subjects import Answer, Dossier, dossier_from, dumps, with_answers
from guiju.wording import GuijuError, in_language

SETS: Final = ("markets", "generates_modalities")
"""Facts of the system of which several answers may be chosen."""

YES_NO: Final = (
    ("service", "offered_to_public_in_mainland_china"),
    ("party", "developed_or_commissioned"),
    ("party", "placed_under_own_name"),
    ("party", "uses_under_own_authority"),
)
"""Facts that are so, are not so, or are not known yet."""

PART: Final = YES_NO[1:]
FIELDS: Final = ("card", "text", "name", *SETS, *(name for _, name in YES_NO))
LONGEST_NAME: Final = 120

STARTS_A_MINUTE: Final = 120
"""How many checks one client may begin in a minute: many people may be behind one address, a program that fills the disk not."""


@dataclass
class Typed:
    """What was typed, kept for the page where something is wrong with it; ``errors`` by field."""

    text: str = ""
    name: str = ""
    chosen: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, tuple[str, str]] = field(default_factory=dict)


def start(request: HttpRequest, lang: str) -> HttpResponse:
    """The page, empty."""
    return _shown(request, lang, Typed())


def begin(request: HttpRequest, lang: str) -> HttpResponse:
    """What was handed in becomes a check; where it cannot, the page again with what was typed.

    :raises LimitError: where one client begins more than is stored for it at once.
    """
    if request.method != "POST":
        return HttpResponseRedirect(reverse("check", args=[lang]))
    count(request, "check-start", STARTS_A_MINUTE)
    typed = _typed(request)
    try:
        key = _from_questions(typed) if request.POST.get("way") == "questions" else _from_card(request, typed)
    except GuijuError as problem:
        line = problem.where.line if problem.where else None
        at = [sayer(lang)("check.at-line", line=line)] if line else []
        typed.errors[_field(request, typed, problem)] = (problem.message(lang), " ".join([*at, problem.hint(lang)]).strip())
        return _shown(request, lang, typed, getattr(problem, "status", 400))
    return HttpResponseRedirect(reverse("check-home", args=[lang, key]))


def _field(request: HttpRequest, typed: Typed, problem: GuijuError) -> str:
    """The field that a problem belongs to."""
    if request.POST.get("way") == "questions":
        about = problem.where.file.rpartition(", ")[2] if problem.where else ""
        return about if about in FIELDS else "name"
    return "text" if typed.text.strip() and not request.FILES else "card"


def _typed(request: HttpRequest) -> Typed:
    names = [*SETS, *(f"{one}-all" for one in SETS), *(one for _, one in YES_NO)]
    text = request.POST.get("text", "")
    return Typed(text, request.POST.get("name", ""), {one: request.POST.getlist(one) for one in names})


# -- a card or a dossier -------------------------------------------------------------------------------------------------------


def _from_card(request: HttpRequest, typed: Typed) -> str:
    if request.FILES and typed.text.strip():
        raise StartError("check.both-given")
    if request.FILES:
        found = arrived(read_upload(request, "card"))
    elif typed.text.strip():
        found = arrived(pasted(typed.text))
    else:
        raise StartError("check.nothing-given")
    subject = found.dossier.subject
    name = next(iter(subject.label.values()), "") or ("" if subject.anonymous else subject.id)
    return open_check(found.dossier, found.content, found.name, name)[1]


class StartError(GuijuError):
    """A check that cannot begin with what was given."""

    status = 400


# -- four questions ------------------------------------------------------------------------------------------------------------


def _from_questions(typed: Typed) -> str:
    name = " ".join(typed.name.split())
    if not name:
        raise StartError("check.name-missing")
    if len(name) > LONGEST_NAME:
        raise StartError("check.name-long", most=LONGEST_NAME)
    return open_check(_opened(name, typed.chosen), name=name)[1]


def _opened(name: str, chosen: dict[str, list[str]]) -> Dossier:
    """A dossier with what was answered; what was not is unknown, and no conclusion is drawn from it."""
    identifier = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "system"
    vocabulary = site_corpus().vocabulary
    empty = dossier_from(dumps({"system": {"id": identifier, "name": name}}), identifier, vocabulary)
    answers = [*_sets(identifier, chosen), *_truths(chosen)]
    return with_answers(empty, answers, vocabulary)


def _sets(identifier: str, chosen: dict[str, list[str]]) -> list[Answer]:
    found = []
    for name in SETS:
        members = [one for one in chosen[name] if one != "unknown"]
        if chosen[f"{name}-all"] and "unknown" not in chosen[name]:
            found.append(Answer("system", identifier, name, {"exactly": members}))
        elif members:
            found.append(Answer("system", identifier, name, members))
    return found


def _truths(chosen: dict[str, list[str]]) -> list[Answer]:
    said = {"yes": True, "no": False}
    return [Answer(kind, kind, name, said[chosen[name][0]]) for kind, name in YES_NO if chosen[name][:1] in (["yes"], ["no"])]


# -- shown ---------------------------------------------------------------------------------------------------------------------


def _shown(request: HttpRequest, lang: str, typed: Typed, status: int = 200) -> HttpResponse:
    errors = [{"field": at, "message": message, "hint": hint} for at, (message, hint) in typed.errors.items()]
    return page(
        request,
        "portal/check_start.html.jinja",
        title=sayer(lang)("check.start-title"),
        status=status,
        noindex=status != 200,
        typed=typed,
        errors=errors,
        error_at={at: typed.errors.get(at, ("", ""))[0] for at in FIELDS},
        markets=_question("markets", lang),
        modalities=_question("generates_modalities", lang),
        public=_question(YES_NO[0][1], lang),
        part=[_question(name, lang) for _, name in PART],
    )


def _question(name: str, lang: str) -> dict[str, Any]:
    declared = site_corpus().vocabulary.declared[name]
    members = [(one, in_language(labels, lang)) for one, labels in declared.members.items()]
    ask = in_language(declared.ask, lang) or label_of(declared, lang)
    return {"name": name, "ask": ask, "help": in_language(declared.help, lang), "members": members}
