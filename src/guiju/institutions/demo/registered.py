"""The register of the example world: its systems with versions, results, filings and parties, and entries as if published.

They are put there as they are, not by acts: the record is for ever, and the example world can be removed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, Final

import rfc8785

from guiju import record
from guiju.calendars import now, parse_day
from guiju.institutions.demo.dossiers import dossier_of
from guiju.institutions.demo.world import HERE
from guiju.institutions.hall.example_world import Counted, System, World
from guiju.institutions.people.models import Organisation
from guiju.institutions.register import corrections, models, publishing, results, versions
from guiju.institutions.register.documents import drop_unneeded, put
from guiju.institutions.register.parties import ACCEPTED
from guiju.norms.yaml_reader import plain, read_file

COUNTED: Final = "demo.counted-systems"
LANGUAGE_OF_CARDS: Final = "zh"
"""In which language the card of a system's model was read, where there is one in each."""


def seed(world: World) -> Counted:
    """Enter the systems that are not there yet, where their organisations are."""
    done: Counter[str] = Counter()
    here = {one.entry.id: one for one in world.systems}
    for told in _told():
        system = here[told["id"]]
        organisation = _organisation(system.entry.of)
        if organisation is None or models.System.objects.filter(seed=system.entry.id, example=True).exists():
            continue
        _enter(told, system, organisation, world)
        done[COUNTED] += 1
    return done


def remove() -> Counted:
    """Remove the example systems and what only they needed."""
    found = models.System.objects.filter(example=True)
    done = +Counter({COUNTED: found.count()})
    digests = {
        *models.DossierVersion.objects.filter(system__in=found).values_list("document_id", flat=True),
        *models.SystemResult.objects.filter(system__in=found).values_list("document_id", flat=True),
        *models.Entry.objects.filter(system__in=found).values_list("document_id", flat=True),
    }
    models.Entry.objects.filter(system__in=found).delete()  # what protects is removed first
    models.SystemResult.objects.filter(system__in=found).delete()
    found.delete()
    drop_unneeded(digests)
    return done


def _told() -> list[dict[str, Any]]:
    data: Any = plain(read_file(HERE / "register.yaml", "register.yaml"))
    found: list[dict[str, Any]] = data["systems"]
    return found


def _organisation(identifier: str) -> Organisation | None:
    handle = identifier.removeprefix("org:")
    return Organisation.objects.filter(handle__in=(handle, f"{handle}-example"), example=True).first()


def _enter(told: Mapping[str, Any], system: System, organisation: Organisation, world: World) -> None:
    made = models.System.objects.create(
        organisation=organisation, name=dict(system.entry.name), created=now(), example=True, seed=system.entry.id
    )
    dossier = dossier_of(system, LANGUAGE_OF_CARDS if system.cards else "", world)
    version = versions.add_version(made, dossier, "example", None)
    result = results.work_out(version, system.days[0], None, world.known)
    for one in told.get("filings", ()):
        _filing(made, one)
    for one in told.get("parties", ()):
        _party(made, one)
    entry = models.Entry.objects.create(
        system=made, number=1, words=told["words"], version=version, result=result, written=now(), published=now()
    )
    entry.document = put("entry", rfc8785.dumps(publishing.told(entry)))
    entry.save()
    if "correction" in told:
        _correction(entry, told["correction"])


def _filing(system: models.System, told: Mapping[str, Any]) -> None:
    filing = models.Filing.objects.create(system=system, kind=told["kind"], number=told["number"], made=now())
    for one in told["steps"]:
        filing.steps.create(kind=one["kind"], on=parse_day(one["on"]), note=one["note"], at=now())


def _party(system: models.System, told: Mapping[str, Any]) -> None:
    organisation = _organisation(told["org"])
    answer = {"answer": ACCEPTED, "answered": now()} if told["accepted"] else {}
    since = parse_day(told["since"])
    system.parties.create(organisation=organisation, roles=told["roles"], since=since, named=now(), **answer)


def _correction(entry: models.Entry, told: Mapping[str, Any]) -> None:
    """A request as if it had been sent: nobody holds its number, and what it says stands in no record."""
    asked = parse_day(told["asked"])
    due, counted_by = corrections.due_from(entry.system.organisation, asked)
    entry.corrections.create(
        part=told["part"], lang=told["lang"], asked=datetime.combine(asked, time(4), UTC), due=due, counted_by=counted_by,
        receipt=record.receipt_hash(record.new_receipt()), example=told["words"],
    )  # fmt: skip
