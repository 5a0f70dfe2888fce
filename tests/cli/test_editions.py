"""``guiju rules diff``, ``rules editions`` and ``--edition`` at their surface."""

import json
from datetime import date
from pathlib import Path

import pytest

from guiju.cli.app import run
from guiju.norms import builtin, builtin_books, pack, packaged

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "hr-screener.yaml"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """An edition file: the rules of today, with one number of one rule changed."""
    books = []
    for name, found in builtin_books():
        texts = [(shown, text.replace("log_retention >= months(6)", "log_retention >= months(7)")) for shown, text in found]
        books.append((name, texts))
    path = tmp_path / "other.edition.zip"
    path.write_bytes(pack(books, date(2027, 1, 1), {"en": "other"}))
    return path


def test_the_editions_that_can_be_asked_for_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "editions", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["current"] == builtin().edition
    assert [one["edition"] for one in found["editions"]] == [one.digest for one in packaged().editions()]
    for lang in ("zh", "en"):
        assert run(["rules", "editions", "--lang", lang]) == 0
        assert builtin().edition in capsys.readouterr().out.replace("\n", "")


def test_an_edition_has_no_difference_from_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "diff", "current", builtin().edition[:20], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []


def test_one_changed_number_is_told_with_its_rule(changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "diff", "current", str(changed), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["changes"]
    assert found
    assert {(one["what"], one["how"]) for one in found} == {("norm", "changed")}
    for one in found:
        (part,) = one["fields"]
        assert part["field"] == "require"
        assert "months(6)" in part["before"]
        assert "months(7)" in part["after"]
    assert run(["rules", "diff", "current", str(changed), "--lang", "zh"]) == 0
    assert "含义有变" in capsys.readouterr().out


def test_what_a_change_of_rules_changes_for_one_system(changed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = tmp_path / "d.yaml"
    text = SAMPLE.read_text("utf-8")
    dossier.write_text(text, "utf-8")
    assert run(["rules", "diff", "current", "current", "--dossier", str(dossier), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["answers"] == []
    earliest = packaged().editions()[-1]
    assert run(["rules", "diff", earliest.digest, "current", "--dossier", str(dossier), "--on", "2028-01-10", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    for one in found["answers"]:
        assert all(part["before"] != part["after"] for part in one["parts"])


def test_an_assessment_by_an_earlier_edition_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    earliest = packaged().editions()[-1]
    assert run(["assess", str(SAMPLE), "--edition", earliest.digest[7:20], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["edition"] == earliest.digest
    assert run(["rules", "stats", "--edition", str(earliest.released), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["edition"] == earliest.digest


@pytest.mark.parametrize("words", [["assess", str(SAMPLE)], ["rules", "stats"], ["rules", "list"]])
def test_an_edition_nobody_has_is_refused_with_those_there_are(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*words, "--edition", "sha256:0123456789", "--json"]) == 2
    problem = json.loads(capsys.readouterr().out)["error"]
    assert problem["code"] == "edition.unknown"
    assert "current" in problem["hint"]


def test_a_folder_and_an_edition_are_not_both_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "stats", "--corpus", str(tmp_path), "--edition", "current", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "rules.folder-and-edition"


def test_a_changed_text_is_told_in_the_language_of_the_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    books = [
        (name, [(shown, text.replace("summary:\n    zh: 备案", "summary:\n    zh: 今后备案")) for shown, text in found])
        for name, found in builtin_books()
    ]
    path = tmp_path / "reworded.edition.zip"
    path.write_bytes(pack(books, date(2027, 1, 1), {"en": "reworded"}))
    assert run(["rules", "diff", "current", str(path), "--json"]) == 0
    fields = [part["field"] for one in json.loads(capsys.readouterr().out)["changes"] for part in one["fields"]]
    assert set(fields) == {"summary"}
    assert run(["rules", "diff", str(path), "current", "--lang", "zh"]) == 0
    assert "zh:" not in capsys.readouterr().out
