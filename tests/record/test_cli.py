"""``guiju record``: a log of one's own from beginning to end, and what is said where something cannot be."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.record.conftest import Log, begin

from guiju.cli.app import run
from guiju.record import PrivateKey, append, connect, writing

ORIGIN = "example.org/log"


class Command:
    """The command, run in this process."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.log = folder / "log"
        self._capsys = capsys

    def __call__(self, *words: object, code: int = 0) -> Any:
        """What it answers with --json."""
        assert run(["record", *map(str, words), "--json"]) == code
        return json.loads(self._capsys.readouterr().out)

    def page(self, *words: object, lang: str = "en", code: int = 0) -> str:
        assert run(["record", *map(str, words), "--lang", lang]) == code
        told = self._capsys.readouterr()
        return told.out + told.err

    def refused(self, *words: object) -> str:
        """The code of the error, which is worded in both languages."""
        told = self(*words, code=2)["error"]
        assert told["message"]
        assert told["hint"]
        assert re.search("[\u3400-\u9fff]", self.page(*words, lang="zh", code=2))
        return str(told["code"])

    def file(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path


@pytest.fixture
def record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(tmp_path, capsys)


@pytest.fixture
def begun(record: Command) -> Command:
    record("init", record.log, "--origin", ORIGIN)
    return record


def test_a_log_from_beginning_to_end(record: Command) -> None:
    key = record("init", record.log, "--origin", ORIGIN)["key"]
    report, minutes = record.file("report.txt", b"the report"), record.file("minutes.txt", b"the minutes")
    public = record.file("public.json", b'{"system": "sys:1"}')
    entries = record("append", record.log, report, minutes, "--kind", "meeting.held", "--public", public)["entries"]
    assert [one["position"] for one in entries] == [0, 1]
    bundle = record.folder / "report.json"
    record("prove", record.log, entries[0]["receipt"].lower(), "--with-items", "--out", bundle)
    found = record("verify", bundle, "--key", key, "--content", report)
    assert (found["holds"], found["key_from"], found["content_is"]) == (True, "option", ["content"])
    assert found["entry"]["public"] == {"system": "sys:1"}
    assert record("verify", bundle, "--key", key, "--content", minutes, code=1)["why"]["code"] == "log.not-content"
    assert record("fsck", record.log)["findings"] == []

    gone = record("erase", record.log, entries[0]["commitment"], "--reason", "erasure-request")
    assert gone["cleared"] is True
    assert record("verify", bundle, "--key", key)["holds"]
    after = record("prove", record.log, "--position", 0, "--with-items")
    later = record.file("later.json", json.dumps(after).encode())
    assert record("verify", later, "--key", key)["items"] == [{"name": "content", "state": "erased", "disclosed": False}]
    assert record("fsck", record.log)["findings"] == []


def test_the_key_is_for_its_owner_only(begun: Command) -> None:
    assert stat.S_IMODE((begun.log / "record-key").stat().st_mode) == 0o600


def test_the_keys_of_items_are_for_the_owner_only_in_a_folder_of_everybody(record: Command) -> None:
    record.log.mkdir(mode=0o755)
    record("init", record.log, "--origin", ORIGIN)
    sql, connection = connect(record.log / "record.sqlite3")
    with closing(connection), writing(sql):
        append(sql, "a.b", {}, {"x": b"personal"})
        files = sorted(record.log.glob("record.sqlite3*"))
        assert len(files) == 3
        assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}


def test_the_key_that_is_told_is_the_one_that_was_checked_against(begun: Command) -> None:
    begun("append", begun.log, begun.file("a.txt", b"a"))
    bundle = begun("prove", begun.log, "--position", 0)
    stranger = begun("init", begun.folder / "stranger", "--origin", ORIGIN)["key"]
    other = begun.file("other.json", json.dumps(bundle | {"log": stranger}).encode())
    assert begun("verify", other, "--key", bundle["log"])["key"] == bundle["log"]
    assert begun("verify", other, code=1)["why"]["code"] == "log.signature-none"


