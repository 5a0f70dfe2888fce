"""Every text stands in both languages, each written as its language is written."""

import re
from collections.abc import Iterable

import pytest
from tests.wording.prose import CHINESE, FULL_WIDTH, NAMES, PHRASES, code_words, latin, plain, prose
from tests.wording.texts import Words, catalogue, corpus_texts, messages, procedure_texts

SAME_IN_BOTH = re.compile(r"GB(/T)? \d+-\d{4}")
"""The number of a standard is its name in every language."""

JOINERS = {
    "assess.joiner.message",
    "assess.between-names.message",
    "report.between-parties.message",
    "report.word-colon.message",
    "report.word-joiner.message",
    "report.word-then.message",
    "report.word-through.message",
}
"""What stands between two items of a line; its spaces are meant."""

COMPLIANCE = {
    "corpus/cn/compliance-audit-measures-2025/instrument.yaml": "the official name of the Measures speaks of a compliance audit",
    "corpus/eu/ai-act/norms/chapter-iii-value-chain.yaml": "Article 25(2) says what the documentation must allow to assess",
    "corpus/eu/ai-act/norms/chapter-iii-details-operators.yaml": "Articles 16 and 23: what an operator shows or doubts",
    "corpus/eu/ai-act/norms/chapter-iii-details-requirements.yaml": "Article 8(2): how several laws are met together",
    "corpus/eu/ai-act/norms/chapter-iii-section-5-derogation.yaml": "Article 46: what the authority has to find",
    "corpus/eu/ai-act/norms/chapter-iii-section-5-standards.yaml": "Article 40(2): deliverables for two laws at once",
    "corpus/eu/ai-act/norms/chapter-v-procedure.yaml": "Articles 53(4) and 55(2): other adequate means of it",
    "corpus/eu/kinds.yaml": "Article 56: a code may be used to show it",
    "corpus/eu/vocabulary-classification-2.yaml": "Articles 53(4) and 55(2): other adequate means of it",
    "corpus/eu/vocabulary-conformity.yaml": "words of Articles 17(2) and 40(2) in questions",
    "corpus/eu/vocabulary-transparency.yaml": "Article 96(1)(g): what the guidelines are about",
    "corpus/eu/vocabulary.yaml": "words of Articles 25(2) and 3(23) in a question and in criteria",
}
"""Files that use the law's own word; never as a verdict of ours."""


def told(defects: Iterable[str]) -> None:
    found = sorted(defects)
    assert not found, "\n" + "\n".join(found)


def everything() -> list[Words]:
    return [*corpus_texts(), *procedure_texts(), *messages()]


def test_the_walk_finds_what_there_is() -> None:
    assert len(corpus_texts()) > 1000
    assert len(messages()) > 500
    assert len(procedure_texts()) > 150
    assert {"ask", "help", "summary", "pinpoint", "left_out", "title", "criteria"} <= {one.key for one in corpus_texts()}


def test_every_corpus_text_has_both_languages() -> None:
    told(f"{one}: {sorted(one.parts)}" for one in corpus_texts() if not {"zh", "en"} <= one.parts.keys())


def test_no_text_is_empty() -> None:
    told(str(one) for one in everything() for words in one.parts.values() if not words.strip())


def test_both_catalogues_have_the_same_keys() -> None:
    assert catalogue("zh").keys() == catalogue("en").keys()
    for key, entry in catalogue("zh").items():
        assert entry.keys() == catalogue("en")[key].keys(), key
        assert entry.keys() <= {"message", "hint"}, key


def test_both_catalogues_have_the_same_fields() -> None:
    def fields(words: str) -> set[str]:
        return set(re.findall(r"(?<!\{)\{(\w+)\}", words))

    told(f"{one}: {fields(one.parts['zh']) ^ fields(one.parts['en'])}" for one in messages()
         if fields(one.parts["zh"]) != fields(one.parts["en"]))  # fmt: skip


def test_chinese_is_chinese() -> None:
    def bare(one: Words) -> str:
        return prose(one.parts.get("zh", "")) if one.place.startswith("messages") else one.parts.get("zh", "")

    def lacks(one: Words) -> bool:
        words = bare(one)
        return bool(re.search(r"\w", words)) and not CHINESE.search(words) and not SAME_IN_BOTH.fullmatch(words)

    told(f"{one}: {one.parts['zh']}" for one in everything() if lacks(one))


def test_chinese_differs_from_english() -> None:
    told(
        f"{one}: {one.parts['zh']}"
        for one in everything()
        if one.parts.get("zh") == one.parts.get("en")
        and re.search(r"\w", prose(one.parts.get("zh", "")))
        and not SAME_IN_BOTH.fullmatch(one.parts["zh"])
    )


