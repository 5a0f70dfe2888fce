"""Proposals decided on by a person, what stands beside a dossier, and its versions."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from guiju.norms import Vocabulary
from guiju.subjects import (
    Dossier,
    DossierError,
    Proposal,
    bare,
    card_from,
    decide,
    dossier_from,
    next_version,
    write_dossier,
)

Read = Callable[[str], Dossier]

CARD = "---\nlicense: apache-2.0\nbase_model: other/base\n---\n# A model\n"
FILE = """
system: {id: hr, note: a note of the system}
note: a note of the whole
version: {number: 3, by: anna, on: 2026-11-01, note: first round}
proposals:
  - {object: {kind: system, id: hr}, name: markets, value: [EU], source: "list.csv:4:2", line: 4, excerpt: "sold in Europe: yes",
     confidence: inferred, rule: table}
  - {object: {kind: system, id: hr}, name: product_kind, value: toy, state: rejected, by: anna, on: 2026-11-01}
asked:
  - {object: {kind: model, id: model}, name: training_compute, answer: someone_else, who: model team, by: anna, on: 2026-11-01}
"""


def test_what_stands_beside_says_nothing_of_the_subject(read: Read) -> None:
    dossier = read(FILE)
    assert dossier.digest == read("system: {id: hr}").digest
    assert [(one.name, one.state, one.data, one.assumed) for one in dossier.proposals] == [
        ("markets", "open", ["EU"], False),
        ("product_kind", "rejected", "toy", False),
    ]
    assert dossier.asked[0].who == "model team"
    assert dossier.version is not None
    assert (dossier.version.number, dossier.version.by, dossier.version.note) == (3, "anna", "first round")


def test_all_of_it_is_written_and_read_again(read: Read) -> None:
    dossier = read(FILE)
    again = read(write_dossier(dossier))
    assert (again.asked, again.version, again.note) == (dossier.asked, dossier.version, dossier.note)
    assert list(again.notes.values()) == ["a note of the system"]
    assert [replace(one, thing=dossier.subject) for one in again.proposals] == list(dossier.proposals)
    assert write_dossier(again) == write_dossier(dossier)


def test_accepted_corrected_and_rejected(read: Read) -> None:
    dossier = read(FILE)
    markets, kind = dossier.proposals
    accepted = decide(dossier, markets, "accepted", "bert", "2026-11-22")
    given = accepted.subject.given["markets"]
    assert (given.by, given.on, given.source) == ("bert", "2026-11-22", "list.csv:4:2")
    assert [one.state for one in accepted.proposals] == ["accepted", "rejected"]
    corrected = decide(dossier, markets, "corrected", "bert", "2026-11-22", {"exactly": ["CN"]})
    assert (
        corrected.digest
        == read(
            "facts: {markets: {value: {exactly: [CN]}, by: bert, on: 2026-11-22, source: 'list.csv:4:2'}}\nsystem: {id: hr}"
        ).digest
    )
    assert corrected.proposals[0].data == ["EU"]
    rejected = decide(accepted, accepted.proposals[0], "rejected", "chief", "2026-11-23")
    assert rejected.digest == dossier.digest
    assert decide(dossier, kind, "accepted", "bert", "2026-11-22").subject.given["product_kind"].by == "bert"


def test_a_card_is_taken_as_so_until_it_is_laid_bare(vocabulary: Vocabulary) -> None:
    card = card_from(CARD, "card.md", vocabulary)
    assert card.proposals
    name = card.proposals[0].name
    plain = bare(card)
    assert name in card.subject.given
    assert name not in plain.subject.given
    assert [(one.name, one.state) for one in plain.proposals] == [(one.name, "open") for one in card.proposals]
    assert all(one.data is not None for one in plain.proposals)
    again = dossier_from(write_dossier(card), "again", vocabulary)
    assert again.digest == plain.digest
    done = bare(decide(card, card.proposals[0], "accepted", "bert", "2026-11-22"))
    assert done.subject.given[name].by == "bert"
    assert done.subject.given[name].source == card.subject.given[name].source
    assert set(done.subject.given) == {name}
    gone = decide(card, card.proposals[0], "rejected", "bert", "2026-11-22")
    assert name not in gone.subject.given
    assert len(gone.proposals) == len(card.proposals)


@pytest.mark.parametrize(
    ("by", "on", "decision", "value", "code"),
    [
        (" ", "2026-11-22", "accepted", None, "dossier.unsigned"),
        ("bert", "2026-02-30", "accepted", None, "dossier.bad-date"),
        ("bert", "2026-11-22", "corrected", None, "dossier.correction-without-value"),
        ("bert", "2026-11-22", "corrected", ["Mars"], "dossier.not-a-member"),
    ],
)
def test_a_decision_is_signed_and_says_what(by: str, on: str, decision: str, value: object, code: str, read: Read) -> None:
    dossier = read(FILE)
    with pytest.raises(DossierError) as caught:
        decide(dossier, dossier.proposals[0], decision, by, on, value)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_only_what_is_proposed_can_be_decided(read: Read) -> None:
    dossier = read(FILE)
    other = Proposal(dossier.subject, "markets", "CN", 1, "", "stated", "x", data=["CN"])
    with pytest.raises(DossierError) as caught:
        decide(dossier, other, "accepted", "bert", "2026-11-22")
    assert caught.value.code == "dossier.no-such-proposal"


def test_versions_are_numbered_and_name_the_one_before(read: Read) -> None:
    dossier = read(FILE)
    later = next_version(dossier, "bert", "2026-11-22", "second round")
    assert later.version is not None
    assert (later.version.number, later.version.previous) == (4, dossier.digest)
    assert later.digest == dossier.digest
    assert read(write_dossier(later)).version == later.version
    first = next_version(read("system: {id: hr}"), "bert", "2026-11-22").version
    assert first is not None
    assert first.number == 1
    with pytest.raises(DossierError):
        next_version(dossier, "", "2026-11-22")


def test_samples_are_written_so_that_they_read_the_same(samples: Path, vocabulary: Vocabulary) -> None:
    for path in sorted(samples.glob("*.yaml")):
        dossier = dossier_from(path.read_text("utf-8"), str(path), vocabulary)
        text = write_dossier(dossier)
        assert dossier_from(text, "again", vocabulary).digest == dossier.digest
        assert max(map(len, text.splitlines())) <= 160


def test_links_that_do_not_follow_are_written(read: Read) -> None:
    dossier = read("objects: [{kind: service, id: a}, {kind: service, id: b}, {kind: content, id: c, of: {service: b}}]")
    assert read(write_dossier(dossier)).digest == dossier.digest
