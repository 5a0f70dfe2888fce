"""Cases: drafted, applied for, and moved on by whoever may, with everything that follows from a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from guiju.calendars import now, today
from guiju.institutions.ethics import conditions
from guiju.institutions.ethics.acting import Taken, do, locked
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.experts import require_able, require_asked
from guiju.institutions.ethics.models import Case, Committee, Done
from guiju.institutions.ethics.paper_items import kinds
from guiju.institutions.ethics.papers import LONGEST_TITLE, hand_in, writers
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.ethics.telling import tell
from guiju.institutions.people.access import opened, require
from guiju.institutions.people.models import Body, Membership, Organisation, Person
from guiju.institutions.people.organisations import by_handle
from guiju.institutions.register.models import System
from guiju.institutions.register.versions import latest
from guiju.procedure import APPLY, EXPERT
from guiju.procedure import Case as Played

MOST_DRAFTS: Final = 50
"""Drafts of one organisation before one committee."""


def case_of(case: str) -> Case:
    """The case of an address.

    :raises Http404: where there is none.
    """
    found = Case.objects.select_related("committee__body__organisation", "applicant", "system", "version__system", "authority")
    return opened(found.filter(public_id=case).first())  # type: ignore[no-any-return]


def body_of(case: Case) -> Body:
    """The body that reviews it."""
    return case.committee.body


def applicant_of(case: Case) -> Organisation:
    """The organisation that applies."""
    return case.applicant


def authority_of(case: Case) -> Organisation | None:
    """The organisation that was asked for re-review, if any."""
    return case.authority


def played(case: Case) -> Played | None:
    """How a case stands; None while it is a draft."""
    return standing_of(case.committee).cases.get(case.public_id)


def committees_for(organisation: Organisation) -> QuerySet[Committee]:
    """The committees that take its cases: its own, and those that take cases of others."""
    found = Committee.objects.select_related("body__organisation").filter(body__ended=None)
    mine = found.filter(body__organisation=organisation)
    return (mine | found.filter(outside=True)).order_by("-outside", "pk")


@transaction.atomic
def draft(organisation: Organisation, by: Person, committee: Committee, title: str, kind: str, system: System | None) -> Case:
    """A case that is not applied for yet.

    :raises EthicsError: where title or kind is missing, or the committee does not take cases of the organisation.
    """
    require(by, "application.write", organisation)
    words = " ".join(title.replace("\0", "").split())
    if not words:
        raise EthicsError("ethics.no-title", "title")
    if len(words) > LONGEST_TITLE:
        raise EthicsError("ethics.too-long", "title", most=LONGEST_TITLE)
    if kind not in kinds():
        raise EthicsError("ethics.no-kind", "kind")
    if not committees_for(organisation).filter(pk=committee.pk).exists():
        raise EthicsError("ethics.committee-not-open", "committee", status_code=409)
    if Case.objects.filter(applicant=organisation, committee=committee, number="").count() >= MOST_DRAFTS:
        raise EthicsError("ethics.drafts-many", most=MOST_DRAFTS)
    version = latest(system) if system is not None else None
    return Case.objects.create(
        committee=committee,
        applicant=organisation,
        title=words,
        kind=kind,
        system=system,
        version=version,
        draft={"writers": [by.public_id]},
        made=now(),
        by=by,
        example=organisation.example,
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What a form said of a step: for the rules, in words, and of conditions."""

    gives: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)
    wanted: Sequence[conditions.Wanted] | None = None
    met: Sequence[int] = ()


@transaction.atomic
def move(case: Case, person: Person, step: str, said: Said, behalf: str = "") -> Taken:
    """Take a step in a case, with everything that follows from it.

    :raises StepRefusedError: where something is lacking.
    :raises ProcedureError: where it does not follow, or is not theirs.
    :raises EthicsError: for papers that are not whole.
    """
    mine = locked(case.committee)
    gives = dict(said.gives)
    rule = rules_of(mine).steps.get(step)
    asked = rule.gives if rule else ()
    if "digest" in asked and rule is not None and set(rule.by) == {"applicant"}:
        gives["digest"] = hand_in(case, person).document_id
        if "authors" in asked:
            gives["authors"] = writers(case)
    if "conditions_open" in asked:
        gives["conditions_open"] = _open_after(case, said)
    if step == APPLY:
        if not committees_for(case.applicant).filter(pk=mine.pk).exists():
            raise EthicsError("ethics.committee-not-open", status_code=409)
        _number(mine, case)
    if "parties" in gives:
        _require_apart(case, str(gives["parties"]["authority"][0]))
    if "experts" in gives:
        require_able(case, gives["experts"])
    if rule is not None and EXPERT in rule.by:
        require_asked(case, person)
    taken = do(mine, person, step, case.public_id, gives, said.words, behalf)
    if said.met:
        conditions.meet(case, said.met, str(said.words.get("evidence", "")), taken.row)
    if said.wanted is not None and "conditions_open" in asked:
        conditions.set_them(case, said.wanted, taken.row)
    former = case.authority if "unasked" in asked else None
    if "parties" in gives or "unasked" in asked:
        case.authority = by_handle(gives["parties"]["authority"][0].removeprefix("org:")) if "parties" in gives else None
        case.save(update_fields=["authority"])
    tell(case, taken, former)
    return taken


def _require_apart(case: Case, named: str) -> None:
    """The authority is neither the applicant nor the unit, nor has it people in common with either.

    :raises EthicsError: where it has.
    """
    authority = by_handle(named.removeprefix("org:"))
    own = [case.applicant, case.committee.body.organisation]
    people = Membership.objects.filter(ends=None)
    theirs = people.filter(organisation=authority).values("person")
    if authority in own or people.filter(organisation__in=own, person__in=theirs).exists():
        raise EthicsError("ethics.authority-own", "authority", status_code=409)


def _open_after(case: Case, said: Said) -> int:
    if said.wanted is not None:
        return len(said.wanted)
    return sum(one.number not in said.met for one in conditions.open_ones(case))


def _number(committee: Committee, case: Case) -> None:
    """Number a case within its year, as the committee's place has it; once."""
    if case.number:
        return
    year = today(rules_of(committee).place).year
    used = set(Case.objects.filter(committee=committee, number__startswith=f"{year}-").values_list("number", flat=True))
    free = (f"{year}-{place:03}" for place in count(len(used) + 1))
    case.number = next(one for one in free if one not in used)  # numbers that were taken over may lie anywhere
    case.save(update_fields=["number"])


def acts_of(case: Case) -> QuerySet[Done]:
    """What was done in a case, in order."""
    return Done.objects.filter(committee=case.committee, about=case.public_id).select_related("person").order_by("number")


def decisions_of(case: Case) -> QuerySet[Done]:
    """The acts by which a case was decided, in order."""
    return acts_of(case).filter(step__in=rules_of(case.committee).deciding)


def decision_of(case: Case) -> Done | None:
    """The act by which a case was last decided; None where it was not."""
    return decisions_of(case).last()
