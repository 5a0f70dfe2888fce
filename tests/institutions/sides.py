"""An organisation with one of everything that addresses of the site name, for the test of the matrix.

An app that brings addresses with new arguments adds a thing of its own to ``side``.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.institutions.people import USCC, body_of, invited, organisation, person, seated
from tests.institutions.systems import DAY, House, published, system

from guiju.calendars import now
from guiju.institutions.ethics import casework, committees, meetings, papers
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.people.models import Body, Organisation, Person
from guiju.institutions.register import corrections, filings, kept, parties
from guiju.institutions.register.checks import open_check
from guiju.institutions.register.entries import save_draft
from guiju.institutions.register.results import work_out
from guiju.subjects import dossier_from

READER = "reader"
"""Whose something is that is whose who asks for it."""


@dataclass
class Side:
    """An organisation with one of everything that belongs to it."""

    organisation: Organisation
    body: Body
    names: dict[str, Any] = field(default_factory=dict)
    """What stands in an address for an argument, by ``argument`` or ``address argument``."""

    owners: dict[str, Any] = field(default_factory=dict)
    """Whose the thing of an address is, by the name of the argument or of the address."""


def side(handle: str) -> Side:
    """An organisation, its things, and who they belong to."""
    by = person(f"founder-{handle}")
    org = organisation(handle, by)
    body = body_of(org, by)
    seat = seated(body, f"holder-{handle}", "member")
    invitation, token = invited(org, by, f"guest-{handle}@example.org")
    identifier = org.identifiers.create(scheme="uscc", value=USCC, declared=now())
    found = Side(org, body)
    found.names = {
        "handle": handle,
        "body": body.public_id,
        "seat": seat.public_id,
        "organisation-invitation number": invitation.pk,
        "invitation token": token,
        "identifier-confirm number": identifier.pk,
        "check-keep key": open_check(dossier_from("system: {id: s}", "s", site_corpus().vocabulary))[1],
    }
    found.owners = {"handle": org, "body": body, "seat": body, "seat-leave": seat.person}
    found.owners |= {"identifier-confirm": None, "check-keep": READER, "invitation": READER}
    _register(found, by)
    _ethics(found, by)
    return found


def _ethics(found: Side, by: Person) -> None:
    """A committee made of the body, with a case of the organisation itself, of which it is also asked for the re-review."""
    org = found.organisation
    committee, _ = committees.set_up(found.body, by, "cn-ethics", DAY, {})
    case = casework.draft(org, by, committee, "A case", "activity", None)
    papers.save_draft(case, by, {one.id: "As it is." for one in papers.items_of(case)})
    said = {"risk_assessed": True, "state_secret": False, "listed": False, "own_unit": True}
    casework.move(case, by, "apply", casework.Said(said), org.org)
    case.authority = org
    case.save()
    seated(found.body, f"chair-{org.handle}", "chair")
    secretary = seated(found.body, f"secretary-{org.handle}", "secretary").person
    assert secretary is not None
    accepted = {"items_missing": 0, "route": "general", "reasons_given": True, "urgent": False}
    casework.move(case, secretary, "accept", casework.Said(accepted))
    meeting, _ = meetings.call(committee, secretary, now() + timedelta(days=1), "Room 1", [case.public_id])
    found.names |= {"case": case.public_id, "meeting": meeting.public_id, "year": 2026}
    found.owners |= {"case": found.body, "meeting": found.body}
    found.owners |= {f"application{one}": org for one in ("", "-edit", "-apply", "-step", "-file", "-letter")}
    found.owners |= {f"re-review{one}": org for one in ("", "-step", "-file")}
    found.owners |= {f"re-review-opinion{one}": READER for one in ("", "-step", "-file")}  # who is no expert finds none


def _register(found: Side, by: Person) -> None:
    """A system with one of everything; the part of the organisation in somebody else's system."""
    org = found.organisation
    home = House(org, by, by, by, by, by)
    made = system(home)
    version = made.versions.get()
    work_out(version, DAY, by)
    entry = published(House(org, by, by, by, person(f"publisher-{org.handle}"), by), made)
    asked, _ = corrections.ask(entry, "what", "Wrong.", "", False, "en")
    save_draft(made, {}, by, 0)
    opened, _ = kept.open_version(version, by)
    check = kept.keep_check(by, found.names["check-keep key"])
    theirs = organisation(f"other-{org.handle}", by)
    part = parties.name_party(system(House(theirs, by, by, by, by, by)), org, "", ["eu.provider"], DAY)
    found.names |= {
        "system": made.public_id,
        "filing": filings.take_up(made, "other", "").public_id,
        "correction": asked.public_id,
        "system-party party": part.public_id,
        "system-party-end party": parties.name_party(made, None, "Outside Ltd", ["eu.provider"], DAY).public_id,
        "system-back kept": opened.public_id,
        "kept-check kept": check.public_id,
        **{f"system-{one} number": 1 for one in ("version-file", "result", "result-json", "result-html")},
    }
    found.owners |= dict.fromkeys(("system", "filing", "correction", "system-party", "system-party-end", "system-back"), org)
    found.owners["kept-check"] = by
