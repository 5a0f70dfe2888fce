"""What is written to the log holds no address that is a key."""

from __future__ import annotations

import logging
import re
from typing import Final

_KEY: Final = re.compile(r"(/check/(?:result/|for/)?)(?!start\b)[A-Za-z0-9_-]{16,}")


def masked(words: str) -> str:
    """The same words with keys and tokens left out."""
    return _KEY.sub(r"\1…", words)


class NoKeys(logging.Filter):
    """Masks keys in whatever Django says of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes, without keys."""
        record.msg = masked(record.getMessage())
        record.args = None
        return True
