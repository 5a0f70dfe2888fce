"""What is wrong with something that people typed or asked for about organisations, seats and themselves."""

from __future__ import annotations

from typing import Any

from guiju.wording import GuijuError


class PeopleError(GuijuError):
    """Something that cannot be taken as it stands; ``field`` is where it was typed."""

    def __init__(self, code: str, field: str = "", **fields: Any) -> None:
        self.field = field
        super().__init__(code, None, **fields)


class ConflictError(PeopleError):
    """Something that was so a moment ago and is so no longer, or may not be because of how things stand."""

    status = 409


class GoneError(PeopleError):
    """A link that opens nothing any more."""

    status = 410
