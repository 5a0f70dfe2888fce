"""run.py: what it says, when it sets up, and that it leaves stdout to the command. No network is used."""

import ast
import importlib.util
import json
import os
import shutil
import string
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Stands in for pip: puts a package and a `guiju` where the real one would, and keeps an account of how it was called.
FAKE_PIP = """
import os, pathlib, subprocess, sys, time
python, *arguments = sys.argv[1:]
where = subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True)
with open(os.environ["FAKE_PIP_LOG"], "a") as log:
    log.write(" ".join(arguments) + "\\n")
print("pip speaks")
if os.environ.get("FAKE_PIP_FAILS"):
    sys.exit(1)
time.sleep(float(os.environ.get("FAKE_PIP_SECONDS", "0")))
pathlib.Path(where.stdout.strip(), "yaml.py").write_text("")
if "-e" in arguments:
    script = pathlib.Path(python).with_name("guiju")
    start = f"#!/bin/sh\\n'''exec' '{python}' \\\"$0\\\" \\\"$@\\\"\\n' '''\\n"  # as pip writes it where the path has a space
    script.write_text(start + "import json, os, sys\\nprint(json.dumps([sys.argv[1:], os.getcwd()]))\\nsys.exit(7)\\n")
    script.chmod(0o755)
"""

DRIVER = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("run", sys.argv[1])
run = importlib.util.module_from_spec(spec)
spec.loader.exec_module(run)
run.Setup.pip = lambda self: [sys.executable, sys.argv[2], str(self.python)]
sys.exit(run.main(sys.argv[3:]))
"""


def load(path: Path = ROOT / "run.py") -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run = load()


class Copy:
    """A copy of what run.py reads, in a folder of its own, with pip replaced."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a tree"
        self.root.mkdir()
        for name in ("run.py", "pyproject.toml"):
            shutil.copy(ROOT / name, self.root / name)
        shutil.copytree(ROOT / "requirements", self.root / "requirements")
        self.venv = self.root / ".venv"
        self.elsewhere = folder
        self.log = folder / "pip.log"
        (folder / "fake_pip.py").write_text(FAKE_PIP, encoding="utf-8")
        (folder / "driver.py").write_text(DRIVER, encoding="utf-8")

    def start(self, *arguments: str, **env: str) -> "subprocess.Popen[str]":
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("GUIJU_", "LC_"))}
        surroundings |= {"LANG": "C.UTF-8", "FAKE_PIP_LOG": str(self.log), **env}
        driver, script, pip = self.elsewhere / "driver.py", self.root / "run.py", self.elsewhere / "fake_pip.py"
        command = [sys.executable, str(driver), str(script), str(pip), *arguments]
        return subprocess.Popen(
            command, env=surroundings, cwd=self.elsewhere, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def run(self, *arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
        process = self.start(*arguments, **env)
        out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def installs(self) -> int:
        """How often a lock was installed."""
        return self.log.read_text(encoding="utf-8").count("--require-hashes") if self.log.exists() else 0

    @property
    def python(self) -> Path:
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


# -- words


def test_every_message_is_in_both_languages_with_the_same_fields() -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for key, (english, chinese) in run.WORDS.items():
        assert fields(english) == fields(chinese), key
        assert english != chinese or key == "checking", key


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C", "GUIJU_LANG": "zh"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_language_follows_guiju_lang_then_the_locale(env: dict[str, str], expected: str) -> None:
    assert run.language(env) == expected


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 4), (3, 14, 9)])
def test_a_supported_python_is_no_problem(version: tuple[int, ...]) -> None:
    assert run.python_problem(version) == ""


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 2), (3, 15, 0)])
def test_another_python_is_named_with_what_is_needed(version: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIJU_LANG", "en")
    assert "3.11 or newer, below 3.15; this is " + ".".join(map(str, version)) in run.python_problem(version)
    monkeypatch.setenv("GUIJU_LANG", "zh")
    assert "需要 Python 3.11 或更新版本" in run.python_problem(version)


def test_an_old_python_can_read_the_script_far_enough_to_say_so() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_versions_of_python_are_those_of_pyproject() -> None:
    oldest, newest = (".".join(map(str, bound)) for bound in run.PYTHONS)
    assert f'requires-python = ">={oldest},<{newest}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_without_words_it_says_how_to_use_it_and_sets_up_nothing(copy: Copy) -> None:
    done = copy.run()
    assert (done.returncode, done.stdout) == (2, "")
    assert "python3 run.py setup" in done.stderr
    assert not copy.venv.exists()
    assert "首次使用" in copy.run(GUIJU_LANG="zh").stderr


# -- pip


def test_pip_version_is_read_or_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run.pip_version(str(tmp_path / "no-python")) == ()
    answer = subprocess.CompletedProcess([], 0, "pip 22.3.1 from somewhere (python 3.11)\n", "")
    monkeypatch.setattr(run.subprocess, "run", lambda *_, **__: answer)
    assert run.pip_version("python") == (22, 3, 1)


@pytest.fixture
def no_ensurepip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, "", ""))


