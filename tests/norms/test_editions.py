"""Editions kept and opened again; what differs between two; a checked corpus kept on disk."""

import json
import pickle
import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.norms.small import files

from guiju.norms import (
    Books,
    EditionError,
    FolderEditions,
    builtin_books,
    changes,
    compiled,
    current_edition,
    find_edition,
    open_edition,
    pack,
    packaged,
    read_corpus,
)

NORM = """
- id: xx/act/2
  bearer: {each: [xx.maker]}
  when: a
  require: done_this
  summary: {en: Do this.}
  checked: {against: full-text}
- {id: xx/act/1, kind: status, about: party, makes: [xx.maker], when: makes_it, checked: {against: full-text}}
"""


def books_of(norms: str = NORM) -> Books:
    return [("xx", files(norms))]


DAY = date(2026, 1, 1)


def kept(folder: Path, books: Books, day: date = DAY) -> Path:
    path = folder / f"{day}.edition.zip"
    path.write_bytes(pack(books, day, {"en": "test"}))
    return path


# -- every edition that was published opens ------------------------------------------------------------------------------------


def test_every_packaged_edition_opens_and_is_what_it_says() -> None:
    store = packaged()
    assert store.editions()
    for edition in store.editions():
        corpus = read_corpus(store.books(edition))
        assert corpus.edition == edition.digest
        assert len(corpus.norms) > 200


def test_the_current_edition_is_that_of_the_built_in_books() -> None:
    assert current_edition() == read_corpus(builtin_books()).edition


def test_an_edition_packed_and_opened_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    path = kept(tmp_path, books_of())
    assert [(name, sorted(found)) for name, found in open_edition(path)] == [(name, sorted(found)) for name, found in books_of()]
    assert pack(open_edition(path), DAY, {"en": "test"}) == path.read_bytes()


def test_an_edition_is_found_by_its_day_or_the_beginning_of_its_digest(tmp_path: Path) -> None:
    kept(tmp_path, books_of())
    kept(tmp_path, books_of(NORM.replace("when: a", "when: b")), date(2026, 2, 1))
    store = FolderEditions(tmp_path)
    late, early = store.editions()
    assert late.released == date(2026, 2, 1)
    for wanted in ("2026-01-01", early.digest, early.digest[:19], early.digest.removeprefix("sha256:")[:8]):
        assert find_edition(wanted, [store])[1] == early


@pytest.mark.parametrize("wanted", ["2026-03-01", "sha256:0000000000", "sha256:", "current", "", "abc", "../x"])
def test_an_edition_that_is_not_there_is_named_with_those_that_are(tmp_path: Path, wanted: str) -> None:
    kept(tmp_path, books_of())
    with pytest.raises(EditionError) as problem:
        find_edition(wanted, [FolderEditions(tmp_path)])
    assert problem.value.code == "edition.unknown"
    assert "2026-01-01" in (problem.value.hint("en") or "")


# -- what was changed, or is no edition ----------------------------------------------------------------------------------------


def test_a_rule_changed_in_the_file_is_noticed(tmp_path: Path) -> None:
    path = kept(tmp_path, books_of())
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["books/xx/xx/act/norms.yaml"] = parts["books/xx/xx/act/norms.yaml"].replace(b"when: a", b"when: b")
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    with pytest.raises(EditionError) as problem:
        open_edition(path)
    assert problem.value.code == "edition.damaged"


@pytest.mark.parametrize(
    "head", ["", "[]", "{}", '{"schema": "guiju.edition/1"}', '{"schema": "guiju.edition/1", "edition": 1}', "\x00"]
)
def test_a_zip_without_a_label_is_no_edition(tmp_path: Path, head: str) -> None:
    path = tmp_path / "x.edition.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("label.json", head)
    with pytest.raises(EditionError) as problem:
        open_edition(path)
    assert problem.value.code == "edition.not-an-edition"


def test_a_text_renamed_is_no_edition(tmp_path: Path) -> None:
    path = tmp_path / "x.edition.zip"
    path.write_text("not a zip", "utf-8")
    with pytest.raises(EditionError) as problem:
        open_edition(path)
    assert problem.value.code == "edition.not-an-edition"


