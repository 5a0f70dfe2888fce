"""The rules as pages: every norm, instrument, event and scheme in both languages, search, days, and what is not there."""

from __future__ import annotations

import re
import statistics
import sys
import time
from functools import cache
from html import escape, unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.institutions.page_words import UNFILLED, body, faults, main_of, words_of

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.rules.addresses import identifier_at, rule_address

pytestmark = pytest.mark.django_db

LANGUAGES = ("zh", "en")


def ids() -> list[str]:
    corpus = site_corpus()
    return [*corpus.norms, *corpus.instruments, *corpus.events, *corpus.schemes]


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
def test_no_page_shows_an_id_a_slip_or_a_word_of_the_other_language(lang: str) -> None:
    pages, _ = crawled(lang)
    client = Client()
    word = {"zh": "标识", "en": "label"}[lang]
    ends = (
        "rules/",
        "rules/?kind=right",
        f"rules/?q={word}",
        "rules/terms/",
        "rules/terms/?kind=measure",
        "rules/calendar",
    )
    years = (f"rules/calendar?when={year}" for year in range(2016, 2031))
    others = {one: body(client, one) for one in (f"/{lang}/{end}" for end in (*ends, *years))}
    found = [f"{address}: {fault}" for address, page in {**pages, **others}.items() for fault in faults(page, lang)]
    assert not found, "\n".join(found[:30])


@pytest.mark.parametrize(
    ("page", "lang"),
    [
        ("<p>owed to eu.national_competent_authority</p>", "en"),
        ("<p>依据 cn/genai-measures/17</p>", "zh"),
        ("<p>全文（quotations of the text）</p>", "zh"),
        ("<p>Full text（全文）</p>", "en"),
        ("<p>From which day: None</p>", "en"),
        ("<h2><span></span></h2>", "en"),
        ("<p>到期。。</p>", "zh"),
        ("<p>two  spaces</p>", "en"),
        ("<p>markets_reached</p><p>training_compute</p>", "en"),
    ],
)
def test_what_no_page_may_say_is_noticed(page: str, lang: str) -> None:
    assert faults(f"<main id='main'>{page}</main>", lang)


@pytest.mark.parametrize(
    "page",
    ["<code>eu.provider</code>", "<p>None of these</p>", '<a lang="en" href="/">English</a>', "<p>sha256:0123456789ab…</p>"],
)
def test_small_print_is_no_slip(page: str) -> None:
    assert faults(f"<main>{page}</main>", "zh" if "lang" in page else "en") == []


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
    for said in ("From which day", "was 2 August 2026", "our paraphrase", "signed off by a named person"):
        assert said in words
    assert 'href="/en/rules/eu/2026-1744/' in page


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("the text as first published", "Since 27 July 2026", "New: Art. 25(2), first subparagraph", "Law on this day.")),
        ("zh", ("最初的文本", "2026年7月27日起", "新增：对违反下列条款的行为设定法律责任：第25条第2款第1段", "这一日有效。")),
    ],
)
def test_a_norm_with_two_versions_shows_both_and_what_changed(client: Client, lang: str, said: tuple[str, ...]) -> None:
    page = body(client, f"/{lang}/rules/eu/ai-act/99.4")
    assert all(one in words_of(page) for one in said)
    earlier = f"/{lang}/rules/eu/ai-act/99.4?on=2026-07-26"
    assert earlier in page
    before = body(client, earlier)
    assert "2024" in words_of(before).split("·")[0]
    assert f'href="/{lang}/rules/eu/ai-act/99.4"' in main_of(before)


def test_a_change_of_words_alone_is_told(client: Client) -> None:
    assert "No longer: Providers and deployers take measures so that" in words_of(body(client, "/en/rules/eu/ai-act/4.1"))


def test_a_norm_of_one_version_has_no_part_on_versions(client: Client) -> None:
    assert "rule-versions" not in body(client, "/en/rules/eu/ai-act/26.2")


def test_long_titles_end_at_a_pause(client: Client) -> None:
    page = body(client, "/zh/rules/eu/2026-1744/postpone-113c")
    assert page.split("<title>")[1].startswith(
        "《人工智能数字综合修订》：第三章第一节至第三节（第6条第5款除外）推迟… · 2027年12月2日"
    )


def test_title_of_an_event_says_its_day_once(client: Client) -> None:
    title = body(client, "/en/rules/cn/gb-45438-2025/publish").split("<title>")[1].split("</title>")[0]
    assert title.count("28 February 2025") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_instrument_names_its_official_place_or_says_that_none_is_verified(client: Client, lang: str) -> None:
    said = {"en": "has been verified, so none is given", "zh": "未经核实，因此没有列出"}[lang]
    with_place = 0
    for one in site_corpus().instruments.values():
        page = main_of(body(client, rule_address(lang, one.id)))
        if one.official:
            assert one.official.startswith("https://")
            assert f'href="{escape(one.official)}" rel="external"' in page
            with_place += 1
        else:
            assert said in page
    assert with_place >= 14


