"""Where the cases of the register stand, for whoever has the number of a receipt."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from guiju.calendars import today, words
from guiju.institutions.hall.models import Outbox
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import Told, kind_in_words, tells
from guiju.institutions.people.places import zone_of
from guiju.institutions.register import corrections
from guiju.institutions.register.limits import left_in_words
from guiju.institutions.register.models import Correction, CorrectionAnswer, System
from guiju.wording import in_language


def _name(names: Mapping[str, str], lang: str) -> str:
    return in_language(names, lang) or next(iter(names.values()), "")


@tells("correction.asked", "correction.objected", "correction.answered")
def correction(entry: Outbox, lang: str) -> Told:
    """A request for correction: asked, answered, objected to, answered again."""
    say = sayer(lang)
    found = Correction.objects.select_related("entry__system__organisation").filter(public_id=_opaque(entry)).first()
    if found is None:
        return Told(kind_in_words(entry.kind, lang), say("registry.told-gone"))
    answers = {one.turn: one for one in found.answers.all()}
    overdue = corrections.is_overdue(found)
    state = "overdue" if overdue else "objected" if found.objected and not found.closed else "open"
    if found.closed:
        state = answers[max(answers)].outcome
    steps = [_step(say("registry.told-asked"), words(corrections.day_of(found, found.asked), lang), "done")]
    steps.append(_answered(1, answers, found, lang))
    if found.objected:
        steps.append(_step(say("registry.told-objected"), words(corrections.day_of(found, found.objected), lang), "done"))
        steps.append(_answered(2, answers, found, lang))
    may = corrections.may_object(found)
    return Told(
        title=say("registry.told-correction", number=corrections.short_number(found), name=_name(found.entry.name, lang)),
        state=say(f"registry.request-{state}"),
        next=say("registry.told-may-object") if may else "" if found.closed else say("registry.told-waits"),
        due=None if found.closed else found.due,
        left="" if found.closed else _left(found, lang),
        steps=steps,
        href=reverse("correction-object", args=(lang,)) if may else _public(found.entry.system, lang),
        go=say("registry.objection-title") if may else "",
    )


def _left(found: Correction, lang: str) -> str:
    """The time that is left by the day of the place, by which it is also overdue."""
    zone = zone_of(corrections.owner_of(found).place)
    return left_in_words(found.due, today(zone), found.counted_by, lang)


def _answered(turn: int, answers: dict[int, CorrectionAnswer], found: Correction, lang: str) -> dict[str, str]:
    say, one = sayer(lang), answers.get(turn)
    if one is None:
        return _step(say("registry.told-answer"), say("registry.told-by", day=words(found.due, lang)), "now")
    when = words(corrections.day_of(found, one.at), lang)
    return {**_step(say(f"registry.request-{one.outcome}"), when, "done"), "text": one.reasons}


def _step(title: str, when: str, state: str) -> dict[str, str]:
    return {"title": title, "when": when, "state": state, "text": ""}


@tells("system.published", "system.withdrawn")
def public_part(entry: Outbox, lang: str) -> Told:
    """A public part: what became of it."""
    say = sayer(lang)
    system = System.objects.filter(public_id=_opaque(entry)).first()
    if system is None:
        return Told(kind_in_words(entry.kind, lang), say("registry.told-gone"))
    number = entry.payload.get("number", 0)
    newest = system.entries.exclude(published=None).order_by("-number").first()
    held = newest is not None and newest.number == number
    state = "withdrawn" if newest is not None and held and newest.withdrawn else "holds" if held else "followed"
    return Told(
        title=say("registry.told-entry", name=_name(newest.name if newest else system.name, lang), number=number),
        state=say(f"registry.told-{state}"),
        href=_public(system, lang),
    )


@tells("party.accepted", "party.declined")
def part(entry: Outbox, lang: str) -> Told:
    """What an organisation said to the part it was named for."""
    system = System.objects.filter(public_id=_opaque(entry)).first()
    title = kind_in_words(entry.kind, lang)
    return Told(title, _name(system.name, lang) if system else sayer(lang)("registry.told-gone"))


def _opaque(entry: Outbox) -> str:
    return entry.about.partition(":")[2]


def _public(system: System, lang: str) -> str:
    return reverse("register-system", args=(lang, system.public_id))
