"""What would make an answer slow is refused with its bound, or answered as fast as the rest."""

import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guiju.institutions.hall.bounds import LONGEST_NAME, MOST_OBJECTS, MOST_SIDE_BY_SIDE, TooMuchError, bounded
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.portal.check.held import held
from guiju.institutions.register.checks import dossier_of, open_check, save
from guiju.subjects import Answer, Dossier, dossier_from

pytestmark = pytest.mark.django_db

SYSTEM = "system: {id: s}\n"


def dossier(text: str) -> Dossier:
    return dossier_from(SYSTEM + text, "test", site_corpus().vocabulary)


def purposes(count: int) -> str:
    return "purposes: [" + ", ".join(f"{{id: p{number}}}" for number in range(count)) + "]\n"


def parties(count: int) -> str:
    return "parties: [" + ", ".join(f"{{org: 'org:o{number}'}}" for number in range(count)) + "]\n"


def rows(count: int) -> list[dict[str, Any]]:
    return [{"id": f"p{number}"} for number in range(count)]


TOO_MUCH = {
    "bounds.side-by-side": purposes(MOST_SIDE_BY_SIDE - 1) + parties(2),
    "bounds.objects": purposes(MOST_OBJECTS),
    "bounds.name": f"note: x\npurposes: [{{id: p, name: {'n' * (LONGEST_NAME + 1)}}}]\n",
}


@pytest.mark.parametrize("code", TOO_MUCH)
def test_too_much_is_refused_by_its_bound(code: str) -> None:
    with pytest.raises(TooMuchError) as found:
        bounded(dossier(TOO_MUCH[code]))
    assert found.value.code == code
    assert all(found.value.message(lang) and found.value.hint(lang) for lang in ("zh", "en"))


def test_as_much_as_the_bound_is_taken() -> None:
    bounded(dossier(purposes(MOST_SIDE_BY_SIDE - 2) + parties(2)))


@pytest.mark.parametrize("code", TOO_MUCH)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_start_of_a_check_says_the_bound(client: Client, code: str, lang: str) -> None:
    response = client.post(f"/{lang}/check/start", {"way": "card", "text": SYSTEM + TOO_MUCH[code]})
    assert response.status_code == 413
    with pytest.raises(TooMuchError) as found:
        bounded(dossier(TOO_MUCH[code]))
    assert found.value.message(lang) in response.content.decode()
    assert found.value.hint(lang) in response.content.decode()


def test_an_answer_with_too_many_rows_is_refused_before_it_is_worked_out() -> None:
    _, key = open_check(dossier("facts: {markets: [EU]}\n"))
    mine = held(key)
    begun = time.perf_counter()
    with pytest.raises(TooMuchError):
        mine.answer([Answer("system", "s", "purposes", rows(MOST_SIDE_BY_SIDE + 1))], mine.version)
    assert time.perf_counter() - begun < 3
    assert len(dossier_of(held(key).check).world.of_kind("purpose")) <= 1


def test_too_many_rows_typed_into_a_question_are_told_beside_it(client: Client) -> None:
    _, key = open_check(dossier("facts: {markets: [EU]}\n"))
    address = reverse("check-question", args=("en", key, "system", "s", "purposes"))
    typed = "\n".join(f"purpose {number}" for number in range(MOST_SIDE_BY_SIDE + 1))
    response = client.post(address, {"do": "answer", "version": "1", "answer": "list", "rows": typed, "value": typed})
    assert response.status_code in {413, 422}
    assert "Traceback" not in response.content.decode()


def test_a_larger_dossier_is_not_saved_over_a_smaller() -> None:
    check, _ = open_check(dossier("facts: {markets: [EU]}\n"))
    with pytest.raises(TooMuchError):
        save(check, dossier(purposes(MOST_SIDE_BY_SIDE + 1)), check.version)


@pytest.mark.parametrize("day", ["0001-01-01", "1500-06-30", "9999-12-31"])
@pytest.mark.parametrize("event", ["placed_on_market", "put_into_service"])
def test_an_event_of_any_year_is_answered_as_fast_as_another(client: Client, event: str, day: str) -> None:
    text = SYSTEM + f"facts: {{markets: {{exactly: [EU, CN]}}, infers_from_input: true}}\nevents: {{{event}: {day}}}\n"
    _, key = open_check(dossier_from(text, "test", site_corpus().vocabulary))
    begun = time.process_time()
    assert client.get(reverse("check-result", args=("en", key))).status_code == 200
    assert time.process_time() - begun < 4


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("asked", ["on", "known"])
def test_a_page_asked_for_any_day_is_answered(client: Client, asked: str, day: str) -> None:
    _, key = open_check(dossier("facts: {markets: [EU, CN]}\n"))
    places = ["/en/rules/", "/zh/rules/eu/ai-act", "/en/rules/eu/ai-act/50", "/en/rules/calendar", "/en/rules/?q=watermark"]
    ordinary = {"0001-01-01": "2026-09-14", "9999-12-31": "2026-09-15"}[day]  # not asked for before, so nothing is remembered

    def work(address: str, wanted: str) -> float:
        begun = time.process_time()
        response = client.get(address, {**({"q": "50"} if "?" in address else {}), asked: wanted})
        assert response.status_code in {200, 400}
        return time.process_time() - begun

    for address in (*places, f"/en/check/{key}/result"):
        client.get(address)  # what every first reader waits for is not the day's
        assert work(address, day) < 2 * work(address, ordinary) + 1, address
