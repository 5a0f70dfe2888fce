"""Books and the corpus: rule files read, checked and given their digests.

A *book* is one publisher's folder of rule files; a *corpus* an ordered list of books, and its *edition* the digest of
their digests. Nothing depends on the order of files. Books are unsigned until the record exists, and say so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from guiju.norms.arising import duty_given
from guiju.norms.check import check_corpus
from guiju.norms.corpus import Book, Corpus, natural_key
from guiju.norms.fields import CorpusError, Fields
from guiju.norms.meaning import digest, digest_bytes, meaning_digest
from guiju.norms.model import Norm
from guiju.norms.read_norm import read_norm
from guiju.norms.read_rest import read_declared, read_event, read_instrument, read_kinds, read_scheme
from guiju.norms.signoff import with_review
from guiju.norms.statutes.outline import read_outline
from guiju.norms.statutes.places import CHINESE, UNION
from guiju.norms.yaml_reader import Item, Map, Seq, read_bytes, read_text
from guiju.wording import Where

Books = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""Books as (name, files), a file as (path shown in errors, text)."""

QUESTIONNAIRE: Final = "questionnaire:"
"""How the file of a scored questionnaire begins; it is kept as it stands, and read by the room above that scores it."""


def load_book(folder: Path, name: str | None = None) -> list[tuple[str, str]]:
    """The rule files of a folder: (path shown in errors, text), in no particular order."""
    base = name or folder.name
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        shown = f"{base}/{path.relative_to(folder).as_posix()}"
        found.append((shown, read_bytes(path, shown)))
    if not found:
        raise CorpusError("corpus.empty-folder", Where(str(folder)))
    return found


def read_corpus(books: Books) -> Corpus:
    """Books as (name, files) read and checked.

    :raises CorpusError: with file, line and column, what was expected, near matches.
    """
    corpus = Corpus()
    for name, texts in books:
        parts = sorted((shown, digest_bytes(text.encode())) for shown, text in texts)
        corpus.books.append(Book(name, digest([list(part) for part in parts]), tuple(shown for shown, _ in parts)))
        for shown, text in texts:
            if text.startswith(QUESTIONNAIRE):
                corpus.questionnaires[shown] = text
            else:
                _read_into(corpus, shown, read_text(text, shown))
    for right in list(corpus.all_norms()):
        given = duty_given(right)
        if given is not None:
            _add_norm(corpus, given)
    for versions in corpus.norms.values():
        versions.sort(key=lambda norm: norm.since or "")
    check_corpus(corpus)
    _check_numbering(corpus)
    for identifier, versions in corpus.norms.items():
        meant = [replace(norm, meaning=meaning_digest(norm)) for norm in versions]
        corpus.norms[identifier] = [with_review(norm, corpus.outlines.get(norm.instrument)) for norm in meant]
    corpus.norms = dict(sorted(corpus.norms.items(), key=lambda item: natural_key(item[0])))
    return corpus


def _read_into(corpus: Corpus, shown: str, item: Item) -> None:
    """What a file holds is told by its first key, not by its name."""
    if isinstance(item, Seq):
        for norm in map(read_norm, item.items):
            _add_norm(corpus, norm)
        return
    readers: dict[str, Callable[[Corpus, str, Map], None]] = {
        "names": _read_names,
        "instrument": _read_instrument,
        "events": _read_events,
        "schemes": _read_schemes,
        "kinds": _read_kinds,
        "norms": _read_norms,
        "outline": _read_outline,
        "said": _read_said,
    }
    if isinstance(item, Map):
        for key, read in readers.items():
            if key in item.items:
                read(corpus, shown, item)
                return
    raise CorpusError("corpus.not-a-rule-file", item.where)


def _read_instrument(corpus: Corpus, shown: str, item: Map) -> None:
    instrument = read_instrument(item)
    if instrument.id in corpus.instruments:
        raise CorpusError("corpus.instrument-twice", instrument.where, got=instrument.id, file=shown)
    corpus.instruments[instrument.id] = instrument


def _read_events(corpus: Corpus, shown: str, item: Map) -> None:
    outer = Fields(item, shown)
    for event in outer.many("events", read_event):
        if event.id in corpus.events:
            raise CorpusError("corpus.event-twice", event.where, got=event.id, first=str(corpus.events[event.id].where))
        corpus.events[event.id] = event
    outer.done()


def _read_schemes(corpus: Corpus, shown: str, item: Map) -> None:
    outer = Fields(item, shown)
    corpus.schemes.update({scheme.id: scheme for scheme in outer.many("schemes", read_scheme)})
    outer.done()


def _read_kinds(corpus: Corpus, shown: str, item: Map) -> None:
    place = shown.split("/")[-2]
    corpus.kinds.update({f"{place}/{kind.id}": kind for kind in read_kinds(item)})


def _read_norms(corpus: Corpus, shown: str, item: Map) -> None:
    outer = Fields(item, shown)
    for norm in outer.many("norms", read_norm):
        _add_norm(corpus, norm)
    outer.done()


def _read_outline(corpus: Corpus, shown: str, item: Map) -> None:
    outline = read_outline(item)
    if outline.instrument in corpus.outlines:
        raise CorpusError("corpus.outline-twice", item.where, got=outline.instrument, file=shown)
    corpus.outlines[outline.instrument] = outline


def _check_numbering(corpus: Corpus) -> None:
    """An instrument authentic in Chinese is numbered as Chinese statutes are; any other as acts of the Union."""
    for identifier, outline in corpus.outlines.items():
        instrument = corpus.instruments.get(identifier)
        wanted = CHINESE if instrument is None or "zh" in instrument.authentic else UNION
        if instrument is not None and outline.numbering != wanted:
            raise CorpusError("outline.numbering", instrument.where, got=identifier)


def _read_said(corpus: Corpus, shown: str, item: Map) -> None:
    f = Fields(item, shown)
    said = f.inner("said")
    f.done()
    if said is not None:
        corpus.said.update({term: said.words(term) for term in said.map.items})


def _read_names(corpus: Corpus, shown: str, item: Map) -> None:
    f = Fields(item, shown)
    names = f.required("names")
    f.done()
    if not isinstance(names, Map):
        raise CorpusError("corpus.not-a-rule-file", names.where)
    for name, entry in names.items.items():
        corpus.vocabulary.add(read_declared(name, entry))


def _add_norm(corpus: Corpus, norm: Norm) -> None:
    versions = corpus.norms.setdefault(norm.id, [])
    for other in versions:
        if other.since == norm.since:
            raise CorpusError("corpus.norm-twice", norm.where, got=norm.id, first=str(other.where))
    versions.append(norm)


def builtin_folders() -> dict[str, Path]:
    """The folders of the books that come with the package, by place."""
    root = Path(str(files("guiju").joinpath("corpus")))
    return {path.name: path for path in sorted(root.iterdir()) if path.is_dir() and not path.name.startswith("_")}


def builtin_books() -> Books:
    """The books that come with the package."""
    return [(name, load_book(folder, name)) for name, folder in builtin_folders().items()]


@lru_cache(maxsize=1)
def builtin() -> Corpus:
    """The corpus that comes with the package."""
    return read_corpus(builtin_books())
