"""One question a page: every kind of answer, wrong input, going back, others who know, two people at once, a whole run."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.institutions.asking import (
    JUDGED,
    SAMPLES,
    SMALL,
    SYSTEM,
    Desk,
    desk_on,
    fields_for,
    first,
    open_question,
    open_questions,
    send,
)

from guiju.institutions.hall.edition import site_corpus, site_today
from guiju.institutions.register.checks import open_check
from guiju.subjects import read_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return desk_on(SMALL)


def test_ask_leads_to_the_question_that_pays_most(desk: Desk) -> None:
    answer = desk.client.get(reverse("check-ask", args=("en", desk.key)))
    assert answer.status_code == 302
    assert answer["Location"].startswith(desk.address(*open_questions(desk)[0].address))


@pytest.mark.parametrize(("lang", "why", "law"), [("en", "Why we ask", "In the law"), ("zh", "为什么问", "法律条文的表述")])
def test_a_question_says_why_it_is_asked_and_by_which_clause(desk: Desk, lang: str, why: str, law: str) -> None:
    desk.lang = lang
    one = open_questions(desk)[0]
    page = desk.get(*one.address)
    assert why in page
    assert law in page
    assert str(one.settles) in page
    assert f'href="/{lang}/rules/' in page
    assert page.count("<h1") == 1


def test_nobody_else_finds_it(desk: Desk) -> None:
    answer = desk.client.get(desk.address(*SYSTEM))
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert 'name="robots" content="noindex' in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [("system", "chat", "no_such_name"), ("system", "other", "infers_from_input"), ("purpose", "advice", "infers_from_input"),
     ("system", "chat", "eu.ai_system")],
)  # fmt: skip
def test_what_cannot_be_asked_is_no_page(desk: Desk, address: tuple[str, str, str]) -> None:
    assert desk.client.get(desk.address(*address)).status_code == 404


def test_yes_goes_into_the_dossier_and_on_to_the_next(desk: Desk) -> None:
    answer = desk.post(SYSTEM, answer="true")
    assert answer.status_code == 303
    assert "/ask/" in answer["Location"]
    assert str(desk.given(*SYSTEM).value) == "Truth.TRUE"


@pytest.mark.parametrize(
    ("sample", "expects"),
    [("hr-screener", one) for one in ("yes-no", "one-of", "some-of", "number", "duration", "day", "rows")],
)
def test_each_kind_is_taken_and_shown_again(sample: str, expects: str) -> None:
    _, key = open_check(read_dossier(SAMPLES / f"{sample}.yaml", site_corpus().vocabulary))
    desk = Desk(key, Client())
    one = next(each for each in open_questions(desk) if each.expects == expects)
    assert desk.post(one.address, **fields_for(one)).status_code == 303
    page = desk.get(*one.address)
    for name, value in fields_for(one).items():
        if name == "value":
            assert re.search(rf'name="value"[^>]* value="{value}', page), page
        elif name in ("answer", "none"):
            assert re.search(rf'name="{name}" value="{value}" checked', page), name


def test_one_of_several_stays_open_and_is_not_asked_again_at_once(desk: Desk) -> None:
    address = first(desk, "one-of")
    one = next(each for each in open_questions(desk) if each.address == address)
    assert one.declared is not None
    two = list(one.declared.members)[:2]
    answer = desk.post(address, answer="several", member=two)
    assert answer.status_code == 303
    assert desk.given(*address).value.members == frozenset(two)
    assert address not in [each.address for each in open_questions(desk)]


def test_rows_are_named_taken_out_and_closed(desk: Desk) -> None:
    address = ("system", "chat", "purposes")
    page = desk.get(*address)
    assert 'name="kept" value="advice" checked' in page
    assert desk.post(address, kept=["advice"], value="routing\nsmall talk", whole="yes").status_code == 303
    assert [one.id for one in desk.dossier.world.of_kind("purpose")] == ["advice", "routing", "small-talk"]
    assert desk.post(address, kept=["routing"], whole="no").status_code == 303
    assert [one.id for one in desk.dossier.world.of_kind("purpose")] == ["routing"]
    assert "purposes" not in desk.dossier.world.things[0].closed


def test_a_measure_takes_the_day_on_which_it_was_done(desk: Desk) -> None:
    address = first(desk, "yes-no", "measure")
    assert desk.post(address, answer="true", done="2026-02-28").status_code == 303
    assert str(desk.given(*address).done) == "2026-02-28"


def test_a_month_is_a_day_known_in_part(desk: Desk) -> None:
    address = first(desk, "day")
    assert desk.post(address, answer="given", value="2026-02").status_code == 303
    assert 'value="2026-02"' in desk.get(*address)
    assert address not in [each.address for each in open_questions(desk)]


def test_wrong_input_is_kept_and_said_beside_the_field(desk: Desk) -> None:
    address = first(desk, "day")
    answer = desk.post(address, answer="given", value="2026-02-30")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="2026-02-30"' in page
    assert 'href="#value"' in page
    assert 'id="value-error"' in page
    assert desk.given(*address) is None


@pytest.mark.parametrize("expects", ["yes-no", "one-of", "some-of", "day"])
def test_nothing_chosen_is_no_answer(desk: Desk, expects: str) -> None:
    answer = desk.post(first(desk, expects))
    assert answer.status_code == 422
    assert 'href="#answer"' in answer.content.decode()


def test_none_of_these_beside_one_of_them_is_refused(desk: Desk) -> None:
    address = first(desk, "some-of")
    one = next(each for each in open_questions(desk) if each.address == address)
    assert one.declared is not None
    answer = desk.post(address, none="1", member=list(one.declared.members)[:1], whole="yes")
    assert answer.status_code == 422
    assert desk.post(address, member=["nonsense"], whole="yes").status_code == 422


def test_a_judgement_needs_reasons_and_a_name(desk: Desk) -> None:
    answer = desk.post(JUDGED, answer="true", by="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#reasons"' in page
    assert 'href="#by"' in page
    assert desk.given(*JUDGED) is None
    answer = desk.post(JUDGED, answer="true", reasons="it only sorts", by="li.na")
    assert answer.status_code == 303
    given = desk.given(*JUDGED)
    assert (given.by, given.reasons, given.on) == ("li.na", "it only sorts", site_today().isoformat())
    assert "it only sorts" in desk.get(*JUDGED)


def test_too_much_text_is_refused(desk: Desk) -> None:
    answer = desk.post(JUDGED, answer="true", reasons="x" * 2001, by="li.na")
    assert answer.status_code == 422


def test_more_names_than_the_site_answers_for_are_refused_beside_the_field(desk: Desk) -> None:
    names = "\n".join(f"use-{number}" for number in range(30))
    answer = desk.post(("system", "chat", "purposes"), kept=["advice"], value=names, whole="yes")
    assert answer.status_code == 422
    assert 'href="#value"' in answer.content.decode()
    assert "use-29" in answer.content.decode()
    assert len(desk.dossier.world.of_kind("purpose")) == 1


@pytest.mark.parametrize(("lang", "yes", "no"), [("en", "yes", "no"), ("zh", "，是", "，否")])
def test_a_question_has_an_example_of_yes_and_one_of_no(desk: Desk, lang: str, yes: str, no: str) -> None:
    desk.lang = lang
    found = re.search(r'<p class="help example">([^<]+)</p>', desk.get("system", "chat", "generates_intimate_imagery"))
    assert found is not None
    assert yes in found[1]
    assert no in found[1]


def test_what_is_typed_is_never_markup(desk: Desk) -> None:
    answer = desk.post(JUDGED, answer="true", reasons="</textarea><script>x</script>", by="")
    assert "<script>x" not in answer.content.decode()


def test_back_shows_the_answer_and_a_new_one_replaces_it(desk: Desk) -> None:
    moved = desk.post(SYSTEM, answer="true")["Location"]
    page = desk.client.get(moved).content.decode()
    assert f'href="{desk.address(*SYSTEM)}" rel="prev"' in page
    assert 'value="true" checked' in desk.get(*SYSTEM)
    assert desk.post(SYSTEM, answer="false").status_code == 303
    assert 'value="false" checked' in desk.get(*SYSTEM)


def test_not_known_yet_is_out_of_the_row_and_listed(desk: Desk) -> None:
    address = open_questions(desk)[0].address
    assert desk.post(address, do="unknown").status_code == 303
    assert address not in [one.address for one in open_questions(desk)]
    assert [one.answer for one in desk.dossier.asked] == ["not_known"]
    page = desk.client.get(reverse("check-aside", args=("en", desk.key))).content.decode()
    assert desk.address(*address) in page


def stale(desk: Desk, address: tuple[str, str, str], **fields: Any) -> tuple[str, dict[str, Any]]:
    page = desk.get(*address)
    carried = {one: found[1] for one in ("version", "seen") if (found := re.search(f'name="{one}" value="([^"]*)"', page))}
    return desk.address(*address), {"do": "answer", **carried, **fields}


def test_two_people_on_one_question_overwrite_nothing(desk: Desk) -> None:
    address, fields = stale(desk, SYSTEM, answer="false")
    assert desk.post(SYSTEM, answer="true").status_code == 303
    answer = desk.client.post(address, fields)
    assert answer.status_code == 409
    assert str(desk.given(*SYSTEM).value) == "Truth.TRUE"


def test_two_people_on_two_questions_both_count(desk: Desk) -> None:
    other = next(one.address for one in open_questions(desk) if one.expects == "yes-no" and one.cause == "fact"
                 and one.address != SYSTEM)  # fmt: skip
    address, fields = stale(desk, SYSTEM, answer="false")
    assert desk.post(other, answer="true").status_code == 303
    assert desk.client.post(address, fields).status_code == 303
    assert desk.given(*SYSTEM) is not None
    assert desk.given(*other) is not None


def test_a_form_without_a_version_is_refused(desk: Desk) -> None:
    answer = desk.client.post(desk.address(*SYSTEM), {"answer": "true"})
    assert answer.status_code == 409
    assert desk.given(*SYSTEM) is None


def test_triage_to_the_end() -> None:
    """From the first question to the result: nothing is asked twice, whatever is answered."""
    _, key = open_check(read_dossier(SAMPLES / "triage.yaml", site_corpus().vocabulary))
    desk = Desk(key, Client())
    here, seen = desk.client.get(reverse("check-ask", args=("en", key)))["Location"], set[str]()
    while "/ask/" in here:
        plain = here.split("?")[0]
        assert plain not in seen
        seen.add(plain)
        asked = open_question(desk)
        wanted = {"do": "unknown"} if len(seen) % 7 == 0 else fields_for(asked)
        answer = send(desk.client, here, **wanted)
        assert answer.status_code == 303, (here, answer.content.decode()[:3000])
        here = answer["Location"]
    assert here == reverse("check-result", args=("en", key))
    assert len(seen) > 20


def test_a_page_asks_the_database_few_questions(desk: Desk, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(4):
        desk.get(*SYSTEM)
    for one in open_questions(desk)[:5]:
        desk.post(one.address, do="other", who="Li Na")
    with django_assert_max_num_queries(6):
        desk.client.get(reverse("check-aside", args=("en", desk.key)))
