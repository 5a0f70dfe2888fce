"""``guiju rules`` at its surface: a small invented corpus, and the one that comes with the package."""

# ruff: noqa: E501  (rule files keep a name to a line)

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from guiju.calendars import fixed
from guiju.cli._rules_show import Show
from guiju.cli._screen import wrapped
from guiju.cli.app import run
from guiju.logic import parse
from guiju.lookup.facts import Facts
from guiju.lookup.search import understood
from guiju.norms import OBJECT_KINDS, Corpus, builtin, read_corpus
from guiju.norms.model import (
    APPLICATION_WAYS,
    CHECKED_AGAINST,
    CLOCK_KINDS,
    EFFECTS_IF_BROKEN,
    EVENT_KINDS,
    MODALITIES,
    NORM_KINDS,
)
from guiju.norms.sentences import condition_lines, number_words, provision_words
from guiju.norms.vocabulary import NAME_KINDS
from guiju.wording import LANGUAGES, codes

DAY = date(2026, 11, 21)

KINDS = """
kinds:
  act: {rank: 1, binding: hard, label: {zh: 法律, en: act}}
  recommended-standard: {rank: 5, binding: soft, label: {zh: 推荐性标准, en: recommended standard}, note: {zh: 自愿采用。, en: Voluntary.}}
"""
NAMES = """
names:
  parties: {kind: relation, object: system, to: party, many: true, inverse: of_system, label: {zh: 当事方, en: parties}}
  of_system: {kind: relation, object: party, to: system, owner: true, label: {zh: 参与的系统, en: the system it takes part in}}
  earlier: {kind: relation, object: system, to: system, label: {zh: 变更前的系统, en: the system before the change}}
  places:
    kind: fact
    object: system
    type: 'set(north, south, west)'
    members: {north: {zh: 北区, en: the north}, south: {zh: 南区, en: the south}, west: {zh: 西区, en: the west}}
    ask: {zh: 系统在哪些地方使用？, en: Where is the system used?}
    help: {zh: 例：只在北区试点，选北区。, en: 'Example: a trial in the north: the north.'}
    needed_by: [xx/bridge-act/2]
  sort:
    kind: fact
    object: system
    type: 'enum(large, small)'
    members: {large: {zh: 大型, en: large}, small: {zh: 小型, en: small}}
    ask: {zh: 系统是大型还是小型？, en: Is the system large or small?}
  watched: {kind: fact, object: system, type: bool, ask: {zh: 有人值守吗？, en: Is it watched by people?}}
  staff: {kind: fact, object: party, type: number(person), ask: {zh: 有多少员工？, en: How many staff are there?}}
  opened: {kind: event, object: system, ask: {zh: 系统哪一天启用？, en: On which day was the system opened?}}
  log_kept: {kind: measure, object: party, type: duration, ask: {zh: 日志保存多久？, en: How long is the log kept?}}
  plan_filed: {kind: measure, object: party, type: bool, ask: {zh: 提交应急预案了吗？, en: Has the emergency plan been filed?}}
  hidden: {kind: measure, object: party, type: bool, ask: {zh: 隐瞒事故了吗？, en: Was an accident hidden?}}
  xx.grave: {kind: judgement, object: system, type: bool, ask: {zh: 风险严重吗？, en: Is the risk grave?}, criteria: {zh: 看后果。, en: Look at the harm.}}
  xx.bridge: {kind: term, object: system, type: bool, label: {zh: 桥梁系统, en: bridge system}}
  xx.keeper: {kind: term, object: party, type: bool, label: {zh: 管理人, en: keeper}}
  xx.tier: {kind: term, object: system, type: 'enum(high, low)', label: {zh: 档次, en: tier}, members: {high: {zh: 高档, en: high tier}, low: {zh: 低档, en: low tier}}}
"""
INSTRUMENT = """
instrument: xx/bridge-act
kind: act
title: {zh: 桥梁智能系统法, en: Bridge Systems Act}
short: {zh: 桥梁法, en: Bridge Act}
number: {zh: 第7号, en: No. 7}
issuer: [xx.assembly]
territory: XX
place: Asia/Shanghai
authentic: [zh]
not_covered: {zh: 第九条没有编入。, en: Article 9 is not encoded.}
"""
STANDARD = """
instrument: xx/std-1
kind: recommended-standard
title: {zh: XX/T 100-2025 桥梁监测, en: 'XX/T 100-2025, Bridge monitoring'}
issuer: [xx.institute]
territory: XX
place: Asia/Shanghai
authentic: [zh]
"""
EVENTS = """
events:
  - {event: xx/bridge-act#start, kind: commence, known: 2024-01-05, targets: [xx/bridge-act], on: 2025-01-01, summary: {zh: 施行, en: in force}}
  - {event: xx/bridge-act#late, kind: postpone, about: system, known: 2026-05-01, targets: [xx/bridge-act/5],
     dates: [{for: sort == "large", on: 2026-12-01}, {for: sort == "small", on: 2027-06-01}]}
  - {event: xx/bridge-act#change, kind: amend, known: 2026-05-01, effect: 2026-06-01, on: 2026-06-01, targets: [xx/bridge-act/4]}
  - {event: xx/std-1#start, kind: commence, known: 2025-03-01, targets: [xx/std-1], on: 2025-09-01}
"""
NORMS = """
- id: xx/bridge-act/2
  kind: status
  makes: [xx.bridge]
  when: '"north" in places || "south" in places'
  pinpoint: {zh: 第二条, en: Art. 2}
  summary: {zh: 在北区或者南区使用的系统，是桥梁系统。, en: A system used in the north or the south is a bridge system.}
- id: xx/bridge-act/3
  kind: status
  about: party
  makes: [xx.keeper]
  when: staff >= 5
  pinpoint: {zh: 第三条, en: Art. 3}
  summary: {zh: 有五名以上员工的是管理人。, en: Whoever has five staff or more is a keeper.}
- id: xx/bridge-act/4
  bearer: {each: [xx.keeper]}
  when: xx.bridge && sort == "large"
  unless:
    - at: xx/bridge-act/4.2
      when: watched && xx.grave
      unless: [{at: xx/bridge-act/4.3, when: earlier.xx.bridge}]
  require: log_kept >= months(6)
  clock: {kind: deadline, from: opened, within: 10 working-days, calendar: CN}
  pinpoint: {zh: 第四条第一款, en: Art. 4(1)}
  summary: {zh: 管理人保存日志六个月。, en: The keeper keeps the log for six months.}
  encoded: partly
  left_out: {zh: 第四款没有编入。, en: Paragraph 4 is left out.}
- id: xx/bridge-act/4
  since: xx/bridge-act#change
  bearer: {each: [xx.keeper]}
  when: xx.bridge && sort == "large"
  unless:
    - at: xx/bridge-act/4.2
      when: watched && xx.grave
      unless: [{at: xx/bridge-act/4.3, when: earlier.xx.bridge}]
  require: log_kept >= months(12)
  clock: {kind: deadline, from: opened, within: 10 working-days, calendar: CN}
  pinpoint: {zh: 第四条第一款, en: Art. 4(1)}
  summary: {zh: 管理人保存日志十二个月。, en: The keeper keeps the log for twelve months.}
- id: xx/bridge-act/5
  bearer: {each: [xx.keeper]}
  when: '!xx.bridge'
  require: plan_filed
  refers: [{to: xx/std-1, how: dynamic, role: requires}]
  pinpoint: {zh: 第五条, en: Art. 5}
  summary: {zh: 提交应急预案。, en: An emergency plan is filed.}
- id: xx/bridge-act/6
  bearer: {each: [xx.keeper]}
  forbid: hidden
  effect_if_broken: sanctioned
  pinpoint: {zh: 第六条, en: Art. 6}
  summary: {zh: 不得隐瞒事故。, en: An accident must not be hidden.}
- id: xx/bridge-act/7
  kind: sanction
  breach_of: [xx/bridge-act/6]
  tiers: [{fine: {max: 50000, currency: CNY}}]
  pinpoint: {zh: 第七条, en: Art. 7}
  summary: {zh: 隐瞒事故的，罚款五万元以下。, en: 'Hiding an accident is fined up to 50,000 yuan.'}
- id: xx/bridge-act/8#tier
  kind: status
  makes: [xx.tier]
  cases:
    - {at: xx/bridge-act/8, when: sort == "large", is: high}
    - {when: watched, unsettled: {zh: 条文没有写。, en: The text is silent.}}
    - {is: low}
  pinpoint: {zh: 第八条, en: Art. 8}
  summary: {zh: 分高低两档。, en: Two tiers.}
- id: xx/bridge-act/10
  bearer: {each: [xx.keeper]}
  require: plan_filed
  pinpoint: {zh: 第十条, en: Art. 10}
  summary: {zh: 每年演练。, en: A drill every year.}
  checked: {against: memory}
- id: xx/std-1/4.1
  bearer: {each: [xx.keeper]}
  require: plan_filed
  pinpoint: {zh: '4.1', en: Clause 4.1}
  summary: {zh: 监测桥面。, en: The deck is monitored.}
"""

