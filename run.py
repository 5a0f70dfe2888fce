#!/usr/bin/env python3
"""Set up Guiju on first use, then run it: `python3 run.py COMMAND ...`. Needs Python and pip, nothing else.

What is needed goes into `.venv` (or where GUIJU_VENV says), from a lock in `requirements/` that names the digest of every file.
Words about the set-up go to stderr, so stdout holds what the command says and nothing else.
Exit codes are those of the command; 3 means that Guiju could not be set up.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

PYTHONS = ((3, 11), (3, 15))  # from the first, up to but not including the second; as in pyproject.toml
OLDEST_PIP = (22, 3)  # the first that can install into another interpreter's environment (--python)
COULD_NOT_SET_UP = 3
GROUPS = {"run": ("run", "test", "bench"), "test": ("test",), "bench": ("bench",)}  # a group, and the groups that hold it

WORDS = {
    "python": (
        "Guiju needs Python {oldest} or newer, below {newest}; this is {found} ({path}).\n"
        "Run it with another Python, for example: python{oldest} run.py",
        "规矩需要 Python {oldest} 或更新版本（低于 {newest}），当前为 {found}（{path}）。\n"
        "请换用合适的 Python 运行，例如：python{oldest} run.py",
    ),
    "usage": (
        "Guiju (规矩)\n\n"
        "  python3 run.py COMMAND ...            run `guiju COMMAND ...`, setting up on first use\n"
        "  python3 run.py --help                 what `guiju` can do\n"
        "  python3 run.py setup                  only set up, and say where\n"
        "  python3 run.py test [--no-skips] ...  lint, types, floors, then tests; what follows is passed to pytest\n\n"
        "GUIJU_VENV names another place than .venv; GUIJU_LANG is zh or en.",
        "规矩（Guiju）\n\n"
        "  python3 run.py 命令 ……               运行“guiju 命令 ……”，首次使用时自动安装\n"
        "  python3 run.py --help                 查看 guiju 的全部命令\n"
        "  python3 run.py setup                  只安装，并说明装在何处\n"
        "  python3 run.py test [--no-skips] ……  先查代码规范、类型、分层，再跑测试；其余参数交给 pytest\n\n"
        "GUIJU_VENV 可另指安装位置（默认 .venv）；GUIJU_LANG 取 zh 或 en。",
    ),
    "setting-up": (
        "Setting up Guiju in {venv} (group: {group}); this is needed once.",
        "正在 {venv} 安装规矩所需的组件（{group} 组），只需一次。",
    ),
    "rebuilding": (
        "{venv} is incomplete, out of date, or made for another Python: it is made anew.",
        "{venv} 不完整、已过期，或属于另一版本的 Python，现在重建。",
    ),
    "ready": (
        "Guiju is set up in {venv}; run it with: python3 run.py COMMAND",
        "规矩已装好，位置：{venv}。运行：python3 run.py 命令",
    ),
    "waiting": ("Another run is setting up {venv}; waiting for it.", "另一个进程正在安装 {venv}，等待其完成。"),
    "no-pip": (
        "pip is missing for {python}.\n"
        "Install it (Debian, Ubuntu: apt install python3-pip; Fedora: dnf install python3-pip), then run again.",
        "{python} 没有 pip。\n请先安装（Debian、Ubuntu：apt install python3-pip；Fedora：dnf install python3-pip），再重新运行。",
    ),
    "old-pip": (
        "pip {found} of {python} is too old: {oldest} or newer is needed.\n"
        "Upgrade it ({python} -m pip install --user --upgrade pip), or install the package python3-venv, then run again.",
        "{python} 的 pip 版本为 {found}，过旧，需要 {oldest} 或更新版本。\n"
        "请升级（{python} -m pip install --user --upgrade pip），或安装 python3-venv 软件包，再重新运行。",
    ),
    "no-venv": (
        "The standard module venv is missing from {python}.\nInstall the package python3-venv, then run again.",
        "{python} 缺少标准模块 venv。\n请安装 python3-venv 软件包，再重新运行。",
    ),
    "not-ours": (
        "{venv} holds something that run.py did not make, so it is left alone.\n"
        "Set GUIJU_VENV to a new or empty folder, or unset it.",
        "{venv} 中的内容不是 run.py 建立的，因此未作改动。\n请将 GUIJU_VENV 指向新的或空的文件夹，或取消该设置。",
    ),
    "install-failed": (
        "The installation did not finish; pip's own words are above.\n"
        "Most often the network or the package index could not be reached: run the same command again, it starts afresh.",
        "安装未完成，原因见上方 pip 的输出。\n多半是网络或软件包源无法访问：请重新运行同一命令，会从头再装。",
    ),
    "cannot-write": ("{venv} cannot be made: {reason}", "无法建立 {venv}：{reason}"),
    "unknown-group": ("There is no group “{got}”; there are: {groups}.", "没有名为“{got}”的组；可选：{groups}。"),
    "checking": ("== {check}", "== {check}"),
    "failed": ("Did not hold: {checks}", "未通过：{checks}"),
}


def language(env: "os._Environ[str] | dict[str, str]") -> str:
    """Return zh or en, as GUIJU_LANG or else the locale asks."""
    for name in ("GUIJU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if env.get(name):
            return "zh" if env[name].lower().startswith("zh") else "en"
    return "en"


def words(key: str, **fields: object) -> str:
    """Return one message in the reader's language."""
    return WORDS[key][language(os.environ) == "zh"].format(**fields)


