"""Where the text of an act of the European Union is read from: articles and annexes, each a list of lines.

Two kinds of source are known. JSON: ``<name>-articles.json`` with ``<name>-annexes.json`` beside it, lists of objects with
``articleNumber`` (``annexNumber``) and ``paragraphs``, one line each. Formex, the XML of the Official Journal: a folder of
``*.fmx.xml``. A power that loses its superscript in plain text is written ``10(^25)`` where the source still has it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from guiju.norms.yaml_reader import read_bytes
from guiju.wording import GuijuError, Where

ARTICLES: Final = "-articles.json"
ANNEXES: Final = "-annexes.json"
FORMEX: Final = ".fmx.xml"

_BLOCKS: Final = frozenset({"P", "LIST", "ITEM", "NP", "ALINEA", "PARAG", "QUOT.S", "GR.SEQ", "CONTENTS", "DLIST", "DLIST.ITEM"})
_SKIPPED: Final = frozenset({"NO.P", "NO.PARAG", "NOTE", "TI.ART", "STI.ART", "TITLE"})
_ANNEX: Final = re.compile(r"ANNEX ([IVXLC]+)\s*")


class StatuteError(GuijuError):
    """A text that is not the text of a statute as these readers know it."""


@dataclass(frozen=True, slots=True)
class Provision:
    """An article (``6``, ``75a``) or annex (``annex-iii``) as its lines stand in the source."""

    number: str
    title: str
    lines: tuple[str, ...]


def read_json(path: Path) -> list[Provision]:
    """Articles, and the annexes of the file beside it where there is one.

    :raises StatuteError: where a file is no list of articles cut into paragraphs.
    """
    annexes = path.with_name(path.name.removesuffix(ARTICLES) + ANNEXES)
    found = [_provision(one, "articleNumber", path) for one in _list(path)]
    if annexes.exists():
        found.extend(_provision(one, "annexNumber", annexes) for one in _list(annexes))
    return found


def _list(path: Path) -> list[Any]:
    try:
        read = json.loads(read_bytes(path, path.name))
    except ValueError as problem:
        raise StatuteError("statute.not-json", Where(path.name), got=str(problem)) from None
    if not isinstance(read, list) or not read:
        raise StatuteError("statute.no-provisions", Where(path.name))
    return read


def _provision(entry: object, number: str, path: Path) -> Provision:
    if not isinstance(entry, dict) or not isinstance(entry.get(number), str) or not isinstance(entry.get("paragraphs"), list):
        raise StatuteError("statute.no-provisions", Where(path.name))
    if not all(isinstance(one, str) for one in entry["paragraphs"]):
        raise StatuteError("statute.no-provisions", Where(path.name))
    name = entry[number] if number == "articleNumber" else f"annex-{entry[number].lower()}"
    return Provision(name, str(entry.get("title", "")), tuple(" ".join(one.split()) for one in entry["paragraphs"]))


def read_formex(folder: Path) -> list[Provision]:
    """The articles and annexes of a folder of Formex files.

    :raises StatuteError: where there is no article in it.
    """
    articles: list[Provision] = []
    annexes: list[Provision] = []
    for path in sorted(folder.glob(f"*{FORMEX}")):
        try:
            root = fromstring(path.read_bytes())
        except (SyntaxError, ValueError) as problem:  # the latter: entities, which are refused
            raise StatuteError("statute.not-xml", Where(path.name), got=str(problem)) from None
        articles.extend(_article(one) for one in root.iter("ARTICLE"))
        if root.tag == "ANNEX":
            annexes.append(_annex(root))
    if not articles:
        raise StatuteError("statute.no-provisions", Where(folder.name))
    return [*articles, *annexes]


def _article(root: Element) -> Provision:
    number = _words(root.find("TI.ART")).removeprefix("Article").strip()
    lines: list[str] = []
    for part in root:
        if part.tag == "PARAG":
            lines.extend(
                _numbered(_words(part.find("NO.PARAG")), [line for one in part.findall("ALINEA") for line in _lines(one)])
            )
        elif part.tag == "ALINEA":
            lines.extend(_lines(part))
    return Provision(number, _words(root.find("STI.ART")), tuple(lines))


def _annex(root: Element) -> Provision:
    title = root.find("TITLE")
    words = _title(title) if title is not None else ""
    number = _ANNEX.match(words)
    contents = root.find("CONTENTS")
    lines = tuple(_lines(contents)) if contents is not None else ()
    return Provision(f"annex-{number[1].lower() if number else ''}", words[number.end() if number else 0 :], lines)


def _title(title: Element) -> str:
    return " ".join(" ".join(title.itertext()).split())


def _numbered(number: str, lines: list[str]) -> list[str]:
    return [f"{number} {lines[0]}", *lines[1:]] if lines else [number]


def _lines(root: Element) -> Iterator[str]:
    """The lines of an element: running text up to the next block, then the blocks."""
    if root.tag == "QUOT.S":
        yield " ".join(_lines_below(root))
    elif root.tag == "LIST" and root.get("TYPE") == "DASH":
        yield from (f"— {' '.join(_lines_below(item))}" for item in root)
    elif root.tag in ("NP", "DLIST.ITEM"):
        yield from _item(root)
    elif root.tag == "GR.SEQ":
        title = root.find("TITLE")
        if title is not None:
            yield _title(title)
        yield from _lines_below(root)
    else:
        yield from _lines_below(root)


def _lines_below(root: Element) -> Iterator[str]:
    running = root.text or ""
    for child in root:
        if child.tag in _BLOCKS:
            if running.strip():
                yield " ".join(running.split())
            running = ""
            yield from _lines(child)
        elif child.tag not in _SKIPPED:
            running += _inline(child)
        running += child.tail or ""
    if running.strip():
        yield " ".join(running.split())


def _item(root: Element) -> Iterator[str]:
    """A point: what it says itself is one line, whatever it says in how many; lists below it are lines of their own."""
    said: list[str] = []
    below: list[str] = []
    for child in root:
        if child.tag == "TXT" or (child.tag == "P" and child.find(".//NP") is None and not below):
            said.extend(_lines_below(child))
        elif child.tag not in _SKIPPED:
            below.extend(_lines(child))
    yield " ".join([_words(root.find("NO.P")), *said]).strip()
    yield from below


def _inline(element: Element) -> str:
    if element.tag.startswith("QUOT.") and element.get("CODE"):
        return chr(int(element.get("CODE", ""), 16))
    inside = (element.text or "") + "".join(_inline(one) + (one.tail or "") for one in element if one.tag not in _SKIPPED)
    if element.tag == "HT" and element.get("TYPE") == "SUP":
        return f"(^{inside.strip()})" if re.fullmatch(r"\s*\d+\s*", inside) else inside
    return inside


def _words(element: Element | None) -> str:
    return "" if element is None else " ".join(_inline(element).split())
