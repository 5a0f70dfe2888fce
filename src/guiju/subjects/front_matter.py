"""The front matter of a Markdown card, read as people really write it: repeated keys, tabs, typographic quotes, broken YAML.

Only the top-level keys with a plain value or a plain list are taken; nothing is built from tags or anchors. Where the YAML
cannot be read, the lines are, one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import yaml

_FENCE: Final = re.compile(r"---+[ \t]*")
_END: Final = re.compile(r"(---+|\.\.\.)[ \t]*")
_KEY: Final = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*)|)")
_ENTRY: Final = re.compile(r"[ \t]*-[ \t]+(.*)")
_QUOTES: Final = " \t\"'“”‘’「」"


@dataclass(frozen=True, slots=True)
class Stated:
    """One value with its line in the file."""

    text: str
    line: int


@dataclass
class FrontMatter:
    """What stands at the head of a card; ``found`` is False where there is none."""

    found: bool = False
    fields: dict[str, list[Stated]] = field(default_factory=dict)
    repeated: dict[str, int] = field(default_factory=dict)
    variants: dict[str, list[list[Stated]]] = field(default_factory=dict)
    """What a repeated key says each time."""
    unreadable: int | None = None
    unclosed: int | None = None
    """The line of a head that nothing closes; its lines were read up to the first that is no key."""
    body: int = 0
    """The index of the first line after it."""


def read_front_matter(lines: list[str]) -> FrontMatter:
    """The front matter of a card given as lines."""
    start = next((index for index, line in enumerate(lines) if line.strip()), None)
    if start is None or not _FENCE.fullmatch(lines[start]):
        return FrontMatter()
    end = next((index for index in range(start + 1, len(lines)) if _END.fullmatch(lines[index])), None)
    open_end = _open_end(lines, start, end)
    if open_end is not None:
        if open_end == start + 1:
            return FrontMatter()
        matter = FrontMatter(found=True, body=open_end, unclosed=start + 1)
        _collect(matter, _by_line(lines[start + 1 : open_end], start + 1))
        return matter
    assert end is not None
    inside = lines[start + 1 : end]
    matter = FrontMatter(found=True, body=end + 1)
    for attempt in (inside, [line.replace("\t", "  ") for line in inside]):
        try:
            pairs = list(_pairs("\n".join(attempt) + "\n", start + 1))
        except (yaml.YAMLError, ValueError) as problem:
            mark = getattr(problem, "problem_mark", None)
            matter.unreadable = matter.unreadable or start + 2 + (mark.line if mark else 0)
            continue
        matter.unreadable = None
        break
    else:
        pairs = list(_by_line(inside, start + 1))
    _collect(matter, pairs)
    return matter


def _open_end(lines: list[str], start: int, end: int | None) -> int | None:
    """Where a head that was not closed ends: at its first line that cannot be of a head. None where it is closed.

    A rule in the text further down does not close it: between them stand a blank line and a heading or a paragraph.
    """
    stop = len(lines) if end is None else end
    for index in range(start + 1, stop):
        line = lines[index]
        blank = index == start + 1 or not lines[index - 1].strip()
        of_head = not line.strip() or _KEY.fullmatch(line) or line[0] in " \t-#\"'?}]" or line.startswith(("...", "{", "["))
        if not of_head and end is None:
            return index
        if blank and index > start + 1 and (re.match(r"#{1,6} \S", line) or not of_head):
            after = next((later for later in lines[index + 1 : stop] if later.strip()), "")
            if not _KEY.fullmatch(after) and not after.startswith((" ", "-", "\t")):
                return index
    return stop if end is None else None


def _collect(matter: FrontMatter, pairs: Iterable[tuple[str, int, list[Stated]]]) -> None:
    """Keep each key once. A key that is repeated with another value says nothing."""
    for key, line, values in pairs:
        if key in matter.fields and {one.text for one in matter.fields[key]} != {one.text for one in values}:
            matter.repeated.setdefault(key, line)
            matter.variants.setdefault(key, [matter.fields[key]]).append(values)
        matter.fields.setdefault(key, values)
    for key in matter.repeated:
        matter.fields.pop(key, None)


def _pairs(text: str, offset: int) -> Iterator[tuple[str, int, list[Stated]]]:
    """Top-level keys with their plain values, from the events of the parser; nothing is composed or constructed."""
    depth, key, key_line, in_list = 0, None, 0, False
    values: list[Stated] = []
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = offset + 1 + (event.start_mark.line if event.start_mark else 0)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth == 1 and not isinstance(event, yaml.MappingStartEvent):
                return
            if depth == 2:
                in_list = isinstance(event, yaml.SequenceStartEvent)
            continue
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            if depth == 1 and key is not None:
                yield key, key_line, values
                key, values = None, []
            continue
        if isinstance(event, yaml.ScalarEvent):
            if depth == 1 and key is None:
                key, key_line = event.value, line
            elif depth == 1 and key is not None:
                yield key, key_line, _plain(event.value, line)
                key, values = None, []
            elif depth == 2 and in_list:
                values += _plain(event.value, line)
        elif isinstance(event, yaml.AliasEvent) and depth == 1:
            key = None if key is not None else ""


def _plain(text: str, line: int) -> list[Stated]:
    stripped = text.strip(_QUOTES)
    return [Stated(stripped, line)] if stripped and stripped not in ("null", "~", "Null", "NULL") else []


def _by_line(lines: list[str], offset: int) -> Iterator[tuple[str, int, list[Stated]]]:
    """The same from broken YAML: ``key: value``, ``key: [a, b]`` and the ``- entries`` below a key."""
    key, key_line = None, 0
    values: list[Stated] = []
    for number, line in enumerate(lines, offset + 1):
        found = _KEY.fullmatch(line)
        entry = _ENTRY.fullmatch(line)
        if found:
            if key is not None:
                yield key, key_line, values
            key, key_line = found[1], number
            written = re.sub(r"[ \t]#.*", "", found[2] or "").strip()
            parts = written[1:-1].split(",") if written.startswith("[") and written.endswith("]") else [written]
            values = [one for part in parts for one in _plain(part, number)]
        elif entry and key is not None:
            values += _plain(entry[1], number)
    if key is not None:
        yield key, key_line, values
