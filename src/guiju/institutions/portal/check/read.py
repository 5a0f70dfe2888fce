"""What we read: each fact that a card proposes, beside its line; accepted, corrected or rejected, one by one or all shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guiju.assess import Question
from guiju.assess.interview_words import AnswerError, choices_of, expected, read_answer
from guiju.assess.plain import label_of, proposal_words, value_words
from guiju.calendars import parse_partial, words
from guiju.institutions.hall.edition import site_corpus, site_today
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.portal.check.held import Held, held
from guiju.institutions.register.arriving import lines_of
from guiju.institutions.register.checks import source_of
from guiju.norms import Declared
from guiju.subjects import Dossier, DossierError, Notice, Proposal, card_from, decide
from guiju.subjects.beside import thing_at
from guiju.wording import GuijuError, in_language

AROUND: Final = 2
"""Lines of the source shown before and after."""

LONGEST: Final = 300
"""Signs of a line of the source that are shown."""

BESIDE: Final = 80
"""Signs of a line before or after it that are shown."""


class DecisionError(GuijuError):
    """A decision that cannot be taken as it stands."""

    status = 400


@dataclass
class Typed:
    """What was typed, and what is wrong with it."""

    by: str = ""
    values: dict[int, list[str]] = field(default_factory=dict)
    errors: list[dict[str, str]] = field(default_factory=list)
    at: int | None = None

    def wrong(self, where: str) -> str:
        """What is wrong with a field, empty where nothing is."""
        return next((one["message"] for one in self.errors if one["field"] == where), "")


def read(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """The page, and what is decided on it."""
    mine = held(key)
    if request.method != "POST":
        return _shown(request, lang, mine, Typed(by=_last_by(mine.dossier)))
    typed = Typed(by=" ".join(request.POST.get("by", "").split()))
    word, _, number = request.POST.get("do", "").partition("-")
    try:
        after = _decided(request, mine.dossier, word, number, typed)
    except (AnswerError, DossierError, DecisionError) as problem:
        where = "by" if problem.code in ("dossier.unsigned", "check.by-missing") else f"value-{typed.at}"
        typed.errors.append({"field": where, "message": problem.message(lang), "hint": problem.hint(lang)})
        return _shown(request, lang, mine, typed, 400)
    mine.save(after, version_of(request))
    anchor = f"#p-{following}" if (following := _next(mine.dossier, number)) is not None else "#done"
    return HttpResponseRedirect(reverse("check-read", args=[lang, key]) + anchor)


def version_of(request: HttpRequest) -> int:
    """The version of the page that a form was on; 0, which is none, where it does not say."""
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0


# -- decided -------------------------------------------------------------------------------------------------------------------


def _decided(request: HttpRequest, dossier: Dossier, word: str, number: str, typed: Typed) -> Dossier:
    on = site_today().isoformat()
    if not typed.by:
        typed.at = int(number) if number.isdigit() else None
        typed.values = _values(request, dossier)
        raise DecisionError("check.by-missing")
    if word == "all":
        for at in _plainly_open(dossier):
            dossier = decide(dossier, dossier.proposals[at], "accepted", typed.by, on)
        return dossier
    if not (number.isascii() and number.isdigit() and len(number) < 6 and int(number) < len(dossier.proposals)):
        raise DecisionError("check.no-decision")
    typed.at = int(number)
    proposal = dossier.proposals[typed.at]
    if word == "accept":
        return decide(dossier, proposal, "accepted", typed.by, on)
    if word == "reject":
        return decide(dossier, proposal, "rejected", typed.by, on)
    if word != "correct":
        raise DecisionError("check.no-decision")
    typed.values = _values(request, dossier)
    right = read_answer(_question(proposal), ", ".join(typed.values[typed.at]), site_today())
    return decide(dossier, proposal, "corrected", typed.by, on, right)


def _values(request: HttpRequest, dossier: Dossier) -> dict[int, list[str]]:
    return {number: request.POST.getlist(f"value-{number}") for number in range(len(dossier.proposals))}


def _plainly_open(dossier: Dossier) -> list[int]:
    """Open proposals that no other one contradicts; of two that do, a person has to choose."""
    open_ones = [(number, one) for number, one in enumerate(dossier.proposals) if one.state == "open"]
    said = [(one.thing.kind, one.thing.id, one.name) for _, one in open_ones]
    return [number for number, one in open_ones if said.count((one.thing.kind, one.thing.id, one.name)) == 1]


def _next(dossier: Dossier, number: str) -> int | None:
    waiting = [at for at, one in enumerate(dossier.proposals) if one.state == "open"]
    after = [at for at in waiting if number.isdigit() and at > int(number)]
    return next(iter(after or waiting), None)


def _last_by(dossier: Dossier) -> str:
    return next((one.by for one in reversed(dossier.proposals) if one.by), "")


# -- shown ---------------------------------------------------------------------------------------------------------------------


def _shown(request: HttpRequest, lang: str, mine: Held, typed: Typed, status: int = 200) -> HttpResponse:
    lines, notices = _source(mine)
    rows = [_row(number, one, mine.dossier, lines, lang) for number, one in enumerate(mine.dossier.proposals)]
    plainly = set(_plainly_open(mine.dossier))
    return page(
        request,
        "portal/check_read.html.jinja",
        title=sayer(lang)("check.read-title"),
        status=status,
        noindex=True,
        held=mine,
        typed=typed,
        waiting=[one for one in rows if one["state"] == "open"],
        decided=[one for one in rows if one["state"] != "open"],
        all_count=len(plainly),
        plainly=plainly,
        source_name=mine.check.source_name,
        notices=[_told(one, lang) for one in notices],
    )


def _source(mine: Held) -> tuple[list[str], tuple[Notice, ...]]:
    """The lines of what was handed in, and what its reader noticed."""
    content = source_of(mine.check)
    lines = [] if content is None else lines_of(content)
    if not lines or not any(one.line for one in mine.dossier.proposals):
        return lines, ()
    try:
        return lines, card_from("\n".join(lines), mine.check.source_name, site_corpus().vocabulary).warnings
    except GuijuError:  # a dossier, which has no such notices
        return lines, ()


def _told(notice: Notice, lang: str) -> str:
    """A notice, a fact in it by what it is called."""
    declared = site_corpus().vocabulary.declared.get(str(notice.fields.get("fact", "")))
    if declared is None:
        return notice.message(lang)
    return replace(notice, fields={**notice.fields, "fact": label_of(declared, lang)}).message(lang)


def _row(number: int, one: Proposal, dossier: Dossier, lines: list[str], lang: str) -> dict[str, Any]:
    declared = site_corpus().vocabulary.declared[one.name]
    question = _question(one)
    found = [(each.number, in_language(each.labels, lang)) for each in choices_of(question)]
    return {
        "number": number,
        "state": one.state,
        "label": label_of(declared, lang),
        "value": proposal_words(declared, one, lang),
        "instead": _instead(one, dossier, lang) if one.state == "corrected" else "",
        "line": one.line,
        "source": one.source or "",
        "excerpt": one.excerpt,
        "around": _around(one, lines),
        "confidence": one.confidence,
        "by": one.by,
        "on": words(parse_partial(one.on), lang) if one.on else "",
        "choices": found,
        "several": question.expects == "some-of",
        "expected": expected(question, lang),
    }


def _instead(one: Proposal, dossier: Dossier, lang: str) -> str:
    """What stands in the world where a proposal was corrected; empty where that was taken back since."""
    declared = site_corpus().vocabulary.declared[one.name]
    thing = thing_at(dossier.world, one.thing.kind, one.thing.id)
    given = thing.given.get(one.name) if thing is not None else None
    return value_words(declared, given.value, lang) if given is not None and declared.kind != "relation" else ""


def _around(one: Proposal, lines: list[str]) -> list[tuple[int, str, bool]]:
    """The line of a proposal and those beside it; nothing where the source is not that of the proposal."""
    if not 1 <= one.line <= len(lines) or one.excerpt not in lines[one.line - 1]:
        return []
    first, last = max(1, one.line - AROUND), min(len(lines), one.line + AROUND)
    return [(at, _short(lines[at - 1], LONGEST if at == one.line else BESIDE), at == one.line) for at in range(first, last + 1)]


def _short(line: str, most: int) -> str:
    return line if len(line) <= most else line[:most] + "…"


def _question(one: Proposal) -> Question:
    declared: Declared = site_corpus().vocabulary.declared[one.name]
    return Question(one.name, one.thing, "fact", 0, 0, declared.ask or declared.label, declared=declared)
