"""What every norm of the built-in corpus must have (language, section 6)."""

import re

import pytest
from tests.norms import rewriting
from tests.norms.reference import written_norms

from guiju.norms import builtin
from guiju.norms.check import conditions
from guiju.norms.model import CHECKED_AGAINST

NORMS = list(builtin().all_norms())
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PHASES = {"before", "during", "after"}


UNREAD = {
    "base_model_named": "read off model cards; who becomes provider by changing a model is left out of 3.3#model",
}
"""Names that no norm, event or scheme reads, and why they are there."""


def lacking(test):
    return [f"{norm.id} ({norm.where})" for norm in NORMS if not test(norm)]


@pytest.mark.parametrize("what", ["summary", "pinpoint"])
def test_in_both_languages(what):
    assert lacking(lambda norm: set(getattr(norm, what)) == {"zh", "en"} and all(getattr(norm, what).values())) == []


def test_each_language_is_itself():
    assert lacking(lambda norm: CHINESE.search(norm.summary["zh"]) and not CHINESE.search(norm.summary["en"])) == []


def test_what_is_left_out_is_said_in_both_languages():
    assert (
        lacking(lambda norm: (norm.encoded == "partly") is bool(norm.left_out) and set(norm.left_out) in ({"zh", "en"}, set()))
        == []
    )


def test_how_each_norm_was_checked_is_written_and_not_assumed():
    missing = [key for key, norm in written_norms().items() if norm.get("checked", {}).get("against") not in CHECKED_AGAINST]
    assert missing == []


def test_what_rests_on_more_than_memory_names_its_source():
    assert lacking(lambda norm: norm.checked.against == "memory" or norm.checked.source) == []


def test_who_wrote_it_and_when_in_the_life_of_a_system_it_matters():
    assert lacking(lambda norm: norm.encoded_by and norm.phase in PHASES and norm.topic) == []


def test_every_exception_has_its_clause():
    clauses = [(norm.id, one.at) for norm in NORMS for one in norm.unless]
    assert [pair for pair in clauses if pair[1].split("/")[:2] != pair[0].split("/")[:2] and "/" not in pair[1]] == []
    assert all(at.startswith(norm.split("/")[0] + "/") for norm, at in clauses)


def test_every_declared_name_is_read_somewhere():
    """A name that no norm, event or scheme reads is a question asked for nothing."""
    corpus = builtin()
    text = " ".join(text for _, files in rewriting.builtin_books() for shown, text in files if "vocabulary" not in shown)
    used = set(re.findall(r"[A-Za-z_][\w]*(?:\.[a-z_][\w]*)*", text))
    parts = {part for name in used for part in (name, *name.split("."), ".".join(name.split(".")[-2:]))}
    unused = [entry.name for entry in corpus.vocabulary.entries() if entry.kind != "relation" and entry.name not in parts]
    assert sorted(unused) == sorted(UNREAD)


@pytest.mark.parametrize("kind", ["fact", "measure", "event", "position", "judgement"])
def test_every_question_is_asked_in_both_languages_with_help(kind):
    bare = [
        entry.name
        for entry in builtin().vocabulary.entries()
        if entry.kind == kind
        and not (set(entry.ask) == {"zh", "en"} and set(entry.help) in ({"zh", "en"}, set()) and entry.needed_by)
    ]
    assert bare == []


def test_every_judgement_has_criteria():
    bare = [
        entry.name
        for entry in builtin().vocabulary.entries()
        if entry.kind == "judgement" and set(entry.criteria) != {"zh", "en"}
    ]
    assert bare == []


def test_every_member_of_a_set_has_a_label_in_both_languages():
    bare = []
    for entry in builtin().vocabulary.entries():
        members = getattr(entry.type, "members", ())
        if set(members) != set(entry.members) or any(set(label) != {"zh", "en"} for label in entry.members.values()):
            bare.append(entry.name)
    assert bare == []


def test_every_term_is_made_by_some_norm():
    """A term that no norm makes is never true: a role nobody can have."""
    made = {term for norm in NORMS for term in norm.makes}
    assert [entry.name for entry in builtin().vocabulary.entries() if entry.kind == "term" and entry.name not in made] == []


def test_every_condition_is_a_condition_of_something():
    assert sum(1 for norm in NORMS for _ in conditions(norm)) > len(NORMS)


def test_a_contract_can_bind_to_every_standard_held():
    contract = next(norm for norm in builtin().all_norms() if norm.id == "cn/civil-code/509.1")
    soft = ("recommended-standard", "practice-guide")
    held = {one.id for one in builtin().instruments.values() if one.territory.startswith("CN") and one.kind in soft}
    assert {to for bind in contract.binds for to in bind.to} == held
