"""What ends with a role, an account, an offer, an organisation: it gives nothing more, and of a person nothing is left over."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from tests.institutions.people import LEI, body_of, client_of, invited, keeper, link, organisation, person, seated, with_role
from tests.institutions.systems import DAY, dossier, drafted, house, published, system

from guiju.calendars import fixed, now
from guiju.institutions.hall.letters import send_due, write_letter
from guiju.institutions.hall.models import Letter, Outbox
from guiju.institutions.people import bodies, cases, invitations, members, merging, organisations, persons, reminders, tasks
from guiju.institutions.people.bodies import Offered, state_of
from guiju.institutions.people.cases import Case
from guiju.institutions.people.models import Invitation, Keeper, Membership, Organisation, Person
from guiju.institutions.people.organisations import ApartError
from guiju.institutions.people.places import day_in
from guiju.institutions.people.tables import options_of, references
from guiju.institutions.register import checks, entries, kept, parties, versions
from guiju.institutions.register.models import Check, KeptCheck
from guiju.wording import GuijuError

pytestmark = pytest.mark.django_db


def offered(org: Organisation, by: Person, post: str = "chair", begins: int = 0) -> Invitation:
    """A seat of the first body of an organisation, offered from a day on."""
    body, day = org.bodies.get(), day_in(org.place)
    seat = Offered(post, False, day + timedelta(days=begins), day + timedelta(days=begins + 300))
    return invitations.offer_seat(body, by, "han@example.org", seat, "en", link)[0]


def code_of(problem: pytest.ExceptionInfo[GuijuError]) -> str:
    assert all(problem.value.message(lang) and problem.value.hint(lang) for lang in ("zh", "en"))
    return problem.value.code


# -- invitations -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["ended", "left", "deleted"])
def test_who_may_no_longer_invite_lets_nobody_in(how: str) -> None:
    lu, eve = person("lu"), person("eve")
    org = organisation("yanban", lu)
    with_role(org, "eve", "administrator")
    made, _ = invited(org, eve, "eve2@example.org", "administrator")
    if how == "ended":
        members.end(org, lu, eve, "administrator")
    elif how == "left":
        members.leave(org, eve)
    else:
        persons.delete(eve, eve.email)
    for answer in (invitations.accept, invitations.decline):
        with pytest.raises(GuijuError) as problem:
            answer(Invitation.objects.get(pk=made.pk), person("eve2"))
        assert code_of(problem) == "people.invitation-void"
    assert members.roles_of(person("eve2"), org) == []
    invitations.withdraw(Invitation.objects.get(pk=made.pk), lu)


def test_an_offer_falls_with_its_seat_or_its_body() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    body = body_of(org, lu)
    first = offered(org, lu)
    assert first.seat is not None
    bodies.end_seat(first.seat, lu)
    second = offered(org, lu)
    bodies.end_body(body, lu)
    for one in (first, second):
        one.refresh_from_db()
        assert invitations.state_of(one) == "withdrawn"


def test_an_offer_that_has_expired_keeps_no_chair_from_somebody_else() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    body_of(org, lu)
    first = offered(org, lu)
    with pytest.raises(GuijuError) as problem:
        offered(org, lu)
    assert code_of(problem) == "people.post-held"
    with fixed(now() + timedelta(days=16)):
        offered(org, lu)
        assert sorted(state_of(one) for one in org.bodies.get().seats.all()) == ["left", "vacant"]
    assert invitations.state_of(first) == "open"


def test_an_invitation_holds_to_the_end_of_the_day_it_names() -> None:
    made, _ = invited(organisation("yanban", person("lu")), person("lu"), "han@example.org")
    assert f"{made.expires:%H:%M:%S}" == "23:59:59"
    assert made.expires - made.made >= timedelta(days=14) - timedelta(seconds=1)


def test_to_whom_an_invitation_went_is_forgotten_a_month_after_it_is_over() -> None:
    lu = person("lu")
    org = organisation("yanban", lu)
    body_of(org, lu)
    declined, waiting, seat = invited(org, lu, "a@example.org")[0], invited(org, lu, "b@example.org")[0], offered(org, lu)
    invitations.decline(declined, person("han"))
    for days, left in ((10, 3), (20, 3), (31, 2), (50, 0)):
        with fixed(now() + timedelta(days=days)):
            tasks.forget_invitations()
            assert Invitation.objects.exclude(email="").count() == left, days
    assert seat.seat is not None
    seat.seat.refresh_from_db()
    assert state_of(seat.seat) == "left"
    assert {waiting.pk, declined.pk} < set(Invitation.objects.values_list("pk", flat=True))


# -- accounts --------------------------------------------------------------------------------------------------------------


def test_what_somebody_kept_ends_with_the_account() -> None:
    home = house()
    lu = home.editor
    _, mine = checks.open_check(dossier(), name="Mine")
    check, shared = checks.open_check(dossier(), name="Shared")
    kept.keep_check(lu, mine)
    kept.keep_check(lu, shared)
    kept.keep_check(home.admin, shared)
    version = versions.latest(system(home))
    assert version is not None
    kept.open_version(version, lu)
    persons.delete(lu, lu.email)
    assert [(one.name, one.kept) for one in Check.objects.order_by("name")] == [("Mine", False), ("Shared", True)]
    last = KeptCheck.objects.get()
    assert (last.person, last.check_of_id) == (home.admin, check.pk)
    kept.unkeep(last)
    Check.objects.update(expires=now() - timedelta(days=1))
    checks.purge_expired()
    assert [one.kept for one in Check.objects.all()] == []


def test_who_wrote_is_known_after_the_account_ended() -> None:
    home = house()
    made = drafted(home)
    persons.delete(home.editor, home.editor.email)
    draft = entries.draft_of(made)
    assert draft is not None
    assert [one.public_id for one in draft.writers.all()] == [home.editor.public_id]


def test_what_falls_with_an_account_is_known_table_by_table() -> None:
    found = {options_of(model).label for model, field in references(Person) if persons.falls_with_person(model, field)}
    assert found == {
        "account.EmailAddress", "mfa.Authenticator", "people.CalendarKey", "people.Keeper", "people.Reminder",
        "register.KeptCheck", "socialaccount.SocialAccount", "usersessions.UserSession",
    }  # fmt: skip


def test_no_table_names_an_address_whose_account_ended() -> None:
    lu, kim = person("lu"), person("kim")
    org = organisation("yanban", kim)
    client = client_of(lu)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "email": lu.email}]
    session.save()
    UserSession.objects.create(user=lu, session_key=session.session_key, ip="0.0.0.0", user_agent="")  # an address of nobody
    elsewhere, token = invited(org, kim, "other@example.org")
    assert token
    invitations.accept(elsewhere, lu)
    with transaction.atomic():
        write_letter("LU@example.org", "For you", "Words", "en")
    persons.delete(lu, lu.email)
    assert not Session.objects.filter(session_key=session.session_key).exists()
    assert send_due() == 0
    for model in apps.get_models(include_auto_created=True):
        if model is not Letter:  # letters to others, that invite or tell of an answer, have not left yet
            told = str(list(model._base_manager.values())).lower()
            assert not [one for one in ("lu@example.org", "other@example.org") if one in told], model
    assert not Letter.objects.filter(to__iexact="lu@example.org").exists()


def test_a_seat_that_had_lapsed_stays_lapsed() -> None:
    lu, kim = person("lu"), person("kim")
    body = body_of(organisation("yanban", kim), kim)
    lapsed, running = seated(body, "lu", "member", days=-1), seated(body, "lu", "chair")
    persons.delete(lu, lu.email)
    for seat, state in ((lapsed, "lapsed"), (running, "left")):
        seat.refresh_from_db()
        assert state_of(seat) == state


def test_a_keeper_whose_account_ends_is_withdrawn_as_an_act() -> None:
    kim = keeper("kim")
    persons.delete(kim, kim.email)
    assert not Keeper.objects.exists()
    assert list(Outbox.objects.filter(receipt__isnull=False).order_by("pk").values_list("kind", flat=True)) == [
        "keeper.withdrawn",
        "person.deleted",
    ]


def test_nobody_takes_up_a_role_with_an_account_that_ended_a_moment_ago() -> None:
    lu, han = person("lu"), person("han")
    org = organisation("yanban", lu)
    made, _ = invited(org, lu, "han@example.org")
    persons.delete(Person.objects.get(pk=han.pk), han.email)
    with pytest.raises(GuijuError) as problem:
        invitations.accept(made, han)
    assert problem.value.code == "access.signed-out"
    assert not Membership.objects.filter(person=han, ends=None).exists()


# -- reminders -------------------------------------------------------------------------------------------------------------


def test_what_cannot_be_told_to_one_keeps_nobody_else_from_being_reminded(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("lu", "han", "kim"):
        person(name)

    def source(who: Person, lang: str) -> list[Case]:
        if who.name == "Han":
            raise RuntimeError("broken")
        return [Case("filing:1", "Report", f"/{lang}/desk/", day_in("UTC"))]

    monkeypatch.setattr(cases, "_sources", {"test": source})
    assert reminders.remind_all() == 2
    assert set(Letter.objects.values_list("to", flat=True)) == {"lu@example.org", "kim@example.org"}
    assert "could not be reminded" in caplog.text
    assert "han@example.org" not in caplog.text


def test_everybody_comes_round_some_at_a_time_and_again_after_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [person(f"p{number}").pk for number in range(5)]
    asked: list[int] = []

    def source(who: Person, _: str) -> list[Case]:
        asked.append(who.pk)
        return []

    monkeypatch.setattr(cases, "_sources", {"test": source})
    monkeypatch.setattr(tasks, "_round", tasks._Round())  # a process that has just begun
    monkeypatch.setattr(reminders.remind_some, "__defaults__", (2,))
    moment = now()
    for minutes, count in ((0, 2), (1, 4), (2, 5), (3, 5), (61, 7)):
        with fixed(moment + timedelta(minutes=minutes)):
            tasks.remind()
        assert len(asked) == count, minutes
    assert asked[:5] == made


# -- keepers and mergers ---------------------------------------------------------------------------------------------------


def test_a_keeper_confirms_nothing_of_an_organisation_they_belonged_to_when_it_was_declared() -> None:
    lu, kim = person("lu"), keeper("kim")
    org = organisation("yanban", lu)
    with_role(org, "kim", "administrator")
    organisations.declare(org, kim, "lei", LEI)
    members.leave(org, kim)
    with pytest.raises(ApartError) as problem:
        organisations.confirm(org.identifiers.get(), kim, "index")
    assert code_of(problem) == "people.not-ones-own"
    with pytest.raises(ApartError):
        merging.merge(org, organisation("into", lu), kim, "same licence")


def test_an_organisation_has_one_confirmed_identifier_of_a_kind() -> None:
    lu, kim = person("lu"), keeper("kim")
    org = organisation("yanban", lu)
    for value in (LEI, "5493001KJTIIGC8Y1R12"):
        organisations.declare(org, lu, "lei", value)
    first, second = org.identifiers.order_by("pk")
    organisations.confirm(first, kim, "index")
    with pytest.raises(GuijuError) as problem:
        organisations.confirm(second, kim, "index")
    assert code_of(problem) == "people.identifier-second"


def test_the_ground_of_a_merger_has_an_end() -> None:
    lu, kim = person("lu"), keeper("kim")
    with pytest.raises(GuijuError) as problem:
        merging.merge(organisation("one", lu), organisation("into", lu), kim, "x" * 201)
    assert code_of(problem) == "people.ground-long"


def test_parts_in_a_system_stand_once_and_never_in_ones_own_after_a_merger() -> None:
    home, other, third = house("one"), house("into"), house("third")
    kim = keeper("kim")
    theirs, ours = system(third), published(home).system
    for org in (home.organisation, other.organisation):
        parties.name_party(theirs, org, "", ["eu.deployer"], DAY)
    parties.name_party(ours, other.organisation, "", ["eu.deployer"], DAY)
    merging.merge(home.organisation, other.organisation, kim, "same licence")
    assert {one.organisation for one in theirs.parties.all()} == {other.organisation}
    assert theirs.parties.filter(until=None).count() == 1
    ours.refresh_from_db()
    assert ours.organisation == other.organisation
    assert not ours.parties.filter(until=None).exists()
