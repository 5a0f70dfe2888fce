"""What is read from real cards, held against a table made by hand by someone who had not seen the reader.

A member of a set is one fact. What is proposed and does not stand in the table is wrong, a fact of the table that is not proposed
is missed; points on which two careful people could differ (``doubtful``) count on neither side.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from guiju.norms import builtin, plain, read_file
from guiju.subjects import read_card

TRUTH: Any = plain(read_file(Path(__file__).parent / "truth" / "cards.yaml"))["cards"]

pytestmark = pytest.mark.data

Fact = tuple[str, str, str]


def members(card: str, name: str, value: Any) -> set[Fact]:
    """A value as single facts; a bound counts by the number it names."""
    if isinstance(value, dict):
        value = value.get("min", value.get("max", value.get("has", value.get("exactly"))))
    values = value if isinstance(value, list) else [value]
    return {(card, name, f"{one:f}" if hasattr(one, "as_tuple") else str(one).lower()) for one in values}


@pytest.fixture(scope="module")
def counts(data_dir: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for card, facts in TRUTH.items():
        wanted, doubtful = set[Fact](), set[str]()
        for name, entry in facts.items():
            if name == "notes":
                continue
            wanted |= members(card, name, entry["value"])
            doubtful |= {name} if entry.get("doubtful") else set()
        read = read_card(data_dir / "model-cards" / f"{card}.md", builtin().vocabulary)
        proposed = {fact for one in read.proposals for fact in members(card, one.name, one.data)}
        for kind, facts_of in (("right", wanted & proposed), ("wrong", proposed - wanted), ("missed", wanted - proposed)):
            for fact in facts_of:
                found[f"{kind}{' doubtful' if fact[1] in doubtful else ''}"] += 1
        found["negatives"] += sum(one.data is False for one in read.proposals)
    return found


def test_twenty_cards_were_read_by_hand() -> None:
    assert len(TRUTH) == 20


def test_nearly_all_that_is_proposed_stands_in_the_card(counts: Counter[str]) -> None:
    assert counts["right"] / (counts["right"] + counts["wrong"]) >= 0.95, counts


def test_most_of_what_stands_in_the_cards_is_proposed(counts: Counter[str]) -> None:
    assert counts["right"] / (counts["right"] + counts["missed"]) >= 0.70, counts


def test_no_negative_is_proposed(counts: Counter[str]) -> None:
    assert counts["negatives"] == 0
