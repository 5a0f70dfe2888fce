"""Acts of the European Union as text: articles, paragraphs, subparagraphs, points, annexes; and pinpoints that name them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.norms.statutes import (
    UNION,
    Place,
    PlaceError,
    Provision,
    Statute,
    StatuteError,
    earlier_text,
    follows,
    leaves,
    outline_of,
    place_from,
    read_outline,
    read_places,
    read_text_of,
    texts_below,
    union_from,
    written_outline,
)
from guiju.norms.statutes.places import ORDINALS, ROMANS
from guiju.norms.statutes.union_lines import read_json
from guiju.norms.yaml_reader import read_text

CONSOLIDATED = "ai-act-consolidated-2026-07-27/eu-ai-act-articles.json"
FORMEX = "ai-act-2024-1689-formex"
SIGN = re.compile(
    r"\A(?:\(?\d+[a-z]{0,2}(?:\.\d+)*[.)]|\([a-z]{1,5}\)|[a-z]\.|[—–])(?:\s+|\Z)|\ASection (?:[A-Z]|\d+)\b[\s.—–-]*"
)


@pytest.fixture(scope="session")
def eu(data_dir: Path) -> Path:
    return data_dir / "instruments" / "eu"


@pytest.fixture(scope="session")
def act(eu: Path) -> Statute:
    return read_text_of(eu / CONSOLIDATED)


def act_of(*lines: str, number: str = "1") -> list[str]:
    return [str(one) for one in union_from([Provision(number, "", lines)], "some").texts]


# -- the reader ----------------------------------------------------------------------------------------------------------------


def test_paragraphs_subparagraphs_and_points():
    places = act_of(
        "1. Providers shall:", "(a) first;", "(b) either of:", "(i) this;", "(ii) that;", "(ba) inserted;", "(c) last.",
        "A second subparagraph.", "1a. An inserted paragraph.", "2. Another one.",
    )  # fmt: skip
    assert places == [
        "Art. 1(1), first subparagraph", "Art. 1(1), first subparagraph, point (a)", "Art. 1(1), first subparagraph, point (b)",
        "Art. 1(1), first subparagraph, point (b)(i)", "Art. 1(1), first subparagraph, point (b)(ii)",
        "Art. 1(1), first subparagraph, point (ba)", "Art. 1(1), first subparagraph, point (c)",
        "Art. 1(1), second subparagraph", "Art. 1(1a)", "Art. 1(2)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "sign", "last"),
    [
        (["(h) eighth;"], "(i) ninth.", "Art. 1(1)(i)"),
        (["(h) eighth, one of:"], "(i) first.", "Art. 1(1)(h)(i)"),
        (["(h) of:", "(i) one;", "(ii) two;"], "(i) ninth.", "Art. 1(1)(i)"),
        (["(b) of:", "(i) one;", "(ii) two;"], "(c) third.", "Art. 1(1)(c)"),
        (["(b) of:", "(i) one;", "(ii) two;", "(iii) three;", "(iv) four;"], "(v) five.", "Art. 1(1)(b)(v)"),
        (["(u) of it;"], "(v) of that.", "Art. 1(1)(v)"),
    ],
)
def test_a_letter_or_a_numeral_is_told_by_what_stands_before(before: list[str], sign: str, last: str):
    letters = ["(" + chr(one) + ") point;" for one in range(ord("a"), ord(before[0][1]))]
    assert act_of("1. List:", *letters, *before, sign)[-1] == last


def test_an_article_without_numbers_has_paragraphs_all_the_same():
    assert act_of("First.", "However:", "(a) one;", "(b) two.") == [
        "Art. 1, first paragraph", "Art. 1, second paragraph", "Art. 1, second paragraph, point (a)",
        "Art. 1, second paragraph, point (b)",
    ]  # fmt: skip
    assert act_of("Providers shall:", "(a) one.") == ["Art. 1", "Art. 1(a)"]
    assert act_of("Definitions:", "(1) ‘a’ means b;", "(1a) “c” means:", "(a) d.") == [
        "Art. 1", "Art. 1(1)", "Art. 1(1a)", "Art. 1(1a)(a)",
    ]  # fmt: skip


def test_a_point_after_a_subparagraph_goes_on_with_the_list_it_follows():
    assert act_of("1. List:", "(a) one;", "(b) two.", "Those acts follow.", "(c) three.")[-1] == (
        "Art. 1(1), first subparagraph, point (c)"
    )


def test_closing_words_and_quoted_amendments_belong_to_what_they_close():
    closed = union_from([Provision("1", "", ("1. Where it", "(a) is so; or", "(b) is otherwise,", "it shall stop."))], "some")
    assert closed.texts[Place("1", "1", numbering=UNION)] == "Where it it shall stop."
    quoted = union_from(
        [Provision("1", "", ("In Article 2:", "(1) this is added:", "‘3. New words.’", "‘(68)", "an act.’"))], "some"
    )
    assert list(map(str, quoted.texts)) == ["Art. 1", "Art. 1(1)"]


def test_an_annex_may_run_its_points_on_and_part_its_signs_from_its_words():
    found = act_of(
        "Section A — Information", "The following:", "1. Education: (a) one, see point (b); (b) two. Not three; and (c) four.",
        "2.", "Its words.", "Section B", "1. Heading", "Words under it.", "4.3. Decimal.", "— loose,", "— looser.",
        number="annex-viii",
    )  # fmt: skip
    assert found == [
        "Annex VIII, Section A", "Annex VIII, Section A, point 1", "Annex VIII, Section A, point 1(a)",
        "Annex VIII, Section A, point 1(b)", "Annex VIII, Section A, point 1(c)", "Annex VIII, Section A, point 2",
        "Annex VIII, Section B", "Annex VIII, Section B, point 1", "Annex VIII, Section B, point 4.3",
        "Annex VIII, Section B, point 4.3, first indent", "Annex VIII, Section B, point 4.3, second indent",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("1. One.", "1. One again."), "statute.out-of-order"),
        (("2. Two.", "1. One."), "statute.out-of-order"),
        (("1. List:", "(b) two;", "(a) one."), "statute.out-of-order"),
        (("Loose:", "(1) one;", "(1) one again;"), "statute.out-of-order"),
    ],
)
def test_numbers_that_do_not_run_on_are_refused(lines: tuple[str, ...], code: str):
    with pytest.raises(StatuteError) as caught:
        act_of(*lines)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (tuple(f"Line {at}." for at in range(21)), "1"),
        (("List:", *(f"— thing {at};" for at in range(21))), "1"),
        (("One.",), "annex-a"),
        (("One.",), "annex-"),
    ],
)
def test_a_place_that_could_not_be_named_is_refused_while_it_is_read(lines: tuple[str, ...], number: str):
    with pytest.raises(StatuteError) as caught:
        act_of(*lines, number=number)
    assert caught.value.code == "statute.no-name"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        (
            "x-articles.json",
            json.dumps([{"articleNumber": "1", "paragraphs": ["1. One.", {"2": "Two."}]}]),
            "statute.no-provisions",
        ),
        ("folder/x.fmx.xml", '<!DOCTYPE a [<!ENTITY b "c">]><ACT>&b;</ACT>', "statute.not-xml"),
        ("x-articles.json", "[", "statute.not-json"),
        ("x-articles.json", "{}", "statute.no-provisions"),
        ("x-articles.json", "[]", "statute.no-provisions"),
        ("x-articles.json", json.dumps([{"article": 1, "content": "1. Run on. 2. In one."}]), "statute.no-provisions"),
        ("folder/x.fmx.xml", "<ACT", "statute.not-xml"),
        ("folder/x.fmx.xml", "<ACT/>", "statute.no-provisions"),
    ],
)
def test_a_file_that_is_no_act_is_refused(tmp_path: Path, name: str, text: str, code: str):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StatuteError) as caught:
        read_text_of(path.parent if name.startswith("folder") else path)
    assert caught.value.code == code


# -- the real texts ------------------------------------------------------------------------------------------------------------


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)


@pytest.mark.parametrize("name", [CONSOLIDATED, "gdpr-articles.json"])
def test_every_line_lands_on_exactly_one_place(eu: Path, name: str):
    """The words of an article are those of its lines without their signs, none twice and none lost."""
    statute = read_text_of(eu / name)
    for one in read_json(eu / name):
        said = Counter(filter(None, (_letters(word) for line in one.lines for word in SIGN.sub("", line, count=1).split())))
        texts = [text for place, text in statute.texts.items() if place.article == one.number]
        read = Counter(filter(None, (_letters(word) for text in texts for word in text.split())))
        assert not read - said, one.number
        assert all(re.fullmatch(r"[a-z]|\d+", word) for word in said - read), one.number  # signs of points that a line runs on


def test_the_act_as_it_is_in_force(act: Statute):
    articles = [one for one in act.articles if not one.startswith("annex")]
    assert len(articles) == 119
    assert {"4a", "60a", "75a", "75b", "75c", "75d"} <= set(articles)
    assert len(act.articles) - len(articles) == 14
    places = {str(one) for one in act.texts}
    assert {
        "Art. 5(1), first subparagraph, point (ba)", "Art. 5(1), first subparagraph, point (h)(iii)", "Art. 5(1a)(a)(ii)",
        "Art. 6(3), second subparagraph, point (d)", "Art. 16(l)", "Art. 3(14a)", "Art. 3(61)(a)(iii)",
        "Art. 58(1), first subparagraph, point (d)", "Art. 66(e)(vii)", "Art. 99(4)(da)",
        "Art. 113, third paragraph, point (c)(ii)", "Annex I, Section B, point 21", "Annex II, sixteenth indent",
        "Annex III, point 5(d)", "Annex VII, point 4.3", "Annex VIII, Section C, point 5", "Annex XIII, point (g)",
    } <= places  # fmt: skip


def test_two_sources_agree_where_the_act_was_not_amended(act: Statute, eu: Path):
    """The Official Journal marks what a subparagraph is; the flat text does not, and is read to the same places."""
    journal = read_text_of(eu / FORMEX)
    for article in ("14", "16", "21", "41", "53", "55", "66", "73", "79", "90", "annex-iii", "annex-vii", "annex-xii"):
        ours, theirs = ([str(one) for one in text.texts if one.article == article] for text in (act, journal))
        assert ours == theirs, article
    assert "10(^25)" in journal.texts[Place("51", "2", numbering=UNION)]
    assert "annex-xiv" not in journal.articles


def test_the_schedule_that_comes_with_the_text_is_not_read(eu: Path, act: Statute):
    """Its note on Article 111 speaks of another article; nothing of it may reach a provision."""
    entries = json.loads((eu / CONSOLIDATED).read_text(encoding="utf-8"))
    notes = [json.dumps(one.get("applicationSchedule")) for one in entries if one["articleNumber"] == "111"]
    assert notes
    assert all("applicationSchedule" not in text and "currentLawStatus" not in text for text in act.texts.values())


def test_texts_are_named_by_file_or_folder(eu: Path):
    assert {"eu-ai-act", "gdpr", FORMEX} <= set(texts_below(eu))


def test_an_outline_with_the_earlier_text_is_written_and_read_back(act: Statute, eu: Path):
    before = outline_of(read_text_of(eu / FORMEX), "eu/ai-act", year="2024")
    outline = outline_of(act, "eu/ai-act", before)
    assert read_outline(read_text(written_outline(outline), "outline.yaml")) == outline
    assert outline.version("Art. 6(1)") is outline
    assert outline.version("Art. 6(1) (2024 text)") == before
    assert outline.version("Art. 6(1) (2023 text)") is None


def test_leaves_are_what_has_nothing_below_it(act: Statute):
    found = {str(one) for one in leaves(act.texts)}
    assert "Annex VII, point 4.3" in found
    assert not {"Annex VII, point 4", "Art. 3", "Art. 16", "Annex VIII, Section A"} & found


# -- pinpoints -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pinpoint", "places"),
    [
        ("Art. 6(3)", ["Art. 6(3)"]),
        ("Article 6(3)", ["Art. 6(3)"]),
        ("Art. 6(3), third subparagraph, points (a) and (b)", [f"Art. 6(3), third subparagraph, point ({one})" for one in "ab"]),
        ("Art. 5(1)(h)(i) to (iii)", [f"Art. 5(1)(h)({one})" for one in ("i", "ii", "iii")]),
        ("Art. 5(1)(ba), 5(1a)(a)", ["Art. 5(1)(ba)", "Art. 5(1a)(a)"]),
        ("Art. 73(1) to (4), (9) and (10)", [f"Art. 73({one})" for one in (1, 2, 3, 4, 9, 10)]),
        ("Art. 17(1)(a) to (c), 16(c)", ["Art. 17(1)(a)", "Art. 17(1)(b)", "Art. 17(1)(c)", "Art. 16(c)"]),
        ("Art. 16(i) and (j)", ["Art. 16(i)", "Art. 16(j)"]),
        ("Art. 15(4), first and second subparagraphs", ["Art. 15(4), first subparagraph", "Art. 15(4), second subparagraph"]),
        ("Art. 25(2), second to fourth subparagraphs", [f"Art. 25(2), {one} subparagraph" for one in ORDINALS[1:4]]),
        ("Art. 26(5), first subparagraph, third sentence", ["Art. 26(5), first subparagraph"]),
        (
            "Art. 26(10), first subparagraph, second sentence, and third subparagraph",
            ["Art. 26(10), first subparagraph", "Art. 26(10), third subparagraph"],
        ),
        ("Art. 113, third paragraph, point (c)(i)", ["Art. 113, third paragraph, point (c)(i)"]),
        ("Annex III, point 3(a) to (c)", ["Annex III, point 3(a)", "Annex III, point 3(b)", "Annex III, point 3(c)"]),
        ("Annex VIII, Section A, points 1 to 3", [f"Annex VIII, Section A, point {one}" for one in (1, 2, 3)]),
        ("Annex VIII, Section A and Section B", ["Annex VIII, Section A", "Annex VIII, Section B"]),
        ("Annex VII, points 4.1 to 4.3", [f"Annex VII, point 4.{one}" for one in (1, 2, 3)]),
        ("Annex II, first and third indents", ["Annex II, first indent", "Annex II, third indent"]),
        ("Art. 43(2), Annex VI", ["Art. 43(2)", "Annex VI"]),
        ("Art. 6(1) (2024 text)", ["Art. 6(1)"]),
        ("Art. 3(52) (GDPR Art. 4(4))", ["Art. 3(52)"]),
        ("Art. 3(14a); Recommendation 2003/361/EC, Annex, Art. 2", ["Art. 3(14a)"]),
    ],
)  # fmt: skip
def test_pinpoints_are_read(pinpoint: str, places: list[str]):
    assert [str(one) for one in read_places(pinpoint)] == places


@pytest.mark.parametrize(
    "pinpoint",
    [
        "", "Art.", "Copyright chapter", "Art. 6(3), fifth", "Art. 6(4) to (2)", "Art. 6(1) to 7(a)", "Art. 6(3) to",
        "Art. 4.3", "points 1 to 3", "Annex IIII, point 1", "Art. 5(1)(h) and so on", "Art. 6(3)(1)", "(a)", "Annex III(5)",
    ],
)  # fmt: skip
def test_a_pinpoint_that_names_no_place_is_refused(pinpoint: str):
    with pytest.raises(PlaceError):
        read_places(pinpoint)


def test_the_year_of_an_earlier_text():
    assert earlier_text("Art. 99(4) (2024 text), 99(6)") == "2024"
    assert earlier_text("Art. 99(4)") is None


NUMBERS = st.builds(lambda number, tail: f"{number}{tail}", st.integers(1, 120), st.sampled_from(["", "", "", "a", "b"]))
LETTERS = st.sampled_from([*"abcdefghijklmnopqrstuvwxyz", "ba", "bb", "da"])


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Every place that the text of an act can have."""
    annex = draw(st.booleans())
    article = f"annex-{draw(st.sampled_from(ROMANS[:20]))}" if annex else draw(NUMBERS)
    section = draw(st.none() | st.sampled_from(["A", "B", "1"])) if annex else None
    paragraph = draw(st.none() | (st.sampled_from(["1", "12", "4.3"]) if annex else NUMBERS))
    subparagraph = draw(st.none() | st.integers(1, 20))
    item = draw(st.none() | LETTERS | st.integers(1, 20).map(lambda number: f"-{number}"))
    point = draw(st.none() | st.sampled_from(ROMANS[:12])) if item and not item.startswith("-") else None
    return Place(article, paragraph, item, point, subparagraph=subparagraph, section=section, numbering=UNION)


@given(places())
def test_places_are_written_and_read_back(place: Place):
    assert read_places(place.words()) == (place,)
    assert place_from(str(place)) == place
    assert place.holds(place)
    assert all(one.holds(place) and one != place for one in place.above())


@given(places())
def test_places_have_chinese_words_of_their_own(place: Place):
    words = place.words("zh")
    assert words.startswith(("第", "附件"))
    assert place.words("zh") != place.words("en")


def test_a_point_without_its_subparagraph_is_that_of_the_first_one(act: Statute):
    (place,) = read_places("Art. 43(1)(a)")
    assert [str(one) for one in act.units(place)] == ["Art. 43(1), first subparagraph, point (a)"]
    assert len(act.units(read_places("Art. 43(1)")[0])) == 9


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("3", "4", True),
        ("a", "b", True),
        ("iii", "iv", True),
        ("1a", "1b", True),
        ("b", "ba", False),
        ("3", "5", False),
        (3, 4, True),
    ],
)
def test_what_follows_what(before: str | int, after: str | int, expected: bool):
    assert follows(before, after) is expected
