"""Letters about a case: to the applicant what moved it, to the secretary what came in, to who re-reviews it that it is asked.

Members are told when a meeting is called. A letter says the number of a case and how it now stands; what it is about, and why,
stands behind a sign-in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.urls import reverse

from guiju.calendars import words
from guiju.institutions.ethics.acting import Taken
from guiju.institutions.ethics.in_words import committee_name, heading
from guiju.institutions.ethics.models import Case, Meeting
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.hall.letters import write_letter
from guiju.institutions.hall.receipts import moment_in_words
from guiju.institutions.people.access import holders
from guiju.institutions.people.access.roles import current_seats
from guiju.institutions.people.models import Membership, Organisation, Person, Seat
from guiju.procedure import day_of
from guiju.wording import fill, in_language, join_words


def tell(case: Case, taken: Taken, former: Organisation | None = None) -> int:
    """Write to whom a step concerns, but not to whoever took it; within its transaction. How many letters there were.

    :param former: the authority that is asked no more; the case is not theirs to read any longer.
    """
    step = rules_of(case.committee).steps[taken.row.step]
    told: dict[int, tuple[Person, str]] = {}
    if "experts" in step.gives:
        experts = Person.objects.filter(public_id__in=list(taken.row.gives["experts"]), is_active=True)
        told |= {one.pk: (one, "re-review-opinion") for one in experts}
    elif step.inside:
        return 0
    elif "applicant" not in step.by:
        told |= {one.pk: (one, "application") for one in _applicants(case, taken)}
    else:
        told |= {one.pk: (one, "ethics-case") for one in _secretaries(case)}
    if "authority" in step.by and not step.inside:
        told |= {one.pk: (one, "ethics-case") for one in _secretaries(case)}
    elif "parties" in step.gives and case.authority is not None:
        told |= {one.pk: (one, "re-review") for one in holders("re-review.answer", case.authority)}
    if former is not None:
        told |= {one.pk: (one, "") for one in holders("re-review.answer", former)}
    people = [one for one in told.values() if _is_told(one[0], taken)]
    for person, address in people:
        _write(case, taken, person, address)
    return len(people)


def tell_called(meeting: Meeting, taken: Taken) -> int:
    """Write to whoever has a seat on the day of a meeting that it is called, but not to whoever called it; how many letters."""
    day = day_of(rules_of(meeting.committee), meeting.planned)
    seats = Seat.objects.filter(body_id=meeting.committee.body_id, left=None, begins__lte=day, ends__gte=day)
    people = [one for one in Person.objects.filter(pk__in=seats.values("person"), is_active=True) if _is_told(one, taken)]
    numbers = dict(Case.objects.filter(committee=meeting.committee).values_list("public_id", "number"))
    agenda = [numbers[one] for one in taken.row.gives["agenda"]]
    for person in people:
        _write_called(meeting, taken, agenda, person)
    return len(people)


def _is_told(person: Person, taken: Taken) -> bool:
    """Whoever took the step knows of it; people of the example world are written to where nothing leaves the site."""
    return person.public_id != taken.row.by and (settings.DEMO or not person.example)


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
    href = reverse(address, args=(lang, case.public_id)) if address else reverse("ethics", args=(lang,))
    fields = {
        "number": case.number,
        "committee": committee_name(case.committee, lang),
        "step": heading(rules.steps[taken.row.step].words, lang),
        "state": in_language(rules.states[stands.state], lang),
        "who": person.shown_name,
        "link": f"{settings.SITE_URL}{href}" if settings.SITE_URL else "",
    }
    _send(person, "moved", fields)


def _write_called(meeting: Meeting, taken: Taken, agenda: list[str], person: Person) -> None:
    rules, lang = rules_of(meeting.committee), person.lang
    href = reverse("meeting", args=(lang, meeting.public_id))
    video = fill("ethics.by-video", lang, "message", {}) if taken.row.words.get("video") else ""
    fields = {
        "committee": committee_name(meeting.committee, lang),
        "day": words(day_of(rules, meeting.planned), lang),
        "when": moment_in_words(meeting.planned, lang, rules.place),
        "where": join_words([one for one in (meeting.where, video) if one], lang),
        "agenda": "\n".join(agenda),
        "who": person.shown_name,
        "link": f"{settings.SITE_URL}{href}" if settings.SITE_URL else "",
    }
    _send(person, "called", fields)


def _send(person: Person, kind: str, fields: Mapping[str, object]) -> None:
    subject, body = (fill(f"ethics.letter-{kind}-{part}", person.lang, "message", fields) for part in ("subject", "body"))
    write_letter(person.email, subject, body.rstrip(), person.lang)
