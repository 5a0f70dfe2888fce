"""Somebody says that a public entry is wrong: asked without an account, answered in time, objected to once.

The days to answer in are our own practice; no law is said to set them. What was written, and where to write to, is sealed with
the act and erased some time after the case is closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from guiju import record
from guiju.calendars import Period, add, calendar, counting, now, today
from guiju.institutions.hall.acts import Receipt, act, erase_private, private_part
from guiju.institutions.hall.letters import write_letter
from guiju.institutions.hall.models import Outbox
from guiju.institutions.people.access import holders, opened
from guiju.institutions.people.models import Organisation, Person
from guiju.institutions.people.places import zone_of
from guiju.institutions.register.entries import PARTS, current
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.models import Correction, CorrectionAnswer, Entry
from guiju.wording import LANGUAGES, fill, in_language, join_words

ANSWER_WITHIN: Final = Period(15, "working-day")
"""How long an organisation may take to answer: our practice."""

OBJECT_WITHIN: Final = timedelta(days=30)
"""How long after the first answer one may object, and how long after a case is closed what was written is kept."""

LONGEST_TEXT: Final = 4000
CORRECTED: Final = "corrected"
REFUSED: Final = "refused"
OUTCOMES: Final = (CORRECTED, REFUSED)
ABOUT: Final = (*PARTS, "grade", "parties", "other")
"""What of an entry may be said to be wrong."""

ORDINARY: Final = "generic"
"""The calendar of ordinary weeks, Monday to Friday."""

OPEN_FIRST: Final = (F("closed").desc(nulls_first=True), "due", "-asked")
"""The order of a list that shows only so many: what awaits an answer before all, longest due first; nobody crowds it out."""

_EU: Final = frozenset({"Europe/Lisbon", "Europe/Brussels", "Europe/Athens"})


# -- time ----------------------------------------------------------------------------------------------------------------------


def calendar_of(organisation: Organisation) -> str:
    """The calendar by whose working days an organisation's time is counted."""
    zone = zone_of(organisation.place)
    return "CN" if zone == "Asia/Shanghai" else "EU" if zone in _EU else ORDINARY


def due_from(organisation: Organisation, day: date) -> tuple[date, str]:
    """The last day to answer what was asked on a day, and the calendar it was counted by.

    Where the calendar of the place is not published that far, ordinary weeks are counted: the limit is our own.
    """
    for code in (calendar_of(organisation), ORDINARY):
        due = add(day, ANSWER_WITHIN, calendar(code), counting(code)).due
        if due.settled and isinstance(due.earliest, date):
            return due.earliest, code
    raise AssertionError("ordinary weeks have no end")


def is_open(correction: Correction) -> bool:
    """Whether an answer is awaited."""
    return correction.closed is None


def is_overdue(correction: Correction, day: date | None = None) -> bool:
    """Whether the answer is awaited for longer than it may be, by the day of the place."""
    organisation = correction.entry.system.organisation
    return is_open(correction) and correction.due < (day or today(zone_of(organisation.place)))


def day_of(correction: Correction, moment: datetime) -> date:
    """The day of a moment where the organisation is, by which its time is counted too."""
    return moment.astimezone(ZoneInfo(zone_of(owner_of(correction).place))).date()


def short_number(correction: Correction) -> str:
    """By what a request is named in public: nothing of a person, and not the receipt's number."""
    return f"C-{correction.public_id[:8].upper()}"


# -- asked ---------------------------------------------------------------------------------------------------------------------


def ask(entry: Entry, part: str, text: str, contact: str, own_data: bool, lang: str) -> tuple[Correction, Receipt]:
    """Take a request in.

    :raises RegisterError: for a part that there is not, no text or too much of it, or an address of mail that is none.
    """
    if part not in ABOUT:
        raise RegisterError("registry.correction-part", field="part")
    private = {"text": _text(text), "contact": _address(contact)}
    system = entry.system
    with transaction.atomic():
        correction = Correction(entry=entry, part=part, own_data=own_data, lang=lang, asked=now())
        _set_due(correction, system.organisation)
        receipt = act(
            "correction.asked",
            f"correction:{correction.public_id}",
            public={"system": system.public_id, "entry": entry.document_id},
            private=private,
        )
        correction.receipt = record.receipt_hash(receipt.number)
        correction.save()
    return correction, receipt


def _text(typed: str) -> str:
    text = typed.replace("\0", "").strip()
    if not text:
        raise RegisterError("registry.correction-empty", field="text")
    if len(text) > LONGEST_TEXT:
        raise RegisterError("registry.too-long", field="text", most=LONGEST_TEXT)
    return text


def _address(typed: str) -> str:
    address = typed.strip()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError:
        raise RegisterError("registry.correction-contact", field="contact", got=address[:80]) from None
    return address


def _set_due(correction: Correction, organisation: Organisation) -> None:
    correction.due, correction.counted_by = due_from(organisation, today(zone_of(organisation.place)))


# -- answered ------------------------------------------------------------------------------------------------------------------


def correction_of(correction: str) -> Correction:
    """The request of an address.

    :raises Http404: where there is none.
    """
    found = Correction.objects.select_related("entry__system__organisation").filter(public_id=correction).first()
    return opened(found)  # type: ignore[no-any-return]


def owner_of(correction: Correction) -> Organisation:
    """Whose entry a request speaks of."""
    return correction.entry.system.organisation


def said_in(correction: Correction) -> list[dict[str, str]]:
    """What was written in the request, and in the objection; empty where it was erased."""
    if correction.example and not correction.objected:
        return [{"text": correction.example[correction.lang], "contact": ""}]
    numbers = [one for one in (correction.receipt, correction.objection) if one]
    found = {one.receipt: one for one in Outbox.objects.filter(receipt__in=numbers)}
    told = [private_part(found[one]) if one in found else None for one in numbers]
    return [{"text": one.get("text", ""), "contact": one.get("contact", "")} if one else {} for one in told]


