"""``guiju dossier``: the words, their output for people and programs, and what a careless user is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from guiju.cli.app import run
from guiju.norms import builtin
from guiju.subjects import form_csv, read_dossier, write_dossier
from guiju.wording import LANGUAGES

ANNA = "system: {id: hr}\nfacts: {markets: {value: {exactly: [EU]}, by: anna, on: 2026-11-01}}\n"
BERT = "system: {id: hr}\nfacts: {markets: {value: {exactly: [CN]}, by: bert, on: 2026-11-02}, infers_from_input: true}\n"
TABLE = "ID,Markets\ncv,Europe\nCV!,Europe\n"
MAPPING = "{kind: system, id: ID, columns: {Markets: {name: markets, values: {Europe: EU}}}}"


@pytest.fixture(autouse=True)
def rules_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are read once; that each command reads them is no matter of this page."""
    monkeypatch.setattr("guiju.cli.dossier.corpus_of", lambda folder=None: builtin())


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in (("a.yaml", ANNA), ("b.yaml", BERT), ("t.csv", TABLE), ("m.yaml", MAPPING)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[str, str]:
    assert run(["dossier", *map(str, arguments)]) == 0
    found = capsys.readouterr()
    return found.out, found.err


def document(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    out, err = told(capsys, *arguments, "--json")
    assert not err
    found: dict[str, Any] = json.loads(out)
    return found


def test_diff(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "diff", files / "a.yaml", files / "b.yaml")
    assert found["schema"] == "guiju.dossier.diff/1"
    assert [(one["what"], one["name"]) for one in found["changes"]] == [("value", "markets"), ("value", "infers_from_input")]
    assert found["changes"][0]["before"]["by"] == "anna"
    out, _ = told(capsys, "diff", files / "a.yaml", files / "b.yaml", "--lang", "zh")
    assert out.startswith("改动 2 处")
    out, _ = told(capsys, "diff", files / "a.yaml", files / "a.yaml", "--lang", "en")
    assert out == "They say the same.\n"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_merge(lang: str, files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "merge", files / "a.yaml", files / "b.yaml")
    assert [one["name"] for one in found["conflicts"]] == ["markets"]
    assert len(found["dossier"]["proposals"]) == 2
    out, err = told(capsys, "merge", files / "a.yaml", files / "b.yaml", "--lang", lang)
    assert out.startswith("schema: guiju.dossier/1")
    assert "bert" in err
    merged = files / "merged.yaml"
    out, err = told(capsys, "merge", files / "a.yaml", files / "b.yaml", "--lang", lang, "--out", merged)
    assert "merged.yaml" in out
    assert not err
    assert read_dossier(merged, builtin().vocabulary).digest == found["digest"]
    based = document(capsys, "merge", files / "a.yaml", files / "b.yaml", "--base", files / "a.yaml")
    assert based["conflicts"] == []


def test_from(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(capsys, "from", files / "t.csv", "--mapping", files / "m.yaml")
    assert len(found["dossiers"]) == 2
    assert found["dossiers"][0]["dossier"]["proposals"][0]["value"] == ["EU"]
    told(capsys, "from", files / "t.csv", "--mapping", files / "m.yaml", "--out", files / "out")
    assert {path.name for path in (files / "out").iterdir()} == {"cv.yaml", "CV-2.yaml"}


def test_fill(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions = [("system", "hr", "markets"), ("system", "hr", "infers_from_input")]
    raw = form_csv(questions, "en", builtin().vocabulary).decode("utf-8-sig").splitlines()
    form = files / "form.csv"
    text = "\r\n".join(raw)
    form.write_text(text.replace("Yes or No,,", "Yes or No,perhaps,"), encoding="utf-8")
    found = document(capsys, "fill", files / "a.yaml", form)
    assert (found["taken"], [one["code"] for one in found["notices"]]) == (0, ["form.answer-refused"])
    form.write_text(text.replace("Yes or No,,", "Yes or No,No,"), encoding="utf-8")
    out, _ = told(capsys, "fill", files / "a.yaml", form, "--lang", "en", "--out", files / "filled.yaml")
    assert "Answers taken: 1" in out
    assert "infers_from_input" in read_dossier(files / "filled.yaml", builtin().vocabulary).subject.given


def test_show(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = told(capsys, "show", files / "a.yaml")
    assert out == write_dossier(read_dossier(files / "a.yaml", builtin().vocabulary))
    assert document(capsys, "show", files / "a.yaml")["dossier"]["objects"][0]["id"] == "hr"


CARELESS = [
    (["diff", "gone.yaml", "a.yaml"], "file.missing"),
    (["diff", "a.yaml"], "cli.incomplete"),
    (["from", "t.csv"], "cli.incomplete"),
    (["from", "gone.csv", "--mapping", "m.yaml"], "file.missing"),
    (["from", "t.csv", "--mapping", "gone.yaml"], "file.missing"),
    (["from", "t.csv", "--mapping", "m.yaml", "--out", "a.yaml"], "cli.dossier-folder"),
    (["merge", "a.yaml", "b.yaml", "--out", "a.yaml/x.yaml"], "cli.cannot-write"),
    (["fill", "a.yaml", "t.csv"], "form.not-a-form"),
    (["mend", "a.yaml"], "cli.no-such-command"),
]


@pytest.mark.parametrize(("arguments", "code"), CARELESS)
def test_what_a_careless_user_gets(
    arguments: list[str], code: str, files: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files)
    assert run(["dossier", *arguments, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
    for lang in LANGUAGES:
        assert run(["dossier", *arguments, "--lang", lang]) == 2
        found = capsys.readouterr()
        assert found.err.startswith("guiju: ")
        assert not found.out
