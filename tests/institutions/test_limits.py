"""Who asks too often: counted for all processes together, and behind a proxy each client for itself."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from guiju.calendars import set_clock
from guiju.institutions.hall.limits import LimitError, count, forget_counted
from guiju.institutions.hall.middleware import BehindProxy
from guiju.institutions.hall.models import Counted
from guiju.institutions.hall.proxies import ProxyError, client_before, networks
from guiju.institutions.portal import api as api_module
from guiju.institutions.portal.check import start
from guiju.institutions.register.models import Check

NEAR = "127.0.0.1, 10.0.0.0/8, ::1"


@pytest.fixture
def at_noon() -> Iterator[None]:
    set_clock(lambda: datetime(2026, 11, 21, 12, 0, 20, tzinfo=UTC))
    yield
    set_clock(None)


@pytest.mark.django_db
def test_a_counter_is_deleted_when_its_minute_is_over(rf: RequestFactory, at_noon: None) -> None:
    count(rf.get("/"), "act", 5)
    assert forget_counted() == 0
    set_clock(lambda: datetime(2026, 11, 21, 12, 1, 0, tzinfo=UTC))
    assert forget_counted() == 1
    assert not Counted.objects.exists()


@pytest.mark.django_db
def test_what_is_refused_is_counted_too(rf: RequestFactory, at_noon: None) -> None:
    count(rf.get("/"), "act", 1)
    for _ in range(2):
        with pytest.raises(LimitError) as found:
            count(rf.get("/"), "act", 1)
        assert found.value.headers == {"Retry-After": "40"}
    assert list(Counted.objects.values_list("done", flat=True)) == [3]


def test_all_processes_of_a_site_count_together(site: str) -> None:
    host, _, port = site.removeprefix("http://").partition(":")

    def ask(_: int) -> int:
        connection = HTTPConnection(host, int(port), timeout=60)  # a connection of its own, so that either process may get it
        connection.request("POST", "/api/v1/assess?lang=en", b"[", {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        assert answer.status in {400, 429}, text
        return answer.status if answer.status == 400 or json.loads(text)["error"]["code"] == "limit.reached" else 0

    most = api_module.ASSESS_A_MINUTE
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(2 * most + 20)))  # perhaps over the turn of a minute, never of two
    assert set(found) == {400, 429}
    assert found.count(400) <= 2 * most


# -- behind a proxy ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("connection", "forwarded", "client"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),  # nobody's proxy: what it says is not heard
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),  # the left one was made up by the client
        ("127.0.0.1", "198.51.100.7, 10.1.2.3", "198.51.100.7"),  # through two proxies
        ("127.0.0.1", "10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "198.51.100.7, nobody", "127.0.0.1"),
        ("127.0.0.1", "x" * 100_000, "127.0.0.1"),
        ("::ffff:127.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("", "198.51.100.7", ""),
    ],
)
def test_the_client_is_the_last_one_that_is_no_proxy(connection: str, forwarded: str, client: str) -> None:
    assert client_before(connection, forwarded, networks(NEAR)) == client


@pytest.mark.parametrize("words", ["nobody", "10.0.0.0/40", "10.0.0.1/8", "127.0.0.1;10.0.0.1"])
def test_what_names_no_proxy_is_refused(words: str) -> None:
    with pytest.raises(ProxyError) as found:
        networks(words)
    assert all(words in found.value.message(lang) for lang in ("zh", "en"))


def seen(request: HttpRequest) -> tuple[Any, str]:
    """What a view would see."""
    found: list[tuple[Any, str]] = []

    def view(one: HttpRequest) -> HttpResponse:
        found.append((one.META["REMOTE_ADDR"], str(one.scheme)))
        return HttpResponse()

    BehindProxy(view)(request)
    return found[0]


def test_only_a_named_proxy_is_believed(rf: RequestFactory, settings: Any) -> None:
    said = {"HTTP_X_FORWARDED_FOR": "198.51.100.7", "HTTP_X_FORWARDED_PROTO": "https"}
    assert seen(rf.get("/", REMOTE_ADDR="127.0.0.1", **said)) == ("127.0.0.1", "http")
    settings.PROXIES = NEAR
    assert seen(rf.get("/", REMOTE_ADDR="127.0.0.1", **said)) == ("198.51.100.7", "https")
    assert seen(rf.get("/", REMOTE_ADDR="192.0.2.1", **said)) == ("192.0.2.1", "http")


@pytest.mark.django_db
def test_clients_behind_one_proxy_are_counted_apart(
    client: Client, settings: Any, at_noon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PROXIES = NEAR
    monkeypatch.setattr(api_module, "LOOK_UP_A_MINUTE", 1)
    asked = ["198.51.100.7", "198.51.100.8", "198.51.100.7"]
    found = [client.get("/api/v1/rules/editions", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=one) for one in asked]
    assert [one.status_code for one in found] == [200, 200, 429]


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nobody_fills_the_disk_with_checks(client: Client, at_noon: None, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    monkeypatch.setattr(start, "STARTS_A_MINUTE", 1)
    found = [client.post(f"/{lang}/check/start", {"way": "questions", "name": "A system"}) for _ in range(2)]
    assert [one.status_code for one in found] == [302, 429]
    assert found[1].headers["Retry-After"] == "40"
    assert Check.objects.count() == 1


@pytest.mark.django_db
def test_a_form_sent_over_tls_to_a_proxy_is_taken(settings: Any) -> None:
    settings.PROXIES = NEAR
    browser = Client(True, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_PROTO="https", HTTP_HOST="testserver")
    browser.get("/en/check/")
    sent = {"way": "questions", "name": "", "csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    response = browser.post("/en/check/start", sent, HTTP_ORIGIN="https://testserver")
    assert response.status_code == 400  # the name is missing; the form itself was taken
