"""Whole cases: a story, the dossier that says the same, and the articles of mainland China's law that bear on each party.

A file holds ``case`` (its name), ``title`` and ``told`` in both languages, ``on`` (the day), ``dossier`` and ``expected``: a list
of ``{party, applies, open, note}``. ``applies`` and ``open`` map an instrument to article numbers (an annex is ``annex``):

- ``applies``: articles with at least one hard duty (an obligation or a prohibition) in scope for the party on the day;
- ``open``: articles with none that is settled in scope, and at least one of which that is not known.

The article is the one that the Chinese pinpoint names. One that only has another's duty apply (a norm of kind ``application``,
such as Generative AI Measures, Article 12) is not listed: the duty stands under the article that lays it down.
What is expected was written from the statutes, not from the output; ``note`` (in both languages) says which expectation was
corrected afterwards, and by which words of the text.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from guiju.calendars import parse_day
from guiju.logic import Truth
from guiju.norms import Map, Program, Row, Thing, answer, builtin, plain, read_file
from guiju.norms.provisions import pinpointed
from guiju.subjects import dossier_from

HERE = Path(__file__).resolve().parent
FILES = sorted(HERE.glob("*.yaml"))

CORE = (
    "cn/genai-measures",
    "cn/algorithm-provisions",
    "cn/deep-synthesis",
    "cn/labelling-measures",
    "cn/anthropomorphic-measures",
    "cn/pipl",
    "cn/cybersecurity-law",
    "cn/ethics-review-2026",
    "cn/standardization-law",
)
"""The instruments of which every case speaks: one that is not named under a party has no article for it."""

CASE_KEYS = {"case", "title", "on", "told", "dossier", "expected"}
PARTY_KEYS = {"party", "applies", "open", "note"}
BOTH = {"zh", "en"}

Articles = dict[str, set[str]]
"""Article numbers, by instrument."""


# -- reading -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """One file."""

    path: Path
    said: dict[str, Any]
    dossier: Map

    @cached_property
    def on(self) -> date:
        return parse_day(self.said["on"])

    @cached_property
    def found(self) -> dict[str, Found]:
        """What the built-in corpus answers, by party."""
        corpus = builtin()
        world = dossier_from(self.dossier, self.path.stem, corpus.vocabulary).world
        rows = answer(Program(corpus, self.on, None, memory=False), world).rows
        return {party.id: found_of(rows, party) for party in world.of_kind("party") if not party.anonymous}


@dataclass(frozen=True)
class Found:
    """What falls on one party, by instrument."""

    applies: Articles
    open: Articles


def case_of(path: Path) -> Case:
    top = read_file(path, path.name)
    assert isinstance(top, Map)
    dossier = top.items["dossier"]
    assert isinstance(dossier, Map)
    said = plain(top)
    assert isinstance(said, dict)
    return Case(path, said, dossier)


# -- what was answered -------------------------------------------------------------------------------------------------------


def burdens(row: Row, party: Thing) -> bool:
    """Whether it is a hard duty that falls on this party, or may."""
    norm = row.norm
    duty = norm.kind == "duty" and norm.modality in ("obligation", "prohibition")
    return duty and row.party is party and row.in_scope is not Truth.FALSE and row.force.force == "hard"


def articles_of(row: Row) -> set[str]:
    """The articles that the Chinese pinpoint of a norm names; its words where it names none."""
    places = pinpointed(row.norm)
    return {place.article for place in places} if places else {str(row.norm.pinpoint.get("zh"))}


def found_of(rows: list[Row], party: Thing) -> Found:
    settled: defaultdict[str, set[str]] = defaultdict(set)
    possible: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if burdens(row, party) and row.timing.status in ("applies", "unknown"):
            sure = row.in_scope is Truth.TRUE and row.timing.status == "applies"
            (settled if sure else possible)[row.norm.instrument] |= articles_of(row)
    return Found(settled, {instrument: articles - settled[instrument] for instrument, articles in possible.items()})


# -- comparing ---------------------------------------------------------------------------------------------------------------


def written(expected: dict[str, Any], key: str) -> Articles:
    return {instrument: {str(one) for one in articles} for instrument, articles in (expected.get(key) or {}).items()}


def by_number(article: str) -> tuple[int, str]:
    head = article.partition("-")[0]
    return (int(head) if head.isdigit() else 10_000, article)


def difference(expected: set[str], got: set[str]) -> dict[str, list[str]]:
    """What lacks and what is too many; nothing where they are equal."""
    both = {"missing": expected - got, "extra": got - expected}
    return {name: sorted(articles, key=by_number) for name, articles in both.items() if articles}


def differences(expected: dict[str, Any], found: Found) -> dict[str, dict[str, list[str]]]:
    """Of every instrument that is named, and of those every case speaks of."""
    wrong = {}
    for key, got in (("applies", found.applies), ("open", found.open)):
        wanted = written(expected, key)
        named = {*written(expected, "applies"), *written(expected, "open"), *CORE}
        for instrument in sorted(named):
            gap = difference(wanted.get(instrument, set()), got.get(instrument, set()))
            if gap:
                wrong[f"{key} {instrument}"] = gap
    return wrong


ALL = [case_of(path) for path in FILES]
EACH = [
    pytest.param(case, expected, id=f"{case.said['case']}/{expected['party']}")
    for case in ALL
    for expected in case.said["expected"]
]


@pytest.mark.parametrize(("case", "expected"), EACH)
def test_the_articles_are_those_of_the_text(case: Case, expected: dict[str, Any]) -> None:
    assert differences(expected, case.found[expected["party"]]) == {}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.path.stem)
def test_a_case_has_its_form(case: Case) -> None:
    said = case.said
    assert set(said) == CASE_KEYS
    assert set(said["title"]) == set(said["told"]) == BOTH
    assert said["expected"], "no party"
    for one in said["expected"]:
        assert {"party", "applies"} <= set(one) <= PARTY_KEYS
        assert set(one.get("note", BOTH)) == BOTH


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.path.stem)
def test_no_article_both_applies_and_is_open(case: Case) -> None:
    for one in case.said["expected"]:
        applies, left_open = written(one, "applies"), written(one, "open")
        assert set(applies) | set(left_open) <= set(builtin().instruments)
        assert not {name: applies.get(name, set()) & of for name, of in left_open.items() if applies.get(name, set()) & of}


def test_no_case_is_named_twice() -> None:
    names = [case.said["case"] for case in ALL]
    assert len(names) == len(set(names))
