"""Chinese statutes as text: numerals, places, articles, paragraphs, items, points, annexes, and what a copy lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.norms.statutes import (
    Place,
    PlaceError,
    StatuteError,
    chinese_integer,
    fingerprint,
    leaves,
    number_of,
    outline_of,
    place_from,
    read_outline,
    read_places,
    read_statute,
    statute_from,
    uniform,
    written_outline,
)
from guiju.norms.yaml_reader import read_text
from guiju.wording import GuijuError, chinese_number

TEXT = """某办法

施行日期：2026年1月1日

第一编 总则
第一章 范围
第一节 一般规定

第一条 为了试验，制定本办法。

第二条 提供者应当做下列事项：

（一）第一件；
（二）第二件：
1．细目甲；
2. 细目乙。

前款所称提供者，由第三条规定。

第二条之一 插入的一条。
第二条之二 又插入一条。

第三条 本办法自2026年1月1日起施行。

附件：清单

一、甲类。
二、乙类。

本清单适时调整。
"""


def test_a_statute_is_read_to_its_points_and_annex():
    statute = statute_from(TEXT, "some")
    assert statute.title == "某办法"
    assert statute.articles == ("1", "2", "2-1", "2-2", "3", "annex")
    assert [str(one) for one in statute.texts] == [
        "1:1", "2:1", "2:1:1", "2:1:2", "2:1:2:1", "2:1:2:2", "2:2", "2-1:1", "2-2:1", "3:1",
        "annex:1", "annex:1:1", "annex:1:2", "annex:2",
    ]  # fmt: skip
    assert [(one.sign, one.number, one.title, one.first) for one in statute.parts] == [
        ("编", 1, "总则", "1"),
        ("章", 1, "范围", "1"),
        ("节", 1, "一般规定", "1"),
    ]
    assert statute.whole(Place("2", 1, 2, 1)) == "提供者应当做下列事项：第二件：细目甲；"
    assert statute.whole(Place("2", None, 1)) == "提供者应当做下列事项：第一件；"
    assert statute.whole(Place("9")) == ""


def test_leaves_are_paragraphs_without_items_and_items():
    statute = statute_from(TEXT, "some")
    assert [str(one) for one in leaves(statute.texts)] == [
        "1:1", "2:1:1", "2:1:2:1", "2:1:2:2", "2:2", "2-1:1", "2-2:1", "3:1", "annex:1:1", "annex:1:2", "annex:2",
    ]  # fmt: skip


def test_what_a_copy_lacks_is_known():
    statute = statute_from("某办法\n第一条 前半【以下缺失】\n【第二条至第四条缺失】\n第五条 末条。\n", "some")
    assert statute.articles == ("1", "5")
    assert statute.cut == {"1"}
    assert statute.texts[Place("1", 1)] == "前半"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "statute.no-article"),
        ("没有条文的一页\n", "statute.no-article"),
        ("某法\n第一条 甲。\n第三条 丙。\n", "statute.out-of-order"),
        ("某法\n第一条 甲。\n第一条 甲。\n", "statute.out-of-order"),
        ("某法\n第一条 甲。\n第一条之二 乙。\n", "statute.out-of-order"),
        ("某法\n第一条 甲：\n（一）乙；\n（一）丙。\n", "statute.item-twice"),
    ],
)
def test_a_text_that_is_no_statute_is_refused(text, code):
    with pytest.raises(StatuteError) as caught:
        statute_from(text, "some")
    assert caught.value.code == code


@given(st.integers(0, 999))
def test_every_chinese_numeral_is_read_back(number):
    assert chinese_integer(chinese_number(number)) == number
    assert chinese_integer(chinese_number(number).replace("〇", "零")) == number


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("十", 10),
        ("一百零三", 103),
        ("十万", 100_000),
        ("一百万", 1_000_000),
        ("二〇二六", 2026),
        ("两", 2),
        ("五千万", 50_000_000),
        ("1,000", 1000),
        ("100万", 1_000_000),
        ("2.5", 2.5),
    ],
)
def test_numerals(word, value):
    assert float(number_of(word)) == value


def test_words_that_are_no_numbers():
    assert chinese_integer("甲") is None
    assert chinese_integer("") is None


@pytest.mark.parametrize(
    ("pinpoint", "places"),
    [
        ("第四条第一项", ["4:1:1?"]),
        ("第二条第一款、第三款", ["2:1", "2:3"]),
        ("第六条第一款第一项至第三项", ["6:1:1", "6:1:2", "6:1:3"]),
        ("第八条、附件", ["8", "annex"]),
        ("第二十四条之一第二款", ["24-1:2"]),
        ("第十条至第十二条", ["10", "11", "12"]),
        ("第一百零三条第二款", ["103:2"]),
        ("第二条第一款第一项、第二款", ["2:1:1", "2:2"]),
        ("附件二", ["annex-2"]),
    ],
)
def test_pinpoints_are_read(pinpoint, places):
    found = read_places(pinpoint)
    assert [str(one) if one.item is None or one.paragraph else "4:1:1?" for one in found] == places
    if "至" not in pinpoint:
        assert all(read_places(one.words())[0] == one for one in found)


@pytest.mark.parametrize(
    "pinpoint",
    [
        "",
        "关键词库",
        "第四条第一项后段",
        "四条",
        "第三项至第一项",
        "第三条第五项至第二项",
        "第一条至第二款",
        "第一条至第二条至第三条",
    ],
)
def test_a_pinpoint_that_names_no_place_is_refused(pinpoint):
    with pytest.raises(PlaceError):
        read_places(pinpoint)


@given(st.integers(1, 200), st.lists(st.integers(1, 20), max_size=3))
def test_places_are_written_and_read_back(article, levels):
    place = Place(str(article), *levels)
    assert place_from(str(place)) == place
    assert read_places(place.words()) == (place,)


def test_width_is_no_change_and_a_word_is():
    assert fingerprint("提供者应当（一）：甲；") == fingerprint("提供者 应当(一):甲;")
    assert fingerprint("提供者应当") != fingerprint("提供者可以")
    assert fingerprint("甲，乙") != fingerprint("甲；乙")
    assert uniform("“标准”　１０") == '"标准"10'


def test_an_outline_is_written_and_read_back():
    statute = statute_from(TEXT, "some")
    outline = outline_of(statute, "cn/some")
    assert read_outline(read_text(written_outline(outline), "outline.yaml")) == outline


def test_an_outline_that_is_no_outline():
    with pytest.raises(GuijuError):
        read_outline(read_text("outline: cn/some\ntext: some\nprovisions: [1]\n", "outline.yaml"))


def test_every_text_of_the_library_is_read(data_dir: Path):
    counts = {}
    for path in sorted((data_dir / "instruments" / "cn").glob("*.txt")):
        statute = read_statute(path)
        counts[statute.name] = len(statute.articles)
    assert counts["pipl-2021"] == 74
    assert counts["cybersecurity-law-2025-amended"] == 81
    assert counts["science-technology-progress-law-2021"] == 117
    assert counts["ai-ethics-review-and-service-measures-2026.PARTIAL"] == 19
    assert len(counts) == 15
