"""The example pipeline: its commands run, and its last step stops a system with an unmet binding duty."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
import yaml

from guiju.cli.app import run

ROOT = Path(__file__).parents[2]
WORKFLOW = ROOT / "samples" / "ci" / "github-actions.yml"
WRITTEN = {"report.html", "report.xlsx", "result.json", "requirements.csv", "requirements.md", "requirements.json"}


def commands() -> list[list[str]]:
    """What the steps of the workflow give to the command, without what a shell does with its output."""
    steps = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["assess"]["steps"]
    lines = [line for step in steps for line in step.get("run", "").splitlines() if "guiju/run.py" in line]
    return [shlex.split(line.split("guiju/run.py", 1)[1]) for line in lines]


def go(folder: Path, sample: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[int]:
    (folder / "governance").mkdir()
    (folder / "out").mkdir()
    shutil.copy(ROOT / "samples" / sample, folder / "governance" / "dossier.yaml")
    monkeypatch.chdir(folder)
    exits = []
    for words in commands():
        file = Path(words.pop()) if ">" in words and words.remove(">") is None else None
        exits.append(run(words))
        said = capsys.readouterr().out
        if file is not None:
            file.write_text(said, encoding="utf-8")
    return exits


@pytest.mark.slow
def test_a_system_with_nothing_unmet_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    exits = go(tmp_path, "hr-screener.yaml", monkeypatch, capsys)
    assert len(exits) == 6
    assert set(exits) == {0}
    assert {path.name for path in (tmp_path / "out").iterdir()} == WRITTEN
    assert all(path.stat().st_size > 200 for path in (tmp_path / "out").iterdir())
    assert run(["assess", "out/result.json", "--html", "out/again.html"]) == 0
    assert Path("out/again.html").read_bytes() == Path("out/report.html").read_bytes()


@pytest.mark.slow
def test_a_system_with_an_unmet_binding_duty_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    exits = go(tmp_path, "companion-chat.yaml", monkeypatch, capsys)
    assert exits == [0, 0, 0, 0, 0, 1]


def test_the_page_beside_it_names_commands_that_are_there() -> None:
    page = (ROOT / "samples" / "ci" / "README.md").read_text(encoding="utf-8")
    for words in re.findall(r"`((?:assess|requirements) DOSSIER[^`]*)`", page):
        option = re.findall(r"--[a-z-]+", words)
        assert option
        assert any(one in " ".join(map(" ".join, commands())) or one == "--fail-on" for one in option), words
