"""The samples say what they are for: they read, and between them they give every kind of answer."""

from datetime import date
from pathlib import Path

import pytest

from guiju.logic import Truth
from guiju.norms import Program, Results, Vocabulary, answer, builtin
from guiju.subjects import read_subject


def results(path: Path, vocabulary: Vocabulary) -> Results:
    return answer(Program(builtin(), date(2026, 11, 21)), read_subject(path, vocabulary).world)


@pytest.fixture(scope="module")
def chat(samples: Path, vocabulary: Vocabulary) -> Results:
    return results(samples / "companion-chat.yaml", vocabulary)


def test_every_sample_reads(samples: Path, vocabulary: Vocabulary) -> None:
    found = sorted(path for path in samples.iterdir() if path.suffix in (".yaml", ".json", ".md"))
    assert len(found) >= 3
    for path in found:
        assert not read_subject(path, vocabulary).warnings


def test_the_companion_chat_shows_every_force_and_status(chat: Results) -> None:
    rows = [row for row in chat.rows if row.in_scope is not Truth.FALSE]
    assert {"hard", "hardened", "soft"} <= {row.force.force for row in rows}
    assert {"applies", "transitional", "upcoming"} <= {row.timing.status for row in rows}
    assert {Truth.TRUE, Truth.UNKNOWN} <= {row.in_scope for row in rows}
    assert {Truth.TRUE, Truth.FALSE, Truth.UNKNOWN} <= {row.met.met for row in rows if row.met and row.met.met is not None}


def test_the_companion_chat_has_not_filed_its_algorithm(chat: Results) -> None:
    (row,) = [row for row in chat.rows if row.norm.id == "cn/algorithm-provisions/24.1"]
    assert row.met is not None
    assert row.met.clock is not None
    assert (row.in_scope, row.met.met, row.met.clock.state) == (Truth.TRUE, Truth.FALSE, "overdue")


def test_the_triage_system_has_a_new_provider(samples: Path, vocabulary: Vocabulary) -> None:
    found = results(samples / "triage.yaml", vocabulary)
    system = found.world.root
    roles = {
        party.id: found.evaluation.term(vocabulary.declared["eu.provider"], party) for party in found.world.parties_of(system)
    }
    assert roles == {"org:medisort": Truth.FALSE, "org:st-lucia-hospitals": Truth.TRUE}
