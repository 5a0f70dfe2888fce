"""Writers, a sequencer, and somebody who kills them all, again and again.

In each cycle a group of processes is forked: writers with several threads, and a sequencer. Each act says on a pipe what it did,
after its transaction has committed. At a random moment the whole group is killed with signal 9 (in some cycles the database
server too), and the next cycle begins on what is left. In the end everything said on the pipe must be there.
"""

from __future__ import annotations

import os
import random
import select
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any

import psycopg

from guiju.record import (
    PrivateKey,
    RecordError,
    Sql,
    append,
    checkpoint_note,
    connect,
    consistency_for,
    create_tables,
    entry_by_receipt,
    erase,
    fsck,
    integrate,
    item_of,
    open_checkpoint,
    open_log,
    reading,
    scrub,
    writing,
)
from guiju.record.merkle import verify_consistency

KEY = PrivateKey("example.org/crash", bytes(range(32)))
GONE = (psycopg.Error, RecordError)
"""What a writer meets whose server was killed."""
WRITERS, THREADS = 2, 2
SHORTEST, LONGEST = 0.04, 0.30
"""Seconds from the first fork to the kill."""


@dataclass
class Figures:
    """What came of it."""

    database: str
    cycles: int = 0
    server_killed: int = 0
    seconds: float = 0.0
    acknowledged: int = 0
    entries: int = 0
    lost: int = 0
    without_position: int = 0
    checkpoints: int = 0
    checkpoints_lost: int = 0
    erased: int = 0
    not_erased: int = 0
    inconsistent: int = 0
    findings: list[str] = field(default_factory=list)
    longest_recovery: float = 0.0

    @property
    def holds(self) -> bool:
        wrong = (self.lost, self.without_position, self.checkpoints_lost, self.not_erased, self.inconsistent, *self.findings)
        return not any(wrong)

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"holds": self.holds}


@dataclass
class Said:
    """What was said on the pipe: receipts, checkpoints by size, commitments of erased items."""

    receipts: set[str] = field(default_factory=set)
    checkpoints: dict[int, str] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    torn: bytes = b""

    def take(self, data: bytes) -> None:
        *lines, self.torn = (self.torn + data).split(b"\n")
        for line in lines:
            what, *rest = line.decode().split(" ")
            if what == "R":
                self.receipts.add(rest[0])
            elif what == "E":
                self.erased.add(rest[0])
            else:
                self.checkpoints[int(rest[0])] = rest[1]


def begin(place: str) -> None:
    """An empty log."""
    sql, connection = connect(place)
    with closing(connection), writing(sql):
        create_tables(sql)
        open_log(sql, KEY.verifier)


def drive(
    place: str,
    figures: Figures,
    cycles: int,
    seed: int,
    kill_server: Callable[[], None] | None = None,
    start_server: Callable[[], float] = lambda: 0.0,
    server_every: int = 0,
) -> Said:
    """Run and kill so many cycles; what was acknowledged."""
    chance = random.Random(seed)
    said = Said()
    for cycle in range(1, cycles + 1):
        until = time.perf_counter() + chance.uniform(SHORTEST, LONGEST)
        group, pipe = _group(place, cycle)
        _listen(pipe, said, until)
        if kill_server is not None and server_every and cycle % server_every == 0:
            kill_server()
            figures.server_killed += 1
        os.killpg(group, signal.SIGKILL)
        os.waitpid(group, 0)
        _listen(pipe, said, None)
        os.close(pipe)
        said.torn = b""  # a line that the kill cut off says nothing
        if kill_server is not None and server_every and cycle % server_every == 0:
            figures.longest_recovery = max(figures.longest_recovery, start_server())
        figures.cycles += 1
    return said


def _listen(pipe: int, said: Said, until: float | None) -> None:
    """Take what is said, until a moment or until nobody is left who could say anything."""
    while True:
        left = None if until is None else until - time.perf_counter()
        if left is not None and left <= 0:
            return
        if select.select([pipe], [], [], left)[0]:
            data = os.read(pipe, 1 << 16)
            if not data:
                return
            said.take(data)


