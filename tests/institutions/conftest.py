"""The web system under test: unit tests have a home of their own, and `site` is the real thing, served."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.utils.module_loading import autodiscover_modules

from guiju.record import COSIGNER, MemoryState, PrivateKey, VerifierKey, Witness, WitnessServer

ADDRESS = re.compile(r"http://[\w.:\[\]]+/")
STARTS_WITHIN = 120
GUIJU = (sys.executable, "-c", "from guiju.cli import main; main()")


@pytest.fixture(scope="session")
def test_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home folder of unit tests: empty but for what they keep there."""
    home = tmp_path_factory.mktemp("home")
    (home / "static").mkdir()
    return home


@pytest.fixture(scope="session", autouse=True)
def seams() -> None:
    """Let every app register what it has before a test puts something in its place, or it would be taken away with that."""
    autodiscover_modules("cases", "receipts", "tasks", "reactions", "belonging")


@pytest.fixture(autouse=True)
def own_home(settings: Any, test_home: Path) -> None:
    """Keep each test out of the person's own home; static files need not be collected."""
    settings.HOME = test_home
    settings.STATIC_ROOT = test_home / "static"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


class Served:
    """A site started by the command, as a person would."""

    def __init__(self, home: Path, *options: str, **more: str) -> None:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GUIJU_")} | more
        self.process = subprocess.Popen(
            [*GUIJU, "serve", "--home", str(home), "--lang", "en", *options],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        late = threading.Timer(STARTS_WITHIN, self.process.kill)
        late.start()
        line = self.process.stdout.readline()
        late.cancel()
        found = ADDRESS.search(line)
        if found is None:
            self.end()
            raise AssertionError(line or "it ended without an address")
        self.url = found[0].rstrip("/")

    def end(self, by: int = signal.SIGTERM) -> int:
        """Ask it to end; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        code = self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


class Site(NamedTuple):
    """A site served for the whole run: its home, the key of its record, and that of its witness."""

    served: Served
    home: Path
    log: VerifierKey
    witness: VerifierKey


@pytest.fixture(scope="session")
def served_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a site with a witness; the key of its record is made beforehand, so that the witness knows it."""
    home = tmp_path_factory.mktemp("served")
    key, witness = PrivateKey.made("served.example/log"), PrivateKey.made("witness.example", COSIGNER)
    (home / "record-key").write_text(key.secret, encoding="utf-8")
    with WitnessServer(Witness(witness, [key.verifier], MemoryState())) as server:
        watching = threading.Thread(target=server.serve_forever, daemon=True)
        watching.start()
        served = Served(home, "--port", "18317", GUIJU_WITNESSES=f"{server.url} {witness.verifier}")
        yield Site(served, home, key.verifier, witness.verifier)
        code = served.end()
        server.shutdown()
    assert code == 0


@pytest.fixture(scope="session")
def site(served_site: Site) -> str:
    """Return the address (without a slash at its end) of a site served for the whole run."""
    return served_site.served.url
