"""Cosignatures: what is signed, to the byte; adding them to a checkpoint; and each way one can be wrong."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from tests.record.example import LOG_KEY, WITNESSES, ExampleLog, mistake
from tests.record.test_checkpoints import C2SP

from guiju.calendars import fixed
from guiju.record.checkpoints import open_checkpoint
from guiju.record.cosigning import attach, cosign, cosigned_at, verify_cosignature
from guiju.record.notes import MOST_SIGNATURES, Note, PrivateKey, Signature, open_note, split_note

LOG = ExampleLog(7)
TEXT = LOG.checkpoint().text
ONE, TWO, _ = WITNESSES
MOMENT = datetime(2023, 3, 20, 12, 25, 47, tzinfo=UTC)


def test_the_time_in_the_example_of_c2sp() -> None:
    """The page shows the message of its cosignature, with the time 1679315147."""
    _, signatures = split_note(C2SP.encode())
    assert cosigned_at(signatures[1]) == 1679315147
    assert len(signatures[1].value) == 72


def test_a_cosignature_signs_the_message_that_c2sp_shows() -> None:
    made = cosign(TEXT, ONE, MOMENT)
    assert made.value[:8] == (1679315147).to_bytes(8)
    message = f"cosignature/v1\ntime 1679315147\n{TEXT}".encode()
    Ed25519PublicKey.from_public_bytes(ONE.verifier.public).verify(made.value[8:], message)
    assert str(ONE.verifier).startswith(f"witness.example/w1+{made.key_id.hex()}+B")
    assert verify_cosignature(TEXT, made, ONE.verifier) == 1679315147


def test_a_cosignature_is_of_now_unless_said_otherwise() -> None:
    with fixed(MOMENT):
        assert cosigned_at(cosign(TEXT, ONE)) == 1679315147


def test_lines_of_extension_are_signed_too() -> None:
    longer = TEXT + "something else\n"
    with mistake("log.signature-fails"):
        verify_cosignature(TEXT, cosign(longer, ONE), ONE.verifier)


def opened(note: bytes) -> Note:
    return open_checkpoint(note, LOG_KEY.verifier, [key.verifier for key in WITNESSES])[1]


def test_cosignatures_are_added_and_newer_ones_replace_older_ones() -> None:
    note = LOG.note()
    for at, key in ((10, ONE), (20, TWO), (30, ONE)):
        note = attach(note, cosign(TEXT, key, datetime.fromtimestamp(at, UTC)).line, [key.verifier])
    held = opened(note)
    assert [one.name for one in held.signatures] == [LOG_KEY.name, TWO.name, ONE.name]
    assert [cosigned_at(one) for one in held.signatures[1:]] == [20, 30]


def test_of_two_cosignatures_by_one_key_the_newest_is_kept_and_unknown_ones_are_left_out() -> None:
    lines = "".join(cosign(TEXT, key, datetime.fromtimestamp(at, UTC)).line for at, key in ((30, ONE), (10, ONE), (40, TWO)))
    held = opened(attach(LOG.note(), lines, [ONE.verifier]))
    assert [cosigned_at(one) for one in held.signatures[1:]] == [30]


def changed_time() -> Signature:
    made = cosign(TEXT, ONE, MOMENT)
    return Signature(made.name, made.key_id, (1679315148).to_bytes(8) + made.value[8:])


def of_time(seconds: int) -> Signature:
    return Signature(ONE.name, ONE.verifier.key_id, seconds.to_bytes(8) + bytes(64))


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("log.signature-fails", lambda: verify_cosignature(TEXT, changed_time(), ONE.verifier)),
        ("log.signature-fails", lambda: verify_cosignature(TEXT, cosign(TEXT, TWO), ONE.verifier)),
        ("log.signature-fails", lambda: verify_cosignature(ExampleLog(6).checkpoint().text, cosign(TEXT, ONE), ONE.verifier)),
        ("log.cosignature-time", lambda: verify_cosignature(TEXT, of_time(0), ONE.verifier)),
        ("log.cosignature-time", lambda: verify_cosignature(TEXT, of_time(2**63), ONE.verifier)),
        ("log.cosignature-time", lambda: verify_cosignature(TEXT, Signature(ONE.name, ONE.verifier.key_id, b"x"), ONE.verifier)),
        ("log.cosignature-time", lambda: cosign(TEXT, ONE, datetime(1969, 12, 31, tzinfo=UTC))),
        ("log.key-use", lambda: verify_cosignature(TEXT, cosign(TEXT, ONE), LOG_KEY.verifier)),
        ("log.key-use", lambda: cosign(TEXT, LOG_KEY)),
        ("log.checkpoint-short", lambda: cosign("no checkpoint\n", ONE)),
        ("log.signature-none", lambda: attach(LOG.note(), cosign(TEXT, TWO).line, [ONE.verifier])),
        ("log.signature-fails", lambda: attach(LOG.note(), changed_time().line, [ONE.verifier])),
        ("log.note-line", lambda: attach(LOG.note(), "", [ONE.verifier])),
        ("log.note-line", lambda: attach(LOG.note(), cosign(TEXT, ONE).line + "\n", [ONE.verifier])),
        ("log.cosignature-time", lambda: open_note(f"{TEXT}\n{of_time(0).line}".encode(), [ONE.verifier])),
    ],
)
def test_mistakes_are_told(code: str, wrong: Callable[[], object]) -> None:
    with mistake(code):
        wrong()


def test_a_checkpoint_does_not_grow_without_end() -> None:
    keys = [PrivateKey(f"w{n}", bytes([n]) * 32, ONE.kind) for n in range(MOST_SIGNATURES)]
    lines = "".join(cosign(TEXT, key).line for key in keys)
    with mistake("log.note-signatures"):
        attach(LOG.note(), lines, [key.verifier for key in keys])
