"""Uploads: bounded while they stream in, kept in memory only, their kind told by content."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler

from guiju.wording import GuijuError


class UploadError(GuijuError):
    """A file that is not taken."""

    status = 400


class TooLargeError(UploadError):
    """A file beyond the bound."""

    status = 413


class Bounded(MemoryFileUploadHandler):
    """Refuses a file as soon as it passes the bound, whatever its sender said of its length."""

    _seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """One piece; the sum of all files counts."""
        self._seen += len(raw_data)
        if self._seen > settings.LARGEST_UPLOAD:
            raise TooLargeError("hall.too-large", most=settings.LARGEST_UPLOAD // 1024)
        self.activated = True
        return super().receive_data_chunk(raw_data, start)
