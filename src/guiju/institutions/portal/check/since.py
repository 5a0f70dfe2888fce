"""For whoever has the key: what has changed since a result was shared, field by field, and what it touches."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.assess import to_json
from guiju.calendars import words
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.portal.check.held import Held, held
from guiju.institutions.portal.check.stale import stale_of
from guiju.institutions.portal.check.told import ResultLinkError, document_of, shared_document, shared_dossier
from guiju.institutions.register.differences import Difference, differences
from guiju.institutions.register.models import Share
from guiju.institutions.register.stale import between
from guiju.wording import GuijuError


def since(request: HttpRequest, lang: str, key: str, number: int) -> HttpResponse:
    """One link of the check: its answers beside those of now, its rules beside those of now, and the way to a new link."""
    mine, say = held(key), sayer(lang)
    share = mine.check.shares.select_related("document", "check_of__dossier").filter(pk=number).first()
    if share is None:
        raise ResultLinkError("check.no-act")
    stale = stale_of(share, lang)
    rows = _facts(mine, share, lang) if stale.facts else []
    days = share.on, share.known
    now = to_json(mine.assessment(*days, share.party)) if share.party else document_of(mine, *days)
    return page(
        request,
        "portal/check_since.html.jinja",
        title=say("state.since-title", day=words(share.on, lang)),
        noindex=True,
        key=key,
        share=share,
        stale=stale,
        rows=rows,
        together=between(shared_document(share), now, lang) if stale else (),
        crumbs=((say("check.links-title"), reverse("check-links", args=(lang, key))), (say("state.since-crumb"), "")),
    )


def _facts(mine: Held, share: Share, lang: str) -> list[Difference]:
    """The answers behind the link beside those of now; one sentence where the rules of today cannot read them."""
    try:
        return differences(shared_dossier(share, site_corpus()), mine.dossier, lang)
    except GuijuError as problem:
        return [Difference(problem.message(lang))]
