"""Counting rules as data."""

import pytest

from guiju.calendars import counting, counting_rules


def test_a_rule_is_found_by_id_and_by_place() -> None:
    assert counting("EU") is counting("eu/1182-71")
    assert counting("CN") is counting("cn/civil-code")
    assert counting("generic") is counting("plain")


@pytest.mark.parametrize(
    ("word", "includes"),
    [("以上", True), ("以内", True), ("届满", True), ("超过", False), ("不满", False), ("以外", False), ("左右", None)],
)
def test_cn_civil_code_1259_says_which_words_take_in_the_number(word: str, includes: bool | None) -> None:
    assert counting("CN").includes_number(word) is includes


def test_every_provision_says_how_it_was_checked_and_memory_has_no_source() -> None:
    for rule in counting_rules().values():
        for part, provision in rule.provisions.items():
            assert provision.at, (rule.id, part)
            assert bool(provision.checked.source) == (part not in rule.unchecked), (rule.id, part)


def test_what_rests_on_memory_is_listed() -> None:
    assert set(counting("EU").unchecked) == {"rest_days_within", "rolls_backwards", "minimum_not_for_hours"}
    assert set(counting("CN").unchecked) == {"rolls_backwards"}