def test_a_file_that_swells_when_opened_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.edition.zip"
    head = {"schema": "guiju.edition/1", "edition": "sha256:0", "released": "2026-01-01", "title": {}, "books": ["b"]}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("label.json", json.dumps(head))
        archive.writestr("books/b/x.yaml", b"a" * (70 * 1024 * 1024))
    with pytest.raises(EditionError) as problem:
        open_edition(path)
    assert problem.value.code == "edition.too-large"


# -- what differs --------------------------------------------------------------------------------------------------------------


def differing(norms: str) -> list[tuple[str, str, str, list[str]]]:
    found = changes(read_corpus(books_of()), read_corpus(books_of(norms)))
    return [(one.what, one.how, one.id, [part.field for part in one.fields]) for one in found]


def test_an_edition_does_not_differ_from_itself() -> None:
    assert differing(NORM) == []


def test_order_and_comments_change_nothing() -> None:
    first, second = NORM.strip().split("\n- {")
    assert differing(f"# a comment\n- {{{second}\n{first}\n") == []


@pytest.mark.parametrize(
    ("old", "new", "how", "field"),
    [
        ("when: a", "when: b", "changed", "when"),
        ("require: done_this", "require: done_that", "changed", "require"),
        ("when: a", "when: a && b", "changed", "when"),
        ("en: Do this.", "en: Do that.", "reworded", "summary"),
        ("bearer: {each:", "bearer: {jointly:", "changed", "bearer"),
    ],
)
def test_a_change_is_told_with_what_changed_and_whether_it_changed_the_meaning(old: str, new: str, how: str, field: str) -> None:
    assert differing(NORM.replace(old, new, 1)) == [("norm", how, "xx/act/2", [field])]


def test_what_comes_and_goes_is_told_from_both_sides() -> None:
    without = "- {" + NORM.split("\n- {")[1]
    assert differing(without) == [("norm", "removed", "xx/act/2", [])]
    back = changes(read_corpus(books_of(without)), read_corpus(books_of()))
    assert [(one.how, one.id) for one in back] == [("added", "xx/act/2")]


# -- the cache -------------------------------------------------------------------------------------------------------------------


def test_a_corpus_kept_on_disk_is_the_corpus(tmp_path: Path) -> None:
    fresh = read_corpus(books_of())
    folder = tmp_path / "kept"
    first, again = compiled(books_of(), folder), compiled(books_of(), folder)
    assert len(list(folder.iterdir())) == 1
    for one in (first, again):
        assert one.norms == fresh.norms
        assert one.edition == fresh.edition
        assert changes(fresh, one) == []


def test_other_rules_are_never_answered_from_what_was_kept(tmp_path: Path) -> None:
    compiled(books_of(), tmp_path)
    other = compiled(books_of(NORM.replace("when: a", "when: b")), tmp_path)
    assert other.edition != read_corpus(books_of()).edition
    assert len(list(tmp_path.iterdir())) == 2


class Hostile:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> object:
        return (Path.touch, (self.path,))


@pytest.mark.parametrize("content", [b"", b"garbage", pickle.dumps({"a": 1}), pickle.dumps(print)])
def test_what_cannot_be_read_is_read_anew(tmp_path: Path, content: bytes) -> None:
    compiled(books_of(), tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(content)
    assert compiled(books_of(), tmp_path).norms == read_corpus(books_of()).norms


def test_no_file_in_the_cache_can_run_code(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    compiled(books_of(), folder)
    (path,) = folder.iterdir()
    mark = tmp_path / "mark"
    path.write_bytes(pickle.dumps(Hostile(mark)))
    compiled(books_of(), folder)
    assert not mark.exists()


def test_what_others_could_have_written_is_passed_over(tmp_path: Path) -> None:
    compiled(books_of(), tmp_path)
    (path,) = tmp_path.iterdir()
    other = read_corpus(books_of(NORM.replace("when: a", "when: b")))
    path.write_bytes(pickle.dumps(other))
    path.chmod(0o666)
    assert compiled(books_of(), tmp_path).norms == read_corpus(books_of()).norms


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", "utf-8")
    assert compiled(books_of(), blocked / "below").edition == read_corpus(books_of()).edition
