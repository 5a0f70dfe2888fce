"""An organisation named as the authority of a re-review that is none: it says so, or the committee does; another is named."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.institutions import systems
from tests.institutions.ethics.house import House, at_rereview, house, stands
from tests.institutions.page_words import words_of
from tests.institutions.people import client_of

from guiju.institutions.ethics import record_facts
from guiju.institutions.ethics.casework import acts_of
from guiju.institutions.ethics.models import Case
from guiju.institutions.ethics.standing import standing_of
from guiju.institutions.hall.models import Letter

pytestmark = pytest.mark.django_db

WHY = "We are a school, and no authority."


@pytest.fixture
def home() -> House:
    """A committee, an applicant, an authority."""
    return house()


@pytest.fixture
def case(home: House) -> Case:
    """A listed case that is at the authority."""
    return at_rereview(home)


def told(answer: HttpResponse) -> str:
    return words_of(answer.content.decode())


def declined(client: Client, address: str, case: Case, lang: str = "en", **typed: str) -> HttpResponse:
    here = reverse(address, args=(lang, case.public_id))
    return client.post(f"{here}?step=decline_rereview", {"reasons": WHY} | typed)  # type: ignore[return-value]


def named(home: House, case: Case, other: systems.House) -> HttpResponse:
    here = reverse("application-step", args=("en", case.public_id))
    sent = {"authority": other.organisation.handle}
    return client_of(home.applicant.editor).post(f"{here}?step=ask_rereview", sent)  # type: ignore[return-value]


def test_an_organisation_says_that_it_is_no_authority_and_another_is_named(home: House, case: Case) -> None:
    client = client_of(home.authority.approver)
    page = reverse("re-review", args=("en", case.public_id))
    assert "Say that it is no authority for the re-review" in told(client.get(page))
    assert declined(client, "re-review-step", case, reasons="").status_code == 422
    answer = declined(client, "re-review-step", case)
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("ethics", args=("en",)))
    assert "passed the initial review" in told(client.get(answer.headers["Location"]))  # with the receipt
    assert client.get(page).status_code == 404
    assert stands(case).state == "initially_passed"
    mine = told(client_of(home.applicant.editor).get(reverse("application", args=("en", case.public_id))))
    assert WHY in mine
    assert "Give the opinion of the re-review" not in mine
    assert Letter.objects.filter(to=home.people["ye"].email, subject__contains=case.number).exists()

    other = systems.house("bureautwo")
    assert named(home, case, other).status_code == 303
    assert client_of(other.approver).get(page).status_code == 200
    assert client.get(page).status_code == 403
    assert stands(case).parties["authority"] == {other.organisation.org}


def test_the_secretary_sends_a_case_back_from_what_is_no_authority_which_is_told(home: House, case: Case) -> None:
    page = reverse("ethics-case", args=("zh", case.public_id))
    assert "说明不是组织复核的主管部门" in told(client_of(home.people["ye"]).get(page))
    Letter.objects.all().delete()
    assert declined(client_of(home.people["ye"]), "ethics-step", case, "zh").headers["Location"] == page
    letter = Letter.objects.get(to=home.authority.approver.email)
    assert case.number in letter.subject
    assert case.public_id not in letter.body
    assert stands(case).state == "initially_passed"
    assert Case.objects.get(pk=case.pk).authority is None
    there = reverse("re-review", args=("en", case.public_id))
    assert client_of(home.authority.approver).get(there).status_code == 404
    assert named(home, case, home.authority).status_code == 303  # a mistake can be mended


def test_who_decides_and_the_applicant_do_not(home: House, case: Case) -> None:
    of_committee = [(home.people[one], "ethics-step") for one in ("zheng", "chair", "deputy")]
    for who, address in (*of_committee, (home.applicant.editor, "application-step")):
        assert declined(client_of(who), address, case).status_code in (403, 409)
    assert stands(case).state == "at_rereview"


def test_the_duties_say_nothing_of_a_re_review_that_was_asked_of_what_is_no_authority(home: House, case: Case) -> None:
    def said() -> set[str]:
        standing, acts = standing_of(home.committee), list(acts_of(case))
        facts = record_facts.of_case(home.committee, case, standing, acts, "A case", "en")
        names = {name for part in ("facts", "conduct", "events") for name in facts.get(part, {})}
        return names & {"rereview_applied_for", "rereview_opinion_given"}

    assert said() == {"rereview_applied_for", "rereview_opinion_given"}
    declined(client_of(home.authority.approver), "re-review-step", case)
    assert said() == set()
    named(home, case, systems.house("bureautwo"))
    assert said() == {"rereview_applied_for", "rereview_opinion_given"}
