"""The API gives the documents of the command line, says what went wrong in one shape, and answers only so often."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from guiju.calendars import set_clock
from guiju.cli.app import run
from guiju.institutions.hall import bounds, limits
from guiju.institutions.hall.limits import LimitError, client_of, count, limited
from guiju.institutions.hall.models import Counted
from guiju.institutions.portal import api as api_module

ROOT = Path(__file__).parents[2]
DAYS = "on=2026-11-21&known=2026-11-21"
pytestmark = pytest.mark.django_db  # what clients ask is counted in the database

ASSESS = f"/api/v1/assess?{DAYS}"


def told(response: Any) -> Any:
    """The error of a response, in its one shape."""
    found = json.loads(response.content)
    assert set(found) == {"error"}
    assert set(found["error"]) == {"code", "message", "where", "hint"}
    return found["error"]


def command(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What the command line writes."""
    capsys.readouterr()
    run([*words, "--json", "--on", "2026-11-21", "--known", "2026-11-21"])
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("sample", "name", "kind", "query", "options"),
    [
        ("samples/cv-screening-eu.yaml", "dossier.yaml", "application/yaml", "", []),
        ("samples/companion-chat-cn.yaml", "dossier.yaml", "application/yaml", "&all=true&memory=true", ["--all", "--memory"]),
        ("tests/docs/card.md", "card.md", "text/markdown", "", []),
    ],
)
def test_an_assessment_is_what_the_command_writes(  # noqa: PLR0917
    client: Client, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    sample: str, name: str, kind: str, query: str, options: list[str],
) -> None:  # fmt: skip
    shutil.copy(ROOT / sample, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    response = client.generic("POST", ASSESS + query, (tmp_path / name).read_bytes(), content_type=kind)
    assert response.status_code == 200
    assert response.content.decode() == command(capsys, "assess", name, *options)


def test_an_earlier_result_is_answered_anew(client: Client) -> None:
    body = (ROOT / "samples/cv-screening-eu.yaml").read_bytes()
    first = client.generic("POST", ASSESS, body, content_type="application/yaml")
    again = client.generic("POST", ASSESS, first.content, content_type="application/json")
    assert (first.status_code, again.status_code) == (200, 200)
    before, after = json.loads(first.content), json.loads(again.content)
    assert before["duties"] == after["duties"]
    assert before["dossier"] == after["dossier"]
    spoilt = {**before, "inputs": {}}
    assert client.generic("POST", ASSESS, json.dumps(spoilt), content_type="application/json").status_code == 400


def test_json_is_read_too(client: Client) -> None:
    response = client.generic("POST", ASSESS, b'{"facts": {"markets": ["EU"]}}', content_type="application/json; charset=utf-8")
    assert response.status_code == 200
    assert json.loads(response.content)["schema"] == "guiju.assessment/1"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("rules?", ["list"]),
        ("rules?instrument=eu/ai-act&", ["list", "--instrument", "eu/ai-act"]),
        ("rules/stats?", ["stats"]),
        ("rules/search?q=deepfake&limit=4&", ["search", "deepfake", "--limit", "4"]),
        ("rules/search?q=暂行办法 17&", ["search", "暂行办法 17"]),
        ("rules/show?id=eu/ai-act/50&", ["show", "eu/ai-act/50"]),
        ("rules/show?id=markets&", ["show", "markets"]),
        ("rules/show?id=eu-ai-act/high-risk&", ["show", "eu-ai-act/high-risk"]),
        ("rules/show?id=cn/genai-measures&", ["show", "cn/genai-measures"]),
        ("rules/show?id=nothing-here&lang=en&", ["show", "nothing-here", "--lang", "en"]),
    ],
)
def test_the_rules_are_what_the_command_writes(
    client: Client, capsys: pytest.CaptureFixture[str], address: str, words: list[str]
) -> None:
    response = client.get(f"/api/v1/{address}{DAYS}")
    assert response.content.decode() == command(capsys, "rules", *words)
    assert response.status_code == (404 if "nothing-here" in words else 200)


