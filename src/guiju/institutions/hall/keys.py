"""Keys that are made from the site's own secret, one for each purpose, so that the database alone opens nothing."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def key_for(purpose: str) -> bytes:
    """The 32 bytes for a purpose (HKDF-SHA256, RFC 5869); others where the site has another secret."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(settings.SECRET_KEY.encode())
