"""The words of accounts, in the language of the request that is being answered."""

from __future__ import annotations

from guiju.institutions.hall.addresses import current_language
from guiju.wording import GuijuError, fill


class AccountError(GuijuError):
    """What keeps an account from being used."""


def said(code: str, /, **fields: object) -> str:
    """A text of the catalogue."""
    return fill(code, current_language(), "message", fields)
