"""What is wrong with something of an ethics review that is not a step the rules refuse."""

from __future__ import annotations

from typing import Any

from guiju.institutions.people.errors import PeopleError


class EthicsError(PeopleError):
    """Something that cannot be taken as it stands. ``field`` is where it was typed, ``status`` the page's."""

    def __init__(self, code: str, field: str = "", status_code: int = 400, **fields: Any) -> None:
        super().__init__(code, field, **fields)
        self.status = status_code
