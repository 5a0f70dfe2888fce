"""What stands outside the log: it opens with its own key only, and is what was committed to."""

import hashlib

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from guiju.record import RecordError, verify_item
from guiju.record.items import Sealed, seal, unseal


@given(st.binary(max_size=300))
def test_what_was_sealed_opens(content: bytes) -> None:
    item = seal(content)
    opened = unseal(item)
    assert opened.content == content
    verify_item(opened.content, opened.salt, item.commitment)


def test_salt_and_commitment_are_as_documented() -> None:
    item = seal(b"content")
    salt = HKDF(SHA256(), 32, salt=None, info=b"guiju-item-salt/1").derive(item.key)
    assert unseal(item).salt == salt
    assert item.commitment == "sha256:" + hashlib.sha256(b"guiju-item/1\n" + salt + b"content").hexdigest()


def test_the_same_content_twice_has_nothing_in_common() -> None:
    one, other = seal(b"content"), seal(b"content")
    assert one.commitment != other.commitment
    assert one.sealed != other.sealed
    assert b"content" not in one.sealed


def test_every_byte_counts() -> None:
    item = seal(b"some content")
    for name in ("sealed", "key"):
        value = getattr(item, name)
        for at in range(len(value)):
            wrong = value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]
            sealed, key = (wrong, item.key) if name == "sealed" else (item.sealed, wrong)
            with pytest.raises(RecordError) as caught:
                unseal(Sealed(item.commitment, sealed, key))
            assert caught.value.code == "item.not-opened"
    for key in (b"", item.key[:-1], item.key + b"\0"):
        with pytest.raises(RecordError):
            unseal(Sealed(item.commitment, item.sealed, key))
    with pytest.raises(RecordError):
        unseal(Sealed(seal(b"").commitment, item.sealed, item.key))


def test_another_content_or_salt_is_refused() -> None:
    item = seal(b"content")
    salt = unseal(item).salt
    for content, other in ((b"contents", salt), (b"content", bytes(32))):
        with pytest.raises(RecordError) as caught:
            verify_item(content, other, item.commitment)
        assert caught.value.code == "item.other-content"
    with pytest.raises(RecordError) as caught:
        verify_item(b"content" + salt[:1], salt[1:], item.commitment)
    assert caught.value.code == "item.salt"


def test_a_key_is_not_shown() -> None:
    item = seal(b"content")
    assert item.key.hex() not in repr(item)
    assert repr(item.key) not in repr(item)
