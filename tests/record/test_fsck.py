"""Whatever is changed in the record is found: every byte of every value, every row taken out, put in or put elsewhere."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.record.conftest import KEY, NOON, WITNESS, Log, begin, fill

from guiju.calendars import fixed
from guiju.record import (
    TABLES,
    Act,
    Checkpoint,
    Entry,
    PrivateKey,
    RecordError,
    Sql,
    append,
    checkpoint_note,
    connect,
    entry_at,
    erase,
    fsck,
    reading,
    release,
    sign_checkpoint,
    sql_of,
    withhold,
    writing,
)
from guiju.record.fsck import MOST_OF_A_KIND
from guiju.record.items import seal


def names(sql: Sql, **more: Any) -> set[str]:
    return {one.id for one in fsck(sql, KEY.verifier, witness_keys=[WITNESS.verifier], at=NOON, **more)}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def whole(request: pytest.FixtureRequest) -> Iterator[tuple[Log, Sql, dict[str, str]]]:
    """A log that every test changes and leaves as it was."""
    log = begin(request.param, request, "whole")
    with log.open:
        sql = log.connection()
        yield log, sql, fill(log, sql)
        assert names(sql) == set()


@contextmanager
def changed(sql: Sql, *queries: str, values: object = ()) -> Iterator[None]:
    """The log with something done to it, undone afterwards."""
    sql.execute("BEGIN")
    try:
        for query in queries:
            sql.execute(query, values)  # type: ignore[arg-type]
        yield
    finally:
        sql.execute("ROLLBACK")


def test_a_log_with_something_of_everything_is_whole(whole: tuple[Log, Sql, dict[str, str]]) -> None:
    assert names(whole[1]) == set()


# -- every byte ------------------------------------------------------------------------------------------------------------

COLUMNS = {
    "record_entry": (("id",), ("receipt", "leaf", "position")),
    "record_tile": (("level", "idx"), ("level", "idx", "hashes")),
    "record_checkpoint": (("size",), ("size", "note")),
    "record_item": (("commitment",), ("commitment", "sealed", "state", "reason")),
    "record_key": (("commitment",), ("commitment", "key")),
    "record_log": (("origin",), ("origin", "vkey")),
}


def variants(value: Any, step: int, start: int) -> Iterator[Any]:
    """The value with one byte changed, for every byte (or every ``step``-th)."""
    if isinstance(value, bytes):
        for at in range(start, len(value), step):
            yield value[:at] + bytes([value[at] ^ (1 << at % 8)]) + value[at + 1 :]
    elif isinstance(value, str):
        for at in range(start, len(value), step):
            yield value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
    elif isinstance(value, int):
        yield from (value ^ (1 << bit) for bit in range(0, 31, 8 if step == 1 else 24))
    else:
        assert value is None
        yield from ("", "erasure-request") if step else ()


def test_every_column_is_looked_at(whole: tuple[Log, Sql, dict[str, str]]) -> None:
    """All but the number that a database gives to an entry: it only says who came first."""
    assert COLUMNS.keys() == set(TABLES)
    for table, (_, columns) in COLUMNS.items():
        sql = whole[1]
        if whole[0].name == "sqlite":
            sql.execute(f"SELECT name FROM pragma_table_info('{table}')")
        else:
            sql.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
        assert {row[0] for row in sql.rows()} - {"id"} == set(columns)


@pytest.mark.parametrize("table", COLUMNS)
def test_a_change_of_any_byte_is_found(whole: tuple[Log, Sql, dict[str, str]], table: str) -> None:
    """SQLite: every byte of every value; PostgreSQL, where a look takes longer: every seventh."""
    log, sql, _ = whole
    keys, columns = COLUMNS[table]
    step = 1 if log.name == "sqlite" else 7
    where = " AND ".join(f"{one} = %s" for one in keys)
    sql.execute(f"SELECT {', '.join(keys)} FROM {table}")
    unseen = []
    tried = refused = 0
    for row in sql.rows():
        for column in columns:
            sql.execute(f"SELECT {column} FROM {table} WHERE {where}", row)
            value = sql.rows()[0][0]
            for start, other in enumerate(variants(value, step, len(column) % step)):
                tried += 1
                sql.execute("BEGIN")
                try:
                    sql.execute(f"UPDATE {table} SET {column} = %s WHERE {where}", [other, *row])
                    if not names(sql):
                        unseen.append((column, row, start))
                except sql.errors:
                    refused += 1  # the database itself refuses: a key that stands there already, a value that is no text
                finally:
                    sql.execute("ROLLBACK")
    assert unseen == []
    assert tried > 10
    assert refused <= tried / 3
    assert names(sql) == set()


# -- every row -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", COLUMNS)
def test_a_row_taken_out_is_found(whole: tuple[Log, Sql, dict[str, str]], table: str) -> None:
    _, sql, _ = whole
    keys, _ = COLUMNS[table]
    sql.execute(f"SELECT {', '.join(keys)} FROM {table}")
    rows = sql.rows()
    assert rows
    for row in rows:
        with changed(sql, f"DELETE FROM {table} WHERE {' AND '.join(f'{one} = %s' for one in keys)}", values=row):
            assert names(sql), (table, row)


PARTS = {
    "other": "ab" * 32,
    "entry": f"INSERT INTO record_entry (receipt, leaf, position) SELECT '{'ab' * 32}', leaf",
    "first": "FROM record_entry WHERE position = 0",
}
COPIES = {
    "entry without its place": "{entry}, NULL {first}",
    "entry at the end": "{entry}, 4 {first}",
    "entry far away": "{entry}, 99 {first}",
    "entry before the first": "{entry}, -1 {first}",
    "tile": "INSERT INTO record_tile SELECT level, 1, hashes FROM record_tile",
    "tile above": "INSERT INTO record_tile SELECT 1, idx, hashes FROM record_tile",
    "tile nowhere": "INSERT INTO record_tile SELECT -1, -1, hashes FROM record_tile",
    "checkpoint": "INSERT INTO record_checkpoint SELECT 3, note FROM record_checkpoint WHERE size = 2",
    "checkpoint beyond": "INSERT INTO record_checkpoint SELECT 9, note FROM record_checkpoint WHERE size = 4",
    "checkpoint of nothing": "INSERT INTO record_checkpoint SELECT 0, note FROM record_checkpoint WHERE size = 1",
    "item": "INSERT INTO record_item SELECT 'sha256:{other}', sealed, state, reason FROM record_item WHERE state = 'held'",
    "item without a name": "INSERT INTO record_item SELECT '', sealed, state, reason FROM record_item WHERE state = 'held'",
    "key": "INSERT INTO record_key SELECT 'sha256:{other}', key FROM record_key LIMIT 1",
    "log": "INSERT INTO record_log SELECT 'example.org/other', vkey FROM record_log",
}  # fmt: skip


@pytest.mark.parametrize("copy", COPIES)
def test_a_row_put_in_is_found(whole: tuple[Log, Sql, dict[str, str]], copy: str) -> None:
    with changed(whole[1], COPIES[copy].format(**PARTS)):
        assert names(whole[1])


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [
        ("record_entry", "position", "leaf"),
        ("record_checkpoint", "size", "note"),
        ("record_item", "commitment", "sealed"),
        ("record_item", "commitment", "state"),
        ("record_item", "commitment", "reason"),
        ("record_key", "commitment", "key"),
    ],
)
def test_two_rows_that_changed_places_are_found(
    whole: tuple[Log, Sql, dict[str, str]], table: str, key: str, column: str
) -> None:
    _, sql, _ = whole
    sql.execute(f"SELECT {key}, {column} FROM {table} ORDER BY {key}")
    rows = sql.rows()
    for at, (one, value) in enumerate(rows):
        for other, beside in rows[at + 1 :]:
            if value != beside:
                with changed(sql):
                    sql.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [beside, one])
                    sql.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [value, other])
                    assert names(sql), (one, other)


def test_entries_that_changed_places_whole_are_found(whole: tuple[Log, Sql, dict[str, str]]) -> None:
    _, sql, _ = whole
    with changed(sql):
        for before, after in ((0, 99), (1, 0), (99, 1)):
            sql.execute("UPDATE record_entry SET position = %s WHERE position = %s", [after, before])
        assert {"checkpoint-root", "tile-differs"} <= names(sql)


# -- what each finding says ------------------------------------------------------------------------------------------------


def forge(sql: Sql, kind: str) -> None:
    """An entry written past the library."""
    entry = Entry(kind, NOON, "0" * 64, {"commitment": "sha256:" + "ab" * 32, "reason": "why"})
    sql.execute("INSERT INTO record_entry (receipt, leaf) VALUES (%s, %s)", [entry.receipt, entry.leaf()])


BLOB = {"sqlite": "x'00'", "postgresql": r"'\x00'::bytea"}
FOUND: dict[str, tuple[str, ...]] = {
    "log-row": ("UPDATE record_log SET origin = 'example.org/lag'",),
    "checkpoint-damaged": ("UPDATE record_checkpoint SET note = 'nothing' WHERE size = 2",),
    "checkpoint-size": ("UPDATE record_checkpoint SET size = 3 WHERE size = 2",),
    "checkpoint-succession": ("DELETE FROM record_checkpoint WHERE size = 1",),
    "checkpoint-beyond": ("DELETE FROM record_entry WHERE position = 3",),
    "checkpoint-root": ("UPDATE record_entry SET leaf = (SELECT leaf FROM record_entry WHERE position = 1) WHERE position = 0",),
    "entry-position": ("UPDATE record_entry SET position = 7 WHERE position = 3",),
    "entry-unsigned": ("DELETE FROM record_checkpoint WHERE size = 4",),
    "entry-damaged": ("UPDATE record_entry SET leaf = {blob} WHERE position = 0",),
    "entry-receipt": ("UPDATE record_entry SET receipt = 'x' WHERE position = 0",),
    "entry-twice": ("INSERT INTO record_entry (receipt, leaf) SELECT 'x', leaf FROM record_entry WHERE position = 0",),
    "item-twice": ("INSERT INTO record_entry (receipt, leaf) SELECT 'x', leaf FROM record_entry WHERE position = 0",),
    "tile-extra": ("INSERT INTO record_tile VALUES (0, 5, {blob})",),
    "tile-missing": ("DELETE FROM record_tile",),
    "tile-differs": ("UPDATE record_tile SET hashes = {blob}",),
    "item-unnamed": ("INSERT INTO record_item VALUES ('sha256:x', {blob}, 'held', NULL)",),
    "item-state": ("UPDATE record_item SET state = 'held' WHERE state = 'withheld'",),
    "item-missing": ("DELETE FROM record_item WHERE state = 'erased'",),
    "item-damaged": ("UPDATE record_key SET key = {blob}",),
    "item-not-erased": ("UPDATE record_item SET sealed = {blob} WHERE state = 'erased'",),
    "key-unnamed": ("INSERT INTO record_key VALUES ('sha256:x', {blob})",),
}  # fmt: skip


def said(findings: list[Any], name: str) -> None:
    """The finding is there, and worded in both languages."""
    found = next(one for one in findings if one.id == name)
    for lang in ("zh", "en"):
        words = found.to_json(lang)
        assert words["message"]
        assert words["hint"]
        assert "{" not in words["message"] + words["hint"]


@pytest.mark.parametrize("name", FOUND)
def test_a_finding_has_its_name_and_words(whole: tuple[Log, Sql, dict[str, str]], name: str) -> None:
    log, sql, _ = whole
    with changed(sql, *(one.format(blob=BLOB[log.name]) for one in FOUND[name])):
        said(fsck(sql, KEY.verifier, witness_keys=[WITNESS.verifier], at=NOON), name)


def test_what_was_put_in_does_not_steer_the_screen(whole: tuple[Log, Sql, dict[str, str]]) -> None:
    _, sql, _ = whole
    steering = "\x1b[2J\u202eall is well\n"
    ways = (
        "INSERT INTO record_item SELECT %s, sealed, state, reason FROM record_item WHERE state = 'held'",
        "UPDATE record_log SET origin = %s",
        "UPDATE record_item SET state = %s WHERE state = 'held'",
        "UPDATE record_checkpoint SET note = note || %s WHERE size = 2",
    )
    for query in ways:
        with changed(sql):
            sql.execute(query, [steering])
            found = [one.to_json(lang) for one in fsck(sql, KEY, at=NOON) for lang in ("zh", "en")]
        assert found
        assert not any(sign in one[name] for one in found for name in ("where", "message", "hint") for sign in "\x1b\u202e\n")
    with changed(sql):
        sql.execute(ways[0], ["书\u3000\x1b"])
        assert "record_item, 书\u3000\\x1b" in {one.where for one in fsck(sql, KEY, at=NOON)}


def test_an_act_of_the_record_that_speaks_of_nothing_is_found(whole: tuple[Log, Sql, dict[str, str]]) -> None:
    _, sql, _ = whole
    for kind in ("record.item-erased", "record.unheard-of"):
        with changed(sql):
            forge(sql, kind)
            said(fsck(sql, KEY, at=NOON), "own-act")


def test_a_cosignature_by_somebody_unknown_is_told(whole: tuple[Log, Sql, dict[str, str]]) -> None:
    found = fsck(whole[1], KEY, at=NOON)
    assert [(one.id, one.severity, one.fields["name"]) for one in found] == [("cosignature-unknown", "warning", WITNESS.name)]
    said(found, "cosignature-unknown")


def test_a_signature_that_stands_twice_is_found(whole: tuple[Log, Sql, dict[str, str]]) -> None:
    _, sql, _ = whole
    sql.execute("SELECT note FROM record_checkpoint WHERE size = 2")
    note = sql.rows()[0][0]
    for line in note.split("\n\n")[1].splitlines(keepends=True):
        with changed(sql):
            sql.execute("UPDATE record_checkpoint SET note = %s WHERE size = 2", [note + line])
            assert names(sql)


def test_an_entry_that_waits_too_long_is_told(log: Log, sql: Sql) -> None:
    with fixed(NOON):
        log.append(sql)
        assert log.fsck(sql) == []
    found = log.fsck(sql, at=NOON + timedelta(minutes=5))
    assert [(one.id, one.severity) for one in found] == [("entry-waiting", "warning")]
    said(found, "entry-waiting")


def test_acts_and_entries_are_held_against_each_other(log: Log, sql: Sql) -> None:
    done = [log.append(sql, number=number) for number in range(3)]
    log.integrate(sql)
    acts = [Act(one.receipt_hash, "system.published", f"act {at}") for at, one in enumerate(done)]
    assert log.fsck(sql, acts=acts) == []
    other = Act("ab" * 32, "system.published", "act 9")
    wrong = Act(acts[0].receipt, "system.withdrawn", "act 0")
    for given, name in (
        ([*acts, other], "act-without-entry"),
        (acts[1:], "entry-without-act"),
        ([wrong, *acts[1:]], "act-kind"),
        ([*acts, acts[0]], "act-twice"),
    ):
        found = log.fsck(sql, acts=given)
        assert [one.id for one in found] == [name]
        said(found, name)


def test_what_the_record_does_itself_needs_no_act(log: Log, sql: Sql) -> None:
    done = log.append(sql, b"personal")
    with writing(sql):
        erase(sql, done.commitments["part-0"], "why")
    assert log.fsck(sql, acts=[Act(done.receipt_hash, "system.published")]) == []


# -- what only others can know ---------------------------------------------------------------------------------------------


def test_a_cut_tail_is_found_by_what_others_have_seen(log: Log, sql: Sql) -> None:
    for number in range(3):
        log.append(sql, number=number)
        log.integrate(sql)
    seen = checkpoint_note(sql)
    assert log.fsck(sql, witnesses=[seen]) == []
    with writing(sql):  # everything as if the last entry had never been
        sql.execute("DELETE FROM record_entry WHERE position = 2")
        sql.execute("DELETE FROM record_checkpoint WHERE size = 3")
        sql.execute("SELECT hashes FROM record_tile")
        sql.execute("UPDATE record_tile SET hashes = %s", [sql.rows()[0][0][:64]])
    assert log.fsck(sql) == []
    found = log.fsck(sql, witnesses=[seen])
    assert [one.id for one in found] == ["cut-tail"]
    said(found, "cut-tail")


def test_a_second_history_is_found_by_what_others_have_seen(log: Log, sql: Sql) -> None:
    log.append(sql)
    log.append(sql)
    log.integrate(sql)
    other = sign_checkpoint(Checkpoint(KEY.name, 2, bytes(32)), KEY).decode()
    found = log.fsck(sql, witnesses=[other])
    assert [one.id for one in found] == ["fork"]
    said(found, "fork")
    between = sign_checkpoint(Checkpoint(KEY.name, 1, bytes(32)), KEY).decode()
    assert log.found(sql, witnesses=[between]) == {"fork"}


def test_what_others_have_seen_of_another_log_says_nothing(log: Log, sql: Sql) -> None:
    log.append(sql)
    log.integrate(sql)
    stranger = PrivateKey.made("example.org/other")
    notes = [sign_checkpoint(Checkpoint(stranger.name, 9, bytes(32)), stranger).decode(), "nothing", "\ud800"]
    found = log.fsck(sql, witnesses=notes)
    assert [(one.id, one.severity) for one in found] == [("seen-unreadable", "warning")] * 3
    said(found, "seen-unreadable")


# -- erased is erased ------------------------------------------------------------------------------------------------------


def test_an_erased_item_written_again_is_found(whole: tuple[Log, Sql, dict[str, str]]) -> None:
    _, sql, items = whole
    again = seal(b"to be erased")
    ways: list[Callable[[], None]] = [
        lambda: sql.execute("UPDATE record_item SET sealed = %s WHERE state = 'erased'", [again.sealed]),
        lambda: sql.execute("INSERT INTO record_key VALUES (%s, %s)", [items["erased"], again.key]),
        lambda: sql.execute("UPDATE record_item SET state = 'held', reason = NULL WHERE state = 'erased'"),
        lambda: sql.execute("INSERT INTO record_item VALUES (%s, %s, 'held', NULL)", [again.commitment, again.sealed]),
    ]
    for way in ways:
        with changed(sql):
            way()
            assert names(sql)
    with changed(sql):
        for way in ways[:3]:
            way()
        assert {"item-not-erased", "item-state"} <= names(sql)


def test_a_row_copied_before_its_erasure_and_put_back_is_found(log: Log, sql: Sql) -> None:
    commitment = log.append(sql, b"personal").commitments["part-0"]
    sql.execute("SELECT sealed FROM record_item")
    sealed = sql.rows()[0][0]
    sql.execute("SELECT key FROM record_key")
    key = sql.rows()[0][0]
    with writing(sql):
        erase(sql, commitment, "why")
    log.integrate(sql)
    with writing(sql):
        sql.execute("UPDATE record_item SET sealed = %s, state = 'held', reason = NULL", [sealed])
        sql.execute("INSERT INTO record_key VALUES (%s, %s)", [commitment, key])
    assert log.found(sql) == {"item-state", "item-not-erased"}


def test_a_withheld_item_shown_without_an_entry_is_found(log: Log, sql: Sql) -> None:
    commitment = log.append(sql, b"personal").commitments["part-0"]
    with writing(sql):
        withhold(sql, commitment, "court-order")
    sql.execute("UPDATE record_item SET state = 'held', reason = NULL")
    assert log.found(sql) == {"item-state"}
    sql.execute("UPDATE record_item SET state = 'withheld', reason = 'court-order'")
    with writing(sql):
        release(sql, commitment, "order-lifted")
    assert log.fsck(sql) == []


# -- the rest --------------------------------------------------------------------------------------------------------------


def test_many_findings_of_one_name_are_counted(log: Log, sql: Sql) -> None:
    with writing(sql):
        for number in range(30):
            append(sql, "a.b", {"n": number})
        sql.execute("UPDATE record_entry SET receipt = 'x' || receipt")
    found = log.fsck(sql)
    assert [one.id for one in found] == ["entry-receipt"] * MOST_OF_A_KIND + ["more"]
    assert found[-1].fields["count"] == 30 - MOST_OF_A_KIND
    said(found, "more")


def test_it_sees_one_moment_while_others_write(log: Log, sql: Sql) -> None:
    log.append(sql)
    log.integrate(sql)
    other = log.connection()
    with reading(sql):
        assert entry_at(sql, 0).position == 0
        log.append(other, b"more")
        log.integrate(other)
        assert fsck(sql, KEY) == []
    assert log.fsck(sql) == []


def test_a_database_that_cannot_be_read_is_told(sqlite_log: Log) -> None:
    sql = sqlite_log.connection()
    sql.execute("DROP TABLE record_tile")
    found = sqlite_log.fsck(sql)
    assert [one.id for one in found] == ["unreadable"]
    said(found, "unreadable")


def test_a_flipped_bit_in_the_file_is_found_or_changes_nothing(sqlite_log: Log, tmp_path: Path) -> None:
    """A sample of the bytes of the file: it cannot be read, or something is found, or what it says is the same."""
    sql = sqlite_log.connection()
    fill(sqlite_log, sql)
    sql.execute("VACUUM INTO %s", [str(tmp_path / "whole.sqlite3")])
    raw = (tmp_path / "whole.sqlite3").read_bytes()
    before = contents(tmp_path / "whole.sqlite3")
    file = Path(sqlite_log.place).with_name("flipped.sqlite3")
    chosen = random.Random(7).sample(range(len(raw)), 1200)  # the same sample every time
    said_nothing, database_said = [], set()
    for at in chosen:
        file.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << at % 8)]) + raw[at + 1 :])
        try:
            with closing(sqlite3.connect(file, isolation_level=None)) as connection:
                found = {one.id for one in fsck(sql_of(connection), KEY, witness_keys=[WITNESS.verifier], at=NOON)}
            same = bool(found) or contents(file) == before
        except (sqlite3.Error, RecordError):
            continue
        database_said |= found
        if not same:
            said_nothing.append(at)
    assert said_nothing == []
    assert {"database", "unreadable"} <= database_said


def contents(path: Path) -> dict[str, list[Any]]:
    """Everything that the tables say."""
    with closing(sqlite3.connect(path)) as connection:
        return {one: sorted(connection.execute(f"SELECT * FROM {one}").fetchall(), key=repr) for one in TABLES}


def test_fsck_of_a_connection_of_its_own(sqlite_log: Log) -> None:
    sql, connection = connect(sqlite_log.place)
    with closing(connection):
        assert fsck(sql, KEY) == []
