"""Sign-off: by a named person who is not the author, of this norm and this text; it falls when either changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from guiju.norms import builtin, builtin_books, read_corpus
from guiju.norms.accounts import SignOff
from guiju.norms.signoff import standing, text_digest, with_review
from guiju.verify import VerifyError, signoff_entry, signoff_queue
from guiju.wording import GuijuError

NORM = "cn/genai-measures/7.4"
READER = "测试复核人"


def entry_line(by: str = READER) -> str:
    corpus = builtin()
    return signoff_entry(corpus.norms[NORM][0], corpus, by, date(2026, 11, 22)).as_yaml()


def signed(text_of: str = "", change: tuple[str, str] = ("", "")) -> object:
    """The built-in rules with the sign-off written into the norm's file, and perhaps something else changed afterwards."""
    books = []
    for name, files in builtin_books():
        listed = []
        for path, text in files:
            if path == "cn/genai-measures/norms.yaml":
                head, _, rest = text.partition(f"- id: {NORM}\n")
                text = f"{head}- id: {NORM}\n  {entry_line()}\n{rest.replace(*change, 1) if not text_of else rest}"
            if text_of and path.endswith(text_of):
                text = text.replace(*change, 1)
            listed.append((path, text))
        books.append((name, listed))
    return read_corpus(books)


def waiting(corpus):
    return {one.norm.id: one.why for one in signoff_queue(corpus, "cn/genai-measures")}


def test_nobody_has_signed_what_is_shipped():
    corpus = builtin()
    assert [norm.id for norm in corpus.all_norms() if norm.reviewed] == []
    assert waiting(corpus)[NORM] == "never"


def test_a_sign_off_stands():
    corpus = signed()
    assert corpus.norms[NORM][0].reviewed == READER
    assert NORM not in waiting(corpus)


def test_it_falls_when_the_norm_changes():
    corpus = signed(change=("require: training_data_quality_measures", "require: '!training_data_quality_measures'"))
    assert corpus.norms[NORM][0].reviewed is None
    assert waiting(corpus)[NORM] == "norm-changed"
    assert signoff_queue(corpus)[0].norm.id == NORM


def test_it_stands_when_only_words_change():
    corpus = signed(change=("zh: 应当", "zh: 一定应当"))
    assert corpus.norms[NORM][0].reviewed == READER


def test_it_falls_when_the_text_changes():
    print_ = builtin().outlines["cn/genai-measures"].provisions
    place = next(one for one in print_ if str(one) == "7:1:4")
    corpus = signed("genai-measures/outline.yaml", (print_[place], "0" * 16))
    assert waiting(corpus)[NORM] == "text-changed"


def test_the_author_cannot_sign():
    corpus = builtin()
    norm = corpus.norms[NORM][0]
    with pytest.raises(VerifyError) as caught:
        signoff_entry(norm, corpus, norm.encoded_by, date(2026, 11, 22))
    assert caught.value.code == "verify.author-signs"
    with pytest.raises(VerifyError):
        signoff_entry(norm, corpus, "  ", date(2026, 11, 22))
    own = SignOff(norm.encoded_by, date(2026, 11, 22), norm.meaning, "x", norm.where)
    with pytest.raises(GuijuError) as caught_in_file:
        with_review(replace(norm, signed=(own,)), None)
    assert caught_in_file.value.code == "norm.signed-by-author"


def test_where_no_text_is_held_the_pinpoint_is_signed():
    norm = next(norm for norm in builtin().all_norms() if norm.instrument not in builtin().outlines)
    entry = SignOff(READER, date(2026, 11, 22), norm.meaning, text_digest(norm, None), norm.where)
    assert standing(norm, entry, None)
    assert not standing(replace(norm, pinpoint={"zh": "别处", "en": "elsewhere"}), entry, None)