@pytest.mark.parametrize(("found", "key"), [((), "no-pip"), ((22, 2, 9), "old-pip")])
def test_missing_or_old_pip_is_said_plainly(
    found: tuple[int, ...], key: str, no_ensurepip: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "pip_version", lambda _: found)
    with pytest.raises(run.SetupError) as raised:
        run.Setup(tmp_path).pip()
    assert raised.value.key == key
    assert "pip" in str(raised.value)


def test_a_new_enough_pip_installs_from_outside_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(run, "pip_version", lambda _: (22, 3))
    setup = run.Setup(tmp_path)
    assert setup.pip() == [sys.executable, "-m", "pip", "--python", str(setup.python)]


def test_pip_is_not_led_astray_by_the_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_PROXY", "kept")
    assert not {"PYTHONPATH", "PIP_USER"} & run.quiet_env().keys()
    assert run.quiet_env()["PIP_PROXY"] == "kept"


# -- setting up


posix_only = pytest.mark.skipif(os.name == "nt", reason="the stand-in for guiju is a script with a #! line")


@posix_only
def test_first_use_sets_up_and_then_only_the_command_is_heard(copy: Copy) -> None:
    first = copy.run("assess", "x.yaml", "--json")
    assert json.loads(first.stdout) == [["assess", "x.yaml", "--json"], str(copy.elsewhere)]
    assert first.returncode == 7
    assert "pip speaks" in first.stderr
    second = copy.run("--help")
    assert json.loads(second.stdout)[0] == ["--help"]
    assert second.stderr == ""
    assert copy.installs() == 1


@posix_only
def test_setup_says_where_and_nothing_on_stdout(copy: Copy) -> None:
    done = copy.run("setup")
    assert (done.returncode, done.stdout) == (0, "")
    assert str(copy.venv) in done.stderr
    assert not list(copy.venv.glob("lib/*/site-packages/pip"))


@posix_only
def test_the_lock_is_installed_by_hash_with_patience(copy: Copy) -> None:
    copy.run("setup")
    lock, editable = copy.log.read_text(encoding="utf-8").splitlines()
    assert lock.endswith("--retries 10 --timeout 60 --require-hashes -r " + str(copy.root / "requirements" / "run.txt"))
    assert "--no-deps --no-build-isolation -e" in editable


def break_python(copy: Copy) -> None:
    copy.python.unlink()
    copy.python.symlink_to("no-such-python")


def forget_package(copy: Copy) -> None:
    for module in copy.venv.rglob("yaml.py"):
        module.write_text("raise ImportError", encoding="utf-8")


def other_python(copy: Copy) -> None:
    copy.python.unlink()
    copy.python.write_text("#!/bin/sh\necho 3.99\n", encoding="utf-8")
    copy.python.chmod(0o755)


def lose_stamp(copy: Copy) -> None:
    (copy.venv / "stamp-run").unlink()


def change_lock(copy: Copy) -> None:
    with (copy.root / "requirements" / "run.txt").open("a", encoding="utf-8") as lock:
        lock.write("# newer\n")


def lose_script(copy: Copy) -> None:
    copy.python.with_name("guiju").unlink()


