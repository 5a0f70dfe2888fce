"""The outline of a statute: its provisions by number with their fingerprints, and nothing of their words.

It ships with the rules, so that coverage can be counted without the text, and a text that has changed since is noticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from guiju.norms.fields import CorpusError, Fields, as_word
from guiju.norms.statutes.pinpoints import place_from
from guiju.norms.statutes.pinpoints_en import earlier_text
from guiju.norms.statutes.places import CHINESE, Place, PlaceError
from guiju.norms.statutes.reader import Statute, by_article, leaves, units_of
from guiju.norms.statutes.text import fingerprint
from guiju.norms.yaml_reader import Item, Map
from guiju.wording import Where


@dataclass(frozen=True)
class Outline:
    """``provisions``: place -> fingerprint; ``cut``: articles of which the copy holds only a part.

    ``earlier`` is the outline of the text before it was amended, and its ``year`` what pinpoints call that text by.
    """

    instrument: str
    text: str
    provisions: Mapping[Place, str]
    cut: frozenset[str] = field(default_factory=frozenset)
    earlier: Outline | None = None
    year: str = ""

    @property
    def numbering(self) -> str:
        """To which legal order its places belong."""
        return next((place.numbering for place in self.provisions), CHINESE)

    def units(self, place: Place) -> tuple[Place, ...]:
        """The provisions at or below a place."""
        return units_of(self._by_article.get(place.article, ()), place)

    def leaves(self) -> list[Place]:
        """The paragraphs without items, and the items: what is to be accounted for one by one."""
        return leaves(self.provisions)

    @cached_property
    def _by_article(self) -> dict[str, list[Place]]:
        return by_article(self.provisions)

    def version(self, pinpoint: str) -> Outline | None:
        """The outline of the text that an English pinpoint is of: this one, or the earlier one; None where it is of neither."""
        year = earlier_text(pinpoint)
        if year is None:
            return self
        return self.earlier if self.earlier and self.earlier.year == year else None


def outline_of(statute: Statute, instrument: str, earlier: Outline | None = None, year: str = "") -> Outline:
    """The outline of a text; with that of the text before it was amended, or the year by which that text is called."""
    prints = dict(zip(statute.texts, (fingerprint(text) for text in statute.texts.values()), strict=True))
    return Outline(instrument, statute.name, prints, frozenset(statute.cut), earlier, year)


def written_outline(outline: Outline) -> str:
    """The outline as a rule file."""
    lines = [f"outline: {outline.instrument}", f"text: {outline.text}"]
    if outline.cut:
        lines.append(f"cut: [{', '.join(repr(one) for one in sorted(outline.cut))}]")
    lines.extend(_provisions(outline))
    if outline.earlier:
        lines.extend(["earlier:", f"  text: {outline.earlier.text}", f"  year: '{outline.earlier.year}'"])
        lines.extend(f"  {line}" for line in _provisions(outline.earlier))
    return "# Written from the text by `guiju rules outline`: places and fingerprints, no words.\n" + "\n".join(lines) + "\n"


def _provisions(outline: Outline) -> list[str]:
    return ["provisions:", *(f"  '{place}': '{print_}'" for place, print_ in outline.provisions.items())]


def _place(written: str, where: Where) -> Place:
    try:
        return place_from(written)
    except (TypeError, ValueError, PlaceError):
        raise CorpusError("outline.no-place", where, got=written) from None


def read_outline(item: Item) -> Outline:
    """An ``outline.yaml``."""
    f = Fields(item, "outline")
    inner = f.inner("earlier")
    earlier = None
    if inner is not None:
        earlier = Outline(f.word("outline"), inner.word("text"), _prints(inner), year=inner.word("year"))
        inner.done()
    found = Outline(f.word("outline"), f.word("text"), _prints(f), frozenset(f.words("cut")), earlier)
    f.done()
    return found


def _prints(f: Fields) -> dict[Place, str]:
    provisions = f.required("provisions")
    if not isinstance(provisions, Map):
        raise CorpusError("corpus.not-a-rule-file", provisions.where)
    return {_place(place, provisions.where): as_word(print_, "outline") for place, print_ in provisions.items.items()}
