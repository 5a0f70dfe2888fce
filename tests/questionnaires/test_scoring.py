"""The official arithmetic: sums, the line of mitigation, rounding, and the lines between levels."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.questionnaires.small import canada, edition

from guiju.norms import read_text
from guiju.questionnaires import (
    Answers,
    Asking,
    Questionnaire,
    QuestionnaireError,
    answers_from,
    read_questionnaire,
    score,
    score_json,
    shown_questions,
)
from guiju.questionnaires.scoring import level_of, reduced

SHELF = canada()
NAME = "ca/aia"
VERSIONS = SHELF.versions(NAME)
Drawn = tuple[Questionnaire, dict[str, str | tuple[str, ...]]]

LATER = [version for version in VERSIONS if SHELF.get(NAME, version).arithmetic.reduction_share is not None]


def given_for(found: Questionnaire, values: dict[str, str | tuple[str, ...]]) -> Answers:
    return Answers(version=found.version, values=values)


# -- what there is ---------------------------------------------------------------------------------------------------------------


MOST = {
    "v0.3": (79, 28), "v0.4": (75, 28), "v0.5": (100, 32), "v0.6": (100, 68), "v0.8a1": (100, 86), "v0.8": (100, 86),
    "v0.9": (107, 90), "v0.9.1": (107, 90), "v0.10.0": (126, 92), "v1.0.0": (167, 154), "v1.0.1": (167, 154),
}  # fmt: skip


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_has_its_official_most_points(version: str) -> None:
    found = SHELF.get(NAME, version)
    assert (found.max_raw, found.max_mitigation) == MOST[version]


def test_every_published_version_is_held_and_the_newest_is_last() -> None:
    assert list(MOST) == VERSIONS
    assert SHELF.newest(NAME).version == "v1.0.1"


@pytest.mark.parametrize("spelt", ["v0.9.1", "0.9.1", "V0.9.1", "v.0.9.1", " Version 0.9.1"])
def test_a_version_is_found_however_it_is_spelt(spelt: str) -> None:
    assert SHELF.get(NAME, spelt).version == "v0.9.1"


@pytest.mark.parametrize("version", VERSIONS)
def test_points_are_those_that_the_options_carry(version: str) -> None:
    for question in SHELF.get(NAME, version).questions.values():
        for option, points in question.options.items():
            tail = option.rpartition("-")[2]
            assert points == (int(tail) if tail.isdigit() and ("-" in option or option.isdigit()) else 0), (question.name, option)


@pytest.mark.parametrize("version", [one for one in VERSIONS if one not in {"v0.3", "v0.4", "v0.5"}])
def test_every_question_that_counts_has_a_title_in_both_languages(version: str) -> None:
    found = SHELF.get(NAME, version)
    without = [
        one.name for one in found.questions.values() if one.counts != "nothing" and set(found.title(one.name)) != {"zh", "en"}
    ]
    assert not without
    assert all(set(found.section_title(one)) == {"zh", "en"} for one in found.sections)


@pytest.mark.parametrize("version", VERSIONS[VERSIONS.index("v0.8a1") :])
def test_every_option_that_counts_has_a_label_in_both_languages(version: str) -> None:
    found = SHELF.get(NAME, version)
    counting = [one for one in found.questions.values() if one.counts != "nothing"]
    without = [
        (one.name, option)
        for one in counting
        for option in one.options
        if set(found.option_label(one.name, option)) != {"zh", "en"}
    ]
    assert not without


def test_a_name_that_meant_something_else_has_its_earlier_title() -> None:
    earlier, now = SHELF.get(NAME, "v0.10.0"), SHELF.get(NAME, "v1.0.1")
    assert earlier.title("riskProfile3")["en"] == "very high stakes"
    assert now.title("riskProfile3")["en"] == "groups to which it should not be applied"


# -- the lines between levels ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("current", "level"),
    [(0, 1), (24, 1), (25, 1), (26, 2), (49, 2), (50, 2), (51, 3), (74, 3), (75, 3), (76, 4), (100, 4)],
)
def test_what_lies_on_a_line_belongs_to_the_lower_level(current: int, level: int) -> None:
    assert level_of(edition(impact=100, mitigation=20), current) == level


@pytest.mark.parametrize(("current", "level"), [(26, 1), (27, 2), (53, 2), (54, 3), (80, 3), (81, 4)])
def test_a_line_between_two_whole_numbers(current: int, level: int) -> None:
    """A quarter of 107 is 26.75."""
    assert level_of(SHELF.get(NAME, "v0.9.1"), current) == level


def test_early_versions_end_their_levels_at_points_and_the_first_gives_none() -> None:
    assert [level_of(SHELF.get(NAME, "v0.4"), one) for one in (18, 19, 36, 37, 54, 55)] == [1, 2, 2, 3, 3, 4]
    assert level_of(SHELF.get(NAME, "v0.3"), 79) is None


# -- mitigation ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mitigation", "current"), [(7, 40), (8, 34), (9, 34)])
def test_four_fifths_of_half_of_all_mitigation_reduce_the_score(mitigation: int, current: int) -> None:
    """All points over both phases are 20; half of them 10, four fifths of that 8."""
    found = edition(impact=40, mitigation=20)
    result = score(found, given_for(found, {"risk": "r-40", "help": f"m-{mitigation}"}))
    assert (result.raw, result.mitigation, result.current) == (40, mitigation, current)
    assert result.enough is (mitigation >= 8)


@pytest.mark.parametrize(("version", "line"), [("v0.9.1", "36.0"), ("v0.10.0", "36.8"), ("v1.0.1", "61.6"), ("v0.6", "27.2")])
def test_the_line_of_mitigation_of_each_version(version: str, line: str) -> None:
    found = SHELF.get(NAME, version)
    assert found.arithmetic.enough_mitigation * found.max_mitigation == Decimal(line)


@pytest.mark.parametrize(("raw", "current"), [(0, 0), (1, 1), (3, 3), (10, 9), (30, 26), (50, 43), (52, 44), (70, 60), (90, 77)])
def test_halves_are_rounded_up(raw: int, current: int) -> None:
    """85 % of 10 is 8.5, of 30 25.5, of 50 42.5, of 70 59.5, of 90 76.5."""
    assert reduced(SHELF.get(NAME, "v1.0.1"), raw) == current


@given(st.integers(0, 400))
def test_the_rounding_is_that_of_the_tools_binary_arithmetic(raw: int) -> None:
    assert reduced(SHELF.get(NAME, "v1.0.1"), raw) == int((1 - 0.15) * raw + 0.5)


def test_early_versions_take_off_ten_points_at_four_fifths() -> None:
    found = SHELF.get(NAME, "v0.4")
    assert reduced(found, 40) == 30
    assert found.arithmetic.enough_mitigation == Decimal("0.80")


# -- answers in general ----------------------------------------------------------------------------------------------------------


@st.composite
def answer_maps(draw: st.DrawFn, versions: list[str] = LATER) -> Drawn:
    found = SHELF.get(NAME, draw(st.sampled_from(versions)))
    values: dict[str, str | tuple[str, ...]] = {}
    rest = draw(st.randoms(use_true_random=False))
    share = draw(st.sampled_from([0.2, 0.7, 1.0]))
    for question in found.questions.values():
        if question.kind == "words" or rest.random() > share:
            continue
        options = list(question.options)
        if question.kind == "several":
            values[question.name] = tuple(rest.sample(options, rest.randint(1, len(options))))
        else:
            values[question.name] = rest.choice(options)
    return found, values


@settings(deadline=None, max_examples=60, derandomize=True)
@given(answer_maps(VERSIONS))
def test_a_question_that_is_not_asked_gives_no_points(drawn: Drawn) -> None:
    found, values = drawn
    answers = given_for(found, values)
    asked = {name: given for name, given in values.items() if name in shown_questions(found, answers)}
    whole, less = score(found, answers), score(found, given_for(found, asked))
    assert (whole.raw, whole.mitigation, whole.current, whole.level) == (less.raw, less.mitigation, less.current, less.level)
    assert {one.question for one in whole.dropped} == {name for name in values if name not in asked and counts(found, name)}
    assert score(found, answers, Asking.RECORDED).completed().current == whole.current


def counts(found: Questionnaire, name: str) -> bool:
    return found.questions[name].counts != "nothing"


@settings(deadline=None, max_examples=60, derandomize=True)
@given(answer_maps(), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(drawn: Drawn, rest: object) -> None:
    found, values = drawn
    names = list(values)
    rest.shuffle(names)  # type: ignore[attr-defined]
    turned = {name: chosen[::-1] if isinstance(chosen := values[name], tuple) else chosen for name in names}
    one, other = score(found, given_for(found, values)), score(found, given_for(found, turned))
    assert (one.raw, one.mitigation, one.level) == (other.raw, other.mitigation, other.level)
    assert one.answers.digest == other.answers.digest


@settings(deadline=None, max_examples=60, derandomize=True)
@given(answer_maps(), st.data())
def test_a_riskier_answer_never_lowers_the_raw_score(drawn: Drawn, data: st.DataObject) -> None:
    found, values = drawn
    deciding = {name for one in found.questions.values() for name in one.shown}
    for name, chosen in values.items():
        question = found.questions[name]
        if question.counts != "impact" or name in deciding or question.kind != "one" or not isinstance(chosen, str):
            continue
        riskier = [option for option, points in question.options.items() if points > question.options[chosen]]
        if riskier:
            worse = {**values, name: data.draw(st.sampled_from(riskier))}
            before, after = score(found, given_for(found, values)), score(found, given_for(found, worse))
            shown = name in shown_questions(found, given_for(found, values))
            assert after.raw > before.raw if shown else after.raw == before.raw
            return


@settings(deadline=None, max_examples=60, derandomize=True)
@given(answer_maps(VERSIONS))
def test_the_trace_adds_up_and_nothing_passes_the_most(drawn: Drawn) -> None:
    found, values = drawn
    result = score(found, given_for(found, values))
    assert result.raw == sum(one.points for one in result.trace if one.taken and one.counts == "impact")
    assert result.mitigation == sum(one.points for one in result.trace if one.taken and one.counts == "mitigation")
    assert all(one.points <= one.most for one in result.trace)
    assert result.current <= result.raw <= found.max_raw
    assert result.mitigation <= found.max_mitigation


def test_an_open_question_is_told() -> None:
    found = SHELF.get(NAME, "v0.9.1")
    result = score(found, given_for(found, {"projectDetailsPhase": "item2", "riskProfile1": "item1-3"}))
    assert "riskProfile2" in result.open
    assert "riskProfile1" not in result.open
    assert "dataQualityDesign1" not in result.open
    assert "dataQualityImplementation1" in result.open


# -- the document ----------------------------------------------------------------------------------------------------------------


def test_the_document_names_the_edition_and_gives_every_point_its_answer() -> None:
    found = SHELF.get(NAME, "v0.9.1")
    answers = answers_from(
        read_text("{version: v0.9.1, answers: {riskProfile1: item1-3, decisionSector1: [item1-1, item6-1]}}", "a")
    )
    said = score_json(score(found, answers))
    assert said["questionnaire"]["version"] == "v0.9.1"
    assert said["questionnaire"]["digest"].startswith("sha256:")
    assert said["questionnaire"]["arithmetic"]["levels_end_at"] == ["26.75", "53.5", "80.25"]
    assert (said["raw_score"], said["impact_level"], said["level"]) == (5, 1, "I")
    assert [(one["question"], one["points"]) for one in said["trace"]] == [("riskProfile1", 3), ("decisionSector1", 2)]
    assert said["text"]["zh"].startswith("算法影响评估 v0.9.1：目前影响等级为一级，得分 5，满分 107；还有 25 个")
    assert "impact level I" in said["text"]["en"]


def test_a_file_that_is_no_questionnaire_is_refused() -> None:
    with pytest.raises(QuestionnaireError):
        read_questionnaire("questionnaire: x\nversion: v1\n", "x.yaml")
