"""Digests: what a norm means, what a book holds, what an edition is (design section 2, language section 10).

A *meaning digest* covers expressions (in canonical print), kind, bearers, dates, clock, sanction and links; wording, order
and comments leave it alone. A *book* digest and the *edition* cover every byte.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import rfc8785

from guiju.logic import And, Call, Compared, In, Literal, Members, Name, Not, Or, Product, Quantified, Sum, show
from guiju.norms.model import Norm

WORDING: Final = frozenset({
    "where", "places", "summary", "pinpoint", "left_out", "evidence", "phase", "principles", "encoded", "encoded_by",
    "checked", "explained", "signed", "reviewed", "meaning", "procedure", "cure", "source", "title", "to_the_extent",
    "granted_by", "must_state", "factors", "law",
})  # fmt: skip
_EXPRESSIONS: Final = (And, Call, Compared, In, Literal, Members, Name, Not, Or, Product, Quantified, Sum)
_UNORDERED: Final = frozenset(
    {"makes", "ends", "owed_to", "terms", "otherwise", "ids", "excepted", "refers", "displaces", "yields_to", "binds"}
)


def digest(data: Any) -> str:
    """``sha256:...`` of canonical JSON (RFC 8785)."""
    return "sha256:" + hashlib.sha256(rfc8785.dumps(data)).hexdigest()


def digest_bytes(raw: bytes) -> str:
    """``sha256:...`` of bytes."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def meaning_digest(norm: Norm) -> str:
    """The digest of what a norm means."""
    return digest(meaning_of(norm))


def meaning_of(value: Any, key: str = "") -> Any:
    """What an entry, or the part of it called ``key``, means, as plain data: expressions in canonical print, no wording."""
    if isinstance(value, _EXPRESSIONS):
        return show(value)
    if key == "unsettled":  # why the law leaves it open is wording; that it does is not
        return None if value is None else True
    if is_dataclass(value) and not isinstance(value, type):
        pairs = {one.name: meaning_of(getattr(value, one.name), one.name) for one in fields(value) if one.name not in WORDING}
        return {name: meant for name, meant in pairs.items() if meant not in (None, [], {}, "")}
    if isinstance(value, (tuple, list)):
        items = [meaning_of(item) for item in value]
        return sorted(items, key=str) if key in _UNORDERED else items
    if isinstance(value, dict):
        return {str(name): meaning_of(item) for name, item in value.items()}
    if isinstance(value, (date, Decimal)):
        return str(value)
    return value
