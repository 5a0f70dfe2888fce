"""Coverage: every paragraph and item is accounted for, by a norm, elsewhere, or with a reason of the closed list."""

from __future__ import annotations

import pytest

from guiju.norms import builtin
from guiju.norms.statutes import read_places
from guiju.verify import coverage, coverage_json, figures, share

FIRST_RANK = {
    "cn/genai-measures", "cn/algorithm-provisions", "cn/deep-synthesis", "cn/labelling-measures", "cn/pipl",
    "cn/cybersecurity-law", "cn/standardization-law", "cn/science-technology-progress-law",
    "cn/spc-face-recognition-interpretation", "cn/ethics-review-2026",
}  # fmt: skip


def test_the_first_rank_is_accounted_for():
    found = {one.instrument: one for one in coverage(builtin())}
    assert set(found) >= FIRST_RANK
    assert {name: [place.words() for place in one.unaccounted] for name, one in found.items() if one.unaccounted} == {}


@pytest.mark.parametrize("instrument", sorted(FIRST_RANK))
def test_nine_tenths_of_what_is_operative_are_encoded(instrument):
    one = next(one for one in coverage(builtin()) if one.instrument == instrument)
    assert one.encoded >= 0.9 * one.operative
    assert one.operative > 0


def test_what_carries_a_paragraph_exists():
    corpus = builtin()
    known = {*corpus.norms, *corpus.events, *corpus.vocabulary.declared, *corpus.schemes, *corpus.instruments}
    for instrument in corpus.instruments.values():
        if instrument.coverage is None:
            continue
        named = {one for carried in instrument.coverage.carried for one in carried.by}
        named |= {one.defined_in for one in instrument.coverage.not_encoded if one.defined_in}
        assert sorted(named - known) == [], instrument.id


def test_no_paragraph_is_both_encoded_and_excused():
    corpus = builtin()
    for one in coverage(corpus):
        stated = corpus.instruments[one.instrument].coverage
        assert stated is not None
        excused = [place for entry in stated.not_encoded for place in entry.at]
        both = [
            unit.place.words()
            for unit in one.units
            if unit.state in ("encoded", "partly") and any(place.holds(unit.place) for place in excused)
        ]
        assert both == [], one.instrument


def test_what_is_excused_exists_in_the_text():
    corpus = builtin()
    for identifier, instrument in corpus.instruments.items():
        if instrument.coverage is None:
            continue
        outline = corpus.outlines[identifier]
        stated = [place for entry in (*instrument.coverage.carried, *instrument.coverage.not_encoded) for place in entry.at]
        assert [place.words() for place in stated if not outline.units(place)] == [], identifier


def test_the_figures_of_mainland_china():
    """The shares that the depth of the rules is measured by."""
    found = figures(builtin(), "cn")
    assert found.measures_shared >= 0.4 * found.measures
    assert found.scope_only <= 0.35 * found.conditions
    assert 0 < found.by_judgement < found.conditions
    assert sum(found.checked.values()) - found.checked["memory"] == found.norms


def test_coverage_as_json_lists_each_provision_of_one_instrument():
    corpus = builtin()
    labelling = [one for one in coverage(corpus) if one.instrument == "cn/labelling-measures"]
    found = coverage_json(corpus, labelling, units=True)
    (one,) = found["instruments"]
    assert one["units"] == len(one["provisions"]) == sum(one["by_state"].values())
    assert all(read_places(provision["at"]) for provision in one["provisions"])


@pytest.mark.parametrize(
    ("part", "whole", "digits", "said"),
    [
        (0, 0, 0, ""), (0, 7, 0, "0%"), (7, 7, 0, "100%"), (305, 306, 0, "99%"), (1, 900, 0, "1%"), (1, 3, 0, "33%"),
        (1, 3, 1, "33.3%"), (2999, 3000, 1, "99.9%"), (1, 9000, 1, "0.1%"), (0, 7, 1, "0%"),
    ],
)  # fmt: skip
def test_a_share_is_all_or_nothing_only_where_it_is(part, whole, digits, said):
    assert share(part, whole, digits) == said
