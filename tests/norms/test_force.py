"""Who a text binds, and by what path (language, section 7)."""

import pytest
from tests.norms import small
from tests.norms.small import corpus, law_on, program, results, row

from guiju.logic import Truth
from guiju.norms import Evaluation, force_of

SOFT = """
- {id: xx/guide/1, bearer: {each: [xx.maker]}, require: done_that}
"""
PARTY = [{"makes_it": True}]


def binding(rules, norm="xx/guide/1", **facts):
    found = row(results(rules, **{"parties": PARTY, **facts}), norm).force
    return found.force, [(step.how, step.by) for step in found.path]


def test_a_law_binds_by_itself_and_a_guide_does_not():
    rules = program(SOFT + "- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this}\n")
    assert binding(rules, "xx/act/2") == ("hard", [("instrument", "xx/act")])
    assert binding(rules) == ("soft", [])


@pytest.mark.parametrize("modality", ["encouragement", "best_efforts"])
def test_encouragement_is_soft_also_inside_a_statute(modality):
    rules = program(f"- {{id: xx/act/2, modality: {modality}, bearer: {{each: [xx.maker]}}, require: done_this}}\n")
    assert binding(rules, "xx/act/2") == ("soft", [("asks", "xx/act")])


REQUIRED = (
    SOFT
    + """
- {id: xx/act/2, bearer: {each: [xx.maker]}, when: a, require: done_this, binds: [{to: xx/guide, basis: required, when: b}]}
"""
)


@pytest.mark.parametrize(
    ("facts", "force"),
    [
        ({"a": True, "b": True}, "hardened"),
        ({"a": True}, "unknown"),
        ({"b": True}, "unknown"),
        ({"a": False}, "soft"),
        ({"a": True, "b": False}, "soft"),
    ],
)
def test_a_law_that_applies_hardens_what_it_names(facts, force):
    assert binding(program(REQUIRED), system=facts)[0] == force


def test_the_path_says_how():
    assert binding(program(REQUIRED), system={"a": True, "b": True})[1] == [("required", "xx/act/2"), ("instrument", "xx/act")]


def test_a_law_that_does_not_apply_yet_hardens_nothing():
    assert binding(program(REQUIRED, on="2020-01-15"), system={"a": True, "b": True}) == ("soft", [])


def test_only_for_the_bearer_whom_the_law_binds():
    found = results(program(REQUIRED), system={"a": True, "b": True}, parties=[{"makes_it": True}, {"makes_it": False}])
    assert [row(found, "xx/guide/1", number).force.force for number in (0, 1)] == ["hardened", "soft"]


def test_two_soft_texts_harden_nothing():
    """The least fixed point: neither has force to lend."""
    rules = program("""
    - {id: xx/guide/1, bearer: {each: [xx.maker]}, require: done_that, binds: [{to: xx/guide/2, basis: required}]}
    - {id: xx/guide/2, bearer: {each: [xx.maker]}, require: done_this, binds: [{to: xx/guide/1, basis: required}]}
    """)
    assert binding(rules) == ("soft", [])
    assert binding(rules, "xx/guide/2") == ("soft", [])


def test_force_runs_along_a_chain_that_begins_in_law():
    rules = program("""
    - {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this, binds: [{to: xx/guide/2, basis: required}]}
    - {id: xx/guide/1, bearer: {each: [xx.maker]}, require: done_that, binds: [{to: xx/guide/2, basis: required}]}
    - {id: xx/guide/2, bearer: {each: [xx.maker]}, require: done_this, binds: [{to: xx/guide/1, basis: contract}]}
    """)
    assert binding(rules) == ("hardened", [("contract", "xx/guide/2"), ("required", "xx/act/2"), ("instrument", "xx/act")])


def test_bare_citation_never_hardens():
    rules = program(
        SOFT
        + """
- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this, refers: [{to: xx/guide/1, how: dynamic, role: requires}]}
"""
    )
    assert binding(rules) == ("soft", [])


