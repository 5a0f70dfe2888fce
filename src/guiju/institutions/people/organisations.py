"""Organisations: entered by whoever stands for one, their details, and their identifiers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from guiju.calendars import now
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.people.access import require
from guiju.institutions.people.errors import ConflictError, PeopleError
from guiju.institutions.people.identifiers import read_identifier
from guiju.institutions.people.models import Identifier, Membership, Organisation, Person
from guiju.institutions.people.places import PLACES
from guiju.wording import GuijuError

LONGEST_NAME: Final = 120
LONGEST_GROUND: Final = 200
MOST_IDENTIFIERS: Final = 20
UNIQUE: Final = ("uscc", "lei")
"""Schemes of which an organisation has one identifier: two that are confirmed are two organisations."""

_HANDLE: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class ChangedError(GuijuError):
    """Somebody else changed the details meanwhile; ``now`` is how they stand."""

    status = 409

    def __init__(self, organisation: Organisation) -> None:
        self.now = organisation
        super().__init__("people.changed-meanwhile")


def read_name(typed: Mapping[str, str]) -> dict[str, str]:
    """A name in one language or two, as it is kept.

    :raises PeopleError: where there is none, or one is too long; the field is ``name-zh`` or ``name-en``.
    """
    name = {lang: words for lang in ("zh", "en") if (words := " ".join(typed.get(lang, "").split()))}
    if not name:
        raise PeopleError("people.name-missing", "name-zh")
    for lang, words in name.items():
        if len(words) > LONGEST_NAME:
            raise PeopleError("people.name-long", f"name-{lang}", most=LONGEST_NAME)
    return name


def read_handle(typed: str) -> str:
    """A handle: the name of an organisation in addresses and dossiers.

    :raises PeopleError: where it is none.
    """
    handle = typed.strip().lower().removeprefix("org:")
    if not _HANDLE.fullmatch(handle) or not 3 <= len(handle) <= 40:
        raise PeopleError("people.handle-shape", "handle", got=handle[:40])
    return handle


def read_place(word: str) -> str:
    """The zone of a place by its word.

    :raises PeopleError: where there is no such place.
    """
    if word not in PLACES:
        raise PeopleError("people.place-missing", "place")
    return PLACES[word]


def by_handle(handle: str) -> Organisation | None:
    """The organisation of a handle; of one that was merged, the one it became."""
    found = Organisation.objects.select_related("merged_into").filter(handle=handle).first()
    while found is not None and found.merged_into is not None:
        found = found.merged_into
    return found


def locked(organisation: Organisation) -> Organisation:
    """The organisation as it stands now, held until the transaction ends: who may do what in it is decided one after another.

    Of one that was merged meanwhile, the one it became.
    """
    mine = Organisation.objects.select_for_update().get(pk=organisation.pk)
    while mine.merged_into_id is not None:
        mine = Organisation.objects.select_for_update().get(pk=mine.merged_into_id)
    return mine


@transaction.atomic
def found(by: Person, handle: str, name: Mapping[str, str], place: str) -> tuple[Organisation, Receipt]:
    """Enter an organisation; whoever does becomes its member and administrator, and nothing else.

    :raises PeopleError: where handle, name or place is none, or the handle is taken.
    """
    require(by, "organisation.found")
    handle, moment = read_handle(handle), now()
    made = Organisation(handle=handle, name=read_name(name), place=read_place(place), created=moment)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise PeopleError("people.handle-taken", "handle", got=handle) from None
    for role in ("member", "administrator"):
        Membership.objects.create(organisation=made, person=by, role=role, begins=moment)
    told = {"by": by.public_id}
    receipt = act("organisation.founded", made.org, by=by.public_id, public={"organisation": made.org}, payload=told)
    return made, receipt


@transaction.atomic
def edit(organisation: Organisation, by: Person, version: int, name: Mapping[str, str], place: str) -> Receipt | None:
    """Change name and place; None where they are the same already.

    :param version: that of the details the change was made from.
    :raises ChangedError: where somebody else changed them meanwhile.
    """
    mine = locked(organisation)
    require(by, "organisation.edit", mine)
    wanted, zone = read_name(name), read_place(place)
    if (mine.name, mine.place) == (wanted, zone):
        return None
    if mine.version != version:
        raise ChangedError(mine)
    before = {"name": mine.name, "place": mine.place}
    mine.name, mine.place, mine.version = wanted, zone, mine.version + 1
    mine.save(update_fields=["name", "place", "version"])
    return act(
        "organisation.edited",
        mine.org,
        by=by.public_id,
        public={"organisation": mine.org},
        private={"before": before, "after": {"name": wanted, "place": zone}},
        payload={"by": by.public_id},
    )


# -- identifiers -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def declare(organisation: Organisation, by: Person, scheme: str, value: str, register: str = "") -> Receipt:
    """Say by which identifier an organisation is known elsewhere; a keeper may confirm it.

    :raises IdentifierError: where it is none of its kind.
    :raises PeopleError: where the organisation has it already, has too many, or another one's is confirmed.
    """
    mine = locked(organisation)
    require(by, "organisation.edit", mine)
    read = read_identifier(scheme, value, register)
    same = Identifier.objects.filter(scheme=read.scheme, register=read.register, value=read.value)
    if same.filter(organisation=mine).exists():
        raise PeopleError("people.identifier-there", "value")
    if same.filter(confirmed__isnull=False).exists():
        raise ConflictError("people.identifier-taken", "value")
    if mine.identifiers.count() >= MOST_IDENTIFIERS:
        raise PeopleError("people.identifiers-many", "value", most=MOST_IDENTIFIERS)
    made = mine.identifiers.create(scheme=read.scheme, register=read.register, value=read.value, declared=now())
    return _identifier_act("identifier.declared", made, by)


@transaction.atomic
def remove(identifier: Identifier, by: Person) -> Receipt:
    """Take an identifier away, confirmed or not."""
    mine = locked(identifier.organisation)
    require(by, "organisation.edit", mine)
    found = mine.identifiers.filter(pk=identifier.pk).first()
    if found is None:
        raise ConflictError("people.identifier-gone")
    receipt = _identifier_act("identifier.removed", found, by)
    found.delete()
    return receipt


@transaction.atomic
def confirm(identifier: Identifier, by: Person, ground: str) -> Receipt:
    """A keeper says that an identifier is this organisation's, and what was looked at.

    :raises PeopleError: where nothing was looked at; another organisation's is confirmed, or another of this one; or the keeper
        belongs to it, or did when it was declared.
    """
    require(by, "identifier.confirm")
    found = Identifier.objects.select_for_update().select_related("organisation").filter(pk=identifier.pk).first()
    words = " ".join(ground.split())
    if found is None or found.confirmed:
        raise ConflictError("people.identifier-settled")
    if not words:
        raise PeopleError("people.ground-missing", "ground")
    if len(words) > LONGEST_GROUND:
        raise PeopleError("people.ground-long", "ground", most=LONGEST_GROUND)
    belonged = Membership.objects.filter(organisation=found.organisation, person=by)
    if belonged.filter(Q(ends=None) | Q(ends__gte=found.declared)).exists():
        raise ApartError("people.not-ones-own")
    if found.scheme in UNIQUE and found.organisation.identifiers.filter(scheme=found.scheme).exclude(confirmed=None).exists():
        raise ConflictError("people.identifier-second", "value")
    found.confirmed, found.ground = now(), words
    try:
        with transaction.atomic():
            found.save(update_fields=["confirmed", "ground"])
    except IntegrityError:
        raise ConflictError("people.identifier-taken", "value") from None
    return _identifier_act("identifier.confirmed", found, by)


class ApartError(PeopleError):
    """What one person may not do twice over: separation of duties."""

    status = 403


def _identifier_act(kind: str, identifier: Identifier, by: Person) -> Receipt:
    told = {name: getattr(identifier, name) for name in ("scheme", "register", "value", "ground")}
    org = identifier.organisation.org
    return act(kind, org, by=by.public_id, public={"organisation": org}, private=told, payload={"by": by.public_id})
