"""``guiju ask`` as people use it: through a pipe, with careless answers, going back, stopping and going on, with a card."""

from __future__ import annotations

import io
import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

from guiju.assess.interview_words import AnswerError, read_answer
from guiju.assess.questions import Question
from guiju.cli.app import run
from guiju.norms import builtin

ROOT = Path(__file__).parents[2]
CARD = ROOT / "tests" / "docs" / "card.md"
ON = ("--on", "2026-11-22")

SMALL = """
system: {id: hr, name: {zh: 简历筛选, en: CV screening}}
facts: {markets: {exactly: [EU]}}
"""

NAMES = """
names:
  system: {kind: relation, object: purpose, to: system, owner: true, label: {zh: 系统, en: the system}}
  purposes: {kind: relation, object: system, to: purpose, many: true, inverse: system, label: {zh: 用途, en: purposes}}
  of_system: {kind: relation, object: party, to: system, owner: true, label: {zh: 系统, en: the system}}
  parties: {kind: relation, object: system, to: party, many: true, inverse: of_system, label: {zh: 当事方, en: parties}}
  markets: {kind: fact, object: system, type: 'set(EU, CN, US)', ask: {zh: 在哪里提供？, en: Where is it offered?},
            members: {EU: {zh: 欧盟, en: Europe}, CN: {zh: 中国内地, en: mainland China}, US: {zh: 美国, en: United States}}}
  talks: {kind: fact, object: system, type: bool, ask: {zh: 人会和它对话吗？, en: Do people talk to it?}, needed_by: [xx/act/2],
          help: {zh: 例：聊天窗口，是。, en: 'Example: a chat window: yes.'}}
  area: {kind: fact, object: purpose, type: 'enum(work, school)', ask: {zh: 属于哪个领域？, en: Which area is it?},
         members: {work: {zh: 招聘、用工, en: work}, school: {zh: 教育, en: school}}, needed_by: [xx/act/3]}
  opened: {kind: event, object: system, ask: {zh: 哪一天开始提供？, en: On which day did it start?}, needed_by: [xx/act/2]}
  makes_it: {kind: fact, object: party, type: bool, ask: {zh: 是它开发的吗？, en: Does it make it?}, needed_by: [xx/act/1]}
  xx.risky: {kind: judgement, object: purpose, type: bool, ask: {zh: 风险大吗？, en: Is the risk serious?},
             criteria: {zh: 看受影响的人数。, en: How many people are affected.}, needed_by: [xx/act/3]}
  told: {kind: measure, object: party, type: bool, ask: {zh: 告知了吗？, en: Are people told?}, needed_by: [xx/act/2]}
  checked: {kind: measure, object: party, type: bool, ask: {zh: 检查了吗？, en: Is it checked?}, needed_by: [xx/act/3]}
  xx.maker: {kind: term, object: party, type: bool, label: {zh: 制造者, en: maker}}
"""

BOOK = {
    "kinds.yaml": "kinds:\n  law: {rank: 1, binding: hard, label: {zh: 法律, en: law}}\n",
    "vocabulary.yaml": NAMES,
    "act/instrument.yaml": """
instrument: xx/act
kind: law
territory: EU
place: Europe/Brussels
issuer: [xx.parliament]
authentic: [en]
title: {zh: 样例法, en: Sample Act}
contents: [{id: all, holds: ['1..9']}]
""",
    "act/events.yaml": "events:\n  - {event: xx/act#commence, kind: commence, known: 2020-01-01, on: 2020-02-01}\n",
    "act/norms.yaml": """
- {id: xx/act/1, kind: status, about: party, makes: [xx.maker], when: makes_it}
- {id: xx/act/2, about: system, bearer: {each: [xx.maker]}, when: 'talks && "EU" in markets', require: told,
   clock: {kind: deadline, from: opened, within: 1 months}, summary: {zh: 告知, en: Tell people}}
- {id: xx/act/3, about: purpose, bearer: {each: [xx.maker]}, when: 'area == "work" && xx.risky', require: checked,
   summary: {zh: 检查, en: Check it}}
""",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with three rules, so that it is plain what is asked when."""
    folder = tmp_path_factory.mktemp("rules")
    for name, text in BOOK.items():
        path = folder / "xx" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("hr.yaml")
    path.write_text(SMALL, encoding="utf-8")
    return path


class Pipe:
    """Standard input from lines, and what was shown for each."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], book: Path) -> None:
        self.monkeypatch = monkeypatch
        self.capsys = capsys
        self.book = book

    def __call__(self, *arguments: object, said: str = "", builtin: bool = False) -> tuple[int, str, str]:
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(said))
        code = run(["ask", *map(str, arguments), *([] if builtin else ["--corpus", str(self.book)])])
        shown = self.capsys.readouterr()
        return code, shown.out, shown.err


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], book: Path) -> Pipe:
    return Pipe(monkeypatch, capsys, book)


