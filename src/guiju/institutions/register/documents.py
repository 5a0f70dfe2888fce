"""Documents by their digest: put in once however often they are said, and dropped when nobody needs them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.register.models import Document
from guiju.subjects import Dossier, dossier_from, write_dossier


def put(kind: str, content: bytes) -> Document:
    """The document of these bytes, stored if it was not."""
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    Document.objects.bulk_create([Document(digest=digest, kind=kind, content=content)], ignore_conflicts=True)
    return Document(digest=digest, kind=kind, content=content)


def put_dossier(dossier: Dossier) -> Document:
    """A dossier with what stands beside it: proposals, what was asked in vain, notes."""
    return put("dossier", write_dossier(dossier).encode())


def dossier_in(document: Document) -> Dossier:
    """The dossier that a document holds."""
    return _read(document.digest, document.bytes())


@lru_cache(maxsize=32)
def _read(digest: str, content: bytes) -> Dossier:
    return dossier_from(content.decode(), digest[:14], site_corpus().vocabulary)


def drop_unneeded(digests: Iterable[str | None]) -> None:
    """Delete those that no check and no share refers to."""
    wanted = [one for one in digests if one is not None]
    unused = Document.objects.filter(checks=None, read_for=None, shares=None, digest__in=wanted)
    Document.objects.filter(digest__in=list(unused.values_list("digest", flat=True))).delete()
