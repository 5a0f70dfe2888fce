"""Mapping files: what the columns of somebody's table mean, said once by a person and never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from guiju.norms.fields import Fields, as_day, as_word
from guiju.norms.vocabulary import Declared, Vocabulary
from guiju.norms.yaml_reader import Item, Map, read_file
from guiju.subjects.beside import data_of, name_of
from guiju.subjects.errors import DossierError
from guiju.subjects.graph import COMPANIONS
from guiju.wording import Where

SCHEMA: Final = "guiju.table/1"
ROW_KINDS: Final = ("system", *COMPANIONS, "purpose", "party")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name it answers, what its words mean, how several stand in one cell, whether these are all."""

    declared: Declared
    values: Mapping[str, Any]
    split: str | None
    exactly: bool
    where: Where


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A mapping file as read.

    ``kind``: what one row is, None for a table of two columns (``pairs``), names beside values, about one subject.
    """

    source: str
    kind: str | None
    id_column: str | None
    label_column: str | None
    pairs: tuple[str, str] | None
    sheet: str | None
    delimiter: str | None
    columns: Mapping[str, Column]
    ignored: frozenset[str] = frozenset()
    accept: bool = False
    by: str | None = None
    on: str | None = None
    subject: str | None = field(default=None)


def read_mapping(path: Path | str, vocabulary: Vocabulary) -> TableMapping:
    """A mapping from a YAML file.

    :raises DossierError: for a key or name that is not known, or values accepted without a person.
    """
    return mapping_from(read_file(path), str(path), vocabulary)


def mapping_from(item: Item, source: str, vocabulary: Vocabulary) -> TableMapping:
    """A mapping from data with places."""
    own = Fields(item, "mapping", DossierError)
    own.word("schema", SCHEMA, among=[SCHEMA])
    kind = own.optional_word("kind", among=ROW_KINDS)
    pairs = _pairs(own)
    if (kind is None) is (pairs is None):
        own.fail("table.rows-or-pairs")
    identifier, label = own.optional_word("id"), own.optional_word("name")
    if kind is not None and identifier is None:
        own.fail("data.missing-key", wanted="id")
    accept, by = own.flag("accept"), own.optional_word("by")
    if accept and by is None:
        own.fail("table.accepted-by-nobody", "accept")
    on = own.item("on")
    found = TableMapping(
        source, kind, identifier, label, pairs, own.optional_word("sheet"), _delimiter(own), _columns(own, vocabulary),
        frozenset(own.words("ignore")), accept, by, str(as_day(on, "mapping", DossierError)) if on else None,
        own.optional_word("subject"),
    )  # fmt: skip
    own.done()
    return found


def _pairs(own: Fields) -> tuple[str, str] | None:
    inner = own.inner("pairs")
    if inner is None:
        return None
    found = inner.word("name"), inner.word("value")
    inner.done()
    return found


def _delimiter(own: Fields) -> str | None:
    word = own.optional_word("delimiter")
    if word is not None and len(word) != 1:
        own.fail("table.delimiter", "delimiter", got=word)
    return word


def _columns(own: Fields, vocabulary: Vocabulary) -> dict[str, Column]:
    found = own.item("columns")
    if found is None:
        return {}
    if not isinstance(found, Map):
        own.fail("data.not-a-map", "columns", got=data_of(found))
    columns = {title: _column(item, vocabulary) for title, item in found.items.items()}
    names = [column.declared.name for column in columns.values()]
    if own.has("kind") and len(set(names)) < len(names):
        own.fail("table.name-twice", "columns", got=next(name for name in names if names.count(name) > 1))
    return columns


def _column(item: Item, vocabulary: Vocabulary) -> Column:
    if not isinstance(item, Map):
        item = Map({"name": item}, {"name": item.where}, item.where)
    own = Fields(item, "column", DossierError)
    own.required("name")
    declared = name_of(item, vocabulary)
    if declared.kind == "relation":
        own.fail("dossier.relation-as-name", "name", got=declared.name)
    values = own.item("values")
    if values is not None and not isinstance(values, Map):
        own.fail("data.not-a-map", "values", got=data_of(values))
    meanings = {as_text: data_of(value) for as_text, value in values.items.items()} if isinstance(values, Map) else {}
    split = own.item("split")
    found = Column(
        declared, meanings, as_word(split, "column", DossierError) if split is not None else None, own.flag("exactly"), item.where
    )
    own.done()
    return found
