"""Experts of a re-review who give their opinions themselves: who may be named, who is asked now, and what each said.

They have seats in a body of the authority. Whoever is named reads that one case while the re-review is open and their seat runs;
nobody else of that body does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Case, Done
from guiju.institutions.ethics.standing import rules_of, standing_of, standings_of
from guiju.institutions.people.access.roles import current_seats
from guiju.institutions.people.models import Membership, Person, Seat
from guiju.procedure import AGREES, EXPERT, Standing
from guiju.wording import LANGUAGES, join_words


def seats_to_name(case: Case) -> QuerySet[Seat]:
    """The seats that people have now in bodies of the authority."""
    held = current_seats().filter(body__organisation=case.authority_id, person__is_active=True)
    return held.select_related("person", "body").order_by("body", "pk")


def opinions_of(case: Case) -> Mapping[str, str]:
    """The experts who were named by their seats, and what each said last; nobody, where the authority writes experts in."""
    stands = standing_of(case.committee).cases.get(case.public_id)
    return stands.experts if stands else {}


def agreeing(opinions: Mapping[str, str]) -> list[str]:
    """Those of the experts who agree; whoever said nothing does not."""
    return [one for one, opinion in opinions.items() if opinion == AGREES]


def asked_of(person: Person) -> list[tuple[Case, Standing]]:
    """The cases in which somebody is to give an opinion of their own now, each with how its committee stands."""
    authorities = current_seats().filter(person=person).values("body__organisation")
    found = Case.objects.filter(authority__in=authorities).order_by("-pk")
    rows = list(found.select_related("committee__body__organisation", "applicant", "authority"))
    standings = standings_of(one.committee for one in rows)
    return [
        (one, standings[one.committee_id])
        for one in rows
        if one.committee_id in standings and _is_asked(one, standings[one.committee_id], person)
    ]


def _is_asked(case: Case, standing: Standing, person: Person) -> bool:
    stands, rules = standing.cases.get(case.public_id), rules_of(case.committee)
    if stands is None or person.public_id not in stands.experts:
        return False
    return any(EXPERT in one.by and stands.state in one.states for one in rules.steps.values())


def require_asked(case: Case, person: Person) -> None:
    """Only whoever is an expert of the case now gives an opinion in it.

    :raises EthicsError: where somebody is not, or no longer.
    """
    if not any(one.pk == case.pk for one, _ in asked_of(person)):
        raise EthicsError("ethics.expert-gone", status_code=409)


def require_able(case: Case, named: Collection[str]) -> None:
    """Experts have a seat with the authority, and belong to neither the applicant nor the unit.

    :raises EthicsError: where one of them has none, or does.
    """
    if not set(named) <= set(seats_to_name(case).values_list("person__public_id", flat=True)):
        raise EthicsError("ethics.expert-unseated", "experts", status_code=409)
    near = Membership.objects.filter(ends=None, organisation__in=(case.applicant, case.committee.body.organisation))
    found = Person.objects.filter(public_id__in=list(named), pk__in=near.values("person")).order_by("pk")
    if names := [one.shown_name for one in found]:
        who = {lang: join_words(names, lang) for lang in LANGUAGES}
        raise EthicsError("ethics.expert-near", "experts", status_code=409, who=who)


def said_themselves(answer: Done) -> bool:
    """Whether the experts on whose word an answer rests gave it themselves; else it was entered by the authority."""
    earlier = answer.committee.acts.filter(about=answer.about, number__lt=answer.number)
    last = earlier.filter(step__in=("ask_rereview", "name_experts")).order_by("-number").first()
    return last is not None and "experts" in last.gives
