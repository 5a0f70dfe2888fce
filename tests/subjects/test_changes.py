"""Two dossiers compared: what is told, in both languages, and that the changes made give the other dossier."""

from collections.abc import Callable
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subjects.test_answers import random_dossier

from guiju.norms import Vocabulary
from guiju.subjects import Answer, Dossier, apply_changes, change_words, diff, dossier_from, with_answers
from guiju.wording import LANGUAGES

Read = Callable[[str], Dossier]

FIRST = """
system: {id: hr, name: {zh: 简历筛选, en: CV screening}}
facts: {markets: {value: {exactly: [EU]}, by: anna, on: 2026-11-01, source: plan}}
purposes: {exactly: [{id: cv}]}
"""


def changed(read: Read, one: str, other: str, vocabulary: Vocabulary, lang: str = "en") -> list[str]:
    return [change_words(change, vocabulary, lang) for change in diff(read(one), read(other)) if not change.follows]


def test_a_dossier_does_not_differ_from_itself(read: Read) -> None:
    assert diff(read(FIRST), read(FIRST)) == []


def test_a_value_is_told_with_who_and_when_before_and_after(read: Read, vocabulary: Vocabulary) -> None:
    second = with_answers(
        read(FIRST), [Answer("system", "hr", "markets", {"exactly": ["CN", "EU"]}, by="bert", on="2026-11-02")], vocabulary
    )
    (change,) = diff(read(FIRST), second)
    data = change.to_json()
    assert data["what"] == "value"
    assert data["object"] == {"kind": "system", "id": "hr"}
    assert data["before"] | {"by": "anna", "on": "2026-11-01", "source": "plan", "value": {"exactly": ["EU"]}} == data["before"]
    assert data["after"] | {"by": "bert", "on": "2026-11-02", "source": None, "value": {"exactly": ["CN", "EU"]}} == data["after"]
    assert "only European Union (anna, 2026-11-01, plan) before" in change_words(change, vocabulary, "en")
    assert "原为只有欧盟（anna，2026-11-01，plan）" in change_words(change, vocabulary, "zh")


def test_rows_come_and_go_and_lists_are_closed_and_opened(read: Read, vocabulary: Vocabulary) -> None:
    second = FIRST.replace("{exactly: [{id: cv}]}", "[{id: pay, facts: {domain: employment}}]")
    lines = changed(read, FIRST, second, vocabulary)
    assert "the purpose “cv”: no longer there." in lines
    assert "the purpose “pay”: new." in lines
    assert any("no longer said to be complete" in line for line in lines)
    assert any("is now complete" in line for line in changed(read, second, FIRST, vocabulary))
    assert "用途“pay”：新增。" in changed(read, FIRST, second, vocabulary, "zh")


def test_what_is_said_of_the_model_stays_the_same_when_it_is_given_an_id(read: Read, vocabulary: Vocabulary) -> None:
    for first in ("facts: {training_compute: 3e24}", "model: {facts: {training_compute: 3e24}}"):
        second = "model: {id: m, facts: {training_compute: 3e24}}"
        assert [change.what for change in diff(read(first), read(second)) if not change.follows] == ["named"]


def test_ruled_out_and_back(read: Read, vocabulary: Vocabulary) -> None:
    assert changed(read, "system: {id: a}", "system: {id: a}\nmodel: {exactly: []}", vocabulary) == [
        "the model: the dossier now says that there is none."
    ]


def test_every_value_can_be_told(read: Read, vocabulary: Vocabulary) -> None:
    second = """
    system: {id: b, name: other}
    note: x
    facts: {markets: {has: [EU], lacks: [CN]}, product_kind: {one_of: [toy, lift]}, infers_from_input: false}
    events: {placed_on_market: {not_until: 2026-11-01}, put_into_service: {max: 2026-08}, significant_design_change: 2026-05}
    model: {id: m, facts: {training_compute: {min: 1e23, max: 2e23}}}
    conduct: {log_retention: 6 months}
    root: model
    purposes: {exactly: []}
    parties: []
    """
    for lang in LANGUAGES:
        for one, other in ((FIRST, second), (second, FIRST)):
            for line in changed(read, one, other, vocabulary, lang):
                assert line
                assert "{" not in line


@given(st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_changes_made_give_the_other_dossier(random: Random) -> None:
    one, other = random_dossier(random), random_dossier(random)
    if one is None or other is None:
        return
    assert diff(one, one) == []
    changes = diff(one, other)
    assert apply_changes(one, changes).digest == other.digest
    assert bool(changes) == (one.digest != other.digest)
    for change in changes:
        for lang in LANGUAGES:
            assert change_words(change, one.world.vocabulary, lang)


def test_notes_are_compared_too(vocabulary: Vocabulary) -> None:
    one = dossier_from("system: {id: a, note: old}", "one", vocabulary)
    other = dossier_from("system: {id: a, note: new}", "other", vocabulary)
    assert [change.what for change in diff(one, other)] == ["note"]
    assert diff(apply_changes(one, diff(one, other)), other) == []
