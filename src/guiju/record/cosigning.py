"""Cosignatures: a witness says when a checkpoint was the largest it had seen of a log (C2SP tlog-cosignature, version 1).

Ed25519 keys of type 0x04. The time is in whole seconds since 1970-01-01T00:00Z, as POSIX counts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from guiju.calendars import now
from guiju.record.checkpoints import Checkpoint
from guiju.record.errors import RecordError
from guiju.record.notes import (
    COSIGNER,
    MOST_SIGNATURES,
    PrivateKey,
    Signature,
    VerifierKey,
    signed_message,
    split_note,
)


def cosign(text: str, key: PrivateKey, at: datetime | None = None) -> Signature:
    """The cosignature of a checkpoint's text, at a moment (with its offset) or now.

    Raises:
        RecordError: the text is no checkpoint, the key no cosigner's, or the moment lies before 1970.
    """
    Checkpoint.parse(text)
    if key.kind != COSIGNER:
        raise RecordError("log.key-use", name=key.name)
    seconds = int((at or now()).timestamp())
    if seconds <= 0:
        raise RecordError("log.cosignature-time", got=seconds)
    time = seconds.to_bytes(8)
    message, _ = signed_message(COSIGNER, text, time + bytes(64))
    return Signature(key.name, key.verifier.key_id, time + key.sign(message))


def verify_cosignature(text: str, signature: Signature, key: VerifierKey) -> int:
    """Check a cosignature over a checkpoint's text; the second in which it was made.

    Raises:
        RecordError: the key is no cosigner's, or the signature is not by it or not over this text.
    """
    if key.kind != COSIGNER:
        raise RecordError("log.key-use", name=key.name)
    Checkpoint.parse(text)
    key.verify(text, signature)
    return cosigned_at(signature)


def cosigned_at(signature: Signature) -> int:
    """The second that a cosignature names; only to be believed once the signature was checked."""
    return int.from_bytes(signature.value[:8])


def attach(note: bytes, lines: str, cosigners: Sequence[VerifierKey]) -> bytes:
    """The checkpoint's note with a witness's signature lines added; an older one by the same key gives way.

    Lines by keys other than the given ones are left out.

    Raises:
        RecordError: the note or a line cannot be read, a cosignature by one of the keys does not hold, or there is none.
    """
    text, held = split_note(note)
    found: list[Signature] = []
    for line in lines.removesuffix("\n").split("\n"):
        one = Signature.parse(line)
        key = next((key for key in cosigners if key.owns(one)), None)
        if key is not None:
            verify_cosignature(text, one, key)
            found.append(one)
    if not found:
        raise RecordError("log.signature-none", names=[key.name for key in cosigners])
    newest = {(one.name, one.key_id): one for one in sorted(found, key=cosigned_at)}
    kept = [one for one in held if (one.name, one.key_id) not in newest] + list(newest.values())
    if len(kept) > MOST_SIGNATURES:
        raise RecordError("log.note-signatures", got=len(kept), most=MOST_SIGNATURES)
    return "".join([text, "\n", *(one.line for one in kept)]).encode()
