"""A witness over HTTP: a small server for one, and the question a log puts to one (C2SP tlog-witness)."""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Callable, Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import urlsplit

from guiju.record.checkpoints import read_number, unchecked_checkpoint
from guiju.record.cosigning import attach
from guiju.record.errors import RecordError
from guiju.record.notes import MOST_BYTES, VerifierKey
from guiju.record.witness import MOST_BODY, TEXT, Answer, Submission, Witness, unstored

PATIENCE: Final = 10.0
"""Seconds for one step of the network."""
MOST_CONNECTIONS: Final = 64
"""Served at once; what comes beyond is closed unread."""

_ADD = "/add-checkpoint"
_LATEST = re.compile(r"/([0-9a-f]{64})/checkpoint", re.ASCII)

logger = logging.getLogger(__name__)


class WitnessServer(ThreadingHTTPServer):
    """Serves one witness: ``POST /add-checkpoint``, and ``GET /<hash of the origin>/checkpoint`` for monitors.

    Use it as a context manager and call ``serve_forever``; ``shutdown`` from another thread ends it.
    """

    daemon_threads = True

    def __init__(self, witness: Witness, host: str = "127.0.0.1", port: int = 0) -> None:
        self.witness = witness
        self._room = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__((host, port), _Handler)

    @property
    def url(self) -> str:
        """Where it listens."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread of its own, while there are not too many."""
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:  # no thread was begun that would make room again
            self._room.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the base class gives it
        """A connection that broke off is told to the log of the program, not printed."""
        logger.info("%s: %s", client_address, sys.exc_info()[1])


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer
    protocol_version = "HTTP/1.1"
    server_version = "guiju-witness"
    sys_version = ""
    timeout = PATIENCE

    def do_POST(self) -> None:
        body = self._body()
        if isinstance(body, Answer):
            self.close_connection = True
            self._send(body)
        elif self.path == _ADD:
            self._send(self.server.witness.add_checkpoint(body))
        else:
            self._send(_no_page(self.path))

    def do_GET(self) -> None:
        found = _LATEST.fullmatch(self.path)
        if self.path == _ADD:
            self._send(Answer.refusing(405, RecordError("log.witness-method")))
            return
        try:
            note = self.server.witness.latest_by_hash(found[1]) if found else None
        except RecordError as problem:
            self._send(Answer.refusing(500, problem))
            return
        except OSError as problem:
            self._send(Answer.refusing(500, unstored(problem)))
            return
        self._send(_no_page(self.path) if note is None else Answer(200, note))

    def _body(self) -> bytes | Answer:
        """What was sent, or why it was not read."""
        length = self.headers.get("Content-Length")
        if length is None or "Transfer-Encoding" in self.headers:
            return Answer.refusing(411, RecordError("log.submission-length"))
        if not re.fullmatch("[0-9]{1,15}", length, re.ASCII):
            return Answer.refusing(400, RecordError("log.submission-length"))
        if int(length) > MOST_BODY:
            return Answer.refusing(413, RecordError("log.too-long", got=int(length), most=MOST_BODY))
        body = self.rfile.read(int(length))
        return body if len(body) == int(length) else Answer.refusing(400, RecordError("log.submission-length"))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.status == 405:
            self.send_header("Allow", "POST")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        logger.info("%s %s", self.address_string(), format % args)


def ask_witness(
    url: str,
    note: bytes,
    key: VerifierKey,
    proof_from: Callable[[int], Sequence[bytes]],
    *,
    seen: int = 0,
) -> bytes:
    """Ask the witness at an address to cosign a log's checkpoint; the note with its cosignature.

    Args:
        url: the witness's submission prefix, http or https.
        note: the checkpoint as the log signed it.
        key: the witness's.
        proof_from: the consistency proof from an older size to the checkpoint's.
        seen: the size the witness is thought to have seen; where it has seen another, it is asked once more from there.

    Raises:
        RecordError: it cannot be reached, refuses, has seen a longer log or another history, or answers what does not hold.
    """
    size = unchecked_checkpoint(note).size
    for _ in range(2):
        old = min(seen, size)
        status, body = _post(url, Submission(old, tuple(proof_from(old)), note).body)
        if status != 409:
            break
        seen = read_number(body.removesuffix("\n"))
        if seen > size:
            raise RecordError("log.witness-ahead", url=url, seen=seen, size=size)
    if status == 422:
        raise RecordError("log.witness-differs", url=url, seen=old, size=size)
    if status != 200:
        raise RecordError("log.witness-refused", url=url, status=status, words=body.strip()[:300])
    return attach(note, body, [key])


def _post(url: str, body: bytes) -> tuple[int, str]:
    """The status and the text of an answer; redirects are not followed."""
    try:
        place = urlsplit(url)
        host, port = place.hostname, place.port
        if port is None:  # left unsaid, the end of an IPv6 address would be taken for it
            port = 443 if place.scheme == "https" else 80
        if host is None or place.scheme not in {"http", "https"}:
            raise RecordError("log.witness-address", got=url)
        connection = (HTTPSConnection if place.scheme == "https" else HTTPConnection)(host, port, timeout=PATIENCE)
    except (ValueError, HTTPException):
        raise RecordError("log.witness-address", got=url) from None
    try:
        connection.request("POST", place.path.rstrip("/") + _ADD, body, {"Content-Type": TEXT})
        answer = connection.getresponse()
        return answer.status, answer.read(MOST_BYTES).decode("utf-8", "replace")
    except (OSError, HTTPException, UnicodeError) as problem:
        raise RecordError("log.witness-silent", url=url, words=str(problem) or type(problem).__name__) from problem
    finally:
        connection.close()


def _no_page(path: str) -> Answer:
    return Answer.refusing(404, RecordError("log.witness-page", got=path[:200]))
