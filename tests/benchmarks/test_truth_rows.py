"""One faulty row, or one faulty file, loses nothing but itself; no published row is read here."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from truth.assessments import FILE, score_assessments  # noqa: E402
from truth.command import SETS, _done, main  # noqa: E402
from truth.scores import SetScore  # noqa: E402
from truth.sets import EXAMPLES, json_lines, rows_of  # noqa: E402
from truth.timeline import score_timeline  # noqa: E402
from truth.trees import TREES, ngo, nl, score_tree  # noqa: E402

from guiju.norms import builtin  # noqa: E402

DEEP = "[" * 200_000


def write(path: Path, *lines: object) -> Path:
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def scored(capsys: pytest.CaptureFixture[str], data: Path, *more: str) -> dict[str, dict[str, Any]]:
    capsys.readouterr()
    assert main(["--data", str(data), "--json", *more]) == 0
    return {one["name"]: one for one in json.loads(capsys.readouterr().out)["sets"]}


# -- lines -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\u0085"])
def test_a_text_may_hold_any_sign_that_ends_a_line_elsewhere(tmp_path: Path, sign: str) -> None:
    path = write(tmp_path / "a.jsonl", {"text": f"one{sign}two"}, {"n": 2})
    assert json_lines(path) == ([(1, {"text": f"one{sign}two"}), (2, {"n": 2})], [])


def test_lines_of_other_systems_and_a_mark_at_the_beginning_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'\xef\xbb\xbf{"n": 1}\r\n\r\n{"n": 2}\r\n')
    assert json_lines(tmp_path / "a.jsonl") == ([(1, {"n": 1}), (3, {"n": 2})], [])


def test_a_line_that_nests_too_deeply_is_left_out(tmp_path: Path) -> None:
    found, notes = json_lines(write(tmp_path / "a.jsonl", DEEP, {"n": 2}))
    assert (found, notes) == ([(2, {"n": 2})], ["a.jsonl, line 1: not JSON, left out"])


def test_a_job_that_fails_is_said_and_has_its_name() -> None:
    def job() -> SetScore:
        return SetScore(str(json.loads(DEEP)))

    found = _done("some-set", job)
    assert (found.name, found.state) == ("some-set", "refused")
    assert found.notes[0].startswith("RecursionError")
    assert _done("other", partial(SetScore, "other")).state == "scored"


# -- sets --------------------------------------------------------------------------------------------------------------------


def test_a_set_that_is_not_there_to_be_chosen_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["--data", str(tmp_path), "--only", "trees"])
    assert refused.value.code == 2
    assert nl.NAME in capsys.readouterr().err


def test_every_set_is_scored_in_its_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = scored(capsys, tmp_path)
    assert tuple(found) == SETS
    assert {one["state"] for one in found.values()} == {"absent"}


def test_a_file_without_a_row_is_not_taken_for_one_without_facts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [one.file for one in EXAMPLES] + [one.paths for one in TREES] + [FILE, "nl-requirement-applicability.jsonl"]
    for file in files:
        write(tmp_path / file, "")
    time_line = tmp_path / "time.json"
    time_line.write_text('{"queries_for_tests": []}', encoding="utf-8")
    found = scored(capsys, tmp_path, "--timeline", str(time_line))
    assert {name: one["state"] for name, one in found.items()} == dict.fromkeys(SETS, "empty")
    assert main(["--data", str(tmp_path), "--only", "highrisk"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "== highrisk: nothing in its file can be scored"


def test_a_row_of_examples_that_is_none_is_left_out(tmp_path: Path) -> None:
    examples = EXAMPLES[1]
    good = {"id": "x", "text": "Some text.", "provision": "5(1)(a)"}
    write(tmp_path / examples.file, DEEP, {**good, "text": ["no", "text"]}, {**good, "id": None}, good, good)
    rows, notes = rows_of(examples, tmp_path)
    assert [row.text for row in rows] == ["Some text."]
    assert len(notes) == 4


# -- assessments -------------------------------------------------------------------------------------------------------------

FILED = {"id": "c-1", "survey_version": "v0.9.1", "answers": {"riskProfile1": "item1-3"}, "label": None}
FIGURES = {
    "raw_score": 3.0,
    "max_raw": 107.0,
    "mitigation_score": 0.0,
    "max_mitigation": 90.0,
    "current_score": 3.0,
    "impact_level": 1.0,
}


def test_a_faulty_assessment_is_left_out_and_ours_stand_beside_one_without_result(tmp_path: Path) -> None:
    strange = [{**FILED, "label": [1]}, {**FILED, "id": 7}, {**FILED, "id": "c-2", "answers": "none"}]
    write(tmp_path / FILE, "{", *strange, FILED, {**FILED, "id": "c-3", "label": FIGURES})
    found = score_assessments(tmp_path)
    every, _ = found.figures
    assert (found.state, found.rows, every.accuracy.right, every.accuracy.of) == ("scored", 3, 1, 1)
    assert [note.split(": ")[0] for note in found.notes] == [
        f"{FILE}, line 1", f"{FILE}, line 2", f"{FILE}, line 3", "c-2", "c-1",
    ]  # fmt: skip
    assert found.notes[-1].endswith("max_mitigation 90, current_score 3, impact_level 1")


def test_an_assessment_that_comes_out_otherwise_has_our_points_and_edition(tmp_path: Path) -> None:
    write(tmp_path / FILE, {**FILED, "label": {**FIGURES, "raw_score": 3.5}})
    (one,) = score_assessments(tmp_path).disagreements
    assert (one.expected, one.ours, one.clause) == ("raw_score 3.5", "raw_score 3", "ca/aia v0.9.1")
    assert one.reason.startswith("points by section: ")
    assert " 3" in one.reason


def test_the_file_of_assessments_scores_by_itself(tmp_path: Path) -> None:
    path = write(tmp_path / FILE, "no row", {**FILED, "label": FIGURES})
    command = [sys.executable, str(BENCHMARKS / "truth" / "canada.py"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "line 1: not JSON, left out" in done.stdout
    assert done.stdout.endswith("exact: 1 of 1 scorable, 1 rows\n")


# -- trees -------------------------------------------------------------------------------------------------------------------

LOW = {"annexI": "None of the below", "III.1": "No", "art50": ["None of the above"], "5.a": "No", "5.c": "No"}
PATH = {"id": "a", "answers": {**LOW, "annexIIIGate": "None of the above"}, "outcome": "low"}
AID = {"id": "a", "answers": {"1.1": "Ja"}, "labels": [], "articles_named": []}


def test_paths_of_another_form_are_counted_and_left_out(tmp_path: Path) -> None:
    strange: list[Any] = [
        {**PATH, "id": 7}, {**PATH, "answers": ["No"]}, {**PATH, "answers": {"III.1": {"No": 1}}},
        {**PATH, "outcome": "dangerous"}, {**PATH, "outcome": ["low"]}, {**PATH, "answers": {"III.1": [1]}},
    ]  # fmt: skip
    write(tmp_path / ngo.FILE, *strange, PATH)
    score = score_tree(TREES[1], tmp_path)
    assert (score.state, score.rows, score.figures[0].accuracy.right) == ("scored", 1, 1)
    said = [note for note in score.notes if "left out" in note]
    assert "3 left out: ngo-algorithm-audit: a path with answers that cannot be read" in said
    assert "2 left out: ngo-algorithm-audit: a path with outcome that cannot be read" in said
    assert "1 left out: ngo-algorithm-audit: a path with id that cannot be read" in said


def test_labels_and_articles_of_another_form_are_counted_and_left_out(tmp_path: Path) -> None:
    strange = [{**AID, "labels": "aanbieder"}, {**AID, "labels": [[]]}, {**AID, "articles_named": ["4"]}, {**AID, "labels": None}]
    write(tmp_path / nl.FILE, *strange, AID)
    score = score_tree(TREES[0], tmp_path)
    assert (score.state, score.rows) == ("scored", 1)
    assert "3 left out: nl-decision-aid: a path with labels that cannot be read" in score.notes
    assert "1 left out: nl-decision-aid: a path with articles_named that cannot be read" in score.notes


def test_what_is_wrong_with_one_tree_loses_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / nl.FILE).write_bytes(b"\xff")
    write(tmp_path / ngo.FILE, PATH)
    found = scored(capsys, tmp_path, "--only", nl.NAME, "--only", ngo.NAME)
    assert {name: one["state"] for name, one in found.items()} == {nl.NAME: "empty", ngo.NAME: "scored"}


def test_what_is_compared_on_a_path_does_not_depend_on_the_others(tmp_path: Path) -> None:
    answers = {"1.1": "Ja", "1.2": "We ontwikkelen enkel", "1.4.1": "Ja, het is een AI-systeem", "1.5": "Nee", "2.1": "Nee",
               "2.3": "Geen van beide", "2.4": "Ja", "2.5": "Nee", "2.6": "Nee", "2.9": "Nee"}  # fmt: skip
    first = {"id": "a", "answers": answers, "labels": ["aanbieder", "AI-systeem"], "articles_named": [4]}
    other = {**first, "id": "b", "articles_named": [9, 16, 17, 18]}
    alone, both = tmp_path / "alone", tmp_path / "both"
    for folder, paths in ((alone, [first]), (both, [first, other])):
        folder.mkdir()
        write(folder / nl.FILE, *paths)
    found = [[one for one in score_tree(TREES[0], folder).disagreements if one.id == "a"] for folder in (alone, both)]
    assert found[0] == found[1]
    assert {one.ours for one in found[0]} >= {"Art. 16", "Art. 17", "Art. 49"}


# -- requirements and time line ----------------------------------------------------------------------------------------------

DATASETS = "Datasets voor hoog-risico-AI-systemen voldoen aan kwaliteitscriteria"


def requirement(identifier: str, name: str, profile: object) -> dict[str, object]:
    return {"id": f"urn:x:{identifier}", "name": name, "ai_act_profile": profile}


def test_a_requirement_with_a_strange_profile_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = [{"type": ["AI-systeem"], "role": ["aanbieder"], "risk_group": ["hoog-risico AI"]}]
    strange = [[{"role": [["aanbieder"]]}], [{"role": 4}], ["aanbieder"], None]
    rows = [requirement(f"aia-9{number}", DATASETS, one) for number, one in enumerate(strange)]
    write(tmp_path / "nl-requirement-applicability.jsonl", *rows, requirement("aia-98", DATASETS, good))
    found = scored(capsys, tmp_path, "--only", "requirements")["requirements"]
    assert found["figures"][1]["accuracy"]["of"] == 1
    assert found["notes"] == [f"aia-9{number}: no profile; not compared" for number in range(4)]


def test_what_a_requirement_stands_for_is_taken_from_its_words_and_not_from_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = [{"role": ["aanbieder"]}]
    named = {
        "aia-05": (DATASETS, "eu/ai-act/10"),
        "aia-71": (DATASETS, "eu/ai-act/10"),
        "aia-06": ("Medewerkers zijn voldoende AI-geletterd.", "eu/ai-act/4"),
        "aia-72": ("Er is technische documentatie.", "eu/ai-act/11"),
        "aia-73": ("Er is technische documentatie van modellen voor algemene doeleinden.", "eu/ai-act/53"),
    }
    rows = [requirement(identifier, name, profile) for identifier, (name, _) in named.items()]
    write(tmp_path / "nl-requirement-applicability.jsonl", *rows)
    found = scored(capsys, tmp_path, "--only", "requirements")["requirements"]
    assert found["extra"]["taken by their words as"] == [f"{key}: {provision}" for key, (_, provision) in named.items()]


QUESTION = {"q": "Same system placed on the market 2026-08-15?", "a": "yes, at once"}


def test_a_faulty_question_of_the_time_line_is_said(tmp_path: Path) -> None:
    path = tmp_path / "time.json"
    path.write_text(json.dumps({"queries_for_tests": ["?", {"q": "Why?"}, {"q": [], "a": {}}, QUESTION]}), encoding="utf-8")
    found = score_timeline(path, builtin())
    assert (found.rows, found.figures[0].name, found.figures[0].accuracy.of) == (4, "known cases", 1)
    assert [note for note in found.notes if "no question with an answer in words" in note] == found.notes[:3]


def test_an_answer_of_the_time_line_that_comes_out_otherwise_has_clause_and_reason(tmp_path: Path) -> None:
    text = (BENCHMARKS / "truth" / "timeline.yaml").read_text(encoding="utf-8")
    cases = tmp_path / "cases.yaml"
    cases.write_text(text.replace("status: applies, until: null", "status: upcoming, until: null"), encoding="utf-8")
    path = tmp_path / "time.json"
    path.write_text(json.dumps({"queries_for_tests": [QUESTION]}), encoding="utf-8")
    (one,) = score_timeline(path, builtin(), cases).disagreements
    assert (one.expected, one.ours, one.clause) == ("yes, at once", "2026-11-21 status: applies", "eu/ai-act/50.2")
    assert "eu/ai-act/50.2 in scope yes, applies from 2026-08-02" in one.reason
    assert "developed_or_commissioned = yes" in one.reason
