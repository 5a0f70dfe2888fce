"""What may be proposed from a model card: only what it says, never a no, never a conclusion."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.subjects import card_licence, card_making, card_modalities, card_numbers, card_openness
from guiju.subjects.card_conflicts import Reading, weigh
from guiju.subjects.card_finding import Doubt, Finding
from guiju.subjects.card_sections import Card
from guiju.subjects.front_matter import FrontMatter


def readings(matter: FrontMatter, card: Card, lines: list[str]) -> Reading:
    """Everything that a card lets one propose, weighed: its front matter first, then its text."""
    reading = weigh(_findings(matter, card, lines))
    licence = reading.settled.get("licence_name")
    if licence is not None and licence.value in card_licence.FREE:
        known = Finding(
            "licence_allows", card_licence.FREEDOMS, licence.line, "inferred", "free-licence", licence.excerpt, licence.lines
        )
        reading.settled["licence_allows"] = known
    return reading


def _findings(matter: FrontMatter, card: Card, lines: list[str]) -> Iterator[Finding | Doubt]:
    yield from card_licence.from_front_matter(matter)
    yield from card_licence.from_text(card)
    yield from card_licence.freedoms(card)
    yield from card_modalities.from_tasks(matter)
    yield from card_modalities.modalities(card)
    yield from card_modalities.breadth(card)
    yield from card_openness.weights(card, matter)
    yield from card_making.architecture(card)
    yield from card_openness.usage(card)
    yield from card_making.base(card, matter)
    yield from card_numbers.compute(card, lines)
    yield from card_numbers.parameters(card)
    yield from card_numbers.tokens(card)
