"""A result that was shared, held against what stands now: which rules and which answers have changed, and what that touches."""

from __future__ import annotations

from dataclasses import replace

from guiju.assess import assess, to_json
from guiju.assess.again import Earlier, dossier_again, result_in
from guiju.assess.report import short
from guiju.calendars import parse_day
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.keeping import keep
from guiju.institutions.hall.pages import sayer
from guiju.institutions.portal.check.told import document_now, shared_document
from guiju.institutions.register.checks import dossier_of, source_of
from guiju.institutions.register.editions import kept_corpus
from guiju.institutions.register.models import Check, Share
from guiju.institutions.register.stale import Document, Stale, against
from guiju.norms import Corpus, read_by
from guiju.wording import GuijuError


def stale_of(share: Share, lang: str) -> Stale:
    """What has changed since a result was shared; false where nothing has."""
    found = keep(("stale", share.document_id, share.edition_id, site_corpus().edition, lang), lambda: _of_share(share, lang))
    return replace(found, facts=facts_changed(share))


def _of_share(share: Share, lang: str) -> Stale:
    """What has changed in the rules."""
    document, site = shared_document(share), site_corpus()
    was = document["edition"]
    if was == site.edition:
        return Stale(False, False, short(was), short(was))
    days = parse_day(document["on"]), parse_day(document["known"])
    return against(document, kept_corpus(was), lambda: document_now(share, *days), lang)


def stale_source(check: Check, lang: str) -> Stale | None:
    """What has changed since the result was made that this check was begun with; None where nothing has, or there was none."""
    if check.source_id is None:
        return None
    site = site_corpus()
    return keep(("source", check.source_id, site.edition, lang), lambda: _of_source(check, site, lang))


def _of_source(check: Check, site: Corpus, lang: str) -> Stale | None:
    earlier = result_in(source_of(check) or b"", check.source_name)
    if earlier is None or earlier.edition == site.edition:
        return None
    kept, say = kept_corpus(earlier.edition), sayer(lang)
    if kept is None:
        return Stale(True, False, short(earlier.edition), short(site.edition), gone=(say("state.stale-not-kept"),))
    try:
        return against(_made(earlier, kept), kept, lambda: _made(earlier, site), lang)
    except GuijuError:  # a file that somebody changed by hand
        return None


def _made(earlier: Earlier, corpus: Corpus) -> Document:
    for by in earlier.reading:
        corpus = read_by(corpus, by)
    found = assess(dossier_again(earlier, corpus.vocabulary), corpus, earlier.on, earlier.known, earlier.party, earlier.memory)
    return to_json(found)


def facts_changed(share: Share) -> bool:
    """Whether the check says anything else now than when the result was shared."""
    said = share.dossier_digest or shared_document(share)["dossier"]
    return bool(dossier_of(share.check_of).digest != said)


def rules_changed(share: Share) -> bool:
    """Whether the site answers by other rules now, as far as the link itself says."""
    return share.edition_id is not None and share.edition_id != site_corpus().edition
