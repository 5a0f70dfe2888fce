"""Twenty readers at a real `guiju serve`: how long they wait for results and for rules; beside two peers, in one run.

    python benchmarks/web/load.py [--minutes 3] [--readers 20] [--database-url postgres://...] [--datasette PROGRAM]

The site is started by its command on a folder of its own and filled through its own forms: checks of every dossier in samples/,
each under several names (so that none is another's in a cache), and a link to the result of each. Then every reader, on a
connection of its own, asks for a page, reads the whole answer, thinks for a second on average (exponentially spread), and asks
again. Pages are drawn at random: norms over the whole corpus in both languages, instruments, results, shared results, rules
within results, and every so often a new check, whose first result nobody has worked out yet. Readers and site share the machine.

Before that, everything but the new checks is read over several connections, so that each process of the site has had it once:
what is measured is a site in use, and what a first view takes stands in a row of its own. Measured is the time from the request
to the last byte. The first seconds are left out.
The peers are read afterwards by the same readers in the same way: peers.py says what they are.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import peers
from site_under_test import Site, Visitor, cpu, duties_in, keep_result, open_check, rule_addresses

SAMPLES = Path(__file__).parents[2] / "samples"
LANGUAGES = ("en", "zh")
GOAL = 300
"""Milliseconds within which 95 of 100 pages are to come."""

SETTLING = 10.0
"""Seconds at the beginning that are not counted."""

CONNECTIONS = 6
"""Over how many connections pages are read beforehand: all of one process, once in thirty-two runs."""

Act = Callable[[Visitor, random.Random], str]
"""Asks for something; what kind of page that was."""


@dataclass
class Measured:
    """Times in milliseconds by kind of page, what the server worked for them in seconds, and what was not answered well."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    worked: float = 0.0
    failed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, taken: float) -> None:
        with self.lock:
            self.times[kind].append(taken * 1000)


def read_for(
    seconds: float, readers: int, server: Site | peers.Peer, act: Callable[[Visitor, random.Random], tuple[str, float]]
) -> Measured:
    """Readers, each asking, thinking and asking again."""
    measured, begun = Measured(), time.monotonic()

    def one(number: int) -> None:
        chance, visitor = random.Random(number), Visitor(server.host, server.port)
        time.sleep(chance.random())
        while (now := time.monotonic()) < begun + SETTLING + seconds:
            try:
                kind, taken = act(visitor, chance)
            except (OSError, AssertionError) as problem:
                measured.failed.append(repr(problem))
            else:
                if now > begun + SETTLING:
                    measured.add(kind, taken)
            time.sleep(chance.expovariate(1))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    time.sleep(SETTLING)
    measured.worked = -cpu(server.process.pid)
    for thread in threads:
        thread.join()
    measured.worked += cpu(server.process.pid)
    return measured


def timed(visitor: Visitor, path: str) -> tuple[float, bytes]:
    """How long a page takes, in seconds, and the page."""
    begun = time.perf_counter()
    status, page = visitor.get(path)
    taken = time.perf_counter() - begun
    assert status == 200, (status, path)
    return taken, page


class Pages:
    """What can be read on the site, and how often each kind is."""

    WEIGHTS: ClassVar = {
        "norm": 40,
        "instrument": 6,
        "rules found": 6,
        "result": 18,
        "shared result": 12,
        "rule in a result": 14,
        "new check": 4,
    }

    def __init__(self, visitor: Visitor, names: int) -> None:
        self.texts = [one.read_text(encoding="utf-8") for one in sorted(SAMPLES.glob("*.yaml"))]
        self.of: dict[str, list[str]] = defaultdict(list)
        for lang in LANGUAGES:
            norms, instruments = rule_addresses(lang)
            self.of["norm"] += norms
            self.of["instrument"] += instruments
            self.of["rules found"] += [f"/{lang}/rules/?q={one}" for one in ("watermark", "50", "%E7%AE%97%E6%B3%95", "provider")]
        for number in range(names):
            for text in self.texts:
                key = open_check(visitor, "en", renamed(text, number))
                shared = keep_result(visitor, "en", key)
                for lang in LANGUAGES:
                    self.of["result"].append(f"/{lang}/check/{key}/result")
                    self.of["shared result"].append(f"/{lang}" + shared.removeprefix("/en"))
                    _, page = visitor.get(f"/{lang}/check/{key}/result")
                    self.of["rule in a result"] += duties_in(page)

    def read_all(self, visitor: Visitor) -> None:
        """Every page of a result, and every rule in one, once."""
        for kind in ("result", "shared result", "rule in a result", "instrument", "rules found"):
            for path in self.of[kind]:
                timed(visitor, path)

    def ask(self, visitor: Visitor, chance: random.Random) -> tuple[str, float]:
        """One page at random."""
        (kind,) = chance.choices(list(self.WEIGHTS), list(self.WEIGHTS.values()))
        if kind == "new check":
            key = open_check(visitor, "en", renamed(chance.choice(self.texts), chance.randrange(10**9)))
            return "result, first view", timed(visitor, f"/{chance.choice(LANGUAGES)}/check/{key}/result")[0]
        return kind, timed(visitor, chance.choice(self.of[kind]))[0]


