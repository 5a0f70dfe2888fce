"""Signed notes: the examples of the specification and of Go, laws, and each way a note or a key can be wrong."""

import base64
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.example import LOG_KEY, WITNESSES, mistake

from guiju.record.errors import RecordError
from guiju.record.notes import (
    COSIGNER,
    MOST_BYTES,
    MOST_SIGNATURES,
    PrivateKey,
    Signature,
    VerifierKey,
    open_note,
    sign_note,
    split_note,
)

C2SP_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = """\
This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
"""
C2SP_POEM = """\
Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
"""
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

OTHER = PrivateKey("other.example/log", bytes(32))
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=[chr(n) for n in range(32) if n != 10])).map(
    "{}\n".format
)
NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="+\x85"), min_size=1, max_size=40
)


# -- examples --------------------------------------------------------------------------------------------------------------


def test_the_example_of_c2sp() -> None:
    key = VerifierKey.parse(C2SP_KEY)
    assert str(key) == C2SP_KEY
    assert key.name == "example.com/foo"
    assert open_note(C2SP_NOTE.encode(), [key]).text == "This is an example message.\n"


def test_the_text_of_a_note_may_have_empty_lines() -> None:
    text, signatures = split_note(C2SP_POEM.encode())
    assert text.endswith("sole:\n\ned è subito sera.\n")
    assert [one.name for one in signatures] == ["quasimodo.example/salvatore"]
    assert text + "\n" + "".join(one.line for one in signatures) == C2SP_POEM


def test_the_example_of_gos_note_package_is_made_to_the_byte() -> None:
    secret = PrivateKey.parse(GO_SECRET)
    assert secret.secret == GO_SECRET
    assert str(secret.verifier) == GO_KEY
    assert sign_note(GO_TEXT, [secret]).decode() == f"{GO_TEXT}\n{GO_LINE}"
    assert open_note(f"{GO_TEXT}\n{GO_LINE}".encode(), [VerifierKey.parse(GO_KEY)]).text == GO_TEXT


# -- laws ------------------------------------------------------------------------------------------------------------------


@given(text=TEXTS, name=NAMES, seed=st.binary(min_size=32, max_size=32))
def test_what_is_signed_is_opened(text: str, name: str, seed: bytes) -> None:
    key = PrivateKey(name, seed)
    note = open_note(sign_note(text, [OTHER, key]), [VerifierKey.parse(str(key.verifier))])
    assert note.text == text
    assert [one.name for one in note.signatures] == [name]
    assert note.others == ((Signature.parse(sign_note(text, [OTHER]).decode().split("\n")[-2]),) if key != OTHER else ())
    assert PrivateKey.parse(key.secret) == key


