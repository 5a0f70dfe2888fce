"""Questions left to somebody else: their link, what they see and do not see, what the asker sees of them."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.institutions.asking import (
    JUDGED,
    SMALL,
    SYSTEM,
    Desk,
    desk_on,
    every,
    fields_for,
    left_to,
    link_of,
    open_questions,
    send,
    theirs,
)

from guiju.institutions.hall.edition import site_today
from guiju.institutions.register.checks import colleague_by_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return desk_on(SMALL)


def test_someone_else_gets_a_link_to_their_questions_only(desk: Desk) -> None:
    mine, theirs = (one.address for one in open_questions(desk)[:2])
    assert desk.post(theirs, do="other", who="Li Na", by="Wang").status_code == 303
    link = link_of(desk)
    colleague = Client()
    page = colleague.get(link).content.decode()
    assert "Wang" in page
    assert desk.key not in page
    one = f"{link}/{'/'.join(quote(part, safe=':') for part in theirs)}"
    assert one in page
    assert colleague.get(f"{link}/{'/'.join(mine)}").status_code == 404
    asked = next(each for each in every(desk) if each.address == theirs)
    question_page = colleague.get(one)
    assert question_page["Cache-Control"] == "no-store"
    assert desk.key not in question_page.content.decode()
    answer = send(colleague, one, **fields_for(asked))
    assert answer.status_code == 303
    assert answer["Location"] == link
    assert "no more questions are waiting" in colleague.get(link).content.decode()
    assert desk.dossier.asked == ()
    assert desk.given(*theirs).by == ("li.na" if asked.cause == "judgement" else "Li Na")


def test_a_colleague_may_not_know_either_or_pass_it_on(desk: Desk) -> None:
    one, two = (each.address for each in open_questions(desk)[:2])
    for address in (one, two):
        desk.post(address, do="other", who="Li Na")
    link, colleague = link_of(desk), Client()
    send(colleague, f"{link}/{'/'.join(one)}", do="unknown")
    send(colleague, f"{link}/{'/'.join(two)}", do="other", who="Zhao Min")
    page = colleague.get(link).content.decode()
    assert "no more questions are waiting" in page
    aside = desk.client.get(reverse("check-aside", args=("en", desk.key))).content.decode()
    assert "Make a link for Zhao Min" in aside
    made = desk.client.post(reverse("check-aside", args=("en", desk.key)), {"who": "Zhao Min"})
    assert made.status_code == 303
    assert "Make a link for" not in desk.client.get(made["Location"]).content.decode()


def test_a_person_is_needed_for_someone_else(desk: Desk) -> None:
    answer = desk.post(SYSTEM, do="other", who=" ")
    assert answer.status_code == 422
    assert 'href="#who"' in answer.content.decode()


def test_the_asker_sees_who_answered_and_when_and_they_may_correct_it(desk: Desk) -> None:
    link, colleague = left_to(desk, SYSTEM), Client()
    assert send(colleague, theirs(link, SYSTEM), answer="false").status_code == 303
    aside = desk.client.get(reverse("check-aside", args=("en", desk.key))).content.decode()
    assert "Answered by Li Na" in aside
    assert f"{site_today().day} November 2026" in aside or str(site_today().year) in aside
    home = colleague.get(link).content.decode()
    assert "What you have answered" in home
    assert theirs(link, SYSTEM) in home
    assert send(colleague, theirs(link, SYSTEM), answer="true").status_code == 303
    assert str(desk.given(*SYSTEM).value) == "Truth.TRUE"
    assert desk.given(*SYSTEM).by == "Li Na"


def test_a_colleague_answers_a_list_and_may_correct_it() -> None:
    desk = desk_on("system: {id: chat}\nfacts: {markets: {exactly: [EU]}}\n")
    purposes = ("system", "chat", "purposes")
    link, colleague = left_to(desk, purposes), Client()
    assert send(colleague, theirs(link, purposes), value="advice\nrouting", whole="yes").status_code == 303
    listed = desk.dossier.subject.listed["purposes"]
    assert (listed.by, listed.on) == ("Li Na", site_today().isoformat())
    page = colleague.get(theirs(link, purposes))
    assert page.status_code == 200
    assert 'name="kept" value="advice" checked' in page.content.decode()
    assert send(colleague, theirs(link, purposes), kept=["routing"], whole="yes").status_code == 303
    assert [one.id for one in desk.dossier.world.of_kind("purpose")] == ["routing"]
    assert "Answered by Li Na" in desk.get(*purposes)


def test_a_colleague_is_told_what_is_wrong_and_sees_nothing_of_the_rest(desk: Desk) -> None:
    link, colleague = left_to(desk, SYSTEM), Client()
    answer = send(colleague, theirs(link, SYSTEM))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#answer"' in page
    for hidden in (desk.key, "rules settled", "See the result so far", "All answers so far", "advice"):
        assert hidden not in page
    assert "Acme" not in page


def test_what_somebody_answered_meanwhile_is_not_overwritten_by_a_colleague(desk: Desk) -> None:
    link, colleague = left_to(desk, JUDGED), Client()
    page = colleague.get(theirs(link, JUDGED)).content.decode()
    hidden = {one: re.search(f'name="{one}" value="([^"]*)"', page) for one in ("version", "seen")}
    carried = {name: found[1] for name, found in hidden.items() if found is not None}
    assert desk.post(JUDGED, answer="true", reasons="it only sorts", by="wang").status_code == 303
    fields = {"do": "answer", "answer": "false", "reasons": "I saw it decide", "by": "Li Na", **carried}
    answer = colleague.post(theirs(link, JUDGED), fields)
    assert answer.status_code == 409
    assert "no longer for you" in answer.content.decode()
    assert "I saw it decide" in answer.content.decode()
    assert desk.given(*JUDGED).by == "wang"
    gone = colleague.get(theirs(link, JUDGED))
    assert gone.status_code == 404
    assert "it only sorts" not in gone.content.decode()
    assert f'href="{link}"' in gone.content.decode()


def test_a_link_taken_back_or_over_opens_nothing(desk: Desk) -> None:
    link, colleague = left_to(desk, SYSTEM), Client()
    token = link.rsplit("/", 1)[1]
    found = colleague_by_token(token)
    found.expires = timezone.now() - timedelta(seconds=1)
    found.save()
    for address in (link, theirs(link, SYSTEM)):
        over = colleague.get(address)
        assert over.status_code == 410
        assert '<form method="post"' not in over.content.decode()
    links = reverse("check-links", args=("en", desk.key))
    desk.client.post(links, {"do": f"colleague-delete-{found.pk}"})
    assert colleague.get(theirs(link, SYSTEM)).status_code == 404
    assert colleague.post(theirs(link, SYSTEM), {"answer": "true"}).status_code == 404
    assert desk.given(*SYSTEM) is None
