"""What becomes of the register's rows when an account ends, and when two organisations become one."""

from __future__ import annotations

from datetime import date
from typing import Any

from guiju.institutions.people.merging import merged, settles
from guiju.institutions.people.models import Organisation, Person
from guiju.institutions.people.persons import forgets
from guiju.institutions.people.places import day_in
from guiju.institutions.register.kept import throw_away, unkeep
from guiju.institutions.register.models import KeptCheck, SystemParty


@forgets("register.KeptCheck")
def kept_checks(person: Person) -> None:
    """The checks that somebody kept: their time begins where nobody else keeps them; versions opened to be edited go."""
    for one in KeptCheck.objects.filter(person=person).select_related("check_of"):
        if one.system_id is None:
            unkeep(one)
        else:
            throw_away(one)


@settles("register.SystemParty")
def two_parts(row: Any, into: Organisation) -> None:
    """Whoever has a part in a system twice has it once: the second stays as one that ended with the merger."""
    row.until, row.organisation = _last_day(row, into), into
    row.save(update_fields=["until", "organisation"])


@merged
def part_in_ones_own(into: Organisation) -> None:
    """Nobody is another party in a system of their own: such a part ends with the merger."""
    for row in SystemParty.objects.filter(system__organisation=into, organisation=into, until=None):
        row.until = _last_day(row, into)
        row.save(update_fields=["until"])


def _last_day(row: SystemParty, into: Organisation) -> date:
    return max(row.since, day_in(into.place))
