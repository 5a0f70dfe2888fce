"""What can be wrong with a link, with saving, or with what is entered of a system."""

from __future__ import annotations

from typing import Any

from guiju.institutions.people.errors import PeopleError
from guiju.subjects import Dossier
from guiju.wording import GuijuError


class LinkError(GuijuError):
    """An address that opens nothing: never given out, deleted (404), past its end (410), or for something else (403)."""

    def __init__(self, code: str, status: int, **fields: object) -> None:
        super().__init__(code, None, **fields)
        self.status = status


class ChangedError(GuijuError):
    """Somebody else saved in between; nothing was overwritten.

    ``stored`` is what stands now, with its ``version``; ``offered`` is what was to be saved.
    """

    status = 409

    def __init__(self, stored: Dossier, offered: Dossier, version: int) -> None:
        super().__init__("check.changed")
        self.stored = stored
        self.offered = offered
        self.version = version


class RegisterError(PeopleError):
    """Something of a system that cannot be done as it stands. ``field`` is where it was typed, ``status`` the page's."""

    def __init__(self, code: str, *, field: str = "", status_code: int = 400, **fields: Any) -> None:
        super().__init__(code, field, **fields)
        self.status = status_code
