"""The locks say what the inputs ask for, by digest; and no file names a package registry or a machine's own paths."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
GROUPS = ("run", "test", "bench")
BUILD = {"editables", "hatchling"}

# Written in parts, so that this file does not hold what it looks for.
REGISTRIES = ["pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "registry." + "yarnpkg", "tuna." + "tsinghua"]
FOLDERS = ["wo" + "rk", "ro" + "ot", "t" + "mp", "opt/" + "pypi", "opt/" + "wheels"]
MACHINE_PATHS = re.compile(r"(?<![\w.\-/:~<>}])/(" + "|".join(FOLDERS) + r")/")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return normal(found.group())


def asked(group: str) -> set[str]:
    """The names an input asks for, with those of the inputs it takes in."""
    names: set[str] = set()
    for line in (REQUIREMENTS / f"{group}.in").read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            names |= asked(Path(line[3:].strip()).stem)
        elif line and not line.startswith("#"):
            names.add(name_of(line))
    return names


def locked(group: str) -> dict[str, list[str]]:
    """Each pinned requirement of a lock, with its digests."""
    entries: dict[str, list[str]] = {}
    for line in (REQUIREMENTS / f"{group}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("    --hash="):
            entries[list(entries)[-1]].append(line.strip(" \\").removeprefix("--hash="))
        else:
            entries[line.rstrip(" \\")] = []
    return entries


@pytest.mark.parametrize("group", GROUPS)
def test_every_line_of_a_lock_is_a_pinned_name_with_digests(group: str) -> None:
    for requirement, digests in locked(group).items():
        assert re.match(r"[a-z0-9.-]+==[^ ]+( ; .+)?$", requirement), requirement
        assert digests, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in digests), requirement


@pytest.mark.parametrize("group", GROUPS)
def test_a_lock_holds_all_that_its_input_asks_for(group: str) -> None:
    assert asked(group) <= {name_of(requirement) for requirement in locked(group)}


@pytest.mark.parametrize("group", ["test", "bench"])
def test_a_group_holds_what_runs_at_the_same_versions(group: str) -> None:
    assert locked("run").items() <= locked(group).items()


def test_what_runs_is_what_the_package_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {name_of(requirement) for requirement in project["project"]["dependencies"]}
    assert asked("run") == declared | BUILD
    assert {name_of(requirement) for requirement in project["build-system"]["requires"]} == BUILD


def test_the_foreign_cel_is_left_out_where_it_has_no_wheel_and_never_runs() -> None:
    assert not [requirement for requirement in locked("run") if requirement.startswith(("cel", "zen"))]
    for group in ("test", "bench"):
        foreign = [requirement for requirement in locked(group) if requirement.startswith(("cel", "zen"))]
        assert foreign
        assert all("sys_platform == 'linux'" in requirement for requirement in foreign)


def files() -> Iterator[Path]:
    """Every file that is or would be kept: git knows; without git, all that run.py and the tools did not make."""
    try:
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        yield from (ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())
    except (OSError, subprocess.CalledProcessError):
        made = {".venv", ".git", "__pycache__", ".hypothesis"}
        yield from (path for path in ROOT.rglob("*") if path.is_file() and not made & set(path.parts))


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = []
    for path in files():
        text = path.read_bytes().decode("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            if any(registry in line for registry in REGISTRIES) or MACHINE_PATHS.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    assert not found, "\n".join(found)


def test_data_of_the_package_is_not_ignored_by_git() -> None:
    kept = {path.relative_to(ROOT).as_posix() for path in files()}
    package = ROOT / "src" / "guiju"
    data = [path for suffix in ("yaml", "toml", "typed") for path in package.rglob(f"*.{suffix}")]
    assert {path.relative_to(ROOT).as_posix() for path in data} <= kept
    assert "src/guiju/py.typed" in kept
