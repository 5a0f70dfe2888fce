"""Receipt numbers: what a person is handed, and all that is needed to find an act again.

``GJ-7K3M-9QWX-2F4R-8TVA-Q``: 80 random bits as 16 signs of Crockford's base 32 in groups of four, and one check sign (the
number modulo 37, as Crockford has it). Numbers whose check sign would be none of the 32 are drawn again, so that only digits
and letters are ever typed. The database and the log hold only the hash of a number: who has it can find the act, who reads the
record cannot.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from hashlib import sha256
from typing import Final

from guiju.record.errors import RecordError

_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES: Final = {sign: value for value, sign in enumerate(_SIGNS)}
_READ_AS: Final = str.maketrans("OIL", "011")
_BITS: Final = 80
_LENGTH: Final = 16
_CHECKED_BY: Final = 37
_PREFIX: Final = "GJ"
_BETWEEN: Final = re.compile(r"[\s\-\u2010-\u2015\u2212.,_]+")
_LONGEST: Final = 100


def new_receipt() -> str:
    """A receipt number that nobody has been handed yet."""
    while True:
        number = secrets.randbits(_BITS)
        if number % _CHECKED_BY < len(_SIGNS):
            return _written(number)


def read_receipt(text: str) -> str:
    """The number as it was handed out, from what somebody typed.

    Case, spaces, dashes and a missing GJ are forgiven, and so are O for 0 and I or L for 1.

    Raises:
        RecordError: it is not the length of one, has a sign that none has, or its check sign says that it was mistyped.
    """
    signs = _BETWEEN.sub("", unicodedata.normalize("NFKC", text[:_LONGEST])).upper()
    bare = signs.removeprefix(_PREFIX) if len(signs) == len(_PREFIX) + _LENGTH + 1 else signs
    bare = bare.translate(_READ_AS)
    if len(bare) != _LENGTH + 1:
        raise RecordError("receipt.length", got=text[:_LONGEST].strip(), count=len(bare), expected=_LENGTH + 1)
    if strange := sorted({sign for sign in bare if sign not in _VALUES}):
        raise RecordError("receipt.sign", got=text[:_LONGEST].strip(), signs=strange)
    number = 0
    for sign in bare[:_LENGTH]:
        number = number * len(_SIGNS) + _VALUES[sign]
    if number % _CHECKED_BY != _VALUES[bare[_LENGTH]]:
        raise RecordError("receipt.mistyped", got=text[:_LONGEST].strip())
    return _written(number)


def receipt_hash(number: str) -> str:
    """What the database and the log hold of a receipt number: 64 hex digits.

    Raises:
        RecordError: as `read_receipt`.
    """
    return hash_as_given(read_receipt(number))


def hash_as_given(number: str) -> str:
    """The same of a number that is spelled as it was handed out."""
    return sha256(b"guiju-receipt/1\n" + number.encode("ascii")).hexdigest()


def _written(number: int) -> str:
    signs = ""
    rest = number
    for _ in range(_LENGTH):
        rest, value = divmod(rest, len(_SIGNS))
        signs = _SIGNS[value] + signs
    groups = [signs[at : at + 4] for at in range(0, _LENGTH, 4)]
    return "-".join([_PREFIX, *groups, _SIGNS[number % _CHECKED_BY]])
