"""What the site gives out can be handed in again, and no file is offered that would be empty."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.institutions.page_words import main_of

from guiju.assess import assess, to_json
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.register.checks import check_by_key, dossier_of, open_check
from guiju.norms import read_by
from guiju.subjects import read_dossier
from guiju.wording import text

pytestmark = pytest.mark.django_db

ON = date(2028, 8, 2)
SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def opened(name: str) -> str:
    return open_check(read_dossier(SAMPLES / f"{name}.yaml", site_corpus().vocabulary), name=name)[1]


def handed_in(client: Client, content: bytes, name: str, lang: str = "en") -> Any:
    return client.post(f"/{lang}/check/start", {"way": "card", "card": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("name", ["hr-screener", "companion-chat-cn"])
def test_the_json_of_a_result_is_taken_back_whatever_it_grew_to(client: Client, settings: Any, name: str) -> None:
    key = opened(name)
    kept = client.get(f"/en/check/{key}/result.json?on=2028-08-02").content
    settings.LARGEST_UPLOAD = len(kept) - 1  # as a dossier of many parties and purposes passes it
    sent = handed_in(client, kept, "guiju-2028-08-02.json")
    assert sent.status_code == 302
    again = sent.headers["Location"].split("/")[3]
    assert dossier_of(check_by_key(again)).digest == dossier_of(check_by_key(key)).digest


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_only_a_result_may_be_larger_than_a_card(client: Client, settings: Any, lang: str) -> None:
    settings.LARGEST_UPLOAD = 1000
    for name, content in (
        ("card.md", b"# A model\n" + b"word " * 400),
        ("dossier.json", b'{"system": {"id": "s"}}' + b" " * 2000),
    ):
        answer = handed_in(client, content, name, lang)
        assert answer.status_code == 413
        assert text("hall.too-large", lang, most=0).split("0")[0] in main_of(answer.content.decode())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_calendar_file_is_offered_only_where_a_day_is_fixed(client: Client, lang: str) -> None:
    bare, dated = opened("hr-screener"), opened("companion-chat-cn")
    page = main_of(client.get(f"/{lang}/check/{bare}/result").content.decode())
    assert "result.ics" not in page
    assert text("result.no-days", lang) in page
    page = main_of(client.get(f"/{lang}/check/{dated}/result").content.decode())
    assert "result.ics" in page
    assert text("result.no-days", lang) not in page


@pytest.mark.parametrize(("lang", "by"), [("zh", "欧盟委员会"), ("en", "European Commission")])
def test_a_result_by_somebodys_reading_is_not_answered_by_the_text(client: Client, tmp_path: Path, lang: str, by: str) -> None:
    """The site answers by the text; it does not pass that off as what the file says."""
    dossier = read_dossier(SAMPLES / "hr-screener.yaml", site_corpus().vocabulary)
    result = to_json(assess(dossier, read_by(site_corpus(), "European Commission"), ON, ON))
    sent = handed_in(client, json.dumps(result).encode(), "result.json", lang)
    assert sent.status_code == 400
    page = main_of(sent.content.decode())
    assert by in page
    assert "--reading" in page
