"""Systems of an organisation: entered, named, ended, and found by their name in an address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet

from guiju.calendars import now
from guiju.institutions.people.access import may, opened
from guiju.institutions.people.models import Membership, Organisation, Person
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.models import System
from guiju.wording import LANGUAGES

LONGEST_NAME: Final = 120


def system_of(system: str) -> System:
    """The system of an address.

    :raises Http404: where there is none.
    """
    return opened(System.objects.select_related("organisation").filter(public_id=system).first())  # type: ignore[no-any-return]


def owner_of(system: System) -> Organisation:
    """Whose a system is."""
    return system.organisation


def names_in(given: Mapping[str, str]) -> dict[str, str]:
    """Names by language, as they were typed; one language is enough.

    :raises RegisterError: where there is none, or one is too long.
    """
    found: dict[str, str] = {lang: " ".join(given.get(lang, "").replace("\0", "").split()) for lang in LANGUAGES}
    found = {lang: words for lang, words in found.items() if words}
    if not found:
        raise RegisterError("registry.name-missing", field="name-zh")
    for lang, words in found.items():
        if len(words) > LONGEST_NAME:
            raise RegisterError("registry.too-long", field=f"name-{lang}", most=LONGEST_NAME)
    return found


def new_system(organisation: Organisation, names: Mapping[str, str], example: bool = False, seed: str = "") -> System:
    """A system that an organisation answers for; nothing is said of it yet.

    :raises RegisterError: for a name that is none.
    """
    return System.objects.create(organisation=organisation, name=names_in(names), created=now(), example=example, seed=seed)


def rename(system: System, names: Mapping[str, str]) -> None:
    """Give it another name.

    :raises RegisterError: for a name that is none.
    """
    system.name = names_in(names)
    system.save(update_fields=["name"])


def end(system: System, ended: bool) -> None:
    """Say that it is used no longer, or that it is used again; nothing that was entered goes away."""
    System.objects.filter(pk=system.pk, ended__isnull=ended).update(ended=now() if ended else None)


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """The organisations in which somebody has a role."""
    mine = Membership.objects.filter(person=person, ends=None).values("organisation")
    return Organisation.objects.filter(pk__in=mine, merged_into=None).order_by("handle")


def systems_of(person: Person) -> QuerySet[System]:
    """The systems of somebody's organisations, the newest first."""
    mine = organisations_of(person).values("pk")
    return System.objects.filter(organisation__in=mine).select_related("organisation").order_by("ended", "-created", "pk")


def editable_by(person: Person) -> list[Organisation]:
    """The organisations for which somebody may enter systems."""
    return [one for one in organisations_of(person) if may(person, "system.edit", one)]
