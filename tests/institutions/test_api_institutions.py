"""The API of the institutions, signed in and out: what it answers, and that nothing the schema allows breaks it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
import rfc8785
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.institutions.people import client_of
from tests.institutions.systems import House, house, published

from guiju import record
from guiju.calendars import fixed
from guiju.institutions.hall.acts import Receipt, own_sql
from guiju.institutions.portal import api as api_module
from guiju.institutions.portal import api_institutions
from guiju.institutions.register import corrections, publishing
from guiju.institutions.register.entries import current
from guiju.institutions.register.models import Correction, System

pytestmark = pytest.mark.django_db

KEY = record.PrivateKey("example.org/log", bytes(range(32)))
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.fixture
def home() -> House:
    return house()


@pytest.fixture
def entered(home: House) -> System:
    """A published system whose entry has its position in the record."""
    found = published(home).system
    record.open_log(own_sql(), KEY.verifier)
    assert record.integrate(own_sql(), KEY) is not None
    return found


def asked_of(system: System) -> tuple[Correction, Receipt]:
    entry = current(system)
    assert entry is not None
    return corrections.ask(entry, "people", "It is not for adults only.", "", False, "en")


def ask(client: Client, path: str, status: int = 200, **query: Any) -> Any:
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)


def send(client: Client, path: str, body: Any, status: int = 200) -> Any:
    answer = client.post(f"/api/v1/{path}", body, content_type="application/json")
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)


# -- the register --------------------------------------------------------------------------------------------------------------


def test_the_register_is_listed_searched_and_read(client: Client, entered: System) -> None:
    assert [one["system"] for one in ask(client, "register")["systems"]] == [entered.public_id]
    assert ask(client, "register", q="chat", state="public")["count"] == 1
    assert ask(client, "register", q="nothing of the kind")["count"] == 0
    assert ask(client, "register", page=2)["systems"] == []
    found = ask(client, f"register/{entered.public_id}")
    assert found["state"] == "public"
    assert found["digest"] == "sha256:" + hashlib.sha256(rfc8785.dumps(found["entry"])).hexdigest()


def test_a_withdrawn_entry_says_why(client: Client, home: House, entered: System) -> None:
    assert ask(client, f"register/{entered.public_id}")["reason"] is None
    publishing.withdraw(entered, {"en": "Off."}, home.admin)
    found = ask(client, f"register/{entered.public_id}")
    assert (found["state"], found["reason"]) == ("withdrawn", {"en": "Off."})


def test_what_is_not_public_is_not_there(client: Client, home: House) -> None:
    draft = System.objects.create(organisation=home.organisation, name={"en": "Secret"}, created="2026-11-20T00:00Z")
    for name in (draft.public_id, "x" * 200, "%00"):
        assert ask(client, f"register/{name}", 404)["error"]["code"] == "api.no-system"
    assert ask(client, "register", q="Secret")["count"] == 0


# -- the record ----------------------------------------------------------------------------------------------------------------


def test_a_record_without_an_entry_says_so(client: Client) -> None:
    assert ask(client, "record") == {"schema": "guiju.record/1", "origin": None, "key": None, "size": 0, "checkpoint": None}
    assert ask(client, "record/0", 404)["error"]["code"] == "api.no-entry"


def test_an_entry_is_taken_away_and_verified_by_whoever_has_the_key(client: Client, entered: System) -> None:
    told = ask(client, "record")
    position = told["size"] - 1
    bundle = ask(client, f"record/{position}")
    taken = record.read_bundle(json.dumps(bundle).encode())
    assert taken.verify(record.VerifierKey.parse(told["key"]), record.Policy()).index == position
    assert taken.entry.public["system"] == entered.public_id
    verdict = send(client, "record/verify", bundle)
    assert (verdict["verdict"], verdict["position"], verdict["why"]) == ("real", position, None)


def test_a_bundle_that_was_changed_is_forged_in_words(client: Client, entered: System) -> None:
    bundle = json.loads(json.dumps(ask(client, "record/0")).replace("organisation.founded", "organisation.bounded"))
    verdict = send(client, "record/verify", bundle)
    assert verdict["verdict"] == "forged"
    assert verdict["why"]["zh"] != verdict["why"]["en"]
    assert send(client, "record/verify", {"no": "bundle"}, 400)["error"]["code"] == "log.bundle"


# -- receipts and the desk -----------------------------------------------------------------------------------------------------


def test_a_receipt_says_where_the_case_stands_without_an_account(client: Client, entered: System) -> None:
    asked, receipt = asked_of(entered)
    found = send(client, "receipt", {"number": receipt.number.lower()})
    assert found["kind"] == "correction.asked"
    assert found["due"] == str(asked.due)
    unknown = record.new_receipt()
    assert send(client, "receipt", {"number": unknown}, 404)["error"]["code"] == "api.no-receipt"
    assert send(client, "receipt", {"number": receipt.number[:-1]}, 400)["error"]["code"] == "receipt.length"


def test_the_desk_is_for_whoever_is_signed_in(client: Client, home: House, entered: System) -> None:
    asked_of(entered)
    assert ask(client, "desk", 403)["error"]["code"] == "access.signed-out"
    mine = ask(client_of(home.editor), "desk", lang="zh")
    assert [one["due"] for one in mine["cases"] if one["due"]]
    assert ask(client_of(house("other").editor), "desk")["cases"] == []


# -- whatever the schema allows ------------------------------------------------------------------------------------------------


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module, names in (
        (api_module, ("LOOK_UP_A_MINUTE", "ASSESS_A_MINUTE")),
        (api_institutions, ("ASK_A_MINUTE", "VERIFY_A_MINUTE")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, 10**9)
    with fixed(api_module.site_today()):
        yield


@pytest.mark.slow
@pytest.mark.parametrize("who", ["nobody", "an editor"])
def test_no_request_that_the_schema_allows_breaks_it(unlimited: None, home: House, entered: System, who: str) -> None:
    cookies = {name: one.value for name, one in client_of(home.editor if who == "an editor" else None).cookies.items()}
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    seen = []
    for found in described.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # our own schema is valid
        if operation.path.startswith(("/api/v1/rules", "/api/v1/assess")) and who == "nobody":
            continue  # tests/institutions/test_api.py asks those

        @settings(max_examples=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def holds(case: Any) -> None:
            case.call_and_validate(checks=list(CHECKS), cookies=cookies)

        holds()
        seen.append(operation.path)
    assert len(seen) == (7 if who == "nobody" else 13)
