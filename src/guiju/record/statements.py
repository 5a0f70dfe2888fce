"""Signed statements about things known by their digests: in-toto Statement v1 inside a DSSE envelope, Ed25519.

Any other in-toto tool can read and check them. The same key may sign notes: what DSSE signs begins with ``DSSEv1``, which
no checkpoint of a log of another name does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from guiju.record._json import NameTwiceError, read_json
from guiju.record.errors import RecordError
from guiju.record.notes import PrivateKey, VerifierKey

STATEMENT: Final = "https://in-toto.io/Statement/v1"
PAYLOAD: Final = "application/vnd.in-toto+json"
MOST_STATEMENT: Final = 1024 * 1024
"""Bytes of an envelope."""

_HEX = re.compile("[0-9a-f]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing the statement is about: its name and its digests in lower-case hex by algorithm (``{"sha256": ...}``)."""

    name: str
    digest: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said (the predicate, of a type named by a URI) about which subjects."""

    subjects: tuple[Subject, ...]
    predicate_type: str
    predicate: Mapping[str, Any] = field(default_factory=dict)

    @property
    def payload(self) -> bytes:
        """The statement as canonical JSON (RFC 8785).

        Raises:
            RecordError: the predicate holds what JSON cannot.
        """
        data: Any = {
            "_type": STATEMENT,
            "subject": [{"name": one.name, "digest": dict(one.digest)} for one in self.subjects],
            "predicateType": self.predicate_type,
            "predicate": dict(self.predicate),
        }
        try:
            return rfc8785.dumps(data)
        except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as problem:
            raise RecordError("log.statement", words=str(problem)) from problem

    @classmethod
    def parse(cls, payload: bytes) -> Statement:
        """The statement that a payload holds.

        Raises:
            RecordError: it is no in-toto Statement v1, or a name stands twice in it.
        """
        data = _object(_json(payload))
        if data.get("_type") != STATEMENT:
            raise RecordError("log.statement", words=f"_type: {data.get('_type')!r:.100}")
        subjects = data.get("subject")
        if not isinstance(subjects, list) or not subjects:
            raise RecordError("log.statement", words="subject")
        kind, predicate = data.get("predicateType"), data.get("predicate", {})
        if not isinstance(kind, str) or not kind:
            raise RecordError("log.statement", words="predicateType")
        return cls(tuple(_subject(one) for one in subjects), kind, _object(predicate))


def sign_statement(statement: Statement, keys: Iterable[PrivateKey]) -> str:
    """The statement in an envelope signed by each key, as JSON.

    Raises:
        RecordError: the statement cannot be written as JSON.
    """
    from securesystemslib.dsse import Envelope
    from securesystemslib.signer import CryptoSigner, SSlibKey  # type: ignore[attr-defined]  # public by its documentation

    envelope = Envelope(statement.payload, PAYLOAD, {})
    for key in keys:
        secret = Ed25519PrivateKey.from_private_bytes(key.seed)
        envelope.sign(CryptoSigner(secret, SSlibKey.from_crypto(secret.public_key(), str(key.verifier))))
    return json.dumps(envelope.to_dict(), sort_keys=True)


def open_statement(data: bytes, keys: Sequence[VerifierKey], least: int = 1) -> Statement:
    """The statement of an envelope, where at least so many of the keys signed it.

    Raises:
        RecordError: it is no such envelope, too few signatures hold, a key stands twice, or more are asked for than there are.
    """
    from securesystemslib.dsse import Envelope
    from securesystemslib.exceptions import FormatError, VerificationError
    from securesystemslib.signer import SSlibKey  # type: ignore[attr-defined]  # public by its documentation

    for at, key in enumerate(keys):
        if any(key.public == other.public for other in keys[:at]):
            raise RecordError("log.policy-twice", name=key.name)
    if not 1 <= least <= len(keys):
        raise RecordError("log.policy-least", got=least, most=len(keys))
    if len(data) > MOST_STATEMENT:
        raise RecordError("log.too-long", got=len(data), most=MOST_STATEMENT)
    fields = _object(_json(data))
    try:
        envelope = Envelope.from_dict(fields)
        known: list[Any] = [SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(key.public), str(key)) for key in keys]
        envelope.verify(known, least)
    except VerificationError as problem:
        raise RecordError("log.signature-none", names=[key.name for key in keys]) from problem
    except (FormatError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise RecordError("log.statement", words=str(problem)[:200]) from problem
    if envelope.payload_type != PAYLOAD:
        raise RecordError("log.statement", words=f"payloadType: {envelope.payload_type!r:.100}")
    return Statement.parse(envelope.payload)


def _subject(data: object) -> Subject:
    one = _object(data)
    name, digest = one.get("name", ""), _object(one.get("digest"))
    if not isinstance(name, str) or not digest or not all(isinstance(x, str) and _HEX.fullmatch(x) for x in digest.values()):
        raise RecordError("log.statement", words="digest")
    return Subject(name, digest)


def _json(data: bytes) -> object:
    try:
        return read_json(data)
    except NameTwiceError as problem:
        raise RecordError("log.statement-twice") from problem
    except ValueError as problem:
        raise RecordError("log.statement", words=str(problem)[:200]) from problem


def _object(data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise RecordError("log.statement", words=type(data).__name__)
    return data
