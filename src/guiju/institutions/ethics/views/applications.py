"""An application: begun before a committee, drafted, with files, and handed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from guiju.institutions.ethics import casework, papers
from guiju.institutions.ethics.casework import applicant_of, case_of, committees_for, played
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.in_words import basis_words, committee_name, heading
from guiju.institutions.ethics.models import Case
from guiju.institutions.ethics.paper_items import kinds, matters
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.ethics.views.cases import crumbs_of, refused_step
from guiju.institutions.ethics.views.sides import APPLICANT
from guiju.institutions.ethics.views.step_forms import fields_for, read_said
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people.access import right
from guiju.institutions.people.models import Organisation, Person
from guiju.institutions.people.views.asking import TAKEN, Field, Form, Typed, asked, private_page, typed_in, who
from guiju.institutions.people.views.organisation_pages import find
from guiju.institutions.register.limits import clause_of
from guiju.institutions.register.systems import systems_of
from guiju.institutions.register.views.forms import onward, told
from guiju.institutions.register.views.systems import system_name
from guiju.procedure import APPLY, Offer
from guiju.wording import in_language, join_words


@right(find, GET="application.write", POST="application.write")
def new(request: HttpRequest, lang: str, mine: Organisation) -> HttpResponse:
    """Begin an application: before which committee, of what."""
    say, person = sayer(lang), who(request)
    open_ones = list(committees_for(mine))
    systems = [one for one in systems_of(person) if one.organisation_id == mine.pk and one.ended is None]
    fields = [
        Field(
            "committee",
            say("ethics.field-committee"),
            "radio",
            open_ones[0].body.public_id if len(open_ones) == 1 else "",
            options=[(one.body.public_id, committee_name(one, lang), "") for one in open_ones],
            required=True,
        ),
        Field(
            "title", say("ethics.field-title"), help=say("ethics.field-title-help"), required=True, attributes={"maxlength": 200}
        ),
        Field(
            "kind", say("ethics.kind"), "radio", options=[(one, say(f"ethics.kind-{one}"), "") for one in kinds()], required=True
        ),
    ]
    if systems:
        chosen = request.GET.get("system", "")
        options = [("", say("ethics.no-system"), ""), *((one.public_id, system_name(one, lang), "") for one in systems)]
        fields.append(Field("system", say("ethics.field-system"), "select", chosen, say("ethics.field-system-help"), options))
    lead = [say("ethics.apply-lead")] if open_ones else [say("ethics.no-committee"), say("ethics.no-committee-todo")]
    crumbs = ((say("hall.place-desk"), f"/{lang}/desk/"), (say("ethics.title"), reverse("ethics", args=(lang,))))
    back = reverse("ethics", args=(lang,))
    form = Form("apply", fields if open_ones else [], crumbs, back, prefix="ethics", lead=lead)

    def do(typed: Typed) -> HttpResponse:
        committee = next((one for one in open_ones if one.body.public_id == typed.get("committee")), None)
        if committee is None:
            raise EthicsError("ethics.no-choice", "committee")
        system = next((one for one in systems if one.public_id == typed.get("system")), None)
        made = casework.draft(mine, person, committee, typed["title"], typed["kind"], system)
        return onward(reverse("application-edit", args=(lang, made.public_id)))

    return asked(request, lang, form, do)


@right(case_of, applicant_of, GET="application.read", POST="application.write")
def edit(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    """The draft of the papers: saved, a file put to it or taken out."""
    problem = None
    if request.method == "POST":
        try:
            return _edited(request, lang, found)
        except TAKEN as wrong:
            problem = wrong
    say = sayer(lang)
    answers = found.draft.get("answers", {})
    typed = request.POST if request.method == "POST" else {**answers, "title": found.draft.get("title", found.title)}
    wrong_at = told(problem, lang)
    held = {one.document_id: one.name for one in found.attached.all()}
    drafted = played(found) is None
    return private_page(
        request,
        "ethics/papers.html.jinja",
        title=say("ethics.edit-title", title=found.title),
        crumbs=crumbs_of(found, APPLICANT, lang, (say("ethics.papers"), "")),
        example=found.example,
        case=found,
        named=typed.get("title", ""),
        fields=[_area(one, str(typed.get(one.id, "")), wrong_at["error_at"][one.id], lang) for one in papers.items_of(found)],
        matters=[(name, in_language(words, lang)) for name, words in matters().items()],
        held=request.POST.getlist("matters") if request.method == "POST" else found.draft.get("matters", found.matters),
        files=[(digest, held[digest]) for digest in found.draft.get("files", ()) if digest in held],
        revision=papers.revision_of(found),
        differing=_differing(found, problem, lang) if isinstance(problem, papers.DraftChangedError) else (),
        missing=[in_language(one.words, lang) for one in papers.missing(found)],
        apply=reverse("application-apply", args=(lang, found.public_id)) if drafted else "",
        back=reverse("application", args=(lang, found.public_id)),
        largest=papers.LARGEST_FILE // 1024**2,
        **wrong_at,
    )


def _area(item: Any, value: str, error: str, lang: str) -> dict[str, Any]:
    say = sayer(lang)
    clause = clause_of(item.norm, lang) if item.norm else ""
    rests = say("ethics.rests-on", basis=clause or say("ethics.basis-practice"))
    return {
        "field": Field(
            item.id,
            in_language(item.words, lang),
            "area",
            value,
            f"{in_language(item.help, lang)} {rests}",
            error=error,
            attributes={"rows": 7, "maxlength": papers.LONGEST_ANSWER},
        ),
    }


def _differing(found: Case, problem: papers.DraftChangedError, lang: str) -> list[tuple[str, str, str]]:
    """Part, what stands, what was sent; where the two differ."""
    say, stands, offered = sayer(lang), problem.stands, problem.offered
    parts = [
        (say("ethics.field-title"), stands.title, offered.title),
        (say("ethics.matters"), _matters(stands.matters, lang), _matters(offered.matters, lang)),
    ]
    for item in papers.items_of(found):
        named = in_language(item.words, lang)
        parts.append((named, stands.answers.get(item.id, ""), offered.answers.get(item.id, "")))
    return [(part, was or "–", mine or "–") for part, was, mine in parts if was != mine]


def _matters(chosen: Iterable[str], lang: str) -> str:
    return join_words([in_language(matters()[one], lang) for one in sorted(chosen)], lang)


def _save(found: Case, by: Person, given: QueryDict) -> None:
    """Keep what was typed, unless somebody saved since the page was shown."""
    revision = given.get("revision", "")
    seen = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else 0
    papers.save_draft(found, by, {**given.dict(), "matters": given.getlist("matters")}, seen)


def _edited(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    given, by = request.POST, who(request)
    here = reverse("application-edit", args=(lang, found.public_id))
    match given.get("do", ""):
        case "save" | "apply":
            _save(found, by, given)
            return onward(
                reverse("application-apply", args=(lang, found.public_id)) if given["do"] == "apply" else f"{here}#saved"
            )
        case "attach":
            _save(found, by, given)
            papers.attach(found, by, request.FILES.get("file"))
        case "detach":
            papers.detach(found, by, given.get("digest", ""))
        case _:
            raise EthicsError("ethics.no-choice")
    return onward(f"{here}#files")


@right(case_of, applicant_of, GET="application.write", POST="application.write")
def apply(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    """Hand the application in: what the rules ask to be said, and what keeps it."""
    say, rules = sayer(lang), rules_of(found.committee)
    step = rules.steps[APPLY]
    here = reverse("application", args=(lang, found.public_id))
    if played(found) is not None:
        return onward(here)
    title = heading(step.words, lang)
    lead = [say("ethics.apply-hand-in", committee=committee_name(found.committee, lang))]
    lead.append(say("ethics.rests-on", basis=basis_words(step.basis, lang)["words"]))
    fields = fields_for(found, Offer(step, True), lang)
    form = Form("apply", fields, crumbs_of(found, APPLICANT, lang, (title, "")), here, title=title, lead=lead, go=title)
    if request.method != "POST":
        return asked(request, lang, form, lambda _: onward(here))
    typed = typed_in(request, form.fields)
    try:
        taken = casework.move(found, who(request), APPLY, read_said(found, step, typed), found.applicant.org)
    except TAKEN as problem:
        return refused_step(request, lang, form, typed, problem, rules)
    told = {"title": say("ethics.applied", number=found.number), "next": say("ethics.applied-next")}
    return shown_once(request, taken.receipt, here, **told, zone=rules.place)
