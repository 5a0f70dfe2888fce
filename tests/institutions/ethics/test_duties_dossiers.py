"""Duties in cases applied for from a dossier: what it says of the activity counts, what it says of the review does not."""

from pathlib import Path

import pytest
from django.db import transaction
from tests.institutions.ethics import house as at
from tests.institutions.ethics import irb
from tests.institutions.ethics.house import House, house
from tests.institutions.page_words import words_of
from tests.institutions.people import client_of

from guiju.assess.report_parts import Duty
from guiju.assess.report_words import plain
from guiju.calendars import today, words
from guiju.institutions.ethics.assessed import Answered, answered
from guiju.institutions.register.documents import put

pytestmark = pytest.mark.django_db

CN = "Asia/Shanghai"
ACTIVITY = "activity_in_mainland_china: true, activity_kind: development, activity_involves: {exactly: [human_participants]}"
SAMPLE = Path(__file__).parents[3] / "samples" / "companion-chat-cn.yaml"


def told(home: House, lang: str = "en") -> Answered:
    return answered(home.committee, today(CN), lang)


def found(home: House, norm: str) -> list[Duty]:
    return [one for one in told(home).cases if one.norm == f"cn/{norm}"]


def page(home: House, lang: str = "en", *, admin: bool = False) -> str:
    path = f"/{lang}/desk/ethics/committees/{home.body.public_id}/duties"
    return words_of(client_of(home.unit.admin if admin else home.people["ye"]).get(path).content.decode())


def test_what_the_activity_is_comes_from_the_dossier_and_says_so() -> None:
    home = house()
    at.accepted(home)
    assert {one.scope for one in found(home, "ethics-review-2023/17")} == {"unknown"}
    at.accepted(home, at.drafted_from(home, f"activity: {{facts: {{{ACTIVITY}}}}}"))
    assert sorted(one.scope for one in found(home, "ethics-review-2023/17")) == ["unknown", "yes"]
    (known,) = (one for one in found(home, "ethics-review-2023/17") if one.scope == "yes")
    assert {plain(one.source) for one in known.because if one.source} == {f"source: the dossier as of {words(today(CN), 'en')}"}
    assert f"the dossier as of {words(today(CN), 'en')}" in page(home)
    assert f"截至{words(today(CN), 'zh')}的系统信息档" in page(home, "zh")


def test_a_dossier_that_rules_the_measures_out_leaves_no_duty_in_the_case() -> None:
    home = house()
    at.accepted(home, at.drafted_from(home, "activity: {facts: {activity_in_mainland_china: false}}"))
    assert found(home, "ethics-review-2023/17") == []


@pytest.mark.parametrize("named", ["", "id: own, "])
def test_on_the_review_itself_the_record_is_heard_and_the_page_says_what_is_not(named: str) -> None:
    home = house()
    conduct = "conduct: {ethics_approved: true, ethics_decision_made: true, acceptance_notified: true}"
    said = f"activity: {{{named}facts: {{{ACTIVITY}}}, {conduct}, events: {{ethics_last_reviewed: 2020-01-01}}}}"
    case = at.accepted(home, at.drafted_from(home, said))
    assert {one.met for one in found(home, "ethics-review-2023/17")} == {"unknown"}  # it says yes; time still runs
    assert found(home, "ethics-review-2023/19") == []  # it says that it was approved, and reviewed last six years ago
    assert {one.met for one in found(home, "ethics-review-2023/10")} == {"yes"}
    (aside,) = told(home).left_aside
    assert set(aside.names) == {
        "Was the activity reviewed for ethics and a decision made?",
        "Is the activity approved?",
        "On which day was the last review or follow-up?",
    }
    assert f"{case.number} {case.title}: of these the dossier speaks too and is not heard" in page(home)
    assert "Is the activity approved?" not in page(home, admin=True)
    assert "系统信息档也写到下列各项，没有采用" in page(home, "zh")
    assert "活动获得批准了吗？" in page(home, "zh")


def test_bodies_and_meetings_of_a_dossier_are_not_those_of_the_committee() -> None:
    home = house()
    said = (
        "objects: [{kind: body, id: theirs, facts: {set_up_for: ethics_review, body_in_mainland_china: true}, "
        "conduct: {body_members: 3}}, {kind: meeting, id: once, of: {body: theirs}, conduct: {members_present: 2}}]\n"
        f"activity: {{id: own, of: {{reviewed_by: theirs}}, facts: {{{ACTIVITY}}}}}"
    )
    at.decided(home, case=at.accepted(home, at.drafted_from(home, said)))
    here = told(home)
    assert [one.met for one in here.own if one.norm == "cn/ethics-review-2023/7"] == ["yes"]
    assert [one.met for one in here.meetings if one.norm == "cn/ethics-review-2023/14#quorum"] == ["yes"]
    assert {(one.scope, one.met) for one in found(home, "ethics-review-2023/17")} == {("yes", "yes")}


def test_of_several_activities_none_is_taken_for_the_one_under_review() -> None:
    home = house()
    said = f"objects: [{{kind: activity, id: one, facts: {{{ACTIVITY}}}}}, {{kind: activity, id: two, facts: {{{ACTIVITY}}}}}]"
    case = at.accepted(home, at.drafted_from(home, said))
    (own,) = found(home, "ethics-review-2023/17")
    assert own.scope == "unknown"
    assert case.number in plain(own.object)


def test_a_dossier_that_the_rules_of_today_cannot_read_counts_nothing_and_the_page_says_so() -> None:
    home = house()
    case = at.accepted(home, at.drafted_from(home, f"activity: {{facts: {{{ACTIVITY}}}}}"))
    assert case.version is not None
    with transaction.atomic():
        case.version.document = put("dossier", b"facts: {a_name_of_another_day: true}")
        case.version.save()
    assert {one.scope for one in found(home, "ethics-review-2023/17")} == {"unknown"}
    assert f"{case.number} {case.title}: the rules of today cannot read its dossier" in page(home)
    assert "cannot read its dossier" not in page(home, admin=True)
    assert "今天的规则无法读取它的系统信息档" in page(home, "zh")


def test_a_whole_dossier_is_joined_and_its_own_review_stays_out() -> None:
    home = house()
    case = at.drafted_from(home, SAMPLE.read_text(encoding="utf-8"))
    at.decided(home, case=at.accepted(home, case))
    assert {(one.scope, one.met) for one in found(home, "ethics-review-2023/17")} == {("yes", "yes")}
    assert {(one.scope, one.met) for one in found(home, "ethics-review-2026/13")} == {("yes", "yes")}
    assert {(one.scope, one.met) for one in found(home, "ethics-review-2023/11")} == {("yes", "yes")}
    (aside,) = told(home).left_aside
    assert case.title in aside.case
    assert "On which day was the activity approved?" in aside.names


def test_research_of_a_board_is_covered_as_its_dossier_says() -> None:
    home = irb.board()
    said = "activity: {facts: {activity_kind: research, supported_by_hhs: false}}"
    irb.decided(home, case=irb.taken_in(home, at.drafted_from(home, said)))
    assert not told(home).cases


def test_what_the_committee_judged_when_it_accepted_goes_before_what_the_applicant_did() -> None:
    home = house()
    at.accepted(home, at.drafted_from(home, SAMPLE.read_text(encoding="utf-8")), not_above_minimal_risk=True)
    assert found(home, "ethics-review-2023/11") == []  # the dossier says that the risk is above minimal
    (aside,) = told(home).left_aside
    assert "Is the risk not above minimal?" in aside.names
