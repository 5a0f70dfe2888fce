"""What is written to the log holds no address that is a key."""

from __future__ import annotations

import logging
import re
from typing import Final

_KEY: Final = re.compile(
    r"""
    ((?:/|%(?:25)*2F)(?:check(?:/|%(?:25)*2F)(?:(?:result|for)(?:/|%(?:25)*2F))?|invitation(?:/|%(?:25)*2F)
    |desk(?:/|%(?:25)*2F)calendar(?:/|%(?:25)*2F)))
    [A-Za-z0-9_-]{16,}                                                      # in an address, also in one within an address
    | (?<=['"])[A-Za-z0-9_-]{22}(?:[A-Za-z0-9_-]{2}|[A-Za-z0-9_-]{10})?(?=['"])  # by itself, as the argument of an error
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TRACE: Final = logging.Formatter()


def masked(words: str) -> str:
    """The same words with keys and tokens left out."""
    return _KEY.sub(lambda found: f"{found[1] or ''}…", words)


class NoKeys(logging.Filter):
    """Masks keys in whatever Django says of a request, and in the traces of errors."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes, without keys."""
        record.msg = masked(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = _TRACE.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masked(record.exc_text)
        return True
