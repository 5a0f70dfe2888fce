"""The sides from which a case is seen: the committee's, the applicant's, the re-review authority's, and that of its experts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from django.http import Http404

from guiju.institutions.ethics.casework import authority_of, case_of, played
from guiju.institutions.ethics.experts import asked_of
from guiju.institutions.ethics.models import Case
from guiju.institutions.people.access.roles import Owner
from guiju.institutions.people.models import Organisation, Person
from guiju.procedure import EXPERT as EXPERT_ROLE
from guiju.procedure import Act, Offer, Rules, Standing, offers

Owns = Callable[[Case], Owner]


@dataclass(frozen=True, slots=True)
class Side:
    """One of them: its addresses, and on whose behalf its people act."""

    name: str
    case: str
    step: str
    file: str
    behalf: Callable[[Case], str]
    letter: str = ""


def _of_applicant(case: Case) -> str:
    return _named(case, "applicant") or case.applicant.org


def _of_authority(case: Case) -> str:
    return _named(case, "authority") or (case.authority.org if case.authority else "")


def _named(case: Case, party: str) -> str:
    """The organisation as the acts name it: it may have become part of another since."""
    stands = played(case)
    return next((one for one in sorted(stands.parties.get(party, ())) if one.startswith("org:")), "") if stands else ""


COMMITTEE: Final = Side("committee", "ethics-case", "ethics-step", "ethics-file", lambda _: "", "ethics-letter")
APPLICANT: Final = Side("applicant", "application", "application-step", "application-file", _of_applicant, "application-letter")
AUTHORITY: Final = Side("authority", "re-review", "re-review-step", "re-review-file", _of_authority)
EXPERT: Final = Side("expert", "re-review-opinion", "re-review-opinion-step", "re-review-opinion-file", lambda _: "")


def asked_case(case: str) -> Case:
    """A case that an authority was asked to have re-reviewed.

    :raises Http404: where there is none, or none was asked.
    """
    found = case_of(case)
    if found.authority is None:
        raise Http404
    return found


def authority(case: Case) -> Organisation | None:
    """Whose a re-review is."""
    return authority_of(case)


def asked_expert(person: Person, case: str) -> Case:
    """A case in which somebody is to give their own opinion now.

    :raises Http404: where there is none such, whatever else they have to do with it.
    """
    found = next((one for one, _ in asked_of(person) if one.public_id == case), None)
    if found is None:
        raise Http404
    return found


def follow(rules: Rules, standing: Standing, asked: Act, side: Side) -> list[Offer]:
    """The steps that follow in a case; what an expert says is said from the side of experts, and nothing else is."""
    found = offers(rules, standing, asked)
    return [one if (EXPERT_ROLE in one.step.by) == (side is EXPERT) else replace(one, mine=False) for one in found]
