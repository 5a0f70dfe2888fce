"""Results of a system: worked out for a version and a day, kept by the edition of the rules; and whether they still hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from guiju.assess import Assessment, assess, to_json
from guiju.assess.again import dossier_again, result_in
from guiju.assess.report import report_of, short
from guiju.assess.report_parts import Report
from guiju.calendars import now
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.keeping import Keeping, keep
from guiju.institutions.people.models import Person
from guiju.institutions.register.documents import digest_of, put
from guiju.institutions.register.editions import keep_site_edition, kept_corpus
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.models import DossierVersion, System, SystemResult
from guiju.institutions.register.stale import Stale, against
from guiju.institutions.register.versions import dossier_of_version, latest
from guiju.norms import Corpus
from guiju.subjects import dumps

REPORTS: Final = 24
"""How many reports of results one process keeps; one takes about a megabyte."""

RESULTS: Final = 8
"""How many results it keeps while they are told in the second language, at some megabytes each."""

_reports, _results = Keeping(REPORTS), Keeping(RESULTS)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a result still holds: what has changed in the rules, and by which version the facts have changed (0: none)."""

    stale: Stale
    newer: int = 0

    def __bool__(self) -> bool:
        return bool(self.stale) or bool(self.newer)


def work_out(version: DossierVersion, on: date, by: Person | None, known: date | None = None) -> SystemResult:
    """The result of a version as of a day, under the rules of this site; the one that is there already where it is the same."""
    known = known or on
    system, edition = version.system, site_corpus().edition
    alike = SystemResult.objects.filter(system=system, version=version, edition=edition, on=on, known=known)
    if (same := alike.first()) is not None:
        return same
    content = _results.get((version.document_id, edition, on, known), lambda: _content(version, on, known))
    kept = keep_site_edition()
    with transaction.atomic():
        System.objects.select_for_update().get(pk=system.pk)
        if (same := alike.first()) is not None:  # somebody else asked for it while it was worked out
            return same
        number = (system.results.aggregate(last=Max("number"))["last"] or 0) + 1
        return SystemResult.objects.create(
            system=system, number=number, version=version, document=put("result", content),
            edition_id=kept, on=on, known=known, by=by, at=now(),
        )  # fmt: skip


def _content(version: DossierVersion, on: date, known: date) -> bytes:
    """The result, without whom somebody asked: that is nobody else's business, and answers nothing."""
    found = assess(replace(dossier_of_version(version), asked=()), site_corpus(), on, known)
    document = to_json(found)
    content = dumps(document).encode()
    _results.get(("again", digest_of(content), site_corpus().edition), lambda: (found, document))
    return content


def result_numbered(system: System, number: int) -> SystemResult | None:
    """A result by its number."""
    return system.results.select_related("document", "version", "by", "system").filter(number=number).first()


def document_of(result: SystemResult) -> dict[str, Any]:
    """The result as it is kept."""
    found = json.loads(result.document.bytes())
    assert isinstance(found, dict)
    return found


def standing(result: SystemResult, lang: str) -> Standing:
    """Whether a result still holds, with the reason where not, in words."""
    newest = latest(result.system)
    newer = newest.number if newest is not None and newest.pk != result.version_id else 0
    key = ("system result", result.document_id, site_corpus().edition, lang)
    return Standing(keep(key, lambda: _of_rules(result, lang)), newer)


def holds(result: SystemResult, newest: DossierVersion | None) -> tuple[bool, bool]:
    """Whether rules and facts are still those of a result, as far as the tables say."""
    return result.edition_id == site_corpus().edition, newest is None or newest.pk == result.version_id


def _of_rules(result: SystemResult, lang: str) -> Stale:
    was = result.edition_id
    if was == site_corpus().edition:
        return Stale(False, False, short(was), short(was))
    stale = against(document_of(result), kept_corpus(was), lambda: to_json(_again(result, site_corpus())), lang)
    return replace(stale, rules=True)


def _again(result: SystemResult, corpus: Corpus) -> Assessment:
    earlier = result_in(result.document.bytes(), result.document_id[:19])
    if earlier is None:
        raise RegisterError("registry.result-unreadable", status_code=500)
    return assess(dossier_again(earlier, corpus.vocabulary), corpus, earlier.on, earlier.known, earlier.party, earlier.memory)


def report(result: SystemResult, lang: str) -> Report:
    """The result in words, made again under the rules that were kept with it."""

    def make() -> Report:
        found, document = _results.get(("again", result.document_id, site_corpus().edition), lambda: _told(result))
        return report_of(found, lang, document=document)

    return _reports.get(("report", result.document_id, lang), make)


def _told(result: SystemResult) -> tuple[Assessment, dict[str, Any]]:
    found = _again(result, kept_corpus(result.edition_id) or site_corpus())
    found.was_edition = result.edition_id
    return found, to_json(found)


def roles_by_party(result: SystemResult) -> Mapping[str, list[str]]:
    """The roles that a result gives each party, by their names in the vocabulary."""
    return {one["org"]: list(one["roles"]) for one in document_of(result)["parties"]}
