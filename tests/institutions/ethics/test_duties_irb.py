"""The duties of a board of the United States: what its record shows of them, and what it cannot show."""

from datetime import UTC, datetime

import pytest
from tests.institutions.ethics import house as at
from tests.institutions.ethics import irb
from tests.institutions.ethics.house import House
from tests.institutions.page_words import faults, words_of
from tests.institutions.people import client_of

from guiju.assess.report_parts import Duty
from guiju.assess.report_words import plain
from guiju.calendars import fixed, today
from guiju.institutions.ethics import committees
from guiju.institutions.ethics.assessed import answered
from guiju.institutions.ethics.meanings import NOTHING, meaning_of, read_meaning
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.people.models import Person
from guiju.logic import ExpressionError
from guiju.norms import read_text
from guiju.procedure import ProcedureError, builtin_rules

pytestmark = pytest.mark.django_db

COVERED = (
    "activity: {facts: {activity_kind: research, activity_involves: {exactly: [human_participants]}, "
    "supported_by_hhs: true, exempt_human_research: false}}"
)
"""What a dossier says of research that is under the Common Rule."""


def found(home: House, section: str, lang: str = "en") -> list[Duty]:
    told = answered(home.committee, today("America/New_York"), lang)
    return [one for one in (*told.own, *told.unit, *told.meetings, *told.cases) if one.norm == f"us/45-cfr-46/{section}"]


def met(home: House, section: str) -> list[str | None]:
    return [one.met for one in found(home, section)]


def page(home: House, lang: str = "en", who: str = "ye") -> str:
    path = f"/{lang}/desk/ethics/committees/{home.body.public_id}/duties"
    return client_of(home.people[who]).get(path).content.decode()


# -- the board -----------------------------------------------------------------------------------------------------------------


def test_members_are_answered_from_the_seats_and_their_backgrounds_stay_unknown() -> None:
    home = irb.board()
    assert (met(home, "107#areas"), met(home, "107#unaffiliated"), met(home, "107")) == (["yes"], ["yes"], ["unknown"])
    (members,) = found(home, "107")
    assert any("7 persons" in plain(one.text) and "the seats on" in plain(one.source) for one in members.stated)
    for name in ("deputy", "zheng", "yi"):
        home.seats[name].left = home.committee.made
        home.seats[name].save()
    assert met(home, "107") == ["no"]


def test_a_kind_that_nobody_is_lacks_once_everybody_was_described() -> None:
    home = irb.board(kinds={**irb.KINDS, "he": ["scientific"], "su": ["unaffiliated", "scientific"]})
    assert met(home, "107#areas") == ["no"]
    committees.describe(home.committee, home.unit.admin, home.seats["yi"], [], None)
    assert met(home, "107#areas") == ["unknown"]


def test_procedures_in_writing_are_not_on_record_and_records_only_as_far_as_they_are() -> None:
    home = irb.board()
    irb.decided(home)
    assert [met(home, one) for one in ("108.a.3", "108.a.4", "110.c", "115.a")] == [["unknown"]] * 4
    (records,) = found(home, "115.a")
    (stated,) = (plain(one.text) for one in records.stated)
    assert "minutes with attendance and votes" in stated
    assert "proposals" in stated
    assert "records of continuing review" not in stated


# -- meetings ------------------------------------------------------------------------------------------------------------------


def test_a_convened_meeting_is_answered_with_the_members_that_the_board_had_then() -> None:
    home = irb.board()
    at.carried(home, irb.taken_in(home), present=("chair", "deputy", "he"))
    assert met(home, "108.b#quorum") == ["no"]
    at.carried(home, irb.taken_in(home), present=("chair", "deputy", "he", "yi"))
    assert sorted(map(str, met(home, "108.b#quorum"))) == ["no", "yes"]
    for name in ("su", "tang"):  # of five members three would be a majority, of the seven that there were they are none
        home.seats[name].left = home.committee.made
        home.seats[name].save()
    assert sorted(map(str, met(home, "108.b#quorum"))) == ["no", "yes"]
    assert len(found(home, "107#areas")) == 1


def test_nobody_who_stood_aside_stands_for_a_kind_of_member() -> None:
    home = irb.board()
    case = irb.taken_in(home)
    at.carried(home, case, present=("chair", "deputy", "zheng", "yi"))
    assert met(home, "108.b#quorum") == ["no"]
    other = irb.taken_in(home)
    at.by(home, "he", other, "stand_aside", {"aside": True}, {"interest": "A friend."})
    meeting = at.opened(home, other, present=("chair", "deputy", "he", "yi"))
    at.put(home, meeting, other)
    for name in ("chair", "deputy", "yi"):
        at.vote(home, meeting, name)
    at.count(home, meeting)
    assert sorted(map(str, met(home, "108.b#quorum"))) == ["no", "unknown"]


def test_a_conflicting_interest_that_was_declared_and_stayed_is_a_breach() -> None:
    home = irb.board()
    clean = irb.taken_in(home)
    at.carried(home, clean)
    assert met(home, "107#interest") == ["yes"]
    case = irb.taken_in(home)
    meeting = at.opened(home, case)
    at.meets(home, "he", meeting, "declare", seat=home.seat("he"), case=case.public_id, withdraws=False)
    at.put(home, meeting, case)
    for name in ("chair", "deputy", "zheng", "yi"):
        at.vote(home, meeting, name)
    at.count(home, meeting)
    assert sorted(map(str, met(home, "107#interest"))) == ["no", "yes"]
    at.by(home, "su", clean, "stand_aside", {"aside": True}, {"interest": "A grant."})
    assert sorted(map(str, met(home, "107#interest"))) == ["no", "unknown"]