def test_a_checkpoint_that_is_none_is_told(begun: Command) -> None:
    begun("append", begun.log, begun.file("a.txt", b"a"))
    key = begun("prove", begun.log, "--position", 0)["log"]
    sql, connection = connect(begun.log / "record.sqlite3")
    sql.execute("UPDATE record_checkpoint SET note = replace(note, %s, %s)", ["\n1\n", "\none\n"])
    connection.close()
    assert begun.refused("checkpoint", begun.log, "--ask", "http://127.0.0.1:1", "--witness", key) == "log.number"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_people_get_a_page(begun: Command, lang: str) -> None:
    report = begun.file("report.txt", b"the report")
    said = begun.page("append", begun.log, report, lang=lang)
    receipt = re.search(r"GJ-[0-9A-Z-]+", said)
    commitment = re.search(r"sha256:[0-9a-f]{64}", said)
    assert receipt is not None
    assert commitment is not None
    bundle = begun.folder / "bundle.json"
    begun.page("prove", begun.log, receipt[0], "--out", bundle, lang=lang)
    page = begun.page("verify", bundle, lang=lang)
    assert ORIGIN in page
    assert "+" in page  # the key that it was checked against, named since it was not given
    begun.page("erase", begun.log, commitment[0], "--reason", "erasure-request", lang=lang)
    begun.page("prove", begun.log, receipt[0], "--out", bundle, lang=lang)
    assert "erasure-request" in begun.page("verify", bundle, lang=lang)
    begun.page("fsck", begun.log, lang=lang)
    assert begun.page("checkpoint", begun.log).startswith(f"{ORIGIN}\n2\n")


def test_a_proof_that_was_changed_exits_with_1(begun: Command) -> None:
    begun("append", begun.log, begun.file("a.txt", b"a"))
    bundle = begun("prove", begun.log, "--position", 0)
    wrong = begun.file("wrong.json", json.dumps(bundle | {"entry": bundle["entry"] | {"kind": "meeting.held"}}).encode())
    assert begun("verify", wrong, code=1)["holds"] is False
    for lang in ("zh", "en"):
        assert begun.page("verify", wrong, lang=lang, code=1).count("\n") >= 2


def test_what_fsck_finds_is_told_and_exits_with_1(begun: Command) -> None:
    begun("append", begun.log, begun.file("a.txt", b"a"))
    checkpoint = begun.file("seen.txt", begun("checkpoint", begun.log)["checkpoint"].encode())
    assert begun("fsck", begun.log, "--seen", checkpoint)["findings"] == []
    stranger = begun.file("other.txt", checkpoint.read_bytes().replace(b"\n1\n", b"\n7\n"))
    found = begun("fsck", begun.log, "--seen", stranger)["findings"]
    assert [(one["id"], one["severity"]) for one in found] == [("seen-unreadable", "warning")]
    sql, connection = connect(begun.log / "record.sqlite3")
    sql.execute("UPDATE record_key SET key = %s", [bytes(32)])
    connection.close()
    found = begun("fsck", begun.log, code=1)["findings"]
    assert [one["id"] for one in found] == ["item-damaged"]
    assert found[0].keys() == {"id", "severity", "where", "message", "hint"}
    for lang in ("zh", "en"):
        assert "item-damaged" in begun.page("fsck", begun.log, lang=lang, code=1)


def test_a_log_in_postgresql(request: pytest.FixtureRequest, record: Command) -> None:
    held: Log = begin("postgresql", request, "command")
    with held.open:
        url = str(held.place)
        sql = held.connection()
        for table in ("log", "checkpoint", "tile", "entry", "item", "key"):
            sql.execute(f"DROP TABLE record_{table}")
    record("init", record.log, "--origin", ORIGIN, "--database-url", url)
    record("append", record.log, record.file("a.txt", b"a"))
    assert record("fsck", record.log)["findings"] == []
    assert stat.S_IMODE((record.log / "database-url").stat().st_mode) == 0o600


