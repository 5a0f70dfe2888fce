"""What is sent to break the site: no status 500, no trace, an error that says what to do, no more read than the bound."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.cache import cache
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

GIGABYTES = 2 * 1024**3
JSON, YAML, MARKDOWN = "application/json", "application/yaml", "text/markdown"


@pytest.fixture(autouse=True)
def uncounted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


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
    assert stream.given < site_settings.LARGEST_UPLOAD + 1024**2


# -- kinds -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"# A model\n\nWords of it.\n", CARD),
        (b"---\nlicense: mit\nmodel: x\n---\n# A model\n", CARD),
        ("# 模型\n\n这是一个模型的说明，它的权重是公开的。\n".encode("gb18030"), CARD),
        (b"BMW model card\n", CARD),
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
