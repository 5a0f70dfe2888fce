"""Every real model card gets an answer: no error, no "no" out of silence, every proposed fact at its line, and cards that
differ in a fact which a rule reads are answered differently."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from guiju.assess import Assessment, assess, to_json
from guiju.logic import Truth, names
from guiju.norms import Corpus, builtin
from guiju.norms.check import conditions
from guiju.subjects import Dossier, read_subject

pytestmark = pytest.mark.data

ON = date(2026, 11, 21)

CARDS, WITH_FRONT_MATTER = 26, 16
"""Cards of the folder, and those that begin with front matter; a change of the folder should be noticed."""


def cards(data_dir: Path) -> list[Path]:
    """The real cards, with front matter and without."""
    return sorted((data_dir / "model-cards").glob("*.md"))


@cache
def answered(path: Path) -> Assessment:
    corpus = builtin()
    return assess(read_subject(path, corpus.vocabulary), corpus, ON, ON)


def facts_of(dossier: Dossier) -> dict[str, str]:
    """What the card was read to say, by name."""
    return {one.name: str(one.thing.given[one.name].value) for one in dossier.proposals}


def read_by_rules(corpus: Corpus) -> set[str]:
    """Names that some norm's condition reads."""
    paths = {path for norm in corpus.all_norms() for expr in conditions(norm) for path in names(expr)}
    return {path.rsplit(".", 1)[-1] if "model." in path else path for path in paths}


def answers_of(assessment: Assessment) -> dict[str, Any]:
    """Every row's answer and what it hangs on; nothing that merely repeats the card."""
    return {
        f"{row['norm']} {row['about']}": (
            row["in_scope"],
            row["status"],
            row["met"],
            sorted(each["name"] for each in row["missing"]),
        )
        for row in to_json(assessment, everything=True)["duties"]
    }


def test_there_are_as_many_cards_as_were_looked_at(data_dir: Path) -> None:
    found = cards(data_dir)
    with_matter = [path for path in found if path.read_text(encoding="utf-8-sig").startswith("---")]
    assert (len(found), len(with_matter)) == (CARDS, WITH_FRONT_MATTER)


def test_each_card_is_answered_without_error(data_dir: Path) -> None:
    builtin()
    for path in cards(data_dir):
        document = to_json(answered(path))
        assert document["subject"]["kind"] == "model", path.name
        assert json.loads(json.dumps(document)) == document, path.name


def test_every_card_lets_one_propose_something(data_dir: Path) -> None:
    """None of the cards of the folder is refused, and none says nothing."""
    corpus = builtin()
    for path in cards(data_dir):
        assert read_subject(path, corpus.vocabulary).proposals, path.name


def test_each_proposed_fact_stands_at_its_line(data_dir: Path) -> None:
    corpus = builtin()
    seen = 0
    for path in cards(data_dir):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        for one in read_subject(path, corpus.vocabulary).proposals:
            seen += 1
            assert one.excerpt.strip()[:20] in lines[one.line - 1], (path.name, one)
            assert one.data is not False, (path.name, one)
    assert seen > 5 * CARDS


def test_no_no_rests_on_silence(data_dir: Path) -> None:
    """Every "does not apply" of a card has a ground that the card itself gave."""
    builtin()
    for path in cards(data_dir):
        found = answered(path)
        for row in found.rows:
            if row.in_scope is Truth.FALSE:
                assert any(reason.given is not None for reason in row.because), (path.name, row.norm.id)


@cache
def known(path: Path) -> tuple[dict[str, str], dict[str, Any]]:
    """What the card was read to say, and what is answered."""
    found = answered(path)
    return facts_of(found.dossier), answers_of(found)


def pairs(data_dir: Path) -> Iterator[tuple[str, str, dict[str, str], dict[str, str], bool]]:
    relevant = read_by_rules(builtin())
    read = [(path.name, *known(path)) for path in cards(data_dir)]
    for (left, facts, answers), (right, other_facts, other_answers) in itertools.combinations(read, 2):
        mine = {name: value for name, value in facts.items() if name in relevant}
        theirs = {name: value for name, value in other_facts.items() if name in relevant}
        yield left, right, mine, theirs, answers == other_answers


def test_cards_alike_in_what_rules_read_are_answered_alike(data_dir: Path) -> None:
    alike = [(left, right) for left, right, mine, theirs, same in pairs(data_dir) if mine == theirs and not same]
    assert alike == []


UNCHANGED = {
    "model_input_modalities": "rules ask for it beside the training compute, which no card states: they stay open either way",
    "model_output_modalities": "the same",
    "licence_name": "licences that do not settle whether the model is free and open-source leave Article 53(2) open alike",
}
"""Why cards that differ in these alone may be answered alike. Of models for one task nothing hangs on any of their facts:
they are no general-purpose models, whatever their licence, architecture or weights."""

SETTLED_FREE = ("apache_2_0", "mit", "bsd")


def test_cards_that_differ_where_a_rule_reads_are_answered_differently(data_dir: Path) -> None:
    """Pairs that agree although a fact differs do so for a known reason; a free licence is never answered as an unclear one."""
    differ = 0
    for left, right, mine, theirs, same in pairs(data_dir):
        apart = {name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name)}
        differ += not same
        narrow = "narrow" in mine.get("task_breadth", "") and "narrow" in theirs.get("task_breadth", "")
        if same and not narrow:
            assert apart <= set(UNCHANGED), (left, right, apart)
            free = [any(word in facts.get("licence_name", "") for word in SETTLED_FREE) for facts in (mine, theirs)]
            assert free[0] == free[1], (left, right)
    assert differ >= 300
