"""Content that stands outside the log: committed to, sealed, and so that destroying one key makes it unrecoverable.

Each item has a random key of 32 bytes. HKDF-SHA256 (RFC 5869) makes two things of it: the salt of the commitment, and the key
under which the content is sealed (ChaCha20-Poly1305, RFC 8439, bound to the commitment). A key seals once, so its nonce is zero.

    commitment = "sha256:" + hex(SHA-256("guiju-item/1" + newline + salt + content))

Without the key the content cannot be read, and without the salt nobody can try whether a guess is the content: the commitment
in the log says nothing any more. Disclosing an item to somebody is handing over content and salt (`verify_item`).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from guiju.record.errors import RecordError

KEY_SIZE: Final = 32
SALT_SIZE: Final = 32
_NONCE: Final = bytes(12)
_SALT_INFO: Final = b"guiju-item-salt/1"
_SEAL_INFO: Final = b"guiju-item-seal/1"


@dataclass(frozen=True, slots=True)
class Sealed:
    """An item as it is kept: the key apart from what it opens."""

    commitment: str
    sealed: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """What is handed to somebody who may see an item."""

    content: bytes
    salt: bytes


def seal(content: bytes) -> Sealed:
    """Commit to a content and seal it under a key of its own."""
    key = secrets.token_bytes(KEY_SIZE)
    salt, sealing = _derived(key)
    commitment = commitment_to(content, salt)
    return Sealed(commitment, ChaCha20Poly1305(sealing).encrypt(_NONCE, content, commitment.encode("ascii")), key)


def unseal(item: Sealed) -> Opened:
    """Open a sealed item and hold it against its commitment.

    Raises:
        RecordError: key, sealed content and commitment do not belong together.
    """
    if len(item.key) != KEY_SIZE:
        raise RecordError("item.not-opened", commitment=item.commitment)
    salt, sealing = _derived(item.key)
    try:
        content = ChaCha20Poly1305(sealing).decrypt(_NONCE, item.sealed, item.commitment.encode("utf-8"))
    except InvalidTag:
        raise RecordError("item.not-opened", commitment=item.commitment) from None
    verify_item(content, salt, item.commitment)
    return Opened(content, salt)


def commitment_to(content: bytes, salt: bytes) -> str:
    """The commitment to a content under a salt of 32 bytes.

    Raises:
        RecordError: the salt has another length.
    """
    if len(salt) != SALT_SIZE:
        raise RecordError("item.salt", count=len(salt))
    return "sha256:" + sha256(b"guiju-item/1\n" + salt + content).hexdigest()


def verify_item(content: bytes, salt: bytes, commitment: str) -> None:
    """Check that a content and a salt are what a commitment was made to.

    Raises:
        RecordError: they are not.
    """
    if commitment_to(content, salt) != commitment:
        raise RecordError("item.other-content", commitment=commitment)


def _derived(key: bytes) -> tuple[bytes, bytes]:
    """Salt and sealing key."""
    return _hkdf(_SALT_INFO, SALT_SIZE).derive(key), _hkdf(_SEAL_INFO, KEY_SIZE).derive(key)


def _hkdf(info: bytes, length: int) -> HKDF:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info)
