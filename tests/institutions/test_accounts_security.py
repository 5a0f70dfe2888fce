"""What an account withstands: one test for each way it could be taken, found out or misled."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse
from tests.institutions.accounts import (
    CODE,
    PASSWORD,
    app_code,
    begin_app,
    code_for,
    confirm,
    newest,
    person_with_account,
    show_again,
    sign_in,
    sign_up,
)

from guiju.calendars import now
from guiju.institutions.hall.addresses import desk_address
from guiju.institutions.hall.models import Cached, Letter, Outbox
from guiju.institutions.people.accounts import has_second_factor, signed_in_with_second_factor, urls
from guiju.institutions.people.accounts.duties import forget_sessions, forget_unconfirmed
from guiju.institutions.people.models import Person

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture(autouse=True)
def quick(settings: Any) -> None:
    """Passwords are hashed at once, and nothing is remembered of the test before."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def li(client: Client) -> Person:
    """Somebody with an account, not signed in."""
    return person_with_account("li@example.org")


def words(content: bytes) -> str:
    """A page without what differs each time."""
    return TOKEN.sub("", content.decode())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_signing_up_confirming_out_and_in(client: Client, lang: str) -> None:
    answer = sign_up(client, "new@example.org", lang=lang)
    assert (answer.status_code, answer["Location"]) == (302, f"/{lang}/account/address/confirm")
    assert client.get(f"/{lang}/account/")["Location"].startswith(f"/{lang}/account/sign-in?next=")
    assert confirm(client, "new@example.org", lang).status_code == 302
    found = Person.objects.get()
    assert (found.email, found.name, found.lang) == ("new@example.org", "Li Na", lang)
    assert "new@example.org" in client.get(f"/{lang}/account/").content.decode()
    assert client.post(f"/{lang}/account/sign-out")["Location"] == f"/{lang}/"
    assert client.get(f"/{lang}/account/").status_code == 302
    assert sign_in(client, "NEW@example.org", lang=lang).status_code == 302
    assert client.get(f"/{lang}/account/").status_code == 200


def test_who_mistyped_the_address_can_begin_again(client: Client) -> None:
    sign_up(client, "mistyped@example.org")
    assert client.get("/en/account/sign-up")["Location"] == "/en/account/address/confirm"  # a code is waited for
    again = client.post("/en/account/sign-out", {"next": "/en/account/sign-up"})
    assert client.get(again["Location"]).status_code == 200
    assert sign_up(client, "right@example.org").status_code == 302
    assert confirm(client, "right@example.org").status_code == 302


def test_another_code_can_be_asked_for_and_the_first_is_void(client: Client) -> None:
    sign_up(client, "new@example.org")
    first = code_for("new@example.org")
    cache.clear()  # not more often than every ten seconds
    assert client.post("/en/account/address/confirm", {"action": "resend"}).status_code == 302
    assert code_for("new@example.org") != first
    assert client.post("/en/account/address/confirm", {"code": first, "action": "verify"}).status_code == 422
    assert confirm(client, "new@example.org").status_code == 302


def test_the_other_language_keeps_the_place(client: Client, li: Person) -> None:
    assert 'href="/zh/account/password/forgotten"' in client.get("/en/account/password/forgotten").content.decode()
    assert reverse("account_login") == "/en/account/sign-in"
    assert 'href="/zh/account/sign-up"' in client.get("/zh/account/sign-in").content.decode()


def test_session_fixation(client: Client, li: Person) -> None:
    client.get("/en/account/sign-in")
    session = client.session
    session["planted"] = "1"
    session.save()
    before = session.session_key
    client.cookies["session"] = before
    sign_in(client, li.email)
    after = client.cookies["session"].value
    assert after != before
    assert not Session.objects.filter(session_key=before).exists()
    other = Client()
    other.cookies["session"] = before
    assert other.get("/en/account/").status_code == 302


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: Client, li: Person) -> None:
    sign_in(client, li.email)
    cookie = client.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["secure"]
    assert not cookie["max-age"]  # ends with the browser
    client.post("/en/account/sign-in", {"login": li.email, "password": PASSWORD}, secure=True)
    safe = Client()
    safe.post("/en/account/sign-in", {"login": li.email, "password": PASSWORD, "remember": "on"}, secure=True)
    assert safe.cookies["session"]["secure"]
    assert safe.cookies["session"]["max-age"] == 14 * 24 * 3600


