"""The truth scorer on a small made-up directory in the formats of the published sets; no published label is read here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from truth import tfidf  # noqa: E402
from truth.adjudication import adjudicated, read_entries  # noqa: E402
from truth.command import main  # noqa: E402
from truth.scores import Disagreement, Share, cohen_kappa, macro_f1, wilson  # noqa: E402
from truth.sets import EXAMPLES, Examples, blind_key, rows_of  # noqa: E402

SETS = {one.name: one for one in EXAMPLES}
USE = (
    "{purposes: {exactly: [{id: p, facts: {reserved_for: ordinary_use, subject_kind: {exactly: [natural_person]}, "
    "uses_biometric_data: false, %s}}]}}"
)
RANKING = (
    "domain: employment, task: evaluate_candidates, output_role: assesses, evaluates_personal_aspects: true, "
    "processes_personal_data_automatically: true"
)
COUNTING = "domain: consumer, task: other, output_role: other_role"
SCRAPING = (
    "{purposes: {exactly: [{id: p, facts: {uses_biometric_data: true, builds_face_database: %s, "
    "takes_faces_from_web_or_cctv: true, collecting_done_by_ai: true, face_collection_targeted: false}}]}}"
)


def point(identifier: str, text: str, label: str, **more: str) -> dict[str, Any]:
    return {"id": identifier, "text": text, "annex_iii_point": "4(a)", "label": label, **more}


def practice(identifier: str, text: str, label: str, reason: str) -> dict[str, Any]:
    return {"id": identifier, "text": text, "provision": "5(1)(e)", "label": label, "reason_key": reason}


ROWS: dict[str, list[dict[str, Any]]] = {
    "highrisk": [
        point("A-within-1", "leaks", "within", text_masked="It ranks people who look for work."),
        point("A-outside-1", "It counts people in a park.", "outside"),
        point("A-within-2", "Nobody wrote facts for it.", "within"),
        point("A-odd-1", "A label of another world.", "perhaps"),
        point("A-point-1", "A point that is not there.", "within", annex_iii_point="99(z)"),
    ],
    "prohibited": [
        practice("B-1", "Faces from everywhere.", "prohibited", "untargeted-xyz"),
        practice("B-2", "No collection at all.", "not_prohibited", "no-base-xyz"),
    ],
    "definition": [
        {"id": "C-1", "test": "Art 3(1) AI system", "text": "A sheet of sums.", "label": "not_AI_system", "reason_key": "xyz"},
        {"id": "C-2", "test": "Art 99 unheard of", "text": "What?", "label": "outside"},
    ],
}

FACTS = {
    "A-within-1": USE % RANKING,
    "A-outside-1": USE % COUNTING,
    "A-point-1": "{}",
    "B-1": SCRAPING % "true",
    "B-2": SCRAPING % "false",
    "C-1": "{facts: {infers_from_input: false}}",
    "C-2": "{}",
}


def key(name: str, identifier: str) -> str:
    return blind_key(SETS[name], identifier)


def write_rows(folder: Path, rows: dict[str, list[dict[str, Any]]]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, several in rows.items():
        lines = [json.dumps(one) for one in several]
        (folder / SETS[name].file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def write_facts(folder: Path, facts: dict[str, str]) -> Path:
    (folder / "second").mkdir(parents=True, exist_ok=True)
    for name, several in ROWS.items():
        written = [f"{key(name, one['id'])}:\n  dossier: {facts[one['id']]}\n" for one in several if one["id"] in facts]
        (folder / f"{name}.yaml").write_text("".join(written), encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_rows(tmp_path / "data", ROWS)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return write_facts(tmp_path / "facts", FACTS)


class Scorer:
    def __init__(self, output: pytest.CaptureFixture[str]) -> None:
        self.output = output

    def text(self, *arguments: str | Path) -> tuple[int, str]:
        self.output.readouterr()
        code = main([str(one) for one in arguments])
        return code, self.output.readouterr().out

    def sets(self, data: Path, facts: Path, *more: str | Path) -> dict[str, dict[str, Any]]:
        code, out = self.text("--data", data, "--facts", facts, "--adjudicated", facts / "adjudicated.yaml", "--json", *more)
        assert code == 0
        found = json.loads(out)
        assert found["schema"] == "guiju.truth/1"
        return {one["name"]: one for one in found["sets"]} | {"notes": found["notes"]}


@pytest.fixture
def scorer(capsys: pytest.CaptureFixture[str]) -> Scorer:
    return Scorer(capsys)


def first(score: dict[str, Any]) -> dict[str, Any]:
    figure: dict[str, Any] = score["figures"][0]
    assert figure["name"] == "text, first reading"
    return figure


# -- scoring -----------------------------------------------------------------------------------------------------------------


def test_rows_with_facts_are_scored_and_the_others_are_said(scorer: Scorer, data: Path, facts: Path) -> None:
    found = scorer.sets(data, facts)
    high = found["highrisk"]
    accuracy = first(high)["accuracy"]
    assert (high["state"], high["rows"], accuracy["right"], accuracy["of"]) == ("scored", 5, 2, 2)
    assert first(high)["settled"]["of"] == 2
    assert first(high)["dangerous"] == Share(0, 1).as_json()
    said = " ".join(high["notes"])
    assert "1 of 4 rows have no facts" in said
    assert "not known here, and are not scored: perhaps" in said
    assert "Annex III, point 99(z): no norm or term is named for it" in said
    assert "perhaps" not in first(high)["confusion"]


def test_each_set_is_answered_by_its_question(scorer: Scorer, data: Path, facts: Path) -> None:
    found = scorer.sets(data, facts)
    assert first(found["prohibited"])["confusion"] == {"not_prohibited": {"not_prohibited": 1}, "prohibited": {"prohibited": 1}}
    assert first(found["definition"])["confusion"] == {"not_AI_system": {"not_AI_system": 1}}
    assert "Art 99 unheard of: no norm or term" in " ".join(found["definition"]["notes"])


def test_sets_that_are_not_there_are_said(scorer: Scorer, data: Path, facts: Path) -> None:
    found = scorer.sets(data, facts)
    assert {name: found[name]["state"] for name in ("art50", "requirements", "canada", "timeline")} == {
        "art50": "absent", "requirements": "absent", "canada": "absent", "timeline": "absent",
    }  # fmt: skip


def test_without_any_facts_nothing_is_scored(scorer: Scorer, data: Path, tmp_path: Path) -> None:
    found = scorer.sets(data, tmp_path / "nowhere")
    assert (found["highrisk"]["state"], found["highrisk"]["figures"]) == ("no-facts", [])
    assert found["highrisk"]["baselines"]["majority"]["of"] == 4


def test_a_case_left_open_counts_as_wrong_and_apart(scorer: Scorer, data: Path, tmp_path: Path) -> None:
    open_facts = write_facts(tmp_path / "open", {**FACTS, "A-within-1": "{}"})
    figure = first(scorer.sets(data, open_facts)["highrisk"])
    assert (figure["accuracy"]["right"], figure["abstained"], figure["dangerous"]["right"]) == (1, 1, 0)
    assert figure["confusion"]["within"] == {"abstained": 1}


def test_malformed_lines_are_said_by_their_number_and_never_quoted(scorer: Scorer, data: Path, facts: Path) -> None:
    path = data / SETS["prohibited"].file
    path.write_text(path.read_text() + '{"label": "secret-xyz"\n["secret-xyz"]\n{"id": "z", "label": "secret-xyz"}\n')
    notes = scorer.sets(data, facts)["prohibited"]["notes"]
    said = [note.split(": ", 1)[1] for note in notes if note.startswith(path.name)]
    assert said == ["not JSON, left out", "not an object, left out", "no provision, left out"]
    assert "secret-xyz" not in " ".join(notes)


def test_a_file_that_is_no_text_is_said(scorer: Scorer, data: Path, facts: Path) -> None:
    (data / SETS["prohibited"].file).write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in scorer.sets(data, facts)["prohibited"]["notes"][0]


def test_a_dossier_that_is_refused_is_said_with_its_place(scorer: Scorer, data: Path, tmp_path: Path) -> None:
    wrong = write_facts(tmp_path / "wrong", {**FACTS, "A-within-1": "{facts: {no_such_name: true}}"})
    found = scorer.sets(data, wrong)["highrisk"]
    assert any("highrisk.yaml:2:" in note and "no_such_name" in note for note in found["notes"])
    assert first(found)["accuracy"]["of"] == 1


def test_changes_are_laid_over_the_first_reading_and_both_are_scored(scorer: Scorer, data: Path, facts: Path) -> None:
    place = f"set: highrisk, id: {key('highrisk', 'A-within-1')}, at: purposes.exactly.0.facts"
    change = f"{{{place}.%s, from: %s, to: %s, reason: read again}}"
    moved = [("domain", "employment", "consumer"), ("task", "evaluate_candidates", "other"), ("task", "nothing_of_it", "other")]
    changes = [*(change % one for one in moved), "{set: highrisk}"]
    (facts / "changes.yaml").write_text("".join(f"- {one}\n" for one in changes), encoding="utf-8")
    found = scorer.sets(data, facts)["highrisk"]
    figures = {one["name"]: one["accuracy"]["right"] for one in found["figures"]}
    assert figures["text, first reading"] == 2
    assert figures["text, after changes"] == 1
    assert found["changes"] == 3
    said = " ".join(found["notes"])
    assert "not 'nothing_of_it'; the change is left out" in said
    assert "changes.yaml:4:3: a change is" in said


def test_two_readers_are_compared(scorer: Scorer, data: Path, facts: Path) -> None:
    lines = [(one, FACTS[one]) for one in ("A-within-1", "A-outside-1")]
    second = "".join(f"{key('highrisk', one)}:\n  dossier: {what}\n" for one, what in lines).replace(
        "task: other", "task: proctor"
    )
    (facts / "second" / "highrisk.yaml").write_text(second, encoding="utf-8")
    found = scorer.sets(data, facts)["highrisk"]["agreement"]
    assert (found["cases"], found["kappa"], found["names_shared"]) == (2, 1.0, 1.0)
    assert found["values_equal"] == pytest.approx(13 / 14)


def test_disagreements_are_written_and_adjudicated(scorer: Scorer, data: Path, tmp_path: Path) -> None:
    wrong = write_facts(tmp_path / "wrong", {**FACTS, "B-2": SCRAPING % "true", "A-outside-1": USE % RANKING})
    name = key("prohibited", "B-2")
    entries = (
        f"- {{set: prohibited, id: {name}, verdict: theirs, reason: A slip.}}\n"
        "- {set: prohibited, id: pr-0, verdict: open, reason: Gone.}\n"
    )
    (wrong / "adjudicated.yaml").write_text(entries, encoding="utf-8")
    found = scorer.sets(data, wrong, "--out", tmp_path / "out")
    assert found["prohibited"]["adjudicated"] == {"theirs": 1}
    assert found["highrisk"]["adjudicated"] == {"not yet adjudicated": 1}
    assert "a verdict fits nothing: prohibited pr-0" in found["notes"]
    (one,) = [one for one in json.loads((tmp_path / "out" / "disagreements.json").read_text()) if one["set"] == "prohibited"]
    assert (one["id"], one["expected"], one["ours"]) == (name, "not_prohibited", "prohibited")
    assert (one["clause"], one["adjudication"]["verdict"]) == ("eu/ai-act/5.1.e#practice", "theirs")
    assert "builds_face_database = yes" in one["reason"]
    page = (tmp_path / "out" / "disagreements.md").read_text()
    assert "theirs: A slip." in page
    assert "not yet adjudicated" in page


def test_the_output_does_not_go_into_the_data(data: Path, facts: Path) -> None:
    with pytest.raises(SystemExit):
        main(["--data", str(data), "--facts", str(facts), "--out", str(data / "out")])


def test_the_page_for_people_holds_the_figures(scorer: Scorer, data: Path, facts: Path) -> None:
    code, out = scorer.text("--data", data, "--facts", facts, "--only", "highrisk")
    assert code == 0
    assert "text, first reading: 2 of 2 = 100.0% [34.2%, 100.0%], macro-F1 1.000" in out
    assert "tf-idf baseline" in out


# -- checking ----------------------------------------------------------------------------------------------------------------


def test_checking_lists_rows_without_facts_and_tells_no_label(scorer: Scorer, data: Path, facts: Path) -> None:
    code, out = scorer.text("--data", data, "--facts", facts, "--check")
    assert code == 0
    without = sorted([key("highrisk", "A-within-2"), key("highrisk", "A-odd-1")])
    assert f"without facts: {', '.join(without)}" in out
    labels = {one["label"] for rows in ROWS.values() for one in rows} - {"prohibited"}  # the name of a set
    assert not [label for label in labels if label in out.replace("without", "")]
    assert not [one["id"] for rows in ROWS.values() for one in rows if one["id"] in out]


def test_checking_fails_where_facts_cannot_be_taken(scorer: Scorer, data: Path, tmp_path: Path) -> None:
    wrong = write_facts(tmp_path / "wrong", {**FACTS, "B-1": "{facts: {markets: Europe}}"})
    code, out = scorer.text("--data", data, "--facts", wrong, "--check")
    assert code == 1
    assert "prohibited.yaml:2:" in out


# -- blindness ---------------------------------------------------------------------------------------------------------------


def blind(data: Path, out: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCHMARKS / "truth" / "blind.py"), "--data", str(data), "--out", str(out)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_blind_writes_name_question_and_text_alone(data: Path, tmp_path: Path) -> None:
    assert blind(data, tmp_path / "out").returncode == 0
    rows = [json.loads(line) for line in (tmp_path / "out" / "highrisk.jsonl").read_text().splitlines()]
    assert {tuple(row) for row in rows} == {("id", "question", "text")}
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert "It ranks people who look for work." in [row["text"] for row in rows]
    assert not (tmp_path / "out" / "art50.jsonl").exists()


def test_blind_writes_nothing_into_the_data(data: Path) -> None:
    done = blind(data, data / "blind")
    assert done.returncode == 2
    assert not (data / "blind").exists()


WORD = st.text("abcdefghijklmnop", min_size=4, max_size=8)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(WORD, WORD, WORD), min_size=1, max_size=6, unique_by=lambda one: one[0]),
    st.sampled_from(EXAMPLES),
)
def test_no_label_reason_or_published_id_is_ever_shown(rows: list[tuple[str, str, str]], examples: Examples) -> None:
    """Labels and reasons stand in upper case here, so that whatever of them is shown is theirs and not the text's."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        raw = [
            {
                "id": f"{one.upper()}-{label.upper()}-1", "text": one, "label": label.upper(), "reason_key": reason.upper(),
                "paragraph": reason.upper(), "annex_iii_point": "4(a)", "provision": "5(1)(a)", "test": "art 3(1)",
                "facts": {"x": reason.upper()}, "art_6_3_conditions": [reason.upper()], "duty_bearer": label.upper(),
            }
            for one, label, reason in rows
        ]  # fmt: skip
        (Path(folder) / examples.file).write_text("\n".join(map(json.dumps, raw)), encoding="utf-8")
        shown, notes = rows_of(examples, Path(folder))
        assert not notes
        for row in shown:
            told = f"{row.key} {row.question} {row.text}"
            assert not [
                word for one in rows for word in one if word.upper() in told.replace("Article", "").replace("Annex III", "")
            ]


