"""Results told in a language, kept while they are asked for: the report, its document, and what leads from one to the other."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from guiju.assess import Assessment, assess, compare, to_json
from guiju.assess.again import Earlier, dossier_again
from guiju.assess.report import report_of
from guiju.assess.report_parts import Duty, Need, Report
from guiju.calendars import parse_day
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.keeping import Keeping
from guiju.institutions.portal.check.held import Held
from guiju.institutions.register.changes_in_words import turns
from guiju.institutions.register.editions import kept_corpus
from guiju.institutions.register.models import Share
from guiju.norms import Corpus
from guiju.subjects import Dossier, dumps
from guiju.wording import GuijuError

REPORTS: Final = 192
"""How many reports one process keeps; one takes about a megabyte, and each language of a result is one."""

DOCUMENTS: Final = 8
"""How many documents and results it keeps, at three to five megabytes each: wanted while a result is told in the second language
or two days are compared."""

Key = tuple[str, str, str]
"""Norm, object and party (empty without one) of a row: its address."""


class ResultLinkError(GuijuError):
    """An address of something that is not in a result."""

    status = 404


@dataclass(frozen=True)
class Asked:
    """An open question in words, with its address: kind and id of the object, and the name."""

    need: Need
    address: tuple[str, str, str]


@dataclass(frozen=True)
class Told:
    """One result in one language. Nothing in it changes, so that any number of requests may read it at once."""

    report: Report
    keys: Mapping[str, Key]
    asked: tuple[Asked, ...]
    turns: tuple[date, ...]
    """Days after the one asked for on which a rule or a grade begins or ends."""
    exact: bool = True
    """Whether a shared result is told with the very answers that were shared."""

    def duty(self, key: Key) -> Duty:
        """The rule at an address.

        :raises ResultLinkError: where the result has none there.
        """
        anchor = next((one for one, found in self.keys.items() if found == key), None)
        duty = next((one for one in self.report.duties if one.anchor == anchor), None)
        if duty is None:
            raise ResultLinkError("result.no-duty")
        return duty


_reports, _documents = Keeping(REPORTS), Keeping(DOCUMENTS)


def told(held: Held, lang: str, on: date, known: date) -> Told:
    """The result of a check as of a day, by what had been published by another."""
    key = ("told", held.digest, site_corpus().edition, on, known, lang)
    return _reports.get(key, lambda: _told(held.assessment(on, known), document_of(held, on, known), lang))


def document_of(held: Held, on: date, known: date) -> dict[str, Any]:
    """The document of that result, with the rules in question."""
    key = ("document", held.digest, site_corpus().edition, on, known)
    return _documents.get(key, lambda: to_json(held.assessment(on, known)))


def told_again(share: Share, lang: str) -> Told:
    """A shared result as it was shared: made from what it was worked out from, under the rules kept with it."""
    return _reports.get(("again", share.document_id, share.edition_id, site_corpus().edition, lang), lambda: _again(share, lang))


def told_now(share: Share, lang: str, on: date, known: date) -> Told:
    """The same answers under the rules of today, as of other days: a new result, not the one that was shared.

    :raises GuijuError: where the rules of today cannot read these answers.
    """
    key = ("now", share.document_id, site_corpus().edition, on, known, lang)

    def make() -> Told:
        made = _now(share, on, known)
        return _told(made.found, made.document, lang)

    return _reports.get(key, make)


def document_now(share: Share, on: date, known: date) -> dict[str, Any]:
    """The document of that result.

    :raises GuijuError: where the rules of today cannot read these answers.
    """
    return _now(share, on, known).document


def shared_document(share: Share) -> dict[str, Any]:
    """The result as it was shared.

    :raises ResultLinkError: where the document is none.
    """
    found = json.loads(share.document.bytes())
    if not isinstance(found, dict) or not isinstance(found.get("inputs"), dict) or not isinstance(found.get("edition"), str):
        raise ResultLinkError("result.not-shared-result")
    return found


@dataclass
class _Again:
    """A shared result worked out again, for both languages."""

    found: Assessment
    document: dict[str, Any]
    exact: bool = True


def _again(share: Share, lang: str) -> Told:
    key = ("worked out", share.document_id, share.edition_id, site_corpus().edition)
    made = _documents.get(key, lambda: _worked_out(share))
    return _told(made.found, made.document, lang, made.exact)  # one at a time: a result is worked on while it is read


def _worked_out(share: Share) -> _Again:
    earlier = earlier_of(share)
    corpus = kept_corpus(earlier.edition) or site_corpus()
    found = assess(dossier_again(earlier, corpus.vocabulary), corpus, earlier.on, earlier.known, earlier.party, earlier.memory)
    found.was_edition = earlier.edition
    document = to_json(found)
    text = dumps(document)
    same = text.encode() == share.document.bytes() or not compare(shared_document(share), json.loads(text))
    return _Again(found, document, exact=same)


def _now(share: Share, on: date, known: date) -> _Again:
    earlier, corpus = earlier_of(share), site_corpus()

    def make() -> _Again:
        found = assess(dossier_again(earlier, corpus.vocabulary), corpus, on, known, earlier.party, earlier.memory)
        return _Again(found, to_json(found))

    return _documents.get(("worked out now", share.document_id, corpus.edition, on, known), make)


def earlier_of(share: Share) -> Earlier:
    """What a shared result was worked out from."""
    data = shared_document(share)
    inputs = json.loads(share.document.bytes(), parse_float=Decimal)["inputs"]
    days = parse_day(data["on"]), parse_day(data["known"])
    return Earlier(share.document_id[:19], data["edition"], *days, inputs["party"], inputs["memory"], inputs)


def shared_dossier(share: Share, corpus: Corpus) -> Dossier:
    """The answers behind a shared result, in the words of an edition."""
    return dossier_again(earlier_of(share), corpus.vocabulary)


def _told(found: Assessment, document: dict[str, Any], lang: str, exact: bool = True) -> Told:
    report = report_of(found, lang, document=document)
    keys = {
        f"d{number}": (row["norm"], row["object"], row["party"] or "") for number, row in enumerate(document["duties"], 1)
    }  # a report numbers its rules as its document lists them
    return Told(report, keys, tuple(_asked(found, report)), turns(document), exact)


def _asked(found: Assessment, report: Report) -> list[Asked]:
    """The questions, most settling first; the report has them by cause, each cause in that order."""
    waiting: dict[str, deque[Need]] = {}
    for _, needs in report.questions:
        for need in needs:
            waiting.setdefault(need.name, deque()).append(need)
    return [Asked(waiting[one.name].popleft(), one.address) for one in found.questions if waiting.get(one.name)]
