"""The rules under which results were shared, kept as long as a link needs them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.conf import settings

from guiju.institutions.hall.edition import site_books, site_corpus
from guiju.institutions.register.models import KeptEdition
from guiju.lookup import corpus_for
from guiju.norms import Corpus, compiled, open_edition, pack

_DAY: Final = date(1980, 1, 1)
"""An edition kept here is found by its digest; the day of its release is not known to the site."""


def keep_site_edition() -> str:
    """Keep the edition that this site answers by, if it is not kept; its digest."""
    digest = site_corpus().edition
    if not KeptEdition.objects.filter(pk=digest).exists():
        content = pack(site_books(), _DAY, {})
        KeptEdition.objects.bulk_create([KeptEdition(digest=digest, content=content)], ignore_conflicts=True)
    return digest


def kept_corpus(digest: str) -> Corpus | None:
    """The rules of an edition; None where they are kept neither here nor with this version."""
    if digest == site_corpus().edition:
        return site_corpus()
    if KeptEdition.objects.filter(pk=digest).exists():
        return _kept(digest)
    found = corpus_for(digest)
    return found if found.edition == digest else None


@lru_cache(maxsize=4)
def _kept(digest: str) -> Corpus:
    content = bytes(KeptEdition.objects.get(pk=digest).content)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kept.edition.zip"
        path.write_bytes(content)
        books = open_edition(path)
    return compiled(books, settings.HOME / "cache")


def drop_unneeded_editions() -> None:
    """Delete those that no link and no result of a system needs; the site's own stays, since the next one needs it."""
    KeptEdition.objects.filter(shares=None, results=None).exclude(pk=site_corpus().edition).delete()
