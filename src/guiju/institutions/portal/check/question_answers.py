"""The answers of a check: what each says, who gave it and when, whether the result turns on it, and where to change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.assess import Question
from guiju.assess.interview import same_person
from guiju.assess.interview_words import question_text
from guiju.assess.plain import called
from guiju.calendars import parse_partial, words
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.portal.check.held import Held, held
from guiju.institutions.portal.check.question import Address, crumbs_of, desk_of
from guiju.norms import Declared, Thing
from guiju.subjects.errors import kind_words
from guiju.subjects.saying import rows_words, value_words
from guiju.wording import codes, in_language


@dataclass(frozen=True, slots=True)
class Given:
    """An answer of a list: the question, what is said, who says it and since when, the reasons, the address of the question."""

    text: str
    value: str
    by: str
    on: str
    reasons: str
    about: str
    at: Address
    address: str
    idle: bool


def answers(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """All answers, by what they are about."""
    found = held(key)
    listed = answers_of(found, lang)
    groups: dict[str, list[Given]] = {}
    for one in listed:
        groups.setdefault(one.about, []).append(one)
    return page(
        request,
        "portal/question_answers.html.jinja",
        title=sayer(lang)("question.answers-title"),
        noindex=True,
        groups=groups,
        count=len(listed),
        idle=sum(one.idle for one in listed),
        go_on=reverse("check-ask", args=(lang, key)),
        crumbs=(*crumbs_of(desk_of(request, found, lang))[:1], (sayer(lang)("question.answers-crumb"), "")),
    )


def answers_of(found: Held, lang: str) -> list[Given]:
    """Every answer that the dossier holds now."""
    idle = set(found.interview().idle())
    return [_given(found, lang, thing, declared, idle) for thing, declared in _said(found)]


def answered_by(given: list[Given], who: str) -> list[Given]:
    """The answers of one person."""
    return [one for one in given if one.by and same_person(one.by, who)]


def _said(found: Held) -> Iterator[tuple[Thing, Declared]]:
    vocabulary = found.dossier.world.vocabulary
    for thing in found.dossier.world.things:
        for relation in vocabulary.relations(thing.kind):
            named_rows = [row for row in thing.rows.get(relation.name, ()) if not row.anonymous]
            if relation.many and relation.ask and (named_rows or relation.name in thing.closed):
                yield thing, relation
        for name in thing.given:
            yield thing, vocabulary.declared[name]


def _given(found: Held, lang: str, thing: Thing, declared: Declared, idle: set[Address]) -> Given:
    at = (thing.kind, thing.id, declared.name)
    question = Question(declared.name, thing, "fact", 0, 0, declared.ask or declared.label, declared=declared)
    said = thing.given.get(declared.name)
    around = said or thing.listed.get(declared.name)
    on = around.on if around is not None and around.on else ""
    own = thing.anonymous and thing.kind == "party"
    part = f"check.part-{declared.name}"
    return Given(
        sayer(lang)(part) if own and part in codes(lang) else question_text(question, lang),
        value_words(declared, said.value, lang) if said is not None else _rows(thing, declared, lang),
        (around.by or "") if around is not None else "",
        words(parse_partial(on), lang) if on else "",
        (said.reasons or "") if said is not None else "",
        _about(thing, own, lang),
        at,
        reverse("check-question", args=(lang, found.key, *at)) if found.key else "",
        at in idle,
    )


def _rows(thing: Thing, relation: Declared, lang: str) -> str:
    listed = [called(row, lang, site_corpus()) for row in thing.rows.get(relation.name, ()) if not row.anonymous]
    return rows_words({"exactly": listed} if relation.name in thing.closed else listed, lang)


def _about(thing: Thing, own: bool, lang: str) -> str:
    """What an answer is about: by name, else by its kind; a party nobody has named is the reader's own."""
    if own:
        return sayer(lang)("question.your-organisation")
    return in_language(dict(kind_words(thing.kind)), lang) if thing.anonymous else called(thing, lang, site_corpus())
