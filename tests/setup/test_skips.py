"""The account of skipped tests, tried on a small suite that borrows our conftest."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SUITE = """
import pytest

@pytest.mark.slow
def test_slow(): pass

@pytest.mark.data
def test_marked(): pass

def test_with_data(data_dir): assert (data_dir / "here").exists()

def test_quick(): pass
"""


def suite(folder: Path, *arguments: str, text: str = SUITE, **env: str) -> "subprocess.CompletedProcess[str]":
    tests = folder / "repository" / "tests"
    tests.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "conftest.py", tests)
    shutil.copy(ROOT / "pyproject.toml", tests.parent)
    (tests / "test_suite.py").write_text(text, encoding="utf-8")
    surroundings = {name: value for name, value in os.environ.items() if name != "GUIJU_DATA"} | env
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=tests.parent, env=surroundings, capture_output=True, text=True, check=False)


def data(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "here").touch()
    return folder


def test_without_data_the_tests_that_need_it_are_skipped_and_counted(tmp_path: Path) -> None:
    done = suite(tmp_path)
    assert done.returncode == 0
    assert "    2  no outside data: set GUIJU_DATA" in done.stdout
    assert "2 passed, 2 skipped" in done.stdout.splitlines()[-1]


def test_no_skips_makes_a_skip_a_failure(tmp_path: Path) -> None:
    done = suite(tmp_path, "--no-skips")
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "it does not hold" in done.stdout


def test_a_whole_file_that_is_skipped_counts_too(tmp_path: Path) -> None:
    text = 'import pytest\npytest.importorskip("no_such_module", reason="no such module here")\n'
    done = suite(tmp_path, "--no-skips", text=text + "def test_it(): pass\n")
    assert done.returncode != 0
    assert "    1  no such module here" in done.stdout


def test_data_beside_the_repository_is_found(tmp_path: Path) -> None:
    data(tmp_path / "shared" / "data")
    assert suite(tmp_path, "--no-skips").returncode == 0


def test_data_named_by_the_surroundings_is_found_and_slow_tests_come_last(tmp_path: Path) -> None:
    done = suite(tmp_path, "--no-skips", "-v", GUIJU_DATA=str(data(tmp_path / "elsewhere")))
    assert done.returncode == 0
    ran = [line.split("::")[1].split()[0] for line in done.stdout.splitlines() if "PASSED" in line]
    assert ran == ["test_marked", "test_with_data", "test_quick", "test_slow"]


def test_a_wrong_place_is_an_error_and_not_a_skip(tmp_path: Path) -> None:
    done = suite(tmp_path, GUIJU_DATA=str(tmp_path / "nowhere"))
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "GUIJU_DATA is set but is no folder" in done.stdout + done.stderr
