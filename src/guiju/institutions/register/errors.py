"""What can be wrong with a link, or with saving."""

from __future__ import annotations

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
