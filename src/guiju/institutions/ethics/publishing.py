"""What everybody reads of a decision: proposed by the committee, published by somebody of the unit who did not write it.

A decision of which nothing was published is counted and no more. What was published is one canonical document, under its digest
in the record; it can be withdrawn with a reason, and is then shown as withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import rfc8785
from django.db import transaction
from django.db.models import Max

from guiju import record
from guiju.calendars import now, words
from guiju.institutions.ethics.casework import decision_of, played
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Case, Done, Publication
from guiju.institutions.ethics.paper_items import is_governing
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.people.access import holders, require
from guiju.institutions.people.models import Organisation, Person
from guiju.institutions.register.documents import digest_of, put
from guiju.procedure import day_of
from guiju.wording import LANGUAGES, codes, fill, in_language, join_words

SCHEMA: Final = "guiju.ethics-decision/1"
REASONS: Final = ("trade-secret", "privacy", "national-interest", "safety", "other")
"""Why a text can be withheld."""

LONGEST: Final[Mapping[str, int]] = {"title": 120, "summary": 4000, "why": 1000}
"""Characters of each part in one language."""

LONGEST_NOTE: Final = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is proposed: a text, by language; or that it be withheld, for which reason and in which words."""

    withheld: bool
    title: Mapping[str, str] = field(default_factory=dict)
    summary: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    why: Mapping[str, str] = field(default_factory=dict)


class ChangedError(EthicsError):
    """Somebody else wrote in it meanwhile; nothing was overwritten. ``stored`` is what stands, ``offered`` what was sent."""

    def __init__(self, stored: Publication, offered: Wanted) -> None:
        super().__init__("ethics.publish-changed", status_code=409)
        self.stored = stored
        self.offered = offered


def draft_of(case: Case) -> Publication | None:
    """What is proposed and not published."""
    return case.publications.select_related("decision").filter(published=None).first()


def current(case: Case) -> Publication | None:
    """What was published last, also where it was withdrawn since; None where nothing was."""
    found = case.publications.exclude(published=None).select_related("decision", "document")
    return found.order_by("-number").first()


def latest_of(case: Case) -> Done:
    """The decision that a text would be about.

    :raises EthicsError: where the case was not decided.
    """
    found = decision_of(case)
    if found is None:
        raise EthicsError("ethics.publish-undecided", status_code=409)
    return found


def writes_not(case: Case, by: Person) -> bool:
    """Whether somebody takes no part in a case, and so does not write of it either."""
    stands = played(case)
    standing = standing_of(case.committee)
    return stands is not None and any(standing.seats[one].person == by.public_id for one in standing.aside(stands))


# -- proposed ----------------------------------------------------------------------------------------------------------------


def clean(wanted: Wanted) -> Wanted:
    """What is proposed as it is kept: without what is empty, and only what belongs to it.

    :raises EthicsError: where something that it needs is missing, unknown or too long.
    """
    if not wanted.withheld:
        title, summary = _said("title", wanted.title, one_line=True), _said("summary", wanted.summary)
        for name, text in (("title", title), ("summary", summary)):
            if not text:
                raise EthicsError(f"ethics.publish-no-{name}", f"{name}-zh")
        if title.keys() != summary.keys():
            lacking = next(f"{name}-{lang}" for name, text in (("title", title), ("summary", summary)) for lang in LANGUAGES
                           if lang in {*title, *summary} and lang not in text)  # fmt: skip
            raise EthicsError("ethics.publish-half", lacking)
        return Wanted(False, title, summary)
    if wanted.reason not in REASONS:
        raise EthicsError("ethics.publish-no-reason", "reason")
    why = _said("why", wanted.why)
    if not why:
        raise EthicsError("ethics.publish-no-why", "why-zh")
    return Wanted(True, reason=wanted.reason, why=why)


def _said(name: str, text: Mapping[str, str], *, one_line: bool = False) -> dict[str, str]:
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        typed = text.get(lang, "").replace("\0", "").replace("\r\n", "\n").strip()
        typed = " ".join(typed.split()) if one_line else typed
        if len(typed) > LONGEST[name]:
            raise EthicsError("ethics.too-long", f"{name}-{lang}", most=LONGEST[name])
        if typed:
            found[lang] = typed
    return found


@transaction.atomic
def propose(case: Case, by: Person, wanted: Wanted, revision: int) -> Publication:
    """Propose what everybody is to read; ``revision`` is that of the page on which it was written, 0 where nothing stood.

    :raises EthicsError: 409 where the case is not decided or its committee is not shown to everybody; 403 for whoever takes no
        part in the case; 400 where something is missing.
    :raises ChangedError: where somebody else wrote in it meanwhile.
    """
    require(by, "committee.propose", case.committee.body)
    mine = _locked(case)
    decision = latest_of(mine)
    _require_public(mine)
    if writes_not(mine, by):
        raise EthicsError("ethics.publish-aside", status_code=403)
    said = clean(wanted)
    stored = draft_of(mine)
    if stored is None:
        if revision:
            raise EthicsError("ethics.publish-gone", status_code=409)
        stored = Publication(case=mine, number=_next_number(mine), revision=0)
    elif stored.revision != revision:
        if _same(stored, said):
            return stored  # a form that was sent twice
        raise ChangedError(stored, said)
    stored.decision, stored.withheld, stored.returned = decision, said.withheld, ""
    stored.title, stored.summary, stored.reason, stored.why = said.title, said.summary, said.reason, said.why
    stored.revision += 1
    stored.written = now()
    stored.save()
    stored.writers.add(by)
    return stored


