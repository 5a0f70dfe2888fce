"""Identifiers of organisations, by their kind: each is checked as far as its own rules let it be.

``uscc``      unified social credit code of mainland China (统一社会信用代码), GB 32100-2015: 18 signs, the third to the eighth
              the digits of a region (from memory of the standard, not read here), the last a check sign modulo 31
``lei``       legal entity identifier, ISO 17442: 20 signs, the last two check digits modulo 97 (ISO/IEC 7064, MOD 97-10)
``register``  a number in a public register that is named with it; nothing of it can be checked here
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from guiju.wording import GuijuError

SCHEMES: Final = ("uscc", "lei", "register")

_USCC: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 signs of GB 32100-2015: no I, O, S, V, Z."""

_BLANK: Final = re.compile(r"[\s\-‐-–]+")
_LONGEST: Final = 80


class IdentifierError(GuijuError):
    """An identifier that is none of its kind; ``field`` is where it was typed."""

    field = "value"


@dataclass(frozen=True, slots=True)
class Read:
    """An identifier as it is kept: its scheme, the register that gave it (``register`` alone), its signs."""

    scheme: str
    register: str
    value: str


def read_identifier(scheme: str, value: str, register: str = "") -> Read:
    """An identifier as it was typed, brought to the form in which it is kept.

    :raises IdentifierError: where it is none of its kind: what was got, and what it should be.
    """
    if scheme not in SCHEMES:
        raise IdentifierError("identifiers.unknown-scheme", got=scheme, known=list(SCHEMES))
    if scheme == "register":
        return _in_register(value, register)
    signs = _BLANK.sub("", value).upper()
    if scheme == "uscc":
        _check_uscc(signs)
    else:
        _check_lei(signs)
    return Read(scheme, "", signs)


def _in_register(value: str, register: str) -> Read:
    words = " ".join(value.split()), " ".join(register.split())
    if not all(words):
        raise IdentifierError("identifiers.register-incomplete")
    if max(map(len, words)) > _LONGEST:
        raise IdentifierError("identifiers.too-long", most=_LONGEST)
    return Read("register", words[1], words[0])


def _check_uscc(signs: str) -> None:
    if len(signs) != 18:
        raise IdentifierError("identifiers.uscc-length", got=len(signs))
    wrong = next((one for one in signs if one not in _USCC), None)
    if wrong is not None:
        raise IdentifierError("identifiers.uscc-sign", got=wrong)
    if not (signs[2:8].isdecimal() and int(signs[2:8])):
        raise IdentifierError("identifiers.uscc-region", got=signs[2:8])
    if _uscc_check_sign(signs[:17]) != signs[17]:
        raise IdentifierError("identifiers.uscc-check", got=signs)


def _uscc_check_sign(signs: str) -> str:
    weighed = sum(_USCC.index(one) * pow(3, place, 31) for place, one in enumerate(signs))
    return _USCC[-weighed % 31]


def _check_lei(signs: str) -> None:
    if len(signs) != 20:
        raise IdentifierError("identifiers.lei-length", got=len(signs))
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", signs):
        raise IdentifierError("identifiers.lei-sign", got=signs)
    if not 2 <= int(signs[18:]) <= 98:  # 00, 01 and 99 are never check digits (ISO/IEC 7064)
        raise IdentifierError("identifiers.lei-check", got=signs)
    if int("".join(str(int(one, 36)) for one in signs)) % 97 != 1:
        raise IdentifierError("identifiers.lei-check", got=signs)
