"""A witness: what it cosigns, what it refuses and with which status, and that nothing makes it go back."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.example import LOG_KEY, ORIGIN, WITNESSES, ExampleLog, mistake

from guiju.calendars import fixed
from guiju.record.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint, unchecked_checkpoint
from guiju.record.cosigning import attach, cosigned_at
from guiju.record.errors import RecordError
from guiju.record.notes import MOST_BYTES, PrivateKey, Signature, VerifierKey, split_note
from guiju.record.witness import MOST_BODY, FolderState, MemoryState, State, Submission, Witness, origin_hash
from guiju.record.witness_http import MOST_CONNECTIONS, WitnessServer, ask_witness

KEY = WITNESSES[0]


def witness(state: State | None = None, *logs: VerifierKey) -> Witness:
    return Witness(KEY, logs or (LOG_KEY.verifier,), state or MemoryState())


def seen_by(one: Witness) -> Checkpoint:
    note = one.latest(ORIGIN)
    assert note is not None
    return unchecked_checkpoint(note)


@pytest.fixture(params=["memory", "folder"])
def state(request: pytest.FixtureRequest, tmp_path: Path) -> State:
    return MemoryState() if request.param == "memory" else FolderState(tmp_path / "witness")


# -- what is cosigned ------------------------------------------------------------------------------------------------------


def test_a_growing_log_is_cosigned_each_time(state: State) -> None:
    one, log = witness(state), ExampleLog()
    for old, size in ((0, 0), (0, 1), (1, 5), (5, 5), (5, 300), (300, 513)):
        log.grow(size - old)
        answer = one.add_checkpoint(log.submission(old))
        assert answer.status == 200
        assert answer.body.startswith("— witness.example/w1 ".encode())
        assert answer.body.endswith(b"\n")
        open_checkpoint(attach(log.note(), answer.body.decode(), [KEY.verifier]), LOG_KEY.verifier, [KEY.verifier])
        assert seen_by(one) == log.checkpoint()


def test_the_time_of_a_cosignature_is_the_witnesss() -> None:
    with fixed(datetime(2026, 11, 23, 6, tzinfo=UTC)):
        line = witness().add_checkpoint(ExampleLog(3).submission(0)).body.decode()
    assert cosigned_at(Signature.parse(line.removesuffix("\n"))) == 1795413600


def test_what_it_remembers_bears_the_logs_signature_and_its_own(state: State) -> None:
    one, log = witness(state), ExampleLog(3)
    stranger = PrivateKey("stranger.example", bytes(32))
    note = log.note() + Signature(stranger.name, stranger.verifier.key_id, bytes(64)).line.encode()
    assert one.add_checkpoint(Submission(0, (), note).body).status == 200
    kept = one.latest(ORIGIN)
    assert kept is not None
    assert [signature.name for signature in split_note(kept)[1]] == [ORIGIN, KEY.name]


def test_a_witness_that_starts_again_goes_on_from_its_folder(tmp_path: Path) -> None:
    log = ExampleLog(5)
    assert witness(FolderState(tmp_path)).add_checkpoint(log.submission(0)).status == 200
    again = witness(FolderState(tmp_path))
    assert seen_by(again).size == 5
    assert again.add_checkpoint(log.submission(0)).status == 409


def test_logs_do_not_disturb_each_other(state: State) -> None:
    other = PrivateKey("other.example/log", bytes(32))
    one = witness(state, LOG_KEY.verifier, other.verifier)
    assert one.add_checkpoint(ExampleLog(5).submission(0)).status == 200
    assert one.add_checkpoint(ExampleLog(2, key=other).submission(0)).status == 200
    assert seen_by(one).size == 5


def test_a_log_may_have_several_keys(state: State) -> None:
    newer = PrivateKey(ORIGIN, bytes(32))
    one = witness(state, LOG_KEY.verifier, newer.verifier)
    assert one.add_checkpoint(ExampleLog(2).submission(0)).status == 200
    assert one.add_checkpoint(ExampleLog(4, key=newer).submission(2)).status == 200


# -- what is refused -------------------------------------------------------------------------------------------------------


def with_other_root(size: int) -> bytes:
    return sign_checkpoint(Checkpoint(ORIGIN, size, bytes(32)), LOG_KEY)


def with_wrong_signature() -> bytes:
    text = ExampleLog(8).checkpoint().text
    return f"{text}\n{Signature(ORIGIN, LOG_KEY.verifier.key_id, bytes(64)).line}".encode()


LOG = ExampleLog(8)
BROKEN = (*LOG.continued(5)[:-1], bytes(32))


@pytest.mark.parametrize(
    ("status", "code", "body"),
    [
        (400, "log.submission", b""),
        (400, "log.submission", b"old 5"),
        (400, "log.submission", b"old -1\n\n" + LOG.note()),
        (400, "log.number", b"old 05\n\n" + LOG.note()),
        (400, "log.number", b"old 9999999999999999999\n\n" + LOG.note()),
        (400, "log.submission", "old ٥\n\n".encode() + LOG.note()),
        (400, "log.submission", b"OLD 5\n\n" + LOG.note()),
        (400, "log.base64", b"old 5\nnot base64\n\n" + LOG.note()),
        (400, "log.base64", b"old 5\n\xff\xff\n\n" + LOG.note()),
        (400, "log.hash-length", b"old 5\nAAAA\n\n" + LOG.note()),
        (400, "log.note-shape", b"old 5\n\n"),
        (400, "log.note-utf8", b"old 5\n\n\xff\n\n"),
        (400, "log.checkpoint-short", "old 5\n\ntext\n\n— a AAAAAAA=\n".encode()),
        (400, "log.proof-long", Submission(5, (bytes(32),) * 64, LOG.note()).body),
        (400, "log.too-long", Submission(5, (), bytes(MOST_BODY)).body),
        (400, "log.too-long", Submission(5, (), bytes(MOST_BYTES + 1)).body),
        (400, "log.order", Submission(9, (), LOG.note()).body),
        (404, "log.witness-unknown", ExampleLog(8, key=PrivateKey("other.example/log", bytes(32))).submission(5)),
        (403, "log.signature-none", ExampleLog(8, key=PrivateKey(ORIGIN, bytes(32))).submission(5)),
        (403, "log.signature-fails", Submission(5, tuple(LOG.continued(5)), with_wrong_signature()).body),
        (409, "log.witness-conflict", LOG.submission(4)),
        (409, "log.witness-conflict", LOG.submission(0)),
        (409, "log.witness-conflict", LOG.submission(6)),
        (422, "log.not-consistent", Submission(5, BROKEN, LOG.note()).body),
        (422, "log.proof-length", Submission(5, (), LOG.note()).body),
        (422, "log.proof-length", Submission(5, (bytes(32),) * 63, LOG.note()).body),
        (422, "log.not-consistent", Submission(5, (), with_other_root(5)).body),
        (422, "log.proof-length", Submission(5, (bytes(32),), LOG.note(5)).body),
    ],
)
def test_a_refusal_has_the_status_that_c2sp_names_and_changes_nothing(status: int, code: str, body: bytes) -> None:
    one = witness()
    assert one.add_checkpoint(LOG.submission(0, 5)).status == 200
    before = one.latest(ORIGIN)
    answer = one.add_checkpoint(body)
    assert answer.problem is not None
    assert (answer.status, answer.problem.code) == (status, code)
    assert one.latest(ORIGIN) == before
    for lang in ("zh", "en"):
        assert answer.problem.message(lang)
        assert answer.problem.hint(lang)


def test_a_conflict_tells_the_size_seen_last_and_nothing_else() -> None:
    one = witness()
    one.add_checkpoint(LOG.submission(0, 5))
    answer = one.add_checkpoint(LOG.submission(2))
    assert (answer.body, answer.media_type) == (b"5\n", "text/x.tlog.size")
    assert witness().add_checkpoint(LOG.submission(2)).body == b"0\n"


@pytest.mark.parametrize(
    ("size", "note", "proof"), [(0, with_other_root(0), ()), (8, LOG.note(), (bytes(32),)), (0, LOG.note(0), (bytes(32),))]
)
def test_a_first_checkpoint_needs_no_proof_and_an_empty_one_the_empty_root(size: int, note: bytes, proof: tuple[bytes]) -> None:
    assert witness().add_checkpoint(Submission(0, proof, note).body).status == 422


def test_a_log_whose_tail_was_cut_is_not_cosigned(state: State) -> None:
    one, log = witness(state), ExampleLog(10)
    one.add_checkpoint(log.submission(0))
    cut = ExampleLog(7)
    assert one.add_checkpoint(cut.submission(0)).status == 409
    assert one.add_checkpoint(Submission(10, (), cut.note()).body).status == 400
    cut.word = "other"
    cut.grow(5)
    assert one.add_checkpoint(cut.submission(10)).status == 422
    assert seen_by(one) == log.checkpoint()


def test_a_log_with_two_histories_is_not_cosigned(state: State) -> None:
    one, log, fork = witness(state), ExampleLog(10), ExampleLog(9)
    one.add_checkpoint(log.submission(0))
    fork.word = "fork"
    for size in (10, 20):
        fork.grow(size - fork.tiles.size)
        answer = one.add_checkpoint(fork.submission(10))
        assert answer.status == 422
        assert answer.problem is not None
        assert answer.problem.code == "log.not-consistent"
    log.grow(10)
    assert one.add_checkpoint(log.submission(10)).status == 200


@given(st.binary(max_size=300) | st.text().map(str.encode))
def test_nothing_but_a_refusal_comes_of_garbage(body: bytes) -> None:
    for before in (b"", b"old 0\n", b"old 0\n\n", b"old 0\n\n" + ORIGIN.encode() + b"\n0\n"):
        assert witness().add_checkpoint(before + body).status == 400


def test_a_state_that_somebody_changed_is_not_built_upon(tmp_path: Path) -> None:
    one = witness(FolderState(tmp_path))
    one.add_checkpoint(LOG.submission(0, 5))
    (file,) = tmp_path.glob("*.checkpoint")
    for wrong in (LOG.note(2), file.read_bytes().replace(b"\n5\n", b"\n2\n"), b""):
        file.write_bytes(wrong)
        answer = one.add_checkpoint(LOG.submission(2))
        assert answer.status == 500
        assert answer.problem is not None
        assert answer.problem.code == "log.witness-state"
        with mistake("log.witness-state"):
            one.latest(ORIGIN)


def test_what_was_kept_for_another_log_is_not_taken_for_this_one(tmp_path: Path) -> None:
    other = PrivateKey("other.example/log", bytes(32))
    one = witness(FolderState(tmp_path), LOG_KEY.verifier, other.verifier)
    one.add_checkpoint(ExampleLog(2, key=other).submission(0))
    (file,) = tmp_path.glob("*.checkpoint")
    file.rename(tmp_path / f"{origin_hash(ORIGIN)}.checkpoint")
    assert one.add_checkpoint(LOG.submission(2)).status == 500


class FullDisk(MemoryState):
    def keep(self, origin: str, note: bytes) -> None:
        raise OSError(28, "No space left on device")


def test_what_cannot_be_remembered_is_not_cosigned() -> None:
    answer = witness(FullDisk()).add_checkpoint(LOG.submission(0))
    assert answer.status == 500
    assert answer.problem is not None
    assert answer.problem.code == "log.witness-storage"
    assert "—".encode() not in answer.body


def test_a_key_that_is_not_a_cosigners_makes_no_witness() -> None:
    with mistake("log.key-use"):
        Witness(LOG_KEY, [], MemoryState())


# -- several at once -------------------------------------------------------------------------------------------------------


class Watched:
    """A state that keeps every size it was given, and lets others in where a careless witness would."""

    def __init__(self, inner: State) -> None:
        self.inner = inner
        self.sizes: list[int] = []

    @contextmanager
    def held(self) -> Iterator[None]:
        with self.inner.held():
            yield

    def latest(self, origin: str) -> bytes | None:
        found = self.inner.latest(origin)
        threading.Event().wait(0.001)
        return found

    def keep(self, origin: str, note: bytes) -> None:
        self.sizes.append(unchecked_checkpoint(note).size)
        self.inner.keep(origin, note)


@pytest.mark.parametrize("shared", ["one witness", "two processes' worth of witnesses over one folder"])
def test_submissions_at_once_never_take_the_witness_back(shared: str, tmp_path: Path) -> None:
    states = [Watched(FolderState(tmp_path)) for _ in range(1 if shared == "one witness" else 2)]
    witnesses = [witness(state) for state in states]
    log = ExampleLog(40)
    witnesses[0].add_checkpoint(log.submission(0, 20))
    bodies = [log.submission(20, 20 + n) for n in range(1, 21)]
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda n: witnesses[n % len(witnesses)].add_checkpoint(bodies[n]).status, range(20)))
    assert sorted(statuses) == [200] + [409] * 19, "all start from 20, so only the first can be taken"
    kept = [size for state in states for size in state.sizes if size != 20]
    assert kept == [seen_by(witnesses[0]).size]


# -- over http -------------------------------------------------------------------------------------------------------------


@contextmanager
def served(server: HTTPServer) -> Iterator[None]:
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def server() -> Iterator[WitnessServer]:
    made = WitnessServer(witness())
    with served(made):
        yield made


def asked(
    server: WitnessServer, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    host, port = server.server_address[:2]
    connection = HTTPConnection(str(host), port, timeout=5)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_a_log_asks_a_witness(server: WitnessServer) -> None:
    log = ExampleLog(5)
    first = ask_witness(server.url, log.note(), KEY.verifier, log.continued)
    open_checkpoint(first, LOG_KEY.verifier, [KEY.verifier])
    log.grow(20)
    for seen in (5, 25, 3, 99):
        note = ask_witness(server.url + "/", log.note(), KEY.verifier, log.continued, seen=seen)
        assert len(split_note(note)[1]) == 2


def test_monitors_get_the_latest_cosigned_checkpoint(server: WitnessServer) -> None:
    path = f"/{origin_hash(ORIGIN)}/checkpoint"
    assert asked(server, "GET", path)[0] == 404
    log = ExampleLog(5)
    ask_witness(server.url, log.note(), KEY.verifier, log.continued)
    status, headers, body = asked(server, "GET", path)
    assert (status, headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert open_checkpoint(body, LOG_KEY.verifier, [KEY.verifier])[0] == log.checkpoint()
    assert asked(server, "GET", f"/{origin_hash('other')}/checkpoint")[0] == 404


class LostDisk(MemoryState):
    def latest(self, origin: str) -> bytes | None:
        raise OSError(5, "Input/output error")


def test_what_cannot_be_read_is_told_to_monitors_too() -> None:
    made = WitnessServer(witness(LostDisk()))
    with served(made):
        status, _, body = asked(made, "GET", f"/{origin_hash(ORIGIN)}/checkpoint")
    assert (status, "Input/output error" in body.decode()) == (500, True)


def test_a_connection_that_finds_no_thread_takes_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    with WitnessServer(witness()) as made:
        monkeypatch.setattr(threading.Thread, "start", lambda _: (_ for _ in ()).throw(RuntimeError("can't start new thread")))
        for _ in range(MOST_CONNECTIONS + 1):
            with pytest.raises(RuntimeError):
                made.process_request(None, ("127.0.0.1", 1))


def test_a_conflict_has_its_own_type(server: WitnessServer) -> None:
    status, headers, body = asked(server, "POST", "/add-checkpoint", LOG.submission(3))
    assert (status, headers["Content-Type"], body) == (409, "text/x.tlog.size", b"0\n")


def test_a_connection_serves_several_requests(server: WitnessServer) -> None:
    host, port = server.server_address[:2]
    connection = HTTPConnection(str(host), port, timeout=5)
    for status in (200, 409):
        connection.request("POST", "/add-checkpoint", LOG.submission(0))
        answer = connection.getresponse()
        assert answer.status == status
        answer.read()
    connection.close()


@pytest.mark.parametrize(
    ("status", "code", "method", "path", "headers"),
    [
        (405, "log.witness-method", "GET", "/add-checkpoint", {}),
        (404, "log.witness-page", "GET", "/", {}),
        (404, "log.witness-page", "GET", "/../checkpoint", {}),
        (404, "log.witness-page", "POST", "/other", {"Content_Length": "0"}),
        (400, "log.submission", "POST", "/add-checkpoint", {"Content_Length": "0"}),
        (400, "log.submission-length", "POST", "/add-checkpoint", {"Content_Length": "-1"}),
        (400, "log.submission-length", "POST", "/add-checkpoint", {"Content_Length": "9" * 30}),
        (413, "log.too-long", "POST", "/add-checkpoint", {"Content_Length": str(MOST_BODY + 1)}),
        (411, "log.submission-length", "POST", "/add-checkpoint", {"Transfer_Encoding": "chunked"}),
        (411, "log.submission-length", "POST", "/add-checkpoint", {"Transfer_Encoding": "chunked", "Content_Length": "0"}),
    ],
)
def test_what_is_no_submission_is_refused_with_its_reason(
    server: WitnessServer, status: int, code: str, method: str, path: str, headers: dict[str, str]
) -> None:
    found, _, body = asked(server, method, path, None, **headers)
    assert found == status
    got = path if code == "log.witness-page" else MOST_BODY + 1 if code == "log.too-long" else ""
    assert RecordError(code, got=got, most=MOST_BODY).message() in body.decode()


def test_other_methods_are_not_known(server: WitnessServer) -> None:
    assert asked(server, "PUT", "/add-checkpoint", b"")[0] == 501


def test_a_longer_log_seen_by_the_witness_means_that_the_tail_was_cut(server: WitnessServer) -> None:
    log, cut = ExampleLog(10), ExampleLog(7)
    ask_witness(server.url, log.note(), KEY.verifier, log.continued)
    with mistake("log.witness-ahead"):
        ask_witness(server.url, cut.note(), KEY.verifier, cut.continued)


def test_another_history_seen_by_the_witness_is_told(server: WitnessServer) -> None:
    log = ExampleLog(10)
    ask_witness(server.url, log.note(), KEY.verifier, log.continued)
    for size in (10, 12):
        fork = ExampleLog(size, word="fork")
        with mistake("log.witness-differs"):
            ask_witness(server.url, fork.note(), KEY.verifier, fork.continued)


def test_a_witness_that_does_not_know_the_log_refuses(server: WitnessServer) -> None:
    other = ExampleLog(3, key=PrivateKey("other.example/log", bytes(32)))
    with mistake("log.witness-refused"):
        ask_witness(server.url, other.note(), KEY.verifier, other.continued)


def test_an_answer_by_another_key_is_not_taken(server: WitnessServer) -> None:
    with mistake("log.signature-none"):
        ask_witness(server.url, LOG.note(), WITNESSES[1].verifier, LOG.continued)


@pytest.mark.parametrize(
    "url", ["", "ftp://witness.example", "witness.example", "http://", "http://[::1", "http://a:99999", "http://a b"]
)
def test_what_is_no_address_is_told(url: str) -> None:
    with mistake("log.witness-address"):
        ask_witness(url, LOG.note(), KEY.verifier, LOG.continued)


@pytest.mark.parametrize("url", ["http://[fe80::abc]/", "https://[::1]/log"])
def test_an_address_of_ipv6_needs_no_port(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[str, int]] = []

    def connect(place: tuple[str, int], *_: object) -> None:
        called.append(place)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("socket.create_connection", connect)
    with mistake("log.witness-silent"):
        ask_witness(url, LOG.note(), KEY.verifier, LOG.continued)
    host, port = url.split("/")[2].strip("[]"), 443 if url.startswith("https") else 80
    assert called == [(host, port)]


def test_a_witness_that_does_not_answer_is_told() -> None:
    server = WitnessServer(witness())
    server.server_close()
    with mistake("log.witness-silent"):
        ask_witness(server.url, LOG.note(), KEY.verifier, LOG.continued)


def replying(status: int, body: bytes) -> type[BaseHTTPRequestHandler]:
    class Replying(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Replying


def fake_line() -> bytes:
    return Signature(KEY.name, KEY.verifier.key_id, (1).to_bytes(8) + bytes(64)).line.encode()


@pytest.mark.parametrize(
    ("code", "status", "body"),
    [
        ("log.witness-refused", 302, b""),
        ("log.witness-refused", 500, b"\xff\xfe broken"),
        ("log.witness-refused", 409, b"4\n"),
        ("log.witness-ahead", 409, b"9223372036854775807\n"),
        ("log.number", 409, b"many\n"),
        ("log.number", 409, b""),
        ("log.note-line", 200, b""),
        ("log.note-line", 200, b"thank you\n"),
        ("log.signature-fails", 200, fake_line()),
    ],
)
def test_a_witness_that_answers_nonsense_is_not_believed(code: str, status: int, body: bytes) -> None:
    server = HTTPServer(("127.0.0.1", 0), replying(status, body))
    with served(server), mistake(code):
        ask_witness(f"http://127.0.0.1:{server.server_port}", LOG.note(), KEY.verifier, LOG.continued)


@given(st.integers(0, 2**63 - 1), st.lists(st.binary(min_size=32, max_size=32), max_size=63), st.binary(max_size=50))
def test_a_submission_is_found_again_in_its_body(old: int, proof: list[bytes], note: bytes) -> None:
    one = Submission(old, tuple(proof), note)
    assert Submission.parse(one.body) == one


@pytest.mark.parametrize("body", [b"", b"old 1\n"])
def test_a_body_that_is_no_submission_is_told(body: bytes) -> None:
    with mistake("log.submission"):
        Submission.parse(body)
