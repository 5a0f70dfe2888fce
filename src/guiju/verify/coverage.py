"""Coverage, not count: what became of every paragraph and item of an instrument.

The unit is the smallest provision: a paragraph (款), or each item (项) where a paragraph is a list. A unit is *encoded* where a
norm that is not from memory names it in its pinpoint, *partly* where one of them leaves something out, *carried* where
the instrument says which event, term or other norm holds it, *not encoded* with a reason of a closed list; anything else is
*unaccounted*. *Operative* are all units but those that only say why the instrument was made, were repealed, define a word
that is carried elsewhere, or lie outside what the instrument was taken up for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from guiju.norms import Corpus, Instrument, Norm
from guiju.norms.provisions import pinpointed, places_of_id, version_of
from guiju.norms.statutes import Outline, Place

STATES: Final = ("encoded", "partly", "carried", "purpose", "definition", "state", "repealed", "scope", "unaccounted")
NOT_OPERATIVE: Final = frozenset({"purpose", "definition", "repealed", "scope"})
COLUMNS: Final = ("encoded", "partly", "carried", "state", "unaccounted")
"""The states that a table shows one by one; the others are set aside together."""

ENCODED: Final = frozenset({"encoded", "partly", "carried"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph or item: its state, and the ids that cover it."""

    place: Place
    state: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Covered:
    """The coverage of one instrument."""

    instrument: str
    text: str
    units: tuple[Unit, ...]

    @property
    def counts(self) -> Counter[str]:
        """State -> number of units."""
        return Counter(unit.state for unit in self.units)

    @property
    def total(self) -> int:
        """The units of the text."""
        return len(self.units)

    @property
    def operative(self) -> int:
        """The units that lay something down here."""
        return sum(unit.state not in NOT_OPERATIVE for unit in self.units)

    @property
    def encoded(self) -> int:
        """The operative units that are encoded, whole or partly, or carried by something named."""
        return sum(unit.state in ENCODED for unit in self.units)

    @property
    def aside(self) -> int:
        """The units that lay nothing down here."""
        return len(self.units) - self.operative

    @property
    def unaccounted(self) -> tuple[Place, ...]:
        """The units of which nothing is said."""
        return tuple(unit.place for unit in self.units if unit.state == "unaccounted")


def coverage(corpus: Corpus) -> list[Covered]:
    """The coverage of every instrument that claims to be covered whole and has an outline, in the order of their ids."""
    found = []
    for identifier in sorted(corpus.instruments):
        instrument, outline = corpus.instruments[identifier], corpus.outlines.get(identifier)
        if instrument.coverage is not None and outline is not None:
            found.append(covered(corpus, instrument, outline))
    return found


def covered(corpus: Corpus, instrument: Instrument, outline: Outline) -> Covered:
    """The coverage of one instrument, unit by unit."""
    norms = [norm for norm in corpus.all_norms() if norm.instrument == instrument.id and norm.active]
    named: dict[Place, dict[str, Norm]] = {}
    for norm in norms:
        if version_of(norm, outline) is outline:
            for unit in (unit for place in _named(norm, outline) for unit in outline.units(place)):
                named.setdefault(unit, {})[norm.id] = norm
    stated = _stated(instrument, outline)
    units = tuple(_unit(leaf, list(named.get(leaf, {}).values()), stated) for leaf in outline.leaves())
    return Covered(instrument.id, outline.text, units)


def _named(norm: Norm, outline: Outline) -> Iterable[Place]:
    """The places a norm carries: those of its pinpoint, and those its exceptions name."""
    yield from pinpointed(norm, outline.numbering)
    for exempt in norm.exceptions:
        if exempt.at.startswith(f"{norm.instrument}/"):
            yield from places_of_id(exempt.at, outline)[:1]


def _stated(instrument: Instrument, outline: Outline) -> dict[Place, Unit]:
    """What the instrument says of provisions that none of its norms names; carried before left out, the first entry first."""
    found: dict[Place, Unit] = {}
    entries = (
        [(place, "carried", one.by) for one in instrument.coverage.carried for place in one.at] if instrument.coverage else []
    )
    for one in instrument.coverage.not_encoded if instrument.coverage else ():
        entries.extend((place, one.why, (one.defined_in,) if one.defined_in else ()) for place in one.at)
    for place, state, by in entries:
        for unit in outline.units(place):
            found.setdefault(unit, Unit(unit, state, by))
    return found


def _unit(leaf: Place, by: list[Norm], stated: dict[Place, Unit]) -> Unit:
    if by:
        state = "encoded" if all(norm.encoded == "whole" for norm in by) else "partly"
        return Unit(leaf, state, tuple(norm.id for norm in by))
    return stated.get(leaf, Unit(leaf, "unaccounted"))
