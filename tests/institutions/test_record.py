"""The record on the site: acts and their receipts, the log over HTTP, each entry with its proof, and what is verified."""

import base64
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from guiju import record
from guiju.institutions.hall import outbox, receipts
from guiju.institutions.hall.acts import Receipt, act, act_of_receipt, erase_private, own_sql, private_part
from guiju.institutions.hall.models import Outbox
from guiju.institutions.hall.receipts import Told, shown_once, tells
from guiju.institutions.notary import log, reactions
from guiju.institutions.notary.log import LogError
from guiju.institutions.notary.looking_through import look_through
from guiju.record.tiles import decode_entries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def begun(tmp_path: Path, settings: Any) -> record.VerifierKey:
    """Begin the record of a site of its own."""
    settings.HOME = tmp_path
    settings.ORIGIN = settings.WITNESSES = ""
    return log.begin("test.example/log")


def done(kind: str = "thing.done", **more: Any) -> Receipt:
    return act(kind, "thing:1", by="person", **more)


def integrated() -> int:
    return log.integrate(log.own_key())


def ids() -> list[str]:
    return [one.id for one in look_through()[0]]


# -- acts --------------------------------------------------------------------------------------------------------------------


def test_an_act_is_told_and_entered_with_its_receipt_and_its_number_is_stored_nowhere() -> None:
    given = done(public={"thing": "1"}, private={"why": "因为"}, payload={"n": 1})
    found = act_of_receipt(given.number.lower().replace("-", " "))
    assert found is not None
    assert (found.kind, found.about, found.payload) == ("thing.done", "thing:1", {"n": 1})
    assert private_part(found) == {"about": "thing:1", "by": "person", "why": "因为"}
    entry = record.entry_by_receipt(own_sql(), str(found.receipt)).entry
    assert (entry.kind, entry.public) == ("thing.done", {"thing": "1"})
    bare = given.number.replace("-", "")
    with connection.cursor() as cursor:
        for name in ("hall_outbox", "record_entry", "record_item", "record_key"):
            cursor.execute(f"SELECT * FROM {name}")
            assert not [row for row in cursor.fetchall() if given.number in str(row) or bare in str(row)]
    assert ids() == []


def test_an_act_that_is_rolled_back_was_neither_told_nor_entered() -> None:
    with transaction.atomic():
        done()
        transaction.set_rollback(True)
    assert not Outbox.objects.exists()
    assert integrated() == 0
    assert ids() == []


def test_what_was_private_is_erased_for_good_and_the_proof_stays(client: Client) -> None:
    found = act_of_receipt(done(private={"name": "罗小满"}).number)
    assert found is not None
    assert integrated() == 1
    before = client.get("/en/record/0/bundle.json").json()
    erase_private(found, "on-request")
    erase_private(found, "on-request")
    assert private_part(found) is None
    assert integrated() == 2
    assert record.read_bundle(json.dumps(before).encode()).verify(log.own_key().verifier).index == 0
    after = client.get("/en/record/0/bundle.json").json()
    assert [one["state"] for one in after["items"]] == ["erased"]
    assert "The content cannot be recovered" in client.get("/en/record/0").content.decode()
    assert [one.kind for one in Outbox.objects.all()] == ["thing.done", "content.erased"]
    assert ids() == []


