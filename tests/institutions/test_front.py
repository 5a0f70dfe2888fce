"""Bodies on their way: read within a bound and a time, held within a sum, before a thread is taken."""

import asyncio
import threading
from typing import Any

import pytest
from tests.institutions.test_hostile import GIGABYTES, YAML, Endless, answered, environment

from guiju.institutions import settings
from guiju.institutions.serving import front
from guiju.institutions.serving.front import Arriving, Front

pytestmark = pytest.mark.django_db  # the application closes connections at the end of a request, whoever opened them


class Sender:
    """What a server hands in of a body."""

    def __init__(self, *parts: bytes, ends: bool = True) -> None:
        self.parts, self.ends = list(parts), ends

    async def __call__(self) -> dict[str, Any]:
        if not self.parts:
            await asyncio.sleep(60)
        part = self.parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(self.parts) or not self.ends}


@pytest.mark.parametrize(
    ("sender", "said", "found"),
    [
        (Sender(b"facts: ", b"{}"), 9, (b"facts: {}", "")),
        (Sender(b""), 0, (b"", "")),
        (Sender(b"x", ends=False), 100, (b"", "late")),
        (Sender(b"x" * (settings.LARGEST_RESULT + 1024**2), ends=False), 5, (b"", "large")),
        (Sender(b""), GIGABYTES, (b"", "large")),
        (Sender(b"x" * 2000, ends=False), 2000, (b"", "busy")),
    ],
)
def test_a_body_is_read_within_its_bounds(sender: Sender, said: int, found: tuple[bytes, str]) -> None:
    arriving = Arriving(seconds=0.2, most_at_once=1000 if found[1] == "busy" else 10**9)
    assert asyncio.run(arriving.read(said, sender)) == found
    assert arriving.held == 0


def test_a_body_that_waits_for_its_answer_counts_among_those_that_are_held() -> None:
    answering, told = threading.Event(), []

    def application(given: Any, start: Any) -> list[bytes]:
        told.append(given["guiju.refused"])
        if given["guiju.refused"]:
            answering.set()
        else:
            assert answering.wait(20)
        start("200 OK", [])
        return [b""]

    async def sent(_: Any) -> None:
        return None

    async def both() -> None:
        asked = Front(application)
        asked.arriving = Arriving(most_at_once=1500)
        scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
        await asyncio.gather(*(asked(scope, Sender(b"x" * 1000), sent) for _ in range(2)))
        assert asked.arriving.held == 0

    asyncio.run(both())
    assert sorted(told) == ["", "busy"]


@pytest.mark.parametrize(("reason", "status"), [("late", 408), ("busy", 503), ("large", 413)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_refused_on_its_way_is_told_as_a_page(reason: str, status: int, lang: str) -> None:
    given = environment(f"/{lang}/check/start", Endless(), "0", YAML)
    told, text = answered({**given, "guiju.refused": reason})
    assert (told, "<h1" in text) == (str(status), True)


def test_a_header_with_an_underscore_passes_for_no_other() -> None:
    headers = [(b"x_forwarded_for", b"192.0.2.1"), (b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"host", b"localhost")]
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/é",
        "raw_path": b"/%C3%A9",
        "headers": headers,
        "client": ("192.0.2.9", 1),
    }
    given = front.environment(scope)
    assert "HTTP_X_FORWARDED_FOR" not in given
    assert (given["HTTP_COOKIE"], given["REMOTE_ADDR"]) == ("a=1; b=2", "192.0.2.9")
    assert given["PATH_INFO"].encode("latin-1").decode() == "/é"
