"""The record beside pymerkle, in one run: append, integrate, prove, verify at several sizes (see README.md).

    python benchmarks/record/run.py [--sizes 1000 10000 100000 1000000] [--database-url URL] [--json]

pymerkle (GPL) stands in the lock of the group ``bench`` and is never shipped. Before anything is timed, both trees must have
the same root over the same leaves.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pymerkle import InmemoryTree, SqliteTree, verify_inclusion

from guiju.record import (
    PrivateKey,
    Proof,
    Sql,
    append,
    connect,
    create_tables,
    drop_tables,
    entry_at,
    fsck,
    integrate,
    open_checkpoint,
    open_log,
    proof_for,
    reading,
    writing,
)
from guiju.record import checkpoint_note as note_of
from guiju.record.merkle import inclusion_proof, leaf_hash
from guiju.record.merkle import verify_inclusion as verify_ours
from guiju.record.store import nodes_of
from guiju.record.tiles import MemoryTiles

KEY = PrivateKey("example.org/bench", bytes(range(32)))
SAMPLES = 200
COMMITS = 500
COLD = 3
"""Proofs that pymerkle makes with an empty cache: each reads every leaf."""


@dataclass
class Row:
    """One thing that was timed, in seconds each; theirs is None where they have nothing like it."""

    size: int
    what: str
    ours: float
    theirs: float | None = None

    @property
    def ratio(self) -> float | None:
        return None if self.theirs is None else self.theirs / self.ours


@contextmanager
def quiet() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def took(work: Callable[[], object], each: int = 1) -> float:
    with quiet():
        begun = time.perf_counter()
        work()
        return (time.perf_counter() - begun) / each


def median(works: list[Callable[[], object]]) -> float:
    return statistics.median(took(one) for one in works)


def act(sql: Sql, number: int) -> None:
    append(sql, "bench.act", {"system": f"sys:{number % 97}", "version": number, "digest": "sha256:" + "ab" * 32})


def begun(place: str) -> tuple[Sql, object]:
    sql, connection = connect(place)
    with writing(sql):
        create_tables(sql)
        open_log(sql, KEY.verifier)
    return sql, connection


def commit_each(sql: Sql, folder: Path, size: int) -> Row:
    """An act in a transaction of its own; a leaf likewise. Measured on logs of up to `COMMITS` entries."""
    number = min(size, COMMITS)

    def ours() -> None:
        for at in range(number):
            with writing(sql):
                act(sql, at)

    with closing(SqliteTree(str(folder / f"each-{size}.sqlite3"))) as tree:
        leaf = b"x" * 300

        def theirs() -> None:
            for _ in range(number):
                tree.append_entry(leaf)

        return Row(size, "append, a commit each", took(ours, number), took(theirs, number))


def measured(place: str, folder: Path, size: int) -> Iterator[Row]:
    sql, connection = begun(place)
    try:
        yield commit_each(sql, folder, size)
    finally:
        drop_tables(sql)
        connection.close()  # type: ignore[attr-defined]
    sql, connection = begun(place)
    try:
        yield from _one_size(sql, folder, size)
    finally:
        drop_tables(sql)
        connection.close()  # type: ignore[attr-defined]


def _one_size(sql: Sql, folder: Path, size: int) -> Iterator[Row]:
    def write() -> None:
        with writing(sql):
            for at in range(size):
                act(sql, at)

    def grow() -> None:
        while True:
            with writing(sql):
                if integrate(sql, KEY) is None:
                    return

    appended, grown = took(write, size), took(grow, size)
    leaves = [entry_at(sql, at).leaf for at in range(size)]
    file = str(folder / f"tree-{size}.sqlite3")
    with closing(SqliteTree(file)) as tree:
        yield Row(size, "append, one commit", appended, took(lambda: tree.append_entries(leaves), size))
        yield Row(size, "integrate / first root", grown, took(tree.get_root, size))
        ours = open_checkpoint(note_of(sql).encode(), KEY.verifier)[0]
        if tree.get_root() != ours.root:
            sys.exit(f"the roots differ at {size}")
        yield from _proofs(sql, tree, leaves, ours.root)
    yield from _memory(leaves)
    with reading(sql):
        findings: list[object] = []
        seconds = took(lambda: findings.extend(fsck(sql, KEY)), size)
    if findings:
        sys.exit(f"fsck: {findings[0]}")
    yield Row(size, "fsck, each entry", seconds)


def _proofs(sql: Sql, tree: SqliteTree, leaves: list[bytes], root: bytes) -> Iterator[Row]:
    size = len(leaves)
    chosen = random.Random(7).choices(range(size), k=SAMPLES)
    ours = [lambda at=at: inclusion_proof(at, size, nodes_of(sql)) for at in chosen]

    def cold(at: int) -> Callable[[], object]:
        def work() -> object:
            tree.cache_clear()
            return tree.prove_inclusion(at + 1)

        return work

    cold_theirs = median([cold(at) for at in chosen[:COLD]])
    tree.prove_inclusion(1)
    warm = [lambda at=at: tree.prove_inclusion(at + 1) for at in chosen]
    median(warm)
    fresh = median(ours)
    yield Row(size, "prove, nothing in memory", fresh, cold_theirs)
    nodes = nodes_of(sql)
    kept = [lambda at=at: inclusion_proof(at, size, nodes) for at in chosen]
    median(kept)
    yield Row(size, "prove, read before", median(kept), median(warm))
    yield Row(size, "prove, as tlog-proof", median([lambda at=at: proof_for(sql, at) for at in chosen]))

    made = [(at, inclusion_proof(at, size, nodes), tree.prove_inclusion(at + 1)) for at in chosen]
    checks = [lambda one=one: verify_ours(one[0], size, leaf_hash(leaves[one[0]]), one[1], root) for one in made]
    hashes = {at: leaf_hash(leaves[at]) for at in chosen}
    others = [lambda one=one: verify_inclusion(hashes[one[0]], root, one[2]) for one in made]
    yield Row(size, "verify", median(checks), median(others))
    texts = [(at, proof_for(sql, at).encode()) for at in chosen]
    whole = [lambda one=one: Proof.parse(one[1]).verify(KEY.verifier, leaves[one[0]]) for one in texts]
    yield Row(size, "verify, with signature", median(whole))


def _memory(leaves: list[bytes]) -> Iterator[Row]:
    """Both trees without a database, the same leaves."""
    size = len(leaves)
    ours, theirs = MemoryTiles(), InmemoryTree()

    def one_by_one() -> None:
        for leaf in leaves:
            theirs.append_entry(leaf)

    yield Row(size, "in memory: append", took(lambda: ours.append(leaves), size), took(one_by_one, size))
    chosen = random.Random(7).choices(range(size), k=SAMPLES)
    proofs = [lambda at=at: inclusion_proof(at, size, ours.nodes) for at in chosen]
    others = [lambda at=at: theirs.prove_inclusion(at + 1) for at in chosen]
    median(proofs)
    yield Row(size, "in memory: prove", median(proofs), median(others))


def shown(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    return f"{seconds * 1e6:,.1f} µs" if seconds < 0.1 else f"{seconds:,.2f} s"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    words.add_argument("--database-url", default="", help="a PostgreSQL for ours; a file of SQLite if left out")
    words.add_argument("--json", action="store_true")
    given = words.parse_args()
    rows = []
    for size in given.sizes:
        with TemporaryDirectory(prefix="guiju-bench-") as held:
            place = given.database_url or str(Path(held) / "record.sqlite3")
            for row in measured(place, Path(held), size):
                rows.append(row)
                if not given.json:
                    ratio = "" if row.ratio is None else f"{row.ratio:8.2f} x"
                    print(f"{row.size:>9,}  {row.what:26} {shown(row.ours):>14} {shown(row.theirs):>14} {ratio}", flush=True)
    if given.json:
        print(json.dumps([vars(row) | {"ratio": row.ratio} for row in rows]))


if __name__ == "__main__":
    main()
