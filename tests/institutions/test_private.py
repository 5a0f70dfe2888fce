"""The private part as an attacker sees it: keys told nowhere, nothing cached, nothing forged, nothing left behind."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.institutions.states import DAY, MARKETS, from_card, opened

from guiju.institutions.hall.logs import NoKeys
from guiju.institutions.portal.check.urls import METHODS, OPEN, urlpatterns
from guiju.institutions.register import checks
from guiju.institutions.register.models import Check, Colleague, Document, KeptEdition, Share

pytestmark = pytest.mark.django_db

OWN = ("ask", "ask/aside", "read", "links", "links/delete", "result", "dossier.yaml", "result.json", "result.html", MARKETS)


def everything() -> tuple[str, str, str]:
    """A check that has given out both sorts of links: its key, and their tokens."""
    check, key = opened()
    return key, checks.share(check, key, DAY, DAY), checks.colleague(check, key, "Li")


def state() -> list[Any]:
    """What is stored, apart from when."""
    return [list(model.objects.order_by("pk").values_list()) for model in (Check, Share, Colleague, Document)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_private_pages_are_stored_nowhere_found_nowhere_and_told_to_nobody(client: Client, lang: str) -> None:
    key, token, other = everything()
    pages = [f"{key}/{one}" for one in OWN] + [f"result/{token}", f"result/{token}/result.json", f"for/{other}", "A" * 22 + "/"]
    for page in pages:
        response = client.get(f"/{lang}/check/{page}")
        assert "no-store" in response.headers["Cache-Control"], page
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow", page
        assert response.headers["Referrer-Policy"] == "same-origin", page
        assert "default-src 'none'" in response.headers["Content-Security-Policy"], page
        body = response.content.decode()
        title = re.search(r"<title>.*?</title>", body, re.DOTALL)
        assert title is None or not {key, token, other} & set(re.findall(r"[\w-]{20,}", title[0])), page
        outside = re.findall(r'(?:href|src|action)="https?://(?!testserver)[^"]*"', body)
        assert not [one for one in outside if key in one or token in one or other in one], page
        assert not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="(?:https?:)?//', body), page


def test_a_link_that_was_given_out_leads_to_no_key(client: Client) -> None:
    key, token, other = everything()
    shared = [f"result/{token}", f"result/{token}?rules=now"]
    shared += [f"result/{token}/result.{kind}" for kind in ("json", "html", "ics", "xlsx")]
    for page in [*shared, f"for/{other}"]:
        for content in parts(client.get(f"/en/check/{page}").content):
            assert key.encode() not in content, page
            assert (other if page in shared else token).encode() not in content, page


def parts(content: bytes) -> list[bytes]:
    """A file, or the files in it."""
    if not content.startswith(b"PK"):
        return [content]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(one) for one in archive.namelist()]


def test_whom_the_holder_asked_is_not_in_what_is_shared(client: Client) -> None:
    _, key = opened()
    page = client.get(f"/en/check/{key}/{MARKETS}").content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    client.post(f"/en/check/{key}/{MARKETS}", {"do": "other", "version": version[1], "who": "Zhao Ming"})
    assert any(one.who == "Zhao Ming" for one in checks.dossier_of(checks.check_by_key(key)).asked)
    token = checks.share(checks.check_by_key(key), key, DAY, DAY)
    for kind in ("json", "html"):
        assert "Zhao Ming" not in client.get(f"/en/check/result/{token}/result.{kind}").content.decode()


def test_every_form_has_to_come_from_the_site() -> None:
    key, token, other = everything()
    before = state()
    client = Client(enforce_csrf_checks=True)
    filled = {"key": key, "token": token, "kind": "system", "identifier": "cv-screening-eu", "name": "markets", "number": "1"}
    written = 0
    for one in urlpatterns:
        if one.name in OPEN or "POST" not in METHODS.get(str(one.name), ("POST",)):
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: {**filled, "token": other}[found[1]], str(one.pattern))
        response = client.post(f"/en/check/{path}", {"do": "check-end", "way": "questions", "name": "x", "version": "1"})
        assert response.status_code == 403, path
        assert "form" in response.content.decode(), path
        written += 1
    assert written >= 8
    assert state() == before


def test_reading_changes_nothing(client: Client) -> None:
    key, token, other = everything()
    before = state()
    for page in [f"{key}/{one}" for one in OWN] + [f"{key}/", f"result/{token}", f"for/{other}"]:
        for method in (client.get, client.head):
            assert method(f"/en/check/{page}").status_code < 400, page
    assert state() == before


def test_a_secret_is_looked_up_by_its_fingerprint_alone(client: Client) -> None:
    key, token, other = everything()
    for page in (f"{key}/links", f"result/{token}", f"for/{other}"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"/en/check/{page}")
        said = " ".join(one["sql"] for one in asked.captured_queries)
        assert said
        assert not [secret for secret in (key, token, other) if secret in said], page


ADDRESSES = ("/zh/check/{}/ask/system/s/x", "/en/check/result/{}", "/en/check/for/{}", "back=%2Fen%2Fcheck%2F{}%2Fresult")


def fail(where: str, key: str) -> None:
    raise LookupError(f"nothing at {where.format(key)}; Reverse with arguments ('en', '{key}') not found")


@pytest.mark.parametrize("where", ADDRESSES)
def test_no_trace_in_the_log_holds_a_key(where: str) -> None:
    key = "start-YmFyYmF6cXV4cXV1"
    with pytest.raises(LookupError) as caught:
        fail(where, key)
    trace = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "%s", (where.format(key),), trace)
    NoKeys().filter(record)
    written = logging.Formatter().format(record)
    assert key not in written
    assert "LookupError" in written


OUTSIDE = (
    "//evil.example/", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "\thttps://evil.example",
    "///evil.example", "",
)  # fmt: skip


@pytest.mark.parametrize("back", OUTSIDE)
def test_nobody_is_led_off_the_site(client: Client, back: str) -> None:
    response = client.get(f"/en/about/text-size?to=large&back={quote(back)}")
    assert response.headers["Location"] == "/en/"
    assert client.get("/en/check/", headers={"Host": "evil.example"}).status_code == 400


def test_deleting_leaves_nothing_that_only_it_needed(client: Client) -> None:
    _, key = from_card()
    other, another = from_card()
    checks.share(checks.check_by_key(key), key, DAY, DAY)
    checks.colleague(checks.check_by_key(key), key, "Li")
    client.post(f"/en/check/{key}/links/delete")
    assert set(Document.objects.values_list("digest", flat=True)) == {other.dossier_id, other.source_id}
    assert not Share.objects.exists()
    assert not Colleague.objects.exists()
    client.post(f"/en/check/{another}/links/delete")
    assert not Document.objects.exists()
    assert KeptEdition.objects.count() <= 1
    assert client.get(f"/en/check/{key}/result").status_code == 404


def test_what_is_deleted_is_overwritten_on_the_disk() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own setting")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone()[0] == 1
