"""Two places side by side for one system; and an article as a whole, with what changed it and who sees it when."""

import html
import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.register.checks import open_check
from guiju.lookup import THEMES, place_of, theme_of
from guiju.subjects import read_dossier

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("hall.edition", "hall.pages", "portal.check.held", "rules.dates"):
        monkeypatch.setattr(f"guiju.institutions.{module}.site_today", lambda: date(2026, 11, 22))


def opened(name: str) -> str:
    return open_check(read_dossier(SAMPLES / f"{name}.yaml", site_corpus().vocabulary))[1]


def page_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_every_topic_of_the_corpus_has_one_theme() -> None:
    topics = [topic for found in THEMES.values() for topic in found]
    assert len(topics) == len(set(topics))
    for norm in site_corpus().all_norms():
        assert theme_of(norm.topic) in set(THEMES) - {"other"}, norm.id
    assert theme_of("a topic of somebody's own rules") == "other"


def test_two_places_stand_beside_each_other(client: Client) -> None:
    key = opened("companion-chat")
    page = page_of(client, f"/en/check/{key}/result/side-by-side")
    told = words(page)
    assert "European Union and Mainland China, side by side" in told
    assert "bdi" not in page.split("<title>")[1].split("</title>")[0]
    assert re.search(r"Matters in which both ask something: \d+; European Union alone: \d+; Mainland China alone: \d+\.", told)
    telling = page[page.index('id="theme-telling"') :]
    telling = words(telling[: telling.index("</section>")])
    assert "Both ask something." in telling
    assert "AI Act, Art. 50" in telling
    assert "两地并列" in words(page_of(client, f"/zh/check/{key}/result/side-by-side"))


def test_the_columns_hold_all_that_is_settled_and_nothing_twice(client: Client) -> None:
    from guiju.institutions.portal.check.held import held
    from guiju.institutions.portal.check.told import told

    key = opened("companion-chat")
    found = told(held(key), "en", date(2026, 11, 22), date(2026, 11, 22))
    groups = found.report.groups
    settled = [one for group in groups for band in group.bands for phase in band.phases for one in phase.duties]
    wanted = [one for one in settled if one.kind in ("duty", "right") and place_of(one.norm) in ("eu", "cn")]
    page = page_of(client, f"/en/check/{key}/result/side-by-side")
    sections = page[page.index('class="side"') :]
    assert len(re.findall(r"/result/duty\?", sections)) == len(wanted)


def test_a_measure_that_serves_both_is_named_once(client: Client, tmp_path: Path) -> None:
    """Training staff is asked of whoever uses a system, by the AI Act and by the ethics norms of 2021."""
    path = tmp_path / "user.yaml"
    path.write_text(
        "system: {id: desk}\n"
        "facts: {markets: {exactly: [EU, CN]}, infers_from_input: true, works_with_some_independence: true,\n"
        "  uses_under_own_authority: true, source_code_public: false}\n"
        "purposes: {exactly: [{id: sorting, facts: {reserved_for: ordinary_use}}]}\n"
        "parties: [{org: 'org:desk', facts: {established_in_eu: true}}]\n",
        encoding="utf-8",
    )
    key = open_check(read_dossier(path, site_corpus().vocabulary))[1]
    page = page_of(client, f"/en/check/{key}/result/side-by-side")
    once = words(page[page.index('id="once"') : page.index('class="side"')])
    assert "Done once, counted in both: 1" in once
    assert re.search(r"European Union AI Act, Art. 4.* Mainland China .*22", once)


def test_places_that_cannot_be_compared(client: Client) -> None:
    key = opened("cv-screening-eu")
    assert "does not have rules of two places" in words(page_of(client, f"/en/check/{key}/result/side-by-side", 404))
    assert "side-by-side" not in page_of(client, f"/en/check/{key}/result")
    both = opened("companion-chat")
    assert "no rules of “mars”" in words(page_of(client, f"/en/check/{both}/result/side-by-side?left=mars", 404))
    assert "two places" in words(page_of(client, f"/en/check/{both}/result/side-by-side?left=eu&right=eu", 404))
    turned = words(page_of(client, f"/en/check/{both}/result/side-by-side?left=cn&right=eu"))
    assert "Mainland China and European Union, side by side" in turned


def test_the_result_leads_there(client: Client) -> None:
    key = opened("companion-chat")
    assert f"/en/check/{key}/result/side-by-side" in page_of(client, f"/en/check/{key}/result")


def test_an_article_tells_what_changed_it_and_who_sees_it_when(client: Client) -> None:
    told = words(page_of(client, "/en/rules/eu/ai-act/6"))
    assert "What changed in the text 27 July 2026" in told
    assert "Inserted AI Act, Art. 6(1a)" in told
    assert "From which day, for whom" in told
    assert re.search(r"2 December 2027 +2 August 2026 +still to come", told)
    assert re.search(r"2 August 2028 +2 August 2027 +still to come", told)
    assert "has begun" in words(page_of(client, "/en/rules/eu/ai-act/6?on=2028-08-02"))


def test_what_was_there_before_is_told_on_the_article(client: Client) -> None:
    told = words(page_of(client, "/en/rules/eu/ai-act/50"))
    assert "What was there before has rules of its own" in told
    assert "AI Act, Art. 111(4)" in told


def test_a_change_that_was_not_published_yet_is_not_told(client: Client) -> None:
    told = words(page_of(client, "/en/rules/eu/ai-act/6?on=2026-07-01&known=2026-07-01"))
    assert "What changed in the text" not in told
    coming = words(page_of(client, "/en/rules/eu/ai-act/6?on=2026-07-25&known=2026-07-25"))
    assert "the event that will change it" in coming


def test_a_single_paragraph_has_no_part_about_the_whole_article(client: Client) -> None:
    assert "From which day, for whom" not in words(page_of(client, "/en/rules/eu/ai-act/50.2"))
