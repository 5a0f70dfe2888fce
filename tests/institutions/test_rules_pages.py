"""The rules as pages: every norm, instrument, event and scheme in both languages, search, days, and what is not there."""

from __future__ import annotations

import re
import statistics
import sys
import time
from functools import cache
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.rules.addresses import identifier_at, rule_address

pytestmark = pytest.mark.django_db

LANGUAGES = ("zh", "en")
UNFILLED = re.compile(r"\{\w+\}|\bNone\b|&lt;a |\[(?:zh|en)\]")


def ids() -> list[str]:
    corpus = site_corpus()
    return [*corpus.norms, *corpus.instruments, *corpus.events, *corpus.schemes]


def body(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, f"{address}: {response.status_code}"
    return response.content.decode()


def main_of(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>", 1)[0]


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main_of(page))).split())


def inner(page: str) -> set[str]:
    """The addresses of this site that a page leads to, without what follows ? or #."""
    found = (unescape(one) for one in re.findall(r'<a [^>]*?href="([^"]*)"', main_of(page)))
    return {re.split(r"[?#]", one)[0] for one in found if one.startswith("/")}


@cache
def crawled(lang: str) -> tuple[dict[str, str], tuple[float, ...]]:
    """Every page once: address -> page, and how long each took."""
    client, pages, took = Client(), {}, []
    for address in dict.fromkeys(rule_address(lang, one) for one in ids()):
        before = time.perf_counter()
        pages[address] = body(client, address)
        took.append(time.perf_counter() - before)
    return pages, tuple(took)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_has_a_page_that_says_what_it_is(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    pages, took = crawled(lang)
    assert len(pages) > 800
    for address, page in pages.items():
        assert page.count("<h1") == 1, address
        found = UNFILLED.search(main_of(page))
        assert found is None, f"{address}: {found and found[0]}"
        assert f'<link rel="canonical" href="http://testserver{address}">' in page
        assert 'name="robots"' not in page, address
    with capsys.disabled():
        median, longest = (round(1000 * one) for one in (statistics.median(took), max(took)))
        sys.stdout.write(f"\n{lang}: {len(pages)} pages, median {median} ms, longest {longest} ms\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_link_between_rules_is_dead(lang: str) -> None:
    pages, _ = crawled(lang)
    client = Client()
    led_to = set().union(*map(inner, pages.values()))
    others = sorted(led_to - set(pages))
    dead = [one for one in others if client.get(one).status_code != 200]
    assert not dead


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_are_each_their_own(lang: str) -> None:
    pages, _ = crawled(lang)
    seen: dict[str, list[str]] = {}
    for address, page in pages.items():
        seen.setdefault(page.split("<title>")[1].split("</title>")[0], []).append(address)
    assert sum(len(same) > 1 for same in seen.values()) < len(pages) * 0.03


def test_no_page_of_rules_asks_the_database(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    addresses = (
        "/en/rules/",
        "/en/rules/?q=label",
        "/en/rules/eu/ai-act",
        "/zh/rules/cn/genai-measures/17",
        "/zh/rules/eu-ai-act/high-risk",
    )
    with django_assert_num_queries(0):
        for one in addresses:
            body(client, one)


def test_every_id_comes_back_from_its_address() -> None:
    assert [one for one in ids() if identifier_at(rule_address("en", one).removeprefix("/en/rules/")) != one] == []


# -- one norm ----------------------------------------------------------------------------------------------------------------


def test_the_title_says_the_answer(client: Client) -> None:
    page = body(client, "/en/rules/eu/ai-act/50.2")
    title = page.split("<title>")[1].split("</title>")[0]
    assert title.startswith("AI Act, Art. 50(2): A provider")
    assert "applies since 2 August 2026" in title


def test_a_norm_shows_what_moved_its_day_and_what_it_rests_on(client: Client) -> None:
    page = body(client, "/en/rules/eu/ai-act/6.2")
    words = words_of(page)
    for said in ("From which day", "was 2 August 2026", "our paraphrase", "reviewed by a lawyer"):
        assert said in words
    assert 'href="/en/rules/eu/2026-1744/' in page


def test_exceptions_stand_indented_below_the_condition(client: Client) -> None:
    page = main_of(body(client, "/en/rules/eu/ai-act/50.2"))
    assert re.search(r"<li>Except [^:]*:<ul><li>All of these hold:<ul><li>", page)


def test_a_provision_shows_all_its_norms(client: Client) -> None:
    page = body(client, "/zh/rules/cn/genai-measures/17")
    assert page.count("<article") == 3
    assert len(re.findall(r"<h2><a", page)) == 3


# -- days --------------------------------------------------------------------------------------------------------------------


def test_the_day_asked_for_changes_the_answer_and_stays_in_the_links(client: Client) -> None:
    page = body(client, "/en/rules/eu/ai-act/50.2?on=2026-07-01")
    assert "does not apply yet on 1 July 2026" in words_of(page)
    assert "/en/rules/eu/ai-act?on=2026-07-01" in page


def test_what_was_published_later_is_left_out(client: Client) -> None:
    page = words_of(body(client, "/en/rules/eu/ai-act/6.2?on=2026-09-01&known=2026-07-01"))
    assert "on 1 September 2026" in page
    assert "2 December 2027" not in page


@pytest.mark.parametrize(
    "address", ["/{}/rules/", "/{}/rules/eu/ai-act", "/{}/rules/eu/ai-act/50.2", "/{}/rules/eu-ai-act/high-risk"]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_that_is_none_is_told_beside_the_field_and_kept(client: Client, lang: str, address: str) -> None:
    page = body(client, address.format(lang) + "?on=2026-02-30", status=400)
    assert 'href="#on"' in page
    assert 'value="2026-02-30"' in page
    assert 'aria-invalid="true"' in page
    assert "2026-02-28" in words_of(page)
    assert page.count("<h1") == 1


def test_full_width_digits_are_a_day_too(client: Client) -> None:
    assert "2026年7月1日" in body(client, "/zh/rules/eu/ai-act/50.2?on=２０２６－０７－０１")


# -- search ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "typed", "first"),
    [
        ("zh", "暂行办法 17", "/zh/rules/cn/genai-measures/17"),
        ("en", "Art 50(2)", "/en/rules/eu/ai-act/50.2"),
        ("en", "labelling of generated content", "/en/rules/"),
        ("zh", "深度合成", "/zh/rules/cn/"),
    ],
)
def test_search_finds_by_number_and_words(client: Client, lang: str, typed: str, first: str) -> None:
    page = main_of(client.get(f"/{lang}/rules/", {"q": typed}).content.decode())
    found = re.findall(r'<li><h3><a href="([^"]*)"', page)
    assert found
    assert found[0].startswith(first)


def test_facets_narrow_and_are_let_go(client: Client) -> None:
    page = body(client, "/en/rules/?q=label&place=cn&kind=duty&force=hard&standing=applies")
    links = re.findall(r'<li><h3><a href="([^"]*)"', main_of(page))
    assert links
    assert all(one.startswith("/en/rules/cn/") for one in links)
    assert page.count('aria-current="true"') >= 4
    assert "/en/rules/?q=label&amp;kind=duty&amp;force=hard&amp;standing=applies" in page


def test_results_are_paged(client: Client) -> None:
    page = body(client, "/en/rules/?kind=duty&page=2")
    assert 'rel="prev"' in page
    assert 'rel="next"' in page
    assert 'start="21"' in page
    assert body(client, "/en/rules/?kind=duty&page=99999")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_found_says_what_to_try(client: Client, lang: str) -> None:
    page = main_of(body(client, f"/{lang}/rules/?q=zzzqqq"))
    tries = [unescape(one) for one in re.findall(r'<li><a href="([^"]*\?q=[^"]*)"', page)]
    assert len(tries) == 3
    assert all("<h3><a" in body(client, one) for one in tries)


def test_what_the_filters_hide_is_told(client: Client) -> None:
    page = body(client, "/en/rules/?q=Art+50(2)&place=kr")
    assert "match the words" in words_of(page)
    assert "/en/rules/?q=Art+50%282%29" in page


@pytest.mark.parametrize("query", ["place=mars", "kind=poem", "q=" + "x" * 201])
def test_a_search_that_cannot_be_made_is_refused_beside_what_is_there(client: Client, query: str) -> None:
    page = body(client, f"/en/rules/?{query}", status=400)
    assert 'id="problems"' in page
    assert 'id="eu"' in page


def test_what_was_typed_is_shown_as_typed(client: Client) -> None:
    page = client.get("/en/rules/", {"q": '<script>"x"'}).content.decode()
    assert "<script>&" not in page
    assert "&lt;script&gt;" in page


# -- not there ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_article_that_is_not_encoded_names_what_is_near(client: Client, lang: str) -> None:
    page = body(client, f"/{lang}/rules/eu/ai-act/31", status=404)
    assert f"/{lang}/rules/eu/ai-act/" in main_of(page)
    assert 'name="robots"' in page


@pytest.mark.parametrize("path", ["nowhere", "eu", "xx/yy/zz", "eu/ai-act/50.2/none", "%00", "eu//ai-act", "../x"])
def test_an_address_of_nothing_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/en/rules/{path}").status_code == 404


def test_a_slash_at_the_end_leads_to_the_page(client: Client) -> None:
    response = client.get("/en/rules/eu/ai-act/")
    assert response.status_code == 301
    assert response.headers["Location"] == "/en/rules/eu/ai-act"
