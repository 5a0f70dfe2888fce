"""What the search looks through: the texts of one corpus, folded once and kept for whatever day is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from guiju.lookup.everyday import ALSO_CALLED, EVERYDAY, folded
from guiju.lookup.queries import pinpoint_levels
from guiju.norms import Corpus, Declared, Instrument, Norm, local
from guiju.wording import LANGUAGES, Text, codes, fill

TITLE_OF_NORM: Final = 2.5
"""What a word in the title of its instrument adds to a norm that some other word has found."""

_KEPT: Final = 4
"""How many corpora are kept folded."""

_BRACKETED: Final = re.compile(r"\s*[(（][^()（）]*[)）]")
_LATIN: Final = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class Document:
    """What is looked through of one thing: texts with their weights, what it is called, and all of it in one."""

    kind: str
    id: str
    fields: tuple[tuple[float, str], ...]
    called: frozenset[str]
    whole: str
    levels: frozenset[tuple[str, ...]] = frozenset()
    """The numbers at which a norm stands: by its id, and by its pinpoint."""


class Index:
    """The texts of one corpus, every version of every norm."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    @cached_property
    def titles(self) -> dict[str, str]:
        """Instrument -> all that it is called."""
        return {one.id: _title_text(one) for one in self.corpus.instruments.values()}

    @cached_property
    def lasting(self) -> list[Document]:
        """Instruments and names: the same on every day."""
        return [*self._instruments(), *map(_name_document, self.corpus.vocabulary.entries())]

    @cached_property
    def norms(self) -> dict[tuple[str, int], Document]:
        """Id of a norm and number of its version -> that version."""
        versions = ((at, one) for held in self.corpus.norms.values() for at, one in enumerate(held))
        return {(one.id, at): self._norm(one) for at, one in versions}

    @cached_property
    def vocabulary(self) -> list[str]:
        """Every Latin word of four letters and more."""
        return sorted({word for one in (*self.lasting, *self.norms.values()) for word in _LATIN.findall(one.whole)})

    def version(self, norm: Norm) -> Document:
        """A norm as one of its versions has it."""
        held = self.corpus.norms[norm.id]
        at = next(at for at, one in enumerate(held) if one is norm)
        return self.norms[norm.id, at]

    def _instruments(self) -> Iterator[Document]:
        for one in self.corpus.instruments.values():
            called = {*one.short.values(), *one.title.values(), *one.number.values(), *ALSO_CALLED.get(one.id, ())}
            yield _document("instrument", one.id, [(30, self.titles[one.id]), (3, both(one.not_covered))], called)

    def _norm(self, norm: Norm) -> Document:
        subject = " ".join(_subject(norm.topic, lang) for lang in LANGUAGES)
        fields = [
            (15, both(norm.summary)),
            (9, folded(" ".join((subject, *EVERYDAY.get(norm.id, ()))))),
            (5, folded(norm.id)),
            (TITLE_OF_NORM, self.titles[norm.instrument]),
            (4, both(norm.pinpoint)),
        ]
        levels = frozenset({id_levels(norm), *pinpoint_levels(norm)})
        return _document("norm", norm.id, fields, EVERYDAY.get(norm.id, ()), levels)


_indexes: dict[int, Index] = {}


def index_of(corpus: Corpus) -> Index:
    """The index of a corpus; the last few are kept. An index holds its corpus, so that no other can have its number."""
    found = _indexes.get(id(corpus))
    if found is None:
        found = _indexes[id(corpus)] = Index(corpus)
        for old in list(_indexes)[:-_KEPT]:
            _indexes.pop(old, None)
    return found


def id_levels(norm: Norm) -> tuple[str, ...]:
    """The number at which a norm stands by its id: ``eu/ai-act/50.2#quality`` -> 50, 2."""
    return tuple(local(norm.id).split("#")[0].split("."))


def both(words: Text) -> str:
    """A text in both languages, folded."""
    return folded(" ".join(words.values()))


def _document(
    kind: str,
    identifier: str,
    fields: list[tuple[float, str]],
    called: Iterable[str],
    levels: frozenset[tuple[str, ...]] = frozenset(),
) -> Document:
    names = frozenset(_BRACKETED.sub("", folded(name)).strip() for name in called)
    return Document(kind, identifier, tuple(fields), names - {""}, " ".join(text for _, text in fields), levels)


def _name_document(entry: Declared) -> Document:
    fields = [
        (12.0, both(entry.label)),
        (9.0, both(entry.ask)),
        (8.0, folded(f"{entry.name} {entry.name.replace('_', ' ').replace('.', ' ')}")),
        (2.0, both(entry.help) + " " + both(entry.criteria)),
        (3.0, " ".join(map(both, entry.members.values()))),
    ]
    return _document("name", entry.name, fields, list(entry.label.values()))


def _subject(topic: str | None, lang: str) -> str:
    code = f"rules.topic.{topic}"
    return fill(code, lang, "message", {}) if topic and code in codes(lang) else ""


def _title_text(one: Instrument) -> str:
    texts = (one.id, one.id.replace("-", " ").replace("/", " "), *ALSO_CALLED.get(one.id, ()))
    return " ".join((both(one.title), both(one.short), both(one.number), *map(folded, texts)))
