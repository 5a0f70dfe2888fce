"""The outline of a statute: its provisions by number with their fingerprints, and nothing of their words.

It ships with the rules, so that coverage can be counted without the text, and a text that has changed since is noticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.norms.fields import CorpusError, Fields, as_word
from guiju.norms.statutes.places import Place, place_from
from guiju.norms.statutes.reader import Statute, leaves
from guiju.norms.yaml_reader import Item, Map
from guiju.wording import Where


@dataclass(frozen=True)
class Outline:
    """``provisions``: place -> fingerprint; ``cut``: articles of which the copy holds only a part."""

    instrument: str
    text: str
    provisions: Mapping[Place, str]
    cut: frozenset[str] = field(default_factory=frozenset)

    def units(self, place: Place) -> tuple[Place, ...]:
        """The provisions at or below a place."""
        return tuple(one for one in self.provisions if place.holds(one))

    def leaves(self) -> list[Place]:
        """The paragraphs without items, and the items: what is to be accounted for one by one."""
        return leaves(self.provisions)


def outline_of(statute: Statute, instrument: str) -> Outline:
    """The outline of a text."""
    prints = dict(zip(statute.texts, statute.fingerprints().values(), strict=True))
    return Outline(instrument, statute.name, prints, frozenset(statute.cut))


def written_outline(outline: Outline) -> str:
    """The outline as a rule file."""
    lines = [f"outline: {outline.instrument}", f"text: {outline.text}"]
    if outline.cut:
        lines.append(f"cut: [{', '.join(repr(one) for one in sorted(outline.cut))}]")
    lines.append("provisions:")
    lines.extend(f"  '{place}': '{print_}'" for place, print_ in outline.provisions.items())
    return "# Written from the text by `guiju rules outline`: places and fingerprints, no words.\n" + "\n".join(lines) + "\n"


def _place(written: str, where: Where) -> Place:
    try:
        return place_from(written)
    except (TypeError, ValueError):
        raise CorpusError("outline.no-place", where, got=written) from None


def read_outline(item: Item) -> Outline:
    """An ``outline.yaml``."""
    f = Fields(item, "outline")
    provisions = f.required("provisions")
    if not isinstance(provisions, Map):
        raise CorpusError("corpus.not-a-rule-file", provisions.where)
    prints = {_place(place, provisions.where): as_word(print_, "outline") for place, print_ in provisions.items.items()}
    found = Outline(f.word("outline"), f.word("text"), prints, frozenset(f.words("cut")))
    f.done()
    return found
