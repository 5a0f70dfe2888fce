"""A result held against what stands now: which of its rules have changed, and what of it that touches."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from guiju.assess import compare
from guiju.assess.report import short
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.keeping import keep
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.rule_addresses import rule_address
from guiju.institutions.register.changes_in_words import changes_in_words, stale_in_words
from guiju.norms import Change, Corpus, changes
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


def against(before: Document, kept: Corpus | None, again: Callable[[], Document], lang: str) -> Stale:
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
