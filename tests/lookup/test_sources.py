"""What entries rest on, in the reader's language: citations of acts of the Union, texts, works, and what stays as it is."""

from __future__ import annotations

import pytest

from guiju.lookup.sources import cited, source_words

GUIDELINES = "Guidelines on Article 50, C(2026) 5054 final, 20 July 2026"


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Article 5(1)(h)", "第5条第1款（h）项"),
        ("Article 11(1), second subparagraph, fifth sentence", "第11条第1款第2段第5句"),
        ("Article 75d(2), fourth and fifth sentences", "第75d条第2款第4句、第5句"),
        ("Article 5(1)(a) and (b), recital 29", "第5条第1款（a）项和（b）项、序言第29段"),
        ("Annex VII, points 4.1 and 4.2", "附件七第4.1点和第4.2点"),
        ("Annex XI, Section 1, points 1 to 3", "附件十一第1节第1点至第3点"),
        ("recital 12", "序言第12段"),
        ("Article 3(14) and 6", "第3条第14项和第6条"),
    ],
)
def test_a_citation_is_read_in_chinese(english: str, chinese: str):
    assert cited(english) == chinese


def test_what_is_more_than_a_citation_is_none():
    assert cited("Article 5, as somebody reads it") == ""


@pytest.mark.parametrize(
    ("source", "chinese", "english"),
    [
        ("Article 5(1) (2024 text)", "第5条第1款（2024年文本）", "Article 5(1), 2024 text"),
        ("Article 5(1), 2024 text", "第5条第1款（2024年文本）", "Article 5(1), 2024 text"),
        ("Article 27 in the two texts", "第27条，对照前后两个文本", "Article 27, in both texts of the Act"),
        (
            "Article 2(13), text consolidated to 2026-07-27",
            "第2条第13款（合并至2026年7月27日的文本）",
            "Article 2(13), text consolidated to 27 July 2026",
        ),
        (
            f"{GUIDELINES}, points 64 to 68",
            "欧盟委员会《第50条指南》，文号C(2026) 5054，2026年7月20日，第64点至第68点",
            f"{GUIDELINES}, points 64 to 68",
        ),
    ],
)
def test_a_source_says_in_which_text_and_where(source: str, chinese: str, english: str):
    assert (source_words(source, "zh"), source_words(source, "en")) == (chinese, english)


def test_a_day_that_is_none_leaves_the_source_as_it_is():
    assert source_words("Article 2, text consolidated to 2024-13-01", "en") == "Article 2, text consolidated to 2024-13-01"


def test_nothing_of_a_long_source_is_left_out():
    """A source whose first words are known is not shown as if it were no more than these."""
    known = "Public pages on the adoption of EN ISO/IEC 42001 in March 2026"
    assert source_words(f"{known}; the standard itself was not read", "zh").endswith("；没有读到标准本身")
    assert "and a rumour" in source_words(f"{known} and a rumour", "zh")