def _same(stored: Publication, said: Wanted) -> bool:
    kept = (stored.withheld, stored.title, stored.summary, stored.reason, stored.why)
    return kept == (said.withheld, said.title, said.summary, said.reason, said.why)


def _next_number(case: Case) -> int:
    return (case.publications.aggregate(last=Max("number"))["last"] or 0) + 1


def _locked(case: Case) -> Case:
    """The case as it stands, nobody else's until the transaction ends."""
    related = ("committee__body__organisation", "applicant")
    return Case.objects.select_for_update(of=("self",)).select_related(*related).get(pk=case.pk)


def _require_public(case: Case) -> None:
    if not case.committee.public:
        raise EthicsError("ethics.publish-not-shown", status_code=409)


# -- published ---------------------------------------------------------------------------------------------------------------


def told(publication: Publication) -> dict[str, Any]:
    """What a publication says, as it is published: nothing of people, of who applied or of the system, but for its own words."""
    case, decision = publication.case, publication.decision
    body, rules = case.committee.body, rules_of(case.committee)
    said: dict[str, Any] = {"title": publication.title, "summary": publication.summary, "kind": case.kind}
    if publication.withheld:
        said = {"reason": publication.reason, "why": publication.why}
    return {
        "schema": SCHEMA,
        "case": case.public_id,
        "number": publication.number,
        "committee": {"id": body.public_id, "name": dict(body.name)},
        "decided": {
            "act": decision.number,
            "on": str(day_of(rules, decision.at)),
            "step": decision.step,
            "outcome": outcome_of(decision),
        },
        "governing": is_governing(case.kind),
        "withheld": publication.withheld,
        **said,
        **({"example": True} if case.example else {}),
    }


def outcome_of(decision: Done) -> str:
    """How a decision came out; empty where the step has one outcome alone."""
    return str(decision.gives.get("outcome", ""))


def seen_of(publication: Publication) -> str:
    """The digest of what a page says that a publication would say."""
    return digest_of(rfc8785.dumps(told(publication)))


def publishers(publication: Publication) -> list[str]:
    """Who may publish it: those who have the right and did not write in it, by name."""
    wrote = set(publication.writers.values_list("pk", flat=True))
    found = holders("committee.publish", publication.case.committee.body)
    return sorted(one.shown_name for one in found if one.pk not in wrote)


@transaction.atomic
def publish(case: Case, by: Person, revision: int, seen: str) -> Receipt:
    """Publish what is proposed as it stood on the page that was read: its words (``revision``), and all that it says (``seen``).

    :raises EthicsError: 403 where they wrote in it; 409 where it is gone, sent back or changed, or a decision came after it.
    """
    require(by, "committee.publish", case.committee.body)
    mine = _locked(case)
    draft = _read_draft(mine, revision)
    _require_public(mine)
    if draft.writers.filter(pk=by.pk).exists():
        raise EthicsError("ethics.publish-own", status_code=403, who=_who_else(draft))
    if latest_of(mine).pk != draft.decision_id:
        raise EthicsError("ethics.publish-later", status_code=409)
    content = rfc8785.dumps(told(draft))
    if digest_of(content) != seen:
        raise EthicsError("ethics.publish-moved", status_code=409)
    draft.document = put("ethics-decision", content)
    draft.published, draft.approved_by = now(), by
    receipt = _entered("withheld" if draft.withheld else "published", draft, by)
    draft.receipt = record.receipt_hash(receipt.number)
    draft.save()
    return receipt


def _read_draft(case: Case, revision: int) -> Publication:
    """The proposal, if it is the one that was read."""
    draft = draft_of(case)
    if draft is None:
        raise EthicsError("ethics.publish-gone", status_code=409)
    if draft.revision != revision or draft.returned:
        raise EthicsError("ethics.publish-moved", status_code=409)
    return draft


def _who_else(draft: Publication) -> dict[str, str]:
    names = publishers(draft)
    if not names:
        return {lang: fill("ethics.publish-nobody", lang, "message", {}) for lang in LANGUAGES}
    return {lang: fill("ethics.publish-these", lang, "message", {"names": join_words(names, lang)}) for lang in LANGUAGES}


