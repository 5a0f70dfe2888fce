"""Kill -9 under concurrent writers, many times: ``run.py --database sqlite|postgresql [--cycles 1000]`` (see README.md)."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent))

from cycles import Figures, begin, drive, judge
from postgres import Server


def run(database: str, cycles: int, seed: int, fsync: bool, server_every: int) -> Figures:
    figures = Figures(database)
    started = time.perf_counter()
    if database == "sqlite":
        with TemporaryDirectory(prefix="guiju-crash-") as folder:
            place = str(Path(folder) / "record.sqlite3")
            begin(place)
            judge(place, drive(place, figures, cycles, seed), figures)
    else:
        server = Server(fsync)
        try:
            begin(server.url)
            said = drive(server.url, figures, cycles, seed, server.kill, server.start, server_every)
            judge(server.url, said, figures)
        finally:
            server.end()
    figures.seconds = round(time.perf_counter() - started, 1)
    return figures


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--database", choices=["sqlite", "postgresql"], required=True)
    words.add_argument("--cycles", type=int, default=1000)
    words.add_argument("--seed", type=int, default=7)
    words.add_argument("--no-fsync", action="store_true", help="PostgreSQL without fsync (for tests on slow disks)")
    words.add_argument("--server-every", type=int, default=10, metavar="N", help="kill the PostgreSQL server too, every N cycles")
    words.add_argument("--json", action="store_true")
    given = words.parse_args()
    figures = run(given.database, given.cycles, given.seed, not given.no_fsync, given.server_every)
    if given.json:
        print(json.dumps(figures.to_json()))
    else:
        for name, value in figures.to_json().items():
            print(f"{name.replace('_', ' '):20} {value}")
    return 0 if figures.holds else 1


if __name__ == "__main__":
    sys.exit(main())
