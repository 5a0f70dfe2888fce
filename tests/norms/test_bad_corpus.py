"""Mistakes in rule files, one file each, named after the mistake: code, place, and the words in both languages."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from tests.norms import small

from guiju.norms import CorpusError, load_book, read_corpus, read_text
from guiju.wording import GuijuError, fields_of

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
IDLE = small.INSTRUMENT.replace("xx/act", "xx/idle")


def attempt(name, text):
    """A small book that is in order but for the one file."""
    book = [*small.files(), ("xx/act/maker.yaml", small.MAKER), ("xx/idle/instrument.yaml", IDLE)]
    return read_corpus([("xx", [*book, (name, text)])])


@pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])
def test_the_mistake_is_told(path):
    text, _, told = path.read_text(encoding="utf-8").partition("---\n")
    with pytest.raises(GuijuError) as caught:
        attempt(path.name, text)
    error = caught.value
    assert [
        f"{error.code} {error.where}",
        error.message("en"),
        error.hint("en"),
        error.message("zh"),
        error.hint("zh"),
    ] == told.splitlines()


def test_without_the_mistake_the_book_is_in_order():
    assert list(attempt("good.yaml", "- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this}\n").norms) == [
        "xx/act/1",
        "xx/act/2",
    ]


def test_the_same_error_whatever_the_order_of_files():
    last, first = (f"- {{id: xx/act/{n}, bearer: {{each: [xx.maker]}}, when: {n}n, require: a}}\n" for n in (9, 3))
    last, first = last.replace("9n", "nn"), first.replace("3n", "mm")
    book = [*small.files(), ("maker.yaml", small.MAKER), ("z.yaml", last), ("a.yaml", first)]
    found = []
    for order in (book, book[::-1]):
        with pytest.raises(CorpusError) as caught:
            read_corpus([("xx", order)])
        found.append((caught.value.code, str(caught.value.where)))
    assert found == [("expression.unknown-name", "a.yaml:1:52")] * 2


def test_an_empty_folder(tmp_path):
    with pytest.raises(CorpusError) as caught:
        load_book(tmp_path)
    assert caught.value.code == "corpus.empty-folder"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[on, yes, NO, off, y]", ["on", "yes", "NO", "off", "y"]),
        ("[2026-08-02, 12:30:45, 0o7, 0x1F, 1_000]", ["2026-08-02", "12:30:45", "0o7", "0x1F", "1_000"]),
        ("[true, false, null, ~]", [True, False, None, None]),
    ],
)
def test_plain_words_are_those_of_yaml_1_2(text, value):
    assert [item.value for item in read_text(text, "x.yaml")] == value


def test_numbers_are_exact():
    numbers = [str(item.value) for item in read_text("[0.1, 3.0e24, 0.96, 1e25, 35000000, 007]", "x.yaml")]
    assert numbers == ["0.1", "3.0E+24", "0.96", "1E+25", "35000000", "7"]


def catalogue(lang):
    return tomllib.loads(files("guiju.wording").joinpath("messages", lang, "norms.toml").read_text(encoding="utf-8"))


def test_every_message_stands_in_both_languages_with_the_same_fields():
    english = catalogue("en")
    assert english.keys() == catalogue("zh").keys()
    assert [code for code in english if fields_of(code, "en") != fields_of(code, "zh")] == []


def test_no_chinese_message_is_the_english_one():
    english, chinese = catalogue("en"), catalogue("zh")
    assert [code for code in english if english[code].get("message") == chinese[code].get("message")] == []