FILES = {
    "kinds.yaml": KINDS,
    "vocabulary.yaml": NAMES,
    "bridge-act/instrument.yaml": INSTRUMENT,
    "bridge-act/events.yaml": EVENTS,
    "bridge-act/norms.yaml": NORMS,
    "std-1/instrument.yaml": STANDARD,
}

Ask = Callable[..., str]


@pytest.fixture(autouse=True)
def _one_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("GUIJU_LANG", "en")
    with fixed(DAY):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of rules with one place."""
    for name, text in FILES.items():
        path = tmp_path / "rules" / "xx" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "rules"


@pytest.fixture(scope="session")
def bridge() -> Corpus:
    return read_corpus([("xx", [(f"xx/{name}", text) for name, text in FILES.items()])])


@pytest.fixture
def ask(folder: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a word of ``guiju rules`` over the small corpus and gives what it prints."""

    def run_it(*words: str, code: int = 0) -> str:
        assert run(["rules", *words, "--corpus", str(folder)]) == code
        out, err = capsys.readouterr()
        assert bool(err) is bool(code and "--json" not in words)
        return out or err

    return run_it


@pytest.fixture
def ask_json(ask: Ask) -> Callable[..., Any]:
    return lambda *words, code=0: json.loads(ask(*words, "--json", code=code))