def test_what_was_erased_is_cleared_out_of_the_files_by_a_reaction(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def scrub(_: record.Sql) -> bool:
        asked.append(1)
        return len(asked) == 2

    monkeypatch.setattr(record, "scrub", scrub)
    monkeypatch.setattr(reactions, "PAUSES", (0.0, 0.0, 0.0))
    assert reactions.clear(Outbox(kind="content.erased", about="sha256:1"))
    assert len(asked) == 2
    monkeypatch.setattr(record, "scrub", lambda _: False)
    assert not reactions.clear(Outbox(kind="content.erased", about="sha256:1"))


def test_an_act_without_its_entry_and_an_entry_without_its_act_are_found() -> None:
    done()
    done()
    integrated()
    Outbox.objects.filter(pk=Outbox.objects.order_by("pk")[0].pk).update(receipt="0" * 64)
    assert sorted(ids()) == ["act-without-entry", "entry-without-act"]


# -- the key -----------------------------------------------------------------------------------------------------------------


def test_a_record_is_begun_once_under_a_key_that_only_its_owner_reads(tmp_path: Path, begun: record.VerifierKey) -> None:
    assert (tmp_path / "record-key").stat().st_mode & 0o777 == 0o600
    assert log.begin() == log.begin("test.example/log") == begun
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM record_log")
        assert log.own_key().secret not in str(cursor.fetchall())


def test_a_record_that_nobody_named_gets_a_name_of_its_own(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_log")
    (tmp_path / "record-key").unlink()
    assert re.fullmatch(r"guiju\.local/[0-9a-f]{8}", log.begin().name)


@pytest.mark.parametrize(
    ("content", "origin", "code"),
    [
        (None, "", "notary.key-missing"),
        ("nothing", "", "notary.key-unread"),
        (record.PrivateKey("test.example/log", bytes([1]) * 32).secret, "", "notary.key-other"),
        ("", "other.example/log", "notary.origin"),
    ],
)
def test_a_record_is_not_carried_on_with_another_key_or_name(content: str | None, origin: str, code: str, tmp_path: Path) -> None:
    if content is None:
        (tmp_path / "record-key").unlink()
    elif content:
        (tmp_path / "record-key").write_text(content, encoding="utf-8")
    with pytest.raises(LogError) as refused:
        log.begin(origin)
    assert refused.value.code == code
    for lang in ("zh", "en"):
        assert "record-key" in str(refused.value.where or "") + refused.value.hint(lang) or code == "notary.origin"


# -- the log over HTTP -------------------------------------------------------------------------------------------------------


def test_the_log_is_served_as_tiles_that_prove_each_entry(client: Client, begun: record.VerifierKey) -> None:
    for number in range(3):
        done(public={"number": number})
    assert client.get("/log/checkpoint").status_code == 404
    assert integrated() == 3
    answer = client.get("/log/checkpoint")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    key = record.VerifierKey.parse(client.get("/log/key").content.decode())
    assert key == begun
    checkpoint, _ = record.open_checkpoint(answer.content, key)
    assert checkpoint.size == 3
    bundle = client.get("/log/tile/entries/000.p/3")
    assert bundle.headers["Content-Type"] == "application/octet-stream"
    assert "immutable" in bundle.headers["Cache-Control"]
    entries = [record.parse_entry(one) for one in decode_entries(bundle.content, 3)]
    assert [one.public["number"] for one in entries] == [0, 1, 2]
    assert len(client.get("/log/tile/0/000.p/3").content) == 3 * 32
    assert client.post("/log/checkpoint").status_code == 405


NOWHERE = (
    "/log/tile/0/000", "/log/tile/0/000.p/4", "/log/tile/0/001", "/log/tile/entries/000", "/log/tile/64/000", "/log/tile/0/0",
    "/log/tile/../checkpoint", "/log/tile/", "/log/tile/0/x999/999.p/1", "/log/", "/en/record/3", "/zh/record/99999999999999999",
    "/en/record/3/bundle.json", "/en/record/-1", "/fr/record/", "/en/record/99999999999999999999",
)  # fmt: skip


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_in_the_log_is_not_there(path: str, client: Client) -> None:
    for _ in range(3):
        done()
    integrated()
    assert client.get(path).status_code == 404


# -- pages -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_record_says_what_it_is_while_it_is_empty_and_lists_its_entries_page_by_page(lang: str, client: Client) -> None:
    page = client.get(f"/{lang}/record/").content.decode()
    assert {"zh": "还没有条目", "en": "There are no entries yet"}[lang] in page
    for _ in range(25):
        done()
    integrated()
    first = client.get(f"/{lang}/record/").content.decode()
    assert f"/{lang}/record/24" in first
    assert f'"/{lang}/record/4"' not in first
    second = client.get(f"/{lang}/record/?page=2").content.decode()
    assert f'"/{lang}/record/4"' in second
    assert f'"/{lang}/record/0"' in second
    for odd in ("0", "-1", "99", "²", "9" * 50, "x"):
        assert client.get(f"/{lang}/record/", {"page": odd}).status_code == 200


def test_the_page_of_an_entry_shows_what_is_public_and_nothing_that_is_private(client: Client) -> None:
    done(public={"system": "1f3a", "digest": {"sha256": "00"}}, private={"name": "罗小满"})
    integrated()
    for lang in ("zh", "en"):
        page = client.get(f"/{lang}/record/0").content.decode()
        assert "1f3a" in page
        assert "c2sp.org/tlog-proof@v1" in page
        assert "罗小满" not in page
        assert "person" not in re.sub(r"<[^>]+>", "", page.split("<main")[1].split("</main>")[0])
    assert "罗小满" not in client.get("/en/record/0/bundle.json").content.decode()


# -- verifying ---------------------------------------------------------------------------------------------------------------


def held(client: Client, position: int = 0) -> dict[str, Any]:
    """Return the bundle of an entry."""
    found: dict[str, Any] = client.get(f"/en/record/{position}/bundle.json").json()
    return found


def verdict(client: Client, data: object, **more: Any) -> str:
    """Return the word of the verdict; all three ways of handing it in are the same."""
    text = data if isinstance(data, str) else json.dumps(data)
    answer = client.post("/en/record/verify", {"text": text, **more})
    found = re.search(r'class="verdict ([a-z-]+)"', answer.content.decode())
    assert answer.status_code == 200, answer.content.decode()
    assert found is not None
    return found[1]


def changed_entry(bundle: dict[str, Any]) -> None:
    bundle["entry"]["public"] = {"thing": "2"}


def changed_proof(bundle: dict[str, Any]) -> None:
    bundle["proof"] = bundle["proof"].replace("index 0", "index 1")


def changed_item(bundle: dict[str, Any]) -> None:
    bundle["items"][0]["commitment"] = "sha256:" + "0" * 64


def signed_by_another(bundle: dict[str, Any]) -> None:
    other = record.PrivateKey.made("test.example/log")
    proof = record.Proof.parse(bundle["proof"].encode())
    checkpoint, _ = record.open_checkpoint(proof.note, log.own_key().verifier)
    bundle["proof"] = record.Proof(proof.index, proof.hashes, record.sign_checkpoint(checkpoint, other)).text
    bundle["log"] = str(other.verifier)


@pytest.mark.parametrize("forge", [changed_entry, changed_proof, changed_item, signed_by_another])
def test_a_bundle_is_real_and_one_that_was_changed_is_forged(forge: Callable[[dict[str, Any]], None], client: Client) -> None:
    done(public={"thing": "1"})
    done()
    integrated()
    bundle = held(client)
    assert verdict(client, bundle) == "real"
    forge(bundle)
    assert verdict(client, bundle) == "forged"


def test_a_bare_proof_of_this_record_needs_nothing_besides(client: Client) -> None:
    done()
    integrated()
    proof = held(client)["proof"]
    assert verdict(client, proof) == "real"
    assert verdict(client, proof.replace("\n", "\r\n")) == "real"
    sent = SimpleUploadedFile("x.tlog-proof", proof.encode())
    answer = client.post("/zh/record/verify", {"file": sent})
    assert "属实" in answer.content.decode()
    assert verdict(client, proof.replace("index 0", "index 7")) == "not-here"


def elsewhere(tmp_path: Path) -> tuple[dict[str, Any], str]:
    """Return a bundle of another log, with what its entry commits to, and its key."""
    sql, held = record.connect(tmp_path / "elsewhere.sqlite3")
    key = record.PrivateKey.made("elsewhere.example/log")
    with record.writing(sql):
        record.create_tables(sql)
        record.open_log(sql, key.verifier)
        record.append(sql, "thing.done", {}, {"content": b"what it is"})
    with record.writing(sql):
        record.integrate(sql, key)
    bundle = record.bundle_for(sql, 0, lambda _: True)
    held.close()
    return bundle, str(key.verifier)


def test_a_bundle_of_another_record_is_verified_with_that_records_key(client: Client, tmp_path: Path) -> None:
    bundle, key = elsewhere(tmp_path)
    assert verdict(client, bundle) == "other-log"
    assert verdict(client, bundle["proof"]) == "other-log"
    assert verdict(client, bundle, key=key) == "real"
    assert verdict(client, bundle["proof"], key=key) == "entry-wanted"
    entry = record.read_bundle(json.dumps(bundle).encode()).entry.leaf()
    assert verdict(client, bundle["proof"], key=key, content=SimpleUploadedFile("entry", entry)) == "real"
    assert verdict(client, bundle["proof"], key=key, content=SimpleUploadedFile("entry", entry[:-1])) == "forged"


def test_content_is_compared_with_what_the_entry_commits_to(client: Client, tmp_path: Path) -> None:
    bundle, key = elsewhere(tmp_path)
    assert verdict(client, bundle, key=key, content=SimpleUploadedFile("a", b"what it is")) == "real"
    assert verdict(client, bundle, key=key, content=SimpleUploadedFile("a", b"what it is not")) == "other-content"
    bundle["items"][0]["content"] = base64.b64encode(b"what it is not").decode()
    assert verdict(client, bundle, key=key) == "other-content"


def test_content_beside_a_bundle_that_shows_nothing_to_compare_it_with_is_no_forgery(client: Client) -> None:
    done(private={"name": "x"})
    integrated()
    sent = {"text": json.dumps(held(client)), "content": SimpleUploadedFile("a", b"x")}
    answer = client.post("/en/record/verify", sent)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "forged" not in page
    assert record.RecordError("log.bundle-salt").message("en") in page


def test_a_proof_of_entries_that_the_record_has_lost_is_told(client: Client) -> None:
    done()
    integrated()
    done()
    integrated()
    bundle = held(client, 1)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_checkpoint WHERE size = 2")
    assert verdict(client, bundle) == "not-here"


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({}, 400, "Nothing was handed in"),
        ({"text": "x", "file": SimpleUploadedFile("a", b"x")}, 400, "both given"),
        ({"text": "{}"}, 400, "guiju record prove"),
        ({"text": "{" * 5000}, 400, "guiju record prove"),
        ({"text": "c2sp.org/tlog-proof@v1\nindex x\n\n"}, 400, ""),
        ({"text": "GJ-7K3M-9QWX-2F4R-8TVA-0"}, 400, ""),
        ({"text": "GJ-0000-0000-0000-0000-0"}, 404, "No receipt with this number"),
        ({"file": SimpleUploadedFile("a", b"\xff\xfe\x00")}, 400, ""),
        ({"text": "{}", "key": "nothing"}, 400, "public key"),
    ],
)
def test_what_cannot_be_verified_is_refused_and_what_was_typed_is_kept(
    sent: dict[str, Any], status: int, words: str, client: Client
) -> None:
    for file in (one for one in sent.values() if isinstance(one, SimpleUploadedFile)):
        file.seek(0)
    answer = client.post("/en/record/verify", sent)
    page = answer.content.decode()
    assert answer.status_code == status
    assert 'id="problems"' in page
    assert words in page
    assert "Traceback" not in page


