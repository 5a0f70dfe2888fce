"""The links of a check: one's own, those given out, how long they last; everything deleted at one's word."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from guiju.calendars import words
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.portal.check.held import Held, held
from guiju.institutions.portal.check.keeping import at_desk
from guiju.institutions.portal.check.stale import rules_changed
from guiju.institutions.register import checks
from guiju.institutions.register.models import Colleague, Link, Share
from guiju.subjects import write_dossier
from guiju.wording import GuijuError


class ActError(GuijuError):
    """An act of the links page that is none, or on a link that is not of this check."""

    status = 400


def home(request: HttpRequest, lang: str, key: str) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """The address to keep: to what was read while something of it is open, else to the next question."""
    waiting = any(one.state == "open" for one in held(key).dossier.proposals)
    return HttpResponseRedirect(reverse("check-read" if waiting else "check-ask", args=[lang, key]))


def links(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """The page, and its acts."""
    mine = held(key)
    if request.method == "POST":
        done = _act(request, mine)
        return HttpResponseRedirect(reverse("check-links", args=[lang, key]) + (f"?done={done}" if done else ""))
    shares = [_share(request, lang, mine, one, token) for one, token in checks.shares_of(mine.check, key)]
    return page(
        request,
        "portal/check_links.html.jinja",
        title=sayer(lang)("check.links-title"),
        noindex=True,
        held=mine,
        at_desk=at_desk(request, mine.check, lang),
        name=mine.name(lang),
        done=_done(request, shares, lang),
        own=request.build_absolute_uri(reverse("check-home", args=[lang, key])),
        ends=_ends(mine.check, lang),
        shares=shares,
        colleagues=[_colleague(request, lang, one, token) for one, token in checks.colleagues_of(mine.check, key)],
    )


def _ends(link: Link, lang: str) -> dict[str, Any]:
    expires: datetime = link.expires
    left = max(0, (expires.date() - timezone.now().date()).days)
    return {
        "kept": link.kept,
        "day": words(expires.date(), lang),
        "left": left,
        "over": not link.kept and expires < timezone.now(),
    }


def _share(request: HttpRequest, lang: str, mine: Held, one: Share, token: str) -> dict[str, Any]:
    found = request.build_absolute_uri(reverse("shared-result", args=[lang, token]))
    facts = bool(one.dossier_digest) and one.dossier_digest != mine.dossier.digest
    return {
        "id": one.pk,
        "address": found,
        "on": words(one.on, lang),
        "party": one.party,
        "stale": [name for name, so in (("rules", rules_changed(one)), ("facts", facts)) if so],
        "since": reverse("check-since", args=[lang, mine.key, one.pk]),
        **_ends(one, lang),
    }


def _done(request: HttpRequest, shares: list[dict[str, Any]], lang: str) -> str:
    """The receipt of what was just done, by the address; a link that is not there is not told of."""
    word, _, number = request.GET.get("done", "").rpartition("-")
    found = next((one for one in shares if str(one["id"]) == number), None)
    say = sayer(lang)
    if word == "shared" and found is not None:
        return say("state.done-shared", on=found["on"], day=found["day"])
    if word == "kept" and found is not None and found["kept"]:
        return say("state.done-kept", on=found["on"])
    return say("state.done-deleted") if (word, number) == ("link", "deleted") else ""


def _colleague(request: HttpRequest, lang: str, one: Colleague, token: str) -> dict[str, Any]:
    found = request.build_absolute_uri(reverse("colleague", args=[lang, token]))
    return {"id": one.pk, "address": found, "who": one.who, **_ends(one, lang)}


def _act(request: HttpRequest, mine: Held) -> str:
    """Do it; what the receipt is to say."""
    word, _, number = request.POST.get("do", "").rpartition("-")
    if word == "check":
        if number not in ("keep", "end"):
            raise ActError("check.no-act")
        checks.keep(mine.check, number == "keep")
        return ""
    identifier = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
    share = mine.check.shares.filter(pk=identifier).first()
    colleague = mine.check.colleagues.filter(pk=identifier).first()
    if word in ("share-keep", "share-end") and share is not None:
        checks.keep_share(share, word == "share-keep")
        return f"kept-{share.pk}"
    if word == "share-delete" and share is not None:
        checks.delete_share(share)
        return "link-deleted"
    if word == "colleague-delete" and colleague is not None:
        checks.delete_colleague(colleague)
        return "link-deleted"
    raise ActError("check.no-act")


def everything(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """Delete everything, once it was confirmed."""
    mine, say = held(key), sayer(lang)
    if request.method == "POST":
        checks.delete(mine.check)
        return page(request, "portal/check_links_deleted.html.jinja", title=say("check.deleted-title"), noindex=True)
    counts = {"shares": mine.check.shares.count(), "colleagues": mine.check.colleagues.count()}
    return page(
        request, "portal/check_links_delete.html.jinja", title=say("check.delete-title"), noindex=True, held=mine, counts=counts
    )


def dossier(request: HttpRequest, lang: str, key: str) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """The dossier as a file, to keep or to hand in again."""
    mine = held(key)
    response = HttpResponse(write_dossier(mine.dossier), content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="dossier.yaml"'
    return response
