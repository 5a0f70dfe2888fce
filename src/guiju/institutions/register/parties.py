"""Several parties on one system: who does what in it since when. An organisation of this site confirms its part itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction

from guiju.calendars import now
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.people.access import opened
from guiju.institutions.people.models import Organisation, Person
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.models import System, SystemParty
from guiju.wording import in_language

LONGEST_NAME: Final = 200
ACCEPTED: Final = "accepted"
DECLINED: Final = "declined"


ROLES: Final = (
    "eu.provider", "eu.deployer", "eu.importer", "eu.distributor", "eu.system_representative", "eu.product_manufacturer",
    "eu.gpai_provider", "eu.downstream_provider", "eu.controller", "eu.joint_controller", "eu.processor",
    "cn.genai_provider", "cn.deep_synthesis_provider", "cn.deep_synthesis_supporter", "cn.algorithm_recommendation_provider",
    "cn.anthropomorphic_provider", "cn.genai_user_organisation", "cn.personal_information_handler", "cn.joint_handler",
    "cn.entrusted_party", "cn.receiving_party", "cn.content_platform", "cn.app_store",
    "kr.ai_business_operator", "ca.responsible_department",
)  # fmt: skip
"""The roles of the rules' own vocabulary that one party can have towards another; what only describes a party is none."""


def role_names() -> tuple[str, ...]:
    """The roles that may be chosen, as far as this edition knows them."""
    declared = site_corpus().vocabulary.declared
    return tuple(one for one in ROLES if one in declared)


def role_in_words(name: str, lang: str) -> str:
    """What a role is called."""
    declared = site_corpus().vocabulary.declared.get(name)
    return (in_language(declared.label, lang) if declared else "") or name


def party_of(party: str) -> SystemParty:
    """The part of an address.

    :raises Http404: where there is none.
    """
    found = SystemParty.objects.select_related("system__organisation", "organisation").filter(public_id=party).first()
    return opened(found)  # type: ignore[no-any-return]


def name_party(
    system: System, organisation: Organisation | None, name: str, roles: Iterable[str], since: date, until: date | None = None
) -> SystemParty:
    """Name a party: an organisation of this site, or one outside by its name.

    :raises RegisterError: for nobody, for the organisation whose system it is, for a role that there is not, or a term that ends
        before it begins, or where the organisation is named already.
    """
    words, chosen = " ".join(name.replace("\0", "").split()), sorted(set(roles))
    if organisation is None and not words:
        raise RegisterError("registry.party-missing", field="handle")
    if organisation is not None and organisation.pk == system.organisation_id:
        raise RegisterError("registry.party-own", field="handle")
    if len(words) > LONGEST_NAME:
        raise RegisterError("registry.too-long", field="name", most=LONGEST_NAME)
    if wrong := [one for one in chosen if one not in role_names()]:
        raise RegisterError("registry.party-role", field="roles", got=wrong[0])
    if not chosen:
        raise RegisterError("registry.party-no-role", field="roles")
    if until is not None and until < since:
        raise RegisterError("registry.party-term", field="until")
    try:
        with transaction.atomic():
            System.objects.select_for_update().get(pk=system.pk)
            if organisation is None and system.parties.filter(organisation=None, name=words, until=None).exists():
                raise RegisterError("registry.party-twice", field="name", status_code=409)  # the database tells no names apart
            return SystemParty.objects.create(
                system=system, organisation=organisation, name="" if organisation else words,
                roles=chosen, since=since, until=until, named=now(),
            )  # fmt: skip
    except IntegrityError:
        raise RegisterError("registry.party-twice", field="handle", status_code=409) from None


def end_part(party: SystemParty, until: date) -> None:
    """Say until when a party had its part.

    :raises RegisterError: where that is before it began, or later than what an organisation of this site was asked to confirm.
    """
    if until < party.since:
        raise RegisterError("registry.party-term", field="until")
    with transaction.atomic():
        held = SystemParty.objects.select_for_update().get(pk=party.pk)
        if held.organisation_id is not None and held.until is not None and until > held.until:
            raise RegisterError("registry.party-longer", field="until", status_code=409, until=str(held.until))
        SystemParty.objects.filter(pk=party.pk).update(until=until)
    party.until = until


def answer_part(party: SystemParty, accepted: bool, by: Person) -> Receipt:
    """What an organisation says to the part that it was named for; once.

    :raises RegisterError: where it has answered already.
    """
    with transaction.atomic():
        found = SystemParty.objects.select_for_update().get(pk=party.pk)
        if found.answer:
            raise RegisterError("registry.party-answered", status_code=409)
        found.answer, found.answered = (ACCEPTED if accepted else DECLINED), now()
        found.save(update_fields=["answer", "answered"])
        kind = "party.accepted" if accepted else "party.declined"
        return act(kind, f"system:{party.system.public_id}", by=by.public_id, public={"system": party.system.public_id})
