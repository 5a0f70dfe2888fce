"""Checkpoints: the examples of the specifications, laws, and each way one can be wrong."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.example import LOG_KEY, ORIGIN, WITNESSES, ExampleLog, mistake

from guiju.record.checkpoints import Checkpoint, open_checkpoint, read_number, sign_checkpoint, unchecked_checkpoint
from guiju.record.cosigning import cosign
from guiju.record.merkle import EMPTY_ROOT, MOST
from guiju.record.notes import COSIGNER, PrivateKey, sign_note

C2SP = """\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""
ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


def test_the_example_of_c2sp() -> None:
    checkpoint = unchecked_checkpoint(C2SP.encode())
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.text == C2SP.split("\n\n", maxsplit=1)[0] + "\n"


@given(LINES, st.integers(0, MOST), st.binary(min_size=32, max_size=32), st.lists(LINES, max_size=3))
def test_a_checkpoint_is_found_again_in_its_text(origin: str, size: int, root: bytes, extension: list[str]) -> None:
    checkpoint = Checkpoint(origin, size, root, tuple(extension))
    assert Checkpoint.parse(checkpoint.text) == checkpoint


def test_what_a_log_signs_is_opened_with_its_key() -> None:
    log = ExampleLog(5)
    checkpoint, note = open_checkpoint(log.note(), LOG_KEY.verifier)
    assert checkpoint == log.checkpoint()
    assert note.by(LOG_KEY.verifier) == note.signatures
    assert Checkpoint(ORIGIN, 0, EMPTY_ROOT) == open_checkpoint(log.note(0), LOG_KEY.verifier)[0]


def test_a_witness_alone_does_not_speak_for_the_log() -> None:
    text = ExampleLog(5).checkpoint().text
    data = f"{text}\n{cosign(text, WITNESSES[0]).line}".encode()
    with mistake("log.signature-none"):
        open_checkpoint(data, LOG_KEY.verifier, [WITNESSES[0].verifier])


def test_a_cosignature_is_not_the_word_of_a_log() -> None:
    key = PrivateKey(ORIGIN, bytes(32), COSIGNER)
    text = ExampleLog(5).checkpoint().text
    with mistake("log.key-use"):
        open_checkpoint(f"{text}\n{cosign(text, key).line}".encode(), key.verifier)


OTHER = PrivateKey("other.example/log", bytes(32))
FOREIGN = sign_note(Checkpoint("a", 0, EMPTY_ROOT).text, [LOG_KEY])


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("log.checkpoint-short", lambda: Checkpoint.parse("")),
        ("log.checkpoint-short", lambda: Checkpoint.parse("a\n1\n")),
        ("log.checkpoint-short", lambda: Checkpoint.parse(f"a\n1\n{ROOT}")),
        ("log.checkpoint-short", lambda: Checkpoint.parse(f"a\n1\n{ROOT}\nunended")),
        ("log.checkpoint-line", lambda: Checkpoint.parse(f"\n1\n{ROOT}\n")),
        ("log.checkpoint-line", lambda: Checkpoint.parse(f"a\n1\n{ROOT}\n\n")),
        ("log.checkpoint-line", lambda: Checkpoint.parse(f"a\n1\n{ROOT}\nb\n\nc\n")),
        ("log.checkpoint-line", lambda: Checkpoint("a\nb", 1, bytes(32))),
        ("log.checkpoint-line", lambda: Checkpoint("a", 1, bytes(32), ("b\tc",))),
        ("log.number", lambda: Checkpoint.parse(f"a\n01\n{ROOT}\n")),
        ("log.number", lambda: Checkpoint.parse(f"a\n-1\n{ROOT}\n")),
        ("log.number", lambda: Checkpoint.parse(f"a\n+1\n{ROOT}\n")),
        ("log.number", lambda: Checkpoint.parse(f"a\n1 \n{ROOT}\n")),
        ("log.number", lambda: Checkpoint.parse(f"a\n٣\n{ROOT}\n")),
        ("log.number", lambda: Checkpoint.parse(f"a\n1_0\n{ROOT}\n")),
        ("log.number", lambda: Checkpoint.parse(f"a\n{2**63}\n{ROOT}\n")),
        ("log.number", lambda: read_number("9" * 5000)),
        ("log.number", lambda: read_number(str(2**63))),
        ("log.number", lambda: Checkpoint("a", -1, bytes(32))),
        ("log.base64", lambda: Checkpoint.parse(f"a\n1\n{ROOT[:-1]}\n")),
        ("log.hash-length", lambda: Checkpoint.parse("a\n1\nAAAA\n")),
        ("log.hash-length", lambda: Checkpoint("a", 1, b"short")),
        ("log.checkpoint-origin", lambda: sign_checkpoint(Checkpoint(ORIGIN, 0, EMPTY_ROOT), OTHER)),
        ("log.checkpoint-origin", lambda: open_checkpoint(FOREIGN, LOG_KEY.verifier)),
        ("log.signature-none", lambda: open_checkpoint(ExampleLog(3).note(), OTHER.verifier)),
        ("log.note-shape", lambda: unchecked_checkpoint(b"a\n1\n")),
    ],
)
def test_mistakes_are_told(code: str, wrong: Callable[[], object]) -> None:
    with mistake(code):
        wrong()
