"""Witnesses of the site's record: asked after each checkpoint, believed only by their signature, and heard when they refuse."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from guiju import record
from guiju.institutions.hall.acts import act, own_sql
from guiju.institutions.notary import log, tasks, witnesses
from guiju.institutions.notary.log import LogError
from guiju.institutions.notary.models import Asked

pytestmark = pytest.mark.django_db

KEY = record.PrivateKey("witness.example", bytes([1]) * 32, record.COSIGNER)


@pytest.fixture(autouse=True)
def begun(tmp_path: Path, settings: Any) -> record.VerifierKey:
    settings.HOME = tmp_path
    settings.WITNESSES = ""
    return log.begin("test.example/log")


@pytest.fixture
def server(begun: record.VerifierKey, settings: Any) -> Iterator[record.WitnessServer]:
    """Serve a witness that knows this record, and name it."""
    with record.WitnessServer(record.Witness(KEY, [begun], record.MemoryState())) as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.WITNESSES = f"{found.url} {KEY.verifier}"
        yield found
        found.shutdown()
        thread.join()


def grown(count: int = 1) -> int:
    for _ in range(count):
        act("thing.done", "thing:1")
    return log.integrate(log.own_key())


def asked() -> list[bool]:
    return [witnesses.ask(one) for one in witnesses.to_ask()]


def test_each_checkpoint_is_cosigned_once_and_proofs_carry_it(server: record.WitnessServer, client: Client) -> None:
    assert asked() == []
    for count in (1, 3, 2):
        size = grown(count)
        assert asked() == [True]
        assert asked() == []
        checkpoint, note = record.open_checkpoint(client.get("/log/checkpoint").content, log.own_key().verifier, [KEY.verifier])
        assert checkpoint.size == size
        assert len(note.by(KEY.verifier)) == 1
    bundle = record.read_bundle(client.get("/en/record/0/bundle.json").content)
    assert bundle.verify(log.own_key().verifier, record.Policy((KEY.verifier,), 1)).index == 0
    assert "has cosigned all 6 entries" in client.get("/en/record/").content.decode()
    assert "已联署全部 6 条" in client.get("/zh/record/").content.decode()
    text = client.get("/en/record/0/bundle.json").content.decode()
    assert "Cosigned by witness.example" in client.post("/en/record/verify", {"text": text}).content.decode()


def test_a_witness_that_saw_a_longer_record_refuses_and_the_page_and_the_log_say_so(
    server: record.WitnessServer, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    grown(2)
    assert asked() == [True]
    with connection.cursor() as cursor:
        for table in ("record_entry", "record_checkpoint", "record_tile", "record_item", "record_key", "hall_outbox"):
            cursor.execute(f"DELETE FROM {table}")
    Asked.objects.update(seen=0)
    grown(1)
    with caplog.at_level(logging.ERROR):
        assert asked() == [False]
    assert "witness.example" in caplog.text
    assert asked() == []
    for lang, words in (("en", "has seen 2 entries of this log, but the log has only 1"), ("zh", "拒绝联署")):
        page = client.get(f"/{lang}/record/").content.decode()
        assert words in page
        assert '<li class="refused">' in page
    grown(2)
    Asked.objects.update(again="2026-01-01T00:00Z")
    assert asked() == [False]
    held = Asked.objects.get()
    assert held.problem["code"] == "log.witness-differs"
    assert held.failed == 2


def test_a_witness_that_is_silent_is_asked_again_later_and_holds_nobody_up(
    server: record.WitnessServer, settings: Any, client: Client
) -> None:
    settings.WITNESSES = f"http://127.0.0.1:1/ {KEY.verifier}"
    grown()
    assert asked() == [False]
    assert asked() == []
    page = client.get("/en/record/").content.decode()
    assert "is asked again" in page
    assert "127.0.0.1" not in page
    settings.WITNESSES = f"{server.url} {KEY.verifier}"
    Asked.objects.update(again="2026-01-01T00:00Z")
    assert asked() == [True]
    assert Asked.objects.get().problem == {}


def test_a_cosignature_by_somebody_else_is_not_taken(server: record.WitnessServer, settings: Any) -> None:
    other = record.PrivateKey.made("witness.example", record.COSIGNER).verifier
    settings.WITNESSES = f"{server.url} {other}"
    size = grown()
    assert asked() == [False]
    assert "witness.example" not in record.checkpoint_note(own_sql(), size)


def test_the_duty_hands_each_witness_to_the_worker_once(server: record.WitnessServer) -> None:
    assert tasks.hand_out() == 0
    grown()
    assert tasks.hand_out() == 1
    assert tasks.hand_out() == 0
    assert tasks.ask.call(str(KEY.verifier)) is True
    assert tasks.ask.call("nobody") is False


VKEY = str(KEY.verifier)


LOG = record.PrivateKey("log.example", bytes([2]) * 32).verifier
WRONG = (
    "https://w.example",
    f"https://w.example{VKEY}",
    f"ftp://w.example {VKEY}",
    f"https://w.example {VKEY[:-4]}",
    f"{VKEY} https://w.example",
    f"https://a.example {VKEY}, https://b.example {VKEY}",
    f"https://w.example {LOG}",
)


@pytest.mark.parametrize("given", WRONG)
def test_a_witness_that_is_named_wrongly_is_told(given: str) -> None:
    with pytest.raises(LogError) as refused:
        witnesses.named(given)
    assert refused.value.code == "notary.witness"


def test_witnesses_are_named_by_address_and_key() -> None:
    other = record.PrivateKey.made("other.example", record.COSIGNER).verifier
    found = witnesses.named(f" https://w.example/a {VKEY} ,\n http://localhost:1  {other},")
    assert [(one.url, str(one.key)) for one in found] == [("https://w.example/a", VKEY), ("http://localhost:1", str(other))]
    assert witnesses.named("") == ()