@posix_only
@pytest.mark.parametrize("harm", [break_python, forget_package, other_python, lose_stamp, change_lock, lose_script])
def test_a_broken_environment_is_rebuilt(copy: Copy, harm: Callable[[Copy], None]) -> None:
    copy.run("setup")
    left_over = copy.venv / "left-over"
    left_over.touch()
    harm(copy)
    done = copy.run("setup")
    assert done.returncode == 0
    assert "made anew" in done.stderr
    assert copy.installs() == 2
    assert not left_over.exists()
    assert copy.run("setup").returncode == 0
    assert copy.installs() == 2


@posix_only
def test_a_failed_installation_leaves_no_stamp_and_is_begun_again(copy: Copy) -> None:
    failed = copy.run("setup", FAKE_PIP_FAILS="1")
    assert failed.returncode == run.COULD_NOT_SET_UP
    assert "did not finish" in failed.stderr
    assert not list(copy.venv.glob("stamp-*"))
    assert copy.run("setup").returncode == 0


@posix_only
def test_the_test_group_serves_the_run_group_and_not_the_reverse(copy: Copy) -> None:
    copy.run("setup")
    added = copy.run("setup", "test")
    assert copy.installs() == 2
    assert "made anew" not in added.stderr
    (copy.venv / "stamp-run").unlink()
    copy.run("setup")
    assert copy.installs() == 2


@posix_only
def test_lint_settings_do_not_cause_a_new_setup_and_dependencies_do(copy: Copy) -> None:
    copy.run("setup")
    project = copy.root / "pyproject.toml"
    project.write_text(project.read_text(encoding="utf-8").replace("line-length = 130", "line-length = 120"), encoding="utf-8")
    copy.run("setup")
    assert copy.installs() == 1
    project.write_text(project.read_text(encoding="utf-8").replace('"rich>=14"', '"rich>=15"'), encoding="utf-8")
    copy.run("setup")
    assert copy.installs() == 2


@posix_only
def test_two_runs_at_once_set_up_once(copy: Copy) -> None:
    runs = [copy.start("setup", FAKE_PIP_SECONDS="0.4") for _ in range(2)]
    heard = [process.communicate(timeout=60) for process in runs]
    assert [process.returncode for process in runs] == [0, 0]
    assert copy.installs() == 1
    assert sum("waiting for it" in err for _, err in heard) == 1


@posix_only
def test_guiju_venv_names_another_place(copy: Copy, tmp_path: Path) -> None:
    place = tmp_path / "deep" / "environment"
    assert copy.run("setup", GUIJU_VENV=str(place)).returncode == 0
    assert (place / "stamp-run").exists()
    assert not copy.venv.exists()


def test_a_folder_run_py_did_not_make_is_left_alone(copy: Copy, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear", encoding="utf-8")
    done = copy.run("setup", GUIJU_VENV=str(mine))
    assert done.returncode == run.COULD_NOT_SET_UP
    assert "left alone" in done.stderr
    assert [path.name for path in mine.iterdir()] == ["letter.txt"]


def test_an_unknown_group_is_refused(copy: Copy) -> None:
    done = copy.run("setup", "everything")
    assert done.returncode == run.COULD_NOT_SET_UP
    assert "“everything”" in done.stderr


# -- run.py test


@pytest.mark.parametrize(
    ("codes", "expected"),
    [({}, 0), ({"pytest": 5}, 5), ({"ruff": 1}, 1), ({"ruff": 1, "pytest": 2}, 2), ({"lint-imports": 1}, 1)],
)
def test_every_check_runs_and_the_exit_code_of_pytest_counts_first(
    codes: dict[str, int], expected: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[str] = []

    def answer(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        name = Path(command[2] if command[1:2] == ["-m"] else command[0]).stem
        seen.append(name)
        return subprocess.CompletedProcess(command, codes.get(name, 0))

    monkeypatch.setattr(run.subprocess, "run", answer)
    assert run.test(run.Setup(tmp_path), ["-k", "x"]) == expected
    assert seen == ["ruff", "mypy", "lint-imports", "pytest"]
