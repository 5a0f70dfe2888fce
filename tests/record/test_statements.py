"""Signed statements: what another tool can read, and every way an envelope can be wrong."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from tests.record.example import LOG_KEY, mistake

from guiju.record.errors import RecordError
from guiju.record.notes import PrivateKey, VerifierKey
from guiju.record.statements import MOST_STATEMENT, PAYLOAD, Statement, Subject, open_statement, sign_statement

KEY = LOG_KEY.verifier
OTHER = PrivateKey("other.example/signer", bytes(32))
STATEMENT = Statement(
    (Subject("dossier.yaml", {"sha256": "ab" * 32}),), "https://guiju.example/checked/v1", {"verdict": "meets", "书": [1]}
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3)
    ),
    max_leaves=8,
)


def test_the_signed_bytes_are_those_of_the_dsse_specification() -> None:
    envelope = json.loads(sign_statement(STATEMENT, [LOG_KEY]))
    assert envelope["payloadType"] == PAYLOAD
    payload = base64.b64decode(envelope["payload"])
    assert payload == STATEMENT.payload
    message = b"DSSEv1 %d %b %d %b" % (len(PAYLOAD), PAYLOAD.encode(), len(payload), payload)
    (signature,) = envelope["signatures"]
    assert signature["keyid"] == str(KEY)
    Ed25519PublicKey.from_public_bytes(KEY.public).verify(base64.b64decode(signature["sig"]), message)


def test_the_payload_is_an_in_toto_statement() -> None:
    assert json.loads(STATEMENT.payload) == {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "dossier.yaml", "digest": {"sha256": "ab" * 32}}],
        "predicateType": "https://guiju.example/checked/v1",
        "predicate": {"verdict": "meets", "书": [1]},
    }


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), JSON, max_size=4))
def test_what_is_stated_is_read(predicate: dict[str, Any]) -> None:
    one = Statement(STATEMENT.subjects, "https://guiju.example/any", predicate)
    assert open_statement(sign_statement(one, [OTHER, LOG_KEY]).encode(), [KEY]) == one
    assert Statement.parse(one.payload).payload == one.payload


def test_several_may_have_to_sign() -> None:
    both, one = sign_statement(STATEMENT, [LOG_KEY, OTHER]), sign_statement(STATEMENT, [OTHER])
    assert open_statement(both.encode(), [KEY, OTHER.verifier], 2) == STATEMENT
    with mistake("log.signature-none"):
        open_statement(one.encode(), [KEY, OTHER.verifier], 2)


def envelope(**changes: Any) -> bytes:
    return json.dumps(json.loads(sign_statement(STATEMENT, [LOG_KEY])) | changes).encode()


def payload(data: object, text: bytes | None = None) -> Callable[[], object]:
    """An envelope rightly signed around what is no statement."""

    class Other(Statement):
        @property
        def payload(self) -> bytes:
            return json.dumps(data).encode() if text is None else text

    return lambda: open_statement(sign_statement(Other((), ""), [LOG_KEY]).encode(), [KEY])


GOOD = json.loads(STATEMENT.payload)
TWICE = b'{"_type": "x", "_type": "https://in-toto.io/Statement/v1"}'


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("log.statement", lambda: open_statement(b"", [KEY])),
        ("log.statement", lambda: open_statement(b"\xff", [KEY])),
        ("log.statement", lambda: open_statement(b"[]", [KEY])),
        ("log.statement", lambda: open_statement(b"{}", [KEY])),
        ("log.statement", lambda: open_statement(b"[" * 100_000, [KEY])),
        ("log.statement", lambda: open_statement(envelope(signatures=None), [KEY])),
        ("log.statement", lambda: open_statement(envelope(signatures=[{}]), [KEY])),
        ("log.statement", lambda: open_statement(envelope(signatures=["x"]), [KEY])),
        ("log.signature-none", lambda: open_statement(envelope(signatures=[{"keyid": 1, "sig": "AAAA"}]), [KEY])),
        ("log.statement", lambda: open_statement(envelope(payload=1), [KEY])),
        ("log.statement", lambda: open_statement(envelope(payload="!"), [KEY])),
        ("log.statement", lambda: open_statement(envelope(payloadType=1), [KEY])),
        ("log.signature-none", lambda: open_statement(envelope(payloadType="text/plain"), [KEY])),
        ("log.signature-none", lambda: open_statement(envelope(payload="e30="), [KEY])),
        ("log.signature-none", lambda: open_statement(envelope(signatures=[]), [KEY])),
        ("log.signature-none", lambda: open_statement(envelope(), [OTHER.verifier])),
        ("log.signature-none", lambda: open_statement(envelope(signatures=[{"keyid": str(KEY), "sig": "AAAA"}]), [KEY])),
        ("log.too-long", lambda: open_statement(b" " * (MOST_STATEMENT + 1), [KEY])),
        ("log.policy-least", lambda: open_statement(envelope(), [])),
        ("log.policy-least", lambda: open_statement(envelope(), [KEY], 0)),
        ("log.policy-least", lambda: open_statement(envelope(), [KEY], 2)),
        ("log.policy-twice", lambda: open_statement(envelope(), [KEY, VerifierKey("again", KEY.public)], 1)),
        ("log.statement", payload([])),
        ("log.statement", payload({})),
        ("log.statement", payload(GOOD | {"_type": "https://in-toto.io/Statement/v0.1"})),
        ("log.statement", payload(GOOD | {"subject": []})),
        ("log.statement", payload(GOOD | {"subject": {}})),
        ("log.statement", payload(GOOD | {"subject": [{"name": "a"}]})),
        ("log.statement", payload(GOOD | {"subject": [{"name": 1, "digest": {"sha256": "ab"}}]})),
        ("log.statement", payload(GOOD | {"subject": [{"name": "a", "digest": {}}]})),
        ("log.statement", payload(GOOD | {"subject": [{"name": "a", "digest": {"sha256": "AB"}}]})),
        ("log.statement", payload(GOOD | {"predicateType": ""})),
        ("log.statement", payload(GOOD | {"predicate": []})),
        ("log.statement", payload(None, b'{"predicate": NaN}')),
        ("log.statement", payload(None, STATEMENT.payload.replace(b"[1]", b"[1e999]"))),
        ("log.statement", payload(GOOD | {"subject": [{"name": "\ud800", "digest": {"sha256": "ab"}}]})),
        ("log.statement-twice", payload(None, TWICE)),
        ("log.statement", lambda: Statement((), "a", {"no": object()}).payload),
        ("log.statement", lambda: Statement((), "a", {"no": 2**60}).payload),
        ("log.statement", lambda: Statement((), "a", {"no": "\ud800"}).payload),
    ],
)
def test_mistakes_are_told(code: str, wrong: Callable[[], object]) -> None:
    with mistake(code):
        wrong()


def test_an_envelope_of_another_payload_is_no_statement() -> None:
    from securesystemslib.dsse import Envelope
    from securesystemslib.signer import CryptoSigner, SSlibKey

    other = Envelope(STATEMENT.payload, "text/plain", {})
    other.sign(CryptoSigner(LOG_KEY._ed25519, SSlibKey.from_crypto(LOG_KEY._ed25519.public_key(), str(KEY))))
    with mistake("log.statement"):
        open_statement(json.dumps(other.to_dict()).encode(), [KEY])


@given(st.recursive(st.none() | st.text() | st.integers(), lambda x: st.lists(x) | st.dictionaries(st.text(), x), max_leaves=6))
def test_nothing_else_than_an_error_comes_of_garbage(data: object) -> None:
    for one in (
        data,
        {"payload": data, "payloadType": PAYLOAD, "signatures": data},
        {"payload": "", "payloadType": data, "signatures": [data]},
    ):
        with pytest.raises(RecordError):
            open_statement(json.dumps(one).encode(), [KEY])