PRACTICE = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, when: a, require: done_this,
   in_practice: [{yardstick: xx/guide, by: xx.office, source: filing practice, checked: secondary}]}
"""


@pytest.mark.parametrize(("facts", "force"), [({"a": True}, "expected"), ({"a": False}, "soft"), ({}, "unknown")])
def test_a_yardstick_is_expected_where_the_norm_applies(facts, force):
    found = row(results(program(SOFT + PRACTICE), system=facts, parties=PARTY), "xx/guide/1").force
    assert found.force == force
    if force == "expected":
        assert [(step.how, step.by, step.source, step.checked) for step in found.path] == [
            ("practice", "xx/act/2", "filing practice", "secondary")
        ]


def test_hardened_is_more_than_expected():
    rules = program(
        SOFT
        + PRACTICE
        + "- {id: xx/act/3, bearer: {each: [xx.maker]}, require: done_this, binds: [{to: xx/guide, basis: required}]}\n"
    )
    assert binding(rules, system={"a": True})[0] == "hardened"


# -- a declaration hardens one edition for one product only ---------------------------------------------------------------------

PRODUCTS = """
  as_service: {kind: relation, object: product, to: service}
  product: {kind: relation, object: service, to: product}
"""
DECLARED = """
- {id: xx/guide/1, about: product, bearer: {each: [xx.maker]}, require: done_that}
- {id: xx/guide/2, about: product, bearer: {each: [xx.maker]}, require: done_that}
- id: xx/act/2
  about: product
  bearer: {each: [xx.maker]}
  require: done_this
  binds: [{to: declared_standards, basis: declared}]
"""


@pytest.mark.parametrize(
    ("declared", "closed", "forces"),
    [
        (["xx/guide/1"], True, ["hardened", "soft"]),
        (["xx/guide/1"], False, ["hardened", "unknown"]),
        (["xx/guide"], True, ["hardened", "hardened"]),
        ([], True, ["soft", "soft"]),
        ([], False, ["unknown", "unknown"]),
    ],
)
def test_a_declaration_hardens_the_edition_declared(declared, closed, forces):
    rules = program(DECLARED, names=PRODUCTS)
    world = small.world(rules.corpus, parties=PARTY)
    product = world.of_kind("product")[0]
    for edition in declared:
        world.link(world.add(small.Thing("standard", edition)), "of_product", product)
    if closed:
        product.closed.add("declared_standards")
    evaluation, party = Evaluation(rules, world), world.of_kind("party")[0]
    assert [force_of(evaluation, rules.norms[f"xx/guide/{n}"], product, party).force for n in (1, 2)] == forces


def test_the_chat_product_and_the_standard_it_declares():
    """Provision 24: hardened for the product that declares it, not for the other."""
    rules = law_on("2026-11-21")
    firm = {"actor_kind": "private_company", "provides_service": True}
    facts = {"system": {"markets": {"CN"}}, "parties": [firm], "closed": ("parties",)}
    world = small.world(rules.corpus, **facts)
    product, party = world.of_kind("product")[0], world.of_kind("party")[0]
    other = world.add(small.Thing("product", "other"))
    for one in (product, other):
        one.closed.add("declared_standards")
    world.link(world.add(small.Thing("standard", "cn/gbt-45654-2025")), "of_product", product)
    evaluation = Evaluation(rules, world)
    norm = rules.norms["cn/gbt-45654-2025/keyword-library"]
    service = world.of_kind("service")[0]
    assert evaluation.in_scope(rules.norms["cn/standardization-law/27.2"], product, party) is Truth.TRUE
    assert force_of(evaluation, norm, service, party).force == "hardened"
    product.rows["declared_standards"].clear()
    assert force_of(Evaluation(rules, world), norm, service, party).force != "hardened"


def test_kinds_of_text_that_bind():
    assert [kind.id for kind in corpus(SOFT).kinds.values() if kind.hard] == ["law"]
