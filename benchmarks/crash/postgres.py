"""A PostgreSQL of its own, that can be killed and started again. As root it runs as the user postgres."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

PATIENCE = 30.0
"""Seconds to come up again; orphans of a killed server may hold its memory for a while."""


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


class Server:
    """One cluster in a folder that goes with it."""

    def __init__(self, fsync: bool) -> None:
        programs = binaries()
        if programs is None:
            raise SystemExit("no PostgreSQL below /usr/lib/postgresql")
        self._programs = programs
        self._folder = Path(mkdtemp(prefix="guiju-crash-"))
        self._data = self._folder / "data"
        self._before: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
            self._before = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._options = (
            f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder}"
            f" -c fsync={'on' if fsync else 'off'} -c max_connections=40"
        )
        self._run("initdb", "-D", str(self._data), "-U", "guiju", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    @property
    def url(self) -> str:
        return f"postgres://guiju@127.0.0.1:{self._port}/postgres"

    def start(self) -> float:
        """Start it, recovering what a kill left; the seconds that took."""
        begun = time.perf_counter()
        while True:
            try:
                log = str(self._folder / "log")
                self._run("pg_ctl", "-D", str(self._data), "-w", "-l", log, "-o", self._options, "start")
                return time.perf_counter() - begun
            except subprocess.CalledProcessError:
                if time.perf_counter() - begun > PATIENCE:
                    raise
                time.sleep(0.1)

    def kill(self) -> None:
        """Kill -9 the postmaster: nothing is written down, nobody is told."""
        os.kill(int((self._data / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGKILL)

    def end(self) -> None:
        with suppress(subprocess.CalledProcessError):  # it is not running
            self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *words: str) -> None:
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self._folder)}
        command = [*self._before, str(self._programs / program), *words]
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=self._folder
        )
