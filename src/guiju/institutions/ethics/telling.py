"""Letters about a case: to the applicant what moved it, to the secretary what came in, to the authority that it is asked.

A letter says the number and how the case now stands; what it is about, and why, stands behind a sign-in.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from guiju.institutions.ethics.acting import Taken
from guiju.institutions.ethics.models import Case
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.hall.letters import write_letter
from guiju.institutions.people.access import holders
from guiju.institutions.people.access.roles import current_seats
from guiju.institutions.people.models import Membership, Person
from guiju.institutions.people.naming import name_in
from guiju.wording import fill, in_language


def tell(case: Case, taken: Taken) -> int:
    """Write to whom a step concerns, but not to whoever took it; within its transaction. How many letters there were."""
    step = rules_of(case.committee).steps[taken.row.step]
    if step.inside:
        return 0
    told: dict[int, tuple[Person, str]] = {}
    if "applicant" not in step.by:
        told |= {one.pk: (one, "application") for one in _applicants(case, taken)}
    else:
        told |= {one.pk: (one, "ethics-case") for one in _secretaries(case)}
    if "authority" in step.by:
        told |= {one.pk: (one, "ethics-case") for one in _secretaries(case)}
    elif "parties" in step.gives and case.authority is not None:
        told |= {one.pk: (one, "re-review") for one in holders("re-review.answer", case.authority)}
    people = [one for one in told.values() if one[0].public_id != taken.row.by and (settings.DEMO or not one[0].example)]
    for person, address in people:
        _write(case, taken, person, address)
    return len(people)


def _applicants(case: Case, taken: Taken) -> Iterable[Person]:
    """Who acted for the applicant and still belongs there."""
    named = taken.standing.cases[case.public_id].parties.get("applicant", frozenset())
    members = Membership.objects.filter(organisation=case.applicant, ends=None).values("person")
    return Person.objects.filter(public_id__in=list(named), is_active=True, pk__in=members)


def _secretaries(case: Case) -> Iterable[Person]:
    seats = current_seats().filter(body_id=case.committee.body_id, post="secretary")
    return Person.objects.filter(pk__in=seats.values("person"), is_active=True)


def _write(case: Case, taken: Taken, person: Person, address: str) -> None:
    rules, lang = rules_of(case.committee), person.lang
    stands = taken.standing.cases[case.public_id]
    href = reverse(address, args=(lang, case.public_id))
    fields = {
        "number": case.number,
        "committee": name_in(case.committee.body.name, lang),
        "step": in_language(rules.steps[taken.row.step].words, lang),
        "state": in_language(rules.states[stands.state], lang),
        "who": person.shown_name,
        "link": f"{settings.SITE_URL}{href}" if settings.SITE_URL else "",
    }
    subject, body = (fill(f"ethics.letter-moved-{part}", lang, "message", fields) for part in ("subject", "body"))
    write_letter(person.email, subject, body.rstrip(), lang)