def _group(place: str, cycle: int) -> tuple[int, int]:
    """Fork the group; its number and the reading end of its pipe."""
    reading_end, writing_end = os.pipe()
    group = os.fork()
    if group:
        os.close(writing_end)
        return group, reading_end
    try:
        os.setsid()
        os.close(reading_end)
        for number in range(WRITERS):
            _forked(lambda number=number: _writer(place, writing_end, cycle, number))
        _forked(lambda: _sequencer(place, writing_end))
        signal.pause()
    finally:
        os._exit(0)


def _forked(work: Callable[[], None]) -> None:
    if os.fork():
        return
    try:
        with suppress(*GONE):
            work()
    finally:
        os._exit(0)


def _writer(place: str, pipe: int, cycle: int, number: int) -> None:
    threads = [threading.Thread(target=_write, args=[place, pipe, f"{cycle}/{number}/{at}"]) for at in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def _write(place: str, pipe: int, name: str) -> None:
    """Acts, one after another; now and then one that erases what an earlier one held."""
    try:
        sql, _connection = connect(place)
        at = 0
        while True:
            with writing(sql):
                done = append(sql, "crash.act", {"writer": name, "n": at}, {"content": f"{name} {at}".encode()})
            os.write(pipe, f"R {done.receipt_hash}\n".encode())
            if at % 10 == 9:
                commitment = done.commitments["content"]
                with writing(sql):
                    gone = erase(sql, commitment, "crash-test")
                os.write(pipe, f"R {gone.receipt_hash}\nE {commitment}\n".encode())
            at += 1
    except GONE:
        return


def _sequencer(place: str, pipe: int) -> None:
    sql, _connection = connect(place)
    at = 0
    while True:
        with writing(sql):
            checkpoint = integrate(sql, KEY)
        if checkpoint is not None:
            os.write(pipe, f"C {checkpoint.size} {checkpoint.root.hex()}\n".encode())
        at += 1
        if at % 10 == 0:
            scrub(sql)
        time.sleep(0.002)


def judge(place: str, said: Said, figures: Figures) -> None:
    """Hold what is there against what was said."""
    sql, connection = connect(place)
    with closing(connection):
        while True:
            with writing(sql):
                if integrate(sql, KEY) is None:
                    break
        with reading(sql):
            figures.findings = [f"{one.id}: {one.where}" for one in fsck(sql, KEY)]
            sql.execute("SELECT receipt, position FROM record_entry")
            there = dict(sql.rows())
            figures.entries = len(there)
            figures.acknowledged = len(said.receipts)
            figures.lost = sum(one not in there for one in said.receipts)
            figures.without_position = sum(one in there and there[one] is None for one in said.receipts)
            figures.erased = len(said.erased)
            figures.not_erased = sum(item_of(sql, one).state != "erased" for one in said.erased)
            _checkpoints(sql, said, figures)
    for one in list(said.receipts)[:1]:
        _readable(place, one)


def _checkpoints(sql: Sql, said: Said, figures: Figures) -> None:
    """Each checkpoint that was acknowledged is on file, and each on file continues the one before."""
    sql.execute("SELECT size FROM record_checkpoint ORDER BY size")
    sizes = [row[0] for row in sql.rows()]
    roots = {size: open_checkpoint(checkpoint_note(sql, size).encode(), KEY.verifier)[0].root for size in sizes}
    figures.checkpoints = len(sizes)
    figures.checkpoints_lost = sum(roots.get(size, b"").hex() != root for size, root in said.checkpoints.items())
    figures.inconsistent = sum(not _continues(sql, roots, pair) for pair in pairwise(sizes))


def _continues(sql: Sql, roots: dict[int, bytes], pair: Sequence[int]) -> bool:
    old, new = pair
    try:
        verify_consistency(old, new, roots[old], roots[new], consistency_for(sql, old, new))
    except RecordError:
        return False
    return True


def _readable(place: str, receipt: str) -> None:
    sql, connection = connect(place)
    with closing(connection):
        assert entry_by_receipt(sql, receipt).position is not None