def test_exceptions_stand_indented_below_the_condition(client: Client) -> None:
    page = main_of(body(client, "/en/rules/eu/ai-act/50.4"))
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


@pytest.mark.parametrize(("lang", "said"), [("en", "searched for “deployer” instead"), ("zh", "已改按“deployer”查找")])
def test_a_slip_is_told(client: Client, lang: str, said: str) -> None:
    assert said in words_of(body(client, f"/{lang}/rules/?q=deploier"))


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


@pytest.mark.parametrize(
    ("lang", "typed", "said"),
    [
        ("en", "what must a chatbot tell me", "has some of them and may be about something else"),
        ("zh", "聊天机器人必须告诉我什么", "只含有其中一部分词语"),
    ],
)
def test_a_question_leads_to_what_is_near_and_says_so(client: Client, lang: str, typed: str, said: str) -> None:
    page = client.get(f"/{lang}/rules/", {"q": typed}).content.decode()
    assert said in words_of(page)
    assert f'<h3><a href="/{lang}/rules/eu/ai-act/50.1"' in page


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "“Digital Services Act” itself is not among the rules here"), ("zh", "这里没有收录“Digital Services Act”")],
)
def test_a_text_that_is_not_here_is_told(client: Client, lang: str, said: str) -> None:
    assert said in words_of(body(client, f"/{lang}/rules/?q=Digital+Services+Act"))


@pytest.mark.parametrize(("lang", "typed"), [("en", "what is new"), ("zh", "最新变化")])
def test_who_asks_what_is_new_is_led_to_the_calendar(client: Client, lang: str, typed: str) -> None:
    page = main_of(client.get(f"/{lang}/rules/", {"q": typed}).content.decode())
    assert f'<a href="/{lang}/rules/calendar">' in page


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
    page = body(client, f"/{lang}/rules/eu/gdpr/60", status=404)
    assert f"/{lang}/rules/eu/gdpr/" in main_of(page)
    assert 'name="robots"' in page


@pytest.mark.parametrize("path", ["nowhere", "xx", "xx/yy/zz", "eu/ai-act/50.2/none", "%00", "eu//ai-act", "../x"])
def test_an_address_of_nothing_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/en/rules/{path}").status_code == 404


def test_a_slash_at_the_end_leads_to_the_page(client: Client) -> None:
    response = client.get("/en/rules/eu/ai-act/")
    assert response.status_code == 301
    assert response.headers["Location"] == "/en/rules/eu/ai-act"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("50(2)", "50.2"),
        ("5(1)(a)", "5.1.a"),
        ("50（2）", "50.2"),
        ("Annex III", "annex-iii"),
        ("annex-iii(4)(a)", "annex-iii.4.a"),
    ],
)
def test_a_number_as_people_write_it_leads_to_its_page(client: Client, written: str, meant: str) -> None:
    response = client.get(f"/zh/rules/eu/ai-act/{written}")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/zh/rules/eu/ai-act/{meant}"
    assert client.get(f"/zh/rules/eu/ai-act/{written.replace('5', '999').replace('I', 'X')}9").status_code == 404


def test_a_paragraph_written_with_a_slash_leads_to_its_page(client: Client) -> None:
    response = client.get("/en/rules/eu/ai-act/50/2?on=2027-01-01")
    assert response.status_code == 302
    assert response.headers["Location"] == "/en/rules/eu/ai-act/50.2?on=2027-01-01"
    assert client.get("/en/rules/eu/ai-act/50/none").status_code == 404


def test_a_paragraph_of_several_rules_is_called_as_they_call_it(client: Client) -> None:
    assert "<h1>《个人信息保护法》第二十四条第三款</h1>" in body(client, "/zh/rules/cn/pipl/24.3")


@pytest.mark.parametrize(("lang", "said"), [("en", "Since moved to 2 December 2027"), ("zh", "后改为2027年12月2日")])
def test_an_event_whose_day_was_moved_since_says_so(client: Client, lang: str, said: str) -> None:
    """Regulation (EU) 2026/1744 moved the days of the high-risk rules, Article 113(c) of the AI Act."""
    address = rule_address(lang, "eu/ai-act#commence-113c-powers")
    now, before = body(client, address), body(client, f"{address}?known=2026-07-01")
    assert said in words_of(now)
    assert said not in words_of(before)
    assert rule_address(lang, "eu/2026-1744#postpone-113c-powers") in now


def test_a_place_leads_to_its_instruments(client: Client) -> None:
    response = client.get("/zh/rules/cn")
    assert (response.status_code, response.headers["Location"]) == (302, "/zh/rules/?place=cn")
    assert client.get("/zh/rules/xx").status_code == 404
