"""Files as data with places: YAML 1.2 core, exact decimals, every key and value knowing its line and column.

PyYAML reads YAML 1.1 scalars; the resolver here is ours: ``on``, ``yes`` and ``NO`` are words, numbers are decimals, dates
stay text. Repeated keys, aliases, tags, binary files and oversized files are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

import yaml

from guiju.wording import GuijuError, Where

MAX_BYTES: Final = 8 * 1024 * 1024
"""No rule file or dossier is larger; a card or a form of a person is a few hundred kilobytes at most."""

MAX_DEPTH: Final = 40
"""No dossier or rule file nests deeper; what does was made to break readers."""

_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_CONSTANTS: Final[dict[str, bool | None]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


class FileError(GuijuError):
    """A file that cannot be read as data."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One plain value; ``text`` is what stands in the file, ``quoted`` whether it stood in quotes or a block."""

    value: str | bool | Decimal | None
    text: str
    quoted: bool
    where: Where


@dataclass(frozen=True, slots=True)
class Seq:
    """A list, with its place."""

    items: tuple[Item, ...]
    where: Where

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Map:
    """A mapping, with the place of every key."""

    items: dict[str, Item]
    keys: dict[str, Where]
    where: Where


Item = Scalar | Seq | Map


def read_file(path: Path | str, name: str | None = None) -> Item:
    """The file as data; ``name`` is what errors call it."""
    shown = name or str(path)
    return read_text(read_bytes(Path(path), shown), shown)


def read_bytes(path: Path, shown: str) -> str:
    """The text of a file that a person handed in: there, not too large, UTF-8, not binary."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise FileError("file.folder", Where(shown))
        if size > MAX_BYTES:
            raise FileError("file.too-large", Where(shown), got=f"{size / 1048576:.0f} MB", limit=f"{MAX_BYTES // 1048576} MB")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise FileError("file.missing", Where(shown)) from None
    except PermissionError:
        raise FileError("file.not-readable", Where(shown)) from None
    if b"\0" in raw:
        raise FileError("file.binary", Where(shown))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise FileError("file.not-utf8", Where(shown, line)) from None


def read_text(text: str, name: str) -> Item:
    """YAML (or JSON, which is YAML) as data with places, built from the parser's events; aliases and tags are refused."""
    try:
        return _Builder(name).build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = Where(name, mark.line + 1, mark.column + 1) if mark else Where(name)
        raise FileError(_unreadable(name), place, got=problem.problem or "") from None
    except yaml.YAMLError as problem:
        raise FileError(_unreadable(name), Where(name), got=str(problem).splitlines()[0]) from None
    except UnicodeEncodeError:
        raise FileError("file.not-utf8", Where(name)) from None


def _unreadable(name: str) -> str:
    return "file.not-json" if name.lower().endswith(".json") else "file.not-yaml"


@dataclass(slots=True)
class _Open:
    """A collection that is being read."""

    where: Where
    items: list[Item] | None = None
    pairs: dict[str, Item] = field(default_factory=dict)
    places: dict[str, Where] = field(default_factory=dict)
    key: tuple[str, Where] | None = None


class _Builder:
    """Data from events. Depth is bounded while reading, so that no input can exhaust the stack."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._stack: list[_Open] = []
        self._root: Item | None = None

    def build(self, events: Iterable[Any]) -> Item:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and self._root is not None:
                raise FileError("file.several-documents", self._where(event))
            if isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close()
        if self._root is None or (isinstance(self._root, Scalar) and self._root.value is None):
            raise FileError("file.empty", Where(self._name))
        return self._root

    def _where(self, event: Any) -> Where:
        return Where(self._name, event.start_mark.line + 1, event.start_mark.column + 1)

    def _node(self, event: Any) -> None:
        where = self._where(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise FileError("file.alias", where)
        if event.tag is not None:
            raise FileError("file.tag", where, got=event.tag)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, where)
            return
        if self._stack and self._stack[-1].items is None and self._stack[-1].key is None:
            raise FileError("file.key-not-a-word", where)
        if len(self._stack) >= MAX_DEPTH:
            raise FileError("file.too-deep", where)
        self._stack.append(_Open(where, [] if isinstance(event, yaml.SequenceStartEvent) else None))

    def _scalar(self, event: Any, where: Where) -> None:
        top = self._stack[-1] if self._stack else None
        if top is not None and top.items is None and top.key is None:
            if event.value in top.pairs:
                raise FileError("file.repeated-key", where, got=event.value, first=top.places[event.value].line)
            top.key = (event.value, where)
            return
        quoted = bool(event.style)  # the C parser gives "" or None for a plain scalar
        self._put(Scalar(event.value if quoted else resolve(event.value, where), event.value, quoted, where))

    def _close(self) -> None:
        done = self._stack.pop()
        self._put(Map(done.pairs, done.places, done.where) if done.items is None else Seq(tuple(done.items), done.where))

    def _put(self, item: Item) -> None:
        if not self._stack:
            self._root = item
            return
        top = self._stack[-1]
        if top.items is not None:
            top.items.append(item)
        elif top.key is not None:
            key, where = top.key
            top.pairs[key], top.places[key], top.key = item, where, None


def resolve(text: str, where: Where | None = None) -> str | bool | Decimal | None:
    """A plain scalar by the YAML 1.2 core schema, with every number an exact decimal.

    :raises FileError: for a number too large to be one.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.match(text) or _NUMBER.match(text):
        try:
            return Decimal(text)
        except InvalidOperation:
            raise FileError("file.number-too-large", where, got=text[:40]) from None
    return text


def plain(item: Item) -> Any:
    """The data without places: dict, list, str, bool, Decimal, None."""
    if isinstance(item, Scalar):
        return item.value
    if isinstance(item, Seq):
        return [plain(child) for child in item.items]
    return {key: plain(child) for key, child in item.items.items()}
