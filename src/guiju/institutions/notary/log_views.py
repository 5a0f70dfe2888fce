"""The log as programs read it: checkpoint, tiles, bundles of entries, under the paths of C2SP tlog-tiles."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guiju import record
from guiju.institutions.hall.acts import own_sql

TEXT: Final = "text/plain; charset=utf-8"
BYTES: Final = "application/octet-stream"
NEWEST: Final = "checkpoint"
FOR_EVER: Final = "public, max-age=31536000, immutable"


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """The newest checkpoint, with the cosignatures it has so far."""
    response = HttpResponse(_found(NEWEST), content_type=TEXT)
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def tile(request: HttpRequest, path: str) -> HttpResponse:  # noqa: ARG001  # the same
    """A tile of hashes or a bundle of entries, full or so far; under one path it never changes."""
    response = HttpResponse(_found(f"tile/{path}"), content_type=BYTES)
    response.headers["Cache-Control"] = FOR_EVER
    return response


@require_safe
def key(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # the same
    """The log's public key, on a line."""
    held = record.log_key(own_sql())
    if held is None:
        raise Http404
    return HttpResponse(f"{held}\n", content_type=TEXT)


def _found(path: str) -> bytes:
    """What stands under a path.

    :raises Http404: where it is no path of a log, or the log has not grown so far.
    """
    try:
        return record.tile_bytes(own_sql(), path)
    except record.RecordError:
        raise Http404 from None
