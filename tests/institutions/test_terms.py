"""Definitions, pages of names, and two terms beside each other."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.institutions.page_words import faults

from guiju.calendars import fixed
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.rules.comparing import Compared, beside, peers
from guiju.logic import parse
from guiju.lookup import Facts
from guiju.norms import Declared, Norm
from guiju.wording import codes

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
LANGS = ("zh", "en")


def body(client: Client, address: str, status: int = 200) -> str:
    with fixed(TODAY):
        response = client.get(address)
    assert response.status_code == status, address
    return str(response.content.decode())


# -- list -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_pages_ask_the_database_nothing(client: Client, lang: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        for end in ("", "?q=provider", "?kind=measure&page=2", "eu.provider", "markets"):
            body(client, f"/{lang}/rules/terms/{end}")


def test_every_term_stands_in_the_list_under_the_law_that_makes_it(client: Client) -> None:
    page = body(client, "/en/rules/terms/")
    terms = [one.name for one in site_corpus().vocabulary.entries() if one.kind == "term"]
    assert f"<h1>{len(terms)} terms that the laws define</h1>" in page
    assert all(f'href="/en/rules/terms/{name}"' in page for name in terms)


@pytest.mark.parametrize(("lang", "typed"), [("zh", "部署者"), ("en", "deployer"), ("zh", "deployer")])
def test_search_finds_a_term_in_either_language(client: Client, lang: str, typed: str) -> None:
    assert f'href="/{lang}/rules/terms/eu.deployer"' in body(client, f"/{lang}/rules/terms/?q={typed}")


def test_search_that_finds_nothing_says_so(client: Client) -> None:
    assert "no definition found" in body(client, "/en/rules/terms/?q=zzqqxx")


@pytest.mark.parametrize("query", ["kind=verdict", "place=atlantis"])
def test_filter_that_there_is_not_is_refused(client: Client, query: str) -> None:
    body(client, f"/en/rules/terms/?{query}", 400)


@pytest.mark.parametrize("page", ["0", "-1", "many", "99999999999"])
def test_page_that_there_is_not_becomes_one_that_there_is(client: Client, page: str) -> None:
    body(client, f"/en/rules/terms/?kind=measure&page={page}")


# -- one name -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_every_name_has_a_page(client: Client, lang: str) -> None:
    found = []
    for one in site_corpus().vocabulary.entries():
        page = body(client, f"/{lang}/rules/terms/{one.name}")
        assert "<h1>" in page
        found += [f"{one.name}: {fault}" for fault in faults(page, lang)]
    assert not found, "\n".join(found[:30])


def test_title_says_whose_definition_it_is(client: Client) -> None:
    assert "<h1>AI Act: what “provider” means</h1>" in body(client, "/en/rules/terms/eu.provider")


@pytest.mark.parametrize(
    ("lang", "name", "title"),
    [
        ("en", "competent_oversight_assigned", "Asked by AI Act: "),
        ("zh", "competent_oversight_assigned", "《欧盟人工智能法》要弄清的："),
        ("en", "markets", "Asked by "),
    ],
)
def test_title_of_what_is_asked_says_who_asks_it(client: Client, lang: str, name: str, title: str) -> None:
    assert f"<title>{title}" in body(client, f"/{lang}/rules/terms/{name}")


def test_term_links_to_the_norms_that_make_it_and_use_it(client: Client) -> None:
    page = body(client, "/en/rules/terms/eu.provider")
    assert 'href="/en/rules/eu/ai-act/3.3"' in page
    assert 'href="/en/rules/eu/ai-act/25.1"' in page
    assert 'href="/en/rules/eu/ai-act/16' in page


def test_name_that_there_is_not_is_not_found_and_a_near_one_is_shown(client: Client) -> None:
    page = body(client, "/en/rules/terms/eu.providr", 404)
    assert "eu.provider" in page
    body(client, "/en/rules/terms/eu.provider?with=eu.none", 404)


def test_former_name_leads_to_the_present_one(client: Client) -> None:
    former = [(alias, one.name) for one in site_corpus().vocabulary.entries() for alias in one.aliases]
    for alias, name in former:
        assert client.get(f"/en/rules/terms/{alias}")["Location"] == f"/en/rules/terms/{name}"


# -- beside each other ----------------------------------------------------------------------------------------------------------


def compared(first: str, second: str) -> Compared:
    """Two terms about a system, each made by one norm with such a condition."""
    facts = _facts({"eu.union_nexus": [first], "kr.generative_ai": [second]})
    declared = facts.corpus.vocabulary.declared
    return beside(facts, declared["eu.union_nexus"], declared["kr.generative_ai"])


def _facts(conditions: dict[str, list[str]]) -> Facts:
    facts = Facts(site_corpus(), TODAY, TODAY)
    made: dict[str, list[Norm]] = {}
    for name, written in conditions.items():
        maker = facts.makers(name)[0]
        made[name] = [replace(maker, when=parse(one), unless=(), cases=(), encoded="whole") for one in written]
    facts.enders = lambda term: []  # type: ignore[method-assign]
    facts.makers = lambda term: made[term]  # type: ignore[method-assign]
    return facts


def test_the_same_conditions_in_another_order_are_the_same() -> None:
    assert compared("a && b", "b && a").verdict == "same"


def test_more_conditions_ask_more() -> None:
    found = compared("a && b", "a && b && c")
    assert (found.verdict, found.mode) == ("second-asks-more", "all")
    assert found.second == (parse("c"),)
    assert compared("a && b && c", "a").verdict == "first-asks-more"


def test_more_alternatives_are_wider() -> None:
    found = compared("a || b", "a || b || c")
    assert (found.verdict, found.mode) == ("second-wider", "one")


def test_parts_on_both_sides_mean_that_neither_contains_the_other() -> None:
    found = compared("a && b", "a && c")
    assert found.verdict == "neither"
    assert (found.shared, found.first, found.second) == ((parse("a"),), (parse("b"),), (parse("c"),))


def test_the_same_fact_asked_otherwise_is_told_apart() -> None:
    found = compared('a && b == "x"', 'a && b == "y"')
    assert found.differently == ((parse('b == "x"'), parse('b == "y"')),)
    assert found.verdict == "neither"


def test_conditions_without_a_common_fact_cannot_be_compared() -> None:
    assert compared("a", "b").reason == "nothing-shared"


def test_a_conjunction_beside_alternatives_claims_nothing_of_width() -> None:
    assert compared("a && b", "a || b").verdict == "neither"


def test_where_something_is_left_out_or_may_end_no_verdict_is_given() -> None:
    facts = _facts({"eu.union_nexus": ["a"], "kr.generative_ai": ["a && b"]})
    declared = facts.corpus.vocabulary.declared
    pair = (declared["eu.union_nexus"], declared["kr.generative_ai"])
    assert beside(facts, *pair).verdict == "second-asks-more"
    facts.enders = facts.makers  # type: ignore[method-assign]
    assert beside(facts, *pair).ends
    assert beside(facts, *pair).verdict == "neither"


def test_terms_of_different_things_cannot_be_compared() -> None:
    facts = Facts(site_corpus(), TODAY, TODAY)
    declared = facts.corpus.vocabulary.declared
    assert beside(facts, declared["eu.provider"], declared["eu.ai_system"]).reason == "kinds"


def test_term_with_several_outcomes_cannot_be_compared(client: Client) -> None:
    facts = Facts(site_corpus(), TODAY, TODAY)
    declared = facts.corpus.vocabulary.declared
    assert beside(facts, declared["cn.label_tier"], declared["eu.deep_fake"]).reason == "outcomes"
    assert "cannot be compared in words" in body(client, "/en/rules/terms/cn.label_tier?with=eu.deep_fake")


def test_same_concept_and_same_label_make_peers() -> None:
    facts = Facts(site_corpus(), TODAY, TODAY)
    assert set(peers(facts)["kr.high_impact"]) == {"eu.high_risk"}
    assert "eu.ai_system" not in peers(facts)
    vocabulary = facts.corpus.vocabulary
    here = vocabulary.declared["kr.ai_business_operator"]
    there = _renamed(vocabulary.declared["eu.ai_system"], here)
    changed = replace(vocabulary, declared={**vocabulary.declared, there.name: there})
    facts = Facts(replace(facts.corpus, vocabulary=changed), TODAY, TODAY)
    assert "eu.ai_system" in peers(facts)["kr.ai_business_operator"]
    assert peers(facts)["eu.ai_system"] == ("kr.ai_business_operator",)


def _concepts() -> dict[str, list[Declared]]:
    found: dict[str, list[Declared]] = {}
    for one in site_corpus().vocabulary.entries():
        if one.concept:
            found.setdefault(one.concept, []).append(one)
    return {concept: terms for concept, terms in found.items() if len(terms) > 1}


def test_every_shared_concept_is_told_in_words_in_both_languages() -> None:
    assert len(_concepts()) >= 12
    for concept in _concepts():
        for part in ("name", "who", "what", "thresholds", "exclusions"):
            assert f"terms.concept-{concept}-{part}" in codes("en"), concept
            assert f"terms.concept-{concept}-{part}" in codes("zh"), concept


def test_counterparts_are_terms_of_different_instruments() -> None:
    facts = Facts(site_corpus(), TODAY, TODAY)
    for concept, terms in _concepts().items():
        assert {one.kind for one in terms} == {"term"}
        homes = [frozenset(norm.instrument for norm in facts.makers(one.name)) for one in terms]
        assert all(homes), concept
        assert len(set(homes)) > 1, concept


@pytest.mark.parametrize("lang", LANGS)
def test_page_of_a_term_tells_its_counterparts_and_in_what_they_differ(client: Client, lang: str) -> None:
    page = body(client, f"/{lang}/rules/terms/cn.genai_technology")
    assert 'id="counterparts"' in page
    for other in ("kr.generative_ai", "eu.generates_synthetic_content", "cn.deep_synthesis_technology"):
        assert f'href="/{lang}/rules/terms/{other}"' in page
        assert f'href="/{lang}/rules/terms/cn.genai_technology?with={other}#beside"' in page
    told = {"en": ("not the same", "program code", "Thresholds"), "zh": ("并不相同", "程序代码", "门槛")}[lang]
    assert all(one in page for one in told)
    assert 'id="counterparts"' not in body(client, f"/{lang}/rules/terms/eu.ai_system")


def test_of_many_counterparts_one_at_a_time_is_put_beside(client: Client) -> None:
    assert 'class="compared"' not in body(client, "/en/rules/terms/eu.provider")
    assert body(client, "/en/rules/terms/eu.provider?with=cn.genai_provider").count('class="compared"') == 1
    assert body(client, "/en/rules/terms/kr.high_impact").count('class="compared"') == 1


def _renamed(one: Declared, other: Declared) -> Declared:
    """With the label of the other, but for what stands in brackets."""
    return replace(one, label={"zh": other.label["zh"].split("（")[0], "en": other.label["en"].split(" (")[0].upper()})


@pytest.mark.parametrize("lang", LANGS)
def test_chosen_pair_is_shown_side_by_side(client: Client, lang: str) -> None:
    page = body(client, f"/{lang}/rules/terms/eu.importer?with=eu.distributor")
    assert 'class="compared"' in page
    assert 'class="columns"' in page