def say(key: str, **fields: object) -> None:
    """Say something on stderr, at once."""
    print(words(key, **fields), file=sys.stderr, flush=True)


def python_problem(version: "tuple[int, ...]") -> str:
    """Return what is wrong with this Python, or nothing."""
    if PYTHONS[0] <= tuple(version[:2]) < PYTHONS[1]:
        return ""
    oldest, newest = (".".join(map(str, bound)) for bound in PYTHONS)
    found = ".".join(map(str, version[:3]))
    return words("python", oldest=oldest, newest=newest, found=found, path=sys.executable)


if python_problem(sys.version_info[:3]):  # said before anything that an old Python could not read
    print(python_problem(sys.version_info[:3]), file=sys.stderr)
    sys.exit(COULD_NOT_SET_UP)

import tomllib  # noqa: E402 - only now is it known to exist
from collections.abc import Iterator, Sequence  # noqa: E402


class SetupError(Exception):
    """Guiju could not be set up; the message says what to do."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(words(key, **fields))
        self.key = key


class Setup:
    """The environment Guiju runs in: where it is, whether it is whole, and how it is made."""

    MARK = "made-by-run.py"

    def __init__(self, root: Path, venv: str = "") -> None:
        self.root = root
        self.venv = (Path(venv).expanduser() if venv else root / ".venv").resolve()
        self.is_default = not venv
        self.scripts = self.venv / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.script("python")

    def script(self, name: str) -> Path:
        """Return the path of a program in the environment."""
        return self.scripts / (f"{name}.exe" if os.name == "nt" else name)

    # -- is it whole?

    def wanted(self, group: str) -> str:
        """Return the stamp of a finished set-up: the lock, what pyproject.toml says of packaging, the Python, and the place."""
        project = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))
        packaging = [project.get("build-system"), project.get("project"), project.get("tool", {}).get("hatch")]
        parts = [
            (self.root / "requirements" / f"{group}.txt").read_text(encoding="utf-8"),
            json.dumps(packaging, sort_keys=True),
            "{}.{}".format(*sys.version_info[:2]),
            str(self.root),
        ]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def stamp(self, group: str) -> Path:
        """Return the file that is written when a group is wholly installed."""
        return self.venv / f"stamp-{group}"

    def stamped(self, group: str) -> bool:
        """Say whether a group was wholly installed, from the present lock."""
        try:
            return self.stamp(group).read_text(encoding="utf-8") == self.wanted(group)
        except FileNotFoundError:
            return False

    def healthy(self) -> bool:
        """Say whether the environment's Python starts, is of this version, and finds a package."""
        probe = "import sys, yaml; print('{}.{}'.format(*sys.version_info[:2]))"
        try:
            done = subprocess.run([self.python, "-I", "-c", probe], capture_output=True, text=True, check=False)
        except OSError:
            return False
        return done.stdout.strip() == "{}.{}".format(*sys.version_info[:2]) and self.script("guiju").exists()

    def ready(self, group: str) -> bool:
        """Say whether nothing needs to be done for a group."""
        return any(self.stamped(holder) for holder in GROUPS[group]) and self.healthy()

    # -- making it

    def ensure(self, group: str) -> None:
        """Make the environment ready for a group, unless it is."""
        if self.ready(group):
            return
        try:
            with self.alone():
                if not self.ready(group):
                    self.make(group)
        except OSError as error:
            raise SetupError("cannot-write", venv=self.venv, reason=error) from error

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock beside the environment; the system lets go of it if this process dies."""
        self.venv.parent.mkdir(parents=True, exist_ok=True)
        with self.venv.with_name(self.venv.name + ".lock").open("a+b") as file:
            told = False
            while not _try_lock(file.fileno()):
                if not told:
                    say("waiting", venv=self.venv)
                    told = True
                time.sleep(0.2)
            yield

    def make(self, group: str) -> None:
        """Build the environment, or add a group to one that is whole. The stamp comes last."""
        whole = any(self.stamped(other) for other in GROUPS) and self.healthy()
        if not whole:
            self.renew()
        say("setting-up", venv=self.venv, group=group)
        pip = [*self.pip(), "install", "--disable-pip-version-check", "--no-input", "--retries", "10", "--timeout", "60"]
        self.install([*pip, "--require-hashes", "-r", str(self.root / "requirements" / f"{group}.txt")])
        if not whole:
            self.install([*pip, "--no-deps", "--no-build-isolation", "-e", str(self.root)])
        self.stamp(group).write_text(self.wanted(group), encoding="utf-8")

    def renew(self) -> None:
        """Clear away what is there, if it is ours, and make an environment without pip."""
        try:
            import venv  # some systems leave it out
        except ImportError:
            raise SetupError("no-venv", python=sys.executable) from None
        if self.venv.exists() and (not self.venv.is_dir() or any(self.venv.iterdir())):
            if not (self.is_default or (self.venv / self.MARK).exists()):
                raise SetupError("not-ours", venv=self.venv)
            say("rebuilding", venv=self.venv)
            shutil.rmtree(self.venv) if self.venv.is_dir() else self.venv.unlink()
        self.venv.mkdir(parents=True, exist_ok=True)
        (self.venv / self.MARK).write_text("python3 run.py setup\n", encoding="utf-8")
        venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(self.venv)

    def pip(self) -> list[str]:
        """Return the command that installs into the environment: this Python's pip, or one unpacked from the standard library."""
        newest: tuple[int, ...] = ()
        for python in dict.fromkeys((sys.executable, getattr(sys, "_base_executable", sys.executable))):
            newest = max(newest, pip_version(python))
            if newest >= OLDEST_PIP:
                return [python, "-m", "pip", "--python", str(self.python)]
        unpack = subprocess.run([self.python, "-m", "ensurepip"], capture_output=True, env=quiet_env(), check=False)
        if unpack.returncode == 0:
            return [str(self.python), "-m", "pip"]
        if not newest:
            raise SetupError("no-pip", python=sys.executable)
        found, oldest = (".".join(map(str, version)) for version in (newest, OLDEST_PIP))
        raise SetupError("old-pip", python=sys.executable, found=found, oldest=oldest)

    def install(self, command: Sequence[str]) -> None:
        """Run pip, its progress shown on stderr."""
        sys.stderr.flush()
        if subprocess.run(command, stdout=2, cwd=self.root, env=quiet_env(), check=False).returncode:
            raise SetupError("install-failed")


