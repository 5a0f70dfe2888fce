"""What the same readers are served beside the site, on the same machine in the same run.

- *ready-made*: the very bytes of the site's own norm pages, handed out unread by the same server (granian, same processes and
  threads) from a dict. What is above this is our own work: Django, the rules, the templates.
- *Datasette*: the same norms as rows of an SQLite table, shown one by one by a server of reference data that many use; it links
  nothing, knows no days and no language. Left out, and said to be, where it is not installed.
"""

from __future__ import annotations

import http.client
import os
import pickle
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Self

_READY_MADE = """
import os, pickle
with open(os.environ["PAGES"], "rb") as found:
    PAGES = pickle.load(found)
def application(environ, start):
    body = PAGES.get(environ["PATH_INFO"])
    start("200 OK" if body else "404 Not Found", [("Content-Type", "text/html; charset=utf-8")])
    return [body or b""]
"""

_SERVE = """
import os
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
Granian("ready_made:application", address="127.0.0.1", port=int(os.environ["PORT"]), interface=Interfaces.WSGI,
        workers=min(2, os.cpu_count() or 1), blocking_threads=4, websockets=False, log_level=LogLevels.warning).serve()
"""


class Peer:
    """A server of another kind, ended when the measure is over."""

    def __init__(self, command: list[str], port: int, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.host, self.port = "127.0.0.1", port
        self.process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._wait()

    def _wait(self) -> None:
        for _ in range(200):
            try:
                connection = http.client.HTTPConnection(self.host, self.port, timeout=5)
                connection.request("GET", "/")
                connection.getresponse().read()
            except OSError:
                time.sleep(0.1)
            else:
                connection.close()
                return
        raise SystemExit("a peer did not start")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(30)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def ready_made(folder: Path, paths: Iterable[str], get: Callable[[str], tuple[int, bytes]]) -> Peer:
    """The site's own pages as they came, from the same server."""
    pages = {path: get(path)[1] for path in paths}
    (folder / "pages").write_bytes(pickle.dumps(pages))
    (folder / "ready_made.py").write_text(_READY_MADE)
    port = _free_port()
    environment = {"PAGES": str(folder / "pages"), "PORT": str(port), "PYTHONPATH": str(folder)}
    return Peer([sys.executable, "-c", _SERVE], port, folder, environment)


def datasette(folder: Path, command: str) -> tuple[Peer, list[str]] | None:
    """The norms in Datasette, and the address of each; None where it is not installed."""
    program = shutil.which(command)
    if program is None:
        return None
    from guiju.norms import builtin

    paths = []
    with sqlite3.connect(folder / "norms.db") as database:
        database.execute("CREATE TABLE norms (number INTEGER PRIMARY KEY, id, instrument, kind, modality, place, zh, en)")
        for number, (name, versions) in enumerate(builtin().norms.items(), 1):
            norm = versions[-1]
            row = (
                number,
                name,
                norm.instrument,
                norm.kind,
                norm.modality,
                norm.pinpoint.get("en"),
                norm.summary["zh"],
                norm.summary["en"],
            )
            database.execute("INSERT INTO norms VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            paths.append(f"/norms/norms/{number}")
    port = _free_port()
    return Peer([program, "serve", "-i", "norms.db", "-p", str(port)], port, folder), paths
