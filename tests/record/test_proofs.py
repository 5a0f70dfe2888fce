"""Self-contained proofs: their text, what they prove under a policy of witnesses, and every way to be wrong."""

import base64
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.example import LOG_KEY, WITNESSES, ExampleLog, mistake

from guiju.record.cosigning import attach, cosign
from guiju.record.errors import RecordError
from guiju.record.notes import COSIGNER, PrivateKey, Signature, VerifierKey
from guiju.record.proofs import MOST_PROOF, Policy, Proof

LOG = ExampleLog(300)
KEYS = tuple(key.verifier for key in WITNESSES)


def cosigned(note: bytes, keys: Iterable[PrivateKey]) -> bytes:
    for key in keys:
        note = attach(note, cosign(LOG.checkpoint().text, key).line, [key.verifier])
    return note


def proof(index: int = 137, by: Iterable[PrivateKey] = WITNESSES, extra: bytes | None = None) -> Proof:
    return Proof(index, tuple(LOG.included(index)), cosigned(LOG.note(), by), extra)


@given(index=st.integers(0, 299), extra=st.none() | st.binary(max_size=50))
def test_a_proof_is_found_again_in_its_text_and_holds(index: int, extra: bytes | None) -> None:
    written = proof(index, (), extra).text
    found = Proof.parse(written.encode())
    assert found.text == written
    assert (found.index, found.extra) == (index, extra)
    proven = found.verify(LOG_KEY.verifier, LOG.entry(index))
    assert (proven.index, proven.checkpoint, proven.witnesses) == (index, LOG.checkpoint(), ())


def test_a_proof_is_written_as_c2sp_shows_it() -> None:
    lines = proof(5, (), b"extra").text.split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra ZXh0cmE=", "index 5"]
    assert [base64.b64decode(line) for line in lines[3:12]] == LOG.included(5)
    assert lines[12:14] == ["", LOG_KEY.name]
    assert proof(5, ()).text.split("\n")[1] == "index 5"


def test_the_only_entry_of_a_log_needs_no_hashes() -> None:
    log = ExampleLog(1)
    found = Proof.parse(Proof(0, (), log.note()).text.encode())
    assert found.hashes == ()
    assert found.verify(LOG_KEY.verifier, log.entry(0)).checkpoint.size == 1


@pytest.mark.parametrize("signed", [0, 1, 2, 3])
def test_as_many_witnesses_as_the_policy_asks_for(signed: int) -> None:
    one = proof(by=WITNESSES[:signed])
    for least in range(4):
        if least <= signed:
            proven = one.verify(LOG_KEY.verifier, LOG.entry(137), Policy(KEYS, least))
            assert [key for key, _ in proven.witnesses] == list(KEYS[:signed])
            assert all(second > 1_700_000_000 for _, second in proven.witnesses)
        else:
            with mistake("log.quorum"):
                one.verify(LOG_KEY.verifier, LOG.entry(137), Policy(KEYS, least))


def test_one_witness_that_signs_twice_is_one() -> None:
    twice = proof(by=WITNESSES[:1])
    line = cosign(LOG.checkpoint().text, WITNESSES[0]).line
    twice = Proof(twice.index, twice.hashes, twice.note + line.encode())
    with mistake("log.quorum"):
        twice.verify(LOG_KEY.verifier, LOG.entry(137), Policy(KEYS, 2))


def test_a_witness_outside_the_policy_does_not_count() -> None:
    with mistake("log.quorum"):
        proof().verify(LOG_KEY.verifier, LOG.entry(137), Policy((PrivateKey("w", bytes(32), COSIGNER).verifier,), 1))


