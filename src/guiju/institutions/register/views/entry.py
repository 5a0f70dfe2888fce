"""The public part of a system at the desk: written by editors, read and published by somebody else, withdrawn."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.calendars import words
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people.access import right
from guiju.institutions.people.views.asking import Field, Typed
from guiju.institutions.people.views.words import name_of
from guiju.institutions.register import entries, publishing
from guiju.institutions.register.entries import LONGEST, PARTS, EntryChangedError, draft_of
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.models import Entry, System
from guiju.institutions.register.systems import owner_of, system_of
from guiju.institutions.register.views.forms import asked, both, form_of, number_typed, onward, told, who
from guiju.institutions.register.views.public import told_of
from guiju.institutions.register.views.systems import crumbs, desk_page, system_name
from guiju.wording import LANGUAGES


@right(system_of, owner_of, GET="system.edit", POST="system.edit")
def write(request: HttpRequest, lang: str, system: System) -> HttpResponse:
    """Write the draft; two people at once are shown the difference."""
    problem: RegisterError | EntryChangedError | None = None
    stored = draft_of(system)
    if request.method == "POST":
        try:
            _save(request, system)
            return onward(reverse("system-draft", args=(lang, system.public_id)))
        except (RegisterError, EntryChangedError) as wrong:
            problem = wrong
    say = sayer(lang)
    changed = isinstance(problem, EntryChangedError)
    shown = _typed(request) if problem else _begun(system, stored)
    return desk_page(
        request,
        "entry_write",
        system,
        title=say("registry.write-title", name=system_name(system, lang)),
        crumbs=crumbs(system, lang, (say("registry.public-part"), "")),
        parts=PARTS,
        languages=LANGUAGES if lang == "zh" else LANGUAGES[::-1],
        shown=shown,
        stored=stored,
        differing=_differing(problem) if isinstance(problem, EntryChangedError) else (),
        changed=changed,
        revision=stored.revision if stored else 0,
        results=[
            (one.number, words(one.on, lang), one.version.number)
            for one in system.results.select_related("version").order_by("-number")[:20]
        ],
        longest=LONGEST,
        **told(problem, lang),
    )


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {
        "words": {part: both(request, part) for part in PARTS},
        "result": number_typed(request.POST.get("result", "")),
    }


def _begun(system: System, stored: Entry | None) -> dict[str, Any]:
    """What the page begins with: the draft, or what is published."""
    found = stored or entries.current(system)
    said = found.words if found else {}
    return {
        "words": {part: {lang: said.get(part, {}).get(lang, "") for lang in LANGUAGES} for part in PARTS},
        "result": found.result.number if found and found.result else 0,
    }


def _save(request: HttpRequest, system: System) -> Entry:
    typed = _typed(request)
    result = system.results.select_related("version").filter(number=typed["result"]).first() if typed["result"] else None
    if typed["result"] and result is None:
        raise RegisterError("registry.entry-result", field="result")
    revision = number_typed(request.POST.get("revision", ""))
    return entries.save_draft(system, typed["words"], who(request), revision, result.version if result else None, result)


def _differing(problem: EntryChangedError) -> list[tuple[str, str, str, str]]:
    """Part, language, what stands, what was sent; where the two differ."""
    stored, offered = problem.stored.words, problem.offered
    return [
        (part, lang, stored.get(part, {}).get(lang, ""), offered.get(part, {}).get(lang, ""))
        for part in PARTS
        for lang in LANGUAGES
        if stored.get(part, {}).get(lang, "") != offered.get(part, {}).get(lang, "")
    ]


@right(system_of, owner_of, GET="system.read")
def draft(request: HttpRequest, lang: str, system: System) -> HttpResponse:
    """The draft as the public would read it, with what it lacks, and the button for who may publish it."""
    found = draft_of(system)
    if found is None:
        return onward(reverse("system", args=(lang, system.public_id)))
    missing, say = entries.lacking(found), sayer(lang)
    would = publishing.told(found) if not missing else None
    mine = found.writers.filter(pk=who(request).pk).exists()
    return desk_page(
        request,
        "entry_draft",
        system,
        title=say("registry.draft-title", name=system_name(system, lang)),
        crumbs=crumbs(system, lang, (say("registry.public-part"), "")),
        draft=found,
        told=told_of(would, lang) if would else None,
        seen=publishing.seen_of(would) if would else "",
        missing=publishing.parts_in_words(missing)[lang] if missing else "",
        mine=mine,
        writers=[name_of(one, lang) for one in found.writers.order_by("pk")],
    )


@right(system_of, owner_of, POST="system.publish")
def publish(request: HttpRequest, lang: str, system: System) -> HttpResponse:
    """Publish the draft as it stood on the page."""
    say = sayer(lang)
    given = request.POST
    receipt = publishing.publish(system, number_typed(given.get("revision", "")), who(request), given.get("seen"))
    return shown_once(request, receipt, reverse("system", args=(lang, system.public_id)), say("registry.published-next"))


@right(system_of, owner_of, GET="system.withdraw", POST="system.withdraw")
def withdraw(request: HttpRequest, lang: str, system: System) -> HttpResponse:
    """Withdraw what is public, with the reason that the public will read."""
    say = sayer(lang)
    area = {"maxlength": publishing.LONGEST_REASON, "rows": 4}
    fields = [Field(f"reason-{one}", say(f"registry.reason-{one}"), "area", attributes=area, lang=one) for one in LANGUAGES]
    back = reverse("system", args=(lang, system.public_id))
    way = crumbs(system, lang, (say("registry.public-part"), ""))
    form = form_of("withdraw", fields, way, back, {"name": system_name(system, lang)})

    def do(typed: Typed) -> HttpResponse:
        reason: dict[str, str] = {one: str(typed[f"reason-{one}"]) for one in LANGUAGES}
        receipt = publishing.withdraw(system, reason, who(request))
        return shown_once(request, receipt, back, say("registry.withdrawn-next"))

    return asked(request, lang, form, do)
