"""Backups: what is read is one moment, what comes back is the same in either database, and a file that is none is refused."""

import json
import os
import stat
import subprocess
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.institutions.conftest import GUIJU
from tests.institutions.postgres import run_on

from guiju import record
from guiju.cli.app import run
from guiju.institutions.people.models import Person
from guiju.institutions.serving import ServeError, backup, home, portable, restoring
from guiju.institutions.serving.site import on_refusal

# -- there and back ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_site_comes_back_as_it_was_in_both_databases_and_across(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = {name: tmp_path / name for name in ("sqlite", "postgresql", "across")}
    places["sqlite"].mkdir()
    places["postgresql"].mkdir()
    for database in ("sqlite", "postgresql"):
        found = run_on(database, places[database], "backup_run")
        assert found["vendor"] == database
        assert found["meanwhile"] == {"findings": [], "lost": True, "seen": ["cut-tail"]}
        assert found["after"] == {"findings": [], "same": True, "lacking": []}
        assert found["goes_on"]
        if database == "postgresql":
            assert found["across"] == {"same": True, "differs": [], "goes_on": True}
        monkeypatch.setenv("GUIJU_TEST_OTHER", str(places["sqlite"]))
    kept = str(places["postgresql"] / "after.zip")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GUIJU_")}
    command = [*GUIJU, "restore", kept, "--home", str(places["across"]), "--json"]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=100)
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    before = json.loads((places["postgresql"] / "stands.json").read_text(encoding="utf-8"))
    assert (said["size"], said["findings"], said["lacking"]) == (before["size"], [], [])
    sql, held = record.connect(places["across"] / "guiju.sqlite3")
    assert [record.bundle_for(sql, at, lambda name: name == "act") for at in range(said["size"])] == before["proofs"]
    held.close()
    for name in ("guiju.sqlite3", "record-key", "secret-key"):
        assert stat.S_IMODE((places["across"] / name).stat().st_mode) == 0o600
    with zipfile.ZipFile(kept) as archive:
        assert (places["across"] / "record-key").read_bytes() == archive.read("keys/record-key")


PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
JSON = PLAIN | st.lists(PLAIN, max_size=2) | st.dictionaries(st.text(max_size=3), PLAIN, max_size=2)
VALUES = (
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.uuids() | st.floats(allow_nan=False)
    | st.decimals(allow_nan=False) | st.dates() | st.times() | st.timedeltas() | st.datetimes(timezones=st.just(UTC))
    | st.lists(JSON, max_size=3) | st.dictionaries(st.text(max_size=3), JSON, max_size=3)
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(VALUES, max_size=4))
def test_a_row_is_read_as_it_was_written(row: list[Any]) -> None:
    line = portable.line_of(row)
    assert line.count(b"\n") == 1
    found = portable.row_of(line, len(row))
    assert [(type(one), one) for one in found] == [(type(one), one) for one in row]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (b"\0\1", {"bytes": "AAE="}),
        (memoryview(b"\2"), {"bytes": "Ag=="}),
        (datetime(2026, 11, 23, 6, tzinfo=UTC), {"datetime": "2026-11-23T06:00:00+00:00"}),
        (date(2026, 1, 2), {"date": "2026-01-02"}),
        (time(3, 4), {"time": "03:04:00"}),
        (timedelta(1), {"microseconds": 86400000000}),
        (Decimal("1.50"), {"decimal": "1.50"}),
        (UUID(int=7), {"uuid": "00000000-0000-0000-0000-000000000007"}),
        ({"json": 1}, {"json": {"json": 1}}),
    ],
)
def test_a_value_has_its_type_beside_it(value: object, written: object) -> None:
    assert json.loads(portable.line_of([value])) == [written]


NO_ROWS = (b"1", b"[1]", b"[[1], 2]", b'[{"other": 1}, 2]', b'[{"bytes": "*"}, 2]', b'[{"a": 1, "b": 2}, 3]', b"[")


