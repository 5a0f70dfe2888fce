"""Minutes and letters of decision on pages, made to be printed; and the templates a unit gives them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import words
from guiju.institutions.ethics import letters, meetings
from guiju.institutions.ethics.casework import applicant_of, body_of, case_of, decisions_of, played
from guiju.institutions.ethics.committees import committee_of
from guiju.institutions.ethics.committees import owner_of as owner_of_committee
from guiju.institutions.ethics.decision_letters import example, letter, newest_decision
from guiju.institutions.ethics.decision_letters import values as letter_values
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.in_words import case_title, committee_crumbs, committee_name, state_words
from guiju.institutions.ethics.letters import KINDS, Block, Kind, Value, built_in, field_name, filled
from guiju.institutions.ethics.meetings import meeting_of, owner_of, sitting_of
from guiju.institutions.ethics.minutes import minutes as drafted
from guiju.institutions.ethics.minutes import values as minutes_values
from guiju.institutions.ethics.models import Case, Committee, Meeting
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.ethics.views.cases import crumbs_of
from guiju.institutions.ethics.views.sides import APPLICANT, COMMITTEE, Side
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people.access import right, rights
from guiju.institutions.people.views.asking import TAKEN, private_page, who
from guiju.institutions.register.views.forms import onward, told
from guiju.procedure import day_of
from guiju.wording import LANGUAGES


@right(meeting_of, owner_of, GET="committee.case", POST="committee.act")
def minutes(request: HttpRequest, lang: str, found: Meeting) -> HttpResponse:
    """The minutes as they now stand; the secretary adds notes."""
    say, problem = sayer(lang), None
    here = reverse("meeting-minutes", args=(lang, found.public_id))
    standing = standing_of(found.committee)
    seat = meetings.seat_of(found.committee, standing, who(request))
    writes = seat is not None and seat.post == "secretary"
    if request.method == "POST":
        try:
            if not writes:
                raise EthicsError("ethics.notes-not-yours", status_code=409)
            meetings.note(found, who(request), request.POST.get("notes", ""), request.POST.get("seen", ""))
            return onward(f"{here}#notes")
        except TAKEN as wrong:
            problem = wrong
    sitting = sitting_of(found, standing)
    day = words(meetings.day_held(found, sitting), lang)
    way = (say("ethics.meeting"), reverse("meeting", args=(lang, found.public_id)))
    return private_page(
        request,
        "ethics/minutes.html.jinja",
        title=say("ethics.minutes-title", committee=committee_name(found.committee, lang), day=day),
        crumbs=committee_crumbs(found.committee, lang, way, (say("ethics.minutes"), "")),
        example=found.committee.body.example,
        blocks=drafted(found, lang),
        state=sitting.state,
        writes=writes,
        notes=request.POST.get("notes", "") if problem else found.notes,
        seen=found.notes,
        **told(problem, lang),
    )


# -- letters -------------------------------------------------------------------------------------------------------------------


@right(case_of, body_of, GET="committee.case")
def ethics_letter(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    """The letter of a decision, for the committee: of the one that the address names by its act, else of the last."""
    return _letter(request, lang, found, COMMITTEE)


@right(case_of, applicant_of, GET="application.read")
def application_letter(request: HttpRequest, lang: str, found: Case) -> HttpResponse:
    """The same for the applicant."""
    return _letter(request, lang, found, APPLICANT)


def _letter(request: HttpRequest, lang: str, found: Case, side: Side) -> HttpResponse:
    decisions, stands = list(decisions_of(found)), played(found)
    asked = request.GET.get("act") or (str(decisions[-1].number) if decisions else "")
    decision = next((one for one in decisions if str(one.number) == asked), None)
    if decision is None or stands is None:
        raise Http404
    say, rules = sayer(lang), rules_of(found.committee)
    notes = [say("ethics.now-stands", state=state_words(rules, stands.state, lang))]
    if decision != decisions[-1]:
        notes.append(say("ethics.letter-later", day=words(day_of(rules, decisions[-1].at), lang)))
    return private_page(
        request,
        "ethics/letter.html.jinja",
        title=say("ethics.letter-title", case=case_title(found, lang)),
        crumbs=crumbs_of(found, side, lang, (say("ethics.letter"), "")),
        example=found.example,
        blocks=letter(found, decision, lang),
        notes=notes,
    )


# -- templates -----------------------------------------------------------------------------------------------------------------


@right(committee_of, owner_of_committee, GET="committee.set-up", POST="committee.set-up")
def templates(request: HttpRequest, lang: str, mine: Committee) -> HttpResponse:
    """The unit's own templates: written, tried, kept."""
    say, problem, preview = sayer(lang), None, []
    typed = _typed(request, mine)
    if request.method == "POST":
        try:
            if request.POST.get("do") == "keep":
                receipt = letters.keep(mine, who(request), typed)
                here = reverse("committee-templates", args=(lang, mine.body.public_id))
                done, then = say("ethics.templates-kept"), say("ethics.templates-next")
                return shown_once(request, receipt, here, title=done, next=then, zone=rules_of(mine).place)
            sees = "committee.case" in rights(who(request), mine.body)
            preview = _previews(mine, typed, sees)
        except TAKEN as wrong:
            problem = wrong
    return private_page(
        request,
        "ethics/letter_templates.html.jinja",
        title=say("ethics.templates-title", committee=committee_name(mine, lang)),
        crumbs=committee_crumbs(mine, lang, (say("ethics.templates"), "")),
        example=mine.body.example,
        kinds=[_kind(kind, typed, lang) for kind in KINDS],
        previews=preview,
        back=reverse("committee", args=(lang, mine.body.public_id)),
        most=letters.LONGEST,
        **told(problem, lang),
    )


