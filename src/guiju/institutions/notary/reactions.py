"""What the notary does about what happened: what was erased is cleared out of the database's own files."""

from __future__ import annotations

import logging
import time
from typing import Final

from guiju import record
from guiju.institutions.hall.acts import ERASED, own_sql
from guiju.institutions.hall.models import Outbox
from guiju.institutions.hall.reacting import on

log = logging.getLogger(__name__)

PAUSES: Final = (0.0, 0.2, 1.0, 5.0)
"""Seconds before each attempt: readers may be in the way for a moment."""


@on(ERASED)
def clear(entry: Outbox) -> bool:
    """Clear deleted keys out of the files; whether all could be cleared."""
    for pause in PAUSES:
        time.sleep(pause)
        if record.scrub(own_sql()):
            return True
    log.error("What was erased in %s is not yet cleared out of the database's files: something reads all the time", entry.about)
    return False
