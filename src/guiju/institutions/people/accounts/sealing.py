"""Secrets of second factors: sealed under a key that is made from the site's own (HKDF, RFC 5869; Fernet)."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken

from guiju.institutions.hall.keys import key_for
from guiju.institutions.people.accounts.words import AccountError


class SealError(AccountError):
    """A secret that was sealed under another key."""

    status = 500


def _seal() -> Fernet:
    return Fernet(urlsafe_b64encode(key_for("guiju-second-factor/1")))


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
