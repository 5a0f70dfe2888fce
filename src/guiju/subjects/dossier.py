"""Dossiers: what is known of one subject, read from YAML or JSON (language, sections 2, 4, 11 and 12).

``read_dossier(path, vocabulary)`` takes a file, ``dossier_from(text_or_data, name, vocabulary)`` what is already at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from guiju.norms.vocabulary import Vocabulary
from guiju.norms.world import Thing, World
from guiju.norms.yaml_reader import Item, Map, Scalar, read_bytes, read_text
from guiju.subjects.content import content_of, digest_of
from guiju.subjects.errors import Notice, words
from guiju.subjects.graph import as_map, build
from guiju.subjects.links import link_all
from guiju.subjects.names import give_all


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fact that a reader found in a document, for a person to confirm."""

    thing: Thing
    name: str
    value: str
    line: int
    excerpt: str
    confidence: Literal["stated", "inferred"]
    rule: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier as read: its objects, what it is called, and the digest of what it says."""

    world: World
    digest: str
    source: str
    proposals: tuple[Proposal, ...] = ()
    warnings: tuple[Notice, ...] = ()
    note: str | None = field(default=None, compare=False)

    @property
    def subject(self) -> Thing:
        """The root object."""
        return self.world.root

    @property
    def content(self) -> dict[str, Any]:
        """What it says, as plain data in the long form."""
        return content_of(self.world)


def read_dossier(path: Path | str, vocabulary: Vocabulary) -> Dossier:
    """A dossier from a YAML or JSON file."""
    name = str(path)
    return dossier_from(read_bytes(Path(path), name), name, vocabulary)


def dossier_from(data: Item | str, name: str, vocabulary: Vocabulary) -> Dossier:
    """A dossier from text, or from data with places that was read elsewhere; ``name`` is what errors call it."""
    item = read_text(data, name) if isinstance(data, str) else data
    top = as_map(item, words("dossier.what-dossier"))
    graph = build(top, vocabulary)
    link_all(graph, top)
    give_all(graph, top)
    return Dossier(graph.world, digest_of(graph.world), name, note=_note(top))


def _note(top: Map) -> str | None:
    found = top.items.get("note")
    return found.text if isinstance(found, Scalar) and found.value is not None else None
