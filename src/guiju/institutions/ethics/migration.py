"""Moving in: seats offered to the members a committee has, and its running cases taken over; all of a file, or nothing of it.

Everything is tried in a transaction that is undone; what is then confirmed is tried again, and stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import rfc8785
from django.db import transaction

from guiju.calendars import now
from guiju.institutions.ethics import committees, conditions
from guiju.institutions.ethics.acting import do
from guiju.institutions.ethics.casework import committees_for
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.import_tables import CASES, TAKE_OVER, Line, Wrong
from guiju.institutions.ethics.models import Case, Committee, Papers
from guiju.institutions.ethics.papers import SCHEMA
from guiju.institutions.ethics.standing import OUTSIDE, standing_of
from guiju.institutions.hall.acts import Receipt
from guiju.institutions.people import invitations
from guiju.institutions.people.access import require
from guiju.institutions.people.bodies import Offered, state_of
from guiju.institutions.people.models import Invitation, Person, Seat
from guiju.institutions.people.organisations import by_handle
from guiju.institutions.register.documents import put
from guiju.wording import GuijuError, fill

UNDECIDED: Final = ("applied", "accepted")
"""States of a case that was not decided before."""


@dataclass(slots=True)
class Moved:
    """What came of it: for each row what was done, and everything that is wrong."""

    done: list[tuple[Line, str]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mover:
    """Who moves what into which committee; ``link``: where the letters lead, ``lang``: in which language they are."""

    committee: Committee
    person: Person
    lang: str
    link: invitations.Link


@transaction.atomic
def move_in(mover: Mover, what: str, lines: Sequence[Line], *, really: bool) -> Moved:
    """Do what every row says; nothing stays where one of them is refused, or where it was only to be tried.

    :raises AccessError: for who may not.
    """
    require(mover.person, "committee.import", mover.committee.body)
    found = Moved(wrong=_twice(what, lines))
    for line in lines:
        try:
            with transaction.atomic():
                how, receipt = _take_over(mover, line) if what == CASES else _seat(mover, line)
            found.done.append((line, how))
            found.receipts.append(receipt)
        except GuijuError as problem:
            found.wrong.append(Wrong(line.row, getattr(problem, "field", ""), problem))
    if found.wrong or not really:
        transaction.set_rollback(True)
    return found


def _twice(what: str, lines: Sequence[Line]) -> list[Wrong]:
    """Rows that name again what an earlier one named."""
    key = "number" if what == CASES else "email"
    seen: dict[str, str] = {}
    wrong = []
    for line in lines:
        value = str(line.values[key]).casefold()
        if value in seen:
            problem = EthicsError("ethics.import-twice", key, got=str(line.values[key]), first=seen[value])
            wrong.append(Wrong(line.row, key, problem))
        seen.setdefault(value, line.row)
    return wrong


# -- members -------------------------------------------------------------------------------------------------------------------


def _seat(mover: Mover, line: Line) -> tuple[str, Receipt]:
    """A member: whoever has taken a seat is described; to anybody else one is offered."""
    values, body = line.values, mover.committee.body
    email = invitations.read_email(values["email"])
    held = body.seats.select_related("person", "body__organisation").filter(person__email__iexact=email, left=None)
    mine = next((one for one in held.order_by("-begins") if state_of(one) in ("running", "coming")), None)
    if mine is not None:
        return "describe", _describe(mover, line, mine)
    waiting = Invitation.objects.filter(seat__body=body, email__iexact=email, answer="", expires__gt=now())
    if waiting.exists():
        raise EthicsError("ethics.import-offered", "email", status_code=409, got=email)
    begins, ends = date.fromisoformat(values["begins"]), date.fromisoformat(values["ends"])
    offered = Offered(values["post"], values["outside"] == "yes", begins, ends)
    return "offer", invitations.offer_seat(body, mover.person, email, offered, mover.lang, mover.link)[1]


def _describe(mover: Mover, line: Line, seat: Seat) -> Receipt:
    """What the table says of a member who has a seat; the seat itself must be the one it speaks of.

    :raises EthicsError: where the seat is another one, or all of it is known already.
    """
    values = line.values
    for name, held in (("post", seat.post), ("begins", str(seat.begins)), ("ends", str(seat.ends))):
        if values[name] != held:
            raise EthicsError("ethics.import-other-seat", name, status_code=409, got=held)
    if (values["outside"] == "yes") != seat.outside:
        raise EthicsError("ethics.import-other-seat", "outside", status_code=409, got="–")
    kinds = {*values["kinds"], *([OUTSIDE] if seat.outside else [])}
    known = standing_of(mover.committee).seats[seat.public_id]
    trained = date.fromisoformat(values["trained"]) if values["trained"] else None
    if kinds == known.categories and trained in (None, known.trained_until):
        raise EthicsError("ethics.import-known", "email", status_code=409)
    return committees.describe(mover.committee, mover.person, seat, sorted(kinds), trained).receipt


# -- cases ---------------------------------------------------------------------------------------------------------------------


def _take_over(mover: Mover, line: Line) -> tuple[str, Receipt]:
    """A case: its row, a paper that says what was taken over, and the act of the procedure."""
    values, committee, person = line.values, mover.committee, mover.person
    wanted = conditions.read("\n".join(values["conditions"]))
    _require_fits(values)
    applicant = by_handle(values["applicant"].removeprefix("org:").lower())
    if applicant is None:
        raise EthicsError("ethics.import-applicant", "applicant", got=values["applicant"][:60])
    if not committees_for(applicant).filter(pk=committee.pk).exists():
        raise EthicsError("ethics.committee-not-open", "applicant", status_code=409)
    if Case.objects.filter(committee=committee, number=values["number"]).exists():
        raise EthicsError("ethics.import-number", "number", status_code=409, got=values["number"])
    case = Case.objects.create(
        committee=committee,
        number=values["number"],
        title=values["title"],
        kind=values["object"],
        applicant=applicant,
        made=now(),
        by=person,
        example=applicant.example,
    )
    papers = _papers(case, person, values)
    gives = _gives(values, papers.document_id, len(wanted)) | {"parties": {"applicant": [applicant.org]}}
    taken = do(committee, person, TAKE_OVER, case.public_id, gives, {"origin": _note(values, mover.lang)})
    if wanted:
        conditions.set_them(case, wanted, taken.row)
    return "take-over", taken.receipt


def _require_fits(values: dict[str, Any]) -> None:
    """What the state of a case has no place for.

    :raises EthicsError: for conditions of a case that was not decided, or the day of a decision that was not made.
    """
    if values["conditions"] and values["state"] in UNDECIDED:
        raise EthicsError("ethics.import-conditions-not", "conditions")
    if values["day"] and values["state"] == "applied":
        raise EthicsError("ethics.import-day-not", "day")


def _gives(values: dict[str, Any], digest: str, conditions_open: int) -> dict[str, Any]:
    state = values["state"]
    found: dict[str, Any] = {"outcome": state, "digest": digest}
    if state not in UNDECIDED:
        found["conditions_open"] = conditions_open
    if values["listed"]:
        found["listed"] = values["listed"] == "yes"
    if values["route"]:
        found["route"] = values["route"]
    if values["day"]:
        found["accepted_before_on" if state == "accepted" else "decided_before_on"] = values["day"]
    return found


def _papers(case: Case, person: Person, values: dict[str, Any]) -> Papers:
    """What was taken over, as the papers on which the case stands from now on."""
    content = rfc8785.dumps(
        {
            "schema": SCHEMA,
            "case": case.public_id,
            "title": case.title,
            "kind": case.kind,
            "applicant": case.applicant.org,
            "matters": [],
            "answers": {},
            "files": [],
            "system": None,
            "taken_over": dict(values),
        }
    )
    return Papers.objects.create(case=case, number=1, document=put("ethics-papers", content), at=now(), by=person)


def _note(values: dict[str, Any], lang: str) -> str:
    """What the act says of it to people."""
    day = "-dated" if values["day"] else ""
    return fill(f"ethics.taken-over{day}", lang, "message", {"number": values["number"], "day": values["day"]})
