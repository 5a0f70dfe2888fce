"""A result that was shared, held against what stands now: which rules and which answers have changed, and what that touches."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from guiju.assess import assess, compare, to_json
from guiju.assess.again import Earlier, dossier_again, result_in
from guiju.assess.report import short
from guiju.calendars import parse_day
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import sayer
from guiju.institutions.portal.check.changes_in_words import changes_in_words, stale_in_words
from guiju.institutions.portal.check.told import document_now, keep, shared_document
from guiju.institutions.register.checks import dossier_of, source_of
from guiju.institutions.register.editions import kept_corpus
from guiju.institutions.register.models import Check, Share
from guiju.institutions.rules.addresses import rule_address
from guiju.norms import Change, Corpus, changes, read_by
from guiju.norms.sentences import clause_words
from guiju.subjects import dumps
from guiju.wording import GuijuError, codes, fill, in_language

Document = Mapping[str, Any]

MOST: Final = 40
"""Rules that are listed one by one."""


@dataclass(frozen=True, slots=True)
class ChangedRule:
    """A rule that is not what it was: its clause and address, how it changed, which parts, and its words before and after."""

    clause: str
    href: str
    how: str
    parts: tuple[str, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Stale:
    """What has changed since a result was shared.

    ``rules``: whether the site answers by another edition now; ``listed``: the rules of this result that changed;
    ``gone``: sentences on them where the old edition is not kept; ``others``: how many other entries changed;
    ``touched``: what of this result would be answered otherwise, in sentences; ``facts``: whether the answers behind it changed.
    """

    rules: bool
    facts: bool
    was: str
    now: str
    listed: tuple[ChangedRule, ...] = ()
    gone: tuple[str, ...] = ()
    others: int = 0
    touched: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.rules or self.facts


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
    return _against(document, kept_corpus(was), lambda: document_now(share, *days), lang)


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
        return _against(_made(earlier, kept), kept, lambda: _made(earlier, site), lang)
    except GuijuError:  # a file that somebody changed by hand
        return None


def _made(earlier: Earlier, corpus: Corpus) -> Document:
    for by in earlier.reading:
        corpus = read_by(corpus, by)
    found = assess(dossier_again(earlier, corpus.vocabulary), corpus, earlier.on, earlier.known, earlier.party, earlier.memory)
    return to_json(found)


def _against(before: Document, kept: Corpus | None, again: Callable[[], Document], lang: str) -> Stale:
    """An earlier result held against the rules of today, under which ``again`` makes it anew."""
    site, now = site_corpus(), None
    try:
        now = again()
        touched = between(before, now, lang)
    except GuijuError as problem:  # the rules of today cannot read these answers
        touched = (problem.message(lang),)
    stale = Stale(True, False, short(before["edition"]), short(site.edition), touched=touched)
    if kept is None:
        return replace(stale, gone=(*stale_in_words(site, before, lang), sayer(lang)("state.stale-not-kept")))
    mine = _concerned(before) | (_concerned(now) if now is not None else set())
    found = _changes(kept, site)
    listed = [one for one in found if one.what == "norm" and one.id in mine]
    told = tuple(_rule(one, kept, site, lang) for one in listed[:MOST])
    return replace(stale, listed=told, others=len(found) - len(told))


def facts_changed(share: Share) -> bool:
    """Whether the check says anything else now than when the result was shared."""
    said = share.dossier_digest or shared_document(share)["dossier"]
    return bool(dossier_of(share.check_of).digest != said)


def rules_changed(share: Share) -> bool:
    """Whether the site answers by other rules now, as far as the link itself says."""
    return share.edition_id is not None and share.edition_id != site_corpus().edition


def between(before: Document, after: Document, lang: str) -> tuple[str, ...]:
    """What of an earlier result is answered otherwise in a later one, in sentences."""
    old, new = (json.loads(dumps(one)) for one in (before, after))
    if not compare(old, new):
        return (fill("state.touched-nothing", lang, "message", {}),)
    return tuple(changes_in_words(site_corpus(), old, new, lang))


def _concerned(document: Document) -> set[str]:
    return {row["norm"] for row in document["duties"] if row["in_scope"] != "no"}


def _changes(before: Corpus, after: Corpus) -> tuple[Change, ...]:
    """What differs between two editions, worked out once: a site has one, and results were shared under few."""
    return keep(("changes", before.edition, after.edition), lambda: tuple(changes(before, after)))


def _rule(change: Change, before: Corpus, after: Corpus, lang: str) -> ChangedRule:
    sides = [_norm(corpus, change) for corpus in (before, after)]
    shown, corpus = (sides[1], after) if sides[1] is not None else (sides[0], before)
    assert shown is not None
    place = in_language(shown.pinpoint, lang) or shown.id
    summaries = ["" if one is None else in_language(one.summary, lang) for one in sides]
    if summaries[0] == summaries[1]:
        summaries = ["", summaries[1]]
    href = rule_address(lang, change.id) if sides[1] is not None else ""
    clause = clause_words(corpus.instruments[shown.instrument], place, lang)
    return ChangedRule(clause, href, change.how, tuple(_parts(change, lang)), *summaries)


def _norm(corpus: Corpus, change: Change) -> Any:
    return next((one for one in corpus.norms.get(change.id, ()) if one.since == change.version), None)


def _parts(change: Change, lang: str) -> Iterable[str]:
    for part in change.fields:
        code = f"rules.diff.field-{part.field}"
        if code in codes(lang):
            yield fill(code, lang, "message", {})
