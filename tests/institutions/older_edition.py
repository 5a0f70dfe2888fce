"""A real earlier edition: a copy of the rules in which one duty bound providers alone, packed by the project's own function."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from guiju.institutions.hall import edition
from guiju.institutions.portal.check import held
from guiju.institutions.register import documents
from guiju.institutions.rules import addresses
from guiju.norms import builtin_books, load_book, pack

RULE = "eu/ai-act/4.1"
FILE = Path("eu/ai-act/norms/chapter-i.yaml")
WAS = {
    "  since: eu/2026-1744#amend-4\n  bearer: {each: [eu.provider, eu.deployer]}\n": (
        "  since: eu/2026-1744#amend-4\n  bearer: {each: [eu.provider]}\n"
    ),
    "en: Providers and deployers take measures to support": "en: Providers take measures to support",
    "zh: 提供者和部署者应采取措施，促进": "zh: 提供者应采取措施，促进",
}


def older_edition(folder: Path) -> Path:
    """Write the edition file; the rules it holds differ from today's in the one duty."""
    corpus = folder / "corpus"
    places = [name for name, _ in builtin_books()]
    for place in places:
        shutil.copytree(Path(str(files("guiju").joinpath("corpus", place))), corpus / place)
    text = (corpus / FILE).read_text(encoding="utf-8")
    for now, was in WAS.items():
        assert text.count(now) == 1, now
        text = text.replace(now, was)
    (corpus / FILE).write_text(text, encoding="utf-8")
    packed = folder / "2026-11-20.edition.zip"
    packed.write_bytes(pack([(one, load_book(corpus / one, one)) for one in places], date(2026, 11, 20), {"en": "earlier"}))
    return packed


@contextmanager
def answering_by(settings: Any, path: Path | None) -> Iterator[None]:
    """The site as long as it answers by another edition; what was worked out from the other one is forgotten."""
    _forget()
    settings.EDITION = "" if path is None else str(path)
    try:
        yield
    finally:
        settings.EDITION = ""
        _forget()


def _forget() -> None:
    for one in (edition.site_corpus, edition.facts_on, edition.search_on, documents._read, addresses._by_path):
        one.cache_clear()
    held._pool.clear()
