"""What the register does by itself: what has expired, or was kept long enough, is deleted with all that only it needed."""

from __future__ import annotations

from guiju.institutions.hall.tasks import every
from guiju.institutions.register.checks import purge_expired
from guiju.institutions.register.corrections import erase_closed


@every(minutes=60)
def delete_expired() -> None:
    """Delete what has expired."""
    purge_expired()


@every(hours=6)
def erase_requests() -> None:
    """Erase what was written in requests for correction that were closed long enough ago."""
    erase_closed()
