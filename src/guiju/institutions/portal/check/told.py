"""Results told in a language, kept while they are asked for: the report, its document, and what leads from one to the other."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from guiju.assess import Assessment, assess, to_json
from guiju.assess.again import Earlier, dossier_again
from guiju.assess.report import report_of
from guiju.assess.report_parts import Duty, Need, Report
from guiju.calendars import parse_day
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.portal.check.held import Held
from guiju.institutions.register.models import Share
from guiju.lookup import corpus_for
from guiju.wording import GuijuError

KEPT: Final = 40
"""How many reports and documents are kept at once."""

Key = tuple[str, str, str]
"""Norm, object and party (empty without one) of a row: its address."""

T = TypeVar("T")


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
    document: Mapping[str, Any]
    keys: Mapping[str, Key]
    asked: tuple[Asked, ...]
    was_edition: str | None = None

    def duty(self, key: Key) -> Duty:
        """The rule at an address.

        :raises ResultLinkError: where the result has none there.
        """
        anchor = next((one for one, found in self.keys.items() if found == key), None)
        duty = next((one for one in self.report.duties if one.anchor == anchor), None)
        if duty is None:
            raise ResultLinkError("result.no-duty")
        return duty


class _Keeping:
    """The last so many of what was made, whoever asks; two that ask for the same at once may both make it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.found: OrderedDict[Hashable, Any] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under a key, made if it is not."""
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
                return self.found[key]  # type: ignore[no-any-return]  # what ``make`` gave for this key
        made = make()
        with self.lock:
            self.found[key] = made
            while len(self.found) > self.most:
                self.found.popitem(last=False)
        return made


_kept = _Keeping(KEPT)


def told(held: Held, lang: str, on: date, known: date) -> Told:
    """The result of a check as of a day, by what had been published by another."""
    key = ("told", held.digest, site_corpus().edition, on, known, lang)
    return _kept.get(key, lambda: _told(held.assessment(on, known), document_of(held, on, known), lang))


def document_of(held: Held, on: date, known: date) -> dict[str, Any]:
    """The document of that result, with the rules in question."""
    key = ("document", held.digest, site_corpus().edition, on, known)
    return _kept.get(key, lambda: to_json(held.assessment(on, known)))


def told_again(share: Share, lang: str) -> Told:
    """A shared result, made again from what it was worked out from: under its own edition where that is kept."""
    return _kept.get(("again", share.document_id, site_corpus().edition, lang), lambda: _again(share, lang))


def shared_document(share: Share) -> dict[str, Any]:
    """The result as it was shared.

    :raises ResultLinkError: where the document is none.
    """
    found = json.loads(share.document.bytes())
    if not isinstance(found, dict) or not isinstance(found.get("inputs"), dict) or not isinstance(found.get("edition"), str):
        raise ResultLinkError("result.not-shared-result")
    return found


def _again(share: Share, lang: str) -> Told:
    data = shared_document(share)
    inputs, edition = json.loads(share.document.bytes(), parse_float=Decimal)["inputs"], data["edition"]
    on, known = parse_day(data["on"]), parse_day(data["known"])
    earlier = Earlier(share.document_id[:19], edition, on, known, inputs["party"], inputs["memory"], inputs)
    corpus = site_corpus() if edition == site_corpus().edition else corpus_for(edition)
    found = assess(dossier_again(earlier, corpus.vocabulary), corpus, on, known, earlier.party, earlier.memory)
    found.was_edition = edition
    return _told(found, to_json(found), lang, edition)


def _told(found: Assessment, document: dict[str, Any], lang: str, was_edition: str | None = None) -> Told:
    report = report_of(found, lang)
    keys = {
        f"d{number}": (row["norm"], row["object"], row["party"] or "") for number, row in enumerate(document["duties"], 1)
    }  # a report numbers its rules as its document lists them
    return Told(report, document, keys, tuple(_asked(found, report)), was_edition)


def _asked(found: Assessment, report: Report) -> list[Asked]:
    """The questions, most settling first; the report has them by cause, each cause in that order."""
    waiting: dict[str, deque[Need]] = {}
    for _, needs in report.questions:
        for need in needs:
            waiting.setdefault(need.name, deque()).append(need)
    return [Asked(waiting[one.name].popleft(), one.address) for one in found.questions if waiting.get(one.name)]