@pytest.mark.data
def test_blind_rows_of_the_published_sets_hold_text_and_question_alone(data_dir: Path, tmp_path: Path) -> None:
    folder = data_dir / "groundtruth"
    assert blind(folder, tmp_path / "out").returncode == 0
    for examples in EXAMPLES:
        raw = [json.loads(line) for line in (folder / examples.file).read_text(encoding="utf-8").splitlines()]
        seen = [json.loads(line) for line in (tmp_path / "out" / f"{examples.name}.jsonl").read_text().splitlines()]
        assert len(seen) == len(raw)
        assert {tuple(row) for row in seen} == {("id", "question", "text")}
        assert {row["text"] for row in seen} == {one.get("text_masked") or one["text"] for one in raw}
        assert not {one["id"] for one in raw} & {row["id"] for row in seen}


# -- figures -----------------------------------------------------------------------------------------------------------------


def test_wilson_interval() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    assert wilson(0, 0) == (0.0, 1.0)


def test_kappa() -> None:
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)
    assert cohen_kappa([("a", "a")] * 3) is None
    assert cohen_kappa([]) is None


def test_macro_f1_counts_classes_alike_and_open_answers_as_none() -> None:
    assert macro_f1([("a", "a"), ("a", "a"), ("b", "a")]) == pytest.approx((0.8 + 0.0) / 2)
    assert macro_f1([("a", "abstained")]) == 0.0
    assert macro_f1([]) is None


