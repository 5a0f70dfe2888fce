"""What the register does by itself: checks that have expired are deleted with all that only they needed."""

from __future__ import annotations

from guiju.institutions.hall.tasks import every
from guiju.institutions.register.checks import purge_expired


@every(minutes=60)
def delete_expired() -> None:
    """Delete what has expired."""
    purge_expired()
