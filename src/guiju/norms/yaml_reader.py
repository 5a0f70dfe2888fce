"""Files as data with places: YAML 1.2 core, exact decimals, every key and value knowing its line and column.

PyYAML reads YAML 1.1 scalars; the resolver here is ours: ``on``, ``yes`` and ``NO`` are words, numbers are decimals, dates
stay text. Repeated keys, aliases, tags, binary files and oversized files are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml

from guiju.wording import GuijuError, Where

MAX_BYTES: Final = 8 * 1024 * 1024
"""No rule file or dossier is larger; a card or a form of a person is a few hundred kilobytes at most."""

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
    """YAML (or JSON, which is YAML) as data with places."""
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise FileError("file.empty", Where(name))
        return _item(node, name, 0)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = Where(name, mark.line + 1, mark.column + 1) if mark else Where(name)
        raise FileError("file.not-yaml", place, got=problem.problem or "") from None
    except yaml.YAMLError as problem:
        raise FileError("file.not-yaml", Where(name), got=str(problem).splitlines()[0]) from None
    finally:
        loader.dispose()


def _item(node: Any, name: str, depth: int) -> Item:
    where = Where(name, node.start_mark.line + 1, node.start_mark.column + 1)
    if depth > 60:
        raise FileError("file.too-deep", where)
    if getattr(node, "anchor", None):
        raise FileError("file.alias", where)
    if isinstance(node, yaml.ScalarNode):
        quoted = bool(node.style)  # the C loader gives "" for a plain scalar
        if node.tag and not node.tag.startswith("tag:yaml.org,2002:"):
            raise FileError("file.tag", where, got=node.tag)
        return Scalar(node.value if quoted else resolve(node.value), node.value, quoted, where)
    if isinstance(node, yaml.SequenceNode):
        return Seq(tuple(_item(child, name, depth + 1) for child in node.value), where)
    return _map(node, name, depth, where)


def _map(node: Any, name: str, depth: int, where: Where) -> Map:
    items: dict[str, Item] = {}
    keys: dict[str, Where] = {}
    for key_node, value_node in node.value:
        place = Where(name, key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            raise FileError("file.key-not-a-word", place)
        key = key_node.value
        if key in items:
            raise FileError("file.repeated-key", place, got=key, first=keys[key].line)
        items[key] = _item(value_node, name, depth + 1)
        keys[key] = place
    return Map(items, keys, where)


def resolve(text: str) -> str | bool | Decimal | None:
    """A plain scalar by the YAML 1.2 core schema, with every number an exact decimal."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.match(text) or _NUMBER.match(text):
        return Decimal(text)
    return text


def plain(item: Item) -> Any:
    """The data without places: dict, list, str, bool, Decimal, None."""
    if isinstance(item, Scalar):
        return item.value
    if isinstance(item, Seq):
        return [plain(child) for child in item.items]
    return {key: plain(child) for key, child in item.items.items()}