def test_a_receipt_number_may_be_verified_too(client: Client) -> None:
    number = done().number
    assert number in client.post("/en/record/verify", {"text": f" {number} "}).content.decode()


# -- receipts ----------------------------------------------------------------------------------------------------------------


def test_where_a_case_stands_is_told_by_its_number_alone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "_tellers", {})

    @tells("correction.wanted")
    def standing(entry: Outbox, lang: str) -> Told:
        steps = [{"title": "Asked", "when": "today", "text": "", "state": "done"}, {"title": "Answered", "state": "later"}]
        return Told(f"About {entry.about}", f"Waiting ({lang})", "Somebody answers.", date(2026, 12, 14), steps, "/en/rules/")

    number = done("correction.wanted").number
    answer = client.post("/en/receipt/", {"number": number.lower().replace("-", "")})
    page = answer.content.decode()
    assert "About thing:1" in page
    assert "Waiting (en)" in page
    assert "14 December 2026" in page
    assert "gets its position within a few seconds" in page
    assert answer.headers["Cache-Control"] == "private, no-store"
    integrated()
    assert "/zh/record/0" in client.post("/zh/receipt/", {"number": number}).content.decode()


def test_a_kind_that_nobody_tells_of_is_told_in_general(client: Client) -> None:
    page = client.post("/zh/receipt/", {"number": done().number}).content.decode()
    assert "thing.done" in page
    assert "已经办结" in page


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("number", "status"), [("", 400), ("  ", 400), ("GJ", 400), ("x" * 5000, 400), ("GJ-0000-0000-0000-0000-0", 404)]
)
def test_a_number_that_is_none_is_told_beside_the_field(number: str, status: int, lang: str, client: Client) -> None:
    answer = client.post(f"/{lang}/receipt/", {"number": number})
    assert answer.status_code == status
    assert 'aria-invalid="true"' in answer.content.decode()


