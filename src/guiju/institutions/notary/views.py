"""Pages of the record: what it is, each entry with its proof, verifying what one holds, and where a case stands."""

from __future__ import annotations

import json
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from guiju import record
from guiju.calendars import today, words
from guiju.institutions.hall.acts import act_of_receipt, own_sql
from guiju.institutions.hall.limits import limited
from guiju.institutions.hall.pages import address, page, sayer
from guiju.institutions.hall.receipts import Told, kind_in_words, moment_in_words, where_it_stands
from guiju.institutions.hall.uploads import too_large
from guiju.institutions.notary import log, verifying, witnesses
from guiju.institutions.notary.verifying import Verdict
from guiju.wording import GuijuError

LISTED: Final = 20
"""Entries on one page of the list."""

ASKED_A_MINUTE: Final = 30
"""How often one client may ask by number, or have something verified; a number has 80 bits, nobody finds one by trying."""

LONGEST_TYPED: Final = 512 * 1024


class VerifyError(GuijuError):
    """Something handed in that cannot be verified as it stands."""

    status = 400


# -- the record and its entries ------------------------------------------------------------------------------------------------


@require_safe
def record_page(request: HttpRequest, lang: str) -> HttpResponse:
    """What the record is, how large, who witnesses it; its entries, newest first."""
    sql = own_sql()
    size = record.checkpoint_size(sql) or 0
    last = max(1, -(-size // LISTED))
    number = _page_number(request, last)
    newest = size - (number - 1) * LISTED
    listed = log.entries(max(0, newest - LISTED), min(LISTED, newest))[::-1]
    held = record.log_key(sql)
    return page(
        request,
        "notary/record.html.jinja",
        title=sayer(lang)("hall.record-title"),
        size=size,
        newest=moment_in_words(_newest(size), lang) if size else "",
        log_name=held.name if held else "",
        key=str(held) if held else "",
        witnesses=[_witness(one, size, lang) for one in witnesses.standings()],
        listed=[_row(position, found, lang) for position, found in listed],
        number=number,
        last=last,
    )


def _page_number(request: HttpRequest, last: int) -> int:
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    return min(max(1, number), last)


def _newest(size: int) -> Any:
    return log.entries(size - 1, 1)[0][1].at


def _row(position: int, found: record.Entry, lang: str) -> dict[str, Any]:
    return {
        "position": position,
        "href": address("record-entry", lang, position),
        "what": kind_in_words(found.kind, lang),
        "when": moment_in_words(found.at, lang),
    }


def _witness(one: witnesses.Standing, size: int, lang: str) -> dict[str, Any]:
    """A witness as the page shows it; where it cannot be reached, how is told to those who run the site alone."""
    refused = one.problem is not None and one.problem.code in witnesses.AGAINST
    settled = "cosigned" if one.cosigned and one.seen >= size else "waiting"
    return {
        "name": one.name,
        "state": "refused" if refused else "silent" if one.problem else settled,
        "seen": one.seen,
        "when": moment_in_words(one.cosigned, lang) if one.cosigned else "",
        "problem": one.problem.message(lang) if one.problem and refused else "",
    }


@require_safe
def entry(request: HttpRequest, lang: str, position: int) -> HttpResponse:
    """One entry: what was done, what anybody may read of it, what stands outside, and the proof."""
    found = _at(position)
    say = sayer(lang)
    return page(
        request,
        "notary/entry.html.jinja",
        title=say("notary.entry-title", position=position, what=kind_in_words(found.entry.kind, lang)),
        crumbs=((say("hall.record-title"), address("record", lang)), (say("notary.entry-number", position=position), "")),
        position=position,
        size=record.checkpoint_size(own_sql()),
        items=_items(found.entry),
        proof=record.proof_for(own_sql(), position),
        **_shown(found.entry, lang),
    )


@require_safe
def bundle(request: HttpRequest, lang: str, position: int) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """All that is needed to verify an entry without this site; nothing that is private is in it."""
    _at(position)
    found = record.bundle_for(own_sql(), position)
    response = HttpResponse(json.dumps(found, ensure_ascii=False, indent=1) + "\n", content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="guiju-record-{position}.json"'
    response.headers["Cache-Control"] = "no-cache"
    return response


def _at(position: int) -> record.Recorded:
    sql = own_sql()
    if position >= (record.checkpoint_size(sql) or 0):
        raise Http404
    return record.entry_at(sql, position)


def _shown(found: record.Entry, lang: str, zone: str = "") -> dict[str, Any]:
    """An entry as the pages show it; by the clock of a zone too, where one is given."""
    return {
        "what": kind_in_words(found.kind, lang),
        "kind": found.kind,
        "when": moment_in_words(found.at, lang, zone),
        "public": [(name, _text(value)) for name, value in sorted(found.public.items())],
        "leaf": json.dumps(found.to_json(), ensure_ascii=False, indent=1),
    }


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _items(found: record.Entry) -> list[dict[str, str]]:
    """What stands outside the record: its commitment and its state, never its content."""
    kept = [(one, record.item_of(own_sql(), one.commitment, closed=True)) for one in found.items]
    return [
        {"name": one.name, "commitment": one.commitment, "state": item.state, "reason": item.reason or ""} for one, item in kept
    ]


# -- verifying -----------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@limited("record-verify", ASKED_A_MINUTE)
def verify(request: HttpRequest, lang: str) -> HttpResponse:
    """A form, and after it what the thing that was handed in is."""
    typed = {"text": request.POST.get("text", ""), "key": request.POST.get("key", "")}
    if request.method != "POST":
        return _form(request, lang, typed)
    try:
        data, content = _given(request, typed["text"])
        if not verifying.is_proof(data):
            return _receipt_shown(request, lang, data.decode("utf-8", "replace").strip())
        found = verifying.verdict(data, typed["key"], content)
    except GuijuError as problem:
        return _form(request, lang, typed, problem)
    return _form(request, lang, typed, None, found)


def _given(request: HttpRequest, text: str) -> tuple[bytes, bytes | None]:
    """What is to be verified, and what is said to be its content.

    :raises VerifyError: where nothing was given, or two things at once.
    """
    file, content = _sent(request, "file"), _sent(request, "content")
    if file and text.strip():
        raise VerifyError("notary.both-given")
    if not file and not text.strip():
        raise VerifyError("notary.nothing-given")
    return file or text.replace("\r\n", "\n").lstrip().encode("utf-8", "replace"), content


def _sent(request: HttpRequest, name: str) -> bytes | None:
    found = request.FILES.get(name)
    if not isinstance(found, UploadedFile):
        return None
    if (found.size or 0) > settings.LARGEST_UPLOAD:
        raise too_large()
    content: bytes = found.read()
    return content


def _form(
    request: HttpRequest, lang: str, typed: dict[str, str], problem: GuijuError | None = None, found: Verdict | None = None
) -> HttpResponse:
    say = sayer(lang)
    errors = []
    if problem is not None:
        at = "key" if problem.code.startswith("log.key-") else "file"
        errors = [{"field": at, "message": problem.message(lang), "hint": problem.hint(lang)}]
    return page(
        request,
        "notary/verify.html.jinja",
        title=say(f"notary.verdict-{found.word}-title") if found else say("notary.verify-title"),
        crumbs=((say("hall.record-title"), address("record", lang)), (say("notary.verify-title"), "")),
        status=getattr(problem, "status", 400) if problem else 200,
        noindex=problem is not None or found is not None,
        typed=typed,
        errors=errors,
        error_at={"file": "", "key": "", **{one["field"]: one["message"] for one in errors}},
        verdict=_verdict(found, lang) if found else None,
    )


def _verdict(found: Verdict, lang: str) -> dict[str, Any]:
    """A verdict as the page shows it."""
    say = sayer(lang)
    proven = found.proven
    at = say("notary.verdict-at", position=proven.index, size=proven.checkpoint.size) if proven else ""
    here = found.word == verifying.REAL and proven is not None and found.log == _own_name()
    return {
        "word": found.word,
        "sentence": say(f"notary.verdict-{found.word}", log=found.log, **found.fields),
        "why": found.problem.message(lang) if found.problem else "",
        "at": at,
        "key": found.fields.get("key", ""),
        "names": found.names,
        "cosigned": [key.name for key, _ in proven.witnesses] if proven else [],
        "entry": _shown(found.entry, lang) if found.entry else None,
        "items": _items(found.entry) if here and found.entry else [],
        "href": address("record-entry", lang, proven.index) if here and proven else "",
        "proof": found.proof,
    }


def _own_name() -> str:
    held = record.log_key(own_sql())
    return held.name if held else ""


# -- where is my case ----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@limited("receipt", ASKED_A_MINUTE)
def receipt(request: HttpRequest, lang: str) -> HttpResponse:
    """A form for the number, and after it where the case stands. No log and no history has what comes in a form."""
    if request.method == "POST":
        return _receipt_shown(request, lang, request.POST.get("number", ""))
    return _asked(request, lang, "", None)


def _asked(request: HttpRequest, lang: str, number: str, problem: GuijuError | None) -> HttpResponse:
    errors = [{"field": "number", "message": problem.message(lang), "hint": problem.hint(lang)}] if problem else []
    return page(
        request,
        "notary/receipt.html.jinja",
        title=sayer(lang)("hall.receipt-title"),
        status=getattr(problem, "status", 400) if problem else 200,
        noindex=bool(errors),
        number=number,
        errors=errors,
    )


class UnknownReceiptError(GuijuError):
    """A number that was never given out here."""

    status = 404


def _receipt_shown(request: HttpRequest, lang: str, number: str) -> HttpResponse:
    try:
        if not number.strip():
            raise VerifyError("notary.number-missing")
        found = act_of_receipt(number)
        if found is None or found.receipt is None:
            raise UnknownReceiptError("notary.number-unknown")
    except GuijuError as problem:
        return _asked(request, lang, number, problem)
    told = where_it_stands(found, lang)
    entered = record.entry_by_receipt(own_sql(), found.receipt)
    signed = entered.position is not None and entered.position < (record.checkpoint_size(own_sql()) or 0)
    answer = page(
        request,
        "notary/standing.html.jinja",
        title=told.title,
        noindex=True,
        told=told,
        due=words(told.due, lang) if told.due else "",
        left=told.left or _left(told, lang),
        number=record.read_receipt(number),
        entered=_shown(entered.entry, lang, told.zone),
        position=entered.position if signed else None,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _left(told: Told, lang: str) -> str:
    """The days that are left, counted as they come."""
    if told.due is None:
        return ""
    days = (told.due - today("UTC")).days
    kind, count = ("left", days) if days >= 0 else ("over", -days)
    return sayer(lang)(f"report.{kind}-{'none' if not count else 'one' if count == 1 else 'many'}", count=count)