@given(at=st.integers(0, len(C2SP_NOTE.encode()) * 8 - 1))
def test_a_note_with_one_bit_changed_is_not_opened(at: int) -> None:
    data = bytearray(C2SP_NOTE.encode())
    data[at // 8] ^= 1 << (at % 8)
    with pytest.raises(RecordError):
        open_note(bytes(data), [VerifierKey.parse(C2SP_KEY)])


@given(st.binary(max_size=200) | st.text().map(str.encode))
def test_nothing_else_than_an_error_comes_of_garbage(data: bytes) -> None:
    for below in (b"", b"\n\n", "\n\n— ".encode(), "\n\n— a ".encode()):
        with pytest.raises(RecordError):
            open_note(data + below, [LOG_KEY.verifier])
    with pytest.raises(RecordError):
        VerifierKey.parse(data.decode("latin-1"))
    with pytest.raises(RecordError):
        PrivateKey.parse(data.decode("latin-1"))


# -- whose signatures count ------------------------------------------------------------------------------------------------


def line_of(note: bytes) -> str:
    return note.decode().split("\n\n")[-1]


def test_a_key_that_shares_only_the_name_or_only_the_id_is_ignored() -> None:
    text = "text\n"
    same_name = PrivateKey(LOG_KEY.name, bytes(32))
    genuine = LOG_KEY.verifier
    same_id = Signature(OTHER.name, genuine.key_id, bytes(64)).line
    note = sign_note(text, [same_name]).decode() + same_id
    with mistake("log.signature-none"):
        open_note(note.encode(), [genuine])
    assert len(open_note((note + line_of(sign_note(text, [LOG_KEY]))).encode(), [genuine]).others) == 2


def test_a_known_key_whose_signature_fails_makes_the_note_worthless() -> None:
    note = sign_note("text\n", [LOG_KEY, OTHER]).decode() + Signature(OTHER.name, OTHER.verifier.key_id, bytes(64)).line
    assert open_note(note.encode(), [LOG_KEY.verifier]).text == "text\n"
    with mistake("log.signature-fails"):
        open_note(note.encode(), [LOG_KEY.verifier, OTHER.verifier])


def test_a_signature_for_another_text_or_of_another_length_fails() -> None:
    line = line_of(sign_note("other\n", [LOG_KEY]))
    short = Signature(LOG_KEY.name, LOG_KEY.verifier.key_id, bytes(63)).line
    for one in (line, short):
        with mistake("log.signature-fails"):
            open_note(f"text\n\n{one}".encode(), [LOG_KEY.verifier])


def test_a_signature_under_another_name_or_id_is_not_the_keys() -> None:
    (_, [genuine]) = split_note(sign_note("text\n", [LOG_KEY]))
    for name, key_id in ((OTHER.name, genuine.key_id), (genuine.name, bytes(4))):
        with mistake("log.signature-fails"):
            LOG_KEY.verifier.verify("text\n", Signature(name, key_id, genuine.value))


def test_a_note_nobody_was_asked_about_is_not_opened() -> None:
    with mistake("log.signature-none"):
        open_note(C2SP_NOTE.encode(), [])


def test_the_same_key_of_another_type_has_another_id() -> None:
    assert PrivateKey(LOG_KEY.name, LOG_KEY.seed, COSIGNER).verifier.key_id != LOG_KEY.verifier.key_id


def test_sixteen_signatures_are_read_and_too_many_are_not() -> None:
    line = line_of(sign_note("text\n", [LOG_KEY]))
    assert len(open_note(f"text\n\n{line * 16}".encode(), [LOG_KEY.verifier]).signatures) == 16
    assert len(open_note(f"text\n\n{line * MOST_SIGNATURES}".encode(), [LOG_KEY.verifier]).signatures) == MOST_SIGNATURES
    with mistake("log.note-signatures"):
        open_note(f"text\n\n{line * (MOST_SIGNATURES + 1)}".encode(), [LOG_KEY.verifier])


def test_signatures_of_other_kinds_may_be_long() -> None:
    long = Signature("pq.example/w", b"abcd", bytes(2428)).line
    note = sign_note("text\n", [LOG_KEY]).decode() + long * 15
    assert len(open_note(note.encode(), [LOG_KEY.verifier]).others) == 15


def test_a_private_key_does_not_show_itself() -> None:
    key = PrivateKey.made("log.example/new")
    assert key.seed.hex() not in repr(key)
    assert repr(key.seed) not in repr(key)
    assert PrivateKey.made("log.example/new") != key


# -- mistakes --------------------------------------------------------------------------------------------------------------


def note(below: str, text: str = "text\n") -> Callable[[], object]:
    return lambda: open_note(f"{text}\n{below}".encode(), [LOG_KEY.verifier])


SIGNED = base64.b64encode(LOG_KEY.verifier.key_id + bytes(64)).decode()
LOOSE = base64.b64encode(bytes(67)).decode().removesuffix("A==") + "B=="  # bits set that no byte has


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("log.note-shape", lambda: split_note(b"")),
        ("log.note-shape", lambda: split_note(b"text\n")),
        ("log.note-shape", lambda: split_note(b"text\n\n")),
        ("log.note-shape", note(f"— a {SIGNED}")),
        ("log.note-shape", note(f"— a {SIGNED}\n\n")),
        ("log.note-line", note(f"- a {SIGNED}\n")),
        ("log.note-line", note(f"—  a {SIGNED}\n")),
        ("log.note-line", note(f"— a  {SIGNED}\n")),
        ("log.note-line", note(f"— a b {SIGNED}\n")),
        ("log.note-line", note(f"— a\u00a0b {SIGNED}\n")),
        ("log.note-line", note(f"— a\u2028b {SIGNED}\n")),
        ("log.note-line", note(f"— a+b {SIGNED}\n")),
        ("log.note-line", note(f"— {'a' * 256} {SIGNED}\n")),
        ("log.note-line", note(f"— a {SIGNED} \n")),
        ("log.note-line", note("— a\n")),
        ("log.note-line", note("— a AAAAAA==\n")),
        ("log.note-line", note("text\n— a b\n")),
        ("log.base64", note("— a !!!!\n")),
        ("log.base64", note(f"— a {SIGNED[:-1]}\n")),
        ("log.base64", note(f"— a {SIGNED.rstrip('=')}\n")),
        ("log.base64", note(f"— a {LOOSE}\n")),
        ("log.base64", note("— a -_-_-_-_\n")),
        ("log.note-control", note(f"— a {SIGNED}\r\n")),
        ("log.note-control", note(f"— a {SIGNED}\n", "tab\there\n")),
        ("log.note-control", note(f"— a {SIGNED}\n", "nul\0\n")),
        ("log.note-control", note(f"— a {SIGNED}\n", "escape\x1b[31m\n")),
        ("log.note-utf8", lambda: split_note(b"\xff\n\n")),
        ("log.note-utf8", lambda: split_note(b"\xed\xa0\x80\n\n")),
        ("log.too-long", lambda: split_note(bytes(MOST_BYTES + 1))),
        ("log.note-control", lambda: sign_note("a\rb\n", [LOG_KEY])),
        ("log.note-control", lambda: sign_note("\ud800\n", [LOG_KEY])),
        ("log.note-unended", lambda: sign_note("text", [LOG_KEY])),
        ("log.key-use", lambda: sign_note("text\n", WITNESSES)),
        ("log.key-name", lambda: PrivateKey("", bytes(32))),
        ("log.key-name", lambda: PrivateKey("a b", bytes(32))),
        ("log.key-name", lambda: PrivateKey("a\u3000b", bytes(32))),
        ("log.key-name", lambda: PrivateKey("a\nb", bytes(32))),
        ("log.key-name", lambda: PrivateKey("a\0b", bytes(32))),
        ("log.key-name", lambda: PrivateKey("a\ud800", bytes(32))),
        ("log.key-name", lambda: VerifierKey("a+b", bytes(32))),
        ("log.key-length", lambda: PrivateKey("a", bytes(31))),
        ("log.key-length", lambda: VerifierKey("a", bytes(33))),
        ("log.key-type", lambda: VerifierKey("a", bytes(32), 2)),
        ("log.key-text", lambda: VerifierKey.parse("")),
        ("log.key-text", lambda: VerifierKey.parse("a+b")),
        ("log.key-text", lambda: VerifierKey.parse(C2SP_KEY.replace("530d903a", "530D903A"))),
        ("log.key-text", lambda: VerifierKey.parse(C2SP_KEY.removeprefix("example.com/foo"))),
        ("log.key-id", lambda: VerifierKey.parse(C2SP_KEY.replace("530d903a", "530d903b"))),
        ("log.key-id", lambda: VerifierKey.parse(C2SP_KEY.replace("foo", "fop"))),
        ("log.key-type", lambda: VerifierKey.parse(C2SP_KEY.replace("Aeky", "Beky"))),
        ("log.base64", lambda: VerifierKey.parse(C2SP_KEY + "=")),
        ("log.key-name", lambda: VerifierKey.parse(C2SP_KEY.replace("foo", "f o"))),
        ("log.secret-text", lambda: PrivateKey.parse(GO_KEY)),
        ("log.secret-text", lambda: PrivateKey.parse(GO_SECRET[:-1])),
        ("log.key-id", lambda: PrivateKey.parse(GO_SECRET.replace("c74f", "c74e"))),
    ],
)
def test_mistakes_are_told(code: str, wrong: Callable[[], object]) -> None:
    with mistake(code):
        wrong()


def test_an_unreadable_secret_is_not_repeated() -> None:
    with pytest.raises(RecordError) as caught:
        PrivateKey.parse(GO_SECRET.replace("AYEK", "A!EK"))
    assert "EKFALVFGyNhPJ" not in str(caught.value) + repr(caught.value.fields)
