"""Killed with signal 9 at any moment, under writers: nothing acknowledged is lost, and the record is whole."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CYCLES = 25


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_nothing_acknowledged_is_lost(database: str) -> None:
    """The same code that `benchmarks/crash/run.py --cycles 1000` runs for long; the server of PostgreSQL is killed twice."""
    script = ROOT / "benchmarks" / "crash" / "run.py"
    command = [sys.executable, str(script), "--database", database, "--cycles", str(CYCLES), "--no-fsync", "--json"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=ROOT)
    assert ended.stdout, ended.stderr
    figures = json.loads(ended.stdout)
    assert figures["holds"], figures
    assert ended.returncode == 0
    assert figures["cycles"] == CYCLES
    assert figures["acknowledged"] > CYCLES
    assert figures["erased"] > 0
    assert figures["checkpoints"] > 0
    assert figures["server_killed"] == (2 if database == "postgresql" else 0)
