"""What the pages of rules must show a person, whatever their words are."""

from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

LANGUAGES = ("zh", "en")


def text_of(client: Client, address: str) -> str:
    found = client.get(address)
    assert found.status_code == 200, address
    return found.content.decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_exceptions_stand_under_the_condition(client: Client, lang: str) -> None:
    text = text_of(client, f"/{lang}/rules/eu/ai-act/50.2")
    conditions = re.findall(r'<div class="condition">(.*?)</section>', text, re.DOTALL)
    assert len(conditions) == 1
    before, _, exceptions = conditions[0].partition('<div class="exceptions">')
    assert '<ul class="tree">' in before
    assert exceptions.count("50") >= 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_norm_shows_its_source_before_anything_that_rests_on_it(client: Client, lang: str) -> None:
    text = text_of(client, f"/{lang}/rules/eu/ai-act/50.2")
    chip, first = text.index('class="chip"'), text.index('class="rule-part')
    assert chip < first
    assert "eur-lex.europa.eu" in text[chip:first]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_instrument_lists_every_chapter_with_what_is_here_of_it(client: Client, lang: str) -> None:
    text = text_of(client, f"/{lang}/rules/eu/ai-act")
    rows = re.findall(r'<tr role="row"><td.*?</tr>', text, re.DOTALL)
    assert len(rows) == 17
    linked = set(re.findall(r'href="#(part-[a-z0-9-]+)"', text))
    folds = set(re.findall(r'<details class="part" id="(part-[a-z0-9-]+)"', text))
    assert linked == folds
    assert "part-chapter-vi" in folds


def test_a_short_instrument_is_read_without_opening_folds(client: Client) -> None:
    text = text_of(client, "/en/rules/cn/labelling-measures")
    assert text.count('<details class="part"') == text.count(" open><summary><h3>")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_of_rules_has_one_search_box(client: Client, lang: str) -> None:
    assert text_of(client, f"/{lang}/rules/").count('type="search"') == 1
    assert text_of(client, f"/{lang}/rules/terms/").count('class="find"') == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_conditions_of_a_term_can_be_opened(client: Client, lang: str) -> None:
    text = text_of(client, f"/{lang}/rules/terms/eu.provider")
    first = text[text.index('class="condition"') :]
    assert f'href="/{lang}/rules/terms/' in first[: first.index("</div>")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_footer_leads_to_what_is_not_covered_contact_and_source(client: Client, lang: str) -> None:
    about = text_of(client, f"/{lang}/about/this-house")
    for part in ("covered", "contact", "source"):
        assert f'href="/{lang}/about/this-house#{part}"' in about
        assert f'id="{part}"' in about


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_method_that_is_not_taken_gets_a_page(client: Client, lang: str) -> None:
    refused = client.post(f"/{lang}/rules/calendar")
    assert refused.status_code == 405
    assert "GET" in refused.headers["Allow"]
    assert "<h1>" in refused.content.decode()
