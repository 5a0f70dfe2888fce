"""What everybody reads of ethics review: committees, their decisions as far as they are published, numbers, our own dossier.

Nothing here shows the title, the applicant or the system of a case, nor a name of anybody: only what was published.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju import record
from guiju.calendars import now, parse_day, words
from guiju.institutions.ethics.in_words import basis_words, committee_name, heading, lack_words, state_words
from guiju.institutions.ethics.models import Committee, Done, Publication
from guiju.institutions.ethics.own import own_dossier
from guiju.institutions.ethics.standing import rules_of, standing_of, standings_of
from guiju.institutions.ethics.statistics import (
    SHOWN,
    Decided,
    by_year,
    composition,
    count,
    decided,
    times,
)
from guiju.institutions.hall.acts import own_sql
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.people.naming import name_in
from guiju.logic import BoolType
from guiju.procedure import Parameter, Rules, day_of, defects
from guiju.wording import LANGUAGES, codes, in_language

PER_PAGE: Final = 20
LONGEST: Final = 100


# -- everything that is public -----------------------------------------------------------------------------------------------


def newest() -> QuerySet[Publication]:
    """Of each case what was published last, also where it was withdrawn since or says that the text is withheld."""
    last = Publication.objects.filter(case=OuterRef("case")).exclude(published=None).order_by("-number")
    found = Publication.objects.filter(pk=Subquery(last.values("pk")[:1]))
    return found.select_related("case__committee__body__organisation", "decision", "document")


def matching(typed: str = "", outcome: str = "") -> QuerySet[Publication]:
    """Those with each of some words in what they say, and of an outcome; who seeks finds only texts that stand."""
    found = newest()
    for word in typed.replace("\0", "").split():
        said = Q()
        for lang in LANGUAGES:
            said |= Q(**{f"title__{lang}__icontains": word}) | Q(**{f"summary__{lang}__icontains": word})
        found = found.filter(said, withdrawn=None, withheld=False)
    if outcome:
        found = found.filter(decision__gives__outcome=outcome, withdrawn=None, withheld=False)
    return found.order_by("case__example", "-published", "-pk")


def listed(request: HttpRequest, lang: str) -> HttpResponse:
    """Committees that chose to be public, and what is published of their decisions; ours is the first entry."""
    given = {name: request.GET.get(name, "").replace("\0", "").strip()[:LONGEST] for name in ("q", "outcome")}
    found = matching(given["q"], given["outcome"])
    total = found.count()
    last = max(1, -(-total // PER_PAGE))
    number = min(max(1, _number(request.GET.get("page", ""))), last)
    kept = {name: value for name, value in given.items() if value}
    committees = [_committee_row(one, lang) for one in public_committees()]
    return page(
        request,
        "ethics/public.html.jinja",
        title=_title(committees, newest(), lang),
        own=own_dossier() if not kept and number == 1 else None,
        rows=[row_of(one, lang) for one in found[(number - 1) * PER_PAGE : number * PER_PAGE]],
        count=total,
        given=given,
        filtered=bool(kept),
        outcomes=_outcomes(lang),
        number=number,
        last=last,
        pages_href=f"{request.path}?{urlencode({**kept, 'page': ''})}",
        committees=committees,
    )


def _crumbs(lang: str) -> tuple[tuple[str, str], ...]:
    say = sayer(lang)
    public = say("ethics.public-name"), reverse("ethics-public", args=(lang,))
    return (say("hall.place-register"), f"/{lang}/register/"), public


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _title(committees: list[dict[str, Any]], found: QuerySet[Publication], lang: str) -> str:
    published = found.filter(withheld=False, withdrawn=None).count()
    if not committees and not published:
        return sayer(lang)("ethics.public-title-none")
    return sayer(lang)(
        "ethics.public-title", committees=len(committees), decided=sum(one["decided"] for one in committees), published=published
    )


def public_committees() -> QuerySet[Committee]:
    """Committees that chose to be seen by everybody, examples last."""
    found = Committee.objects.filter(public=True).select_related("body__organisation")
    return found.order_by("body__example", "pk")


def _committee_row(one: Committee, lang: str) -> dict[str, Any]:
    counted = decided(one)
    return {
        "name": committee_name(one, lang),
        "unit": name_in(one.body.organisation.name, lang),
        "href": reverse("ethics-committee", args=(lang, one.body.public_id)),
        "rules": in_language(rules_of(one).title, lang),
        "decided": len(counted),
        "said": _counts(counted, lang),
        "ended": one.body.ended is not None,
        "example": one.body.example,
    }


def _counts(found: list[Decided], lang: str) -> str:
    sums = count(found)
    numbers = {name: sums.get(name, 0) for name in SHOWN}
    return sayer(lang)("ethics.public-counts", decided=len(found), **numbers)


def _outcomes(lang: str) -> list[tuple[str, str]]:
    """The outcomes of what is published, for the choice in the search."""
    known = newest().filter(withheld=False, withdrawn=None).values_list("decision__gives__outcome", flat=True)
    return [(one, how_words("", one, None, lang)) for one in sorted({str(one) for one in known if one})]


def how_words(step: str, outcome: str, rules: Rules | None, lang: str) -> str:
    """How something was decided: the outcome, or what the step is called that has only one."""
    if f"ethics.outcome-{outcome}" in codes(lang):
        return sayer(lang)(f"ethics.outcome-{outcome}")
    found = rules.steps.get(step) if rules else None
    return in_language(found.words, lang) if found else outcome.replace("_", " ")


def row_of(one: Publication, lang: str) -> dict[str, Any]:
    """A publication in a list: what it says, and where; withheld and withdrawn ones as what they are."""
    say, case = sayer(lang), one.case
    document = document_of(one)
    rules = rules_of(case.committee)
    title, spoken = _in_one(document.get("title", {}), lang)
    if one.withheld:
        title, spoken = say("ethics.public-withheld", reason=say(f"ethics.withheld-{one.reason}")), lang
    elif one.withdrawn:
        title, spoken = say("ethics.public-withdrawn"), lang
    made = document["decided"]
    return {
        "title": title,
        "lang": spoken,
        "href": reverse("ethics-decision", args=(lang, case.public_id)),
        "committee": name_in(document["committee"]["name"], lang),
        "on": words(parse_day(made["on"]), lang),
        "outcome": how_words(made["step"], made["outcome"], rules, lang),
        "governing": document["governing"],
        "example": case.example,
    }


def _in_one(text: Mapping[str, str], lang: str) -> tuple[str, str]:
    """A text in the reader's language, or in the one that it has; and which that is."""
    spoken = lang if text.get(lang) else next(iter(text), lang)
    return text.get(spoken, ""), spoken


