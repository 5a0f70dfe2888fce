"""Receipts: shown once on the page after an act, and asked for later by their number, without an account.

After a form has acted, its view answers ``shown_once(request, receipt, "/en/desk/", next=say("..."))``: the reader goes on to
that page (303), and the receipt stands at its top, once. The number travels in a cookie that the next page deletes: neither the
database nor a log ever has it. Whoever keeps it asks at ``/<lang>/receipt/`` what became of it. What that page says of a kind of
act, its app tells in a module ``receipts``::

    @tells("correction.asked")
    def where_it_stands(entry: Outbox, lang: str) -> Told: ...

A kind that nobody tells of is told in general. Every kind has its words in the catalogue of its app, for ``correction.asked``:
``act.kind-correction-asked``, "A correction was asked for".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import autodiscover_modules

from guiju.calendars import words
from guiju.wording import codes, fill

if TYPE_CHECKING:
    from guiju.institutions.hall.acts import Receipt
    from guiju.institutions.hall.models import Outbox

COOKIE: Final = "receipt"
KEPT: Final = timedelta(minutes=10)
"""How long a receipt waits for the page that shows it."""

MOST: Final = 3
"""Receipts that wait at once; of more, the newest."""

_SALT: Final = "guiju.receipt"


@dataclass(frozen=True, slots=True)
class Told:
    """Where a case stands, for whoever has its number: nothing of a person, since a number may be found on a desk.

    ``steps``: ``{title, when, text, state}`` with state done | now | later | blocked, as ``ui.steps`` draws them; ``when`` and
    ``text`` may be left out. ``left``: the time that is left in words, where it is not counted in plain days.
    ``go``: what can be done at ``href``. ``zone``: that of the place by whose clock the case goes.
    """

    title: str
    state: str
    next: str = ""
    due: date | None = None
    steps: Sequence[Mapping[str, str]] = ()
    href: str = ""
    left: str = ""
    go: str = ""
    zone: str = ""


Teller = Callable[["Outbox", str], Told]

_tellers: dict[str, Teller] = {}


def tells(*kinds: str) -> Callable[[Teller], Teller]:
    """Register who says where a case stands that began with an act of these kinds; called with the entry and a language."""

    def registered(teller: Teller) -> Teller:
        _tellers.update(dict.fromkeys(kinds, teller))
        return teller

    return registered


def where_it_stands(entry: Outbox, lang: str) -> Told:
    """Where the case of an act stands."""
    autodiscover_modules("receipts")
    teller = _tellers.get(entry.kind)
    return teller(entry, lang) if teller else Told(kind_in_words(entry.kind, lang), fill("act.done", lang, "message", {}))


def kind_in_words(kind: str, lang: str) -> str:
    """What kind of act it is, as its app words it; one of another version, or of another log, is named as it stands."""
    code = f"act.kind-{kind.replace('.', '-')}"
    return fill(code, lang, "message", {}) if code in codes(lang) else fill("act.other-kind", lang, "message", {"kind": kind})


def moment_in_words(at: datetime, lang: str, zone: str = "") -> str:
    """A moment by UTC, with its zone; by the clock of another zone (of the tz database) first, where one is given."""
    utc = fill("act.moment", lang, "message", _clock(at.astimezone(UTC), lang))
    if not zone:
        return utc
    there = at.astimezone(ZoneInfo(zone))
    code = f"act.zone-{zone.rpartition('/')[2].replace('_', '-').lower()}"
    named = fill(code, lang, "message", {}) if code in codes(lang) else zone
    return fill("act.moment-there", lang, "message", {**_clock(there, lang), "zone": named, "utc": utc})


def _clock(at: datetime, lang: str) -> dict[str, str]:
    return {"day": words(at.date(), lang), "time": f"{at:%H:%M}"}


# -- once ----------------------------------------------------------------------------------------------------------------------


def shown_once(
    request: HttpRequest,
    receipt: Receipt,
    to: str,
    next: str = "",  # noqa: A002  # the word of the component
    *,
    by: str = "",
    title: str = "",
    zone: str = "",
) -> HttpResponse:
    """On to the page ``to`` (303), which shows the receipt, once.

    :param to: an address of this site.
    :param next: what happens next, in the reader's words; ``by``: until when.
    :param title: what was done; the words of the kind of the act where it is left out.
    :param zone: that of the place by whose clock the page otherwise tells the time; UTC alone where it is left out.
    """
    told = {"title": title, "next": next, "by": by, "zone": zone}
    shown = {"number": receipt.number, "at": receipt.at.isoformat(), "kind": receipt.kind, **told}
    held = [*_held(request), shown][-MOST:]
    response = HttpResponse(status=303)
    response.headers["Location"] = to
    response.headers["Cache-Control"] = "private, no-store"
    response.set_cookie(
        COOKIE,
        signing.dumps(held, salt=_SALT, compress=True),
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def to_show(request: HttpRequest, lang: str) -> list[dict[str, str]]:
    """The receipts that this page shows, in the words of ``ui.receipt``."""
    return [
        {
            "title": one["title"] or kind_in_words(one["kind"], lang),
            "number": one["number"],
            "when": moment_in_words(datetime.fromisoformat(one["at"]), lang, one.get("zone", "")),
            "next": one["next"] or fill("act.next", lang, "message", {}),
            "by": one["by"],
        }
        for one in _held(request)
    ]


def _held(request: HttpRequest) -> list[Any]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=KEPT)
    except signing.BadSignature:
        return []
    return found if isinstance(found, list) else []
