"""Where requests arrive: a body is read whole, within a bound and a time, before one of the few threads that answer is taken.

A thread that waited for a body itself would be held for as long as its sender likes, and a handful of slow senders would hold all
of them. Here the event loop waits, which costs nothing; what arrives is bounded in bytes and seconds, and a body of unsaid length
is measured. What is refused is told by Django's side in the house's words (``hall.uploads.refuse_early``).
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from django.conf import settings

THREADS: Final = 8
"""Threads of one process that answer; more than can work at once, so that short pages find one while long ones wait."""

SECONDS: Final = 30.0
"""How long a body may take to arrive."""

MOST_AT_ONCE: Final = 96 * 1024 * 1024
"""Bytes of all bodies that one process holds while they arrive or wait to be answered."""

Message = MutableMapping[str, Any]
Environment = dict[str, Any]
Answer = tuple[int, list[tuple[bytes, bytes]], bytes]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class GoneError(Exception):
    """The client hung up."""


class Arriving:
    """Bodies on their way and those that wait for a thread, and how much of them is held."""

    def __init__(self, seconds: float = SECONDS, most_at_once: int = MOST_AT_ONCE) -> None:
        self.seconds = seconds
        self.most_at_once = most_at_once
        self.held = 0

    async def read(self, said: int, receive: Receive) -> tuple[bytes, str]:
        """A body and why it is refused; the reason is empty where it is not.

        :raises GoneError: where the client hung up.
        """
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if said > most:
            return b"", "large"
        parts: list[bytes] = []
        try:
            async with asyncio.timeout(self.seconds):
                return await self._gathered(parts, most, receive)
        except TimeoutError:
            return b"", "late"
        finally:
            self.held -= sum(map(len, parts))

    @contextmanager
    def holding(self, length: int) -> Iterator[None]:
        """A body that arrived counts until it is answered."""
        self.held += length
        try:
            yield
        finally:
            self.held -= length

    async def _gathered(self, parts: list[bytes], most: int, receive: Receive) -> tuple[bytes, str]:
        length = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise GoneError
            part = bytes(message.get("body", b""))
            parts.append(part)
            length, self.held = length + len(part), self.held + len(part)
            if length > most:
                return b"", "large"
            if self.held > self.most_at_once:
                return b"", "busy"
            if not message.get("more_body", False):
                return b"".join(parts), ""


class Front:
    """The application that the server calls (ASGI); ``answering`` is Django's (WSGI)."""

    def __init__(self, answering: Callable[..., Iterable[bytes]]) -> None:
        self.answering = answering
        self.arriving = Arriving()
        self.pool = ThreadPoolExecutor(THREADS, thread_name_prefix="answer")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request."""
        assert scope["type"] == "http"
        given = environment(scope)
        said = given.get("CONTENT_LENGTH", "")
        try:
            body, refused = await self.arriving.read(int(said[:20]) if said.isascii() and said.isdigit() else 0, receive)
        except GoneError:
            return
        given.update({"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body), "guiju.refused": refused})
        loop = asyncio.get_running_loop()
        with self.arriving.holding(len(body)):
            status, headers, content = await loop.run_in_executor(self.pool, answer, self.answering, given)
        if refused:
            headers.append((b"connection", b"close"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})


def environment(scope: Message) -> Environment:
    """A request as WSGI has it. A name with an underscore is left out: it would pass for one with a dash."""
    host, port = (scope.get("server") or ("localhost", 80))[:2]
    client = scope.get("client") or ("", 0)
    given: Environment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.get("raw_path") or scope["path"].encode()).decode("latin-1"),
        "QUERY_STRING": bytes(scope.get("query_string", b"")).decode("latin-1"),
        "SERVER_NAME": str(host),
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": str(client[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        key, words = bytes(name).decode("latin-1"), bytes(value).decode("latin-1")
        if "_" in key or key in ("transfer-encoding", "proxy"):
            continue
        key = key.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        given[key] = f"{given[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{words}" if key in given else words
    return given


def answer(answering: Callable[..., Iterable[bytes]], given: Environment) -> Answer:
    """What a WSGI application answers, whole."""
    told: list[tuple[int, list[tuple[bytes, bytes]]]] = []

    def start(status: str, headers: Iterable[tuple[str, str]], _: object = None) -> Callable[[bytes], None]:
        pairs = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        told.append((int(status[:3]), pairs))
        return lambda _: None

    response = answering(given, start)
    try:
        content = b"".join(response)
    finally:
        close = getattr(response, "close", None)
        if close is not None:
            close()
    return (*told[-1], content)
