"""What a person may be called: names stand in letters to people who do not know them, so one that leads elsewhere is none."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from django import forms

from guiju.institutions.people.accounts.words import said

LONGEST_NAME: Final = 80
"""Characters of a person's name."""

_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of what follows (UAX #9): what stands around a name would be read otherwise."""


def cleaned_name(typed: str) -> str:
    """A name as it is kept: on one line, one space between words, nothing that is not seen but acts on what stands around it."""
    line = " ".join(typed.split())
    kept = (one for one in line if unicodedata.category(one) not in ("Cc", "Cs") and one not in _TURNING)
    return " ".join("".join(kept).split())


def has_address(name: str) -> bool:
    """Whether a name holds what programs that show letters make a link of; also in wide signs."""
    plain = unicodedata.normalize("NFKC", name).lower()
    return "://" in plain or "www." in plain


def _no_address(name: str) -> None:
    if has_address(name):
        raise forms.ValidationError(said("accounts.name-with-address"), code="name_with_address")


class NameField(forms.CharField):
    """The field of a person's name."""

    def __init__(self) -> None:
        line = forms.TextInput(attrs={"autocomplete": "name"})
        super().__init__(max_length=LONGEST_NAME, widget=line, validators=[_no_address])

    def to_python(self, value: Any) -> str:
        """Cleaned."""
        return cleaned_name(super().to_python(value) or "")
