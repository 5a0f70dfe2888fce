"""Experts of a re-review with seats at the authority: named there, asked on their desk, heard themselves, told by number only."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from tests.institutions import systems
from tests.institutions.ethics.house import House, at_rereview, by, by_applicant, drafted, house, stands
from tests.institutions.page_words import words_of
from tests.institutions.people import body_of, client_of, person, seated, with_role
from tests.procedure.checker import faults

from guiju.calendars import now
from guiju.institutions.ethics.casework import Said, move
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Attached, Case
from guiju.institutions.ethics.papers import attach
from guiju.institutions.hall.models import Letter
from guiju.institutions.people.cases import cases_of
from guiju.institutions.people.models import Body, Person, Seat

pytestmark = pytest.mark.django_db

WHY = "The wards were not asked."
FIVE = ("ada", "bo", "cai", "dee", "eva")


@pytest.fixture
def home() -> House:
    """A committee, an applicant, an authority."""
    return house()


@pytest.fixture
def panel(home: House) -> Body:
    """A body of the authority with seven people in it."""
    made = body_of(home.authority.organisation, home.authority.admin)
    for name in (*FIVE, "flo", "gil"):
        seated(made, name, "member")
    return made


@pytest.fixture
def case(home: House, panel: Body) -> Case:
    """A listed case that is at the authority, with a file."""
    del panel
    return with_a_file(home)


def with_a_file(home: House) -> Case:
    """At re-review, with a file among its papers."""
    draft = drafted(home)
    attach(draft, home.applicant.editor, SimpleUploadedFile("plan.txt", b"The plan."))
    return at_rereview(home, draft)


def told(answer: HttpResponse) -> str:
    return words_of(answer.content.decode())


def shown(who: Person | None, address: str, case: Case, lang: str = "en", more: str = "") -> HttpResponse:
    answer: HttpResponse = client_of(who).get(reverse(address, args=(lang, case.public_id)) + more)  # type: ignore[assignment]
    return answer


def sent(who: Person, address: str, case: Case, step: str, lang: str = "en", **typed: object) -> HttpResponse:
    here = reverse(address, args=(lang, case.public_id))
    return client_of(who).post(f"{here}?step={step}", typed)  # type: ignore[return-value]


def named(home: House, case: Case, *names: str, **typed: object) -> HttpResponse:
    ids = [person(one).public_id for one in names or FIVE]
    return sent(home.authority.approver, "re-review-step", case, "name_experts", experts=ids, **typed)


def says(name: str, case: Case, opinion: str = "agree", reasons: str = WHY) -> HttpResponse:
    typed = {"expert_opinion": opinion, "reasons": reasons}
    return sent(person(name), "re-review-opinion-step", case, "opine_rereview", **typed)


def answered(home: House, case: Case, agrees: str = "yes", **typed: object) -> HttpResponse:
    sure = {"rereview_agrees": agrees, "centre_reviewed_it": "no", **typed}
    return sent(home.authority.approver, "re-review-step", case, "answer_rereview", **sure)


def on_desk(who: Person, case: Case) -> list[str]:
    return [one.href for one in cases_of(who, "en") if case.public_id in one.href]


def test_experts_are_named_from_seats_find_the_case_and_say_themselves_whether_they_agree(home: House, case: Case) -> None:
    officer = home.authority.approver
    form = told(shown(officer, "re-review-step", case, more="?step=name_experts"))
    assert all(one.title() in form for one in (*FIVE, "flo"))
    assert named(home, case).status_code == 303
    page = reverse("re-review-opinion", args=("en", case.public_id))
    for name in FIVE:
        who = person(name)
        assert on_desk(who, case) == [page]
        assert page in client_of(who).get(reverse("ethics", args=("en",))).content.decode()
        assert Letter.objects.filter(to=who.email, subject__contains=case.number).exists()
    assert [one.due for one in cases_of(person("ada"), "en") if case.public_id in one.href] == [
        one.due for one in cases_of(officer, "en") if case.public_id in one.href
    ]

    read = told(shown(person("ada"), "re-review-opinion", case))
    assert "As it is." in read  # the papers
    assert "plan.txt" in read
    file = Attached.objects.get(case=case)
    assert shown(person("ada"), "re-review-opinion-file", case, more=f"?digest={file.document_id}").content == b"The plan."
    assert says("ada", case, "against", reasons="").status_code == 422
    assert says("ada", case, "perhaps").status_code == 400
    assert says("ada", case, "against").status_code == 303
    assert on_desk(person("ada"), case) == []
    assert WHY in told(shown(person("ada"), "re-review-opinion", case))
    assert WHY not in told(shown(person("bo"), "re-review-opinion", case))
    assert says("ada", case).status_code == 303  # another opinion than before
    for name in FIVE[1:4]:
        assert says(name, case).status_code == 303

    answer = shown(officer, "re-review-step", case, more="?step=answer_rereview")
    assert "Ada · agrees" in told(answer)
    assert "Eva · no opinion yet" in told(answer)
    assert 'name="group"' not in answer.content.decode()
    assert answered(home, case).status_code == 303
    found = stands(case)
    assert found.group == {person(one).public_id for one in FIVE}
    assert found.group_for == {person(one).public_id for one in FIVE[:4]}
    assert found.facts["rereview_agrees"] is True


def test_who_is_told_how_many_agree_is_not_told_who(home: House, case: Case) -> None:
    named(home, case)
    for name in FIVE:
        says(name, case)
    assert WHY in told(shown(home.authority.approver, "re-review", case))
    for who, address in ((home.people["chair"], "ethics-case"), (home.applicant.editor, "application")):
        assert "Experts named" not in told(shown(who, address, case))
    answered(home, case)
    gives = {"outcome": "approve", "reasons_given": True, "departs": False, "departure_explained": False, "conditions_open": 0}
    by(home, "chair", case, "decide_rereviewed", gives, {"reasons": "As the experts say."})
    pages = ((home.people["chair"], "ethics-case"), (home.people["chair"], "ethics-letter"))
    for who, address in (*pages, (home.applicant.editor, "application"), (home.applicant.editor, "application-letter")):
        read = told(shown(who, address, case))
        assert "Experts: 5; agreeing: 5; not agreeing: 0." in read, address
        assert "The experts gave their opinions themselves." in read, address
        assert WHY not in read, address
        assert not [one for one in FIVE if f"{one.title()} " in read], address
    record = client_of(home.people["ye"]).get(reverse("committee-record", args=("en", home.body.public_id))).json()
    assert [one for one in faults(record["acts"]) if one[1]] == []


def test_experts_without_an_account_are_entered_by_the_authority_and_that_is_said(home: House, case: Case) -> None:
    group = "\n".join(f"Expert {one}" for one in range(5))
    assert answered(home, case, group=group, group_for=group).status_code == 303
    assert "was entered by the authority" in told(shown(home.people["chair"], "ethics-case", case))
    assert "主管部门填写" in told(shown(home.people["chair"], "ethics-case", case, "zh"))


def test_the_authority_answers_with_nothing_else_than_what_experts_said(home: House, case: Case) -> None:
    named(home, case)
    for name in FIVE[:3]:
        says(name, case)
    group = "\n".join(f"{one}@example.org" for one in FIVE)
    refused = answered(home, case, group=group, group_for=group)
    assert refused.status_code == 422
    assert "of all 5 experts 3 agree" in told(refused)
    assert stands(case).state == "at_rereview"
    assert answered(home, case, "no", group=group, group_for=group).status_code == 303
    assert len(stands(case).group_for) == 3


def test_nobody_but_the_experts_finds_the_page_of_experts(home: House, case: Case) -> None:
    addresses = ("re-review-opinion", "re-review-opinion-step", "re-review-opinion-file")
    other = with_a_file(home)
    assert named(home, case).status_code == 303
    strangers = (
        person("flo"), person("stranger"), home.authority.approver, home.authority.admin, home.applicant.editor,
        home.people["chair"], home.people["ye"],
    )  # fmt: skip
    for who in strangers:
        assert {shown(who, one, case).status_code for one in addresses} == {404}
        assert sent(who, addresses[1], case, "opine_rereview", expert_opinion="agree", reasons=WHY).status_code == 404
        assert not [one for one in on_desk(who, case) if "opinion" in one]
    ada = person("ada")
    assert shown(ada, "re-review-opinion", case).status_code == 200
    assert {shown(ada, one, other).status_code for one in addresses} == {404}
    for address in ("re-review", "re-review-step", "re-review-file", "ethics-case", "application"):
        assert shown(ada, address, case).status_code == 403
    for step in ("answer_rereview", "decline_rereview", "name_experts"):
        assert sent(ada, "re-review-opinion-step", case, step, reasons=WHY, experts=[ada.public_id]).status_code == 409
    assert shown(None, "re-review-opinion", case).status_code == 302
    assert stands(case).experts == dict.fromkeys([person(one).public_id for one in FIVE], "")


def test_who_is_an_expert_no_more_reads_it_no_more_and_says_nothing(home: House, case: Case, panel: Body) -> None:
    named(home, case)
    assert says("ada", case, "against").status_code == 303
    Seat.objects.filter(body=panel, person=person("bo")).update(left=now())
    assert shown(person("bo"), "re-review-opinion", case).status_code == 404
    assert says("bo", case).status_code == 404
    with pytest.raises(EthicsError) as refused_here:  # also where the seat ended while the form was read
        move(case, person("bo"), "opine_rereview", Said({"expert_opinion": "agree", "reasons_given": True}))
    assert refused_here.value.code == "ethics.expert-gone"
    assert "Bo · no opinion yet · has no seat any more" in told(shown(home.authority.approver, "re-review", case))

    later = ("cai", "dee", "eva", "flo", "gil")
    refused = named(home, case, *later)  # and not Ada, who is against it
    assert refused.status_code == 422
    assert "left out without reasons: 1" in told(refused)
    assert named(home, case, *later, reasons="She has retired.").status_code == 303
    assert shown(person("ada"), "re-review-opinion", case).status_code == 404
    assert says("flo", case).status_code == 303
    for name in later:
        says(name, case)
    assert answered(home, case).status_code == 303
    assert shown(person("flo"), "re-review-opinion", case).status_code == 404  # the authority has answered
    assert on_desk(person("cai"), case) == []


def test_where_the_authority_declines_its_experts_are_asked_no_more_and_the_next_one_reads_nothing_of_them(
    home: House, case: Case
) -> None:
    named(home, case)
    says("ada", case)
    no = "We are a school, and no authority."
    assert sent(home.authority.approver, "re-review-step", case, "decline_rereview", reasons=no).status_code == 303
    assert shown(person("ada"), "re-review-opinion", case).status_code == 404
    assert stands(case).experts == {}
    other = systems.house("bureautwo")
    by_applicant(home, case, "ask_rereview", {"parties": {"authority": [other.organisation.org]}})
    read = told(shown(other.approver, "re-review", case))
    assert no in read
    assert WHY not in read
    assert "Ada" not in read
    assert shown(person("ada"), "re-review-opinion", case).status_code == 404


def test_an_officer_who_is_an_expert_too_says_so_as_an_expert_and_answers_as_an_officer(
    home: House, case: Case, panel: Body
) -> None:
    officer = home.authority.approver
    seated(panel, officer.email.split("@")[0], "member")
    ids = [person(one).public_id for one in FIVE[:4]]
    assert sent(officer, "re-review-step", case, "name_experts", experts=[*ids, officer.public_id]).status_code == 303
    opines = {"expert_opinion": "agree", "reasons": WHY}
    assert sent(officer, "re-review-step", case, "opine_rereview", **opines).status_code == 409
    answers = {"rereview_agrees": "no", "centre_reviewed_it": "no"}
    assert sent(officer, "re-review-opinion-step", case, "answer_rereview", **answers).status_code == 409
    assert sent(officer, "re-review-opinion-step", case, "opine_rereview", **opines).status_code == 303
    assert answered(home, case, "no").status_code == 303
    assert stands(case).group_for == {officer.public_id}


@pytest.mark.parametrize("problem", ["no seat", "of the applicant", "of another body", "four", "none"])
def test_who_cannot_be_an_expert_is_not_named(home: House, case: Case, problem: str) -> None:
    match problem:
        case "no seat":
            person("outsider")
            refused = named(home, case, *FIVE[:4], "outsider")
        case "of the applicant":
            with_role(home.applicant.organisation, "eva", "editor")
            refused = named(home, case)
            assert "Eva does" in told(refused)
        case "of another body":
            elsewhere = systems.house("elsewhere")
            seated(body_of(elsewhere.organisation, elsewhere.admin), "outsider", "member")
            refused = named(home, case, *FIVE[:4], "outsider")
        case "four":
            refused = named(home, case, *FIVE[:4])
        case _:
            refused = sent(home.authority.approver, "re-review-step", case, "name_experts")
    assert refused.status_code in (409, 422)
    assert stands(case).experts == {}


def test_a_member_of_the_committee_with_a_seat_at_the_authority_is_not_named(home: House, case: Case, panel: Body) -> None:
    seated(panel, "unihe", "member")
    refused = named(home, case, *FIVE, "unihe")
    assert refused.status_code == 422
    assert "1 of the experts are members of the committee" in told(refused)


def test_an_expert_reads_nothing_of_what_the_committee_keeps_to_itself(home: House, case: Case) -> None:
    named(home, case)
    read = told(shown(person("ada"), "re-review-opinion", case))
    names = [one.shown_name for one in home.people.values()]
    assert not [one for one in names if one in read]
    assert "As an expert" not in read
    assert "Give an opinion as an expert of the re-review" in read
    zh = told(shown(person("ada"), "re-review-opinion", case, "zh"))
    assert "以复核专家身份提出意见" in zh
