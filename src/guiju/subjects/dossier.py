"""Dossiers: what is known of one subject, read from YAML or JSON (language, sections 2, 4, 11 and 12).

``read_dossier(path, vocabulary)`` takes a file, ``dossier_from(text_or_data, name, vocabulary)`` what is already at hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from guiju.norms.vocabulary import Vocabulary
from guiju.norms.world import Thing, World
from guiju.norms.yaml_reader import FileError, Item, Map, Scalar, read_bytes, read_text
from guiju.subjects.content import content_of, digest_of
from guiju.subjects.errors import DossierError, Notice, words
from guiju.subjects.graph import as_map, build
from guiju.subjects.links import link_all
from guiju.subjects.names import give_all
from guiju.wording import Where

_ENDLESS: Final = re.compile(r"[0-9.][eE][-+]?[0-9]{7,}")
"""A number that no decimal can hold."""

MAX_DEPTH: Final = 40
"""No dossier nests deeper; what does was made to break readers."""


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
    item = _read(data, name) if isinstance(data, str) else data
    top = as_map(item, words("dossier.what-dossier"))
    graph = build(top, vocabulary)
    link_all(graph, top)
    give_all(graph, top)
    return Dossier(graph.world, digest_of(graph.world), name, note=_note(top))


def _note(top: Map) -> str | None:
    found = top.items.get("note")
    return found.text if isinstance(found, Scalar) and found.value is not None else None


def _read(text: str, name: str) -> Item:
    _look_over(text, name)
    try:
        return read_text(text, name)
    except (ArithmeticError, RecursionError, ValueError):
        found = _ENDLESS.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else None
        raise DossierError("dossier.unreadable", Where(name, line)) from None


def _look_over(text: str, name: str) -> None:
    """Refuse anchors, aliases, tags and bottomless nesting from the parser's events, before anything is built of them."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            mark = event.start_mark
            place = Where(name, mark.line + 1, mark.column + 1) if mark else Where(name)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise FileError("file.too-deep", place)
            if getattr(event, "anchor", None):
                raise FileError("file.alias", place)
            tag = getattr(event, "tag", None)
            if tag is not None:
                raise FileError("file.tag", place, got=tag)
    except (yaml.YAMLError, ValueError):
        return  # said by the reader itself, with its place
