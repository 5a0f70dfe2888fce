"""A real site for the measure: started by the command, filled through its own forms, as its readers would."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Self
from urllib.parse import quote, urlencode

GUIJU = (sys.executable, "-c", "from guiju.cli import main; main()")
_ADDRESS = re.compile(r"http://([\w.\[\]]+):(\d+)/")
_FORM_KEY = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Site:
    """`guiju serve` on a folder of its own, ended when the measure is over."""

    def __init__(self, home: Path, database: str = "") -> None:
        options = ["--database-url", database] if database else []
        self.process = subprocess.Popen(
            [*GUIJU, "serve", "--home", str(home), "--port", "18520", "--lang", "en", *options], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        found = _ADDRESS.search(self.process.stdout.readline())
        assert found is not None, "the site did not start"
        self.host, self.port = found[1], int(found[2])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(30)

    def memory(self) -> int:
        """What all its processes hold, in MB (resident; shared pages count in each)."""
        pages = (int((one / "statm").read_text().split()[1]) for one in _family(self.process.pid))
        return sum(pages) * 4096 // 1024**2


def cpu(process: int) -> float:
    """What a process and those below it have worked, in seconds; whatever else runs on the machine is not in it."""
    ticks = 0
    for one in _family(process):
        found = _stat(one)
        ticks += int(found[11]) + int(found[12]) if found else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def _family(process: int) -> list[Path]:
    found = {process}
    for _ in range(4):
        found |= {int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit() and _parent(one) in found}
    return [Path("/proc") / str(one) for one in found]


def _parent(process: Path) -> int:
    found = _stat(process)
    return int(found[1]) if found else 0


def _stat(process: Path) -> list[str]:
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


class Visitor:
    """One browser: a connection that is kept, and a cookie for forms."""

    def __init__(self, host: str, port: int) -> None:
        self.connection = http.client.HTTPConnection(host, port, timeout=60)
        self.cookie = ""

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and page."""
        try:
            status, _, body = self._ask("GET", path, None)
        except http.client.RemoteDisconnected:  # some servers hang up on a reader who thinks for long
            status, _, body = self._ask("GET", path, None)
        return status, body

    def post(self, path: str, seen: bytes, fields: dict[str, str]) -> str:
        """Send a form of the page that was seen; where it leads."""
        key = _FORM_KEY.search(seen.decode())
        assert key is not None
        status, place, _ = self._ask("POST", path, urlencode({"csrfmiddlewaretoken": key[1], **fields}).encode())
        assert status == 302, (status, path)
        return place

    def _ask(self, method: str, path: str, body: bytes | None) -> tuple[int, str, bytes]:
        headers = {"Accept-Encoding": "identity", **({"Cookie": self.cookie} if self.cookie else {})}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (http.client.HTTPException, OSError):
            self.connection.close()
            raise
        given = answer.getheader("Set-Cookie") or ""
        self.cookie = given.partition(";")[0] or self.cookie
        return answer.status, answer.getheader("Location") or "", content


def open_check(visitor: Visitor, lang: str, text: str) -> str:
    """Paste a dossier into the form; the key of the check that it made."""
    _, seen = visitor.get(f"/{lang}/check/")
    place = visitor.post(f"/{lang}/check/start", seen, {"way": "card", "text": text})
    return place.split("/")[3]


def keep_result(visitor: Visitor, lang: str, key: str) -> str:
    """Give a link to the result of a check; its address."""
    _, seen = visitor.get(f"/{lang}/check/{key}/result")
    visitor.post(f"/{lang}/check/{key}/result/share", seen, {})
    _, links = visitor.get(f"/{lang}/check/{key}/links")
    found = re.findall(r"/check/result/([\w-]{16,})", links.decode())
    assert found
    return f"/{lang}/check/result/{found[0]}"


def duties_in(page: bytes) -> list[str]:
    """The addresses of rules that a result page leads to."""
    return [one.replace("&amp;", "&") for one in re.findall(r'href="([^"]+/duty\?[^"]+)"', page.decode())]


def rule_addresses(lang: str) -> tuple[list[str], list[str]]:
    """The pages of all norms, and of all instruments."""
    from guiju.norms import builtin

    corpus = builtin()
    norms = [f"/{lang}/rules/{quote(one.replace('#', '/'))}" for one in corpus.norms]
    return norms, [f"/{lang}/rules/{quote(one)}" for one in corpus.instruments]