class TestList:
    def test_instruments_by_place_with_status_and_counts(self, ask: Ask) -> None:
        page = ask("list")
        assert "The rules: 2 instruments, 8 norms" in page
        assert "Bridge Systems Act" in page
        assert "act · hard law · has applied in steps since 1 January 2025; next step 1 December 2026" in page
        assert "recommended standard · soft law · has applied since 1 September 2025" in page

    def test_in_chinese(self, ask: Ask) -> None:
        page = ask("list", "--lang", "zh")
        assert "《桥梁智能系统法》" in page
        assert "XX/T 100-2025《桥梁监测》" in page
        assert "法律 · 硬法 · 2025年1月1日起分批适用，下一批2026年12月1日" in page

    def test_what_rests_on_memory_stands_apart(self, ask: Ask) -> None:
        page = ask("list")
        assert "7 norms · 1 more from memory" in page
        assert page.index("From memory only: 1") > page.index("XX/T 100-2025")
        assert page.index("A drill every year.") > page.index("From memory only: 1")

    def test_norms_of_an_instrument(self, ask: Ask) -> None:
        page = ask("list", "--instrument", "xx/bridge-act")
        assert "Art. 4(1) · duty (must) · from 1 January 2025" in page
        assert "Art. 5 · duty (must) · by class, from 1 December 2026 or 1 June 2027" in page
        assert page.index("A drill every year.") > page.index("From memory only: 1")

    @pytest.mark.parametrize("typed", ["XX/Bridge-Act", "ｘｘ／bridge-act", " xx / bridge-act ", "桥梁法", "Bridge  Act"])
    def test_careless_instruments(self, ask_json: Callable[..., Any], typed: str) -> None:
        assert ask_json("list", "--instrument", typed)["instrument"] == "xx/bridge-act"

    def test_an_unknown_instrument(self, ask: Ask) -> None:
        assert "xx/bridge-act" in ask("list", "--instrument", "xx/bridge-acts", code=2)

    def test_as_of_another_day(self, ask: Ask, ask_json: Callable[..., Any]) -> None:
        assert "applies from 1 January 2025" in ask("list", "--on", "2024-06-01")
        before = ask_json("list", "--instrument", "xx/bridge-act", "--known", "2026-01-01")
        dates = {norm["id"]: norm["dates"] for norm in before["norms"]}
        assert dates["xx/bridge-act/5"]["from"] == "2025-01-01"

    def test_json(self, ask_json: Callable[..., Any]) -> None:
        data = ask_json("list")
        assert data["schema"] == "guiju.rules.list/1"
        assert data["edition"].startswith("sha256:")
        assert (data["on"], data["known"]) == ("2026-11-21", "2026-11-21")
        act = data["instruments"][0]
        assert (act["norms"], act["partly"], act["from_memory"], act["status"]) == (7, 0, 1, "in-steps")


