"""Answers put into a dossier: what they change, what they keep, and what is refused as a reader would refuse it."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subjects.test_random_dossiers import any_dossier, any_value
from tests.subjects.words import vocabulary as vocabulary_of

from guiju.norms import Vocabulary
from guiju.subjects import Answer, Asked, Dossier, DossierError, dossier_from, dumps, with_answers, with_asked, write_dossier
from guiju.subjects.given import SECTION_OF

Read = Callable[[str], Dossier]

START = """
system: {id: hr, facts: {markets: {value: [EU], by: first, on: 2026-01-01}}}
note: as told by the product team
purposes: [{id: cv, facts: {domain: employment}}]
asked: [{object: {kind: system, id: hr}, name: product_kind, answer: not_known, by: first, on: 2026-01-01}]
"""


def answered(dossier: Dossier, vocabulary: Vocabulary, *answers: Answer) -> Dossier:
    return with_answers(dossier, answers, vocabulary)


def said(dossier: Dossier, kind: str, identifier: str) -> dict[str, Any]:
    return next(one.given for one in dossier.world.things if (one.kind, one.id) == (kind, identifier))


def test_an_answer_takes_the_place_of_what_was_said(read: Read, vocabulary: Vocabulary) -> None:
    start = read(START)
    new = answered(
        start,
        vocabulary,
        Answer("system", "hr", "markets", {"exactly": ["EU", "CN"]}, by="second", on="2026-11-22", source="plan, p. 3"),
    )
    expected = read(
        START.replace("[EU], by: first, on: 2026-01-01", "{exactly: [EU, CN]}, by: second, on: 2026-11-22, source: 'plan, p. 3'")
    )
    assert new.digest == expected.digest
    assert new.note == "as told by the product team"
    assert said(start, "system", "hr")["markets"].by == "first"


@pytest.mark.parametrize(
    ("answer", "as_written"),
    [
        (Answer("system", "hr", "infers_from_input", True), "facts: {infers_from_input: true}"),
        (Answer("system", "hr", "product_kind", "medical_device"), "facts: {product_kind: medical_device}"),
        (Answer("model", "model", "training_compute", Decimal("3e24")), "facts: {training_compute: 3.0e24}"),
        (Answer("model", "model", "training_compute", "3e24"), "facts: {training_compute: 3.0e24}"),
        (Answer("model", "model", "training_compute", {"max": "3e24"}), "facts: {training_compute: {max: 3.0e24}}"),
        (Answer("system", "hr", "placed_on_market", "2026-08"), "events: {placed_on_market: 2026-08}"),
        (
            Answer("system", "hr", "placed_on_market", {"not_until": "2026-11-01"}),
            "events: {placed_on_market: {not_until: 2026-11-01}}",
        ),
        (Answer("party", "party", "log_retention", "6 months"), "conduct: {log_retention: 6 months}"),
        (Answer("purpose", "purpose", "task", "filter_applications"), "facts: {task: filter_applications}"),
        (Answer("system", "hr", "purposes", {"exactly": [{"id": "cv"}]}), "purposes: {exactly: [{id: cv}]}"),
        (Answer("system", "hr", "purposes", ["cv"]), "purposes: [cv]"),
        (Answer("system", "hr", "parties", [{"id": "org:acme", "name": "Acme"}]), "parties: [{org: 'org:acme', name: Acme}]"),
        (Answer("system", "hr", "parties", {"exactly": []}), "parties: {exactly: []}"),
        (Answer("system", "hr", "model", {"exactly": []}), "model: {exactly: []}"),
        (
            Answer("product", "product", "declared_standards", {"exactly": [{"id": "s1"}]}),
            "product: {declared_standards: {exactly: [s1]}}",
        ),
    ],
)
def test_an_answer_says_what_a_person_would_write(answer: Answer, as_written: str, read: Read, vocabulary: Vocabulary) -> None:
    assert answered(read("system: {id: hr}"), vocabulary, answer).digest == read(f"system: {{id: hr}}\n{as_written}").digest


def test_a_row_that_was_added_can_be_spoken_of_at_once(read: Read, vocabulary: Vocabulary) -> None:
    new = answered(
        read(START),
        vocabulary,
        Answer("system", "hr", "purposes", {"exactly": [{"id": "cv"}, {"id": "pay", "name": {"zh": "定薪", "en": "pay"}}]}),
        Answer("purpose", "pay", "domain", "employment", by="x", on="2026-11-22"),
    )
    assert said(new, "purpose", "pay")["domain"].by == "x"
    assert "domain" in said(new, "purpose", "cv")
    assert new.subject.closed == {"purposes"}


def test_the_only_object_of_a_kind_answers_to_the_word_of_its_kind(read: Read, vocabulary: Vocabulary) -> None:
    new = answered(read(START), vocabulary, Answer("purpose", "purpose", "task", "filter_applications"))
    assert "task" in said(new, "purpose", "cv")


def test_a_judgement_keeps_who_when_and_why(read: Read, vocabulary: Vocabulary) -> None:
    answer = Answer("purpose", "cv", "eu.no_significant_risk", False, by="lead", on="2026-11-22", reasons="it ranks people")
    given_ = said(answered(read(START), vocabulary, answer), "purpose", "cv")["eu.no_significant_risk"]
    assert (given_.by, given_.on, given_.reasons) == ("lead", "2026-11-22", "it ranks people")


def test_nothing_known_any_more(read: Read, vocabulary: Vocabulary) -> None:
    new = answered(read(START), vocabulary, Answer("system", "hr", "markets", None))
    assert "markets" not in said(new, "system", "hr")


def test_what_was_answered_is_no_longer_asked(read: Read, vocabulary: Vocabulary) -> None:
    start = read(START)
    assert [one.name for one in start.asked] == ["product_kind"]
    assert answered(start, vocabulary, Answer("system", "hr", "product_kind", "toy")).asked == ()
    assert answered(start, vocabulary, Answer("system", "hr", "infers_from_input", True)).asked == start.asked


def test_what_could_not_be_answered_is_noted(read: Read) -> None:
    start = read(START)
    later = Asked("system", "hr", "product_kind", "someone_else", "the legal team", "first", "2026-11-22")
    other = Asked("system", "hr", "product_kind", "not_known", None, "second", "2026-11-22")
    assert with_asked(start, [later, other]).asked == (later, other)
    assert with_asked(start, [later]).digest == start.digest


def test_an_earlier_state_is_spoken_of_where_the_present_one_is_not(read: Read, vocabulary: Vocabulary) -> None:
    start = read("system: {id: a, earlier: {id: b, purposes: [{id: p}]}}")
    new = answered(start, vocabulary, Answer("system", "b", "markets", ["EU"]), Answer("purpose", "p", "domain", "employment"))
    written = read("system: {id: a, earlier: {id: b, facts: {markets: [EU]}, purposes: [{id: p, facts: {domain: employment}}]}}")
    assert new.digest == written.digest


REFUSED: list[tuple[Answer, str]] = [
    (Answer("system", "hr", "infers_from_input", "yes"), "dossier.yes-or-no-word"),
    (Answer("system", "hr", "infers_from_input", "true"), "dossier.yes-or-no-word"),
    (Answer("system", "hr", "markets", ["Mars"]), "dossier.not-a-member"),
    (Answer("system", "hr", "markets", "EU"), "dossier.not-a-list"),
    (Answer("party", "org:none", "staff", 5), "dossier.unknown-id"),
    (Answer("model", "model", "training_compute", "5,200"), "dossier.not-a-number"),
    (Answer("model", "model", "training_compute", -1), "dossier.negative-number"),
    (Answer("model", "model", "training_compute", float("nan")), "dossier.not-a-number"),
    (Answer("system", "hr", "placed_on_market", "2026-02-30"), "dossier.bad-date"),
    (Answer("system", "hr", "placed_on_market", {"not_until": "2026-11"}), "dossier.bad-date"),
    (Answer("system", "hr", "markts", ["EU"]), "dossier.unknown-name"),
    (Answer("purpose", "cv", "markets", ["EU"]), "dossier.name-elsewhere"),
    (Answer("purpose", "cv", "eu.no_significant_risk", True), "dossier.judgement-unsigned"),
    (Answer("purpose", "cv", "eu.no_significant_risk", True, by="x", reasons="r"), "dossier.judgement-unsigned"),
    (Answer("purpose", "cv", "eu.no_significant_risk", True, on="2026-11-22", reasons="r"), "dossier.judgement-unsigned"),
    (Answer("purpose", "cv", "eu.no_significant_risk", True, by="x", on="22.11.2026", reasons="r"), "dossier.bad-date"),
    (Answer("party", "party", "eu.provider", True), "dossier.term-given"),
    (Answer("system", "hr", "purposes", {"exactly": [{"id": "other"}]}), "dossier.closed-but-listed"),
    (Answer("system", "hr", "purposes", "cv"), "dossier.rows-not-a-list"),
    (Answer("system", "hr", "purposes", [{"id": "a b"}]), "dossier.id-shape"),
    (Answer("system", "hr", "purposes", [{"id": "cv", "colour": "red"}]), "dossier.unknown-key"),
    (Answer("system", "hr", "parties", [{"id": "acme"}]), "dossier.org-shape"),
    (Answer("system", "hr", "meetings", []), "dossier.unknown-relation"),
    (Answer("system", "hr", "model", {"exactly": ["m"]}), "dossier.relation-as-name"),
    (Answer("system", "hr", "model", "no-such"), "dossier.unknown-id"),
]


@pytest.mark.parametrize(("answer", "code"), REFUSED, ids=[f"{answer.name}-{code}" for answer, code in REFUSED])
def test_what_a_reader_refuses_is_refused(answer: Answer, code: str, read: Read, vocabulary: Vocabulary) -> None:
    with pytest.raises(DossierError) as caught:
        answered(read(START), vocabulary, answer)
    assert caught.value.code == code
    if code not in ("dossier.unknown-id", "dossier.id-shape") or answer.name == "staff":
        assert caught.value.where == answer.place


def test_a_closed_list_takes_no_more_rows_unless_it_is_said_again(read: Read, vocabulary: Vocabulary) -> None:
    start = read("system: {id: hr, purposes: {exactly: [{id: cv}]}}")
    with pytest.raises(DossierError) as caught:
        answered(start, vocabulary, Answer("system", "hr", "purposes", [{"id": "pay"}]))
    assert caught.value.code == "dossier.closed-but-listed"
    again = answered(start, vocabulary, Answer("system", "hr", "purposes", {"exactly": [{"id": "cv"}, {"id": "pay"}]}))
    assert again.digest == read("system: {id: hr, purposes: {exactly: [{id: cv}, {id: pay}]}}").digest


def random_dossier(random: Random) -> Dossier | None:
    try:
        return dossier_from(dumps(any_dossier(random)), "random", vocabulary_of())
    except DossierError:
        return None


@given(st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_what_is_written_reads_back_the_same(random: Random) -> None:
    dossier = random_dossier(random)
    if dossier is not None:
        again = dossier_from(write_dossier(dossier), "again", vocabulary_of())
        assert again.digest == dossier.digest
        assert write_dossier(again) == write_dossier(dossier)


@given(st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_an_answer_changes_one_statement_and_nothing_else(random: Random) -> None:
    dossier = random_dossier(random)
    names = [entry for entry in vocabulary_of().entries() if entry.kind in SECTION_OF]
    if dossier is None:
        return
    thing = random.choice(dossier.world.things)
    own = [entry for entry in names if entry.object == thing.kind]
    same = [one for one in dossier.world.things if (one.kind, one.id) == (thing.kind, thing.id)]
    if not own or len(same) > 1:
        return
    entry = random.choice(own)
    value = any_value(random, entry)
    stated = value if isinstance(value, dict) and "value" in value else {"value": value}
    new = with_answers(dossier, [Answer(thing.kind, thing.id, entry.name, **stated)], vocabulary_of())
    before = {(one.kind, one.id, name): held for one in dossier.world.things for name, held in one.given.items()}
    after = {(one.kind, one.id, name): held for one in new.world.things for name, held in one.given.items()}
    address = (thing.kind, thing.id, entry.name)
    assert {key: held for key, held in after.items() if key != address} == {
        key: held for key, held in before.items() if key != address
    }
    assert with_answers(new, [Answer(*address, value=None)], vocabulary_of()).digest == (
        dossier.digest if address not in before else with_answers(dossier, [Answer(*address, value=None)], vocabulary_of()).digest
    )
