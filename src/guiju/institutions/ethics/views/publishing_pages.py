"""What everybody is to read of a decision: written by the committee, read and published by somebody else of the unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import words
from guiju.institutions.ethics import publishing
from guiju.institutions.ethics.casework import body_of, case_of
from guiju.institutions.ethics.committees import committee_of, owner_of
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.in_words import case_title, committee_crumbs, committee_name
from guiju.institutions.ethics.models import Case, Committee, Publication
from guiju.institutions.ethics.publishing import LONGEST, LONGEST_NOTE, REASONS, ChangedError, Wanted, current, draft_of
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.ethics.views.public_pages import document_of, how_words, newest, row_of
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people.access import right
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.views.asking import TAKEN, Crumbs, Field, Form, Typed, asked, private_page, typed_in, who
from guiju.institutions.people.views.words import name_of
from guiju.institutions.register.views.forms import number_typed, onward, told
from guiju.procedure import day_of
from guiju.wording import LANGUAGES, GuijuError, join_words

TEXTS = ("title", "summary", "why")


# -- the committee -----------------------------------------------------------------------------------------------------------


@right(case_of, body_of, GET="committee.propose", POST="committee.propose")
def propose(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    """Write what everybody is to read of a decision, or that it is withheld and why."""
    typed = None
    problem: GuijuError | None = None
    if request.method == "POST":
        typed = typed_in(request, _fields(lang, Wanted(False), 0))
        try:
            publishing.propose(found, who(request), _wanted(typed), number_typed(str(typed["revision"])))
            return onward(reverse("ethics-publish", args=(lang, found.public_id)))
        except TAKEN as wrong:
            problem = wrong
    return _propose_page(request, lang, found, typed, problem)


def _propose_page(request: HttpRequest, lang: str, found: Case, typed: Typed | None, problem: GuijuError | None) -> HttpResponse:
    say, stored = sayer(lang), draft_of(found)
    closed = _closed(found, request)
    wrong = told(problem, lang) if closed is None else told(None, lang)
    revision = stored.revision if stored else 0
    if typed is not None and not isinstance(problem, ChangedError):
        revision = number_typed(
            str(typed["revision"])
        )  # what stood when the page was opened, until its reader has seen what stands
    begun = Wanted(False) if closed else _begun(found, stored)
    fields = _fields(lang, begun if typed is None else _wanted(typed), revision)
    at = wrong.pop("error_at")
    status = closed.status if closed and request.method == "POST" else wrong.pop("status")
    return private_page(
        request,
        "ethics/publish.html.jinja",
        title=say("ethics.publish-title"),
        status=status,
        crumbs=committee_crumbs(
            found.committee,
            lang,
            (case_title(found, lang), reverse("ethics-case", args=(lang, found.public_id))),
            (say("ethics.publish-title"), ""),
        ),
        example=found.example,
        errors=wrong["errors"],
        named=case_title(found, lang),
        standing=_standing(found, stored, lang),
        public=reverse("ethics-decision", args=(lang, found.public_id)) if current(found) else "",
        returned=stored.returned if stored else "",
        closed={"message": closed.message(lang), "hint": closed.hint(lang)} if closed else None,
        suggested=stored is None and current(found) is None and typed is None,
        differing=_differing(problem, lang) if isinstance(problem, ChangedError) else (),
        fields=[replace(one, error=at[one.name]) for one in fields],
        back=reverse("ethics-case", args=(lang, found.public_id)),
    )


def _closed(found: Case, request: HttpRequest) -> EthicsError | None:
    """Why nothing can be proposed at all; None where it can."""
    try:
        publishing.latest_of(found)
    except EthicsError as problem:
        return problem
    if not found.committee.public:
        return EthicsError("ethics.publish-not-shown", status_code=409)
    if publishing.writes_not(found, who(request)):
        return EthicsError("ethics.publish-aside", status_code=403)
    return None


def _standing(found: Case, stored: Publication | None, lang: str) -> str:
    """What is public, and what is proposed."""
    say, held = sayer(lang), current(found)
    name = "counted" if held is None else "withheld" if held.withheld else "withdrawn" if held.withdrawn else "published"
    public = say(f"ethics.publish-now-{name}")
    if stored is None:
        return public
    writers = join_words([name_of(one, lang) for one in stored.writers.order_by("pk")], lang)
    day = words(day_of(rules_of(found.committee), stored.written), lang)
    proposed = say("ethics.publish-proposed", who=writers, day=day)
    return proposed + public if lang == "zh" else f"{proposed} {public}"


def _begun(found: Case, stored: Publication | None) -> Wanted:
    """What the page begins with: what is proposed, what is public, or a suggestion."""
    held = stored or current(found)
    if held is None:
        return publishing.suggested(found)
    return Wanted(held.withheld, held.title, held.summary, held.reason, held.why)


def _wanted(typed: Typed) -> Wanted:
    texts: dict[str, dict[str, str]] = {name: {one: str(typed[f"{name}-{one}"]) for one in LANGUAGES} for name in TEXTS}
    return Wanted(typed["what"] == "withhold", texts["title"], texts["summary"], str(typed["reason"]), texts["why"])


def _fields(lang: str, wanted: Wanted, revision: int) -> list[Field]:
    """The fields of a proposal; the reader's language first."""
    say = sayer(lang)
    ways = [(one, say(f"ethics.publish-{one}"), say(f"ethics.publish-{one}-help")) for one in ("publish", "withhold")]
    fields = [Field("what", say("ethics.publish-what"), "radio", "withhold" if wanted.withheld else "publish", options=ways)]
    languages = LANGUAGES if lang == "zh" else LANGUAGES[::-1]
    fields += [_text("title", one, wanted.title, lang) for one in languages]
    fields += [_text("summary", one, wanted.summary, lang) for one in languages]
    reasons = [(one, say(f"ethics.withheld-{one}"), "") for one in REASONS]
    fields.append(
        Field("reason", say("ethics.publish-reason"), "radio", wanted.reason, say("ethics.publish-reason-help"), reasons)
    )
    fields += [_text("why", one, wanted.why, lang) for one in languages]
    return [*fields, Field("revision", "", "hidden", str(revision))]