def test_csrf_on_every_account_form(li: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(li)
    signed_out = Client(enforce_csrf_checks=True)
    names = [one.name for one in urls.urlpatterns if one.name not in {"openid_connect_login", "openid_connect_back"}]
    assert len(names) > 25
    for name in names:
        for asked in (strict, signed_out):
            answer = asked.post(reverse(name), {"email": "x@example.org", "password": PASSWORD})
            assert answer.status_code == 403, name
    assert strict.get("/en/account/").status_code == 200  # still signed in


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "https:evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_open_redirect(client: Client, li: Person, where: str) -> None:
    for answer in (sign_in(client, li.email, next=where), client.get("/en/account/sign-in", {"next": where})):
        assert answer["Location"] == desk_address("en")
    assert client.post("/en/account/sign-out", {"next": where})["Location"] == "/en/"


def test_after_signing_in_the_reader_comes_back(client: Client, li: Person) -> None:
    assert 'href="/en/account/sign-in?next=%2Fen%2Frules%2F%3Fq%3Dmodel"' in client.get("/en/rules/?q=model").content.decode()
    assert sign_in(client, li.email, next="/en/rules/?q=model")["Location"] == "/en/rules/?q=model"


def test_host_header(client: Client, li: Person) -> None:
    form = {"email": li.email, "name": "Li", "password1": PASSWORD}
    assert client.post("/en/account/sign-up", form, headers={"host": "evil.example"}).status_code == 400
    assert client.post("/en/account/password/forgotten", {"email": li.email}, headers={"host": "evil.example"}).status_code == 400
    assert not Letter.objects.exists()
    client.post("/en/account/sign-up", form, headers={"host": "localhost", "x-forwarded-host": "evil.example"})
    assert "http://localhost/en/account/password/forgotten" in newest(li.email).body
    assert "evil" not in newest(li.email).body


def test_signing_up_does_not_tell_who_has_an_account(li: Person) -> None:
    answers = []
    for email in ("nobody@example.org", li.email):
        client = Client()
        first = sign_up(client, email)
        page = client.get(first["Location"])
        wrong = client.post(first["Location"], {"code": "0000-0000", "action": "verify"})
        again = client.post(first["Location"], {"action": "resend"})
        shown = [words(one.content).replace(email, "...") for one in (first, page, wrong)]
        answers.append([first.status_code, first["Location"], wrong.status_code, again.status_code, *shown])
    assert answers[0] == answers[1]
    assert not CODE.search(newest(li.email).body)
    assert newest(li.email).subject == "You have an account already"


def test_signing_up_takes_as_long_where_there_is_an_account(li: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    plain = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(given[1]) or plain(*given))
    counts = []
    for email in ("nobody@example.org", li.email):
        hashed.clear()
        assert sign_up(Client(), email).status_code == 302
        counts.append(hashed.count(PASSWORD))
    assert counts == [1, 1]


def test_signing_in_does_not_tell_who_has_an_account(client: Client, li: Person) -> None:
    shown = []
    for email in ("nobody@example.org", li.email):
        answer = sign_in(Client(), email, "wrong")
        assert answer.status_code == 422
        shown.append(words(answer.content).replace(email, "..."))
    assert shown[0] == shown[1]


def test_a_forgotten_password_does_not_tell_who_has_an_account(li: Person) -> None:
    answers = []
    for email in ("nobody@example.org", li.email):
        client = Client()
        first = client.post("/en/account/password/forgotten", {"email": email})
        page = client.get(first["Location"])
        wrong = client.post(first["Location"], {"code": "0000-0000"})
        shown = [words(one.content).replace(email, "...") for one in (page, wrong)]
        answers.append([first.status_code, first["Location"], wrong.status_code, *shown])
    assert answers[0] == answers[1]
    assert CODE.search(newest(li.email).body)
    assert newest("nobody@example.org").subject == "No account with this address"


def test_a_password_is_set_anew_by_a_code_and_everybody_else_is_signed_out(client: Client, li: Person) -> None:
    elsewhere = Client()
    sign_in(elsewhere, li.email)
    client.post("/en/account/password/forgotten", {"email": li.email})
    assert client.post("/en/account/password/forgotten/code", {"code": code_for(li.email)}).status_code == 302
    new = "another long phrase"
    done = client.post("/en/account/password/forgotten/new", {"password1": new})
    assert done["Location"] == "/en/account/password/forgotten/done"
    assert client.get(done["Location"]).status_code == 200
    assert elsewhere.get("/en/account/").status_code == 302
    assert sign_in(Client(), li.email).status_code == 422
    assert sign_in(Client(), li.email, new).status_code == 302
    assert newest(li.email).subject == "Your password was changed"


def test_a_code_is_guessed_three_times_at_most(client: Client, li: Person) -> None:
    client.post("/en/account/password/forgotten", {"email": li.email})
    code = code_for(li.email)
    answers = [client.post("/en/account/password/forgotten/code", {"code": "1"}).status_code for _ in range(3)]
    assert answers == [422, 422, 302]
    assert "too many attempts" in client.get("/en/account/sign-in").content.decode()
    assert client.post("/en/account/password/forgotten/code", {"code": code})["Location"] == "/en/account/sign-in"


def test_the_rate_of_signing_in_is_limited(client: Client, li: Person) -> None:
    answers = [sign_in(client, li.email, f"wrong {number}") for number in range(6)]
    assert "do not belong together" in answers[4].content.decode()
    assert "too many attempts" in answers[5].content.decode()
    assert "too many attempts" in sign_in(Client(), li.email).content.decode()  # the right password, from elsewhere
    assert Cached.objects.exists()
    kept = " ".join(f"{one.cache_key} {one.value}" for one in Cached.objects.all())
    assert "li@" not in kept
    assert "127.0.0.1" not in kept


def test_too_many_accounts_from_one_place_are_refused_with_words(client: Client) -> None:
    answers = [sign_up(client, f"p{number}@example.org", password="short") for number in range(21)]
    assert [one.status_code for one in answers] == [422] * 20 + [429]
    assert answers[20]["Retry-After"] == "60"
    assert "asked too often" in answers[20].content.decode()
    assert "Wait a minute" in answers[20].content.decode()


def test_a_password_is_never_logged_nor_kept_in_a_page(client: Client, li: Person, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    typed = "typed-and-never-seen-again"
    answers = [
        sign_in(client, li.email, typed),
        sign_up(client, "not an address", password=typed),
        sign_up(client, "x@example.org", password=typed),
    ]
    sign_in(client, li.email)
    answers.append(client.post("/en/account/password", {"oldpassword": typed, "password1": "short"}))
    answers.append(client.post("/en/account/again", {"password": typed}))
    assert not [one.status_code for one in answers if typed in one.content.decode()]
    assert 'value="not an address"' in answers[1].content.decode()  # what is no secret stays typed
    assert typed not in caplog.text
    kept = [*Session.objects.values_list("session_data", flat=True), *Letter.objects.values_list("body", flat=True)]
    assert typed not in " ".join(kept)
    assert all(typed not in str(one.get_decoded()) for one in Session.objects.all())
    assert typed not in " ".join(str(one.payload) for one in Outbox.objects.all())


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "at least 10 characters"),
        ("1234567890", "most common"),
        ("new@example.org", "nearly your name or address"),
        ("Wang Xiaoming", "nearly your name or address"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(client: Client, password: str, said: str) -> None:
    answer = sign_up(client, "new@example.org", "Wang Xiaoming", password)
    assert answer.status_code == 422
    assert answer.content.decode().count(said) == 2  # in the summary, and beside the field
    assert 'href="#password1"' in answer.content.decode()


def test_a_second_factor_is_asked_for_and_noted(client: Client, li: Person, rf: Any) -> None:
    sign_in(client, li.email)
    assert not has_second_factor(li)
    secret = begin_app(client)
    assert has_second_factor(li)
    assert secret not in str(li.authenticator_set.values())  # sealed
    other = Client()
    assert sign_in(other, li.email)["Location"] == "/en/account/sign-in/second-step"
    assert other.get("/en/account/").status_code == 302
    assert other.post("/en/account/sign-in/second-step", {"code": "000000"}).status_code == 422
    assert other.post("/en/account/sign-in/second-step", {"code": app_code(li)}).status_code == 422  # used when it was set up
    cache.clear()
    assert other.post("/en/account/sign-in/second-step", {"code": app_code(li)}).status_code == 302
    for asked, shown in ((client, True), (other, True), (Client(), False)):
        request = rf.get("/")
        request.session, request.user = asked.session, li
        assert signed_in_with_second_factor(request) is shown


def test_a_second_factor_that_was_taken_off_counts_no_more(client: Client, li: Person, rf: Any) -> None:
    sign_in(client, li.email)
    begin_app(client)
    request = rf.get("/")
    request.session, request.user = client.session, li
    assert signed_in_with_second_factor(request)
    li.authenticator_set.all().delete()
    assert not signed_in_with_second_factor(request)


def test_a_code_of_the_app_cannot_be_used_again(client: Client, li: Person) -> None:
    sign_in(client, li.email)
    begin_app(client)
    cache.clear()
    code = app_code(li)
    answers = []
    for asked in (Client(), Client()):
        sign_in(asked, li.email)
        answers.append(asked.post("/en/account/sign-in/second-step", {"code": code}).status_code)
    assert answers == [302, 422]


def test_a_recovery_code_is_used_once(client: Client, li: Person) -> None:
    sign_in(client, li.email)
    begin_app(client)
    page = client.get("/en/account/second-factor/codes").content.decode()
    listed = re.findall(r"<code>(\d{5} \d{5})</code>", page)
    assert len(set(listed)) == 10
    answers = []
    for asked in (Client(), Client()):
        sign_in(asked, li.email)
        answers.append(asked.post("/en/account/sign-in/second-step", {"code": listed[0]}).status_code)
    assert answers == [302, 422]
    assert "9 of 10 are left" in client.get("/en/account/second-factor/codes").content.decode()


@pytest.mark.parametrize("name", ["mfa_activate_totp", "account_email"])
def test_what_opens_the_account_asks_who_it_is_again(client: Client, li: Person, name: str) -> None:
    sign_in(client, li.email)
    form = {"email": "other@example.org", "action_add": "1", "code": "123456"}
    answer = client.post(reverse(name), form)
    assert answer["Location"].startswith("/en/account/again?next=")
    assert "123456" not in str(client.session.items())  # what was sent is not kept
    assert not Letter.objects.exists()
    show_again(client)
    assert client.get(reverse(name)).status_code == 200


def test_the_key_of_the_site_opens_the_second_factor_and_no_other_does(client: Client, li: Person, settings: Any) -> None:
    sign_in(client, li.email)
    begin_app(client)
    cache.clear()
    code = app_code(li)
    settings.SECRET_KEY = "another key"
    other = Client()
    sign_in(other, li.email)
    answer = other.post("/en/account/sign-in/second-step", {"code": code})
    assert answer.status_code == 500
    assert "another key" in answer.content.decode()
    assert "put the earlier" in answer.content.decode()


def test_an_address_is_changed_by_a_code_and_the_old_one_is_told(client: Client, li: Person) -> None:
    sign_in(client, li.email)
    show_again(client)
    sent = client.post("/en/account/address", {"email": "new@example.org", "action_add": "1"})
    assert sent["Location"] == "/en/account/address/confirm"
    li.refresh_from_db()
    assert li.email == "li@example.org"
    assert confirm(client, "new@example.org")["Location"] == "/en/account/"
    li.refresh_from_db()
    assert li.email == "new@example.org"
    assert newest("li@example.org").subject == "Your email address was changed"


def test_sessions_are_listed_and_ended(client: Client, li: Person) -> None:
    others = [Client(headers={"user-agent": f"Mozilla/5.0 (X11; Linux) Firefox/{number}.0"}) for number in range(3)]
    for one in (client, *others):
        sign_in(one, li.email)
    page = client.get("/en/account/sessions").content.decode()
    assert page.count("<strong>Firefox, Linux</strong>") == 3
    assert "127.0.0.1" not in page
    stranger = Client()
    sign_in(stranger, person_with_account("wang@example.org").email)
    which = re.findall(r'name="end" value="(\d+)"', page)
    stranger.post("/en/account/sessions", {"end": which[0]})
    assert all(one.get("/en/account/").status_code == 200 for one in others)  # nobody ends another's
    client.post("/en/account/sessions", {"end": which[0]})
    assert sorted(one.get("/en/account/").status_code for one in others) == [200, 200, 302]
    client.post("/en/account/sessions", {"end": "others"})
    assert [one.get("/en/account/").status_code for one in (client, *others)] == [200, 302, 302, 302]
    assert stranger.get("/en/account/").status_code == 200


def test_no_address_of_a_reader_is_kept(client: Client, li: Person) -> None:
    for _ in range(2):
        sign_in(client, li.email)
    assert [one.ip[:2] for one in li.usersession_set.all()] == ["fd"]


def test_an_account_that_was_closed_cannot_be_entered(client: Client, li: Person) -> None:
    sign_in(client, li.email)
    Person.objects.update(is_active=False)
    assert client.get("/en/account/").status_code == 302
    answer = sign_in(Client(), li.email)
    assert answer.status_code == 422 or answer["Location"] == "/en/account/closed"
    assert "closed" in Client().get("/en/account/closed").content.decode()


def test_pages_of_accounts_are_not_stored_and_public_ones_set_no_cookie(client: Client, li: Person) -> None:
    public = client.get("/en/rules/")
    assert not public.cookies
    assert "no-store" in client.get("/en/account/sign-in")["Cache-Control"]
    sign_in(client, li.email)
    assert "no-store" in client.get("/en/account/")["Cache-Control"]
    signed = client.get("/en/rules/")
    assert "private" in signed["Cache-Control"]
    assert "Li Na" in signed.content.decode()


def test_accounts_that_nobody_confirmed_are_forgotten(client: Client, li: Person) -> None:
    sign_up(client, "new@example.org")
    invited = Person.objects.create(email="invited@example.org")  # not by signing up
    assert forget_unconfirmed() == 0
    Person.objects.update(created=now() - timedelta(days=4))
    assert forget_unconfirmed() == 1
    assert set(Person.objects.all()) == {li, invited}


def test_sessions_that_are_over_are_forgotten(client: Client, li: Person) -> None:
    sign_in(client, li.email)
    sign_in(Client(), li.email)
    assert forget_sessions() == 0
    assert li.usersession_set.count() == 2
    Session.objects.filter(session_key=client.session.session_key).update(expire_date=now())
    client.post("/en/account/sign-out")
    assert forget_sessions() <= 1
    assert li.usersession_set.count() == 1


def test_that_a_session_is_used_is_noted_once_an_hour(client: Client, li: Person) -> None:
    sign_in(client, li.email)
    li.usersession_set.update(last_seen_at=now() - timedelta(days=1))
    session = client.session
    session["used"] = 0
    session.save()
    client.get("/en/rules/")
    first = li.usersession_set.get().last_seen_at
    assert now() - first < timedelta(minutes=1)
    client.get("/en/rules/")
    assert li.usersession_set.get().last_seen_at == first


def test_only_the_addresses_that_are_used_are_there(client: Client) -> None:
    for path in ("login/", "signup/", "social/login/", "2fa/webauthn/", "second-factor/codes/download", "3rdparty/"):
        assert client.get(f"/en/account/{path}").status_code == 404
    assert {"account_login", "account"} <= set(get_resolver().reverse_dict)
