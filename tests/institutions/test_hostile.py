"""What is sent to break the site: no status 500, no trace, an error that says what to do, no more read than the bound."""

import io
import json
import re
import socket
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParser
from django.test import Client, RequestFactory
from openpyxl import Workbook

from guiju.institutions.hall.middleware import Refusals
from guiju.institutions.hall.uploads import (
    CARD,
    DOSSIER,
    FORM,
    RESULT,
    TooLargeError,
    UploadError,
    kind_of,
    read_body,
    read_upload,
    shown_name,
)

pytestmark = pytest.mark.django_db  # the application closes connections at the end of a request, whoever opened them

GIGABYTES = 2 * 1024**3
JSON, YAML, MARKDOWN = "application/json", "application/yaml", "text/markdown"


def sent(client: Client, body: bytes, kind: str) -> tuple[int, str, str]:
    """Status, code and the whole answer."""
    response = client.generic("POST", "/api/v1/assess?lang=en", body, content_type=kind)
    text = response.content.decode()
    assert response.headers["Content-Type"].startswith("application/json")
    code = json.loads(text)["error"]["code"] if response.status_code != 200 else ""
    return response.status_code, code, text


def archive(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as found:
        for name, content in members.items():
            found.writestr(name, content)
    return made.getvalue()


def workbook() -> bytes:
    made = io.BytesIO()
    Workbook().save(made)
    return made.getvalue()


ALIAS_BOMB = b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"
BOMB = archive({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>", "xl/s.xml": b"0" * (64 * 1024**2)})
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
PAGE = b"<!DOCTYPE html>\n<html><script>alert(1)</script></html>"

BODIES = {
    "nothing": b"",
    "spaces": b"   \n\t\n",
    "deep-json": b"[" * 200_000,
    "deep-json-closed": b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    "deep-yaml": b"".join(b" " * number + b"a:\n" for number in range(1200)),
    "deep-flow": b"a: " + b"{a: " * 5000,
    "alias-bomb": ALIAS_BOMB,
    "tag": b"!!python/object/apply:os.system ['true']\n",
    "nul": b"facts: {markets: [EU\0]}\n",
    "huge-integer": b"model: {facts: {training_compute: " + b"9" * 200_000 + b"}}\n",
    "huge-exponent": b"model: {facts: {training_compute: 1e999999999999}}\n",
    "large-exponent": b"model: {facts: {training_compute: 1e99999999}}\n",
    "negative-exponent": b"model: {facts: {training_compute: 1e-99999999}}\n",
    "nan": b"model: {facts: {training_compute: .nan}}\n",
    "latin-1": "facts: {note: café}\n".encode("latin-1"),
    "utf-16": "facts: {markets: [EU]}\n".encode("utf-16"),
    "surrogates": b'{"note": "\\ud800", "facts": {"markets": ["\\udfff"]}}',
    "surrogate-in-name": b'{"system": {"id": "s", "name": "\\ud83d"}, "facts": {"markets": ["EU"]}}',
    "broken-utf-8": b"facts: \xc3\x28\n",
    "several-documents": b"facts: {}\n---\nfacts: {}\n",
    "repeated-keys": b"facts: {}\nfacts: {}\n",
    "list": b"[1, 2, 3]",
    "text": b"just some words",
    "far-date": b"events: {placed_on_market: 99999-01-01}\n",
    "first-date": b"events: {placed_on_market: 0001-01-01}\n",
    "last-date": b"events: {placed_on_market: 9999-12-31}\n",
    "long-duration": b"conduct: {log_retention: 99999999999999999999 months}\n",
    "itself": b"system: {id: a}\nearlier: {id: a, earlier: {id: a}}\n",
    "page": PAGE,
    "picture": PNG,
    "archive": archive({"a.txt": b"x"}),
    "long-line": b"# " + b"model " * 200_000,
    "many-brackets": b"# model\n" + b"[" * 100_000,
    "many-stars": b"# model\n" + b"*_" * 50_000,
    "table-without-end": b"# model\n|" + b"a|" * 50_000 + b"\n|" + b"-|" * 50_000,
    "front-matter-bomb": b"---\n" + ALIAS_BOMB + b"---\n# model\n",
    "front-matter-without-end": b"---\nlicense: mit\n" * 2000,
}


@pytest.mark.parametrize("kind", [JSON, YAML, MARKDOWN])
@pytest.mark.parametrize("name", BODIES)
def test_no_body_breaks_the_api(client: Client, name: str, kind: str) -> None:
    status, code, text = sent(client, BODIES[name], kind)
    assert status in {200, 400, 413} or (status == 415 and not BODIES[name])
    assert code or status == 200
    assert "Traceback" not in text
    assert 'File "' not in text
    assert status == 200 or len(text) < 5000


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("deep-json", JSON, "file.too-deep"),
        ("deep-flow", YAML, "file.too-deep"),
        ("alias-bomb", YAML, "file.alias"),
        ("nul", YAML, "file.binary"),
        ("huge-exponent", YAML, "dossier.number-too-large"),
        ("latin-1", YAML, "file.not-utf8"),
        ("nul", MARKDOWN, "upload.is-binary"),
        ("page", MARKDOWN, "card.other-file"),
    ],
)
def test_the_error_says_what_is_wrong(client: Client, name: str, kind: str, code: str) -> None:
    status, found, _ = sent(client, BODIES[name], kind)
    assert (status, found) == (400, code)


# -- size --------------------------------------------------------------------------------------------------------------------


class Endless(io.RawIOBase):
    """A stream of two gigabytes that remembers how much of it was read."""

    def __init__(self, head: bytes = b"") -> None:
        self.given = 0
        self.head = head

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        size = min(size if size is not None and size >= 0 else GIGABYTES, GIGABYTES - self.given)
        first = self.head[self.given : self.given + size]
        self.given += size
        return first + b"x" * (size - len(first))

    def readline(self, size: int | None = -1) -> bytes:
        return self.read(-1 if size is None else size)


def environment(path: str, stream: Endless, length: str | None, kind: str) -> dict[str, Any]:
    found = RequestFactory().post(path, b"", content_type=kind).environ
    found |= {"wsgi.input": stream, "CONTENT_TYPE": kind}
    found.pop("CONTENT_LENGTH", None)
    if length is not None:
        found["CONTENT_LENGTH"] = length
    return found


def answered(found: dict[str, Any]) -> tuple[str, str]:
    status: list[str] = []

    def start(line: str, *_rest: object) -> Callable[[bytes], None]:
        status.append(line)
        return lambda _: None

    parts = WSGIHandler()(found, start)
    return status[0][:3], b"".join(parts).decode()


@pytest.mark.parametrize("length", [str(GIGABYTES), str(3 * 1024**2), "9" * 30])
def test_a_body_of_two_gigabytes_is_refused_unread(length: str) -> None:
    stream = Endless()
    status, text = answered(environment("/api/v1/assess", stream, length, YAML))
    assert status == "413"
    assert json.loads(text)["error"]["code"] == "hall.too-large"
    assert stream.given == 0


@pytest.mark.parametrize("length", ["100", "", None, "-5", "no number"])
def test_a_length_that_lies_or_is_absent_reads_no_more_than_the_bound(length: str | None) -> None:
    stream = Endless()
    status, _ = answered(environment("/api/v1/assess", stream, length, YAML))
    assert status == "400"
    assert stream.given <= site_settings.LARGEST_UPLOAD + 1


def test_a_body_without_a_bound_of_its_own_is_cut_at_ours() -> None:
    request = WSGIRequest(environment("/", Endless(), "100", YAML))
    stream = Endless()
    request._stream = stream  # type: ignore[assignment]  # a server that hands on a stream of whatever length
    with pytest.raises(TooLargeError):
        read_body(request)
    assert stream.given == site_settings.LARGEST_UPLOAD + 1


def test_a_form_of_two_gigabytes_is_refused_as_a_page_in_both_languages() -> None:
    for lang, word in (("en", "2048 KB"), ("zh", "2048")):
        stream = Endless()
        status, text = answered(environment(f"/{lang}/", stream, str(GIGABYTES), "multipart/form-data; boundary=b"))
        assert status == "413"
        assert word in text
        assert "<h1>" in text
        assert stream.given == 0


def test_a_file_is_refused_while_it_streams_in_before_the_view_runs() -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.md"\r\n\r\n'
    stream = Endless(head)
    found = {"CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": str(GIGABYTES)}
    handlers = WSGIRequest(environment("/en/", stream, None, YAML)).upload_handlers
    with pytest.raises(TooLargeError):
        MultiPartParser(found, stream, handlers, "utf-8").parse()
    assert stream.given < site_settings.LARGEST_RESULT + 1024**2


# -- kinds -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"# A model\n\nWords of it.\n", CARD),
        (b"---\nlicense: mit\nmodel: x\n---\n# A model\n", CARD),
        ("# 模型\n\n这是一个模型的说明，它的权重是公开的。\n".encode("gb18030"), CARD),
        (b"BMW model card\n", CARD),
        (b"<!---->" * 500 + b"\n# A model\n", CARD),  # told at once, however the comments may be grouped
        (b"system: {id: x}\nfacts: {markets: [EU]}\n", DOSSIER),
        (b"---\n# a comment\nfacts: {markets: [EU]}\n", DOSSIER),
        (b"# a comment\n\nschema: guiju.dossier/1\n", DOSSIER),
        (b'{"facts": {}}', DOSSIER),
        (b'{"schema": "guiju.assessment/1"}', RESULT),
        (workbook(), FORM),
    ],
)
def test_a_kind_is_told_by_content(content: bytes, kind: str) -> None:
    assert kind_of(content, "evil.exe") == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload.empty"),
        (b" \n\n", "upload.empty"),
        (PNG, "upload.is-picture"),
        (PAGE, "upload.is-page"),
        (b"<!-- x --><svg onload=alert(1)>", "upload.is-page"),
        (b"%PDF-1.7 ...", "upload.is-pdf"),
        (b"\xd0\xcf\x11\xe0" + bytes(8), "upload.is-office"),
        (b"\x1f\x8b\x08" + bytes(8), "upload.is-archive"),
        (archive({"a.txt": b"x"}), "upload.is-archive"),
        (b"PK\x03\x04 and nothing of an archive", "upload.is-archive"),
        (archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "upload.is-office"),
        (archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}), "upload.is-office"),
        (archive({f"xl/{number}": b"" for number in range(2001)}), "upload.unpacks-too-large"),
        (BOMB, "upload.unpacks-too-large"),
        (b"MZ\x90\0" + bytes(60), "upload.is-program"),
        (b"# model\0", "upload.is-binary"),
        (bytes(range(128, 256)), "upload.encoding"),
    ],
)
def test_what_is_no_card_dossier_result_or_form_is_refused_by_name_of_what_it_is(content: bytes, code: str) -> None:
    with pytest.raises(UploadError) as found:
        kind_of(content, "card.md")
    assert found.value.code == code
    assert all(found.value.message(lang) and found.value.hint(lang) for lang in ("zh", "en"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/abs/card.md", "card.md"),
        ("a\0b\r\n.md", "ab.md"),
        ("evil\u202efdp.md", "evilfdp.md"),
        ("..", "-"),
        ("", "-"),
        ("模型.md", "模型.md"),
        ("x" * 500, "x" * 120),
    ],
)
def test_a_name_is_only_its_last_part_and_only_shown(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_an_upload_is_read_from_a_form(rf: RequestFactory) -> None:
    request = rf.post("/en/", {"file": SimpleUploadedFile("../x/page.png", b"# A model\n", "image/png")})
    found = read_upload(request, "file")
    assert (found.name, found.kind, found.text) == ("page.png", CARD, "# A model\n")


def test_a_form_without_a_file_is_refused(rf: RequestFactory) -> None:
    with pytest.raises(UploadError) as found:
        read_upload(rf.post("/en/", {"file": "words"}), "file")
    assert found.value.code == "upload.none"


def test_a_refusal_of_a_view_is_a_page_that_says_what_to_do(rf: RequestFactory) -> None:
    middleware = Refusals(lambda _: HttpResponse())
    response = middleware.process_exception(rf.post("/zh/"), UploadError("upload.is-pdf"))
    assert response is not None
    assert response.status_code == 400
    assert "PDF" in response.content.decode()


# -- against the real thing --------------------------------------------------------------------------------------------------


def memory_of_web(port: int) -> int:
    """What the web processes of a site hold together, in bytes."""
    held = 0
    for one in Path("/proc").iterdir():
        with suppress(OSError):
            words = (one / "environ").read_bytes() if one.name.isdigit() else b""
            if f"GUIJU_PORT={port}\0".encode() in words:
                held += int((one / "statm").read_text().split()[1]) * 4096
    return held


def place(site: str) -> tuple[str, int]:
    host, _, port = site.removeprefix("http://").partition(":")
    return host, int(port)


def connect(site: str, path: str, *headers: str) -> socket.socket:
    made = socket.create_connection(place(site), timeout=25)
    made.sendall("\r\n".join((f"POST {path} HTTP/1.1", "Host: localhost", *headers, "", "")).encode())
    return made


def answer_of(made: socket.socket) -> tuple[int, str]:
    """Status and answer, whatever became of the sending."""
    found = b""
    with made, suppress(ConnectionError):
        while part := made.recv(65536):
            found += part
            head, _, body = found.partition(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head)
            if length and len(body) >= int(length[1]):
                break
    return int(found.split(b" ", 2)[1] or 0) if found else 0, found.decode(errors="replace")


def check_refusal(status: int, text: str, allowed: set[int]) -> None:
    assert status in allowed, text[:500]
    assert "Traceback" not in text
    assert "site-packages" not in text


@pytest.mark.parametrize(
    ("path", "kind", "head"),
    [
        ("/api/v1/assess", YAML, b""),
        (
            "/en/check/start",
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="card"; filename="x"\r\n\r\n',
        ),
        ("/zh/check/start", "application/x-www-form-urlencoded", b"text="),
        ("/en/", "text/plain", b""),
    ],
)
def test_a_stream_without_length_or_end_is_cut_off_and_fills_no_memory(site: str, path: str, kind: str, head: bytes) -> None:
    before = memory_of_web(place(site)[1])
    made = connect(site, path, f"Content-Type: {kind}", "Transfer-Encoding: chunked")
    block, sent = b"10000\r\n" + b"x" * 65536 + b"\r\n", 0
    with suppress(ConnectionError):
        made.sendall(b"%x\r\n%s\r\n" % (len(head), head) if head else b"")
        while sent < GIGABYTES:
            made.sendall(block)
            sent += 65536
    status, text = answer_of(made)
    assert sent < 64 * 1024**2  # it is not listened to for long
    check_refusal(status, text, {413, 0})  # 0: the connection was reset before the answer was read
    if before:
        assert memory_of_web(place(site)[1]) - before < 64 * 1024**2


@pytest.mark.parametrize("length", [str(GIGABYTES), "9" * 19])
def test_a_length_beyond_the_bound_is_refused_before_a_byte_is_sent(site: str, length: str) -> None:
    status, text = answer_of(connect(site, "/api/v1/assess?lang=en", f"Content-Type: {YAML}", f"Content-Length: {length}"))
    check_refusal(status, text, {413, 400})


@pytest.mark.parametrize("length", ["-5", "no number", "9" * 40])
def test_a_length_that_is_none_is_refused(site: str, length: str) -> None:
    status, text = answer_of(connect(site, "/api/v1/assess", f"Content-Type: {YAML}", f"Content-Length: {length}"))
    check_refusal(status, text, {400, 413})


def test_senders_that_never_finish_hold_nobody_up(site: str) -> None:
    slow = [connect(site, "/api/v1/assess", f"Content-Type: {YAML}", "Content-Length: 1000") for _ in range(40)]
    for one in slow:
        one.sendall(b"facts: {")
    begun = time.monotonic()
    for path in ("/en/", "/zh/rules/", "/en/check/"):
        connection = HTTPConnection(*place(site), timeout=20)
        connection.request("GET", path)
        assert connection.getresponse().status == 200
        connection.close()
    assert time.monotonic() - begun < 10
    for one in slow:
        one.close()


def sent_to_site(site: str, files: list[tuple[str, bytes, str]], fields: int = 0) -> tuple[int, str]:
    """Files sent through the form of the start, as a browser does; status and page."""
    connection = HTTPConnection(*place(site), timeout=25)
    connection.request("GET", "/en/check/")
    answer = connection.getresponse()
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    key = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
    assert key is not None
    parts = [("csrfmiddlewaretoken", "", key[1].encode()), ("way", "", b"card")]
    parts += [(f"field{number}", "", b"x") for number in range(fields)]
    parts += [("card", name, content) for name, content, _ in files]
    body = b""
    for name, file, content in parts:
        called = f'; filename="{file}"' if file else ""
        body += f'--b\r\nContent-Disposition: form-data; name="{name}"{called}\r\n\r\n'.encode() + content + b"\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=b", "Cookie": cookie}
    connection.request("POST", "/en/check/start", body + b"--b--\r\n", kind)
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("form.xlsx", BOMB, "unpack to more than"),
        ("picture.png", PAGE, "web page"),
        ("card.md", PNG, "picture"),
        ("../../../etc/passwd", b"\0\0\0", "no text"),
        ("card.yaml", ALIAS_BOMB, ""),
        ("card.md", b"\xff" * 1000, "encoding"),
        ("card.md", b"", "empty"),
    ],
)
def test_what_is_no_card_is_refused_by_the_running_site(site: str, name: str, content: bytes, says: str) -> None:
    status, text = sent_to_site(site, [(name, content, "")])
    check_refusal(status, text, {400, 413})
    assert says in text
    assert "etc/" not in text


def test_a_form_with_many_fields_is_refused_by_the_running_site(site: str) -> None:
    status, text = sent_to_site(site, [], fields=5000)
    check_refusal(status, text, {400, 413})
