"""Secrets of second factors: sealed under a key that is made from the site's own (HKDF, RFC 5869; Fernet)."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from guiju.institutions.people.accounts.words import AccountError


class SealError(AccountError):
    """A secret that was sealed under another key."""

    status = 500


def _seal() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"guiju-second-factor/1").derive(settings.SECRET_KEY.encode())
    return Fernet(urlsafe_b64encode(key))


def sealed(words: str) -> str:
    """The words, to be read with the site's key alone."""
    return _seal().encrypt(words.encode()).decode("ascii")


def opened(words: str) -> str:
    """The words that were sealed.

    :raises SealError: where the key of the site is another than then; nothing is guessed, so no code is ever right.
    """
    try:
        return _seal().decrypt(words.encode()).decode()
    except InvalidToken:
        raise SealError("accounts.key-changed") from None