class TestBrokenFiles:
    def test_a_broken_file_is_told_with_line_column_and_hint(self, folder: Path, ask: Ask) -> None:
        path = folder / "xx" / "bridge-act" / "norms.yaml"
        path.write_text(NORMS.replace("staff >= 5", "staf >= 5"), encoding="utf-8")
        told = ask("list", code=2)
        assert re.match(r"guiju: xx/bridge-act/norms\.yaml:12:\d+: ", told)
        assert "staf" in told
        assert "staff" in told.splitlines()[1]

    def test_the_same_as_json(self, folder: Path, ask_json: Callable[..., Any]) -> None:
        (folder / "xx" / "vocabulary.yaml").write_text(NAMES.replace("kind: fact\n", "kind: fakt\n", 1), encoding="utf-8")
        error = ask_json("list", code=2)["error"]
        assert error["where"].startswith("xx/vocabulary.yaml:")
        assert error["hint"]

    def test_a_folder_that_is_not_there_or_holds_no_place(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["rules", "list", "--corpus", str(tmp_path / "nowhere")]) == 2
        (tmp_path / "empty").mkdir()
        assert run(["rules", "list", "--corpus", str(tmp_path / "empty")]) == 2
        assert "no folder of a place" in capsys.readouterr().err


class TestShowNorm:
    def test_the_whole_page(self, ask: Ask) -> None:
        page = ask("show", "xx/bridge-act/4")
        for said in (
            "Bridge Act, Art. 4(1)",
            "The keeper keeps the log for twelve months.",
            "Who owes it      keeper",
            "the system counts as “bridge system”",
            "Is the system large or small? Large",
            "How long is the log kept? At least 12 months",
            "within 10 working days, counted from: On which day was the system opened?",
            "counted by the working days of Mainland China",
            "hard law: act\n",
            "as a whole",
            "not yet signed off by a named person",
            "since 1 June 2026 (xx/bridge-act#change), law on this day",
            "This page is our paraphrase. The official text (Chinese) prevails.",
            "Corpus edition sha256:",
        ):
            assert said in page

    def test_exceptions_are_indented_under_their_clause(self, ask: Ask) -> None:
        lines = ask("show", "xx/bridge-act/4").splitlines()
        at = next(index for index, line in enumerate(lines) if line.startswith("Exceptions"))
        assert "Except (Art. 4(2)):" in lines[at]
        inner = next(line for line in lines[at:] if "It applies all the same (Art. 4(3)): the system before the change" in line)
        assert len(inner) - len(inner.lstrip()) > 17

    def test_in_chinese(self, ask: Ask) -> None:
        page = ask("show", "xx/bridge-act/4", "--lang", "zh")
        assert "《桥梁法》第四条第一款" in page
        assert "系统是大型还是小型？——大型" in page
        assert "例外之例外，仍然适用（第四条（4.3））：变更前的系统属于“桥梁系统”" in "".join(page.split())
        assert "日志保存多久？——不少于12个月" in page
        assert "10个工作日内，自这一天起算：系统哪一天启用？" in page
        assert "以上为本库的转述，以官方原文（中文）为准。" in page

    def test_the_version_of_the_day(self, ask: Ask) -> None:
        page = ask("show", "xx/bridge-act/4", "--on", "2026-05-15")
        assert "At least 6 months" in page
        assert "Left out: Paragraph 4 is left out." in page

    def test_dates_by_class_with_the_event_that_moved_them(self, ask: Ask) -> None:
        page = ask("show", "xx/bridge-act/5")
        assert "from 1 December 2026: Is the system large or small? Large" in page
        assert "set by xx/bridge-act#late, published 1 May 2026" in page
        assert "was 1 January 2025 (xx/bridge-act#start, published 5 January 2024)" in page

    def test_negation_prohibition_and_sanction(self, ask: Ask) -> None:
        assert "the system does not count as “bridge system”" in ask("show", "xx/bridge-act/5")
        page = ask("show", "xx/bridge-act/6")
        assert "Must not be      Was an accident hidden? Yes" in page
        assert "sanctioned by Art. 7" in page
        assert "Fine: up to CNY 50,000" in ask("show", "xx/bridge-act/7")
        assert "罚款：最高5万元" in ask("show", "xx/bridge-act/7", "--lang", "zh")

    def test_links_are_shown_from_both_sides(self, ask: Ask) -> None:
        assert "refers to XX/T 100-2025, Bridge monitoring (requires it)" in ask("show", "xx/bridge-act/5")
        assert "referred to by Bridge Act, Art. 5 (requires it)" in ask("show", "xx/std-1/4.1")

    def test_ordered_outcomes(self, ask: Ask) -> None:
        page = ask("show", "xx/bridge-act/8")
        assert "high tier (Art. 8), if:" in page
        assert "left open by the law: The text is silent" in page
        assert "none of the above" in page

    def test_memory_says_so(self, ask: Ask) -> None:
        assert "This entry rests on memory alone" in ask("show", "xx/bridge-act/10")

    def test_json_has_all_of_it(self, ask_json: Callable[..., Any]) -> None:
        norm = ask_json("show", "xx/bridge-act/4")["norms"][0]
        assert norm["when"] == 'xx.bridge && sort == "large"'
        assert norm["require"] == "log_kept >= months(12)"
        assert norm["unless"][0]["unless"][0]["when"] == "earlier.xx.bridge"
        assert norm["bearer"] == {"each": ["xx.keeper"]}
        assert norm["clock"]["from"] == ["opened"]
        assert norm["dates"] == {**norm["dates"], "status": "applies", "from": "2025-01-01"}
        assert [one["since"] for one in norm["versions"]] == [None, "xx/bridge-act#change"]
        forbidding = ask_json("show", "xx/bridge-act/6")["norms"][0]
        assert forbidding["forbid"] == "hidden"
        assert "require" not in forbidding


