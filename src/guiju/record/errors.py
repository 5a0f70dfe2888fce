"""What the record says where something in it, or something handed to it, cannot be taken as it stands."""

from __future__ import annotations

from guiju.wording import GuijuError


class RecordError(GuijuError):
    """A proof that does not hold, a note, checkpoint, entry or key that cannot be read, a witness that refuses."""