def _try_lock(number: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def pip_version(python: str) -> tuple[int, ...]:
    """Return the version of a Python's pip as numbers, or nothing where it has none."""
    try:
        done = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, text=True, env=quiet_env(), check=False)
    except OSError:
        return ()
    found = done.stdout.split()[1:2] if done.returncode == 0 else []
    return tuple(int(part) for part in found[0].split(".") if part.isdigit()) if found else ()


def quiet_env() -> dict[str, str]:
    """Return the surroundings without what would make pip install elsewhere, or find what is not in the environment."""
    misleading = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON"}
    return {name: value for name, value in os.environ.items() if name not in misleading | {"PIP_REQUIRE_VIRTUALENV"}}


def test(setup: Setup, arguments: Sequence[str]) -> int:
    """Run every check even if one fails; the exit code is pytest's own unless only another check failed."""
    python = str(setup.python)
    checks = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "mypy --strict": [python, "-m", "mypy", "--strict", "src", "run.py"],
        "lint-imports": [str(setup.script("lint-imports"))],
        "pytest": [python, "-m", "pytest", *arguments],
    }
    codes = {}
    for check, command in checks.items():
        say("checking", check=check)
        codes[check] = subprocess.run(command, cwd=setup.root, check=False).returncode
    failed = [check for check, code in codes.items() if code]
    if failed:
        say("failed", checks=", ".join(failed))
    return codes["pytest"] or int(bool(failed))


def guiju(setup: Setup, arguments: Sequence[str]) -> int:
    """Become `guiju`; where a process cannot be replaced, run it and return its exit code."""
    command = [str(setup.script("guiju")), *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def chosen_group(word: str, rest: Sequence[str]) -> str:
    """Return the group of packages a word needs."""
    if word != "setup":
        return "test" if word == "test" else "run"
    group = " ".join(rest) or "run"
    if group not in GROUPS:
        raise SetupError("unknown-group", got=group, groups=", ".join(GROUPS))
    return group


def main(arguments: Sequence[str]) -> int:
    """Do one of the words of this script, or pass them all to `guiju`."""
    if not arguments:
        say("usage")
        return 2
    word, rest = arguments[0], arguments[1:]
    setup = Setup(Path(__file__).resolve().parent, os.environ.get("GUIJU_VENV", ""))
    try:
        setup.ensure(chosen_group(word, rest))
    except SetupError as problem:
        print(problem, file=sys.stderr)
        return COULD_NOT_SET_UP
    if word == "setup":
        say("ready", venv=setup.venv)
        return 0
    return test(setup, rest) if word == "test" else guiju(setup, arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
