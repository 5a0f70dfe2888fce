"""Who says which rows a list has: read, written, compared and merged with the list."""

from __future__ import annotations

import pytest

from guiju.norms import Listing, builtin
from guiju.subjects import (
    Answer,
    Dossier,
    DossierError,
    apply_changes,
    diff,
    dossier_data,
    dossier_from,
    dumps,
    merge,
    with_answers,
    write_dossier,
)

NAMED = """
system: {id: sys}
purposes: {value: {exactly: [{id: cv, facts: {domain: employment}}]}, by: Li Na, on: 2026-11-22, source: her list}
parties: {value: ["org:acme"], by: Chen}
"""


def read(text: str) -> Dossier:
    return dossier_from(text, "named.yaml", builtin().vocabulary)


def test_a_list_says_who_listed_its_rows() -> None:
    system = read(NAMED).subject
    assert system.listed == {"purposes": Listing("Li Na", "2026-11-22", "her list"), "parties": Listing("Chen")}
    assert system.closed == {"purposes"}
    assert [row.id for row in system.rows["purposes"]] == ["cv"]


@pytest.mark.parametrize("written", [write_dossier, lambda one: dumps(dossier_data(one))])
def test_who_listed_survives_writing(written: object) -> None:
    before = read(NAMED)
    again = read(written(before))  # type: ignore[operator]
    assert again.subject.listed == before.subject.listed
    assert again.digest == before.digest


def test_an_answer_says_who_listed_and_taking_it_back_says_nobody() -> None:
    names = builtin().vocabulary
    answer = Answer("system", "sys", "purposes", {"exactly": [{"id": "cv"}]}, by="Li Na", on="2026-11-22")
    said = with_answers(read("system: {id: sys}"), [answer], names)
    assert said.subject.listed == {"purposes": Listing("Li Na", "2026-11-22")}
    taken = with_answers(said, [Answer("system", "sys", "purposes", None)], names)
    assert not taken.subject.listed
    assert not taken.subject.closed
    assert [one.anonymous for one in taken.world.of_kind("purpose")] == [True]


def test_none_at_all_is_said_by_somebody_too() -> None:
    said = read("system: {id: sys}\npurposes: {value: {exactly: []}, by: Li Na}\n")
    assert said.subject.listed["purposes"].by == "Li Na"
    assert read(write_dossier(said)).subject.listed == said.subject.listed


def test_changes_tell_who_listed_and_make_it_so() -> None:
    one, two = read(NAMED.replace("Li Na", "Wang")), read(NAMED)
    changes = diff(one, two)
    assert [(each.what, each.name) for each in changes] == [("listed", "purposes")]
    assert apply_changes(one, changes).digest == two.digest


def test_merging_keeps_who_listed_what_and_names_both_where_both_did() -> None:
    base = read("system: {id: sys}\n")
    one = read("system: {id: sys}\npurposes: {value: [cv], by: Li Na, on: 2026-11-20}\n")
    two = read("system: {id: sys}\npurposes: {value: [ranking], by: Chen, on: 2026-11-22}\n")
    for first, second in ((one, two), (two, one)):
        made = merge(first, second, base).dossier.subject
        assert sorted(row.id for row in made.rows["purposes"]) == ["cv", "ranking"]
        assert made.listed["purposes"] == Listing("Chen, Li Na", "2026-11-22")
        both = merge(first, second).dossier
        assert merge(both, first).dossier.subject.listed == merge(second, both).dossier.subject.listed == made.listed
    assert merge(base, one).dossier.subject.listed == one.subject.listed
    assert merge(two, one, one).dossier.subject.listed == two.subject.listed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("purposes: {value: [cv], why: so}", "dossier.unknown-value-key"),
        ("purposes: {value: [cv], by: [a]}", "dossier.not-a-text"),
        ("purposes: {value: [cv], on: 2026-02-30}", "dossier.bad-date"),
        ("purposes: {value: cv, by: a}", "dossier.rows-not-a-list"),
    ],
)
def test_what_is_wrong_is_refused(text: str, code: str) -> None:
    with pytest.raises(DossierError) as problem:
        read(text)
    assert problem.value.code == code
