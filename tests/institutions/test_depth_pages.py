"""How far the rules go: the account of every paragraph, the figures of the places, and the queue of rules to sign off."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html import escape, unescape
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.institutions.page_words import UNFILLED, body, faults, main_of, words_of

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.rules import covering, signoff_page
from guiju.institutions.rules.addresses import rule_address
from guiju.institutions.rules.place_words import PlaceWords
from guiju.norms.accounts import SignOff
from guiju.norms.statutes import Place, place_from
from guiju.verify import Covered, Unit, Waiting, coverage, figures, share, signoff_queue

pytestmark = pytest.mark.django_db

LANGUAGES = ("zh", "en")
INSTRUMENT = "cn/genai-measures"


def title_of(page: str) -> str:
    return unescape(page.split("<title>")[1].split("</title>", maxsplit=1)[0])


def links(page: str) -> set[str]:
    found = (unescape(one) for one in re.findall(r'<a [^>]*?href="([^"]*)"', main_of(page)))
    return {one for one in found if one.startswith("/")}


def rows(page: str) -> list[list[str]]:
    """The cells of the first table, in words, row by row."""
    table = main_of(page).split("<tbody", 1)[1].split("</tbody>", 1)[0]
    cells = (re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL))
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]


def own_part(page: str) -> str:
    """A page of these; of that of an instrument, the part on what is encoded."""
    found = re.search(r'<section id="coverage">.*?</section>', page, re.DOTALL)
    return f"<main>{found[0]}</main>" if found else page


def pages(lang: str) -> list[str]:
    return [
        f"/{lang}/rules/coverage/",
        f"/{lang}/rules/sign-off/",
        f"/{lang}/rules/sign-off/?page=2",
        f"/{lang}/rules/sign-off/?instrument={INSTRUMENT}",
        f"/{lang}/rules/sign-off/?instrument=eu/ai-act&page=2",
        *(rule_address(lang, one) for one in covering.accounts()),
    ]


# -- all of them -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_whole_and_says_nothing_it_should_not(client: Client, lang: str) -> None:
    for address in pages(lang):
        page = body(client, address)
        assert page.count("<h1") == 1, address
        found = UNFILLED.search(main_of(page))
        assert found is None, f"{address}: {found}"
        assert f'<link rel="canonical" href="{escape(f"http://testserver{address}")}">' in page, address
        assert 'name="robots"' not in page
        assert faults(own_part(page), lang) == [], address
        levels = [int(one) for one in re.findall(r"<h([1-6])", main_of(page))]
        assert all(after <= before + 1 for before, after in pairwise(levels)), address


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_are_each_their_own(client: Client, lang: str) -> None:
    titles = [title_of(body(client, one)) for one in pages(lang)]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_link_is_dead(client: Client, lang: str) -> None:
    led_to = {link.split("#")[0] for one in pages(lang) for link in links(body(client, one))}
    corpus = site_corpus()
    rules = {rule_address(lang, one) for one in (*corpus.norms, *corpus.events, *corpus.instruments)}  # each has its page
    assert len(led_to & rules) > 300
    dead = [one for one in sorted(led_to - rules) if client.get(one).status_code != 200]
    assert not dead


def test_no_page_asks_the_database(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        for one in pages("en"):
            body(client, one)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_are_linked_where_rules_are_listed_and_from_each_other(client: Client, lang: str) -> None:
    far, queue = f"/{lang}/rules/coverage/", f"/{lang}/rules/sign-off/"
    assert {far, queue} <= links(body(client, f"/{lang}/rules/"))
    assert queue in links(body(client, far))
    assert far in links(body(client, queue))


@pytest.mark.parametrize(("asked", "lead"), [("coverage", "coverage/"), ("sign-off?instrument=eu/ai-act", "sign-off/")])
def test_without_its_slash_an_address_leads_to_its_page(client: Client, asked: str, lead: str) -> None:
    response = client.get(f"/en/rules/{asked}")
    assert response.status_code == 301
    path, _, query = response.headers["Location"].partition("?")
    assert (path, query) == (f"/en/rules/{lead}", asked.partition("?")[2])


def test_nothing_can_be_sent_to_them(client: Client) -> None:
    assert {client.post(f"/en/rules/{one}/").status_code for one in ("coverage", "sign-off")} == {405}


# -- how far the rules go ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_has_the_numbers_of_every_account(client: Client, lang: str) -> None:
    page = body(client, f"/{lang}/rules/coverage/")
    found = coverage(site_corpus())
    shown = rows(page)
    assert len(shown) == len(found) + 1
    for one, row in zip(found, shown, strict=False):
        assert f"{rule_address(lang, one.instrument)}#coverage" in links(page)
        units, aside, operative, whole, partly, carried, state, missing = map(int, row[1:-1])
        assert (units, operative) == (len(one.units), one.operative)
        assert units - aside == operative == whole + partly + carried + state + missing
        assert row[-1] == share(whole + partly + carried, operative)
    assert [int(cell) for cell in shown[-1][1:-1]] == [sum(int(row[at]) for row in shown[:-1]) for at in range(1, 9)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_instruments_without_an_account_are_named(client: Client, lang: str) -> None:
    page = body(client, f"/{lang}/rules/coverage/")
    without = set(site_corpus().instruments) - set(covering.accounts())
    assert {f"{rule_address(lang, one)}#coverage" for one in without} <= links(page)


@pytest.mark.parametrize(("lang", "of"), [("en", "{} of {}"), ("zh", "{}／{}")])
def test_the_figures_of_every_place_stand_there(client: Client, lang: str, of: str) -> None:
    words = words_of(body(client, f"/{lang}/rules/coverage/"))
    for place in ("cn", "eu", "kr"):
        one = figures(site_corpus(), place)
        assert of.format(one.checked["full-text"], one.checked.total()) in words
        assert of.format(one.reviewed, one.norms) in words
        assert of.format(one.measures_shared, one.measures) in words
        assert of.format(one.scope_only, one.conditions) in words
        assert of.format(one.by_judgement, one.conditions) in words


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "no instrument is accounted for paragraph by paragraph yet"), ("zh", "还没有逐款逐项交代的规则文件")],
)
def test_where_nothing_is_accounted_for_the_page_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    monkeypatch.setattr(covering, "_accounts", lambda edition: {})
    page = body(client, f"/{lang}/rules/coverage/")
    assert said in words_of(page)
    assert faults(page, lang) == []


# -- the account of one instrument -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_account_leads_to_every_rule_that_covers_a_paragraph(client: Client, lang: str) -> None:
    corpus = site_corpus()
    for one in covering.accounts().values():
        section = body(client, rule_address(lang, one.instrument)).split('id="coverage"')[1].split("</section>")[0]
        led_to = {unescape(href) for href in re.findall(r'href="([^"]*)"', section)}
        by = {identifier for unit in one.units for identifier in unit.by if identifier in corpus.norms}
        assert {rule_address(lang, identifier) for identifier in by} <= led_to
        assert f"/{lang}/rules/sign-off/?instrument={one.instrument}" in led_to


def test_an_instrument_without_an_account_stays_as_it_was(client: Client) -> None:
    page = body(client, "/en/rules/eu/gpai-code-of-practice")
    assert "paragraphs and items" not in words_of(page)
    assert "/en/rules/coverage/" not in links(page)


@pytest.mark.parametrize(
    ("lang", "places", "said"),
    [
        ("en", "Art. 2(2), Art. 4(3)", "Not accounted for: nothing has been said of it yet"),
        ("zh", "第二条第二款、第四条第三项", "没有交代：还没有作过任何说明"),
    ],
)
def test_what_nothing_is_said_of_stands_out(
    client: Client, monkeypatch: pytest.MonkeyPatch, lang: str, places: str, said: str
) -> None:
    held = covering.accounts()[INSTRUMENT]
    forgotten = {Place("2", 2), Place("4", 1, 3)}
    units = tuple(Unit(one.place, "unaccounted") if one.place in forgotten else one for one in held.units)
    assert len({one.place for one in units} & forgotten) == 2
    monkeypatch.setattr(covering, "_accounts", lambda edition: {INSTRUMENT: Covered(INSTRUMENT, held.text, units)})
    page = body(client, rule_address(lang, INSTRUMENT))
    cautions = [unescape(one) for one in re.findall(r'<p class="caution">(.*?)</p>', page)]
    assert len([one for one in cautions if places in one]) == 1
    assert page.count('<dd class="caution">') == 2
    assert said in words_of(page)
    far = body(client, f"/{lang}/rules/coverage/")
    assert places in words_of(far)
    assert rows(far)[0][-2] == "2"


LEAVES = "1:1 2:1 3:1 3:2 4:1:1 4:1:2 4:1:3 4:1:4 4:1:5 5:1 6:1 6:2:1 6:2:2 7:1 7:2 7:3 7:4 7:5 45-1:1 annex:1:1 annex:2"


@pytest.mark.parametrize(
    ("leaves", "zh", "en"),
    [
        ("1:1", "第一条", "Art. 1"),
        ("1:1 2:1 3:1 3:2", "第一条至第三条", "Arts 1 to 3"),
        ("1:1 3:1 3:2", "第一条、第三条", "Art. 1, Art. 3"),
        ("3:2 4:1:1 4:1:2 4:1:3 4:1:5", "第三条第二款、第四条第一项至第三项、第五项", "Art. 3(2), Art. 4(1) to (3), (5)"),
        ("6:1 6:2:1", "第六条第一款、第二款第一项", "Art. 6(1), (2)(1)"),
        ("6:2:1 6:2:2 7:1 7:2", "第六条第二款、第七条第一款、第二款", "Art. 6(2), Art. 7(1), (2)"),
        ("45-1:1 annex:1:1", "第四十五条之一、附件第一款", "Art. 45-1, Annex (1)"),
    ],
)
def test_provisions_are_named_as_a_reader_names_them(leaves: str, zh: str, en: str) -> None:
    everything = [place_from(one) for one in LEAVES.split()]
    some = [place_from(one) for one in leaves.split()]
    assert PlaceWords(everything, "zh").named(some) == zh
    assert PlaceWords(everything, "en").named(some) == en


# -- sign-off ----------------------------------------------------------------------------------------------------------------


def queued(page: str) -> list[str]:
    return re.findall(r"<code>([a-z]+/[^<]*)</code></p></li>", main_of(page))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_of_the_queue_is_listed_fifty_a_page(client: Client, lang: str) -> None:
    queue = [one.norm.id for one in signoff_queue(site_corpus(), "eu/ai-act")]
    last = -(-len(queue) // signoff_page.PER_PAGE)
    found = [queued(body(client, f"/{lang}/rules/sign-off/?instrument=eu/ai-act&page={one}")) for one in range(1, last + 1)]
    assert [identifier for page in found for identifier in page] == queue
    assert {len(page) for page in found[:-1]} == {signoff_page.PER_PAGE}


def test_the_pager_keeps_the_instrument_and_any_page_number_gives_a_page(client: Client) -> None:
    page = body(client, "/en/rules/sign-off/?instrument=eu/ai-act&page=2")
    assert 'rel="next" href="/en/rules/sign-off/?instrument=eu/ai-act&amp;page=3"' in page
    for odd in ("0", "-1", "x", "99999", "²", ""):
        body(client, f"/en/rules/sign-off/?page={odd}")


@pytest.mark.parametrize(("lang", "said"), [("en", "No rule has been signed off yet."), ("zh", "目前还没有一条规则经过复核。")])
def test_that_nothing_is_signed_off_is_said_plainly(client: Client, lang: str, said: str) -> None:
    signed = any(norm.reviewed for norm in site_corpus().all_norms())
    words = words_of(body(client, f"/{lang}/rules/sign-off/"))
    assert (said in words) is not signed
    assert "guiju rules sign " in words
    assert " --by " in words


def test_every_version_of_a_rule_is_told_apart_and_read_at_its_own_address(client: Client) -> None:
    several = (body(client, f"/en/rules/sign-off/?instrument=eu/ai-act&page={one}") for one in range(1, 10))
    page = next(one for one in several if "eu/ai-act/99.4" in queued(one))
    assert {"/en/rules/eu/ai-act/99.4", "/en/rules/eu/ai-act/99.4?on=2026-07-26"} <= links(page)
    assert "the text as first published" in words_of(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_select_offers_every_instrument_with_rules(client: Client, lang: str) -> None:
    page = body(client, f"/{lang}/rules/sign-off/?instrument={INSTRUMENT}")
    offered = dict(re.findall(r'<option value="([^"]*)"[^>]*>(.*?)</option>', page))
    waits = Counter(one.norm.instrument for one in signoff_queue(site_corpus()))
    assert set(waits) <= set(offered)
    assert all(str(count) in offered[one] for one, count in waits.items())
    assert f'<option value="{INSTRUMENT}" selected>' in page


@pytest.mark.parametrize(
    ("lang", "got", "said"),
    [
        ("en", "cn/genai-measure", "You may mean GenAI Measures."),
        ("zh", "cn/genai-measure", "您要找的可能是《生成式人工智能办法》"),
        ("en", "nowhere", "Choose one from the list."),
        ("zh", "没有", "请从列表中选择。"),
        ("en", "x" * 5000, "Choose one from the list."),
        ("en", '<script>"x"', "Choose one from the list."),
    ],
)
def test_an_instrument_that_is_not_here_is_told_beside_the_list(client: Client, lang: str, got: str, said: str) -> None:
    response = client.get(f"/{lang}/rules/sign-off/", {"instrument": got})
    page = response.content.decode()
    assert response.status_code == 400
    assert said in words_of(page)
    assert 'href="#instrument"' in page
    assert 'aria-invalid="true"' in page
    assert "<script>&" not in page
    assert len(queued(page)) == signoff_page.PER_PAGE


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            (
                "Fallen sign-offs: 2",
                "Never signed off: 20",
                "Ada Example signed it off on 3 March 2026. That has fallen, since the rule was changed afterwards.",
                "Ada Example signed it off on 3 March 2026. That has fallen, since the text of the law was changed afterwards.",
            ),
        ),
        (
            "zh",
            (
                "失效的复核：2 条",
                "从未复核：20 条",
                "甲于2026年3月3日复核过。此后规则有改动，复核已失效。",
                "甲于2026年3月3日复核过。此后法律原文有改动，复核已失效。",
            ),
        ),
    ],
)
def test_a_fallen_sign_off_comes_first_with_who_when_and_why(
    client: Client, monkeypatch: pytest.MonkeyPatch, lang: str, said: tuple[str, ...]
) -> None:
    held = [one.norm for one in signoff_queue(site_corpus(), INSTRUMENT)][:22]
    signer = {"en": "Ada Example", "zh": "甲"}[lang]
    fallen = SignOff(signer, date(2026, 3, 3), "sha256:0", "sha256:0", held[0].where)
    queue = [Waiting(held[-1], "norm-changed", fallen), Waiting(held[-2], "text-changed", fallen)]
    queue += [Waiting(one, "never") for one in held[:-2]]
    monkeypatch.setattr(signoff_page, "waiting", lambda: tuple(queue))
    page = body(client, f"/{lang}/rules/sign-off/?instrument={INSTRUMENT}")
    assert all(one in words_of(page) for one in said)
    assert {"en": "No rule has been signed off", "zh": "还没有一条规则经过复核"}[lang] not in words_of(page)
    assert queued(page)[:2] == [held[-1].id, held[-2].id]
    assert faults(page, lang) == []


@pytest.mark.parametrize(("lang", "signer", "written"), [("en", "甲", "zh"), ("zh", "Ada <Example>", "en")])
def test_a_name_in_other_letters_is_marked_as_such(
    client: Client, monkeypatch: pytest.MonkeyPatch, lang: str, signer: str, written: str
) -> None:
    norm = signoff_queue(site_corpus(), INSTRUMENT)[0].norm
    fallen = SignOff(signer, date(2026, 3, 3), "sha256:0", "sha256:0", norm.where)
    monkeypatch.setattr(signoff_page, "waiting", lambda: (Waiting(norm, "norm-changed", fallen),))
    page = body(client, f"/{lang}/rules/sign-off/")
    assert f'<bdi lang="{written}">{escape(signer)}</bdi>' in page
    assert faults(page, lang) == []


@pytest.mark.parametrize(("lang", "said"), [("en", "No rule is waiting"), ("zh", "没有等待复核的规则")])
def test_where_nothing_waits_the_page_says_why(client: Client, monkeypatch: pytest.MonkeyPatch, lang: str, said: str) -> None:
    everything: list[Any] = [replace(one, reviewed="A") for one in site_corpus().all_norms()]
    monkeypatch.setattr(signoff_page, "waiting", tuple)
    monkeypatch.setattr(signoff_page._Queue, "_norms", lambda self: everything)
    for end in ("", f"?instrument={INSTRUMENT}"):
        page = body(client, f"/{lang}/rules/sign-off/{end}")
        assert said in words_of(page)
        assert faults(page, lang) == []


@pytest.mark.parametrize(("lang", "said"), [("en", "There is no rule to sign off here."), ("zh", "这里没有需要复核的规则。")])
def test_an_instrument_without_rules_says_so(client: Client, lang: str, said: str) -> None:
    corpus = site_corpus()
    bare = next(
        one for one in corpus.instruments if not any(norm.instrument == one for norm in corpus.all_norms() if norm.active)
    )
    assert said in words_of(body(client, f"/{lang}/rules/sign-off/?instrument={bare}"))