def test_a_witness_cosigns_and_is_asked_for(begun: Command) -> None:
    begun("append", begun.log, begun.file("a.txt", b"a"))
    bundle = begun("prove", begun.log, "--position", 0)
    command = [
        sys.executable,
        "-c",
        "from guiju.cli import main; main()",
        "record",
        "witness",
        str(begun.folder / "witness"),
        "--origin",
        "example.org/w",
    ]
    words = [*command, "--log", bundle["log"], "--port", "0", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as running:
        assert running.stdout is not None
        try:
            told = json.loads("".join(running.stdout.readline() for _ in range(5)))
            note = begun("checkpoint", begun.log, "--ask", told["url"], "--witness", told["key"])["checkpoint"]
        finally:
            running.send_signal(signal.SIGTERM)
        assert running.wait(10) == 0
    assert "— example.org/w " in note
    signed = begun.file("signed.json", json.dumps(begun("prove", begun.log, "--position", 0, "--cosigned")).encode())
    assert begun("verify", signed, "--witness", told["key"])["witnesses"] == ["example.org/w"]
    assert "example.org/w" in begun.page("verify", signed, "--witness", told["key"], "--quorum", 1)
    assert begun("fsck", begun.log, "--witness", told["key"])["findings"] == []
    unseen = begun.file("unseen.json", json.dumps(bundle).encode())
    assert begun("verify", unseen, "--witness", told["key"], code=1)["why"]["code"] == "log.quorum"


def test_what_cannot_be_is_refused(begun: Command) -> None:
    a, nowhere, folder = begun.file("a.txt", b"a"), begun.folder / "nowhere", begun.folder
    public = begun.file("public.json", b"[1]")
    blocked = begun.file("blocked", b"")
    bundle = begun.file("bundle.json", b"{}")
    refused = begun.refused
    assert refused("init", begun.log, "--origin", ORIGIN) == "log.already"
    assert refused("init", nowhere, "--origin", "two words") == "log.key-name"
    assert refused("init", nowhere, "--origin", ORIGIN, "--database-url", "mysql://host/name") == "log.url"
    assert refused("init", blocked / "log", "--origin", ORIGIN) == "log.unwritable"
    url = "postgres://guiju@127.0.0.1:1/postgres"
    assert refused("init", nowhere, "--origin", ORIGIN, "--database-url", url) == "log.database"
    assert refused("append", nowhere, a) == "log.no-log"
    assert refused("append", begun.log, folder / "none.txt") == "log.unreadable"
    assert refused("append", begun.log, a, "--public", public) == "log.public"
    assert refused("append", begun.log, a, "--kind", "record.item-erased") == "entry.own-kind"
    assert refused("append", begun.log, a, "--kind", "Meeting") == "entry.field"
    assert refused("prove", begun.log) == "log.which-entry"
    assert refused("prove", begun.log, "GJ-7K3M-9QWX-2F4R-8TVA-Q", "--position", 1) == "log.which-entry"
    assert refused("prove", begun.log, "GJ-7K3M-9QWX-2F4R-8TVA-Q") == "log.no-entry"
    assert refused("prove", begun.log, "GJ-7K3M-9QWX-2F4R-8TVA-R") == "receipt.mistyped"
    assert refused("checkpoint", begun.log) == "log.no-checkpoint"
    assert refused("verify", bundle) == "log.bundle"
    begun("append", begun.log, a)
    assert refused("checkpoint", begun.log, "--ask", "http://127.0.0.1:1") == "log.ask-whom"
    assert refused("prove", begun.log, "--position", 0, "--cosigned") == "log.no-checkpoint"
    assert refused("erase", begun.log, "sha256:" + "ab" * 32, "--reason", "why") == "item.unknown"
    proof = begun.file("proof.json", json.dumps(begun("prove", begun.log, "--position", 0)).encode())
    assert begun("verify", proof, "--content", a, code=1)["why"]["code"] == "log.bundle-salt"


def test_a_name_too_long_for_a_folder_is_told(record: Command) -> None:
    long, a = record.folder / ("x" * 300), record.file("a.txt", b"a")
    assert record.refused("init", long, "--origin", ORIGIN) == "log.unwritable"
    assert record.refused("append", long, a) == "log.no-log"
    assert record.refused("fsck", long) == "log.no-log"
    key = PrivateKey.made(ORIGIN).verifier
    assert record.refused("witness", long, "--log", key, "--origin", "example.org/w") == "log.unwritable"


def test_an_entry_that_waits_has_no_proof(begun: Command) -> None:
    sql, connection = connect(begun.log / "record.sqlite3")
    with writing(sql):
        done = append(sql, "a.b", {})
    connection.close()
    assert begun.refused("prove", begun.log, done.receipt_number) == "log.no-position"


def test_a_witness_keeps_its_name(begun: Command) -> None:
    begun("append", begun.log, begun.file("a.txt", b"a"))
    log = begun("prove", begun.log, "--position", 0)["log"]
    folder = begun.folder / "witness"
    assert begun.refused("witness", folder, "--log", log) == "log.witness-name"
    assert begun.refused("witness", folder, "--log", log, "--origin", "example.org/w", "--host", "192.0.2.1") == "log.port"
    assert begun.refused("witness", folder, "--log", log, "--host", "é" * 64) == "log.port"
    assert begun.refused("witness", folder, "--log", log, "--origin", "example.org/v") == "log.other-witness"


def test_a_database_that_went_away_is_told(begun: Command) -> None:
    for path in begun.log.glob("record.sqlite3*"):
        path.unlink()
    assert begun.refused("fsck", begun.log) == "log.no-log"
    (begun.log / "record.sqlite3").write_bytes(b"no database at all, only some bytes" * 100)
    assert begun.refused("append", begun.log, begun.file("a.txt", b"a")) == "log.database"


# -- statements ----------------------------------------------------------------------------------------------------------------

KIND = "https://in-toto.io/attestation/test-result/v0.1"


def test_a_statement_about_files_is_signed_entered_and_checked_by_whoever_has_the_key(record: Command) -> None:
    key = record("init", record.log, "--origin", ORIGIN)["key"]
    model, other = record.file("model.bin", b"the model"), record.file("other.bin", b"another")
    said = record.file("said.json", b'{"result": "PASSED"}')
    envelope = record.folder / "statement.json"
    made = record("attest", record.log, model, "--type", KIND, "--predicate", said, "--out", envelope)
    found = record("verify", envelope, "--key", key, "--content", model)
    assert (found["type"], found["predicate"], found["content_is"]) == (KIND, {"result": "PASSED"}, ["model.bin"])
    assert record("verify", envelope, "--key", key, "--content", other, code=1)["why"]["code"] == "log.not-subject"
    stranger = record("init", record.folder / "stranger", "--origin", ORIGIN)["key"]
    assert record("verify", envelope, "--key", stranger, code=1)["why"]["code"] == "log.signature-none"
    assert record("verify", envelope, code=2)["error"]["code"] == "log.statement-key"
    entry = record("prove", record.log, made["receipt"])["entry"]
    assert (entry["kind"], entry["public"]) == ("statement.made", {"statement": made["statement"], "type": KIND})
    assert record("fsck", record.log)["findings"] == []


def test_another_in_toto_tool_reads_the_envelope(begun: Command) -> None:
    from securesystemslib.dsse import Envelope

    envelope = begun("attest", begun.log, begun.file("a.txt", b"a"), "--type", KIND)
    read = Envelope.from_dict(envelope)
    assert read.payload_type == "application/vnd.in-toto+json"
    assert json.loads(read.payload)["subject"][0]["name"] == "a.txt"


def test_a_kind_of_statement_is_an_address(begun: Command) -> None:
    for kind in ("tested", "http://["):
        wrong = begun("attest", begun.log, begun.file("a.txt", b"a"), "--type", kind, code=2)
        assert wrong["error"]["code"] == "log.type-uri"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_statement_is_told_to_people(record: Command, lang: str) -> None:
    key = record("init", record.log, "--origin", ORIGIN)["key"]
    envelope = record.folder / "statement.json"
    report = record.file("report.txt", b"the report")
    assert "GJ-" in record.page("attest", record.log, report, "--type", KIND, "--out", envelope, lang=lang)
    page = record.page("verify", envelope, "--key", key, "--content", report, lang=lang)
    assert "report.txt" in page
    assert KIND in page
