"""The record of a site that is really served: a checkpoint within two seconds, a witness, and a sequencer that dies."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from urllib.error import HTTPError

import pytest
from tests.institutions.conftest import GUIJU, Site
from tests.institutions.test_serving import children, wait_for

from guiju import record
from guiju.institutions.serving import ServeError
from guiju.institutions.serving.home import running

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc"),
]

WITHIN = 2.0
"""Seconds from the commit of an act to a checkpoint that counts it."""


def checkpoint(site: Site) -> tuple[int, int]:
    """Return how many entries the newest checkpoint counts, and how many witnesses have cosigned it."""
    try:
        with urllib.request.urlopen(f"{site.served.url}/log/checkpoint", timeout=20) as answer:
            found, note = record.open_checkpoint(answer.read(), site.log, [site.witness])
    except HTTPError:
        return 0, 0
    return found.size, len(note.by(site.witness))


def act(site: Site, number: int) -> None:
    """Do an act as the site does it: outbox and record in one transaction."""
    sql, held = record.connect(site.home / "guiju.sqlite3")
    with record.writing(sql):
        made = record.append(sql, "test.done", {"number": number})
        values = ("test.done", f"thing:{number}", "{}", "2026-11-23 06:00:00", made.receipt_hash)
        sql.execute("INSERT INTO hall_outbox (kind, about, payload, created, receipt) VALUES (%s, %s, %s, %s, %s)", values)
    held.close()


def test_an_act_is_signed_for_within_two_seconds_also_after_the_sequencer_died_and_is_witnessed(served_site: Site) -> None:
    before, _ = checkpoint(served_site)
    for number in range(4):
        act(served_site, number)
        begun = time.monotonic()
        while checkpoint(served_site)[0] <= before + number:
            assert time.monotonic() - begun < WITHIN
            time.sleep(0.02)
        time.sleep(0.13 * number)  # not always at the same point of its round
    assert wait_for(lambda: checkpoint(served_site) == (before + 4, 1))
    sequencer = children(served_site.served.process.pid)["sequencer"]
    for number in range(4, 20):
        act(served_site, number)
        if number == 10:
            os.kill(sequencer, signal.SIGKILL)
    assert wait_for(lambda: checkpoint(served_site) == (before + 20, 1))


def test_a_running_site_is_looked_through_but_not_replaced(served_site: Site) -> None:
    with pytest.raises(ServeError) as refused, running(served_site.home, alone=True):
        pass
    assert refused.value.code == "backup.site-runs"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GUIJU_")}
    key = str(served_site.witness)
    command = [*GUIJU, "record", "fsck", "--site", "--home", str(served_site.home), "--witness", key, "--json"]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)
    assert json.loads(ended.stdout)["findings"] == [], ended.stderr
    assert ended.returncode == 0
