"""The rules of an edition as data: books, instruments, norms with their versions, events, names and schemes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from guiju.norms.meaning import digest
from guiju.norms.model import Event, Instrument, InstrumentKind, Norm, Scheme, Targets
from guiju.norms.provisions import Contents, instrument_of
from guiju.norms.statutes.outline import Outline
from guiju.norms.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Book:
    """One publisher's bundle. ``signed_by`` stays None until the record can sign."""

    name: str
    digest: str
    files: tuple[str, ...]
    signed_by: str | None = None


@dataclass(eq=False)
class Corpus:
    """All rules of an edition; what is worked out of one is kept with that one, so two are equal only where they are the same.

    ``norms``: id and versions; ``said``: a term and the words by which texts name who has it; ``read_by``: the bodies whose
    readings stand in place of the text; ``questionnaires``: files as they stand, by name, read when one is asked for.
    """

    books: list[Book] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    kinds: dict[str, InstrumentKind] = field(default_factory=dict)
    norms: dict[str, list[Norm]] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    schemes: dict[str, Scheme] = field(default_factory=dict)
    outlines: dict[str, Outline] = field(default_factory=dict)
    said: dict[str, tuple[str, ...]] = field(default_factory=dict)
    read_by: tuple[str, ...] = ()
    questionnaires: dict[str, str] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        """The rules themselves, for a copy kept on disk; what was worked out from them is worked out again."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @cached_property
    def contents(self) -> Contents:
        """The tables of contents of all instruments."""
        return Contents(self.instruments)

    def hit_by(self, targets: Targets) -> tuple[str, ...]:
        """The ids of the norms that targets stand for, in the order of the corpus; worked out once."""
        found = self._hits.get(targets)
        if found is None:
            instruments = {instrument_of(one) for one in targets.ids}
            among = [one for instrument in instruments for one in self._of_instrument.get(instrument, ())]
            hits = {one for one in among if self.contents.hit(targets, one)}
            found = self._hits[targets] = tuple(one for one in self.norms if one in hits)
        return found

    @cached_property
    def _hits(self) -> dict[Targets, tuple[str, ...]]:
        return {}

    @cached_property
    def _of_instrument(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in self.norms:
            found.setdefault(instrument_of(one), []).append(one)
        return found

    @cached_property
    def divided(self) -> frozenset[str]:
        """The provisions of whose parts there are norms: ``eu/ai-act/16`` where ``eu/ai-act/16.k`` is one."""
        parts = (one.split("#", maxsplit=1)[0].split(".") for one in self.norms)
        return frozenset(".".join(part[:end]) for part in parts for end in range(1, len(part)))

    @cached_property
    def touching(self) -> dict[str, list[Event]]:
        """Norm -> every legal event that targets it, known or not, pending or not."""
        found: dict[str, list[Event]] = {}
        for event in self.events.values():
            for one in self.hit_by(event.targets):
                found.setdefault(one, []).append(event)
        return found

    @cached_property
    def edition(self) -> str:
        """The digest of the digests of the books, in their order; whoever reads them, they are the same books."""
        return digest([book.digest for book in self.books])

    @cached_property
    def questionnaire_ids(self) -> tuple[str, ...]:
        """The questionnaires of the books, as the first line of each file names them."""
        first = (text.partition("\n")[0].partition(":")[2].partition("#")[0].strip() for text in self.questionnaires.values())
        return tuple(sorted(set(first)))

    def all_norms(self) -> Iterable[Norm]:
        """Every version of every norm, in a fixed order."""
        for identifier in sorted(self.norms, key=natural_key):
            yield from self.norms[identifier]

    def kind_of(self, norm: Norm) -> InstrumentKind:
        """The kind of a norm's instrument, with its rank and force."""
        instrument = self.instruments[norm.instrument]
        return self.kinds[f"{instrument.id.split('/')[0]}/{instrument.kind}"]


def natural_key(identifier: str) -> list[tuple[int, int, str]]:
    """Ids in the order a reader expects: Article 6 before 25, 111 after 99."""
    parts = identifier.replace("#", "/#").replace(".", "/").split("/")
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]