def _typed(request: HttpRequest, mine: Committee) -> dict[tuple[Kind, str], str]:
    """What is in the fields: what was typed, else the committee's own or the built-in templates."""
    post = request.POST
    return {
        (kind, lang): post.get(field_name(kind, lang), "") if request.method == "POST" else letters.template_of(mine, kind, lang)
        for kind in KINDS
        for lang in LANGUAGES
    }


def _kind(kind: Kind, typed: dict[tuple[Kind, str], str], lang: str) -> dict[str, Any]:
    say = sayer(lang)
    names = letters.names_for(kind)
    return {
        "kind": kind,
        "title": say(f"ethics.template-{kind}"),
        "names": [(letters.written(name, words, lang), words[lang]) for name, words in names.items()],
        "fields": [
            {"name": field_name(kind, one), "lang": one, "label": say(f"ethics.template-in-{one}"), "value": typed[kind, one]}
            for one in LANGUAGES
        ],
    }


def _previews(mine: Committee, typed: dict[tuple[Kind, str], str], sees: bool) -> list[dict[str, Any]]:
    """Every template, filled: with the newest decision and meeting where the reader sees cases, else with an example."""
    return [
        {"kind": kind, "lang": lang, "blocks": _preview(mine, kind, text, lang, sees)} for (kind, lang), text in typed.items()
    ]


def _preview(mine: Committee, kind: Kind, text: str, lang: str, sees: bool) -> list[Block]:
    checked = letters.check(kind, text, field_name(kind, lang)) or built_in(kind, lang)
    return filled(kind, checked, _values(mine, kind, lang, sees), lang)


def _values(mine: Committee, kind: Kind, lang: str, sees: bool) -> Any:
    if not sees:
        return example(lang) if kind == "letter" else _example_minutes(lang)
    if kind == "letter":
        cases = list(
            Case.objects.select_related("committee__body__organisation", "applicant").filter(committee=mine).order_by("-pk")[:50]
        )
        found = newest_decision(cases)
        return letter_values(found[0], found[1], lang) if found else example(lang)
    meeting = mine.meetings.select_related("committee__body__organisation").order_by("-pk").first()
    return minutes_values(meeting, lang) if meeting else _example_minutes(lang)


def _example_minutes(lang: str) -> dict[str, Value]:
    names = letters.names_for("minutes")
    return {name: sayer(lang)("ethics.example-value", what=text[lang]) for name, text in names.items()}
