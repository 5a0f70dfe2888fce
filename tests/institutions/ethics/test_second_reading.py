"""Ways that a second reader found to a decision, or to what is not theirs; each is shut."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.institutions.ethics.house import (
    House,
    accepted,
    applied,
    by,
    by_applicant,
    decided,
    drafted,
    house,
    opened,
    put,
    stands,
    vote,
)
from tests.institutions.ethics.house import count as counted
from tests.institutions.people import client_of, person, with_role
from tests.institutions.systems import house as firm

from guiju.calendars import now
from guiju.institutions.ethics import casework, committees, papers
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.precedents import precedents
from guiju.institutions.ethics.standing import standing_of
from guiju.institutions.people import members
from guiju.institutions.people.bodies import end_seat
from guiju.institutions.people.places import day_in
from guiju.procedure import ProcedureError, StepRefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> House:
    """A committee of seven, an applicant, an authority."""
    return house()


def test_who_gets_another_post_has_it_from_the_day_on_which_the_first_ended(home: House) -> None:
    yi, day = home.people["yi"], day_in("Asia/Shanghai")
    end_seat(home.seats["yi"], home.unit.admin)
    term = {"begins": day - timedelta(days=30), "ends": day + timedelta(days=300)}
    home.body.seats.create(post="deputy", person=yi, taken=now(), **term)
    for who, address in ((home.people["ye"], "committee"), (yi, "committee")):
        assert client_of(who).get(reverse(address, args=("en", home.body.public_id))).status_code == 200
    mine = [one for one in standing_of(home.committee).seats.values() if one.person == yi.public_id]
    assert [(one.post, one.runs(day)) for one in mine] == [("member", False), ("deputy", True)]
    assert stands(accepted(home)).state == "accepted"  # and the committee goes on


def test_a_letter_says_what_was_decided_on_whatever_the_draft_says_since(home: House) -> None:
    case = decided(home, case=accepted(home, drafted(home, "A companion", matters=["children"])))
    other = drafted(home, "Another", matters=["children"])
    papers.save_draft(case, home.applicant.editor, {"title": "Surveillance of pupils", "matters": []})
    letter = client_of(home.applicant.editor).get(reverse("application-letter", args=("en", case.public_id)))
    assert "A companion" in letter.content.decode()
    assert "Surveillance" not in letter.content.decode()
    assert [one.case.pk for one in precedents(other)] == [case.pk]


def test_nothing_by_which_votes_are_counted_changes_while_they_are_cast(home: House) -> None:
    case = accepted(home)
    meeting = opened(home, case)
    put(home, meeting, case)
    with pytest.raises(ProcedureError) as charter:
        committees.change_charter(home.committee, home.unit.admin, {"withdrawn_leave_base": True})
    with pytest.raises(ProcedureError) as member:
        committees.describe(home.committee, home.unit.admin, home.seats["yi"], ["ethics"], None)
    assert charter.value.code == member.value.code == "procedure.ballot-runs"


def test_a_motion_that_was_lost_is_not_put_again_on_the_same_papers(home: House) -> None:
    case = accepted(home)
    meeting = opened(home, case)
    put(home, meeting, case)
    for name in ("chair", "deputy", "he", "zheng"):
        vote(home, meeting, name)
    counted(home, meeting)
    with pytest.raises(StepRefusedError) as lost:
        put(home, meeting, case)
    assert [one.guard for one in lost.value.lacks] == ["not_lost_here"]
    put(home, meeting, case, "refuse")


def test_the_authority_has_nobody_in_common_with_the_applicant_or_the_unit(home: House) -> None:
    case = accepted(home, listed=True)
    shell = firm("shell")
    with_role(shell.organisation, "nobody", "member")
    members.take_up(home.applicant.editor, shell.organisation, ["member"])
    for named in (shell, home.unit, home.applicant):
        with pytest.raises(EthicsError) as own:
            casework._require_apart(case, named.organisation.org)  # before any step could be taken
        assert own.value.code == "ethics.authority-own"
    casework._require_apart(case, home.authority.organisation.org)


def test_an_administrator_without_a_seat_tries_templates_on_an_example(home: House) -> None:
    decided(home, case=accepted(home, drafted(home, "A secret matter")))
    page = reverse("committee-templates", args=("en", home.body.public_id))
    tried = client_of(home.unit.admin).post(page, {"do": "try"}).content.decode()
    assert "A secret matter" not in tried
    assert home.people["chair"].shown_name not in tried


def test_whoever_is_a_party_or_aside_does_not_read_what_the_committee_thinks(home: House) -> None:
    case = accepted(home, route="simplified", not_above_minimal_risk=True)
    by(home, "chair", case, "name_panel", {"panel": [home.seat("zheng"), home.seat("su")]})
    by(home, "zheng", case, "opine", {"opinion": "agree"}, {"comment": "Between us."})
    page = reverse("ethics-case", args=("en", case.public_id))
    assert "Between us." in client_of(home.people["he"]).get(page).content.decode()
    by(home, "he", case, "stand_aside", {"aside": True})
    assert "Between us." not in client_of(home.people["he"]).get(page).content.decode()


def test_applicants_read_no_name_of_the_committee(home: House) -> None:
    case = accepted(home)
    page = client_of(home.applicant.editor).get(reverse("application", args=("en", case.public_id))).content.decode()
    assert home.people["ye"].shown_name not in page
    assert home.applicant.editor.shown_name in page


def test_the_committee_judges_itself_what_the_applicant_said(home: House) -> None:
    case = applied(home)
    page = reverse("ethics-step", args=("en", case.public_id)) + "?step=accept"
    answer = client_of(home.people["ye"]).post(page, {"route": "general", "reasons": "All there.", "missing_more": ""})
    assert answer.status_code == 400
    assert "The committee judges this itself; it was left open" in answer.content.decode()
    assert "Art. 5)" in answer.content.decode()  # by which the committee has to know whether the activity is listed
    assert stands(case).state == "applied"


def test_nothing_is_handed_in_to_a_committee_that_closed_meanwhile(home: House) -> None:
    case = drafted(home)
    committees.open_to(home.committee, home.unit.admin, outside=False, public=True)
    with pytest.raises(EthicsError) as closed:
        by_applicant(home, case, "apply", {"risk_assessed": True, "state_secret": False})
    assert closed.value.code == "ethics.committee-not-open"


def test_a_file_of_a_draft_is_the_applicants_alone(home: House) -> None:
    case = accepted(home)
    made = papers.attach(case, home.applicant.editor, SimpleUploadedFile("later.pdf", b"%PDF-1.7 later"))
    there = f"?digest={made.document_id}"
    assert client_of(home.people["ye"]).get(reverse("ethics-file", args=("en", case.public_id)) + there).status_code == 404
    mine = reverse("application-file", args=("en", case.public_id)) + there
    assert client_of(home.applicant.editor).get(mine).status_code == 200
    assert client_of(person("stranger")).get(mine).status_code == 403
