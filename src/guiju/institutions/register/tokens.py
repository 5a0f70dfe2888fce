"""Secrets in addresses: made here, never stored.

A key is random. The tokens of the links that its holder gives out are derived from it, so that the holder can be shown them
again and the database alone can open none of them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode

_SECRET = re.compile(r"[A-Za-z0-9_-]{22,86}")


def new_key() -> str:
    """128 random bits, safe in an address."""
    return secrets.token_urlsafe(16)


def new_salt() -> str:
    """The random part of a derived token."""
    return secrets.token_hex(16)


def derived(key: str, purpose: str, salt: str) -> str:
    """The token for a purpose: HMAC-SHA256 under the key, 144 bits of it."""
    made = hmac.new(key.encode("ascii"), f"guiju:{purpose}:{salt}".encode("ascii"), hashlib.sha256).digest()
    return urlsafe_b64encode(made[:18]).decode("ascii")


def hashed(secret: str) -> str:
    """What is stored of a secret; nothing that was made here where it has another shape."""
    return hashlib.sha256(secret.encode("ascii")).hexdigest() if _SECRET.fullmatch(secret) else ""