@pytest.mark.parametrize("line", NO_ROWS)
def test_a_line_that_is_no_row_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        portable.row_of(line, 2)


# -- what is in it -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home whose database is the one of this test; the environment is put back afterwards."""
    for name in ("GUIJU_HOME", "GUIJU_DATABASE_URL", "GUIJU_HOSTS", "GUIJU_DEMO", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    (tmp_path / "home").mkdir()
    for name in ("guiju.sqlite3", "secret-key", "record-key"):
        (tmp_path / "home" / name).write_text("something", encoding="ascii")
    return tmp_path / "home"


@pytest.mark.django_db
def test_sessions_counters_and_finished_tasks_are_left_out_and_keys_come_only_when_asked_for(place: Path) -> None:
    made = backup.backup(place.parent / "bare.zip", "", place).manifest
    names = {one["name"] for one in made["tables"]}
    assert {"people_person", "hall_outbox", "record_entry", "record_key", "register_document", "django_content_type"} <= names
    assert not names & {"django_session", "usersessions_usersession", "hall_counted", "hall_cached", "django_migrations"}
    assert made["keys"] == []
    backup.backup(place.parent / "keys.zip", "", place, with_keys=True)
    with zipfile.ZipFile(place.parent / "keys.zip") as found:
        assert {"keys/record-key", "keys/secret-key"} <= set(found.namelist())
    assert stat.S_IMODE((place.parent / "keys.zip").stat().st_mode) == 0o600
    assert not [one for one in place.parent.iterdir() if one.name.startswith(".")]


def test_every_table_of_the_site_is_held_or_left_out_on_purpose(db: None) -> None:
    from django.apps import apps

    known = set(portable.tables(apps)) | portable.LEFT_OUT
    assert set(connection.introspection.table_names()) <= known


# -- careless ----------------------------------------------------------------------------------------------------------------


def told(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return the code of the error that a command ends with."""
    assert run([*words, "--json"]) == 2
    return str(json.loads(capsys.readouterr().out)["error"]["code"])


def test_no_site_to_back_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(["backup", str(tmp_path / "x.zip"), "--home", str(tmp_path)], capsys) == "demo.no-site"


def test_a_file_that_is_there_is_not_overwritten(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place.parent / "x.zip").write_text("mine", encoding="ascii")
    assert told(["backup", str(place.parent / "x.zip"), "--home", str(place)], capsys) == "backup.exists"
    assert (place.parent / "x.zip").read_text(encoding="ascii") == "mine"


@pytest.mark.django_db
def test_a_folder_that_is_not_there(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(["backup", str(place / "none" / "x.zip"), "--home", str(place)], capsys) == "backup.not-writable"


@pytest.mark.django_db
def test_a_database_without_tables_or_of_a_newer_version(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["backup", str(place.parent / "x.zip"), "--home", str(place)]
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('hall', '9999_later', '2026-11-23')")
    assert told(words, capsys) == "backup.newer-database"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations")
    assert told(words, capsys) == "backup.no-tables"
    assert not (place.parent / "x.zip").exists()


def packed(path: Path, manifest: dict[str, Any] | None = None, **parts: bytes) -> Path:
    """Return a file that could be a backup."""
    whole: dict[str, Any] = {"schema": "guiju.backup/1", "engine": "0", "made": "2026-11-23T06:00:00+00:00"}
    whole |= {"database": "sqlite", "migrations": [], "tables": [], "keys": []}
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("manifest.json", json.dumps(whole | (manifest or {})))
        for name, content in parts.items():
            out.writestr(f"tables/{name}.jsonl", content)
    return path


TABLE = {"name": "t", "columns": ["a"], "rows": 1, "sha256": "0" * 64}


@pytest.mark.parametrize(
    ("manifest", "parts", "code"),
    [
        ({"schema": "guiju.backup/9"}, {}, "backup.other-form"),
        ({"schema": None}, {}, "backup.other-form"),
        ({"tables": [TABLE]}, {}, "backup.damaged"),
        ({}, {"t": b"[1]\n"}, "backup.damaged"),
        ({"tables": [TABLE]}, {"t": b"[1]\n"}, "backup.damaged"),
        ({"tables": 7}, {}, "backup.damaged"),
        ({"tables": [{}]}, {}, "backup.damaged"),
        ({"migrations": [["hall", "9999_later"]]}, {}, "backup.newer"),
    ],
)
def test_a_backup_that_is_not_whole_or_not_for_this_version(
    manifest: dict[str, Any], parts: dict[str, bytes], code: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = packed(place.parent / "x.zip", manifest, **parts)
    assert told(["restore", str(file), "--home", str(place.parent / "new")], capsys) == code
    assert not (place.parent / "new" / "guiju.sqlite3").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{}", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_backup(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    assert told(["restore", str(tmp_path / "x.zip"), "--home", str(tmp_path / "new")], capsys) == "backup.none"
    assert told(["restore", str(tmp_path / "none.zip"), "--home", str(tmp_path / "new")], capsys) == "file.missing"


@pytest.mark.django_db
def test_any_flipped_byte_of_a_table_is_found(place: Path) -> None:
    file = place.parent / "x.zip"
    Person.objects.create(email="li@chengzhou.example", name="李娜")
    backup.backup(file, "", place)
    with zipfile.ZipFile(file) as found:
        one = found.getinfo("tables/people_person.jsonl")
    whole = file.read_bytes()
    at = one.header_offset + 30 + len(one.filename) + int.from_bytes(whole[one.header_offset + 28 :][:2], "little")
    for offset in (at, at + one.compress_size // 2):
        file.write_bytes(whole[:offset] + bytes([whole[offset] ^ 0x10]) + whole[offset + 1 :])
        with pytest.raises(ServeError) as refused:
            backup.Backup(file)
        assert refused.value.code == "backup.damaged"


def test_a_database_with_something_in_it_is_kept_unless_forced(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = packed(place.parent / "x.zip")
    assert told(["restore", str(file), "--home", str(place)], capsys) == "backup.not-empty"
    assert (place / "guiju.sqlite3").read_text(encoding="ascii") == "something"


def test_nothing_is_restored_under_a_running_site_and_no_site_runs_meanwhile(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = packed(place.parent / "x.zip")
    with home.running(place), home.running(place):
        assert told(["restore", str(file), "--home", str(place), "--force"], capsys) == "backup.site-runs"
    with home.running(place, alone=True), pytest.raises(ServeError) as refused, home.running(place):
        pass
    assert refused.value.code == "backup.restore-runs"


def test_where_nothing_was_put_back_the_keys_are_those_that_were_there(place: Path) -> None:
    (place / "secret-key").unlink()

    def fails() -> None:
        with restoring._keys_kept(place):
            for name in ("record-key", "secret-key"):
                restoring._write_key(place / name, b"another site's")
            raise ServeError("backup.refused", reason="x")

    with pytest.raises(ServeError):
        fails()
    assert (place / "record-key").read_text(encoding="ascii") == "something"
    assert stat.S_IMODE((place / "record-key").stat().st_mode) == 0o600
    assert not (place / "secret-key").exists()


@pytest.mark.django_db
def test_what_the_database_does_not_take_is_told() -> None:
    with pytest.raises(ServeError) as refused, on_refusal("backup.refused"):
        raise DatabaseError("value too long for type character varying(80)\nmore")
    assert refused.value.code == "backup.refused"
    assert "varying(80)" in refused.value.message("en")
    assert "more" not in refused.value.message("zh")


def test_of_a_state_the_last_migrations_are_found() -> None:
    from django.db.migrations.loader import MigrationLoader

    graph = MigrationLoader(None).graph
    done = [("hall", "0001_outbox"), ("hall", "0002_counted")]
    assert restoring._last(done, graph) == [("hall", "0002_counted")]
