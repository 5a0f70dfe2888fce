"""Signing in from another place: a real provider, asked over real HTTP, with everything that may go wrong on the way."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import requests
from allauth.socialaccount.models import SocialToken
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import override_settings
from tests.institutions import oidc_provider
from tests.institutions.accounts import PASSWORD, newest, person_with_account

from guiju.institutions.people.accounts.oidc import places_from
from guiju.institutions.people.accounts.words import AccountError
from guiju.institutions.people.models import Person

NAME = {"zh": "澄州市", "en": "Chengzhou"}
PLACE = {"id": "city", "name": NAME, "client": oidc_provider.CLIENT, "secret": oidc_provider.SECRET}


class Reader:
    """A browser that knows the two sites, and signs in at the other one when asked."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.session = requests.Session()

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.session.get(f"{self.site}{path}", timeout=20, **more)

    def post(self, path: str, **form: str) -> requests.Response:
        token = {"csrfmiddlewaretoken": self.session.cookies.get("csrftoken", domain="localhost.local") or self._token(path)}
        return self.session.post(f"{self.site}{path}", {**form, **token}, timeout=20)

    def _token(self, path: str) -> str:
        page = self.get(path).text
        return page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    def come_from(self, name: str, lang: str = "en", process: str = "login") -> requests.Response:
        """Sign in as somebody at the other place; the page of ours on which that ends."""
        asked = self.get(f"/{lang}/account/elsewhere/city?process={process}")
        if "/login?" not in asked.url:  # known there already
            return asked
        back = parse_qs(urlsplit(asked.url).query)["next"][0]
        form = {"username": name, "password": name, "next": back}
        return self.session.post(asked.url, form, timeout=20)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_more: Any) -> None:
        pass


@pytest.fixture(scope="module")
def here(django_db_setup: None, test_home: Path) -> Iterator[str]:
    """Yield the address of this site, which answers one request after another, from the database of the tests."""
    with override_settings(STATIC_ROOT=test_home / "static"):
        server = make_server("localhost", 0, WSGIHandler(), handler_class=Quiet)
    shared = connections["default"]

    def answer() -> None:
        connections["default"] = shared
        server.serve_forever(0.01)

    shared.inc_thread_sharing()
    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    shared.dec_thread_sharing()


