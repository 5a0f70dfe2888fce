"""The group of processes: started together, started again when one dies, ended together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from typing import Final

from guiju.institutions.serving.demonstration import check_host
from guiju.institutions.serving.home import check_database, prepare_home, running, set_environment
from guiju.institutions.serving.ports import address_of, free_port, own_port
from guiju.institutions.serving.problem import ServeError
from guiju.wording import text

FIRST_DELAY: Final = 0.5
LONGEST_DELAY: Final = 30.0
STEADY: Final = 60.0
"""Seconds after which a process counts as running well: its next death is again its first."""

PATIENCE: Final = 120.0
"""Seconds that the web process has for its first answer."""

GRACE: Final = 15.0
"""Seconds in which processes may finish what they are at."""

PORT: Final = 8317

Say = Callable[[str], None]


@dataclass(slots=True)
class Child:
    """One process, and when it is started again if it dies."""

    role: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again: float = 0.0
    deaths: int = field(default=0)

    def start(self, moment: float) -> None:
        """Start it in a session of its own, so that a key pressed in the terminal reaches the group through us alone."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "guiju.institutions.serving", self.role],
            stdin=subprocess.PIPE,  # held open: when we are gone it closes, and the process ends itself
            stdout=2,  # standard output is for the one line with the address
            start_new_session=True,
        )
        self.started = moment

    def look(self, moment: float) -> float | None:
        """Start it again when its time has come; if it has just died, the seconds until then."""
        if self.process is None:
            if moment >= self.again:
                self.start(moment)
            return None
        if self.process.poll() is None:
            return None
        self.deaths = 1 if moment - self.started > STEADY else self.deaths + 1
        delay = min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** (self.deaths - 1))
        self._close()
        self.process, self.again = None, moment + delay
        return delay

    def end(self, by: int) -> None:
        """Send a signal, if it still runs; the hard one reaches whatever it has started too."""
        if self.process is None or self.process.poll() is not None:
            return
        try:
            if by != signal.SIGTERM and hasattr(os, "killpg"):
                os.killpg(self.process.pid, by)
            else:
                self.process.terminate()
        except ProcessLookupError:
            pass

    def wait(self, seconds: float) -> bool:
        """Whether it has ended within these seconds."""
        if self.process is None:
            return True
        try:
            self.process.wait(max(0.0, seconds))
        except subprocess.TimeoutExpired:
            return False
        self._close()
        return True

    def _close(self) -> None:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()


class Group:
    """The processes of a site, watched until told to end."""

    def __init__(self, roles: Sequence[str], tell: Callable[[str, float], None]) -> None:
        self.children = [Child(role) for role in roles]
        self.ending = Event()
        self._tell = tell

    def start(self) -> None:
        """Start all of them, and end them when this process is told to end."""
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, lambda *_: self.ending.set())
        for child in self.children:
            child.start(time.monotonic())

    def look(self) -> None:
        """Start again what has died."""
        for child in self.children:
            delay = child.look(time.monotonic())
            if delay is not None:
                self._tell(child.role, delay)

    def watch(self) -> None:
        """Look after them until told to end."""
        while not self.ending.wait(0.2):
            self.look()

    def end(self) -> None:
        """End all of them: first asked, then made to."""
        for child in self.children:
            child.end(signal.SIGTERM)
        until = time.monotonic() + GRACE
        for child in self.children:
            if not child.wait(until - time.monotonic()):
                child.end(getattr(signal, "SIGKILL", signal.SIGTERM))
                child.wait(5)


def serve(host: str, port: int, database: str, home: Path, lang: str, say: Say, note: Say, demo: bool = False) -> int:
    """Serve a site until told to end; 0. ``say`` is given the one line with the address, ``note`` what happens on the way.

    ``demo``: with the example world in its database, as a demonstration on this machine.

    :raises ServeError: if it cannot be served as asked.
    """
    check_database(database)
    if demo:
        check_host(host)
    chosen = free_port(host, port)
    home = prepare_home(home)
    set_environment(home, database, host, demo)
    from guiju.institutions.serving.site import prepare_site

    note(text("serve.preparing", lang, home=home))
    if demo:
        note(text("demo.seeding", lang))
    with running(home):
        prepare_site(home, demo)
        return _served(host, (port, chosen), lang, say, note, demo)


def _served(host: str, ports: tuple[int, int], lang: str, say: Say, note: Say, demo: bool) -> int:
    """Run the group of a site that is ready, on the second port, told where it is not the first; 0 when told to end."""
    port, chosen = ports
    with own_port(host, chosen) as mine:
        if mine != port:
            note(text("serve.port-taken", lang, port=port, chosen=mine))
        os.environ.update(GUIJU_ADDRESS=host, GUIJU_PORT=str(mine))
        group = Group(("web", "worker", "sequencer"), _told(lang, note))
        group.start()
        try:
            if _answers(group, address_of(host, mine)):
                say(text("serve.ready", lang, address=address_of(host, mine)))
                if demo:
                    note(text("demo.here", lang, address=f"{address_of(host, mine)}{lang}/example/"))
                group.watch()
        finally:
            group.end()
    return 0


def work(database: str, home: Path, lang: str, note: Say) -> int:
    """Run the worker alone, beside a site on the same database; 0 when told to end.

    :raises ServeError: if the database cannot be used.
    """
    check_database(database)
    home = prepare_home(home)
    set_environment(home, database, "127.0.0.1")
    from guiju.institutions.serving.site import prepare_site

    with running(home):
        prepare_site(home, record=False)
        group = Group(("worker",), _told(lang, note))
        group.start()
        note(text("serve.working", lang, home=home))
        try:
            group.watch()
        finally:
            group.end()
    return 0


def _told(lang: str, note: Say) -> Callable[[str, float], None]:
    def told(role: str, delay: float) -> None:
        note(text("serve.died", lang, role=text(f"serve.role-{role}", lang), seconds=f"{delay:g}"))

    return told


def _answers(group: Group, address: str) -> bool:
    """Wait for the first answer; False if told to end before it comes.

    :raises ServeError: if it does not come.
    """
    host, _, port = address.removeprefix("http://").rstrip("/").rpartition(":")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and group.children[0].deaths < 4:
        if group.ending.wait(0.1):
            return False
        group.look()
        connection = HTTPConnection(host.strip("[]"), int(port), timeout=30)
        try:
            connection.request("GET", "/en/", headers={"Host": "localhost"})
            if connection.getresponse().status < 500:
                return True
        except (OSError, HTTPException):
            continue
        finally:
            connection.close()
    raise ServeError("serve.did-not-start")
