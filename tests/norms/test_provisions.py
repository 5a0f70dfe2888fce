"""Which norms a provision id stands for (language, sections 6 and 11)."""

import pytest
from tests.norms.small import law_on

from guiju.norms import Contents, builtin, instrument_of, local
from guiju.norms.model import Targets
from guiju.norms.provisions import within

AI_ACT = "eu/ai-act"


@pytest.fixture(scope="module")
def contents() -> Contents:
    return builtin().contents


@pytest.mark.parametrize(
    ("whole", "one", "stands"),
    [
        ("50", "50", True),
        ("50", "50.2", True),
        ("50", "50.4#text", True),
        ("50", "50#synthetic-content", True),
        ("6.3", "6.3#profiling", True),
        ("6.3", "6.30", False),
        ("5", "50.2", False),
        ("50.2", "50", False),
        ("annex-iii", "annex-iii.4.a", True),
        ("annex-i", "annex-iii.1", False),
        ("annex-iii.4", "annex-iii.4.a", True),
        ("chapter-iii/sections-1-3", "6.2", True),
        ("chapter-iii/sections-1-3", "6a", True),
        ("chapter-iii/sections-1-3", "27", True),
        ("chapter-iii/sections-1-3", "27a.1", False),
        ("chapter-iii/sections-1-3", "5.1", False),
        ("chapter-iii/sections-1-3", "28", False),
        ("chapter-iii/sections-1-3", "113", False),
        ("chapter-iii/sections-1-3", "annex-iii.1", False),
        ("chapter-iii", "27", True),
        ("chapter-iii", "49.2", True),
        ("chapter-iii", "50", False),
        ("chapter-i", "4a", True),
        ("chapter-i", "4b", False),
        ("chapter-i", "3.14b", True),
        ("annexes", "annex-iii.4.a", True),
        ("annexes", "3", False),
    ],
)
def test_what_an_id_stands_for(contents, whole, one, stands):
    assert contents.covers(f"{AI_ACT}/{whole}", f"{AI_ACT}/{one}") is stands


def test_an_instrument_stands_for_all_of_it_and_for_nothing_else(contents):
    assert contents.covers(AI_ACT, f"{AI_ACT}/50.4#text")
    assert not contents.covers(AI_ACT, "eu/2026-1744/50")
    assert not contents.covers("eu/ai", f"{AI_ACT}/50")
    assert not contents.covers("cn/algorithm-provisions/chapter-2", "cn/genai-measures/7.1")


def test_targets_lose_what_they_except(contents):
    targets = Targets((f"{AI_ACT}/chapter-iii", f"{AI_ACT}/50"), (f"{AI_ACT}/6", f"{AI_ACT}/50.2"))
    hit = [one for one in ("9", "6.2", "6.5", "50.1", "50.2", "49.2", "3.3") if contents.hit(targets, f"{AI_ACT}/{one}")]
    assert hit == ["9", "50.1", "49.2"]


@pytest.mark.parametrize(
    ("identifier", "instrument", "rest"),
    [
        ("eu/ai-act/50.2", "eu/ai-act", "50.2"),
        ("cn/genai-measures/17#filing", "cn/genai-measures", "17#filing"),
        ("eu/ai-act/chapter-iii/section-5", "eu/ai-act", "chapter-iii/section-5"),
        ("eu/ai-act#commence-113", "eu/ai-act", "#commence-113"),
        ("eu/ai-act", "eu/ai-act", ""),
    ],
)
def test_taken_apart(identifier, instrument, rest):
    assert instrument_of(identifier) == instrument
    assert local(identifier) == rest


def test_below_is_by_whole_parts_of_the_id():
    assert within("a/b/6.2", "a/b/6")
    assert within("a/b/6#x", "a/b/6")
    assert not within("a/b/62", "a/b/6")
    assert not within("a/b/6a", "a/b/6")


def test_every_norm_stands_in_exactly_one_part_of_its_contents():
    corpus = builtin()
    astray = {}
    for instrument in corpus.instruments.values():
        parts = [f"{instrument.id}/{part.id}" for part in instrument.contents]
        for norm in corpus.norms if parts else []:
            if instrument_of(norm) == instrument.id:
                holding = [part for part in parts if corpus.contents.covers(part, norm)]
                if len(holding) != 1:
                    astray[norm] = holding
    assert astray == {}


def test_a_sanction_names_norms_that_are_there():
    """A sanction may name articles that are not written as norms, but not only such."""
    program = law_on("2026-11-21")
    for norm in program.norms.values():
        if norm.sanction:
            assert any(program.corpus.contents.hit(norm.sanction.breach_of, other) for other in program.norms), norm.id