def test_the_editions_are_what_the_command_writes(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    run(["rules", "editions", "--json"])
    assert client.get("/api/v1/rules/editions").content.decode() == capsys.readouterr().out


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("rules/show?id=nothing-here", 404, "rules.unknown-id"),
        ("rules?instrument=nothing-here", 404, "rules.unknown-instrument"),
        ("rules/show", 422, "api.invalid"),
        ("rules/search?q=x&limit=0", 422, "api.invalid"),
        ("rules/stats?on=yesterday", 422, "api.invalid"),
        ("rules/stats?on=2026-02-30", 400, "calendars.no-such-day"),
        ("rules/search?q=%20", 400, "rules.nothing-to-search"),
        ("nowhere", 404, "hall.not-found"),
        ("assess", 405, "api.not-a-method"),
    ],
)
def test_what_went_wrong_is_told_in_one_shape(client: Client, address: str, status: int, code: str) -> None:
    response = client.get(f"/api/v1/{address}")
    found = told(response)
    assert response.status_code == status
    assert found["message"]
    assert found["code"].startswith(code.split(".", maxsplit=1)[0])
    if not code.startswith("day."):
        assert found["code"].startswith(code)


@pytest.mark.parametrize("address", ["rules", "rules/stats", "rules/editions", "rules/show?id=eu/ai-act/50", "rules/search?q=50"])
def test_what_is_read_may_be_asked_for_by_its_head_and_need_not_be_sent_twice(client: Client, address: str) -> None:
    whole, head = client.get(f"/api/v1/{address}"), client.head(f"/api/v1/{address}")
    assert head.status_code == 200
    assert head["Content-Type"] == whole["Content-Type"]
    assert not head.content
    again = client.get(f"/api/v1/{address}", headers={"if-none-match": whole["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_the_head_of_what_is_sent_is_refused_by_its_own_name(client: Client) -> None:
    response = client.head("/api/v1/assess")
    assert response.status_code == 405
    assert response["Allow"] == "POST"


def test_the_language_is_the_one_asked_for(client: Client) -> None:
    address = "/api/v1/rules/show?id=nothing-here"
    english = told(client.get(address, headers={"Accept-Language": "en"}))["message"]
    chinese = client.get(address, headers={"Accept-Language": "zh-CN,en;q=0.5"})
    assert chinese.headers["Content-Language"] == "zh-Hans"
    assert told(chinese)["message"] != english
    assert told(client.get(f"{address}&lang=zh", headers={"Accept-Language": "en"}))["message"] == told(chinese)["message"]


def test_an_unknown_party_is_refused_with_those_there_are(client: Client) -> None:
    body = b"facts: {markets: [EU]}\n"
    response = client.generic("POST", f"{ASSESS}&party=org:nobody", body, content_type="application/yaml")
    assert response.status_code == 400
    assert told(response)["code"] == "cli.unknown-party"


def test_a_body_of_another_kind_is_refused(client: Client) -> None:
    response = client.generic("POST", ASSESS, b"x", content_type="application/pdf")
    assert (response.status_code, told(response)["code"]) == (415, "api.content-type")


def test_a_form_of_another_site_is_not_read(client: Client) -> None:
    response = client.post(ASSESS, {"facts": "x"})
    assert (response.status_code, told(response)["code"]) == (415, "api.content-type")


def test_a_dossier_with_too_many_objects_is_refused_before_it_is_answered(client: Client) -> None:
    purposes = ", ".join(f"{{id: p{number}}}" for number in range(bounds.MOST_OBJECTS + 1))
    response = client.generic("POST", ASSESS, f"purposes: [{purposes}]\n", content_type="application/yaml")
    assert (response.status_code, told(response)["code"]) == (413, "bounds.objects")


# -- limits ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def at_noon() -> Iterator[None]:
    set_clock(lambda: datetime(2026, 11, 21, 12, 0, 20, tzinfo=UTC))
    yield
    set_clock(None)


def test_asking_too_often_is_told_with_how_long_to_wait(client: Client, at_noon: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_module, "LOOK_UP_A_MINUTE", 2)
    answers = [client.get("/api/v1/rules/editions") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert told(answers[-1])["code"] == "limit.reached"
    assert answers[-1].headers["Retry-After"] == "40"
    assert client.get("/api/v1/rules/editions", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_the_next_minute_counts_anew(rf: RequestFactory, at_noon: None) -> None:
    request = rf.get("/")
    count(request, "act", 1)
    with pytest.raises(LimitError):
        count(request, "act", 1)
    count(request, "other", 1)
    set_clock(lambda: datetime(2026, 11, 21, 12, 1, 0, tzinfo=UTC))
    count(request, "act", 1)


def test_a_costly_act_counts_as_several(rf: RequestFactory, at_noon: None) -> None:
    count(rf.get("/"), "act", 10, weight=9)
    count(rf.get("/"), "act", 10)
    with pytest.raises(LimitError):
        count(rf.get("/"), "act", 10)


def test_no_address_is_kept_and_a_client_is_another_one_the_next_day(rf: RequestFactory, at_noon: None) -> None:
    request = rf.get("/", REMOTE_ADDR="192.0.2.55")
    first = client_of(request)
    count(request, "act", 5)
    assert "192.0.2.55" not in repr(list(Counted.objects.values_list())) + first
    set_clock(lambda: datetime(2026, 11, 22, 12, 0, 20, tzinfo=UTC))
    assert client_of(request) != first


def test_a_household_is_one_client(rf: RequestFactory, at_noon: None) -> None:
    one, two, other = (rf.get("/", REMOTE_ADDR=one) for one in ("2001:db8:0:1::5", "2001:db8:0:1:ffff::9", "2001:db8:0:2::5"))
    assert client_of(one) == client_of(two) != client_of(other)


def test_a_view_may_be_limited(rf: RequestFactory, at_noon: None) -> None:
    @limited("view", per_minute=1)
    def view(request: Any, name: str) -> HttpResponse:
        return HttpResponse(name)

    assert view(rf.get("/"), "x").content == b"x"
    with pytest.raises(LimitError):
        view(rf.get("/"), name="x")
    assert limits.WINDOW == 60


# -- the schema --------------------------------------------------------------------------------------------------------------


def test_the_schema_names_every_address_and_its_errors(client: Client) -> None:
    found = json.loads(client.get("/api/v1/openapi.json").content)
    rules = [f"/api/v1/rules{one}" for one in ("", "/show", "/search", "/stats", "/editions")]
    institutions = ["register", "register/{system}", "record", "record/{position}", "record/verify", "receipt", "desk"]
    assert sorted(found["paths"]) == sorted(["/api/v1/assess", *rules, *(f"/api/v1/{one}" for one in institutions)])
    answers = found["paths"]["/api/v1/assess"]["post"]["responses"]
    assert {"200", "400", "413", "415", "422", "429"} <= set(answers)
    assert set(found["paths"]["/api/v1/assess"]["post"]["requestBody"]["content"]) == {
        "application/json", "application/yaml", "text/markdown",
    }  # fmt: skip


CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.mark.django_db  # a request asks for a connection, and no more
@pytest.mark.slow
def test_no_request_that_the_schema_allows_breaks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_module, "LOOK_UP_A_MINUTE", 10**9)
    monkeypatch.setattr(api_module, "ASSESS_A_MINUTE", 10**9)
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    seen = 0
    for found in described.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # our own schema is valid
        if not operation.path.startswith(("/api/v1/rules", "/api/v1/assess")):
            continue  # test_api_institutions.py asks those, signed in and out

        @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def holds(case: Any) -> None:
            case.call_and_validate(checks=list(CHECKS))

        holds()
        seen += 1
    assert seen == 6