class TestShowTheRest:
    def test_an_instrument(self, ask: Ask) -> None:
        page = ask("show", "xx/bridge-act")
        for said in (
            "Bridge Systems Act",
            "No. 7",
            "hard law: act\n",
            "Legal events",
            "published 5 January 2024",
            "Art. 2; Art. 3",
        ):
            assert said in page
        assert "Article 9 is not encoded." in page
        assert "1 more rest on memory" in page

    def test_events_not_yet_published_are_not_shown(self, ask: Ask) -> None:
        assert "xx/bridge-act#late" not in ask("show", "xx/bridge-act", "--known", "2026-01-01")

    def test_names(self, ask: Ask, ask_json: Callable[..., Any]) -> None:
        page = ask("show", "places")
        assert "Where is the system used?" in page
        assert "the north (north)" in page
        assert "Bridge Act: Art. 2" in page
        assert "A named person decides" in ask("show", "xx.grave")
        term = ask_json("show", "xx.bridge")["name"]
        assert term["made_by"] == ["xx/bridge-act/2"]
        assert {"norm": "xx/bridge-act/4", "in": "when"} in term["used_by"]

    def test_an_event(self, ask: Ask) -> None:
        assert "1 December 2026 or 1 June 2027" in ask("show", "xx/bridge-act#late")

    @pytest.mark.parametrize(
        "typed",
        [
            "XX/BRIDGE-ACT/4",
            "ｘｘ/bridge-act/４",
            "xx/bridge-act / 4",
            "桥梁法 4",
            "桥梁法第四条第一款",
            "Bridge Act Art. 4 (1)",
            "《桥梁法》第４条",
        ],
    )
    def test_careless_ids(self, ask: Ask, typed: str) -> None:
        assert "The keeper keeps the log for twelve months." in ask("show", typed)

    def test_unknown_ids(self, ask: Ask, ask_json: Callable[..., Any]) -> None:
        assert "xx.bridge" in ask("show", "xx.brigde", code=2)
        told = ask("show", "xx/bridge-act/9", code=2)
        assert "There is no norm at Bridge Act, Art. 9" in told
        assert "xx/bridge-act/10" in told
        assert ask_json("show", "nothing-like-it", code=2)["error"]["code"] == "rules.unknown-id-far"
        assert "没有编号为" in ask("show", "nothing-like-it", "--lang", "zh", code=2)

    def test_a_bad_day(self, ask: Ask) -> None:
        assert "29" in ask("show", "places", "--on", "2025-02-29", code=2)
        assert "2026-11-21" in ask("show", "places", "--on", "２０２６－１１－２１", "--json")