@given(st.integers(2, 60))
def test_every_row_is_held_out_once_and_trained_on_otherwise(count: int) -> None:
    held = tfidf.folds(count)
    assert sorted(place for fold in held for place in fold) == list(range(count))
    assert held == tfidf.folds(count)


def test_the_words_baseline_finds_what_words_give_away_and_nothing_else() -> None:
    told = [f"{'cat sat here' if place % 2 else 'dog ran there'} {place}" for place in range(20)]
    labels = ["odd" if place % 2 else "even" for place in range(20)]
    assert tfidf.predicted(told, labels) == labels
    alone = tfidf.predicted([f"word{place}" for place in range(20)], [str(place) for place in range(20)])
    assert not [place for place, label in enumerate(alone) if label == str(place)]


# -- adjudication, requirements, timeline ------------------------------------------------------------------------------------


def test_a_verdict_is_on_one_case_and_one_that_fits_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "adjudicated.yaml"
    path.write_text(
        "- {set: t, id: c2, verdict: open, reason: This one.}\n"
        "- {set: u, id: c1, verdict: ours, reason: Of another set.}\n"
        "- {set: t, id: c3, verdict: maybe, reason: No such verdict.}\n"
        "- {set: t, pattern: 'c*', verdict: ours, reason: All of them.}\n",
        encoding="utf-8",
    )
    entries, notes = read_entries(path)
    found, idle = adjudicated(entries, [Disagreement("t", f"c{number}", "f", "x", "y") for number in (1, 2, 3)])
    assert [one.adjudication.verdict if one.adjudication else "" for one in found] == ["", "open", ""]
    assert (len(notes), [one.id for one in idle]) == (2, ["c1"])