def answer(correction: Correction, outcome: str, reasons: str, by: Person) -> tuple[CorrectionAnswer, Receipt]:
    """Answer a request, or the objection to an answer; who wrote a contact is written to.

    :raises RegisterError: 403 where this person answered it first, with who else may; 409 where no answer is awaited; 400 without
        reasons, or where it is said to be corrected and no other version of the entry was published since.
    """
    if outcome not in OUTCOMES:
        raise RegisterError("registry.answer-outcome", field="outcome")
    words = reasons.replace("\0", "").strip()
    if not words:
        raise RegisterError("registry.answer-reasons", field="reasons")
    if len(words) > LONGEST_TEXT:
        raise RegisterError("registry.too-long", field="reasons", most=LONGEST_TEXT)
    with transaction.atomic():
        found = (
            Correction.objects.select_for_update(of=("self",)).select_related("entry__system__organisation").get(pk=correction.pk)
        )
        if not is_open(found):
            raise RegisterError("registry.answered", status_code=409)
        before = list(found.answers.all())
        if any(one.by_id == by.pk for one in before):
            raise RegisterError("registry.own-answer", status_code=403, who=_who_else(found, before))
        made = CorrectionAnswer.objects.create(
            correction=found, turn=len(before) + 1, outcome=outcome, reasons=words,
            entry=_corrected(found) if outcome == CORRECTED else None, by=by, at=now(),
        )  # fmt: skip
        found.closed = made.at
        found.save(update_fields=["closed"])
        public = {"system": found.entry.system.public_id, "outcome": outcome, "turn": made.turn}
        receipt = act("correction.answered", f"correction:{found.public_id}", by=by.public_id, public=public)
        _write(found, made)
    return made, receipt


def _corrected(correction: Correction) -> Entry:
    """The version of the entry that was published since the request."""
    newest = current(correction.entry.system)
    since = correction.objected or correction.asked
    if newest is None or newest.published is None or newest.published <= since:
        raise RegisterError("registry.answer-no-version", field="outcome")
    return newest


def _who_else(correction: Correction, before: Sequence[CorrectionAnswer]) -> dict[str, str]:
    answered = {one.by_id for one in before}
    names = sorted(one.shown_name for one in holders("correction.answer", owner_of(correction)) if one.pk not in answered)
    if not names:
        return {lang: fill("registry.nobody-answers", lang, "message", {}) for lang in LANGUAGES}
    return {lang: fill("registry.these-answer", lang, "message", {"names": join_words(names, lang)}) for lang in LANGUAGES}


def _write(correction: Correction, made: CorrectionAnswer) -> None:
    """The letter to whoever left an address."""
    contact = next((one["contact"] for one in said_in(correction) if one.get("contact")), "")
    if not contact:
        return
    lang = correction.lang
    name = in_language(correction.entry.name, lang) or next(iter(correction.entry.name.values()))
    fields = {"name": name, "reasons": made.reasons, "number": short_number(correction)}
    subject = fill("registry.letter-subject", lang, "message", fields)
    parts = ["registry.letter-lead", f"registry.letter-{made.outcome}", "registry.letter-reasons"]
    parts.append("registry.letter-object" if made.turn == 1 else "registry.letter-last")
    write_letter(contact, subject, "\n\n".join(fill(one, lang, "message", fields) for one in parts), lang)


# -- objected to ---------------------------------------------------------------------------------------------------------------


def object_to(number: str, text: str) -> tuple[Correction, Receipt]:
    """Object to the answer to the request of a receipt number; once, within thirty days.

    :raises RegisterError: where there is no such request, it waits for an answer, it was objected to already, or too late.
    :raises RecordError: where it is no number, or has a slip of the pen in it.
    """
    said, hashed = _text(text), record.receipt_hash(number)
    with transaction.atomic():
        found = (
            Correction.objects.select_for_update(of=("self",))
            .select_related("entry__system__organisation")
            .filter(receipt=hashed)
            .first()
        )
        if found is None:
            raise RegisterError("registry.objection-unknown", field="number", status_code=404)
        if found.objected is not None:
            raise RegisterError("registry.objection-twice", field="number", status_code=409)
        if found.closed is None:
            raise RegisterError("registry.objection-early", field="number", status_code=409)
        if now() - found.closed > OBJECT_WITHIN:
            raise RegisterError("registry.objection-late", field="number", status_code=409)
        receipt = act(
            "correction.objected",
            f"correction:{found.public_id}",
            public={"system": found.entry.system.public_id},
            private={"text": said},
        )
        found.objected, found.closed, found.objection = now(), None, record.receipt_hash(receipt.number)
        _set_due(found, owner_of(found))
        found.save()
    return found, receipt


def may_object(correction: Correction) -> bool:
    """Whether an objection can be made now."""
    return correction.objected is None and correction.closed is not None and now() - correction.closed <= OBJECT_WITHIN


# -- erased --------------------------------------------------------------------------------------------------------------------


def erase_closed() -> int:
    """Erase what was written in requests that have been closed long enough; how many."""
    over = Correction.objects.filter(closed__lt=now() - OBJECT_WITHIN, erased=None)
    done = 0
    for pk in list(over.values_list("pk", flat=True)[:100]):
        with transaction.atomic():
            found = Correction.objects.select_for_update().filter(pk=pk, erased=None).first()
            if found is None:
                continue
            numbers = [one for one in (found.receipt, found.objection) if one]
            for entry in Outbox.objects.filter(receipt__in=numbers):
                erase_private(entry, "time-over")
            Correction.objects.filter(pk=pk).update(erased=now())
            done += 1
    return done
