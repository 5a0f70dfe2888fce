"""A small invented city with rules of every force and status, and dossiers for it: what the report is tested with."""

from __future__ import annotations

from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from guiju.assess import Assessment, assess
from guiju.norms import Corpus, load_book, read_corpus
from guiju.subjects import read_subject

GOLDEN: Final = Path(__file__).parent / "golden"
RULES: Final = GOLDEN / "rules"
DOSSIERS: Final = ("desk", "silent", "hostile")
ON: Final = date(2026, 11, 21)

VOID: Final = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "use"}
"""Elements without an end tag, and those of SVG that we close at once."""


@cache
def desk_rules() -> Corpus:
    return read_corpus([(place.name, load_book(place, place.name)) for place in sorted(RULES.iterdir())])


def answered(name: str, party: str | None = None) -> Assessment:
    corpus = desk_rules()
    return assess(read_subject(GOLDEN / f"{name}.yaml", corpus.vocabulary), corpus, ON, ON, party)


class Page(HTMLParser):
    """A page as a reader meets it: elements that are open, text that is seen, attributes, marks without a word."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.hidden: list[str] = []
        self.unbalanced: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.seen: list[str] = []
        self.prose: list[str] = []
        self.feed(html)
        self.close()
        self.unbalanced += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in VOID:
            return
        self.open.append(tag)
        apart = tag in ("code", "cite", "style", "title", "bdi") or "said" in (dict(attrs).get("class") or "")
        self.hidden.append(tag if apart else "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.unbalanced.append(tag)
            return
        self.open.pop()
        self.hidden.pop()

    def handle_data(self, data: str) -> None:
        if "style" in self.open or "title" in self.open:
            return
        self.seen.append(data)
        if not any(self.hidden):
            self.prose.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.seen).split())
