"""Every text a reader can meet: the message catalogues and the corpus, each with its place."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from guiju.norms import Item, Map, Scalar, Seq, read_file

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = ROOT / "src" / "guiju" / "wording" / "messages"
CORPUS = ROOT / "src" / "guiju" / "corpus"
PROCEDURES = ROOT / "src" / "guiju" / "procedure" / "data"

TEXT_KEYS = frozenset({
    "ask", "criteria", "cure", "evidence", "help", "label", "left_out", "not_covered", "note", "number", "pinpoint",
    "procedure", "short", "summary", "title", "to_the_extent", "unsettled",
})  # fmt: skip
"""Keys of rule files whose value is a text, or a list of texts."""

TEXT_MAPS = frozenset({"labels", "members", "example"})
"""Keys of rule files whose value maps words to texts."""


@dataclass(frozen=True)
class Words:
    """One text in the languages it has."""

    place: str
    key: str
    parts: dict[str, str] = field(hash=False)

    def __str__(self) -> str:
        return f"{self.place} ({self.key})"


@cache
def catalogue(lang: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path in sorted((MESSAGES / lang).glob("*.toml")):
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
        assert not found.keys() & entries.keys(), f"{path}: a key stands in two files"
        found |= entries
    return found


@cache
def messages() -> tuple[Words, ...]:
    """Messages and hints; the place is the line of the entry in the Chinese file."""
    lines: dict[str, str] = {}
    for path in sorted((MESSAGES / "zh").glob("*.toml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if found := re.match(r'\[?"([^"]+)"[].]', line):
                lines.setdefault(found[1], f"messages/*/{path.name}:{number}")
    return tuple(
        Words(lines.get(key, "?"), f"{key}.{part}", {"zh": zh, "en": catalogue("en").get(key, {}).get(part, "")})
        for key, entry in catalogue("zh").items()
        for part, zh in entry.items()
    )


@cache
def corpus_texts() -> tuple[Words, ...]:
    """Every text of the built-in books, found by the key it stands under."""
    return tuple(one for path in sorted(CORPUS.rglob("*.yaml")) for one in _texts(read_file(path)))


@cache
def procedure_texts() -> tuple[Words, ...]:
    """Every text of the rules of procedure, without the figures that are filled in."""
    return tuple(one for path in sorted(PROCEDURES.glob("*.yaml")) for one in _in_two(read_file(path), f"procedure/{path.name}"))


def _in_two(item: Item, place: str, key: str = "") -> Iterator[Words]:
    """Whatever is written in both languages."""
    if isinstance(item, Map) and set(item.items) == {"zh", "en"}:
        parts = {lang: re.sub(r"\{[a-z_.]+\}", "1", one.text) for lang, one in item.items.items() if isinstance(one, Scalar)}
        yield Words(f"{place}:{item.where.line}", key, parts)
    elif isinstance(item, Map):
        for name, child in item.items.items():
            yield from _in_two(child, place, name)


def _texts(item: Item, key: str = "") -> Iterator[Words]:
    match item:
        case Map():
            for name, child in item.items.items():
                if name in TEXT_MAPS and isinstance(child, Map) and set(child.items) != {"zh", "en"}:
                    yield from (_words(words, f"{name}.{member}") for member, words in child.items.items())
                elif name in TEXT_KEYS and not (name == "number" and isinstance(child, Scalar)):
                    yield from (_words(one, name) for one in (child.items if isinstance(child, Seq) else (child,)))
                else:
                    yield from _texts(child, name)
        case Seq():
            for child in item.items:
                yield from _texts(child, key)
        case Scalar():
            return


def _words(item: Item, key: str) -> Words:
    where = item.where
    path = Path(where.file)
    shown = path.relative_to(CORPUS) if path.is_relative_to(CORPUS) else path
    place = f"corpus/{shown}:{where.line}"
    if isinstance(item, Map):
        return Words(place, key, {lang: one.text for lang, one in item.items.items() if isinstance(one, Scalar)})
    return Words(place, key, {"und": item.text if isinstance(item, Scalar) else ""})
