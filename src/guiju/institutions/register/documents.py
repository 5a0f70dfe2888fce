"""Documents by their digest: put in once however often they are said, and dropped when nobody needs them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from django.db import connection

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.people.tables import options_of
from guiju.institutions.register.models import Document
from guiju.subjects import Dossier, dossier_from, write_dossier


def _uses() -> list[str]:
    """What may refer to a document, in whatever app."""
    return [str(one.name) for one in options_of(Document).related_objects]


def digest_of(content: bytes) -> str:
    """The digest under which bytes are kept."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def put(kind: str, content: bytes, instead_of: str | None = None) -> Document:
    """The document of these bytes, stored if it was not. Inside a transaction, which also refers to it.

    ``instead_of``: the digest of one that the same transaction goes on to drop.
    """
    digest = digest_of(content)
    if instead_of is not None:
        _lock({digest, instead_of})
    made = Document(digest=digest, kind=kind, content=content)
    for _ in range(3):
        Document.objects.bulk_create([made], ignore_conflicts=True)
        if Document.objects.select_for_update().filter(digest=digest).exists():  # nobody deletes it before this is done
            break
    return made


def put_dossier(dossier: Dossier, instead_of: str | None = None) -> Document:
    """A dossier with what stands beside it: proposals, what was asked in vain, notes."""
    return put("dossier", write_dossier(dossier).encode(), instead_of)


def is_dossier(document: Document, dossier: Dossier) -> bool:
    """Whether a document holds just this dossier, with what stands beside it."""
    return document.bytes() == write_dossier(dossier).encode()


def _lock(digests: Iterable[str]) -> None:
    """Lock what is stored of them until the transaction ends, always in the same order, so that no two wait for each other."""
    if connection.features.has_select_for_update:
        wanted = Document.objects.select_for_update().filter(digest__in=digests).order_by("digest")
        list(wanted.values_list("digest"))


def dossier_in(document: Document) -> Dossier:
    """The dossier that a document holds."""
    return _read(document.digest, document.bytes())


@lru_cache(maxsize=32)
def _read(digest: str, content: bytes) -> Dossier:
    return dossier_from(content.decode(), digest[:14], site_corpus().vocabulary)


def drop_unneeded(digests: Iterable[str | None]) -> None:
    """Delete those that nothing refers to; whoever puts one in at the same time comes before or after."""
    wanted = {one for one in digests if one is not None}
    _lock(wanted)
    unused = Document.objects.filter(digest__in=wanted, **dict.fromkeys(_uses()))
    Document.objects.filter(digest__in=list(unused.values_list("digest", flat=True))).delete()
