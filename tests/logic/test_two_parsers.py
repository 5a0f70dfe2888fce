"""Two parsers, one tree: ours and an independent CEL implementation (docs/language.md, sections 1 and 10)."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies.logic import conditions, vocabularies

from guiju.logic import ExpressionError, parse, show

pytest.importorskip("cel_expr_python", reason="no cel-expr-python here: the two parsers were not compared")

from cel_expr_python import cel
from tests.logic.cel_tree import our_tree, tree_by_cel

CORPUS = Path(__file__).resolve().parents[2] / "src" / "guiju" / "corpus"
CONDITION_FIELDS = {"when", "require", "forbid", "permits", "for"}

EXAMPLES = """
put_own_name
domain == "employment"
domain in ["credit", "health"]
"EU" in markets
training_compute >= 1e25
training_compute >= 3.0e24
3 * votes_for >= 2 * members_present
log_retention >= months(6)
placed_on_market < date_of("eu/ai-act/113.c")
model.training_compute >= 1e25
earlier.eu.high_risk
some(purposes, domain == "credit")
every(member_categories, represented)
applies("eu/ai-act/6.2") && !fulfilled("eu/ai-act/9") || breached("eu/ai-act/26")
cn.genai_public_service && cn.opinion_or_mobilisation
corpus_manual_sample >= 4000 && corpus_manual_pass_rate >= 0.96
eu.narrow_procedural_task || eu.improves_completed_activity || eu.pattern_detection_with_review || eu.preparatory_task
outputs_marked_machine_readable && outputs_detectable
eu.generates_synthetic_content && placed_on_market < date("2026-08-02")
eu.high_risk && !eu.initial_provider && (put_own_name || eu.substantial_modification && earlier.eu.high_risk || changed_purpose && !earlier.eu.high_risk)
eu.initial_provider && some(system.parties, eu.successor_provider)
developed_or_commissioned && placed_under_own_name
implicit_label_found && metadata_label == "generated"
!implicit_label_found && user_declares_generated
explicit_label_omitted && user_asked_for_unlabelled
recipient_log_retention >= months(6)
members_present >= 5 && every(member_categories, represented)
automated_decision && cn.major_effect_on_rights
every(declared_standards, requirements_met)
served_until - days(10) >= placed_on_market + months(6)
a - (b - c) - 2 * (d + 1) != 0.5 + e
!(a && b) || !(c == "x") || !(!d)
(a || b) && (c || d && (e || f))
true || !(false)
""".strip().splitlines()  # noqa: E501


def conditions_of_corpus() -> list[str]:
    found: set[str] = set()

    def collect(node: object) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                if key in CONDITION_FIELDS and isinstance(value, str):
                    found.add(value)
                collect(value)
        elif isinstance(node, list):
            for item in node:
                collect(item)

    for path in sorted(CORPUS.rglob("*.yaml")):
        if path.name.startswith("vocabulary"):
            continue  # names only
        collect(yaml.safe_load(path.read_text(encoding="utf-8")))
    return sorted(found)


@pytest.mark.parametrize("written", EXAMPLES)
def test_the_examples_of_the_language(written):
    expr = parse(written)
    assert tree_by_cel(written) == our_tree(expr)
    assert tree_by_cel(show(expr)) == our_tree(expr)


def test_every_condition_of_the_corpus():
    written = conditions_of_corpus()
    different = [text for text in written if not tree_by_cel(text) == tree_by_cel(show(parse(text))) == our_tree(parse(text))]
    assert different == []


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_generated_conditions(data):
    expr = data.draw(conditions(data.draw(vocabularies())))
    assert tree_by_cel(show(expr)) == our_tree(expr)


@pytest.mark.parametrize("written", ["!!a", "a == true", "a ? b : c", "0x1F > a", "has(a.b)", "a.exists(x, x)", "size(a) > 1"])
def test_cel_takes_more_than_we_do(written):
    assert cel.NewEnv(variables=dict.fromkeys("abc", cel.Type.DYN)).compile(written)
    with pytest.raises(ExpressionError):
        parse(written)
