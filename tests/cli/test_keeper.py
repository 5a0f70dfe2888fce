"""`guiju keeper`: appointed, listed, withdrawn; a lost second factor removed; each an act that the one concerned is told of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from tests.institutions.people import person

from guiju import record
from guiju.cli import keeper as keeper_command
from guiju.cli.app import run
from guiju.institutions.hall.acts import own_sql
from guiju.institutions.hall.models import Letter, Outbox
from guiju.institutions.people.accounts import has_second_factor
from guiju.institutions.people.models import Keeper
from guiju.wording import LANGUAGES


@pytest.fixture
def _site(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper_command, "_opened", lambda *_: None)  # the tests' database stands open already


@pytest.mark.usefixtures("_site")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_keeper_is_appointed_listed_and_withdrawn(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["keeper", "list", "--lang", lang]) == 0
    assert "guiju keeper appoint" in capsys.readouterr().out
    who = person("shao-ning")
    assert run(["keeper", "appoint", "SHAO-ning@example.org", "--lang", lang]) == 0
    assert "GJ-" in capsys.readouterr().out
    assert Keeper.objects.get().person == who
    assert run(["keeper", "list", "--lang", lang]) == 0
    assert "shao-ning@example.org" in capsys.readouterr().out
    assert run(["keeper", "withdraw", "shao-ning@example.org", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["state"]) == ("guiju.keeper/1", "withdrawn")
    assert not Keeper.objects.exists()
    found = record.entry_by_receipt(own_sql(), record.receipt_hash(told["receipt"]))
    assert (found.entry.kind, dict(found.entry.public)) == ("keeper.withdrawn", {})


@pytest.mark.usefixtures("_site")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["appoint", "nobody@example.org"], "people.keeper-unknown"),
        (["withdraw", "luo@example.org"], "people.keeper-none"),
        (["remove-second-factor", "luo@example.org"], "people.no-second-factor"),
    ],
)
def test_who_is_none_is_told_and_nothing_is_done(words: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    person("luo")
    assert run(["keeper", *words, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
    assert not Outbox.objects.exclude(receipt=None).exists()


@pytest.mark.usefixtures("_site")
def test_a_keeper_twice_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    person("luo")
    assert run(["keeper", "appoint", "luo@example.org"]) == 0
    capsys.readouterr()
    assert run(["keeper", "appoint", "luo@example.org", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "people.keeper-already"


@pytest.mark.usefixtures("_site")
def test_a_lost_second_factor_is_removed_and_its_person_is_told_in_their_language(capsys: pytest.CaptureFixture[str]) -> None:
    who = person("luo", "zh")
    Authenticator.objects.create(user=who, type=Authenticator.Type.TOTP, data={})
    assert has_second_factor(who)
    assert run(["keeper", "remove-second-factor", "luo@example.org", "--lang", "en"]) == 0
    assert "by password alone" in capsys.readouterr().out
    assert not has_second_factor(who)
    letter = Letter.objects.get()
    assert letter.to == "luo@example.org"
    assert "第二步验证" in letter.subject
    assert Outbox.objects.exclude(receipt=None).get().kind == "second-factor.removed"


def test_a_folder_without_a_site_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["keeper", "list", "--home", str(tmp_path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "demo.no-site"
