"""Signed notes: a text, an empty line, and signature lines (C2SP signed-note), with Ed25519 keys (RFC 8032).

Two of the signature types of that page are known here: 0x01, a plain signature over the text, and 0x04, the timestamped
cosignature of C2SP tlog-cosignature. A key of any other type cannot be read; a signature by any other key is left alone.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from secrets import token_bytes
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from guiju.record.errors import RecordError

ED25519: Final = 0x01
"""The type of a key that signs the text of a note."""
COSIGNER: Final = 0x04
"""The type of a key that cosigns checkpoints."""

MOST_SIGNATURES: Final = 64
"""The page asks for 16 at least."""
MOST_BYTES: Final = 256 * 1024
"""Of one note; 16 signatures of the longest known kind take 80 KiB."""
LONGEST_NAME: Final = 255
"""Characters of a key's name."""

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\ud800-\udfff]")
_LINE = re.compile(r"— (\S+) (\S+)")
_VERIFIER = re.compile(r"([^+]+)\+([0-9a-f]{8})\+(\S+)")
_SECRET = re.compile(r"PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(\S+)")
_TIME_SIZE = 8
_SIGNATURE_SIZE = 64
_LATEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: whose, the 4 bytes of the key's id, and the signature's own bytes."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        """The line as it stands in a note, with its newline."""
        return f"— {self.name} {_base64(self.key_id + self.value)}\n"

    @classmethod
    def parse(cls, line: str) -> Signature:
        """A signature line, without its newline.

        Raises:
            RecordError: it is not one.
        """
        found = _LINE.fullmatch(line)
        if found is None or not _is_name(found[1]):
            raise RecordError("log.note-line", got=line[:200])
        data = read_base64(found[2])
        if len(data) <= 4:
            raise RecordError("log.note-line", got=line[:200])
        return cls(found[1], data[:4], data[4:])


@dataclass(frozen=True)
class VerifierKey:
    """A public key with its name and type (``vkey``).

    Raises:
        RecordError: the name, the type or the length cannot be.
    """

    name: str
    public: bytes
    kind: int = ED25519

    def __post_init__(self) -> None:
        _checked(self.name, self.kind, self.public)

    @cached_property
    def key_id(self) -> bytes:
        """Four bytes that, with the name, say which key it is."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_base64(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, written: str) -> VerifierKey:
        """The key written ``name+id+base64``.

        Raises:
            RecordError: it is not so written, its type is not known, or the id is not that of the key.
        """
        found = _VERIFIER.fullmatch(written.strip())
        if found is None:
            raise RecordError("log.key-text", got=written[:200])
        data = read_base64(found[3])
        key = cls(found[1], data[1:], data[0] if data else 0)
        if key.key_id.hex() != found[2]:
            raise RecordError("log.key-id", name=key.name, got=found[2], expected=key.key_id.hex())
        return key

    def owns(self, signature: Signature) -> bool:
        """Whether a signature names this key; whether it is valid is another question."""
        return (self.name, self.key_id) == (signature.name, signature.key_id)

    def verify(self, text: str, signature: Signature) -> None:
        """Check a signature by this key over a note's text.

        Raises:
            RecordError: it is not by this key, or not over this text.
        """
        if self.owns(signature):
            message, value = signed_message(self.kind, text, signature.value)
            try:
                Ed25519PublicKey.from_public_bytes(self.public).verify(value, message)
                return
            except (InvalidSignature, ValueError):
                pass
        raise RecordError("log.signature-fails", name=signature.name)


