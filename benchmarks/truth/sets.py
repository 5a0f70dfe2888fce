"""The sets of examples in words: their files, what is asked of each row, and the name of a row that says nothing of its label.

The ids of the published rows hold their labels, and so does the order in which they stand. A row is therefore called by a
digest of its id, here, in fact files, in changes and in adjudications; rows are written in the order of these names.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

Raw = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One published row: its blind name, what a reader may see, and the row itself."""

    key: str
    question: str
    text: str
    raw: Raw


@dataclass(frozen=True)
class Examples:
    """A set of examples: ``prefix`` begins the names of its rows, ``asked`` gives the question that is put of a row."""

    name: str
    file: str
    prefix: str
    asked: Callable[[Raw], str]


def _annex_point(raw: Raw) -> str:
    point, _, rest = str(raw["annex_iii_point"]).partition(":")
    return f"Annex III, point {point}" + (f" ({rest.replace('-', ' ')})" if rest else "")


def _provision(raw: Raw) -> str:
    return f"Article {raw['provision']}"


def _test(raw: Raw) -> str:
    return str(raw["test"]) + (f" (domain: {raw['domain']})" if raw.get("domain") else "")


EXAMPLES = (
    Examples("highrisk", "ec-highrisk-examples.jsonl", "hr", _annex_point),
    Examples("prohibited", "ec-prohibited-examples.jsonl", "pr", _provision),
    Examples("art50", "ec-art50-examples.jsonl", "tr", _provision),
    Examples("definition", "ec-definition-gpai-safety-filter.jsonl", "df", _test),
)


def json_lines(path: Path) -> tuple[list[tuple[int, Raw]], list[str]]:
    """The objects of a file with their line numbers, and what could not be read; lines are never quoted."""
    found: list[tuple[int, Raw]] = []
    notes: list[str] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # a text may hold other ends of lines
    except UnicodeDecodeError:
        return [], [f"{path.name}: not UTF-8, not read"]
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
        except (ValueError, RecursionError):
            notes.append(f"{path.name}, line {number}: not JSON, left out")
            continue
        if isinstance(one, dict):
            found.append((number, one))
        else:
            notes.append(f"{path.name}, line {number}: not an object, left out")
    return found, notes


def rows_of(examples: Examples, data: Path) -> tuple[list[Row], list[str]]:
    """The rows of a set in the order of their names, and what had to be left out."""
    lines, notes = json_lines(data / examples.file)
    found: dict[str, Row] = {}
    for number, raw in lines:
        text = raw.get("text_masked") or raw.get("text")
        try:
            question = examples.asked(raw)
        except KeyError as missing:
            notes.append(f"{examples.file}, line {number}: no {missing.args[0]}, left out")
            continue
        if not isinstance(text, str) or not raw.get("id"):
            notes.append(f"{examples.file}, line {number}: no text or no id, left out")
            continue
        key = blind_key(examples, str(raw["id"]))
        if key in found:
            notes.append(f"{examples.file}, line {number}: the same id as an earlier line, left out")
            continue
        found[key] = Row(key, question, text, raw)
    return [found[key] for key in sorted(found)], notes


def blind_key(examples: Examples, identifier: str) -> str:
    """The name of a row that says nothing of it; the same in every directory that holds the row."""
    return f"{examples.prefix}-{sha256(f'{examples.name}:{identifier}'.encode()).hexdigest()[:8]}"
