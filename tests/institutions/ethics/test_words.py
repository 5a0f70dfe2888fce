"""Whatever rules the house ships can be worked with: each fact, choice and outcome has its words, each paper its clause."""

from datetime import UTC, datetime

import pytest

from guiju.institutions.ethics.paper_items import items_for, kinds
from guiju.institutions.ethics.views.step_forms import WORKED_OUT
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.receipts import moment_in_words
from guiju.institutions.people.bodies import POSTS
from guiju.logic import EnumType
from guiju.procedure import MEETING, builtin_rules, rules_named
from guiju.wording import LANGUAGES, codes


def wanted(name: str) -> set[str]:
    rules = rules_named(name, site_corpus())
    found = {f"ethics.outcome-{one}" for step in rules.steps.values() for one in (*step.outcomes, *rules.motions)}
    for step in rules.steps.values():
        for fact in set(step.gives) - WORKED_OUT:
            kind = rules.facts.get(fact) or rules.said.get(fact)
            if step.name in MEETING or kind is None:
                continue
            found |= {f"ethics.fact-{fact}", f"ethics.fact-{fact}-help"}
            found |= {f"ethics.value-{one}" for one in kind.members} if isinstance(kind, EnumType) else set()
    return found


@pytest.mark.parametrize("name", builtin_rules())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_that_a_step_asks_or_ends_in_has_its_words(name: str, lang: str) -> None:
    assert wanted(name) - set(codes(lang)) == set()


@pytest.mark.parametrize("name", builtin_rules())
def test_the_clock_by_which_a_committee_goes_has_a_name(name: str) -> None:
    place = rules_named(name, site_corpus()).place
    for lang in LANGUAGES:
        assert place not in moment_in_words(datetime(2026, 11, 23, 9, tzinfo=UTC), lang, place)


@pytest.mark.parametrize("name", builtin_rules())
def test_every_post_of_the_rules_can_be_offered(name: str) -> None:
    assert set(rules_named(name, site_corpus()).posts) <= set(POSTS)


@pytest.mark.parametrize("name", builtin_rules())
@pytest.mark.parametrize("kind", kinds())
def test_the_papers_of_an_application_rest_on_clauses_that_there_are(name: str, kind: str) -> None:
    items = items_for(name, kind)
    assert len({one.id for one in items}) == len(items) >= 3
    assert {one.norm for one in items} - {""} <= site_corpus().norms.keys()