@dataclass(frozen=True)
class PrivateKey:
    """A key that signs; its seed is the 32 bytes of RFC 8032. It never shows the seed unless asked for ``seed`` or ``secret``.

    Raises:
        RecordError: the name, the type or the length cannot be.
    """

    name: str
    seed: bytes = field(repr=False)
    kind: int = ED25519

    def __post_init__(self) -> None:
        _checked(self.name, self.kind, self.seed)

    @classmethod
    def made(cls, name: str, kind: int = ED25519) -> PrivateKey:
        """A new key."""
        return cls(name, token_bytes(32), kind)

    @classmethod
    def parse(cls, written: str) -> PrivateKey:
        """The key that `secret` wrote.

        Raises:
            RecordError: it is not so written, its type is not known, or the id is not that of the key.
        """
        found = _SECRET.fullmatch(written.strip())
        if found is None:
            raise RecordError("log.secret-text")
        data = read_base64(found[3], secret=True)
        key = cls(found[1], data[1:], data[0] if data else 0)
        if key.verifier.key_id.hex() != found[2]:
            raise RecordError("log.key-id", name=key.name, got=found[2], expected=key.verifier.key_id.hex())
        return key

    @property
    def secret(self) -> str:
        """The key on one line, to be kept in a file that nobody else reads."""
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{_base64(bytes([self.kind]) + self.seed)}"

    @cached_property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self._ed25519.public_key().public_bytes_raw(), self.kind)

    @cached_property
    def _ed25519(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of an Ed25519 signature over a message."""
        return self._ed25519.sign(message)


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the signatures on it that were checked; ``others`` are those by keys that nobody asked about."""

    text: str
    signatures: tuple[Signature, ...]
    others: tuple[Signature, ...] = ()

    def by(self, key: VerifierKey) -> tuple[Signature, ...]:
        """The checked signatures by one key."""
        return tuple(one for one in self.signatures if key.owns(one))


def sign_note(text: str, keys: Iterable[PrivateKey]) -> bytes:
    """The note with a signature by each key.

    Raises:
        RecordError: the text does not end its last line or has control characters; a key is none for notes.
    """
    _characters(text)
    if not text.endswith("\n"):
        raise RecordError("log.note-unended")
    lines = []
    for key in keys:
        if key.kind != ED25519:
            raise RecordError("log.key-use", name=key.name)
        lines.append(Signature(key.name, key.verifier.key_id, key.sign(text.encode())).line)
    return f"{text}\n{''.join(lines)}".encode()


def open_note(data: bytes, keys: Sequence[VerifierKey]) -> Note:
    """The note, where at least one of the keys signed it.

    Signatures by other keys are ignored, also where they share a name or an id with one of the keys. A signature by one
    of the keys that does not hold makes the whole note worthless.

    Raises:
        RecordError: it is no signed note, a signature by one of the keys does not hold, or none of them signed.
    """
    text, signatures = split_note(data)
    held: list[Signature] = []
    others: list[Signature] = []
    for one in signatures:
        key = next((key for key in keys if key.owns(one)), None)
        if key is None:
            others.append(one)
            continue
        key.verify(text, one)
        held.append(one)
    if not held:
        raise RecordError("log.signature-none", names=[key.name for key in keys])
    return Note(text, tuple(held), tuple(others))


def split_note(data: bytes) -> tuple[str, list[Signature]]:
    """The text of a note and its signatures, none of them checked: nothing in it may be trusted yet.

    Raises:
        RecordError: it is no signed note, or too long.
    """
    if len(data) > MOST_BYTES:
        raise RecordError("log.too-long", got=len(data), most=MOST_BYTES)
    try:
        whole = data.decode()
    except UnicodeDecodeError:
        raise RecordError("log.note-utf8") from None
    _characters(whole)
    text, blank, below = whole.rpartition("\n\n")
    if not blank or not below.endswith("\n"):
        raise RecordError("log.note-shape")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise RecordError("log.note-signatures", got=len(lines), most=MOST_SIGNATURES)
    return f"{text}\n", [Signature.parse(line) for line in lines]


def signed_message(kind: int, text: str, value: bytes) -> tuple[bytes, bytes]:
    """The bytes that a key of this type signs for a text, and the bare Ed25519 signature among those of the line.

    A cosignature (C2SP tlog-cosignature, cosignature/v1) carries its time before the signature; the time is signed too.

    Raises:
        RecordError: the time of a cosignature is 0 or beyond 2**63 - 1.
    """
    if kind != COSIGNER:
        return text.encode(), value
    time = int.from_bytes(value[:_TIME_SIZE])
    if len(value) != _TIME_SIZE + _SIGNATURE_SIZE or not 0 < time <= _LATEST:
        raise RecordError("log.cosignature-time", got=time)
    return f"cosignature/v1\ntime {time}\n{text}".encode(), value[_TIME_SIZE:]


def read_base64(written: str, *, secret: bool = False) -> bytes:
    """Standard base64 with its padding, in the one spelling that encoding gives.

    Raises:
        RecordError: it is not so written; the message quotes it unless it is secret.
    """
    try:
        data = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        data = None
    if data is None or _base64(data) != written:
        raise RecordError("log.secret-text") if secret else RecordError("log.base64", got=written[:100])
    return data


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _characters(text: str) -> None:
    found = _CONTROL.search(text)
    if found is not None:
        raise RecordError("log.note-control", got=f"U+{ord(found[0]):04X}", line=text.count("\n", 0, found.start()) + 1)


def _is_name(name: str) -> bool:
    usable = not any(one.isspace() or one == "+" or one < " " or "\ud800" <= one <= "\udfff" for one in name)
    return 0 < len(name) <= LONGEST_NAME and usable


def _checked(name: str, kind: int, key: bytes) -> None:
    if not _is_name(name):
        raise RecordError("log.key-name", got=name[:200])
    if kind not in {ED25519, COSIGNER}:
        raise RecordError("log.key-type", name=name, got=f"0x{kind:02x}")
    if len(key) != 32:
        raise RecordError("log.key-length", name=name, got=len(key))