def saved(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.with_name(f"{path.stem}.answered.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def next_questions(ask: Pipe, path: Path, most: int = 1) -> list[dict[str, Any]]:
    code, out, _ = ask(path, *ON, "--json", "--max", most)
    assert code == 0
    found: list[dict[str, Any]] = json.loads(out)["questions"]
    return found


# -- one after the other -----------------------------------------------------------------------------------------------------


def test_an_answer_is_saved_and_counted(ask: Pipe, file: Path) -> None:
    code, out, _ = ask(file, *ON, "--lang", "en", "--max", 1, said="org:acme\n1\n")
    assert code == 0
    assert "CV screening. Answers are saved in hr.answered.yaml." in out
    assert "Which parties are there?" in out
    assert "Are these all?" in out
    assert "Rules that apply: 0 · settled: 0 · open: 2" in out
    assert "22 Nov" in out
    assert "guiju assess hr.answered.yaml --html report.html" in out
    assert file.read_text(encoding="utf-8") == SMALL
    assert saved(file)["system"]["facts"]["markets"] == {"exactly": ["EU"]}
    assert saved(file)["system"]["parties"] == {"exactly": [{"org": "org:acme"}]}


WHOLE = """acme
1
1
1
1
Screening of CVs, ranking
1
1
2
1

looked at the screen
li.na
2026-02-30
2026-11-20
1
2026-02-10
1

2026-02-31
not yet
"""


def test_to_the_end(ask: Pipe, file: Path) -> None:
    """Lists, facts, a judgement with all it needs, what has been done: in this order, until nothing is left."""
    out = ask(file, *ON, "--lang", "en", said=WHOLE)[1]
    asked = [line.split("  ", 1)[1] for line in out.splitlines() if line.startswith("Question ")]
    assert asked == [
        "Which parties are there?", "Does it make it?", "Do people talk to it?", "Which purposes are there?",
        "Which area is it?", "Which area is it?", "Is the risk serious?", "Are people told?", "Is it checked?",
        "On which day did it start?",
    ]  # fmt: skip
    assert "“1” is a number" in out
    assert "Nothing is left that can be asked." in out
    assert "A judgement needs reasons" in out
    assert "2026-02-30" in out
    assert "“2026-02-31” cannot be taken" in out
    text = file.with_name("hr.answered.yaml").read_text(encoding="utf-8")
    assert "reasons: looked at the screen" in text
    assert "by: li.na" in text
    assert "on: 2026-11-20" in text
    assert "told: {value: true, done: 2026-02-10}" in text
    assert "checked: true" in text
    assert {row["id"] for row in saved(file)["system"]["purposes"]["exactly"]} == {"Screening-of-CVs", "ranking"}


def test_a_question_says_why_and_what_may_be_answered(ask: Pipe, file: Path) -> None:
    out = ask(file, *ON, "--lang", "en", said="acme\n1\n?\nq\n")[1]
    assert "open rules depend on it" in out
    assert "In the law's terms: Sample Act, Art. " in out
    assert "settle" in out
    assert "- I don't know yet" in out
    assert f"Stopped. Start again with: guiju ask {file.with_name('hr.answered.yaml')}" in out


def test_the_same_in_chinese(ask: Pipe, file: Path) -> None:
    out = ask(file, *ON, "--lang", "zh", said="acme\n1\n？\nq\n")[1]
    assert "条规则尚待它来明确" in out
    assert "法条依据：" in out
    assert "已停止。" in out


def test_careless_answers_are_refused_with_what_was_expected(ask: Pipe, file: Path) -> None:
    out = ask(file, *ON, "--lang", "en", said="\n@\nacme\nperhaps\n2\nb\n\nb\nq\n")[1]
    assert "Nothing was written." in out
    assert "“perhaps” is neither yes nor no." in out
    assert "After @ the name of the person is missing." in out
    assert out.count("Question 1 ") == 3  # asked again after each time of going back


def test_back_takes_the_last_answer_back(ask: Pipe, file: Path) -> None:
    first = next_questions(ask, file)[0]
    out = ask(file, *ON, "--lang", "en", said="b\n-\nb\nq\n")[1]
    assert "There is nothing to take back." in out
    assert "Taken back." in out
    assert "asked" not in saved(file)
    assert next_questions(ask, file)[0]["fact"] == first["fact"]


def test_stopping_and_going_on(ask: Pipe, file: Path) -> None:
    first = next_questions(ask, file)[0]
    ask(file, *ON, said="-\nq\n")
    assert saved(file)["asked"][0]["name"] == first["fact"]
    out = ask(file, *ON, "--lang", "en", said="q\n")[1]
    assert "Going on with" in out
    assert next_questions(ask, file)[0]["fact"] != first["fact"]
    answered = file.with_name("hr.answered.yaml")
    assert next_questions(ask, answered)[0]["fact"] != first["fact"]
    ask(answered, *ON, said="-\n")  # the end of the pipe is a stop
    assert len(saved(file)["asked"]) == 2
    code, out, _ = ask(answered, *ON, "--again", "--json", "--max", 400)
    assert first["fact"] in [one["fact"] for one in json.loads(out)["questions"]]
    assert code == 0


def test_an_interrupt_loses_nothing(ask: Pipe, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(io.StringIO):
        def readline(self, *_: Any) -> Any:
            line = super().readline()
            if not line:
                raise KeyboardInterrupt
            return line

    monkeypatch.setattr(sys, "stdin", Interrupted("-\n"))
    assert run(["ask", str(file), *ON, "--corpus", str(ask.book)]) == 130
    assert len(saved(file)["asked"]) == 1


def test_the_input_is_not_overwritten(ask: Pipe, file: Path) -> None:
    code, _, err = ask(file, *ON, "--out", file, "--lang", "en", said="q\n")
    assert code == 2
    assert "is the file that was read" in err
    other = file.with_name("other.yaml")
    other.write_text("system: {id: other}\n", encoding="utf-8")
    code, _, err = ask(file, *ON, "--out", other, "--lang", "en", said="q\n")
    assert code == 2
    assert "another subject" in err
    assert other.read_text(encoding="utf-8") == "system: {id: other}\n"


def test_a_folder_that_is_not_there(ask: Pipe, file: Path) -> None:
    code, _, err = ask(file, *ON, "--out", file.parent / "nowhere" / "x.yaml", "--lang", "en", said="-\nq\n")
    assert code == 2
    assert "nowhere" in err


# -- for somebody else -------------------------------------------------------------------------------------------------------


def test_questions_for_somebody_as_a_form(ask: Pipe, file: Path, tmp_path: Path) -> None:
    ask(file, *ON, said="@Li Na\n-\n@li na\nq\n")
    form = tmp_path / "li.xlsx"
    code, out, _ = ask(file, *ON, "--for", "li na", "--form", form, "--lang", "en")
    assert code == 0
    assert "2 questions for li na" in out
    assert load_workbook(form).worksheets[0].max_row >= 6
    code, _, err = ask(file, *ON, "--form", form, "--lang", "en")
    assert code == 2
    assert "--for" in err
    code, _, err = ask(file, *ON, "--for", "nobody", "--form", form, "--lang", "en")
    assert code == 2
    assert "Li Na" in err
    found = json.loads(ask(file, *ON, "--for", "LI NA", "--json", "--max", 9)[1])
    assert len(found["questions"]) == 2
    out = ask(file, *ON, "--for", "li na", "--lang", "en", said="-\n-\n")[1]
    assert "Nothing is left that can be asked." in out


# -- a card ------------------------------------------------------------------------------------------------------------------


def test_a_card_is_read_with_its_reader(ask: Pipe, tmp_path: Path) -> None:
    """Accept, correct, reject, later; nothing counts until accepted, and what was rejected stays listed."""
    card = tmp_path / "card.md"
    shutil.copy(CARD, card)
    said = "1\nmaybe\n2\ntext, image\n1\n3\n-\nb\n?\nq\n"
    code, out, _ = ask(card, *ON, "--lang", "en", "--by", "li.na", builtin=True, said=said)
    assert code == 0
    assert "Nothing counts until you accept it." in out
    assert "line 2 (stated there): license: apache-2.0" in out
    assert "“maybe” is none of these." in out
    found = saved(card)
    facts = found["model"]["facts"]
    assert facts["licence_name"]["value"] == "apache_2_0"
    assert facts["licence_name"]["by"] == "li.na"
    assert sorted(facts["model_input_modalities"]["value"]["exactly"]) == ["image", "text"]
    assert set(facts) == {"licence_name", "model_input_modalities"}
    states = [one["state"] for one in found["proposals"]]
    assert states[:3] == ["accepted", "corrected", "rejected"]
    assert set(states[3:]) == {"open"}
    out = ask(card, *ON, "--lang", "en", "--by", "li.na", said="1\nq\n", builtin=True)[1]
    assert f"{len(states) - 3} proposals" in out


# -- as data -----------------------------------------------------------------------------------------------------------------


def test_as_json_nothing_is_asked_and_nothing_saved(ask: Pipe, file: Path) -> None:
    code, out, _ = ask(file, *ON, "--json")
    found = json.loads(out)
    assert code == 0
    assert found["schema"] == "guiju.ask/1"
    assert found["counts"]["open"] > 0
    (one,) = found["questions"]
    assert one["text"]["zh"]
    assert one["text"]["en"]
    assert one["settles"] >= one["hard"]
    assert one["expected"]["zh"]
    assert not file.with_name("hr.answered.yaml").exists()
    assert json.loads(ask(CARD, *ON, "--json", builtin=True)[1])["proposals"]


# -- what was typed ----------------------------------------------------------------------------------------------------------

TYPED: list[tuple[str, str, str, object]] = [
    ("generates_synthetic", "yes-no", "Yes", True),
    ("x", "yes-no", "是的", True),
    ("x", "yes-no", "２", False),
    ("domain", "one-of", "招聘、用工和劳动者管理", None),
    ("markets", "some-of", "1, 2", ["EU", "CN"]),
    ("markets", "some-of", "欧盟、中国内地", ["EU", "CN"]),
    ("markets", "some-of", "european union", ["EU"]),
    ("markets", "some-of", "都没有", {"exactly": []}),
    ("training_compute", "number", "3.0e24", "3.0e24"),
    ("training_compute", "number", "3e24..5e24", {"min": "3e24", "max": "5e24"}),
    ("training_compute", "number", "至少 1e25", {"min": "1e25"}),
    ("staff", "number", "5,200", "5200"),
    ("staff", "number", "5万", "5e4"),
    ("staff", "number", "at most 250 person", {"max": "250"}),
    ("log_retention", "duration", "6个月", "6 months"),
    ("log_retention", "duration", "180 days", "180 days"),
    ("placed_on_market", "day", "2026-02-28", "2026-02-28"),
    ("placed_on_market", "day", "2026年2月8日", "2026-02-08"),
    ("placed_on_market", "day", "2026/2/8", "2026-02-08"),
    ("placed_on_market", "day", "2026-08", "2026-08"),
    ("placed_on_market", "day", "还没有", {"not_until": "2026-11-22"}),
    ("placed_on_market", "day", "Not yet", {"not_until": "2026-11-22"}),
]

REFUSED = [
    ("placed_on_market", "2026-02-30"), ("placed_on_market", "soon"), ("staff", "many"), ("staff", "-3"), ("staff", "1.2.3"),
    ("log_retention", "6"), ("log_retention", "six months"), ("markets", "Mars"), ("markets", "1 99"), ("domain", "0"),
    ("weights_public", "3"), ("weights_public", "   "),
]  # fmt: skip


def asked(name: str) -> Question:
    declared = builtin().vocabulary.declared.get(name) or builtin().vocabulary.declared["weights_public"]
    return Question(name, None, "fact", 0, 0, declared.ask, declared=declared)


@pytest.mark.parametrize(("name", "expects", "typed", "value"), TYPED, ids=lambda one: str(one)[:20])
def test_answers_in_both_languages(name: str, expects: str, typed: str, value: object) -> None:
    question = asked(name)
    if expects == "one-of":
        value = "employment"
    assert question.expects == expects
    assert read_answer(question, typed, date(2026, 11, 22)) == value


@pytest.mark.parametrize(("name", "typed"), REFUSED)
def test_what_cannot_be_understood_is_refused(name: str, typed: str) -> None:
    with pytest.raises(AnswerError) as problem:
        read_answer(asked(name), typed, date(2026, 11, 22))
    for lang in ("zh", "en"):
        assert problem.value.message(lang)
        assert problem.value.hint(lang)
    if "30" in typed:
        assert "2026-02-28" in problem.value.hint("en")
