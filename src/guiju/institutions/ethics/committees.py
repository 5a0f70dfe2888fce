"""Committees: a body set up to review, with a charter and members that are described; entered with the authority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from guiju.calendars import now
from guiju.institutions.ethics.acting import Taken, do, locked
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Committee
from guiju.institutions.ethics.standing import CHARTER, DESCRIBED, rules_of, standing_of
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.people.access import opened, require
from guiju.institutions.people.models import Body, Organisation, Person, Seat
from guiju.institutions.people.organisations import locked as organisation_locked
from guiju.institutions.people.places import day_in
from guiju.procedure import ADOPTED, Edition, begin, builtin_rules, day_of, editions_of, rules_named

FIRST_DAY: Final = date(1950, 1, 1)
LONGEST_NUMBER: Final = 120


def committee_of(body: str) -> Committee:
    """The committee of an address.

    :raises Http404: where the body is none, or not set up as one.
    """
    found = Committee.objects.select_related("body__organisation").filter(body__public_id=body).first()
    return opened(found)  # type: ignore[no-any-return]


def owner_of(committee: Committee) -> Body:
    """Whose a committee is: the body, by whose seats rights go."""
    return committee.body


def unit_of(committee: Committee) -> Organisation:
    """The organisation that set it up."""
    return committee.body.organisation


@transaction.atomic
def set_up(body: Body, by: Person, rules: str, founded: date, charter: Mapping[str, Any]) -> tuple[Committee, Receipt]:
    """Make a committee of a body: by which rules, since which day, with which choices of its charter.

    :raises EthicsError: where it is one already, or the day cannot be.
    :raises ProcedureError: for rules that there are not, or a choice that they do not allow.
    """
    organisation_locked(body.organisation)
    require(by, "committee.set-up", body)
    if body.ended is not None:
        raise EthicsError("ethics.body-over", status_code=409)
    if Committee.objects.filter(body=body).exists():
        raise EthicsError("ethics.set-up-already", status_code=409)
    if rules not in builtin_rules():
        raise EthicsError("ethics.no-rules", "rules")
    read = rules_named(rules, site_corpus())
    if not FIRST_DAY <= founded <= day_of(read, now()):
        raise EthicsError("ethics.founded-day", "founded", got=str(founded))
    begin(read, charter)
    made = Committee.objects.create(body=body, rules=rules, edition=editions_of(rules)[-1].id, founded=founded, made=now())
    receipt = do(made, by, CHARTER, body.public_id, charter).receipt
    return made, receipt


@transaction.atomic
def change_charter(committee: Committee, by: Person, charter: Mapping[str, Any]) -> Taken:
    """Other choices from now on; what was done stays as it was done.

    :raises EthicsError: where nothing changes.
    """
    require(by, "committee.set-up", committee.body)
    mine = locked(committee)
    before = standing_of(mine).charter
    changed = {name: value for name, value in charter.items() if before.get(name) != value}
    if not changed:
        raise EthicsError("ethics.charter-same", status_code=409)
    return do(mine, by, CHARTER, mine.body.public_id, changed)


def newer(committee: Committee) -> Edition | None:
    """The edition of its rules that came after the one by which it works; None where it works by the newest.

    :raises ProcedureError: where the edition by which it works is not in this house.
    """
    known = editions_of(committee.rules)
    if committee.edition not in {one.id for one in known}:
        rules_named(committee.rules, site_corpus(), committee.edition)  # says which there are
    return None if known[-1].id == committee.edition else known[-1]


@transaction.atomic
def adopt(committee: Committee, by: Person, edition: str) -> Taken:
    """Work by the newest edition of the rules from now on; what was done stays as it was done.

    :raises EthicsError: where it does already, or the one that was read is no longer the newest.
    :raises ProcedureError: while a vote runs, or where a choice of the charter is none any more.
    """
    require(by, "committee.set-up", committee.body)
    mine = locked(committee)
    found = newer(mine)
    if found is None:
        raise EthicsError("ethics.edition-same", status_code=409)
    if found.id != edition:
        raise EthicsError("ethics.edition-other", status_code=409)
    return do(mine, by, ADOPTED, mine.body.public_id, {"edition": found.id})


@transaction.atomic
def describe(committee: Committee, by: Person, seat: Seat, categories: Sequence[str], trained_until: date | None) -> Taken:
    """Say what kind of member has a seat, and until when their training holds.

    :raises EthicsError: for a category that the rules do not have.
    """
    require(by, "committee.describe", committee.body)
    known = [one.name for one in rules_of(committee).categories]
    if unknown := [one for one in categories if one not in known]:
        raise EthicsError("ethics.no-category", "categories", got=unknown[0][:40])
    gives: dict[str, Any] = {"categories": [one for one in known if one in categories]}
    if trained_until is not None:
        gives["trained_until"] = str(trained_until)
    return do(committee, by, DESCRIBED, seat.public_id, gives)


@transaction.atomic
def enter(committee: Committee, by: Person, on: date, number: str) -> Receipt:
    """Note that the committee was registered with the authority, on a day, under a number.

    :raises EthicsError: for a day before it was set up or in the future, or a number too long.
    """
    require(by, "committee.describe", committee.body)
    words = " ".join(number.replace("\0", "").split())
    if not committee.founded <= on <= day_in(unit_of(committee).place):
        raise EthicsError("ethics.registered-day", "on", got=str(on))
    if len(words) > LONGEST_NUMBER:
        raise EthicsError("ethics.too-long", "number", most=LONGEST_NUMBER)
    mine = locked(committee)
    mine.registered, mine.registration = on, words
    mine.save(update_fields=["registered", "registration"])
    public = {"committee": mine.body.public_id, "on": str(on)}
    return act("committee.registered", str(mine.body), by=by.public_id, public=public, private={"number": words})


@transaction.atomic
def open_to(committee: Committee, by: Person, *, outside: bool, public: bool) -> None:
    """Whether it takes cases of other organisations, and whether everybody sees it."""
    require(by, "committee.set-up", committee.body)
    mine = locked(committee)
    if (mine.outside, mine.public) == (outside, public):
        return
    mine.outside, mine.public = outside, public
    mine.save(update_fields=["outside", "public"])
    committee.outside, committee.public = outside, public
    told = {"committee": mine.body.public_id, "outside": outside, "public": public}
    act("committee.opened", str(mine.body), by=by.public_id, public=told)


def charter_values(committee: Committee) -> Mapping[str, Any]:
    """The charter as it now stands."""
    return standing_of(committee).charter
