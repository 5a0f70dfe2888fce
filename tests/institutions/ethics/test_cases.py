"""Cases on their pages: drafted, handed in, told once what is missing, moved on; refused with the clause."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.institutions.ethics.house import SAID, House, accepted, applied, by, carried, drafted, house, rules, stands, written
from tests.institutions.people import client_of, person, with_role

from guiju.calendars import now
from guiju.institutions.ethics import papers
from guiju.institutions.ethics.models import Case, Done
from guiju.institutions.ethics.standing import standing_of
from guiju.institutions.hall.models import Letter
from guiju.procedure import running

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\nconsent"


@pytest.fixture
def home() -> House:
    """A committee, an applicant, an authority."""
    return house()


def editor(home: House) -> Client:
    return client_of(home.applicant.editor)


def text_of(answer: HttpResponse) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def step(client: Client, address: str, case: Case, name: str, **typed: object) -> HttpResponse:
    here = reverse(address, args=("en", case.public_id))
    return client.post(f"{here}?step={name}", typed)  # type: ignore[return-value]


def test_an_application_is_drafted_with_a_file_and_handed_in(home: House) -> None:
    client = editor(home)
    new = reverse("application-new", args=("en", home.applicant.organisation.handle))
    assert client.get(new).status_code == 200
    body = home.body.public_id
    made = client.post(new, {"committee": body, "title": "A chat service", "kind": "system"})
    assert made.status_code == 303
    case = Case.objects.get(title="A chat service")
    edit = reverse("application-edit", args=("en", case.public_id))
    assert made.headers["Location"] == edit
    assert "Still missing" in text_of(client.get(edit))

    sent = {one.id: "As it is." for one in papers.items_of(case)} | {"title": case.title, "matters": ["children", "privacy"]}
    file = SimpleUploadedFile("consent.pdf", PDF)
    assert client.post(edit, {**sent, "do": "attach", "file": file}).status_code == 303
    page = text_of(client.get(edit))
    assert "consent.pdf" in page
    assert "Nothing that is asked for is missing" in page

    apply = reverse("application-apply", args=("en", case.public_id))
    assert "State secrets" in text_of(client.get(apply))
    assert client.post(apply, SAID).status_code == 303
    case.refresh_from_db()
    assert stands(case).state == "applied"
    assert re.fullmatch(r"\d{4}-001", case.number)
    assert stands(case).digest == case.papers.get().document_id
    named = papers.read(case.papers.get())
    assert [one["name"] for one in named["files"]] == ["consent.pdf"]
    assert Letter.objects.filter(to=home.people["ye"].email).exists()  # the secretary is told

    there = reverse("ethics-file", args=("en", case.public_id)) + f"?digest={named['files'][0]['digest']}"
    file_back = client_of(home.people["zheng"]).get(there)
    assert file_back.content == PDF
    assert file_back.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "content"),
    [("page.html", b"<script>"), ("virus.pdf", b"MZ\x90"), ("empty.pdf", b""), ("big.txt", b"a" * (papers.LARGEST_FILE + 1)),
     ("words.txt", b"\xff\xfe\x00")],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused_and_the_words_are_kept(home: House, name: str, content: bytes) -> None:
    case = drafted(home)
    edit = reverse("application-edit", args=("en", case.public_id))
    sent = {one.id: "Kept words." for one in papers.items_of(case)} | {"title": case.title, "revision": papers.revision_of(case)}
    answer = editor(home).post(edit, {**sent, "do": "attach", "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 400
    assert "Kept words." in answer.content.decode()
    case.refresh_from_db()
    assert not case.draft.get("files")


def test_what_touches_a_state_secret_is_refused_at_the_door(home: House) -> None:
    case = drafted(home)
    apply = reverse("application-apply", args=("en", case.public_id))
    answer = editor(home).post(apply, {**SAID, "state_secret": "yes"})
    assert answer.status_code == 422
    assert "State secrets" in text_of(answer)
    assert not Done.objects.filter(about=case.public_id).exists()


def test_what_was_not_answered_is_not_taken_for_no(home: House) -> None:
    case = drafted(home)
    apply = reverse("application-apply", args=("en", case.public_id))
    said = {name: value for name, value in SAID.items() if name != "state_secret"}
    assert editor(home).post(apply, said).status_code == 422
    assert not Done.objects.filter(about=case.public_id).exists()


def test_an_application_that_lacks_a_paper_is_not_handed_in(home: House) -> None:
    case = drafted(home)
    papers.save_draft(case, home.applicant.editor, {"title": case.title, "overview": "Only this."})
    apply = reverse("application-apply", args=("en", case.public_id))
    answer = editor(home).post(apply, SAID)
    assert answer.status_code == 400
    assert "Plan and control of risks" in text_of(answer)


def test_what_is_missing_is_told_once_and_completely(home: House) -> None:
    case = applied(home)
    secretary = client_of(home.people["ye"])
    nothing = step(secretary, "ethics-step", case, "tell_incomplete", missing_more="")
    assert nothing.status_code == 422
    assert "it is not said what is missing" in text_of(nothing)
    told = step(secretary, "ethics-step", case, "tell_incomplete", missing=["consent"], missing_more="The form for parents")
    assert told.status_code == 303
    page = text_of(editor(home).get(reverse("application", args=("en", case.public_id))))
    assert "The form for parents" in page
    assert Letter.objects.filter(to=home.applicant.editor.email).exists()
    written(case, "Complete now.")
    assert step(editor(home), "application-step", case, "complete").status_code == 303
    again = secretary.get(reverse("ethics-step", args=("en", case.public_id)) + "?step=tell_incomplete")
    assert again.status_code == 409
    shown = text_of(secretary.get(reverse("ethics-case", args=("en", case.public_id))))
    assert "what is missing was told already" in shown


def test_a_refused_step_names_everything_that_lacks_and_who_can_supply_it(home: House) -> None:
    case = accepted(home)
    chair = client_of(home.people["chair"])
    page = text_of(chair.get(reverse("ethics-case", args=("en", case.public_id))))
    assert "no valid ballot has carried it" in page
    assert "This can be supplied by" in page
    assert "Art. 16" in page


def test_an_extension_needs_a_day_that_is_later_and_not_too_far(home: House) -> None:
    case = accepted(home)
    secretary = client_of(home.people["ye"])
    (clock,) = running(rules(home), standing_of(home.committee), case.public_id, now())
    latest = clock.due + timedelta(days=30)
    early = str(stands(case).taken["accept"].date())
    for until in ("", "2026-02-30", "2020-01-01", early, str(latest + timedelta(days=1)), "2099-01-01"):
        answer = step(secretary, "ethics-step", case, "extend", reasons="Experts are away.", until=until)
        assert answer.status_code in (400, 422), until
        assert stands(case).until == {}
    assert step(secretary, "ethics-step", case, "extend", reasons="Experts are away.", until=str(latest)).status_code == 303
    assert stands(case).until["extend"] == latest


def test_conditions_are_set_with_the_decision_and_met_one_by_one(home: House) -> None:
    case = accepted(home)
    decide = {"outcome": "approve", "reasons": "The risks are met.", "field_expert_took_part": "yes"}
    chair = client_of(home.people["chair"])
    assert step(chair, "ethics-step", case, "decide", **decide, conditions="A notice").status_code == 409  # nothing was carried
    carried(home, case)
    wrong = step(chair, "ethics-step", case, "decide", **decide, conditions="A notice | 2026-02-30")
    assert wrong.status_code == 400
    assert "2026-02-30" in text_of(wrong)
    two = "Publish a notice\nReport after a month | 2099-01-31"
    assert step(chair, "ethics-step", case, "decide", **decide, conditions=two).status_code == 303
    assert [(one.number, one.text, str(one.due or "")) for one in case.conditions.all()] == [
        (1, "Publish a notice", ""), (2, "Report after a month", "2099-01-31"),
    ]  # fmt: skip
    assert stands(case).facts["conditions_open"] == 2
    secretary = client_of(home.people["ye"])
    assert step(secretary, "ethics-step", case, "meet_condition", met=["1"], evidence="The notice is up.").status_code == 303
    assert stands(case).facts["conditions_open"] == 1
    page = text_of(editor(home).get(reverse("application", args=("en", case.public_id))))
    assert "The notice is up." in page
    assert page.count("by 31 January 2099") == 1


def test_a_draft_is_seen_by_nobody_else_and_a_case_not_by_strangers(home: House) -> None:
    draft, case = drafted(home), applied(home)
    assert client_of(home.people["ye"]).get(reverse("ethics-case", args=("en", draft.public_id))).status_code == 404
    stranger = client_of(person("stranger"))
    for address in ("ethics-case", "application", "ethics-step", "application-step"):
        assert stranger.get(reverse(address, args=("en", case.public_id))).status_code == 403
    assert stranger.get(reverse("re-review", args=("en", case.public_id))).status_code == 404
    member = client_of(with_role(home.applicant.organisation, "reader", "member"))
    assert member.get(reverse("application", args=("en", case.public_id))).status_code == 200
    assert member.get(reverse("application-step", args=("en", case.public_id)) + "?step=take_back").status_code == 403


def test_applicants_see_neither_who_reviews_nor_what_each_thinks(home: House) -> None:
    case = accepted(home, route="simplified", not_above_minimal_risk=True)
    by(home, "chair", case, "name_panel", {"panel": [home.seat("zheng"), home.seat("su")]})
    by(home, "zheng", case, "opine", {"opinion": "agree"}, {"comment": "Fine with me."})
    page = text_of(editor(home).get(reverse("application", args=("en", case.public_id))))
    assert "Fine with me" not in page
    assert home.people["zheng"].shown_name not in page
    inside = text_of(client_of(home.people["chair"]).get(reverse("ethics-case", args=("en", case.public_id))))
    assert "Fine with me" in inside


def test_papers_replaced_while_the_page_was_open_are_not_decided_on(home: House) -> None:
    case = accepted(home, route="simplified", not_above_minimal_risk=True)
    by(home, "chair", case, "name_panel", {"panel": [home.seat("zheng"), home.seat("su")]})
    for name in ("zheng", "su"):
        by(home, name, case, "opine", {"opinion": "agree"})
    shown = stands(case).digest
    written(case, "Something else.")
    assert step(editor(home), "application-step", case, "replace_papers").status_code == 303
    chair = client_of(home.people["chair"])
    answer = step(chair, "ethics-step", case, "decide_simplified", outcome="approve", reasons="Good.", digest=shown)
    assert answer.status_code == 409
    assert stands(case).state == "accepted"
