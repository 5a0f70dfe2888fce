"""The page of a case from each side: where it stands, the time that runs, what can be done, what there is to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import now, words
from guiju.institutions.ethics.casework import acts_of, applicant_of, body_of, case_of, decisions_of, move
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.experts import opinions_of, seats_to_name
from guiju.institutions.ethics.in_words import (
    basis_words,
    capital,
    case_title,
    clock_words,
    committee_crumbs,
    committee_name,
    done_words,
    heading,
    lack_words,
    outcome_words,
    person_names,
    refusal_words,
    role_words,
    state_words,
    when_words,
)
from guiju.institutions.ethics.models import Attached, Case, Condition, Done
from guiju.institutions.ethics.paper_items import matters
from guiju.institutions.ethics.papers import file_type, handed_in, items_of, papers_of, read
from guiju.institutions.ethics.precedents import Precedent, precedents
from guiju.institutions.ethics.standing import moment_of, rules_of, standing_of
from guiju.institutions.ethics.views.sides import (
    APPLICANT,
    AUTHORITY,
    COMMITTEE,
    EXPERT,
    Side,
    asked_case,
    asked_expert,
    authority,
    follow,
)
from guiju.institutions.ethics.views.step_forms import fields_for, offer_named, read_said
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people.access import right
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.views.asking import TAKEN, Crumbs, Form, private_page, shown, typed_in, who
from guiju.institutions.register.documents import digest_of
from guiju.procedure import Act, Offer, Rules, Standing, day_of, offers, running
from guiju.wording import LANGUAGES, in_language


@right(case_of, body_of, GET="committee.case")
def case(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    """As the committee sees it."""
    return _page(request, lang, found, COMMITTEE)


@right(case_of, applicant_of, GET="application.read")
def application(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    """As the applicant sees it."""
    return _page(request, lang, found, APPLICANT)


@right(asked_case, authority, GET="re-review.read")
def rereview(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    """As the authority sees it that was asked for re-review."""
    return _page(request, lang, found, AUTHORITY)


@right(case_of, body_of, GET="committee.act", POST="committee.act")
def step(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    """A step of the committee."""
    return _step(request, lang, found, COMMITTEE)


@right(case_of, applicant_of, GET="application.write", POST="application.write")
def application_step(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    """A step of the applicant."""
    return _step(request, lang, found, APPLICANT)


@right(asked_case, authority, GET="re-review.answer", POST="re-review.answer")
def rereview_step(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    """A step of the authority."""
    return _step(request, lang, found, AUTHORITY)


@right(case_of, body_of, GET="committee.case")
def file(request: HttpRequest, _lang: str, found: Case) -> HttpResponse:
    """A file of the case."""
    return _file(request, found)


@right(case_of, applicant_of, GET="application.read")
def application_file(request: HttpRequest, _lang: str, found: Case) -> HttpResponse:
    """A file of the case."""
    return _file(request, found, drafts=True)


@right(asked_case, authority, GET="re-review.read")
def rereview_file(request: HttpRequest, _lang: str, found: Case) -> HttpResponse:
    """A file of the case."""
    return _file(request, found)


def opinion(request: HttpRequest, lang: str, case: str) -> HttpResponse:
    """As an expert of the re-review sees it."""
    return _page(request, lang, asked_expert(who(request), case), EXPERT)


def opinion_step(request: HttpRequest, lang: str, case: str) -> HttpResponse:
    """A step of an expert."""
    return _step(request, lang, asked_expert(who(request), case), EXPERT)


def opinion_file(request: HttpRequest, lang: str, case: str) -> HttpResponse:  # noqa: ARG001  # the view's shape
    """A file of the case."""
    return _file(request, asked_expert(who(request), case))


# -- the page -----------------------------------------------------------------------------------------------------


def crumbs_of(found: Case, side: Side, lang: str, *more: tuple[str, str]) -> Crumbs:
    """The way to a case, from its side."""
    say = sayer(lang)
    here = (case_title(found, lang), reverse(side.case, args=(lang, found.public_id)) if more else "")
    if side is COMMITTEE:
        return committee_crumbs(found.committee, lang, here, *more)
    return ((say("hall.place-desk"), f"/{lang}/desk/"), (say("ethics.title"), reverse("ethics", args=(lang,))), here, *more)


def _page(request: HttpRequest, lang: str, found: Case, side: Side) -> HttpResponse:
    say, rules = sayer(lang), rules_of(found.committee)
    standing = standing_of(found.committee)
    stands = standing.cases.get(found.public_id)
    if stands is None and side is not APPLICANT:
        raise Http404  # a draft is nobody else's
    person = who(request)
    asked = Act("", moment_of(standing), person.public_id, found.public_id, {}, side.behalf(found))
    steps = follow(rules, standing, asked, side) if stands else []
    clocks = running(rules, standing, found.public_id, now()) if stands else ()
    rows = list(acts_of(found).select_related("committee"))
    decisions = list(decisions_of(found))
    inner = side is COMMITTEE and not _aside(standing, found, person.public_id)
    digest = stands.digest if stands else ""
    return private_page(
        request,
        "ethics/case.html.jinja",
        title=case_title(found, lang),
        crumbs=crumbs_of(found, side, lang),
        example=found.example or request.user.example,  # type: ignore[union-attr]  # only people are given this page
        case=found,
        side=side.name,
        state=capital(state_words(rules, stands.state, lang) if stands else say("ethics.state-draft")),
        about=[
            (say("ethics.committee"), committee_name(found.committee, lang)),
            (say("ethics.applicant"), name_in(found.applicant.name, lang)),
            (say("ethics.kind"), say(f"ethics.kind-{found.kind}")),
        ],
        clocks=[clock_words(rules, one, lang) for one in clocks],
        can=[_offer(one, rules, found, side, lang) for one in steps if one.mine],
        others=[(heading(one.step.words, lang), role_words(rules, one.step.by, lang)) for one in steps if not one.mine],
        papers=papers_words(found, digest, side, lang),
        conditions=[_condition(one, side, lang) for one in found.conditions.select_related("met_by").order_by("number")],
        precedents=[_precedent(one, lang) for one in precedents(found)] if inner and stands else [],
        acts=[done_words(one, lang, named=named) for one, named in _happened(rows, rules, side, inner, person.public_id)],
        experts=_experts(found, lang) if side is AUTHORITY and stands else [],
        opinions=_opinions(found, standing) if inner else [],
        letters=[_letter(one, found, side, rules, lang) for one in reversed(decisions)] if side.letter else [],
        publish=reverse("ethics-publish", args=(lang, found.public_id)) if side is COMMITTEE and decisions else "",
        edit=reverse("application-edit", args=(lang, found.public_id)) if side is APPLICANT else "",
    )


def _happened(rows: Sequence[Done], rules: Rules, side: Side, inner: bool, person: str) -> Iterator[tuple[Done, bool]]:
    """What a reader is told of, and whether with names: each body reads what it keeps within itself, an expert what they said.

    What experts of another authority said, that was asked before, this one does not read.
    """
    asked = max((one.number for one in rows if "parties" in one.gives), default=0)
    for row in rows:
        step = rules.steps[row.step]
        if not step.inside:
            yield row, inner
        elif set(step.by) & set(rules.posts):
            if inner:
                yield row, True
        elif row.number > asked and (side is AUTHORITY or (side is EXPERT and row.by == person)):
            yield row, True


def _experts(found: Case, lang: str) -> list[tuple[str, str]]:
    """The experts who were named, what each said, and whose seat has ended."""
    say, named = sayer(lang), opinions_of(found)
    names, seated = person_names(named), set(seats_to_name(found).values_list("person__public_id", flat=True))
    told = {one: say(f"ethics.opinion-{said or 'none'}") for one, said in named.items()}
    return [
        (names.get(one, one), f"{said} · {say('ethics.expert-no-seat')}" if one not in seated else said)
        for one, said in told.items()
    ]


def _said_by_experts(found: Case, lang: str) -> list[str]:
    """What the experts said themselves, on which an answer then rests."""
    told = [f"{name} · {said}" for name, said in _experts(found, lang)]
    return [sayer(lang)("ethics.experts-lead"), *told] if told else []


def _aside(standing: Standing, found: Case, person: str) -> bool:
    """Whether somebody of the committee is a party to the case, or withdrew from it: what others think of it is not theirs."""
    stands = standing.cases.get(found.public_id)
    if stands is None:
        return False
    mine = {one.id for one in standing.seats.values() if one.person == person}
    return bool(standing.aside(stands) & mine) or any(person in who for who in stands.parties.values())


def _condition(one: Condition, side: Side, lang: str) -> dict[str, Any]:
    """A condition and, where it is met, what shows it; a file of the case opens from its name."""
    file = one.met_by.words.get("evidence_file") if one.met_by else None
    href = reverse(side.file, args=(lang, one.case.public_id)) + f"?digest={file['digest']}" if file else ""
    return {"row": one, "file": {"name": file["name"], "href": href} if file else None}


def _letter(decision: Done, found: Case, side: Side, rules: Rules, lang: str) -> dict[str, str]:
    """The letter of a decision: what was decided, on which day."""
    outcome, step = str(decision.gives.get("outcome", "")), rules.steps[decision.step]
    return {
        "title": capital(outcome_words(outcome, lang)) if outcome else heading(step.words, lang),
        "day": words(day_of(rules, decision.at), lang),
        "href": reverse(side.letter, args=(lang, found.public_id)) + f"?act={decision.number}",
    }


def _offer(one: Offer, rules: Rules, found: Case, side: Side, lang: str) -> dict[str, Any]:
    return {
        "title": heading(one.step.words, lang),
        "href": reverse(side.step, args=(lang, found.public_id)) + f"?step={one.step.name}" if one.open else "",
        "basis": basis_words(one.step.basis, lang),
        "lacks": [lack_words(rules, lack, lang) for lack in one.lacks],
    }


def _precedent(one: Precedent, lang: str) -> dict[str, Any]:
    known = matters()
    common = [in_language(known[name], lang) for name in sorted(one.common) if name in known]
    return {
        "title": case_title(one.case, lang),
        "href": reverse("ethics-case", args=(lang, one.case.public_id)),
        "outcome": outcome_words(one.outcome, lang) if one.outcome else "",
        "share": f"{round(100 * one.share)} %",
        "common": common,
        "reasons": str(one.decision.words.get("reasons", "")),
        "near": one.near,
    }


def _opinions(found: Case, standing: Standing) -> list[tuple[str, str]]:
    """Who was named as a reviewer, and the opinion of each."""
    panel = standing.cases[found.public_id].panel
    names = person_names(standing.seats[one].person for one in panel if one in standing.seats)
    return [(names.get(standing.seats[one].person, one), said) for one, said in panel.items() if one in standing.seats]


def papers_words(found: Case, digest: str, side: Side, lang: str) -> dict[str, Any] | None:
    """The papers of a digest, in words; None where nothing was handed in."""
    held = papers_of(found, digest) if digest else None
    if held is None:
        return None
    said = read(held)
    known, answers = matters(), said["answers"]
    href = reverse(side.file, args=(lang, found.public_id))
    return {
        "number": held.number,
        "when": when_words(rules_of(found.committee), held.at, lang),
        "digest": digest,
        "items": [
            {"title": in_language(one.words, lang), "paragraphs": [line for line in answers[one.id].split("\n") if line.strip()]}
            for one in items_of(found)
            if answers.get(one.id)
        ],
        "files": [{**one, "href": f"{href}?digest={one['digest']}"} for one in said["files"]],
        "matters": [in_language(known[one], lang) for one in said["matters"] if one in known],
        "system": said["system"],
        "older": found.papers.exclude(pk=held.pk).count(),
    }


# -- a step ---------------------------------------------------------------------------------------------------------------------


def _step(request: HttpRequest, lang: str, found: Case, side: Side) -> HttpResponse:
    name = request.GET.get("step", "")[:40]
    person, rules, standing = who(request), rules_of(found.committee), standing_of(found.committee)
    asked = Act("", moment_of(standing), person.public_id, found.public_id, {}, side.behalf(found))
    offer = offer_named(follow(rules, standing, asked, side), name)
    here = reverse(side.case, args=(lang, found.public_id))
    if offer is None:
        return _gone(request, lang, found, side, rules, name)
    if not offer.open:
        return _kept(request, lang, found, side, offer)
    form = step_form(found, offer, side, lang, _closed(rules, standing, asked, offer, lang))
    if request.method != "POST":
        return shown(request, lang, form)
    typed = typed_in(request, form.fields)
    try:
        said = read_said(found, offer.step, typed)
        taken = move(found, person, name, said, side.behalf(found))
    except TAKEN as problem:
        return refused_step(request, lang, form, typed, problem, rules)
    title, told = heading(offer.step.words, lang), _next(found, taken.standing, lang)
    if side is AUTHORITY and found.authority is None:
        here = reverse("ethics", args=(lang,))  # who said that they are no authority reads the case no more
    return shown_once(request, taken.receipt, here, title=title, next=told, zone=rules.place)


def _kept(request: HttpRequest, lang: str, found: Case, side: Side, offer: Offer) -> HttpResponse:
    """A step that nothing one could type would let be taken: what is missing, and who can supply it."""
    rules, title = rules_of(found.committee), heading(offer.step.words, lang)
    return private_page(
        request,
        "ethics/kept.html.jinja",
        title=title,
        status=409,
        crumbs=crumbs_of(found, side, lang, (title, "")),
        lacks=[lack_words(rules, one, lang) for one in offer.lacks],
        back=reverse(side.case, args=(lang, found.public_id)),
    )


def _closed(rules: Rules, standing: Standing, asked: Act, offer: Offer, lang: str) -> list[str]:
    """The outcomes that cannot be chosen now, and what keeps each: whoever wants one learns what to do instead."""
    say, found = sayer(lang), []
    for outcome in offer.step.outcomes:
        if outcome in offer.outcomes:
            continue
        alone = replace(offer.step, to={outcome: offer.step.to[outcome]})
        tried = replace(rules, steps={**rules.steps, alone.name: alone})
        kept = offer_named(offers(tried, standing, asked), alone.name)
        lacks = [_lack_line(lack_words(rules, one, lang), lang) for one in (kept.lacks if kept else ())]
        told = say("ethics.field-outcome-closed", outcome=outcome_words(outcome, lang))
        found.append(("" if lang == "zh" else " ").join([told, *lacks]))
    return found


def step_form(found: Case, offer: Offer, side: Side, lang: str, closed: Sequence[str] = ()) -> Form:
    """The form of a step; ``closed``: what is said of outcomes that cannot be chosen."""
    say = sayer(lang)
    title = heading(offer.step.words, lang)
    basis = basis_words(offer.step.basis, lang)
    here = reverse(side.case, args=(lang, found.public_id))
    lead = [say("ethics.step-of", case=case_title(found, lang)), say("ethics.rests-on", basis=basis["words"])]
    if basis["note"]:
        lead.append(basis["note"])
    if "digest" in offer.step.gives and side is APPLICANT:
        lead.append(say("ethics.hands-in-draft"))
    lead.extend(closed)
    if "group" in offer.step.gives:
        lead.extend(_said_by_experts(found, lang))
    return Form(
        "step", fields_for(found, offer, lang), crumbs_of(found, side, lang, (title, "")), here, title=title, lead=lead, go=title
    )


def _next(found: Case, standing: Standing, lang: str) -> str:
    rules = rules_of(found.committee)
    return sayer(lang)("ethics.now-stands", state=state_words(rules, standing.cases[found.public_id].state, lang))


def refused_step(request: HttpRequest, lang: str, form: Form, typed: Any, problem: Any, rules: Rules) -> HttpResponse:
    """The form again, with everything that is missing and who can supply it."""
    lines = [_lack_line(one, lang) for one in refusal_words(rules, problem, lang)]
    return shown(request, lang, Form(**{**_plain(form), "lead": [*lines, *form.lead]}), typed, problem)


def _lack_line(lack: Mapping[str, str], lang: str) -> str:
    """What is missing, on what that rests, how it is mended and by whom, as sentences."""
    missing = sayer(lang)("ethics.minutes-lack", words=lack["words"], clause=lack["clause"])
    return ("" if lang == "zh" else " ").join(part for part in (missing, lack["cure"], lack["who"]) if part)


def _plain(form: Form) -> dict[str, Any]:
    return {name: getattr(form, name) for name in form.__dataclass_fields__}


def _gone(request: HttpRequest, lang: str, found: Case, side: Side, rules: Rules, name: str) -> HttpResponse:
    """The step does not follow any more, or is somebody else's: the case as it stands, and that this is so."""
    say = sayer(lang)
    if name not in rules.steps:
        raise Http404
    step = rules.steps[name]
    title = heading(step.words, lang)
    here = reverse(side.case, args=(lang, found.public_id))
    problem = EthicsError("ethics.step-gone", status_code=409, step={one: heading(step.words, one) for one in LANGUAGES})
    form = Form(
        "step", [], crumbs_of(found, side, lang, (title, "")), here, title=title, lead=[say("ethics.step-gone-lead")], go=title
    )
    return shown(request, lang, form, {}, problem)


# -- files ---------------------------------------------------------------------------------------------------------------------


def _handed_in(found: Case, digest: str) -> bool:
    """Whether papers that were handed in name a file; what stands in a draft is the applicant's alone."""
    return any(one["digest"] == digest for one in handed_in(found))


def _file(request: HttpRequest, found: Case, *, drafts: bool = False) -> HttpResponse:
    digest = request.GET.get("digest", "").replace("\0", "")
    held = Attached.objects.select_related("document").filter(case=found, document_id=digest).first()
    if held is None or not (drafts or _handed_in(found, digest)):
        raise Http404
    content = held.document.bytes()
    assert digest_of(content) == digest, "a document never changes"
    answer = HttpResponse(content, content_type=file_type(held.name, content))
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quoted(held.name)}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def quoted(name: str) -> str:
    """A name of a file as a header has it (RFC 5987)."""
    return quote(name, safe="")