def document_of(one: Publication) -> dict[str, Any]:
    """What was published."""
    assert one.document is not None
    found: dict[str, Any] = json.loads(one.document.bytes())
    return found


# -- one decision ------------------------------------------------------------------------------------------------------------


def told_of(document: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """What a document says, as a page shows it; before it is published as after."""
    say, made = sayer(lang), document["decided"]
    title, spoken = _in_one(document.get("title", {}), lang)
    summary, _ = _in_one(document.get("summary", {}), spoken)
    why, why_lang = _in_one(document.get("why", {}), lang)
    return {
        "withheld": document["withheld"],
        "title": title,
        "lang": spoken,
        "paragraphs": [line for line in summary.split("\n") if line.strip()],
        "reason": say(f"ethics.withheld-{document['reason']}") if document["withheld"] else "",
        "why": why,
        "why_lang": why_lang,
        "kind": say(f"ethics.kind-{document['kind']}") if "kind" in document else "",
        "governing": document["governing"],
        "committee": name_in(document["committee"]["name"], lang),
        "on": words(parse_day(made["on"]), lang),
    }


def _shown(case: str) -> Publication:
    """What stands of a case.

    :raises Http404: where nothing of it was published, whether there is such a case or not.
    """
    found = newest().filter(case__public_id=case).first()
    if found is None:
        raise Http404
    return found


def decision(request: HttpRequest, lang: str, case: str) -> HttpResponse:
    """A decision: its public text or why there is none, and how the case stands since."""
    one = _shown(case)
    say, rules = sayer(lang), rules_of(one.case.committee)
    document = document_of(one)
    e = told_of(document, lang)
    outcome = how_words(document["decided"]["step"], document["decided"]["outcome"], rules, lang)
    title = say("ethics.public-decision-title", title=e["title"], outcome=outcome)
    if one.withheld:
        title = say("ethics.public-withheld", reason=e["reason"])
    elif one.withdrawn:
        title = say("ethics.public-withdrawn")
    standing = standings_of([one.case.committee]).get(one.case.committee_id)  # what was published stands, whatever becomes of it
    stands = standing.cases.get(one.case.public_id) if standing else None
    example = one.case.example
    return page(
        request,
        "ethics/public_decision.html.jinja",
        title=title,
        noindex=example,
        example=example,
        crumbs=(*_crumbs(lang), (outcome, "")),
        e=e,
        outcome=outcome,
        one=one,
        state=state_words(rules, stands.state, lang) if stands else "",
        since=_since(one, rules, lang),
        withdrawn=words(day_of(rules, one.withdrawn), lang) if one.withdrawn else "",
        withdrawal=_in_one(one.withdrawal, lang),
        committee=reverse("ethics-committee", args=(lang, one.case.committee.body.public_id))
        if one.case.committee.public
        else "",
        proof=_proof(one, lang),
        file="" if one.withdrawn else reverse("ethics-decision-file", args=(lang, one.case.public_id)),
    )


def _since(one: Publication, rules: Rules, lang: str) -> list[dict[str, str]]:
    """What the committee decided in the case after what was published: each by what the rules call it, and its day."""
    later = Done.objects.filter(committee=one.case.committee, about=one.case.public_id, number__gt=one.decision.number)
    rows = [row for row in later.order_by("number") if _is_decision(rules, row)]
    return [
        {
            "when": words(day_of(rules, row.at), lang),
            "title": heading(rules.steps[row.step].words, lang),
            "text": how_words("", str(row.gives.get("outcome", "")), None, lang),
            "state": "past",
        }
        for row in rows
    ]


def _is_decision(rules: Rules, row: Done) -> bool:
    """Whether an act decides something of a case: by the committee, and with an outcome, or moving the case on."""
    step = rules.steps.get(row.step)
    if step is None or step.inside or "applicant" in step.by:
        return False
    return bool(step.outcomes) or (any(to != "same" for to in step.to.values()) and set(step.by) <= set(rules.votes))


def _proof(one: Publication, lang: str) -> str:
    """Where the record shows that this was published; empty while its place in the log is not settled."""
    if not one.receipt:  # an example: it stands in no record
        return ""
    found = record.entry_by_receipt(own_sql(), one.receipt)
    return "" if found.position is None else reverse("record-entry", args=(lang, found.position))


def file(request: HttpRequest, lang: str, case: str) -> HttpResponse:  # noqa: ARG001  # every view is given all
    """What was published, byte for byte: its digest stands in the record."""
    one = _shown(case)
    if one.document is None or one.withdrawn:
        raise Http404
    response = HttpResponse(one.document.bytes(), content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="decision.json"'
    return response


# -- one committee -----------------------------------------------------------------------------------------------------------


def committee(request: HttpRequest, lang: str, body: str) -> HttpResponse:
    """A committee: its rules, its charter, who sits in it in numbers, what it decided and how long it took."""
    mine = public_committees().filter(body__public_id=body).first()
    if mine is None:
        raise Http404
    say, rules = sayer(lang), rules_of(mine)
    counted = decided(mine)
    standing = standing_of(mine)
    taken = times(mine)
    name = committee_name(mine, lang)
    example = mine.body.example
    return page(
        request,
        "ethics/public_committee.html.jinja",
        title=say("ethics.public-committee-title", name=name, counts=_counts(counted, lang)),
        noindex=example,
        example=example,
        crumbs=(*_crumbs(lang), (name, "")),
        name=name,
        about=_about(mine, rules, lang),
        counts=_counts(counted, lang),
        years=[_year(year, rows, rules, lang) for year, rows in by_year(counted).items()],
        timed=any(one.usual and not one.every for one in rules.limits),
        taken=taken,
        median=f"{taken.median:g}" if taken else "",
        composition=_composition(mine, rules, lang),
        lacks=[lack_words(rules, one, lang) for one in defects(rules, standing, day_of(rules, now()))],
        charter=[_choice(one, standing.charter.get(name), lang) for name, one in rules.parameters.items()],
        decisions=[row_of(one, lang) for one in newest().filter(case__committee=mine).order_by("-published", "-pk")[:PER_PAGE]],
    )


def _about(mine: Committee, rules: Rules, lang: str) -> list[tuple[str, str]]:
    say = sayer(lang)
    found = [
        (say("ethics.public-unit"), name_in(mine.body.organisation.name, lang)),
        (say("ethics.public-rules"), in_language(rules.title, lang)),
        (say("ethics.public-founded"), words(mine.founded, lang)),
    ]
    if mine.registered is not None:
        found.append((say("ethics.public-registered"), words(mine.registered, lang)))
    found.append((say("ethics.public-takes"), say("ethics.public-takes-outside" if mine.outside else "ethics.public-takes-own")))
    if mine.body.ended is not None:
        found.append((say("ethics.public-ended"), words(day_of(rules, mine.body.ended), lang)))
    return found


def _year(year: int, rows: Mapping[tuple[str, str], Mapping[str, int]], rules: Rules, lang: str) -> dict[str, Any]:
    """A year as a table beside its bars, with the finding as its title."""
    say = sayer(lang)
    sums = {name: sum(one.get(name, 0) for one in rows.values()) for name in SHOWN}
    return {
        "title": say("ethics.public-year", year=year, decided=sum(sums.values()), **sums),
        "rows": [
            (how_words(step, outcome, rules, lang), [(say(f"ethics.shown-{name}"), one.get(name, 0)) for name in SHOWN])
            for (step, outcome), one in sorted(rows.items())
        ],
        "caption": say("ethics.public-year-caption", year=year),
    }


def _composition(mine: Committee, rules: Rules, lang: str) -> dict[str, Any]:
    """Who sits in it, in numbers alone."""
    found = composition(mine)
    return {
        "members": found.members,
        "posts": [(heading(rules.roles.get(post, {}), lang) or post, number) for post, number in found.posts.items()],
        "kinds": [(heading(one.words, lang), found.kinds[one.name]) for one in rules.categories],
    }


def _choice(one: Parameter, value: Any, lang: str) -> dict[str, Any]:
    """A choice of the charter: what it is about, what was chosen, what it rests on, and how else it could be read."""
    say = sayer(lang)
    if isinstance(one.type, BoolType):
        chosen = say("ethics.yes" if value else "ethics.no")
    elif isinstance(value, str) and f"ethics.choice-{value}" in codes(lang):
        chosen = say(f"ethics.choice-{value}")
    else:
        chosen = say("ethics.choice-open") if value is None else str(value)
    basis = basis_words(one.basis, lang)
    return {
        "what": heading(one.words, lang),
        "chosen": chosen,
        "basis": basis,
        "other": in_language(one.other, lang) if one.other else "",
    }


# -- our own dossier ---------------------------------------------------------------------------------------------------------


def own(request: HttpRequest, lang: str) -> HttpResponse:
    """This system as a tool of governing, by its own questions; no committee has reviewed it."""
    say, dossier = sayer(lang), own_dossier()
    title = in_language(dossier.title, lang)
    return page(
        request,
        "ethics/own.html.jinja",
        title=say("ethics.own-title", title=title),
        crumbs=(*_crumbs(lang), (title, "")),
        dossier=dossier,
    )