def test_a_file_that_is_no_list_is_said(tmp_path: Path) -> None:
    path = tmp_path / "adjudicated.yaml"
    path.write_text("set: t\n", encoding="utf-8")
    assert read_entries(path) == ([], ["adjudicated.yaml: not a list of verdicts, not read"])
    assert read_entries(tmp_path / "nowhere.yaml") == ([], [])


REQUIREMENT = {
    "id": "urn:nl:ak:mtr:aia-05", "name": "Datasets", "description": "", "always_applicable": 0,
    "ai_act_profile": [{"type": ["AI-systeem", "AI-systeem voor algemene doeleinden"], "role": ["aanbieder"],
                        "risk_group": ["hoog-risico AI"], "open_source": []}],
}  # fmt: skip


def test_requirements_are_compared_cell_by_cell(scorer: Scorer, tmp_path: Path, facts: Path) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    wider = {**REQUIREMENT, "id": "urn:x:aia-06", "ai_act_profile": [{"type": ["AI-systeem"], "risk_group": ["iets anders"]}]}
    by_words = {**REQUIREMENT, "id": "urn:x:aia-77", "name": "Er is een systeem voor risicobeheer."}
    strange = {**REQUIREMENT, "id": "urn:x:aia-78", "name": "Iets heel anders"}
    other_law = {**REQUIREMENT, "id": "urn:x:avg-01", "always_applicable": 1}
    lines = [json.dumps(one) for one in (REQUIREMENT, wider, by_words, strange, other_law)]
    (folder / "nl-requirement-applicability.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = scorer.sets(folder, facts, "--out", tmp_path / "out")["requirements"]
    cells, whole = found["figures"]
    assert cells["accuracy"]["of"] == 3 * 72
    assert (whole["accuracy"]["right"], whole["accuracy"]["of"]) == (2, 3)
    assert found["extra"]["not of this corpus (another law)"] == ["avg-01"]
    assert found["extra"]["taken by their words as"] == [
        "aia-05: eu/ai-act/10", "aia-06: eu/ai-act/10", "aia-77: eu/ai-act/9",
    ]  # fmt: skip
    said = " ".join(found["notes"])
    assert "aia-78: its words name no provision" in said
    assert "the value “iets anders” of risk_group is not known here" in said
    (one,) = json.loads((tmp_path / "out" / "disagreements.json").read_text())
    assert (one["id"], one["expected"], one["ours"]) == ("aia-06/only-ours", "does not apply", "applies")
    assert "; in the first: eu.provider = yes; eu.high_risk = yes (" in one["reason"]


def test_the_facts_that_stand_for_a_cell_are_of_that_cell(scorer: Scorer, tmp_path: Path, facts: Path) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "nl-requirement-applicability.jsonl").write_text(json.dumps(REQUIREMENT), encoding="utf-8")
    notes = scorer.sets(folder, facts)["requirements"]["notes"]
    assert not [note for note in notes if "stand for" in note]