class TestSearch:
    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            ("第六条", "xx/bridge-act/6"),
            ("第６条", "xx/bridge-act/6"),
            ("桥梁法 6", "xx/bridge-act/6"),
            ("Art 4(1)", "xx/bridge-act/4"),
            ("4（1）", "xx/bridge-act/4"),
            ("隐瞒  事故", "xx/bridge-act/6"),
            ("emergency plan", "xx/bridge-act/5"),
            ("EMERGENCY  PLANS", "xx/bridge-act/5"),
            ("xx.keeper", "xx.keeper"),
            ("桥梁智能系统法", "xx/bridge-act"),
            ("No. 7 bridge", "xx/bridge-act/7"),
        ],
    )
    def test_the_best_comes_first(self, ask_json: Callable[..., Any], typed: str, first: str) -> None:
        assert ask_json("search", typed)["hits"][0]["id"] == first

    def test_page(self, ask: Ask) -> None:
        page = ask("search", "第六条", "--lang", "zh")
        assert "找到 1 项" in page
        assert "不得隐瞒事故。" in page
        assert "义务（不得） · 2025年1月1日起" in page

    def test_limit(self, ask: Ask, ask_json: Callable[..., Any]) -> None:
        assert "the first 1 shown" in ask("search", "bridge", "--limit", "1")
        data = ask_json("search", "bridge", "--limit", "1")
        assert len(data["hits"]) == 1 < data["total"]

    def test_nothing_found_says_what_was_searched(self, ask: Ask) -> None:
        page = ask("search", "zeppelin")
        assert "Nothing found for “zeppelin”" in page
        assert "We searched titles" in page
        assert "Art 50(2)" in page

    def test_nothing_asked(self, ask: Ask) -> None:
        assert "nothing to search for" in ask("search", "  ", code=2)

    @pytest.mark.parametrize(
        ("typed", "place"),
        [
            ("第十七条", ("17",)),
            ("第一百一十三条", ("113",)),
            ("第二十二条第二项", ("22", "2")),
            ("第6条第1款（c）项", ("6", "1", "c")),
            ("Art. 50 (2)", ("50", "2")),
            ("article 5(1)(ba)", ("5", "1", "ba")),
            ("50.2", ("50", "2")),
            ("附件三第5点（a）", ("annex-iii", "5", "a")),
            ("Annex III, point 5(a)", ("annex-iii", "5", "a")),
        ],
    )
    def test_numbers_are_understood(self, typed: str, place: tuple[str, ...]) -> None:
        assert understood(typed).places == (place,)


class TestStats:
    def test_counts(self, ask: Ask, ask_json: Callable[..., Any]) -> None:
        norms = ask_json("stats")["norms"]
        assert (norms["total"], norms["from_memory"], norms["versions"]) == (8, 1, 10)
        assert norms["by_kind"] == {"duty": 4, "status": 3, "sanction": 1}
        assert norms["by_force"] == {"hard": 7, "soft": 1}
        page = ask("stats")
        assert "unsigned" in page
        assert ask_json("stats")["books"][0]["digest"] in page
        assert "未签名" in ask("stats", "--lang", "zh")


