"""Dossiers: what is known of one subject, read from YAML or JSON (language, sections 2, 4, 11 and 12).

``read_dossier(path, vocabulary)`` takes a file, ``dossier_from(text_or_data, name, vocabulary)`` what is already at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guiju.norms.vocabulary import Vocabulary
from guiju.norms.world import Thing, World
from guiju.norms.yaml_reader import Item, Map, Scalar, read_bytes, read_text
from guiju.subjects.beside import Asked, Proposal, Version, read_asked, read_example, read_proposals, read_version
from guiju.subjects.content import content_of, digest_of
from guiju.subjects.errors import Notice, words
from guiju.subjects.graph import Graph, as_map, build
from guiju.subjects.links import link_all
from guiju.subjects.names import give_all

__all__ = ["Dossier", "Proposal", "dossier_from", "read_dossier"]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier as read: its objects, what it is called, and the digest of what it says.

    What stands beside (proposals, what was asked, the version, notes) says nothing of the subject; the digest leaves it out.
    ``example``: the subject is invented; whatever is made of the dossier carries that mark.
    """

    world: World
    digest: str
    source: str
    proposals: tuple[Proposal, ...] = ()
    warnings: tuple[Notice, ...] = ()
    note: str | None = field(default=None, compare=False)
    asked: tuple[Asked, ...] = ()
    version: Version | None = None
    notes: Mapping[Thing, str] = field(default_factory=dict, compare=False)
    example: bool = False

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
    proposals, notices = read_proposals(top, graph.world)
    return Dossier(
        graph.world,
        digest_of(graph.world),
        name,
        proposals,
        tuple(notices),
        _note(top),
        read_asked(top, vocabulary),
        read_version(top),
        _notes(graph),
        read_example(top),
    )


def _note(own: Map) -> str | None:
    found = own.items.get("note")
    return found.text if isinstance(found, Scalar) and found.value is not None else None


def _notes(graph: Graph) -> dict[Thing, str]:
    """The notes that stand with the objects."""
    found = {entry.thing: _note(entry.map) for entry in graph.entries if entry.map is not None}
    return {thing: note for thing, note in found.items() if note}