@given(st.data())
def test_a_proof_with_one_bit_changed_proves_nothing_else(data: st.DataObject) -> None:
    """Only what nothing vouches for may change: the signature lines of others, here none."""
    written = bytearray(proof(by=WITNESSES[:1]).text.encode())
    at = data.draw(st.integers(0, len(written) * 8 - 1))
    written[at // 8] ^= 1 << (at % 8)
    with pytest.raises(RecordError):
        Proof.parse(bytes(written)).verify(LOG_KEY.verifier, LOG.entry(137), Policy(KEYS[:1], 1))


def changed(old: str, new: str, by: Iterable[PrivateKey] = ()) -> Callable[[], object]:
    def check() -> object:
        written = proof(by=by).text
        assert old in written
        return Proof.parse(written.replace(old, new, 1).encode()).verify(LOG_KEY.verifier, LOG.entry(137), Policy(KEYS))

    return check


FALSE_LINE = Signature(KEYS[0].name, KEYS[0].key_id, (1).to_bytes(8) + bytes(64)).line


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("log.proof-header", lambda: Proof.parse(b"")),
        ("log.proof-header", lambda: Proof.parse(b"c2sp.org/tlog-proof@v1")),
        ("log.proof-header", changed("@v1", "@v2")),
        ("log.proof-header", changed("c2sp", " c2sp")),
        ("log.proof-header", lambda: Proof.parse(proof().text.replace("\n", "\r\n").encode())),
        ("log.proof-index", changed("index 137\n", "")),
        ("log.proof-index", changed("index 137", "Index 137")),
        ("log.proof-index", changed("index 137", "extra AAAA\nextra AAAA\nindex 137")),
        ("log.number", changed("index 137", "index 0137")),
        ("log.number", changed("index 137", "index -1")),
        ("log.number", changed("index 137", "index  137")),
        ("log.base64", changed("index 137", "extra not base64\nindex 137")),
        ("log.base64", changed("index 137\n", "index 137\nnot base64\n")),
        ("log.hash-length", changed("index 137\n", "index 137\nAAAA\n")),
        ("log.proof-long", changed("index 137\n", "index 137\n" + f"{base64.b64encode(bytes(32)).decode()}\n" * 64)),
        ("log.proof-length", changed("index 137\n", f"index 137\n{base64.b64encode(bytes(32)).decode()}\n")),
        ("log.not-included", changed("index 137", "index 136")),
        ("log.outside", changed("index 137", "index 300")),
        ("log.note-shape", lambda: Proof.parse(b"c2sp.org/tlog-proof@v1\nindex 0\n\n")),
        ("log.too-long", lambda: Proof.parse(bytes(MOST_PROOF + 1))),
        ("log.signature-fails", changed("\n300\n", "\n301\n")),
        (
            "log.signature-fails",
            lambda: Proof(137, (), LOG.note() + FALSE_LINE.encode()).verify(KEY, LOG.entry(137), Policy(KEYS)),
        ),
        ("log.signature-none", lambda: proof().verify(OTHER, LOG.entry(137))),
        ("log.checkpoint-origin", lambda: Proof.parse(proof().text.encode()).verify(NAMED, LOG.entry(137))),
        ("log.not-included", lambda: proof().verify(KEY, b"another entry")),
        ("log.policy-least", lambda: Policy(KEYS, 4)),
        ("log.policy-least", lambda: Policy((), 1)),
        ("log.policy-least", lambda: Policy(KEYS, -1)),
        ("log.policy-twice", lambda: Policy((KEYS[0], KEYS[0]), 1)),
        ("log.policy-twice", lambda: Policy((KEYS[0], VerifierKey("another.example/name", KEYS[0].public, COSIGNER)), 2)),
        ("log.policy-twice", lambda: proof().verify(KEY, LOG.entry(137), Policy((VerifierKey("w", KEY.public, COSIGNER),), 1))),
        ("log.key-use", lambda: Policy((KEY,), 1)),
    ],
)
def test_mistakes_are_told(code: str, wrong: Callable[[], object]) -> None:
    with mistake(code):
        wrong()


KEY = LOG_KEY.verifier
OTHER = PrivateKey(LOG_KEY.name, bytes(32)).verifier
NAMED = KEYS[0]