def write_timeline(folder: Path, questions: list[dict[str, str]]) -> Path:
    path = folder / "timeline.json"
    path.write_text(json.dumps({"queries_for_tests": questions}), encoding="utf-8")
    return path


def test_questions_of_the_timeline_without_a_case_are_said(scorer: Scorer, data: Path, facts: Path, tmp_path: Path) -> None:
    path = write_timeline(
        tmp_path,
        [
            {"q": "Same system placed on the market 2026-08-15?", "a": "yes, at once"},
            {"q": "Same, SME", "a": "another answer than before"},
            {"q": "A new question?", "a": "yes"},
        ],
    )
    found = scorer.sets(data, facts, "--timeline", path, "--only", "timeline")["timeline"]
    assert (found["figures"][0]["accuracy"]["right"], found["figures"][0]["accuracy"]["of"]) == (1, 1)
    *skipped, known = found["notes"]
    assert ["another" in note or "no case" in note for note in skipped] == [True, True]
    assert known.startswith("a test of known cases")


def test_a_timeline_of_another_form_is_refused(scorer: Scorer, data: Path, facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "timeline.json"
    path.write_text("{}", encoding="utf-8")
    assert scorer.sets(data, facts, "--timeline", path, "--only", "timeline")["timeline"]["state"] == "refused"


@pytest.mark.data
def test_the_eight_questions(scorer: Scorer, data: Path, facts: Path, data_dir: Path) -> None:
    path = data_dir / "instruments" / "eu" / "ai-act-timeline.json"
    found = scorer.sets(data, facts, "--timeline", path, "--only", "timeline")["timeline"]
    assert (found["figures"][0]["accuracy"]["right"], found["figures"][0]["accuracy"]["of"]) == (8, 8)
