"""What no form of ours sends: every answer is a page that says something, and nothing is changed by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import reverse
from tests.institutions.ethics.house import House, accepted, carried, house
from tests.institutions.people import client_of
from tests.institutions.postgres import run_on

from guiju.institutions.ethics import conditions
from guiju.institutions.ethics.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> House:
    """A committee, an applicant, an authority."""
    return house()


def step(home: House, case: Case, name: str, **typed: object) -> HttpResponse:
    """A step of the chair, as a browser would send it."""
    client = client_of(home.people["chair"])
    client.raise_request_exception = False
    return client.post(f"{reverse('ethics-step', args=('en', case.public_id))}?step={name}", typed)  # type: ignore[return-value]


@pytest.fixture
def approved(home: House) -> Case:
    """A case that was approved under two conditions."""
    case = accepted(home)
    carried(home, case)
    said = {"outcome": "approve", "reasons": "Met.", "field_expert_took_part": "yes", "conditions": "Tell the users.\nKeep logs."}
    assert step(home, case, "decide", **said).status_code == 303
    return case


@pytest.mark.parametrize("number", ["\u00b2", "\u0661", "9" * 5000, str(10**30), "-1", "3", "1 ", "\0"])
def test_a_condition_that_there_is_not_is_not_met(home: House, approved: Case, number: str) -> None:
    assert step(home, approved, "meet_condition", met=[number]).status_code < 500
    assert [one.number for one in conditions.open_ones(approved)] == [1, 2]


def test_a_condition_named_twice_is_met_once(home: House, approved: Case) -> None:
    assert step(home, approved, "meet_condition", met=["2", "2"], evidence="The logs of May.").status_code == 303
    assert [one.number for one in conditions.open_ones(approved)] == [1]


# -- addresses -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_sign_that_no_text_has_finds_nothing(database: str, tmp_path: Path) -> None:
    assert run_on(database, tmp_path, "ethics.test_hostile_forms") == {"file": 404, "application-file": 404, "outcome": 200}


def main() -> dict[str, int]:
    """The answers to addresses with a NUL in them, on a real database."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    (settings.HOME / "static").mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)
    home = house()
    case = accepted(home)
    asked = {
        "file": (home.people["chair"], reverse("ethics-file", args=("en", case.public_id)) + "?digest=%00"),
        "application-file": (home.applicant.editor, reverse("application-file", args=("en", case.public_id)) + "?digest=%00"),
        "outcome": (None, reverse("ethics-public", args=("en",)) + "?outcome=%00"),
    }
    found = {}
    for name, (who, address) in asked.items():
        client = client_of(who)
        client.raise_request_exception = False
        found[name] = client.get(address).status_code
    return found