@pytest.fixture(scope="module")
def place(here: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a place that knows our site."""
    back = f"{here}/account/elsewhere/city/back"
    command = [sys.executable, oidc_provider.__file__, str(tmp_path_factory.mktemp("provider")), back]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        late = threading.Timer(60, process.kill)
        late.start()
        address = process.stdout.readline().strip()
        late.cancel()
        assert address.startswith("http"), "it ended without an address"
        yield address
        process.kill()


@pytest.fixture
def provider(place: str, transactional_db: None, settings: Any) -> str:
    """Return that address, once our site knows it."""
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.OIDC = json.dumps([{**PLACE, "server": place}])
    return place


@pytest.fixture
def reader(provider: str, here: str) -> Reader:
    return Reader(here)


def test_somebody_from_another_place_gets_an_account_and_is_known_again(reader: Reader, here: str) -> None:
    assert "用澄州市登录" in reader.get("/zh/account/sign-in").text
    page = reader.come_from("anna", lang="zh")
    assert urlsplit(page.url).path.startswith("/zh/")
    made = Person.objects.get()
    assert (made.email, made.name, made.lang) == ("anna@example.org", "Anna Berg", "zh")
    assert not made.has_usable_password()
    assert made.emailaddress_set.get().verified
    assert not SocialToken.objects.exists()  # what the other place gave out is not kept
    assert "anna@example.org" in reader.get("/zh/account/").text
    again = Reader(here)
    again.come_from("anna")
    assert again.get("/en/account/").status_code == 200
    assert Person.objects.count() == 1


def test_an_account_that_is_here_is_not_opened_by_another_place_until_its_person_connects_it(reader: Reader) -> None:
    li = person_with_account("li@example.org")
    page = reader.come_from("li")
    assert page.url.endswith("/en/account/address/confirm")  # as if a new account were opened
    assert newest("li@example.org").subject == "You have an account already"
    assert reader.get("/en/account/").url == page.url  # not signed in
    assert reader.post("/en/account/sign-out", next="/en/account/sign-in").url.endswith("/en/account/sign-in")
    reader.post("/en/account/sign-in", login=li.email, password=PASSWORD)
    reader.post("/en/account/again", password=PASSWORD)
    page = reader.come_from("li", process="connect")
    assert "The place is connected" in page.text
    reader.post("/en/account/sign-out")
    reader.come_from("li")
    assert "li@example.org" in reader.get("/en/account/").text
    held = li.socialaccount_set.get()
    ended = reader.post("/en/account/elsewhere", account=str(held.pk))
    if "/again" in ended.url:
        reader.post("/en/account/again", password=PASSWORD)
        ended = reader.post("/en/account/elsewhere", account=str(held.pk))
    assert "The connection is ended" in ended.text
    assert not li.socialaccount_set.exists()
    assert Person.objects.count() == 1


def test_an_answer_that_nobody_here_asked_for_is_refused(reader: Reader) -> None:
    page = reader.get("/account/elsewhere/city/back?code=stolen&state=planted")
    assert page.url.endswith("/en/account/elsewhere/failed") or "did not work" in page.text
    assert "/sign-in" in reader.get("/en/account/").url


def test_somebody_who_turns_back_is_told_so(reader: Reader) -> None:
    asked = reader.get("/en/account/elsewhere/city", allow_redirects=False)
    state = parse_qs(urlsplit(asked.headers["Location"]).query)["state"][0]
    assert parse_qs(urlsplit(asked.headers["Location"]).query)["code_challenge_method"] == ["S256"]
    page = reader.get(f"/account/elsewhere/city/back?error=access_denied&state={state}")
    assert page.url.endswith("/en/account/elsewhere/cancelled")
    assert "You did not sign in" in page.text


def test_another_site_cannot_begin_it(reader: Reader) -> None:
    asked = reader.get("/en/account/elsewhere/city", headers={"Sec-Fetch-Site": "cross-site"}, allow_redirects=False)
    assert asked.headers["Location"] == "/en/account/sign-in"


def test_a_place_that_is_out_of_order_is_said(reader: Reader, settings: Any) -> None:
    settings.OIDC = json.dumps([{**PLACE, "server": "http://127.0.0.1:9"}])
    page = reader.get("/en/account/elsewhere/city")
    assert "did not work" in page.text


WHOLE = {**PLACE, "server": "https://id.example.org"}


@pytest.mark.parametrize(
    ("mistake", "code"),
    [
        ("{", "accounts.oidc-no-json"),
        ('{"id": "city"}', "accounts.oidc-no-json"),
        (json.dumps([{"id": "city"}]), "accounts.oidc-missing"),
        (json.dumps([{**WHOLE, "id": "City Hall"}]), "accounts.oidc-id"),
        (json.dumps([{**WHOLE, "id": "failed"}]), "accounts.oidc-id"),
        (json.dumps([{**WHOLE, "server": "http://id.example.org"}]), "accounts.oidc-server"),
        (json.dumps([WHOLE, WHOLE]), "accounts.oidc-twice"),
    ],
)
def test_what_names_no_place(mistake: str, code: str) -> None:
    with pytest.raises(AccountError) as found:
        places_from(mistake)
    assert found.value.code == code
    assert oidc_provider.SECRET not in found.value.message("en")


def test_a_name_in_one_language_serves_for_both() -> None:
    (place,) = places_from(json.dumps([{**WHOLE, "name": "City"}]))
    assert place.name == {"zh": "City", "en": "City"}
    assert places_from("") == []
