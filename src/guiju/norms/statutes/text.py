"""Statute text made comparable. What is shown is never changed; these forms are for comparison only."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Final

_SAME: Final = str.maketrans({"“": '"', "”": '"', "「": '"', "」": '"', "‘": "'", "’": "'", "—": "-", "〇": "零"})
FINGERPRINT_LENGTH: Final = 16


def uniform(text: str) -> str:
    """Full and half width, kinds of quotation marks and blanks made one; no word is changed."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_SAME).split())


def fingerprint(text: str) -> str:
    """Sixteen hexadecimal digits that change whenever a word or a stop of the text changes, and not with its width."""
    return hashlib.sha256(uniform(text).encode()).hexdigest()[:FINGERPRINT_LENGTH]