class TestSentences:
    @pytest.mark.parametrize(
        ("condition", "en", "zh"),
        [
            ('!("north" in places || "south" in places)', "includes none of: the north; the south", "一项也不包括：北区；南区"),
            ('"north" in places && "south" in places', "includes all of: the north; the south", "全部包括：北区；南区"),
            (
                '"north" in places || "south" in places',
                "includes at least one of: the north; the south",
                "至少包括一项：北区；南区",
            ),
            (
                '!("north" in places && "south" in places)',
                "does not include all of: the north; the south",
                "没有全部包括：北区；南区",
            ),
            ('sort == "large" || sort == "small"', "one of: large; small", "下列之一：大型；小型"),
            ('!(sort in ["large", "small"])', "not one of: large; small", "不是下列任何一项：大型；小型"),
            ("!watched", "Is it watched by people? No", "有人值守吗？——否"),
            ('opened < date("2026-08-02")', "before 2 August 2026", "在2026年8月2日之前"),
            (
                "!some(parties, staff > 4)",
                "none meets this: How many staff are there? More than 4 persons",
                "没有一个符合：有多少员工？——超过4人",
            ),
            ('breached("xx/bridge-act/6")', "Bridge Act, Art. 6 has been breached", "违反了《桥梁法》第六条"),
        ],
    )
    def test_conditions_in_one_line(self, bridge: Corpus, condition: str, en: str, zh: str) -> None:
        for lang, said in (("en", en), ("zh", zh)):
            lines = condition_lines(bridge, parse(condition), "system", lang)
            assert len(lines) == 1
            assert said.casefold() in lines[0][1].casefold()

    def test_a_tree_keeps_its_shape(self, bridge: Corpus) -> None:
        lines = condition_lines(bridge, parse('watched && !(sort == "large" && xx.grave)'), "system", "en")
        assert lines == [
            (0, "All of these hold:"),
            (1, "Is it watched by people? Yes"),
            (1, "At least one of these holds:"),
            (2, "Is the system large or small? Not: large"),
            (2, "Is the risk grave? No"),
        ]

    @pytest.mark.parametrize(
        ("number", "unit", "zh", "en"),
        [
            ("1e25", "FLOP", "10²⁵次浮点运算", "10²⁵ floating-point operations"),
            ("35000000", "EUR", "3500万欧元", "EUR 35,000,000"),
            ("150000000", "CNY", "1.5亿元", "CNY 150,000,000"),
            ("0.96", "share", "96%", "96%"),
            ("750", "person", "750人", "750 persons"),
            ("1", "person", "1人", "1 person"),
            ("3", "furlong", "3 furlong", "3 furlong"),
        ],
    )
    def test_numbers(self, number: str, unit: str, zh: str, en: str) -> None:
        assert number_words(Decimal(number), unit, "zh") == zh
        assert number_words(Decimal(number), unit, "en") == en

    def test_closed_lists_have_words_in_both_languages(self) -> None:
        families: dict[str, tuple[str, ...]] = {
            "kind": NORM_KINDS, "modality": MODALITIES, "way": APPLICATION_WAYS, "event": EVENT_KINDS, "checked": CHECKED_AGAINST,
            "clock": CLOCK_KINDS, "name-kind": NAME_KINDS, "object": OBJECT_KINDS, "if-broken": EFFECTS_IF_BROKEN[:-1],
        }  # fmt: skip
        for lang in LANGUAGES:
            missing = {f"rules.{family}.{word}" for family, words in families.items() for word in words} - codes(lang)
            assert not missing


