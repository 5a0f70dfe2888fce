"""What pages of a case tell each side: what was said in words, what shows that a condition is met, the time, the draft kept."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.institutions.ethics.house import (
    APPLIES,
    SAID,
    House,
    accepted,
    applied,
    by_applicant,
    carried,
    decided,
    drafted,
    house,
    stands,
    written,
)
from tests.institutions.page_words import words_of
from tests.institutions.people import client_of

from guiju.calendars import fixed
from guiju.institutions.ethics import papers
from guiju.institutions.ethics.in_words import left_words
from guiju.institutions.ethics.models import Case, Done
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.models import Letter
from guiju.procedure import Running, rules_named

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\nproof"


@pytest.fixture
def home() -> House:
    """A committee, an applicant, an authority."""
    return house()


def editor(home: House) -> Client:
    return client_of(home.applicant.editor)


def said(answer: HttpResponse) -> str:
    return words_of(answer.content.decode())


def step(client: Client, address: str, case: Case, name: str, **typed: object) -> HttpResponse:
    here = reverse(address, args=("en", case.public_id))
    return client.post(f"{here}?step={name}", typed)  # type: ignore[return-value]


def test_what_is_noted_as_met_is_shown_by_a_sentence_or_a_file_of_the_case(home: House) -> None:
    case = drafted(home)
    proof = papers.attach(case, home.applicant.editor, SimpleUploadedFile("proof.pdf", PDF)).document_id
    accepted(home, case)
    kept = papers.attach(
        case, home.applicant.editor, SimpleUploadedFile("kept.pdf", b"%PDF-1.7 kept")
    ).document_id  # not handed in
    carried(home, case)
    decide = {"outcome": "approve", "reasons": "The risks are met.", "field_expert_took_part": "yes"}
    step(client_of(home.people["chair"]), "ethics-step", case, "decide", **decide, conditions="A notice\nA report")
    secretary = client_of(home.people["ye"])
    form = said(secretary.get(reverse("ethics-step", args=("en", case.public_id)) + "?step=meet_condition"))
    assert "proof.pdf" in form
    assert "kept.pdf" not in form
    for typed, told in (
        ({"met": ["1"]}, "It is not said what shows that the conditions are met."),
        ({"met": ["1"], "evidence": "  "}, "It is not said what shows that the conditions are met."),
        ({"met": ["1"], "evidence_file": kept}, "It is not said what shows that the conditions are met."),
        ({"evidence": "The notice is up."}, "No condition was chosen."),
    ):
        answer = step(secretary, "ethics-step", case, "meet_condition", **typed)
        assert answer.status_code == 400
        assert told in said(answer)
    assert stands(case).facts["conditions_open"] == 2
    assert not Done.objects.filter(step="meet_condition").exists()
    assert step(secretary, "ethics-step", case, "meet_condition", met=["1"], evidence_file=proof).status_code == 303
    assert stands(case).facts["conditions_open"] == 1
    page = editor(home).get(reverse("application", args=("en", case.public_id))).content.decode()
    shown = re.search(r'A notice <small>met · <a href="([^"]+)">proof.pdf</a>', page)
    assert shown is not None
    assert editor(home).get(shown[1]).content == PDF


def test_the_committee_reads_what_the_applicant_says_with_papers_sent_back(home: House) -> None:
    case = applied(home)
    step(client_of(home.people["ye"]), "ethics-step", case, "tell_incomplete", missing_more="A plan for consent")
    written(case, "Now with a plan.")
    answer = step(editor(home), "application-step", case, "complete", answer="The plan stands under\n“Consent”.")
    assert answer.status_code == 303
    asked = reverse("ethics-case", args=("en", case.public_id))
    for name in ("ye", "zheng"):
        page = said(client_of(home.people[name]).get(asked))
        assert "The plan stands under" in page
    assert "The plan stands under" in said(editor(home).get(reverse("application", args=("en", case.public_id))))
    assert Letter.objects.filter(body__contains="The plan stands").count() == 0  # it is read behind a sign-in


def test_applicants_do_not_read_why_the_committee_departs_from_a_case_of_others(home: House) -> None:
    decided(home, "refuse", accepted(home, drafted(home, "Another", matters=["children"])))
    case = decided(home, "approve", accepted(home, drafted(home, matters=["children"])))
    row = Done.objects.get(about=case.public_id, step="decide")
    row.words |= {"departure": "The other one filmed children."}
    row.save()
    assert "filmed" in said(client_of(home.people["zheng"]).get(reverse("ethics-case", args=("en", case.public_id))))
    assert "filmed" not in said(editor(home).get(reverse("application", args=("en", case.public_id))))


def test_headings_links_and_buttons_begin_with_a_capital(home: House) -> None:
    case = applied(home)
    secretary = client_of(home.people["ye"])
    page = secretary.get(reverse("ethics-case", args=("en", case.public_id))).content.decode()
    assert ">Accept and name the procedure</a>" in page
    assert "<strong>Applied for</strong>" in page
    form = secretary.get(reverse("ethics-step", args=("en", case.public_id)) + "?step=accept").content.decode()
    assert "<h1>Accept and name the procedure</h1>" in form
    assert re.search(r"<button[^>]*>Accept and name the procedure</button>", form)
    for shown in (page, form):
        heads = re.findall(r"<(?:h\d|button|dt)\b[^>]*>\s*([a-z][^<]*)", shown.split("<main", 1)[1].split("</main>", 1)[0])
        assert heads == []


def test_a_receipt_tells_the_time_of_the_committee_with_utc_beside_it(home: House) -> None:
    with fixed(datetime(2026, 11, 20, 20, 5, tzinfo=UTC)):  # the next day in Beijing
        case = drafted(home)
        client = editor(home)
        sent = client.post(reverse("application-apply", args=("en", case.public_id)), SAID)
        page = said(client.get(sent.headers["Location"]))
        assert "21 November 2026, 04:05 Beijing time (20 November 2026, 20:05 UTC)" in page


def test_who_has_the_number_of_a_receipt_reads_the_same_time(home: House) -> None:
    with fixed(datetime(2026, 11, 20, 20, 5, tzinfo=UTC)):
        case = drafted(home)
        taken = by_applicant(home, case, "apply", APPLIES)
        page = said(Client().post("/en/receipt/", {"number": taken.receipt.number}))
        assert "21 November 2026, 04:05 Beijing time (20 November 2026, 20:05 UTC)" in page
        zh = said(Client().post("/zh/receipt/", {"number": taken.receipt.number}))
        assert "2026年11月21日 04:05（北京时间），即2026年11月20日 20:05（协调世界时）" in zh


@pytest.mark.parametrize(
    ("days", "unit", "told"),
    [
        (2, "day", "2 working days left"),
        (31, "day", "23 working days left"),
        (45, "day", "45 days left"),
        (261, "month", "about 9 months left"),
        (261, "working-day", "179 working days left"),
        (0, "month", "today"),
        (-400, "month", "400 days ago"),
    ],
)
def test_what_is_far_off_is_counted_in_months_unless_the_limit_counts_working_days(days: int, unit: str, told: str) -> None:
    limit = replace(rules_named("cn-ethics", site_corpus()).limits[0], unit=unit)
    began = datetime(2026, 1, 12, 4, tzinfo=UTC)
    day = began.date() + timedelta(days=days)
    assert left_words(Running(limit, "-", began, day, None, True, False), began.date(), "CN", "en") == told


def test_two_pages_of_one_draft_overwrite_nothing(home: House) -> None:
    case = drafted(home)
    edit = reverse("application-edit", args=("en", case.public_id))
    one, other = editor(home), client_of(home.applicant.second_editor)
    seen = re.search(r'name="revision" value="(\d+)"', one.get(edit).content.decode())
    assert seen is not None
    sent = {item.id: "As it is." for item in papers.items_of(case)} | {"title": case.title, "revision": seen[1]}
    item = papers.items_of(case)[0].id
    assert one.post(edit, {**sent, item: "Of the first.", "do": "save"}).status_code == 303
    assert one.post(edit, {**sent, item: "Of the first.", "do": "save"}).status_code == 303  # sent twice
    for do in ("save", "apply", "attach"):
        refused = other.post(edit, {**sent, item: "Of the second.", "do": do})
        page = refused.content.decode()
        assert refused.status_code == 409
        assert "nothing was overwritten" in page
        assert re.search(r"<textarea[^>]*>\s*Of the second.", page)
        assert "Of the first." in page  # what stands, to compare
    case.refresh_from_db()
    assert case.draft["answers"][item] == "Of the first."
    now_seen = re.search(r'name="revision" value="(\d+)"', page)
    assert now_seen is not None
    assert other.post(edit, {**sent, item: "Of the second.", "do": "save", "revision": now_seen[1]}).status_code == 303
    case.refresh_from_db()
    assert case.draft["answers"][item] == "Of the second."
    assert "revision" not in json.loads(papers.content_of(case))  # what is handed in is what it was