def _text(name: str, language: str, text: Mapping[str, str], lang: str) -> Field:
    say = sayer(lang)
    label = say(f"ethics.publish-{name}-{language}")
    attributes: dict[str, Any] = {"maxlength": LONGEST[name]}
    if name == "title":
        return Field(f"{name}-{language}", label, "text", text.get(language, ""), attributes=attributes, lang=_tag(language))
    attributes["rows"] = 8 if name == "summary" else 4
    return Field(f"{name}-{language}", label, "area", text.get(language, ""), attributes=attributes, lang=_tag(language))


def _tag(language: str) -> str:
    return "zh-Hans" if language == "zh" else language


def _differing(problem: ChangedError, lang: str) -> list[tuple[str, str, str]]:
    """Part, what stands, what was sent; where the two differ."""
    say, stored, offered = sayer(lang), problem.stored, problem.offered
    found: list[tuple[str, str, str]] = []
    if (stored.withheld, stored.reason) != (offered.withheld, offered.reason):
        was, mine = _way(stored.withheld, stored.reason, lang), _way(offered.withheld, offered.reason, lang)
        found.append((say("ethics.publish-what"), was, mine))
    for name in TEXTS:
        for one in LANGUAGES:
            was, mine = getattr(stored, name).get(one, ""), getattr(offered, name).get(one, "")
            if was != mine:
                found.append((say(f"ethics.publish-{name}-{one}"), was or "–", mine or "–"))
    return found


def _way(withheld: bool, reason: str, lang: str) -> str:
    say = sayer(lang)
    return say("ethics.public-withheld", reason=say(f"ethics.withheld-{reason}")) if withheld else say("ethics.publish-publish")


