"""Organisations, their people, bodies and seats: what is done is an act, what may not be done says who else may."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from tests.institutions.people import (
    LEI,
    USCC,
    body_of,
    invited,
    keeper,
    link,
    organisation,
    person,
    seated,
    with_role,
)

from guiju.calendars import fixed, now
from guiju.institutions.hall.acts import private_part
from guiju.institutions.hall.models import Letter, Outbox
from guiju.institutions.people import bodies, invitations, keepers, members, merging, organisations, persons
from guiju.institutions.people.access import AccessError, may
from guiju.institutions.people.bodies import Offered, state_of
from guiju.institutions.people.identifiers import IdentifierError
from guiju.institutions.people.models import Body, CalendarKey, Identifier, Invitation, Membership, Organisation, Person, Seat
from guiju.institutions.people.places import day_in
from guiju.institutions.people.tables import options_of, references
from guiju.wording import GuijuError

pytestmark = pytest.mark.django_db


def refused(code: str, act: Callable[..., object], *given: Any, **more: Any) -> GuijuError:
    """What is told; nothing may have been done."""
    acts = Outbox.objects.count()
    with pytest.raises(GuijuError) as told:
        act(*given, **more)
    assert told.value.code == code
    assert all(told.value.message(lang) and told.value.hint(lang) for lang in ("zh", "en"))
    assert Outbox.objects.count() == acts
    return told.value


def kinds() -> list[str]:
    return list(Outbox.objects.filter(receipt__isnull=False).order_by("pk").values_list("kind", flat=True))


# -- organisations ---------------------------------------------------------------------------------------------------------


def test_whoever_enters_an_organisation_is_its_administrator_and_nothing_else() -> None:
    lu = person("lu")
    made, receipt = organisations.found(lu, " Org:Yanban ", {"zh": " 言伴  科技 ", "en": ""}, "shanghai")
    assert (made.handle, made.name, made.place) == ("yanban", {"zh": "言伴 科技"}, "Asia/Shanghai")
    assert members.roles_of(lu, made) == ["member", "administrator"]
    entry = Outbox.objects.get(kind="organisation.founded")
    assert receipt.number.startswith("GJ-")
    assert receipt.number not in str(entry.payload)
    assert private_part(entry) == {"about": "org:yanban", "by": lu.public_id}


FOUND: dict[str, tuple[str, dict[str, str], str, str]] = {
    "no-name": ("acme", {"zh": " ", "en": ""}, "shanghai", "people.name-missing"),
    "long-name": ("acme", {"en": "a" * 121}, "shanghai", "people.name-long"),
    "short-handle": ("ac", {"en": "A"}, "shanghai", "people.handle-shape"),
    "chinese-handle": ("言伴", {"en": "A"}, "shanghai", "people.handle-shape"),
    "handle-with-slash": ("../admin", {"en": "A"}, "shanghai", "people.handle-shape"),
    "handle-taken": ("taken", {"en": "A"}, "shanghai", "people.handle-taken"),
    "no-place": ("acme", {"en": "A"}, "", "people.place-missing"),
    "unknown-place": ("acme", {"en": "A"}, "Europe/Brussels", "people.place-missing"),
}


@pytest.mark.parametrize("mistake", FOUND)
def test_an_organisation_that_cannot_be_entered(mistake: str) -> None:
    handle, name, place, code = FOUND[mistake]
    lu = person("lu")
    organisation("taken", lu)
    refused(code, organisations.found, lu, handle, name, place)


def test_the_second_who_changes_the_details_overwrites_nothing() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    assert organisations.edit(org, lu, 1, org.name, "shanghai") is None
    assert organisations.edit(org, lu, 1, {"en": "First"}, "shanghai") is not None
    told = refused("people.changed-meanwhile", organisations.edit, org, lu, 1, {"en": "Second"}, "tokyo")
    assert isinstance(told, organisations.ChangedError)
    assert told.now.name == {"en": "First"}
    assert organisations.edit(org, lu, told.now.version, {"en": "Second"}, "tokyo") is not None


# -- identifiers -----------------------------------------------------------------------------------------------------------


def test_an_identifier_is_declared_by_an_administrator_and_confirmed_by_a_keeper_with_the_ground() -> None:
    lu, kim = person("lu"), keeper("kim")
    org = organisation("yanban", lu)
    organisations.declare(org, lu, "uscc", USCC)
    one = org.identifiers.get(confirmed=None)
    refused("people.ground-missing", organisations.confirm, one, kim, "  ")
    refused("people.ground-long", organisations.confirm, one, kim, "x" * 201)
    refused("access.missing", organisations.confirm, one, lu, "licence")
    organisations.confirm(one, kim, "business licence")
    one.refresh_from_db()
    assert one.confirmed
    assert one.ground == "business licence"
    refused("people.identifier-settled", organisations.confirm, one, kim, "again")
    entry = Outbox.objects.get(kind="identifier.confirmed")
    assert USCC not in str(entry.payload)


def test_a_confirmed_identifier_is_one_organisations_alone() -> None:
    lu, kim = person("lu"), keeper("kim")
    first, second, third = (organisation(handle, lu) for handle in ("first", "second", "third"))
    for org in (first, second):
        organisations.declare(org, lu, "lei", LEI)
    organisations.confirm(first.identifiers.get(), kim, "index of LEIs")
    refused("people.identifier-taken", organisations.confirm, second.identifiers.get(), kim, "index of LEIs")
    refused("people.identifier-taken", organisations.declare, third, lu, "lei", LEI)
    refused("people.identifier-there", organisations.declare, first, lu, "lei", LEI)


def test_a_keeper_does_not_decide_about_their_own() -> None:
    kim = keeper("kim")
    org, other = organisation("own", kim), organisation("other", person("lu"))
    organisations.declare(org, kim, "lei", LEI)
    for told in (
        refused("people.not-ones-own", organisations.confirm, org.identifiers.get(), kim, "seen"),
        refused("people.not-ones-own", merging.merge, other, org, kim, "seen"),
    ):
        assert isinstance(told, organisations.ApartError)
        assert told.status == 403


def test_an_identifier_is_removed_once_and_there_are_not_too_many() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    for number in range(organisations.MOST_IDENTIFIERS):
        organisations.declare(org, lu, "register", f"HRB {number}", "Berlin")
    refused("people.identifiers-many", organisations.declare, org, lu, "lei", LEI)
    one = org.identifiers.first()
    assert one is not None
    organisations.remove(one, lu)
    refused("people.identifier-gone", organisations.remove, one, lu)
    with pytest.raises(IdentifierError):
        organisations.declare(org, lu, "lei", "nonsense")


# -- roles -----------------------------------------------------------------------------------------------------------------


def test_roles_are_given_ended_and_laid_down() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    han = with_role(org, "han")
    members.give(org, lu, han, "editor")
    assert members.roles_of(han, org) == ["member", "editor"]
    refused("people.role-held", members.give, org, lu, han, "editor")
    refused("people.roles-missing", members.give, org, lu, han, "emperor")
    refused("people.no-member", members.give, org, lu, person("stranger"), "editor")
    members.end(org, lu, han, "editor")
    refused("people.role-not-held", members.end, org, lu, han, "editor")
    members.give(org, lu, lu, "approver")
    assert "approver" in members.roles_of(lu, org)
    members.leave(org, han)
    assert members.roles_of(han, org) == []
    assert kinds()[1:] == ["role.given", "role.ended", "role.given", "role.left"]


def test_ending_the_membership_ends_every_role() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    han = with_role(org, "han", "editor", "approver")
    members.end(org, lu, han, "member")
    assert members.members_of(org) == [(lu, ["member", "administrator"])]
    assert Membership.objects.filter(person=han, ends__isnull=False).count() == 3


def test_the_last_administrator_neither_leaves_nor_is_ended() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    assert "Lu" in refused("people.last-administrator", members.leave, org, lu).message("en")
    refused("people.last-administrator", members.end, org, lu, lu, "administrator")
    refused("people.last-administrator", members.end, org, lu, lu, "member")
    with_role(org, "han", "administrator")
    members.leave(org, lu)
    assert not may(lu, "organisation.read", org)


def test_of_two_administrators_who_end_each_other_one_stays() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    han = with_role(org, "han", "administrator")
    members.end(org, lu, han, "administrator")
    told = refused("access.missing", members.end, org, han, lu, "administrator")
    assert isinstance(told, AccessError)
    assert "Lu" in told.hint("en")
    assert members.is_last_administrator(lu, org)


# -- invitations -----------------------------------------------------------------------------------------------------------


def test_an_invitation_is_a_link_by_letter_whose_hash_alone_is_kept() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    made, token = invited(org, lu, "han@example.org", "editor")
    assert token not in str(Invitation.objects.filter(pk=made.pk).values().get())
    assert invitations.by_token(token) == made
    assert invitations.by_token(token[:-1]) is None
    han = person("other-address")
    invitations.accept(made, han)
    assert members.roles_of(han, org) == ["member", "editor"]
    told = Letter.objects.filter(to=lu.email).get()
    assert han.email in told.body
    assert "han@example.org" in told.body


@pytest.mark.parametrize("answer", ["accepted", "declined", "withdrawn", "expired"])
def test_a_link_that_opens_nothing_any_more_says_who_can_give_a_new_one(answer: str) -> None:
    lu, han = person("lu"), person("han")
    org = organisation("yanban", lu)
    made, _ = invited(org, lu, "han@example.org")
    if answer == "accepted":
        invitations.accept(made, person("quick"))
    elif answer == "declined":
        invitations.decline(made, han)
    elif answer == "withdrawn":
        invitations.withdraw(made, lu)
    with fixed(now() + timedelta(days=15 if answer == "expired" else 0)):
        told = refused(f"people.invitation-{answer}", invitations.accept, made, han)
    assert "Lu" in told.hint("en")
    assert "Lu" in told.hint("zh")
    assert members.roles_of(han, org) == []


def test_an_invitation_that_gives_nothing_new_stays_open_for_a_colleague() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    made, _ = invited(org, lu, "han@example.org", "member")
    refused("people.invitation-nothing-new", invitations.accept, made, lu)
    invitations.accept(made, person("han"))


INVITED: dict[str, tuple[str, list[str], str]] = {
    "no-address": ("han", ["member"], "people.email-shape"),
    "two-lines": ("han@example.org\nBcc: a@b.example", ["member"], "people.email-shape"),
    "no-role": ("han@example.org", [], "people.roles-missing"),
    "unknown-role": ("han@example.org", ["keeper"], "people.roles-missing"),
}


@pytest.mark.parametrize("mistake", INVITED)
def test_an_invitation_that_cannot_be_sent(mistake: str) -> None:
    email, roles, code = INVITED[mistake]
    lu = person("lu")
    refused(code, invitations.invite, organisation("yanban", lu), lu, email, roles, "en", link)
    assert not Letter.objects.exists()


def test_not_more_invitations_wait_than_an_organisation_can_look_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "MOST_OPEN", 1)
    lu = person("lu")
    org = organisation("yanban", lu)
    made, _ = invited(org, lu, "han@example.org")
    refused("people.invitations-many", invitations.invite, org, lu, "b@example.org", ["member"], "en", link)
    invitations.withdraw(made, lu)
    invited(org, lu, "b@example.org")


# -- bodies and seats ------------------------------------------------------------------------------------------------------


def offer(body: Body, by: Person, post: str = "member", begins: int = 0, ends: int = 100, to: str = "han") -> Invitation:
    day = day_in(body.organisation.place)
    seat = Offered(post, False, day + timedelta(days=begins), day + timedelta(days=ends))
    return invitations.offer_seat(body, by, f"{to}@example.org", seat, "zh", link)[0]


def test_a_seat_is_offered_taken_and_laid_down() -> None:
    lu, han = person("lu"), person("han")
    body = body_of(organisation("yanban", lu), lu)
    made = offer(body, lu)
    seat = made.seat
    assert seat is not None
    assert state_of(seat) == "vacant"
    assert not may(han, "body.read", body)
    invitations.accept(made, han)
    seat.refresh_from_db()
    assert state_of(seat) == "running"
    assert may(han, "body.read", body)
    assert members.roles_of(han, body.organisation) == []
    refused("access.missing", bodies.leave_seat, seat, lu)
    bodies.leave_seat(seat, han)
    seat.refresh_from_db()
    assert state_of(seat) == "left"
    refused("people.seat-over", bodies.leave_seat, seat, han)
    assert kinds()[-4:] == ["seat.offered", "seat.taken", "invitation.accepted", "seat.left"]


def test_a_term_runs_by_the_day_of_the_place_and_lapses_by_itself() -> None:
    lu, han = person("lu"), person("han")
    body = body_of(organisation("yanban", lu, "tokyo"), lu)
    seat = Seat.objects.create(body=body, post="chair", begins=date(2026, 3, 1), ends=date(2026, 3, 31), person=han, taken=now())
    states = {}
    for moment in ("2026-02-28T14:59", "2026-02-28T15:00", "2026-03-31T14:59", "2026-03-31T15:00"):
        with fixed(datetime.fromisoformat(f"{moment}:00+00:00")):
            states[moment] = state_of(seat), may(han, "body.read", body)
    assert list(states.values()) == [("coming", False), ("running", True), ("running", True), ("lapsed", False)]


OFFERED: dict[str, tuple[str, int, int, str]] = {
    "no-post": ("emperor", 0, 10, "people.post-missing"),
    "backwards": ("member", 10, 9, "people.term-backwards"),
    "over": ("member", -10, -1, "people.term-over"),
    "long": ("member", 0, 3700, "people.term-long"),
    "second-chair": ("chair", 50, 150, "people.post-held"),
}


@pytest.mark.parametrize("mistake", OFFERED)
def test_a_seat_that_cannot_be_offered(mistake: str) -> None:
    post, begins, ends, code = OFFERED[mistake]
    lu = person("lu")
    body = body_of(organisation("yanban", lu), lu)
    seated(body, "chair", "chair")
    refused(code, offer, body, lu, post, begins, ends)
    assert body.seats.count() == 1


def test_a_seat_cannot_be_taken_twice_nor_two_seats_by_one_person() -> None:
    lu, han = person("lu"), person("han")
    body = body_of(organisation("yanban", lu), lu)
    first, second, third = (offer(body, lu) for _ in range(3))
    invitations.accept(first, han)
    refused("people.seat-already", invitations.accept, second, han)
    assert third.seat is not None
    bodies.end_seat(third.seat, lu)
    refused("people.invitation-withdrawn", invitations.accept, third, person("other"))
    short = offer(body, lu, ends=1)
    with fixed(now() + timedelta(days=3)):
        refused("people.seat-not-vacant", invitations.accept, short, person("other"))
    refused("people.seat-over", bodies.end_seat, third.seat, lu)


def test_a_body_ends_with_its_seats_and_nothing_more_is_offered_in_it() -> None:
    lu, han = person("lu"), person("han")
    body = body_of(organisation("yanban", lu), lu)
    seated(body, "han", "chair")
    open_offer, lapsed = offer(body, lu), seated(body, "han", "member", days=-1)
    assert may(han, "body.read", body)
    refused("access.missing", bodies.end_body, body, han)
    bodies.end_body(body, lu)
    assert sorted(state_of(one) for one in body.seats.all()) == ["lapsed", "left", "left"]
    assert state_of(lapsed) == "lapsed"
    assert not may(han, "body.read", body)
    refused("people.body-over", bodies.end_body, body, lu)
    refused("people.body-over", offer, body, lu)
    refused("people.invitation-withdrawn", invitations.accept, open_offer, person("other"))
    assert kinds()[-1] == "body.ended"


def test_declining_or_withdrawing_an_offer_ends_its_seat() -> None:
    lu = person("lu")
    body = body_of(organisation("yanban", lu), lu)
    invitations.decline(offer(body, lu, "chair"), person("han"))
    invitations.withdraw(offer(body, lu, "chair"), lu)
    offer(body, lu, "chair")
    assert sorted(state_of(one) for one in body.seats.all()) == ["left", "left", "vacant"]


# -- merging ---------------------------------------------------------------------------------------------------------------


def test_merging_moves_everything_and_leaves_a_signpost() -> None:
    lu, han, kim = person("lu"), person("han"), keeper("kim")
    one, into = organisation("one", lu), organisation("into", han)
    members.take_up(lu, into, ["editor"])
    body = body_of(one, lu)
    for org, by in ((one, lu), (into, han)):
        organisations.declare(org, by, "lei", LEI)
    organisations.declare(one, lu, "uscc", USCC)
    organisations.confirm(one.identifiers.get(scheme="lei"), kim, "index")
    made, _ = invited(one, lu, "guest@example.org")
    merging.merge(one, into, kim, "same licence")
    body.refresh_from_db()
    assert body.organisation == into
    assert members.roles_of(lu, into) == ["member", "editor", "administrator"]
    assert [(one.scheme, bool(one.confirmed)) for one in into.identifiers.order_by("scheme")] == [("lei", True), ("uscc", False)]
    assert organisations.by_handle("one") == into
    invitations.accept(made, person("guest"))
    assert len(members.members_of(into)) == 3
    one.refresh_from_db()
    assert not one.memberships.exists()
    assert one.merged_into == into
    refused("people.merge-done", merging.merge, one, into, kim, "again")
    entry = Outbox.objects.get(kind="organisation.merged")
    assert private_part(entry) is not None


def test_no_table_that_refers_to_an_organisation_is_left_out() -> None:
    found = {(options_of(model).label, name) for model, name in references(Organisation)}
    fields = {
        (options_of(model).label, one.name)
        for model in apps.get_models(include_auto_created=True)
        for one in options_of(model).concrete_fields
        if one.related_model is Organisation
    }
    assert found == fields
    assert len(found) >= 5


MERGED: dict[str, tuple[str, str, str]] = {
    "unknown": ("one", "nobody", "people.merge-unknown"),
    "same": ("one", "ORG:One", "people.merge-same"),
}


@pytest.mark.parametrize("mistake", MERGED)
def test_what_cannot_be_merged_is_told(mistake: str) -> None:
    one, into, code = MERGED[mistake]
    organisation("one", person("lu"))
    refused(code, merging.read_pair, one, into)


def test_two_that_are_not_one_are_not_merged() -> None:
    lu, kim = person("lu"), keeper("kim")
    one, into = organisation("one", lu), organisation("into", lu)
    refused("people.ground-missing", merging.merge, one, into, kim, "")
    refused("people.merge-unsure", merging.merge, one, into, kim, "seen", sure=False)
    refused("access.missing", merging.merge, one, into, lu, "seen")
    for org, value in ((one, LEI), (into, "5493001KJTIIGC8Y1R12")):
        organisations.declare(org, lu, "lei", value)
        organisations.confirm(org.identifiers.get(), kim, "index")
    refused("people.merge-differ", merging.merge, one, into, kim, "seen")
    assert Organisation.objects.filter(merged_into=None).count() == 2


def test_rows_that_cannot_stand_together_stop_a_merger_that_knows_no_way(monkeypatch: pytest.MonkeyPatch) -> None:
    lu, kim = person("lu"), keeper("kim")
    one, into = organisation("one", lu), organisation("into", lu)
    monkeypatch.setattr(merging, "_settlers", {})
    refused("people.merge-conflict", merging.merge, one, into, kim, "seen")
    assert members.roles_of(lu, one)


# -- keepers and persons ---------------------------------------------------------------------------------------------------


def test_a_keeper_is_appointed_and_withdrawn_as_an_act() -> None:
    person("kim")
    keepers.appoint("KIM@example.org")
    refused("people.keeper-already", keepers.appoint, "kim@example.org")
    assert [str(one) for one in keepers.listed()] == ["Kim"]
    keepers.withdraw("kim@example.org")
    refused("people.keeper-none", keepers.withdraw, "kim@example.org")
    refused("people.keeper-unknown", keepers.appoint, "nobody@example.org")
    assert kinds() == ["keeper.appointed", "keeper.withdrawn"]


def test_a_deleted_account_leaves_an_opaque_name_where_it_acted() -> None:
    lu, han = person("lu"), person("han")
    org = organisation("yanban", lu)
    with_role(org, "han", "administrator")
    body = body_of(org, lu)
    seat = seated(body, "lu", "chair")
    CalendarKey.objects.create(person=lu, key_hash="x", made=now())
    invited(org, han, "LU@example.org")
    name = lu.public_id
    persons.delete(lu, " Lu@Example.org ")
    lu.refresh_from_db()
    assert (lu.name, lu.is_active, lu.public_id, lu.has_usable_password()) == ("", False, name, False)
    assert "lu@" not in lu.email
    seat.refresh_from_db()
    assert state_of(seat) == "left"
    assert not CalendarKey.objects.exists()
    assert members.members_of(org) == [(han, ["member", "administrator"])]
    assert not Invitation.objects.filter(email__iexact="lu@example.org").exists()
    assert Person.objects.create(email="lu@example.org").pk != lu.pk


def test_an_account_is_deleted_only_by_whoever_types_its_address_and_leaves_no_organisation_alone() -> None:
    lu = person("lu")
    refused("people.delete-typed", persons.delete, lu, "han@example.org")
    org = organisation("yanban", lu)
    assert persons.hindrances(lu) == [org]
    assert "org:yanban" in refused("people.delete-last-administrator", persons.delete, lu, lu.email).message("en")
    assert Person.objects.get(pk=lu.pk).is_active


def test_what_is_kept_about_a_person_is_given_out_without_what_opens_something() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    _, token = invited(org, lu, "lu@example.org")
    CalendarKey.objects.create(person=lu, key_hash="0123456789abcdef", made=now())
    kept = persons.everything_about(lu)
    assert {"guiju.people.Person", "people.Membership (person)", "people.Invitation (email)"} <= kept["tables"].keys()
    told = str(kept)
    assert lu.email in told
    hashes = [*Invitation.objects.values_list("token_hash", flat=True), lu.password, "0123456789abcdef", token]
    assert not [one for one in hashes if one in told]


def test_identifiers_and_roles_do_not_outlive_their_organisation_in_the_tables() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    organisations.declare(org, lu, "lei", LEI)
    org.delete()
    assert not Identifier.objects.exists()