def test_nobody_finds_a_number_by_trying(client: Client) -> None:
    answers = [client.post("/en/receipt/", {"number": "GJ-0000-0000-0000-0000-0"}).status_code for _ in range(31)]
    assert answers == [404] * 30 + [429]


def test_a_receipt_is_shown_on_the_next_page_and_on_no_other(client: Client) -> None:
    given = done()
    first = shown_once(RequestFactory().post("/"), given, "/en/about/stored", "You are told by letter.", by="14 December")
    assert (first.status_code, first.headers["Location"]) == (303, "/en/about/stored")
    client.cookies["receipt"] = first.cookies["receipt"].value
    answer = client.get("/en/about/stored")
    page = answer.content.decode()
    assert page.count(given.number) == 1
    assert "You are told by letter. 14 December" in page
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert given.number not in client.get("/en/about/stored").content.decode()


def test_several_acts_at_once_show_their_receipts_together(client: Client) -> None:
    request, given = RequestFactory().post("/"), [done() for _ in range(5)]
    answer = HttpResponse()
    for one in given:
        answer = shown_once(request, one, "/en/", "x" * 200)
        request.COOKIES["receipt"] = answer.cookies["receipt"].value
    assert len(answer.cookies["receipt"].value) < 4000
    client.cookies["receipt"] = answer.cookies["receipt"].value
    page = client.get("/en/about/stored").content.decode()
    assert [one.number in page for one in given] == [False, False, True, True, True]


@pytest.mark.parametrize("value", ["", "x", "x:y:z", "W10:1vM0aa:abc"])
def test_a_cookie_that_nobody_here_signed_shows_nothing(value: str, client: Client) -> None:
    client.cookies["receipt"] = value
    assert 'class="receipt"' not in client.get("/en/about/stored").content.decode()


def test_no_page_keeps_a_receipt_for_others() -> None:
    request = HttpRequest()
    request.COOKIES = {}
    assert receipts.to_show(request, "en") == []
    assert outbox.sequence() == 0
