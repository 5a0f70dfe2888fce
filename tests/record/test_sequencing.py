"""One sequencer at a time; positions without gaps; tiles that only grow; a checkpoint for each batch."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.conftest import KEY, Log, begin

from guiju.record import (
    Checkpoint,
    PrivateKey,
    RecordError,
    Sql,
    append,
    checkpoint_note,
    connect,
    entry_at,
    integrate,
    open_checkpoint,
    sign_checkpoint,
    writing,
)
from guiju.record.merkle import leaf_hash
from guiju.record.tiles import MemoryTiles

WIDTH = 256


def tiles(sql: Sql) -> dict[tuple[int, int], bytes]:
    sql.execute("SELECT level, idx, hashes FROM record_tile")
    return {(level, index): hashes for level, index, hashes in sql.rows()}


def many(sql: Sql, number: int) -> None:
    with writing(sql):
        for at in range(number):
            append(sql, "a.b", {"n": at})


def test_entries_get_positions_in_the_order_they_were_written(log: Log, sql: Sql) -> None:
    done = [log.append(sql, number=number) for number in range(5)]
    first = log.integrate(sql, at_most=3)
    assert first is not None
    assert first.size == 3
    second = log.integrate(sql)
    assert second is not None
    assert second.size == 5
    assert log.integrate(sql) is None
    assert [entry_at(sql, one).entry for one in range(5)] == [one.entry for one in done]
    assert open_checkpoint(checkpoint_note(sql).encode(), KEY.verifier)[0] == second
    assert log.fsck(sql) == []


def test_an_act_that_commits_late_gets_a_late_position(postgresql_log: Log) -> None:
    """SQLite has one writer at a time."""
    log, sql, slow = postgresql_log, postgresql_log.connection(), postgresql_log.connection()
    with writing(slow):
        first = append(slow, "a.b", {})
        second = log.append(sql)
        log.integrate(sql)
    log.integrate(sql)
    assert [entry_at(sql, one).entry.receipt for one in (0, 1)] == [second.receipt_hash, first.receipt_hash]
    assert log.fsck(sql) == []


@settings(max_examples=15, deadline=None)
@given(batches=st.lists(st.sampled_from([1, 2, 3, 100, 255, 256, 257]), min_size=1, max_size=5))
def test_the_tree_is_that_of_its_entries_however_they_came(sqlite_batches: Sql, batches: list[int]) -> None:
    sql = sqlite_batches
    with writing(sql):
        for table in ("entry", "tile", "checkpoint"):
            sql.execute(f"DELETE FROM record_{table}")
    own = MemoryTiles()
    size = 0
    for batch in batches:
        before = tiles(sql)
        many(sql, batch)
        with writing(sql):
            checkpoint = integrate(sql, KEY)
        own.append(entry_at(sql, at).leaf for at in range(size, size + batch))
        size += batch
        assert checkpoint is not None
        assert (checkpoint.size, checkpoint.root) == (size, own.root())
        after = tiles(sql)
        assert all(after[at].startswith(hashes) for at, hashes in before.items())
        assert all(len(hashes) <= WIDTH * 32 for hashes in after.values())
        assert after[0, 0][:32] == leaf_hash(entry_at(sql, 0).leaf)


@pytest.fixture(scope="module")
def sqlite_batches(request: pytest.FixtureRequest) -> Sql:
    log = begin("sqlite", request)
    request.addfinalizer(log.open.close)  # noqa: PT021  # the log is closed with the module
    return log.connection()


def test_a_large_batch_writes_each_tile_once(log: Log, sql: Sql) -> None:
    many(sql, 700)
    log.integrate(sql)
    assert {at: len(hashes) // 32 for at, hashes in tiles(sql).items()} == {
        (0, 0): 256, (0, 1): 256, (0, 2): 188, (1, 0): 2,
    }  # fmt: skip
    assert log.fsck(sql) == []


def test_few_queries_for_a_batch(log: Log) -> None:
    sql = log.connection()
    many(sql, 300)
    log.integrate(sql)
    many(sql, 600)
    asked: list[str] = []

    class Counting:
        vendor, errors, rows, in_transaction = sql.vendor, sql.errors, sql.rows, sql.in_transaction

        def execute(self, query: str, values: object = ()) -> None:
            asked.append(query)
            sql.execute(query, values)  # type: ignore[arg-type]

        def execute_many(self, query: str, rows: object) -> None:
            asked.append(query)
            sql.execute_many(query, rows)  # type: ignore[arg-type]

    with writing(sql):
        integrate(Counting(), KEY)
    assert len(asked) <= 10


def test_sequencers_at_the_same_time_wait_for_each_other(log: Log) -> None:
    sql = log.connection()
    many(sql, 60)
    failed: list[BaseException] = []

    def run() -> None:
        try:
            own, connection = connect(log.place)
            with closing(connection):
                while True:
                    with writing(own):
                        if integrate(own, KEY, at_most=5) is None:
                            return
        except BaseException as problem:  # noqa: BLE001  # told below
            failed.append(problem)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failed == []
    assert entry_at(sql, 59).position == 59
    assert log.fsck(sql) == []


def test_writers_go_on_while_the_tree_grows(log: Log) -> None:
    receipts: list[str] = []

    def write(number: int) -> None:
        own, connection = connect(log.place)
        with closing(connection):
            for at in range(25):
                with writing(own):
                    done = append(own, "a.b", {"writer": number, "n": at}, {"x": b"content"})
                receipts.append(done.receipt_hash)

    threads = [threading.Thread(target=write, args=[at]) for at in range(3)]
    for one in threads:
        one.start()
    sql = log.connection()
    while any(one.is_alive() for one in threads):
        log.integrate(sql, at_most=7)
    while log.integrate(sql) is not None:
        pass
    assert len(receipts) == 75
    assert {entry_at(sql, at).entry.receipt for at in range(75)} == set(receipts)
    assert log.fsck(sql) == []


def test_a_turn_in_which_nothing_waits_writes_nothing(sqlite_log: Log) -> None:
    sql = sqlite_log.connection()
    sqlite_log.append(sql)
    sqlite_log.integrate(sql)
    ahead = Path(f"{sqlite_log.place}-wal")
    before = ahead.read_bytes()
    assert sqlite_log.integrate(sql) is None
    assert ahead.read_bytes() == before


def test_a_turn_keeps_others_waiting_also_where_the_caller_only_said_begin(sqlite_log: Log) -> None:
    sql, other = sqlite_log.connection(), sqlite_log.connection()
    other.execute("PRAGMA busy_timeout = 1")
    other.rows()
    sql.execute("BEGIN")
    assert integrate(sql, KEY) is None
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    sql.execute("ROLLBACK")


def test_a_turn_sees_what_was_committed_before_it_whatever_the_database_is_set_to(postgresql_log: Log) -> None:
    sql = postgresql_log.connection()
    sql.execute("SET default_transaction_isolation = 'repeatable read'")
    with writing(sql):
        sql.execute("SHOW transaction_isolation")
        assert sql.rows() == [("read committed",)]


def test_another_key_extends_nothing(log: Log, sql: Sql) -> None:
    log.append(sql)
    with pytest.raises(RecordError) as caught, writing(sql):
        integrate(sql, PrivateKey.made("example.org/log"))
    assert caught.value.code == "log.other-log"
    assert entry_count(sql) == 1


def entry_count(sql: Sql) -> int:
    sql.execute("SELECT count(*) FROM record_entry WHERE position IS NULL")
    return int(sql.rows()[0][0])


def test_a_checkpoint_by_another_hand_is_not_built_upon(log: Log, sql: Sql) -> None:
    log.append(sql)
    log.integrate(sql)
    log.append(sql)
    sql.execute("UPDATE record_checkpoint SET size = 5")
    with pytest.raises(RecordError) as caught, writing(sql):
        integrate(sql, KEY)
    assert caught.value.code == "log.damaged"
    other = PrivateKey.made("example.org/log")
    with writing(sql):
        sql.execute("UPDATE record_checkpoint SET size = 1, note = %s", [forged(other)])
    with pytest.raises(RecordError), writing(sql):
        integrate(sql, KEY)


def forged(key: PrivateKey) -> str:
    return sign_checkpoint(Checkpoint("example.org/log", 1, bytes(32)), key).decode()
