"""An entry stands or falls with its act; what stands can be read, proved, withheld and erased."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.record.conftest import KEY, Log

from guiju.record import (
    COSIGNER,
    MemoryState,
    PrivateKey,
    Proof,
    RecordError,
    Sql,
    VerifierKey,
    Witness,
    add_cosignatures,
    append,
    bundle_for,
    checkpoint_note,
    checkpoint_size,
    consistency_for,
    entry_at,
    entry_by_receipt,
    erase,
    item_of,
    log_key,
    open_checkpoint,
    open_log,
    proof_for,
    read_bundle,
    receipt_hash,
    release,
    scrub,
    tile_bytes,
    verify_item,
    withhold,
    writing,
)
from guiju.record.merkle import leaf_hash, verify_consistency
from guiju.record.tiles import decode_entries
from guiju.record.witness import Submission


def count(sql: Sql, table: str) -> int:
    sql.execute(f"SELECT count(*) FROM {table}")
    return int(sql.rows()[0][0])


class ActFailedError(Exception):
    """What goes wrong in the act itself, after its entry was written."""


def undone(sql: Sql, act: Callable[[], object]) -> None:
    """Do something in a transaction that fails."""

    def run() -> None:
        with writing(sql):
            act()
            raise ActFailedError

    with pytest.raises(ActFailedError):
        run()


def test_what_is_rolled_back_was_never_written(log: Log, sql: Sql) -> None:
    undone(sql, lambda: append(sql, "system.published", {}, {"dossier": b"content"}))
    assert [count(sql, f"record_{one}") for one in ("entry", "item", "key")] == [0, 0, 0]
    assert log.integrate(sql) is None
    assert log.fsck(sql) == []


def test_nothing_is_written_outside_a_transaction(sql: Sql) -> None:
    with pytest.raises(RuntimeError):
        append(sql, "system.published", {})
    assert count(sql, "record_entry") == 0


def test_others_see_an_entry_only_when_its_act_has_committed(log: Log, sql: Sql) -> None:
    other = log.connection()
    with writing(sql):
        done = append(sql, "system.published", {})
        assert count(other, "record_entry") == 0
    assert entry_by_receipt(other, done.receipt_hash).entry == done.entry


def test_a_receipt_finds_its_entry_and_stands_nowhere(log: Log, sql: Sql) -> None:
    at = datetime(2026, 11, 23, 6, 0, 0, 123456, UTC)
    with writing(sql):
        done = append(sql, "system.published", {"system": "sys:1"}, at=at)
    found = entry_by_receipt(sql, receipt_hash(done.receipt_number.lower()))
    assert (found.position, found.entry) == (None, done.entry)
    assert found.entry.at == at.replace(microsecond=0)
    assert done.receipt_number.encode() not in found.leaf
    log.integrate(sql)
    assert entry_by_receipt(sql, done.receipt_hash).position == 0
    assert entry_at(sql, 0).leaf == found.leaf
    for look in (lambda: entry_by_receipt(sql, "ab" * 32), lambda: entry_at(sql, 1)):
        with pytest.raises(RecordError) as caught:
            look()
        assert caught.value.code == "log.no-entry"


@pytest.mark.parametrize("kind", ["record.item-erased", "record.anything"])
def test_nobody_else_writes_the_records_own_acts(sql: Sql, kind: str) -> None:
    with pytest.raises(RecordError) as caught, writing(sql):
        append(sql, kind, {})
    assert caught.value.code == "entry.own-kind"


def test_a_log_has_one_key(sql: Sql) -> None:
    assert log_key(sql) == KEY.verifier
    with writing(sql):
        open_log(sql, KEY.verifier)
        with pytest.raises(RecordError) as caught:
            open_log(sql, PrivateKey.made("example.org/other").verifier)
    assert caught.value.code == "log.other-log"


def test_every_entry_is_proved_to_a_stranger(log: Log, sql: Sql) -> None:
    for number in range(9):
        log.append(sql, number=number)
        log.integrate(sql)
    for position in range(9):
        proof = Proof.parse(proof_for(sql, position).encode())
        assert proof.verify(KEY.verifier, entry_at(sql, position).leaf).checkpoint.size == 9
    with pytest.raises(RecordError):
        proof_for(sql, 9)
    for old in range(1, 10):
        before, after = (open_checkpoint(checkpoint_note(sql, one).encode(), KEY.verifier)[0] for one in (old, 9))
        verify_consistency(old, 9, before.root, after.root, consistency_for(sql, old, 9))


def test_tiles_and_bundles_are_served_at_every_width(log: Log, sql: Sql) -> None:
    for number in range(3):
        log.append(sql, number=number)
    log.integrate(sql)
    leaves = [entry_at(sql, one).leaf for one in range(3)]
    for width in (1, 2, 3):
        assert tile_bytes(sql, f"tile/0/000.p/{width}") == b"".join(map(leaf_hash, leaves[:width]))
        assert list(decode_entries(tile_bytes(sql, f"tile/entries/000.p/{width}"))) == leaves[:width]
    assert tile_bytes(sql, "checkpoint").decode() == checkpoint_note(sql)
    assert len(tile_bytes(sql, "checkpoint").split(b"\n\n")[1].splitlines()) == 1
    for path in ("tile/0/000", "tile/0/000.p/4", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/1"):
        with pytest.raises(RecordError) as caught:
            tile_bytes(sql, path)
        assert caught.value.code == "log.no-tile"
    with pytest.raises(RecordError):
        tile_bytes(sql, "tile/0/../key")


def test_before_the_first_entry_there_is_no_checkpoint(sql: Sql) -> None:
    assert checkpoint_size(sql) is None
    for ask in (lambda: checkpoint_note(sql), lambda: proof_for(sql, 0), lambda: tile_bytes(sql, "checkpoint")):
        with pytest.raises(RecordError) as caught:
            ask()
        assert caught.value.code == "log.no-checkpoint"


def test_a_witness_cosigns_and_its_line_is_kept(log: Log, sql: Sql) -> None:
    key = PrivateKey.made("example.org/witness", COSIGNER)
    witness = Witness(key, [KEY.verifier], MemoryState())
    log.append(sql)
    log.integrate(sql)
    note = checkpoint_note(sql).encode()
    answer = witness.add_checkpoint(Submission(0, (), note).body)
    with writing(sql):
        signed = add_cosignatures(sql, note + answer.body, [key.verifier])
    assert signed == checkpoint_note(sql)
    assert len(open_checkpoint(signed.encode(), KEY.verifier, [key.verifier])[1].signatures) == 2
    log.append(sql)
    log.integrate(sql)
    assert (checkpoint_size(sql), checkpoint_size(sql, cosigned=True)) == (2, 1)
    assert Proof.parse(proof_for(sql, 0, cosigned=True).encode()).note.decode() == signed
    assert log.fsck(sql, witness_keys=[key.verifier]) == []
    assert [(one.id, one.severity) for one in log.fsck(sql)] == [("cosignature-unknown", "warning")]
    with pytest.raises(RecordError) as caught, writing(sql):
        add_cosignatures(sql, checkpoint_note(sql).replace("\n2\n", "\n3\n").encode(), [key.verifier])
    assert caught.value.code == "log.no-checkpoint"


def test_an_item_is_held_withheld_released_and_erased(log: Log, sql: Sql) -> None:
    done = log.append(sql, b"personal")
    commitment = done.commitments["part-0"]
    held = item_of(sql, commitment)
    assert held.opened is not None
    verify_item(b"personal", held.opened.salt, commitment)
    with writing(sql):
        withhold(sql, commitment, "court-order")
    shown = item_of(sql, commitment)
    assert (shown.state, shown.reason, shown.opened) == ("withheld", "court-order", None)
    for_court = item_of(sql, commitment, withheld_too=True).opened
    assert for_court is not None
    assert for_court.content == b"personal"
    with writing(sql):
        release(sql, commitment, "order-lifted")
    assert item_of(sql, commitment).opened == held.opened
    log.integrate(sql)
    with writing(sql):
        erase(sql, commitment, "erasure-request")
    for too in (False, True):
        gone = item_of(sql, commitment, withheld_too=too)
        assert (gone.state, gone.reason, gone.opened) == ("erased", "erasure-request", None)
    log.integrate(sql)
    assert [entry_at(sql, one).entry.kind for one in range(4)] == [
        "system.published", "record.item-withheld", "record.item-released", "record.item-erased",
    ]  # fmt: skip
    assert log.fsck(sql) == []


def test_an_item_goes_only_where_its_state_allows(log: Log, sql: Sql) -> None:
    commitment = log.append(sql, b"personal").commitments["part-0"]

    def refused(change: object, *more: str) -> str:
        with pytest.raises(RecordError) as caught, writing(sql):
            change(sql, *more)  # type: ignore[operator]
        return caught.value.code

    assert refused(release, commitment, "why") == "item.state"
    assert refused(erase, commitment, "Li Hua asked") == "entry.reason"
    assert refused(erase, "sha256:" + "ab" * 32, "why") == "item.unknown"
    with writing(sql):
        erase(sql, commitment, "why")
    for change in (withhold, release, erase):
        assert refused(change, commitment, "why") == "item.state"
    with pytest.raises(RecordError):
        item_of(sql, "sha256:" + "ab" * 32)


def test_an_erasure_that_is_rolled_back_erases_nothing(log: Log, sql: Sql) -> None:
    commitment = log.append(sql, b"personal").commitments["part-0"]
    undone(sql, lambda: erase(sql, commitment, "why"))
    assert item_of(sql, commitment).state == "held"
    log.integrate(sql)
    assert log.fsck(sql) == []


def test_proofs_from_before_an_erasure_hold_after_it(log: Log, sql: Sql) -> None:
    done = log.append(sql, b"personal", b"other")
    log.integrate(sql)
    before = read_bundle(_json(bundle_for(sql, 0, lambda _: True)))
    with writing(sql):
        erase(sql, done.commitments["part-0"], "erasure-request")
    scrub(sql)
    log.integrate(sql)
    before.verify(KEY.verifier)
    assert before.names_of(b"personal") == ["part-0"]
    after = read_bundle(_json(bundle_for(sql, 0, lambda _: True)))
    assert after.verify(KEY.verifier).checkpoint.size == 2
    assert [(one.state, one.reason, one.content) for one in after.items] == [
        ("erased", "erasure-request", None), ("held", None, b"other"),
    ]  # fmt: skip
    assert log.fsck(sql) == []


def _json(bundle: dict[str, object]) -> bytes:
    return json.dumps(bundle).encode()


def test_a_bundle_that_was_changed_does_not_hold(log: Log, sql: Sql) -> None:
    log.append(sql, b"one", b"other")
    log.integrate(sql)
    bundle = bundle_for(sql, 0, lambda name: name == "part-0")

    def refused(**fields: object) -> str:
        with pytest.raises(RecordError) as caught:
            read_bundle(_json(bundle | fields)).verify(KEY.verifier)
        return caught.value.code

    items = bundle["items"]
    assert refused(entry=bundle["entry"] | {"kind": "system.withdrawn"}) == "log.not-included"
    assert refused(items=items[::-1]) == "log.bundle-items"
    assert refused(items=items[:1]) == "log.bundle-items"
    assert refused(items=[items[0] | {"content": "b3RoZXI="}, items[1]]) == "item.other-content"
    assert refused(items=[items[0] | {"state": "gone"}, items[1]]) == "log.bundle"
    assert refused(schema="guiju.proof/2") == "log.bundle"
    assert refused(more=1) == "log.bundle"
    assert refused(log="\ud800") == "log.bundle"
    assert refused(items=[items[0], items[1] | {"content": "b3RoZXI="}]) == "log.bundle"
    assert refused(items=[items[0] | {"content": "b3RoZXI=", "salt": None}, items[1]]) == "log.bundle"
    assert refused(items=[items[0] | {"salt": "c2FsdA=="}, items[1]]) == "item.salt"
    assert refused(items=[items[0], items[1] | {"reason": "\x1b[2J all is well"}]) == "entry.reason"
    with pytest.raises(RecordError):
        read_bundle(b'{"schema": "guiju.proof/2", ' + _json(bundle)[1:])
    assert read_bundle(b"\xef\xbb\xbf" + _json(bundle)) == read_bundle(_json(bundle))  # as some editors save it
    with pytest.raises(RecordError):
        read_bundle(b"[" * 100_000)
    with pytest.raises(RecordError):
        read_bundle(_json(bundle)).verify(VerifierKey("example.org/log", bytes(32)))
    hidden = read_bundle(_json(bundle_for(sql, 0)))
    with pytest.raises(RecordError) as caught:
        hidden.names_of(b"one")
    assert caught.value.code == "log.bundle-salt"


def test_what_is_not_disclosed_stays_closed(log: Log, sql: Sql) -> None:
    done = log.append(sql, b"one", b"other")
    log.integrate(sql)
    sql.execute("UPDATE record_item SET sealed = %s WHERE commitment = %s", [b"damaged", done.commitments["part-1"]])
    bundle = read_bundle(_json(bundle_for(sql, 0, lambda name: name == "part-0")))
    bundle.verify(KEY.verifier)
    assert [(one.state, one.content) for one in bundle.items] == [("held", b"one"), ("held", None)]
    with pytest.raises(RecordError) as caught:
        bundle_for(sql, 0, lambda _: True)
    assert caught.value.code == "item.not-opened"


def test_entries_are_not_served_in_the_places_of_others(log: Log, sql: Sql) -> None:
    for number in range(3):
        log.append(sql, number=number)
    log.integrate(sql)
    sql.execute("DELETE FROM record_entry WHERE position = 1")
    with pytest.raises(RecordError) as caught:
        tile_bytes(sql, "tile/entries/000.p/3")
    assert caught.value.code == "log.damaged"


def keys_of(sql: Sql) -> dict[str, bytes]:
    sql.execute("SELECT commitment, key FROM record_key")
    return dict(sql.rows())


@pytest.mark.parametrize("many", [1, 300])
def test_no_byte_of_an_erased_key_is_left_in_the_files(sqlite_log: Log, many: int) -> None:
    """Also where pages were split and merged before and after, and in the write-ahead log."""
    log, sql = sqlite_log, sqlite_log.connection()
    sql.execute("PRAGMA secure_delete = OFF")  # as a connection of somebody else may have it
    with writing(sql):
        done = [append(sql, "a.b", {"n": number}, {"x": b"personal %d" % number}) for number in range(many)]
    commitments = [one.commitments["x"] for one in done]
    keys = keys_of(sql)
    log.integrate(sql)
    erased = commitments[::3] + commitments[1::3]
    for commitment in erased:
        with writing(sql):
            erase(sql, commitment, "erasure-request")
    assert scrub(sql)
    log.integrate(sql)
    assert isinstance(log.place, Path)
    raw = b"".join(path.read_bytes() for path in log.place.parent.iterdir())
    kept = [keys[one] for one in commitments if one not in erased]
    assert [one for one in kept if one not in raw] == []
    assert [keys[one] for one in erased if keys[one] in raw] == []
    assert log.fsck(sql) == []


def test_scrubbing_says_where_a_reader_stood_in_the_way(sqlite_log: Log) -> None:
    log, sql, reader = sqlite_log, sqlite_log.connection(), sqlite_log.connection()
    sql.execute("PRAGMA busy_timeout = 1")
    sql.rows()
    commitment = log.append(sql, b"personal").commitments["part-0"]
    reader.execute("BEGIN")
    assert count(reader, "record_entry") == 1
    with writing(sql):
        erase(sql, commitment, "why")
    assert not scrub(sql)
    reader.execute("ROLLBACK")
    assert scrub(sql)


def raw_keys(sql: Sql) -> bytes:
    """The file in which PostgreSQL has the table of keys."""
    sql.execute("CHECKPOINT")
    sql.execute("SELECT pg_read_binary_file(pg_relation_filepath('record_key'))")
    found: bytes = sql.rows()[0][0]
    return found


@pytest.mark.parametrize(
    ("level", "began"), [("REPEATABLE READ", "SELECT count(*) FROM record_log"), ("READ COMMITTED", "SELECT txid_current()")]
)
def test_scrubbing_postgresql_waits_for_older_transactions(
    postgresql_log: Log, monkeypatch: pytest.MonkeyPatch, level: str, began: str
) -> None:
    """They could still see the deleted row, so that PostgreSQL would take it along."""
    log, sql, older = postgresql_log, postgresql_log.connection(), postgresql_log.connection()
    monkeypatch.setattr("guiju.record.erasing.BETWEEN_LOOKS", 0.01)
    commitment = log.append(sql, b"personal").commitments["part-0"]
    key = keys_of(sql)[commitment]
    older.execute(f"BEGIN ISOLATION LEVEL {level}")
    older.execute(began)
    with writing(sql):
        erase(sql, commitment, "why")
    assert not scrub(sql)
    assert key in raw_keys(sql)
    older.execute("ROLLBACK")
    assert scrub(sql)
    assert key not in raw_keys(sql)


def test_postgresql_keeps_no_keys_in_its_statistics(postgresql_log: Log) -> None:
    log, sql = postgresql_log, postgresql_log.connection()
    for number in range(5):
        log.append(sql, b"personal %d" % number)
    sql.execute("ANALYZE record_key")
    sql.execute("SELECT DISTINCT attname FROM pg_stats WHERE tablename = 'record_key'")
    assert sql.rows() == [("commitment",)]


def test_no_byte_of_an_erased_key_is_left_in_the_table_of_postgresql(postgresql_log: Log) -> None:
    log, sql = postgresql_log, postgresql_log.connection()
    done = [log.append(sql, b"personal %d" % number) for number in range(20)]
    keys = keys_of(sql)
    for one in done[:10]:
        with writing(sql):
            erase(sql, one.commitments["part-0"], "why")
    assert scrub(sql)
    raw = raw_keys(sql)
    present = {commitment for commitment, key in keys.items() if key in raw}
    assert present == {one.commitments["part-0"] for one in done[10:]}
