"""Answers that stand: opened again, changed, taken back, listed with who gave them, and what no longer counts."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.institutions.asking import JUDGED, SAMPLES, SMALL, SYSTEM, Desk, desk_on, open_questions

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.portal.check import held as holding
from guiju.institutions.register.checks import open_check
from guiju.subjects import read_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return desk_on(SMALL)


def test_who_no_longer_knows_takes_the_answer_out(desk: Desk) -> None:
    desk.post(SYSTEM, answer="true")
    assert "present answer is removed" in desk.get(*SYSTEM)
    assert desk.post(SYSTEM, do="unknown").status_code == 303
    assert desk.given(*SYSTEM) is None
    assert 'value="true" checked' not in desk.get(*SYSTEM)
    assert [(one.name, one.answer) for one in desk.dossier.asked] == [("infers_from_input", "not_known")]


def test_a_list_taken_back_keeps_what_was_said_of_its_rows() -> None:
    desk = desk_on(
        SMALL.replace("{exactly: [{id: advice}]}", "{exactly: [{id: advice, facts: {domain: employment}}, {id: other}]}")
    )
    assert desk.post(("system", "chat", "purposes"), do="unknown").status_code == 303
    assert [one.id for one in desk.dossier.world.of_kind("purpose")] == ["advice"]
    assert "purposes" not in desk.dossier.subject.closed


def triage() -> Desk:
    _, key = open_check(read_dossier(SAMPLES / "triage.yaml", site_corpus().vocabulary))
    return Desk(key, Client())


def test_answers_that_no_longer_count_are_kept_and_told() -> None:
    desk = triage()
    employer = ("party", "org:st-lucia-hospitals", "employer_using_at_work")
    informed = ("party", "org:st-lucia-hospitals", "workers_informed")
    assert "without it" not in desk.get(*informed)
    moved = desk.post(employer, answer="false")["Location"]
    assert "idle=1" in moved
    page = desk.client.get(moved).content.decode()
    assert "nothing in the result depends on them now: 1." in page
    assert desk.given(*informed) is not None
    assert "as things stand, the result would be the same without it" in desk.get(*informed)
    listed = desk.client.get(reverse("check-answers", args=("en", desk.key))).content.decode()
    assert desk.address(*informed) in listed
    assert "make no difference to the result" in listed
    desk.post(employer, answer="true")
    assert "without it" not in desk.get(*informed)


def test_an_answered_question_still_says_what_turns_on_it() -> None:
    page = triage().get("purpose", "triage-patients", "domain")
    assert re.search(r"It affects \d+ rules", page)


def test_all_answers_are_listed_with_who_gave_them_and_when(desk: Desk) -> None:
    desk.post(JUDGED, answer="true", reasons="it only sorts", by="li.na", on="2026-11-02")
    page = desk.client.get(reverse("check-answers", args=("en", desk.key))).content.decode()
    assert "Answered by li.na on 2 November 2026." in page
    assert "Reasons: it only sorts" in page
    assert "Answered by li.na on 2 November 2026." in desk.get(*JUDGED)
    desk.lang = "zh"
    assert "2026年11月2日由li.na回答。" in desk.get(*JUDGED)


def test_no_answer_yet_is_said_so() -> None:
    desk = desk_on("system: {id: bare}\n")
    page = desk.client.get(reverse("check-answers", args=("en", desk.key))).content.decode()
    assert "You have answered nothing yet." in page


def test_what_is_known_in_part_is_listed_apart(desk: Desk) -> None:
    """Said in part: not asked again, and listed as long as a rule hangs on the rest."""
    listed = []
    for one in [each for each in open_questions(desk) if each.expects == "some-of"][:5]:
        assert one.declared is not None
        assert desk.post(one.address, member=list(one.declared.members)[-1:], whole="no").status_code == 303
        holding._pool.clear()
        assert one.address not in [each.address for each in open_questions(desk)]
        page = desk.client.get(reverse("check-aside", args=("en", desk.key))).content.decode()
        if desk.address(*one.address) in page:
            assert "Known in part" in page
            listed.append(one.address)
    assert listed


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_unit_of_a_number_stands_in_words(lang: str) -> None:
    desk = desk_on(SMALL)
    desk.lang = lang
    page = desk.get("party", "org:acme", "worldwide_turnover")
    assert {"en": "Number (euro)", "zh": "数值（单位：欧元）"}[lang] in page
