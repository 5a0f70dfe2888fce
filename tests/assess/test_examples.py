"""What is asked first says how to answer: an example of yes and one of no, in both languages; units in words."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from guiju.assess import Interview, Question
from guiju.assess.interview_words import AnswerError, expected, read_answer, unit_words
from guiju.logic import BoolType, NumberType
from guiju.norms import builtin
from guiju.subjects import Answer, dossier_from, read_subject
from guiju.subjects.content import written_value

ON = date(2026, 11, 22)
MOST = 40
SAMPLES = Path(__file__).parents[2] / "samples"

BARE = {
    "empty": "system: {id: sys}\n",
    "hr-screener": "system: {id: hr}\npurposes: [{id: cv}]\nparties: {exactly: ['org:acme']}\n",
    "companion-chat": "system: {id: chat}\npurposes: {exactly: [{id: companionship}]}\nparties: {exactly: ['org:yanban']}\n",
    "triage": "system: {id: triage}\npurposes: {exactly: [{id: triage-patients}]}\nparties: ['org:medisort', 'org:st-lucia']\n",
}


def first_asked(name: str) -> list[Question]:
    """The first questions of a sample whose answers were taken out, answered as the sample has it where it does."""
    rules = builtin()
    interview = Interview(dossier_from(BARE[name], f"{name}.yaml", rules.vocabulary), rules, ON)
    said = {}
    if name != "empty":
        world = read_subject(SAMPLES / f"{name}.yaml", rules.vocabulary).world
        said = {(one.kind, key): given for one in world.things for key, given in one.given.items()}
    asked: list[Question] = []
    while len(asked) < MOST and (question := interview.next()) is not None:
        asked.append(question)
        kind, identifier, key = question.address
        given = said.get((kind, key))
        if given is None:
            interview.set_aside(question)
        else:
            interview.answer(Answer(kind, identifier, key, written_value(given.value), given.by, given.on, reasons=given.reasons))
    return asked


@pytest.mark.parametrize("name", BARE)
def test_the_first_questions_have_an_example_of_yes_and_one_of_no(name: str) -> None:
    lacking = []
    for one in first_asked(name):
        assert one.declared is not None
        zh, en = (str(one.declared.help.get(lang, "")).partition(mark)[2] for lang, mark in (("zh", "例："), ("en", "Example: ")))
        if one.expects == "yes-no":
            both = "是" in zh and re.search("否|不是|不算", zh) and re.search(r"\byes\b", en) and re.search(r"\bno\b", en)
        else:
            both = zh and en
        if not both:
            lacking.append(one.name)
    assert not lacking


def test_every_question_of_yes_or_no_has_an_example_of_each() -> None:
    """Judgements have the law's criteria instead: an example would decide what a named person must."""
    lacking = []
    for one in builtin().vocabulary.entries():
        if one.kind not in {"fact", "measure"} or not isinstance(one.type, BoolType):
            continue
        zh, en = (str(one.help.get(lang, "")) for lang in ("zh", "en"))
        both = (("是[；，。]", zh), ("否[；，。]", zh), (r"\byes\b", en), (r"\bno\b", en))
        if not all(re.search(mark, words) for mark, words in both):
            lacking.append(one.name)
    assert lacking == []


def numbers() -> list[Question]:
    found = [one for one in builtin().vocabulary.entries() if isinstance(one.type, NumberType)]
    return [Question(one.name, None, "fact", 0, 0, one.ask, declared=one) for one in found]


def number(name: str) -> Question:
    return next(one for one in numbers() if one.name == name)


def test_every_unit_has_words_in_both_languages() -> None:
    for one in numbers():
        assert not re.search("[A-Za-z]", unit_words(one, "zh"))
        assert not re.search("[A-Za-z]", expected(one, "zh").replace("3.0e24", "").replace("3e24..5e24", ""))
        assert unit_words(one, "en")


@pytest.mark.parametrize(
    ("name", "said", "value"),
    [
        ("staff", "250人", "250"), ("staff", "250 persons", "250"), ("worldwide_turnover", "200万欧元", "200e4"),
        ("worldwide_turnover", "2 million euro", "2e6"), ("model_parameters", "70亿个参数", "70e8"),
        ("training_tokens", "2万亿词元", "2e12"), ("corpus_manual_pass_rate", "96%", "96e-2"),
        ("training_compute", "3.0e24 FLOP", "3.0e24"),
    ],
)  # fmt: skip
def test_a_number_may_be_written_with_its_unit(name: str, said: str, value: str) -> None:
    assert read_answer(number(name), said, ON) == value


def test_a_unit_alone_is_no_number() -> None:
    with pytest.raises(AnswerError):
        read_answer(number("staff"), "人", ON)