class TestLines:
    @pytest.mark.parametrize("width", [40, 63, 80, 100])
    def test_lines_fit_and_break_where_they_may(self, width: int) -> None:
        words = (
            "向用户提供“不针对其个人特征”的选项，或者（在 cn/algorithm-provisions/17.1 所说的情形下）便捷的关闭算法推荐服务的选项；用户选择关闭的，立即停止。"
            * 3
        )
        lines = wrapped(words, width)
        assert all(cell_len(line) <= width for line in lines)
        assert not any(line[0] in "，。；）”" or line[-1] in "（“" for line in lines)
        assert "".join(lines).replace(" ", "") == words.replace(" ", "")

    def test_a_word_longer_than_the_line_is_cut(self) -> None:
        assert wrapped("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


class TestBuiltIn:
    """The corpus that comes with the package."""

    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            ("暂行办法 17", "cn/genai-measures/17#assessment"),
            ("生成式人工智能服务管理暂行办法第十七条", "cn/genai-measures/17#assessment"),
            ("Art 50(2)", "eu/ai-act/50.2"),
            ("５０（２）", "eu/ai-act/50.2"),
            ("AI Act Article 6(3)", "eu/ai-act/6.3"),
            ("annex iii 5(a)", "eu/ai-act/annex-iii.5.a"),
        ],
    )
    def test_numbers_find_their_article(self, capsys: pytest.CaptureFixture[str], typed: str, first: str) -> None:
        assert run(["rules", "search", typed, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["hits"][0]["id"] == first

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_every_entry_can_be_shown_without_code_on_the_page(self, capsys: pytest.CaptureFixture[str], lang: str) -> None:
        facts = Facts(builtin(), DAY, DAY)
        show = Show(facts, lang)
        for norm in facts.norms.values():
            show.norm(norm)
        for instrument in facts.corpus.instruments.values():
            show.instrument(instrument)
        for entry in facts.corpus.vocabulary.entries():
            show.declared(entry)
        page = capsys.readouterr().out
        for sign in ("&&", "||", " == ", "some(", "every(", "None", "{", "}"):
            assert sign not in page
        assert not re.search(r"rules\.[a-z]", page)
        assert all(cell_len(line) <= 100 for line in page.splitlines())

    @pytest.mark.parametrize(
        ("norm", "zh", "en"),
        [
            ("eu/ai-act/25.4", ("按书面约定承担\n",), ("as agreed in writing\n",)),
            (
                "eu/ai-act/73.1",
                ("2日内，条件是：\n", "首次报告可以不完整", "10日内，如果系统"),
                ("within 2 days, where:\n", "the first report may be incomplete", "within 10 days if: What did"),
            ),
            ("kr/ai-basic-act/43.1.3", ("最高3000万韩元",), ("up to KRW 30,000,000",)),
            (
                "cn/ethics-review-2023/17",
                ("可以延长，由", "，须说明延长的时限"),
                ("may be extended, by the ethics committee, stating",),
            ),
        ],
    )
    def test_what_a_norm_does_not_say_leaves_no_hole(
        self, capsys: pytest.CaptureFixture[str], norm: str, zh: tuple[str, ...], en: tuple[str, ...]
    ) -> None:
        for lang, wanted in (("zh", zh), ("en", en)):
            assert run(["rules", "show", norm, "--lang", lang]) == 0
            page = capsys.readouterr().out
            for said in wanted:
                assert said in page
            for hole in ("由承担", "failing that, \n", "incomplete\n", "：；", "new_limit"):
                assert hole not in page

    def test_every_norm_is_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        for instrument in builtin().instruments:
            assert run(["rules", "show", instrument, "--json"]) == 0
            data = json.loads(capsys.readouterr().out)
            assert data["schema"] == "guiju.rules.show/1"
            assert data["instrument"]["id"] == instrument

    @pytest.mark.parametrize(("lang", "may", "owes"), [("en", "Who may  ", "Who owes it"), ("zh", "谁可以  ", "义务主体")])
    def test_a_permission_is_not_owed(self, lang: str, may: str, owes: str, capsys: pytest.CaptureFixture[str]) -> None:
        for identifier, permitted in (("eu/ai-act/74.5", True), ("eu/ai-act/72.1", False)):
            run(["rules", "show", identifier, "--lang", lang])
            page = capsys.readouterr().out
            assert (may in page, owes in page) == (permitted, not permitted)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_clauses_have_titles(self, lang: str) -> None:
        corpus = builtin()
        assert provision_words(corpus, "eu/ai-act/6.3#profiling", "zh").startswith("《")
        assert "50" in provision_words(corpus, "eu/ai-act/50", lang)
        assert provision_words(corpus, "eu/ai-act/chapter-iii/sections-1-3", "en") == "AI Act, Art. 6–27"
        assert provision_words(corpus, "elsewhere/x", lang) == "elsewhere/x"

    @pytest.mark.parametrize(
        ("identifier", "zh", "en"),
        [
            ("eu/ai-act/16", "《欧盟人工智能法》第16条", "AI Act, Art. 16"),  # whose own norm stands in point (b)
            ("eu/ai-act/3.2", "《欧盟人工智能法》第3条第2项", "AI Act, Art. 3(2)"),  # a definition, of which there is no norm
            ("eu/gdpr/38", "《通用数据保护条例》第38条", "GDPR, Art. 38"),
            ("eu/ai-act/49.1", "《欧盟人工智能法》第49条第1款，第16条（i）项", "AI Act, Art. 49(1), 16(i)"),
            ("cn/pipl/13", "《个人信息保护法》第十三条", "PIPL, Art. 13"),
        ],
    )
    def test_a_provision_is_named_as_it_stands_in_the_act(self, identifier: str, zh: str, en: str) -> None:
        corpus = builtin()
        assert (provision_words(corpus, identifier, "zh"), provision_words(corpus, identifier, "en")) == (zh, en)