def test_a_motion_that_was_lost_breaks_nothing() -> None:
    home = irb.board()
    at.carried(home, irb.taken_in(home), against=at.VOTERS[:5])
    assert met(home, "108.b#majority") == []
    assert met(home, "108.b#quorum") == ["yes"]


# -- cases ---------------------------------------------------------------------------------------------------------------------


def test_notices_findings_and_continuing_review_are_answered_by_the_acts() -> None:
    with fixed(datetime(2025, 3, 3, 15, tzinfo=UTC)):
        home = irb.board()
        case = at.drafted_from(home, COVERED)
        irb.decided(home, case=irb.taken_in(home, case))
    with fixed(datetime(2026, 11, 23, 15, tzinfo=UTC)):
        assert [(one.scope, one.met) for one in found(home, "109.d")] == [("yes", "yes")]
        assert [(one.scope, one.met) for one in found(home, "111")] == [("yes", "yes")]
        (late,) = found(home, "109.e")
        assert (late.scope, late.met) == ("yes", "no")
        assert met(home, "109.d#disapproval") == []


def test_disapproval_is_answered_with_reasons_and_a_chance_to_respond() -> None:
    home = irb.board()
    case = at.drafted_from(home, COVERED)
    irb.decided(home, "disapprove", irb.taken_in(home, case))
    assert [(one.scope, one.met) for one in found(home, "109.d#disapproval")] == [("yes", "yes")]
    assert met(home, "111") == []


def test_expedited_review_is_answered_by_who_was_named_and_needs_no_continuing_review() -> None:
    home = irb.board()
    irb.reviewed_apart(home, at.drafted_from(home, COVERED))
    assert met(home, "110.b.2") == ["yes"]
    assert met(home, "110.b.2#disapproval") == ["yes"]
    assert met(home, "109.e") == []


def test_a_suspension_is_answered_with_its_reasons_and_reports() -> None:
    home = irb.board()
    case = at.drafted_from(home, COVERED)
    irb.decided(home, case=irb.taken_in(home, case))
    assert met(home, "113#reasons") == []
    gives = {"not_as_required": True, "unexpected_serious_harm": False, "reasons_given": True, "reported": True}
    at.by(home, "chair", case, "suspend", {**gives, "conditions_open": 0}, {"reasons": "No consent."})
    assert met(home, "113#reasons") == ["yes"]


def test_until_there_is_a_decision_it_is_not_broken_that_there_is_none() -> None:
    home = irb.board()
    irb.taken_in(home, at.drafted_from(home, COVERED))
    assert met(home, "109.a") == ["unknown"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["a member primarily concerned with nonscientific areas", "not yet known If it applies:"]),
        ("zh", ["主要从事非科学领域的成员", "如果适用："]),
    ],
)
def test_the_page_of_a_board_in_its_language(lang: str, said: list[str]) -> None:
    home = irb.board()
    Person.objects.update(name="某人" if lang == "zh" else "Somebody")
    case = at.drafted(home, "护士的睡眠" if lang == "zh" else "Sleep of nurses")
    irb.decided(home, case=irb.taken_in(home, case))
    text = page(home, lang)
    assert not faults(text, lang), faults(text, lang)
    for words in said:
        assert words in words_of(text)


# -- how the words of rules of procedure are read ------------------------------------------------------------------------------


def test_every_rules_of_procedure_are_read_and_those_without_law_have_no_words() -> None:
    read = {name: meaning_of(name, site_corpus()) for name in builtin_rules()}
    assert [name for name, meaning in read.items() if meaning == NOTHING] == ["company-board"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("us-irb: {body: {seats: {body_member: {number: members}}}}", "body_member"),
        ("us-irb: {body: {seats: {votes_for: {number: members}}}}", "votes_for"),
        ("us-irb: {body: {seats: {body_members: members}}}", "members"),
        ("us-irb: {body: {seats: {body_members: {number: kinds.scientific}}}}", "kinds.scientific"),
        ("us-irb: {body: {seats: {irb_has: {all: {lawyer: kinds.scientific}}}}}", "lawyer"),
        ("us-irb: {body: {seats: {irb_has: {all: {scientific: kinds.lawyer}}}}}", "kinds.lawyer"),
        ("us-irb: {body: {hearsay: {body_members: {number: members}}}}", "hearsay"),
        ("us-irb: {case: {ethics_review_applied_for: {act: accept}}}", "accept"),
        ("us-irb: {case: {ethics_review_applied_for: {act: apply, say: minor_change}}}", "say"),
        ("us-irb: {case: {minor_change_of_approved_plan: minor_changes}}", "minor_changes"),
        ("us-irb: {review: [ethics_aproved]}", "ethics_aproved"),
        ("fr-cpp: {body: {}}", "fr-cpp"),
    ],
)
def test_what_no_vocabulary_or_rules_of_procedure_know_is_refused_by_its_name(text: str, said: str) -> None:
    with pytest.raises((ProcedureError, ExpressionError), match=said):
        read_meaning(read_text(text, "test"), "us-irb", site_corpus())