def renamed(text: str, number: int) -> str:
    """A dossier that says the same of a system of another name."""
    return text.replace("system: {id: ", f"system: {{id: n{number}-", 1)


def only(paths: Sequence[str], kind: str) -> Callable[[Visitor, random.Random], tuple[str, float]]:
    """Readers of one kind of page."""
    return lambda visitor, chance: (kind, timed(visitor, chance.choice(paths))[0])


def told(measured: Measured) -> None:
    """Print a table."""
    for kind, times in sorted(measured.times.items()):
        cuts = statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
        p50, p95, p99 = cuts[49], cuts[94], cuts[98]
        late = "" if p95 <= GOAL else f"   over {GOAL}"
        print(f"{kind:22} {len(times):6} {p50:8.1f} {p95:8.1f} {p99:8.1f} {max(times):8.0f}{late}", flush=True)
    pages = sum(map(len, measured.times.values()))
    print(f"the server worked {measured.worked * 1000 / max(1, pages):.1f} ms for a page", flush=True)
    for one in measured.failed[:5]:
        print("not answered:", one)
    if measured.failed:
        print("not answered in all:", len(measured.failed))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minutes", type=float, default=3)
    asked.add_argument("--readers", type=int, default=20)
    asked.add_argument("--names", type=int, default=4, help="names under which each sample is checked")
    asked.add_argument("--database-url", default="")
    asked.add_argument("--datasette", default="datasette")
    given = asked.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        site = stack.enter_context(Site(folder / "home", given.database_url))
        visitor = Visitor(site.host, site.port)
        begun = time.perf_counter()
        pages = Pages(visitor, given.names)
        print(f"{len(pages.of['result']) // 2} checks made, shared and first seen in {time.perf_counter() - begun:.1f} s")
        begun = time.perf_counter()
        warming = [threading.Thread(target=pages.read_all, args=(Visitor(site.host, site.port),)) for _ in range(CONNECTIONS)]
        for one in warming:
            one.start()
        for one in warming:
            one.join()
        print(f"every page read over {CONNECTIONS} connections beforehand in {time.perf_counter() - begun:.1f} s")
        print(
            f"load of the machine before: {os.getloadavg()[0]:.2f} (1 minute); {given.readers} readers, {given.minutes:g} minutes"
        )
        print(f"{'milliseconds':22} {'pages':>6} {'p50':>8} {'p95':>8} {'p99':>8} {'most':>8}")
        told(read_for(given.minutes * 60, given.readers, site, pages.ask))
        print(f"memory of the site's processes together: {site.memory()} MB")
        print("beside each other, one kind of page each:")
        beside(stack, folder, site, pages, given)


def beside(stack: ExitStack, folder: Path, site: Site, pages: Pages, given: argparse.Namespace) -> None:
    """The same readers at a norm page of ours and at the peers; what one page costs each server."""
    seconds = max(20.0, given.minutes * 60 / 4)
    some = random.Random(1).sample(pages.of["norm"], 200)
    found: list[tuple[str, Site | peers.Peer, list[str]]] = [("norm page", site, some)]
    found.append(("ready-made", stack.enter_context(peers.ready_made(folder, some, Visitor(site.host, site.port).get)), some))
    other = peers.datasette(folder, given.datasette)
    if other is None:
        print("Datasette is not installed: left out")
    else:
        found.append(("Datasette row", stack.enter_context(other[0]), other[1]))
    ours = 0.0
    for name, server, paths in found:
        measured = read_for(seconds, given.readers, server, only(paths, name))
        told(measured)
        cost = measured.worked / max(1, len(measured.times[name]))
        ours = ours or cost
        if server is not site:
            print(f"  a norm page of ours takes {ours / cost:.1f} times the work")


if __name__ == "__main__":
    main()
