"""Invitations: a link by letter, with which somebody takes up roles in an organisation, or a seat. Only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from guiju.calendars import now, words
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.hall.letters import write_letter
from guiju.institutions.people.access import AccessError, may, require
from guiju.institutions.people.bodies import Offered, end_lapsed_offers, make_seat, seat_act, take
from guiju.institutions.people.errors import ConflictError, GoneError, PeopleError
from guiju.institutions.people.members import read_roles, take_up
from guiju.institutions.people.models import Body, Invitation, Organisation, Person, Seat
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.organisations import locked
from guiju.wording import fill, join_words

VALID: Final = timedelta(days=14)
MOST_OPEN: Final = 100
"""Invitations of one organisation that wait for an answer at once."""

LONGEST_EMAIL: Final = 254
"""Signs that a column for an address of mail holds."""

FORGOTTEN: Final = timedelta(days=30)
"""How long after an invitation was answered or has expired it is still known to which address it went."""

Link = Callable[[str], str]
"""From a token to the whole address of its link."""

State = Literal["open", "accepted", "declined", "withdrawn", "expired"]


def _hash(token: str) -> str:
    return hashlib.sha256(f"guiju-invitation/1\n{token}".encode()).hexdigest()


def by_token(token: str) -> Invitation | None:
    """The invitation of a link, answered or not."""
    known = Invitation.objects.select_related("organisation", "seat__body__organisation", "by")
    return known.filter(token_hash=_hash(token)).first()


def state_of(invitation: Invitation, moment: datetime | None = None) -> State:
    """How an invitation stands."""
    if invitation.answer:
        return invitation.answer  # type: ignore[return-value]  # one of the answers
    return "expired" if invitation.expires <= (moment or now()) else "open"


def read_email(typed: str) -> str:
    """An address of mail as it is kept.

    :raises PeopleError: where it is none.
    """
    email = typed.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise PeopleError("people.email-shape", "email") from None
    if len(email) > LONGEST_EMAIL:
        raise PeopleError("people.email-shape", "email")
    return email


@transaction.atomic
def invite(
    organisation: Organisation, by: Person, email: str, roles: Iterable[str], lang: str, link: Link
) -> tuple[Invitation, Receipt]:
    """Ask somebody into an organisation by letter, with roles.

    :raises PeopleError: where the address or the roles are none, or too many invitations wait.
    """
    mine = locked(organisation)
    require(by, "organisation.invite", mine)
    made, token = _made(mine, by, email, lang, roles=read_roles(roles))
    _send(made, link(token))
    return made, _act("invitation.made", made, by)


@transaction.atomic
def offer_seat(body: Body, by: Person, email: str, seat: Offered, lang: str, link: Link) -> tuple[Invitation, Receipt]:
    """Offer a seat of a body by letter: the seat is there, vacant, until somebody takes it.

    :raises PeopleError: where address, post or term is none, or somebody has that post.
    """
    locked(body.organisation)
    made_seat = make_seat(body, by, seat)
    made, token = _made(body.organisation, by, email, lang, seat=made_seat)
    _send(made, link(token))
    return made, seat_act("seat.offered", made_seat, by)


def _made(
    organisation: Organisation, by: Person, email: str, lang: str, roles: list[str] | None = None, seat: Seat | None = None
) -> tuple[Invitation, str]:
    moment, token = now(), secrets.token_urlsafe(24)
    waiting = organisation.invitations.filter(answer="", expires__gt=moment)
    if waiting.count() >= MOST_OPEN:
        raise ConflictError("people.invitations-many", most=MOST_OPEN)
    made = Invitation.objects.create(
        token_hash=_hash(token),
        organisation=organisation,
        seat=seat,
        roles=roles or [],
        email=read_email(email),
        lang=lang,
        by=by,
        made=moment,
        expires=(moment + VALID).replace(hour=23, minute=59, second=59, microsecond=0),  # the letter names the day
    )
    return made, token


def what_it_offers(invitation: Invitation, lang: str) -> str:
    """The roles or the seat of an invitation, in words."""
    if invitation.seat is not None:
        post = fill(f"people.post-{invitation.seat.post}", lang, "message", {})
        body = name_in(invitation.seat.body.name, lang)
        return fill("people.offers-seat", lang, "message", {"post": post, "body": body})
    roles = [fill(f"people.role-{one}", lang, "message", {}) for one in invitation.roles]
    return fill("people.offers-roles", lang, "message", {"roles": join_words(roles, lang)})


def _send(invitation: Invitation, address: str) -> None:
    lang = invitation.lang
    fields = {
        "who": invitation.by.shown_name if invitation.by else "",
        "organisation": name_in(invitation.organisation.name, lang),
        "what": what_it_offers(invitation, lang),
        "address": address,
        "day": words(invitation.expires.date(), lang),
    }
    subject, body = (fill(f"people.letter-invitation-{part}", lang, "message", fields) for part in ("subject", "body"))
    write_letter(invitation.email, subject, body, lang)


# -- answered --------------------------------------------------------------------------------------------------------------


def require_open(invitation: Invitation) -> None:
    """Go on only with an invitation that waits for its answer.

    :raises GoneError: where it does not, or who made it may no longer do so: what became of it, and who can give a new one.
    """
    state: str = state_of(invitation)
    if state == "open" and not _still_may(invitation):
        state = "void"
    if state != "open":
        who = invitation.by.shown_name if invitation.by else ""
        raise GoneError(f"people.invitation-{state}", organisation=dict(invitation.organisation.name), who=who)


def _still_may(invitation: Invitation) -> bool:
    """Whether who invited may still do so: with a role ends what it lets people give."""
    if invitation.seat is not None:
        return may(invitation.by, "body.offer-seat", invitation.seat.body)
    return may(invitation.by, "organisation.invite", invitation.organisation)


@transaction.atomic
def accept(invitation: Invitation, person: Person) -> Receipt:
    """Take up what an invitation offers; of two who try, one does.

    :raises GoneError: where it was answered, withdrawn, or has expired.
    :raises ConflictError: where the seat cannot be taken, or the person has all the roles already.
    """
    organisation = locked(invitation.organisation)
    if not Person.objects.select_for_update().filter(pk=person.pk, is_active=True).exists():
        raise AccessError("access.signed-out", "invitation.answer", ())  # the account ended a moment ago
    mine = _answered(invitation, "accepted", person)
    if mine.seat is not None:
        take(mine.seat, person)
        seat_act("seat.taken", mine.seat, person)
    elif not take_up(person, organisation, mine.roles):
        raise ConflictError("people.invitation-nothing-new")
    _tell_inviter(mine, person)
    return _act("invitation.accepted", mine, person)


@transaction.atomic
def decline(invitation: Invitation, person: Person) -> Receipt:
    """Say no to an invitation; a seat that was offered with it is ended.

    :raises GoneError: where it was answered, withdrawn, or has expired.
    """
    locked(invitation.organisation)
    mine = _answered(invitation, "declined", person)
    _end_vacant(mine)
    _tell_inviter(mine, person)
    return _act("invitation.declined", mine, person)


@transaction.atomic
def withdraw(invitation: Invitation, by: Person) -> Receipt:
    """Take an invitation back: its link opens nothing from then on.

    :raises GoneError: where it was answered already.
    """
    organisation = locked(invitation.organisation)
    require(by, "organisation.invite", organisation)
    mine = Invitation.objects.select_related("seat__body__organisation", "organisation").get(pk=invitation.pk)
    if mine.answer:
        require_open(mine)
    mine.answer, mine.answered, mine.answered_by = "withdrawn", now(), by
    mine.save(update_fields=["answer", "answered", "answered_by"])
    _end_vacant(mine)
    return _act("invitation.withdrawn", mine, by)


def _answered(invitation: Invitation, answer: State, person: Person) -> Invitation:
    """The invitation as it stands now, answered, if it still can be."""
    known = Invitation.objects.select_related("organisation", "seat__body__organisation", "by")
    mine = known.get(pk=invitation.pk)
    require_open(mine)
    mine.answer, mine.answered, mine.answered_by = answer, now(), person
    mine.save(update_fields=["answer", "answered", "answered_by"])
    return mine


def _end_vacant(invitation: Invitation) -> None:
    if invitation.seat is not None and invitation.seat.person_id is None and invitation.seat.left is None:
        invitation.seat.left = now()
        invitation.seat.save(update_fields=["left"])


def _tell_inviter(invitation: Invitation, person: Person) -> None:
    """A letter to who invited: which account answered, since it need not be the address that was invited."""
    inviter = invitation.by
    if inviter is None or not inviter.is_active:
        return
    lang = inviter.lang
    fields = {
        "who": person.shown_name,
        "account": person.email,
        "invited": invitation.email,
        "organisation": name_in(invitation.organisation.name, lang),
        "what": what_it_offers(invitation, lang),
    }
    answer = "accepted" if invitation.answer == "accepted" else "declined"
    subject, body = (fill(f"people.letter-{answer}-{part}", lang, "message", fields) for part in ("subject", "body"))
    write_letter(inviter.email, subject, body, lang)


def forget_addresses() -> int:
    """Of invitations that are long over, it is forgotten to whom they went; how many. Seats that nobody took are ended."""
    end_lapsed_offers(Seat.objects.all())
    before = now() - FORGOTTEN
    over = Invitation.objects.filter(Q(answered__lt=before) | Q(expires__lt=before)).exclude(email="")
    return over.update(email="")


def _act(kind: str, invitation: Invitation, by: Person) -> Receipt:
    org = invitation.organisation.org
    return act(
        kind,
        org,
        by=by.public_id,
        public={"organisation": org},
        private={"roles": list(invitation.roles)},
        payload={"by": by.public_id, "invitation": invitation.pk},
    )
