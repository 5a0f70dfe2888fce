"""Which checkpoint a checkpoint follows: a second signature of the log on each that it keeps.

A row taken out of the middle of the log's own checkpoints would leave no trace in the tree. So the log also signs the size of
the checkpoint before: a signature of type 0xff (C2SP signed-note leaves it to such uses; who does not know it ignores it) whose
value is that size in 8 bytes and an Ed25519 signature over a message that can be no note, since no text begins with byte 0xff.
It stays in the database: what is served and handed out has it taken off.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from guiju.record.errors import RecordError
from guiju.record.notes import PrivateKey, Signature, VerifierKey, split_note

_WHAT: Final = b"\xffguiju-checkpoint-follows/1"
_SIZE: Final = 8


def follows(key: PrivateKey, text: str, before: int) -> Signature:
    """The log's word that the checkpoint with this text comes right after the one of size ``before`` (0: it is the first)."""
    size = before.to_bytes(_SIZE)
    return Signature(key.name, _key_id(key.verifier), size + key.sign(_message(size, text)))


def is_succession(log: VerifierKey, signature: Signature) -> bool:
    """Whether a signature line is such a word of this log; whether it holds is another question."""
    return (signature.name, signature.key_id) == (log.name, _key_id(log))


def followed(log: VerifierKey, text: str, signature: Signature) -> int:
    """The size of the checkpoint that the one with this text follows.

    Raises:
        RecordError: the log did not sign this.
    """
    size, value = signature.value[:_SIZE], signature.value[_SIZE:]
    try:
        Ed25519PublicKey.from_public_bytes(log.public).verify(value, _message(size, text))
    except (InvalidSignature, ValueError):
        raise RecordError("log.signature-fails", name=signature.name) from None
    return int.from_bytes(size)


def handed_out(note: str, log: VerifierKey) -> str:
    """A checkpoint on file as others get it.

    Raises:
        RecordError: it is no signed note.
    """
    text, signatures = split_note(note.encode())
    return f"{text}\n" + "".join(one.line for one in signatures if not is_succession(log, one))


def _message(size: bytes, text: str) -> bytes:
    return _WHAT + b"\n" + size + text.encode()


def _key_id(key: VerifierKey) -> bytes:
    return sha256(key.name.encode() + b"\n" + _WHAT + key.public).digest()[:4]