@transaction.atomic
def send_back(case: Case, by: Person, revision: int, note: str) -> Receipt:
    """Send what is proposed back to the committee, saying what is to be changed.

    :raises EthicsError: where it is gone or has changed, or nothing is said.
    """
    require(by, "committee.publish", case.committee.body)
    draft = _read_draft(_locked(case), revision)
    note = note.replace("\0", "").replace("\r\n", "\n").strip()
    if not note:
        raise EthicsError("ethics.publish-no-note", "note")
    if len(note) > LONGEST_NOTE:
        raise EthicsError("ethics.too-long", "note", most=LONGEST_NOTE)
    draft.returned = note
    draft.save(update_fields=["returned"])
    return _entered("returned", draft, by, {"note": note})


@transaction.atomic
def withdraw(case: Case, by: Person, reason: Mapping[str, str]) -> Receipt:
    """Withdraw what was published, with the reason that everybody reads.

    :raises EthicsError: where no text is public, or no reason is given.
    """
    require(by, "committee.publish", case.committee.body)
    said = _said("why", reason)
    if not said:
        raise EthicsError("ethics.publish-no-why", "why-zh")
    found = current(_locked(case))
    if found is None or found.withheld or found.withdrawn is not None:
        raise EthicsError("ethics.publish-nothing", status_code=409)
    found.withdrawn, found.withdrawal = now(), said
    found.save(update_fields=["withdrawn", "withdrawal"])
    return _entered("withdrawn", found, by)


def _entered(kind: str, one: Publication, by: Person, private: Mapping[str, Any] | None = None) -> Receipt:
    """What was done with a publication, in the record: the case by its opaque name, what was published by its digest."""
    case = one.case
    public: dict[str, Any] = {"case": case.public_id, "committee": case.committee.body.public_id, "number": one.number}
    if one.document_id:
        public["entry"] = one.document_id
    payload = {"case": case.public_id, "number": one.number}
    return act(
        f"ethics.{kind}", f"ethics-case:{case.public_id}", by=by.public_id, public=public, private=private, payload=payload
    )


# -- suggested ---------------------------------------------------------------------------------------------------------------

_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def suggested(case: Case) -> Wanted:
    """A text made from the decision, in the language in which it was written; to be checked by whoever proposes it.

    Names of people, of the applicant and of the system are taken out, as far as this site knows them.
    """
    decision = latest_of(case)
    rules = rules_of(case.committee)
    reasons = str(decision.words.get("reasons", ""))
    lang = "zh" if _CHINESE.search(case.title + reasons) else "en"
    step = rules.steps[decision.step]
    wanted = [str(one) for one in decision.words.get("conditions", ())]
    outcome = f"ethics.outcome-{outcome_of(decision)}"
    what = fill(outcome, lang, "message", {}) if outcome in codes(lang) else in_language(step.words, lang)
    done = {"what": what, "on": words(day_of(rules, decision.at), lang)}
    lines = [fill("ethics.publish-done", lang, "message", done), reasons]
    if wanted:
        lines.append(fill("ethics.publish-conditions", lang, "message", {"conditions": join_words(wanted, lang)}))
    hidden = _hidden(case, lang)
    summary = "\n".join(_without(one, hidden) for one in lines if one)[: LONGEST["summary"]]
    return Wanted(False, {lang: _without(case.title, hidden)[: LONGEST["title"]]}, {lang: summary})


def _hidden(case: Case, lang: str) -> dict[str, str]:
    """What is taken out of a suggestion, with what is written instead."""
    body, rows = case.committee.body, case.committee.acts.filter(about=case.public_id)
    people = Person.objects.filter(seats__body=body) | Person.objects.filter(memberships__organisation__in=_parties(case))
    acted = Person.objects.filter(pk__in=rows.values("person"))
    names = {one for person in (*people.distinct(), *acted) for one in (person.name, person.email)}
    names |= {str(one) for row in rows for one in (*row.gives.get("group", ()), *row.gives.get("group_for", ()))}
    found = dict.fromkeys(names, fill("ethics.publish-somebody", lang, "message", {}))
    found |= dict.fromkeys(case.applicant.name.values(), fill("ethics.publish-applicant", lang, "message", {}))
    if case.system is not None:
        found |= dict.fromkeys(case.system.name.values(), fill("ethics.publish-system", lang, "message", {}))
    return {name: instead for name, instead in found.items() if len(name) > 1}


def _parties(case: Case) -> list[Organisation]:
    return [one for one in (case.applicant, case.committee.body.organisation, case.authority) if one is not None]


def _without(text: str, hidden: Mapping[str, str]) -> str:
    """A text with some names taken out, the longest first; a Latin name only as a whole word."""
    for name in sorted(hidden, key=len, reverse=True):
        pattern = re.escape(name) if _CHINESE.search(name) else rf"(?<!\w){re.escape(name)}(?!\w)"
        text = re.sub(pattern, hidden[name], text, flags=re.IGNORECASE if " " in name else 0)
    return _MAIL.sub("", text)
