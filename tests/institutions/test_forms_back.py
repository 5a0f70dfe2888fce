"""Questions sent as a spreadsheet, and the form that comes back into the check."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from tests.institutions.asking import JUDGED, SMALL, SYSTEM, Desk, desk_on, left_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return desk_on(SMALL)


def filled_form(desk: Desk, who: str, answers: dict[str, dict[str, Any]]) -> bytes:
    """The form as it was downloaded, filled in as a person would with a spreadsheet."""
    found = desk.client.get(reverse("check-form", args=("en", desk.key)), {"who": who})
    assert found["Content-Type"].endswith("sheet")
    book = load_workbook(io.BytesIO(found.content))
    sheet = book.worksheets[0]
    heads = {str(cell.value): cell.column for cell in sheet[4]}
    for row in range(5, sheet.max_row + 1):
        said = answers.get(json.loads(str(sheet.cell(row, heads["guiju"]).value))[2], {})
        for column, value in said.items():
            sheet.cell(row, heads[column], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def returned(desk: Desk, content: bytes, name: str = "form.xlsx") -> Any:
    return desk.client.post(reverse("check-form-return", args=(desk.lang, desk.key)), {"form": SimpleUploadedFile(name, content)})


def test_a_filled_form_joins_the_check(desk: Desk) -> None:
    left_to(desk, SYSTEM, JUDGED)
    form = filled_form(desk, "Li Na", {
        "infers_from_input": {"Answer": "yes", "Your name": "Li Na", "Date": "2026-11-20"},
        "eu.no_significant_risk": {"Answer": "no"},
    })  # fmt: skip
    answer = returned(desk, form)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Answers taken: 1." in page
    assert "What could not be taken" in page
    assert "<code>Questions!F6</code>" in page
    assert "/tmp" not in page
    given = desk.given(*SYSTEM)
    assert (str(given.value), given.by, given.on) == ("Truth.TRUE", "Li Na", "2026-11-20")
    assert [one.name for one in desk.dossier.asked] == ["eu.no_significant_risk"]


def test_a_form_never_overwrites_and_a_person_decides(desk: Desk) -> None:
    left_to(desk, SYSTEM)
    form = filled_form(desk, "Li Na", {"infers_from_input": {"Answer": "no", "Your name": "Li Na"}})
    desk.post(SYSTEM, answer="true", by="Wang")
    for _ in range(2):
        page = returned(desk, form).content.decode()
        assert desk.given(*SYSTEM) is None
        assert reverse("check-read", args=("en", desk.key)) in page
    open_ones = [one for one in desk.dossier.proposals if one.state == "open"]
    assert sorted(one.value for one in open_ones) == ["false", "true"]
    assert "were not added a second time" in page
    read = desk.client.get(reverse("check-read", args=("en", desk.key))).content.decode()
    assert "Wang" in read
    assert "Li Na" in read


@pytest.mark.parametrize(
    ("name", "content"), [("notes.xlsx", b"PK\x03\x04 broken"), ("card.md", b"# A card\n"), ("x.pdf", b"%PDF-1.7")]
)
def test_what_is_no_form_is_refused_beside_the_field(desk: Desk, name: str, content: bytes) -> None:
    answer = returned(desk, content, name)
    assert answer.status_code == 400
    assert 'href="#form"' in answer.content.decode()


def test_a_form_handed_in_at_the_start_says_where_it_belongs(desk: Desk) -> None:
    left_to(desk, SYSTEM)
    form = filled_form(desk, "Li Na", {})
    answer = desk.client.post(reverse("check-start", args=("en",)), {"card": SimpleUploadedFile("form.xlsx", form)})
    assert answer.status_code == 400
    assert "open that check" in answer.content.decode()


def test_there_is_no_form_for_somebody_who_was_asked_nothing(desk: Desk) -> None:
    assert desk.client.get(reverse("check-form", args=("en", desk.key)), {"who": "Nobody"}).status_code == 404
