"""Two people's dossiers in one: what only one says stands, what fits is joined, and where they disagree neither wins."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subjects.test_answers import random_dossier

from guiju.norms import Vocabulary
from guiju.subjects import (
    Dossier,
    DossierError,
    Merged,
    conflict_words,
    decide,
    dossier_from,
    merge,
    write_dossier,
)
from guiju.subjects.content import written

Read = Callable[[str], Dossier]

ANNA = """
system: {id: hr}
facts: {markets: {value: {exactly: [EU]}, by: anna, on: 2026-11-01}, product_kind: {value: toy, by: anna, on: 2026-11-01}}
model: {facts: {training_compute: {max: 5e24}}}
purposes: [{id: cv}]
"""
BERT = """
system: {id: hr}
facts: {markets: {value: {exactly: [EU, CN]}, by: bert, on: 2026-11-02}, product_kind: {value: lift, by: bert, on: 2026-11-02}}
events: {placed_on_market: 2026-09-01}
model: {id: m, facts: {training_compute: {value: 3e24, source: log}}}
purposes: [{id: pay, facts: {domain: employment}}]
"""


def facts(dossier: Dossier, kind: str) -> dict[str, object]:
    return {name: written(held) for name, held in dossier.world.of_kind(kind)[0].given.items()}


def test_what_only_one_says_stands(read: Read) -> None:
    found = merge(read(ANNA), read(BERT)).dossier
    assert facts(found, "system")["placed_on_market"] == "2026-09-01"
    assert {one.id for one in found.world.of_kind("purpose")} == {"cv", "pay"}


def test_what_fits_is_joined(read: Read) -> None:
    found = merge(read(ANNA), read(BERT))
    assert facts(found.dossier, "model")["training_compute"] == {"value": 3 * 10**24, "source": "log"}
    joined = merge(read("facts: {markets: [EU]}"), read("facts: {markets: [CN]}"))
    assert facts(joined.dossier, "system")["markets"] == ["CN", "EU"]
    assert not joined.conflicts


def test_where_they_disagree_neither_wins_and_nothing_is_lost(read: Read, vocabulary: Vocabulary) -> None:
    found = merge(read(ANNA), read(BERT))
    assert {one.name for one in found.conflicts} == {"markets", "product_kind"}
    assert "markets" not in facts(found.dossier, "system")
    assert facts(found.dossier, "system")["product_kind"] == {"one_of": ["lift", "toy"]}
    open_ = [(one.name, one.data, one.source) for one in found.dossier.proposals if one.state == "open"]
    assert ("markets", {"exactly": ["EU"]}, "anna, 2026-11-01") in open_
    assert ("markets", {"exactly": ["CN", "EU"]}, "bert, 2026-11-02") in open_
    assert ("product_kind", "toy", "anna, 2026-11-01") in open_
    (markets,) = [one for one in found.conflicts if one.name == "markets"]
    assert [markets.one["by"], markets.other["by"]] == ["bert", "anna"]
    assert "(anna, 2026-11-01)" in conflict_words(markets, vocabulary, "en")
    assert "（anna，2026-11-01）" in conflict_words(markets, vocabulary, "zh")


def test_a_conflict_is_settled_by_deciding(read: Read) -> None:
    found = merge(read(ANNA), read(BERT)).dossier
    again = dossier_from(write_dossier(found), "again", found.world.vocabulary)
    (bert,) = [one for one in again.proposals if one.name == "markets" and "bert" in (one.source or "")]
    done = decide(again, bert, "accepted", "chief", "2026-11-22")
    assert facts(done, "system")["markets"] == {
        "value": {"exactly": ["CN", "EU"]}, "source": "bert, 2026-11-02", "by": "chief", "on": "2026-11-22",
    }  # fmt: skip


def test_a_complete_list_and_one_more_row_is_left_open(read: Read, vocabulary: Vocabulary) -> None:
    found = merge(read("purposes: {exactly: [{id: cv}]}"), read("purposes: [{id: pay}]"))
    assert [(one.name, one.one, one.other) for one in found.conflicts] == [("purposes", ["pay"], {"exactly": ["cv"]})]
    assert not found.dossier.subject.closed
    assert "only cv" in conflict_words(found.conflicts[0], vocabulary, "en")


def test_what_was_ruled_out_and_spoken_of(read: Read) -> None:
    found = merge(read("model: {exactly: []}"), read("model: {id: m, facts: {training_compute: 1e24}}"))
    assert [one.name for one in found.conflicts] == ["model"]
    assert facts(found.dossier, "model")["training_compute"] == 10**24


def test_what_was_said_of_a_nameless_purpose_waits_where_there_are_several(read: Read) -> None:
    found = merge(read("facts: {domain: employment}"), read("purposes: [{id: a}, {id: b}]")).dossier
    assert [(one.name, one.data, one.state) for one in found.proposals] == [("domain", "employment", "open")]
    again = dossier_from(write_dossier(found), "again", found.world.vocabulary)
    assert [one.code for one in again.warnings] == ["dossier.proposal-without-object"]
    one_only = merge(read("facts: {domain: employment}"), read("purposes: [{id: a}]")).dossier
    assert facts(one_only, "purpose") == {"domain": "employment"}


BASE = "system: {id: hr, facts: {markets: [EU], infers_from_input: true}, purposes: {exactly: [{id: cv}]}}"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (BASE.replace("[EU]", "{exactly: [EU, CN]}"), {"markets": {"exactly": ["CN", "EU"]}, "infers_from_input": True}),
        (BASE.replace("true", "false"), {"markets": ["EU"], "infers_from_input": False}),
        (BASE.replace(", infers_from_input: true", ""), {"markets": ["EU"]}),
    ],
)
def test_with_a_base_what_one_changed_stands(changed: str, expected: dict[str, object], read: Read) -> None:
    for one, other in ((changed, BASE), (BASE, changed)):
        found = merge(read(one), read(other), read(BASE))
        assert facts(found.dossier, "system") == expected
        assert not found.conflicts


def test_with_a_base_a_row_that_one_took_away_is_gone(read: Read) -> None:
    fewer = BASE.replace("[{id: cv}]", "[]")
    assert merge(read(fewer), read(BASE), read(BASE)).dossier.digest == read(fewer).digest


def test_two_subjects_are_not_merged(read: Read) -> None:
    with pytest.raises(DossierError) as caught:
        merge(read("system: {id: a}"), read("system: {id: b}"))
    assert caught.value.code == "merge.other-subject"


def tried(one: Dossier, other: Dossier, base: Dossier | None = None) -> Merged | None:
    """None where the two cannot stand in one dossier."""
    try:
        return merge(one, other, base)
    except DossierError:
        return None


def shown(merged: Merged) -> tuple[object, ...]:
    return merged.dossier.digest, merged.conflicts, [str(one) for one in merged.dossier.proposals]


@given(st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_merging_commutes_and_a_dossier_merged_with_itself_is_itself(random: Random) -> None:
    one, other = random_dossier(random), random_dossier(random)
    if one is None or other is None:
        return
    same = merge(one, one)
    assert (same.dossier.digest, same.conflicts, same.dossier.proposals) == (one.digest, (), ())
    there, back = tried(one, other), tried(other, one)
    assert (there is None) == (back is None)
    if there is None or back is None:
        return
    assert shown(there) == shown(back)
    again = dossier_from(write_dossier(there.dossier), "again", one.world.vocabulary)
    assert again.digest == there.dossier.digest
    for base, expected in ((one, other), (other, one)):
        with_base = tried(one, other, base)
        assert with_base is not None
        assert with_base.dossier.digest == expected.digest