def test_corpus_chinese_holds_no_foreign_word_but_names() -> None:
    told(f"{one}: {found}" for one in (*corpus_texts(), *procedure_texts()) if (found := latin(one.parts.get("zh", ""))))


def test_messages_in_chinese_hold_no_foreign_word_but_names_and_code() -> None:
    told(f"{one}: {found}" for one in messages() if (found := [token for token in latin(prose(plain(one.parts["zh"])))
         if token not in code_words()]))  # fmt: skip


def test_the_list_of_names_holds_no_ordinary_word() -> None:
    assert not [name for name in NAMES if name.isalpha() and name.islower()]
    assert all(reason.strip() for reason in (*NAMES.values(), *PHRASES.values()))


def test_every_name_and_phrase_is_needed() -> None:
    chinese = "\n".join(one.parts.get("zh", "") for one in everything())
    kept = {"CNY", "EUR", "FLOP", "XMP"}  # units and formats that facts name
    assert not [name for name in (*NAMES, *PHRASES) if name not in chinese and name not in kept]


def test_english_holds_no_chinese() -> None:
    told(f"{one}: {one.parts['en']}" for one in everything() if CHINESE.search(one.parts.get("en", "")))


def test_english_punctuation_is_half_width() -> None:
    told(f"{one}: {one.parts['en']}" for one in everything() if FULL_WIDTH.search(one.parts.get("en", "")))


HALF_WIDTH = (r"[\u3400-\u9fff][”）》]?\s?[,;:?!()\"']", r"[\u3400-\u9fff]\.(?!\w)", r"[,;:?!()\"']\s?[\u3400-\u9fff]")


@pytest.mark.parametrize("pattern", HALF_WIDTH)
def test_chinese_punctuation_is_full_width(pattern: str) -> None:
    def half(one: Words) -> re.Match[str] | None:
        words = one.parts.get("zh", "")
        return re.search(pattern, prose(words) if one.place.startswith("messages") else words)

    told(f"{one}: {found.group()} in {one.parts['zh']}" for one in everything() if (found := half(one)))


def test_no_stray_spaces() -> None:
    told(f"{one}: {words!r}" for one in everything() if one.key not in JOINERS for words in one.parts.values()
         if words != words.rstrip() or "  " in words.strip())  # fmt: skip
    told(f"{one}: {words!r}" for one in corpus_texts() for words in one.parts.values() if words != words.lstrip())


def test_no_space_beside_chinese_punctuation() -> None:
    spaced = re.compile(r"[^\S\n][，。；：、）》]|[，。；：、（《][^\S\n]")  # a line of a letter may end there
    told(f"{one}: {one.parts['zh']}" for one in everything() if spaced.search(one.parts.get("zh", "")))


def test_no_exclamation_marks() -> None:
    told(f"{one}: {one.parts['en']}" for one in everything() if re.search(r"\w!(?!=)", prose(one.parts.get("en", ""))))
    told(f"{one}: {one.parts['zh']}" for one in everything() if "！" in one.parts.get("zh", ""))


def test_no_forbidden_words() -> None:
    english = re.compile(r"please note|successful|simply\b|oops", re.IGNORECASE)
    chinese = re.compile(r"请注意|成功|亲[，,～~]|^亲(?=您|，)|哦|啦|(?<![您迷])你(?!们)")
    told(f"{one}: {found.group()}" for one in everything() if (found := english.search(one.parts.get("en", ""))))
    told(f"{one}: {found.group()}" for one in everything() if (found := chinese.search(one.parts.get("zh", ""))))


def test_compliant_is_never_a_verdict() -> None:
    verdict = re.compile(r"non-?complian|\bcompliant\b|不合规|合规[。；]|(已|完全|基本)合规", re.IGNORECASE)
    told(f"{one}: {found.group()}" for one in everything() if (found := verdict.search(" ".join(one.parts.values()))))
    word = re.compile(r"complian|合规", re.IGNORECASE)
    used = {one.place.rsplit(":", 1)[0] for one in everything() if word.search(" ".join(one.parts.values()))}
    assert used <= COMPLIANCE.keys()


def test_summaries_and_help_are_sentences() -> None:
    told(
        f"{one}: {words}"
        for one in corpus_texts()
        if one.key in ("help", "left_out", "not_covered", "criteria")
        for lang, words in one.parts.items()
        if not words.endswith(("。", "？") if lang == "zh" else (".", "?"))
    )


def test_questions_ask() -> None:
    told(f"{one}: {words}" for one in corpus_texts() if one.key == "ask" for words in one.parts.values()
         if "？" not in words and "?" not in words)  # fmt: skip