# -- the unit ----------------------------------------------------------------------------------------------------------------


@right(committee_of, owner_of, GET="committee.publish")
def unit(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:
    """What waits for an approver of the unit, and what is public."""
    say = sayer(lang)
    waiting = Publication.objects.filter(case__committee=mine, published=None, returned="")
    waiting = waiting.select_related("case__committee__body__organisation", "case__applicant", "decision").order_by(
        "written", "pk"
    )
    published = newest().filter(case__committee=mine).order_by("-published", "-pk")
    return private_page(
        request,
        "ethics/publish_unit.html.jinja",
        title=say("ethics.publish-unit-title"),
        crumbs=unit_crumbs(mine, lang),
        example=mine.body.example,
        name=committee_name(mine, lang),
        waiting=[_waits(one, lang) for one in waiting],
        published=[_stands(one, lang) for one in published],
    )


def unit_crumbs(mine: Committee, lang: str, *more: tuple[str, str]) -> Crumbs:
    """The way of an approver, who need not have a seat in the committee."""
    say = sayer(lang)
    here = reverse("ethics-publish-unit", args=(lang, mine.body.public_id)) if more else ""
    way = ((say("hall.place-desk"), f"/{lang}/desk/"), (say("ethics.title"), reverse("ethics", args=(lang,))))
    return (*way, (say("ethics.publish-unit-title"), here), *more)


def _waits(one: Publication, lang: str) -> dict[str, str]:
    spoken = lang if one.title.get(lang) else next(iter(one.title), lang)
    title = one.title.get(spoken, "") or _way(one.withheld, one.reason, lang)
    writers = join_words([name_of(writer, lang) for writer in one.writers.order_by("pk")], lang)
    day = words(day_of(rules_of(one.case.committee), one.written), lang)
    return {
        "title": title,
        "lang": spoken,
        "number": one.case.number,
        "said": sayer(lang)("ethics.publish-written", who=writers, day=day),
        "href": reverse("ethics-release", args=(lang, one.case.committee.body.public_id, one.case.public_id)),
    }


def _stands(one: Publication, lang: str) -> dict[str, str]:
    row = row_of(one, lang)
    can = not one.withheld and one.withdrawn is None
    here = (lang, one.case.committee.body.public_id, one.case.public_id)
    return {
        "title": row["title"],
        "lang": row["lang"],
        "number": one.case.number,
        "said": row["outcome"],
        "public": row["href"],
        "href": reverse("ethics-withdraw", args=here) if can else "",
    }


def text_of(body: str, case: str) -> Case:
    """The case of an address of the unit's.

    :raises Http404: where the committee has none such.
    """
    found = case_of(case)
    if found.committee.body.public_id != body:
        raise Http404
    return found


@right(text_of, body_of, GET="committee.publish", POST="committee.publish")
def release(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    """Read what is proposed, all of it, and publish just that or send it back."""
    if not found.publications.exists():  # of a case with nothing proposed the unit learns nothing
        raise Http404
    problem: GuijuError | None = None
    if request.method == "POST":
        try:
            return _released(request, lang, found)
        except TAKEN as wrong:
            problem = wrong
    draft = draft_of(found)
    draft = None if draft is None or draft.returned else draft
    say, wrong_at = sayer(lang), told(problem, lang)
    at = wrong_at.pop("error_at")
    note = request.POST.get("note", "")
    return private_page(
        request,
        "ethics/publish_read.html.jinja",
        title=say("ethics.publish-read-title", number=found.number),
        crumbs=unit_crumbs(found.committee, lang, (found.number, "")),
        example=found.example,
        written=_waits(draft, lang)["said"] if draft else "",
        said=_sheets(draft, lang) if draft else [],
        reason=say(f"ethics.withheld-{draft.reason}") if draft and draft.withheld else "",
        about=_about(draft, lang) if draft else [],
        seen=publishing.seen_of(draft) if draft else "",
        revision=draft.revision if draft else 0,
        why_not=_why_not(draft, request, lang) if draft else "",
        note=Field(
            "note",
            say("ethics.publish-note"),
            "area",
            note,
            say("ethics.publish-note-help"),
            (),
            True,
            {"maxlength": LONGEST_NOTE},
            at["note"],
        ),
        back=reverse("ethics-publish-unit", args=(lang, found.committee.body.public_id)),
        **wrong_at,
    )


def _released(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    say, given, person = sayer(lang), request.POST, who(request)
    revision = number_typed(given.get("revision", ""))
    here = reverse("ethics-publish-unit", args=(lang, found.committee.body.public_id))
    match given.get("do", ""):
        case "publish":
            receipt = publishing.publish(found, person, revision, given.get("seen", ""))
            return shown_once(request, receipt, here, say("ethics.publish-next"), zone=rules_of(found.committee).place)
        case "return":
            receipt = publishing.send_back(found, person, revision, given.get("note", ""))
            return shown_once(request, receipt, here, say("ethics.publish-returned-next"), zone=rules_of(found.committee).place)
    raise EthicsError("ethics.no-choice")


def _sheets(draft: Publication, lang: str) -> list[dict[str, Any]]:
    """What would be published, in each of its languages."""
    text = draft.why if draft.withheld else draft.summary
    return [
        {"lang": one, "title": draft.title.get(one, ""), "paragraphs": [line for line in text[one].split("\n") if line.strip()]}
        for one in sorted(text, key=lambda one: one != lang)
    ]


def _about(draft: Publication, lang: str) -> list[tuple[str, str]]:
    """What else would be read on the public page."""
    say, document = sayer(lang), publishing.told(draft)
    rules = rules_of(draft.case.committee)
    made = document["decided"]
    found = [
        (say("ethics.committee"), name_in(document["committee"]["name"], lang)),
        (say("ethics.public-decided-on"), words(day_of(rules, draft.decision.at), lang)),
        (say("ethics.public-outcome"), how_words(made["step"], made["outcome"], rules, lang)),
    ]
    if "kind" in document:
        found.append((say("ethics.kind"), say(f"ethics.kind-{document['kind']}")))
    if document["governing"]:
        found.append((say("ethics.publish-marked"), say("ethics.public-governing")))
    return found


def _why_not(draft: Publication, request: HttpRequest, lang: str) -> str:
    """Why the reader cannot publish it; empty where they can."""
    if not draft.writers.filter(pk=who(request).pk).exists():
        return ""
    say, names = sayer(lang), publishing.publishers(draft)
    return say(
        "ethics.publish-own-short",
        who=say("ethics.publish-these", names=join_words(names, lang)) if names else say("ethics.publish-nobody"),
    )


@right(text_of, body_of, GET="committee.publish", POST="committee.publish")
def withdraw(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    """Withdraw what is public, with the reason that everybody reads."""
    say = sayer(lang)
    held = current(found)
    if held is None:
        raise Http404
    back = reverse("ethics-publish-unit", args=(lang, found.committee.body.public_id))
    fields = [_text("why", one, {}, lang) for one in (LANGUAGES if lang == "zh" else LANGUAGES[::-1])]
    way = unit_crumbs(found.committee, lang, (say("ethics.withdraw-text-title"), ""))
    title = next(iter(document_of(held).get("title", {}).values()), "")
    facts = [(say("ethics.publish-text"), title)] if title and not held.withdrawn else []
    form = Form("withdraw-text", fields, way, back, facts=facts, main=False, prefix="ethics")

    def do(typed: Typed) -> HttpResponse:
        receipt = publishing.withdraw(found, who(request), {one: str(typed[f"why-{one}"]) for one in LANGUAGES})
        return shown_once(request, receipt, back, say("ethics.withdraw-text-next"), zone=rules_of(found.committee).place)

    return asked(request, lang, form, do)
