"""Whoever wrote in an application is a party to it: a member who did takes no part for the committee."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.institutions.ethics.house import (
    House,
    accepted,
    applied,
    by_applicant,
    carried,
    drafted,
    house,
    opened,
    put,
    replaced,
    stands,
    vote,
    written,
)
from tests.institutions.people import client_of

from guiju.institutions.ethics import casework, papers
from guiju.institutions.ethics.models import Case, Done
from guiju.institutions.people import members
from guiju.procedure import StepRefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> House:
    """A committee of which one member also writes for the applicant."""
    made = house()
    members.take_up(made.people["he"], made.applicant.organisation, ["editor"])
    return made


def kept_from_voting(home: House, case: Case, name: str) -> list[str]:
    meeting = opened(home, case)
    put(home, meeting, case)
    with pytest.raises(StepRefusedError) as refused:
        vote(home, meeting, name)
    return [one.guard for one in refused.value.lacks]


@pytest.mark.parametrize("how", ["save", "attach", "detach"])
def test_a_member_who_wrote_in_the_draft_has_no_vote_on_it(home: House, how: str) -> None:
    case = drafted(home)
    file = papers.attach(case, home.applicant.editor, SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan"))
    sent = {one.id: "As it is." for one in papers.items_of(case)}
    sent |= {"title": case.title, "revision": papers.revision_of(case), "do": how, "digest": file.document_id}
    if how == "attach":
        sent["file"] = SimpleUploadedFile("other.pdf", b"%PDF-1.7 other")
    edit = reverse("application-edit", args=("en", case.public_id))
    assert client_of(home.people["he"]).post(edit, sent).status_code == 303
    accepted(home, Case.objects.get(pk=case.pk))  # handed in by somebody else
    assert stands(case).parties["author"] == {home.applicant.editor.public_id, home.people["he"].public_id}
    assert kept_from_voting(home, case, "he") == ["voter_no_interest"]


def test_a_member_who_began_an_application_for_others_to_write_has_no_vote_on_it(home: House) -> None:
    company = home.applicant
    case = casework.draft(company.organisation, home.people["he"], home.committee, "A companion", "activity", None)
    written(case, "As it is.", by=company.editor)
    accepted(home, case)
    assert kept_from_voting(home, case, "he") == ["voter_no_interest"]


def test_of_a_draft_from_before_writers_were_kept_who_began_it_and_who_handed_it_in_are_known(home: House) -> None:
    case = drafted(home)
    case.by = home.people["he"]
    del case.draft["writers"]
    case.save()
    accepted(home, case)
    assert home.people["he"].public_id in stands(case).parties["author"]
    replaced(home, case)
    assert stands(case).parties["author"] == {home.people["he"].public_id, home.applicant.editor.public_id}


def test_who_wrote_is_kept_in_order_and_once(home: House) -> None:
    case = drafted(home)
    editor, he = home.applicant.editor, home.people["he"]
    for who in (he, editor, he):
        written(case, f"As {who.name} has it.", by=who)
    assert papers.writers(Case.objects.get(pk=case.pk)) == [editor.public_id, he.public_id]


def test_a_member_who_wrote_later_papers_has_no_vote_from_when_they_are_handed_in(home: House) -> None:
    case = accepted(home)
    carried(home, case)
    written(case, "Otherwise.", by=home.people["he"])
    assert home.people["he"].public_id not in stands(case).parties["author"]
    by_applicant(home, case, "replace_papers")
    assert kept_from_voting(home, case, "he") == ["voter_no_interest"]


def test_a_writer_stays_a_party_when_others_replace_all_that_was_written(home: House) -> None:
    case = drafted(home)
    written(case, "By a member.", by=home.people["he"])
    accepted(home, case)
    replaced(home, case)
    assert home.people["he"].public_id in stands(case).parties["author"]
    assert kept_from_voting(home, case, "he") == ["voter_no_interest"]


def test_who_wrote_stands_in_the_sealed_part_of_the_record_alone(home: House) -> None:
    case = applied(home)
    row = Done.objects.get(step="apply", about=case.public_id)
    assert row.gives["authors"] == [home.applicant.editor.public_id]
    page = client_of(home.people["chair"]).get(reverse("ethics-case", args=("en", case.public_id))).content.decode()
    assert home.applicant.editor.public_id not in page
    assert b"writers" not in papers.content_of(case)
