"""What people get wrong in answers and in files of questionnaires, each file named after the mistake."""

import json
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from tests.questionnaires.mistakes import ANSWERS, FILES
from tests.questionnaires.small import HEAD, RISK, canada

from guiju.norms import Corpus, FileError, read_text
from guiju.questionnaires import (
    Asking,
    QuestionnaireError,
    Score,
    answers_from,
    read_answers,
    read_questionnaire,
    score,
    shelf_of,
)
from guiju.wording import LANGUAGES, GuijuError

HERE = Path(__file__).parent


def told(error: GuijuError, lang: str) -> str:
    return f"{error.message(lang)} {error.hint(lang)}"


def held(error: GuijuError, path: Path, code: str, line: int, en: str, zh: str) -> None:
    assert (error.code, error.where and error.where.file, error.where and error.where.line) == (code, str(path), line)
    assert en in told(error, "en")
    assert zh in told(error, "zh")
    assert not any("{" in told(error, lang).replace("{...}", "").replace("{……}", "") for lang in LANGUAGES)


def scored(path: Path) -> Score:
    answers = read_answers(path)
    return score(canada().edition_of(answers), answers)


@pytest.mark.parametrize(("mistake", "code", "line", "en", "zh"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_answers_that_cannot_be_taken(mistake: str, code: str, line: int, en: str, zh: str) -> None:
    path = HERE / "bad_answers" / f"{mistake}.yaml"
    with pytest.raises(QuestionnaireError) as caught:
        scored(path)
    held(caught.value, path, code, line, en, zh)


@pytest.mark.parametrize(("mistake", "code", "line", "en", "zh"), FILES, ids=[row[0] for row in FILES])
def test_files_that_cannot_be_taken(mistake: str, code: str, line: int, en: str, zh: str) -> None:
    path = HERE / "bad_files" / f"{mistake}.yaml"
    with pytest.raises(QuestionnaireError) as caught:
        read_questionnaire(path.read_text(encoding="utf-8"), str(path))
    held(caught.value, path, code, line, en, zh)


@pytest.mark.parametrize(("folder", "table"), [("bad_answers", ANSWERS), ("bad_files", FILES)])
def test_every_bad_file_is_in_its_table(folder: str, table: list[tuple[str, str, int, str, str]]) -> None:
    assert {path.stem for path in (HERE / folder).glob("*.yaml")} == {row[0] for row in table}


def test_every_error_of_the_catalogue_has_its_mistake() -> None:
    below = {"answers.other-version", "questionnaire.version-twice", "questionnaire.none-here"}
    below |= {"score.open-into", "score.out-alone"}  # of the command; see its tests
    text = files("guiju.wording").joinpath("messages", "en", "questionnaires.toml").read_text(encoding="utf-8")
    errors = {code for code, entry in tomllib.loads(text).items() if "hint" in entry}
    assert errors == {row[1] for row in ANSWERS + FILES if not row[1].startswith("data.")} | below


def test_answers_are_not_scored_under_another_version() -> None:
    answers = answers_from(read_text("{version: v0.9.1, answers: {riskProfile1: item1-3}}", "a.yaml"))
    with pytest.raises(QuestionnaireError) as caught:
        canada().edition_of(answers, "v1.0.1")
    assert caught.value.code == "answers.other-version"
    assert "for version “v0.9.1”, not for “v1.0.1”" in caught.value.message("en")
    assert canada().edition_of(answers, "0.9.1").version == "v0.9.1"


def test_signs_that_only_json_takes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "saved.json"
    data = {"version": "v1.0.1", "currentPage": 3, "data": {"riskProfile1": "item1-3", "projectDetailsTitle": "a \x7f b 😀"}}
    path.write_text(json.dumps(data, ensure_ascii=True).replace("\\u007f", "\x7f"), encoding="utf-8")
    answers = read_answers(path)
    assert score(canada().edition_of(answers), answers).raw == 3


def test_a_file_that_is_neither_yaml_nor_json_is_refused_as_before(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"version": "v1.0.1", "data": {', encoding="utf-8")
    with pytest.raises(FileError):
        read_answers(path)


def test_a_version_that_is_empty_is_no_version() -> None:
    answers = answers_from(read_text("{survey_version: null, answers: {riskProfile1: item1-3}}", "a.yaml"))
    with pytest.raises(QuestionnaireError) as caught:
        canada().edition_of(answers)
    assert caught.value.code == "answers.no-version"
    assert canada().edition_of(answers, "v1.0.1").version == "v1.0.1"


def test_one_version_in_two_files() -> None:
    twice = Corpus(questionnaires={"a.yaml": HEAD + RISK, "b.yaml": HEAD + RISK})
    with pytest.raises(QuestionnaireError) as caught:
        shelf_of(twice).versions("zz/small")
    assert caught.value.code == "questionnaire.version-twice"


def test_rules_without_questionnaires_say_so() -> None:
    with pytest.raises(QuestionnaireError) as caught:
        shelf_of(Corpus()).edition_of(answers_from(read_text("{version: v1, answers: {a: b}}", "a.yaml")))
    assert caught.value.code == "questionnaire.none-here"


def test_a_record_is_taken_as_it_stands_and_what_does_not_fit_is_told() -> None:
    text = """{version: v1.0.1, data: {riskProfil1: item1-3, riskProfile1: item9-4, riskProfile2: [item1-3, item2-0],
               decisionSector1: item1-1, aboutSystem1: [item1, item1], riskProfile7: item1-3, riskProfile8: {a: b}}}"""
    answers = answers_from(read_text(text, "a.json"))
    found = score(canada().edition_of(answers), answers, Asking.RECORDED)
    assert found.raw == 4 + 3 + 1 + 3
    assert {one.code for one in found.remarks} == {
        "answers.unknown-question-noted",
        "answers.not-a-word-noted",
        "answers.unknown-option-noted",
        "answers.several-for-one-noted",
        "answers.one-for-several-noted",
        "answers.option-twice-noted",
    }
    assert all(set(one.text) == {"zh", "en"} for one in found.remarks)


def test_the_words_beside_other_are_no_unknown_question() -> None:
    """Early versions have a question with “other”, whose words stand under the name with -Comment."""
    text = "{version: v0.8a1, answers: {consultationDesign2-NS: [item2, other], consultationDesign2-NS-Comment: a neighbour}}"
    answers = answers_from(read_text(text, "a.json"))
    found = canada().edition_of(answers)
    assert found.questions["consultationDesign2-NS"].other
    assert score(found, answers).raw == 0


def test_a_record_cannot_claim_any_number_of_points() -> None:
    """The points of an option that the edition does not have stand behind its last hyphen; a record may be anybody's."""
    for digits in ("1000", "9" * 40, "9" * 5000):
        answers = answers_from(read_text(f"{{version: v0.9.1, answers: {{riskProfile1: item1-{digits}}}}}", "a.yaml"))
        with pytest.raises(QuestionnaireError) as caught:
            score(canada().edition_of(answers), answers, Asking.RECORDED)
        assert caught.value.code == "answers.unknown-option"
