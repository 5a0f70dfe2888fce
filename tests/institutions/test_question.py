"""One question a page: every kind of answer, wrong input, going back, others who know, two people at once, a whole run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from guiju.assess import Question
from guiju.institutions.hall.edition import site_corpus, site_today
from guiju.institutions.portal.check import held as holding
from guiju.institutions.portal.check.held import Held, Lending
from guiju.institutions.portal.check.question_form import in_part
from guiju.institutions.register.checks import check_by_key, dossier_of, open_check
from guiju.subjects import Dossier, dossier_from, read_dossier

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parents[2] / "samples"
SMALL = """
system: {id: chat, name: {zh: 客服助手, en: help desk}}
facts: {markets: {exactly: [EU]}}
purposes: {exactly: [{id: advice}]}
parties:
  exactly:
    - {org: "org:acme", name: Acme}
"""


@dataclass
class Desk:
    """A check in a browser."""

    key: str
    client: Client
    lang: str = "en"

    @property
    def dossier(self) -> Dossier:
        return dossier_of(check_by_key(self.key))

    def address(self, kind: str, identifier: str, name: str) -> str:
        return reverse("check-question", args=(self.lang, self.key, kind, identifier, name))

    def get(self, *address: str) -> str:
        answer = self.client.get(self.address(*address))
        assert answer.status_code == 200
        return answer.content.decode()

    def post(self, address: tuple[str, str, str], **fields: Any) -> Any:
        return send(self.client, self.address(*address), **fields)

    def given(self, kind: str, identifier: str, name: str) -> Any:
        found = [one for one in self.dossier.world.things if (one.kind, one.id) == (kind, identifier)]
        return found[0].given.get(name)


def send(client: Client, address: str, **fields: Any) -> Any:
    """Open the page and send its form, as a browser would."""
    page = client.get(address).content.decode()
    hidden = {one: re.search(f'name="{one}" value="([^"]*)"', page) for one in ("version", "seen")}
    carried = {name: found[1] for name, found in hidden.items() if found is not None}
    return client.post(address, {"do": "answer", **carried, **fields})


def desk_on(text: str) -> Desk:
    dossier = dossier_from(text, "small.yaml", site_corpus().vocabulary)
    _, key = open_check(dossier, name="Help desk")
    return Desk(key, Client())


@pytest.fixture
def desk() -> Desk:
    holding._pool.clear()
    return desk_on(SMALL)


SYSTEM = ("system", "chat", "infers_from_input")
JUDGED = ("purpose", "advice", "eu.no_significant_risk")


def open_questions(desk: Desk) -> list[Question]:
    with Lending():
        return Held(desk.key, check_by_key(desk.key), desk.dossier, site_today(), site_today()).interview().questions()


def first(desk: Desk, expects: str, kind: str = "") -> tuple[str, str, str]:
    return next(one.address for one in open_questions(desk) if one.expects == expects
                and (not kind or (one.declared is not None and one.declared.kind == kind)))  # fmt: skip


# -- the page ------------------------------------------------------------------------------------------------------------------


def test_ask_leads_to_the_question_that_pays_most(desk: Desk) -> None:
    answer = desk.client.get(reverse("check-ask", args=("en", desk.key)))
    assert answer.status_code == 302
    assert answer["Location"].startswith(desk.address(*open_questions(desk)[0].address))


@pytest.mark.parametrize(("lang", "why", "law"), [("en", "Why we ask", "In the law"), ("zh", "为什么问", "法律上怎么说")])
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


# -- every kind of answer ------------------------------------------------------------------------------------------------------


def test_yes_goes_into_the_dossier_and_on_to_the_next(desk: Desk) -> None:
    answer = desk.post(SYSTEM, answer="true")
    assert answer.status_code == 303
    assert "/ask/" in answer["Location"]
    assert str(desk.given(*SYSTEM).value) == "Truth.TRUE"


def fields_for(one: Question, wanted: str = "no") -> dict[str, Any]:
    """An answer that a person might give to a question."""
    today = site_today().isoformat()
    match one.expects:
        case "yes-no":
            found: dict[str, Any] = {"answer": "true" if wanted == "yes" else "false"}
        case "one-of":
            assert one.declared is not None
            found = {"answer": next(iter(one.declared.members))}
        case "some-of" | "rows":
            found = {"none": "1"}
        case "number":
            found = {"value": "12"}
        case "duration":
            found = {"value": "6 months"}
        case "day":
            found = {"answer": "not-yet"}
    if one.declared is not None and one.declared.kind == "judgement":
        found |= {"reasons": "no sign of it", "by": "li.na", "on": today}
    return found


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


# -- wrong input ---------------------------------------------------------------------------------------------------------------


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


def test_what_is_typed_is_never_markup(desk: Desk) -> None:
    answer = desk.post(JUDGED, answer="true", reasons="</textarea><script>x</script>", by="")
    assert "<script>x" not in answer.content.decode()


# -- back, and others ----------------------------------------------------------------------------------------------------------


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


def link_of(desk: Desk) -> str:
    page = desk.client.get(reverse("check-aside", args=("en", desk.key))).content.decode()
    found = re.search(r'value="http://testserver(/en/check/for/[^"]+)"', page)
    assert found is not None
    return found[1]


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
    assert "nothing more waits" in colleague.get(link).content.decode()
    assert desk.dossier.asked == ()
    assert desk.given(*theirs).by == ("li.na" if asked.cause == "judgement" else "Li Na")


def every(desk: Desk) -> list[Question]:
    with Lending():
        interview = Held(desk.key, check_by_key(desk.key), desk.dossier, site_today(), site_today()).interview()
        return [one for one, _ in interview.put_aside()] + interview.questions()


def test_a_colleague_may_not_know_either_or_pass_it_on(desk: Desk) -> None:
    one, two = (each.address for each in open_questions(desk)[:2])
    for address in (one, two):
        desk.post(address, do="other", who="Li Na")
    link, colleague = link_of(desk), Client()
    send(colleague, f"{link}/{'/'.join(one)}", do="unknown")
    send(colleague, f"{link}/{'/'.join(two)}", do="other", who="Zhao Min")
    page = colleague.get(link).content.decode()
    assert "nothing more waits" in page
    aside = desk.client.get(reverse("check-aside", args=("en", desk.key))).content.decode()
    assert "Make a link for Zhao Min" in aside
    made = desk.client.post(reverse("check-aside", args=("en", desk.key)), {"who": "Zhao Min"})
    assert made.status_code == 303
    assert "Make a link for" not in desk.client.get(made["Location"]).content.decode()


def test_a_person_is_needed_for_someone_else(desk: Desk) -> None:
    answer = desk.post(SYSTEM, do="other", who=" ")
    assert answer.status_code == 422
    assert 'href="#who"' in answer.content.decode()


# -- two people at once --------------------------------------------------------------------------------------------------------


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


# -- a whole run ---------------------------------------------------------------------------------------------------------------


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


def open_question(desk: Desk) -> Question:
    with Lending():
        found = holding.held(desk.key).interview().next()
    assert found is not None
    return found


def test_a_page_asks_the_database_few_questions(desk: Desk, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(4):
        desk.get(*SYSTEM)
    for one in open_questions(desk)[:5]:
        desk.post(one.address, do="other", who="Li Na")
    with django_assert_max_num_queries(6):
        desk.client.get(reverse("check-aside", args=("en", desk.key)))


def test_what_is_known_in_part() -> None:
    assert in_part({"one_of": ["a", "b"]})
    assert in_part(["a"])
    assert in_part("2026-02")
    assert not in_part({"exactly": []})
    assert not in_part("2026-02-03")
    assert not in_part(True)
