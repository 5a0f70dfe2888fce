"""A throw-away PostgreSQL, for tests that want both databases."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = "guiju.institutions.settings"
RUN = "import django, json; django.setup(); from tests.institutions.{} import main; print(json.dumps(main()))"


def run_on(database: str, home: Path, module: str) -> Any:
    """Run ``main`` of a module of these tests in a process of its own on ``sqlite`` or ``postgresql``; what it returns."""
    if database == "postgresql" and binaries() is None:
        pytest.skip("no PostgreSQL below /usr/lib/postgresql")
    with cluster() if database == "postgresql" else nullcontext("") as url:
        environment = {**os.environ, "GUIJU_HOME": str(home), "GUIJU_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": SETTINGS}
        command = [sys.executable, "-c", RUN.format(module)]
        ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


@contextmanager
def cluster() -> Iterator[str]:
    """Run a cluster on a free port; yields the address of its database. As root it runs as the user postgres."""
    programs = binaries()
    assert programs is not None
    folder = Path(mkdtemp(prefix="guiju-pg-"))
    before: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        before = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*words: str) -> None:
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)}
        subprocess.run([*before, *words], check=True, stdout=subprocess.DEVNULL, env=environment, cwd=folder)

    data = str(folder / "data")
    run(str(programs / "initdb"), "-D", data, "-U", "guiju", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    run(str(programs / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgres://guiju@127.0.0.1:{port}/postgres"
    finally:
        run(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
